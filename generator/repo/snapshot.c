#include "repo/snapshot.h"

#include "base/arena.h"
#include "base/buf.h"
#include "repo/handle.h"
#include "repo/listing.h"
#include "repo/staged.h"
#include "repo/worktree.h"

#include <string.h>

/* -- The commit
 * ------------------------------------------------------------------------------------ */

static void name_commit(struct snapshot *snapshot, struct arena *arena, const git_commit *commit)
{
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof hex, git_commit_id(commit));
    snapshot->commit = str_from(str_cstring(arena, str_from(hex)));
    snapshot->committed.time = git_commit_time(commit);
    snapshot->committed.offset = git_commit_time_offset(commit);
}

/* A repository whose HEAD leads to no commit: a new one, or a bare one whose HEAD names a branch
 * that was never pushed to. */
static bool is_unborn(const struct snapshot *snapshot)
{
    return git_repository_head_unborn(snapshot->handle->repo) == 1;
}

static int find_named(const struct snapshot *snapshot, const char *rev, git_commit **out,
                      struct err *err)
{
    git_object *object = NULL, *commit = NULL;
    git_repository *repo = snapshot->handle->repo;
    const char *name = rev ? rev : "HEAD";
    if (!rev && is_unborn(snapshot))
        return err_set(err, "the repository '%s' has no commit at HEAD yet",
                       git_repository_path(repo));
    int status = git_revparse_single(&object, repo, name);
    if (status == GIT_ENOTFOUND)
        return err_set(err, "there is no revision '%s' in the repository", name);
    if (status < 0)
        return handle_fail(err, "cannot find revision", name);
    status = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
    git_object_free(object);
    if (status < 0)
        return err_set(err, "revision '%s' is not a commit", name);
    *out = (git_commit *)commit;
    return 0;
}

/* In place of `*commit`, which is NULL where that fails. */
static int find_base(const struct snapshot *snapshot, const char *rev, const char *other,
                     git_commit **commit, struct err *err)
{
    git_repository *repo = snapshot->handle->repo;
    git_commit *second = NULL;
    git_oid base;
    if (find_named(snapshot, other, &second, err)) {
        git_commit_free(*commit);
        *commit = NULL;
        return -1;
    }
    int status = git_merge_base(&base, repo, git_commit_id(*commit), git_commit_id(second));
    git_commit_free(second);
    git_commit_free(*commit);
    *commit = NULL;
    if (status == GIT_ENOTFOUND)
        return err_set(err, "'%.80s' and '%.80s' have no commit in common", rev, other);
    if (status < 0 || git_commit_lookup(commit, repo, &base) < 0)
        return handle_fail(err, "cannot find what is common to", rev);
    return 0;
}

static int find_commit(const struct snapshot *snapshot, const struct snapshot_options *options,
                       git_commit **out, struct err *err)
{
    if (find_named(snapshot, options->rev, out, err))
        return -1;
    return options->other ? find_base(snapshot, options->rev, options->other, out, err) : 0;
}

/* -- The content folder
 * ---------------------------------------------------------------------------- */

static bool is_same_folder(struct str name)
{
    return !name.len || str_equal(name, STR("."));
}

/* `./docs//kb/` is `docs/kb`. */
static int clean_path(struct arena *arena, const char *given, struct str *out, struct err *err)
{
    struct buf path;
    struct str rest = str_from(given);
    size_t depth = 0;
    buf_init(&path, arena);
    while (rest.data) {
        struct str name = str_cut(&rest, '/');
        if (is_same_folder(name))
            continue;
        if (str_equal(name, STR("..")) || ++depth > SNAPSHOT_DEPTH_MAX)
            return err_set(err, "the content folder '%s' is not a path in the repository", given);
        if (path.len)
            buf_put_char(&path, '/');
        buf_put(&path, name);
    }
    *out = buf_str(&path);
    return 0;
}

