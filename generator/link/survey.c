#include "link/survey.h"

#include "base/arena.h"
#include "link/conditions.h"
#include "link/glossary.h"
#include "link/names.h"
#include "link/recall.h"
#include "read/citation.h"
#include "read/replica.h"

#include <string.h>

/* A stretch of a passage in which no topic and no fact is looked for: code and addresses. */
struct blank {
    uint32_t passage, start, end;
};

struct blanks {
    VEC(struct blank) items;
};

/* What all workers share while they read. */
struct reading {
    struct survey *survey;
    struct crew *crew;
    const struct matcher *matcher;
    struct conditions conditions;
    const struct word_table *vocabulary;
    const uint32_t *bundles;  /* the first document of each, and behind all of them */
    const uint32_t *selected; /* the bundles to read topics of, where it is not all of all */
    struct recall recall;
};

static enum document_kind kind_of(const struct document *document, enum document_kind by_folder,
                                  struct place place, struct diags *diags)
{
    static const struct str types[DOCUMENT_KINDS] = {[DOCUMENT_TOPIC] = {"topic", 5},
                                                     [DOCUMENT_SOURCE] = {"source", 6},
                                                     [DOCUMENT_NOTE] = {"note", 4}};
    struct str type = document->meta.more->type;
    if (!type.len)
        return by_folder;
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
        if (str_equal_nocase(type, types[kind]))
            return (enum document_kind)kind;
    diag_add(diags, DIAG_NOTE, "type-unknown", place,
             "the type '%.*s' is not topic, source or note; the folder decides", STR_ARGS(type));
    return by_folder;
}

/* First and last byte, in their passage's text, of the text below a link. What a picture shows
 * instead of itself is no text. */
static void text_span(const struct node *link, uint32_t *start, uint32_t *end)
{
    bool seen = false;
    for (const struct node *node = link; node;) {
        if (node->kind == NODE_TEXT || node->kind == NODE_CODE) {
            if (!seen)
                *start = node->offset;
            seen = true;
            *end = node->offset + (uint32_t)node->text.len;
        }
        node = node->kind == NODE_IMAGE ? node_walk_over(link, node) : node_walk(link, node);
    }
}

static enum link_kind link_kind(const struct node *node)
{
    switch (node->kind) {
    case NODE_WIKILINK:
        return node->embed ? LINK_EMBED : LINK_WIKILINK;
    case NODE_CITATION:
        return LINK_CITATION;
    case NODE_IMAGE:
        return LINK_IMAGE;
    default:
        return LINK_MARKDOWN;
    }
}

static bool is_link(const struct node *node)
{
    return node->number && node->kind >= NODE_LINK && node->kind <= NODE_CITATION;
}

static void add_link(struct outline *outline, struct worker *worker, const struct node *node,
                     uint32_t passage)
{
    enum link_kind kind = link_kind(node);
    struct arena *keep = &worker->keep;
    struct link *link = vec_push(&outline->links, &worker->page);
    *link = (struct link){.kind = kind,
                          .passage = passage,
                          .line = node->line,
                          .column = node->column,
                          .target = str_copy(keep, node->target),
                          .to = {NO_DOCUMENT, NO_ENTRY, {"", 0}}};
    if (kind == LINK_CITATION)
        link->locator = str_copy(keep, node->text);
    text_span(node, &link->start, &link->end);
}

/* A link of the front matter, to `target`. */
static struct link *add_meta_link(struct outline *outline, struct arena *arena, enum link_kind kind,
                                  const struct meta_text *text, struct str target)
{
    struct link *link = vec_push(&outline->links, arena);
    *link = (struct link){.kind = kind,
                          .line = text->line,
                          .column = text->column,
                          .target = target,
                          .to = {NO_DOCUMENT, NO_ENTRY, {"", 0}}};
    return link;
}

/* A source of the front matter: `brief, p. 3`, or as in the text, `[@brief, p. 3; @memo]`. */
static void add_meta_source(struct outline *outline, struct arena *arena,
                            const struct meta_text *text)
{
    struct str parts = str_trim(text->text);
    struct citation citation;
    if (str_starts(parts, STR("[")) && str_ends(parts, STR("]")) && parts.len > 1)
        parts = str_slice(parts, 1, parts.len - 2);
    if (!citation_read(parts, &citation) && str_find_char(parts, '@') == STR_NONE) {
        struct str target = str_trim(str_cut(&parts, ','));
        add_meta_link(outline, arena, LINK_SOURCE, text, target)->locator = str_trim(parts);
        return;
    }
    while (parts.data) {
        struct str part = str_cut(&parts, ';');
        bool read = citation_read(part, &citation);
        add_meta_link(outline, arena, LINK_SOURCE, text, read ? citation.key : str_trim(part))
            ->locator = read ? citation.locator : STR("");
    }
}

