/* A failure of the world (repository, disk, memory map): one message for the user.
 *
 * Functions that can fail take a `struct err *` as their last parameter, return 0 or -1 (or NULL),
 * and fill it on failure only. Mistakes of an author are not errors but diagnostics: see diag.h. */
#ifndef NASLAG_BASE_ERR_H
#define NASLAG_BASE_ERR_H

enum { ERR_MESSAGE_SIZE = 1024 };

struct err {
    char message[ERR_MESSAGE_SIZE]; /* NUL-terminated, no full stop, the subject in single quotes */
};

/* Formats the message, cut to its buffer. Returns -1, so that a caller can `return err_set(…)`. */
int err_set(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Ends the program with exit status 2: the one place for memory that could not be had. */
_Noreturn void err_out_of_memory(void);

#endif
