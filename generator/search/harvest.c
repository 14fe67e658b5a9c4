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

struct harvest_bytes harvest_make(const struct concordance *concordance, struct arena *arena)
{
    struct terms terms;
    struct draft draft = {.slice = 0};
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
    return (struct harvest_bytes){buf_str(&draft.slices), buf_str(&draft.terms)};
}

/* Putting by. */

static bool read_slice(struct bytes *bytes, uint32_t start, struct harvest_slice *slice)
{
    slice->number = bytes_number(bytes);
    slice->start = start;
    slice->len = bytes_number(bytes);
    struct str digest = bytes_take(bytes, DIGEST_SIZE);
    if (bytes->failed || slice->number >= SLICES)
        return false;
    slice->digest = digest_from((const unsigned char *)digest.data);
    return true;
}

bool harvest_expect(struct harvest *harvest, uint32_t group, struct str slices, struct arena *keep)
{
    struct bytes bytes;
    uint32_t start = 0;
    *harvest = (struct harvest){.group = group, .elsewhere = true};
    harvest->slices = arena_new_array(keep, slices.len / (DIGEST_SIZE + 2), struct harvest_slice);
    for (bytes_begin(&bytes, slices); !bytes_at_end(&bytes);) {
        struct harvest_slice *slice = &harvest->slices[harvest->slice_count];
        if (!read_slice(&bytes, start, slice))
            return false;
        start += slice->len;
        harvest->slice_count++;
    }
    return true;
}

void harvest_keep(struct harvest *harvest, uint32_t group, struct harvest_bytes bytes,
                  struct spill *spill, struct arena *keep)
{
    harvest_expect(harvest, group, bytes.slices, keep);
    harvest->elsewhere = false;
    if (spill_put(spill, bytes.terms, &harvest->place))
        harvest->spill = spill;
    else
        harvest->terms = str_copy(keep, bytes.terms);
}

struct str harvest_get(const struct harvest *harvest, const struct harvest_slice *slice,
                       struct arena *arena)
{
    if (harvest->spill)
        return spill_get(harvest->spill, harvest->place + slice->start, slice->len, arena);
    return str_slice(harvest->terms, slice->start, slice->len);
}

void harvest_parts_make(struct harvest_parts *parts, const struct harvest *harvests, size_t count,
                        struct arena *arena)
{
    size_t next[SLICES + 1] = {0};
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < harvests[i].slice_count; j++)
            next[harvests[i].slices[j].number + 1]++;
    for (size_t i = 0; i < SLICES; i++)
        next[i + 1] += next[i];
    memcpy(parts->first, next, sizeof next);
    parts->items = arena_new_array(arena, next[SLICES], struct harvest_part);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < harvests[i].slice_count; j++)
            parts->items[next[harvests[i].slices[j].number]++] =
                (struct harvest_part){&harvests[i], &harvests[i].slices[j]};
}

/* Reading. */

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
static void move_window(struct harvest_reader *reader, size_t rest)
{
    size_t len = 2 * rest + WINDOW;
    reader->place -= rest;
    if (len > reader->end - reader->place)
        len = (size_t)(reader->end - reader->place);
    arena_clear(&reader->window);
    bytes_begin(&reader->bytes, spill_get(reader->spill, reader->place, len, &reader->window));
    reader->place += len;
}

static void move_on(struct harvest_reader *reader)
{
    struct bytes *bytes = &reader->bytes, before = *bytes;
    reader->term = read_term(bytes);
    while (!reader->term.key.len && reader->place < reader->end) {
        move_window(reader, (size_t)(before.end - before.next));
        before = *bytes;
        reader->term = read_term(bytes);
    }
    reader->prefix = collate_prefix(reader->term.key);
}

static void begin_reader(struct harvest_reader *reader, const struct harvest_part *part,
                         const struct harvest_source *source, unsigned worker)
{
    const struct harvest *harvest = part->harvest;
    *reader = (struct harvest_reader){.group = harvest->group};
    arena_init(&reader->window);
    bytes_begin(&reader->bytes, (struct str){"", 0});
    if (harvest->elsewhere) {
        bytes_begin(&reader->bytes,
                    source->get(source->context, worker, harvest, part->slice, &reader->window));
    } else if (harvest->spill) {
        reader->spill = harvest->spill;
        reader->place = harvest->place + part->slice->start;
        reader->end = reader->place + part->slice->len;
    } else {
        bytes_begin(&reader->bytes, harvest_get(harvest, part->slice, &reader->window));
    }
    move_on(reader);
}

static bool is_before(const struct harvest_reader *a, const struct harvest_reader *b)
{
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix;
    int order = str_compare(a->term.key, b->term.key);
    return order ? order < 0 : a->group < b->group;
}

static void sink(struct harvests *harvests, size_t at)
{
    struct harvest_reader **heap = harvests->heap;
    for (;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < harvests->count; child++)
            if (is_before(heap[child], heap[least]))
                least = child;
        if (least == at)
            return;
        struct harvest_reader *moved = heap[at];
        heap[at] = heap[least];
        heap[least] = moved;
        at = least;
    }
}

void harvests_begin(struct harvests *harvests, const struct harvest_part *parts, size_t count,
                    const struct harvest_source *source, unsigned worker, struct arena *arena)
{
    *harvests = (struct harvests){.reader_count = count};
    harvests->readers = arena_new_array(arena, count, struct harvest_reader);
    harvests->heap = arena_new_array(arena, count, struct harvest_reader *);
    for (size_t i = 0; i < count; i++) {
        begin_reader(&harvests->readers[i], &parts[i], source, worker);
        if (harvests->readers[i].term.key.len)
            harvests->heap[harvests->count++] = &harvests->readers[i];
    }
    for (size_t i = harvests->count / 2; i > 0; i--)
        sink(harvests, i - 1);
}

void harvests_end(struct harvests *harvests)
{
    for (size_t i = 0; i < harvests->reader_count; i++)
        arena_release(&harvests->readers[i].window);
}

struct harvest_reader *harvests_first(const struct harvests *harvests)
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
