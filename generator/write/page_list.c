/* The home page and the lists of topics, sources and notes. */
#include "write/page.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/map.h"
#include "base/utf8.h"
#include "link/names.h"
#include "write/moment.h"

#include <stdlib.h>

enum {
    LIST_WHOLE_MAX = 150, /* documents: a longer list has a page for each letter */
    LIST_PER_PAGE = 100,  /* some 50 kB */
    HOME_WHOLE_MAX = 100, /* topics, sources or notes: of more, the home page leads to the list */
    HOME_TOPICS = 24,     /* that it shows then, those that are named most */
    HOME_LEADING = 6,     /* and that it begins with, where there are more */
    RECENT_SHOWN = 10     /* on the home page */
};

/* A letter of a long list, with the documents that begin with it. */
struct letter {
    struct str name, key, id; /* the id of its first page */
    VEC(uint32_t) documents;  /* by title */
};

struct letters {
    VEC(struct letter) items;
};

static struct str text(const struct page *page, const char *key)
{
    return language_text(page->site->language, key);
}

/* A way to put documents in groups: what a document's group is called, and its order. */
struct grouping {
    const char *title; /* key of the language */
    struct str id;
    struct str (*name)(struct page *, const struct outline *);
    bool latest_first; /* groups by their name, downwards */
};

static struct str group_kind(struct page *page, const struct outline *outline)
{
    if (!outline->meta.kind.len)
        return text(page, "no_kind");
    return language_kind_plural(page->site->language, outline->meta.kind);
}

static struct str group_year(struct page *page, const struct outline *outline)
{
    if (!outline->meta.date.year)
        return text(page, "undated");
    return str_format(page->arena, "%u", (unsigned)outline->meta.date.year);
}

static struct str group_letter(struct page *page, const struct outline *outline)
{
    size_t at = 0;
    uint32_t first = outline->sort_key.len ? utf8_next(outline->sort_key, &at) : 0;
    struct buf letter;
    if (!utf8_is_letter(first))
        return text(page, "letter_other");
    buf_init(&letter, page->arena);
    utf8_put(&letter, utf8_upper(first));
    return buf_str(&letter);
}

struct group {
    struct str name, key;
    struct value *items;
};

struct groups {
    VEC(struct group) groups;
};

static int by_name(const void *left, const void *right)
{
    const struct group *a = left, *b = right;
    return str_compare(a->key, b->key);
}

static int by_name_downwards(const void *left, const void *right)
{
    return by_name(right, left);
}

static void collect(struct page *page, const struct grouping *grouping, const uint32_t *documents,
                    uint32_t count, struct groups *groups)
{
    struct map by_key;
    map_init(&by_key, page->arena);
    for (uint32_t i = 0; i < count; i++) {
        struct str name = grouping->name(page, &page->site->web->documents[documents[i]]);
        void **slot = map_at(&by_key, name);
        if (!*slot) {
            *slot = value_list(page->arena);
            *vec_push(&groups->groups, page->arena) =
                (struct group){name, utf8_sort_key(page->arena, name), *slot};
        }
        value_append(page->arena, *slot, page_item(page, documents[i]));
    }
}

/* Two names can have the same slug, or none: those go by their place in the list. */
static struct str group_id(struct page *page, const struct grouping *grouping, struct map *taken,
                           struct str name, size_t index)
{
    struct str slug = utf8_slug(page->arena, name);
    void **slot = map_at(taken, slug);
    if (!slug.len || *slot)
        return str_format(page->arena, "%.*s..%zu", STR_ARGS(grouping->id), index + 1);
    *slot = page;
    return str_format(page->arena, "%.*s.%.*s", STR_ARGS(grouping->id), STR_ARGS(slug));
}

static struct value *groups_value(struct page *page, const struct grouping *grouping,
                                  const uint32_t *documents, uint32_t count)
{
    struct groups groups = {0};
    struct map taken;
    struct value *list = value_list(page->arena);
    map_init(&taken, page->arena);
    collect(page, grouping, documents, count, &groups);
    if (groups.groups.count > 1)
        qsort(groups.groups.items, groups.groups.count, sizeof(struct group),
              grouping->latest_first ? by_name_downwards : by_name);
    for (size_t i = 0; i < groups.groups.count; i++) {
        struct value *group = value_object(page->arena);
        struct str name = groups.groups.items[i].name;
        page_set(page, group, "title", name);
        page_set(page, group, "id", group_id(page, grouping, &taken, name, i));
        page_set_list(page, group, "items", groups.groups.items[i].items);
        value_append(page->arena, list, group);
    }
    return list;
}

