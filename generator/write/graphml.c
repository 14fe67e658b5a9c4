#include "write/graphml.h"

#include "base/arena.h"
#include "base/buf.h"
#include "link/names.h"
#include "write/escape.h"
#include "write/tables.h"

#include <stdlib.h>

enum { PIECE_SIZE = 64 * 1024 };

struct graph {
    const struct web *web;
    struct publish_stream *stream;
    struct arena arena;
    struct buf buf;
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

static void end_element(struct graph *graph)
{
    if (graph->buf.len < PIECE_SIZE)
        return;
    publish_stream_put(graph->stream, buf_str(&graph->buf));
    buf_clear(&graph->buf);
}

static void put_data(struct graph *graph, const char *key, struct str text)
{
    if (!text.len)
        return;
    buf_printf(&graph->buf, "<data key=\"%s\">", key);
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
static void put_node(struct graph *graph, uint32_t number)
{
    const struct outline *document = &graph->web->documents[number];
    uint32_t topic = graph->web->topic_of[number];
    struct arena scratch;
    arena_init(&scratch);
    buf_put(&graph->buf, STR("<node id=\""));
    put_id(graph, number);
    buf_put(&graph->buf, STR("\">"));
    put_data(graph, "label", document->meta.title);
    put_data(graph, "kind", tables_document_kind(document->kind));
    put_data(graph, "type", document->meta.kind);
    put_data(graph, "date", date_format(&scratch, document->meta.date));
    if (topic != NO_TOPIC)
        buf_printf(&graph->buf, "<data key=\"mentions\">%u</data>",
                   (unsigned)graph->web->topics[topic].mention_count);
    buf_put(&graph->buf, STR("</node>\n"));
    end_element(graph);
    arena_release(&scratch);
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
    buf_printf(&graph->buf, "<data key=\"weight\">%u</data></edge>\n", (unsigned)weight);
    end_element(graph);
}

/* One edge for each document that names a topic, weighed by how often. */
static void put_naming(struct graph *graph)
{
    for (uint32_t t = 0; t < graph->web->topic_count; t++) {
        const struct topic *topic = &graph->web->topics[t];
        uint32_t weight = 0;
        for (uint32_t i = 0; i < topic->mention_count; i++) {
            uint32_t document = topic->named[i].document;
            weight++;
            if (i + 1 < topic->mention_count && topic->named[i + 1].document == document)
                continue;
            put_edge(graph, document, topic->document, STR("names"), weight, true);
            weight = 0;
        }
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

static void put_all_links(struct graph *graph)
{
    struct arena scratch;
    arena_init(&scratch);
    for (uint32_t i = 0; i < graph->web->document_count; i++) {
        arena_clear(&scratch);
        put_links(graph, i, &scratch);
    }
    arena_release(&scratch);
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

void graphml_publish(const struct web *web, struct publish *publish, struct str folder)
{
    struct graph graph = {.web = web};
    arena_init(&graph.arena);
    struct str path = str_format(&graph.arena, "%.*s/graph.graphml", STR_ARGS(folder));
    graph.stream = publish_stream_open(publish, path);
    buf_init(&graph.buf, &graph.arena);
    buf_put_cstring(&graph.buf, head);
    for (uint32_t i = 0; i < web->document_count; i++)
        put_node(&graph, i);
    put_naming(&graph);
    put_pairs(&graph);
    put_all_links(&graph);
    buf_put(&graph.buf, STR("</graph>\n</graphml>\n"));
    publish_stream_put(graph.stream, buf_str(&graph.buf));
    publish_stream_close(graph.stream);
    arena_release(&graph.arena);
}
