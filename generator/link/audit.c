#include "link/audit.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "link/catalog.h"
#include "read/lint.h"
#include "read/reader.h"

#include <time.h>

/* A work tree is ahead of its last commit: only a date this much later is a slip. */
enum { YEARS_AHEAD = 1 };

struct audit {
    const struct web *web;
    struct crew *crew;
    const struct config *config;
    const struct audit_words *words;
    struct arena *arena;
    struct diags *diags;
    struct date latest;
    bool *reached;      /* by document */
    struct map by_path; /* documents */
};

static struct date date_of(const struct snapshot *snapshot)
{
    struct tm day;
    time_t local = (time_t)(snapshot->committed.time + snapshot->committed.offset * 60);
    if (!snapshot->committed.time || !gmtime_r(&local, &day))
        return (struct date){0};
    return (struct date){
        (uint16_t)(day.tm_year + 1900 + (snapshot->worktree || snapshot->staged ? YEARS_AHEAD : 0)),
        (uint8_t)(day.tm_mon + 1), (uint8_t)day.tm_mday};
}

/* -- One document ---------------------------------------------------------------------------------
 */

/* The file is read once more only for the place. */
static void check_date(const struct audit *audit, const struct outline *document)
{
    struct worker *worker = &audit->crew->workers[0];
    struct date latest = audit->latest;
    struct str source = STR("");
    struct err err;
    if (!document->meta.date.year || !latest.year ||
        date_compare(document->meta.date, latest) <= 0 || document->markdown == NO_ENTRY)
        return;
    arena_clear(&worker->page);
    if (snapshot_read(worker->reader, document->markdown, audit->crew->limits->file_size,
                      &worker->page, &source, &err))
        source = STR("");
    struct str day = date_format(&worker->page, latest);
    diag_add(audit->diags, DIAG_WARNING, "date-future", lint_date_place(document->path, source),
             "this date is later than %.*s, the commit's", STR_ARGS(day));
}

static void check_record(const struct audit *audit, const struct outline *source)
{
    const struct meta *meta = &source->meta;
    struct place place = {source->path, 1, 0};
    bool title = !str_equal(meta->title, reader_stem(source->path));
    if (!title || !meta->date.year || !meta->more->issuer.len)
        diag_add(audit->diags, DIAG_WARNING, "source-incomplete", place, "this record lacks:%s%s%s",
                 title ? "" : " 'title'", meta->date.year ? "" : " 'date'",
                 meta->more->issuer.len ? "" : " 'issuer'");
    /* A summary says what is in it; a reference is enough to ask for it. */
    if (source->text == NO_ENTRY && source->original == NO_ENTRY && !meta->more->url.len &&
        !meta->more->reference.len && !source->passage_count)
        diag_add(audit->diags, DIAG_WARNING, "source-empty", place,
                 "this source has no text, original, summary, 'url' or 'reference'; nobody can "
                 "look it up");
}

static void check_inferred(const struct audit *audit, const struct outline *source)
{
    const struct meta *meta = &source->meta;
    struct str date = date_format(audit->arena, meta->date), none = STR("none");
    struct str issuer = meta->more->issuer.len ? meta->more->issuer : none;
    struct str reference = meta->more->reference.len ? meta->more->reference : none;
    diag_add(audit->diags, DIAG_NOTE, "text-without-record", (struct place){.path = source->path},
             "there is no record; inferred: title '%.*s', date '%.*s', issuer '%.*s', reference "
             "'%.*s'",
             STR_ARGS(meta->title), STR_ARGS(date.len ? date : none), STR_ARGS(issuer),
             STR_ARGS(reference));
}

