#include "write/misplaced.h"

#include "base/arena.h"
#include "link/locator.h"

#include <stdlib.h>

enum {
    TABLE_MAX = 250000, /* cells: five hundred citations of a source on either side */
    /* What a pair is worth. More pairs are better than fewer; of as many those that followed. */
    FOLLOWED = 1000001,
    STAYED = 1000000
};

/* -- Collecting
 * ------------------------------------------------------------------------------------ */

/* `p12` behind the first `#`. */
static uint32_t read_fragment(struct str target)
{
    long number;
    struct str fragment = target;
    str_cut(&fragment, '#');
    fragment = str_trim(fragment);
    if (!str_starts(fragment, STR("p")) || !str_to_long(str_from_offset(fragment, 1), &number))
        return 0;
    return number > 0 && number < UINT32_MAX ? (uint32_t)number : 0;
}

/* The numbers that a link names, of a range its ends. */
static unsigned read_numbers(const struct link *link, uint32_t numbers[2 * LOCATOR_SPANS_MAX])
{
    unsigned count = 0;
    if (link->kind != LINK_CITATION && link->kind != LINK_SOURCE) {
        numbers[0] = read_fragment(link->target);
        return numbers[0] != 0;
    }
    struct locator locator = locator_read(link->locator);
    if (locator.kind != LOCATOR_PASSAGES)
        return 0;
    for (unsigned i = 0; i < locator.count; i++) {
        numbers[count++] = locator.spans[i].first;
        if (locator.spans[i].last != locator.spans[i].first)
            numbers[count++] = locator.spans[i].last;
    }
    return count;
}

static int by_source(const void *left, const void *right)
{
    const struct cited *a = left, *b = right;
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* `now_of`: what a document is called here; NULL: as it is. */
static void collect(struct cited_list *out, const struct web *web, const uint32_t *now_of,
                    const bool *changed, struct arena *arena)
{
    uint32_t numbers[2 * LOCATOR_SPANS_MAX];
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct outline *document = &web->documents[i];
        uint32_t from = now_of ? now_of[i] : i;
        for (size_t j = 0; from != NO_DOCUMENT && j < document->links.count; j++) {
            const struct link *link = &document->links.items[j];
            uint32_t to = link->to.document;
            uint32_t source = to == NO_DOCUMENT || !now_of ? to : now_of[to];
            if (source == NO_DOCUMENT || !changed[source])
                continue;
            unsigned count = read_numbers(link, numbers);
            for (unsigned k = 0; k < count; k++)
                *vec_push(&out->items, arena) = (struct cited){from, source, numbers[k], link->line,
                                                               (uint32_t)out->items.count};
        }
    }
    if (out->items.count > 1)
        qsort(out->items.items, out->items.count, sizeof *out->items.items, by_source);
}

void citations_collect(struct citations *out, const struct side *before, const struct side *after,
                       const struct counterparts *counterparts, const bool *changed,
                       struct arena *arena)
{
    *out = (struct citations){.changed = changed};
    collect(&out->before, before->web, counterparts->now_of, changed, arena);
    collect(&out->after, after->web, NULL, changed, arena);
}

/* -- Comparing
 * ------------------------------------------------------------------------------------- */

struct run {
    const struct cited *items;
    size_t count;
};

/* Those of one source, or of one document that cites it where `from` is one. */
static struct run find_run(const struct cited_list *list, uint32_t source, uint32_t from)
{
    struct cited first = {.source = source, .from = from == NO_DOCUMENT ? 0 : from};
    size_t low = 0, high = list->items.count, end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_source(&list->items.items[middle], &first) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < list->items.count; end++) {
        const struct cited *cited = &list->items.items[end];
        if (cited->source != source || (from != NO_DOCUMENT && cited->from != from))
            break;
    }
    return (struct run){end > low ? &list->items.items[low] : NULL, end - low};
}

bool citations_have(const struct citations *citations, uint32_t source)
{
    return find_run(&citations->after, source, NO_DOCUMENT).count &&
           find_run(&citations->before, source, NO_DOCUMENT).count;
}

static uint32_t now_of(const struct alignment *alignment, uint32_t number)
{
    return number <= alignment->before->passages.count ? alignment->now_of[number] : 0;
}

/* What a citation of before and one of after have to do with each other. */
static uint32_t worth(const struct alignment *alignment, const struct cited *before,
                      const struct cited *after)
{
    if (now_of(alignment, before->number) == after->number)
        return FOLLOWED;
    return before->number == after->number ? STAYED : 0;
}

static void note(struct misplaced_list *out, const struct cited *cited,
                 const struct alignment *alignment, struct arena *arena)
{
    if (cited->number > alignment->before->passages.count)
        return;
    *vec_push(&out->items, arena) =
        (struct misplaced){cited->from,
                           cited->line,
                           cited->source,
                           cited->number,
                           now_of(alignment, cited->number),
                           alignment_text(alignment->before, cited->number),
                           alignment_text(alignment->after, cited->number)};
}

/* Pairs them in order, so that as many as can be have something to do with each other: the table
 * holds what the rest behind two of them is worth. */
static void compare(struct misplaced_list *out, struct run before, struct run after,
                    const struct alignment *alignment, struct arena *arena)
{
    struct arena scratch;
    size_t width = after.count + 1;
    arena_init(&scratch);
    uint64_t *table = arena_new_array(&scratch, (before.count + 1) * width, uint64_t);
    for (size_t i = before.count; i-- > 0;)
        for (size_t j = after.count; j-- > 0;) {
            uint64_t *cell = &table[i * width + j],
                     skip = cell[1] > cell[width] ? cell[1] : cell[width];
            uint32_t own = worth(alignment, &before.items[i], &after.items[j]);
            uint64_t both = own ? own + cell[width + 1] : 0;
            *cell = both > skip ? both : skip;
        }
    for (size_t i = 0, j = 0; i < before.count && j < after.count;) {
        const uint64_t *cell = &table[i * width + j];
        uint32_t own = worth(alignment, &before.items[i], &after.items[j]);
        if (own && *cell == own + cell[width + 1]) {
            if (own == STAYED)
                note(out, &after.items[j], alignment, arena);
            i++;
            j++;
        } else if (*cell == cell[1]) {
            j++;
        } else {
            i++;
        }
    }
    arena_release(&scratch);
}

/* Of a document that did not change, or that cites too often to be sure. */
static void compare_in_place(struct misplaced_list *out, struct run before, struct run after,
                             const struct alignment *alignment, struct arena *arena)
{
    for (size_t i = 0; i < before.count && i < after.count; i++)
        if (before.items[i].number == after.items[i].number &&
            now_of(alignment, after.items[i].number) != after.items[i].number)
            note(out, &after.items[i], alignment, arena);
}

void misplaced_find(struct misplaced_list *out, const struct citations *citations, uint32_t source,
                    const struct alignment *alignment, struct arena *arena)
{
    struct run all = find_run(&citations->after, source, NO_DOCUMENT);
    for (size_t i = 0, end; i < all.count; i = end) {
        uint32_t from = all.items[i].from;
        for (end = i; end < all.count && all.items[end].from == from;)
            end++;
        struct run after = {all.items + i, end - i};
        struct run before = find_run(&citations->before, source, from);
        bool same = !citations->changed[from] && before.count == after.count;
        if (same || (before.count + 1) * (after.count + 1) > TABLE_MAX)
            compare_in_place(out, before, after, alignment, arena);
        else
            compare(out, before, after, alignment, arena);
    }
}
