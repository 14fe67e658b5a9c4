#include "read/join.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "read/address.h"
#include "read/words.h"

#include <string.h>

enum {
    WORD_MAX = 100,  /* bytes; longer runs of letters are no words */
    TAIL_MAX = 1024, /* bytes; a longer last word is no word, and no address either */
};

static bool ends_in_hyphen(struct str text)
{
    if (text.len < 2 || text.data[text.len - 1] != '-')
        return false;
    char before = text.data[text.len - 2];
    return str_is_alnum(before) || (before & 0x80);
}

void join_words(struct arena *arena, const struct lines *lines, struct lexicon *out)
{
    bool needed = false;
    lexicon_init(out, arena);
    for (size_t i = 0; i < lines->count && !needed; i++)
        needed = ends_in_hyphen(lines->items[i].text);
    for (size_t i = 0; i < lines->count && needed; i++)
        lexicon_add(out, lines->items[i].text);
}

/* `ZIKOS-`, `18-`, `e-`: parts that a word is not cut behind. */
static bool is_own_part(struct str part)
{
    size_t capitals = 0, letters = 0;
    for (size_t i = 0; i < part.len;) {
        uint32_t c = utf8_next(part, &i);
        if (utf8_is_digit(c))
            return true;
        letters++;
        capitals += utf8_is_upper(c);
    }
    return capitals > 1 || letters < 2;
}

/* Vowels that would be read as one sound if the hyphen went: Dutch then writes it (`zee-egel`,
 * `zij-instroom`). Pairs that are as often within one word (`finan-ci-eel`) are left out. */
static bool vowels_clash(struct str a, struct str b)
{
    static const char pairs[][3] = {"aa", "ae", "ai", "au", "ee", "ei", "ii",
                                    "oe", "oi", "oo", "ou", "uu", "ji"};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (a.data[a.len - 1] == pairs[i][0] && b.data[0] == pairs[i][1])
            return true;
    return false;
}

/* What the words that are known say: more often one word, more often with a hyphen, or nothing. */
static bool ask(const struct lexicon *lexicon, struct str part, struct str rest, enum hyphen *out)
{
    uint32_t whole = lexicon ? lexicon_count(lexicon, part, "", rest) : 0;
    uint32_t apart = lexicon ? lexicon_count(lexicon, part, "-", rest) : 0;
    *out = whole > apart ? HYPHEN_CUT : HYPHEN_KEEP;
    return whole != apart;
}

/* What the parts themselves say, where nobody has written the word otherwise. */
static enum hyphen judge(struct str part, struct str rest)
{
    size_t start = 0;
    uint32_t first = utf8_next(rest, &start);
    bool own = !utf8_is_letter(first) || utf8_is_upper(first) || is_own_part(part) ||
               words_have(WORDS_PREFIX, part) || vowels_clash(part, rest);
    return own ? HYPHEN_KEEP : HYPHEN_CUT;
}

enum hyphen join_hyphen(struct vocabulary words, struct str word, struct str next)
{
    size_t offset = 0;
    enum hyphen answer;
    struct str part = str_slice(word, 0, word.len - 1);
    while (part.len && !str_is_alnum(part.data[0]) && !(part.data[0] & 0x80))
        part = str_from_offset(part, 1);
    struct str rest = lexicon_next(next, &offset);
    if (words_have(WORDS_JOINING, line_first_word(next)))
        return HYPHEN_SPACE;
    if (!part.len || !rest.len || rest.data != next.data)
        return next.len && next.data[0] == '(' ? HYPHEN_KEEP : HYPHEN_SPACE;
    if (part.len > WORD_MAX || rest.len > WORD_MAX)
        return HYPHEN_KEEP;
    if (ask(words.own, part, rest, &answer) || ask(words.collection, part, rest, &answer))
        return answer;
    return judge(part, rest);
}

