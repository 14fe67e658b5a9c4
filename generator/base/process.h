/* Other programs: run, fed, listened to and ended. The only door for starting one.
 *
 * No shell is involved. A program gets its input as a file without a name, so that no name of the
 * user's reaches it as an argument; a small environment of its own (UTF-8, UTC, no configuration of
 * the user's in variables); and bounds on time, memory, output and files. When one of them is
 * reached it is killed, and what it had written is not used. */
#ifndef NASLAG_BASE_PROCESS_H
#define NASLAG_BASE_PROCESS_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>

struct arena;

enum {
    PROCESS_ERRORS_MAX = 4096,       /* bytes of standard error that are kept */
    PROCESS_MEMORY_MAX = 0x7FFFFFFF, /* bytes of addresses: 2 GiB */
};

struct process {
    const char *const *arguments; /* the program, looked up in PATH, first; NULL behind the last */
    struct str input;             /* its standard input, which it can seek in; may be empty */
    size_t output_max;            /* bytes of standard output; more is a failure */
    unsigned seconds;             /* it may take; more is a failure */
    bool roomy; /* it reserves more addresses than it uses: without PROCESS_MEMORY_MAX */
};

struct process_result {
    struct str output; /* bytes, in the arena */
    struct str errors; /* what it wrote to standard error, cut; bytes */
    int status;        /* its exit status */
};

/* Runs a program to its end. Returns 0 where it ended by itself, whatever its status; 1 where there
 * is no such program; -1 where it could not be run, or was killed, or reached a bound. */
int process_run(struct arena *arena, const struct process *process, struct process_result *result,
                struct err *err);

/* Starts a program of the user's with one argument, in the user's own environment and without
 * bounds, and leaves it to itself: nobody waits for it. Returns 0, or -1 where it can't be started.
 */
int process_launch(const char *program, const char *argument, struct err *err);

/* The last line of what a program wrote to standard error that holds anything, well-formed and
 * without control characters, for a message; empty where there is none. */
struct str process_complaint(struct arena *arena, const struct process_result *result);

#endif