/* Their texts are those of the outline's metadata. */
static void add_meta_links(struct outline *outline, struct arena *arena)
{
    const struct meta *meta = &outline->meta;
    for (size_t i = 0; i < meta->more->sources.texts.count; i++)
        add_meta_source(outline, arena, &meta->more->sources.texts.items[i]);
    for (size_t i = 0; i < meta->more->relations.count; i++) {
        const struct meta_text *target = &meta->more->relations.items[i].target;
        add_meta_link(outline, arena, LINK_RELATION, target, target->text);
    }
    for (size_t i = 0; i < meta->more->links.texts.count; i++) {
        const struct meta_text *link = &meta->more->links.texts.items[i];
        add_meta_link(outline, arena, LINK_WIKILINK, link, link->text);
    }
}

/* An address that is shown as it is: its letters are no text. */
static bool is_address(const struct node *node)
{
    return node->kind == NODE_LINK && node->first && !node->first->next &&
           str_ends(node->target, node->first->text) && node->first->text.len;
}

static void collect_links(const struct document *document, struct outline *outline,
                          struct worker *worker, uint64_t links_max, struct blanks *blanks)
{
    uint32_t passage = 0;
    const struct node *beyond = NULL;
    const struct meta_list *tags = &document->meta.tags;
    for (size_t i = 0; i < tags->texts.count && i < TAG_USES_MAX; i++)
        *vec_push(&outline->tags, &worker->page) =
            (struct tag_use){str_copy(&worker->keep, tags->texts.items[i].text), 0};
    for (const struct node *node = document->root; node; node = node_walk(document->root, node)) {
        if (node->passage)
            passage = node->passage;
        if (is_link(node) && node->number <= links_max)
            add_link(outline, worker, node, passage);
        else if (is_link(node) && !beyond)
            beyond = node;
        if (node->kind == NODE_TAG && outline->tags.count < TAG_USES_MAX)
            *vec_push(&outline->tags, &worker->page) =
                (struct tag_use){str_copy(&worker->keep, node->target), passage};
        const struct node *blank = node->kind == NODE_CODE ? node
                                   : is_address(node)      ? node->first
                                                           : NULL;
        if (blank)
            *vec_push(&blanks->items, &worker->page) =
                (struct blank){passage, blank->offset, blank->offset + (uint32_t)blank->text.len};
    }
    outline->text_links = (uint32_t)outline->links.count;
    if (beyond)
        diag_add(&worker->diags, DIAG_ERROR, "too-many-links",
                 (struct place){outline->path, beyond->line, beyond->column},
                 "more than %llu links; from here on they are shown as text",
                 (unsigned long long)links_max);
}

static bool is_blank(const struct blanks *blanks, size_t *next, uint32_t passage, uint32_t start,
                     uint32_t end)
{
    while (*next < blanks->items.count && (blanks->items.items[*next].passage < passage ||
                                           (blanks->items.items[*next].passage == passage &&
                                            blanks->items.items[*next].end <= start)))
        ++*next;
    if (*next == blanks->items.count)
        return false;
    const struct blank *blank = &blanks->items.items[*next];
    return blank->passage == passage && blank->start < end;
}

static void find_mentions(const struct reading *reading, const struct document *document,
                          struct worker *worker, struct mentions *mentions)
{
    for (uint32_t number = 1; number <= document->passages.count; number++) {
        const struct passage *passage = &document->passages.items[number - 1];
        struct matches matches = {0};
        if (passage->kind == PASSAGE_CODE)
            continue;
        matcher_find(reading->matcher, &worker->page, passage->text, &worker->page, &matches);
        for (size_t i = 0; i < matches.items.count; i++) {
            const struct match *match = &matches.items.items[i];
            if (match->topic != NO_TOPIC)
                *vec_push(&mentions->items, &worker->page) =
                    (struct mention){match->topic, number, match->start, match->end};
        }
    }
}

