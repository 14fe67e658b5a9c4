#include "search/numbering.h"

#include "base/arena.h"
#include "search/keys.h"

#include <stdlib.h>

enum { DRAWN_BITS = 20 /* topics are at most a few thousand: few draw the same number */ };

struct numbered_topic {
    uint32_t topic;
    uint64_t hash;
    struct str name;
};

/* By what is drawn, then by name: of several that drew the same the first has it. */
static int compare(const void *left, const void *right)
{
    const struct numbered_topic *a = left, *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return str_compare(a->name, b->name);
}

uint32_t *numbering_make(const struct web *web, struct arena *arena)
{
    uint32_t *numbers = arena_new_array(arena, web->topic_count, uint32_t);
    struct numbered_topic *all = arena_new_array(arena, web->topic_count, struct numbered_topic);
    for (uint32_t i = 0; i < web->topic_count; i++) {
        struct str name = keys_name(web->documents[web->topics[i].document].id);
        all[i] = (struct numbered_topic){i, map_hash(name), name};
    }
    if (web->topic_count)
        qsort(all, web->topic_count, sizeof *all, compare);
    for (uint32_t i = 0, last = 0; i < web->topic_count; i++) {
        uint32_t number = (uint32_t)(all[i].hash >> (64 - DRAWN_BITS));
        if (i && str_equal(all[i].name, all[i - 1].name))
            number = last;
        else if (i && number <= last)
            number = last + 1;
        numbers[all[i].topic] = last = number;
    }
    return numbers;
}