static void add_view(struct page *page, struct value *views, const struct grouping *grouping,
                     const uint32_t *documents, uint32_t count)
{
    struct value *view = value_object(page->arena);
    page_set(page, view, "title", text(page, grouping->title));
    page_set(page, view, "id", str_format(page->arena, "%.*s.", STR_ARGS(grouping->id)));
    page_set_list(page, view, "groups", groups_value(page, grouping, documents, count));
    value_append(page->arena, views, view);
}

static const struct grouping per_kind = {
    .title = "list_by_kind", .id = {"kind", 4}, .name = group_kind};
static const struct grouping per_letter = {
    .title = "list_by_letter", .id = {"letter", 6}, .name = group_letter};
static const struct grouping per_year = {
    .title = "list_by_year", .id = {"year", 4}, .name = group_year, .latest_first = true};

/* Long lists: a page for each letter, in parts. */

static int by_letter(const void *left, const void *right)
{
    const struct letter *a = left, *b = right;
    return str_compare(a->key, b->key);
}

/* A full stop is in no slug, so that no document has the id of a letter's page. */
static struct str letter_id(struct page *page, struct map *taken, struct str list, struct str name,
                            size_t number)
{
    struct str slug = utf8_slug(page->arena, name);
    void **slot = map_at(taken, slug);
    if (!slug.len || *slot)
        return str_format(page->arena, "%.*s..%zu", STR_ARGS(list), number);
    *slot = page;
    return str_format(page->arena, "%.*s.%.*s", STR_ARGS(list), STR_ARGS(slug));
}

const struct letters *page_list_letters(const struct site *site, enum document_kind kind)
{
    struct arena scratch;
    struct page page = {.site = site, .arena = site->arena};
    struct page asked = {.site = site, .arena = &scratch};
    struct letters *letters = arena_new(site->arena, struct letters);
    struct map by_key, taken;
    if (site->by_title_count[kind] <= LIST_WHOLE_MAX)
        return NULL;
    arena_init(&scratch);
    map_init(&by_key, &scratch);
    map_init(&taken, &scratch);
    for (uint32_t i = 0; i < site->by_title_count[kind]; i++) {
        uint32_t document = site->by_title[kind][i];
        struct str name = group_letter(&asked, &site->web->documents[document]);
        void **slot = map_at(&by_key, name);
        if (!*slot) {
            struct letter *added = vec_push(&letters->items, site->arena);
            *added = (struct letter){.name = str_copy(site->arena, name),
                                     .key = utf8_sort_key(site->arena, name)};
            *slot = (void *)(uintptr_t)letters->items.count;
        }
        struct letter *letter = &letters->items.items[(uintptr_t)*slot - 1];
        *vec_push(&letter->documents, site->arena) = document;
    }
    if (letters->items.count > 1)
        qsort(letters->items.items, letters->items.count, sizeof(struct letter), by_letter);
    for (size_t i = 0; i < letters->items.count; i++) {
        struct letter *letter = &letters->items.items[i];
        letter->id = letter_id(&page, &taken, site->list_ids[kind], letter->name, i + 1);
    }
    arena_release(&scratch);
    return letters;
}

uint32_t page_list_count(const struct site *site, enum document_kind kind)
{
    return site->letters[kind] ? (uint32_t)site->letters[kind]->items.count : 0;
}

uint32_t page_list_parts(const struct site *site, enum document_kind kind, uint32_t letter)
{
    size_t count = site->letters[kind]->items.items[letter - 1].documents.count;
    return (uint32_t)((count + LIST_PER_PAGE - 1) / LIST_PER_PAGE);
}

struct str page_list_id(struct arena *arena, const struct site *site, enum document_kind kind,
                        uint32_t letter, uint32_t part)
{
    if (!letter)
        return site->list_ids[kind];
    struct str id = site->letters[kind]->items.items[letter - 1].id;
    return part == 1 ? id : str_format(arena, "%.*s.%u", STR_ARGS(id), (unsigned)part);
}

/* What begins with no letter has a name in each language. */
static bool is_same_letter(const struct site *site, struct str name, const struct site *other,
                           struct str others)
{
    bool none = str_equal(name, language_text(site->language, "letter_other"));
    return none ? str_equal(others, language_text(other->language, "letter_other"))
                : str_equal(name, others);
}

