#include "write/deposit.h"

#include "base/arena.h"
#include "write/disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PROGRAM_MODE = 0755 };

enum {
    TRIES = 100,      /* names of files that are written aside, left by runs that were killed */
    NAMES_IN_WAY = 3, /* that a message names: who sees three knows which folder this is */
};

/* -- Names ---------------------------------------------------------------------------------------
 */

/* Of a name that may begin with a full stop. */
static bool copy_part(struct str name, char out[NAME_MAX + 1])
{
    bool fine = name.len && name.len <= NAME_MAX && !str_equal(name, STR(".")) &&
                !str_equal(name, STR("..")) && !memchr(name.data, '/', name.len) &&
                !memchr(name.data, '\0', name.len);
    size_t len = fine ? name.len : 0;
    memcpy(out, fine ? name.data : "", len);
    out[len] = '\0';
    return fine;
}

static bool copy_name(struct str name, char out[NAME_MAX + 1])
{
    bool fine = copy_part(name, out) && out[0] != '.';
    if (!fine)
        out[0] = '\0';
    return fine;
}

bool deposit_has(const struct deposit *deposit, struct str name)
{
    struct stat status;
    char text[NAME_MAX + 1];
    if (!copy_name(name, text))
        return true;
    return deposit->folder >= 0 &&
           (!fstatat(deposit->folder, text, &status, AT_SYMLINK_NOFOLLOW) || errno != ENOENT);
}

/* -- The folder -----------------------------------------------------------------------------------
 */

/* Each folder on the way is opened on its own, so that none can be a link. */
static int open_path(int parent, struct str path)
{
    char name[NAME_MAX + 1];
    int at = parent, next;
    do {
        struct str part = str_cut(&path, '/');
        bool last = !path.data;
        errno = EINVAL;
        next = !copy_name(part, name) ? -1
               : last                 ? disk_open(at, name, O_RDONLY | O_DIRECTORY)
                                      : disk_open_folder(at, name);
        if (at != parent)
            disk_close(at);
        at = next;
    } while (next >= 0 && path.data);
    return next;
}

static int open_folder(struct deposit *deposit, struct err *err)
{
    deposit->folder = open_path(deposit->parent, str_from(deposit->name));
    if (deposit->folder >= 0 || errno == ENOENT)
        return 0;
    return err_set(err, "cannot open the folder '%s': %s", deposit->name,
                   errno == ELOOP || errno == ENOTDIR ? "it is a link or a file"
                                                      : disk_reason(errno));
}

int deposit_open(struct deposit *deposit, int parent, const char *name, struct err *err)
{
    *deposit = (struct deposit){.parent = parent, .folder = -1, .name = name};
    return open_folder(deposit, err);
}

void deposit_release(struct deposit *deposit)
{
    if (deposit->folder >= 0)
        disk_close(deposit->folder);
    deposit->folder = -1;
}

static int make_folder(struct deposit *deposit, struct err *err)
{
    if (deposit->folder >= 0)
        return 0;
    deposit->made = !mkdirat(deposit->parent, deposit->name, DISK_FOLDER_MODE);
    if (!deposit->made && errno != EEXIST)
        return err_set(err, "cannot make the folder '%s': %s", deposit->name, disk_reason(errno));
    if (open_folder(deposit, err))
        return -1;
    return deposit->folder >= 0 ? 0 : err_set(err, "the folder '%s' went away", deposit->name);
}

/* -- Files ----------------------------------------------------------------------------------------
 */

