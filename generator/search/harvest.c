#include "search/harvest.h"

#include "base/spill.h"
#include "search/collate.h"
#include "search/lexeme.h"
#include "search/terms.h"

#include <string.h>

enum {
    NUMBER_MOST = 5,  /* bytes of a number */
    WINDOW = 8 * 1024 /* bytes that are read at a time: some hundred terms */
};

static const struct term_form *most_frequent(const struct term *term)
{
    const struct term_form *best = &term->forms[0];
    for (size_t i = 1; i < term->form_count; i++) {
        const struct term_form *form = &term->forms[i];
        if (form->count > best->count ||
            (form->count == best->count && str_compare(form->text, best->text) < 0))
            best = form;
    }
    return best;
}

static void put_common(const struct term *term, struct buf *out)
{
    struct posting_form change = {0};
    uint32_t count = 0;
    if (term->form_count) {
        const struct term_form *form = most_frequent(term);
        change = lexeme_change(str_from_offset(term->key, 1), form->text);
        count = form->count;
    }
    bytes_put_number(out, change.cut);
    bytes_put_text(out, change.added);
    bytes_put_number(out, count);
}

/* Appends a term's block as a text. Most are so short that the byte which is left for their length
 * is enough; others move. */
static struct posting_peak put_block(const struct terms *terms, const struct term *term,
                                     struct buf *out)
{
    size_t start = out->len, head = 1;
    buf_put_char(out, 0);
    struct posting_peak peak = terms_put(terms, term, out);
    size_t len = out->len - start - head;
    for (size_t rest = len; rest >= 0x80; rest >>= 7)
        head++;
    buf_reserve(out, NUMBER_MOST); /* so that nothing moves once the block is behind the end */
    if (head > 1)
        memmove(out->data + start + head, out->data + start + 1, len);
    out->len = start;
    bytes_put_number(out, (uint32_t)len);
    out->len += len;
    return peak;
}

/* As one number, which mostly takes a byte. */
static void put_peak(struct posting_peak peak, struct buf *out)
{
    bytes_put_number(out, (peak.rank - peak.impact) << 4 | peak.impact);
}

static struct posting_peak read_peak(struct bytes *bytes)
{
    uint32_t number = bytes_number(bytes), impact = number & POSTING_IMPACT_MAX;
    return (struct posting_peak){.impact = impact, .rank = impact + (number >> 4)};
}

static void put_term(const struct terms *terms, const struct term *term, struct buf *out)
{
    bytes_put_text(out, term->key);
    bytes_put_number(out, term->documents);
    bytes_put_number(out, term->passages);
    put_common(term, out);
    put_peak(put_block(terms, term, out), out);
}

/* The slices that a harvest has something in, and all its terms behind them. */
struct draft {
    struct buf slices, terms;
    unsigned slice;
    size_t start; /* of its terms */
};

static void end_slice(struct draft *draft)
{
    struct str terms = str_from_offset(buf_str(&draft->terms), draft->start);
    if (!terms.len)
        return;
    bytes_put_number(&draft->slices, draft->slice);
    bytes_put_number(&draft->slices, (uint32_t)terms.len);
    digest_put(&draft->slices, digest_of(terms));
    draft->start = draft->terms.len;
}

struct str harvest_make(const struct concordance *concordance, struct arena *arena)
{
    struct terms terms;
    struct draft draft = {.slice = 0};
    struct buf out;
    terms_make(&terms, concordance, arena);
    buf_init(&draft.slices, arena);
    buf_init(&draft.terms, arena);
    for (size_t i = 0; i < terms.count; i++) {
        unsigned slice = slices_find(terms.items[i].key);
        if (slice != draft.slice)
            end_slice(&draft);
        draft.slice = slice;
        put_term(&terms, &terms.items[i], &draft.terms);
    }
    end_slice(&draft);
    buf_init(&out, arena);
    buf_reserve(&out, draft.slices.len + draft.terms.len + NUMBER_MOST);
    bytes_put_text(&out, buf_str(&draft.slices));
    buf_put(&out, buf_str(&draft.terms));
    return buf_str(&out);
}

static void next_slice(struct harvest *harvest)
{
    struct bytes *bytes = &harvest->slices;
    harvest->slice = (struct harvest_slice){.number = SLICES};
    harvest->left = 0;
    if (bytes_at_end(bytes)) {
        arena_release(&harvest->window);
        return;
    }
    harvest->slice.number = bytes_number(bytes);
    harvest->slice.len = bytes_number(bytes);
    struct str digest = bytes_take(bytes, DIGEST_SIZE);
    if (!bytes->failed)
        harvest->slice.digest = digest_from((const unsigned char *)digest.data);
    harvest->left = harvest->slice.len;
}

