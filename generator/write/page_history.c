#include "write/page_history.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "read/reader.h"
#include "write/editions.h"
#include "write/moment.h"
#include "write/redline.h"
#include "write/url.h"

#include <string.h>

enum {
    COMMITS_PER_PAGE = 50,
    DOCUMENTS_PER_COMMIT = 30, /* shown of what a commit touched; the rest is counted */
    COMMIT_DIGITS = 10
};

static struct str text(const struct page *page, const char *key)
{
    return language_text(page->site->language, key);
}

static struct str digits(struct arena *arena, const unsigned char *oid)
{
    struct buf out;
    buf_init(&out, arena);
    buf_put_hex(&out, oid, COMMIT_DIGITS / 2);
    return buf_str(&out);
}

/* Commits have a full stop in their anchors, as nothing that an author names has. */
static struct str anchor(struct arena *arena, const struct change_commit *commit)
{
    return str_format(arena, "c.%.*s", STR_ARGS(digits(arena, commit->oid)));
}

bool page_has_history(const struct site *site, uint32_t document)
{
    return site->web->revisions && site->web->revisions->of[document].items.count > 1;
}

struct str page_history_id(struct arena *arena, const struct site *site, uint32_t document)
{
    const struct language *names = editions_of(site, document)->names;
    return str_format(arena, "%.*s.%.*s", STR_ARGS(site->web->documents[document].id),
                      STR_ARGS(language_text(names, "pages.history")));
}

static struct value *commit_value(struct page *page, const struct change_commit *commit)
{
    struct value *value = value_object(page->arena);
    struct str subject = commit->subject.len ? commit->subject : text(page, "no_subject");
    page_set(page, value, "id", anchor(page->arena, commit));
    page_set(page, value, "date",
             language_moment(page->site->language, page->arena, commit->committed));
    page_set(page, value, "date_iso", moment_iso(page->arena, commit->committed));
    page_set(page, value, "subject", subject);
    page_set(page, value, "commit", digits(page->arena, commit->oid));
    return value;
}

/* What happened, as the language has it under `changes_made`. */
static void set_kind(struct page *page, struct value *value, const struct change *change)
{
    static const char *const keys[] = {[CHANGE_ADDED] = "changes_made.added",
                                       [CHANGE_EDITED] = "changes_made.edited",
                                       [CHANGE_GONE] = "changes_made.gone",
                                       [CHANGE_RENAMED] = "changes_made.renamed"};
    page_set(page, value, "what", text(page, keys[change->kind]));
    page_set(page, value, "path", change->path);
    if (change->kind == CHANGE_RENAMED)
        page_set(page, value, "old_path", change->old_path);
}

/* -- Versions of a document
 * ------------------------------------------------------------------------ */

/* One file as it was: the lines of its front matter, then its passages. */
struct version {
    struct arena arena;
    unsigned char oid[OID_SIZE];
    struct redline_text text;
    size_t first_passage;
    bool read;
};

struct comparison {
    struct page *page;
    uint32_t document;
    const struct document *now;
    uint16_t *since;
    struct str *texts; /* by passage: as it was in the oldest version seen so far */
    struct version versions[2];
    struct redline_words words;
    size_t room; /* bytes of HTML that differences may still take */
};

static void take_front_matter(struct version *version, struct str lines)
{
    for (struct str line; (line = str_line(&lines)).data;)
        if (str_trim(line).len && !str_starts(line, STR("---")))
            *vec_push(&version->text.items, &version->arena) = str_trim_end(line);
}

