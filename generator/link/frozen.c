/* Each field is named once: a carrier writes it or reads it, depending on which way it goes. */
#include "link/frozen.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "link/matcher.h"
#include "link/names.h"

#include <string.h>

struct carrier {
    struct buf *out; /* NULL: it reads */
    struct bytes in;
    struct arena *arena;
    const struct renumbering *renumbering; /* where it reads */
};

static void number(struct carrier *carrier, uint32_t *value)
{
    if (carrier->out)
        bytes_put_number(carrier->out, *value);
    else
        *value = bytes_number(&carrier->in);
}

/* A number below `bound`. */
static uint32_t bounded(struct carrier *carrier, uint32_t value, uint32_t bound)
{
    number(carrier, &value);
    if (value < bound)
        return value;
    carrier->in.failed = true;
    return 0;
}

static void flag(struct carrier *carrier, bool *value)
{
    *value = bounded(carrier, *value, 2);
}

static void whole(struct carrier *carrier, int64_t *value)
{
    if (carrier->out)
        bytes_put_long(carrier->out, (uint64_t)*value);
    else
        *value = (int64_t)bytes_long(&carrier->in);
}

static void text(struct carrier *carrier, struct str *value)
{
    if (carrier->out)
        bytes_put_text(carrier->out, *value);
    else
        *value = bytes_text(&carrier->in);
}

/* Makes room for the items of an array of which there are `count`. */
static void *room(struct carrier *carrier, const void *items, size_t *count, size_t size)
{
    if (carrier->out) {
        bytes_put_number(carrier->out, (uint32_t)*count);
        return (void *)items;
    }
    *count = bytes_count(&carrier->in, 1);
    return arena_array(carrier->arena, *count, size);
}

#define CARRY_ALL(carrier, vec, carry)                                                             \
    do {                                                                                           \
        (vec)->items = room((carrier), (vec)->items, &(vec)->count, sizeof *(vec)->items);         \
        (vec)->capacity = (vec)->count;                                                            \
        for (size_t n = 0; n < (vec)->count; n++)                                                  \
            carry((carrier), &(vec)->items[n]);                                                    \
    } while (0)

static void topic(struct carrier *carrier, uint32_t *value)
{
    const struct renumbering *renumbering = carrier->renumbering;
    uint32_t stored = *value + 1; /* NO_TOPIC is 0 */
    number(carrier, &stored);
    if (carrier->out)
        return;
    *value = NO_TOPIC;
    if (!stored || renumbering->any)
        return;
    if (stored <= renumbering->count)
        *value = renumbering->topics ? renumbering->topics[stored - 1] : stored - 1;
    if (*value == NO_TOPIC)
        carrier->in.failed = true;
}

/* Front matter. */

static void meta_text(struct carrier *carrier, struct meta_text *value)
{
    text(carrier, &value->text);
    number(carrier, &value->line);
    number(carrier, &value->column);
}

static void relation(struct carrier *carrier, struct relation *value)
{
    text(carrier, &value->type);
    meta_text(carrier, &value->target);
}

static void date(struct carrier *carrier, struct date *value)
{
    value->year = (uint16_t)bounded(carrier, value->year, UINT16_MAX + 1);
    value->month = (uint8_t)bounded(carrier, value->month, UINT8_MAX + 1);
    value->day = (uint8_t)bounded(carrier, value->day, UINT8_MAX + 1);
}

static void meta_more(struct carrier *carrier, struct meta_more *value)
{
    struct meta_more_fields fields = meta_more_fields(value);
    for (size_t i = 0; i < sizeof fields.texts / sizeof *fields.texts; i++)
        text(carrier, fields.texts[i]);
    for (size_t i = 0; i < sizeof fields.lists / sizeof *fields.lists; i++)
        CARRY_ALL(carrier, &fields.lists[i]->texts, meta_text);
    CARRY_ALL(carrier, &value->relations, relation);
    meta_text(carrier, &value->translation_of);
    flag(carrier, &value->compounds);
}

static void meta(struct carrier *carrier, struct meta *value)
{
    struct str *const texts[] = {&value->title, &value->description, &value->kind, &value->language,
                                 &value->lang};
    bool has_more = value->more != &meta_nothing;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        text(carrier, texts[i]);
    CARRY_ALL(carrier, &value->aliases.texts, meta_text);
    CARRY_ALL(carrier, &value->tags.texts, meta_text);
    date(carrier, &value->date);
    flag(carrier, &has_more);
    if (!carrier->out)
        value->more = &meta_nothing;
    if (!has_more)
        return;
    struct meta_more more = *value->more;
    meta_more(carrier, &more);
    if (!carrier->out) {
        struct meta_more *kept = arena_new(carrier->arena, struct meta_more);
        *kept = more;
        value->more = kept;
    }
}

/* What is in the text. */