/* A name begins with a full stop: content is never taken from such files. */
static int open_aside(int folder, char name[NAME_MAX + 1])
{
    for (unsigned i = 0; i < TRIES; i++) {
        snprintf(name, NAME_MAX + 1, ".naslag-import-%ld-%u", (long)getpid(), i);
        int fd = disk_open(folder, name, O_WRONLY | O_CREAT | O_EXCL);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* Never onto a name that is taken, also where the file system can't promise that of renaming. */
static int give_name(int folder, const char *aside, const char *name)
{
    if (!renameat2(folder, aside, folder, name, RENAME_NOREPLACE))
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (linkat(folder, aside, folder, name, 0))
        return -1;
    unlinkat(folder, aside, 0);
    return 0;
}

/* -1 with errno set: then nothing of the file is there. */
static int write_file(int folder, struct str bytes, const char *name, bool program)
{
    char aside[NAME_MAX + 1];
    int fd = open_aside(folder, aside);
    if (fd < 0)
        return -1;
    int result = disk_write(fd, bytes);
    if (result)
        disk_close(fd);
    else
        result = disk_finish(fd);
    if (!result && program)
        result = fchmodat(folder, aside, PROGRAM_MODE, 0);
    if (!result)
        result = give_name(folder, aside, name);
    if (result) {
        int error = errno;
        unlinkat(folder, aside, 0);
        errno = error;
    }
    return result;
}

static int check_names(const struct deposit *deposit, const struct deposit_file *files,
                       size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        char text[NAME_MAX + 1];
        if (!copy_name(files[i].name, text))
            return err_set(err, "'%.*s' cannot be the name of a file", STR_ARGS(files[i].name));
        if (deposit_has(deposit, files[i].name))
            return err_set(err, "'%s/%s' is there already", deposit->name, text);
    }
    return 0;
}

/* Takes back the first `count` files, and the folder where it was made for them; it stays where
 * somebody else has put something into it. */
static void take_back(struct deposit *deposit, const struct deposit_file *files, size_t count)
{
    char name[NAME_MAX + 1];
    while (count--) {
        copy_name(files[count].name, name);
        unlinkat(deposit->folder, name, 0);
    }
    if (!deposit->made)
        return;
    deposit_release(deposit);
    unlinkat(deposit->parent, deposit->name, AT_REMOVEDIR);
    deposit->made = false;
}

int deposit_write(struct deposit *deposit, const struct deposit_file *files, size_t count,
                  struct err *err)
{
    char name[NAME_MAX + 1];
    size_t done = 0;
    if (check_names(deposit, files, count, err) || make_folder(deposit, err))
        return -1;
    for (; done < count; done++) {
        copy_name(files[done].name, name);
        if (write_file(deposit->folder, files[done].bytes, name, false))
            break;
    }
    if (done == count)
        return 0;
    err_set(err, "cannot write '%s/%s': %s", deposit->name, name, disk_reason(errno));
    take_back(deposit, files, done);
    return -1;
}

/* -- A tree ---------------------------------------------------------------------------------------
 */

/* What is in the way, as `'a', 'b' and more`; empty where nothing is. -1 with errno set. */
static int find_in_way(int folder, const char *beside, char *out, size_t size)
{
    size_t found = 0, len = 0;
    const struct dirent *entry;
    int copy = disk_open(folder, ".", O_RDONLY | O_DIRECTORY);
    DIR *stream = copy < 0 ? NULL : fdopendir(copy);
    *out = '\0';
    if (!stream)
        return -1;
    while ((entry = readdir(stream)) && found <= NAMES_IN_WAY) {
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, "..") || !strcmp(name, beside))
            continue;
        int put = found++ == NAMES_IN_WAY
                      ? snprintf(out + len, size - len, " and more")
                      : snprintf(out + len, size - len, "%s'%s'", found > 1 ? ", " : "", name);
        len += (size_t)put < size - len ? (size_t)put : 0;
    }
    closedir(stream);
    return 0;
}

/* The folder of a path below `root`, whose folders are made where they are missing; `*path` becomes
 * what stands behind its last slash. */
static int open_parent(int root, struct str *path)
{
    char name[NAME_MAX + 1];
    int at = root;
    for (;;) {
        struct str rest = *path;
        struct str part = str_cut(&rest, '/');
        if (!rest.data || at < 0)
            return at;
        *path = rest;
        errno = EINVAL;
        int next =
            copy_part(part, name) && (!mkdirat(at, name, DISK_FOLDER_MODE) || errno == EEXIST)
                ? disk_open_folder(at, name)
                : -1;
        if (at != root)
            disk_close(at);
        at = next;
    }
}

static int plant(int root, const struct deposit_file *file)
{
    char name[NAME_MAX + 1];
    struct str path = file->name;
    int folder = open_parent(root, &path);
    errno = folder < 0 ? errno : EINVAL;
    int result =
        folder >= 0 && copy_part(path, name) ? write_file(folder, file->bytes, name, false) : -1;
    if (folder >= 0 && folder != root)
        disk_close(folder);
    return result;
}

/* Takes back the first `count` files, and the folders of one more: none of them was there before.
 * One in which somebody else has put something stays. */
static void uproot(int root, const struct deposit_file *files, size_t count, size_t folders)
{
    char path[PATH_MAX];
    while (folders--) {
        snprintf(path, sizeof path, "%.*s", STR_ARGS(files[folders].name));
        if (folders < count)
            unlinkat(root, path, 0);
        for (char *slash; (slash = strrchr(path, '/'));) {
            *slash = '\0';
            unlinkat(root, path, AT_REMOVEDIR);
        }
    }
}

static int plant_all(int root, const char *directory, const struct deposit_file *files,
                     size_t count, struct err *err)
{
    for (size_t done = 0; done < count; done++) {
        if (!plant(root, &files[done]))
            continue;
        err_set(err, "cannot write '%s/%.*s': %s", directory, STR_ARGS(files[done].name),
                disk_reason(errno));
        uproot(root, files, done, done + 1);
        return -1;
    }
    return 0;
}

