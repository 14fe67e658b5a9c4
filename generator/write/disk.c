#include "write/disk.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024, WRITE_MAX = 1 << 30 }; /* Linux writes no 2 GiB at once */

int disk_open(int folder, const char *name, int flags)
{
    int fd;
    do
        fd = openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC, DISK_FILE_MODE);
    while (fd < 0 && errno == EINTR);
    return fd;
}

int disk_open_folder(int folder, const char *name)
{
    return disk_open(folder, name, O_PATH | O_DIRECTORY);
}

int disk_write(int fd, struct str bytes)
{
    for (size_t done = 0; done < bytes.len;) {
        size_t rest = bytes.len - done;
        ssize_t put = write(fd, bytes.data + done, rest < WRITE_MAX ? rest : WRITE_MAX);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            errno = put ? errno : ENOSPC;
            return -1;
        }
        done += (size_t)put;
    }
    return 0;
}

/* One that the kernel copies need not come here; not each can, and not between all file systems. */
static ssize_t copy_some(int from, off_t *offset, size_t len, int to)
{
    char block[BLOCK];
    ssize_t copied = copy_file_range(from, offset, to, NULL, len, 0);
    if (copied >= 0 || errno == EINTR || errno == ENOSPC)
        return copied;
    copied = pread(from, block, len < BLOCK ? len : BLOCK, *offset);
    if (copied > 0 && disk_write(to, (struct str){block, (size_t)copied}))
        return -1;
    *offset += copied > 0 ? copied : 0;
    return copied;
}

int disk_copy(int from, off_t offset, uint64_t len, int to)
{
    while (len) {
        ssize_t copied = copy_some(from, &offset, len < WRITE_MAX ? (size_t)len : WRITE_MAX, to);
        if (copied < 0 && errno == EINTR)
            continue;
        if (copied <= 0) {
            errno = copied ? errno : ENODATA;
            return -1;
        }
        len -= (uint64_t)copied;
    }
    return 0;
}

void disk_close(int fd)
{
    int error = errno;
    close(fd);
    errno = error;
}

int disk_finish(int fd)
{
    if (fchmod(fd, DISK_FILE_MODE)) {
        disk_close(fd);
        return -1;
    }
    /* Linux has let go of the file also where a signal came between. */
    return close(fd) && errno != EINTR ? -1 : 0;
}

/* Reads until `size` bytes are there or the file ends. */
static ssize_t fill(int fd, char *data, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t got = read(fd, data + done, size - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (!got)
            break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

static int read_open(struct arena *arena, int fd, size_t size_max, struct str *out)
{
    struct stat status;
    if (fstat(fd, &status))
        return -1;
    if (!S_ISREG(status.st_mode) || (size_t)status.st_size > size_max) {
        errno = S_ISREG(status.st_mode) ? EFBIG : EINVAL;
        return -1;
    }
    char *data = arena_text(arena, (size_t)status.st_size);
    ssize_t len = fill(fd, data, (size_t)status.st_size);
    if (len < 0)
        return -1;
    *out = (struct str){data, (size_t)len};
    return 0;
}

int disk_read(struct arena *arena, int folder, const char *name, size_t size_max, struct str *out)
{
    int fd = disk_open(folder, name, O_RDONLY | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT ? 1 : -1;
    int result = read_open(arena, fd, size_max, out);
    disk_close(fd);
    return result;
}

bool disk_holds(int fd, struct str bytes)
{
    char block[BLOCK];
    for (;;) {
        ssize_t len = fill(fd, block, sizeof block);
        if (len < 0 || (size_t)len > bytes.len)
            return false;
        if (len && memcmp(block, bytes.data, (size_t)len))
            return false;
        bytes = str_from_offset(bytes, (size_t)len);
        if ((size_t)len < sizeof block)
            return !bytes.len;
    }
}

bool disk_same(int fd, int other)
{
    char block[BLOCK], other_block[BLOCK];
    for (;;) {
        ssize_t len = fill(fd, block, sizeof block);
        ssize_t other_len = fill(other, other_block, sizeof other_block);
        if (len < 0 || len != other_len || memcmp(block, other_block, (size_t)len))
            return false;
        if ((size_t)len < sizeof block)
            return true;
    }
}

bool disk_has(int fd, off_t offset, struct str bytes)
{
    char block[BLOCK];
    while (bytes.len) {
        ssize_t len = pread(fd, block, bytes.len < BLOCK ? bytes.len : BLOCK, offset);
        if (len < 0 && errno == EINTR)
            continue;
        if (len <= 0 || memcmp(block, bytes.data, (size_t)len))
            return false;
        bytes = str_from_offset(bytes, (size_t)len);
        offset += len;
    }
    return true;
}

const char *disk_reason(int error)
{
    switch (error) {
    case ENOSPC:
        return "the disk is full";
    case EDQUOT:
        return "the disk quota is used up";
    case ENAMETOOLONG:
        return "the name is too long";
    default:
        return strerror(error);
    }
}
