#include "write/pairing.h"

#include "base/arena.h"
#include "base/buf.h"
#include "write/editions.h"

#include <stdlib.h>

/* Bytes of a page's name: file systems take 255, with room for a part's number and `.html`. */
enum { NAME_MAX_BYTES = 230 };

struct pairs {
    VEC(struct pair) items;
};

int pairing_compare(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;
    if (a->passages != b->passages)
        return a->passages > b->passages ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static int by_topics(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

/* A topic's id below the folder of topics; the parts of a path are joined by a full stop. What is
 * elsewhere begins with a tilde, which is in no slug: a name that begins with a full stop is hidden
 * from servers. */
static void put_name(struct buf *out, const struct site *site, uint32_t topic)
{
    struct str id = site->web->documents[site->web->topics[topic].document].id;
    struct str folder = language_text(site->main_names, "folders.topics");
    if (str_starts(id, folder) && id.len > folder.len && id.data[folder.len] == '/')
        id = str_from_offset(id, folder.len + 1);
    else
        buf_put_char(out, '~');
    for (size_t i = 0; i < id.len; i++)
        buf_put_char(out, id.data[i] == '/' ? '.' : id.data[i]);
}

struct str pairing_id(struct arena *arena, const struct site *site, const struct pair *pair,
                      uint32_t part)
{
    struct buf id;
    buf_init(&id, arena);
    buf_put(&id, editions_id(site, arena, "folders.connections"));
    buf_put_char(&id, '/');
    put_name(&id, site, pair->a);
    buf_put_char(&id, '+');
    put_name(&id, site, pair->b);
    if (part > 1) {
        buf_put_char(&id, '.');
        buf_put_number(&id, part);
    }
    return buf_str(&id);
}

struct ranked {
    uint32_t topic, mentions;
};

static int by_mentions(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->mentions != b->mentions)
        return a->mentions > b->mentions ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

static void choose_leading(struct pairing *pairing, const struct site *site)
{
    const struct web *web = site->web;
    struct ranked *ranked = arena_new_array(site->arena, web->topic_count, struct ranked);
    uint32_t *leading = arena_new_array(site->arena, LEADING_TOPICS, uint32_t), count = 0;
    for (uint32_t t = 0; t < web->topic_count; t++)
        if (site->first_neighbour[t] < site->first_neighbour[t + 1])
            ranked[count++] = (struct ranked){t, web->topics[t].mention_count};
    if (count > 1)
        qsort(ranked, count, sizeof *ranked, by_mentions);
    for (; pairing->leading_count < count && pairing->leading_count < LEADING_TOPICS;
         pairing->leading_count++)
        leading[pairing->leading_count] = ranked[pairing->leading_count].topic;
    pairing->leading = leading;
}

static void add_pair(struct pairs *pairs, const struct site *site, uint32_t topic,
                     const struct neighbour *other)
{
    struct pair pair = {topic, other->topic, other->passages};
    struct arena scratch;
    if (pair.a > pair.b)
        pair = (struct pair){other->topic, topic, other->passages};
    arena_init(&scratch);
    struct str id = pairing_id(&scratch, site, &pair, 1);
    size_t folder = editions_id(site, &scratch, "folders.connections").len + 1;
    if (id.len - folder <= NAME_MAX_BYTES)
        *vec_push(&pairs->items, site->arena) = pair;
    arena_release(&scratch);
}

static void add_pairs(struct pairs *pairs, const struct pairing *pairing, const struct site *site)
{
    struct arena scratch;
    arena_init(&scratch);
    bool *leads = arena_new_array(&scratch, site->web->topic_count, bool);
    for (uint32_t i = 0; i < pairing->leading_count; i++)
        leads[pairing->leading[i]] = true;
    for (uint32_t t = 0; t < site->web->topic_count; t++) {
        uint32_t first = site->first_neighbour[t], last = site->first_neighbour[t + 1];
        for (uint32_t i = first; i < last && (i - first < PAIRS_PER_TOPIC || leads[t]); i++)
            if (i - first < PAIRS_PER_TOPIC || leads[site->neighbours[i].topic])
                add_pair(pairs, site, t, &site->neighbours[i]);
    }
    arena_release(&scratch);
}

static void remove_doubles(struct pairs *pairs)
{
    size_t kept = 0;
    if (pairs->items.count > 1)
        qsort(pairs->items.items, pairs->items.count, sizeof(struct pair), by_topics);
    for (size_t i = 0; i < pairs->items.count; i++)
        if (!kept || by_topics(&pairs->items.items[kept - 1], &pairs->items.items[i]))
            pairs->items.items[kept++] = pairs->items.items[i];
    pairs->items.count = kept;
}

struct pairing *pairing_choose(const struct site *site)
{
    const struct web *web = site->web;
    struct pairing *pairing = arena_new(site->arena, struct pairing);
    struct pair *strongest = arena_new_array(site->arena, web->pairs.count, struct pair);
    struct pairs pairs = {0};
    choose_leading(pairing, site);
    add_pairs(&pairs, pairing, site);
    remove_doubles(&pairs);
    for (size_t i = 0; i < web->pairs.count; i++)
        strongest[i] = web->pairs.items[i];
    if (web->pairs.count > 1)
        qsort(strongest, web->pairs.count, sizeof *strongest, pairing_compare);
    pairing->strongest = strongest;
    pairing->count = (uint32_t)web->pairs.count;
    pairing->pages = pairs.items.items;
    pairing->page_count = (uint32_t)pairs.items.count;
    return pairing;
}

const struct pair *pairing_find(const struct pairing *pairing, uint32_t topic, uint32_t other)
{
    struct pair key = {topic < other ? topic : other, topic < other ? other : topic, 0};
    if (!pairing->page_count)
        return NULL;
    return bsearch(&key, pairing->pages, pairing->page_count, sizeof key, by_topics);
}
