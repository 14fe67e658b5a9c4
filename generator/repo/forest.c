#include "repo/forest.h"

#include "base/arena.h"
#include "repo/handle.h"

#include <string.h>

enum {
    /* Names looked at in one commit: all files of the largest snapshot, against two parents. A tree
     * whose folders share their content may have more than can ever be counted. */
    WORK_MAX = 4 * SNAPSHOT_FILES_MAX,
    KEPT_SIZE_MAX = 32 * 1024 * 1024, /* bytes of the trees kept: seven of 100,000 names */
    MODE_TYPE = 0170000,
    MODE_FILE = 0100000,
    MODE_FOLDER = 0040000
};

/* What a tree has under a name. */
struct leaf {
    struct str name;
    const unsigned char *id;
    uint32_t mode;
    size_t size; /* bytes of it in the tree */
};

/* A commit's tree and those of its parents while they are read side by side; ours is the first. */
struct side {
    git_odb_object *tree;   /* or NULL */
    const char *next, *end; /* what is left of it */
    struct leaf leaf;       /* the next one */
    bool has_leaf;
};

struct sides {
    struct side items[FOREST_PARENTS_MAX + 1];
    uint32_t count;
};

void forest_init(struct forest *forest, struct arena *arena, git_odb *odb, struct str content)
{
    *forest = (struct forest){.odb = odb, .content = content};
    buf_init(&forest->path, arena);
}

static void forget(struct forest *forest)
{
    for (size_t i = 0; i < FOREST_KEPT; i++)
        git_odb_object_free(forest->kept[i]);
    memset(forest->kept, 0, sizeof forest->kept);
    forest->kept_size = 0;
}

void forest_release(struct forest *forest)
{
    forget(forest);
}

/* -- Trees
 * ----------------------------------------------------------------------------------------- */

static int fail(struct forest *forest, const unsigned char *id, bool read)
{
    git_oid oid;
    char name[GIT_OID_HEXSZ + 1];
    memcpy(oid.id, id, OID_SIZE);
    git_oid_tostr(name, sizeof name, &oid);
    return read ? err_set(forest->err, "cannot read tree '%s': it is no tree", name)
                : handle_fail(forest->err, "cannot read tree", name);
}

/* Reads a tree into its place among those kept. Returns 1 where it is missing. */
static int load_tree(struct forest *forest, const unsigned char *id, git_odb_object **kept)
{
    git_oid oid;
    git_odb_object *tree = NULL;
    memcpy(oid.id, id, OID_SIZE);
    if (*kept && git_oid_equal(git_odb_object_id(*kept), &oid))
        return 0;
    int status = git_odb_read(&tree, forest->odb, &oid);
    if (status < 0 && status != GIT_ENOTFOUND)
        return fail(forest, id, false);
    if (status < 0)
        return 1;
    if (forest->kept_size > KEPT_SIZE_MAX)
        forget(forest);
    git_odb_object_free(*kept);
    *kept = tree;
    forest->kept_size += git_odb_object_size(tree);
    return git_odb_object_type(tree) == GIT_OBJECT_TREE ? 0 : fail(forest, id, true);
}

/* No tree where it is missing. */
static int open_tree(struct forest *forest, const unsigned char *id, struct side *side)
{
    git_odb_object **kept = &forest->kept[id[0] % FOREST_KEPT];
    int status = load_tree(forest, id, kept);
    forest->delta->lacking |= status > 0;
    if (status)
        return status < 0 ? -1 : 0;
    git_odb_object_dup(&side->tree, *kept);
    side->next = git_odb_object_data(*kept);
    side->end = side->next + git_odb_object_size(*kept);
    return 0;
}

static void close_sides(struct sides *sides)
{
    for (uint32_t i = 0; i < sides->count; i++)
        git_odb_object_free(sides->items[i].tree);
}

/* A leaf is its mode in octal, a space, its name, a NUL and its id. */
static bool take_leaf(const struct side *side, struct leaf *leaf)
{
    const char *c = side->next;
    leaf->mode = 0;
    for (; c < side->end && *c >= '0' && *c <= '7' && leaf->mode <= MODE_TYPE; c++)
        leaf->mode = leaf->mode * 8 + (uint32_t)(*c - '0');
    if (c == side->end || *c != ' ')
        return false;
    const char *name = c + 1, *end = memchr(name, '\0', (size_t)(side->end - name));
    if (!end || end == name || side->end - end <= OID_SIZE)
        return false;
    leaf->name = (struct str){name, (size_t)(end - name)};
    leaf->id = (const unsigned char *)end + 1;
    leaf->size = (size_t)(end + 1 + OID_SIZE - side->next);
    return true;
}

