#include "link/candidates.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "link/resolve.h"
#include "link/twins.h"

static struct candidates *new_candidates(struct arena *arena)
{
    struct candidates *candidates = arena_new(arena, struct candidates);
    candidates->items.items = &candidates->first;
    candidates->items.capacity = 1;
    return candidates;
}

void candidates_add(struct map *map, struct str name, uint32_t candidate)
{
    struct str key = utf8_fold(map->arena, str_trim(name));
    if (!key.len)
        return;
    void **slot = map_at(map, key);
    if (!*slot)
        *slot = new_candidates(map->arena);
    struct candidates *candidates = *slot;
    size_t count = candidates->items.count;
    if (!count || candidates->items.items[count - 1] != candidate)
        *vec_push(&candidates->items, map->arena) = candidate;
}

struct str candidates_plain(struct str path)
{
    static const struct str extensions[] = {{".md", 3}, {".txt", 4}};
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        struct str end = str_from_offset(path, path.len - extensions[i].len);
        if (path.len > extensions[i].len && str_equal_nocase(end, extensions[i]))
            return str_slice(path, 0, path.len - extensions[i].len);
    }
    return path;
}

static bool is_inside(struct str folder, struct str path)
{
    return !folder.len || (str_starts(path, folder) && path.data[folder.len] == '/');
}

/* Whether path `a` is the better guess than path `b` for a name used in `folder`. Characters count,
 * as Obsidian has it: of two paths the one that looks shorter is the shorter. */
static bool is_better(struct str folder, struct str a, struct str b)
{
    bool near_a = is_inside(folder, a), near_b = is_inside(folder, b);
    if (near_a != near_b)
        return near_a;
    return utf8_count(a) < utf8_count(b);
}

static struct str whole_path(const struct resolver *resolver, bool files, uint32_t candidate)
{
    return files ? resolver->snapshot->entries[candidate].path
                 : resolver->documents[candidate].path;
}

static struct str path_of(const struct resolver *resolver, bool files, uint32_t candidate)
{
    struct str path = whole_path(resolver, files, candidate);
    return files ? path : candidates_plain(path);
}

/* The first candidate whose path does not come before that of what is inside the folder. Candidates
 * are in the order of their paths. */
static size_t first_inside(const struct resolver *resolver, const struct candidates *candidates,
                           bool files, struct str folder)
{
    size_t low = 0, high = candidates->items.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct str path = whole_path(resolver, files, candidates->items.items[middle]);
        struct str head = str_slice(path, 0, folder.len);
        int order = str_compare(head, folder);
        if (!order && folder.len)
            order = path.len == folder.len ? -1 : (unsigned char)path.data[folder.len] - '/';
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct range {
    size_t start, end;
};

/* Which candidates are compared: all, or of a crowd those inside the folder; where there are none
 * any, and never more than CANDIDATES_COMPARED. */
static struct range compared(const struct resolver *resolver, const struct candidates *candidates,
                             bool files, struct str folder)
{
    size_t count = candidates->items.count, start = 0, end = count;
    if (count > CANDIDATES_CROWD) {
        start = first_inside(resolver, candidates, files, folder);
        for (end = start; end < count && end - start < CANDIDATES_COMPARED; end++)
            if (!is_inside(folder, whole_path(resolver, files, candidates->items.items[end])))
                break;
    }
    if (start == end)
        return (struct range){0, count < CANDIDATES_COMPARED ? count : CANDIDATES_COMPARED};
    return (struct range){start, end};
}

static bool is_twin(const struct resolver *resolver, bool files, uint32_t a, uint32_t b)
{
    return !files && resolver->twins && twins_are(resolver->twins, a, b);
}

/* Takes a candidate into the best and the second best. */
static void compare(const struct resolver *resolver, bool files, struct str folder,
                    uint32_t candidate, uint32_t chosen[2])
{
    if (chosen[0] == NO_DOCUMENT) {
        chosen[0] = candidate;
    } else if (is_twin(resolver, files, chosen[0], candidate)) {
        return;
    } else if (is_better(folder, path_of(resolver, files, candidate),
                         path_of(resolver, files, chosen[0]))) {
        chosen[1] = chosen[0];
        chosen[0] = candidate;
    } else if (chosen[1] == NO_DOCUMENT) {
        chosen[1] = candidate;
    }
}

static bool fits(const struct resolver *resolver, struct arena *scratch, bool files,
                 struct str suffix, uint32_t candidate)
{
    return !suffix.len || str_ends(utf8_fold(scratch, path_of(resolver, files, candidate)), suffix);
}

void candidates_choose(const struct resolver *resolver, struct arena *scratch,
                       const struct candidates *candidates, bool files, struct str folder,
                       struct str suffix, uint32_t chosen[2])
{
    chosen[0] = chosen[1] = NO_DOCUMENT;
    if (!candidates)
        return;
    if (candidates->items.count == 1 && !suffix.len) {
        chosen[0] = candidates->items.items[0];
        return;
    }
    const uint32_t *all = candidates->items.items;
    struct range range = compared(resolver, candidates, files, suffix.len ? STR("") : folder);
    for (size_t i = range.start; i < range.end; i++)
        if (fits(resolver, scratch, files, suffix, all[i]))
            compare(resolver, files, folder, all[i], chosen);
    /* Of those that are not inside the folder any will do as the second. */
    for (size_t i = 0; !suffix.len && chosen[1] == NO_DOCUMENT && i < candidates->items.count; i++)
        if (all[i] != chosen[0])
            compare(resolver, files, folder, all[i], chosen);
}
