#include "link/trace.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/digest.h"
#include "base/utf8.h"
#include "link/fold.h"
#include "link/matcher.h"
#include "read/document.h"

enum {
    BITS_MIN = 64,   /* bytes, a power of two */
    BITS_MAX = 4096, /* likewise: of 4,000 different words they no longer tell much */
    CUTS_MAX = 2048, /* bytes: of more any name may be in the document */
    CUT_MOST = 12    /* bytes that are kept of a word before a hyphen */
};

/* A trace is a set of the document's words, as two bits for each, and of their beginnings, as one,
 * and behind it the words that are cut off at a hyphen, each with a space behind it: few have any.
 */
struct draft {
    struct str bits;
    struct buf cuts;
};

/* The lengths of beginnings that are kept, in bytes. */
static const unsigned char lengths[] = {3, 6};

/* Whether a word has the character at `*at`, which becomes that of the next one. As the matcher has
 * it: a quotation mark or a dash beyond ASCII is no part of a word. */
static bool is_in_word(struct str text, size_t *at)
{
    if ((unsigned char)text.data[*at] < 0x80)
        return str_is_alnum(text.data[(*at)++]);
    uint32_t c = utf8_next(text, at);
    return utf8_is_letter(c) || utf8_is_digit(c);
}

static struct str next_word(struct str text, size_t *offset)
{
    size_t start = *offset, end = start;
    while (end < text.len) {
        size_t behind = end;
        bool in_word = is_in_word(text, &behind);
        if (!in_word && end > start)
            break;
        end = behind;
        start = in_word ? start : end;
    }
    *offset = end;
    return str_slice(text, start, end - start);
}

static void set(struct str bits, uint64_t hash)
{
    size_t bit = hash & (bits.len * 8 - 1);
    ((char *)bits.data)[bit / 8] = (char)(bits.data[bit / 8] | 1 << bit % 8);
}

static bool is_set(struct str bits, uint64_t hash)
{
    size_t bit = hash & (bits.len * 8 - 1);
    return bits.data[bit / 8] >> bit % 8 & 1;
}

static uint64_t hash_beginning(struct str word, size_t len)
{
    return digest_of(str_slice(word, 0, len)).low;
}

static void set_beginnings(struct str bits, struct str word)
{
    for (size_t i = 0; i < sizeof lengths && lengths[i] <= word.len; i++)
        set(bits, hash_beginning(word, lengths[i]));
}

static void set_whole(struct str bits, struct str word)
{
    uint64_t hash = digest_of(word).high;
    set(bits, hash);
    set(bits, hash >> 32);
}

/* As it is, and without a note's number. */
static void set_word(struct str bits, struct str word)
{
    size_t len = word.len;
    set_whole(bits, word);
    while (len && str_is_digit(word.data[len - 1]))
        len--;
    if (len < word.len && word.len - len <= MARK_DIGITS_MAX)
        set_whole(bits, str_slice(word, 0, len));
}

static void put_cut(struct buf *cuts, struct str word, size_t most)
{
    if (cuts->len > CUTS_MAX)
        return;
    buf_put(cuts, str_slice(word, 0, word.len < most ? word.len : most));
    buf_put_char(cuts, ' ');
}

/* Whether a word stands there that begins in another one: as `-plan` does behind a
 * `hersteltraject`. */
static bool has_part(struct str text)
{
    for (size_t at = 1; at + 1 < text.len; at++)
        if (text.data[at] == '-' && text.data[at - 1] == ' ' && text.data[at + 1] != ' ')
            return true;
    return false;
}

static void add_text(struct draft *draft, struct str text)
{
    bool in_parts = has_part(text);
    struct str word;
    for (size_t offset = 0; (word = next_word(text, &offset)).len;) {
        set_beginnings(draft->bits, word);
        set_word(draft->bits, word);
        if (offset < text.len && text.data[offset] == '-')
            put_cut(&draft->cuts, word, CUT_MOST);
        if (in_parts && word.len >= PART_LETTERS)
            put_cut(&draft->cuts, word, PART_LETTERS);
    }
}

static size_t bits_size(const struct document *document)
{
    size_t text = 0, size = BITS_MIN;
    for (size_t i = 0; i < document->passages.count; i++)
        text += document->passages.items[i].text.len;
    while (size < BITS_MAX && size < text / 8) /* a bit for each byte: of eight few are set */
        size *= 2;
    return size;
}

struct str trace_make(struct arena *arena, const struct document *document)
{
    size_t size = bits_size(document);
    struct draft draft = {.bits = {arena_array(arena, size, 1), size}};
    struct buf trace;
    struct arena scratch;
    arena_init(&scratch);
    buf_init(&trace, arena);
    buf_init(&draft.cuts, arena);
    for (size_t i = 0; i < document->passages.count; i++) {
        if (document->passages.items[i].kind == PASSAGE_CODE)
            continue;
        arena_clear(&scratch);
        add_text(&draft, fold_text(&scratch, document->passages.items[i].text).text);
    }
    arena_release(&scratch);
    bytes_put_text(&trace, draft.bits);
    buf_put(&trace, buf_str(&draft.cuts));
    return buf_str(&trace);
}

static bool may_begin(struct str bits, struct str word)
{
    for (size_t i = 0; i < sizeof lengths && lengths[i] <= word.len; i++)
        if (!is_set(bits, hash_beginning(word, lengths[i])))
            return false;
    return true;
}

static bool may_stand(struct str bits, struct str word, bool compounds)
{
    uint64_t hash = digest_of(word).high;
    return may_begin(bits, word) && (compounds || (is_set(bits, hash) && is_set(bits, hash >> 32)));
}

static bool may_go_on(struct str cuts, struct str word)
{
    for (struct str rest = cuts; rest.len;)
        if (str_starts(word, str_cut(&rest, ' ')))
            return true;
    return false;
}

bool trace_may_have(struct str trace, struct str name, bool compounds)
{
    struct bytes bytes;
    bytes_begin(&bytes, trace);
    struct str bits = bytes_text(&bytes), word;
    if (bytes.failed || !bits.len || (bits.len & (bits.len - 1)))
        return true;
    struct str cuts = bytes_take(&bytes, (size_t)(bytes.end - bytes.next));
    if (cuts.len > CUTS_MAX)
        return true;
    for (size_t offset = 0; (word = next_word(name, &offset)).len;)
        if (!may_stand(bits, word, compounds) && !may_go_on(cuts, word))
            return false;
    return true;
}
