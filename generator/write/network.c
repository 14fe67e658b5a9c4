#include "write/network.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "write/editions.h"
#include "write/layout.h"
#include "write/pairing.h"

#include <stdlib.h>

enum {
    TOPICS_WIDE = 40,   /* what one can still tell apart */
    TOPICS_NARROW = 12, /* on 320 pixels */
    RATIO_WIDE = 70,    /* height as percentage of the width */
    RATIO_NARROW = 150,
    EDGES_PER_TOPIC = 2, /* with more, lines hide each other */
    AROUND_MAX = 8,      /* neighbours in the picture of one topic */
    LABEL_MAX = 20,      /* characters */
    LABEL_MAX_NARROW = 15,
    LETTER = 8, /* pixels: the width of a letter of a label, widely taken */
    LINE = 18,  /* and its height */
    MARGIN = 6,
    RADIUS_LEAST = 5,
    RADIUS_MOST = 14,
    WIDTH_MOST = 7,
    EDGE_SHORT = 50,
    EDGE_LONG = 110,
    KINDS_COLOURED = 6, /* as many colours as one can tell apart and name; the rest are grey */
    AROUND_WIDTH = 272, /* the side column has hardly less */
    AROUND_ROW = 62,
    AROUND_COLUMN = 58
};

/* A picture being made: nodes by their index. */
struct picture {
    struct page *page;
    uint32_t count, edge_count, label_max;
    uint32_t width, height;
    uint32_t topics[TOPICS_WIDE];
    struct layout_node nodes[TOPICS_WIDE];
    struct pair edges[TOPICS_WIDE * EDGES_PER_TOPIC]; /* by index of node */
    struct str kinds[KINDS_COLOURED];
    uint32_t kind_count;
    bool used[KINDS_COLOURED]; /* there are nodes of this kind */
    bool others;               /* there are nodes of other kinds, or of none */
};

static const struct meta *meta_of_topic(const struct picture *picture, uint32_t topic)
{
    const struct web *web = picture->page->site->web;
    return &web->documents[editions_topic(picture->page->site, topic)].meta;
}

static const struct meta *meta_of(const struct picture *picture, uint32_t node)
{
    return meta_of_topic(picture, picture->topics[node]);
}

/* The beginning of a text that has no more than `most` characters. */
static struct str beginning(struct arena *arena, struct str text, uint32_t most)
{
    uint32_t count = 0;
    size_t cut = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (((unsigned char)text.data[i] & 0xC0) == 0x80)
            continue;
        if (count == most - 1)
            cut = i;
        if (count++ == most)
            return str_format(arena, "%.*s…", STR_ARGS(str_slice(text, 0, cut)));
    }
    return text;
}

static struct str label(const struct picture *picture, uint32_t node)
{
    const struct meta *meta = meta_of(picture, node);
    return beginning(picture->page->arena,
                     meta->more->abbreviation.len ? meta->more->abbreviation : meta->title,
                     picture->label_max);
}

/* How often `number` can be halved. */
static uint32_t logarithm(uint32_t number)
{
    uint32_t result = 0;
    while (number >>= 1)
        result++;
    return result;
}

static uint32_t radius(const struct picture *picture, uint32_t node)
{
    const struct web *web = picture->page->site->web;
    uint32_t size = RADIUS_LEAST + logarithm(web->topics[picture->topics[node]].mention_count);
    return size < RADIUS_MOST ? size : RADIUS_MOST;
}

static uint32_t edge_width(uint32_t passages)
{
    uint32_t width = 1 + logarithm(passages);
    return width < WIDTH_MOST ? width : WIDTH_MOST;
}

static void measure(struct picture *picture)
{
    for (uint32_t i = 0; i < picture->count; i++) {
        uint32_t text = (uint32_t)utf8_count(label(picture, i)) * LETTER,
                 disc = 2 * radius(picture, i);
        picture->nodes[i].width = (text > disc ? text : disc) + MARGIN;
        picture->nodes[i].height = disc + LINE + MARGIN;
    }
}

/* Edges. */

static uint32_t root_of(uint32_t *parents, uint32_t node)
{
    while (parents[node] != node)
        node = parents[node] = parents[parents[node]];
    return node;
}

