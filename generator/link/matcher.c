#include "link/matcher.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "link/fold.h"
#include "link/sentence.h"

#include <string.h>

#define NONE UINT32_MAX

enum {
    FIRST_SLOTS = 64,
    MARK_DIGITS_MAX = 2,  /* of a footnote's number */
    MARKED_LETTERS = 4,   /* of a name that one may be written on to: `AB1` is a name of its own */
    SHARED_WORDS_MAX = 6, /* words that may share a part: more are no list that anyone writes */
    PART_LETTERS = 3,     /* of the part that words share, and of what they keep */
    WORD_LETTERS = 60,    /* of a word with a shared part: bounds the ways to part it */
};

/* A word of a name that must stand as it is written, at a place in the folded name. */
struct fixed_word {
    struct str text;
    uint32_t start, end;
};

struct pattern {
    const struct name *name;
    uint32_t len; /* folded */
    VEC(struct fixed_word) fixed;
    uint32_t next; /* another pattern with the same folded text, or NONE */
};

/* The way from a state by a byte, `state << 8 | byte`. No way leads to the root, which is 0. */
struct edge {
    uint32_t key, next;
};

/* The trie. Its edges are a hash table with open addressing. */
struct matcher {
    struct pattern *patterns;
    size_t pattern_count;
    struct edge *edges;
    size_t slots;          /* a power of two */
    VEC(uint32_t) outputs; /* by state: the first pattern that ends there, or NONE */
    bool starts[256];      /* bytes that names begin with */
};

bool matcher_is_abbreviation(struct str word)
{
    size_t capitals = 0, others = 0;
    for (size_t at = 0; at < word.len;) {
        uint32_t c = utf8_next(word, &at);
        if (utf8_is_upper(c))
            capitals++;
        else if (utf8_is_letter(c))
            others++;
    }
    return capitals >= 2 && capitals >= others;
}

static bool is_word_char(uint32_t c)
{
    return utf8_is_letter(c) || utf8_is_digit(c);
}

/* Notes the words of a name that must stand as written: abbreviations, or all where it is exact. */
static void fix_words(struct arena *arena, struct pattern *pattern, const struct folded *folded)
{
    struct str text = pattern->name->text;
    size_t at = 0, byte = 0;
    while (at < text.len) {
        size_t start = at, end = at;
        while (end < text.len && is_word_char(utf8_next(text, &at)))
            end = at;
        struct str word = str_slice(text, start, end - start);
        if (!word.len || (pattern->name->letters != NAME_EXACT && !matcher_is_abbreviation(word)))
            continue;
        while (byte < folded->text.len && folded->offsets[byte] < start)
            byte++;
        struct fixed_word *fixed = vec_push(&pattern->fixed, arena);
        fixed->text = word;
        fixed->start = (uint32_t)byte;
        while (byte < folded->text.len && folded->offsets[byte] < end)
            byte++;
        fixed->end = (uint32_t)byte;
    }
}

static struct edge *find_edge(const struct matcher *matcher, uint32_t state, char byte)
{
    uint32_t key = state << 8 | (unsigned char)byte;
    size_t mask = matcher->slots - 1, i = (key * 0x9E3779B1u >> 7) & mask;
    while (matcher->edges[i].next && matcher->edges[i].key != key)
        i = (i + 1) & mask;
    return &matcher->edges[i];
}

/* The state behind that byte, or 0. */
static uint32_t follow(const struct matcher *matcher, uint32_t state, char byte)
{
    return find_edge(matcher, state, byte)->next;
}

static uint32_t follow_all(const struct matcher *matcher, uint32_t state, struct str text)
{
    for (size_t i = 0; i < text.len && (state || !i); i++)
        state = follow(matcher, state, text.data[i]);
    return state;
}

static void grow(struct matcher *matcher, struct arena *arena)
{
    struct edge *old = matcher->edges;
    size_t slots = matcher->slots;
    matcher->slots = slots ? slots * 2 : FIRST_SLOTS;
    matcher->edges = arena_new_array(arena, matcher->slots, struct edge);
    for (size_t i = 0; i < slots; i++)
        if (old[i].next)
            *find_edge(matcher, old[i].key >> 8, (char)(old[i].key & 0xFF)) = old[i];
}

static uint32_t add_state(struct matcher *matcher, struct arena *arena)
{
    *vec_push(&matcher->outputs, arena) = NONE;
    return (uint32_t)matcher->outputs.count - 1;
}

