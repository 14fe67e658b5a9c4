#include "write/appearances.h"

#include "base/arena.h"
#include "base/keyed.h"

#include <stdlib.h>

/* Bytes of HTML, roughly. A page should have some 60,000 with its styles and scripts, and on the
 * first one of a topic much else stands. */
enum {
    FIRST_PART = 5500,
    PART = 22000,
    PASSAGE = 230, /* around the text of a passage */
    DOCUMENT = 420 /* and above those of a document */
};

/* Sources before notes before topics, then the latest first. */
static uint64_t rank_key(const struct outline *outline)
{
    static const uint64_t order[DOCUMENT_KINDS] = {
        [DOCUMENT_SOURCE] = 0, [DOCUMENT_NOTE] = 1, [DOCUMENT_TOPIC] = 2};
    struct date date = outline->meta.date;
    uint32_t day = (uint32_t)date.year << 16 | (uint32_t)date.month << 8 | date.day;
    return order[outline->kind] << 32 | (UINT32_MAX - day);
}

static const uint32_t *rank(const struct web *web, const uint32_t *titled, struct arena *arena)
{
    uint32_t *ranked = arena_new_array(arena, web->document_count, uint32_t);
    struct arena scratch;
    arena_init(&scratch);
    struct keyed *items = arena_new_array(&scratch, web->document_count, struct keyed);
    struct keyed *spare = arena_new_array(&scratch, web->document_count, struct keyed);
    for (uint32_t i = 0; i < web->document_count; i++)
        items[i] = (struct keyed){rank_key(&web->documents[titled[i]]), &titled[i]};
    const struct keyed *sorted = keyed_sort(items, spare, web->document_count);
    for (uint32_t i = 0; i < web->document_count; i++)
        ranked[i] = *(const uint32_t *)sorted[i].item;
    arena_release(&scratch);
    return ranked;
}

/* A topic's list while it is made: its parts, and how large the last one is. */
struct growing {
    struct appearance *items;
    VEC(uint32_t) parts;
    uint32_t count;
    size_t bytes;
};

static void add_passage(struct growing *topic, const struct outline *outline,
                        struct appearance appearance, struct arena *arena)
{
    const struct appearance *last = topic->count ? &topic->items[topic->count - 1] : NULL;
    bool same_document = last && last->rank == appearance.rank;
    if (same_document && last->passage == appearance.passage)
        return;
    const struct kept_passage *kept = outline_passage(outline, appearance.passage);
    size_t bytes = kept->len + PASSAGE, most = topic->parts.count ? PART : FIRST_PART;
    if (topic->bytes && topic->bytes + bytes + (same_document ? 0 : DOCUMENT) > most) {
        *vec_push(&topic->parts, arena) = topic->count;
        topic->bytes = 0;
    }
    topic->bytes += bytes + (same_document && topic->bytes ? 0 : DOCUMENT);
    topic->items[topic->count++] = appearance;
}

/* Documents are gone through by rank and their mentions stand by place: each topic's list comes in
 * order. A topic is named at least as often as it appears. */
void appearances_list_passages(struct appearances *all, const struct web *web,
                               const uint32_t *ranked, struct arena *arena)
{
    struct growing *topics = arena_new_array(arena, web->topic_count, struct growing);
    for (uint32_t t = 0; t < web->topic_count; t++)
        topics[t].items = arena_new_array(arena, web->topics[t].mention_count, struct appearance);
    for (uint32_t rank = 0; rank < web->document_count; rank++) {
        const struct outline *outline = &web->documents[ranked[rank]];
        for (size_t i = 0; i < outline->mentions.count; i++) {
            const struct mention *mention = &outline->mentions.items[i];
            add_passage(&topics[mention->topic], outline,
                        (struct appearance){rank, mention->passage}, arena);
        }
    }
    for (uint32_t t = 0; t < web->topic_count; t++) {
        all[t].items = topics[t].items;
        all[t].count = topics[t].count;
        all[t].parts = topics[t].parts.items;
        all[t].part_count = (uint32_t)topics[t].parts.count + 1;
    }
}

uint32_t appearances_part(const struct appearances *topic, uint32_t part, uint32_t *last)
{
    *last = part < topic->part_count ? topic->parts[part - 1] : topic->count;
    return part > 1 ? topic->parts[part - 2] : 0;
}