static int by_topic(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static uint32_t index_of(const struct picture *picture, uint32_t topic)
{
    const uint32_t *found =
        bsearch(&topic, picture->topics, picture->count, sizeof topic, by_topic);
    return found ? (uint32_t)(found - picture->topics) : UINT32_MAX;
}

/* All pairs of topics in the picture, by their indexes, the strongest first. */
static struct pair *candidates(const struct picture *picture, uint32_t *count)
{
    const struct site *site = picture->page->site;
    struct pair *pairs =
        arena_new_array(picture->page->arena, (size_t)picture->count * picture->count, struct pair);
    *count = 0;
    for (uint32_t a = 0; a < picture->count; a++) {
        uint32_t topic = picture->topics[a];
        for (uint32_t i = site->first_neighbour[topic]; i < site->first_neighbour[topic + 1]; i++) {
            uint32_t b = index_of(picture, site->neighbours[i].topic);
            if (b != UINT32_MAX && b > a)
                pairs[(*count)++] = (struct pair){a, b, site->neighbours[i].passages};
        }
    }
    if (*count > 1)
        qsort(pairs, *count, sizeof *pairs, pairing_compare);
    return pairs;
}

/* First what keeps everything together by the strongest ways, a maximum spanning forest; then the
 * strongest of the rest. */
static void choose_edges(struct picture *picture)
{
    uint32_t parents[TOPICS_WIDE], count;
    struct pair *pairs = candidates(picture, &count);
    bool *taken = arena_new_array(picture->page->arena, count, bool);
    for (uint32_t i = 0; i < picture->count; i++)
        parents[i] = i;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t a = root_of(parents, pairs[i].a), b = root_of(parents, pairs[i].b);
        if (a == b)
            continue;
        parents[a] = b;
        taken[i] = true;
        picture->edges[picture->edge_count++] = pairs[i];
    }
    for (uint32_t i = 0; i < count && picture->edge_count < picture->count * EDGES_PER_TOPIC; i++)
        if (!taken[i])
            picture->edges[picture->edge_count++] = pairs[i];
}

static bool place(struct picture *picture, uint32_t ratio)
{
    struct layout_edge edges[TOPICS_WIDE * EDGES_PER_TOPIC];
    for (uint32_t i = 0; i < picture->edge_count; i++) {
        uint32_t width = edge_width(picture->edges[i].passages);
        edges[i] = (struct layout_edge){picture->edges[i].a, picture->edges[i].b,
                                        EDGE_LONG - (EDGE_LONG - EDGE_SHORT) * width / WIDTH_MOST};
    }
    return layout_place(picture->nodes, picture->count, edges, picture->edge_count, ratio,
                        &picture->width, &picture->height);
}

/* Values. */

static uint32_t kind_index(const struct str *kinds, uint32_t count, struct str kind)
{
    uint32_t i = 0;
    while (i < count && !str_equal(kinds[i], kind))
        i++;
    return i;
}

/* Colours go to the kinds that most of the leading topics have, of equals the first to come: so a
 * kind has one colour in all pictures of a site. */
static void choose_colours(struct picture *picture)
{
    const struct pairing *pairing = picture->page->site->pairing;
    struct str kinds[TOPICS_WIDE];
    uint32_t counts[TOPICS_WIDE] = {0}, count = 0;
    for (uint32_t i = 0; i < pairing->leading_count && i < TOPICS_WIDE; i++) {
        struct str kind = meta_of_topic(picture, pairing->leading[i])->kind;
        uint32_t at = kind_index(kinds, count, kind);
        if (!kind.len)
            continue;
        if (at == count)
            kinds[count++] = kind;
        counts[at]++;
    }
    for (; picture->kind_count < count && picture->kind_count < KINDS_COLOURED;
         picture->kind_count++) {
        uint32_t most = 0;
        for (uint32_t i = 1; i < count; i++)
            if (counts[i] > counts[most])
                most = i;
        picture->kinds[picture->kind_count] = kinds[most];
        counts[most] = 0;
    }
}

/* The number of a kind's colour, 0 for those that have none of their own. */
static uint32_t colour(struct picture *picture, struct str kind)
{
    uint32_t at = kind_index(picture->kinds, picture->kind_count, kind);
    if (at == picture->kind_count) {
        picture->others = true;
        return 0;
    }
    picture->used[at] = true;
    return at + 1;
}

/* The height of the middle of its disc: the label stands below that, in the same box. */
static uint32_t middle(const struct picture *picture, uint32_t node)
{
    const struct layout_node *at = &picture->nodes[node];
    return (uint32_t)at->y - at->height / 2 + MARGIN / 2 + radius(picture, node);
}

static struct value *node_value(struct picture *picture, uint32_t node)
{
    struct page *page = picture->page;
    const struct web *web = page->site->web;
    const struct topic *topic = &web->topics[picture->topics[node]];
    uint32_t document = editions_topic(page->site, picture->topics[node]);
    uint32_t size = radius(picture, node);
    struct value *value = value_object(page->arena);
    page_set_number(page, value, "x", (uint64_t)picture->nodes[node].x);
    page_set_number(page, value, "y", middle(picture, node));
    page_set_number(page, value, "radius", size);
    page_set_number(page, value, "baseline", middle(picture, node) + size + LINE - 4);
    page_set_number(page, value, "colour", colour(picture, meta_of(picture, node)->kind));
    page_set(page, value, "label", label(picture, node));
    page_set(page, value, "title", meta_of(picture, node)->title);
    page_set(page, value, "url", page_document_url(page, document, STR("")));
    page_set(page, value, "said",
             language_count(page->site->language, page->arena, "mention", topic->mention_count));
    return value;
}

