#include "search/hits.h"

#include "base/arena.h"
#include "search/keys.h"
#include "search/posting.h"

enum { TOPIC_IMPACT_MAX = 9 /* a topic by another name says less than the word itself */ };

static bool is_form_wanted(const struct source *source, const struct posting_form *form)
{
    char text[POSTING_WORD_MAX];
    struct str stem = str_from_offset(source->key, 1);
    return sources_want(source, (struct str){text, posting_form_spell(form, stem, text)});
}

/* Whatever name is asked for is a title of the topic's own page. */
static uint32_t topic_impact(const struct hit *hit)
{
    if (!hit->passage)
        return POSTING_IMPACT_MAX;
    return hit->impact < TOPIC_IMPACT_MAX ? hit->impact : TOPIC_IMPACT_MAX;
}

/* Adds the passage that `posting` has in hand, with those of its places that are of wanted forms.
 */
static void add_passage(struct hits *hits, struct posting *posting, const bool *wanted,
                        const struct source *source, struct arena *arena)
{
    struct hit hit = {.document = posting->document,
                      .passage = posting->passage,
                      .impact = posting->impact,
                      .first = (uint32_t)hits->places.count};
    if (source->topic)
        hit.impact = topic_impact(&hit);
    while (posting_next_place(posting))
        if (wanted[posting->form]) {
            *vec_push(&hits->places, arena) = (struct words_at){posting->place, posting->place};
            hit.count++;
        }
    if (hit.count || !posting->form_count)
        *vec_push(&hits->items, arena) = hit;
}

static void add_block(struct hits *hits, const struct source *source, struct str block,
                      struct arena *arena, struct store *store)
{
    struct posting posting;
    bool wanted[POSTING_FORMS_MAX] = {0};
    posting_begin(&posting, block);
    for (uint32_t i = 0; i < posting.form_count; i++)
        wanted[i] = is_form_wanted(source, &posting.forms[i]);
    while (posting_next(&posting))
        add_passage(hits, &posting, wanted, source, arena);
    if (posting.bytes.failed)
        store_damaged(store, "postings can't be read");
}

static int compare(const struct hit *a, const struct hit *b)
{
    if (a->document != b->document)
        return a->document < b->document ? -1 : 1;
    return (a->passage > b->passage) - (a->passage < b->passage);
}

static int compare_places(const struct words_at *a, const struct words_at *b)
{
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return (a->last > b->last) - (a->last < b->last);
}

/* The places of two hits as one list. */
static void add_places(struct hits *out, struct hit *hit, const struct hits *a,
                       const struct hit *left, const struct hits *b, const struct hit *right,
                       struct arena *arena)
{
    uint32_t i = 0, j = 0;
    hit->first = (uint32_t)out->places.count;
    while (i < left->count || j < right->count) {
        const struct words_at *x = i < left->count ? &a->places.items[left->first + i] : NULL;
        const struct words_at *y = j < right->count ? &b->places.items[right->first + j] : NULL;
        int order = !x ? 1 : !y ? -1 : compare_places(x, y);
        *vec_push(&out->places, arena) = order <= 0 ? *x : *y;
        i += order <= 0;
        j += order >= 0;
    }
    hit->count = (uint32_t)out->places.count - hit->first;
}

static struct hits merge(const struct hits *a, const struct hits *b, struct arena *arena)
{
    static const struct hit none;
    struct hits out = {0};
    for (size_t i = 0, j = 0; i < a->items.count || j < b->items.count;) {
        const struct hit *left = i < a->items.count ? &a->items.items[i] : NULL;
        const struct hit *right = j < b->items.count ? &b->items.items[j] : NULL;
        int order = !left ? 1 : !right ? -1 : compare(left, right);
        struct hit hit = order <= 0 ? *left : *right;
        if (!order && right->impact > hit.impact)
            hit.impact = right->impact;
        add_places(&out, &hit, a, order <= 0 ? left : &none, b, order >= 0 ? right : &none, arena);
        *vec_push(&out.items, arena) = hit;
        i += order <= 0;
        j += order >= 0;
    }
    return out;
}

