#include "link/glossary.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "link/fold.h"
#include "link/inflection.h"
#include "link/initials.h"
#include "link/matcher.h"
#include "link/names.h"
#include "link/phrase.h"

/* A name, and its definitions in the order of the document. */
struct term {
    VEC(uint32_t) definitions;
    bool noun, single;
};

struct glossary {
    const struct document *document;
    struct arena *scratch;
    struct mentions *mentions;
    struct definitions *definitions;
    const uint32_t *first; /* by passage: its first mention; one more behind the last */
    VEC(struct term) terms;
    VEC(struct name) names;
    struct map by_name; /* folded → term's index + 1 */
};

static const struct passage *passage_of(const struct glossary *glossary, uint32_t number)
{
    return &glossary->document->passages.items[number - 1];
}

static void index_mentions(struct glossary *glossary)
{
    size_t count = glossary->document->passages.count, at = 0;
    uint32_t *first = arena_new_array(glossary->scratch, count + 2, uint32_t);
    for (uint32_t number = 1; number <= count + 1; number++) {
        while (at < glossary->mentions->items.count &&
               glossary->mentions->items.items[at].passage < number)
            at++;
        first[number] = (uint32_t)at;
    }
    glossary->first = first;
}

/* Whether nothing but the rest of a word, as of a compound or a mark of a note, stands from `end`
 * to `until`. */
static bool reaches(struct str text, uint32_t end, uint32_t until)
{
    for (size_t at = end; at < until;)
        if (utf8_is_space(utf8_next(text, &at)))
            return false;
    return end <= until;
}

/* Whether what stands at `start` is a part of something else: `het bestuur van` it. */
static bool is_owned(struct str text, uint32_t start)
{
    for (unsigned words = 0; words < 2; words++) {
        size_t end = start;
        while (end && text.data[end - 1] == ' ')
            end--;
        size_t begin = phrase_word_start(text, end);
        struct str word = str_slice(text, begin, end - begin);
        if (phrase_has(PHRASE_OWNING, word))
            return true;
        if (!phrase_has(PHRASE_ARTICLES, word))
            return false;
        start = (uint32_t)begin;
    }
    return false;
}

static bool is_defined_by(const struct definition *definition, const struct mention *mention,
                          struct str text)
{
    if (mention->end <= definition->from || mention->end > definition->until ||
        !reaches(text, mention->end, definition->until))
        return false;
    if (definition->sure)
        return mention->start <= definition->from;
    return !is_owned(text, mention->start);
}

/* The topic of what the name stands for, else the one that the name has already: also where a topic
 * is named with more before it, as in `Loket Bruggen (B+)`. `*known` becomes whether it is the one
 * that it has already. */
static uint32_t topic_of(const struct glossary *glossary, const struct definition *definition,
                         bool *known)
{
    struct str text = passage_of(glossary, definition->passage)->text;
    uint32_t topic = NO_TOPIC, own = NO_TOPIC, start = 0;
    for (uint32_t i = glossary->first[definition->passage];
         i < glossary->first[definition->passage + 1]; i++) {
        const struct mention *mention = &glossary->mentions->items.items[i];
        if (mention->start == definition->start && mention->end >= definition->end)
            own = mention->topic;
        if (mention->start != definition->start && is_defined_by(definition, mention, text)) {
            topic = mention->topic;
            start = mention->start;
        }
    }
    if (own != NO_TOPIC && start < definition->from)
        topic = own;
    *known = own != NO_TOPIC && (topic == NO_TOPIC || topic == own);
    return topic != NO_TOPIC ? topic : own;
}

static enum name_case letters_of(struct str name)
{
    if (initials_are(name) && matcher_is_abbreviation(name))
        return NAME_EXACT;
    return phrase_is_capital(name, 0) && phrase_word_end(name, 0) == name.len ? NAME_CAPITAL
                                                                              : NAME_ANY_CASE;
}

