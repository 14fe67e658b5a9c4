#include "repo/forest.h"

#include "base/arena.h"
#include "repo/handle.h"

#include <string.h>

/* A commit's tree and those of its parents while they are read side by side; ours is the first. */
struct side {
    git_tree *tree; /* or NULL */
    size_t at;
};

struct sides {
    struct side items[FOREST_PARENTS_MAX + 1];
    uint32_t count;
};

/* What each side has under one name; NULL where it has nothing. */
struct level {
    const git_tree_entry *entries[FOREST_PARENTS_MAX + 1];
    const git_tree_entry *any;
};

void forest_init(struct forest *forest, struct arena *arena, const struct snapshot *snapshot,
                 git_repository *repo, struct changes *changes, struct err *err)
{
    *forest = (struct forest){.repo = repo, .arena = arena, .changes = changes, .err = err};
    forest->content = str_cstring(arena, snapshot->content);
    buf_init(&forest->path, arena);
}

void forest_release(struct forest *forest)
{
    for (size_t i = 0; i < FOREST_KEPT; i++)
        git_tree_free(forest->kept[i]);
}

/* -- Trees
 * ----------------------------------------------------------------------------------------- */

/* The caller frees it. NULL where it is missing. */
static int open_tree(struct forest *forest, const git_oid *oid, git_tree **out)
{
    char name[GIT_OID_HEXSZ + 1];
    git_tree **kept = &forest->kept[(oid->id[0] << 8 | oid->id[1]) % FOREST_KEPT];
    if (!*kept || !git_oid_equal(git_tree_id(*kept), oid)) {
        git_tree *tree = NULL;
        int status = git_tree_lookup(&tree, forest->repo, oid);
        forest->cut |= status == GIT_ENOTFOUND;
        if (status == GIT_ENOTFOUND)
            return 0;
        if (status < 0)
            return handle_fail(forest->err, "cannot read tree",
                               git_oid_tostr(name, sizeof name, oid));
        git_tree_free(*kept);
        *kept = tree;
    }
    return git_tree_dup(out, *kept);
}

static bool is_folder(const git_tree_entry *entry)
{
    return git_tree_entry_filemode_raw(entry) == GIT_FILEMODE_TREE;
}

static bool alike(const git_tree_entry *a, const git_tree_entry *b)
{
    if (!a || !b)
        return a == b;
    return git_tree_entry_filemode_raw(a) == git_tree_entry_filemode_raw(b) &&
           git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b));
}

/* In git's order, in which a folder's name ends in a slash. */
static int by_name(const git_tree_entry *a, const git_tree_entry *b)
{
    const char *left = git_tree_entry_name(a), *right = git_tree_entry_name(b);
    size_t i = 0;
    while (left[i] && left[i] == right[i])
        i++;
    int ours = left[i] ? left[i] : is_folder(a) ? '/' : 0;
    int theirs = right[i] ? right[i] : is_folder(b) ? '/' : 0;
    return (ours & 0xFF) - (theirs & 0xFF);
}

/* Moves on to the next name that any side has. Returns false at the end. */
static bool next_level(struct forest *forest, struct sides *sides, struct level *level)
{
    *level = (struct level){.any = NULL};
    for (uint32_t i = 0; i < sides->count; i++) {
        struct side *side = &sides->items[i];
        level->entries[i] = side->tree ? git_tree_entry_byindex(side->tree, side->at) : NULL;
        if (level->entries[i] && (!level->any || by_name(level->entries[i], level->any) < 0))
            level->any = level->entries[i];
    }
    for (uint32_t i = 0; level->any && i < sides->count; i++) {
        if (level->entries[i] && by_name(level->entries[i], level->any))
            level->entries[i] = NULL;
        sides->items[i].at += level->entries[i] != NULL;
    }
    forest->work += sides->count;
    return level->any != NULL;
}

static bool differs_from_all(const struct level *level, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (alike(level->entries[0], level->entries[i]))
            return false;
    return true;
}

/* -- Files
 * ----------------------------------------------------------------------------------------- */

static bool is_blob(const git_tree_entry *entry)
{
    return entry && (git_tree_entry_filemode_raw(entry) & 0170000) == 0100000;
}

