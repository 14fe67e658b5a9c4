#include "repo/compare.h"

#include "base/vec.h"
#include "repo/handle.h"

#include <string.h>

/* A file or folder of the snapshot. Its children are in git's order, in which a folder sorts as its
 * name with `/` behind it: that is the order of whole paths by bytes, which entries have. */
struct compare_node {
    struct str name;
    bool folder;
    uint32_t first, count;    /* entries that it is or holds */
    uint32_t child, children; /* nodes in it, of a folder */
    uint32_t prefix;          /* bytes of an entry's path before the children's names */
};

/* What a tree has under a node's name; all zero where it has nothing. */
struct slot {
    unsigned char oid[OID_SIZE];
    uint32_t mode;
};

/* Of each generation of folders kept. The older one is forgotten when the newer one is full. */
enum { KEPT_SIZE = 24 * 1024 * 1024 };

/* Reading a name costs about this many times comparing what was read. */
enum { WORK_OF_READING = 16 };

/* -- The paths as a tree
 * --------------------------------------------------------------------------- */

static struct str child_name(struct str path, size_t prefix, bool *folder)
{
    struct str rest = str_from_offset(path, prefix);
    struct str name = str_cut(&rest, '/');
    *folder = rest.data != NULL;
    return name;
}

static void add_child(struct compare *compare, struct arena *arena, struct compare_node child)
{
    child.child = 0;
    *vec_push(&compare->nodes, arena) = child;
}

/* Adds the children of a folder behind all nodes that there are, so that they stand together. */
static void add_children(struct compare *compare, struct arena *arena, uint32_t number,
                         const struct entry *entries)
{
    struct compare_node node = compare->nodes.items[number];
    node.child = (uint32_t)compare->nodes.count;
    for (uint32_t i = 0; i < node.count;) {
        struct compare_node child = {.first = node.first + i};
        child.name = child_name(entries[child.first].path, node.prefix, &child.folder);
        child.prefix = node.prefix + (uint32_t)child.name.len + 1;
        for (bool same = true; same && i < node.count; i += same, child.count += same) {
            bool folder;
            struct str name = child_name(entries[node.first + i].path, node.prefix, &folder);
            same = folder == child.folder && str_equal(name, child.name);
        }
        add_child(compare, arena, child);
    }
    node.children = (uint32_t)compare->nodes.count - node.child;
    compare->nodes.items[number] = node;
}

/* The folders that lead to the content folder, each the only child of the one before. */
static void add_content(struct compare *compare, struct arena *arena,
                        const struct snapshot *snapshot)
{
    struct compare_node node = {.folder = true, .count = (uint32_t)snapshot->count};
    struct str rest = snapshot->content;
    while (rest.len) {
        struct compare_node *parent = vec_push(&compare->nodes, arena);
        *parent = node;
        parent->child = (uint32_t)compare->nodes.count;
        parent->children = 1;
        node.name = str_cut(&rest, '/');
    }
    *vec_push(&compare->nodes, arena) = node;
}

static void start_keeping(struct compare_kept *kept)
{
    arena_clear(&kept->arena);
    map_init(&kept->map, &kept->arena);
}

void compare_init(struct compare *compare, struct arena *arena, const struct snapshot *snapshot,
                  git_repository *repo)
{
    *compare = (struct compare){.repo = repo};
    arena_init(&compare->recent.arena);
    arena_init(&compare->older.arena);
    start_keeping(&compare->recent);
    start_keeping(&compare->older);
    add_content(compare, arena, snapshot);
    for (uint32_t i = (uint32_t)compare->nodes.count - 1; i < compare->nodes.count; i++)
        if (compare->nodes.items[i].folder)
            add_children(compare, arena, i, snapshot->entries);
}

void compare_release(struct compare *compare)
{
    arena_release(&compare->recent.arena);
    arena_release(&compare->older.arena);
}

/* -- Reading folders
 * ------------------------------------------------------------------------------- */

static int by_name(const struct compare_node *node, const git_tree_entry *entry)
{
    struct str name = str_from(git_tree_entry_name(entry));
    size_t len = name.len < node->name.len ? name.len : node->name.len;
    int order = memcmp(node->name.data, name.data, len);
    if (order)
        return order;
    int ours = node->name.len > len ? node->name.data[len] : node->folder ? '/' : 0;
    bool tree = git_tree_entry_filemode_raw(entry) == GIT_FILEMODE_TREE;
    int theirs = name.len > len ? name.data[len] : tree ? '/' : 0;
    return (ours & 0xFF) - (theirs & 0xFF);
}

/* What a tree has of a node's children, in their order. */
static struct slot *read_slots(struct compare *compare, const struct compare_node *node,
                               const git_tree *tree)
{
    struct slot *slots = arena_new_array(&compare->recent.arena, node->children, struct slot);
    const struct compare_node *child = &compare->nodes.items[node->child];
    size_t count = git_tree_entrycount(tree);
    for (size_t i = 0, at = 0; i < count && at < node->children;) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
        int order = by_name(&child[at], entry);
        if (!order) {
            memcpy(slots[at].oid, git_tree_entry_id(entry)->id, OID_SIZE);
            slots[at].mode = (uint32_t)git_tree_entry_filemode_raw(entry);
        }
        at += order <= 0;
        i += order >= 0;
    }
    compare->work += WORK_OF_READING * (uint64_t)count;
    return slots;
}

