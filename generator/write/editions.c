#include "write/editions.h"

#include "base/arena.h"
#include "base/map.h"

/* What is being made: the editions so far, the site's own first. */
struct making {
    struct site *own;
    struct site *editions[EDITIONS_MAX];
    uint32_t count;
    struct map missing; /* codes that there are no words of */
    struct diags *diags;
};

struct str editions_id(const struct site *site, struct arena *arena, const char *key)
{
    struct str name = language_text(site->names, key);
    if (!site->prefix.len)
        return name;
    return str_format(arena, "%.*s%.*s", STR_ARGS(site->prefix), STR_ARGS(name));
}

struct str editions_tag_id(const struct site *site, struct arena *arena, const struct tag *tag)
{
    return tags_id_below(&site->web->tags, arena, tag, site->words.tags_folder);
}

const struct site *editions_of(const struct site *site, uint32_t document)
{
    return site->editions[site->edition_of ? site->edition_of[document] : 0];
}

struct str editions_language(const struct site *site, uint32_t document)
{
    return twins_language(&site->web->twins, document);
}

uint32_t editions_document(const struct site *site, uint32_t document)
{
    const struct twins *twins = &site->web->twins;
    if (twins->next[document] == document)
        return document;
    uint32_t own = twins_in(twins, document, site->config->language);
    return own != NO_DOCUMENT ? own : twins_main(twins, document);
}

uint32_t editions_topic(const struct site *site, uint32_t topic)
{
    return editions_document(site, site->web->topics[topic].document);
}

void editions_set_words(struct site *site)
{
    const struct language *language = site->language;
    site->words = (struct html_words){
        .table = language_text(language, "table"),
        .footnotes = language_text(language, "footnotes"),
        .back = language_text(language, "back_to_text"),
        .done = language_text(language, "done"),
        .open = language_text(language, "to_do"),
        .missing = language_text(language, "unknown_reference"),
        .passage = language_text(language, "passage"),
        .page = language_text(language, "page_short"),
        .files_folder = language_text(site->editions[0]->names, "folders.files"),
        .tags_folder = editions_id(site, site->arena, "folders.tags"),
        .embedded = language_text(language, "embedded_from"),
    };
    for (unsigned kind = 0; kind < CALLOUTS; kind++) {
        struct str key = str_format(site->arena, "callouts.%s", callout_name(kind));
        site->words.callouts[kind] = language_text(language, str_cstring(site->arena, key));
    }
}

/* The settings with the words of a language in the place of those that hold for all. */
static const struct config *config_in(const struct site *site, struct str code)
{
    struct config *config = arena_new(site->arena, struct config);
    *config = *site->config;
    config->language = code;
    for (size_t i = 0; i < config->words.count; i++) {
        const struct config *words = config->words.items[i].config;
        if (!str_equal(config->words.items[i].language, code))
            continue;
        config->title = words->title.len ? words->title : config->title;
        config->description = words->description.len ? words->description : config->description;
        if (words->menu.count) {
            config->menu.items = words->menu.items;
            config->menu.count = words->menu.count;
        }
    }
    return config;
}

static struct str title_of(const struct site *site)
{
    struct str title = site->config->title;
    return title.len ? title : language_text(site->language, "site_untitled");
}

/* `own`: with pages of its own. */
static void add(struct making *making, const struct language *language, bool own)
{
    struct site *main = making->own, *site = main;
    if (making->count) {
        site = arena_new(main->arena, struct site);
        *site = *main;
        site->language = language;
        site->config = config_in(main, language->code);
    } else {
        site->config = config_in(main, main->config->language);
    }
    if (making->count && own) {
        site->names = language;
        site->prefix = str_format(main->arena, "%.*s/", STR_ARGS(language->code));
    }
    site->title = title_of(site);
    making->editions[making->count++] = site;
}

static struct str primary(struct arena *arena, struct str tag)
{
    struct buf code;
    struct str first = str_cut(&tag, '-');
    buf_init(&code, arena);
    for (size_t i = 0; i < first.len; i++)
        buf_put_char(&code, str_lower(first.data[i]));
    return buf_str(&code);
}

/* The number of the edition for a language; 0 where there are no words of it. */
static uint32_t find(struct making *making, struct str tag)
{
    struct site *site = making->own;
    struct language *language;
    struct err err;
    for (uint32_t i = 0; i < making->count; i++)
        if (twins_fits(tag, making->editions[i]->language->code))
            return i;
    struct str code = primary(site->arena, tag);
    struct str path = str_format(site->arena, "theme/languages/%.*s.yaml", STR_ARGS(code));
    void **missing = map_at(&making->missing, code);
    if (*missing || making->count == EDITIONS_MAX)
        return 0;
    *missing = making;
    language = arena_new(site->arena, struct language);
    if (!assets_find(site->assets, path) ||
        language_open(language, site->arena, site->assets, code, making->diags, &err) ||
        !twins_fits(tag, language->code))
        return 0;
    add(making, language, false);
    return making->count - 1;
}

/* Only where some document names another language is it told by document. */
static void find_all(struct making *making)
{
    struct site *site = making->own;
    const struct web *web = site->web;
    unsigned char *edition_of = NULL;
    for (uint32_t i = 0; i < web->document_count; i++) {
        struct str language = outline_language(&web->documents[i]);
        uint32_t edition = language.len ? find(making, language) : 0;
        if (edition && !edition_of)
            edition_of = arena_new_array(site->arena, web->document_count, unsigned char);
        if (edition)
            edition_of[i] = (unsigned char)edition;
    }
    site->edition_of = edition_of;
}

void editions_make(struct site *site, const struct language *languages, struct diags *diags)
{
    struct making making = {.own = site, .diags = diags};
    const struct site **editions = arena_new_array(site->arena, EDITIONS_MAX, const struct site *);
    map_init(&making.missing, site->arena);
    for (uint32_t i = 0; i < site->config->language_count; i++)
        add(&making, &languages[i], true);
    uint32_t own = making.count;
    find_all(&making);
    for (uint32_t i = 0; i < making.count; i++)
        editions[i] = making.editions[i];
    for (uint32_t i = 0; i < making.count; i++) {
        struct site *edition = making.editions[i];
        edition->editions = editions;
        edition->edition_count = making.count;
        edition->own_count = own;
        edition->edition_of = site->edition_of;
        editions_set_words(edition);
        for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
            edition->list_ids[kind] = str_format(
                site->arena, "%.*s%.*s", STR_ARGS(edition->prefix),
                STR_ARGS(language_list_id(edition->names, site->arena, (enum document_kind)kind)));
    }
}
