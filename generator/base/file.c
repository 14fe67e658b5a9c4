#include "base/file.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int read_all(int fd, char *data, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t got = read(fd, data + done, size - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return -1;
        done += (size_t)got;
    }
    return 0;
}

int file_read(struct arena *arena, const char *path, struct str *out, struct err *err)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? 1 : err_set(err, "cannot open '%s': %s", path, strerror(errno));
    int result = -1;
    if (fstat(fd, &status) || !S_ISREG(status.st_mode)) {
        err_set(err, "'%s' is not a file", path);
    } else if (status.st_size > FILE_SIZE_MAX) {
        err_set(err, "'%s' is larger than %d bytes", path, FILE_SIZE_MAX);
    } else {
        size_t size = (size_t)status.st_size;
        char *data = arena_text(arena, size);
        *out = (struct str){data, size};
        result = read_all(fd, data, size);
        if (result)
            err_set(err, "cannot read '%s': %s", path, errno ? strerror(errno) : "it shrank");
    }
    close(fd);
    return result;
}
