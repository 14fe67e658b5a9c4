/* Publishing: the only place that writes files, and only below the output folder.
 *
 * Every file is written aside, checked, and renamed into place, so that a reader of the site never
 * sees half a file. A file whose bytes would not change is left alone. A record of what the program
 * wrote lies in `.naslag/` in the output folder: files from the last build that this one does not
 * have are removed, files that are not in the record are never touched, and a folder that is not
 * empty and has no record is refused. Two builds into one folder exclude each other. */
#ifndef NASLAG_WRITE_PUBLISH_H
#define NASLAG_WRITE_PUBLISH_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/str.h"

struct publish;

struct publish_counts {
    size_t written, unchanged, removed;
    size_t bytes; /* of the whole site */
};

/* Opens or makes the output folder and takes its lock. Returns NULL on failure. */
struct publish *publish_open(const char *directory, struct err *err);

/* The same, but waits for another build to end. */
struct publish *publish_wait(const char *directory, struct err *err);

/* Gets ready for looking at files of the last build, as the first look would: while one thread
 * does, others may do something else. */
void publish_prepare(struct publish *publish);

/* Publishes one file; threads may call this at once. `path` is relative, with `/`. Refused are
 * paths that lead out or hold control characters, a path that comes twice, and paths that differ in
 * case only. Returns -1 and remembers the failure, of several the first by its text, which
 * publish_commit() will report. */
int publish_file(struct publish *publish, struct str path, struct str content);

/* What a file comes from, noted with it so that it need not be made again as long as that is the
 * same: what stands for all that it shows, and what stands for more than that but is sooner told.
 * Either may be DIGEST_NONE, which is never the same. */
struct origin {
    struct digest made_of, grounds;
};

/* The same of a file of which its origin is known. */
int publish_made(struct publish *publish, struct str path, struct str content,
                 struct origin origin);

/* Whether publish_keep() would leave the file as it is. */
bool publish_holds(struct publish *publish, struct str path, struct digest made_of);

/* Leaves a file of the last build as it is, where it rested on the same grounds or was made of the
 * same and nobody has touched it since: then it counts as published. Returns whether that is so; if
 * not, publish it. */
bool publish_keep(struct publish *publish, struct str path, struct origin origin);

/* The same of a file that was made of `was`, and of which it turned out that what this build has in
 * its place, made of `now`, has the same bytes. */
bool publish_keep_as(struct publish *publish, struct str path, struct digest was,
                     struct digest now);

/* Leaves a file of which publish_holds() was true with the same as it is: nobody looks again. */
void publish_take(struct publish *publish, struct str path);

/* What stands for the record of the last build: for which files there are and what is known of
 * each. DIGEST_NONE where there is none, or where a build that was killed added to it. */
struct digest publish_record(const struct publish *publish);

/* Leaves all files of the last build as they are, where nobody has touched any of them since: then
 * all count as published, and nothing can be but the commit. Returns whether that is so; if not,
 * none counts. Call it before anything is published; `workers` threads look. */
bool publish_keep_all(struct publish *publish, unsigned workers);

/* A file that comes in pieces: opened, fed by one thread at a time, and published by close. Opening
 * never gives NULL: a failure is remembered as that of a file is, and close returns -1. Every
 * stream must be closed, before the commit. */
struct publish_stream;
struct publish_stream *publish_stream_open(struct publish *publish, struct str path);
void publish_stream_put(struct publish_stream *stream, struct str piece);
/* Puts a part of a file that is open to read. */
void publish_stream_copy(struct publish_stream *stream, int file, uint64_t offset, uint64_t len);
int publish_stream_close(struct publish_stream *stream);

/* The same as publish_stream_close(), of a file that publish_keep() may leave as it is. */
int publish_stream_close_made(struct publish_stream *stream, struct digest made_of);

/* Opens a file of the last build to read, where it was made of that and nobody has touched it
 * since; else -1. Close it with close(). */
int publish_open_last(struct publish *publish, struct str path, struct digest made_of);

/* What the program notes for the next build, in its own folder. Nothing rests on a note: it may be
 * gone or another one's. `name` is a literal. Getting: false where there is none. */
bool publish_get_note(struct publish *publish, const char *name, struct arena *arena,
                      struct str *out);
void publish_put_note(struct publish *publish, const char *name, struct str bytes); /* copies */

/* Ends a build that nobody waits for any more: any thread may call it, and what is not in its place
 * by then is not published. */
void publish_give_up(struct publish *publish);

/* Removes what is gone and completes the record; nothing can be published after it. Fails where any
 * file failed: then nothing is removed and the record names old and new files both. The same holds
 * of a build that was given up, which is no failure: returns 1. */
int publish_commit(struct publish *publish, struct publish_counts *counts, struct err *err);

/* Gives the lock and all memory back; without a commit before it, what was published stays. */
void publish_free(struct publish *publish);

#endif