/* Finds the folder `path` (NUL-terminated) in a tree. Returns 1 where there is none. */
static int find_folder(const git_tree *root, const char *path, git_oid *out)
{
    git_tree_entry *entry = NULL;
    int status = git_tree_entry_bypath(&entry, root, path);
    if (status < 0)
        return status == GIT_ENOTFOUND ? 1 : -1;
    status = git_tree_entry_type(entry) == GIT_OBJECT_TREE ? 0 : 1;
    git_oid_cpy(out, git_tree_entry_id(entry));
    git_tree_entry_free(entry);
    return status;
}

static int choose_content(struct snapshot *snapshot, struct arena *arena, const git_tree *root,
                          bool choose, git_oid *out, struct err *err)
{
    struct str wanted = choose ? STR("content") : snapshot->content;
    const char *path = str_cstring(arena, wanted);
    git_oid_cpy(out, git_tree_id(root));
    if (!wanted.len)
        return 0;
    int status = find_folder(root, path, out);
    if (status < 0)
        return handle_fail(err, "cannot read the content folder", path);
    if (status && !choose)
        return err_set(err, "there is no folder '%s' in commit '%.*s'", path,
                       STR_ARGS(snapshot->commit));
    if (status)
        git_oid_cpy(out, git_tree_id(root));
    else
        snapshot->content = wanted;
    return 0;
}

/* -- The files of a commit
 * ------------------------------------------------------------------------- */

struct walk {
    struct listing *listing;
    struct snapshot_handle *handle;
    struct err *err;
};

static int list_tree(struct walk *walk, const git_oid *oid, struct str folder, unsigned depth);

/* `depth` is that of the folder that the entry stands in. */
static int visit(struct walk *walk, const git_tree_entry *entry, struct str folder, unsigned depth)
{
    struct str path, name = str_from(git_tree_entry_name(entry));
    git_filemode_t mode = git_tree_entry_filemode(entry);
    if (listing_hidden(name))
        return 0;
    if (listing_visit(walk->listing, walk->err))
        return -1;
    if (!listing_path(walk->listing, folder, name, depth + (mode == GIT_FILEMODE_TREE), &path))
        return 0;
    if (mode == GIT_FILEMODE_TREE)
        return list_tree(walk, git_tree_entry_id(entry), path, depth + 1);
    if (mode == GIT_FILEMODE_LINK) {
        listing_skip_link(walk->listing, path);
    } else if (mode == GIT_FILEMODE_COMMIT) {
        listing_skip_submodule(walk->listing, path);
    } else {
        struct entry file = {.path = path};
        memcpy(file.oid, git_tree_entry_id(entry)->id, OID_SIZE);
        listing_add(walk->listing, file);
    }
    return 0;
}

/* Checks that an object is what its id says, so that a page's commit vouches for its content. */
static int verify(struct snapshot_handle *handle, const git_oid *oid, struct err *err)
{
    git_odb_object *object = NULL;
    if (handle_read(handle->odb, oid, &object, err))
        return -1;
    git_odb_object_free(object);
    return 0;
}

/* As deep as listing_path() lets folders be. */
static int list_tree(struct walk *walk, const git_oid *oid, struct str folder, unsigned depth)
{
    git_tree *tree = NULL;
    char name[GIT_OID_HEXSZ + 1];
    if (verify(walk->handle, oid, walk->err))
        return -1;
    if (git_tree_lookup(&tree, walk->handle->repo, oid) < 0)
        return handle_fail(walk->err, "cannot read tree", git_oid_tostr(name, sizeof name, oid));
    int result = 0;
    size_t count = git_tree_entrycount(tree);
    for (size_t i = 0; !result && i < count; i++)
        result = visit(walk, git_tree_entry_byindex(tree, i), folder, depth);
    git_tree_free(tree);
    return result;
}

static int list_commit(struct snapshot *snapshot, const git_commit *commit, bool choose,
                       struct listing *listing, struct err *err)
{
    git_oid oid;
    git_tree *root = NULL;
    struct walk walk = {listing, snapshot->handle, err};
    if (verify(snapshot->handle, git_commit_id(commit), err) ||
        verify(snapshot->handle, git_commit_tree_id(commit), err))
        return -1;
    if (git_commit_tree(&root, commit) < 0)
        return handle_fail(err, "cannot read the tree of commit", snapshot->commit.data);
    int result = choose_content(snapshot, listing->arena, root, choose, &oid, err);
    git_tree_free(root);
    return result ? result : list_tree(&walk, &oid, STR(""), 0);
}