static void heading(struct carrier *carrier, struct heading *value)
{
    text(carrier, &value->text);
    text(carrier, &value->slug);
    text(carrier, &value->source);
    number(carrier, &value->level);
    number(carrier, &value->parent);
    number(carrier, &value->passage);
    number(carrier, &value->page);
    number(carrier, &value->line);
}

static void page_start(struct carrier *carrier, struct page_start *value)
{
    number(carrier, &value->page);
    number(carrier, &value->last);
    number(carrier, &value->passage);
}

static void block_id(struct carrier *carrier, struct block_id *value)
{
    text(carrier, &value->id);
    number(carrier, &value->passage);
    value->node = NULL;
}

static void tag_use(struct carrier *carrier, struct tag_use *value)
{
    text(carrier, &value->name);
    number(carrier, &value->passage);
}

static void kept_passage(struct carrier *carrier, struct kept_passage *value)
{
    number(carrier, &value->number);
    number(carrier, &value->page);
    number(carrier, &value->section);
    value->kind = bounded(carrier, value->kind, PASSAGE_FOOTNOTE + 1);
    number(carrier, &value->len);
}

/* Of a topic, as that of a definition need not be. */
static void mention(struct carrier *carrier, struct mention *value)
{
    topic(carrier, &value->topic);
    if (!carrier->out && !carrier->renumbering->any && value->topic == NO_TOPIC)
        carrier->in.failed = true;
    number(carrier, &value->passage);
    number(carrier, &value->start);
    number(carrier, &value->end);
}

static void fact(struct carrier *carrier, struct fact *value)
{
    whole(carrier, &value->from);
    whole(carrier, &value->until);
    number(carrier, &value->passage);
    number(carrier, &value->start);
    value->len = (uint16_t)bounded(carrier, value->len, UINT16_MAX + 1);
    value->unit = (uint16_t)bounded(carrier, value->unit, UINT16_MAX + 1);
    value->kind = (uint8_t)bounded(carrier, value->kind, FACT_KINDS);
    value->currency = (uint8_t)bounded(carrier, value->currency, CURRENCY_GBP + 1);
}

static void definition(struct carrier *carrier, struct definition *value)
{
    number(carrier, &value->passage);
    number(carrier, &value->start);
    number(carrier, &value->end);
    number(carrier, &value->from);
    number(carrier, &value->until);
    number(carrier, &value->holds_from);
    topic(carrier, &value->topic);
    flag(carrier, &value->sure);
    flag(carrier, &value->noun);
    text(carrier, &value->name);
    text(carrier, &value->meaning);
}

static void link(struct carrier *carrier, struct link *value)
{
    value->kind = bounded(carrier, value->kind, LINK_RELATION + 1);
    number(carrier, &value->passage);
    number(carrier, &value->line);
    number(carrier, &value->column);
    text(carrier, &value->target);
    text(carrier, &value->locator);
    number(carrier, &value->start);
    number(carrier, &value->end);
    if (!carrier->out)
        value->to = (struct destination){NO_DOCUMENT, NO_ENTRY, {"", 0}};
}

