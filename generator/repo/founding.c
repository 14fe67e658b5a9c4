#include "repo/founding.h"

#include "base/arena.h"
#include "repo/handle.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of a user whom git does not know. Nobody gets mail there. */
#define AUTHOR_NAME "naslag"
#define AUTHOR_ADDRESS "naslag@localhost"

#define FIRST_BRANCH "main"

/* What is committed, and by whom. */
struct work {
    struct founding *founding;
    struct arena *arena;
    git_repository *repo;
    git_config *config;
    git_index *index;
    git_tree *tree;
    git_signature *author, *committer;
};

static void release(struct work *work)
{
    git_signature_free(work->author);
    git_signature_free(work->committer);
    git_tree_free(work->tree);
    git_index_free(work->index);
    git_config_free(work->config);
    git_repository_free(work->repo);
    git_libgit2_shutdown();
}

/* The owner of the folder does not matter, as in handle.c. */
static void start(void)
{
    git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
}

/* Whether anything stands where a repository would be. */
static bool has_git(const char *directory)
{
    struct stat status;
    int folder = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool found = folder >= 0 && !fstatat(folder, ".git", &status, AT_SYMLINK_NOFOLLOW);
    if (folder >= 0)
        close(folder);
    return found;
}

int founding_check(const char *directory, struct err *err)
{
    git_repository *repo = NULL;
    start();
    int status = git_repository_open_ext(&repo, directory, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
    int result = 0;
    if (status && (status != GIT_ENOTFOUND || has_git(directory)))
        result = handle_fail(err, "cannot open the repository in", directory);
    git_repository_free(repo);
    git_libgit2_shutdown();
    return result;
}

/* -- The user's configuration --------------------------------------------------------------------
 */

/* As git has it, `GIT_CONFIG_GLOBAL` names a file that stands for the user's own. */
static void open_config(struct work *work)
{
    const char *path = getenv("GIT_CONFIG_GLOBAL");
    int status = work->repo ? git_repository_config(&work->config, work->repo)
                            : git_config_open_default(&work->config);
    if (!status && path)
        git_config_add_file_ondisk(work->config, path, GIT_CONFIG_LEVEL_GLOBAL, work->repo, 1);
}

/* Empty where the configuration does not tell. */
static const char *configured(const struct work *work, const char *key)
{
    git_buf value = {0};
    const char *text = "";
    if (work->config && !git_config_get_string_buf(&value, work->config, key))
        text = str_cstring(work->arena, (struct str){value.ptr, value.size});
    git_buf_dispose(&value);
    return text;
}

/* What git's variable says, else the configuration. */
static const char *said(const struct work *work, const char *variable, const char *key)
{
    const char *value = getenv(variable);
    return value && *value ? value : configured(work, key);
}

static int sign(struct work *work, struct err *err)
{
    struct founding *founding = work->founding;
    const char *name = said(work, "GIT_AUTHOR_NAME", "user.name");
    const char *address = said(work, "GIT_AUTHOR_EMAIL", "user.email");
    const char *committer = said(work, "GIT_COMMITTER_NAME", "user.name");
    const char *committer_address = said(work, "GIT_COMMITTER_EMAIL", "user.email");
    founding->known = *name && *address;
    if (!founding->known) {
        name = AUTHOR_NAME;
        address = AUTHOR_ADDRESS;
    }
    if (!*committer || !*committer_address) {
        committer = name;
        committer_address = address;
    }
    if (git_signature_now(&work->author, name, address) ||
        git_signature_now(&work->committer, committer, committer_address))
        return handle_fail(err, "cannot commit as", name);
    founding->author = str_format(work->arena, "%s <%s>", work->author->name, work->author->email);
    return 0;
}

/* -- The repository ------------------------------------------------------------------------------
 */

/* A folder in another work tree may have a repository of its own; the other one leaves it out. */
static void find_around(struct work *work, const char *directory)
{
    git_repository *around = NULL;
    if (!git_repository_open_ext(&around, directory, 0, NULL) && git_repository_workdir(around))
        work->founding->around = str_copy(work->arena, str_from(git_repository_workdir(around)));
    git_repository_free(around);
}

static int make_repository(struct work *work, const char *directory, struct err *err)
{
    git_repository_init_options options;
    git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
    find_around(work, directory);
    open_config(work);
    const char *branch = configured(work, "init.defaultBranch");
    options.initial_head = *branch ? branch : FIRST_BRANCH;
    git_config_free(work->config);
    work->config = NULL;
    if (git_repository_init_ext(&work->repo, directory, &options))
        return handle_fail(err, "cannot make a repository in", directory);
    return 0;
}

static int open_repository(struct work *work, const char *directory, struct err *err)
{
    int status =
        git_repository_open_ext(&work->repo, directory, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
    if (status && status != GIT_ENOTFOUND)
        return handle_fail(err, "cannot open the repository in", directory);
    if (status && make_repository(work, directory, err))
        return -1;
    open_config(work);
    if (git_repository_index(&work->index, work->repo))
        return handle_fail(err, "cannot read the index of", directory);
    return 0;
}

static int write_tree(struct work *work, const struct str *paths, size_t count, struct err *err)
{
    git_oid oid;
    for (size_t i = 0; i < count; i++) {
        const char *path = str_cstring(work->arena, paths[i]);
        if (git_index_add_bypath(work->index, path))
            return handle_fail(err, "cannot commit", path);
    }
    if (git_index_write(work->index) || git_index_write_tree(&oid, work->index) ||
        git_tree_lookup(&work->tree, work->repo, &oid))
        return handle_fail(err, "cannot write to the repository", git_repository_path(work->repo));
    return 0;
}

static int commit(struct work *work, const char *message, struct err *err)
{
    git_oid oid;
    if (git_commit_create(&oid, work->repo, "HEAD", work->author, work->committer, NULL, message,
                          work->tree, 0, NULL))
        return handle_fail(err, "cannot commit to", git_repository_path(work->repo));
    work->founding->committed = true;
    return 0;
}

int founding_commit(struct founding *founding, struct arena *arena, const char *directory,
                    const struct str *paths, size_t count, const char *message, struct err *err)
{
    struct work work = {.founding = founding, .arena = arena};
    *founding = (struct founding){0};
    start();
    int result = open_repository(&work, directory, err);
    bool fresh =
        !result && git_repository_head_unborn(work.repo) == 1 && !git_index_entrycount(work.index);
    if (fresh)
        result =
            sign(&work, err) || write_tree(&work, paths, count, err) || commit(&work, message, err)
                ? -1
                : 0;
    release(&work);
    return result;
}
