#include "write/untouched.h"

#include "base/pool.h"
#include "write/disk.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <sys/stat.h>

enum { LOOKED_AT_ONCE = 500 /* files, by one thread: those of a folder stand together */ };

bool untouched(int folder, const char *name, const struct record_mark *mark)
{
    struct stat status;
    return !fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) && S_ISREG(status.st_mode) &&
           (status.st_mode & 07777) == DISK_FILE_MODE && (uint64_t)status.st_size == mark->size &&
           status.st_ino == mark->inode && status.st_mtim.tv_sec == mark->seconds &&
           status.st_mtim.tv_nsec == mark->nanoseconds;
}

struct looking {
    const struct output *output;
    const struct record *record;
    atomic_bool failed;
    atomic_uint_least64_t bytes;
};

/* The folder of the file that was looked at last. */
struct last {
    struct str path; /* of the file */
    size_t len;      /* of the folder's */
    int folder;      /* -1: none is open */
};

static bool is_beside(const struct last *last, struct str path)
{
    size_t len = output_folder_length(path);
    return last->folder >= 0 && len == last->len &&
           str_equal(str_slice(path, 0, len), str_slice(last->path, 0, len));
}

/* Opens the folder of a file, unless it is open, and tells the file's name. */
static bool enter(const struct output *output, struct last *last, struct str path,
                  char name[NAME_MAX + 1])
{
    size_t len = output_folder_length(path);
    if (is_beside(last, path))
        return !output_name(str_from_offset(path, len ? len + 1 : 0), name);
    output_leave(output, last->folder);
    *last = (struct last){path, len, output_find(output, path, name)};
    return last->folder >= 0;
}

static bool look_at(const struct looking *looking, struct last *last,
                    const struct record_line *line, uint64_t *bytes)
{
    char name[NAME_MAX + 1];
    struct record_mark mark = record_mark_of(line);
    *bytes += mark.size;
    return !digest_equal(mark.made_of, DIGEST_NONE) &&
           enter(looking->output, last, record_path(line), name) &&
           untouched(last->folder, name, &mark);
}

static void look_at_some(void *context, unsigned worker, size_t job)
{
    struct looking *looking = context;
    const struct record *record = looking->record;
    size_t end = (job + 1) * LOOKED_AT_ONCE;
    struct last last = {.folder = -1};
    uint64_t bytes = 0;
    (void)worker;
    for (size_t i = job * LOOKED_AT_ONCE; i < end && i < record->lines.count; i++)
        if (looking->failed || !look_at(looking, &last, &record->lines.items[i], &bytes))
            looking->failed = true;
    output_leave(looking->output, last.folder);
    looking->bytes += bytes;
}

bool untouched_all(const struct output *output, const struct record *record, unsigned workers,
                   uint64_t *bytes)
{
    struct looking looking = {.output = output, .record = record};
    size_t jobs = (record->lines.count + LOOKED_AT_ONCE - 1) / LOOKED_AT_ONCE;
    if (record->lines.count != record->listed)
        return false;
    pool_run(workers, jobs, look_at_some, &looking);
    *bytes = looking.bytes;
    return !looking.failed;
}
