#include "search/terms.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "search/collate.h"
#include "search/lexeme.h"

enum { NUMBER_MOST = 5 /* bytes of a number */ };

/* An entry of the concordance: where its occurrences go. */
struct dealt {
    uint32_t term; /* number in the table of their keys; then index into `items` */
    uint32_t form;
};

/* What terms are made with. */
struct making {
    struct terms *terms;
    const struct concordance *concordance;
    struct arena *arena;
    struct key_table keys; /* of terms */
    struct dealt *entries; /* by number */
    size_t entry_count;
};

/* The entries of a batch, whose stems are terms. */
static void enter_stems(struct making *making, struct key_batch *batch, const uint32_t *entries)
{
    uint32_t numbers[KEY_BATCH_MAX];
    size_t count = batch->count;
    key_table_enter_batch(&making->keys, batch, numbers);
    for (size_t i = 0; i < count; i++)
        making->entries[entries[i]].term = numbers[i];
}

static void add_stem(struct making *making, struct key_batch *batch, struct str form)
{
    struct lexeme lexeme;
    lexeme_find(&lexeme, making->concordance->language, form);
    key_batch_add(batch, &making->keys, lexeme_str(&lexeme));
}

/* What a form is found by is its stem; every other entry is a term by itself. */
static void find_terms(struct making *making)
{
    const struct key_table *entries = &making->concordance->entries;
    struct key_batch batch;
    uint32_t waiting[KEY_BATCH_MAX];
    making->entry_count = entries->offsets.count;
    making->entries = arena_new_array(making->arena, making->entry_count, struct dealt);
    key_table_init(&making->keys, making->arena);
    key_batch_begin(&batch, KEY_WORD);
    for (uint32_t i = 0; i < making->entry_count; i++) {
        struct str key = key_table_key(entries, i), text = str_from_offset(key, 1);
        if (key.data[0] != KEY_FORM) {
            making->entries[i].term =
                key_table_enter(&making->keys, (enum key_kind)key.data[0], text);
            continue;
        }
        waiting[batch.count] = i;
        add_stem(making, &batch, text);
        if (batch.count == KEY_BATCH_MAX)
            enter_stems(making, &batch, waiting);
    }
    enter_stems(making, &batch, waiting);
}

/* Entries tell their terms by index from then on. */
static void sort_terms(struct making *making)
{
    struct terms *terms = making->terms;
    struct arena *arena = making->arena;
    terms->count = making->keys.offsets.count;
    terms->items = arena_new_array(arena, terms->count, struct term);
    struct str *keys = arena_new_array(arena, terms->count, struct str);
    uint32_t *indexes = arena_new_array(arena, terms->count, uint32_t);
    for (uint32_t i = 0; i < terms->count; i++)
        keys[i] = key_table_key(&making->keys, i);
    const struct keyed *sorted = collate(keys, terms->count, arena);
    for (uint32_t i = 0; i < terms->count; i++) {
        const struct str *key = sorted[i].item;
        terms->items[i].key = *key;
        indexes[key - keys] = i;
    }
    for (size_t i = 0; i < making->entry_count; i++)
        making->entries[i].term = indexes[making->entries[i].term];
}

static bool is_form(const struct making *making, uint32_t entry)
{
    return key_table_key(&making->concordance->entries, entry).data[0] == KEY_FORM;
}

static void number_forms(struct making *making)
{
    size_t count = 0;
    for (uint32_t i = 0; i < making->entry_count; i++) {
        struct term *term = &making->terms->items[making->entries[i].term];
        if (is_form(making, i) && term->form_count < POSTING_FORMS_MAX) {
            making->entries[i].form = term->form_count++;
            count++;
        }
    }
    struct term_form *forms = arena_new_array(making->arena, count, struct term_form);
    for (size_t i = 0; i < making->terms->count; i++) {
        making->terms->items[i].forms = forms;
        forms += making->terms->items[i].form_count;
    }
}

/* A form that has no number of its own counts as the first. */
static void count_forms(struct making *making)
{
    const struct concordance *concordance = making->concordance;
    uint32_t *counts = arena_new_array(making->arena, making->entry_count, uint32_t);
    for (size_t i = 0; i < concordance->occurrences.count; i++)
        counts[concordance->occurrences.items[i].entry]++;
    for (uint32_t i = 0; i < making->entry_count; i++) {
        struct dealt entry = making->entries[i];
        struct term *term = &making->terms->items[entry.term];
        struct term_form *form = (struct term_form *)&term->forms[entry.form];
        term->place_count += counts[i];
        if (!is_form(making, i))
            continue;
        form->count += counts[i];
        if (!form->text.len)
            form->text = str_from_offset(key_table_key(&concordance->entries, i), 1);
    }
}

static void deal_passage(const struct making *making, uint32_t passage, size_t first,
                         struct term_place **next)
{
    const struct concordance *concordance = making->concordance;
    for (size_t i = first; i < concordance->passages.items[passage].end; i++) {
        struct occurrence occurrence = concordance->occurrences.items[i];
        struct dealt entry = making->entries[occurrence.entry];
        *next[entry.term]++ = (struct term_place){passage, occurrence.place, entry.form};
    }
}

