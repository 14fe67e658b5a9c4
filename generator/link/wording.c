#include "link/wording.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum {
    RARE_WORDS = 8,   /* of a quotation, at which a slip of the pen is looked for */
    RARE_PLACES = 24, /* of each of these */
    TOGETHER = 3      /* words that are indexed together */
};

static bool is_quote_mark(uint32_t c)
{
    return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB ||
           c == 0x2039 || c == 0x203A;
}

void wording_put(struct buf *out, uint32_t c)
{
    if (utf8_is_space(c)) {
        if (out->len && out->data[out->len - 1] != ' ')
            buf_put_char(out, ' ');
    } else if (is_quote_mark(c))
        buf_put_char(out, '\'');
    else if (c == 0x2026)
        buf_put(out, STR("..."));
    else if (c >= 0x2010 && c <= 0x2015)
        buf_put_char(out, '-');
    else if (!utf8_is_format(c))
        utf8_put(out, c);
}

void wording_put_all(struct buf *out, struct str text)
{
    for (size_t at = 0; at < text.len;)
        wording_put(out, utf8_next(text, &at));
}

static bool is_word(uint32_t c)
{
    return c < 0x80 ? str_is_alnum((char)c) : utf8_is_letter(c) || utf8_is_digit(c);
}

/* The next word at or behind `*at`: its offset, and its hash without case; `*at` moves behind it.
 * NOWHERE: there is none. */
static uint32_t next_word(struct str text, size_t *at, uint32_t *hash)
{
    size_t start = *at;
    uint32_t c = 0;
    *hash = 2166136261U;
    for (; start < text.len; start = *at)
        if (is_word(utf8_next(text, at)))
            break;
    if (start >= text.len)
        return NOWHERE;
    for (size_t next = start; next < text.len; *at = next) {
        c = utf8_next(text, &next);
        if (!is_word(c))
            break;
        *hash = (*hash ^ utf8_lower(c)) * 16777619U;
    }
    return (uint32_t)start;
}

static uint32_t slot(const struct word_index *index, const uint32_t *hashes, unsigned together)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < together; i++)
        sum = (sum ^ hashes[i]) * 0x9E3779B97F4A7C15U + (sum >> 29);
    return (uint32_t)((sum >> 32) % index->slots);
}

static void index_words(struct word_index *index, struct arena *arena, const uint32_t *hashes,
                        uint32_t count, unsigned together)
{
    uint32_t places = count >= together ? count - together + 1 : 0;
    index->slots = count * 2 + 1;
    index->first = arena_new_array(arena, (size_t)index->slots + 1, uint32_t);
    index->places = arena_new_array(arena, (size_t)places + 1, uint32_t);
    for (uint32_t i = 0; i < places; i++)
        index->first[slot(index, hashes + i, together)]++;
    for (uint32_t i = 0, sum = 0; i <= index->slots; i++) {
        sum += index->first[i];
        index->first[i] = sum;
    }
    for (uint32_t i = places; i-- > 0;)
        index->places[--index->first[slot(index, hashes + i, together)]] = i;
}

static bool in_part(const struct node *node, const struct node *part)
{
    while (node && node != part)
        node = node->parent;
    return node != NULL;
}

/* A source's own text is one part; of a document without one, all is its text. */
static void find_text(struct wording *wording)
{
    const struct document *document = wording->document;
    uint32_t count = (uint32_t)document->passages.count;
    wording->first = 1;
    wording->last = count;
    if (!document->text)
        return;
    while (wording->first <= count &&
           !in_part(document->passages.items[wording->first - 1].node, document->text))
        wording->first++;
    wording->last = wording->first - 1;
    while (wording->last < count &&
           in_part(document->passages.items[wording->last].node, document->text))
        wording->last++;
}

static void put_text(struct wording *wording, struct arena *arena)
{
    struct buf text;
    uint32_t count = wording->last + 1 - wording->first;
    wording->starts = arena_new_array(arena, (size_t)count + 1, uint32_t);
    buf_init(&text, arena);
    for (uint32_t i = 0; i < count; i++) {
        struct str own = wording->document->passages.items[wording->first - 1 + i].text;
        wording->starts[i] = (uint32_t)text.len;
        wording_put_all(&text, utf8_ascii_length(own) < own.len ? utf8_compose(arena, own) : own);
        wording_put(&text, ' ');
    }
    wording->starts[count] = (uint32_t)text.len;
    wording->text = buf_str(&text);
}

