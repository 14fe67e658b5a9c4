#include "link/quotation.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"

#include <string.h>

enum {
    PIECES_MAX = 32,     /* between omissions: more is no quotation any more */
    TRIES_MAX = 2000,    /* places at which a quotation is compared: beyond that, no verdict */
    OMITTED_MAX = 20000, /* bytes that an omission may leave out: some pages */
    INSERTED_MAX = 200,  /* bytes that an editor's words may stand for */
    RESYNC_MAX = 12,     /* words that may differ in one place */
    SHOWN_MAX = 160      /* bytes of text in a message */
};

#define NOWHERE UINT32_MAX

static bool is_quote_mark(uint32_t c)
{
    return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB ||
           c == 0x2039 || c == 0x203A;
}

/* One character as it is compared: `last` is the one before, in what was written. */
static void put_plain(struct buf *out, uint32_t c)
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

static void put_all_plain(struct buf *out, struct str text)
{
    for (size_t at = 0; at < text.len;)
        put_plain(out, utf8_next(text, &at));
}

/* What is quoted. */

struct finder {
    struct arena *arena;
    const struct document *document;
    struct quotations *found;
    uint32_t done;    /* bytes of the passage that earlier quotations took */
    uint32_t passage; /* that `done` speaks of */
};

static unsigned count_words(struct str text)
{
    unsigned words = 0;
    for (bool inside = false; text.len; text = str_from_offset(text, 1)) {
        bool space = str_is_space(text.data[0]);
        words += !space && !inside;
        inside = !space;
    }
    return words;
}

static void add(struct finder *finder, struct str text, const struct node *citation)
{
    struct quotation *quotation;
    text = str_trim(text);
    if (count_words(text) < QUOTED_WORDS_MIN)
        return;
    quotation = vec_push(&finder->found->items, finder->arena);
    *quotation =
        (struct quotation){str_copy(finder->arena, text), citation->line, citation->number, 1};
    const struct node *next = citation->next;
    for (; next && next->kind == NODE_CITATION; next = next->next)
        quotation->citations++;
}

/* The mark that closes a quotation that `c` opens; 0: it opens none. A straight apostrophe opens
 * none, since it stands in `foto's` as well. */
static uint32_t closing(uint32_t c)
{
    switch (c) {
    case '"':
        return '"';
    case 0x201C:
    case 0x201E:
        return 0x201D;
    case 0x2018:
        return 0x2019;
    case 0xAB:
        return 0xBB;
    default:
        return 0;
    }
}

/* Whether a sentence ends before the space at `at`. */
static bool ends_sentence(struct str text, size_t at)
{
    size_t next = at + 1;
    if (!at || at + 1 >= text.len || text.data[at] != ' ' || !strchr(".!?", text.data[at - 1]))
        return false;
    uint32_t c = utf8_next(text, &next);
    return utf8_is_upper(c) || is_quote_mark(c);
}

/* Quoted words of the sentence that ends at the end of `text`. */
static void add_quoted(struct finder *finder, struct str text, const struct node *citation)
{
    size_t first = finder->found->items.count;
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t close = closing(utf8_next(text, &at)), c = 0;
        if (ends_sentence(text, start))
            finder->found->items.count = first;
        bool opens = close && (!start || !utf8_is_letter(utf8_before(text, start)));
        size_t end = at, behind = at;
        while (opens && behind < text.len && c != close) {
            end = behind;
            c = utf8_next(text, &behind);
            if (c == close && c == 0x2019 && behind < text.len &&
                utf8_is_letter((unsigned char)text.data[behind]))
                c = 0;
        }
        if (!opens || c != close)
            continue;
        add(finder, str_slice(text, at, end - at), citation);
        at = behind;
    }
}

static struct str without_dash(struct str text)
{
    text = str_trim_end(text);
    while (str_ends(text, STR("—")) || str_ends(text, STR("–")) || str_ends(text, STR("(")))
        text = str_trim_end(str_slice(text, 0, text.len - (str_ends(text, STR("(")) ? 1 : 3)));
    return text;
}

static void add_citation(struct finder *finder, const struct node *citation, uint32_t number,
                         uint32_t end)
{
    const struct passage *passage = &finder->document->passages.items[number - 1];
    struct str rest = str_from_offset(passage->text, end);
    uint32_t start = finder->passage == number ? finder->done : 0;
    struct str text = str_slice(passage->text, start, end - start);
    if (passage->kind == PASSAGE_QUOTE && str_trim(rest).len <= 1)
        add(finder, without_dash(text), citation);
    else if (passage->kind != PASSAGE_QUOTE)
        add_quoted(finder, text, citation);
    finder->passage = number;
    finder->done = end;
}