/* Merged in pairs, so that many sources take no more than their number's logarithm of passes. */
static struct hits merge_all(struct hits *parts, size_t count, struct arena *arena)
{
    for (; count > 1; count = (count + 1) / 2)
        for (size_t i = 0; i < count; i += 2)
            parts[i / 2] = i + 1 < count ? merge(&parts[i], &parts[i + 1], arena) : parts[i];
    return count ? parts[0] : (struct hits){0};
}

/* The block of a source in the group; the pieces come by group, and so do the calls. */
static bool find_block(struct source_pieces *pieces, uint32_t group, struct str *block)
{
    while (pieces->at < pieces->items.count && pieces->items.items[pieces->at].group < group)
        pieces->at++;
    if (pieces->at == pieces->items.count || pieces->items.items[pieces->at].group != group)
        return false;
    *block = pieces->items.items[pieces->at].block;
    return true;
}

static struct hits of_word(const struct node_pieces *pieces, uint32_t group, struct arena *arena,
                           struct store *store)
{
    struct hits *parts = arena_new_array(arena, pieces->count, struct hits);
    size_t count = 0;
    struct str block;
    for (size_t i = 0; i < pieces->count; i++)
        if (find_block(&pieces->sources[i], group, &block))
            add_block(&parts[count++], pieces->sources[i].source, block, arena, store);
    return merge_all(parts, count, arena);
}

/* Nodes whose children must all be in one passage. */

/* The hit at or behind that passage, or NULL. */
static const struct hit *seek(struct hits *hits, const struct hit *passage)
{
    while (hits->at < hits->items.count && compare(&hits->items.items[hits->at], passage) < 0)
        hits->at++;
    return hits->at < hits->items.count ? &hits->items.items[hits->at] : NULL;
}

struct together {
    struct hits **children;
    const struct hit **hits; /* of each child, in the passage in hand */
    uint32_t count;
};

/* Moves on to the next passage that all children have; false where there is none. */
static bool next_passage(struct together *together, const struct hit *from)
{
    struct hit wanted = *from;
    for (uint32_t agreed = 0, i = 0; agreed < together->count; i = (i + 1) % together->count) {
        const struct hit *hit = seek(together->children[i], &wanted);
        if (!hit)
            return false;
        together->hits[i] = hit;
        agreed = compare(hit, &wanted) ? 1 : agreed + 1;
        wanted = *hit;
    }
    return true;
}

static struct words_at place_of(const struct together *together, uint32_t child, uint32_t index)
{
    return together->children[child]->places.items[together->hits[child]->first + index];
}

/* Moves `index` on to the first place at or behind `place`; false where there is none. */
static bool seek_place(const struct together *together, uint32_t child, uint32_t *index,
                       uint32_t place)
{
    while (*index < together->hits[child]->count && place_of(together, child, *index).first < place)
        ++*index;
    return *index < together->hits[child]->count;
}

/* The places where the children stand in a row. */
static void add_row(const struct together *together, struct hits *out, struct arena *arena)
{
    uint32_t *at = arena_new_array(arena, together->count, uint32_t);
    for (uint32_t first = 0; first < together->hits[0]->count; first++) {
        uint32_t place = place_of(together, 0, first).first, i = 1;
        for (; i < together->count; i++)
            if (!seek_place(together, i, &at[i], place + i) ||
                place_of(together, i, at[i]).first != place + i)
                break;
        if (i == together->count)
            *vec_push(&out->places, arena) = (struct words_at){place, place + i - 1};
    }
}

/* A place of each child: the first word of all, the last, and how many words are theirs. */
struct window {
    struct words_at lowest, highest;
    uint32_t least; /* the child whose place is the lowest */
    uint64_t own;
};