/* Adds the folded name and returns its last state. */
static uint32_t insert(struct matcher *matcher, struct arena *arena, struct str folded)
{
    uint32_t state = 0;
    matcher->starts[(unsigned char)folded.data[0]] = true;
    for (size_t i = 0; i < folded.len; i++) {
        if (matcher->outputs.count * 3 >= matcher->slots * 2)
            grow(matcher, arena);
        struct edge *edge = find_edge(matcher, state, folded.data[i]);
        if (!edge->next)
            *edge = (struct edge){state << 8 | (unsigned char)folded.data[i],
                                  add_state(matcher, arena)};
        state = edge->next;
    }
    return state;
}

static void add_name(struct matcher *matcher, struct arena *arena, const struct name *name)
{
    struct folded folded = fold_text(arena, name->text);
    size_t len = folded.text.len;
    if (!len || len > NAME_LENGTH_MAX || matcher->outputs.count + len > MATCH_STATES_MAX)
        return;
    struct pattern *pattern = &matcher->patterns[matcher->pattern_count];
    *pattern = (struct pattern){.name = name, .len = (uint32_t)len};
    fix_words(arena, pattern, &folded);
    uint32_t state = insert(matcher, arena, folded.text);
    uint32_t *output = &matcher->outputs.items[state];
    pattern->next = *output;
    *output = (uint32_t)matcher->pattern_count++;
}

const struct matcher *matcher_build(struct arena *arena, const struct name *names, size_t count)
{
    struct matcher *matcher = arena_new(arena, struct matcher);
    count = count < NAMES_MAX ? count : NAMES_MAX;
    matcher->patterns = arena_new_array(arena, count, struct pattern);
    grow(matcher, arena);
    add_state(matcher, arena);
    for (size_t i = 0; i < count; i++)
        add_name(matcher, arena, &names[i]);
    return matcher;
}

/* A text that is being searched. */
struct search {
    const struct matcher *matcher;
    struct str text;
    struct folded folded;
    struct arena *scratch, *arena;
    struct matches *out;
    size_t first; /* in `out`: of this text */
};

static bool is_boundary(const struct search *search, size_t at, bool before)
{
    struct str text = search->folded.text;
    size_t next = at;
    if (before)
        return at == 0 || !is_word_char(utf8_before(text, at));
    return at >= text.len || !is_word_char(utf8_next(text, &next));
}

/* Whether a footnote's number is written on to the name that ends there: `Elkers12.` */
static bool is_marked(const struct search *search, const struct pattern *pattern, size_t end)
{
    struct str text = search->folded.text;
    size_t digits = 0;
    while (end + digits < text.len && str_is_digit(text.data[end + digits]))
        digits++;
    return digits && digits <= MARK_DIGITS_MAX && text.data[end] != '0' &&
           pattern->len >= MARKED_LETTERS && !str_is_digit(text.data[end - 1]) &&
           is_boundary(search, end + digits, false);
}

static bool ends_here(const struct search *search, const struct pattern *pattern, size_t end)
{
    return is_boundary(search, end, false) || pattern->name->compounds ||
           is_marked(search, pattern, end);
}

/* What stands in the text at part of a match that starts at `start` in the folded text. */
static struct str original(const struct search *search, size_t start, size_t end)
{
    uint32_t from = search->folded.offsets[start];
    return str_slice(search->text, from, search->folded.offsets[end] - from);
}

/* The next letter that has an upper and a lower case, or 0 at the end. */
static uint32_t next_cased(struct str text, size_t *at)
{
    while (*at < text.len) {
        uint32_t c = utf8_next(text, at);
        if (utf8_lower(c) != utf8_upper(c))
            return c;
    }
    return 0;
}

/* Whether the letters of two words that fold alike are capitals in the same places: they may differ
 * in composition and in soft hyphens. */
static bool is_same_case(struct str a, struct str b)
{
    size_t at_a = 0, at_b = 0;
    for (;;) {
        uint32_t letter_a = next_cased(a, &at_a), letter_b = next_cased(b, &at_b);
        if (!letter_a || !letter_b)
            return letter_a == letter_b;
        if (utf8_is_upper(letter_a) != utf8_is_upper(letter_b))
            return false;
    }
}

static bool letters_fit(const struct search *search, const struct pattern *pattern, size_t start)
{
    for (size_t i = 0; i < pattern->fixed.count; i++) {
        const struct fixed_word *fixed = &pattern->fixed.items[i];
        if (!is_same_case(original(search, start + fixed->start, start + fixed->end), fixed->text))
            return false;
    }
    if (pattern->name->letters != NAME_CAPITAL)
        return true;
    size_t at = search->folded.offsets[start];
    uint32_t first = utf8_next(search->text, &at);
    return utf8_is_upper(first) || !utf8_is_letter(first);
}

/* Where the last letter before `end` in the folded text ends in the text, its accents included:
 * what is invisible behind it is no part of a name. */