static void check_aliases(const struct audit *audit, const struct outline *topic)
{
    struct map seen;
    map_init(&seen, audit->arena);
    *map_at(&seen, utf8_fold(audit->arena, topic->meta.title)) = &seen;
    for (size_t i = 0; i < topic->meta.aliases.texts.count; i++) {
        const struct meta_text *alias = &topic->meta.aliases.texts.items[i];
        void **slot = map_at(&seen, utf8_fold(audit->arena, alias->text));
        if (*slot)
            diag_add(audit->diags, DIAG_WARNING, "alias-twice",
                     (struct place){topic->path, alias->line, alias->column},
                     "'%.*s' is a name of this topic already", STR_ARGS(alias->text));
        *slot = &seen;
    }
}

/* A word that is one letter away from one that has a name; empty where it has one itself, or is far
 * from all: an author may use words of their own. */
static struct str meant_word(const struct map *words, struct str word)
{
    struct str meant = STR("");
    for (size_t i = 0; i < words->count; i++) {
        if (str_equal_nocase(words->items[i].key, word))
            return STR("");
        if (str_is_one_edit(words->items[i].key, word))
            meant = words->items[i].key;
    }
    return meant;
}

static void check_kind(const struct audit *audit, const struct outline *topic)
{
    struct str kind = topic->meta.kind, meant = meant_word(audit->words->kinds, kind);
    if (kind.len && meant.len)
        diag_add(audit->diags, DIAG_WARNING, "kind-unknown", (struct place){.path = topic->path},
                 "the kind '%.*s' has no name in the language of the site; did you mean '%.*s'?",
                 STR_ARGS(kind), STR_ARGS(meant));
}

static void check_relations(const struct audit *audit, uint32_t index)
{
    const struct outline *topic = &audit->web->documents[index];
    for (size_t i = 0; i < topic->meta.more->relations.count; i++) {
        const struct relation *relation = &topic->meta.more->relations.items[i];
        struct str meant = meant_word(audit->words->relations, relation->type);
        if (meant.len)
            diag_add(audit->diags, DIAG_WARNING, "relation-unknown",
                     (struct place){topic->path, relation->target.line, relation->target.column},
                     "the relation '%.*s' has no name in the language of the site; did you mean "
                     "'%.*s'?",
                     STR_ARGS(relation->type), STR_ARGS(meant));
    }
    for (size_t i = 0; i < topic->links.count; i++) {
        const struct link *link = &topic->links.items[i];
        if (link->kind == LINK_RELATION && link->to.document == index)
            diag_add(audit->diags, DIAG_WARNING, "relation-to-itself",
                     (struct place){topic->path, link->line, link->column},
                     "'%.*s' is this topic itself", STR_ARGS(link->target));
    }
}

/* -- Links ----------------------------------------------------------------------------------------
 */

static void follow_links(const struct audit *audit, uint32_t index)
{
    const struct outline *document = &audit->web->documents[index];
    for (size_t i = 0; i < document->links.count; i++) {
        const struct link *link = &document->links.items[i];
        if (link->to.document == NO_DOCUMENT)
            continue;
        if (link->to.document != index)
            audit->reached[link->to.document] = true;
        else if (link->passage && !link->to.anchor.len &&
                 str_find_char(link->target, '#') == STR_NONE &&
                 (link->kind == LINK_WIKILINK || link->kind == LINK_MARKDOWN))
            diag_add(audit->diags, DIAG_WARNING, "link-to-itself",
                     (struct place){document->path, link->line, link->column},
                     "'%.*s' is the page that this link stands on", STR_ARGS(link->target));
    }
}

static bool is_in_menu(const struct audit *audit, const struct outline *document)
{
    for (size_t i = 0; i < audit->config->menu.count; i++) {
        struct str url = audit->config->menu.items[i].url;
        if (str_find(url, document->id) != STR_NONE || str_find(url, document->path) != STR_NONE)
            return true;
    }
    return false;
}

/* An address elsewhere, or what may be a page that the site makes. */
static bool is_page_or_address(struct str url)
{
    return str_find_char(url, ':') != STR_NONE || str_find_char(url, '#') != STR_NONE ||
           str_find(url, STR(".html")) != STR_NONE || str_ends(url, STR("/"));
}

