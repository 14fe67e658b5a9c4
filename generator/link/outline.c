#include "link/outline.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/spill.h"
#include "base/utf8.h"

#include <string.h>

enum {
    DESCRIPTION_MIN = 40, /* bytes; a shorter paragraph says little */
    DESCRIPTION_MAX = 200
}; /* bytes: what a search engine or a list shows */

const struct kept_passage *outline_passage(const struct outline *outline, uint32_t number)
{
    size_t low = 0, high = outline->passages.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (outline->passages.items[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == outline->passages.count || outline->passages.items[low].number != number)
        return NULL;
    return &outline->passages.items[low];
}

struct str outline_text(const struct outline *outline, const struct kept_passage *passage,
                        struct arena *arena)
{
    if (outline->texts)
        return (struct str){outline->texts + passage->start, passage->len};
    return spill_get(outline->spill, outline->spilled + passage->start, passage->len, arena);
}

size_t outline_first_mention(const struct outline *outline, uint32_t passage)
{
    size_t low = 0, high = outline->mentions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (outline->mentions.items[middle].passage < passage)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct str outline_next_unit(struct str *units, const struct fact *fact)
{
    size_t len = fact->kind == FACT_COUNT ? (size_t)fact->len - fact->unit : 0;
    struct str unit = str_slice(*units, 0, len);
    *units = str_from_offset(*units, unit.len);
    return unit;
}

struct str outline_language(const struct outline *outline)
{
    const struct meta *meta = &outline->meta;
    return outline->kind == DOCUMENT_SOURCE || meta->lang.len ? meta->lang : meta->language;
}

struct str outline_text_language(const struct outline *outline)
{
    return outline->text != NO_ENTRY ? outline->meta.language : outline_language(outline);
}

struct str outline_section(const struct outline *outline, uint32_t section)
{
    if (!section || section > outline->headings.count)
        return STR("");
    return outline->headings.items[section - 1].text;
}

static void *move(const void *items, size_t count, size_t size, struct arena *keep)
{
    void *moved = arena_array(keep, count, size);
    return count ? memcpy(moved, items, count * size) : moved;
}

/* An array that was made elsewhere, with room for no more than it has. */
#define KEEP(vec, keep)                                                                            \
    ((vec)->items = move((vec)->items, (vec)->count, sizeof *(vec)->items, (keep)),                \
     (vec)->capacity = (vec)->count)

static void copy(struct str *text, struct arena *keep)
{
    *text = str_copy(keep, *text);
}

static void copy_list(struct meta_list *list, struct arena *keep)
{
    KEEP(&list->texts, keep);
    for (size_t i = 0; i < list->texts.count; i++)
        copy(&list->texts.items[i].text, keep);
}

static void copy_relations(struct meta_more *more, struct arena *keep)
{
    KEEP(&more->relations, keep);
    for (size_t i = 0; i < more->relations.count; i++) {
        copy(&more->relations.items[i].type, keep);
        copy(&more->relations.items[i].target.text, keep);
    }
}

/* The one for all that have nothing, where there is nothing. */
static const struct meta_more *copy_more(const struct meta_more *from, struct arena *keep)
{
    if (!memcmp(from, &meta_nothing, sizeof *from))
        return &meta_nothing;
    struct meta_more *more = arena_new(keep, struct meta_more);
    *more = *from;
    struct meta_more_fields fields = meta_more_fields(more);
    for (size_t i = 0; i < sizeof fields.texts / sizeof *fields.texts; i++)
        copy(fields.texts[i], keep);
    for (size_t i = 0; i < sizeof fields.lists / sizeof *fields.lists; i++)
        copy_list(fields.lists[i], keep);
    copy_relations(more, keep);
    copy(&more->translation_of.text, keep);
    return more;
}

static void copy_meta(struct meta *meta, struct arena *keep)
{
    struct str *const texts[] = {&meta->title, &meta->description, &meta->kind, &meta->language,
                                 &meta->lang};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        copy(texts[i], keep);
    copy_list(&meta->aliases, keep);
    copy_list(&meta->tags, keep);
    meta->more = copy_more(meta->more, keep);
}

/* The first paragraph from passage `first` on that has at least `least` bytes. */
static struct str first_paragraph(const struct document *document, size_t first, size_t least)
{
    for (size_t i = first; i < document->passages.count; i++) {
        const struct passage *passage = &document->passages.items[i];
        if (passage->kind == PASSAGE_PARAGRAPH && passage->text.len >= least)
            return passage->text;
    }
    return STR("");
}

/* The index of the first passage of what was written about a text, which stands behind it. */
static size_t first_of_body(const struct document *document)
{
    const struct node *node = document->text ? document->body : NULL;
    while (node && !node->passage)
        node = node_walk(document->body, node);
    return node ? node->passage - 1 : 0;
}

/* The start of the first paragraph, cut between words: of a summary before that of its text, and
 * no salutation or address where there is a longer one. */
static struct str describe(const struct document *document, struct arena *keep)
{
    struct str text = first_paragraph(document, first_of_body(document), DESCRIPTION_MIN);
    if (!text.len)
        text = first_paragraph(document, 0, 1);
    if (text.len <= DESCRIPTION_MAX)
        return str_copy(keep, text);
    ptrdiff_t space = str_find_last(str_slice(text, 0, DESCRIPTION_MAX), ' ');
    if (space <= 0)
        return STR("");
    return str_format(keep, "%.*s …", STR_ARGS(str_slice(text, 0, (size_t)space)));
}

static struct str make_sort_key(struct str title, struct arena *keep)
{
    struct arena scratch;
    arena_init(&scratch);
    struct str key = str_copy(keep, utf8_sort_key(&scratch, title));
    arena_release(&scratch);
    return key;
}

/* Whether something stands in each of the passages by number: a mention, a link, a fact. */
static bool *find_wanted(const struct outline *outline, uint32_t count, struct arena *scratch)
{
    bool *wanted = arena_new_array(scratch, count + 1, bool);
    for (size_t i = 0; i < outline->mentions.count; i++)
        wanted[outline->mentions.items[i].passage] = true;
    for (size_t i = 0; i < outline->links.count; i++)
        wanted[outline->links.items[i].passage] = true;
    for (uint32_t i = 0; i < outline->fact_count; i++)
        wanted[outline->facts[i].passage] = true;
    return wanted;
}

void outline_set_texts(struct outline *outline, struct str texts, struct arena *keep,
                       struct spill *spill)
{
    uint64_t place = 0;
    if (spill && spill_put(spill, texts, &place))
        outline_set_spilled(outline, spill, place);
    else
        outline->texts = str_copy(keep, texts).data;
}

void outline_set_spilled(struct outline *outline, const struct spill *spill, uint64_t place)
{
    outline->texts = NULL;
    outline->spill = spill;
    outline->spilled = place;
}

/* Their texts one behind the other: borrowed from the document, in which they stand so, or put
 * where they stay. */
static void keep_texts(struct outline *outline, const struct document *document, struct arena *keep,
                       struct spill *spill, struct arena *scratch)
{
    struct buf texts;
    const char *all = document->passages.items[0].text.data;
    buf_init(&texts, scratch);
    for (size_t i = 0; i < outline->passages.count; i++) {
        struct kept_passage *kept = &outline->passages.items[i];
        struct str text = document->passages.items[kept->number - 1].text;
        kept->len = (uint32_t)text.len;
        kept->start = spill ? (uint32_t)texts.len : (uint32_t)(text.len ? text.data - all : 0);
        if (spill)
            buf_put(&texts, text);
    }
    if (spill)
        outline_set_texts(outline, buf_str(&texts), keep, spill);
    else
        outline->texts = all;
}

void outline_keep_passages(struct outline *outline, const struct document *document,
                           struct arena *keep, struct spill *spill, struct arena *scratch)
{
    uint32_t count = (uint32_t)document->passages.count, kept = 0;
    const bool *wanted = find_wanted(outline, count, scratch);
    for (uint32_t number = 1; number <= count; number++)
        kept += wanted[number];
    if (!kept)
        return;
    outline->passages.items = arena_new_array(keep, kept, struct kept_passage);
    outline->passages.capacity = kept;
    for (uint32_t number = 1; number <= count; number++) {
        const struct passage *passage = &document->passages.items[number - 1];
        if (wanted[number])
            outline->passages.items[outline->passages.count++] =
                (struct kept_passage){.number = number,
                                      .page = passage->page,
                                      .section = passage->section,
                                      .kind = passage->kind};
    }
    keep_texts(outline, document, keep, spill, scratch);
}

void outline_keep_lists(struct outline *outline, struct arena *keep)
{
    KEEP(&outline->mentions, keep);
    KEEP(&outline->links, keep);
    KEEP(&outline->tags, keep);
}

void outline_fill(struct outline *outline, const struct document *document, struct arena *keep)
{
    outline->meta = document->meta;
    copy_meta(&outline->meta, keep);
    outline->sort_key = make_sort_key(outline->meta.title, keep);
    outline->description = describe(document, keep);
    outline->passage_count = (uint32_t)document->passages.count;
    outline->headings.items = document->headings.items;
    outline->headings.count = document->headings.count;
    KEEP(&outline->headings, keep);
    for (size_t i = 0; i < outline->headings.count; i++) {
        struct heading *heading = &outline->headings.items[i];
        copy(&heading->text, keep);
        copy(&heading->slug, keep);
        copy(&heading->source, keep);
    }
    outline->pages.items = document->pages.items;
    outline->pages.count = document->pages.count;
    KEEP(&outline->pages, keep);
    outline->block_ids.items = document->block_ids.items;
    outline->block_ids.count = document->block_ids.count;
    KEEP(&outline->block_ids, keep);
    for (size_t i = 0; i < outline->block_ids.count; i++) {
        struct block_id *block = &outline->block_ids.items[i];
        block->node = NULL;
        copy(&block->id, keep);
    }
}

/* Behind the links of the text come those of the front matter: sources, relations, others. */
struct str outline_relation_type(const struct outline *outline, size_t link)
{
    const struct meta *meta = &outline->meta;
    size_t behind = meta->more->relations.count + meta->more->links.texts.count;
    return meta->more->relations.items[link + behind - outline->links.count].type;
}