void wording_init(struct wording *wording, struct arena *arena, const struct document *document)
{
    *wording = (struct wording){.document = document};
    find_text(wording);
    put_text(wording, arena);
    size_t room = wording->text.len / 2 + 1;
    uint32_t *hashes = arena_new_array(arena, room, uint32_t), hash;
    wording->words = arena_new_array(arena, room, uint32_t);
    for (size_t at = 0;;) {
        uint32_t start = next_word(wording->text, &at, &hash);
        if (start == NOWHERE)
            break;
        hashes[wording->word_count] = hash;
        wording->words[wording->word_count++] = start;
    }
    index_words(&wording->alone, arena, hashes, wording->word_count, 1);
    index_words(&wording->threes, arena, hashes, wording->word_count, TOGETHER);
}

bool wording_is_spent(const struct wording *wording)
{
    return wording->work >= WORK_MAX;
}

uint32_t wording_passage(const struct wording *wording, uint32_t at)
{
    uint32_t low = 0, high = wording->last + 1 - wording->first;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (wording->starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return wording->first + low;
}

/* Whether a word goes on over `at`. */
static bool cuts_word(struct str text, size_t at)
{
    size_t next = at;
    return at && at < text.len && is_word(utf8_before(text, at)) && is_word(utf8_next(text, &next));
}

/* Whether the piece stands at `at`, with no word cut off at either end. */
static bool stands(struct wording *wording, const struct piece *piece, uint32_t at)
{
    struct str there = str_slice(wording->text, at, piece->text.len);
    size_t one = 0, other = 0;
    wording->work += piece->text.len;
    if (there.len < piece->text.len)
        return false;
    if (piece->any_case &&
        utf8_lower(utf8_next(there, &one)) != utf8_lower(utf8_next(piece->text, &other)))
        return false;
    return str_equal(str_from_offset(there, one), str_from_offset(piece->text, other)) &&
           !cuts_word(wording->text, at) && !cuts_word(wording->text, at + there.len);
}

/* The first place of a piece from `from` on that is not behind `last`. */
static uint32_t next_place(struct wording *wording, const struct piece *piece, uint32_t from,
                           uint32_t last)
{
    while (from <= last && !wording_is_spent(wording)) {
        struct str window = str_slice(wording->text, from, last - from + piece->text.len);
        ptrdiff_t at = 0;
        if (!piece->any_case)
            at = str_find(window, piece->text);
        wording->work += at == STR_NONE ? window.len : (size_t)at;
        if (at == STR_NONE)
            return NOWHERE;
        from += (uint32_t)at;
        if (stands(wording, piece, from))
            return from;
        from++;
    }
    return NOWHERE;
}

static uint32_t place_before(struct wording *wording, const struct piece *piece, uint32_t first,
                             uint32_t end)
{
    for (uint32_t len = (uint32_t)piece->text.len, at = end; at >= first + len; at--)
        if (stands(wording, piece, at - len))
            return at - len;
        else if (wording_is_spent(wording))
            break;
    return NOWHERE;
}

/* Whether, with piece `anchor` at `at`, the others stand before and behind it: then where the first
 * does. */
static uint32_t spread(struct wording *wording, const struct piece *pieces, unsigned count,
                       unsigned anchor, uint32_t at, uint32_t from, uint32_t limit)
{
    uint32_t start = at, end = at + (uint32_t)pieces[anchor].text.len;
    for (unsigned i = anchor + 1; i < count; i++) {
        const struct piece *piece = &pieces[i];
        if (limit - end < piece->text.len)
            return NOWHERE;
        uint32_t last = limit - (uint32_t)piece->text.len;
        last = last - end > piece->gap ? end + piece->gap : last;
        uint32_t place = next_place(wording, piece, end, last);
        if (place == NOWHERE)
            return NOWHERE;
        end = place + (uint32_t)piece->text.len;
    }
    for (unsigned i = anchor; i-- > 0;) {
        uint64_t reach = (uint64_t)pieces[i + 1].gap + pieces[i].text.len;
        uint32_t first = start - from > reach ? start - (uint32_t)reach : from;
        start = place_before(wording, &pieces[i], first, start);
        if (start == NOWHERE)
            return NOWHERE;
    }
    return start;
}

/* Places of words in a stretch: those of one slot of an index. */
struct places {
    const uint32_t *items;
    uint32_t count;
};

static uint32_t lower_bound(const struct wording *wording, const uint32_t *places, uint32_t count,
                            uint32_t offset)
{
    uint32_t low = 0;
    while (low < count) {
        uint32_t middle = low + (count - low) / 2;
        if (wording->words[places[middle]] < offset)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

static struct places look_up(const struct wording *wording, const struct word_index *index,
                             const uint32_t *hashes, unsigned together, uint32_t from,
                             uint32_t limit)
{
    uint32_t number = slot(index, hashes, together);
    const uint32_t *places = index->places + index->first[number];
    uint32_t count = index->first[number + 1] - index->first[number];
    uint32_t first = lower_bound(wording, places, count, from);
    return (struct places){places + first, lower_bound(wording, places, count, limit) - first};
}

/* The words of a text. */
struct own_words {
    uint32_t *offsets, *hashes;
    uint32_t count;
};

static struct own_words cut_words(struct arena *scratch, struct str text)
{
    struct own_words words = {arena_new_array(scratch, text.len / 2 + 1, uint32_t),
                              arena_new_array(scratch, text.len / 2 + 1, uint32_t), 0};
    for (size_t at = 0;;) {
        uint32_t start = next_word(text, &at, &words.hashes[words.count]);
        if (start == NOWHERE)
            return words;
        words.offsets[words.count++] = start;
    }
}

/* Words of the pieces that stand in few places. */
struct anchor {
    struct places places;
    unsigned piece;
    uint32_t offset; /* of the word in the piece */
};

static void find_anchor(const struct wording *wording, struct arena *scratch,
                        const struct piece *piece, unsigned number, uint32_t from, uint32_t limit,
                        struct anchor *best)
{
    struct own_words words = cut_words(scratch, piece->text);
    bool threes = words.count >= TOGETHER;
    unsigned together = threes ? TOGETHER : 1;
    const struct word_index *index = threes ? &wording->threes : &wording->alone;
    for (uint32_t i = 0; i + together <= words.count; i++) {
        struct places places = look_up(wording, index, words.hashes + i, together, from, limit);
        if (!best->places.items || places.count < best->places.count)
            *best = (struct anchor){places, number, words.offsets[i]};
    }
}

uint32_t wording_find(struct wording *wording, struct arena *scratch, const struct piece *pieces,
                      unsigned count, uint32_t from, uint32_t limit)
{
    struct anchor anchor = {0};
    for (unsigned i = 0; i < count; i++)
        find_anchor(wording, scratch, &pieces[i], i, from, limit, &anchor);
    const struct piece *piece = &pieces[anchor.piece];
    for (uint32_t i = 0; i < anchor.places.count && !wording_is_spent(wording); i++) {
        uint32_t word = wording->words[anchor.places.items[i]];
        if (word < from + anchor.offset || limit - (word - anchor.offset) < piece->text.len ||
            !stands(wording, piece, word - anchor.offset))
            continue;
        uint32_t start =
            spread(wording, pieces, count, anchor.piece, word - anchor.offset, from, limit);
        if (start != NOWHERE)
            return start;
    }
    return NOWHERE;
}

unsigned wording_guess(struct wording *wording, struct arena *scratch, struct str text,
                       uint32_t from, uint32_t limit, uint32_t *places, unsigned max)
{
    struct own_words words = cut_words(scratch, text);
    uint32_t done = 0; /* words with at most that many places were taken */
    unsigned count = 0;
    for (unsigned round = 0; round < RARE_WORDS; round++) {
        uint32_t rarest = UINT32_MAX;
        for (uint32_t i = 0; i < words.count; i++) {
            uint32_t there =
                look_up(wording, &wording->alone, &words.hashes[i], 1, from, limit).count;
            if (there > done && there < rarest)
                rarest = there;
        }
        for (uint32_t i = 0; i < words.count && rarest < UINT32_MAX; i++) {
            struct places found =
                look_up(wording, &wording->alone, &words.hashes[i], 1, from, limit);
            for (uint32_t j = 0; found.count == rarest && j < found.count && j < RARE_PLACES; j++)
                if (count < max)
                    places[count++] = found.items[j] > i ? found.items[j] - i : 0;
        }
        done = rarest;
    }
    return count;
}