/* Puts what stands between the text so far and `next`: a space, or nothing. */
static void put_joint(const struct joiner *joiner, struct buf *text, struct str next, uint32_t line)
{
    size_t tail = text->len < TAIL_MAX ? text->len : TAIL_MAX;
    struct str word = line_last_word((struct str){text->data + text->len - tail, tail});
    if (!word.len || address_goes_on(word, line_first_word(next)))
        return;
    char last = word.data[word.len - 1];
    if (last == '/' && word.len > 1 && line_starts_lower(next) && !address_starts(word))
        return;
    if (ends_in_hyphen(word)) {
        switch (join_hyphen(joiner->words, word, next)) {
        case HYPHEN_CUT:
            text->len--;
            *vec_push(&joiner->document->formed, joiner->arena) =
                (struct dropped){line, STR("-"), "hyphen of a cut word", {"", 0}};
            return;
        case HYPHEN_KEEP:
            return;
        case HYPHEN_SPACE:
            break;
        }
    }
    buf_put_char(text, ' ');
}

/* The first reference at or behind line `line`, by binary search. */
static size_t first_reference(const struct notes *notes, size_t line)
{
    size_t low = 0, high = notes->references.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (notes->references.items[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Marks the references of a piece of a line that comes to stand at `start` of the joined text. */
static void mark_references(const struct joiner *joiner, const struct join_piece *piece,
                            size_t start, struct joined *out)
{
    const struct notes *notes = joiner->notes;
    for (size_t i = first_reference(notes, piece->line);
         i < notes->references.count && notes->references.items[i].line == piece->line; i++) {
        const struct note_reference *reference = &notes->references.items[i];
        if (reference->note && reference->offset >= piece->start &&
            reference->offset + reference->len <= piece->start + piece->len)
            *vec_push(&out->marks, joiner->arena) =
                (struct join_mark){.offset = (uint32_t)(start + reference->offset - piece->start),
                                   .len = reference->len,
                                   .note = reference->note};
    }
}

/* Marks the page of `line`, which comes to stand at `start`, where it is a new one. */
static void note_page(const struct joiner *joiner, const struct line *line, size_t start,
                      uint32_t *page, struct joined *out)
{
    if (line->page == *page)
        return;
    *page = line->page;
    *vec_push(&out->marks, joiner->arena) =
        (struct join_mark){.offset = (uint32_t)start, .page = line->page};
}

static struct join_piece piece_of(const struct joiner *joiner, size_t line, size_t skip)
{
    size_t len = joiner->lines->items[line].text.len;
    return (struct join_piece){line, (uint32_t)skip, (uint32_t)(len > skip ? len - skip : 0)};
}

static struct str text_of(const struct joiner *joiner, const struct join_piece *piece)
{
    return str_slice(joiner->lines->items[piece->line].text, piece->start, piece->len);
}

static void put_piece(const struct joiner *joiner, const struct join_piece *piece, struct buf *text,
                      uint32_t *page, struct joined *out)
{
    struct str piece_text = text_of(joiner, piece);
    if (text->len)
        put_joint(joiner, text, piece_text, joiner->lines->items[piece->line].number);
    note_page(joiner, &joiner->lines->items[piece->line], text->len, page, out);
    mark_references(joiner, piece, text->len, out);
    buf_put(text, piece_text);
}

/* Text of one piece, which needs no copy. */
static void take_piece(const struct joiner *joiner, const struct join_piece *piece, uint32_t *page,
                       struct joined *out)
{
    out->text = text_of(joiner, piece);
    note_page(joiner, &joiner->lines->items[piece->line], 0, page, out);
    mark_references(joiner, piece, 0, out);
}

void join_lines(const struct joiner *joiner, size_t first, size_t last, enum line_fate fate,
                size_t skip, uint32_t *page, struct joined *out)
{
    struct buf text;
    *out = (struct joined){0};
    if (first == last) {
        struct join_piece piece = piece_of(joiner, first, skip);
        take_piece(joiner, &piece, page, out);
        return;
    }
    buf_init(&text, joiner->arena);
    for (size_t i = first; i <= last; i++) {
        struct join_piece piece = piece_of(joiner, i, i == first ? skip : 0);
        if (joiner->lines->items[i].fate == fate)
            put_piece(joiner, &piece, &text, page, out);
    }
    out->text = buf_str(&text);
}

void join_pieces(const struct joiner *joiner, const struct join_piece *pieces, size_t count,
                 uint32_t *page, struct joined *out)
{
    struct buf text;
    *out = (struct joined){0};
    if (count == 1) {
        take_piece(joiner, pieces, page, out);
        return;
    }
    buf_init(&text, joiner->arena);
    for (size_t i = 0; i < count; i++)
        put_piece(joiner, &pieces[i], &text, page, out);
    out->text = buf_str(&text);
}
