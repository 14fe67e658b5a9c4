#include "link/quotation.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "link/variance.h"

#include <string.h>

enum {
    PIECES_MAX = 32,     /* between omissions: more is no quotation any more */
    OMITTED_MAX = 20000, /* bytes that an omission may leave out: some pages */
    INSERTED_MAX = 200,  /* bytes that an editor's words may stand for */
    MARKS = 8            /* ways in which a quotation is closed */
};

/* What is quoted. */

/* A group of citations in one passage: behind `at` bytes of its text. */
struct group {
    uint32_t passage, at;
    uint32_t first, count;
};

struct groups {
    VEC(struct group) items;
};

struct finder {
    struct arena *arena;
    const struct document *document;
    struct quotations *found;
    struct groups groups;
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

static void add(struct finder *finder, struct str text, uint32_t passage, const struct group *group)
{
    text = str_trim(text);
    if (count_words(text) >= QUOTED_WORDS_MIN)
        *vec_push(&finder->found->items, finder->arena) = (struct quotation){
            str_copy(finder->arena, text), finder->document->passages.items[passage - 1].line,
            group->first, group->count};
}

/* Ways that close with what stands in words as well; and that of `„zo”` and `„zo“`. */
enum { APOSTROPHES = 2, APOSTROPHE = 4, LOW = 5 };

/* Which of the ways of closing belongs to what `c` opens; MARKS: it opens nothing. */
static unsigned closing(uint32_t c)
{
    static const uint32_t opens[] = {'"',    0x201C, 0x2018, 0xAB,   '\'',
                                     0x201E, 0xBB,   0x2039, 0x201D, 0x201A};
    static const unsigned ways[] = {0, 1, APOSTROPHES, 3, APOSTROPHE, LOW, 6, 7, 1, APOSTROPHES};
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
        if (opens[i] == c)
            return ways[i];
    return MARKS;
}

static bool is_letter_at(struct str text, size_t at)
{
    return at < text.len && utf8_is_letter(utf8_next(text, &at));
}

/* Whether an apostrophe before `at` opens a quotation: it stands in `'s avonds` as well. */
static bool may_open(struct str text, size_t start, size_t at, unsigned mark)
{
    size_t next = at;
    uint32_t before = start ? utf8_before(text, start) : ' ', own = utf8_next(text, &start);
    if (utf8_is_letter(before))
        return false;
    /* What closes elsewhere opens behind a space only: `”zo”`, `»zo«`. */
    if ((own == 0x201D || own == 0xBB) && !utf8_is_space(before) && before != '(')
        return false;
    if (mark != APOSTROPHE)
        return true;
    if (!is_letter_at(text, at))
        return false;
    utf8_next(text, &next);
    return is_letter_at(text, next);
}

/* The end of what a quotation mark before `at` opens; STR_NONE where nothing closes it. */
static ptrdiff_t find_close(struct str text, size_t at, unsigned mark)
{
    static const uint32_t closes[MARKS] = {'"', 0x201D, 0x2019, 0xBB, '\'', 0x201D, 0xAB, 0x203A};
    while (at < text.len) {
        size_t end = at;
        uint32_t c = utf8_next(text, &at);
        bool inside = (mark == APOSTROPHES || mark == APOSTROPHE) && is_letter_at(text, at);
        bool german = mark == LOW && c == 0x201C && !str_is_space(text.data[end - 1]);
        if ((c == closes[mark] || german) && !inside)
            return (ptrdiff_t)end;
    }
    return STR_NONE;
}

static bool is_mark(uint32_t c)
{
    return c == '"' || c == '\'' || c == 0xAB || c == 0xBB || c == 0x2039 || c == 0x203A ||
           (c >= 0x2018 && c <= 0x201F);
}

/* Whether a sentence ends before the space at `at`. */
static bool ends_sentence(struct str text, size_t at)
{
    size_t next = at + 1, end = at;
    while (end && is_mark(utf8_before(text, end)))
        for (end--; end && ((unsigned char)text.data[end] & 0xC0) == 0x80;)
            end--;
    if (!end || next >= text.len || !strchr(".!?", text.data[end - 1]))
        return false;
    uint32_t c = utf8_next(text, &next);
    return utf8_is_upper(c) || is_mark(c);
}

/* A sentence of a passage, with what is quoted in it. */
struct sentence {
    struct finder *finder;
    struct str text; /* of the passage */
    uint32_t passage;
    const struct group *groups, *groups_end; /* of the passage, from this sentence on */
    VEC(struct stretch) quoted;              /* bytes */
};

/* Gives each quotation the first citation behind it, else the last before it. */
static void end_sentence(struct sentence *sentence, size_t end)
{
    const struct group *first = sentence->groups, *last = first;
    while (last < sentence->groups_end && last->at <= end + 1)
        last++;
    for (size_t i = 0; i < sentence->quoted.count && last > first; i++) {
        struct stretch *quoted = &sentence->quoted.items[i];
        const struct group *group = first;
        while (group + 1 < last && group->at < quoted->last)
            group++;
        add(sentence->finder,
            str_slice(sentence->text, quoted->first, quoted->last - quoted->first),
            sentence->passage, group);
    }
    sentence->quoted.count = 0;
    sentence->groups = last;
}

static void read_sentences(struct sentence *sentence)
{
    struct str text = sentence->text;
    bool never[MARKS + 1] = {false}; /* closed from here on */
    for (size_t at = 0; at < text.len && sentence->groups < sentence->groups_end;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        unsigned mark = closing(c);
        if (c == ' ' && ends_sentence(text, start))
            end_sentence(sentence, start);
        if (mark == MARKS || never[mark] || !may_open(text, start, at, mark))
            continue;
        ptrdiff_t close = find_close(text, at, mark);
        never[mark] = close == STR_NONE;
        if (close == STR_NONE)
            continue;
        *vec_push(&sentence->quoted, sentence->finder->arena) =
            (struct stretch){(uint32_t)at, (uint32_t)close};
        at = (size_t)close;
        utf8_next(text, &at);
    }
    end_sentence(sentence, text.len);
}

static struct str without_dash(struct str text)
{
    text = str_trim_end(text);
    while (str_ends(text, STR("—")) || str_ends(text, STR("–")) || str_ends(text, STR("(")))
        text = str_trim_end(str_slice(text, 0, text.len - (str_ends(text, STR("(")) ? 1 : 3)));
    return text;
}

/* The citation in the passage before a block quote, which it introduces with a colon. */
static void add_introduced(struct finder *finder, const struct group *group)
{
    const struct passage *passages = finder->document->passages.items;
    if (group->passage >= finder->document->passages.count)
        return;
    const struct passage *passage = &passages[group->passage - 1];
    struct str text = passage->text;
    for (size_t at = group->at; at < text.len; at++)
        if (text.data[at] == ' ' && ends_sentence(text, at))
            return;
    if (passage[1].kind == PASSAGE_QUOTE && passage->kind != PASSAGE_QUOTE &&
        str_ends(text, STR(":")))
        add(finder, passage[1].text, group->passage + 1, group);
}

static bool is_mere_sign(struct str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        if (utf8_is_letter(c) || utf8_is_digit(c))
            return false;
    }
    return true;
}

