#include "write/export.h"

#include "base/arena.h"
#include "base/buf.h"
#include "link/names.h"
#include "write/escape.h"

/* A file of the export that is being written. Pieces go out when they are large enough. */
struct table {
    struct publish_stream *stream;
    struct arena arena;
    struct buf buf;
};

enum {
    PIECE_SIZE = 64 * 1024,
    HEADING_LEVELS = 6, /* a heading stands under no more than it has levels */
};

static void open_table(struct table *table, struct publish *publish, struct str folder,
                       const char *name, const char *header)
{
    arena_init(&table->arena);
    struct str path = str_format(&table->arena, "%.*s/%s", STR_ARGS(folder), name);
    table->stream = publish_stream_open(publish, path);
    buf_init(&table->buf, &table->arena);
    buf_put_cstring(&table->buf, header);
}

static void end_row(struct table *table)
{
    if (table->buf.len < PIECE_SIZE)
        return;
    publish_stream_put(table->stream, buf_str(&table->buf));
    buf_clear(&table->buf);
}

static void close_table(struct table *table)
{
    publish_stream_put(table->stream, buf_str(&table->buf));
    publish_stream_close(table->stream);
    arena_release(&table->arena);
}

static void put_field(struct table *table, struct str text)
{
    escape_csv(&table->buf, text);
    buf_put_char(&table->buf, ',');
}

static void put_number(struct table *table, uint32_t number)
{
    buf_put_number(&table->buf, number);
    buf_put_char(&table->buf, ',');
}

/* RFC 4180 ends rows with CRLF; the last field's comma goes. */
static void put_row_end(struct table *table)
{
    table->buf.len--;
    buf_put(&table->buf, STR("\r\n"));
    end_row(table);
}

static struct str kind_name(enum document_kind kind)
{
    static const struct str names[DOCUMENT_KINDS] = {[DOCUMENT_TOPIC] = {"topic", 5},
                                                     [DOCUMENT_SOURCE] = {"source", 6},
                                                     [DOCUMENT_NOTE] = {"note", 4}};
    return names[kind];
}

static void put_documents(const struct web *web, struct publish *publish, struct str folder)
{
    struct table table;
    open_table(&table, publish, folder, "documents.csv",
               "id,kind,title,date,issuer,reference,url,passages,commit\r\n");
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct outline *document = &web->documents[i];
        struct arena scratch;
        arena_init(&scratch);
        put_field(&table, document->id);
        put_field(&table, kind_name(document->kind));
        put_field(&table, document->meta.title);
        put_field(&table, date_format(&scratch, document->meta.date));
        put_field(&table, document->meta.issuer);
        put_field(&table, document->meta.reference);
        put_field(&table, document->meta.url);
        put_number(&table, document->passage_count);
        put_field(&table, web->snapshot->commit);
        put_row_end(&table);
        arena_release(&scratch);
    }
    close_table(&table);
}

static struct str join_aliases(const struct meta *meta, struct arena *scratch)
{
    struct buf joined;
    buf_init(&joined, scratch);
    buf_put(&joined, meta->abbreviation);
    for (size_t i = 0; i < meta->aliases.texts.count; i++) {
        if (joined.len)
            buf_put(&joined, STR("; "));
        buf_put(&joined, meta->aliases.texts.items[i].text);
    }
    return buf_str(&joined);
}

static struct str join_forms(const struct outline *topic, struct arena *scratch)
{
    struct buf joined;
    struct forms forms = {0};
    buf_init(&joined, scratch);
    names_list_forms(scratch, topic, &forms);
    for (size_t i = 0; i < forms.items.count; i++) {
        if (i)
            buf_put(&joined, STR("; "));
        buf_put(&joined, forms.items.items[i]);
    }
    return buf_str(&joined);
}

static void put_topics(const struct web *web, struct publish *publish, struct str folder)
{
    struct table table;
    open_table(&table, publish, folder, "topics.csv",
               "id,title,kind,aliases,mentions,documents,forms\r\n");
    for (uint32_t i = 0; i < web->topic_count; i++) {
        const struct topic *topic = &web->topics[i];
        const struct outline *document = &web->documents[topic->document];
        struct arena scratch;
        arena_init(&scratch);
        put_field(&table, document->id);
        put_field(&table, document->meta.title);
        put_field(&table, document->meta.kind);
        put_field(&table, join_aliases(&document->meta, &scratch));
        put_number(&table, topic->mention_count);
        put_number(&table, topic->document_count);
        put_field(&table, join_forms(document, &scratch));
        put_row_end(&table);
        arena_release(&scratch);
    }
    close_table(&table);
}

