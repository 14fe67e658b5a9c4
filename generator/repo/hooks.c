#include "repo/hooks.h"

#include "base/arena.h"
#include "repo/handle.h"

static int show_configuration(void)
{
    static const int levels[] = {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM,
                                 GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], NULL) < 0)
            return -1;
    return 0;
}

/* A path from the folder that hooks run in, which is the work tree or the repository itself. */
static const char *absolute(struct arena *arena, git_repository *repo, const char *path)
{
    const char *base = git_repository_workdir(repo);
    if (*path == '/')
        return str_cstring(arena, str_from(path));
    return str_cstring(arena,
                       str_format(arena, "%s%s", base ? base : git_repository_path(repo), path));
}

/* 1 where the configuration says nothing. */
static int read_path(struct hooks *hooks, struct arena *arena, git_repository *repo,
                     git_config *config, struct err *err)
{
    git_config_entry *entry = NULL;
    git_buf path = {0};
    if (git_config_get_entry(&entry, config, "core.hooksPath"))
        return 1;
    bool shared = entry->level < GIT_CONFIG_LEVEL_LOCAL;
    git_config_entry_free(entry);
    if (git_config_get_path(&path, config, "core.hooksPath"))
        return handle_fail(err, "cannot read", "core.hooksPath");
    hooks->folder = absolute(arena, repo, path.ptr);
    git_buf_dispose(&path);
    return shared ? err_set(err,
                            "core.hooksPath is '%s' for all your repositories: a hook there would "
                            "run in others too; set it for this one",
                            hooks->folder)
                  : 0;
}

static int read_default(struct hooks *hooks, struct arena *arena, git_repository *repo,
                        struct err *err)
{
    git_buf path = {0};
    if (git_repository_item_path(&path, repo, GIT_REPOSITORY_ITEM_HOOKS) < 0)
        return handle_fail(err, "cannot find the hooks of", git_repository_path(repo));
    struct str folder = {path.ptr, path.size};
    while (str_ends(folder, STR("/")))
        folder.len--;
    hooks->folder = str_cstring(arena, folder);
    git_buf_dispose(&path);
    return 0;
}

static int find(struct hooks *hooks, struct arena *arena, git_repository *repo, struct err *err)
{
    git_config *config = NULL;
    hooks->bare = git_repository_is_bare(repo);
    if (git_repository_config(&config, repo) < 0)
        return handle_fail(err, "cannot read the configuration of", git_repository_path(repo));
    int result = read_path(hooks, arena, repo, config, err);
    git_config_free(config);
    return result > 0 ? read_default(hooks, arena, repo, err) : result;
}

int hooks_find(struct hooks *hooks, struct arena *arena, const char *directory, struct err *err)
{
    struct snapshot_handle handle;
    git_repository *repo = NULL;
    directory = directory ? directory : ".";
    int result = handle_open(&handle, arena, directory, err);
    if (!result && (show_configuration() || git_repository_open_ext(&repo, directory, 0, NULL) < 0))
        result = handle_fail(err, "cannot open the repository of", directory);
    if (!result)
        result = find(hooks, arena, repo, err);
    git_repository_free(repo);
    handle_close(&handle);
    return result;
}
