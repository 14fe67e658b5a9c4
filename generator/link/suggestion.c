#include "link/suggestion.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "link/fold.h"
#include "link/names.h"
#include "link/phrase.h"

#include <stdlib.h>

struct candidate {
    struct suggestion found;
    uint32_t last_document, last_passage; /* that were counted: number + 1, and number */
};

struct tally {
    struct arena arena;
    struct map names; /* folded → struct candidate */
};

/* The passage in hand. */
struct reading {
    struct tally *tally;
    struct arena *page;
    const struct outline *outline;
    const struct passage *passage;
    uint32_t document, number;
    size_t mention; /* the next one that may stand in the text */
};

/* Without a genitive's ending: `'s`. */
static struct str bare(struct str name)
{
    static const struct str endings[] = {{"'s", 2}, {"\xE2\x80\x99s", 4}};
    for (size_t i = 0; i < 2; i++)
        if (str_ends(name, endings[i]))
            return str_slice(name, 0, name.len - endings[i].len);
    return name;
}

static struct candidate *candidate_at(struct tally *tally, struct arena *page, struct str name)
{
    struct str folded = fold_text(page, name).text;
    struct candidate *known = map_get(&tally->names, folded);
    if (known || tally->names.count >= CANDIDATES_MAX)
        return known;
    known = arena_new(&tally->arena, struct candidate);
    known->found.name = str_copy(&tally->arena, name);
    *map_at(&tally->names, str_copy(&tally->arena, folded)) = known;
    return known;
}

static void count(struct reading *reading, struct str name, struct str meaning)
{
    struct candidate *candidate = NULL;
    name = bare(name);
    if (name.len > 1 && name.len <= SUGGESTION_LENGTH_MAX)
        candidate = candidate_at(reading->tally, reading->page, name);
    if (!candidate)
        return;
    struct suggestion *found = &candidate->found;
    if (!found->passages) {
        found->document = reading->document;
        found->passage = reading->number;
        found->line = reading->passage->line;
    }
    bool same = candidate->last_document == reading->document + 1;
    found->documents += !same;
    found->passages += !same || candidate->last_passage != reading->number;
    candidate->last_document = reading->document + 1;
    candidate->last_passage = reading->number;
    if (meaning.len && !found->meaning.len)
        found->meaning = str_copy(&reading->tally->arena, meaning);
}

/* Whether a mention stands in the text from `start` to `end`. Places come in order. */
static bool is_named(struct reading *reading, size_t start, size_t end)
{
    const struct outline *outline = reading->outline;
    for (; reading->mention < outline->mentions.count; reading->mention++) {
        const struct mention *mention = &outline->mentions.items[reading->mention];
        if (mention->passage > reading->number)
            return false;
        if (mention->passage == reading->number && mention->end > start)
            return mention->start < end;
    }
    return false;
}

/* Whether a sentence, a cell or a quotation begins at `at`. */
static bool begins(struct str text, size_t at)
{
    bool space = false;
    while (at) {
        uint32_t c = utf8_before(text, at);
        if (!utf8_is_space(c) && !phrase_is_quote(c) && c != '(' && c != '-' && c != 0x2022)
            return c == '.' || c == '!' || c == '?' || c == ':' || c == '|' || c == 0x2026 ||
                   (!space && c == '/');
        space |= utf8_is_space(c);
        do
            at--;
        while (at && ((unsigned char)text.data[at] & 0xC0) == 0x80);
    }
    return true;
}

static bool is_address(struct str text, size_t start, size_t end)
{
    char before = start ? text.data[start - 1] : ' ', after = end < text.len ? text.data[end] : ' ';
    return before == '/' || before == '@' || before == '.' || after == '@' || after == '/';
}

static bool is_roman(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (str_find_char(STR("IVX"), word.data[i]) == STR_NONE)
            return false;
    return true;
}

/* A word that is a name by itself: an abbreviation, or with a capital inside a sentence. */
static bool is_name(struct str text, size_t start, size_t end, bool one_word)
{
    struct str word = str_slice(text, start, end - start);
    if (phrase_has(PHRASE_CALENDAR, bare(word)) || phrase_has(PHRASE_NO_NAME, word) ||
        is_roman(word) || is_address(text, start, end))
        return false;
    size_t letters = 0;
    for (size_t at = 0; at < word.len;)
        letters += utf8_is_letter(utf8_next(word, &at));
    return letters > 1 &&
           (!one_word || matcher_is_abbreviation(bare(word)) || !begins(text, start));
}

