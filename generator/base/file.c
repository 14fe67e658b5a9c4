#include "base/file.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
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

/* A file that grows while it is read would be taken in part. */
static bool is_at_end(int fd)
{
    char more;
    return read(fd, &more, 1) == 0;
}

/* Why it can't be read, where it can't: what is no file has no end. */
static int check(const char *path, int fd, struct stat *status, struct err *err)
{
    if (fstat(fd, status))
        return err_set(err, "cannot read '%s': %s", path, strerror(errno));
    if (S_ISDIR(status->st_mode))
        return err_set(err, "'%s' is a folder", path);
    if (!S_ISREG(status->st_mode))
        return err_set(err, "'%s' is not a file but a pipe, a device or the like", path);
    if (status->st_size > FILE_SIZE_MAX)
        return err_set(err, "'%s' is larger than %d bytes", path, FILE_SIZE_MAX);
    return 0;
}

/* Opening waits for nobody to write to a pipe. */
int file_read(struct arena *arena, const char *path, struct str *out, struct err *err)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return errno == ENOENT ? 1 : err_set(err, "cannot open '%s': %s", path, strerror(errno));
    int result = check(path, fd, &status, err);
    if (!result) {
        size_t size = (size_t)status.st_size;
        char *data = arena_text(arena, size);
        *out = (struct str){data, size};
        errno = 0;
        result = read_all(fd, data, size);
        if (result)
            err_set(err, "cannot read '%s': %s", path, errno ? strerror(errno) : "it shrank");
        else if (!is_at_end(fd))
            result = err_set(err, "'%s' grew while it was read", path);
    }
    close(fd);
    return result;
}