static int look_ahead(struct forest *forest, struct side *side)
{
    side->has_leaf = side->next < side->end;
    if (side->has_leaf && !take_leaf(side, &side->leaf))
        return fail(forest, git_odb_object_id(side->tree)->id, true);
    return 0;
}

static bool is_folder(const struct leaf *leaf)
{
    return leaf && leaf->mode == MODE_FOLDER;
}

static bool is_file(const struct leaf *leaf)
{
    return leaf && (leaf->mode & MODE_TYPE) == MODE_FILE;
}

static bool alike(const struct leaf *a, const struct leaf *b)
{
    if (!a || !b)
        return a == b;
    return a->mode == b->mode && !memcmp(a->id, b->id, OID_SIZE);
}

/* In git's order, in which a folder's name ends in a slash. */
static int by_name(const struct leaf *a, const struct leaf *b)
{
    size_t len = a->name.len < b->name.len ? a->name.len : b->name.len;
    int order = memcmp(a->name.data, b->name.data, len);
    if (order)
        return order;
    int ours = a->name.len > len ? a->name.data[len] : is_folder(a) ? '/' : 0;
    int theirs = b->name.len > len ? b->name.data[len] : is_folder(b) ? '/' : 0;
    return (ours & 0xFF) - (theirs & 0xFF);
}

/* -- Files
 * ----------------------------------------------------------------------------------------- */

/* What each side has under one name; NULL where it has nothing. */
struct level {
    const struct leaf *leaves[FOREST_PARENTS_MAX + 1];
    const struct leaf *any;
};

static uint32_t origin(const struct level *level, uint32_t count)
{
    for (uint32_t i = 2; i < count; i++)
        if (alike(level->leaves[0], level->leaves[i]))
            return i - 1;
    return 0;
}

/* Paths that are too long for a snapshot are none of a site. */
static void add_file(struct forest *forest, const struct level *level, uint32_t count)
{
    struct str name = level->any->name;
    const struct leaf *ours = level->leaves[0], *theirs = NULL;
    if (forest->path.len + name.len > SNAPSHOT_PATH_MAX)
        return;
    struct delta_item *item = vec_push(&forest->delta->items, forest->arena);
    item->path =
        str_format(forest->arena, "%.*s%.*s", STR_ARGS(buf_str(&forest->path)), STR_ARGS(name));
    item->from = origin(level, count);
    if (item->from || !delta_is_document(name))
        return;
    for (uint32_t i = 1; i < count && !is_file(theirs); i++)
        theirs = level->leaves[i];
    if (is_file(theirs))
        memcpy(item->before, theirs->id, OID_SIZE);
    if (is_file(ours))
        memcpy(item->after, ours->id, OID_SIZE);
}

/* -- Folders
 * --------------------------------------------------------------------------------------- */

/* Passes over what two trees begin with alike: nearly all of them, and most of the time. */
static int skip_alike(struct forest *forest, struct sides *sides)
{
    struct side *ours = &sides->items[0], *theirs = &sides->items[1];
    size_t most = (size_t)(ours->end - ours->next), len = (size_t)(theirs->end - theirs->next);
    size_t same = 0;
    most = len < most ? len : most;
    while (same + sizeof(uint64_t) <= most &&
           !memcmp(ours->next + same, theirs->next + same, sizeof(uint64_t)))
        same += sizeof(uint64_t);
    const char *stop = ours->next + same;
    while (ours->next < stop) {
        struct leaf leaf;
        if (!take_leaf(ours, &leaf))
            return fail(forest, git_odb_object_id(ours->tree)->id, true);
        if (leaf.size > (size_t)(stop - ours->next))
            break;
        ours->next += leaf.size;
        theirs->next += leaf.size;
        forest->delta->work += sides->count;
    }
    return 0;
}

/* Finds the next name that any side has and what each has under it. Returns 1 at the end. */
static int next_level(struct forest *forest, struct sides *sides, struct level *level)
{
    level->any = NULL;
    for (uint32_t i = 0; i < sides->count; i++) {
        struct side *side = &sides->items[i];
        if (look_ahead(forest, side))
            return -1;
        level->leaves[i] = side->has_leaf ? &side->leaf : NULL;
        if (side->has_leaf && (!level->any || by_name(&side->leaf, level->any) < 0))
            level->any = &side->leaf;
    }
    for (uint32_t i = 0; level->any && i < sides->count; i++) {
        struct side *side = &sides->items[i];
        if (level->leaves[i] && by_name(&side->leaf, level->any))
            level->leaves[i] = NULL;
        else if (level->leaves[i])
            side->next += side->leaf.size;
    }
    forest->delta->work += sides->count;
    return !level->any;
}