void quotations_find(struct arena *arena, const struct document *document,
                     struct quotations *quotations)
{
    struct finder finder = {.arena = arena, .document = document, .found = quotations};
    const struct node *before = NULL;
    uint32_t passage = 0, end = 0;
    for (const struct node *node = document->root; node; node = node_walk(document->root, node)) {
        if (node->passage) {
            passage = node->passage;
            end = 0;
        }
        if (node->kind == NODE_TEXT || node->kind == NODE_CODE)
            end = node->offset + (uint32_t)node->text.len;
        bool first = node->kind == NODE_CITATION &&
                     !(before && before->next == node && before->kind == NODE_CITATION);
        if (first && node->number && passage)
            add_citation(&finder, node, passage, end);
        before = node;
    }
}

/* The source. */

static uint32_t slot_of(const struct quoted_source *source, struct str text)
{
    size_t len = 0;
    while (len < text.len && text.data[len] != ' ')
        len++;
    return (uint32_t)(map_hash(str_slice(text, 0, len)) % source->slots);
}

static void index_words(struct quoted_source *source, struct arena *arena)
{
    struct str text = source->text;
    source->slots = (uint32_t)(text.len / 4 + 16);
    source->words = arena_new_array(arena, text.len / 2 + 1, uint32_t);
    source->next = arena_new_array(arena, text.len / 2 + 1, uint32_t);
    source->first = arena_new_array(arena, source->slots, uint32_t);
    for (size_t at = 0; at < text.len; at++)
        if (text.data[at] != ' ' && (!at || text.data[at - 1] == ' '))
            source->words[source->word_count++] = (uint32_t)at;
    for (uint32_t i = source->word_count; i-- > 0;) {
        uint32_t slot = slot_of(source, str_from_offset(text, source->words[i]));
        source->next[i] = source->first[slot];
        source->first[slot] = i + 1;
    }
}

void quoted_source_init(struct quoted_source *source, struct arena *arena,
                        const struct document *document)
{
    struct buf text;
    *source = (struct quoted_source){.document = document};
    source->starts = arena_new_array(arena, document->passages.count + 1, uint32_t);
    buf_init(&text, arena);
    for (size_t i = 0; i < document->passages.count; i++) {
        source->starts[i] = (uint32_t)text.len;
        put_all_plain(&text, document->passages.items[i].text);
        put_plain(&text, ' ');
    }
    source->starts[document->passages.count] = (uint32_t)text.len;
    source->text = buf_str(&text);
    index_words(source, arena);
}

