/* The floor of output: a plain writer of as many files with as many bytes, on one thread.
 *
 *   writing LIST OUT
 *
 * LIST tells of each folder and file of a site, as `find SITE -printf '%y %s %P\n'` prints it,
 * folders before what is in them. Makes them in OUT, files filled with one byte and each written at
 * once. Prints `took SECONDS CPU`, of the latter alone. */
#include "base/arena.h"
#include "base/err.h"
#include "base/file.h"
#include "base/vec.h"
#include "stopwatch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct entry {
    const char *path; /* below the site; "" is the site itself */
    size_t size;
    bool folder;
};

struct entries {
    struct entry *items;
    size_t count, capacity, largest;
};

/* Lines of kind, size and path, as find prints them. */
static void take(struct arena *arena, struct str list, struct entries *entries)
{
    for (struct str line; (line = str_line(&list)).data;) {
        char *text = arena_text(arena, line.len + 1), *path;
        memcpy(text, line.data, line.len);
        text[line.len] = '\0';
        if (line.len < 4)
            continue;
        size_t size = strtoul(text + 2, &path, 10);
        if (*path != ' ')
            continue;
        *vec_push(entries, arena) = (struct entry){path + 1, size, *text == 'd'};
        if (*text != 'd' && size > entries->largest)
            entries->largest = size;
    }
}

/* Returns 0, or -1 with errno. */
static int write_file(const char *path, const char *bytes, size_t len)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0)
        return -1;
    while (len) {
        ssize_t done = write(file, bytes, len);
        if (done < 0) {
            close(file);
            return -1;
        }
        len -= (size_t)done;
    }
    return close(file);
}

static int write_all(const struct entries *entries, const char *out, const char *bytes)
{
    char path[4096];
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->items[i];
        int len = snprintf(path, sizeof path, "%s/%s", out, entry->path);
        if (len < 0 || (size_t)len >= sizeof path)
            return errno = ENAMETOOLONG, -1;
        if (entry->folder ? mkdir(path, 0777) : write_file(path, bytes, entry->size))
            return -1;
    }
    return 0;
}

int main(int count, char **arguments)
{
    struct arena arena;
    struct entries entries = {0};
    struct str list;
    struct err err;
    if (count != 3) {
        fprintf(stderr, "usage: writing LIST OUT\n");
        return 2;
    }
    arena_init(&arena);
    if (file_read(&arena, arguments[1], &list, &err)) {
        fprintf(stderr, "writing: cannot read '%s'\n", arguments[1]);
        return 2;
    }
    take(&arena, list, &entries);
    char *bytes = arena_text(&arena, entries.largest);
    memset(bytes, 'x', entries.largest);
    struct stopwatch watch = stopwatch_start();
    if (write_all(&entries, arguments[2], bytes)) {
        fprintf(stderr, "writing: %s: %s\n", arguments[2], strerror(errno));
        return 2;
    }
    stopwatch_print(&watch);
    arena_release(&arena);
    return 0;
}
