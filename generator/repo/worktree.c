#include "repo/worktree.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN_FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

/* Not blocking: what was a file may have become a pipe that nobody writes to. */
enum { OPEN_FILE = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC };

/* -- Opening step by step, so that no folder on the way can be a link
 * ------------------------------ */

static int open_name(int folder, struct str name, int flags)
{
    char text[NAME_MAX + 1];
    if (name.len >= sizeof text) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(text, name.data, name.len);
    text[name.len] = '\0';
    return openat(folder, text, flags);
}

/* Opens `path` below `folder`, with `flags` for its last name. The caller closes what it returns.
 */
static int open_path(int folder, struct str path, int flags)
{
    int at = folder;
    for (;;) {
        struct str name = str_cut(&path, '/');
        int next = open_name(at, name, path.data ? OPEN_FOLDER : flags);
        int reason = errno;
        if (at != folder)
            close(at);
        errno = reason;
        if (next < 0 || !path.data)
            return next;
        at = next;
    }
}

/* -- The content folder
 * ---------------------------------------------------------------------------- */

/* A repository's own configuration may name any folder as its work tree. One that the user is not
 * in is not what was asked for. */
static int check_place(const char *directory, const char *root, struct err *err)
{
    char real[PATH_MAX + 1];
    if (!realpath(directory, real))
        return err_set(err, "cannot find '%s': %s", directory, strerror(errno));
    strcat(real, "/");
    if (strncmp(real, root, strlen(root)))
        return err_set(err, "'%s' is not in the work tree of its repository, '%s'", directory,
                       root);
    return 0;
}

static int open_content(int root, bool choose, struct str *content, struct err *err)
{
    int folder =
        content->len ? open_path(root, *content, OPEN_FOLDER) : fcntl(root, F_DUPFD_CLOEXEC, 0);
    if (folder < 0 && choose) {
        *content = STR("");
        folder = fcntl(root, F_DUPFD_CLOEXEC, 0);
    }
    if (folder < 0)
        return err_set(err, "cannot open the content folder '%.*s' of the work tree: %s",
                       STR_ARGS(*content), errno == ELOOP ? "it is a link" : strerror(errno));
    return folder;
}

int worktree_open(struct snapshot_handle *handle, const char *directory, bool choose,
                  struct str *content, struct err *err)
{
    const char *path = git_repository_workdir(handle->repo);
    if (!path)
        return err_set(err, "the repository of '%s' is bare: it has no work tree", directory);
    if (check_place(directory, path, err))
        return -1;
    int root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root < 0)
        return err_set(err, "cannot open the work tree '%s': %s", path, strerror(errno));
    if (choose)
        *content = STR("content");
    handle->folder = open_content(root, choose, content, err);
    close(root);
    return handle->folder < 0 ? -1 : 0;
}

/* -- Listing
 * --------------------------------------------------------------------------------------- */

struct walk {
    struct listing *listing;
    git_repository *repo;
    git_index *index;
    struct str content;
    struct buf path; /* of what is looked at, from the root, as libgit2 takes it */
    struct err *err;
};

struct folder {
    int fd;
    struct str path; /* below the content folder */
    unsigned depth;
    bool ignored; /* git ignores what it does not track in it */
};

static int list_folder(struct walk *walk, const struct folder *folder);

/* The path of `name` from the repository's root, NUL-terminated, with `end` behind it. */
static const char *root_path(struct walk *walk, struct str folder, const char *name,
                             const char *end)
{
    struct buf *path = &walk->path;
    buf_clear(path);
    if (walk->content.len) {
        buf_put(path, walk->content);
        buf_put_char(path, '/');
    }
    if (folder.len) {
        buf_put(path, folder);
        buf_put_char(path, '/');
    }
    buf_put_cstring(path, name);
    buf_put_cstring(path, end);
    buf_put_char(path, '\0');
    return path->data;
}

static const git_index_entry *tracked(const struct walk *walk, const char *path)
{
    size_t at;
    return git_index_find(&at, walk->index, path) ? NULL : git_index_get_byindex(walk->index, at);
}

static bool ignores(const struct walk *walk, const char *path)
{
    int ignored = 0;
    return git_ignore_path_is_ignored(&ignored, walk->repo, path) == 0 && ignored;
}

/* Whether a file or link is part of the work tree as git sees it. */
static bool belongs(struct walk *walk, const struct folder *folder, const char *name)
{
    const char *path = root_path(walk, folder->path, name, "");
    return tracked(walk, path) || (!folder->ignored && !ignores(walk, path));
}

static int visit_file(struct walk *walk, const struct folder *folder, const char *name,
                      const struct stat *status)
{
    struct str path;
    if (!belongs(walk, folder, name) ||
        !listing_path(walk->listing, folder->path, str_from(name), folder->depth, &path))
        return 0;
    if (S_ISLNK(status->st_mode))
        listing_skip_link(walk->listing, path);
    else
        listing_add(walk->listing, (struct entry){.path = path, .size = (uint64_t)status->st_size});
    return 0;
}

static void say_unreadable(struct walk *walk, struct str path)
{
    diag_add(walk->listing->diags, DIAG_ERROR, "folder-unreadable", (struct place){.path = path},
             "cannot read this folder: %s: left out", strerror(errno));
}

