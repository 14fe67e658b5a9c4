#include "write/changeset.h"

#include "base/arena.h"
#include "base/difference.h"
#include "base/map.h"
#include "base/utf8.h"
#include "link/names.h"
#include "write/alignment.h"

#include <stdlib.h>

struct changing {
    struct changeset *out;
    struct arena *arena;
    struct map redirects;       /* addresses of after that lead elsewhere */
    struct citations citations; /* with which documents of after changed */
    struct misplaced_list misplaced;
};

/* What is shown of a text: its beginning. */
static struct str excerpt(struct arena *arena, struct str text)
{
    struct str part = str_slice(text, 0, CHANGESET_TEXT_MAX);
    if (part.len == text.len)
        return str_copy(arena, text);
    part.len = utf8_valid_length(part);
    return str_format(arena, "%.*s…", STR_ARGS(part));
}

/* Copies runs as far as there is room. */
static void keep_runs(struct redline_runs *out, const struct redline_runs *runs,
                      struct arena *arena)
{
    size_t room = CHANGESET_TEXT_MAX;
    for (size_t i = 0; i < runs->items.count; i++) {
        struct redline_run run = runs->items.items[i];
        bool cut = run.text.len > room;
        run.text = str_slice(run.text, 0, room);
        if (cut)
            run.text.len = utf8_valid_length(run.text);
        room -= run.text.len;
        run.text = str_copy(arena, run.text);
        if (run.text.len)
            *vec_push(&out->items, arena) = run;
        if (cut) {
            *vec_push(&out->items, arena) = (struct redline_run){REDLINE_LEFT_OUT, STR("…"), false};
            return;
        }
    }
}

/* -- Metadata
 * -------------------------------------------------------------------------------------- */

static void compare_field(struct page_change *change, struct arena *arena, const char *name,
                          struct str before, struct str after)
{
    if (str_equal(before, after))
        return;
    struct field_change *field = vec_push(&change->fields, arena);
    *field = (struct field_change){.name = name};
    if (before.len <= CHANGESET_FIELD_MAX || after.len <= CHANGESET_FIELD_MAX) {
        field->before = excerpt(arena, before);
        field->after = excerpt(arena, after);
        return;
    }
    struct arena scratch;
    struct redline_runs runs;
    arena_init(&scratch);
    redline_find_runs(before, after, &scratch, &runs);
    keep_runs(&field->runs, &runs, arena);
    arena_release(&scratch);
}

static struct str list_text(const struct meta_list *list, struct arena *arena)
{
    struct buf text;
    buf_init(&text, arena);
    for (size_t i = 0; i < list->texts.count; i++) {
        buf_put_cstring(&text, i ? ", " : "");
        buf_put(&text, list->texts.items[i].text);
    }
    return buf_str(&text);
}

static struct str relations_text(const struct meta *meta, struct arena *arena)
{
    struct buf text;
    buf_init(&text, arena);
    for (size_t i = 0; i < meta->more->relations.count; i++) {
        buf_put_cstring(&text, i ? ", " : "");
        buf_put(&text, meta->more->relations.items[i].type);
        buf_put_cstring(&text, ": ");
        buf_put(&text, meta->more->relations.items[i].target.text);
    }
    return buf_str(&text);
}

static void compare_lists(struct page_change *change, struct arena *arena, const struct meta *a,
                          const struct meta *b)
{
    const struct {
        const char *name;
        const struct meta_list *before, *after;
    } lists[] = {{"aliases", &a->aliases, &b->aliases},
                 {"tags", &a->tags, &b->tags},
                 {"sources", &a->more->sources, &b->more->sources},
                 {"same_as", &a->more->same_as, &b->more->same_as},
                 {"redirect_from", &a->more->former, &b->more->former},
                 {"match: never", &a->more->never, &b->more->never},
                 {"match: only_with", &a->more->only_with, &b->more->only_with}};
    struct arena scratch;
    arena_init(&scratch);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        compare_field(change, arena, lists[i].name, list_text(lists[i].before, &scratch),
                      list_text(lists[i].after, &scratch));
    compare_field(change, arena, "relations", relations_text(a, &scratch),
                  relations_text(b, &scratch));
    compare_field(change, arena, "date", date_format(&scratch, a->date),
                  date_format(&scratch, b->date));
    arena_release(&scratch);
}