static void parse(struct comparison *comparison, struct version *version, struct str path,
                  struct str bytes)
{
    const struct crew *crew = comparison->page->site->crew;
    struct document document;
    struct reader_input input = {
        .path = path, .fallback_slug = crew->fallback_slug, .collection = &crew->words};
    bool plain = str_ends(path, STR(".txt"));
    *(plain ? &input.text : &input.markdown) = bytes;
    input.text_path = path;
    reader_read(&version->arena, &input, &document, NULL);
    if (!plain)
        take_front_matter(version, str_slice(bytes, 0, document.meta.body_offset));
    version->first_passage = version->text.items.count;
    for (size_t i = 0; i < document.passages.count; i++)
        *vec_push(&version->text.items, &version->arena) = document.passages.items[i].text;
}

/* A version, read again unless it is one of the two that are at hand; `keep` is the other one that
 * is wanted. NULL where it cannot be compared. */
static struct version *open_version(struct comparison *comparison, const unsigned char *oid,
                                    struct str path, const struct version *keep)
{
    struct err err;
    struct str bytes;
    struct version *version = &comparison->versions[keep == &comparison->versions[0]];
    for (int i = 0; i < 2; i++)
        if (comparison->versions[i].read && !memcmp(comparison->versions[i].oid, oid, OID_SIZE))
            return &comparison->versions[i];
    arena_clear(&version->arena);
    version->text = (struct redline_text){0};
    version->read = !snapshot_read_blob(comparison->page->worker->reader, oid, REVISION_SIZE_MAX,
                                        &version->arena, &bytes, &err);
    if (!version->read)
        return NULL;
    memcpy(version->oid, oid, OID_SIZE);
    parse(comparison, version, path, bytes);
    return version;
}

/* Whether the words of a mention stand in that text, as the start of a word if they are one. */
static bool has_words(struct str text, struct str passage, const struct mention *mention)
{
    struct str words = str_slice(passage, mention->start, mention->end - mention->start);
    bool inside = utf8_is_letter(utf8_before(passage, mention->start));
    for (size_t at = 0; words.len && at < text.len; at += words.len) {
        ptrdiff_t found = str_find(str_from_offset(text, at), words);
        if (found == STR_NONE)
            return false;
        at += (size_t)found;
        if (utf8_is_letter(utf8_before(text, at)) == inside)
            return true;
    }
    return false;
}

/* Those of a passage's mentions that its version before did not have came with this revision. */
static void settle(struct comparison *comparison, size_t passage, uint16_t revision,
                   struct str before)
{
    const struct outline *outline = &comparison->page->site->web->documents[comparison->document];
    struct str text = comparison->now->passages.items[passage].text;
    for (size_t i = outline_first_mention(outline, (uint32_t)passage + 1);
         i < outline->mentions.count && outline->mentions.items[i].passage == passage + 1; i++)
        if (comparison->since[i] == NO_REVISION &&
            !has_words(before, text, &outline->mentions.items[i]))
            comparison->since[i] = revision;
}

/* Follows each passage from its version in `after`, if it is there, to the one in `before`. */
static void note_since(struct comparison *comparison, uint16_t revision,
                       const struct version *before, const struct version *after)
{
    struct map places;
    struct arena scratch;
    arena_init(&scratch);
    map_init(&places, &scratch);
    for (size_t i = after->first_passage; i < after->text.items.count; i++)
        *map_at(&places, after->text.items.items[i]) = (void *)(uintptr_t)(i + 1);
    const uint32_t *origins =
        before ? redline_origins(&before->text, &after->text, &scratch) : NULL;
    for (size_t i = 0; i < comparison->now->passages.count; i++) {
        size_t place = (size_t)(uintptr_t)map_get(&places, comparison->texts[i]);
        if (!place)
            continue;
        uint32_t origin = origins ? origins[place - 1] : 0;
        struct str was = origin ? before->text.items.items[origin - 1] : STR("");
        if (str_equal(was, comparison->texts[i]))
            continue;
        settle(comparison, i, revision, was);
        comparison->texts[i] = str_copy(comparison->page->arena, was);
    }
    arena_release(&scratch);
}

