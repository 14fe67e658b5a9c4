/* Files in a work tree: what `naslag import` and `naslag new` add to the content folder, what
 * `naslag check --fix` mends in it, what `naslag rename` moves, and all that `naslag init` begins
 * with.
 *
 * Nothing that is there is ever replaced or changed but by deposit_replace() and deposit_change(),
 * which know what it was. Files go into one
 * folder below one that the caller has open; no symbolic link is followed on the way, and names are
 * one component (but of deposit_tree()). A file is written aside and then given its name, so that
 * it is there as a whole or not at all. */
#ifndef NASLAG_WRITE_DEPOSIT_H
#define NASLAG_WRITE_DEPOSIT_H

#include "base/err.h"
#include "base/str.h"

struct deposit {
    int parent;       /* borrowed */
    int folder;       /* -1: it is not there yet */
    const char *name; /* path of the folder; borrowed */
    bool made;        /* the folder, by deposit_write() */
};

struct deposit_file {
    struct str name; /* no slash, not empty, not beginning with a full stop */
    struct str bytes;
};

/* Opens the folder `name` below `parent` where it is there. Fails where it is a link or a file. */
int deposit_open(struct deposit *deposit, int parent, const char *name, struct err *err);
void deposit_release(struct deposit *deposit);

/* Whether the folder has anything of that name. What can't be a name, or can't be found out, counts
 * as there. */
bool deposit_has(const struct deposit *deposit, struct str name);

/* Writes all of the files or, where one can't be written or its name is taken, none; makes the
 * folder where only that is missing, and takes it away again where nothing is written. */
int deposit_write(struct deposit *deposit, const struct deposit_file *files, size_t count,
                  struct err *err);

/* Writes a tree of files into the folder `directory`, all or none; their names are paths, whose
 * parts may begin with a full stop. The folder is made where only that is missing. One that has
 * anything in it but `beside` fails, with the names of what is in the way. */
int deposit_tree(const char *directory, const char *beside, const struct deposit_file *files,
                 size_t count, struct err *err);

/* Puts `bytes` in the place of `old`, which must be what the file at `path` below the open folder
 * `parent` holds. The file keeps its mode; whoever has it open keeps the old one. */
int deposit_replace(int parent, struct str path, struct str old, struct str bytes, struct err *err);

/* A program at `name` in a folder that the user or git names, which is made where it is missing:
 * `bytes` in the place of `old`; without `old` (data NULL) nothing may be there, without `bytes` it
 * is taken away. */
int deposit_program(const char *folder, const char *name, struct str old, struct str bytes,
                    struct err *err);

/* A file that moves, or whose bytes change, or both. */
struct deposit_change {
    struct str path, to; /* below the folder; the same where it stays */
    struct str old, new; /* bytes; data NULL where they stay what they are */
};

/* Makes all of the changes or none: where one can't be made, those before it are undone. Fails
 * where a file is no longer what it was, or where something is at a new path. Folders that are
 * missing are made. */
int deposit_change(int parent, const struct deposit_change *changes, size_t count, struct err *err);

#endif
