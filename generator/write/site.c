#include "write/site.h"

#include "base/arena.h"
#include "base/vec.h"
#include "link/catalog.h"
#include "link/names.h"
#include "write/arrange.h"
#include "write/assets.h"
#include "write/data.h"
#include "write/editions.h"
#include "write/feed.h"
#include "write/grounds.h"
#include "write/jsonld.h"
#include "write/made_of.h"
#include "write/page.h"
#include "write/page_history.h"
#include "write/pairing.h"
#include "write/pictures.h"
#include "write/pieces.h"
#include "write/redirects.h"
#include "write/reference.h"
#include "write/rendering.h"
#include "write/singles.h"
#include "write/site_search.h"
#include "write/topic_facts.h"

#include <stdlib.h>
#include <string.h>

static const char *const folder_keys[DOCUMENT_KINDS] = {[DOCUMENT_TOPIC] = "folders.topics",
                                                        [DOCUMENT_SOURCE] = "folders.sources",
                                                        [DOCUMENT_NOTE] = "folders.notes"};
/* The ids of pages that the site makes itself. Those of further parts have a full stop, which no
 * document's id has. */
static void reserve(const struct language *language, struct str prefix, struct arena *arena,
                    struct naming *naming)
{
    static const char *const pages[] = {"connections", "timeline", "figures", "search",
                                        "search_help", "changes",  "data",    "accessibility"};
    static const char *const kinds[] = {"amounts", "percentages", "counts"};
    enum { PAGES = sizeof pages / sizeof *pages, KINDS = sizeof kinds / sizeof *kinds };
    enum { YEARS = WHEN_YEAR_LAST - WHEN_YEAR_FIRST + 1 };
    enum { OTHERS = 3 }; /* the list of pairs, 404 and the list of tags */
    size_t count = naming->reserved_count;
    struct str *reserved =
        arena_new_array(arena, count + PAGES + KINDS + YEARS + OTHERS, struct str);
    struct str timeline = language_text(language, "pages.timeline");
    struct str figures = language_text(language, "pages.figures");
    for (size_t i = 0; i < count; i++)
        reserved[i] = naming->reserved[i];
    for (size_t i = 0; i < PAGES; i++)
        reserved[count++] =
            language_text(language, str_cstring(arena, str_format(arena, "pages.%s", pages[i])));
    for (size_t i = 0; i < KINDS; i++) {
        struct str key = str_format(arena, "figure_pages.%s", kinds[i]);
        struct str name = language_text(language, str_cstring(arena, key));
        reserved[count++] = str_format(arena, "%.*s/%.*s", STR_ARGS(figures), STR_ARGS(name));
    }
    for (int year = WHEN_YEAR_FIRST; year <= WHEN_YEAR_LAST; year++)
        reserved[count++] = str_format(arena, "%.*s/%d", STR_ARGS(timeline), year);
    reserved[count++] =
        str_format(arena, "%.*s/%.*s", STR_ARGS(language_text(language, "folders.connections")),
                   STR_ARGS(language_text(language, "pages.pair_list")));
    reserved[count++] = STR("404");
    reserved[count++] =
        str_format(arena, "%.*s/index", STR_ARGS(language_text(language, "folders.tags")));
    for (size_t i = naming->reserved_count; i < count && prefix.len; i++)
        reserved[i] = str_format(arena, "%.*s%.*s", STR_ARGS(prefix), STR_ARGS(reserved[i]));
    naming->reserved = reserved;
    naming->reserved_count = count;
}

static void set_folders(struct str *folders, const struct language *language)
{
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
        folders[kind] = language_text(language, folder_keys[kind]);
}

struct naming site_naming(const struct language *languages, uint32_t count, struct arena *arena)
{
    struct naming naming = {.fallback_slug = STR("x")};
    struct naming_edition *editions = arena_new_array(arena, count, struct naming_edition);
    set_folders(naming.folders, languages);
    naming.tag_folder = language_text(languages, "folders.tags");
    reserve(languages, STR(""), arena, &naming);
    for (uint32_t i = 1; i < count; i++) {
        struct str code = languages[i].code;
        editions[i - 1].language = code;
        set_folders(editions[i - 1].folders, &languages[i]);
        editions[i - 1].tag_folder =
            str_format(arena, "%.*s/%.*s", STR_ARGS(code),
                       STR_ARGS(language_text(&languages[i], "folders.tags")));
        reserve(&languages[i], str_format(arena, "%.*s/", STR_ARGS(code)), arena, &naming);
    }
    naming.editions = editions;
    naming.edition_count = count - 1;
    return naming;
}

