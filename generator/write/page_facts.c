/* The timeline and the figures: every date, amount, percentage and counted thing, each with the
 * sentence in which it stands. One page over all, and pages by year or by kind. */
#include "write/page.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "write/editions.h"
#include "write/escape.h"

enum {
    FACTS_PER_PAGE = 60, /* some 40 kB */
    PREVIEW_MAX = 5 /* of a year or kind, on the page over all, where not all are shown there */
};

/* The facts of a year or of a kind. */
struct group {
    enum fact_kind kind;
    const struct noted *facts;
    uint32_t count;
    struct str title, name; /* the name is a part of its page's address */
};

struct groups {
    VEC(struct group) items;
    uint32_t count; /* facts in all */
};

static struct str text(const struct site *site, const char *key)
{
    return language_text(site->language, key);
}

static struct groups years(const struct site *site, struct arena *arena)
{
    const struct almanac *almanac = &site->web->almanac;
    struct groups groups = {.count = almanac->counts[FACT_DATE]};
    for (size_t i = 0; i < almanac->years.count; i++) {
        const struct almanac_year *year = &almanac->years.items[i];
        struct str name = str_format(arena, "%u", (unsigned)year->year);
        *vec_push(&groups.items, arena) = (struct group){
            FACT_DATE, almanac->facts[FACT_DATE] + year->first, year->count, name, name};
    }
    return groups;
}

static struct groups kinds(const struct site *site, struct arena *arena)
{
    static const struct {
        enum fact_kind kind;
        const char *title, *name;
    } all[] = {{FACT_AMOUNT, "figures_amounts", "figure_pages.amounts"},
               {FACT_PERCENTAGE, "figures_percentages", "figure_pages.percentages"},
               {FACT_COUNT, "figures_counts", "figure_pages.counts"}};
    const struct almanac *almanac = &site->web->almanac;
    struct groups groups = {.count = almanac_figures(almanac)};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (almanac->counts[all[i].kind])
            *vec_push(&groups.items, arena) = (struct group){
                all[i].kind, almanac->facts[all[i].kind], almanac->counts[all[i].kind],
                text(site, all[i].title), language_text(site->names, all[i].name)};
    return groups;
}

static struct groups groups_of(const struct site *site, struct arena *arena, enum facts_page which)
{
    return which == FACTS_TIMELINE ? years(site, arena) : kinds(site, arena);
}

static struct str base_id(const struct site *site, struct arena *arena, enum facts_page which)
{
    return editions_id(site, arena, which == FACTS_TIMELINE ? "pages.timeline" : "pages.figures");
}

/* A full stop is in no slug, so that no document has the id of a further part. */
static struct str group_id(struct arena *arena, const struct site *site, enum facts_page which,
                           const struct group *group, uint32_t part)
{
    struct str base = base_id(site, arena, which);
    if (part == 1)
        return str_format(arena, "%.*s/%.*s", STR_ARGS(base), STR_ARGS(group->name));
    return str_format(arena, "%.*s/%.*s.%u", STR_ARGS(base), STR_ARGS(group->name), (unsigned)part);
}

static uint32_t parts_of(const struct group *group)
{
    return (group->count + FACTS_PER_PAGE - 1) / FACTS_PER_PAGE;
}

void page_facts_list(const struct site *site, enum facts_page which, struct arena *arena,
                     struct facts_pages *out)
{
    struct groups groups = groups_of(site, arena, which);
    if (!groups.count)
        return;
    *vec_push(&out->items, arena) =
        (struct facts_page_job){which, 0, 1, base_id(site, arena, which)};
    for (uint32_t i = 0; i < groups.items.count; i++)
        for (uint32_t part = 1; part <= parts_of(&groups.items.items[i]); part++)
            *vec_push(&out->items, arena) = (struct facts_page_job){
                which, i + 1, part, group_id(arena, site, which, &groups.items.items[i], part)};
}

/* Labels. */

static struct str date_label(struct page *page, struct date date)
{
    const struct value *seasons = value_get(language_texts(page->site->language), STR("seasons"));
    if (date.month < SEASON_SPRING)
        return language_date(page->site->language, page->arena, date);
    size_t index = (size_t)date.month - SEASON_SPRING;
    bool known = seasons && seasons->kind == VALUE_LIST && index < seasons->list.count &&
                 seasons->list.items[index]->kind == VALUE_TEXT;
    struct str name = known ? seasons->list.items[index]->text : STR("");
    if (date.month == SEASON_WINTER)
        return str_format(page->arena, "%.*s %u–%u", STR_ARGS(name), (unsigned)date.year,
                          date.year + 1u);
    return str_format(page->arena, "%.*s %u", STR_ARGS(name), (unsigned)date.year);
}