static bool is_document(struct str name)
{
    return str_ends(name, STR(".md")) || str_ends(name, STR(".txt"));
}

static void add_file(struct forest *forest, const struct level *level, uint32_t count,
                     struct str name)
{
    const git_tree_entry *ours = level->entries[0], *theirs = NULL;
    for (uint32_t i = 1; i < count && !is_blob(theirs); i++)
        theirs = level->entries[i];
    if (!is_document(name) || (!is_blob(ours) && !is_blob(theirs)))
        return;
    struct change *change = vec_push(&forest->changes->items, forest->arena);
    *change = (struct change){0}; /* renames give back slots that were used */
    change->path =
        str_format(forest->arena, "%.*s%.*s", STR_ARGS(buf_str(&forest->path)), STR_ARGS(name));
    change->old_path = change->path;
    change->kind = !is_blob(theirs) ? CHANGE_ADDED : is_blob(ours) ? CHANGE_EDITED : CHANGE_GONE;
    if (is_blob(theirs))
        memcpy(change->before, git_tree_entry_id(theirs)->id, OID_SIZE);
    if (is_blob(ours))
        memcpy(change->after, git_tree_entry_id(ours)->id, OID_SIZE);
}

/* -- Folders
 * --------------------------------------------------------------------------------------- */

static void close_sides(struct sides *sides)
{
    for (uint32_t i = 0; i < sides->count; i++)
        git_tree_free(sides->items[i].tree);
}

static int walk(struct forest *forest, struct sides *sides, unsigned depth);

static int enter(struct forest *forest, const struct level *level, uint32_t count, struct str name,
                 unsigned depth)
{
    struct sides below = {.count = count};
    size_t len = forest->path.len;
    int status = 0;
    for (uint32_t i = 0; i < count && !status; i++)
        if (level->entries[i])
            status = open_tree(forest, git_tree_entry_id(level->entries[i]), &below.items[i].tree);
    buf_put(&forest->path, name);
    buf_put_char(&forest->path, '/');
    if (!status)
        status = walk(forest, &below, depth + 1);
    forest->path.len = len;
    close_sides(&below);
    return status;
}

/* As deep as a snapshot's paths. */
static int walk(struct forest *forest, struct sides *sides, unsigned depth)
{
    struct level level;
    while (next_level(forest, sides, &level)) {
        struct str name = str_from(git_tree_entry_name(level.any));
        if (str_starts(name, STR(".")) || !differs_from_all(&level, sides->count))
            continue;
        if (!is_folder(level.any))
            add_file(forest, &level, sides->count, name);
        else if (depth < SNAPSHOT_DEPTH_MAX && forest->changes->items.count < CHANGES_MAX &&
                 enter(forest, &level, sides->count, name, depth))
            return -1;
    }
    return 0;
}

/* The content folder of a commit's tree; NULL where there is none. */
static int open_content(struct forest *forest, const unsigned char *tree, git_tree **out)
{
    git_oid oid;
    git_tree *root = NULL;
    git_tree_entry *entry = NULL;
    memcpy(oid.id, tree, OID_SIZE);
    if (open_tree(forest, &oid, &root))
        return -1;
    if (!*forest->content || !root) {
        *out = root;
        return 0;
    }
    int status = git_tree_entry_bypath(&entry, root, forest->content);
    git_tree_free(root);
    status = !status && is_folder(entry) ? open_tree(forest, git_tree_entry_id(entry), out) : 0;
    git_tree_entry_free(entry);
    return status;
}

static bool same_tree(const git_tree *a, const git_tree *b)
{
    return a && b && git_oid_equal(git_tree_id(a), git_tree_id(b));
}

int forest_compare(struct forest *forest, const unsigned char *tree,
                   const unsigned char *const *parents, uint32_t parent_count)
{
    struct sides sides = {.count = 1 + (parent_count ? parent_count : 1)};
    bool same = false;
    int status = open_content(forest, tree, &sides.items[0].tree);
    for (uint32_t i = 0; i < parent_count && !status; i++) {
        status = open_content(forest, parents[i], &sides.items[i + 1].tree);
        same |= same_tree(sides.items[0].tree, sides.items[i + 1].tree);
    }
    if (!status && !same)
        status = walk(forest, &sides, 0);
    close_sides(&sides);
    return status;
}