enum job_kind {
    JOB_DOCUMENT,
    JOB_CHANGES,
    JOB_FEED,
    JOB_TOPIC_PART,
    JOB_TAG,
    JOB_REDIRECT,
    JOB_TOPIC_FACTS,
    JOB_PAIR,
    JOB_PAIR_LIST,
    JOB_FACTS,
    JOB_FILE,
    JOB_ASSET,
    JOB_PICTURE,
    JOB_SINGLE
};

struct job {
    enum job_kind kind;
    uint32_t number; /* of the document, page of facts, entry, asset or single */
    uint32_t part;
    const struct site *site; /* the edition that it is a page of */
};

struct run {
    struct site *site;
    const struct grounds *grounds;
    struct publish *publish;
    struct pieces *passages;    /* the file of their lines, by document; NULL where they are not
                                   wanted, or are there */
    struct site_search *search; /* NULL: it has none */
    struct pictures *pictures;
    struct diags *diags;
    const struct language *languages; /* those of the settings */
    VEC(struct job) jobs;
    struct facts_pages facts; /* of all editions, as many of each */
    size_t facts_count;       /* of one */
    struct redirects redirects;
    struct singles singles;
};

static struct str description(const struct outline *outline)
{
    return outline->meta.description.len ? outline->meta.description : outline->description;
}

/* The document that pages are made of: read when the first of them asks. */
struct in_hand {
    const struct run *run;
    struct worker *worker;
    uint32_t number;
    const struct document *read; /* NULL: not yet */
};

static const struct document *load(struct in_hand *hand)
{
    const struct site *site = hand->run->site;
    if (!hand->read)
        hand->read = crew_get(site->crew, hand->worker, &site->web->documents[hand->number],
                              &hand->worker->document);
    return hand->read;
}

/* A source's reference beside its page, as files for reference managers. */
static void publish_reference(const struct run *run, struct worker *worker,
                              const struct outline *source)
{
    struct reference reference = reference_of(source);
    struct buf out;
    buf_init(&out, &worker->page);
    reference_put_bibtex(&out, &reference);
    publish_file(run->publish, str_format(&worker->page, "%.*s.bib", STR_ARGS(source->id)),
                 buf_str(&out));
    buf_clear(&out);
    reference_put_ris(&out, &reference);
    publish_file(run->publish, str_format(&worker->page, "%.*s.ris", STR_ARGS(source->id)),
                 buf_str(&out));
    buf_clear(&out);
    buf_put_char(&out, '[');
    reference_put_csl(&out, &reference);
    buf_put(&out, STR("]\n"));
    publish_file(run->publish, str_format(&worker->page, "%.*s.csl.json", STR_ARGS(source->id)),
                 buf_str(&out));
}

/* What a page shows of a document but its text. */
static void set_document(struct page *page, uint32_t number)
{
    const struct web *web = page->site->web;
    switch (web->documents[number].kind) {
    case DOCUMENT_TOPIC:
        page_topic(page, number, 1);
        break;
    case DOCUMENT_SOURCE:
        page_source(page, number);
        break;
    case DOCUMENT_NOTE:
        page_note(page, number);
        break;
    }
    page_set_document_versions(page, number);
    page_set_document_commit(page, number);
    jsonld_set_document(page, number);
}

static void begin_document(struct page *page, const struct site *site, struct worker *worker,
                           uint32_t number)
{
    const struct outline *outline = &site->web->documents[number];
    page_begin(page, site, worker, outline->id, page_kind_names[outline->kind], outline->meta.title,
               description(outline));
    page_set_language(page, number);
    page_set_document_picture(page, number);
    set_document(page, number);
}

static void set_text(struct page *page, uint32_t number, const struct document *read)
{
    if (page->site->web->documents[number].kind == DOCUMENT_SOURCE)
        page_source_text(page, number, read);
    else
        page_set_text(page, number, read);
}

static struct page_version version_of(const struct site *edition, struct str id)
{
    return (struct page_version){edition->config->language, id};
}