static void put_mentions(const struct web *web, struct publish *publish, struct str folder)
{
    struct table table;
    open_table(&table, publish, folder, "mentions.csv",
               "topic,document,passage,page,start,end,text\r\n");
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct outline *document = &web->documents[i];
        for (size_t j = 0; j < document->mentions.count; j++) {
            const struct mention *mention = &document->mentions.items[j];
            const struct kept_passage *passage = outline_passage(document, mention->passage);
            put_field(&table, web->documents[web->topics[mention->topic].document].id);
            put_field(&table, document->id);
            put_number(&table, mention->passage);
            if (passage->page)
                buf_put_number(&table.buf, passage->page);
            buf_put_char(&table.buf, ',');
            put_number(&table, mention->start);
            put_number(&table, mention->end);
            put_field(&table,
                      str_slice(passage->text, mention->start, mention->end - mention->start));
            put_row_end(&table);
        }
    }
    close_table(&table);
}

static void put_links(const struct web *web, struct publish *publish, struct str folder)
{
    static const char *const kinds[] = {
        [LINK_WIKILINK] = "wikilink", [LINK_EMBED] = "embed",       [LINK_MARKDOWN] = "markdown",
        [LINK_IMAGE] = "image",       [LINK_CITATION] = "citation", [LINK_SOURCE] = "source",
        [LINK_RELATION] = "relation"};
    struct table table;
    open_table(&table, publish, folder, "links.csv", "from,to,kind,passage\r\n");
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct outline *document = &web->documents[i];
        for (size_t j = 0; j < document->links.count; j++) {
            const struct link *link = &document->links.items[j];
            if (link->to.document == NO_DOCUMENT)
                continue;
            put_field(&table, document->id);
            put_field(&table, web->documents[link->to.document].id);
            put_field(&table, str_from(kinds[link->kind]));
            if (link->passage)
                buf_put_number(&table.buf, link->passage);
            buf_put_char(&table.buf, ',');
            put_row_end(&table);
        }
    }
    close_table(&table);
}

static void put_facts(const struct web *web, struct publish *publish, struct str folder)
{
    static const struct str kinds[FACT_KINDS] = {[FACT_DATE] = {"date", 4},
                                                 [FACT_AMOUNT] = {"amount", 6},
                                                 [FACT_PERCENTAGE] = {"percentage", 10},
                                                 [FACT_COUNT] = {"count", 5}};
    struct table table;
    struct arena scratch;
    open_table(&table, publish, folder, "facts.csv", "kind,value,unit,text,document,passage\r\n");
    arena_init(&scratch);
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct outline *document = &web->documents[i];
        for (uint32_t j = 0; j < document->fact_count; j++) {
            const struct fact *fact = &document->facts[j];
            struct str text = outline_passage(document, fact->passage)->text;
            arena_clear(&scratch);
            put_field(&table, kinds[fact->kind]);
            put_field(&table, fact_value(&scratch, fact));
            put_field(&table, fact_unit(fact, text));
            put_field(&table, str_slice(text, fact->start, fact->len));
            put_field(&table, document->id);
            put_number(&table, fact->passage);
            put_row_end(&table);
        }
    }
    arena_release(&scratch);
    close_table(&table);
}

static void put_graph_node(struct table *table, const struct outline *document)
{
    buf_put(&table->buf, STR("<node id=\""));
    escape_html(&table->buf, document->id);
    buf_put(&table->buf, STR("\"><data key=\"kind\">"));
    buf_put(&table->buf, kind_name(document->kind));
    buf_put(&table->buf, STR("</data><data key=\"title\">"));
    escape_html(&table->buf, document->meta.title);
    buf_put(&table->buf, STR("</data></node>\n"));
    end_row(table);
}

static void put_graph_edge(struct table *table, const struct web *web, uint32_t from, uint32_t to,
                           const char *kind, uint32_t weight)
{
    buf_put(&table->buf, STR("<edge source=\""));
    escape_html(&table->buf, web->documents[from].id);
    buf_put(&table->buf, STR("\" target=\""));
    escape_html(&table->buf, web->documents[to].id);
    buf_printf(&table->buf,
               "\"><data key=\"relation\">%s</data><data key=\"weight\">%u</data></edge>\n", kind,
               (unsigned)weight);
    end_row(table);
}