static uint32_t end_in_text(const struct search *search, size_t end)
{
    size_t at = search->folded.offsets[end - 1], behind;
    utf8_next(search->text, &at);
    for (behind = at; behind < search->text.len; at = behind) {
        uint32_t c = utf8_next(search->text, &behind);
        if (c < 0x300 || c > 0x36F)
            break;
    }
    return (uint32_t)at;
}

/* Whether a name is a part of an address without a scheme: `www.zoef.nl`, `zoef@dijk.nl`. */
static bool is_in_address(const struct search *search, size_t start, size_t end)
{
    struct str text = search->text;
    size_t from = search->folded.offsets[start], to = end_in_text(search, end);
    char before = from ? text.data[from - 1] : ' ', behind = to < text.len ? text.data[to] : ' ';
    char next = to + 1 < text.len ? text.data[to + 1] : ' ';
    bool small = text.data[from] >= 'a' && text.data[from] <= 'z';
    return before == '@' || behind == '@' || (before == '.' && small) ||
           (behind == '.' && next >= 'a' && next <= 'z');
}

static bool fits(const struct search *search, const struct pattern *pattern, size_t start)
{
    size_t end = start + pattern->len;
    if (!ends_here(search, pattern, end) || !letters_fit(search, pattern, start) ||
        is_in_address(search, start, end))
        return false;
    return !pattern->name->is_word ||
           sentence_names(search->text, search->folded.offsets[start], end_in_text(search, end));
}

/* Whether a name is written as it was given, accents and hyphens included. */
static bool is_as_given(const struct search *search, const struct pattern *pattern, size_t start)
{
    size_t from = search->folded.offsets[start], to = end_in_text(search, start + pattern->len);
    return str_equal(fold_strictly(search->scratch, str_slice(search->text, from, to - from)),
                     fold_strictly(search->scratch, pattern->name->text));
}

/* Of the patterns that end in a state the one that is meant: as it was given before others, and the
 * first given before later ones, which stand before it in the list. */
static const struct pattern *choose(const struct search *search, uint32_t state, size_t start)
{
    const struct pattern *chosen = NULL;
    const struct matcher *matcher = search->matcher;
    uint32_t first = matcher->outputs.items[state];
    bool several = first != NONE && matcher->patterns[first].next != NONE, given = false;
    for (uint32_t i = first; i != NONE; i = matcher->patterns[i].next) {
        const struct pattern *pattern = &matcher->patterns[i];
        if (!fits(search, pattern, start))
            continue;
        bool as_given = several && is_as_given(search, pattern, start);
        if (!chosen || as_given >= given) {
            chosen = pattern;
            given = as_given;
        }
    }
    return chosen;
}

/* The longest name that begins there, or NULL. */
static const struct pattern *longest(const struct search *search, size_t start)
{
    const struct pattern *found = NULL;
    struct str text = search->folded.text;
    uint32_t state = 0;
    for (size_t i = start; i < text.len; i++) {
        state = follow(search->matcher, state, text.data[i]);
        if (!state)
            break;
        const struct pattern *pattern = choose(search, state, start);
        if (pattern)
            found = pattern;
    }
    return found;
}

static void take(const struct search *search, uint32_t topic, size_t start, size_t end)
{
    *vec_push(&search->out->items, search->arena) =
        (struct match){topic, search->folded.offsets[start], end_in_text(search, end)};
}

static size_t word_end(struct str text, size_t at)
{
    while (at < text.len && (str_is_alnum(text.data[at]) || (text.data[at] & 0x80)))
        at++;
    return at;
}

static size_t word_start(struct str text, size_t at)
{
    while (at && (str_is_alnum(text.data[at - 1]) || (text.data[at - 1] & 0x80)))
        at--;
    return at;
}

static bool joins(struct str word)
{
    return str_equal(word, STR("en")) || str_equal(word, STR("of")) ||
           str_equal(word, STR("and")) || str_equal(word, STR("or"));
}

/* The word whose last part those before it share, behind a hyphen at `at`: `erkennings-, excuus- en
 * hersteltraject`. Empty where there is none. */
static struct str shared_word(struct str text, size_t at)
{
    bool joined = false;
    for (unsigned i = 0; i < SHARED_WORDS_MAX && at < text.len; i++) {
        while (at < text.len && str_find_char(STR("-,/ "), text.data[at]) != STR_NONE)
            at++;
        size_t end = word_end(text, at);
        struct str word = str_slice(text, at, end - at);
        bool is_cut = end < text.len && text.data[end] == '-';
        if (!joins(word) && !is_cut)
            return joined && word.len <= WORD_LETTERS ? word : STR("");
        joined |= joins(word);
        at = end;
    }
    return STR("");
}