/* Of a page that each edition has. */
static void set_versions(struct page *page, const struct page_version *versions)
{
    if (page->site->own_count > 1)
        page_set_versions(page, versions, page->site->own_count);
}

/* The page of a document, unless it is there. */
static void do_page(struct in_hand *hand)
{
    const struct run *run = hand->run;
    struct worker *worker = hand->worker;
    const struct site *site = editions_of(run->site, hand->number);
    const struct outline *outline = &site->web->documents[hand->number];
    const char *kind = page_kind_names[outline->kind];
    struct origin origin = {
        .grounds = grounds_of_document(run->grounds, &worker->page, site, hand->number)};
    struct page page;
    if (rendering_rests(run->publish, &worker->page, outline->id, origin.grounds))
        return;
    begin_document(&page, site, worker, hand->number);
    struct digest text = made_of_text(&worker->page, site, hand->number);
    if (!digest_equal(text, DIGEST_NONE))
        origin.made_of = made_of_page(&page, kind, text);
    if (publish_keep(run->publish, rendering_path(&page), origin))
        return;
    set_text(&page, hand->number, load(hand));
    rendering_make(&page, run->publish, kind, rendering_path(&page), origin);
}

static void do_passages(struct in_hand *hand)
{
    struct pieces *passages = hand->run->passages;
    struct buf lines;
    if (!passages || !pieces_want(passages, hand->number))
        return;
    buf_init(&lines, &hand->worker->page);
    data_put_passages(hand->run->site->web, hand->number, load(hand), &lines);
    pieces_put(passages, hand->number, buf_str(&lines));
}

/* Which revision brought each mention of a document, as the cache has it; NULL where it does not.
 */
static uint16_t *recall_since(const struct site *site, struct worker *worker, uint32_t number,
                              struct digest made_of)
{
    struct str bytes;
    size_t size = site->web->documents[number].mentions.count * sizeof(uint16_t);
    if (digest_equal(made_of, DIGEST_NONE) ||
        !cache_get(site->crew->cache, worker->number, made_of, &worker->page, &bytes) ||
        bytes.len != size)
        return NULL;
    uint16_t *since = arena_alloc(&worker->keep, size);
    return size ? memcpy(since, bytes.data, size) : since;
}

static uint16_t *find_since(struct in_hand *hand, struct page *page)
{
    size_t count = page->site->web->documents[hand->number].mentions.count;
    uint16_t *since = arena_new_array(&page->worker->keep, count, uint16_t);
    page_history(page, hand->number, load(hand), since);
    return since;
}

/* The feeds want to know which revision brought what, also where the page is there. */
static void do_history(struct in_hand *hand)
{
    const struct run *run = hand->run;
    struct worker *worker = hand->worker;
    uint32_t number = hand->number;
    const struct site *site = editions_of(run->site, number);
    const struct outline *outline = &site->web->documents[number];
    struct digest history = made_of_history(&worker->page, site, number);
    struct str id = page_history_id(&worker->page, site, number);
    struct origin origin = {
        .grounds = grounds_of_history(run->grounds, &worker->page, site, number, history)};
    uint16_t *since = recall_since(site, worker, number, history);
    struct page page;
    site->since[number] = since;
    site->histories[number] = history;
    if (since && rendering_rests(run->publish, &worker->page, id, origin.grounds))
        return;
    page_begin(&page, site, worker, id, "history", outline->meta.title, STR(""));
    page_set_language(&page, number);
    if (!digest_equal(history, DIGEST_NONE))
        origin.made_of = made_of_page(&page, "document-history", history);
    if (since && publish_keep(run->publish, rendering_path(&page), origin))
        return;
    site->since[number] = since = find_since(hand, &page);
    rendering_make(&page, run->publish, "document-history", rendering_path(&page), origin);
    if (!digest_equal(history, DIGEST_NONE))
        cache_put(site->crew->cache, worker->number, history,
                  (struct str){(const char *)since, outline->mentions.count * sizeof *since});
}

