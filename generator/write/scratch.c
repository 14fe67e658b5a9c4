#include "write/scratch.h"

#include "base/arena.h"
#include "base/str.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDERS_OPEN = 32 }; /* at once, on the way down */

const char *scratch_make(struct arena *arena, struct err *err)
{
    const char *place = getenv("TMPDIR");
    if (!place || *place != '/')
        place = "/tmp";
    char *folder = str_cstring(arena, str_format(arena, "%s/naslag-XXXXXX", place));
    if (mkdtemp(folder))
        return folder;
    err_set(err, "cannot make a folder in '%s': %s", place, strerror(errno));
    return NULL;
}

/* What can't be removed stays: there is nobody left to tell. */
static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status, (void)type, (void)place;
    remove(path);
    return 0;
}

void scratch_remove(const char *folder)
{
    nftw(folder, remove_one, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS);
}
