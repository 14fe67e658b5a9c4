#include "write/arrange.h"

#include "base/arena.h"
#include "base/keyed.h"
#include "search/collate.h"
#include "write/appearances.h"
#include "write/editions.h"
#include "write/made_of.h"
#include "write/pairing.h"
#include "write/publish.h"

#include <stdlib.h>

static void find_intros(struct site *site)
{
    struct str home = str_format(site->arena, "%.*sindex", STR_ARGS(site->prefix));
    for (uint32_t i = 0; i < site->web->document_count; i++) {
        struct str id = site->web->documents[i].id;
        if (str_equal(id, home))
            site->home = i;
        for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
            if (str_equal(id, site->list_ids[kind]))
                site->list_intro[kind] = i;
    }
}

bool arrange_is_intro(const struct site *site, uint32_t document)
{
    for (uint32_t i = 0; i < site->own_count; i++) {
        const struct site *edition = site->editions[i];
        bool intro = document == edition->home;
        for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
            intro |= document == edition->list_intro[kind];
        if (intro)
            return true;
    }
    return false;
}

/* The documents that an edition lists, by title; of translations the one that it shows. Returns how
 * many there are. */
static uint32_t list_documents(const struct site *site, struct keyed *listed)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < site->web->document_count; i++) {
        uint32_t document = site->titled[i];
        if (!arrange_is_intro(site, document) && editions_document(site, document) == document)
            listed[count++].item = &site->titled[i];
    }
    return count;
}

static void order_kind(struct site *site, int kind, const struct keyed *listed, uint32_t count)
{
    uint32_t *documents = arena_new_array(site->arena, count, uint32_t), next = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t document = *(const uint32_t *)listed[i].item;
        if (site->web->documents[document].kind == (enum document_kind)kind)
            documents[next++] = document;
    }
    site->by_title[kind] = documents;
    site->by_title_count[kind] = next;
}

static void order_recent(struct site *site, struct keyed *listed, struct keyed *spare,
                         uint32_t count)
{
    uint32_t *recent = arena_new_array(site->arena, count, uint32_t);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t document = *(const uint32_t *)listed[i].item;
        int64_t time = site->web->documents[document].history.last.time;
        listed[i].key = keyed_downwards(keyed_signed(time));
    }
    const struct keyed *sorted = keyed_sort(listed, spare, count);
    for (uint32_t i = 0; i < count; i++)
        recent[i] = *(const uint32_t *)sorted[i].item;
    site->recent = recent;
    site->recent_count = count;
}

static void order_documents(struct site *site)
{
    struct arena scratch;
    arena_init(&scratch);
    struct keyed *listed = arena_new_array(&scratch, site->web->document_count, struct keyed);
    struct keyed *spare = arena_new_array(&scratch, site->web->document_count, struct keyed);
    uint32_t count = list_documents(site, listed);
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
        order_kind(site, kind, listed, count);
    order_recent(site, listed, spare, count);
    arena_release(&scratch);
}

