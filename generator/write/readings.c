#include "write/readings.h"

#include "base/arena.h"
#include "read/replica.h"

struct reading_group {
    uint32_t first, count, missing; /* documents */
    const struct document **read;   /* NULL: none is kept */
    struct arena arena;
};

void readings_init(struct readings *readings, uint32_t count, size_t room, struct arena *arena)
{
    *readings = (struct readings){.count = count, .room = room};
    readings->groups = arena_new_array(arena, count, struct reading_group);
    for (uint32_t i = 0; i < count; i++)
        arena_init(&readings->groups[i].arena);
    pthread_mutex_init(&readings->lock, NULL);
}

void readings_release(struct readings *readings)
{
    for (uint32_t i = 0; i < readings->count; i++)
        arena_release(&readings->groups[i].arena);
    pthread_mutex_destroy(&readings->lock);
}

void readings_expect(struct readings *readings, uint32_t group, uint32_t first, uint32_t count)
{
    struct reading_group *wanted = &readings->groups[group];
    wanted->first = first;
    wanted->count = wanted->missing = count;
}

bool readings_want(const struct readings *readings, uint32_t group)
{
    return readings->groups[group].count > 0;
}

static void keep(struct readings *readings, struct reading_group *group, uint32_t document,
                 const struct document *read)
{
    size_t before = arena_size(&group->arena);
    if (readings->held >= readings->room)
        return;
    if (!group->read)
        group->read = arena_new_array(&group->arena, group->count, const struct document *);
    group->read[document - group->first] = replica_make_passages(&group->arena, read);
    readings->held += arena_size(&group->arena) - before;
}

bool readings_add(struct readings *readings, uint32_t group, uint32_t document,
                  const struct document *read)
{
    struct reading_group *wanted = &readings->groups[group];
    pthread_mutex_lock(&readings->lock);
    if (read)
        keep(readings, wanted, document, read);
    bool complete = --wanted->missing == 0;
    pthread_mutex_unlock(&readings->lock);
    return complete;
}

const struct document *readings_get(const struct readings *readings, uint32_t group,
                                    uint32_t document)
{
    const struct reading_group *complete = &readings->groups[group];
    return complete->read ? complete->read[document - complete->first] : NULL;
}

void readings_drop(struct readings *readings, uint32_t group)
{
    struct reading_group *done = &readings->groups[group];
    pthread_mutex_lock(&readings->lock);
    readings->held -= arena_size(&done->arena);
    pthread_mutex_unlock(&readings->lock);
    arena_release(&done->arena);
    done->read = NULL;
}