int deposit_tree(const char *directory, const char *beside, const struct deposit_file *files,
                 size_t count, struct err *err)
{
    char names[ERR_MESSAGE_SIZE / 2];
    bool made = !mkdir(directory, DISK_FOLDER_MODE);
    if (!made && errno != EEXIST)
        return err_set(err, "cannot make the folder '%s': %s", directory, disk_reason(errno));
    int root = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result = root < 0 ? -1 : find_in_way(root, beside, names, sizeof names);
    if (result)
        err_set(err, "cannot open the folder '%s': %s", directory,
                errno == ENOTDIR ? "it is a file" : disk_reason(errno));
    else if (*names)
        result =
            err_set(err, "the folder '%s' is not empty, so nothing was written; in the way: %s",
                    directory, names);
    else
        result = plant_all(root, directory, files, count, err);
    if (root >= 0)
        disk_close(root);
    if (result && made)
        rmdir(directory);
    return result;
}

/* -- Mending --------------------------------------------------------------------------------------
 */

/* Writes aside what then takes the name. Between the look at the old bytes and the change of names
 * lies no more than a system call. */
static int replace(int folder, const char *name, struct str old, struct str bytes)
{
    char aside[NAME_MAX + 1];
    struct stat status;
    int given = disk_open(folder, name, O_RDONLY | O_NONBLOCK);
    if (given < 0)
        return -1;
    int fd = open_aside(folder, aside);
    int result = fd < 0 || fstat(given, &status) ? -1 : disk_write(fd, bytes);
    if (fd >= 0 && !result)
        result = disk_finish(fd);
    else if (fd >= 0)
        disk_close(fd);
    errno = result ? errno : EBUSY;
    if (!result && (!S_ISREG(status.st_mode) || !disk_holds(given, old)))
        result = -1;
    if (!result)
        result = fchmodat(folder, aside, status.st_mode & 0777, 0);
    if (!result)
        result = renameat(folder, aside, folder, name);
    int error = errno;
    if (result && fd >= 0)
        unlinkat(folder, aside, 0);
    disk_close(given);
    errno = error;
    return result;
}

int deposit_replace(int parent, struct str path, struct str old, struct str bytes, struct err *err)
{
    char name[NAME_MAX + 1];
    ptrdiff_t slash = str_find_last(path, '/');
    struct str file = str_from_offset(path, (size_t)(slash + 1));
    int folder = slash > 0 ? open_path(parent, str_slice(path, 0, (size_t)slash)) : parent;
    int result = -1;
    if (folder >= 0 && copy_name(file, name))
        result = replace(folder, name, old, bytes);
    int error = errno;
    if (folder >= 0 && folder != parent)
        disk_close(folder);
    return result ? err_set(err, "cannot write '%.*s': %s", STR_ARGS(path),
                            error == EBUSY ? "it has changed meanwhile" : disk_reason(error))
                  : 0;
}

/* -- Changing many --------------------------------------------------------------------------------
 */

static struct str path_before(struct str path)
{
    ptrdiff_t slash = str_find_last(path, '/');
    return slash > 0 ? str_slice(path, 0, (size_t)slash) : STR("");
}

/* The open folder of a path, and the name in it. -1 with errno set. */
static int open_folder_of(int parent, struct str path, char name[NAME_MAX + 1])
{
    struct str folder = path_before(path);
    errno = EINVAL;
    if (!copy_name(str_from_offset(path, folder.len ? folder.len + 1 : 0), name))
        return -1;
    return folder.len ? open_path(parent, folder) : disk_open_folder(parent, ".");
}

/* Makes what is missing of a folder; `*made` counts the parts of it that were made. */
static int make_missing(int parent, struct str folder, unsigned *made)
{
    char name[NAME_MAX + 1];
    int result = 0;
    if (!folder.len)
        return 0;
    int there = open_path(parent, folder);
    if (there >= 0) {
        disk_close(there);
        return 0;
    }
    if (errno != ENOENT || make_missing(parent, path_before(folder), made))
        return -1;
    int at = open_folder_of(parent, folder, name);
    if (at < 0)
        return -1;
    result = mkdirat(at, name, DISK_FOLDER_MODE);
    *made += !result;
    disk_close(at);
    return result;
}

static void remove_made(int parent, struct str folder, unsigned made)
{
    char name[NAME_MAX + 1];
    for (; made; made--, folder = path_before(folder)) {
        int at = open_folder_of(parent, folder, name);
        if (at < 0)
            return;
        unlinkat(at, name, AT_REMOVEDIR);
        disk_close(at);
    }
}