bool found_same(const struct found *a, const struct found *b)
{
    return a->fact->kind == b->fact->kind && a->fact->from == b->fact->from &&
           a->fact->until == b->fact->until && a->fact->currency == b->fact->currency &&
           str_equal(a->unit, b->unit);
}

static int compare_dates(const struct fact *a, const struct fact *b)
{
    uint64_t key = fact_date_key(a), other = fact_date_key(b);
    return (key > other) - (key < other);
}

static int in_order(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    int order = (int)a->fact->kind - (int)b->fact->kind;
    if (!order && a->fact->kind == FACT_DATE)
        order = compare_dates(a->fact, b->fact);
    if (!order && a->fact->from != b->fact->from)
        order = a->fact->from > b->fact->from ? -1 : 1;
    if (!order && a->fact->until != b->fact->until)
        order = a->fact->until > b->fact->until ? -1 : 1;
    if (!order)
        order = (int)a->fact->currency - (int)b->fact->currency;
    if (!order)
        order = str_compare(a->unit, b->unit);
    if (!order)
        order = (a->noted.document > b->noted.document) - (a->noted.document < b->noted.document);
    return order ? order : (a->noted.fact > b->noted.fact) - (a->noted.fact < b->noted.fact);
}

void found_sort(struct found *facts, size_t count)
{
    if (count > 1)
        qsort(facts, count, sizeof *facts, in_order);
}

/* Facts on their way to the topics. */
struct dealing {
    const struct web *web;
    struct appearances *all;
    uint32_t *last, stamp; /* by topic: the stamp of the fact that it was told of last */
};

/* Gives a fact to the topics of the passage that it stands in, to each once; mentions of that
 * passage begin at `first`. */
static void deal(struct dealing *dealing, struct noted noted, size_t first,
                 void (*give)(struct appearances *, struct noted, const struct fact *))
{
    const struct outline *outline = &dealing->web->documents[noted.document];
    const struct fact *fact = &outline->facts[noted.fact];
    dealing->stamp++;
    for (size_t i = first; i < outline->mentions.count; i++) {
        uint32_t topic = outline->mentions.items[i].topic;
        if (outline->mentions.items[i].passage != fact->passage)
            break;
        if (dealing->last[topic] != dealing->stamp)
            give(&dealing->all[topic], noted, fact);
        dealing->last[topic] = dealing->stamp;
    }
}

static void deal_all(struct dealing *dealing,
                     void (*give)(struct appearances *, struct noted, const struct fact *))
{
    for (uint32_t i = 0; i < dealing->web->document_count; i++) {
        const struct outline *outline = &dealing->web->documents[i];
        size_t first = 0;
        for (uint32_t j = 0; j < outline->fact_count; j++) {
            if (!j || outline->facts[j].passage != outline->facts[j - 1].passage)
                first = outline_first_mention(outline, outline->facts[j].passage);
            deal(dealing, (struct noted){i, j}, first, give);
        }
    }
}

static void count_fact(struct appearances *of, struct noted noted, const struct fact *fact)
{
    (void)noted;
    of->fact_count++;
    of->date_count += fact->kind == FACT_DATE;
}

static void add_fact(struct appearances *of, struct noted noted, const struct fact *fact)
{
    (void)fact;
    ((struct noted *)of->facts)[of->fact_count++] = noted;
}

void appearances_list_facts(struct appearances *all, const struct web *web, struct arena *arena)
{
    struct arena scratch;
    struct dealing dealing = {.web = web, .all = all};
    arena_init(&scratch);
    dealing.last = arena_new_array(&scratch, web->topic_count, uint32_t);
    deal_all(&dealing, count_fact);
    for (uint32_t t = 0; t < web->topic_count; t++) {
        all[t].facts = arena_new_array(arena, all[t].fact_count, struct noted);
        all[t].fact_count = 0;
    }
    deal_all(&dealing, add_fact);
    arena_release(&scratch);
}

struct appearances *appearances_begin(const struct web *web, const uint32_t *titled,
                                      struct arena *arena, const uint32_t **ranked)
{
    *ranked = rank(web, titled, arena);
    return arena_new_array(arena, web->topic_count, struct appearances);
}
