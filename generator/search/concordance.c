#include "search/concordance.h"

#include "base/arena.h"
#include "search/words.h"

#include <stdlib.h>
#include <string.h>

/* A form that the group has, with its term and its number there. */
struct known_form {
    struct term *term;
    uint8_t number;
};

void concordance_begin(struct concordance *concordance, struct arena *arena,
                       enum stem_language language)
{
    *concordance = (struct concordance){.language = language, .arena = arena};
    map_init(&concordance->terms, arena);
    map_init(&concordance->forms, arena);
    vec_push(&concordance->occurrences, arena);
}

static struct term *find_term(struct concordance *concordance, enum key_kind kind, struct str text)
{
    struct key key;
    struct str span = keys_make(&key, kind, text);
    struct term *term = map_get(&concordance->terms, span);
    if (term)
        return term;
    term = arena_new(concordance->arena, struct term);
    term->key = str_copy(concordance->arena, span);
    *map_at(&concordance->terms, term->key) = term;
    return term;
}

static uint8_t add_form(struct concordance *concordance, struct term *term, struct str form)
{
    if (term->forms.count == POSTING_FORMS_MAX)
        return 0;
    vec_push(&term->forms, concordance->arena)->text = form;
    return (uint8_t)(term->forms.count - 1);
}

static const struct known_form *find_form(struct concordance *concordance, struct str form)
{
    struct lexeme lexeme;
    struct known_form **known = (struct known_form **)map_at(&concordance->forms, form);
    if (*known)
        return *known;
    form = str_copy(concordance->arena, form);
    concordance->forms.items[concordance->forms.count - 1].key = form; /* the new one */
    struct known_form *new = *known = arena_new(concordance->arena, struct known_form);
    lexeme_find(&lexeme, concordance->language, form);
    new->term = find_term(concordance, KEY_WORD, lexeme_str(&lexeme));
    new->term->has_forms = true;
    new->number = add_form(concordance, new->term, form);
    return new;
}

/* A joined word comes behind its parts, so that a place may be before the last: it counts as that.
 */
static void add_occurrence(struct concordance *concordance, struct term *term, uint32_t place,
                           uint8_t form)
{
    uint32_t index = (uint32_t)concordance->occurrences.count;
    uint32_t passage = (uint32_t)concordance->passages.count - 1;
    struct occurrence *new = vec_push(&concordance->occurrences, concordance->arena);
    struct occurrence *last = &concordance->occurrences.items[term->last];
    const struct indexed_passage *passages = concordance->passages.items;
    bool first_here = !term->last || last->passage != passage;
    if (first_here && passages[passage].number)
        term->passages++;
    if (!first_here && last->place > place)
        place = last->place;
    if (!term->last || passages[last->passage].document != passages[passage].document)
        term->documents++;
    *new = (struct occurrence){.passage = passage, .place = place, .form = form};
    if (term->last)
        last->next = index;
    else
        term->first = index;
    term->last = index;
}

void concordance_add_passage(struct concordance *concordance, uint32_t document, uint32_t number,
                             struct str text, bool heading)
{
    struct words words;
    struct word word;
    uint32_t count = 0;
    *vec_push(&concordance->passages, concordance->arena) =
        (struct indexed_passage){.document = document, .number = number, .heading = heading};
    words_begin(&words, text);
    while (words_next(&words, &word)) {
        const struct known_form *known = find_form(concordance, word.form);
        known->term->forms.items[known->number].count++;
        add_occurrence(concordance, known->term, word.position, known->number);
        count += !word.joined;
    }
    concordance->passages.items[concordance->passages.count - 1].words = count;
}

void concordance_add_key(struct concordance *concordance, enum key_kind kind, struct str text)
{
    if (text.len)
        add_occurrence(concordance, find_term(concordance, kind, text), 0, 0);
}

static int by_key(const void *left, const void *right)
{
    const struct term *const *a = left, *const *b = right;
    return str_compare((*a)->key, (*b)->key);
}

struct term **concordance_terms(const struct concordance *concordance, struct arena *arena)
{
    size_t count = concordance->terms.count;
    struct term **terms = arena_new_array(arena, count, struct term *);
    for (size_t i = 0; i < count; i++)
        terms[i] = concordance->terms.items[i].value;
    if (count)
        qsort(terms, count, sizeof(struct term *), by_key);
    return terms;
}

static const struct indexed_passage *passage_of(const struct concordance *concordance,
                                                uint32_t occurrence)
{
    return &concordance->passages.items[concordance->occurrences.items[occurrence].passage];
}

static void put_forms(const struct term *term, struct buf *out)
{
    struct str stem = str_from_offset(term->key, 1);
    bytes_put_number(out, term->has_forms ? (uint32_t)term->forms.count : 0);
    for (size_t i = 0; term->has_forms && i < term->forms.count; i++) {
        struct posting_form change = lexeme_change(stem, term->forms.items[i].text);
        posting_form_put(&change, out);
    }
}

/* The occurrences from `first` on that stand in one passage: how many, and the first behind them.
 */
static uint32_t count_in_passage(const struct concordance *concordance, uint32_t first,
                                 uint32_t *count)
{
    const struct occurrence *all = concordance->occurrences.items;
    uint32_t at = first;
    for (*count = 0; at && all[at].passage == all[first].passage; at = all[at].next)
        ++*count;
    return at;
}

static void put_places(const struct concordance *concordance, const struct term *term,
                       uint32_t first, uint32_t count, struct buf *out)
{
    const struct occurrence *all = concordance->occurrences.items;
    uint32_t before = 0;
    for (; count--; first = all[first].next) {
        uint32_t step = all[first].place - before;
        bytes_put_number(out, step * (uint32_t)term->forms.count + all[first].form);
        before = all[first].place;
    }
}

/* One passage; returns the first occurrence behind it. `*next_number` is the number that would have
 * skipped none. */
static uint32_t put_passage(const struct concordance *concordance, const struct term *term,
                            uint32_t first, uint32_t *next_number, struct buf *out)
{
    const struct indexed_passage *passage = passage_of(concordance, first);
    uint32_t count, behind = count_in_passage(concordance, first, &count);
    uint32_t impact = passage->number ? posting_impact(count, passage->words, passage->heading)
                                      : posting_title_impact(count, passage->words);
    bytes_put_number(out, (passage->number - *next_number) << 5 | impact << 1 | (count > 1));
    if (count > 1)
        bytes_put_number(out, count - 2);
    if (term->has_forms)
        put_places(concordance, term, first, count, out);
    *next_number = passage->number + 1;
    return behind;
}

/* In how many passages of one document the term stands from `first` on. */
static uint32_t count_passages(const struct concordance *concordance, uint32_t first)
{
    uint32_t document = passage_of(concordance, first)->document, passages = 0, count;
    for (; first && passage_of(concordance, first)->document == document; passages++)
        first = count_in_passage(concordance, first, &count);
    return passages;
}

void concordance_put(const struct concordance *concordance, const struct term *term,
                     struct buf *out)
{
    uint32_t next_document = 0;
    put_forms(term, out);
    bytes_put_number(out, term->documents);
    for (uint32_t at = term->first; at;) {
        uint32_t document = passage_of(concordance, at)->document, number = 0;
        uint32_t passages = count_passages(concordance, at);
        bytes_put_number(out, (document - next_document) << 1 | (passages > 1));
        if (passages > 1)
            bytes_put_number(out, passages - 2);
        while (passages--)
            at = put_passage(concordance, term, at, &number, out);
        next_document = document + 1;
    }
}
