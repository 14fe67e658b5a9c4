/* Private to this folder: the files of a snapshot while they are gathered, from a commit or a work
 * tree, and which names are taken.
 *
 * A name that begins with a dot is left out silently; one that cannot be a path of the site is left
 * out with a diagnostic. */
#ifndef NASLAG_REPO_LISTING_H
#define NASLAG_REPO_LISTING_H

#include "base/vec.h"
#include "repo/snapshot.h"

struct listing {
    struct entry *items;
    size_t count, capacity;
    size_t visited;          /* files and folders seen, left out or not */
    VEC(struct str) folders; /* of a work tree: see snapshot.h */
    struct arena *arena;
    struct diags *diags;
};

/* Counts something seen. Fails above SNAPSHOT_FILES_MAX, so that a tree of folders that share
 * their content cannot be walked without end. */
int listing_visit(struct listing *listing, struct err *err);

bool listing_hidden(struct str name);

/* Makes the path of `name` in `folder` (empty: the top), which is `depth` folders deep. Returns
 * false where it is left out. */
bool listing_path(struct listing *listing, struct str folder, struct str name, unsigned depth,
                  struct str *path);

/* Says that what stands at `path` is a symbolic link or a submodule. */
void listing_skip_link(struct listing *listing, struct str path);
void listing_skip_submodule(struct listing *listing, struct str path);

void listing_add(struct listing *listing, struct entry entry);

/* Sorts, and leaves out paths that cannot stand beside others, as no honest tree has them: a second
 * one of the same name, and a file where there is a folder. */
void listing_finish(struct listing *listing);

#endif