static void compare_meta(struct page_change *change, struct arena *arena, const struct outline *old,
                         const struct outline *new)
{
    const struct meta *a = &old->meta, *b = &new->meta;
    static const char *const kinds[DOCUMENT_KINDS] = {
        [DOCUMENT_TOPIC] = "topic", [DOCUMENT_SOURCE] = "source", [DOCUMENT_NOTE] = "note"};
    compare_field(change, arena, "title", a->title, b->title);
    compare_field(change, arena, "type", str_from(kinds[old->kind]), str_from(kinds[new->kind]));
    compare_field(change, arena, "description", a->description, b->description);
    compare_field(change, arena, "label", a->more->label, b->more->label);
    compare_field(change, arena, "kind", a->kind, b->kind);
    compare_field(change, arena, "abbreviation", a->more->abbreviation, b->more->abbreviation);
    compare_field(change, arena, "issuer", a->more->issuer, b->more->issuer);
    compare_field(change, arena, "author", a->more->author, b->more->author);
    compare_field(change, arena, "addressee", a->more->addressee, b->more->addressee);
    compare_field(change, arena, "reference", a->more->reference, b->more->reference);
    compare_field(change, arena, "url", a->more->url, b->more->url);
    compare_field(change, arena, "lang", a->lang, b->lang);
    compare_field(change, arena, "language", a->language, b->language);
    compare_field(change, arena, "translation_of", a->more->translation_of.text,
                  b->more->translation_of.text);
    compare_field(change, arena, "licence", a->more->licence, b->more->licence);
    compare_field(change, arena, "compounds", str_from(a->more->compounds ? "yes" : "no"),
                  str_from(b->more->compounds ? "yes" : "no"));
    compare_lists(change, arena, a, b);
}

/* -- Passages
 * -------------------------------------------------------------------------------------- */

static void add_passage(struct changing *changing, struct page_change *change,
                        enum passage_fate fate, const struct alignment *alignment, uint32_t before,
                        uint32_t after)
{
    static const enum redline_kind kinds[] = {[PASSAGE_CAME] = REDLINE_ADDED,
                                              [PASSAGE_WENT] = REDLINE_REMOVED,
                                              [PASSAGE_MOVED] = REDLINE_SAME};
    struct arena scratch;
    struct redline_runs runs = {0};
    change->passage_counts[fate]++;
    if (change->passages.count >= CHANGESET_PASSAGES_MAX)
        return;
    arena_init(&scratch);
    struct str old = alignment_text(alignment->before, before);
    struct str new = alignment_text(alignment->after, after);
    if (fate == PASSAGE_EDITED)
        redline_find_runs(old, new, &scratch, &runs);
    else
        *vec_push(&runs.items, &scratch) =
            (struct redline_run){kinds[fate], fate == PASSAGE_WENT ? old : new, false};
    struct passage_change *passage = vec_push(&change->passages, changing->arena);
    *passage = (struct passage_change){.fate = fate, .before = before, .after = after};
    keep_runs(&passage->runs, &runs, changing->arena);
    arena_release(&scratch);
}

/* By number of after: whether the passage stands out of the order that the others kept. */
static bool *find_moved(const struct alignment *alignment, struct arena *arena)
{
    uint32_t old_count = (uint32_t)alignment->before->passages.count, kept = 0, shared = 0;
    uint32_t new_count = (uint32_t)alignment->after->passages.count;
    bool *moved = arena_new_array(arena, new_count + 1, bool);
    uint32_t *a = arena_new_array(arena, old_count + 1, uint32_t);
    uint32_t *b = arena_new_array(arena, new_count + 1, uint32_t);
    struct difference found = {0};
    for (uint32_t i = 1; i <= old_count; i++)
        if (alignment->now_of[i])
            a[kept++] = alignment->now_of[i];
    for (uint32_t i = 1; i <= new_count; i++)
        if (alignment->before_of[i])
            b[shared++] = i;
    difference_find(a, kept, b, shared, arena, &found);
    for (size_t i = 0; i < found.items.count; i++) {
        const struct difference_part *part = &found.items.items[i];
        for (uint32_t j = 0; !part->same && j < part->b_count; j++)
            moved[b[part->b_first + j]] = true;
    }
    return moved;
}