/* A folder with a repository of its own is no part of this one, whether registered or not. */
static bool is_repository(int fd)
{
    struct stat status;
    return fstatat(fd, ".git", &status, AT_SYMLINK_NOFOLLOW) == 0;
}

static int enter(struct walk *walk, const struct folder *parent, const char *name, bool ignored,
                 struct str path)
{
    int fd = openat(parent->fd, name, OPEN_FOLDER);
    if (fd < 0) {
        say_unreadable(walk, path);
        return 0;
    }
    if (is_repository(fd)) {
        listing_skip_submodule(walk->listing, path);
        close(fd);
        return 0;
    }
    struct folder folder = {fd, path, parent->depth + 1, ignored};
    return list_folder(walk, &folder);
}

static int visit_folder(struct walk *walk, const struct folder *parent, const char *name)
{
    struct str path;
    size_t first;
    const git_index_entry *entry = tracked(walk, root_path(walk, parent->path, name, ""));
    bool submodule = entry && entry->mode == GIT_FILEMODE_COMMIT;
    const char *root = root_path(walk, parent->path, name, "/");
    bool ignored = parent->ignored || ignores(walk, root);
    if (ignored && !submodule && git_index_find_prefix(&first, walk->index, root))
        return 0;
    if (!listing_path(walk->listing, parent->path, str_from(name), parent->depth + 1, &path))
        return 0;
    if (!submodule)
        return enter(walk, parent, name, ignored, path);
    listing_skip_submodule(walk->listing, path);
    return 0;
}

/* What is neither file, folder nor link git does not know, and what vanishes meanwhile is gone. */
static int visit(struct walk *walk, const struct folder *folder, const char *name)
{
    struct stat status;
    if (listing_hidden(str_from(name)))
        return 0;
    if (listing_visit(walk->listing, walk->err))
        return -1;
    if (fstatat(folder->fd, name, &status, AT_SYMLINK_NOFOLLOW))
        return 0;
    if (S_ISDIR(status.st_mode))
        return visit_folder(walk, folder, name);
    if (S_ISREG(status.st_mode) || S_ISLNK(status.st_mode))
        return visit_file(walk, folder, name, &status);
    return 0;
}

/* Takes folder->fd. As deep as listing_path() lets folders be, which bounds open files too. */
static int list_folder(struct walk *walk, const struct folder *folder)
{
    int result = 0;
    DIR *stream = fdopendir(folder->fd);
    if (!stream) {
        say_unreadable(walk, folder->path);
        close(folder->fd);
        return 0;
    }
    *vec_push(&walk->listing->folders, walk->listing->arena) = folder->path;
    while (!result) {
        errno = 0;
        const struct dirent *entry = readdir(stream);
        if (!entry)
            break;
        result = visit(walk, folder, entry->d_name);
    }
    if (!result && errno)
        say_unreadable(walk, folder->path);
    closedir(stream);
    return result;
}

/* The descriptor that reading starts from stays open, so listing gets one of its own. */
static int list_top(struct walk *walk, int content)
{
    int fd = openat(content, ".", OPEN_FOLDER);
    if (fd < 0)
        return err_set(walk->err, "cannot read the content folder '%.*s': %s",
                       STR_ARGS(walk->content), strerror(errno));
    const char *path = str_format(walk->listing->arena, "%.*s/", STR_ARGS(walk->content)).data;
    bool ignored = walk->content.len && ignores(walk, path);
    struct folder folder = {fd, STR(""), 0, ignored};
    return list_folder(walk, &folder);
}

int worktree_list(struct snapshot_handle *handle, struct str content, struct listing *listing,
                  struct err *err)
{
    struct walk walk = {.listing = listing, .repo = handle->repo, .content = content, .err = err};
    if (git_repository_index(&walk.index, handle->repo) < 0)
        return handle_fail(err, "cannot read the index of", git_repository_path(handle->repo));
    buf_init(&walk.path, listing->arena);
    int result = list_top(&walk, handle->folder);
    git_index_free(walk.index);
    return result;
}

/* -- Reading
 * --------------------------------------------------------------------------------------- */

/* A file that shrinks meanwhile is as long as it turned out to be. */
static int read_bytes(int fd, char *data, size_t size, size_t *len)
{
    for (*len = 0; *len < size;) {
        ssize_t got = read(fd, data + *len, size - *len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? -1 : 0;
        *len += (size_t)got;
    }
    return 0;
}

static int read_file(int fd, uint64_t size_max, struct arena *arena, struct str *out)
{
    struct stat status;
    if (fstat(fd, &status))
        return -1;
    if (!S_ISREG(status.st_mode)) {
        errno = EINVAL;
        return -1;
    }
    if ((uint64_t)status.st_size > size_max)
        return 1;
    size_t size = (size_t)status.st_size, len;
    char *data = arena_text(arena, size);
    if (read_bytes(fd, data, size, &len))
        return -1;
    *out = (struct str){data, len};
    return 0;
}

int worktree_read(int folder, struct str path, uint64_t size_max, struct arena *arena,
                  struct str *out, struct err *err)
{
    int fd = open_path(folder, path, OPEN_FILE);
    int result = fd < 0 ? -1 : read_file(fd, size_max, arena, out);
    if (result < 0)
        err_set(err, "cannot read '%.*s': %s", STR_ARGS(path),
                errno == ELOOP ? "it is a link" : strerror(errno));
    if (fd >= 0)
        close(fd);
    return result;
}