/* False where a child has no more places. */
static bool open_window(const struct together *together, const uint32_t *at, struct window *window)
{
    *window = (struct window){.lowest = {UINT32_MAX, UINT32_MAX}};
    for (uint32_t i = 0; i < together->count; i++) {
        if (at[i] == together->hits[i]->count)
            return false;
        struct words_at place = place_of(together, i, at[i]);
        if (place.first < window->lowest.first) {
            window->lowest = place;
            window->least = i;
        }
        if (place.last >= window->highest.last)
            window->highest = place;
        window->own += (uint64_t)place.last - place.first + 1;
    }
    return true;
}

/* The places of all children where they are near each other: the window over one place of each is
 * moved by its first. */
static void add_near(const struct together *together, uint32_t distance, struct hits *out,
                     struct arena *arena)
{
    uint32_t *at = arena_new_array(arena, together->count, uint32_t);
    for (struct window window; open_window(together, at, &window); at[window.least]++) {
        uint64_t length = (uint64_t)window.highest.last - window.lowest.first + 1;
        if (length > distance + window.own)
            continue;
        *vec_push(&out->places, arena) = window.lowest;
        if (window.highest.first > window.lowest.first)
            *vec_push(&out->places, arena) = window.highest;
    }
}

static uint32_t lowest_impact(const struct together *together)
{
    uint32_t impact = POSTING_IMPACT_MAX;
    for (uint32_t i = 0; i < together->count; i++)
        if (together->hits[i]->impact < impact)
            impact = together->hits[i]->impact;
    return impact;
}

static void sort_places(struct words_at *places, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && compare_places(&places[j - 1], &places[j]) > 0; j--) {
            struct words_at moved = places[j];
            places[j] = places[j - 1];
            places[j - 1] = moved;
        }
}

/* The passage in hand, if the children stand in it as the node wants. */
static void add_together(const struct together *together, const struct plan_node *node,
                         struct hits *out, struct arena *arena)
{
    struct hit hit = *together->hits[0];
    hit.impact = lowest_impact(together);
    hit.first = (uint32_t)out->places.count;
    bool anywhere = node->kind == PLAN_NEAR && !node->node->distance;
    if (node->kind == PLAN_PHRASE)
        add_row(together, out, arena);
    else if (!anywhere)
        add_near(together, node->node->distance, out, arena);
    hit.count = (uint32_t)out->places.count - hit.first;
    if (hit.count)
        sort_places(out->places.items + hit.first, hit.count);
    if (hit.count || anywhere)
        *vec_push(&out->items, arena) = hit;
}

static struct hits of_together(struct hits *all, const struct plan_node *node, struct arena *arena)
{
    struct hits out = {0};
    struct together together = {
        .children = arena_new_array(arena, node->child_count, struct hits *),
        .hits = arena_new_array(arena, node->child_count, const struct hit *),
        .count = node->child_count};
    struct hit from = {0};
    for (uint32_t i = 0; i < node->child_count; i++) {
        together.children[i] = &all[node->children[i]];
        together.children[i]->at = 0;
    }
    while (node->child_count && next_passage(&together, &from)) {
        add_together(&together, node, &out, arena);
        from = *together.hits[0];
        from.passage++;
    }
    return out;
}

static struct hits of_any(struct hits *all, const struct plan_node *node, struct arena *arena)
{
    struct hits *parts = arena_new_array(arena, node->child_count, struct hits);
    for (uint32_t i = 0; i < node->child_count; i++)
        parts[i] = all[node->children[i]];
    return merge_all(parts, node->child_count, arena);
}

void hits_find(struct hits *out, const struct plan *plan, const struct selection *selection,
               uint32_t group, struct arena *arena, struct store *store)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        out[i] = (struct hits){0};
        if (node->kind == PLAN_WORD)
            out[i] = of_word(&selection->nodes[i], group, arena, store);
        else if (node->kind == PLAN_PHRASE || node->kind == PLAN_NEAR)
            out[i] = of_together(out, node, arena);
        else if (node->kind == PLAN_ANY)
            out[i] = of_any(out, node, arena);
    }
    for (uint32_t i = 0; i < plan->count; i++)
        out[i].at = 0;
}
