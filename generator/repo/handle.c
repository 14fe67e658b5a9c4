#include "repo/handle.h"

#include "base/arena.h"

#include <unistd.h>

int handle_fail(struct err *err, const char *what, const char *subject)
{
    const git_error *error = git_error_last();
    const char *message = error && error->message ? error->message : "unknown failure";
    return err_set(err, "%s '%s': %s", what, subject, message);
}

/* The user's configuration is searched for nowhere: it must not change a build, and may lie in a
 * home folder that cannot be read. */
static int hide_configuration(void)
{
    static const int levels[] = {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM,
                                 GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "") < 0)
            return -1;
    return 0;
}

/* What these extensions add does not change how objects, references and the index are read. Of a
 * partial clone (`partialclone`) objects may be missing, which is met as any missing object is. */
static int allow_extensions(void)
{
    const char *extensions[] = {"partialclone", "preciousobjects", "relativeworktrees",
                                "worktreeconfig"};
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
                            sizeof extensions / sizeof *extensions);
}

enum { PACK_WINDOW = 8 * 1024 * 1024, PACKS_MAPPED_MAX = 64 * 1024 * 1024 }; /* bytes */

/* Libgit2 would hash every object that it reads, which takes as long as reading the history does.
 * Without it, zlib's checksum still finds damage; what it cannot find is a pack made by hand in
 * which an object has another's id. So what comes out as content is hashed by handle_read(), and
 * only dates are taken from objects that were not. Its cache is off because each object is read
 * about once, and it would hold up to 256 MB of them. Of packs no more is mapped at a time than is
 * read soon: all of one would stay in memory. */
static int configure(void)
{
    if (hide_configuration() < 0 || allow_extensions() < 0)
        return -1;
    if (git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0) < 0)
        return -1;
    if (git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0) < 0)
        return -1;
    if (git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)PACK_WINDOW) < 0 ||
        git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)PACKS_MAPPED_MAX) < 0)
        return -1;
    return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
}

static int open_repository(struct snapshot_handle *handle, const char *directory, struct err *err)
{
    int status = git_repository_open_ext(&handle->repo, directory, 0, NULL);
    if (status == GIT_ENOTFOUND)
        return err_set(err, "there is no git repository in or above '%s'", directory);
    if (status < 0)
        return handle_fail(err, "cannot open the repository of", directory);
    if (git_repository_odb(&handle->odb, handle->repo) < 0)
        return handle_fail(err, "cannot read the repository of", directory);
    return 0;
}

static int find_objects(struct snapshot_handle *handle, struct arena *arena, struct err *err)
{
    git_buf path = {0};
    if (git_repository_item_path(&path, handle->repo, GIT_REPOSITORY_ITEM_OBJECTS) < 0)
        return handle_fail(err, "cannot find the objects of", git_repository_path(handle->repo));
    handle->objects = str_cstring(arena, (struct str){path.ptr, path.size});
    git_buf_dispose(&path);
    return 0;
}

int handle_open(struct snapshot_handle *handle, struct arena *arena, const char *directory,
                struct err *err)
{
    *handle = (struct snapshot_handle){.folder = -1};
    git_libgit2_init();
    if (configure() < 0)
        return handle_fail(err, "cannot set up libgit2 for", directory);
    if (open_repository(handle, directory, err))
        return -1;
    return find_objects(handle, arena, err);
}

void handle_close(struct snapshot_handle *handle)
{
    if (handle->folder >= 0)
        close(handle->folder);
    git_odb_free(handle->odb);
    git_repository_free(handle->repo);
    git_libgit2_shutdown();
}

int handle_read(git_odb *odb, const git_oid *oid, git_odb_object **out, struct err *err)
{
    git_oid actual;
    git_odb_object *object = NULL;
    char name[GIT_OID_HEXSZ + 1];
    git_oid_tostr(name, sizeof name, oid);
    int status = git_odb_read(&object, odb, oid);
    if (status == GIT_ENOTFOUND) {
        err_set(err, "object '%s' is missing from the repository", name);
        return status;
    }
    if (status < 0)
        return handle_fail(err, "cannot read object", name);
    status = git_odb_hash(&actual, git_odb_object_data(object), git_odb_object_size(object),
                          git_odb_object_type(object));
    if (status == 0 && git_oid_equal(&actual, oid)) {
        *out = object;
        return 0;
    }
    git_odb_object_free(object);
    return err_set(err, "object '%s' is damaged: its content has another id", name);
}