static void facts(struct carrier *carrier, struct outline *value)
{
    size_t count = value->fact_count;
    struct fact *items = room(carrier, value->facts, &count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        fact(carrier, &items[i]);
    value->facts = items;
    value->fact_count = (uint32_t)count;
    text(carrier, &value->units);
}

static void definitions(struct carrier *carrier, struct outline *value)
{
    size_t count = value->definition_count;
    struct definition *items = room(carrier, value->definitions, &count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        definition(carrier, &items[i]);
    value->definitions = items;
    value->definition_count = (uint32_t)count;
}

static void outline(struct carrier *carrier, struct outline *value)
{
    value->kind = bounded(carrier, value->kind, DOCUMENT_KINDS);
    meta(carrier, &value->meta);
    text(carrier, &value->sort_key);
    text(carrier, &value->description);
    CARRY_ALL(carrier, &value->headings, heading);
    number(carrier, &value->passage_count);
    CARRY_ALL(carrier, &value->pages, page_start);
    CARRY_ALL(carrier, &value->block_ids, block_id);
    CARRY_ALL(carrier, &value->tags, tag_use);
    CARRY_ALL(carrier, &value->passages, kept_passage);
    CARRY_ALL(carrier, &value->mentions, mention);
    facts(carrier, value);
    definitions(carrier, value);
    CARRY_ALL(carrier, &value->links, link);
    number(carrier, &value->text_links);
}

/* A code ends in NUL, as it does in the program. */
static void diagnostic(struct carrier *carrier, struct diag *value)
{
    struct str code = {value->code, value->code ? strlen(value->code) + 1 : 0};
    text(carrier, &value->place.path);
    number(carrier, &value->place.line);
    number(carrier, &value->place.column);
    value->severity = bounded(carrier, value->severity, DIAG_ERROR + 1);
    text(carrier, &code);
    text(carrier, &value->message);
    text(carrier, &value->fix.from);
    text(carrier, &value->fix.to);
    if (!code.len || code.data[code.len - 1])
        carrier->in.failed = true;
    value->code = code.data;
}

void frozen_put(struct buf *out, const struct outline *written, const struct diag *diags,
                size_t count)
{
    struct carrier carrier = {.out = out};
    struct outline copy = *written;
    outline(&carrier, &copy);
    bytes_put_number(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        struct diag diag = diags[i];
        diagnostic(&carrier, &diag);
    }
}

/* What the rest of the program takes for granted of an outline. */

static bool is_span(const struct outline *outline, uint32_t passage, uint32_t start, uint32_t end)
{
    const struct kept_passage *kept = outline_passage(outline, passage);
    return passage && passage <= outline->passage_count && start <= end &&
           (!kept || end <= kept->len);
}

static bool has_sound_headings(const struct outline *outline)
{
    for (size_t i = 0; i < outline->headings.count; i++) {
        const struct heading *heading = &outline->headings.items[i];
        if (heading->parent > i || heading->passage > outline->passage_count || !heading->slug.len)
            return false;
    }
    return true;
}

static bool has_sound_passages(const struct outline *outline)
{
    uint32_t last = 0;
    for (size_t i = 0; i < outline->passages.count; i++) {
        const struct kept_passage *passage = &outline->passages.items[i];
        if (passage->number <= last || passage->number > outline->passage_count ||
            passage->section > outline->headings.count)
            return false;
        last = passage->number;
    }
    return true;
}

static bool has_sound_mentions(const struct outline *outline)
{
    uint32_t last = 0;
    for (size_t i = 0; i < outline->mentions.count; i++) {
        const struct mention *mention = &outline->mentions.items[i];
        if (mention->passage < last ||
            !is_span(outline, mention->passage, mention->start, mention->end))
            return false;
        last = mention->passage;
    }
    return true;
}

static bool has_sound_facts(const struct outline *outline)
{
    uint32_t last = 0;
    size_t units = 0;
    for (uint32_t i = 0; i < outline->fact_count; i++) {
        const struct fact *fact = &outline->facts[i];
        if (fact->passage < last || fact->unit > fact->len ||
            !is_span(outline, fact->passage, fact->start, fact->start + fact->len))
            return false;
        last = fact->passage;
        units += fact->kind == FACT_COUNT ? (size_t)(fact->len - fact->unit) : 0;
    }
    return units == outline->units.len;
}

static bool has_sound_definitions(const struct outline *outline)
{
    for (uint32_t i = 0; i < outline->definition_count; i++) {
        const struct definition *definition = &outline->definitions[i];
        if (!is_span(outline, definition->passage, definition->start, definition->end) ||
            !is_span(outline, definition->passage, definition->from, definition->until))
            return false;
    }
    return true;
}

static bool has_sound_links(const struct outline *outline)
{
    for (size_t i = 0; i < outline->links.count; i++) {
        const struct link *link = &outline->links.items[i];
        if (link->passage && !is_span(outline, link->passage, link->start, link->end))
            return false;
    }
    return outline->text_links <= outline->links.count;
}

static bool is_sound(const struct outline *outline)
{
    return outline->meta.title.len && has_sound_headings(outline) && has_sound_passages(outline) &&
           has_sound_mentions(outline) && has_sound_facts(outline) &&
           has_sound_definitions(outline) && has_sound_links(outline);
}

static void take_diags(struct diags *diags, struct diag *items, size_t count, struct arena *arena)
{
    struct diags taken = {.items = items, .count = count, .capacity = count, .arena = arena};
    diags_take(diags, &taken);
}

void frozen_put_texts(struct buf *out, const struct outline *outline,
                      const struct document *document)
{
    for (size_t i = 0; i < outline->passages.count; i++)
        buf_put(out, document->passages.items[outline->passages.items[i].number - 1].text);
}

/* Texts stand one behind the other. Returns how many bytes they take. */
static uint64_t place_texts(struct outline *outline)
{
    uint64_t end = 0;
    for (size_t i = 0; i < outline->passages.count; i++) {
        outline->passages.items[i].start = (uint32_t)end;
        end += outline->passages.items[i].len;
    }
    return end;
}

bool frozen_get(struct str bytes, size_t texts, const struct renumbering *renumbering,
                struct arena *arena, struct outline *read, struct diags *diags)
{
    struct carrier carrier = {.arena = arena, .renumbering = renumbering};
    bytes_begin(&carrier.in, bytes);
    outline(&carrier, read);
    size_t count = bytes_count(&carrier.in, 1);
    struct diag *items = arena_new_array(arena, count, struct diag);
    for (size_t i = 0; i < count; i++)
        diagnostic(&carrier, &items[i]);
    if (carrier.in.failed || !bytes_at_end(&carrier.in) || !is_sound(read) ||
        place_texts(read) != texts || texts > UINT32_MAX)
        return false;
    if (diags)
        take_diags(diags, items, count, arena);
    return true;
}
