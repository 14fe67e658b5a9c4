#include "link/matcher.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "link/fold.h"

#include <string.h>

#define NONE UINT32_MAX

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

/* States are numbered from 0, the root. `next` holds, for each state and each class of bytes, the
 * state that follows: failures are worked in, so that a byte costs one look-up. */
struct matcher {
    struct pattern *patterns;
    size_t pattern_count;
    unsigned char classes[256]; /* 0: a byte that is in no name */
    uint32_t class_count;
    uint32_t *next;
    uint32_t *output; /* by state: the first pattern that ends there, or NONE */
    uint32_t *suffix; /* by state: the nearest shorter state with an output, or 0 */
    uint32_t state_count;
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

static void number_classes(struct matcher *matcher, const struct str *folded, size_t count)
{
    matcher->class_count = 1;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < folded[i].len; j++) {
            unsigned char byte = (unsigned char)folded[i].data[j];
            if (!matcher->classes[byte])
                matcher->classes[byte] = (unsigned char)matcher->class_count++;
        }
}

static uint32_t *edge(const struct matcher *matcher, uint32_t state, char byte)
{
    unsigned char column = matcher->classes[(unsigned char)byte];
    return &matcher->next[(size_t)state * matcher->class_count + column];
}

/* Adds the folded name to the trie and returns its last state. */
static uint32_t insert(struct matcher *matcher, struct str folded)
{
    uint32_t state = 0;
    for (size_t i = 0; i < folded.len; i++) {
        uint32_t *next = edge(matcher, state, folded.data[i]);
        if (!*next)
            *next = matcher->state_count++;
        state = *next;
    }
    return state;
}

/* Breadth first: a state's failure is known before those of the states below it. `order` is the
 * queue. */
static void work_in_failures(struct matcher *matcher, struct arena *scratch)
{
    uint32_t *failure = arena_new_array(scratch, matcher->state_count, uint32_t);
    uint32_t *order = arena_new_array(scratch, matcher->state_count, uint32_t);
    size_t head = 0, tail = 1;
    while (head < tail) {
        uint32_t state = order[head++];
        uint32_t fallback = failure[state];
        matcher->suffix[state] =
            matcher->output[fallback] != NONE ? fallback : matcher->suffix[fallback];
        for (uint32_t column = 1; column < matcher->class_count; column++) {
            uint32_t *next = &matcher->next[(size_t)state * matcher->class_count + column];
            uint32_t other =
                state ? matcher->next[(size_t)fallback * matcher->class_count + column] : 0;
            if (*next) {
                failure[*next] = other;
                order[tail++] = *next;
            } else {
                *next = other;
            }
        }
    }
}

static size_t collect(struct matcher *matcher, struct arena *arena, const struct name *names,
                      size_t count, struct str *folded)
{
    size_t states = 1;
    for (size_t i = 0; i < count && matcher->pattern_count < NAMES_MAX; i++) {
        struct folded name = fold_text(arena, names[i].text);
        if (!name.text.len || name.text.len > NAME_LENGTH_MAX ||
            states + name.text.len > MATCH_STATES_MAX)
            continue;
        struct pattern *pattern = &matcher->patterns[matcher->pattern_count];
        *pattern =
            (struct pattern){.name = &names[i], .len = (uint32_t)name.text.len, .next = NONE};
        fix_words(arena, pattern, &name);
        folded[matcher->pattern_count++] = name.text;
        states += name.text.len;
    }
    return states;
}

const struct matcher *matcher_build(struct arena *arena, const struct name *names, size_t count)
{
    struct matcher *matcher = arena_new(arena, struct matcher);
    struct arena scratch;
    arena_init(&scratch);
    struct str *folded = arena_new_array(&scratch, count, struct str);
    matcher->patterns = arena_new_array(arena, count, struct pattern);
    size_t states = collect(matcher, arena, names, count, folded);
    number_classes(matcher, folded, matcher->pattern_count);
    matcher->next = arena_new_array(arena, states * matcher->class_count, uint32_t);
    matcher->output = arena_new_array(arena, states, uint32_t);
    matcher->suffix = arena_new_array(arena, states, uint32_t);
    memset(matcher->output, 0xFF, states * sizeof *matcher->output);
    matcher->state_count = 1;
    for (uint32_t i = 0; i < matcher->pattern_count; i++) {
        uint32_t *output = &matcher->output[insert(matcher, folded[i])];
        matcher->patterns[i].next = *output;
        *output = i;
    }
    work_in_failures(matcher, &scratch);
    arena_release(&scratch);
    return matcher;
}

