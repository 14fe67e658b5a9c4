#include "link/quoting.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "link/locator.h"
#include "link/quotation.h"
#include "link/whereabouts.h"

enum {
    STRETCHES_MAX = 32, /* that one bracket cites of a source */
    START_SHOWN = 60    /* bytes of a quotation in a message */
};

/* A quotation by the document that holds it, and what became of it. */
struct quoted {
    uint32_t document;
    struct quotation quotation;
    const struct link *link; /* the citation of the finding */
    struct finding finding;
    uint32_t page; /* of the finding; 0: not known */
    bool untold;   /* a source without a text is cited as well */
};

struct quoted_list {
    VEC(struct quoted *) items;
};

struct quoting {
    const struct web *web;
    struct crew *crew;
    struct quotations *found;    /* by document */
    struct quoted_list *quoted;  /* by source */
    struct quoted_list *reports; /* by document */
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

/* Links of a quotation's citations: those that were not cut off by the limit of links. */
static const struct link *citations(const struct web *web, const struct quoted *quoted,
                                    uint32_t *count)
{
    const struct outline *outline = &web->documents[quoted->document];
    uint32_t first = quoted->quotation.citation - 1;
    *count = first < outline->text_links ? outline->text_links - first : 0;
    if (*count > quoted->quotation.citations)
        *count = quoted->quotation.citations;
    return outline->links.items + first;
}

/* With each source that the bracket cites, once. */
static void assign(struct quoting *quoting, struct arena *arena, struct quoted *quoted)
{
    uint32_t count;
    const struct link *links = citations(quoting->web, quoted, &count);
    quoted->finding.verdict = QUOTATION_UNKNOWN;
    for (uint32_t i = 0; i < count; i++) {
        bool before = !has_text(quoting->web, &links[i]);
        quoted->untold |= before;
        for (uint32_t j = 0; j < i && j < STRETCHES_MAX && !before; j++)
            before = links[j].to.document == links[i].to.document;
        if (before || i >= STRETCHES_MAX)
            continue;
        struct quoted *own = arena_new(arena, struct quoted);
        *own = *quoted;
        own->link = &links[i];
        *vec_push(&quoting->quoted[links[i].to.document].items, arena) = own;
        *vec_push(&quoting->reports[quoted->document].items, arena) = own;
    }
}

static void assign_all(struct quoting *quoting, struct arena *arena)
{
    for (uint32_t i = 0; i < quoting->web->document_count; i++)
        for (size_t j = 0; j < quoting->found[i].items.count; j++) {
            struct quoted quoted = {.document = i, .quotation = quoting->found[i].items.items[j]};
            assign(quoting, arena, &quoted);
        }
}

/* Whether a page begins inside a passage: then it stands on that page as well. */
static bool runs_over(const struct passage *passage)
{
    for (const struct node *node = passage->node; node; node = node_walk(passage->node, node))
        if (node->kind == NODE_PAGE && node != passage->node)
            return true;
    return false;
}

/* The passages of the text on pages from `span->first` to `span->last`. */
static bool find_pages(const struct wording *wording, struct locator_span span,
                       struct stretch *stretch)
{
    const struct passage *passages = wording->document->passages.items;
    uint32_t first = wording->first, last = wording->last;
    while (first <= last && passages[first - 1].page < span.first)
        first++;
    while (last >= first && passages[last - 1].page > span.last)
        last--;
    if (first > wording->first && runs_over(&passages[first - 2]))
        first--;
    *stretch = (struct stretch){first, last};
    return first <= last;
}

/* The passages below the heading of the text that has the name of what is cited. A heading of the
 * record stands for the pages that it tells. */
static bool find_section(const struct wording *wording, struct arena *scratch, struct str anchor,
                         struct stretch *stretch)
{
    const struct document *document = wording->document;
    const struct heading *headings = document->headings.items, *cited = NULL;
    for (size_t i = 0; i < document->headings.count && !cited; i++)
        cited = str_equal(headings[i].slug, anchor) ? &headings[i] : NULL;
    if (!cited)
        return false;
    struct str slug = document_slug(scratch, cited->text, STR(""));
    const struct heading *end = headings + document->headings.count, *own = headings;
    while (own < end &&
           (own->passage < wording->first || own->passage > wording->last ||
            (own != cited && !str_equal(document_slug(scratch, own->text, STR("")), slug))))
        own++;
    if (own == end) {
        uint32_t last = cited->page;
        for (size_t i = 0; i < document->pages.count; i++)
            if (document->pages.items[i].passage == cited->passage)
                last = document->pages.items[i].last;
        return cited->page &&
               find_pages(wording, (struct locator_span){cited->page, last}, stretch);
    }
    const struct heading *next = own + 1;
    while (next < end && next->level > own->level)
        next++;
    *stretch = (struct stretch){own->passage, wording->last};
    if (next < end && next->passage > own->passage && next->passage <= wording->last)
        stretch->last = next->passage - 1;
    return true;
}

static bool find_passages(const struct wording *wording, struct locator_span span,
                          struct stretch *stretch)
{
    *stretch = (struct stretch){span.first > wording->first ? span.first : wording->first,
                                span.last < wording->last ? span.last : wording->last};
    return stretch->first <= stretch->last;
}

static bool find_span(const struct wording *wording, enum locator_kind kind,
                      struct locator_span span, struct stretch *stretch)
{
    return kind == LOCATOR_PAGES ? find_pages(wording, span, stretch)
                                 : find_passages(wording, span, stretch);
}

/* The places that a citation names, as far as the text has them. */
static unsigned find_cited(const struct wording *wording, struct arena *scratch,
                           const struct link *link, struct stretch *cited)
{
    struct locator locator = locator_read(link->locator);
    unsigned count = 0;
    for (unsigned i = 0; i < locator.count; i++)
        count += find_span(wording, locator.kind, locator.spans[i], &cited[count]);
    if (!locator.count && link->to.anchor.len)
        count += find_section(wording, scratch, link->to.anchor, cited);
    if (!count)
        cited[count++] = (struct stretch){wording->first, wording->last};
    return count;
}

static void verify(struct quoting *quoting, struct wording *wording, struct arena *scratch,
                   uint32_t source, struct quoted *quoted)
{
    struct stretch cited[STRETCHES_MAX + LOCATOR_SPANS_MAX];
    uint32_t links;
    unsigned count = 0;
    const struct link *link = citations(quoting->web, quoted, &links);
    for (uint32_t i = 0; i < links && count < STRETCHES_MAX; i++)
        if (link[i].to.document == source)
            count += find_cited(wording, scratch, &link[i], cited + count);
    struct str text = quoted->quotation.text;
    quoted->finding = quotation_verify(wording, scratch, text, cited, count);
    uint32_t passage = quoted->finding.passage;
    quoted->page = passage ? wording->document->passages.items[passage - 1].page : 0;
}

static void keep_texts(struct finding *finding, struct arena *keep)
{
    finding->quoted = str_copy(keep, finding->quoted);
    finding->said = str_copy(keep, finding->said);
}

static void verify_one(void *context, unsigned number, size_t index)
{
    struct quoting *quoting = context;
    struct worker *worker = &quoting->crew->workers[number];
    struct wording wording;
    struct arena scratch;
    const struct quoted_list *list = &quoting->quoted[index];
    if (!list->items.count)
        return;
    wording_init(&wording, &worker->page, load(quoting, worker, (uint32_t)index));
    arena_init(&scratch);
    for (size_t i = 0; i < list->items.count; i++) {
        arena_clear(&scratch);
        verify(quoting, &wording, &scratch, (uint32_t)index, list->items.items[i]);
        keep_texts(&list->items.items[i]->finding, &worker->keep);
    }
    arena_release(&scratch);
}

/* Reporting. */

static void report_difference(const struct quoted *quoted, struct str source, struct str where,
                              struct str start, struct place place, struct diags *diags)
{
    const struct finding *finding = &quoted->finding;
    if (!finding->said.len)
        diag_add(diags, DIAG_ERROR, "quotation-differs", place,
                 "the quotation '%.*s' is not what '%.*s' says: nearest is %.*s, which has not "
                 "'%.*s'",
                 STR_ARGS(start), STR_ARGS(source), STR_ARGS(where), STR_ARGS(finding->quoted));
    else if (!finding->quoted.len)
        diag_add(diags, DIAG_ERROR, "quotation-differs", place,
                 "the quotation '%.*s' is not what '%.*s' says: it leaves out '%.*s' of %.*s",
                 STR_ARGS(start), STR_ARGS(source), STR_ARGS(finding->said), STR_ARGS(where));
    else
        diag_add(diags, DIAG_ERROR, "quotation-differs", place,
                 "the quotation '%.*s' is not what '%.*s' says: nearest is %.*s, which has "
                 "'%.*s' where the quotation has '%.*s'",
                 STR_ARGS(start), STR_ARGS(source), STR_ARGS(where), STR_ARGS(finding->said),
                 STR_ARGS(finding->quoted));
}

static void report(const struct web *web, struct arena *scratch, const struct quoted *quoted,
                   struct place place, struct diags *diags)
{
    struct str source = web->documents[quoted->link->to.document].path;
    struct str start = str_slice(quoted->quotation.text, 0, START_SHOWN);
    struct str where = str_format(scratch, "¶%u", (unsigned)quoted->finding.passage);
    if (quoted->page)
        where = str_format(scratch, "%.*s (p. %u)", STR_ARGS(where), (unsigned)quoted->page);
    start.len = utf8_valid_length(start);
    switch (quoted->finding.verdict) {
    case QUOTATION_ELSEWHERE:
        diag_add(diags, DIAG_ERROR, "quotation-elsewhere", place,
                 "the quotation '%.*s' is not at '%.*s' of '%.*s' but in %.*s", STR_ARGS(start),
                 STR_ARGS(quoted->link->locator), STR_ARGS(source), STR_ARGS(where));
        break;
    case QUOTATION_DIFFERS:
        report_difference(quoted, source, where, start, place, diags);
        break;
    case QUOTATION_SCATTERED:
        diag_add(diags, DIAG_ERROR, "quotation-scattered", place,
                 "the parts of the quotation '%.*s' do not follow each other in '%.*s'",
                 STR_ARGS(start), STR_ARGS(source));
        break;
    case QUOTATION_MISSING:
        diag_add(diags, DIAG_ERROR, "quotation-missing", place,
                 "the quotation '%.*s' is not in '%.*s', nor anything like it", STR_ARGS(start),
                 STR_ARGS(source));
        break;
    default:
        diag_add(diags, DIAG_WARNING, "quotation-unchecked", place,
                 "the quotation '%.*s' is not checked: '%.*s' would take too long to search",
                 STR_ARGS(start), STR_ARGS(source));
    }
}

/* Of the findings of one quotation, which stand side by side, the one that says most; NULL where
 * there is nothing to say. */
static const struct quoted *choose(struct quoted *const *items, size_t count)
{
    const struct quoted *best = items[0];
    for (size_t i = 0; i < count; i++) {
        if (items[i]->finding.verdict == QUOTATION_FOUND || items[i]->untold)
            return NULL;
        if (items[i]->finding.verdict < best->finding.verdict)
            best = items[i];
    }
    return best;
}

static bool is_same(const struct quoted *a, const struct quoted *b)
{
    return a->quotation.text.data == b->quotation.text.data;
}

static void report_one(void *context, unsigned number, size_t index)
{
    struct quoting *quoting = context;
    struct worker *worker = &quoting->crew->workers[number];
    const struct quoted_list *list = &quoting->reports[index];
    const struct outline *outline = &quoting->web->documents[index];
    struct whereabouts whereabouts = {0};
    arena_clear(&worker->page);
    for (size_t i = 0, next; i < list->items.count; i = next) {
        for (next = i; next < list->items.count; next++)
            if (!is_same(list->items.items[i], list->items.items[next]))
                break;
        const struct quoted *quoted = choose(list->items.items + i, next - i);
        if (!quoted)
            continue;
        if (!whereabouts.read)
            whereabouts_read(&whereabouts, quoting->crew, worker, outline);
        struct place place = {outline->path, quoted->link->line, quoted->link->column};
        whereabouts_find(&whereabouts, quoted->quotation.line, quoted->quotation.text, &place);
        report(quoting->web, &worker->page, quoted, place, &worker->diags);
    }
}

void quoting_check(const struct web *web, struct crew *crew)
{
    struct quoting quoting = {.web = web, .crew = crew};
    struct arena arena;
    arena_init(&arena);
    quoting.found = arena_new_array(&arena, web->document_count, struct quotations);
    quoting.quoted = arena_new_array(&arena, web->document_count, struct quoted_list);
    quoting.reports = arena_new_array(&arena, web->document_count, struct quoted_list);
    pool_run(crew->count, web->document_count, collect_one, &quoting);
    assign_all(&quoting, &arena);
    pool_run(crew->count, web->document_count, verify_one, &quoting);
    pool_run(crew->count, web->document_count, report_one, &quoting);
    arena_release(&arena);
}