/* The topic of a name that is put together from two words. Names that must stand as they are
 * written have no parts. */
static const struct pattern *whole_name(const struct search *search, uint32_t state)
{
    const struct matcher *matcher = search->matcher;
    uint32_t i = state ? matcher->outputs.items[state] : NONE;
    while (i != NONE && (matcher->patterns[i].name->letters != NAME_ANY_CASE ||
                         matcher->patterns[i].fixed.count))
        i = matcher->patterns[i].next;
    return i == NONE ? NULL : &matcher->patterns[i];
}

/* A word that ends in a hyphen: the name that it makes with the longest end of the word that goes
 * on for it. */
static void try_cut_end(const struct search *search, size_t start, size_t hyphen)
{
    struct str text = search->folded.text, word = shared_word(text, hyphen);
    uint32_t state = follow_all(search->matcher, 0, str_slice(text, start, hyphen - start));
    if (!word.len || !state)
        return;
    for (size_t i = 1; i + PART_LETTERS <= word.len; i++) {
        struct str part = str_from_offset(word, i);
        const struct pattern *name = whole_name(search, follow_all(search->matcher, state, part));
        if (!name)
            continue;
        while (search->out->items.count > search->first &&
               search->out->items.items[search->out->items.count - 1].start >=
                   search->folded.offsets[start])
            search->out->items.count--;
        take(search, name->name->topic, start, hyphen + 1);
        return;
    }
}

/* A word that begins with a hyphen, behind `en` or `of`: the name that its letters make with the
 * longest beginning of the word before those. Returns where to go on. */
static size_t try_cut_start(const struct search *search, size_t hyphen)
{
    struct str text = search->folded.text;
    size_t end = word_end(text, hyphen + 1), joint_end = hyphen - 1;
    size_t joint = word_start(text, joint_end);
    const struct pattern *name = NULL;
    if (joint < 2 || !joins(str_slice(text, joint, joint_end - joint)) ||
        text.data[joint - 1] != ' ')
        return hyphen + 1;
    size_t first = word_start(text, joint - 1);
    struct str word = str_slice(text, first, joint - 1 - first);
    struct str part = str_slice(text, hyphen + 1, end - hyphen - 1);
    uint32_t state = 0;
    for (size_t i = 0; part.len >= PART_LETTERS && i < word.len && i < WORD_LETTERS; i++) {
        state = follow(search->matcher, state, word.data[i]);
        if (!state)
            break;
        const struct pattern *other =
            i + 1 < PART_LETTERS ? NULL
                                 : whole_name(search, follow_all(search->matcher, state, part));
        name = other ? other : name;
    }
    if (name)
        take(search, name->name->topic, hyphen, end);
    return name ? end : hyphen + 1;
}

/* Hyphens that fold_text() left are not between letters. */
static size_t try_hyphen(const struct search *search, size_t start, size_t at)
{
    struct str text = search->folded.text;
    char before = at ? text.data[at - 1] : ' ', behind = at + 1 < text.len ? text.data[at + 1] : 0;
    if (behind && before == ' ' && at > 1 && behind != ' ')
        return try_cut_start(search, at);
    if ((behind == ' ' || behind == ',' || behind == '/') && str_is_alnum(before))
        try_cut_end(search, start, at);
    return at + 1;
}

static void run(const struct search *search)
{
    struct str text = search->folded.text;
    bool boundary = true;
    size_t start = 0; /* of the last word */
    for (size_t i = 0; i < text.len;) {
        unsigned char c = (unsigned char)text.data[i];
        const struct pattern *found = NULL;
        if (boundary && search->matcher->starts[c])
            found = longest(search, i);
        if (boundary && (str_is_alnum((char)c) || c >= 0x80))
            start = i;
        if (found) {
            take(search, found->name->topic, i, i + found->len);
            i += found->len;
            boundary = is_boundary(search, i, true);
        } else if (c == '-') {
            i = try_hyphen(search, start, i);
            boundary = is_boundary(search, i, true);
        } else if (c < 0x80) {
            boundary = !str_is_alnum((char)c);
            i++;
        } else {
            boundary = !is_word_char(utf8_next(text, &i));
        }
    }
}

void matcher_find(const struct matcher *matcher, struct arena *scratch, struct str text,
                  struct arena *arena, struct matches *out)
{
    struct search search = {.matcher = matcher,
                            .text = text,
                            .scratch = scratch,
                            .arena = arena,
                            .out = out,
                            .first = out->items.count};
    if (!matcher->pattern_count)
        return;
    search.folded = fold_text(scratch, text);
    run(&search);
}