/* A text that is being searched. */
struct search {
    const struct matcher *matcher;
    struct str text;
    struct folded folded;
    struct arena *arena;
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

/* Where the name that ends at `end` ends with its inflection; 0 where it goes on as another word.
 */
static size_t inflected_end(const struct search *search, const struct pattern *pattern, size_t end)
{
    static const struct {
        struct str ending;
        bool terms_only;
    } endings[] = {{{"'s", 2}, false}, {{"s", 1}, false}, {{"en", 2}, true}, {{"n", 1}, true}};
    struct str rest = str_from_offset(search->folded.text, end);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (endings[i].terms_only && pattern->name->letters != NAME_ANY_CASE)
            continue;
        size_t behind = end + endings[i].ending.len;
        if (str_starts(rest, endings[i].ending) && is_boundary(search, behind, false))
            return behind;
    }
    return is_boundary(search, end, false) || pattern->name->compounds ? end : 0;
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

/* Where the last letter before `end` in the folded text ends in the text: what is invisible behind
 * it is no part of a name. */
static uint32_t end_in_text(const struct search *search, size_t end)
{
    size_t at = search->folded.offsets[end - 1];
    utf8_next(search->text, &at);
    return (uint32_t)at;
}

/* Matches come by where they end. Those taken so far don't overlap: one that starts earlier, or in
 * the same place and is longer, takes the place of what it overlaps; one inside another is none. */
static void offer(struct search *search, struct match match)
{
    const struct match *taken = search->out->items.items;
    size_t kept = search->out->items.count;
    while (kept > search->first && taken[kept - 1].start > match.start)
        kept--;
    if (kept > search->first) {
        const struct match *last = &taken[kept - 1];
        bool longer =
            match.end > last->end || (match.end == last->end && match.topic < last->topic);
        if (last->start < match.start ? last->end > match.start : !longer)
            return;
        kept -= last->start == match.start;
    }
    search->out->items.count = kept;
    *vec_push(&search->out->items, search->arena) = match;
}

static void try_pattern(struct search *search, const struct pattern *pattern, size_t end)
{
    size_t start = end - pattern->len;
    if (!is_boundary(search, start, true))
        return;
    size_t inflected = inflected_end(search, pattern, end);
    if (!inflected || !letters_fit(search, pattern, start))
        return;
    offer(search, (struct match){
                      .topic = pattern->name->topic,
                      .start = search->folded.offsets[start],
                      .end = end_in_text(search, inflected),
                  });
}

static void try_outputs(struct search *search, uint32_t state, size_t end)
{
    const struct matcher *matcher = search->matcher;
    for (; state; state = matcher->suffix[state])
        for (uint32_t i = matcher->output[state]; i != NONE; i = matcher->patterns[i].next)
            try_pattern(search, &matcher->patterns[i], end);
}

static void run(struct search *search)
{
    const struct matcher *matcher = search->matcher;
    struct str text = search->folded.text;
    uint32_t state = 0;
    for (size_t i = 0; i < text.len; i++) {
        state = *edge(matcher, state, text.data[i]);
        if (matcher->output[state] != NONE || matcher->suffix[state])
            try_outputs(search, state, i + 1);
    }
}

void matcher_find(const struct matcher *matcher, struct arena *scratch, struct str text,
                  struct arena *arena, struct matches *out)
{
    struct search search = {
        .matcher = matcher, .text = text, .arena = arena, .out = out, .first = out->items.count};
    if (!matcher->pattern_count)
        return;
    search.folded = fold_text(scratch, text);
    run(&search);
}