static void check_menu(const struct audit *audit)
{
    for (size_t i = 0; i < audit->config->menu.count; i++) {
        const struct menu_entry *entry = &audit->config->menu.items[i];
        struct resolution found = {.to.document = NO_DOCUMENT};
        if (audit->web->document_count && !is_page_or_address(entry->url))
            found = resolve_wikilink(&audit->web->resolver, audit->arena, 0, entry->url);
        if (!is_page_or_address(entry->url) && found.to.document == NO_DOCUMENT)
            diag_add(audit->diags, DIAG_WARNING, "menu-missing",
                     (struct place){STR(CONFIG_PATH), entry->line, entry->column},
                     "nothing is called '%.*s', to which this entry of the menu leads",
                     STR_ARGS(entry->url));
    }
}

/* -- Embeds that lead round
 * ------------------------------------------------------------------------
 */

enum circle_state { NOT_SEEN, ON_THE_WAY, DONE };

/* A document on the way, and the next of its links. */
struct step {
    uint32_t document;
    size_t link;
};

static const struct link *next_embed(const struct audit *audit, struct step *step)
{
    const struct outline *document = &audit->web->documents[step->document];
    while (step->link < document->links.count) {
        const struct link *link = &document->links.items[step->link++];
        if (link->kind == LINK_EMBED && link->to.document != NO_DOCUMENT && !link->to.anchor.len)
            return link;
    }
    return NULL;
}

static void note_circle(const struct audit *audit, uint32_t document, const struct link *link)
{
    diag_add(audit->diags, DIAG_WARNING, "embed-circle",
             (struct place){audit->web->documents[document].path, link->line, link->column},
             "'%.*s' embeds this page in turn; there it is shown as a link",
             STR_ARGS(link->target));
}

/* Follows embeds of whole documents from one that was not seen yet. Each link is followed once. */
static void follow_embeds(const struct audit *audit, uint32_t first, unsigned char *states,
                          struct step *way)
{
    size_t count = 0;
    way[count++] = (struct step){first, 0};
    states[first] = ON_THE_WAY;
    while (count) {
        const struct link *link = next_embed(audit, &way[count - 1]);
        if (!link) {
            states[way[--count].document] = DONE;
            continue;
        }
        uint32_t to = link->to.document;
        if (states[to] == ON_THE_WAY)
            note_circle(audit, way[count - 1].document, link);
        if (states[to] != NOT_SEEN)
            continue;
        states[to] = ON_THE_WAY;
        way[count++] = (struct step){to, 0};
    }
}

static void check_circles(const struct audit *audit)
{
    uint32_t count = audit->web->document_count;
    unsigned char *states = arena_new_array(audit->arena, count, unsigned char);
    struct step *way = arena_new_array(audit->arena, count, struct step);
    for (uint32_t i = 0; i < count; i++)
        if (states[i] == NOT_SEEN)
            follow_embeds(audit, i, states, way);
}

/* The document that a note seems to translate: `index.md` of `index.nl.md`. NULL where its name
 * says nothing of the kind, or it says itself what it translates. */
static const struct outline *guess_original(const struct audit *audit, const struct outline *note)
{
    struct str stem = str_slice(note->path, 0, note->path.len - STR(".md").len);
    ptrdiff_t dot = str_find_last(stem, '.');
    bool language = false;
    if (dot == STR_NONE || !str_ends(note->path, STR(".md")) ||
        note->meta.more->translation_of.text.len)
        return NULL;
    for (size_t i = 0; i < audit->words->languages->texts.count; i++)
        language |= twins_fits(str_from_offset(stem, (size_t)dot + 1),
                               audit->words->languages->texts.items[i].text);
    struct str path = str_format(audit->arena, "%.*s.md", (int)dot, stem.data);
    return language ? map_get(&audit->by_path, path) : NULL;
}