static int walk(struct forest *forest, struct sides *sides, unsigned depth);

static int enter(struct forest *forest, const struct level *level, uint32_t count, unsigned depth)
{
    struct sides below = {.count = count};
    size_t len = forest->path.len;
    int status = 0;
    bool missing = false;
    for (uint32_t i = 0; i < count && !status && !missing; i++) {
        if (level->leaves[i])
            status = open_tree(forest, level->leaves[i]->id, &below.items[i]);
        missing = !i && level->leaves[i] && !below.items[i].tree;
    }
    buf_put(&forest->path, level->any->name);
    buf_put_char(&forest->path, '/');
    if (!status && !missing)
        status = walk(forest, &below, depth + 1);
    forest->path.len = len;
    close_sides(&below);
    return status;
}

static bool is_too_much(struct forest *forest)
{
    struct delta *delta = forest->delta;
    delta->lacking |= delta->work >= WORK_MAX || delta->items.count >= SNAPSHOT_FILES_MAX;
    return delta->work >= WORK_MAX || delta->items.count >= SNAPSHOT_FILES_MAX;
}

/* As deep as a snapshot's paths. */
static int walk(struct forest *forest, struct sides *sides, unsigned depth)
{
    struct level level;
    int status = 0;
    while (!status && !is_too_much(forest)) {
        if (sides->count == 2 && skip_alike(forest, sides))
            return -1;
        status = next_level(forest, sides, &level);
        if (status)
            return status < 0 ? -1 : 0;
        if (str_starts(level.any->name, STR(".")) || alike(level.leaves[0], level.leaves[1]))
            continue;
        if (!is_folder(level.any))
            add_file(forest, &level, sides->count);
        else if (depth < SNAPSHOT_DEPTH_MAX)
            status = enter(forest, &level, sides->count, depth);
    }
    return status;
}

/* -- The commit
 * ------------------------------------------------------------------------------------ */

/* Goes from a tree to a folder in it; `side->tree` is NULL where there is none. */
static int descend(struct forest *forest, struct str name, struct side *side)
{
    struct side folder = {.tree = NULL};
    int status = 0;
    for (; !(status = look_ahead(forest, side)) && side->has_leaf; side->next += side->leaf.size) {
        forest->delta->work++;
        if (is_folder(&side->leaf) && str_equal(side->leaf.name, name)) {
            status = open_tree(forest, side->leaf.id, &folder);
            break;
        }
    }
    git_odb_object_free(side->tree);
    *side = folder;
    return status;
}

/* The content folder of a commit's tree. */
static int open_content(struct forest *forest, const unsigned char *tree, struct side *side)
{
    struct str rest = forest->content;
    int status = open_tree(forest, tree, side);
    while (!status && side->tree && rest.len)
        status = descend(forest, str_cut(&rest, '/'), side);
    return status;
}

static bool same_tree(const struct side *a, const struct side *b)
{
    return a->tree && b->tree &&
           git_oid_equal(git_odb_object_id(a->tree), git_odb_object_id(b->tree));
}

int forest_compare(struct forest *forest, struct arena *arena, const unsigned char *tree,
                   const unsigned char *const *parents, uint32_t parent_count, struct delta *out,
                   struct err *err)
{
    struct sides sides = {.count = 1 + (parent_count ? parent_count : 1)};
    *out = (struct delta){.work = 0};
    forest->delta = out;
    forest->arena = arena;
    forest->err = err;
    if (sides.count > FOREST_PARENTS_MAX + 1)
        sides.count = FOREST_PARENTS_MAX + 1;
    int status = open_content(forest, tree, &sides.items[0]);
    out->unknown = out->lacking;
    for (uint32_t i = 0; i + 1 < sides.count && i < parent_count && !status && !out->unknown; i++)
        status = open_content(forest, parents[i], &sides.items[i + 1]);
    if (!status && !out->unknown && !same_tree(&sides.items[0], &sides.items[1]))
        status = walk(forest, &sides, 0);
    close_sides(&sides);
    return status;
}
