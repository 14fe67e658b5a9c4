#include "write/graphml.h"

#include "base/arena.h"
#include "base/buf.h"
#include "link/names.h"
#include "write/escape.h"
#include "write/grounds.h"
#include "write/pieces.h"
#include "write/tables.h"

#include <stdlib.h>

/* The file's pieces: its head; a node for each document; edges between topics; the edges from each
 * document; its end. */
struct graph {
    const struct web *web;
    struct arena arena;
    struct buf buf; /* the piece in hand */
    struct str pairs;
    struct pieces pieces;
};

/* Gephi takes `label`, `weight` and `Edge Label` for its own. */
static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\""
    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
    " xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns"
    " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n"
    "<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
    "<key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n"
    "<key id=\"type\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>\n"
    "<key id=\"date\" for=\"node\" attr.name=\"date\" attr.type=\"string\"/>\n"
    "<key id=\"mentions\" for=\"node\" attr.name=\"mentions\" attr.type=\"int\"/>\n"
    "<key id=\"relation\" for=\"edge\" attr.name=\"relation\" attr.type=\"string\"/>\n"
    "<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"
    "<graph edgedefault=\"directed\">\n";

static void put_data(struct graph *graph, const char *key, struct str text)
{
    if (!text.len)
        return;
    buf_put(&graph->buf, STR("<data key=\""));
    buf_put_cstring(&graph->buf, key);
    buf_put(&graph->buf, STR("\">"));
    escape_html(&graph->buf, text);
    buf_put(&graph->buf, STR("</data>"));
}

/* A document's id as GraphML's schema wants it: an NMTOKEN, which has no slash. */
static void put_id(struct graph *graph, uint32_t document)
{
    struct str rest = graph->web->documents[document].id;
    escape_html(&graph->buf, str_cut(&rest, '/'));
    while (rest.data) {
        buf_put_char(&graph->buf, ':');
        escape_html(&graph->buf, str_cut(&rest, '/'));
    }
}

/* `type` is what an author calls its kind: organisation, brief. */
static void put_node(struct graph *graph, uint32_t number, struct arena *scratch)
{
    const struct outline *document = &graph->web->documents[number];
    uint32_t topic = graph->web->topic_of[number];
    buf_put(&graph->buf, STR("<node id=\""));
    put_id(graph, number);
    buf_put(&graph->buf, STR("\">"));
    put_data(graph, "label", document->meta.title);
    put_data(graph, "kind", tables_document_kind(document->kind));
    put_data(graph, "type", document->meta.kind);
    put_data(graph, "date", date_format(scratch, document->meta.date));
    if (topic != NO_TOPIC)
        buf_printf(&graph->buf, "<data key=\"mentions\">%u</data>",
                   (unsigned)graph->web->topics[topic].mention_count);
    buf_put(&graph->buf, STR("</node>\n"));
}

static void put_edge(struct graph *graph, uint32_t from, uint32_t to, struct str relation,
                     uint32_t weight, bool directed)
{
    buf_put(&graph->buf, STR("<edge source=\""));
    put_id(graph, from);
    buf_put(&graph->buf, STR("\" target=\""));
    put_id(graph, to);
    buf_put(&graph->buf, directed ? STR("\">") : STR("\" directed=\"false\">"));
    put_data(graph, "relation", relation);
    buf_put(&graph->buf, STR("<data key=\"weight\">"));
    buf_put_number(&graph->buf, weight);
    buf_put(&graph->buf, STR("</data></edge>\n"));
}

static int by_number(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* An edge to each topic that the document names, weighed by how often. */
static void put_naming(struct graph *graph, uint32_t from, struct arena *scratch)
{
    const struct outline *document = &graph->web->documents[from];
    size_t count = document->mentions.count;
    uint32_t *topics = arena_new_array(scratch, count, uint32_t);
    for (size_t i = 0; i < count; i++)
        topics[i] = document->mentions.items[i].topic;
    if (count > 1)
        qsort(topics, count, sizeof *topics, by_number);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && topics[next] == topics[i];)
            next++;
        put_edge(graph, from, graph->web->topics[topics[i]].document, STR("names"),
                 (uint32_t)(next - i), true);
    }
}

/* What an edge between two documents is called: by what relation, or of what kind the link is. */
static struct str relation_of(const struct outline *document, size_t link)
{
    if (document->links.items[link].kind == LINK_RELATION)
        return outline_relation_type(document, link);
    return str_from(tables_link_kind(document->links.items[link].kind));
}

