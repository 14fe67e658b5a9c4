#include "write/data.h"

#include "base/arena.h"
#include "write/escape.h"
#include "write/grounds.h"
#include "write/pieces.h"
#include "write/reference.h"
#include "write/tables.h"

enum { HEADING_LEVELS = 6 /* a heading stands under no more than it has levels */ };

/* A CSV file that is being written: the rows of one document, or the header. */
struct csv {
    const struct table *table;
    struct buf buf;
};

/* RFC 4180 ends rows with CRLF; the last field's comma goes. */
static void end_line(struct csv *csv)
{
    csv->buf.len--;
    buf_put(&csv->buf, STR("\r\n"));
}

static void put_row(void *context, const struct cell *cells)
{
    struct csv *csv = context;
    for (size_t i = 0; i < csv->table->column_count; i++) {
        if (cells[i].kind == CELL_TEXT)
            escape_csv(&csv->buf, cells[i].text);
        else if (cells[i].kind == CELL_NUMBER)
            buf_put_number(&csv->buf, cells[i].number);
        buf_put_char(&csv->buf, ',');
    }
    end_line(csv);
}

static void put_names(struct csv *csv)
{
    for (size_t i = 0; i < csv->table->column_count; i++) {
        buf_put_cstring(&csv->buf, csv->table->columns[i].name);
        buf_put_char(&csv->buf, ',');
    }
    end_line(csv);
}

/* What stands for all documents, and the commit that some rows name. */
static struct digest tell_all(const struct web *web, const struct grounds *grounds,
                              struct arena *arena)
{
    struct buf bytes;
    bool told = true;
    buf_init(&bytes, arena);
    buf_put(&bytes, web->snapshot->commit);
    for (uint32_t i = 0; i < web->document_count; i++) {
        told = told && !digest_equal(grounds_shown(grounds)[i], DIGEST_NONE);
        digest_put(&bytes, grounds_shown(grounds)[i]);
    }
    return told ? digest_of(buf_str(&bytes)) : DIGEST_NONE;
}

/* A table of which each row may be another where one document is: made anew as a whole. */
static void publish_whole(const struct web *web, const struct grounds *grounds, struct csv *csv,
                          struct publish *publish, struct str path)
{
    struct arena scratch;
    arena_init(&scratch);
    struct rows rows = {.take = put_row, .context = csv, .scratch = &scratch};
    struct origin origin = {
        .made_of = digest_join(digest_of(buf_str(&csv->buf)), tell_all(web, grounds, &scratch))};
    if (!publish_keep(publish, path, origin)) {
        struct publish_stream *stream = publish_stream_open(publish, path);
        publish_stream_put(stream, buf_str(&csv->buf));
        for (uint32_t i = 0; i < web->document_count; i++) {
            arena_clear(&scratch);
            buf_clear(&csv->buf);
            csv->table->put(web, i, &rows);
            publish_stream_put(stream, buf_str(&csv->buf));
        }
        publish_stream_close_made(stream, origin.made_of);
    }
    arena_release(&scratch);
}

/* The header, then the rows of each document, which are made of what it says. */
static const struct digest *tell_pieces(const struct web *web, const struct grounds *grounds,
                                        const struct csv *csv, struct arena *arena)
{
    struct digest *pieces = arena_new_array(arena, (size_t)web->document_count + 1, struct digest);
    pieces[0] = digest_of(buf_str(&csv->buf));
    for (uint32_t i = 0; i < web->document_count; i++)
        pieces[i + 1] = grounds_said(grounds)[i];
    return pieces;
}

static void put_all(const struct web *web, struct csv *csv, struct pieces *pieces)
{
    struct arena scratch;
    arena_init(&scratch);
    struct rows rows = {.take = put_row, .context = csv, .scratch = &scratch};
    pieces_put(pieces, 0, buf_str(&csv->buf));
    for (uint32_t i = 0; i < web->document_count; i++) {
        if (!pieces_want(pieces, (size_t)i + 1))
            continue;
        arena_clear(&scratch);
        buf_clear(&csv->buf);
        csv->table->put(web, i, &rows);
        pieces_put(pieces, (size_t)i + 1, buf_str(&csv->buf));
    }
    arena_release(&scratch);
}

static void publish_pieces(const struct web *web, const struct grounds *grounds, struct csv *csv,
                           struct publish *publish, struct str path)
{
    struct pieces pieces;
    const struct digest *made_of = tell_pieces(web, grounds, csv, csv->buf.arena);
    if (!pieces_open(&pieces, publish, csv->table->name, path, made_of,
                     (size_t)web->document_count + 1))
        return;
    put_all(web, csv, &pieces);
    pieces_close(&pieces);
}