static void compare_passages(struct changing *changing, struct page_change *change,
                             const struct alignment *alignment, struct arena *scratch)
{
    uint32_t next = 1;
    const bool *moved = find_moved(alignment, scratch);
    for (uint32_t i = 1; i <= alignment->after->passages.count; i++) {
        uint32_t old = alignment->before_of[i];
        struct str text = alignment_text(alignment->after, i);
        for (; next < old; next++)
            if (!alignment->now_of[next])
                add_passage(changing, change, PASSAGE_WENT, alignment, next, 0);
        if (!old)
            add_passage(changing, change, PASSAGE_CAME, alignment, 0, i);
        else if (!str_equal(text, alignment_text(alignment->before, old)))
            add_passage(changing, change, PASSAGE_EDITED, alignment, old, i);
        else if (moved[i])
            add_passage(changing, change, PASSAGE_MOVED, alignment, old, i);
    }
    for (; next <= alignment->before->passages.count; next++)
        if (!alignment->now_of[next])
            add_passage(changing, change, PASSAGE_WENT, alignment, next, 0);
}

/* -- Pages
 * ----------------------------------------------------------------------------------------- */

/* Of what one document was cited for by number. */
static void note_misplaced(struct changing *changing, uint32_t index,
                           const struct alignment *alignment)
{
    size_t first = changing->misplaced.items.count;
    misplaced_find(&changing->misplaced, &changing->citations, index, alignment, changing->arena);
    for (size_t i = first; i < changing->misplaced.items.count; i++) {
        struct misplaced *misplaced = &changing->misplaced.items.items[i];
        misplaced->words = excerpt(changing->arena, misplaced->words);
        misplaced->words_there = excerpt(changing->arena, misplaced->words_there);
    }
}

static void compare_texts(struct changing *changing, struct page_change *change, bool cited)
{
    struct arena scratch;
    struct alignment alignment;
    struct changeset *out = changing->out;
    arena_init(&scratch);
    alignment_find(&alignment, &out->before, change->before, &out->after, change->after, &scratch);
    compare_passages(changing, change, &alignment, &scratch);
    if (cited)
        note_misplaced(changing, change->after, &alignment);
    change->compared = true;
    arena_release(&scratch);
}

static void compare_page(struct changing *changing, uint32_t index)
{
    struct changeset *out = changing->out;
    uint32_t before = out->counterparts.before_of[index];
    const struct outline *new = &out->after.web->documents[index];
    const struct outline *old = before == NO_DOCUMENT ? NULL : &out->before.web->documents[before];
    bool moved = old && !str_equal(old->id, new->id), changed = changing->citations.changed[index];
    if (old && !moved && !changed)
        return;
    struct page_change change = {PAGE_CHANGED, before, index, .compared = !changed};
    if (!old)
        change.fate = PAGE_ADDED;
    else if (moved)
        change.fate = PAGE_MOVED;
    change.redirected = moved && map_get(&changing->redirects, old->id);
    if (old)
        compare_meta(&change, changing->arena, old, new);
    bool cited = changed && citations_have(&changing->citations, index);
    if (changed && (cited || out->pages.count < CHANGESET_PAGES_MAX))
        compare_texts(changing, &change, cited);
    *vec_push(&out->pages, changing->arena) = change;
}

