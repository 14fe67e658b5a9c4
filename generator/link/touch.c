#include "link/touch.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/map.h"
#include "link/fold.h"
#include "link/names.h"
#include "link/trace.h"

#include <stdlib.h>

enum { CHANGED_MAX = 1000 /* names: of more, nearly every document has one */ };

/* What a name is, its topic by its path: two names of one digest find the same. */
static struct digest name_digest(struct arena *scratch, const struct survey *survey,
                                 const struct name *name, struct digest condition)
{
    struct buf bytes;
    buf_init(&bytes, scratch);
    bytes_put_text(&bytes, name->text);
    if (name->topic != NO_TOPIC)
        bytes_put_text(&bytes, survey->documents[survey->topics[name->topic]].path);
    bytes_put_number(&bytes, name->letters);
    bytes_put_number(&bytes, name->compounds);
    bytes_put_number(&bytes, name->is_word);
    digest_put(&bytes, condition);
    return digest_of(buf_str(&bytes));
}

static bool has_condition(const struct conditions *conditions, uint32_t topic)
{
    return topic < conditions->topic_count && conditions->of[topic];
}

/* A condition holds by other names and by words: any change of either is one of the topic. */
static struct digest conditions_digest(struct arena *scratch, const struct survey *survey,
                                       const struct name *names, size_t count,
                                       const struct conditions *conditions)
{
    struct buf bytes;
    buf_init(&bytes, scratch);
    if (!conditions->count)
        return DIGEST_NONE;
    for (size_t i = 0; i < count; i++)
        digest_put(&bytes, name_digest(scratch, survey, &names[i], DIGEST_NONE));
    for (uint32_t t = 0; t < conditions->topic_count; t++) {
        const struct outline *topic = &survey->documents[survey->topics[t]];
        bytes_put_number(&bytes, has_condition(conditions, t));
        for (size_t i = 0; i < topic->meta.more->only_with.texts.count; i++)
            bytes_put_text(&bytes, topic->meta.more->only_with.texts.items[i].text);
    }
    return digest_of(buf_str(&bytes));
}

struct roll roll_make(struct arena *arena, const struct survey *survey, const struct name *names,
                      size_t count, const struct conditions *conditions)
{
    struct arena scratch;
    struct buf bytes;
    arena_init(&scratch);
    buf_init(&bytes, arena);
    struct digest condition = conditions_digest(&scratch, survey, names, count, conditions);
    bytes_put_number(&bytes, survey->topic_count);
    for (uint32_t t = 0; t < survey->topic_count; t++)
        bytes_put_text(&bytes, survey->documents[survey->topics[t]].path);
    bytes_put_number(&bytes, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        bool bound = names[i].topic != NO_TOPIC && has_condition(conditions, names[i].topic);
        arena_clear(&scratch);
        digest_put(&bytes,
                   name_digest(&scratch, survey, &names[i], bound ? condition : DIGEST_NONE));
        bytes_put_text(&bytes, fold_text(&scratch, names[i].text).text);
        bytes_put_number(&bytes, names[i].compounds);
    }
    arena_release(&scratch);
    return (struct roll){digest_of(buf_str(&bytes)), buf_str(&bytes), survey->topic_count};
}

/* Turnover. */

struct roll_name {
    struct digest digest;
    struct turned_name name;
};

struct list {
    VEC(struct str) topics;
    VEC(struct roll_name) names;
};

static bool read_roll(struct str roll, struct arena *arena, struct list *out)
{
    struct bytes bytes;
    bytes_begin(&bytes, roll);
    for (uint32_t left = bytes_count(&bytes, 1); left; left--)
        *vec_push(&out->topics, arena) = bytes_text(&bytes);
    for (uint32_t left = bytes_count(&bytes, DIGEST_SIZE + 2); left; left--) {
        struct str digest = bytes_take(&bytes, DIGEST_SIZE);
        if (bytes.failed)
            return false;
        struct roll_name *entry = vec_push(&out->names, arena);
        entry->digest = digest_from((const unsigned char *)digest.data);
        entry->name = (struct turned_name){bytes_text(&bytes), bytes_number(&bytes)};
    }
    return !bytes.failed && bytes_at_end(&bytes);
}

static int by_digest(const void *left, const void *right)
{
    const struct roll_name *a = left, *b = right;
    if (a->digest.high != b->digest.high)
        return a->digest.high < b->digest.high ? -1 : 1;
    return (a->digest.low > b->digest.low) - (a->digest.low < b->digest.low);
}

static void sort(struct list *list)
{
    if (list->names.count > 1)
        qsort(list->names.items, list->names.count, sizeof *list->names.items, by_digest);
}

/* Both sorted: what is in one of the two alone. */
static void find_changed(struct turnover *out, struct arena *arena, const struct list *older,
                         const struct list *newer)
{
    size_t a = 0, b = 0;
    while (a < older->names.count || b < newer->names.count) {
        const struct roll_name *old = a < older->names.count ? &older->names.items[a] : NULL;
        const struct roll_name *new = b < newer->names.count ? &newer->names.items[b] : NULL;
        int order = !old ? 1 : !new ? -1 : by_digest(old, new);
        if (order)
            *vec_push(&out->names, arena) = order < 0 ? old->name : new->name;
        a += order <= 0;
        b += order >= 0;
    }
}

static void renumber(struct turnover *out, struct arena *arena, const struct list *older,
                     const struct list *newer)
{
    struct map map;
    uint32_t *topics = arena_new_array(arena, older->topics.count, uint32_t);
    map_init(&map, arena);
    for (size_t i = 0; i < newer->topics.count; i++)
        *map_at(&map, newer->topics.items[i]) = (void *)(uintptr_t)(i + 1);
    for (size_t i = 0; i < older->topics.count; i++) {
        uintptr_t found = (uintptr_t)map_get(&map, older->topics.items[i]);
        topics[i] = found ? (uint32_t)(found - 1) : NO_TOPIC;
    }
    out->renumbering =
        (struct renumbering){.topics = topics, .count = (uint32_t)older->topics.count};
}

bool turnover_find(struct turnover *out, struct arena *arena, struct str older,
                   const struct roll *roll)
{
    struct list old = {0}, new = {0};
    *out = (struct turnover){0};
    if (!read_roll(older, arena, &old) || !read_roll(roll->bytes, arena, &new))
        return false;
    sort(&old);
    sort(&new);
    find_changed(out, arena, &old, &new);
    renumber(out, arena, &old, &new);
    return true;
}

bool turnover_touches(const struct turnover *turnover, struct str trace)
{
    if (turnover->names.count > CHANGED_MAX)
        return true;
    for (size_t i = 0; i < turnover->names.count; i++) {
        const struct turned_name *name = &turnover->names.items[i];
        if (trace_may_have(trace, name->text, name->compounds))
            return true;
    }
    return false;
}
