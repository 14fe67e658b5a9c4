/* Watching: waits until a file of a folder changes, or the user wants the program to end.
 *
 * The door to inotify, and to the signals that end `naslag serve`. A thread of its own listens, so
 * that nothing is missed while a site is built. */
#ifndef NASLAG_CLI_WATCH_H
#define NASLAG_CLI_WATCH_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

struct arena;
struct watch;

enum watch_event {
    WATCH_CHANGED, /* files did, and no more have for a moment */
    WATCH_QUIET,   /* nothing happened in the time */
    WATCH_ENDED    /* the user ended the program, by SIGINT, SIGTERM or SIGHUP */
};

/* From here on the signals that end the program only end watch_wait(); a second one ends the
 * program at once, and a closed pipe is no signal. To be called before any other thread is started.
 * Memory is the arena's. Returns NULL on failure. */
struct watch *watch_open(struct arena *arena, struct err *err);
void watch_close(struct watch *watch);

/* Watches a folder, not those in it, for files whose names do not begin with a dot, and for
 * `.gitignore`; or, where `only` is not NULL, for the file or folder of that name alone. A folder
 * may be watched for several names; for all is more than for any. Returns 1 where it was not
 * watched yet, 0 where it was, and -1 where it can't be: the user has only so many watches, or it
 * is gone. */
int watch_folder(struct watch *watch, const char *path, const char *only);

/* Waits at most so many milliseconds. */
enum watch_event watch_wait(struct watch *watch, int milliseconds);

/* What watch_wait() would come to, without waiting for more changes and without taking it. Any
 * thread may ask. */
enum watch_event watch_look(struct watch *watch);

#endif
