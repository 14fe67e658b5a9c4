#include "write/tables.h"

#include "base/arena.h"
#include "base/buf.h"
#include "link/names.h"

struct str tables_document_kind(enum document_kind kind)
{
    static const struct str names[DOCUMENT_KINDS] = {[DOCUMENT_TOPIC] = {"topic", 5},
                                                     [DOCUMENT_SOURCE] = {"source", 6},
                                                     [DOCUMENT_NOTE] = {"note", 4}};
    return names[kind];
}

const char *tables_passage_kind(enum passage_kind kind)
{
    static const char *const names[] = {
        [PASSAGE_HEADING] = "heading",  [PASSAGE_PARAGRAPH] = "paragraph",
        [PASSAGE_ITEM] = "item",        [PASSAGE_QUOTE] = "quote",
        [PASSAGE_ROW] = "row",          [PASSAGE_CODE] = "code",
        [PASSAGE_FOOTNOTE] = "footnote"};
    return names[kind];
}

const char *tables_link_kind(enum link_kind kind)
{
    static const char *const names[] = {
        [LINK_WIKILINK] = "wikilink", [LINK_EMBED] = "embed",       [LINK_MARKDOWN] = "markdown",
        [LINK_IMAGE] = "image",       [LINK_CITATION] = "citation", [LINK_SOURCE] = "source",
        [LINK_RELATION] = "relation"};
    return names[kind];
}

static void put(struct rows *rows, struct cell cell)
{
    rows->cells[rows->count++] = cell;
}

static void put_text(struct rows *rows, struct str text)
{
    put(rows, (struct cell){.kind = CELL_TEXT, .text = text});
}

/* An empty text that stands for what is not known, or for no row of the table it refers to. */
static void put_known(struct rows *rows, struct str text)
{
    put(rows, (struct cell){.kind = text.len ? CELL_TEXT : CELL_NOTHING, .text = text});
}

static void put_number(struct rows *rows, uint32_t number)
{
    put(rows, (struct cell){.kind = CELL_NUMBER, .number = number});
}

/* Pages and passages are numbered from 1: 0 is none. */
static void put_place(struct rows *rows, uint32_t number)
{
    put(rows, (struct cell){.kind = number ? CELL_NUMBER : CELL_NOTHING, .number = number});
}

static void end_row(struct rows *rows)
{
    rows->take(rows->context, rows->cells);
    rows->count = 0;
    arena_clear(rows->scratch);
}

static struct str topic_id(const struct web *web, uint32_t topic)
{
    return topic == NO_TOPIC ? STR("") : web->documents[web->topics[topic].document].id;
}

static void put_documents(const struct web *web, uint32_t number, struct rows *rows)
{
    const struct outline *document = &web->documents[number];
    put_text(rows, document->id);
    put_text(rows, tables_document_kind(document->kind));
    put_text(rows, document->meta.title);
    put_known(rows, date_format(rows->scratch, document->meta.date));
    put_known(rows, document->meta.more->issuer);
    put_known(rows, document->meta.more->reference);
    put_known(rows, document->meta.more->url);
    put_number(rows, document->passage_count);
    put_known(rows, web->snapshot->commit);
    end_row(rows);
}

static void join(struct buf *joined, struct str text)
{
    if (joined->len)
        buf_put(joined, STR("; "));
    buf_put(joined, text);
}

static void join_names(struct buf *joined, const struct meta *meta)
{
    if (meta->more->abbreviation.len)
        join(joined, meta->more->abbreviation);
    for (size_t i = 0; i < meta->aliases.texts.count; i++)
        join(joined, meta->aliases.texts.items[i].text);
}

/* Names that its translations have are names of a topic as well. */
static struct str join_aliases(const struct web *web, uint32_t document, struct arena *scratch)
{
    const uint32_t *next = web->twins.next;
    struct buf joined;
    buf_init(&joined, scratch);
    join_names(&joined, &web->documents[document].meta);
    for (uint32_t twin = next[document]; twin != document; twin = next[twin]) {
        join(&joined, web->documents[twin].meta.title);
        join_names(&joined, &web->documents[twin].meta);
    }
    return buf_str(&joined);
}

static struct str join_forms(const struct outline *topic, struct arena *scratch)
{
    struct buf joined;
    struct forms forms = {0};
    buf_init(&joined, scratch);
    names_list_forms(scratch, topic, &forms);
    for (size_t i = 0; i < forms.items.count; i++)
        join(&joined, forms.items.items[i]);
    return buf_str(&joined);
}

/* Of a topic in several languages there is one. */
static void put_topics(const struct web *web, uint32_t number, struct rows *rows)
{
    const struct outline *document = &web->documents[number];
    uint32_t index = web->topic_of[number];
    if (index == NO_TOPIC || web->topics[index].document != number)
        return;
    put_text(rows, document->id);
    put_text(rows, document->meta.title);
    put_known(rows, document->meta.kind);
    put_known(rows, join_aliases(web, number, rows->scratch));
    put_number(rows, web->topics[index].mention_count);
    put_number(rows, web->topics[index].document_count);
    put_known(rows, join_forms(document, rows->scratch));
    end_row(rows);
}

static void put_mentions(const struct web *web, uint32_t number, struct rows *rows)
{
    const struct outline *document = &web->documents[number];
    for (size_t j = 0; j < document->mentions.count; j++) {
        const struct mention *mention = &document->mentions.items[j];
        const struct kept_passage *passage = outline_passage(document, mention->passage);
        put_text(rows, topic_id(web, mention->topic));
        put_text(rows, document->id);
        put_number(rows, mention->passage);
        put_place(rows, passage->page);
        put_number(rows, mention->start);
        put_number(rows, mention->end);
        struct str text = outline_text(document, passage, rows->scratch);
        put_text(rows, str_slice(text, mention->start, mention->end - mention->start));
        end_row(rows);
    }
}