/* The name, and its genitive: what is defined once is one thing, which has no plural. */
static void look_for(struct glossary *glossary, const struct definition *definition,
                     enum name_case letters)
{
    struct name name = {
        .text = definition->name, .topic = (uint32_t)glossary->terms.count, .letters = letters};
    struct forms forms = {0};
    inflection_add(glossary->scratch, name.text, INFLECTION_GENITIVE, &forms);
    *vec_push(&glossary->names, glossary->scratch) = name;
    for (size_t i = 0; i < forms.items.count; i++) {
        name.text = forms.items.items[i];
        *vec_push(&glossary->names, glossary->scratch) = name;
    }
}

static void enter(struct glossary *glossary, uint32_t index)
{
    const struct definition *definition = &glossary->definitions->items.items[index];
    struct str folded = fold_text(glossary->scratch, definition->name).text;
    uintptr_t number = (uintptr_t)map_get(&glossary->by_name, folded);
    if (!number) {
        enum name_case letters = letters_of(definition->name);
        look_for(glossary, definition, letters);
        struct term *term = vec_push(&glossary->terms, glossary->scratch);
        term->noun = definition->noun;
        term->single = letters == NAME_CAPITAL;
        number = glossary->terms.count;
        *map_at(&glossary->by_name, folded) = (void *)number;
    }
    *vec_push(&glossary->terms.items[number - 1].definitions, glossary->scratch) = index;
}

/* A definition in a note holds where the note is referred to. */
static void place_notes(struct glossary *glossary)
{
    const struct document *document = glossary->document;
    uint32_t *referring = arena_new_array(glossary->scratch, document->footnotes + 1, uint32_t);
    uint32_t passage = 0;
    for (const struct node *node = document->root; node; node = node_walk(document->root, node)) {
        if (node->passage)
            passage = node->passage;
        if (node->kind == NODE_FOOTNOTE_REFERENCE && node->number <= document->footnotes &&
            !referring[node->number])
            referring[node->number] = passage;
    }
    for (size_t i = 0; i < glossary->definitions->items.count; i++) {
        struct definition *definition = &glossary->definitions->items.items[i];
        const struct passage *note = passage_of(glossary, definition->passage);
        definition->holds_from = definition->passage;
        if (note->kind == PASSAGE_FOOTNOTE && note->node->number <= document->footnotes &&
            referring[note->node->number])
            definition->holds_from = referring[note->node->number];
    }
}

/* Keeps the definitions that are sure or stand for a topic. Returns whether one of them gives a
 * name a topic that it hasn't already. */
static bool settle(struct glossary *glossary)
{
    struct definitions *definitions = glossary->definitions;
    size_t kept = 0;
    bool news = false;
    for (size_t i = 0; i < definitions->items.count; i++) {
        struct definition definition = definitions->items.items[i];
        bool known;
        definition.topic = topic_of(glossary, &definition, &known);
        news |= definition.topic != NO_TOPIC && !known;
        if (definition.sure || definition.topic != NO_TOPIC)
            definitions->items.items[kept++] = definition;
    }
    definitions->items.count = kept;
    return news;
}

static bool holds(const struct definition *definition, uint32_t passage, uint32_t start)
{
    if (definition->holds_from != definition->passage && passage != definition->passage)
        return definition->holds_from <= passage;
    return definition->passage < passage ||
           (definition->passage == passage && definition->start <= start);
}

/* The topic that the term stands for at a place. */
static uint32_t meaning(const struct glossary *glossary, const struct term *term, uint32_t passage,
                        uint32_t start)
{
    uint32_t topic = NO_TOPIC;
    for (size_t i = 0; i < term->definitions.count; i++) {
        const struct definition *definition =
            &glossary->definitions->items.items[term->definitions.items[i]];
        if (holds(definition, passage, start))
            topic = definition->topic;
    }
    return topic;
}

