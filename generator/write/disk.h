/* System calls on files, made whole: interrupted ones are made again, short ones finished, and no
 * symbolic link is followed. For what writes files, and for reading one that must be no link.
 *
 * Names are one component below an open folder. Functions return -1 with errno set on failure. */
#ifndef NASLAG_WRITE_DISK_H
#define NASLAG_WRITE_DISK_H

#include "base/str.h"

#include <stdint.h>
#include <sys/types.h>

struct arena;

enum { DISK_FILE_MODE = 0644, DISK_FOLDER_MODE = 0755 }; /* whatever the umask */

/* openat() with O_NOFOLLOW and O_CLOEXEC; a new file gets DISK_FILE_MODE as the umask has it. */
int disk_open(int folder, const char *name, int flags);

/* A folder, to reach what is in it; it need not be readable. */
int disk_open_folder(int folder, const char *name);

int disk_write(int fd, struct str bytes);

/* Appends a part of a file, which must have it: one that ends before fails with ENODATA. */
int disk_copy(int from, off_t offset, uint64_t len, int to);

/* Sets the mode and closes. Closes also where it fails. */
int disk_finish(int fd);

/* Closes and keeps errno. */
void disk_close(int fd);

/* The whole of a file of at most `size_max` bytes, in the arena. Returns 1 where there is none. */
int disk_read(struct arena *arena, int folder, const char *name, size_t size_max, struct str *out);

/* Whether the file holds just these bytes (the same as the other). The files are read from where
 * they stand; a failure counts as a difference. */
bool disk_holds(int fd, struct str bytes);
bool disk_same(int fd, int other);

/* Whether the file has these bytes at that offset. */
bool disk_has(int fd, off_t offset, struct str bytes);

/* errno's meaning, in the words of messages. */
const char *disk_reason(int error);

#endif