static void keep_definitions(struct outline *outline, const struct definitions *found,
                             struct arena *keep)
{
    struct definition *kept = arena_new_array(keep, found->items.count, struct definition);
    for (size_t i = 0; i < found->items.count; i++) {
        kept[i] = found->items.items[i];
        kept[i].name = str_copy(keep, kept[i].name);
        kept[i].meaning = str_copy(keep, kept[i].meaning);
    }
    outline->definitions = kept;
    outline->definition_count = (uint32_t)found->items.count;
}

/* By the names of topics and by those that the document defines itself. A topic is not named in its
 * own page. */
static void collect_mentions(const struct reading *reading, const struct document *document,
                             struct outline *outline, struct worker *worker,
                             const struct blanks *blanks, uint32_t own_topic)
{
    struct mentions mentions = {0};
    struct definitions definitions = {0};
    size_t next_blank = 0;
    find_mentions(reading, document, worker, &mentions);
    glossary_apply(document, &worker->page, &mentions, &definitions);
    keep_definitions(outline, &definitions, &worker->keep);
    for (size_t i = 0; i < mentions.items.count; i++) {
        const struct mention *mention = &mentions.items.items[i];
        if (mention->topic != own_topic &&
            !is_blank(blanks, &next_blank, mention->passage, mention->start, mention->end))
            *vec_push(&outline->mentions, &worker->page) = *mention;
    }
}

/* What the counts among the facts count, in the order of the facts. */
static struct str list_units(const struct outline *outline, const struct document *document,
                             struct worker *worker)
{
    struct buf units;
    buf_init(&units, &worker->page);
    for (uint32_t i = 0; i < outline->fact_count; i++) {
        const struct fact *fact = &outline->facts[i];
        if (fact->kind == FACT_COUNT)
            buf_put(&units, fact_unit(fact, document->passages.items[fact->passage - 1].text));
    }
    return str_copy(&worker->keep, buf_str(&units));
}

/* The dates and figures of a document: first all with the page, then those that stay. */
static void collect_facts(const struct word_table *vocabulary, const struct document *document,
                          struct outline *outline, struct worker *worker,
                          const struct blanks *blanks)
{
    struct arena scratch;
    struct facts found = {0};
    size_t next_blank = 0;
    uint32_t count = 0, number = 1;
    arena_init(&scratch);
    for (; number <= document->passages.count && found.items.count <= FACTS_MAX; number++) {
        const struct passage *passage = &document->passages.items[number - 1];
        arena_clear(&scratch);
        if (passage->kind != PASSAGE_CODE)
            facts_find(&scratch, vocabulary, passage->text, number, document->meta.date,
                       &worker->page, &found);
    }
    arena_release(&scratch);
    for (size_t i = 0; i < found.items.count; i++) {
        struct fact fact = found.items.items[i];
        if (!is_blank(blanks, &next_blank, fact.passage, fact.start, fact.start + fact.len))
            found.items.items[count++] = fact;
    }
    if (count > FACTS_MAX) {
        uint32_t passage = found.items.items[FACTS_MAX].passage;
        struct place place = {outline->path, document->passages.items[passage - 1].line, 0};
        count = FACTS_MAX;
        diag_add(&worker->diags, DIAG_NOTE, "too-many-facts", place,
                 "more than %d dates and figures; from here on they are left out of the timeline "
                 "and the figures",
                 FACTS_MAX);
    }
    struct fact *facts = arena_new_array(&worker->keep, count, struct fact);
    for (uint32_t i = 0; i < count; i++)
        facts[i] = found.items.items[i];
    outline->facts = facts;
    outline->fact_count = count;
    outline->units = list_units(outline, document, worker);
}

/* A document to be kept beside its outline, which has part of it already. */
static const struct document *replica_of(const struct outline *outline,
                                         const struct document *document, struct arena *arena)
{
    struct document *replica = replica_make(arena, document);
    replica->meta = outline->meta;
    replica->headings.items = outline->headings.items;
    replica->headings.count = outline->headings.count;
    replica->pages.items = outline->pages.items;
    replica->pages.count = outline->pages.count;
    return replica;
}