/* The name that begins at the word [start, end), if one does; returns where to go on. */
static size_t try_name(struct reading *reading, size_t start, size_t end)
{
    struct str text = reading->passage->text;
    struct str word = str_slice(text, start, end - start);
    if (begins(text, start) && phrase_has(PHRASE_NO_NAME, word))
        return end;
    size_t name_end = phrase_name_end(text, start);
    if (phrase_has(PHRASE_CALENDAR, word))
        return end;
    if (is_named(reading, start, name_end))
        return end;
    if (is_name(text, start, name_end, name_end == end))
        count(reading, str_slice(text, start, name_end - start), STR(""));
    return name_end;
}

/* A heading in capitals says nothing about names. */
static bool is_text(const struct passage *passage)
{
    return passage->kind != PASSAGE_CODE && passage->kind != PASSAGE_HEADING;
}

static void read_passage(struct reading *reading)
{
    struct str text = reading->passage->text;
    for (size_t at = 0; at < text.len;) {
        size_t end = phrase_word_end(text, at);
        if (end == at) {
            utf8_next(text, &at);
            continue;
        }
        at = phrase_is_capital(text, at) ||
                     matcher_is_abbreviation(bare(str_slice(text, at, end - at)))
                 ? try_name(reading, at, end)
                 : end;
    }
}

static void read_definitions(struct reading *reading, const struct document *document)
{
    for (uint32_t i = 0; i < reading->outline->definition_count; i++) {
        const struct definition *definition = &reading->outline->definitions[i];
        reading->number = definition->passage;
        reading->passage = &document->passages.items[definition->passage - 1];
        if (definition->topic == NO_TOPIC && !definition->noun)
            count(reading, definition->name, definition->meaning);
    }
}

static void read_document(struct tally *tally, const struct web *web, struct crew *crew,
                          uint32_t index)
{
    struct worker *worker = &crew->workers[0];
    struct reading reading = {.tally = tally,
                              .page = &worker->page,
                              .outline = &web->documents[index],
                              .document = index};
    arena_clear(&worker->page);
    const struct document *document =
        reading.outline->read ? reading.outline->read
                              : crew_load(crew, worker, reading.outline, &worker->page, NULL);
    read_definitions(&reading, document);
    for (uint32_t number = 1; number <= document->passages.count; number++) {
        reading.number = number;
        reading.passage = &document->passages.items[number - 1];
        if (is_text(reading.passage))
            read_passage(&reading);
    }
}

static int by_weight(const void *left, const void *right)
{
    const struct suggestion *a = left, *b = right;
    if (a->documents != b->documents)
        return a->documents > b->documents ? -1 : 1;
    if (a->passages != b->passages)
        return a->passages > b->passages ? -1 : 1;
    return str_compare(a->name, b->name);
}

/* What is written out by its document is worth a look however seldom it is used. */
static bool is_wanted(const struct suggestion *found)
{
    return found->meaning.len || found->documents >= SUGGESTION_DOCUMENTS_MIN ||
           found->passages >= SUGGESTION_PASSAGES_MIN;
}

static void list(struct suggestions *out, const struct tally *tally, struct arena *arena)
{
    struct suggestions all = {0};
    for (size_t i = 0; i < tally->names.count; i++) {
        const struct suggestion *found =
            &((const struct candidate *)tally->names.items[i].value)->found;
        if (is_wanted(found))
            *vec_push(&all.items, arena) = *found;
    }
    if (all.items.count)
        qsort(all.items.items, all.items.count, sizeof *all.items.items, by_weight);
    for (size_t i = 0; i < all.items.count && i < SUGGESTED_MAX; i++) {
        struct suggestion *kept = vec_push(&out->items, arena);
        *kept = all.items.items[i];
        kept->name = str_copy(arena, kept->name);
        kept->meaning = str_copy(arena, kept->meaning);
    }
}

/* One after another: names are bounded in the order of the documents, whatever the threads. */
void suggestions_find(struct suggestions *out, const struct web *web, struct crew *crew,
                      struct arena *arena)
{
    struct tally tally;
    arena_init(&tally.arena);
    map_init(&tally.names, &tally.arena);
    for (uint32_t i = 0; i < web->document_count; i++)
        read_document(&tally, web, crew, i);
    list(out, &tally, arena);
    arena_release(&tally.arena);
}