void harvest_keep(struct harvest *harvest, uint32_t group, struct str bytes, struct spill *spill,
                  struct arena *keep)
{
    struct bytes all;
    *harvest = (struct harvest){.group = group};
    arena_init(&harvest->window);
    bytes_begin(&all, bytes);
    bytes_begin(&harvest->slices, str_copy(keep, bytes_text(&all)));
    struct str terms = bytes_take(&all, (size_t)(all.end - all.next));
    if (spill_put(spill, terms, &harvest->place)) {
        harvest->spill = spill;
        harvest->end = harvest->place + terms.len;
    } else {
        bytes_begin(&harvest->bytes, str_copy(keep, terms));
    }
    next_slice(harvest);
}

void harvest_pass_slice(struct harvest *harvest)
{
    struct bytes *bytes = &harvest->bytes;
    size_t at_hand = (size_t)(bytes->end - bytes->next);
    size_t passed = harvest->left < at_hand ? harvest->left : at_hand;
    bytes->next += passed;
    harvest->place += harvest->left - passed;
    next_slice(harvest);
}

/* An empty one where not all of it is there. */
static struct harvested read_term(struct bytes *bytes)
{
    struct harvested term = {.key = {"", 0}};
    if (bytes_at_end(bytes))
        return term;
    term.key = bytes_text(bytes);
    term.documents = bytes_number(bytes);
    term.passages = bytes_number(bytes);
    term.common.cut = bytes_number(bytes);
    term.common.added = bytes_text(bytes);
    term.common_count = bytes_number(bytes);
    term.block = bytes_text(bytes);
    term.peak = read_peak(bytes);
    return bytes->failed ? (struct harvested){.key = {"", 0}} : term;
}

/* Reads on, from the last `rest` of the bytes at hand, of which a term's end was missing. */
static void move_window(struct harvest *harvest, size_t rest)
{
    size_t len = 2 * rest + WINDOW;
    harvest->place -= rest;
    if (len > harvest->end - harvest->place)
        len = (size_t)(harvest->end - harvest->place);
    arena_clear(&harvest->window);
    bytes_begin(&harvest->bytes, spill_get(harvest->spill, harvest->place, len, &harvest->window));
    harvest->place += len;
}

static void move_on(struct harvest *harvest)
{
    struct bytes *bytes = &harvest->bytes, before = *bytes;
    harvest->term = (struct harvested){.key = {"", 0}};
    if (!harvest->left)
        return;
    harvest->term = read_term(bytes);
    while (!harvest->term.key.len && harvest->place < harvest->end) {
        move_window(harvest, (size_t)(before.end - before.next));
        before = *bytes;
        harvest->term = read_term(bytes);
    }
    size_t read = (size_t)(bytes->next - before.next);
    harvest->left -= read < harvest->left ? read : harvest->left;
    harvest->prefix = collate_prefix(harvest->term.key);
}

static bool is_before(const struct harvest *a, const struct harvest *b)
{
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix;
    int order = str_compare(a->term.key, b->term.key);
    return order ? order < 0 : a->group < b->group;
}

static void sink(struct harvests *harvests, size_t at)
{
    struct harvest **heap = harvests->heap;
    for (;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < harvests->count; child++)
            if (is_before(heap[child], heap[least]))
                least = child;
        if (least == at)
            return;
        struct harvest *moved = heap[at];
        heap[at] = heap[least];
        heap[least] = moved;
        at = least;
    }
}

void harvests_begin(struct harvests *harvests, struct harvest *all, size_t count, unsigned slice,
                    struct arena *arena)
{
    *harvests = (struct harvests){.heap = arena_new_array(arena, count, struct harvest *)};
    for (size_t i = 0; i < count; i++) {
        if (all[i].slice.number != slice)
            continue;
        move_on(&all[i]);
        if (all[i].term.key.len)
            harvests->heap[harvests->count++] = &all[i];
    }
    for (size_t i = harvests->count / 2; i > 0; i--)
        sink(harvests, i - 1);
}

struct harvest *harvests_first(const struct harvests *harvests)
{
    return harvests->count ? harvests->heap[0] : NULL;
}

void harvests_next(struct harvests *harvests)
{
    move_on(harvests->heap[0]);
    if (!harvests->heap[0]->term.key.len)
        harvests->heap[0] = harvests->heap[--harvests->count];
    sink(harvests, 0);
}
