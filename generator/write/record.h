/* The record of what the program wrote into an output folder, in the folder's `.naslag/`.
 *
 * `files` is a line with the format's version and then one path a line, sorted by bytes. Behind a
 * path may stand, after a tab, its mark: what the file came from, and how it looked on the disk.
 * It is replaced as a whole when a build completes. `journal` has a path a line too, in no order:
 * what the build under way, or one that was killed, added. A path is in the journal before its file
 * appears, so every file that the program ever wrote and that is still there is in one of the two;
 * the reverse need not hold. Not thread-safe. */
#ifndef NASLAG_WRITE_RECORD_H
#define NASLAG_WRITE_RECORD_H

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/vec.h"

#include <sys/types.h>

enum { RECORD_PATH_MAX = 4095 }; /* bytes: what Linux takes in one path */

/* What a file came from (see struct origin), and how the disk had it then. */
struct record_mark {
    struct digest made_of; /* DIGEST_NONE: there is no mark */
    struct digest grounds;
    uint64_t size, inode;
    int64_t seconds, nanoseconds; /* when it was written */
};

/* A file that an earlier build wrote: of `files` in its order, then of `journal`, without a mark.
 */
struct record_line {
    const char *text;
    uint32_t path_len, len; /* of its path, and of all */
};

/* A file of the site. */
struct record_file {
    struct str path;
    const struct record_mark *mark;
    const struct record_line *line; /* that says just this, or NULL: then the mark does */
};

struct record {
    struct arena *arena;
    int folder; /* `.naslag/`, borrowed */
    VEC(struct record_line) lines;
    size_t listed;    /* how many of the lines are of `files` */
    struct str files; /* `files` as it was opened; no data where there was none */
    int journal;
    off_t journal_end; /* behind its last whole line */
};

/* Whether a folder has been recorded in: -1 on failure, with errno set. */
int record_exists(int folder);

/* Appends what tells the record in a folder from all others, as long as its `files` is not
 * replaced. False where there is none, or where the journal has more. */
bool record_identify(int folder, struct buf *out);

/* Reads what is there, into `lines`, and opens the journal for adding. Fails where either is
 * damaged. */
int record_open(struct record *record, struct arena *arena, int folder, struct err *err);
void record_release(struct record *record);

/* Borrowed from the record. */
static inline struct str record_path(const struct record_line *line)
{
    return (struct str){line->text, line->path_len};
}

/* The mark of a line; one that can't be read counts as none. */
struct record_mark record_mark_of(const struct record_line *line);

/* Whether a path may stand in a record: relative, no component empty, `.` or `..`, none of the
 * program's own `.naslag`, no control characters, not too long. Returns NULL or what is wrong. */
const char *record_refuses(struct str path);

/* Adds a path that this build writes to the journal. Returns -1 with errno set on failure: then its
 * file must not appear. */
int record_add(struct record *record, struct str path);

/* Makes these files, sorted by path, the record, and does away with the journal. Lines that
 * say what they said go into it as they stand. -1 with errno set. */
int record_complete(struct record *record, const struct record_file *files, size_t count);

/* The same of files that are all as the record says, and of a journal that has none. */
int record_leave(struct record *record);

#endif