/* With the language's separators: `1.274,5`. */
static struct str number_label(struct page *page, int64_t number)
{
    const struct language *language = page->site->language;
    int64_t rest = number % QUANTITY_ONE;
    struct buf out;
    buf_init(&out, page->arena);
    buf_put(&out, language_number(language, page->arena, (uint64_t)(number / QUANTITY_ONE)));
    if (rest)
        buf_put(&out, language_text(language, "decimal"));
    for (int64_t place = QUANTITY_ONE / 10; rest; place /= 10) {
        buf_put_char(&out, (char)('0' + rest / place));
        rest %= place;
    }
    return buf_str(&out);
}

static struct str end_label(struct page *page, const struct fact *fact, int64_t end)
{
    return fact->kind == FACT_DATE ? date_label(page, fact_date(end)) : number_label(page, end);
}

static struct str label(struct page *page, const struct fact *fact, struct str passage,
                        bool below_year)
{
    static const char *const signs[] = {[CURRENCY_NONE] = "",
                                        [CURRENCY_EUR] = "€\xC2\xA0",
                                        [CURRENCY_USD] = "$\xC2\xA0",
                                        [CURRENCY_GBP] = "£\xC2\xA0"};
    struct buf out;
    bool year = fact->kind == FACT_DATE && !fact_date(fact->from).month;
    if (below_year && year && fact->from == fact->until)
        return language_text(page->site->language, "year_only");
    buf_init(&out, page->arena);
    buf_put_cstring(&out, signs[fact->currency]);
    buf_put(&out, end_label(page, fact, fact->from));
    if (fact->until != fact->from) {
        buf_put_cstring(&out, " – ");
        buf_put(&out, end_label(page, fact, fact->until));
    }
    if (fact->kind == FACT_PERCENTAGE)
        buf_put_char(&out, '%');
    if (fact->kind == FACT_COUNT) {
        buf_put_char(&out, ' ');
        buf_put(&out, fact_unit(fact, passage));
    }
    return buf_str(&out);
}

/* One fact. */

static struct str sentence_html(struct page *page, const struct fact *fact, struct str passage)
{
    uint32_t start, end, behind = fact->start + fact->len;
    struct buf out;
    buf_init(&out, page->arena);
    fact_sentence(fact, passage, &start, &end);
    escape_html(&out, str_slice(passage, start, fact->start - start));
    buf_put_cstring(&out, "<mark>");
    escape_html(&out, str_slice(passage, fact->start, fact->len));
    buf_put_cstring(&out, "</mark>");
    escape_html(&out, str_slice(passage, behind, end - behind));
    return buf_str(&out);
}

static struct value *entry_value(struct page *page, uint32_t document, const struct fact *fact,
                                 const struct kept_passage *passage, struct str text)
{
    const struct outline *outline = &page->site->web->documents[document];
    struct value *entry = value_object(page->arena);
    page_set_number(page, entry, "number", fact->passage);
    page_set(page, entry, "url", page_passage_url(page, document, fact->passage));
    page_set(page, entry, "html", sentence_html(page, fact, text));
    page_set(page, entry, "document", outline->meta.title);
    page_set(page, entry, "document_url", page_document_url(page, document, STR("")));
    page_set(page, entry, "document_kind", str_from(page_kind_names[outline->kind]));
    page_set_foreign(page, entry, document);
    page_set_text_foreign(page, entry, document);
    if (passage->page)
        page_set_number(page, entry, "at_page", passage->page);
    return entry;
}

static bool same_value(const struct fact *a, const struct fact *b)
{
    return a->from == b->from && a->until == b->until && a->currency == b->currency;
}

struct value *page_facts_values(struct page *page, const struct noted *facts, size_t count,
                                bool below_year)
{
    const struct web *web = page->site->web;
    const struct fact *before = NULL;
    struct str last = {"", 0};
    struct value *list = value_list(page->arena), *entries = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct noted *noted = &facts[i];
        const struct outline *outline = &web->documents[noted->document];
        const struct fact *fact = &outline->facts[noted->fact];
        const struct kept_passage *passage = outline_passage(outline, fact->passage);
        struct str text = outline_text(outline, passage, page->arena);
        struct str name = label(page, fact, text, below_year);
        if (!before || !same_value(before, fact) || !str_equal_nocase(name, last)) {
            struct value *value = value_object(page->arena);
            bool exact = fact->kind == FACT_DATE && fact->from == fact->until &&
                         fact_date(fact->from).month && fact_date(fact->from).month < SEASON_SPRING;
            entries = value_list(page->arena);
            page_set(page, value, "label", name);
            if (exact)
                page_set(page, value, "iso", fact_value(page->arena, fact));
            page_set_list(page, value, "entries", entries);
            value_append(page->arena, list, value);
        }
        value_append(page->arena, entries, entry_value(page, noted->document, fact, passage, text));
        before = fact;
        last = name;
    }
    return list;
}

/* Pages. */