/* All that is made of one document alone. */
static void do_document(struct in_hand *hand)
{
    const struct site *site = hand->run->site;
    const struct outline *outline = &site->web->documents[hand->number];
    struct arena *page = &hand->worker->page;
    arena_clear(&hand->worker->document);
    arena_clear(page);
    do_passages(hand);
    arena_clear(page);
    if (!arrange_is_intro(site, hand->number)) {
        do_page(hand);
        if (outline->kind == DOCUMENT_SOURCE)
            publish_reference(hand->run, hand->worker, outline);
        arena_clear(page);
    }
    if (page_has_history(site, hand->number))
        do_history(hand);
    if (hand->run->search && site_search_wants(hand->run->search, hand->number))
        site_search_add(hand->run->search, hand->worker, hand->number, load(hand));
}

static void do_changes(const struct run *run, struct worker *worker, const struct site *site,
                       uint32_t part)
{
    struct page page;
    struct page_version versions[EDITIONS_MAX];
    page_begin(&page, site, worker, page_changes_id(&worker->page, site, part), "changes",
               language_text(site->language, "changes"), STR(""));
    for (uint32_t i = 0; i < site->own_count; i++)
        versions[i] =
            version_of(site->editions[i], page_changes_id(&worker->page, site->editions[i], part));
    set_versions(&page, versions);
    page_changes(&page, part);
    page_set_commit(&page);
    rendering_publish(&page, run->publish, "changes", rendering_path(&page));
}

static void do_feed(const struct run *run, struct worker *worker, uint32_t document)
{
    const struct site *site = editions_of(run->site, document);
    struct str id = site->web->documents[document].id;
    struct str path = str_format(&worker->page, "%.*s.atom", STR_ARGS(id));
    struct origin origin = {.grounds =
                                grounds_of_feed(run->grounds, &worker->page, site, document)};
    struct page page;
    if (publish_keep(run->publish, path, origin))
        return;
    page_begin(&page, site, worker, id, "feed", STR(""), STR(""));
    feed_topic(&page, document);
    rendering_publish_at(&page, run->publish, "atom", path, origin.grounds);
}

static void do_topic_part(const struct run *run, struct worker *worker, uint32_t document,
                          uint32_t part)
{
    const struct site *site = editions_of(run->site, document);
    const struct outline *outline = &site->web->documents[document];
    struct str id = page_topic_id(&worker->page, site, document, part);
    struct digest grounds =
        grounds_of_topic_part(run->grounds, &worker->page, site, document, part);
    struct page page;
    if (rendering_rests(run->publish, &worker->page, id, grounds))
        return;
    page_begin(&page, site, worker, id, "topic", outline->meta.title, description(outline));
    page_set_language(&page, document);
    page_set_document_picture(&page, document);
    page_topic(&page, document, part);
    rendering_publish_on(&page, run->publish, "topic", grounds);
}

static void do_facts(const struct run *run, struct worker *worker, const struct site *site,
                     uint32_t number)
{
    struct page page;
    struct page_version versions[EDITIONS_MAX];
    const struct facts_page_job *job = &run->facts.items.items[number];
    struct digest grounds = grounds_of_facts(run->grounds, &worker->page, site, job);
    if (rendering_rests(run->publish, &worker->page, job->id, grounds))
        return;
    page_begin(&page, site, worker, job->id, "facts", page_facts_title(site, &worker->page, job),
               STR(""));
    for (uint32_t i = 0; i < site->own_count; i++)
        versions[i] =
            version_of(site->editions[i],
                       run->facts.items.items[number % run->facts_count + i * run->facts_count].id);
    set_versions(&page, versions);
    page_facts(&page, job);
    rendering_publish_on(&page, run->publish, "facts", grounds);
}

/* One page of a topic's facts, unless it is there; they are put in order when the first wants them.
 */
static void do_topic_facts_part(const struct run *run, struct worker *worker, uint32_t document,
                                uint32_t part, struct finds *facts)
{
    const struct site *site = editions_of(run->site, document);
    struct str id = topic_facts_id(&worker->page, site, document, part);
    struct origin origin = {
        .grounds = grounds_of_topic_facts(run->grounds, &worker->page, site, document)};
    struct page page;
    if (rendering_rests(run->publish, &worker->page, id, origin.grounds))
        return;
    if (!facts->count)
        *facts = topic_facts_find(run->site, site->web->topic_of[document], &worker->document);
    struct finds shown = topic_facts_shown(facts, part);
    origin.made_of = grounds_of_shown_facts(run->grounds, &worker->page, site, document, &shown);
    page_begin(&page, site, worker, id, "facts", topic_facts_title(site, &worker->page, document),
               STR(""));
    if (publish_keep(run->publish, rendering_path(&page), origin))
        return;
    page_set_language(&page, document);
    topic_facts_page(&page, document, part, &shown);
    rendering_make(&page, run->publish, "topic-facts", rendering_path(&page), origin);
}

