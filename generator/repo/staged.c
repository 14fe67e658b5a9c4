#include "repo/staged.h"

#include "base/arena.h"

#include <string.h>

static int open_index(git_index **out, const struct snapshot_handle *handle, const char *path,
                      struct err *err)
{
    int status = path ? git_index_open(out, path) : git_repository_index(out, handle->repo);
    return status < 0
               ? handle_fail(err, "cannot read the index of", git_repository_path(handle->repo))
               : 0;
}

static bool has_folder(git_index *index, struct arena *arena, struct str folder)
{
    size_t first;
    return !git_index_find_prefix(&first, index,
                                  str_cstring(arena, str_format(arena, "%.*s/", STR_ARGS(folder))));
}

/* What `git add -N` only announces is in no commit, and neither is a conflict. */
static bool is_committed(const git_index_entry *entry)
{
    return !git_index_entry_stage(entry) &&
           !(entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD);
}

/* The path as the listing has it, folder by folder; false where it is left out. */
static bool list_path(struct listing *listing, struct str rest, struct str *path)
{
    unsigned depth = 0;
    *path = STR("");
    while (rest.data) {
        struct str folder = *path, name = str_cut(&rest, '/');
        if (listing_hidden(name) ||
            !listing_path(listing, folder, name, depth + (rest.data != NULL), path))
            return false;
        depth++;
    }
    return true;
}

static void visit(struct listing *listing, const git_index_entry *entry, struct str content)
{
    struct str whole = str_from(entry->path), path;
    size_t skipped = content.len ? content.len + 1 : 0;
    if (content.len &&
        (!str_starts(whole, content) || whole.len <= skipped || whole.data[content.len] != '/'))
        return;
    if (!is_committed(entry) || !list_path(listing, str_from_offset(whole, skipped), &path))
        return;
    if (entry->mode == GIT_FILEMODE_LINK) {
        listing_skip_link(listing, path);
    } else if (entry->mode == GIT_FILEMODE_COMMIT) {
        listing_skip_submodule(listing, path);
    } else {
        struct entry file = {.path = path};
        memcpy(file.oid, entry->id.id, OID_SIZE);
        listing_add(listing, file);
    }
}

int staged_list(struct snapshot_handle *handle, const char *path, bool choose, struct str *content,
                struct listing *listing, struct err *err)
{
    git_index *index = NULL;
    int result = open_index(&index, handle, path, err);
    if (result)
        return result;
    if (choose)
        *content = has_folder(index, listing->arena, STR("content")) ? STR("content") : STR("");
    else if (content->len && !has_folder(index, listing->arena, *content))
        result = err_set(err, "nothing is staged in a folder '%.*s'", STR_ARGS(*content));
    for (size_t i = 0; !result && i < git_index_entrycount(index); i++) {
        result = listing_visit(listing, err);
        if (!result)
            visit(listing, git_index_get_byindex(index, i), *content);
    }
    git_index_free(index);
    return result;
}