static void list_gone(struct changing *changing)
{
    struct changeset *out = changing->out;
    const struct web *web = out->before.web;
    for (uint32_t i = 0; i < web->document_count; i++)
        if (out->counterparts.now_of[i] == NO_DOCUMENT)
            *vec_push(&out->pages, changing->arena) = (struct page_change){
                PAGE_GONE, i, NO_DOCUMENT, map_get(&changing->redirects, web->documents[i].id),
                .compared = true};
}

static int by_place(const void *left, const void *right)
{
    const struct misplaced *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

/* In order, and one of several in a line that cite the same. */
static void order_misplaced(struct misplaced_list *list)
{
    size_t count = 0;
    if (list->items.count > 1)
        qsort(list->items.items, list->items.count, sizeof *list->items.items, by_place);
    for (size_t i = 0; i < list->items.count; i++)
        if (!count || by_place(&list->items.items[count - 1], &list->items.items[i]))
            list->items.items[count++] = list->items.items[i];
    list->items.count = count;
}

static bool *find_changed(struct changeset *out, struct arena *arena)
{
    bool *changed = arena_new_array(arena, out->after.web->document_count + 1, bool);
    for (uint32_t i = 0; i < out->after.web->document_count; i++) {
        uint32_t before = out->counterparts.before_of[i];
        changed[i] =
            before != NO_DOCUMENT && !side_same_document(&out->before, before, &out->after, i);
    }
    return changed;
}

static void compare_pages(struct changing *changing)
{
    struct changeset *out = changing->out;
    citations_collect(&changing->citations, &out->before, &out->after, &out->counterparts,
                      find_changed(out, changing->arena), changing->arena);
    for (uint32_t i = 0; i < out->after.web->document_count; i++)
        compare_page(changing, i);
    list_gone(changing);
    order_misplaced(&changing->misplaced);
    out->misplaced = changing->misplaced;
}

/* -- Diagnostics
 * ----------------------------------------------------------------------------------- */

static bool is_link(const struct diag *diag)
{
    static const char *const codes[] = {"link-missing",    "heading-missing", "block-missing",
                                        "locator-missing", "source-missing",  "menu-missing",
                                        "link-ambiguous",  "footnote-missing"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (!strcmp(diag->code, codes[i]))
            return true;
    return false;
}

/* What a mistake is known by on both sides: not its line, nor what is said behind a semicolon,
 * which depends on other documents. `paths` has what files that moved are called now. */
static struct str key_of(const struct diag *diag, const struct map *paths, struct arena *arena)
{
    const struct str *path = map_get(paths, diag->place.path);
    struct str rest = diag->message, message = str_cut(&rest, ';');
    struct buf key;
    buf_init(&key, arena);
    buf_put(&key, path ? *path : diag->place.path);
    buf_printf(&key, "\n%s\n", diag->code);
    buf_put(&key, message);
    return buf_str(&key);
}

/* How many mistakes of each key a side has, as numbers in a map. */
static void count_keys(struct map *counts, const struct diags *diags, const struct map *paths,
                       struct arena *arena)
{
    map_init(counts, arena);
    for (size_t i = 0; i < diags->count; i++) {
        void **count = map_at(counts, key_of(&diags->items[i], paths, arena));
        *count = (void *)((uintptr_t)*count + 1);
    }
}

/* Adds those of `diags` that `other` has no more of; of several alike the last. */
static void list_more(const struct diags *diags, const struct map *paths, struct map *other,
                      struct arena *scratch, struct changeset_diags *links,
                      struct changeset_diags *rest, struct arena *arena)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        struct changeset_diags *list = is_link(diag) ? links : rest;
        void **left = map_at(other, key_of(diag, paths, scratch));
        if (*left)
            *left = (void *)((uintptr_t)*left - 1);
        else
            *vec_push(&list->items, arena) = diag;
    }
}

static void note_path(struct map *paths, struct arena *scratch, const struct side *before,
                      uint32_t a, const struct side *after, uint32_t b)
{
    if (a == NO_ENTRY || b == NO_ENTRY)
        return;
    struct str *path = arena_new(scratch, struct str);
    *path = after->crew->snapshot->entries[b].path;
    *map_at(paths, before->crew->snapshot->entries[a].path) = path;
}