/* -- Opening
 * --------------------------------------------------------------------------------------- */

static int open_commit(struct snapshot *snapshot, const struct snapshot_options *options,
                       struct listing *listing, struct err *err)
{
    git_commit *commit = NULL;
    if (find_commit(snapshot, options, &commit, err))
        return -1;
    name_commit(snapshot, listing->arena, commit);
    int result = list_commit(snapshot, commit, !options->content, listing, err);
    git_commit_free(commit);
    return result;
}

static int name_head(struct snapshot *snapshot, struct arena *arena, struct err *err)
{
    git_commit *commit = NULL;
    if (!is_unborn(snapshot) && find_named(snapshot, NULL, &commit, err))
        return -1;
    if (commit)
        name_commit(snapshot, arena, commit);
    git_commit_free(commit);
    return 0;
}

static int open_staged(struct snapshot *snapshot, const struct snapshot_options *options,
                       struct listing *listing, struct err *err)
{
    return name_head(snapshot, listing->arena, err) ||
                   staged_list(snapshot->handle, options->index, !options->content,
                               &snapshot->content, listing, err)
               ? -1
               : 0;
}

static int open_worktree(struct snapshot *snapshot, const struct snapshot_options *options,
                         const char *directory, struct listing *listing, struct err *err)
{
    struct snapshot_handle *handle = snapshot->handle;
    if (worktree_open(handle, directory, !options->content, &snapshot->content, err))
        return -1;
    if (name_head(snapshot, listing->arena, err))
        return -1;
    return worktree_list(handle, snapshot->content, listing, err);
}

static int fill(struct snapshot *snapshot, struct arena *arena,
                const struct snapshot_options *options, struct diags *diags, struct err *err)
{
    struct listing listing = {.arena = arena, .diags = diags};
    const char *directory = options->directory ? options->directory : ".";
    const char *content = options->content ? options->content : "";
    if (handle_open(snapshot->handle, arena, directory, err) ||
        clean_path(arena, content, &snapshot->content, err))
        return -1;
    int result = options->worktree ? open_worktree(snapshot, options, directory, &listing, err)
                 : options->staged ? open_staged(snapshot, options, &listing, err)
                                   : open_commit(snapshot, options, &listing, err);
    listing_finish(&listing);
    snapshot->entries = listing.items;
    snapshot->count = listing.count;
    snapshot->folders = listing.folders.items;
    snapshot->folder_count = listing.folders.count;
    return result;
}

int snapshot_open(struct snapshot *snapshot, struct arena *arena,
                  const struct snapshot_options *options, struct diags *diags, struct err *err)
{
    *snapshot = (struct snapshot){.worktree = options->worktree, .staged = options->staged};
    snapshot->handle = arena_new(arena, struct snapshot_handle);
    int result = fill(snapshot, arena, options, diags, err);
    if (result)
        snapshot_release(snapshot);
    return result;
}

void snapshot_release(struct snapshot *snapshot)
{
    if (snapshot->handle)
        handle_close(snapshot->handle);
    snapshot->handle = NULL;
}

bool snapshot_find(const struct snapshot *snapshot, struct str path, size_t *entry)
{
    size_t first = 0, count = snapshot->count;
    if (*entry < count && str_equal(path, snapshot->entries[*entry].path))
        return true;
    while (count) {
        size_t half = count / 2;
        int order = str_compare(path, snapshot->entries[first + half].path);
        if (!order) {
            *entry = first + half;
            return true;
        }
        first += order > 0 ? half + 1 : 0;
        count = order > 0 ? count - half - 1 : half;
    }
    return false;
}

int snapshot_folder(const struct snapshot *snapshot)
{
    return snapshot->worktree ? snapshot->handle->folder : -1;
}

const char *snapshot_root(const struct snapshot *snapshot)
{
    return snapshot->worktree ? git_repository_workdir(snapshot->handle->repo) : NULL;
}