void data_publish_table(const struct web *web, const struct grounds *grounds, size_t number,
                        struct publish *publish, struct str folder)
{
    struct csv csv = {.table = tables_at(number)};
    struct arena arena;
    arena_init(&arena);
    buf_init(&csv.buf, &arena);
    put_names(&csv);
    struct str path = str_format(&arena, "%.*s/%s.csv", STR_ARGS(folder), csv.table->name);
    if (csv.table->said)
        publish_pieces(web, grounds, &csv, publish, path);
    else
        publish_whole(web, grounds, &csv, publish, path);
    arena_release(&arena);
}

/* The tables described for programs, by the Table Schema of Data Package 1:
 * https://specs.frictionlessdata.io/ */

static void put_fields(struct buf *out, const struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        buf_printf(out, "%s{\"name\":\"%s\",\"type\":\"%s\"}", i ? "," : "", table->columns[i].name,
                   table->columns[i].number ? "integer" : "string");
}

static void put_foreign_keys(struct buf *out, const struct table *table)
{
    bool first = true;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->columns[i];
        if (!column->refers)
            continue;
        buf_printf(out,
                   "%s{\"fields\":\"%s\",\"reference\":{\"resource\":\"%s\",\"fields\":\"id\"}}",
                   first ? ",\"foreignKeys\":[" : ",", column->name, column->refers);
        first = false;
    }
    if (!first)
        buf_put_char(out, ']');
}

static void put_resource(struct buf *out, const struct table *table)
{
    buf_printf(out,
               "{\"name\":\"%s\",\"path\":\"%s.csv\",\"profile\":\"tabular-data-resource\","
               "\"format\":\"csv\",\"mediatype\":\"text/csv\",\"encoding\":\"utf-8\","
               "\"schema\":{\"fields\":[",
               table->name, table->name);
    put_fields(out, table);
    buf_put_char(out, ']');
    if (table->has_id)
        buf_put(out, STR(",\"primaryKey\":\"id\""));
    put_foreign_keys(out, table);
    buf_put(out, STR("}}"));
}

void data_publish_package(struct publish *publish, struct str folder, struct str title,
                          struct str licence)
{
    struct arena arena;
    struct buf out;
    arena_init(&arena);
    buf_init(&out, &arena);
    buf_put(&out, STR("{\"name\":\"naslag\",\"profile\":\"tabular-data-package\",\"title\":"));
    escape_json(&out, title);
    if (licence.len) {
        buf_put(&out, STR(",\"licenses\":[{\"title\":"));
        escape_json(&out, licence);
        buf_put(&out, STR("}]"));
    }
    buf_put(&out, STR(",\"resources\":[\n"));
    for (size_t i = 0; i < TABLES; i++) {
        buf_put(&out, i ? STR(",\n") : STR(""));
        put_resource(&out, tables_at(i));
    }
    buf_put(&out, STR("]}\n"));
    publish_file(publish, str_format(&arena, "%.*s/datapackage.json", STR_ARGS(folder)),
                 buf_str(&out));
    arena_release(&arena);
}

void data_publish_references(const struct web *web, struct publish *publish, struct str folder)
{
    struct arena arena;
    struct buf bibtex, csl;
    arena_init(&arena);
    buf_init(&bibtex, &arena);
    buf_init(&csl, &arena);
    buf_put_char(&csl, '[');
    for (uint32_t i = 0; i < web->document_count; i++) {
        struct reference reference = reference_of(&web->documents[i]);
        if (web->documents[i].kind != DOCUMENT_SOURCE)
            continue;
        if (bibtex.len)
            buf_put(&csl, STR(",\n"));
        reference_put_bibtex(&bibtex, &reference);
        reference_put_csl(&csl, &reference);
    }
    buf_put(&csl, STR("]\n"));
    publish_file(publish, str_format(&arena, "%.*s/references.bib", STR_ARGS(folder)),
                 buf_str(&bibtex));
    publish_file(publish, str_format(&arena, "%.*s/references.csl.json", STR_ARGS(folder)),
                 buf_str(&csl));
    arena_release(&arena);
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

void data_put_passages(const struct web *web, uint32_t document, const struct document *read,
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
        buf_put(out, STR(",\"kind\":\""));
        buf_put_cstring(out, tables_passage_kind(passage->kind));
        buf_put(out, STR("\",\"text\":"));
        escape_json(out, passage->text);
        buf_put(out, STR(",\"topics\":["));
        put_topics_of(web, outline, number, &next, last, out);
        buf_put(out, STR("]}\n"));
    }
}