static uint32_t passage_at(const struct quoted_source *source, uint32_t at)
{
    uint32_t low = 0, high = (uint32_t)source->document->passages.count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

/* The quotation in pieces, each with how far it may stand behind the one before. */

struct piece {
    struct str text;
    uint32_t gap;
    bool any_case; /* of its first letter */
};

struct pieces {
    struct piece items[PIECES_MAX];
    unsigned count;
};

static void end_piece(struct pieces *pieces, struct buf *text, struct arena *scratch, uint32_t gap)
{
    struct str plain = str_trim(buf_str(text));
    struct piece *piece = &pieces->items[pieces->count];
    if (plain.len && pieces->count + 1 < PIECES_MAX) {
        piece->text = str_copy(scratch, plain);
        piece[1] = (struct piece){.gap = gap};
        pieces->count++;
    } else if (gap > piece->gap)
        piece->gap = gap;
    buf_clear(text);
}

static bool is_omission(struct str inside)
{
    return str_equal(inside, STR("…")) || str_equal(inside, STR("...")) ||
           str_equal(inside, STR("....")) || str_equal(inside, STR(". . ."));
}

/* What stands in brackets at `at`: whether it was the editor's; then `*len` is how long it is. */
static bool read_brackets(struct str rest, struct str *inside, size_t *len)
{
    ptrdiff_t close = STR_NONE;
    if (rest.data[0] == '[' || rest.data[0] == '(')
        close = str_find_char(str_slice(rest, 0, INSERTED_MAX), rest.data[0] == '[' ? ']' : ')');
    if (close == STR_NONE)
        return false;
    *inside = str_trim(str_slice(rest, 1, (size_t)close - 1));
    *len = (size_t)close + 1;
    return rest.data[0] == '[' || is_omission(*inside);
}

static bool is_one_letter(struct str text)
{
    size_t at = 0;
    return text.len && utf8_is_letter(utf8_next(text, &at)) && at == text.len;
}

static void cut_pieces(struct pieces *pieces, struct arena *scratch, struct str quoted)
{
    struct buf text;
    struct str inside;
    size_t len;
    *pieces = (struct pieces){0};
    buf_init(&text, scratch);
    for (size_t at = 0; at < quoted.len;) {
        struct str rest = str_from_offset(quoted, at);
        if (!read_brackets(rest, &inside, &len)) {
            put_plain(&text, utf8_next(quoted, &at));
            continue;
        }
        at += len;
        bool letter = is_one_letter(inside);
        if (!letter || text.len)
            end_piece(pieces, &text, scratch, is_omission(inside) ? OMITTED_MAX : INSERTED_MAX);
        pieces->items[pieces->count].any_case = letter;
        if (letter)
            put_all_plain(&text, inside);
    }
    end_piece(pieces, &text, scratch, 0);
    if (!pieces->count)
        return;
    struct str *last = &pieces->items[pieces->count - 1].text;
    while (last->len > 1 && strchr(".,;:'", last->data[last->len - 1]))
        last->len--;
    struct str *first = &pieces->items[0].text;
    while (first->len > 1 && first->data[0] == '\'')
        *first = str_from_offset(*first, 1);
}

static bool is_word_part(struct str text, size_t at)
{
    size_t next = at;
    return at < text.len && utf8_is_letter(utf8_next(text, &next));
}

/* Whether the piece stands at `at`, with no letter cut off at either end. */
static bool stands(const struct quoted_source *source, const struct piece *piece, uint32_t at)
{
    struct str there = str_slice(source->text, at, piece->text.len);
    size_t one = 0, other = 0;
    if (there.len < piece->text.len ||
        (at && is_word_part(source->text, at) && utf8_is_letter(utf8_before(source->text, at))))
        return false;
    if (is_word_part(source->text, at + there.len) &&
        utf8_is_letter(utf8_before(source->text, at + there.len)))
        return false;
    if (piece->any_case &&
        utf8_lower(utf8_next(there, &one)) != utf8_lower(utf8_next(piece->text, &other)))
        return false;
    return str_equal(str_from_offset(there, one), str_from_offset(piece->text, other));
}

/* Whether the pieces behind the first follow from `end` on. */
static bool follow(const struct quoted_source *source, const struct pieces *pieces, uint32_t end,
                   uint32_t limit, unsigned *tries)
{
    for (unsigned i = 1; i < pieces->count; i++) {
        const struct piece *piece = &pieces->items[i];
        uint32_t at = end, last = limit - end > piece->gap ? end + piece->gap : limit;
        while (at < last && !stands(source, piece, at))
            at++;
        if (at >= last || ++*tries > TRIES_MAX)
            return false;
        end = at + (uint32_t)piece->text.len;
    }
    return end <= limit;
}

/* Where the quotation stands within [from, limit); NOWHERE if it does not. The first word may have
 * marks in front of it in the source, so that words are compared from the second on. */
static uint32_t find(const struct quoted_source *source, const struct pieces *pieces, uint32_t from,
                     uint32_t limit, unsigned *tries)
{
    const struct piece *piece = &pieces->items[0];
    ptrdiff_t space = str_find_char(piece->text, ' ');
    uint32_t skip = space == STR_NONE ? 0 : (uint32_t)space + 1;
    uint32_t slot = slot_of(source, str_from_offset(piece->text, skip));
    for (uint32_t i = source->first[slot]; i; i = source->next[i - 1]) {
        uint32_t word = source->words[i - 1];
        if (word < from + skip || word >= limit)
            continue;
        if (++*tries > TRIES_MAX)
            return NOWHERE;
        if (stands(source, piece, word - skip) &&
            follow(source, pieces, word - skip + (uint32_t)piece->text.len, limit, tries))
            return word - skip;
    }
    return NOWHERE;
}

/* The nearest text. */

static struct str word_at(struct str text, size_t at)
{
    size_t len = 0;
    text = str_from_offset(text, at);
    while (len < text.len && text.data[len] != ' ')
        len++;
    return str_slice(text, 0, len);
}

/* How many bytes `count` words from `at` on take, with the spaces behind them. */
static size_t words_length(struct str text, size_t at, unsigned count)
{
    size_t end = at;
    while (count-- && end < text.len)
        end += word_at(text, end).len + 1;
    return (end < text.len ? end : text.len) - at;
}

/* The first place where the two differ, and as few words as bring them together again. */
static void tell_difference(struct str quoted, struct str said, struct finding *finding)
{
    size_t at = 0, other = 0;
    while (at < quoted.len && str_equal(word_at(quoted, at), word_at(said, other))) {
        size_t len = word_at(quoted, at).len + 1;
        at += len;
        other += len;
    }
    unsigned left = 1, right = 1;
    for (unsigned sum = 1; sum <= RESYNC_MAX; sum++)
        for (unsigned a = 0; a <= sum; a++) {
            size_t i = at + words_length(quoted, at, a);
            size_t j = other + words_length(said, other, sum - a);
            if (i >= quoted.len || j >= said.len ||
                !str_equal(word_at(quoted, i), word_at(said, j)))
                continue;
            left = a;
            right = sum - a;
            sum = RESYNC_MAX;
            break;
        }
    finding->quoted = str_trim(str_slice(quoted, at, words_length(quoted, at, left)));
    finding->said = str_trim(str_slice(said, other, words_length(said, other, right)));
}

/* How many of the quotation's words stand from `at` on, in order, each a little further. */
static unsigned score(struct str quoted, struct str said)
{
    unsigned count = 0, words = 0;
    size_t other = 0;
    for (size_t at = 0; at < quoted.len && words < 40; words++) {
        struct str word = word_at(quoted, at);
        size_t try = other;
        for (unsigned i = 0; i < 4 && try < said.len; i++) {
            struct str there = word_at(said, try);
            try += there.len + 1;
            if (!str_equal(word, there))
                continue;
            other = try;
            count++;
            break;
        }
        at += word.len + 1;
    }
    return count;
}

/* Compares at the places of a few words of the quotation, and takes the best. */
static bool find_nearest(const struct quoted_source *source, struct str quoted,
                         struct finding *finding)
{
    unsigned best = 1, tries = 0, words = 0;
    struct str nearest = {"", 0};
    for (size_t at = 0; at < quoted.len && words < 12; words++) {
        uint32_t i = source->first[slot_of(source, str_from_offset(quoted, at))];
        for (; i && tries < TRIES_MAX; i = source->next[i - 1], tries++) {
            uint32_t start = i > words ? i - 1 - words : 0;
            struct str said = str_from_offset(source->text, source->words[start]);
            unsigned points = score(quoted, said);
            if (points <= best)
                continue;
            best = points;
            nearest = said;
        }
        at += word_at(quoted, at).len + 1;
    }
    if (best < 2 || (best < 4 && best * 2 < count_words(quoted)))
        return false;
    uint32_t place = (uint32_t)(nearest.data - source->text.data);
    finding->passage = passage_at(source, place);
    tell_difference(quoted, nearest, finding);
    finding->quoted = str_slice(finding->quoted, 0, SHOWN_MAX);
    finding->said = str_slice(finding->said, 0, SHOWN_MAX);
    return true;
}

struct finding quotation_verify(const struct quoted_source *source, struct arena *scratch,
                                struct str text, uint32_t from, uint32_t to)
{
    struct pieces pieces;
    struct finding finding = {.verdict = QUOTATION_UNKNOWN};
    unsigned tries = 0;
    cut_pieces(&pieces, scratch, text);
    uint32_t end = (uint32_t)source->text.len, at;
    if (!pieces.count || !end || to > source->document->passages.count || !from)
        return finding;
    at = find(source, &pieces, source->starts[from - 1], source->starts[to], &tries);
    finding.verdict = QUOTATION_FOUND;
    if (at == NOWHERE) {
        at = find(source, &pieces, 0, end, &tries);
        finding.verdict = QUOTATION_ELSEWHERE;
    }
    if (at != NOWHERE) {
        finding.passage = passage_at(source, at);
        return finding;
    }
    finding.verdict = tries > TRIES_MAX ? QUOTATION_UNKNOWN : QUOTATION_MISSING;
    for (unsigned i = 0; i < pieces.count && finding.verdict == QUOTATION_MISSING; i++)
        if (find(source, &(struct pieces){{pieces.items[i]}, 1}, 0, end, &tries) == NOWHERE &&
            find_nearest(source, pieces.items[i].text, &finding))
            finding.verdict = QUOTATION_DIFFERS;
    return finding;
}
