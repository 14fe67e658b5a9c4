#include "link/outline.h"

#include "base/arena.h"
#include "base/utf8.h"

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

struct str outline_section(const struct outline *outline, uint32_t section)
{
    if (!section || section > outline->headings.count)
        return STR("");
    return outline->headings.items[section - 1].text;
}

static void copy(struct str *text, struct arena *keep)
{
    *text = str_copy(keep, *text);
}

static void copy_list(struct meta_list *list, struct arena *keep)
{
    struct meta_list copied = {0};
    for (size_t i = 0; i < list->texts.count; i++) {
        struct meta_text *text = vec_push(&copied.texts, keep);
        *text = list->texts.items[i];
        copy(&text->text, keep);
    }
    *list = copied;
}

static void copy_relations(struct meta *meta, struct arena *keep)
{
    struct meta copied = {0};
    for (size_t i = 0; i < meta->relations.count; i++) {
        struct relation *relation = vec_push(&copied.relations, keep);
        *relation = meta->relations.items[i];
        copy(&relation->type, keep);
        copy(&relation->target.text, keep);
    }
    meta->relations.items = copied.relations.items;
    meta->relations.capacity = copied.relations.capacity;
}

static void copy_meta(struct meta *meta, struct arena *keep)
{
    struct str *const texts[] = {&meta->type,      &meta->title,  &meta->description,
                                 &meta->label,     &meta->kind,   &meta->abbreviation,
                                 &meta->issuer,    &meta->author, &meta->addressee,
                                 &meta->reference, &meta->url,    &meta->language,
                                 &meta->licence};
    struct meta_list *const lists[] = {&meta->authors,   &meta->aliases, &meta->tags,
                                       &meta->sources,   &meta->same_as, &meta->never,
                                       &meta->only_with, &meta->links};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        copy(texts[i], keep);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        copy_list(lists[i], keep);
    copy_relations(meta, keep);
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

/* Passages that others show: those that name a topic or hold a link or a fact. */
static void keep_passages(struct outline *outline, const struct document *document,
                          struct arena *keep)
{
    size_t mention = 0, link = 0, fact = 0;
    for (uint32_t number = 1; number <= document->passages.count; number++) {
        const struct passage *passage = &document->passages.items[number - 1];
        bool wanted = false;
        for (; mention < outline->mentions.count &&
               outline->mentions.items[mention].passage <= number;
             mention++)
            wanted = true;
        for (; link < outline->links.count && outline->links.items[link].passage <= number; link++)
            wanted |= outline->links.items[link].passage == number;
        for (; fact < outline->fact_count && outline->facts[fact].passage <= number; fact++)
            wanted = true;
        if (!wanted)
            continue;
        *vec_push(&outline->passages, keep) = (struct kept_passage){
            .number = number,
            .page = passage->page,
            .section = passage->section,
            .kind = passage->kind,
            .text = str_copy(keep, passage->text),
        };
    }
}

void outline_fill(struct outline *outline, const struct document *document, struct arena *keep)
{
    outline->meta = document->meta;
    copy_meta(&outline->meta, keep);
    outline->sort_key = utf8_sort_key(keep, outline->meta.title);
    outline->description = describe(document, keep);
    outline->passage_count = (uint32_t)document->passages.count;
    for (size_t i = 0; i < document->headings.count; i++) {
        struct heading *heading = vec_push(&outline->headings, keep);
        *heading = document->headings.items[i];
        copy(&heading->text, keep);
        copy(&heading->slug, keep);
        copy(&heading->source, keep);
    }
    for (size_t i = 0; i < document->pages.count; i++)
        *vec_push(&outline->pages, keep) = document->pages.items[i];
    for (size_t i = 0; i < document->block_ids.count; i++) {
        struct block_id *block = vec_push(&outline->block_ids, keep);
        *block = document->block_ids.items[i];
        block->node = NULL;
        copy(&block->id, keep);
    }
    keep_passages(outline, document, keep);
}