static int closest_first(const void *left, const void *right)
{
    const struct neighbour *a = left, *b = right;
    if (a->passages != b->passages)
        return a->passages > b->passages ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

/* Each pair from both its sides: count, then fill. */
static void find_neighbours(struct site *site)
{
    const struct web *web = site->web;
    uint32_t *first = arena_new_array(site->arena, (size_t)web->topic_count + 2, uint32_t);
    struct neighbour *all = arena_new_array(site->arena, web->pairs.count * 2, struct neighbour);
    for (size_t i = 0; i < web->pairs.count; i++) {
        first[web->pairs.items[i].a + 2]++;
        first[web->pairs.items[i].b + 2]++;
    }
    for (uint32_t t = 2; t < web->topic_count + 2; t++)
        first[t] += first[t - 1];
    for (size_t i = 0; i < web->pairs.count; i++) {
        const struct pair *pair = &web->pairs.items[i];
        all[first[pair->a + 1]++] = (struct neighbour){pair->b, pair->passages};
        all[first[pair->b + 1]++] = (struct neighbour){pair->a, pair->passages};
    }
    for (uint32_t t = 0; t < web->topic_count; t++)
        if (first[t + 1] - first[t] > 1)
            qsort(all + first[t], first[t + 1] - first[t], sizeof *all, closest_first);
    site->neighbours = all;
    site->first_neighbour = first;
}

/* What each edition lists. They are ours while they are being made. */
static void order_editions(struct site *site)
{
    for (uint32_t i = 0; i < site->own_count; i++)
        find_intros((struct site *)site->editions[i]);
    for (uint32_t i = 0; i < site->own_count; i++) {
        struct site *edition = (struct site *)site->editions[i];
        order_documents(edition);
        for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
            edition->letters[kind] = page_list_letters(edition, (enum document_kind)kind);
    }
}

static const uint32_t *order_titles(const struct web *web, struct arena *arena)
{
    uint32_t *titled = arena_new_array(arena, web->document_count, uint32_t);
    struct arena scratch;
    arena_init(&scratch);
    struct str *titles = arena_new_array(&scratch, web->document_count, struct str);
    for (uint32_t i = 0; i < web->document_count; i++)
        titles[i] = web->documents[i].sort_key;
    const struct keyed *sorted = collate(titles, web->document_count, &scratch);
    for (uint32_t i = 0; i < web->document_count; i++)
        titled[i] = (uint32_t)((const struct str *)sorted[i].item - titles);
    arena_release(&scratch);
    return titled;
}

/* What is worked out once for all pages, by several threads. */
struct arranging {
    struct site *site;
    const struct site_source *source;
    struct publish *publish; /* NULL: nothing is published */
    struct appearances *appearances;
    const uint32_t *ranked;
    struct diags *diags;
};

static void arrange_editions(const struct arranging *arranging, struct worker *worker)
{
    struct site *site = arranging->site;
    (void)worker;
    find_neighbours(site);
    site->pairing = pairing_choose(site);
    editions_make(site, arranging->source->languages, arranging->diags);
    order_editions(site);
}

static void arrange_passages(const struct arranging *arranging, struct worker *worker)
{
    appearances_list_passages(arranging->appearances, arranging->site->web, arranging->ranked,
                              &worker->keep);
}

static void arrange_facts(const struct arranging *arranging, struct worker *worker)
{
    appearances_list_facts(arranging->appearances, arranging->site->web, &worker->keep);
}

static void arrange_files(const struct arranging *arranging, struct worker *worker)
{
    (void)worker;
    if (arranging->publish)
        publish_prepare(arranging->publish);
}

/* The first has the site's arena, and each edition is a copy of what the site is then. */
static void (*const arrangements[])(const struct arranging *arranging, struct worker *worker) = {
    arrange_editions, arrange_passages, arrange_facts, arrange_files};

static void arrange_one(void *context, unsigned number, size_t index)
{
    const struct arranging *arranging = context;
    arrangements[index](arranging, &arranging->site->crew->workers[number]);
}

void arrange_site(struct site *site, const struct site_source *source, struct publish *publish,
                  struct arena *arena, struct diags *diags)
{
    const struct web *web = source->web;
    struct arranging arranging = {site, source, publish, .diags = diags};
    *site = (struct site){.web = web,
                          .config = source->config,
                          .language = source->languages,
                          .names = source->languages,
                          .main_names = source->languages,
                          .assets = source->assets,
                          .templates = source->templates,
                          .crew = source->crew,
                          .arena = arena,
                          .home = NO_DOCUMENT,
                          .list_intro = {NO_DOCUMENT, NO_DOCUMENT, NO_DOCUMENT}};
    site->program = made_of_program(arena, site->assets);
    if (web->revisions) {
        site->since = arena_new_array(arena, web->document_count, uint16_t *);
        site->histories = arena_new_array(arena, web->document_count, struct digest);
    }
    site->titled = order_titles(web, arena);
    arranging.appearances = appearances_begin(web, site->titled, arena, &arranging.ranked);
    site->ranked = arranging.ranked;
    site->appearances = arranging.appearances;
    pool_run(source->crew->count, sizeof arrangements / sizeof *arrangements, arrange_one,
             &arranging);
}