static void put_links(const struct web *web, uint32_t number, struct rows *rows)
{
    const struct outline *document = &web->documents[number];
    for (size_t j = 0; j < document->links.count; j++) {
        const struct link *link = &document->links.items[j];
        if (link->to.document == NO_DOCUMENT)
            continue;
        put_text(rows, document->id);
        put_text(rows, web->documents[link->to.document].id);
        put_text(rows, str_from(tables_link_kind(link->kind)));
        put_place(rows, link->passage);
        end_row(rows);
    }
}

static void put_facts(const struct web *web, uint32_t number, struct rows *rows)
{
    static const struct str kinds[FACT_KINDS] = {[FACT_DATE] = {"date", 4},
                                                 [FACT_AMOUNT] = {"amount", 6},
                                                 [FACT_PERCENTAGE] = {"percentage", 10},
                                                 [FACT_COUNT] = {"count", 5}};
    const struct outline *document = &web->documents[number];
    for (uint32_t j = 0; j < document->fact_count; j++) {
        const struct fact *fact = &document->facts[j];
        const struct kept_passage *passage = outline_passage(document, fact->passage);
        struct str text = outline_text(document, passage, rows->scratch);
        put_text(rows, kinds[fact->kind]);
        put_text(rows, fact_value(rows->scratch, fact));
        put_known(rows, fact_unit(fact, text));
        put_text(rows, str_slice(text, fact->start, fact->len));
        put_text(rows, document->id);
        put_number(rows, fact->passage);
        end_row(rows);
    }
}

static void put_definitions(const struct web *web, uint32_t number, struct rows *rows)
{
    const struct outline *document = &web->documents[number];
    for (uint32_t j = 0; j < document->definition_count; j++) {
        const struct definition *definition = &document->definitions[j];
        put_text(rows, document->id);
        put_number(rows, definition->passage);
        put_text(rows, definition->name);
        put_text(rows, definition->meaning);
        put_known(rows, topic_id(web, definition->topic));
        end_row(rows);
    }
}

static void put_tags(const struct web *web, uint32_t number, struct rows *rows)
{
    const struct outline *document = &web->documents[number];
    for (size_t j = 0; j < document->tags.count; j++) {
        put_text(rows, document->tags.items[j].name);
        put_text(rows, document->id);
        put_place(rows, document->tags.items[j].passage);
        end_row(rows);
    }
}

#define TEXT(name)                                                                                 \
    {                                                                                              \
        name, NULL, false                                                                          \
    }
#define NUMBER(name)                                                                               \
    {                                                                                              \
        name, NULL, true                                                                           \
    }
#define REFERS(name, table)                                                                        \
    {                                                                                              \
        name, table, false                                                                         \
    }

static const struct table tables[TABLES] = {
    {"documents",
     true,
     false,
     false,
     9,
     {TEXT("id"), TEXT("kind"), TEXT("title"), TEXT("date"), TEXT("issuer"), TEXT("reference"),
      TEXT("url"), NUMBER("passages"), TEXT("commit")},
     put_documents},
    {"topics",
     true,
     false,
     false,
     7,
     {REFERS("id", "documents"), TEXT("title"), TEXT("kind"), TEXT("aliases"), NUMBER("mentions"),
      NUMBER("documents"), TEXT("forms")},
     put_topics},
    {"mentions",
     false,
     true,
     true,
     7,
     {REFERS("topic", "topics"), REFERS("document", "documents"), NUMBER("passage"), NUMBER("page"),
      NUMBER("start"), NUMBER("end"), TEXT("text")},
     put_mentions},
    {"links",
     false,
     false,
     true,
     4,
     {REFERS("from", "documents"), REFERS("to", "documents"), TEXT("kind"), NUMBER("passage")},
     put_links},
    {"facts",
     false,
     true,
     true,
     6,
     {TEXT("kind"), TEXT("value"), TEXT("unit"), TEXT("text"), REFERS("document", "documents"),
      NUMBER("passage")},
     put_facts},
    {"definitions",
     false,
     true,
     true,
     5,
     {REFERS("document", "documents"), NUMBER("passage"), TEXT("name"), TEXT("meaning"),
      REFERS("topic", "topics")},
     put_definitions},
    {"tags",
     false,
     true,
     true,
     3,
     {TEXT("tag"), REFERS("document", "documents"), NUMBER("passage")},
     put_tags},
};

const struct table *tables_at(size_t index)
{
    return &tables[index];
}

const struct table *tables_passages(void)
{
    static const struct table passages = {"passages",
                                          false,
                                          false,
                                          true,
                                          6,
                                          {REFERS("document", "documents"), NUMBER("passage"),
                                           NUMBER("page"), TEXT("section"), TEXT("kind"),
                                           TEXT("text")},
                                          NULL};
    return &passages;
}

void tables_put_passages(const struct web *web, uint32_t document, const struct document *read,
                         struct rows *rows)
{
    const struct outline *outline = &web->documents[document];
    for (uint32_t number = 1; number <= read->passages.count; number++) {
        const struct passage *passage = &read->passages.items[number - 1];
        put_text(rows, outline->id);
        put_number(rows, number);
        put_place(rows, passage->page);
        put_known(rows, outline_section(outline, passage->section));
        put_text(rows, str_from(tables_passage_kind(passage->kind)));
        put_text(rows, passage->text);
        end_row(rows);
    }
}