static void do_topic_facts(const struct run *run, struct worker *worker, uint32_t document)
{
    uint32_t count = topic_facts_parts(run->site, run->site->web->topic_of[document]);
    struct finds facts = {0};
    arena_clear(&worker->document);
    for (uint32_t part = 1; part <= count; part++) {
        arena_clear(&worker->page);
        do_topic_facts_part(run, worker, document, part, &facts);
    }
}

static void do_pair(const struct run *run, struct worker *worker, const struct site *site,
                    uint32_t number, uint32_t part)
{
    struct page_version versions[EDITIONS_MAX];
    const struct pair *pair = &site->pairing->pages[number];
    struct str id = pairing_id(&worker->page, site, pair, part);
    struct origin origin = {.grounds = grounds_of_pair(run->grounds, &worker->page, site, pair)};
    struct page page;
    if (rendering_rests(run->publish, &worker->page, id, origin.grounds))
        return;
    origin.made_of = grounds_of_shown_pair(run->grounds, &worker->page, site, pair);
    page_begin(&page, site, worker, id, "pair", page_pair_title(site, &worker->page, pair),
               STR(""));
    if (publish_keep(run->publish, rendering_path(&page), origin))
        return;
    for (uint32_t i = 0; i < site->own_count; i++)
        versions[i] =
            version_of(site->editions[i], pairing_id(&worker->page, site->editions[i], pair, part));
    set_versions(&page, versions);
    page_pair(&page, pair, part);
    rendering_make(&page, run->publish, "pair", rendering_path(&page), origin);
}

static void do_pair_list(const struct run *run, struct worker *worker, const struct site *site,
                         uint32_t part)
{
    struct page page;
    struct page_version versions[EDITIONS_MAX];
    page_begin(&page, site, worker, page_pair_list_id(&worker->page, site, part), "connections",
               language_text(site->language, "all_connections"), STR(""));
    for (uint32_t i = 0; i < site->own_count; i++)
        versions[i] = version_of(site->editions[i],
                                 page_pair_list_id(&worker->page, site->editions[i], part));
    set_versions(&page, versions);
    page_pair_list(&page, part);
    rendering_publish(&page, run->publish, "pair-list", rendering_path(&page));
}

static void do_tag(const struct run *run, struct worker *worker, const struct site *site,
                   uint32_t number)
{
    const struct tag *tag = &site->web->tags.items.items[number];
    struct page page;
    struct page_version versions[EDITIONS_MAX];
    page_begin(&page, site, worker, editions_tag_id(site, &worker->page, tag), "tag",
               str_format(&worker->page, "#%.*s", STR_ARGS(tag->name)), STR(""));
    for (uint32_t i = 0; i < site->own_count; i++)
        versions[i] =
            version_of(site->editions[i], editions_tag_id(site->editions[i], &worker->page, tag));
    set_versions(&page, versions);
    page_tag(&page, number);
    rendering_publish(&page, run->publish, "tag", rendering_path(&page));
}

static void do_redirect(const struct run *run, struct worker *worker,
                        const struct redirect *redirect)
{
    struct page page;
    page_begin(&page, editions_of(run->site, redirect->document), worker, redirect->id, "redirect",
               STR(""), STR(""));
    redirects_page(&page, redirect);
    rendering_publish(&page, run->publish, "redirect", rendering_path(&page));
}