/* One edge for each document that names a topic, weighed by how often. */
static void put_naming_edges(struct table *table, const struct web *web)
{
    for (uint32_t t = 0; t < web->topic_count; t++) {
        const struct topic *topic = &web->topics[t];
        uint32_t weight = 0;
        for (uint32_t i = 0; i < topic->mention_count; i++) {
            uint32_t document = topic->named[i].document;
            weight++;
            if (i + 1 < topic->mention_count && topic->named[i + 1].document == document)
                continue;
            put_graph_edge(table, web, document, topic->document, "names", weight);
            weight = 0;
        }
    }
}

/* GraphML: http://graphml.graphdrawing.org/specification.html */
static void put_graph(const struct web *web, struct publish *publish, struct str folder)
{
    struct table table;
    open_table(&table, publish, folder, "graph.graphml",
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
               "<key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n"
               "<key id=\"title\" for=\"node\" attr.name=\"title\" attr.type=\"string\"/>\n"
               "<key id=\"relation\" for=\"edge\" attr.name=\"relation\" attr.type=\"string\"/>\n"
               "<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"int\"/>\n"
               "<graph edgedefault=\"undirected\">\n");
    for (uint32_t i = 0; i < web->document_count; i++)
        put_graph_node(&table, &web->documents[i]);
    put_naming_edges(&table, web);
    for (size_t i = 0; i < web->pairs.count; i++) {
        const struct pair *pair = &web->pairs.items[i];
        put_graph_edge(&table, web, web->topics[pair->a].document, web->topics[pair->b].document,
                       "together", pair->passages);
    }
    buf_put(&table.buf, STR("</graph>\n</graphml>\n"));
    close_table(&table);
}

void export_publish(const struct web *web, struct publish *publish, struct str folder)
{
    put_documents(web, publish, folder);
    put_topics(web, publish, folder);
    put_mentions(web, publish, folder);
    put_links(web, publish, folder);
    put_facts(web, publish, folder);
    put_graph(web, publish, folder);
}

/* The ids of the topics named in a passage, each once. `*next` is the first mention not before it;
 * `last` has for each topic the passage in which it was put last. */
static void put_topics_of(const struct web *web, const struct outline *outline, uint32_t passage,
                          size_t *next, uint32_t *last, struct buf *out)
{
    bool first = true;
    for (; *next < outline->mentions.count && outline->mentions.items[*next].passage == passage;
         ++*next) {
        uint32_t topic = outline->mentions.items[*next].topic;
        if (last[topic] == passage)
            continue;
        last[topic] = passage;
        if (!first)
            buf_put_char(out, ',');
        first = false;
        escape_json(out, web->documents[web->topics[topic].document].id);
    }
}

static const char *const passage_kinds[] = {
    [PASSAGE_HEADING] = "heading",  [PASSAGE_PARAGRAPH] = "paragraph",
    [PASSAGE_ITEM] = "item",        [PASSAGE_QUOTE] = "quote",
    [PASSAGE_ROW] = "row",          [PASSAGE_CODE] = "code",
    [PASSAGE_FOOTNOTE] = "footnote"};

/* The headings that a passage stands under, from the widest on. */
static void put_path(const struct outline *outline, uint32_t section, struct buf *out)
{
    uint32_t path[HEADING_LEVELS], depth = 0;
    for (; section && depth < HEADING_LEVELS; section = outline->headings.items[section - 1].parent)
        path[depth++] = section;
    buf_put(out, STR(",\"path\":["));
    while (depth--) {
        escape_json(out, outline->headings.items[path[depth] - 1].text);
        if (depth)
            buf_put_char(out, ',');
    }
    buf_put_char(out, ']');
}

void export_put_passages(const struct web *web, uint32_t document, const struct document *read,
                         struct buf *out)
{
    const struct outline *outline = &web->documents[document];
    uint32_t *last = arena_new_array(out->arena, web->topic_count, uint32_t);
    size_t next = 0;
    for (uint32_t number = 1; number <= read->passages.count; number++) {
        const struct passage *passage = &read->passages.items[number - 1];
        buf_put(out, STR("{\"document\":"));
        escape_json(out, outline->id);
        buf_put(out, STR(",\"passage\":"));
        buf_put_number(out, number);
        buf_put(out, STR(",\"page\":"));
        if (passage->page)
            buf_put_number(out, passage->page);
        else
            buf_put(out, STR("null"));
        buf_put(out, STR(",\"section\":"));
        escape_json(out, outline_section(outline, passage->section));
        put_path(outline, passage->section, out);
        buf_printf(out, ",\"kind\":\"%s\"", passage_kinds[passage->kind]);
        buf_put(out, STR(",\"text\":"));
        escape_json(out, passage->text);
        buf_put(out, STR(",\"topics\":["));
        put_topics_of(web, outline, number, &next, last, out);
        buf_put(out, STR("]}\n"));
    }
}