struct str page_list_counterpart(const struct site *site, enum document_kind kind, uint32_t letter,
                                 const struct site *other)
{
    struct str name = site->letters[kind]->items.items[letter - 1].name;
    for (uint32_t i = 0; i < page_list_count(other, kind); i++)
        if (is_same_letter(site, name, other, other->letters[kind]->items.items[i].name))
            return other->letters[kind]->items.items[i].id;
    return other->list_ids[kind];
}

struct digest page_list_digest(const struct site *site, struct arena *scratch,
                               enum document_kind kind)
{
    struct buf bytes;
    buf_init(&bytes, scratch);
    for (uint32_t i = 0; i < page_list_count(site, kind); i++) {
        const struct letter *letter = &site->letters[kind]->items.items[i];
        bytes_put_text(&bytes, letter->name);
        bytes_put_text(&bytes, letter->id);
        bytes_put_number(&bytes, (uint32_t)letter->documents.count);
    }
    return digest_of(buf_str(&bytes));
}

static void set_letters(struct page *page, enum document_kind kind, uint32_t current)
{
    const struct letters *letters = page->site->letters[kind];
    struct value *list = value_list(page->arena);
    for (uint32_t i = 0; i < letters->items.count; i++) {
        const struct letter *letter = &letters->items.items[i];
        struct value *item = value_object(page->arena);
        page_set(page, item, "title", letter->name);
        page_set(page, item, "url", page_url(page, letter->id));
        page_set_number(page, item, "count", letter->documents.count);
        value_set(page->arena, item, "current", value_flag(page->arena, i + 1 == current));
        value_append(page->arena, list, item);
    }
    page_set_list(page, page->value, "letters", list);
}

static struct value *items(struct page *page, const uint32_t *documents, uint32_t count);

const uint32_t *page_list_shown(const struct site *site, enum document_kind kind, uint32_t letter,
                                uint32_t part, uint32_t *count)
{
    const struct letter *shown = &site->letters[kind]->items.items[letter - 1];
    size_t first = (size_t)(part - 1) * LIST_PER_PAGE, rest = shown->documents.count - first;
    *count = (uint32_t)(rest < LIST_PER_PAGE ? rest : LIST_PER_PAGE);
    return shown->documents.items + first;
}

void page_list_letter(struct page *page, enum document_kind kind, uint32_t letter, uint32_t part)
{
    const struct letter *shown = &page->site->letters[kind]->items.items[letter - 1];
    struct value *group = value_object(page->arena);
    uint32_t count;
    const uint32_t *documents = page_list_shown(page->site, kind, letter, part, &count);
    set_letters(page, kind, letter);
    page_set(page, group, "title", shown->name);
    page_set_list(page, group, "items", items(page, documents, count));
    value_set(page->arena, page->value, "letter", group);
    page_set_number(page, page->value, "count", shown->documents.count);
    page_set_parts(page, shown->id, part, page_list_parts(page->site, kind, letter));
}

static void set_views(struct page *page, enum document_kind kind)
{
    const uint32_t *documents = page->site->by_title[kind];
    uint32_t count = page->site->by_title_count[kind];
    struct value *views = value_list(page->arena);
    if (kind == DOCUMENT_SOURCE)
        add_view(page, views, &per_year, documents, count);
    if (kind != DOCUMENT_NOTE)
        add_view(page, views, &per_kind, documents, count);
    add_view(page, views, &per_letter, documents, count);
    page_set_list(page, page->value, "views", views);
}

void page_list(struct page *page, enum document_kind kind, const struct document *intro)
{
    static const char *const intros[DOCUMENT_KINDS] = {[DOCUMENT_TOPIC] = "topics_explanation",
                                                       [DOCUMENT_SOURCE] = "sources_explanation",
                                                       [DOCUMENT_NOTE] = "notes_explanation"};
    const struct site *site = page->site;
    if (site->letters[kind])
        set_letters(page, kind, 0);
    else
        set_views(page, kind);
    page_set_number(page, page->value, "count", site->by_title_count[kind]);
    page_set(page, page->value, "intro", text(page, intros[kind]));
    if (intro)
        page_set_body(page, site->list_intro[kind], intro, intro->body, "intro_html", 2);
}

static struct value *items(struct page *page, const uint32_t *documents, uint32_t count)
{
    struct value *list = value_list(page->arena);
    for (uint32_t i = 0; i < count; i++)
        value_append(page->arena, list, page_item(page, documents[i]));
    return list;
}

