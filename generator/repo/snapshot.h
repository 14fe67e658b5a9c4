/* A snapshot of the content: the files of one commit, of the work tree, or of what is staged. With
 * history.h the only door to libgit2.
 *
 * The user's and the system's git configuration are not read, the owner of the repository does not
 * matter, and nothing in the repository is changed. Files whose name or folder begins with a dot,
 * symbolic links and submodules are left out (links and submodules with a diagnostic). */
#ifndef NASLAG_REPO_SNAPSHOT_H
#define NASLAG_REPO_SNAPSHOT_H

#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

enum {
    SNAPSHOT_FILES_MAX = 2500000, /* twice what is read of them; a bound on memory */
    SNAPSHOT_DEPTH_MAX = 64,      /* folders in folders */
    SNAPSHOT_PATH_MAX = 1024,     /* bytes: what file systems take, with room for the output */
};

enum { OID_SIZE = 20 };

struct snapshot_options {
    const char *directory; /* in or of the repository; NULL: the current one */
    const char *rev;       /* anything that git rev-parse takes; NULL: HEAD */
    const char *other;     /* likewise: the commit is the one where both part (their merge base) */
    bool worktree;         /* the files as they stand on disk, but for what git ignores */
    bool staged;           /* what the next commit would hold, from the index */
    const char *index;     /* the file that git has that in; NULL: the repository's */
    const char
        *content; /* folder in the repository; NULL: `content` where there is one, else all */
};

/* A file. Entries are sorted by path, by bytes. */
struct entry {
    struct str path;             /* below the content folder, with `/`, well-formed UTF-8 */
    unsigned char oid[OID_SIZE]; /* of the blob; of a work tree's file: zeroes */
    uint64_t size;               /* bytes; 0 where it is known only on reading */
};

struct moment {
    int64_t time;   /* seconds since 1970-01-01 00:00 UTC */
    int32_t offset; /* minutes east of UTC, as the committer's clock had it */
};

struct snapshot {
    struct entry *entries;
    size_t count;
    struct str commit;       /* 40 hexadecimal digits; of others: of HEAD, or empty */
    struct moment committed; /* when, by the committer; of others: HEAD's */
    struct str content;      /* the content folder below the repository's root; empty: the root */
    bool worktree;
    bool staged;
    const struct str *folders; /* of a work tree: those that were looked into, as paths of entries
                                  have them; the first is empty, the content folder itself */
    size_t folder_count;
    struct snapshot_handle *handle; /* libgit2's objects */
};

/* Opens a snapshot; memory is the arena's, and snapshot_release() gives libgit2's objects back. */
int snapshot_open(struct snapshot *snapshot, struct arena *arena,
                  const struct snapshot_options *options, struct diags *diags, struct err *err);
void snapshot_release(struct snapshot *snapshot);

/* Finds the entry with that path. The one at `*entry` is tried first, which becomes the one that
 * was found, or where the next is best tried: for who looks for many in turn. */
bool snapshot_find(const struct snapshot *snapshot, struct str path, size_t *entry);

/* The open content folder of a work tree, to add files to; borrowed. -1 of a commit. */
int snapshot_folder(const struct snapshot *snapshot);

/* The work tree's own folder, as a whole path with a slash behind it; borrowed. NULL of a commit.
 */
const char *snapshot_root(const struct snapshot *snapshot);

/* The folder that git keeps the repository in, with `/` at its end; borrowed. */
const char *snapshot_repository(const struct snapshot *snapshot);

/* A reader belongs to one thread: libgit2's repository objects must not be shared. */
struct snapshot_reader;

struct snapshot_reader *snapshot_reader_open(const struct snapshot *snapshot, struct err *err);
void snapshot_reader_free(struct snapshot_reader *reader);

/* The content of entry `index`, copied into the arena. A file of more than `size_max` bytes is not
 * read: returns 1. Returns -1 on failure. */
int snapshot_read(struct snapshot_reader *reader, size_t index, uint64_t size_max,
                  struct arena *arena, struct str *out, struct err *err);

/* The content of a blob of the repository by its id; likewise. */
int snapshot_read_blob(struct snapshot_reader *reader, const unsigned char id[OID_SIZE],
                       uint64_t size_max, struct arena *arena, struct str *out, struct err *err);

/* The id that the content of entry `index` has, or would have, as a blob. Otherwise as
 * snapshot_read(). */
int snapshot_identify(struct snapshot_reader *reader, size_t index, uint64_t size_max,
                      unsigned char out[OID_SIZE], struct err *err);

#endif