/* All lines of one width as one path: written one by one they would be most of the page. */
static struct value *edges_value(struct picture *picture, uint32_t width)
{
    struct arena *arena = picture->page->arena;
    struct value *value = value_object(arena);
    struct buf path;
    buf_init(&path, arena);
    for (uint32_t i = 0; i < picture->edge_count; i++) {
        const struct pair *edge = &picture->edges[i];
        if (edge_width(edge->passages) == width)
            buf_printf(&path, "M%d %uL%d %u", (int)picture->nodes[edge->a].x,
                       middle(picture, edge->a), (int)picture->nodes[edge->b].x,
                       middle(picture, edge->b));
    }
    page_set_number(picture->page, value, "width", width);
    page_set(picture->page, value, "path", buf_str(&path));
    return path.len ? value : NULL;
}

static void add_colour(struct page *page, struct value *list, uint32_t number, struct str name)
{
    struct value *entry = value_object(page->arena);
    page_set_number(page, entry, "colour", number);
    page_set(page, entry, "label", name);
    value_append(page->arena, list, entry);
}

static struct value *legend(struct picture *picture)
{
    const struct language *language = picture->page->site->language;
    struct value *list = value_list(picture->page->arena);
    for (uint32_t i = 0; i < picture->kind_count; i++)
        if (picture->used[i])
            add_colour(picture->page, list, i + 1,
                       language_kind_plural(language, picture->kinds[i]));
    if (picture->kind_count && picture->others)
        add_colour(picture->page, list, 0, language_text(language, "no_kind"));
    return list;
}

static void set_picture(struct picture *picture, const char *name)
{
    struct page *page = picture->page;
    struct value *object = value_object(page->arena), *nodes = value_list(page->arena);
    struct value *edges = value_list(page->arena);
    choose_colours(picture);
    for (uint32_t i = 0; i < picture->count; i++)
        value_append(page->arena, nodes, node_value(picture, i));
    for (uint32_t width = 1; width <= WIDTH_MOST; width++) {
        struct value *lines = edges_value(picture, width);
        if (lines)
            value_append(page->arena, edges, lines);
    }
    page_set(page, object, "name", str_from(name));
    page_set_number(page, object, "width", picture->width);
    page_set_number(page, object, "height", picture->height);
    page_set_list(page, object, "nodes", nodes);
    page_set_list(page, object, "edges", edges);
    page_set_list(page, object, "legend", legend(picture));
    value_set(page->arena, page->value, name, object);
}

static void draw(struct page *page, const char *name, uint32_t most, uint32_t ratio,
                 uint32_t label_max)
{
    const struct pairing *pairing = page->site->pairing;
    struct picture *picture = arena_new(page->arena, struct picture);
    picture->page = page;
    picture->label_max = label_max;
    picture->count = pairing->leading_count < most ? pairing->leading_count : most;
    for (uint32_t i = 0; i < picture->count; i++)
        picture->topics[i] = pairing->leading[i];
    if (picture->count < 2)
        return;
    qsort(picture->topics, picture->count, sizeof *picture->topics, by_topic);
    measure(picture);
    choose_edges(picture);
    if (place(picture, ratio))
        set_picture(picture, name);
    else
        diag_add(&page->worker->diags, DIAG_WARNING, "no-picture", (struct place){0},
                 "the network of topics could not be laid out; its page has the list alone");
}

void network_set(struct page *page)
{
    draw(page, "network", TOPICS_WIDE, RATIO_WIDE, LABEL_MAX);
    draw(page, "network_small", TOPICS_NARROW, RATIO_NARROW, LABEL_MAX_NARROW);
}

/* Two columns, and the topic between them, halfway two rows where there are any, so that its label
 * stands beside none. */
static void place_around(struct picture *picture)
{
    uint32_t rows = picture->count / 2, height = rows ? rows * AROUND_ROW / 2 : AROUND_ROW / 2;
    picture->width = AROUND_WIDTH;
    picture->height = rows * AROUND_ROW + (rows % 2 ? AROUND_ROW / 2 : 0);
    if (rows % 2)
        height += AROUND_ROW / 2;
    picture->nodes[0].x = AROUND_WIDTH / 2;
    picture->nodes[0].y = (int32_t)height;
    for (uint32_t i = 1; i < picture->count; i++) {
        picture->nodes[i].x = i % 2 ? AROUND_COLUMN : AROUND_WIDTH - AROUND_COLUMN;
        picture->nodes[i].y = (int32_t)((i - 1) / 2 * AROUND_ROW + AROUND_ROW / 2);
    }
}

void network_set_topic(struct page *page, uint32_t topic)
{
    const struct site *site = page->site;
    struct picture *picture = arena_new(page->arena, struct picture);
    uint32_t first = site->first_neighbour[topic], last = site->first_neighbour[topic + 1];
    picture->page = page;
    picture->label_max = LABEL_MAX_NARROW;
    picture->topics[picture->count++] = topic;
    for (uint32_t i = first; i < last && picture->count <= AROUND_MAX; i++) {
        picture->edges[picture->edge_count++] =
            (struct pair){0, picture->count, site->neighbours[i].passages};
        picture->topics[picture->count++] = site->neighbours[i].topic;
    }
    if (picture->count < 3)
        return;
    measure(picture);
    place_around(picture);
    set_picture(picture, "network");
}
