/* Reading files of the user's own choice: templates and themes. Content comes from repo/. */
#ifndef NASLAG_BASE_FILE_H
#define NASLAG_BASE_FILE_H

#include "base/err.h"
#include "base/str.h"

struct arena;

enum { FILE_SIZE_MAX = 64 * 1024 * 1024 }; /* templates, styles and fonts are far smaller */

/* The whole file, in the arena. Returns 0; 1 where there is no such file; -1 on failure, as of what
 * is no file: a folder, a pipe (nobody is waited for) or a device. */
int file_read(struct arena *arena, const char *path, struct str *out, struct err *err);

#endif