/* A document of one file that was never changed needs no reading. */
static bool is_all(const struct comparison *comparison, uint16_t revision)
{
    const struct site *site = comparison->page->site;
    const struct outline *outline = &site->web->documents[comparison->document];
    bool one_file = outline->markdown == NO_ENTRY || outline->text == NO_ENTRY;
    if (revision || !one_file)
        return false;
    for (size_t i = 0; i < outline->mentions.count; i++)
        comparison->since[i] = revision;
    return true;
}

static void set_difference(struct comparison *comparison, struct value *value,
                           const struct version *before, const struct version *after)
{
    struct buf out;
    struct page *page = comparison->page;
    size_t room = comparison->room < DIFFERENCE_SIZE_MAX ? comparison->room : DIFFERENCE_SIZE_MAX;
    buf_init(&out, page->arena);
    bool whole = redline_put(&out, &before->text, &after->text, &comparison->words, room);
    comparison->room -= out.len < comparison->room ? out.len : comparison->room;
    if (!whole)
        page_set_flag(page, value, "truncated");
    if (!out.len && whole)
        page_set_flag(page, value, "unseen");
    page_set(page, value, "html", buf_str(&out));
}

static void compare(struct comparison *comparison, struct value *value, uint16_t revision,
                    const struct change *change)
{
    struct version *after, *before = NULL;
    if (change->kind == CHANGE_GONE || !memcmp(change->before, change->after, OID_SIZE))
        return;
    if (change->kind == CHANGE_ADDED && is_all(comparison, revision))
        return;
    after = open_version(comparison, change->after, change->path, NULL);
    if (after && change->kind != CHANGE_ADDED)
        before = open_version(comparison, change->before, change->old_path, after);
    if (after && (before || change->kind == CHANGE_ADDED))
        note_since(comparison, revision, before, after);
    if (after && before)
        set_difference(comparison, value, before, after);
    else if (change->kind != CHANGE_ADDED)
        page_set_flag(comparison->page, value, "not_compared");
}

/* -- The page of a document
 * ------------------------------------------------------------------------ */

static struct value *revision_value(struct comparison *comparison, uint32_t index)
{
    struct page *page = comparison->page;
    const struct revisions *revisions = page->site->web->revisions;
    const struct revision *revision = &revisions->of[comparison->document].items.items[index];
    const struct change *change = &revisions->changes.items.items[revision->change];
    struct value *value = commit_value(page, &revisions->changes.commits.items[revision->commit]);
    /* Of a commit that changed both files of a source, the first has the anchor. */
    uint32_t nth = 1;
    while (nth <= index && revision[-(ptrdiff_t)nth].commit == revision->commit)
        nth++;
    if (nth > 1)
        page_set(page, value, "id",
                 str_format(page->arena, "%.*s.%u", STR_ARGS(value_get(value, STR("id"))->text),
                            (unsigned)nth));
    set_kind(page, value, change);
    if (index < REVISIONS_COMPARED)
        compare(comparison, value, (uint16_t)index, change);
    else if (change->kind == CHANGE_EDITED)
        page_set_flag(page, value, "not_compared");
    return value;
}

void page_history(struct page *page, uint32_t document, const struct document *read,
                  uint16_t *since)
{
    const struct revisions *revisions = page->site->web->revisions;
    const struct document_revisions *of = &revisions->of[document];
    struct value *list = value_list(page->arena);
    struct comparison comparison = {
        .page = page,
        .document = document,
        .now = read,
        .since = since,
        .room = DIFFERENCES_SIZE_MAX,
        .words = {text(page, "difference_added"), text(page, "difference_removed"),
                  text(page, "difference_moved"), text(page, "difference_end")}};
    arena_init(&comparison.versions[0].arena);
    arena_init(&comparison.versions[1].arena);
    comparison.texts = arena_new_array(page->arena, read->passages.count, struct str);
    for (size_t i = 0; i < read->passages.count; i++)
        comparison.texts[i] = read->passages.items[i].text;
    for (size_t i = 0; i < page->site->web->documents[document].mentions.count; i++)
        since[i] = NO_REVISION;
    for (uint32_t i = 0; i < of->items.count && i < REVISIONS_SHOWN; i++)
        value_append(page->arena, list, revision_value(&comparison, i));
    arena_release(&comparison.versions[0].arena);
    arena_release(&comparison.versions[1].arena);
    page_set_list(page, page->value, "revisions", list);
    page_set(page, page->value, "document_url", page_document_url(page, document, STR("")));
    if (of->items.count > REVISIONS_SHOWN)
        page_set(page, page->value, "older",
                 language_count(page->site->language, page->arena, "change",
                                of->items.count - REVISIONS_SHOWN));
    if (revisions->changes.cut)
        page_set_flag(page, page->value, "cut");
}