/* A picture or another file that something refers to. */
static void do_file(const struct run *run, struct worker *worker, uint32_t entry)
{
    const struct site *site = run->site;
    struct str bytes = {"", 0};
    struct err err;
    const struct entry *file = &site->web->snapshot->entries[entry];
    struct place place = {.path = file->path};
    struct str path = str_format(&worker->page, "%.*s/%.*s", STR_ARGS(site->words.files_folder),
                                 STR_ARGS(place.path));
    struct origin origin = {.made_of = made_of_file(&worker->page, site, file)};
    if (publish_keep(run->publish, path, origin))
        return;
    int status = snapshot_read(worker->reader, entry, site->config->limits.asset_size,
                               &worker->page, &bytes, &err);
    if (status > 0)
        diag_add(&worker->diags, DIAG_ERROR, "file-too-large", place,
                 "the file is larger than %llu bytes; it is not copied",
                 (unsigned long long)site->config->limits.asset_size);
    if (status < 0)
        diag_add(&worker->diags, DIAG_ERROR, "unreadable", place, "%s; it is not copied",
                 err.message);
    if (status)
        return;
    publish_made(run->publish, path, bytes, origin);
}

/* Whether the rest is left, as nobody waits for it any more. */
static bool give_up(const struct run *run)
{
    bool stale = stage_is_stale(run->site->crew->stages);
    if (stale)
        publish_give_up(run->publish);
    return stale;
}

static void do_job(void *context, unsigned number, size_t index)
{
    const struct run *run = context;
    if (give_up(run))
        return;
    struct worker *worker = &run->site->crew->workers[number];
    const struct job *job = &run->jobs.items[index];
    arena_clear(&worker->page);
    switch (job->kind) {
    case JOB_DOCUMENT:
        do_document(&(struct in_hand){.run = run, .worker = worker, .number = job->number});
        break;
    case JOB_CHANGES:
        do_changes(run, worker, job->site, job->part);
        break;
    case JOB_FEED:
        do_feed(run, worker, job->number);
        break;
    case JOB_TOPIC_PART:
        do_topic_part(run, worker, job->number, job->part);
        break;
    case JOB_TOPIC_FACTS:
        do_topic_facts(run, worker, job->number);
        break;
    case JOB_PAIR:
        do_pair(run, worker, job->site, job->number, job->part);
        break;
    case JOB_PAIR_LIST:
        do_pair_list(run, worker, job->site, job->part);
        break;
    case JOB_FACTS:
        do_facts(run, worker, job->site, job->number);
        break;
    case JOB_TAG:
        do_tag(run, worker, job->site, job->number);
        break;
    case JOB_REDIRECT:
        do_redirect(run, worker, &run->redirects.items.items[job->number]);
        break;
    case JOB_FILE:
        do_file(run, worker, job->number);
        break;
    case JOB_ASSET: {
        const struct asset *asset = run->site->assets->files.items[job->number];
        publish_file(run->publish, asset->address, asset->content);
        break;
    }
    case JOB_PICTURE:
        pictures_publish(run->pictures, job->site, worker, job->number, run->publish);
        break;
    case JOB_SINGLE:
        singles_do(&run->singles, worker, job->number);
        break;
    }
}

static void add_job(struct run *run, enum job_kind kind, uint32_t number, uint32_t part)
{
    *vec_push(&run->jobs, run->site->arena) = (struct job){kind, number, part, run->site};
}

/* A page that each edition has. */
static void add_own_job(struct run *run, const struct site *edition, enum job_kind kind,
                        uint32_t number, uint32_t part)
{
    *vec_push(&run->jobs, run->site->arena) = (struct job){kind, number, part, edition};
}

static void add_files(struct run *run)
{
    const struct web *web = run->site->web;
    for (uint32_t i = 0; i < web->snapshot->count; i++) {
        struct str path = web->snapshot->entries[i].path;
        if (!web->copied[i])
            continue;
        if (html_may_copy(path))
            add_job(run, JOB_FILE, i, 0);
        else
            diag_add(run->diags, DIAG_WARNING, "file-type", (struct place){.path = path},
                     "a file of this type is not copied to the site: only pictures (no SVG), "
                     "documents and data are");
    }
}

static void list_pairs(struct run *run, const struct site *edition)
{
    const struct pairing *pairing = edition->pairing;
    for (uint32_t i = 0; i < pairing->page_count; i++)
        for (uint32_t part = 1; part <= page_pair_parts(&pairing->pages[i]); part++)
            add_own_job(run, edition, JOB_PAIR, i, part);
    for (uint32_t part = 1; part <= page_pair_list_parts(edition); part++)
        add_own_job(run, edition, JOB_PAIR_LIST, 0, part);
}

