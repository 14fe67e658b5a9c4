#include "write/output.h"

#include "base/arena.h"
#include "write/disk.h"
#include "write/record.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define OWN_FOLDER OUTPUT_OWN_FOLDER
#define STAGE_FOLDER "stage"
#define LOCK_FILE "lock"

int output_name(struct str text, char name[NAME_MAX + 1])
{
    if (text.len > NAME_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(name, text.data, text.len);
    name[text.len] = '\0';
    return 0;
}

void output_leave(const struct output *output, int folder)
{
    if (folder >= 0 && folder != output->root)
        disk_close(folder);
}

size_t output_folder_length(struct str path)
{
    ptrdiff_t slash = str_find_last(path, '/');
    return slash == STR_NONE ? 0 : (size_t)slash;
}

int output_find(const struct output *output, struct str path, char name[NAME_MAX + 1])
{
    int folder = output->root;
    struct str rest = path;
    for (;;) {
        if (output_name(str_cut(&rest, '/'), name)) {
            output_leave(output, folder);
            return -1;
        }
        if (!rest.data)
            return folder;
        int next = disk_open_folder(folder, name);
        output_leave(output, folder);
        if (next < 0)
            return -1;
        folder = next;
    }
}

int output_remove_file(const struct output *output, struct str path, bool *removed)
{
    char name[NAME_MAX + 1];
    struct stat status;
    int folder = output_find(output, path, name);
    *removed = false;
    if (folder < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == ELOOP ? 0 : -1;
    int result = fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW);
    if (!result && S_ISREG(status.st_mode)) {
        result = unlinkat(folder, name, 0);
        *removed = !result;
    }
    output_leave(output, folder);
    return result && errno != ENOENT ? -1 : 0;
}

void output_prune(const struct output *output, struct str path, size_t floor)
{
    char name[NAME_MAX + 1];
    for (;;) {
        path.len = output_folder_length(path);
        if (path.len <= floor)
            return;
        int folder = output_find(output, path, name);
        if (folder < 0)
            return;
        int result = unlinkat(folder, name, AT_REMOVEDIR);
        output_leave(output, folder);
        if (result)
            return;
    }
}

void output_init(struct output *output, const char *directory)
{
    *output =
        (struct output){.directory = directory, .root = -1, .own = -1, .stage = -1, .lock = -1};
}

static int make_parents(const char *directory)
{
    char path[PATH_MAX];
    size_t len = strlen(directory);
    if (len >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(path, directory, len + 1);
    for (size_t i = 1; i < len; i++) {
        if (path[i] != '/')
            continue;
        path[i] = '\0';
        if (mkdir(path, DISK_FOLDER_MODE) && errno != EEXIST)
            return -1;
        path[i] = '/';
    }
    return 0;
}

static int open_root(const char *directory)
{
    bool made = !mkdir(directory, DISK_FOLDER_MODE);
    if (!made && errno == ENOENT && !make_parents(directory))
        made = !mkdir(directory, DISK_FOLDER_MODE);
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 && made && fchmod(fd, DISK_FOLDER_MODE)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Calls `found` for each name but `.` and `..`, until it returns other than 0. Returns that, or -1
 * with errno set. */
static int list_folder(int folder, int (*found)(int folder, const char *name))
{
    int fd = disk_open(folder, ".", O_RDONLY | O_DIRECTORY);
    DIR *list = fd < 0 ? NULL : fdopendir(fd);
    int result = list ? 0 : -1;
    if (!list && fd >= 0)
        close(fd);
    while (!result) {
        errno = 0;
        const struct dirent *entry = readdir(list);
        if (!entry) {
            result = errno ? -1 : 0;
            break;
        }
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            result = found(folder, entry->d_name);
    }
    int error = errno;
    if (list)
        closedir(list);
    errno = error;
    return result;
}

static int is_foreign(int folder, const char *name)
{
    (void)folder;
    return strcmp(name, OWN_FOLDER) != 0;
}

static int remove_staged(int folder, const char *name)
{
    bool is_folder = !strcmp(name, OUTPUT_STAGED_FOLDER);
    return unlinkat(folder, name, is_folder ? AT_REMOVEDIR : 0);
}

static int open_own_folder(int parent, const char *name)
{
    if (mkdirat(parent, name, DISK_FOLDER_MODE) && errno != EEXIST)
        return -1;
    int fd = disk_open(parent, name, O_RDONLY | O_DIRECTORY);
    if (fd >= 0 && fchmod(fd, DISK_FOLDER_MODE)) {
        disk_close(fd);
        return -1;
    }
    return fd;
}

static int take_lock(struct output *output, struct err *err)
{
    output->lock = disk_open(output->own, LOCK_FILE, O_RDWR | O_CREAT);
    if (output->lock < 0 || fchmod(output->lock, DISK_FILE_MODE))
        return err_set(err, "cannot make '%s/%s/%s': %s", output->directory, OWN_FOLDER, LOCK_FILE,
                       disk_reason(errno));
    if (!flock(output->lock, LOCK_EX | (output->waits ? 0 : LOCK_NB)))
        return 0;
    if (errno == EWOULDBLOCK)
        return err_set(err, "another build is writing to '%s'", output->directory);
    return err_set(err, "cannot lock '%s': %s", output->directory, disk_reason(errno));
}

/* Refuses a folder with files in it that no record speaks for. */
static int refuse_foreign(const struct output *output, struct err *err)
{
    int foreign = list_folder(output->root, is_foreign);
    if (foreign < 0)
        return err_set(err, "cannot read '%s': %s", output->directory, disk_reason(errno));
    if (foreign)
        return err_set(err, "'%s' is not empty and was not made by naslag", output->directory);
    return 0;
}

/* The lock comes before the look at the record: a build under way may have none yet. But before
 * anything is made in a folder, that must be ours or empty. */
static int open_own(struct output *output, struct err *err)
{
    struct stat status;
    if (fstatat(output->root, OWN_FOLDER, &status, AT_SYMLINK_NOFOLLOW) &&
        refuse_foreign(output, err))
        return -1;
    output->own = open_own_folder(output->root, OWN_FOLDER);
    if (output->own < 0)
        return err_set(err, "cannot open '%s/%s': %s", output->directory, OWN_FOLDER,
                       disk_reason(errno));
    if (take_lock(output, err))
        return -1;
    int recorded = record_exists(output->own);
    if (recorded < 0)
        return err_set(err, "cannot read '%s/%s': %s", output->directory, OWN_FOLDER,
                       disk_reason(errno));
    return recorded ? 0 : refuse_foreign(output, err);
}

static int open_stage(struct output *output, struct err *err)
{
    output->stage = open_own_folder(output->own, STAGE_FOLDER);
    if (output->stage < 0 || list_folder(output->stage, remove_staged))
        return err_set(err, "cannot empty '%s/%s/%s': %s", output->directory, OWN_FOLDER,
                       STAGE_FOLDER, disk_reason(errno));
    return 0;
}

int output_open(struct output *output, struct err *err)
{
    output->root = open_root(output->directory);
    if (output->root < 0)
        return err_set(err, "cannot open or make the folder '%s': %s", output->directory,
                       disk_reason(errno));
    return open_own(output, err) || open_stage(output, err) ? -1 : 0;
}

void output_discard_stage(const struct output *output)
{
    unlinkat(output->own, STAGE_FOLDER, AT_REMOVEDIR);
}

/* The lock goes last. */
void output_release(struct output *output)
{
    int *const fds[] = {&output->stage, &output->root, &output->own, &output->lock};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++) {
        if (*fds[i] >= 0)
            close(*fds[i]);
        *fds[i] = -1;
    }
}