static const struct document *read_one(struct reading *reading, struct worker *worker, uint32_t at)
{
    struct outline *outline = &reading->survey->documents[at];
    struct blanks blanks = {0};
    const struct document *document =
        crew_load(reading->crew, worker, outline, &worker->page, &worker->diags);
    outline->kind =
        kind_of(document, outline->kind, (struct place){outline->path, 1, 1}, &worker->diags);
    collect_links(document, outline, worker, reading->crew->limits->links_per_page, &blanks);
    if (reading->matcher) {
        collect_mentions(reading, document, outline, worker, &blanks,
                         reading->survey->topic_of[at]);
        conditions_apply(&reading->conditions, &worker->page, document, outline);
        collect_facts(reading->vocabulary, document, outline, worker, &blanks);
    }
    outline_fill(outline, document, &worker->keep);
    if (reading->matcher && crew_has_room(reading->crew, worker))
        document = outline->read = replica_of(outline, document, &worker->documents);
    if (reading->matcher)
        outline_keep_passages(outline, document, &worker->keep,
                              outline->read ? NULL : &worker->texts, &worker->page);
    add_meta_links(outline, &worker->page);
    outline_keep_lists(outline, &worker->keep);
    return document;
}

/* The path of the topic that a document is the page of; empty where it is none. */
static struct str topic_path(const struct survey *survey, uint32_t document)
{
    uint32_t topic = survey->topic_of[document];
    return topic == NO_TOPIC ? STR("") : survey->documents[survey->topics[topic]].path;
}

/* Document `index` of a bundle, which is document `at`. */
static void survey_one(struct reading *reading, struct worker *worker, struct recall_bundle *bundle,
                       uint32_t index, uint32_t at)
{
    struct outline *outline = &reading->survey->documents[at];
    struct recall *recall = &reading->recall;
    size_t first = worker->diags.count;
    arena_clear(&worker->page);
    if (!recall_get(recall, worker, bundle, index, !reading->matcher, outline, &worker->diags)) {
        const struct document *document = read_one(reading, worker, at);
        if (reading->matcher)
            recall_put(recall, worker, bundle, index, document, outline,
                       worker->diags.items + first, worker->diags.count - first);
    }
    outline->identity = bundle->bundle.identities[index];
}

static void survey_bundle(void *context, unsigned number, size_t index)
{
    struct reading *reading = context;
    const struct survey *survey = reading->survey;
    struct worker *worker = &reading->crew->workers[number];
    size_t at = reading->selected ? reading->selected[index] : index;
    uint32_t first = reading->bundles[at], count = reading->bundles[at + 1] - first;
    struct digest identities[BUNDLE_MAX] = {DIGEST_NONE};
    struct recall_bundle bundle;
    for (uint32_t i = 0; i < count; i++) {
        arena_clear(&worker->page);
        identities[i] = recall_identify(&reading->recall, worker, &survey->documents[first + i],
                                        topic_path(survey, first + i));
    }
    recall_open(&reading->recall, worker, identities, count, &bundle);
    for (uint32_t i = 0; i < count; i++)
        if (!reading->selected || survey->topic_of[first + i] != NO_TOPIC)
            survey_one(reading, worker, &bundle, i, first + i);
    if (reading->matcher)
        recall_close(&bundle);
}

/* Back to what catalog_fill() made, before a document is read again. */
static void forget(struct survey *survey, const enum document_kind *kinds)
{
    for (uint32_t i = 0; i < survey->count; i++) {
        struct outline *outline = &survey->documents[i];
        *outline = (struct outline){.path = outline->path,
                                    .kind = kinds[i],
                                    .meta.more = &meta_nothing,
                                    .markdown = outline->markdown,
                                    .text = outline->text,
                                    .original = outline->original};
    }
}

/* The topic's document of each document that is one, as far as is known: of translations the one
 * in the site's language. Returns whether they are others than before. */
static bool find_topics(struct survey *survey, uint32_t *page_of)
{
    bool changed = false;
    twins_find(&survey->twins, DOCUMENT_TOPIC, NULL, NULL);
    for (uint32_t i = 0; i < survey->count; i++) {
        uint32_t page = survey->documents[i].kind == DOCUMENT_TOPIC ? twins_main(&survey->twins, i)
                                                                    : NO_DOCUMENT;
        changed |= page != page_of[i];
        page_of[i] = page;
    }
    return changed;
}

/* Numbers the topics; returns whether they are others than before. */
static bool list_topics(struct survey *survey, uint32_t *page_of)
{
    bool changed = find_topics(survey, page_of);
    survey->topic_count = 0;
    for (uint32_t i = 0; i < survey->count; i++) {
        survey->topic_of[i] = page_of[i] == i ? survey->topic_count : NO_TOPIC;
        if (page_of[i] == i)
            survey->topics[survey->topic_count++] = i;
    }
    for (uint32_t i = 0; i < survey->count; i++)
        if (page_of[i] != NO_DOCUMENT)
            survey->topic_of[i] = survey->topic_of[page_of[i]];
    return changed;
}