struct edge {
    uint32_t to;
    struct str relation;
};

static int by_target(const void *left, const void *right)
{
    const struct edge *a = left, *b = right;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    return str_compare(a->relation, b->relation);
}

/* The links of one document: those that lead alike are one edge, weighed by how many they are. */
static void put_links(struct graph *graph, uint32_t from, struct arena *scratch)
{
    const struct outline *document = &graph->web->documents[from];
    VEC(struct edge) edges = {0};
    for (size_t i = 0; i < document->links.count; i++) {
        uint32_t to = document->links.items[i].to.document;
        if (to != NO_DOCUMENT)
            *vec_push(&edges, scratch) = (struct edge){to, relation_of(document, i)};
    }
    if (edges.count > 1)
        qsort(edges.items, edges.count, sizeof *edges.items, by_target);
    for (size_t i = 0, next; i < edges.count; i = next) {
        for (next = i + 1; next < edges.count && !by_target(&edges.items[i], &edges.items[next]);)
            next++;
        put_edge(graph, from, edges.items[i].to, edges.items[i].relation, (uint32_t)(next - i),
                 true);
    }
}

static void put_pairs(struct graph *graph)
{
    const struct web *web = graph->web;
    for (size_t i = 0; i < web->pairs.count; i++) {
        const struct pair *pair = &web->pairs.items[i];
        put_edge(graph, web->topics[pair->a].document, web->topics[pair->b].document,
                 STR("together"), pair->passages, false);
    }
}

static const char end[] = "</graph>\n</graphml>\n";

static size_t piece_count(const struct web *web)
{
    return (size_t)web->document_count * 2 + 3;
}

static const struct digest *tell_pieces(struct graph *graph, const struct grounds *grounds)
{
    const struct web *web = graph->web;
    struct digest *pieces = arena_new_array(&graph->arena, piece_count(web), struct digest);
    struct digest *next = pieces, node = digest_of(STR("node")), edges = digest_of(STR("edges"));
    *next++ = digest_of(str_from(head));
    for (uint32_t i = 0; i < web->document_count; i++)
        *next++ = digest_join(grounds_shown(grounds)[i], node);
    *next++ = digest_of(graph->pairs);
    for (uint32_t i = 0; i < web->document_count; i++)
        *next++ = digest_join(grounds_said(grounds)[i], edges);
    *next = digest_of(str_from(end));
    return pieces;
}

/* A piece of each document, from piece `first` on. */
static void put_each(struct graph *graph, size_t first,
                     void (*put)(struct graph *, uint32_t document, struct arena *scratch))
{
    struct arena scratch;
    arena_init(&scratch);
    for (uint32_t i = 0; i < graph->web->document_count; i++) {
        if (!pieces_want(&graph->pieces, first + i))
            continue;
        arena_clear(&scratch);
        buf_clear(&graph->buf);
        put(graph, i, &scratch);
        pieces_put(&graph->pieces, first + i, buf_str(&graph->buf));
    }
    arena_release(&scratch);
}

static void put_edges(struct graph *graph, uint32_t document, struct arena *scratch)
{
    put_naming(graph, document, scratch);
    put_links(graph, document, scratch);
}

void graphml_publish(const struct web *web, const struct grounds *grounds, struct publish *publish,
                     struct str folder)
{
    struct graph graph = {.web = web};
    size_t pairs = (size_t)web->document_count + 1;
    arena_init(&graph.arena);
    struct str path = str_format(&graph.arena, "%.*s/graph.graphml", STR_ARGS(folder));
    buf_init(&graph.buf, &graph.arena);
    put_pairs(&graph);
    graph.pairs = str_copy(&graph.arena, buf_str(&graph.buf));
    if (pieces_open(&graph.pieces, publish, "graph", path, tell_pieces(&graph, grounds),
                    piece_count(web))) {
        pieces_put(&graph.pieces, 0, str_from(head));
        put_each(&graph, 1, put_node);
        pieces_put(&graph.pieces, pairs, graph.pairs);
        put_each(&graph, pairs + 1, put_edges);
        pieces_put(&graph.pieces, piece_count(web) - 1, str_from(end));
        pieces_close(&graph.pieces);
    }
    arena_release(&graph.arena);
}
