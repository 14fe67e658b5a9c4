/* Which documents each commit of a snapshot's history changed: the youngest commit first.
 *
 * Documents are `.md` and `.txt` files below the content folder whose names do not begin with a
 * dot. A commit is compared with its parents, and a path counts where it differs from all of them:
 * what came by a merge counts once, where it was made. What a work tree adds is not history.
 *
 * A file that went and one that came in the same commit are one that was renamed where they are the
 * same bytes, or have at least half their lines in common (as git has it). What it costs is
 * bounded; beyond the bounds a file that was renamed is one gone and one new. Bounds count what the
 * history has, not what was read this time: with a cache they are passed at the same commit. */
#ifndef NASLAG_REPO_CHANGES_H
#define NASLAG_REPO_CHANGES_H

#include "base/vec.h"
#include "repo/past.h"

enum {
    CHANGES_MAX = 500000,     /* in all: some 100 bytes each */
    CHANGES_SUBJECT_MAX = 300 /* bytes kept of a commit's first line: more is no summary */
};

enum change_kind { CHANGE_ADDED, CHANGE_EDITED, CHANGE_GONE, CHANGE_RENAMED };

struct change {
    enum change_kind kind;
    struct str path;                                 /* below the content folder */
    struct str old_path;                             /* of a file renamed; else as path */
    unsigned char before[OID_SIZE], after[OID_SIZE]; /* blobs; zeroes where there is none */
};

struct change_commit {
    unsigned char oid[OID_SIZE];
    struct moment committed;
    struct str subject;    /* the message's first line as written: any bytes, no line end */
    uint32_t first, count; /* of struct changes' items */
};

struct changes {
    VEC(struct change) items; /* of one commit together, by path */
    VEC(struct change_commit) commits;
    bool cut; /* older ones are missing: a shallow or partial clone, or one of absurd size */
};

/* Reads them; memory is the arena's, and texts live as long as the past's arena too. Fails where an
 * object is damaged. */
int changes_read(struct past *past, struct arena *arena, struct changes *out, struct err *err);

#endif