static void compare_diags(struct changeset *out, struct arena *arena)
{
    struct arena scratch;
    struct map paths, same, before, after;
    arena_init(&scratch);
    map_init(&paths, &scratch);
    map_init(&same, &scratch);
    for (uint32_t i = 0; i < out->before.web->document_count; i++) {
        uint32_t now = out->counterparts.now_of[i];
        const struct outline *old = &out->before.web->documents[i];
        if (now == NO_DOCUMENT || str_equal(old->path, out->after.web->documents[now].path))
            continue;
        const struct outline *new = &out->after.web->documents[now];
        note_path(&paths, &scratch, &out->before, old->markdown, &out->after, new->markdown);
        note_path(&paths, &scratch, &out->before, old->text, &out->after, new->text);
    }
    count_keys(&before, out->before.diags, &paths, &scratch);
    count_keys(&after, out->after.diags, &same, &scratch);
    list_more(out->after.diags, &same, &before, &scratch, &out->broken, &out->noticed, arena);
    list_more(out->before.diags, &paths, &after, &scratch, &out->mended, &out->settled, arena);
    arena_release(&scratch);
}

/* -- Topics
 * ---------------------------------------------------------------------------------------- */

static const struct topic *topic_of(const struct side *side, uint32_t document)
{
    uint32_t topic = document == NO_DOCUMENT ? NO_TOPIC : side->web->topic_of[document];
    return topic == NO_TOPIC ? NULL : &side->web->topics[topic];
}

/* Whether it is a translation, for which the topic's main document stands. */
static bool is_twin(const struct side *side, uint32_t document)
{
    const struct topic *topic = topic_of(side, document);
    return topic && topic->document != document;
}

static void add_names(struct map *names, const struct meta *meta)
{
    *map_at(names, meta->title) = names;
    if (meta->more->abbreviation.len)
        *map_at(names, meta->more->abbreviation) = names;
    for (size_t i = 0; i < meta->aliases.texts.count; i++)
        *map_at(names, meta->aliases.texts.items[i].text) = names;
}

static void collect_names(const struct side *side, const struct topic *topic, struct map *names,
                          struct arena *arena)
{
    uint32_t document = topic ? topic->document : 0;
    map_init(names, arena);
    for (; topic; document = side->web->twins.next[document]) {
        add_names(names, &side->web->documents[document].meta);
        if (side->web->twins.next[document] == topic->document)
            return;
    }
}

static void list_names(struct name_list *out, const struct map *names, const struct map *others,
                       struct arena *arena)
{
    for (size_t i = 0; i < names->count; i++)
        if (!map_get(others, names->items[i].key))
            *vec_push(&out->items, arena) = names->items[i].key;
}

static void compare_topic(struct changeset *out, uint32_t a, uint32_t b, struct arena *arena)
{
    struct arena scratch;
    struct map old_names, new_names;
    const struct topic *old = topic_of(&out->before, a), *new = topic_of(&out->after, b);
    struct topic_change change = {.before = old ? a : NO_DOCUMENT, .after = new ? b : NO_DOCUMENT};
    if (!old && !new)
        return;
    arena_init(&scratch);
    collect_names(&out->before, old, &old_names, &scratch);
    collect_names(&out->after, new, &new_names, &scratch);
    list_names(&change.came, &new_names, &old_names, arena);
    list_names(&change.went, &old_names, &new_names, arena);
    arena_release(&scratch);
    change.mentions_before = old ? old->mention_count : 0;
    change.mentions_after = new ? new->mention_count : 0;
    change.documents_before = old ? old->document_count : 0;
    change.documents_after = new ? new->document_count : 0;
    if (change.came.items.count || change.went.items.count ||
        change.mentions_before != change.mentions_after ||
        change.documents_before != change.documents_after)
        *vec_push(&out->topics, arena) = change;
}