static struct str word_before(struct str text, uint32_t start)
{
    size_t end = start;
    while (end && text.data[end - 1] == ' ')
        end--;
    size_t begin = phrase_word_start(text, end);
    return str_slice(text, begin, end - begin);
}

/* A word that is a name here only: a noun behind an article, or a capital that no longer name goes
 * on from: `Inspectie Justitie`, `Inspectie van het Onderwijs`. Where it is defined it is. */
static bool is_meant(const struct glossary *glossary, const struct term *term,
                     const struct match *match, uint32_t passage)
{
    struct str text = passage_of(glossary, passage)->text;
    for (size_t i = 0; i < term->definitions.count; i++) {
        const struct definition *definition =
            &glossary->definitions->items.items[term->definitions.items[i]];
        if (definition->passage == passage && definition->start == match->start)
            return true;
    }
    if (term->noun)
        return phrase_has(PHRASE_POINTING, word_before(text, match->start));
    return !term->single || phrase_name_end(text, match->start) <= match->end;
}

/* Adds the mention, unless a longer one is there already; takes the place of what it covers. */
static void put(struct mentions *out, size_t first, struct arena *arena, struct mention mention)
{
    while (out->items.count > first) {
        const struct mention *last = &out->items.items[out->items.count - 1];
        if (last->end <= mention.start)
            break;
        if (last->start < mention.start || last->end - last->start > mention.end - mention.start)
            return;
        out->items.count--;
    }
    *vec_push(&out->items, arena) = mention;
}

/* The mentions of a passage, those that there are and those by definitions, in order: the defined
 * come behind those in the same place, which they overrule. */
static void merge(struct glossary *glossary, uint32_t passage, const struct matches *matches,
                  struct mentions *out)
{
    size_t first = out->items.count, m = 0;
    uint32_t i = glossary->first[passage], end = glossary->first[passage + 1];
    while (i < end || m < matches->items.count) {
        const struct mention *mention = &glossary->mentions->items.items[i];
        const struct match *match = &matches->items.items[m];
        if (m == matches->items.count || (i < end && mention->start <= match->start)) {
            put(out, first, glossary->scratch, *mention);
            i++;
            continue;
        }
        const struct term *term = &glossary->terms.items[match->topic];
        uint32_t topic = meaning(glossary, term, passage, match->start);
        m++;
        if (topic != NO_TOPIC && is_meant(glossary, term, match, passage))
            put(out, first, glossary->scratch,
                (struct mention){topic, passage, match->start, match->end});
    }
}

static void search(struct glossary *glossary)
{
    struct mentions merged = {0};
    map_init(&glossary->by_name, glossary->scratch);
    for (uint32_t i = 0; i < glossary->definitions->items.count; i++)
        enter(glossary, i);
    const struct matcher *matcher =
        matcher_build(glossary->scratch, glossary->names.items, glossary->names.count);
    for (uint32_t number = 1; number <= glossary->document->passages.count; number++) {
        struct matches matches = {0};
        const struct passage *passage = passage_of(glossary, number);
        if (passage->kind != PASSAGE_CODE)
            matcher_find(matcher, glossary->scratch, passage->text, glossary->scratch, &matches);
        merge(glossary, number, &matches, &merged);
    }
    *glossary->mentions = merged;
}

void glossary_apply(const struct document *document, struct arena *scratch,
                    struct mentions *mentions, struct definitions *definitions)
{
    struct glossary glossary = {
        .document = document, .scratch = scratch, .mentions = mentions, .definitions = definitions};
    for (uint32_t number = 1; number <= document->passages.count; number++)
        if (document->passages.items[number - 1].kind != PASSAGE_CODE)
            definitions_find(document->passages.items[number - 1].text, number, scratch,
                             definitions);
    if (!definitions->items.count)
        return;
    index_mentions(&glossary);
    if (!settle(&glossary))
        return;
    place_notes(&glossary);
    search(&glossary);
}