/* A passage that is nothing but a citation stands below what it is the source of. */
static void add_above(struct finder *finder, const struct group *group)
{
    if (group->passage < 2)
        return;
    const struct passage *passage = &finder->document->passages.items[group->passage - 1];
    bool cited = group > finder->groups.items.items && group[-1].passage == group->passage - 1;
    if (passage[-1].kind == PASSAGE_QUOTE && passage->kind == PASSAGE_PARAGRAPH && !cited &&
        is_mere_sign(passage->text))
        add(finder, passage[-1].text, group->passage - 1, group);
}

static void add_passage(struct finder *finder, const struct group *first, const struct group *end)
{
    const struct passage *passage = &finder->document->passages.items[first->passage - 1];
    const struct group *last = end - 1;
    struct sentence sentence = {.finder = finder,
                                .text = passage->text,
                                .passage = first->passage,
                                .groups = first,
                                .groups_end = end};
    if (first + 1 == end)
        add_above(finder, first);
    if (passage->kind != PASSAGE_QUOTE)
        read_sentences(&sentence);
    else if (str_trim(str_from_offset(passage->text, last->at)).len <= 1)
        add(finder, without_dash(str_slice(passage->text, 0, last->at)), first->passage, last);
    if (end == finder->groups.items.items + finder->groups.items.count ||
        end->passage != first->passage + 1 ||
        finder->document->passages.items[first->passage].kind != PASSAGE_QUOTE)
        add_introduced(finder, last);
}