static void list_facts(struct run *run, const struct site *edition)
{
    size_t first = run->facts.items.count;
    page_facts_list(edition, FACTS_TIMELINE, edition->arena, &run->facts);
    page_facts_list(edition, FACTS_FIGURES, edition->arena, &run->facts);
    run->facts_count = run->facts.items.count - first;
    for (size_t i = first; i < run->facts.items.count; i++)
        add_own_job(run, edition, JOB_FACTS, (uint32_t)i, 0);
}

/* What stands beside the pages of topics, those of their translations as well. */
static void list_topics(struct run *run)
{
    const struct site *site = run->site;
    const struct web *web = site->web;
    for (uint32_t i = 0; i < web->document_count; i++)
        if (web->topic_of[i] != NO_TOPIC)
            for (uint32_t part = 2; part <= site->appearances[web->topic_of[i]].part_count; part++)
                add_job(run, JOB_TOPIC_PART, i, part);
    for (uint32_t i = 0; i < web->document_count; i++) {
        uint32_t topic = web->topic_of[i];
        if (topic != NO_TOPIC && topic_facts_parts(site, topic))
            add_job(run, JOB_TOPIC_FACTS, i, 0);
    }
}

static void list_pictures(struct run *run)
{
    const struct site *site = run->site;
    for (uint32_t i = 0; i < site->web->document_count; i++)
        if (!arrange_is_intro(site, i))
            add_own_job(run, editions_of(site, i), JOB_PICTURE, i, 0);
    for (uint32_t i = 0; i < site->own_count; i++)
        add_own_job(run, site->editions[i], JOB_PICTURE, NO_DOCUMENT, 0);
}

/* What serves the search page alone is left out with it. */
static bool is_wanted(const struct site *site, const struct asset *asset)
{
    return asset->published &&
           (site->config->search || !str_starts(asset->path, STR("theme/search.")));
}

static void list_jobs(struct run *run)
{
    const struct site *site = run->site;
    for (uint32_t i = 0; i < site->web->document_count; i++)
        add_job(run, JOB_DOCUMENT, i, 0);
    list_topics(run);
    for (uint32_t i = 0; i < site->own_count; i++)
        list_pairs(run, site->editions[i]);
    for (uint32_t i = 0; i < site->own_count; i++)
        list_facts(run, site->editions[i]);
    for (uint32_t i = 0; i < site->own_count; i++)
        for (uint32_t tag = 0; tag < site->web->tags.items.count; tag++)
            add_own_job(run, site->editions[i], JOB_TAG, tag, 0);
    struct naming naming = site_naming(run->languages, site->own_count, site->arena);
    redirects_choose(&run->redirects, site->arena, site->web, &naming);
    for (uint32_t i = 0; i < run->redirects.items.count; i++)
        add_job(run, JOB_REDIRECT, i, 0);
    for (uint32_t i = 0; i < site->assets->files.count; i++)
        if (is_wanted(site, site->assets->files.items[i]))
            add_job(run, JOB_ASSET, i, 0);
    add_files(run);
    if (pictures_wanted(site))
        list_pictures(run);
    for (uint32_t i = 0; i < site->own_count; i++)
        for (uint32_t part = 1; part <= page_changes_parts(site); part++)
            add_own_job(run, site->editions[i], JOB_CHANGES, 0, part);
}

/* Which revision brought a passage is known once all histories were written: feeds come last. */
static void list_last_jobs(struct run *run)
{
    const struct site *site = run->site;
    run->jobs.count = 0;
    singles_list(&run->singles, site, run->grounds, run->publish);
    for (uint32_t i = 0; i < run->singles.items.count; i++)
        add_job(run, JOB_SINGLE, i, 0);
    for (uint32_t i = 0; i < site->web->document_count; i++) {
        uint32_t topic = site->web->topic_of[i];
        if (topic != NO_TOPIC && page_has_feed(site, topic) && page_feed_of(site, i) == i)
            add_job(run, JOB_FEED, i, 0);
    }
}

static bool open_passages(const struct run *run, struct pieces *passages)
{
    const struct site *site = run->site;
    struct str path = str_format(site->arena, "%.*s/passages.jsonl",
                                 STR_ARGS(language_text(site->language, "folders.data")));
    return pieces_open(passages, run->publish, "passages", path, grounds_said(run->grounds),
                       site->web->document_count);
}