const char *snapshot_repository(const struct snapshot *snapshot)
{
    return git_repository_path(snapshot->handle->repo);
}

/* -- Reading
 * --------------------------------------------------------------------------------------- */

struct snapshot_reader {
    const struct snapshot *snapshot;
    git_odb *odb; /* this thread's own; NULL where there is no commit */
    struct arena arena;
};

struct snapshot_reader *snapshot_reader_open(const struct snapshot *snapshot, struct err *err)
{
    struct arena arena;
    git_odb *odb = NULL;
    if ((snapshot->commit.len || snapshot->staged) &&
        git_odb_open(&odb, snapshot->handle->objects) < 0) {
        handle_fail(err, "cannot read the objects in", snapshot->handle->objects);
        return NULL;
    }
    arena_init(&arena);
    struct snapshot_reader *reader = arena_new(&arena, struct snapshot_reader);
    *reader = (struct snapshot_reader){snapshot, odb, arena};
    return reader;
}

void snapshot_reader_free(struct snapshot_reader *reader)
{
    if (!reader)
        return;
    struct arena arena = reader->arena;
    git_odb_free(reader->odb);
    arena_release(&arena);
}

static int fail_reading(struct err *err, struct str path)
{
    struct err reason = *err;
    return err_set(err, "cannot read '%.*s': %s", STR_ARGS(path), reason.message);
}

/* The header tells the size without unpacking what may be gigabytes. */
static int read_blob(git_odb *odb, const git_oid *oid, uint64_t size_max, struct arena *arena,
                     struct str *out, struct err *err)
{
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    git_odb_object *object = NULL;
    if (git_odb_read_header(&size, &type, odb, oid) == 0 && size > size_max)
        return 1;
    if (handle_read(odb, oid, &object, err))
        return -1;
    struct str bytes = {git_odb_object_data(object), git_odb_object_size(object)};
    bool blob = git_odb_object_type(object) == GIT_OBJECT_BLOB;
    if (blob)
        *out = str_copy(arena, bytes);
    git_odb_object_free(object);
    return blob ? 0 : err_set(err, "its object is not a blob");
}

int snapshot_read(struct snapshot_reader *reader, size_t index, uint64_t size_max,
                  struct arena *arena, struct str *out, struct err *err)
{
    git_oid oid;
    const struct snapshot *snapshot = reader->snapshot;
    const struct entry *entry = &snapshot->entries[index];
    if (snapshot->worktree)
        return worktree_read(snapshot->handle->folder, entry->path, size_max, arena, out, err);
    memcpy(oid.id, entry->oid, OID_SIZE);
    int result = read_blob(reader->odb, &oid, size_max, arena, out, err);
    return result < 0 ? fail_reading(err, entry->path) : result;
}

int snapshot_read_blob(struct snapshot_reader *reader, const unsigned char id[OID_SIZE],
                       uint64_t size_max, struct arena *arena, struct str *out, struct err *err)
{
    git_oid oid;
    memcpy(oid.id, id, OID_SIZE);
    if (!reader->odb)
        return err_set(err, "there is no commit to read from");
    return read_blob(reader->odb, &oid, size_max, arena, out, err);
}

int snapshot_identify(struct snapshot_reader *reader, size_t index, uint64_t size_max,
                      unsigned char out[OID_SIZE], struct err *err)
{
    git_oid oid;
    struct str bytes;
    struct arena scratch;
    const struct snapshot *snapshot = reader->snapshot;
    if (!snapshot->worktree) {
        memcpy(out, snapshot->entries[index].oid, OID_SIZE);
        return 0;
    }
    arena_init(&scratch);
    int result = snapshot_read(reader, index, size_max, &scratch, &bytes, err);
    if (!result && git_odb_hash(&oid, bytes.len ? bytes.data : "", bytes.len, GIT_OBJECT_BLOB) < 0)
        result =
            handle_fail(err, "cannot hash", str_cstring(&scratch, snapshot->entries[index].path));
    if (!result)
        memcpy(out, oid.id, OID_SIZE);
    arena_release(&scratch);
    return result;
}
