#include "search/texts.h"

#include "base/arena.h"
#include "search/keys.h"
#include "search/layout.h"

enum { PART_SIZE = 10 * 1024 /* bytes, of text before it is packed: a result loads one */ };

void texts_init(struct texts *texts, const struct web *web, const struct parts_sink *sink,
                uint32_t group, struct arena *arena)
{
    *texts = (struct texts){.web = web, .sink = sink, .group = group, .arena = arena};
    map_init(&texts->hashes, arena);
}

/* The part in hand. */
struct part {
    struct string_table topics, sections;
    struct buf passages;
    uint32_t first, count; /* passages; the first has number `first` */
};

static void begin_part(struct part *part, uint32_t first, struct arena *arena)
{
    *part = (struct part){.first = first};
    string_table_init(&part->topics, arena);
    string_table_init(&part->sections, arena);
    buf_init(&part->passages, arena);
}

/* Mentions are written as topic, start behind the last one's start, and length. */
static void put_mentions(const struct web *web, const struct outline *outline, uint32_t passage,
                         size_t *next, struct part *part)
{
    const struct mention *all = outline->mentions.items;
    size_t first = *next;
    uint32_t start = 0;
    while (*next < outline->mentions.count && all[*next].passage == passage)
        ++*next;
    bytes_put_number(&part->passages, (uint32_t)(*next - first));
    for (size_t i = first; i < *next; i++) {
        const struct outline *topic = &web->documents[web->topics[all[i].topic].document];
        bytes_put_number(&part->passages,
                         string_table_topic(&part->topics, topic->id, topic->meta.title));
        bytes_put_number(&part->passages, all[i].start - start);
        bytes_put_number(&part->passages, all[i].end - all[i].start);
        start = all[i].start;
    }
}

static void add_passage(const struct web *web, const struct outline *outline,
                        const struct passage *passage, size_t *next_mention, struct part *part)
{
    struct buf *out = &part->passages;
    uint32_t number = part->first + part->count++;
    struct str section = outline_section(outline, passage->section);
    bytes_put_number(out, passage->page);
    bytes_put_number(out, string_table_number(&part->sections, section));
    put_mentions(web, outline, number, next_mention, part);
    bytes_put_text(out, passage->text);
}

static struct str finish(const struct part *part, const struct outline *outline,
                         const struct indexed_document *about, struct arena *arena)
{
    struct date date = outline->meta.date;
    struct buf out;
    buf_init(&out, arena);
    buf_put_char(&out, LAYOUT_TEXT);
    bytes_put_text(&out, outline->id);
    bytes_put_text(&out, outline->meta.title);
    bytes_put_text(&out, about->type);
    bytes_put_text(&out, about->label);
    bytes_put_text(&out, outline->meta.issuer);
    bytes_put_number(&out, layout_date(date.year, date.month, date.day));
    string_table_put(&part->topics, &out);
    string_table_put(&part->sections, &out);
    bytes_put_number(&out, part->first);
    bytes_put_number(&out, part->count);
    buf_put(&out, buf_str(&part->passages));
    return buf_str(&out);
}

/* A hash that no other part of the group has. */
static uint32_t name_part(struct texts *texts, struct str bytes)
{
    uint32_t hash = (uint32_t)map_hash(bytes);
    for (;; hash++) {
        char key[4];
        for (int i = 0; i < 4; i++)
            key[i] = (char)(hash >> (8 * i) & 0xff);
        void **seen = map_at(&texts->hashes, str_copy(texts->arena, (struct str){key, 4}));
        if (*seen)
            continue;
        *seen = texts;
        return hash;
    }
}

static void publish_part(struct texts *texts, const struct part *part, struct str bytes,
                         struct arena *scratch, struct buf *parts)
{
    uint32_t hash = name_part(texts, bytes);
    bytes_put_number(parts, part->count);
    for (int i = 0; i < 4; i++)
        buf_put_char(parts, (char)(hash >> (8 * i) & 0xff));
    parts_publish(texts->sink, scratch, paths_text(texts->group, hash), bytes);
}

uint32_t texts_add(struct texts *texts, uint32_t document, const struct document *read,
                   const struct indexed_document *about, struct arena *scratch, struct buf *parts)
{
    const struct outline *outline = &texts->web->documents[document];
    struct part part;
    size_t next_mention = 0;
    uint32_t count = 0, number = 1;
    do {
        begin_part(&part, number, scratch);
        while (number <= read->passages.count && (!part.count || part.passages.len < PART_SIZE))
            add_passage(texts->web, outline, &read->passages.items[number++ - 1], &next_mention,
                        &part);
        publish_part(texts, &part, finish(&part, outline, about, scratch), scratch, parts);
        count++;
    } while (number <= read->passages.count);
    return count;
}