enum { KEY_SIZE = sizeof(uint32_t) + OID_SIZE };

/* Reads a folder, or finds it among those kept. Returns 1 where it is missing. */
static int load(struct compare *compare, uint32_t number, const unsigned char *oid,
                const struct slot **out, struct err *err)
{
    char bytes[KEY_SIZE], name[GIT_OID_HEXSZ + 1];
    struct str key = {bytes, KEY_SIZE};
    git_oid id;
    git_tree *tree = NULL;
    memcpy(bytes, &number, sizeof number);
    memcpy(bytes + sizeof number, oid, OID_SIZE);
    if ((*out = map_get(&compare->recent.map, key)) || (*out = map_get(&compare->older.map, key)))
        return 0;
    memcpy(id.id, oid, OID_SIZE);
    int status = git_tree_lookup(&tree, compare->repo, &id);
    if (status == GIT_ENOTFOUND) {
        compare->cut = true;
        return 1;
    }
    if (status < 0)
        return handle_fail(err, "cannot read tree", git_oid_tostr(name, sizeof name, &id));
    struct slot *slots = read_slots(compare, &compare->nodes.items[number], tree);
    git_tree_free(tree);
    *map_at(&compare->recent.map, str_copy(&compare->recent.arena, key)) = slots;
    *out = slots;
    return 0;
}

/* Only between two comparisons: one uses what was read until it ends. */
static void forget(struct compare *compare)
{
    if (arena_size(&compare->recent.arena) < KEPT_SIZE)
        return;
    struct compare_kept kept = compare->older;
    compare->older = compare->recent;
    compare->recent = kept;
    start_keeping(&compare->recent);
    compare->older.map.arena = &compare->older.arena;
}

/* -- Comparing
 * ------------------------------------------------------------------------------------- */

static bool has(const uint64_t *set, uint32_t entry)
{
    return set[entry / COMPARE_WORD_BITS] >> (entry % COMPARE_WORD_BITS) & 1;
}

/* Whether a set has any of a node's entries. */
static bool has_any(const uint64_t *set, const struct compare_node *node)
{
    for (uint32_t i = node->first; i < node->first + node->count;) {
        if (i % COMPARE_WORD_BITS == 0 && !set[i / COMPARE_WORD_BITS])
            i += COMPARE_WORD_BITS;
        else if (has(set, i++))
            return true;
    }
    return false;
}

static int load_folder(struct compare *compare, uint32_t number, const struct slot *slot,
                       const struct slot **out, struct err *err)
{
    *out = NULL;
    if (!slot || slot->mode != GIT_FILEMODE_TREE)
        return 0;
    return load(compare, number, slot->oid, out, err);
}

static int compare_folder(struct compare *compare, uint32_t number, const struct slot *ours,
                          const struct slot *theirs, struct err *err);

static int compare_child(struct compare *compare, uint32_t number, const struct slot *ours,
                         const struct slot *theirs, struct err *err)
{
    static const struct slot nothing;
    const struct compare_node *node = &compare->nodes.items[number];
    ours = ours ? ours : &nothing;
    theirs = theirs ? theirs : &nothing;
    if (!memcmp(ours, theirs, sizeof *ours))
        return 0;
    if (node->folder)
        return compare_folder(compare, number, ours, theirs, err);
    if (has(compare->among, node->first))
        compare->differing[node->first / COMPARE_WORD_BITS] |= (uint64_t)1
                                                               << (node->first % COMPARE_WORD_BITS);
    return 0;
}

/* As deep as the snapshot's paths. Of a folder of ours that is missing nothing can be said. */
static int compare_folder(struct compare *compare, uint32_t number, const struct slot *ours,
                          const struct slot *theirs, struct err *err)
{
    const struct compare_node *node = &compare->nodes.items[number];
    const struct slot *our_slots, *their_slots;
    if (!has_any(compare->among, node))
        return 0;
    int status = load_folder(compare, number, ours, &our_slots, err);
    if (status)
        return status < 0 ? -1 : 0;
    if (load_folder(compare, number, theirs, &their_slots, err) < 0)
        return -1;
    compare->work += node->children;
    for (uint32_t i = 0; i < node->children; i++)
        if (compare_child(compare, node->child + i, our_slots ? our_slots + i : NULL,
                          their_slots ? their_slots + i : NULL, err))
            return -1;
    return 0;
}

int compare_check(struct compare *compare, const unsigned char tree[OID_SIZE], struct err *err)
{
    const struct slot *slots;
    forget(compare);
    return load(compare, 0, tree, &slots, err);
}

int compare_trees(struct compare *compare, const unsigned char *ours, const unsigned char *theirs,
                  const uint64_t *among, uint64_t *differing, struct err *err)
{
    struct slot our_root = {.mode = GIT_FILEMODE_TREE}, their_root = {0};
    forget(compare);
    compare->among = among;
    compare->differing = differing;
    memcpy(our_root.oid, ours, OID_SIZE);
    if (theirs) {
        their_root.mode = GIT_FILEMODE_TREE;
        memcpy(their_root.oid, theirs, OID_SIZE);
    }
    return compare_child(compare, 0, &our_root, &their_root, err);
}
