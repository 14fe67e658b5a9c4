#include "link/quoting.h"

#include "base/arena.h"
#include "link/quotation.h"

/* A quotation by the document that holds it. */
struct quoted {
    uint32_t document;
    struct quotation quotation;
};

struct quoted_list {
    VEC(struct quoted) items;
};

struct quoting {
    const struct web *web;
    struct crew *crew;
    struct quotations *found;   /* by document */
    struct quoted_list *quoted; /* by source */
};

static bool has_text(const struct web *web, const struct link *link)
{
    return link->kind == LINK_CITATION && link->to.document != NO_DOCUMENT &&
           web->documents[link->to.document].text != NO_ENTRY;
}

static const struct document *load(const struct quoting *quoting, struct worker *worker,
                                   uint32_t index)
{
    const struct outline *outline = &quoting->web->documents[index];
    arena_clear(&worker->page);
    return outline->read ? outline->read
                         : crew_load(quoting->crew, worker, outline, &worker->page, NULL);
}

static void collect_one(void *context, unsigned number, size_t index)
{
    struct quoting *quoting = context;
    struct worker *worker = &quoting->crew->workers[number];
    const struct outline *outline = &quoting->web->documents[index];
    bool cites = false;
    for (uint32_t i = 0; i < outline->text_links && !cites; i++)
        cites = has_text(quoting->web, &outline->links.items[i]);
    if (cites)
        quotations_find(&worker->keep, load(quoting, worker, (uint32_t)index),
                        &quoting->found[index]);
}

/* With the source of the first citation behind it that has a text. */
static void assign(struct quoting *quoting, struct arena *arena)
{
    const struct web *web = quoting->web;
    for (uint32_t i = 0; i < web->document_count; i++)
        for (size_t j = 0; j < quoting->found[i].items.count; j++) {
            const struct quotation *quotation = &quoting->found[i].items.items[j];
            const struct link *link = &web->documents[i].links.items[quotation->citation - 1];
            if (quotation->citations == 1 && quotation->citation <= web->documents[i].text_links &&
                has_text(web, link))
                *vec_push(&quoting->quoted[link->to.document].items, arena) =
                    (struct quoted){i, *quotation};
        }
}

static bool in_part(const struct node *node, const struct node *part)
{
    while (node && node != part)
        node = node->parent;
    return node != NULL;
}

/* The passages of the text, not of what was written about it: from first to last. */
static void text_range(const struct document *document, uint32_t *from, uint32_t *to)
{
    uint32_t count = (uint32_t)document->passages.count;
    for (*from = 1; *from <= count; ++*from)
        if (in_part(document->passages.items[*from - 1].node, document->text))
            break;
    for (*to = *from; *to < count; ++*to)
        if (!in_part(document->passages.items[*to].node, document->text))
            break;
}

/* The last number of `pp. 3-5`; `page` where there is no later one. */
static long last_page(struct str locator, long page)
{
    long last;
    size_t start = locator.len;
    while (start && str_is_digit(locator.data[start - 1]))
        start--;
    return str_to_long(str_from_offset(locator, start), &last) && last > page ? last : page;
}

/* Narrows a range to the cited passage or page; other places are no bound on what is quoted. A
 * paragraph that runs over the end of a page is known by the page on which it begins. */
static void narrow(const struct document *document, const struct link *link, uint32_t *from,
                   uint32_t *to)
{
    struct str anchor = link->to.anchor;
    long number;
    uint32_t first = *from, last = *to;
    if (str_starts(anchor, STR("page.")) && str_to_long(str_from_offset(anchor, 5), &number)) {
        while (first < last && document->passages.items[first - 1].page < number)
            first++;
        while (last > first &&
               document->passages.items[last - 1].page > last_page(link->locator, number))
            last--;
        *from = first > *from ? first - 1 : first;
        *to = last;
    } else if (str_starts(anchor, STR("p")) && str_to_long(str_from_offset(anchor, 1), &number) &&
               number >= first && number <= last) {
        *from = *to = (uint32_t)number;
    }
}

static void report(const struct quoting *quoting, const struct quoted *quoted,
                   const struct link *link, const struct passage *passage,
                   const struct finding *finding, struct diags *diags)
{
    const struct web *web = quoting->web;
    struct place place = {web->documents[quoted->document].path, quoted->quotation.line, 0};
    struct str source = web->documents[link->to.document].path;
    struct str start = str_slice(quoted->quotation.text, 0, 60);
    unsigned page = passage ? passage->page : 0, number = finding->passage;
    if (finding->verdict == QUOTATION_ELSEWHERE)
        diag_add(diags, DIAG_ERROR, "quotation-elsewhere", place,
                 "the quotation '%.*s' is not at '%.*s' of '%.*s' but in ¶%u (p. %u)",
                 STR_ARGS(start), STR_ARGS(link->locator), STR_ARGS(source), number, page);
    else if (finding->verdict == QUOTATION_DIFFERS)
        diag_add(diags, DIAG_ERROR, "quotation-differs", place,
                 "the quotation '%.*s' is not what '%.*s' says: nearest is ¶%u (p. %u), which has "
                 "'%.*s' where the quotation has '%.*s'",
                 STR_ARGS(start), STR_ARGS(source), number, page, STR_ARGS(finding->said),
                 STR_ARGS(finding->quoted));
    else if (finding->verdict == QUOTATION_MISSING)
        diag_add(diags, DIAG_ERROR, "quotation-missing", place,
                 "the quotation '%.*s' is not in '%.*s', nor anything like it", STR_ARGS(start),
                 STR_ARGS(source));
}

static void verify_one(void *context, unsigned number, size_t index)
{
    struct quoting *quoting = context;
    struct worker *worker = &quoting->crew->workers[number];
    struct quoted_source source;
    struct arena scratch;
    const struct quoted_list *list = &quoting->quoted[index];
    if (!list->items.count)
        return;
    const struct document *document = load(quoting, worker, (uint32_t)index);
    quoted_source_init(&source, &worker->page, document);
    arena_init(&scratch);
    for (size_t i = 0; i < list->items.count; i++) {
        const struct quoted *quoted = &list->items.items[i];
        const struct link *link =
            &quoting->web->documents[quoted->document].links.items[quoted->quotation.citation - 1];
        uint32_t from, to;
        arena_clear(&scratch);
        text_range(document, &from, &to);
        narrow(document, link, &from, &to);
        struct finding found =
            quotation_verify(&source, &scratch, quoted->quotation.text, from, to);
        report(quoting, quoted, link,
               found.passage ? &document->passages.items[found.passage - 1] : NULL, &found,
               &worker->diags);
    }
    arena_release(&scratch);
}

void quoting_check(const struct web *web, struct crew *crew, struct arena *arena)
{
    struct quoting quoting = {.web = web, .crew = crew};
    quoting.found = arena_new_array(arena, web->document_count, struct quotations);
    quoting.quoted = arena_new_array(arena, web->document_count, struct quoted_list);
    pool_run(crew->count, web->document_count, collect_one, &quoting);
    assign(&quoting, arena);
    pool_run(crew->count, web->document_count, verify_one, &quoting);
}