static void add_group(struct finder *finder, const struct node *node, uint32_t passage,
                      uint32_t end)
{
    struct group *group = vec_push(&finder->groups.items, finder->arena);
    *group = (struct group){passage, end, node->number, 0};
    for (; node && node->kind == NODE_CITATION; node = node->next)
        group->count++;
}

static void find_groups(struct finder *finder)
{
    const struct node *root = finder->document->root, *before = NULL;
    uint32_t passage = 0, end = 0;
    for (const struct node *node = root; node; node = node_walk(root, node)) {
        if (node->passage) {
            passage = node->passage;
            end = 0;
        }
        if (node->kind == NODE_TEXT || node->kind == NODE_CODE)
            end = node->offset + (uint32_t)node->text.len;
        bool first = node->kind == NODE_CITATION &&
                     !(before && before->next == node && before->kind == NODE_CITATION);
        if (first && node->number && passage)
            add_group(finder, node, passage, end);
        before = node;
    }
}

void quotations_find(struct arena *arena, const struct document *document,
                     struct quotations *quotations)
{
    struct finder finder = {.arena = arena, .document = document, .found = quotations};
    find_groups(&finder);
    for (size_t i = 0, next; i < finder.groups.items.count; i = next) {
        const struct group *groups = finder.groups.items.items;
        for (next = i; next < finder.groups.items.count; next++)
            if (groups[next].passage != groups[i].passage)
                break;
        add_passage(&finder, groups + i, groups + next);
    }
}

/* The quotation in pieces. */

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

/* Signs at the ends of a quotation are the sentence's in which it stands. */
static void trim_ends(struct pieces *pieces)
{
    struct str *last = &pieces->items[pieces->count - 1].text;
    while (last->len > 1 && strchr(".,;:'", last->data[last->len - 1]))
        last->len--;
    struct str *first = &pieces->items[0].text;
    while (first->len > 1 && first->data[0] == '\'')
        *first = str_from_offset(*first, 1);
}

static void cut_pieces(struct pieces *pieces, struct arena *scratch, struct str quoted)
{
    struct buf text;
    struct str inside;
    size_t len;
    *pieces = (struct pieces){0};
    quoted = utf8_compose(scratch, quoted);
    buf_init(&text, scratch);
    for (size_t at = 0; at < quoted.len;) {
        struct str rest = str_from_offset(quoted, at);
        if (!read_brackets(rest, &inside, &len)) {
            wording_put(&text, utf8_next(quoted, &at));
            continue;
        }
        at += len;
        bool letter = is_one_letter(inside);
        if (!letter || text.len)
            end_piece(pieces, &text, scratch, is_omission(inside) ? OMITTED_MAX : INSERTED_MAX);
        pieces->items[pieces->count].any_case = letter;
        if (letter)
            wording_put_all(&text, inside);
    }
    end_piece(pieces, &text, scratch, 0);
    if (pieces->count)
        trim_ends(pieces);
}

/* Verifying. */

struct search {
    struct wording *wording;
    struct arena *scratch;
    struct pieces pieces;
    const struct stretch *cited;
    unsigned count;
};

static uint32_t find_in(struct search *search, const struct piece *pieces, unsigned count,
                        const struct stretch *stretch)
{
    struct wording *wording = search->wording;
    uint32_t from = wording->starts[stretch->first - wording->first];
    uint32_t limit = wording->starts[stretch->last + 1 - wording->first];
    return wording_find(wording, search->scratch, pieces, count, from, limit);
}

static uint32_t find_cited(struct search *search, const struct piece *pieces, unsigned count)
{
    uint32_t at = NOWHERE;
    for (unsigned i = 0; i < search->count && at == NOWHERE; i++)
        at = find_in(search, pieces, count, &search->cited[i]);
    return at;
}

