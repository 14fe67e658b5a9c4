/* The files that the program carries. embed.sh writes their definitions when the program is built;
 * all but assets.c should ask assets.h. */
#ifndef NASLAG_WRITE_EMBEDDED_H
#define NASLAG_WRITE_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *path;       /* in the project: `templates/layout.mustache`; NUL-terminated */
    const char *data, *end; /* not NUL-terminated */
};

extern const struct embedded embedded_files[];
extern const size_t embedded_count;

#endif