static void add_group(struct page *page, struct value *list, enum facts_page which,
                      const struct group *group, uint32_t skip, uint32_t room)
{
    struct value *value = value_object(page->arena);
    struct str url = page_url(page, group_id(page->arena, page->site, which, group, 1));
    page_set(page, value, "title", group->title);
    page_set(page, value, "id", str_format(page->arena, "part.%.*s", STR_ARGS(group->name)));
    page_set(page, value, "url", url);
    page_set(page, value, "count",
             language_number(page->site->language, page->arena, group->count));
    uint32_t rest = group->count - skip;
    page_set_list(page, value, "values",
                  page_facts_values(page, group->facts + skip, rest < room ? rest : room, true));
    if (room < group->count && !skip && room < FACTS_PER_PAGE)
        page_set_flag(page, value, "truncated");
    value_append(page->arena, list, value);
}

/* The ways to all groups; that to the page over all comes first. `current`: 0 is that page. */
static void set_filters(struct page *page, enum facts_page which, const struct groups *groups,
                        uint32_t current)
{
    const struct site *site = page->site;
    struct value *filters = value_list(page->arena);
    for (uint32_t i = 0; i <= groups->items.count; i++) {
        const struct group *group = i ? &groups->items.items[i - 1] : NULL;
        struct str id = group ? group_id(page->arena, site, which, group, 1)
                              : base_id(site, page->arena, which);
        struct value *filter = value_object(page->arena);
        page_set(page, filter, "title", group ? group->title : text(site, "facts_all"));
        page_set(page, filter, "url", page_url(page, id));
        page_set(
            page, filter, "count",
            language_number(site->language, page->arena, group ? group->count : groups->count));
        value_set(page->arena, filter, "current", value_flag(page->arena, i == current));
        value_append(page->arena, filters, filter);
    }
    page_set_list(page, page->value, "filters", filters);
}

/* How many facts of a group are shown on a page. */
static uint32_t room_of(const struct groups *groups, const struct facts_page_job *job)
{
    if (job->group || groups->count <= FACTS_PER_PAGE)
        return FACTS_PER_PAGE;
    uint32_t each = FACTS_PER_PAGE / (uint32_t)groups->items.count;
    return each < PREVIEW_MAX ? each : PREVIEW_MAX;
}

static uint32_t skipped(const struct facts_page_job *job)
{
    return (job->part - 1) * FACTS_PER_PAGE;
}

void page_facts(struct page *page, const struct facts_page_job *job)
{
    const struct site *site = page->site;
    struct groups groups = groups_of(site, page->arena, job->which);
    struct value *list = value_list(page->arena);
    uint32_t count = (uint32_t)groups.items.count, room = room_of(&groups, job);
    bool timeline = job->which == FACTS_TIMELINE;
    page_set(page, page->value, "intro",
             text(site, timeline ? "timeline_explanation" : "figures_explanation"));
    page_set(page, page->value, "filter_label", text(site, timeline ? "by_year" : "list_by_kind"));
    set_filters(page, job->which, &groups, job->group);
    if (job->group) {
        const struct group *group = &groups.items.items[job->group - 1];
        add_group(page, list, job->which, group, skipped(job), room);
        page_set_parts(page, group_id(page->arena, site, job->which, group, 1), job->part,
                       parts_of(group));
    }
    for (uint32_t i = 0; i < count && !job->group; i++)
        add_group(page, list, job->which, &groups.items.items[i], 0, room);
    page_set_list(page, page->value, "groups", list);
}

void page_facts_shown(const struct site *site, struct arena *scratch,
                      const struct facts_page_job *job, facts_see *see, void *context)
{
    struct groups groups = groups_of(site, scratch, job->which);
    uint32_t room = room_of(&groups, job), skip = job->group ? skipped(job) : 0;
    for (uint32_t i = 0; i < groups.items.count; i++) {
        const struct group *group = &groups.items.items[i];
        uint32_t rest = group->count - skip;
        if (!job->group || job->group == i + 1)
            see(context, group->facts + skip, rest < room ? rest : room);
    }
}

struct digest page_facts_groups(const struct site *site, struct arena *scratch,
                                enum facts_page which)
{
    struct groups groups = groups_of(site, scratch, which);
    struct buf bytes;
    buf_init(&bytes, scratch);
    for (uint32_t i = 0; i < groups.items.count; i++) {
        bytes_put_text(&bytes, groups.items.items[i].name);
        bytes_put_number(&bytes, groups.items.items[i].count);
    }
    return digest_of(buf_str(&bytes));
}

struct str page_facts_title(const struct site *site, struct arena *arena,
                            const struct facts_page_job *job)
{
    struct str title = text(site, job->which == FACTS_TIMELINE ? "timeline" : "figures");
    struct groups groups = groups_of(site, arena, job->which);
    if (!job->group)
        return title;
    return str_format(arena, "%.*s: %.*s", STR_ARGS(title),
                      STR_ARGS(groups.items.items[job->group - 1].title));
}