static struct value *recent_items(struct page *page)
{
    const struct site *site = page->site;
    struct value *list = value_list(page->arena);
    for (uint32_t i = 0; i < site->recent_count && i < RECENT_SHOWN; i++) {
        struct moment last = site->web->documents[site->recent[i]].history.last;
        struct value *item = page_item(page, site->recent[i]);
        page_set(page, item, "date", language_moment(site->language, page->arena, last));
        page_set(page, item, "date_iso", moment_iso(page->arena, last));
        value_append(page->arena, list, item);
    }
    return list;
}

static void set_counts(struct page *page)
{
    const struct site *site = page->site;
    static const char *const names[DOCUMENT_KINDS] = {
        [DOCUMENT_TOPIC] = "topics", [DOCUMENT_SOURCE] = "sources", [DOCUMENT_NOTE] = "notes"};
    struct value *counts = value_object(page->arena);
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++) {
        struct value *count = value_object(page->arena);
        page_set_number(page, count, "number", site->by_title_count[kind]);
        page_set(page, count, "url", page_url(page, site->list_ids[kind]));
        value_set(page->arena, counts, names[kind], count);
    }
    value_set(page->arena, counts, "passages",
              value_number(page->arena, (int64_t)site->web->passage_count));
    value_set(page->arena, counts, "mentions",
              value_number(page->arena, (int64_t)site->web->mention_count));
    value_set(page->arena, page->value, "counts", counts);
}

static int by_number(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* The `most` topics that are named most, those first; of those named as often the first by title.
 * As their places in the list of all, which has at least as many. */
static uint32_t *leading_places(struct page *page, uint32_t most)
{
    const struct site *site = page->site;
    uint32_t total = site->by_title_count[DOCUMENT_TOPIC], count = 0;
    uint32_t *places = arena_new_array(page->arena, most + 1, uint32_t);
    uint32_t *mentions = arena_new_array(page->arena, most + 1, uint32_t);
    for (uint32_t i = 0; i < total; i++) {
        uint32_t topic = site->web->topic_of[site->by_title[DOCUMENT_TOPIC][i]], at = count;
        uint32_t named = topic == NO_TOPIC ? 0 : site->web->topics[topic].mention_count;
        for (; at && mentions[at - 1] < named; at--) {
            mentions[at] = mentions[at - 1];
            places[at] = places[at - 1];
        }
        mentions[at] = named;
        places[at] = i;
        count += count < most;
    }
    return places;
}

static const uint32_t *leading_topics(struct page *page, uint32_t most, bool by_title)
{
    uint32_t *places = leading_places(page, most);
    if (by_title)
        qsort(places, most, sizeof *places, by_number);
    for (uint32_t i = 0; i < most; i++)
        places[i] = page->site->by_title[DOCUMENT_TOPIC][places[i]];
    return places;
}

/* How many of a kind the home page shows: all, or none but the way to their list. */
static uint32_t shown_at_home(struct page *page, enum document_kind kind, const char *more)
{
    uint32_t count = page->site->by_title_count[kind];
    if (count <= HOME_WHOLE_MAX)
        return count;
    page_set(page, page->value, more, page_url(page, page->site->list_ids[kind]));
    return 0;
}

void page_home(struct page *page, const struct document *intro)
{
    const struct site *site = page->site;
    const uint32_t *topics = site->by_title[DOCUMENT_TOPIC];
    uint32_t topic_count = shown_at_home(page, DOCUMENT_TOPIC, "topics_url");
    if (intro) {
        page_set_body(page, site->home, intro, intro->body, "intro_html", 2);
        page_set_edit_url(page, site->home);
    }
    if (topic_count < site->by_title_count[DOCUMENT_TOPIC]) {
        topics = leading_topics(page, HOME_TOPICS, true);
        topic_count = HOME_TOPICS;
    }
    if (site->by_title_count[DOCUMENT_TOPIC] > HOME_LEADING)
        page_set_list(page, page->value, "leading",
                      items(page, leading_topics(page, HOME_LEADING, false), HOME_LEADING));
    page_set_list(page, page->value, "topic_groups",
                  groups_value(page, &per_kind, topics, topic_count));
    page_set_list(page, page->value, "sources",
                  items(page, site->by_title[DOCUMENT_SOURCE],
                        shown_at_home(page, DOCUMENT_SOURCE, "sources_url")));
    page_set_list(page, page->value, "notes",
                  items(page, site->by_title[DOCUMENT_NOTE],
                        shown_at_home(page, DOCUMENT_NOTE, "notes_url")));
    page_set_list(page, page->value, "recent", recent_items(page));
    set_counts(page);
}