/* -1 with errno set. */
static int move(int parent, struct str path, struct str to)
{
    char from_name[NAME_MAX + 1], to_name[NAME_MAX + 1];
    int from = open_folder_of(parent, path, from_name);
    int into = from < 0 ? -1 : open_folder_of(parent, to, to_name);
    int result = into < 0 ? -1 : renameat2(from, from_name, into, to_name, RENAME_NOREPLACE);
    if (result && into >= 0 && (errno == EINVAL || errno == ENOSYS)) {
        result = linkat(from, from_name, into, to_name, 0);
        if (!result)
            unlinkat(from, from_name, 0);
    }
    int error = errno;
    if (from >= 0)
        disk_close(from);
    if (into >= 0)
        disk_close(into);
    errno = error;
    return result;
}

static bool moves(const struct deposit_change *change)
{
    return !str_equal(change->path, change->to);
}

static bool is_unchanged(int parent, const struct deposit_change *change)
{
    char name[NAME_MAX + 1];
    int folder = open_folder_of(parent, change->path, name);
    int fd = folder < 0 ? -1 : disk_open(folder, name, O_RDONLY | O_NONBLOCK);
    bool same = fd >= 0 && (!change->old.data || disk_holds(fd, change->old));
    if (fd >= 0)
        disk_close(fd);
    if (folder >= 0)
        disk_close(folder);
    return same;
}

static bool is_free(int parent, struct str path)
{
    char name[NAME_MAX + 1];
    struct stat status;
    int folder = open_folder_of(parent, path, name);
    if (folder < 0)
        return errno == ENOENT;
    bool taken = !fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) || errno != ENOENT;
    disk_close(folder);
    return !taken;
}

static int change_one(int parent, const struct deposit_change *change, unsigned *made,
                      struct err *err)
{
    *made = 0;
    if (moves(change) && (make_missing(parent, path_before(change->to), made) ||
                          move(parent, change->path, change->to))) {
        err_set(err, "cannot move '%.*s' to '%.*s': %s", STR_ARGS(change->path),
                STR_ARGS(change->to), disk_reason(errno));
        remove_made(parent, path_before(change->to), *made);
        return -1;
    }
    if (!change->old.data || !deposit_replace(parent, change->to, change->old, change->new, err))
        return 0;
    if (moves(change))
        move(parent, change->to, change->path);
    remove_made(parent, path_before(change->to), *made);
    return -1;
}

static void undo(int parent, const struct deposit_change *change, unsigned made)
{
    struct err err;
    if (change->old.data)
        deposit_replace(parent, change->to, change->new, change->old, &err);
    if (moves(change))
        move(parent, change->to, change->path);
    remove_made(parent, path_before(change->to), made);
}

int deposit_change(int parent, const struct deposit_change *changes, size_t count, struct err *err)
{
    struct arena arena;
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_unchanged(parent, &changes[i]))
            return err_set(err, "'%.*s' has changed meanwhile", STR_ARGS(changes[i].path));
        if (moves(&changes[i]) && !is_free(parent, changes[i].to))
            return err_set(err, "'%.*s' is there already", STR_ARGS(changes[i].to));
    }
    arena_init(&arena);
    unsigned *made = arena_new_array(&arena, count + 1, unsigned);
    while (done < count && !change_one(parent, &changes[done], &made[done], err))
        done++;
    int result = done < count ? -1 : 0;
    while (result && done--)
        undo(parent, &changes[done], made[done]);
    arena_release(&arena);
    return result;
}

/* -- Programs -------------------------------------------------------------------------------------
 */

static int remove_file(int folder, const char *name, struct str old)
{
    int fd = disk_open(folder, name, O_RDONLY | O_NONBLOCK);
    if (fd < 0)
        return -1;
    bool same = disk_holds(fd, old);
    disk_close(fd);
    errno = EBUSY;
    return same ? unlinkat(folder, name, 0) : -1;
}

int deposit_program(const char *folder, const char *name, struct str old, struct str bytes,
                    struct err *err)
{
    int result = mkdir(folder, DISK_FOLDER_MODE) && errno != EEXIST ? -1 : 0;
    int at = result ? -1 : open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (at >= 0)
        result = !bytes.data ? remove_file(at, name, old)
                 : old.data  ? replace(at, name, old, bytes)
                             : write_file(at, bytes, name, true);
    int error = errno;
    if (at >= 0)
        disk_close(at);
    return result || at < 0
               ? err_set(err, "cannot change '%s/%s': %s", folder, name,
                         error == EBUSY ? "it has changed meanwhile" : disk_reason(error))
               : 0;
}