static uint32_t distance(const struct topic_change *change)
{
    uint32_t a = change->mentions_before, b = change->mentions_after;
    return a > b ? a - b : b - a;
}

static int by_weight(const void *left, const void *right)
{
    const struct topic_change *a = left, *b = right;
    bool a_named = a->came.items.count || a->went.items.count;
    bool b_named = b->came.items.count || b->went.items.count;
    if (a_named != b_named)
        return a_named ? -1 : 1;
    if (distance(a) != distance(b))
        return distance(a) > distance(b) ? -1 : 1;
    if (a->after != b->after)
        return a->after < b->after ? -1 : 1;
    return (a->before > b->before) - (a->before < b->before);
}

static void compare_topics(struct changeset *out, struct arena *arena)
{
    for (uint32_t i = 0; i < out->after.web->document_count; i++)
        if (!is_twin(&out->after, i))
            compare_topic(out, out->counterparts.before_of[i], i, arena);
    for (uint32_t i = 0; i < out->before.web->document_count; i++)
        if (out->counterparts.now_of[i] == NO_DOCUMENT && !is_twin(&out->before, i))
            compare_topic(out, i, NO_DOCUMENT, arena);
    if (out->topics.count > 1)
        qsort(out->topics.items, out->topics.count, sizeof *out->topics.items, by_weight);
}

/* -- Files
 * ----------------------------------------------------------------------------------------- */

static void add_file(struct changeset *out, struct arena *arena, enum page_fate fate,
                     struct str path)
{
    *vec_push(&out->files, arena) = (struct file_change){fate, path};
}

/* The next entry from `index` on that is copied to the site. */
static uint32_t next_copied(const struct side *side, uint32_t index)
{
    while (index < side->crew->snapshot->count && !side->web->copied[index])
        index++;
    return index;
}

static void compare_files(struct changeset *out, struct arena *arena)
{
    const struct snapshot *old = out->before.crew->snapshot, *new = out->after.crew->snapshot;
    uint32_t i = next_copied(&out->before, 0), j = next_copied(&out->after, 0);
    while (i < old->count || j < new->count) {
        int order = i == old->count   ? 1
                    : j == new->count ? -1
                                      : str_compare(old->entries[i].path, new->entries[j].path);
        if (order < 0)
            add_file(out, arena, PAGE_GONE, old->entries[i].path);
        else if (order > 0)
            add_file(out, arena, PAGE_ADDED, new->entries[j].path);
        else if (!side_same_file(&out->before, i, &out->after, j))
            add_file(out, arena, PAGE_CHANGED, new->entries[j].path);
        if (order <= 0)
            i = next_copied(&out->before, i + 1);
        if (order >= 0)
            j = next_copied(&out->after, j + 1);
    }
}

/* -- All
 * ------------------------------------------------------------------------------------------- */

void changeset_find(struct changeset *out, const struct side *before, const struct side *after,
                    const struct naming *naming, struct arena *arena)
{
    struct redirects redirects = {0};
    struct changing changing = {.out = out, .arena = arena};
    *out = (struct changeset){.before = *before, .after = *after};
    side_init(&out->before, arena);
    side_init(&out->after, arena);
    redirects_choose(&redirects, arena, out->after.web, naming);
    counterparts_find(&out->counterparts, &out->before, &out->after, &redirects, arena);
    map_init(&changing.redirects, arena);
    for (size_t i = 0; i < redirects.items.count; i++)
        *map_at(&changing.redirects, redirects.items.items[i].id) = &changing;
    compare_pages(&changing);
    compare_diags(out, arena);
    compare_topics(out, arena);
    compare_files(out, arena);
    out->settings = !str_equal(before->settings, after->settings);
}

bool changeset_is_empty(const struct changeset *changeset)
{
    return !changeset->settings && !changeset->pages.count && !changeset->topics.count &&
           !changeset->files.count && !changeset->misplaced.items.count &&
           !changeset->broken.items.count && !changeset->mended.items.count &&
           !changeset->noticed.items.count && !changeset->settled.items.count;
}