static void say_unreached(const struct audit *audit, const struct outline *note)
{
    struct place place = {.path = note->path};
    const struct outline *original = guess_original(audit, note);
    if (original)
        diag_add(audit->diags, DIAG_NOTE, "note-unreached", place,
                 "no page but lists leads to this note; if it translates '%.*s', say "
                 "'translation_of: %.*s' in its front matter",
                 STR_ARGS(original->path), STR_ARGS(original->path));
    else
        diag_add(audit->diags, DIAG_NOTE, "note-unreached", place,
                 "no page but lists leads to this note: nothing links to it, and it names no "
                 "topic");
}

static void check_reached(const struct audit *audit, uint32_t index)
{
    const struct outline *note = &audit->web->documents[index];
    bool twin = audit->web->twins.next[index] != index;
    if (note->kind == DOCUMENT_NOTE && !audit->reached[index] && !note->mentions.count && !twin &&
        !catalog_is_index(note->path) && !is_in_menu(audit, note))
        say_unreached(audit, note);
}

/* -- Topics ---------------------------------------------------------------------------------------
 */

static bool has_all_texts(const struct web *web)
{
    for (uint32_t i = 0; i < web->document_count; i++)
        if (web->documents[i].kind == DOCUMENT_SOURCE && web->documents[i].text == NO_ENTRY)
            return false;
    return true;
}

static void check_named(const struct audit *audit, const struct topic *topic)
{
    if (!topic->mention_count && !audit->reached[topic->document])
        diag_add(audit->diags, DIAG_WARNING, "topic-unnamed",
                 (struct place){.path = audit->web->documents[topic->document].path},
                 "no text names '%.*s' and nothing links to it",
                 STR_ARGS(audit->web->documents[topic->document].meta.title));
}

static void check_language(const struct audit *audit, const struct outline *document)
{
    const struct meta_list *known = audit->words->languages;
    struct str language = outline_language(document);
    bool has_words = !language.len;
    for (size_t i = 0; i < known->texts.count; i++)
        has_words |= twins_fits(language, known->texts.items[i].text);
    if (has_words)
        return;
    diag_add(audit->diags, DIAG_NOTE, "language-pack-missing",
             (struct place){.path = document->path},
             "there are no words in language '%.*s'; its page has those of the site",
             STR_ARGS(language));
}

static void check_one(const struct audit *audit, uint32_t index)
{
    const struct outline *document = &audit->web->documents[index];
    check_language(audit, document);
    check_date(audit, document);
    if (document->kind == DOCUMENT_SOURCE && document->markdown != NO_ENTRY)
        check_record(audit, document);
    else if (document->kind == DOCUMENT_SOURCE)
        check_inferred(audit, document);
    if (document->kind == DOCUMENT_TOPIC) {
        check_aliases(audit, document);
        check_kind(audit, document);
        check_relations(audit, index);
    }
    check_reached(audit, index);
}

void audit_run(const struct web *web, struct crew *crew, const struct config *config,
               const struct audit_words *words, struct arena *arena, struct diags *diags)
{
    struct audit audit = {.web = web,
                          .crew = crew,
                          .config = config,
                          .words = words,
                          .arena = arena,
                          .diags = diags,
                          .latest = date_of(web->snapshot)};
    audit.reached = arena_new_array(arena, web->document_count, bool);
    map_init(&audit.by_path, arena);
    for (uint32_t i = 0; i < web->document_count; i++)
        *map_at(&audit.by_path, web->documents[i].path) = &web->documents[i];
    for (uint32_t i = 0; i < web->document_count; i++)
        follow_links(&audit, i);
    for (uint32_t i = 0; i < web->document_count; i++)
        check_one(&audit, i);
    check_menu(&audit);
    check_circles(&audit);
    bool all = has_all_texts(web);
    for (uint32_t i = 0; all && i < web->topic_count; i++)
        check_named(&audit, &web->topics[i]);
}