/* -- The changes of the site
 * ----------------------------------------------------------------------- */

uint32_t page_changes_parts(const struct site *site)
{
    size_t count = site->web->revisions ? site->web->revisions->changes.commits.count : 0;
    return (uint32_t)((count + COMMITS_PER_PAGE - 1) / COMMITS_PER_PAGE);
}

struct str page_changes_id(struct arena *arena, const struct site *site, uint32_t part)
{
    struct str id = editions_id(site, arena, "pages.changes");
    return part == 1 ? id : str_format(arena, "%.*s.%u", STR_ARGS(id), (unsigned)part);
}

static bool is_compared(const struct document_revisions *of, uint32_t change)
{
    for (size_t i = 0; i < of->items.count && i < REVISIONS_SHOWN; i++)
        if (of->items.items[i].change == change)
            return true;
    return false;
}

/* A document that is gone has no page: its path stands for it. */
static struct value *touched(struct page *page, const struct change_commit *commit, uint32_t number)
{
    const struct revisions *revisions = page->site->web->revisions;
    uint32_t document = revisions->document_of[number];
    struct value *value = value_object(page->arena);
    set_kind(page, value, &revisions->changes.items.items[number]);
    if (document == NO_DOCUMENT)
        return value;
    page_set(page, value, "title", page->site->web->documents[document].meta.title);
    page_set(page, value, "kind",
             str_from(page_kind_names[page->site->web->documents[document].kind]));
    page_set(page, value, "url", page_document_url(page, document, STR("")));
    page_set_foreign(page, value, document);
    if (page_has_history(page->site, document) && is_compared(&revisions->of[document], number))
        page_set(page, value, "difference_url",
                 url_page(page->arena, page->root,
                          page_history_id(page->arena, page->site, document),
                          anchor(page->arena, commit)));
    return value;
}

static struct value *change_value(struct page *page, const struct change_commit *commit)
{
    struct value *value = commit_value(page, commit), *documents = value_list(page->arena);
    for (uint32_t i = 0; i < commit->count && i < DOCUMENTS_PER_COMMIT; i++)
        value_append(page->arena, documents, touched(page, commit, commit->first + i));
    page_set_list(page, value, "documents", documents);
    if (commit->count > DOCUMENTS_PER_COMMIT)
        page_set(page, value, "more",
                 language_count(page->site->language, page->arena, "document",
                                commit->count - DOCUMENTS_PER_COMMIT));
    return value;
}

void page_changes(struct page *page, uint32_t part)
{
    const struct changes *changes = &page->site->web->revisions->changes;
    struct value *list = value_list(page->arena);
    size_t first = (size_t)(part - 1) * COMMITS_PER_PAGE;
    for (size_t i = first; i < changes->commits.count && i - first < COMMITS_PER_PAGE; i++)
        value_append(page->arena, list, change_value(page, &changes->commits.items[i]));
    page_set_list(page, page->value, "commits", list);
    page_set_parts(page, page_changes_id(page->arena, page->site, 1), part,
                   page_changes_parts(page->site));
    if (changes->cut)
        page_set_flag(page, page->value, "cut");
}
