#include "search/grouping.h"

#include "base/arena.h"
#include "search/layout.h"

#include <stdlib.h>

enum {
    ENDS_ONE_IN = 384,    /* documents */
    PASSAGES_MAX = 32768, /* of a group, where it has more than one document */
    GROUP_SHIFT = 64 - 21 /* an id stands in nearly all entries: of 21 bits it takes three bytes */
};

static uint64_t hash_of(const struct web *web, uint32_t document)
{
    return map_hash(web->documents[document].id);
}

static int by_id(const void *left, const void *right)
{
    const struct group *const *a = left, *const *b = right;
    return ((*a)->id > (*b)->id) - ((*a)->id < (*b)->id);
}

/* Ids that are the same are rare, but must differ. */
static void tell_apart(struct grouping *grouping, struct arena *arena)
{
    size_t count = grouping->items.count;
    struct group **groups = arena_new_array(arena, count, struct group *);
    for (size_t i = 0; i < count; i++)
        groups[i] = &grouping->items.items[i];
    if (count)
        qsort(groups, count, sizeof(struct group *), by_id);
    for (size_t i = 1; i < count; i++)
        if (groups[i]->id <= groups[i - 1]->id)
            groups[i]->id = groups[i - 1]->id + 1;
}

void grouping_make(struct grouping *grouping, const struct web *web, struct arena *arena)
{
    struct group *group = NULL;
    uint64_t passages = 0;
    *grouping = (struct grouping){0};
    for (uint32_t i = 0; i < web->document_count; i++) {
        uint32_t more = web->documents[i].passage_count;
        if (!group || group->count == LAYOUT_GROUP_DOCUMENTS || passages + more > PASSAGES_MAX) {
            group = vec_push(&grouping->items, arena);
            *group = (struct group){.id = (uint32_t)(hash_of(web, i) >> GROUP_SHIFT), .first = i};
            passages = 0;
        }
        group->count++;
        passages += more;
        if (hash_of(web, i) % ENDS_ONE_IN == 0)
            group = NULL;
    }
    tell_apart(grouping, arena);
}

/* A document with what its number is drawn by. */
struct drawn {
    uint32_t document, number;
    uint64_t hash;
};

static int by_number(const void *left, const void *right)
{
    const struct drawn *a = left, *b = right;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

struct numbered *grouping_number(const struct group *group, const struct web *web,
                                 struct arena *arena)
{
    struct drawn *drawn = arena_new_array(arena, group->count, struct drawn);
    struct numbered *numbered = arena_new_array(arena, group->count, struct numbered);
    for (uint32_t i = 0; i < group->count; i++) {
        uint64_t hash = hash_of(web, group->first + i);
        drawn[i] = (struct drawn){group->first + i, (uint32_t)(hash >> 20) % LAYOUT_NUMBERS, hash};
    }
    qsort(drawn, group->count, sizeof *drawn, by_number);
    for (uint32_t i = 0; i < group->count; i++) {
        uint32_t number = drawn[i].number;
        if (i && number <= numbered[i - 1].number)
            number = numbered[i - 1].number + 1;
        numbered[i] = (struct numbered){drawn[i].document, number};
    }
    return numbered;
}