static struct finding found_at(const struct search *search, enum verdict verdict, uint32_t at)
{
    return (struct finding){.verdict = verdict, .passage = wording_passage(search->wording, at)};
}

/* Whether it stands letter for letter where it is said to, or elsewhere in the source. */
static bool try_whole(struct search *search, struct finding *finding)
{
    struct stretch all = {search->wording->first, search->wording->last};
    uint32_t at = find_cited(search, search->pieces.items, search->pieces.count);
    *finding = (struct finding){.verdict = QUOTATION_UNKNOWN};
    if (at != NOWHERE) {
        *finding = found_at(search, QUOTATION_FOUND, at);
        return true;
    }
    at = find_in(search, search->pieces.items, search->pieces.count, &all);
    if (at != NOWHERE)
        *finding = found_at(search, QUOTATION_ELSEWHERE, at);
    return at != NOWHERE;
}

static bool vary(struct search *search, struct str text, const struct stretch *stretch,
                 struct finding *finding)
{
    struct wording *wording = search->wording;
    struct variance variance;
    if (!variance_find(wording, search->scratch, text,
                       wording->starts[stretch->first - wording->first],
                       wording->starts[stretch->last + 1 - wording->first], &variance))
        return false;
    *finding = found_at(search, QUOTATION_DIFFERS, variance.at);
    finding->quoted = variance.quoted;
    finding->said = variance.said;
    return true;
}

/* What is the matter with the first piece that does not stand where it should: the cited places
 * come first, and of those the one that is cited first. */
static void explain(struct search *search, struct finding *finding)
{
    struct stretch all = {search->wording->first, search->wording->last};
    finding->verdict = QUOTATION_SCATTERED;
    for (unsigned i = 0; i < search->pieces.count; i++) {
        const struct piece *piece = &search->pieces.items[i];
        if (find_cited(search, piece, 1) != NOWHERE)
            continue;
        for (unsigned j = 0; j < search->count; j++)
            if (vary(search, piece->text, &search->cited[j], finding))
                return;
        uint32_t at = find_in(search, piece, 1, &all);
        if (at != NOWHERE)
            *finding = found_at(search, QUOTATION_ELSEWHERE, at);
        else if (!vary(search, piece->text, &all, finding))
            finding->verdict = QUOTATION_MISSING;
        return;
    }
}

/* A word that a line end cut, in what was copied from a page: `jeugd- hulp`. Without the space, and
 * without the hyphen as well. */
static bool rejoin(struct arena *scratch, struct str text, bool hyphen, struct str *joined)
{
    struct buf out;
    bool changed = false;
    buf_init(&out, scratch);
    for (size_t at = 0; at < text.len; at++) {
        bool cut = at && at + 2 < text.len && text.data[at] == '-' &&
                   str_is_space(text.data[at + 1]) && !str_is_space(text.data[at - 1]) &&
                   is_letter_at(text, at + 2);
        if (!cut || hyphen)
            buf_put_char(&out, text.data[at]);
        at += cut;
        changed |= cut;
    }
    *joined = buf_str(&out);
    return changed;
}

struct finding quotation_verify(struct wording *wording, struct arena *scratch, struct str text,
                                const struct stretch *cited, unsigned count)
{
    struct search search = {.wording = wording, .scratch = scratch, .cited = cited, .count = count};
    struct finding finding = {.verdict = QUOTATION_UNKNOWN};
    struct str joined;
    cut_pieces(&search.pieces, scratch, text);
    if (!search.pieces.count || wording->first > wording->last || try_whole(&search, &finding))
        return finding;
    for (unsigned hyphen = 0; hyphen < 2; hyphen++) {
        if (!rejoin(scratch, text, hyphen, &joined))
            break;
        cut_pieces(&search.pieces, scratch, joined);
        if (try_whole(&search, &finding))
            return finding;
    }
    cut_pieces(&search.pieces, scratch, text);
    explain(&search, &finding);
    if (wording_is_spent(wording))
        finding = (struct finding){.verdict = QUOTATION_UNKNOWN};
    return finding;
}