/* What an earlier reading left with the workers. */
static void start_again(struct crew *crew)
{
    for (unsigned i = 0; i < crew->count; i++) {
        crew->workers[i].diags.count = 0;
        arena_clear(&crew->workers[i].documents);
    }
}

static void build_matcher(struct reading *reading, struct arena *arena, struct diags *diags)
{
    struct name *names;
    const struct survey *survey = reading->survey;
    uint64_t most = reading->crew->limits->topics;
    uint32_t topics = survey->topic_count < most ? survey->topic_count : (uint32_t)most;
    size_t count = names_collect(arena, survey->documents, survey->twins.next, survey->topics,
                                 topics, &reading->crew->words, &names, diags);
    if (topics < survey->topic_count)
        diag_add(diags, DIAG_ERROR, "too-many-topics",
                 (struct place){survey->documents[survey->topics[topics]].path, 0, 0},
                 "more than %u topics; from this one on they are not looked for in texts",
                 (unsigned)topics);
    reading->matcher = matcher_build(arena, names, count);
    reading->conditions = (struct conditions){0};
    conditions_collect(&reading->conditions, arena, survey->documents, survey->topics, topics,
                       names, count, diags);
    recall_set_names(&reading->recall,
                     roll_make(arena, survey, names, count, &reading->conditions));
}

/* Returns how many bundles there are. */
static uint32_t find_bundles(struct reading *reading, struct arena *arena)
{
    const struct survey *survey = reading->survey;
    uint32_t *bundles = arena_new_array(arena, survey->count + 1, uint32_t), count = 0;
    for (uint32_t i = 0; i < survey->count; i++)
        if (!count || bundle_ends(i - bundles[count - 1], survey->documents[i].path))
            bundles[count++] = i;
    bundles[count] = survey->count;
    reading->bundles = bundles;
    return count;
}

/* The documents that are topics by their folder: their names are needed to read the rest. */
static void read_topics(struct reading *reading, uint32_t bundle_count, struct arena *arena)
{
    const struct survey *survey = reading->survey;
    uint32_t *selected = arena_new_array(arena, bundle_count, uint32_t), count = 0;
    for (uint32_t i = 0; i < bundle_count; i++) {
        uint32_t topic = reading->bundles[i];
        while (topic < reading->bundles[i + 1] && survey->topic_of[topic] == NO_TOPIC)
            topic++;
        if (topic < reading->bundles[i + 1])
            selected[count++] = i;
    }
    reading->selected = selected;
    pool_run(reading->crew->count, count, survey_bundle, reading);
    reading->selected = NULL;
}

/* Which documents are topics is known when all were read once. What says otherwise is in the cache
 * and is wrong. */
enum { ROUNDS_TRUSTED = 2 };

void survey_run(struct survey *survey, struct crew *crew, struct arena *arena, struct diags *diags)
{
    struct diags found;
    enum document_kind *kinds = arena_new_array(arena, survey->count, enum document_kind);
    uint32_t *page_of = arena_new_array(arena, survey->count, uint32_t);
    struct reading reading = {
        .survey = survey, .crew = crew, .vocabulary = vocabulary_table(arena), .recall.crew = crew};
    crew->keeps_documents = survey->count <= DOCUMENTS_FEW;
    memset(page_of, 0xFF, survey->count * sizeof *page_of);
    survey->topics = arena_new_array(arena, survey->count, uint32_t);
    survey->topic_of = arena_new_array(arena, survey->count, uint32_t);
    twins_init(&survey->twins, arena, crew->snapshot, survey->documents, survey->count,
               crew->language);
    for (uint32_t i = 0; i < survey->count; i++)
        kinds[i] = survey->documents[i].kind;
    crew_learn(crew, survey->documents, survey->count, arena);
    list_topics(survey, page_of);
    uint32_t bundle_count = find_bundles(&reading, arena);
    read_topics(&reading, bundle_count, arena);
    list_topics(survey, page_of);
    unsigned rounds = 0;
    do {
        reading.recall.is_distrusted = rounds++ >= ROUNDS_TRUSTED;
        diags_init(&found, arena);
        start_again(crew);
        build_matcher(&reading, arena, &found);
        forget(survey, kinds);
        pool_run(crew->count, bundle_count, survey_bundle, &reading);
    } while (list_topics(survey, page_of));
    diags_take(diags, &found);
    crew_take_diags(crew, diags);
}