static void deal_places(struct making *making)
{
    const struct concordance *concordance = making->concordance;
    struct terms *terms = making->terms;
    struct term_place *places =
        arena_new_array(making->arena, concordance->occurrences.count, struct term_place);
    struct term_place **next = arena_new_array(making->arena, terms->count, struct term_place *);
    for (size_t i = 0; i < terms->count; i++) {
        terms->items[i].places = next[i] = places;
        places += terms->items[i].place_count;
    }
    size_t first = 0;
    for (uint32_t i = 0; i < concordance->passages.count; i++) {
        deal_passage(making, i, first, next);
        first = concordance->passages.items[i].end;
    }
}

static void count_passages(const struct terms *terms, struct term *term)
{
    const struct indexed_passage *before = NULL;
    for (uint32_t i = 0; i < term->place_count; i++) {
        const struct indexed_passage *passage = &terms->passages[term->places[i].passage];
        if (passage == before)
            continue;
        term->documents += !before || before->document != passage->document;
        term->passages += passage->number > 0;
        before = passage;
    }
}

void terms_make(struct terms *terms, const struct concordance *concordance, struct arena *arena)
{
    struct making making = {.terms = terms, .concordance = concordance, .arena = arena};
    *terms = (struct terms){.passages = concordance->passages.items};
    find_terms(&making);
    sort_terms(&making);
    number_forms(&making);
    count_forms(&making);
    deal_places(&making);
    for (size_t i = 0; i < terms->count; i++)
        count_passages(terms, &terms->items[i]);
}

static void put_forms(const struct term *term, struct buf *out)
{
    struct str stem = str_from_offset(term->key, 1);
    bytes_put_number(out, term->form_count);
    for (size_t i = 0; i < term->form_count; i++) {
        struct posting_form change = lexeme_change(stem, term->forms[i].text);
        posting_form_put(&change, out);
    }
}

/* How many of the places from `first` on are in one passage. */
static uint32_t count_in_passage(const struct term *term, uint32_t first)
{
    uint32_t at = first + 1;
    while (at < term->place_count && term->places[at].passage == term->places[first].passage)
        at++;
    return at - first;
}

/* In how many passages of one document the term stands from `first` on. */
static uint32_t count_in_document(const struct terms *terms, const struct term *term,
                                  uint32_t first)
{
    uint32_t document = terms->passages[term->places[first].passage].document, passages = 0;
    while (first < term->place_count &&
           terms->passages[term->places[first].passage].document == document) {
        first += count_in_passage(term, first);
        passages++;
    }
    return passages;
}

static char *write_number(char *to, uint32_t number)
{
    for (; number >= 0x80; number >>= 7)
        *to++ = (char)(number | 0x80);
    *to++ = (char)number;
    return to;
}

/* A joined word comes behind its parts, so that a place may be before the last: it counts as that.
 */
static char *write_places(const struct term *term, uint32_t first, uint32_t count, char *to)
{
    uint32_t before = 0;
    for (const struct term_place *at = term->places + first; count--; at++) {
        uint32_t step = at->place > before ? at->place - before : 0;
        to = write_number(to, step * term->form_count + at->form);
        before += step;
    }
    return to;
}

/* One passage; returns the first place behind it. `*next_number` is the number that would have
 * skipped none. */
static uint32_t put_passage(const struct terms *terms, const struct term *term, uint32_t first,
                            uint32_t *next_number, struct buf *out, struct posting_peak *peak)
{
    const struct indexed_passage *passage = &terms->passages[term->places[first].passage];
    uint32_t count = count_in_passage(term, first);
    uint32_t impact = passage->number ? posting_impact(count, passage->words, passage->heading)
                                      : posting_title_impact(count, passage->words);
    char *start = buf_reserve(out, ((size_t)count + 2) * NUMBER_MOST), *to = start;
    to = write_number(to, (passage->number - *next_number) << 5 | impact << 1 | (count > 1));
    if (count > 1)
        to = write_number(to, count - 2);
    if (term->form_count)
        to = write_places(term, first, count, to);
    out->len += (size_t)(to - start);
    *next_number = passage->number + 1;
    posting_peak_note(peak, impact, passage->number);
    return first + count;
}

struct posting_peak terms_put(const struct terms *terms, const struct term *term, struct buf *out)
{
    struct posting_peak peak = {0};
    uint32_t next_document = 0;
    put_forms(term, out);
    bytes_put_number(out, term->documents);
    for (uint32_t at = 0; at < term->place_count;) {
        uint32_t document = terms->passages[term->places[at].passage].document, number = 0;
        uint32_t passages = count_in_document(terms, term, at);
        bytes_put_number(out, (document - next_document) << 1 | (passages > 1));
        if (passages > 1)
            bytes_put_number(out, passages - 2);
        while (passages--)
            at = put_passage(terms, term, at, &number, out, &peak);
        next_document = document + 1;
    }
    return peak;
}