static bool wants_passages(const struct run *run, const struct job *job)
{
    return job->kind == JOB_DOCUMENT && pieces_want(run->passages, job->number);
}

enum { FEW_OF = 16 /* documents: one of so many */ };

/* Documents of which the file of passages has nothing yet come first, where they are few: most of
 * it is copied when they are there, which takes long, while other threads do the rest. */
static void put_changed_first(struct run *run)
{
    struct job *jobs = arena_new_array(run->site->arena, run->jobs.count, struct job);
    size_t first = 0, next = 0;
    for (size_t i = 0; i < run->jobs.count; i++)
        next += wants_passages(run, &run->jobs.items[i]);
    if (next > run->site->web->document_count / FEW_OF)
        return;
    for (size_t i = 0; i < run->jobs.count; i++)
        jobs[wants_passages(run, &run->jobs.items[i]) ? first++ : next++] = run->jobs.items[i];
    run->jobs.items = jobs;
    run->jobs.capacity = run->jobs.count;
}

/* What is made when all pages of documents are there. */
static void publish_rest(struct run *run)
{
    struct crew *crew = run->site->crew;
    crew_rest(crew);
    stage_begin(crew->stages, "search index");
    if (run->search)
        site_search_finish(run->search);
    crew_rest(crew);
    stage_begin(crew->stages, "feeds and lists");
    grounds_tell_news(run->grounds, run->site->histories);
    list_last_jobs(run);
    pool_run(crew->count, run->jobs.count, do_job, run);
    crew_rest(crew);
    crew_take_diags(crew, run->diags);
}

void site_publish(const struct site_source *source, struct publish *publish, struct arena *arena,
                  struct diags *diags)
{
    struct crew *crew = source->crew;
    struct site site;
    struct pieces passages;
    struct site_search search;
    struct pictures pictures;
    struct run run = {
        .site = &site, .publish = publish, .diags = diags, .languages = source->languages};
    arrange_site(&site, source, publish, arena, diags);
    run.grounds = grounds_make(&site);
    pictures_init(&pictures, source->assets);
    run.pictures = &pictures;
    stage_begin(crew->stages, "arranging");
    if (site.config->search)
        run.search = &search;
    if (run.search)
        site_search_init(&search, &site, publish);
    list_jobs(&run);
    if (site.config->data && open_passages(&run, &passages))
        run.passages = &passages;
    if (run.passages)
        put_changed_first(&run);
    stage_begin(crew->stages, "rendering and writing");
    if (run.search)
        site_search_recall(&search);
    pool_run(crew->count, run.jobs.count, do_job, &run);
    pictures_release(&pictures);
    if (run.passages)
        pieces_close(&passages);
    if (!give_up(&run))
        publish_rest(&run);
    if (run.search)
        site_search_release(&search);
}

static void preview_page(const struct run *run, uint32_t number, const struct site_preview *preview)
{
    struct worker *worker = &run->site->crew->workers[0];
    const char *kind = page_kind_names[run->site->web->documents[number].kind];
    struct in_hand hand = {.run = run, .worker = worker, .number = number};
    struct page page;
    struct buf out;
    arena_clear(&worker->document);
    arena_clear(&worker->page);
    begin_document(&page, editions_of(run->site, number), worker, number);
    set_text(&page, number, load(&hand));
    buf_init(&out, &worker->page);
    template_render(run->site->templates, str_from(kind), page.value, &out);
    preview->show(preview->context, rendering_path(&page), buf_str(&out));
}

void site_preview(const struct site_source *source, const struct site_preview *preview)
{
    struct arena arena;
    struct site site;
    struct run run = {.site = &site};
    struct map by_path;
    struct diags diags;
    arena_init(&arena);
    diags_init(&diags, &arena);
    arrange_site(&site, source, NULL, &arena, &diags);
    map_init(&by_path, &arena);
    for (size_t i = 0; i < preview->count; i++)
        *map_at(&by_path, preview->paths[i]) = (void *)preview;
    for (uint32_t i = 0; i < site.web->document_count; i++) {
        struct str path = str_format(&arena, "%.*s.html", STR_ARGS(site.web->documents[i].id));
        if (map_get(&by_path, path) && !arrange_is_intro(&site, i))
            preview_page(&run, i, preview);
    }
    arena_release(&arena);
}
