#include "link/matcher.h"

#include "base/arena.h"
#include "base/lanes.h"
#include "base/utf8.h"
#include "link/fold.h"
#include "link/sentence.h"

#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX
#define HASH_FACTOR UINT64_C(0x9E3779B97F4A7C15)

enum {
    FIRST_SLOTS = 64,
    MARKED_LETTERS = 4,    /* of a name that one may be written on to: `AB1` is a name of its own */
    SHARED_WORDS_MAX = 6,  /* words that may share a part: more are no list that anyone writes */
    WORD_LETTERS = 60,     /* of a word with a shared part: bounds the ways to part it */
    PREFIX = 4,            /* letters of a name that tell most words apart from a short one */
    PAIRS = 1 << 16,       /* of bytes */
    FILTER_WORD_NAMES = 2, /* names for each word of a filter: one in 150 others passes */
    FILTER_WORDS_MAX = 16, /* the logarithm of how many words: 512 kB */
    PROBES_MAX = 16,       /* of places for a jump */
    STRETCH_MAX = 64       /* bytes of text, as many as a word has bits */
};

/* A word of a name that must stand as it is written, at a place in the folded name. */
struct fixed_word {
    struct str text;
    uint32_t start, end;
};

/* What is asked of a name that was found stands together, in half a line of the cache. */
struct pattern {
    const struct name *name;
    const struct fixed_word *fixed;
    uint32_t fixed_count;
    uint32_t topic;
    uint32_t next;         /* another pattern with the same folded text, or NONE */
    unsigned char len;     /* folded: at most NAME_LENGTH_MAX */
    unsigned char letters; /* an enum name_case */
    bool compounds, is_word;
};

/* States are numbered as they come in a walk through the trie, a child behind its parent. So what
 * most names are made of, one state leading to the next, lies side by side. Where a name ends, the
 * number of its pattern stands between them, which takes the room of PATTERN_STATES. */
enum { HAS_CHILD = 1, HAS_CHILDREN = 2, ENDS_NAME = 4, PATTERN_STATES = 2 };

struct state {
    unsigned char byte;  /* that leads here from the state before */
    unsigned char flags; /* HAS_CHILD: one is behind it; HAS_CHILDREN: others are in `edges` */
};

/* What belongs to a state and a byte, `state << 8 | byte`; a value is never 0. */
struct slot {
    uint32_t key, value;
};

/* A hash table with open addressing. */
struct slots {
    struct slot *items;
    size_t size; /* a power of two */
    size_t count;
};

/* What names begin with, as a Bloom filter: two bits of one word for each. */
struct filter {
    uint64_t *words;
    unsigned shift; /* of a hash, to the number of its word */
};

/* What names of at least LANES bytes begin with, and the state behind those: a hash table. Where it
 * is crowded some are missing, so that no name can make a lookup slow. */
struct jump {
    uint64_t bytes;
    uint32_t state; /* 0: there is none */
};

struct jumps {
    struct jump *items;
    size_t size;    /* a power of two */
    unsigned shift; /* of a hash */
};

struct matcher {
    struct pattern *patterns;
    size_t pattern_count;
    VEC(struct state) states; /* 0: the root */
    struct slots edges;       /* from a state by a byte to a child that is not its first */
    uint32_t starts[256];     /* from the root by a byte; 0: no name begins with it */
    struct jumps jumps;
    /* They tell most words apart from all names. */
    uint64_t *pairs;      /* a bit for the first two bytes, of short names that are odd */
    struct filter shorts; /* by the first letters, of other names of fewer than LANES bytes */
    struct filter middle; /* by the first LANES bytes, of names of fewer than twice as many */
    struct filter longs;  /* by the first 2 * LANES bytes, of all others */
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
    VEC(struct fixed_word) words = {0};
    size_t at = 0, byte = 0;
    while (at < text.len) {
        size_t start = at, end = at;
        while (end < text.len && is_word_char(utf8_next(text, &at)))
            end = at;
        struct str word = str_slice(text, start, end - start);
        if (!word.len || (pattern->letters != NAME_EXACT && !matcher_is_abbreviation(word)))
            continue;
        while (byte < folded->text.len && fold_offset(folded, byte) < start)
            byte++;
        struct fixed_word *fixed = vec_push(&words, arena);
        fixed->text = word;
        fixed->start = (uint32_t)byte;
        while (byte < folded->text.len && fold_offset(folded, byte) < end)
            byte++;
        fixed->end = (uint32_t)byte;
    }
    pattern->fixed = words.items;
    pattern->fixed_count = (uint32_t)words.count;
}

static struct slot *find_slot(const struct slots *slots, uint32_t key)
{
    size_t mask = slots->size - 1, i = (key * 0x9E3779B1u >> 7) & mask;
    while (slots->items[i].value && slots->items[i].key != key)
        i = (i + 1) & mask;
    return &slots->items[i];
}

static struct slot *add_slot(struct slots *slots, struct arena *arena, uint32_t key)
{
    if (slots->count * 3 >= slots->size * 2) {
        struct slots old = *slots;
        slots->size = old.size ? old.size * 2 : FIRST_SLOTS;
        slots->items = arena_new_array(arena, slots->size, struct slot);
        for (size_t i = 0; i < old.size; i++)
            if (old.items[i].value)
                *find_slot(slots, old.items[i].key) = old.items[i];
    }
    struct slot *slot = find_slot(slots, key);
    slots->count += !slot->value;
    slot->key = key;
    return slot;
}

/* Where the first child of a state is, if it has one. */
static inline uint32_t child_of(const struct matcher *matcher, uint32_t state)
{
    return state + (matcher->states.items[state].flags & ENDS_NAME ? 1 + PATTERN_STATES : 1);
}

/* The state behind that byte, or 0. */
static inline uint32_t follow(const struct matcher *matcher, uint32_t state, char byte)
{
    unsigned char c = (unsigned char)byte, flags = matcher->states.items[state].flags;
    if (!state)
        return matcher->starts[c];
    uint32_t child = child_of(matcher, state);
    if (flags & HAS_CHILD && matcher->states.items[child].byte == c)
        return child;
    return flags & HAS_CHILDREN ? find_slot(&matcher->edges, state << 8 | c)->value : 0;
}

static uint32_t follow_all(const struct matcher *matcher, uint32_t state, struct str text)
{
    for (size_t i = 0; i < text.len && (state || !i); i++)
        state = follow(matcher, state, text.data[i]);
    return state;
}

/* The first pattern that ends in a state, or NONE. */
static uint32_t first_end(const struct matcher *matcher, uint32_t state)
{
    uint32_t pattern = NONE;
    if (matcher->states.items[state].flags & ENDS_NAME)
        memcpy(&pattern, &matcher->states.items[state + 1], sizeof pattern);
    return pattern;
}

/* The letters and digits at the beginning of a text, at most PREFIX; those behind are 0. A name
 * that is shorter ends with its word: so words that only begin like it are told from it as well. */
static inline uint64_t first_letters(const char *text)
{
    uint64_t lanes = 0;
    memcpy(&lanes, text, PREFIX);
    return lanes_first(lanes, lanes_before(~lanes_alnum(lanes) & LANES_HIGH));
}

static inline uint64_t hash_short(const char *text)
{
    return first_letters(text) * HASH_FACTOR;
}

static inline uint64_t hash_middle(const char *text)
{
    return lanes_load(text) * HASH_FACTOR;
}

static inline uint64_t hash_long(const char *text)
{
    uint64_t behind = hash_middle(text + LANES);
    return (lanes_load(text) ^ behind ^ behind >> 32) * HASH_FACTOR;
}

/* The bits of a hash in its word; above those are at most FILTER_WORDS_MAX that number the word. */
static inline uint64_t bits_of(uint64_t hash)
{
    return (uint64_t)1 << (hash >> 42 & 63) | (uint64_t)1 << (hash >> 36 & 63);
}

static inline bool filter_has(const struct filter *filter, uint64_t hash)
{
    return !(bits_of(hash) & ~filter->words[hash >> filter->shift]);
}

/* The place for the first LANES bytes of a text, taken or free; NULL where all near it are taken by
 * others. */
static struct jump *find_jump(const struct jumps *jumps, const char *text)
{
    uint64_t bytes = lanes_load(text);
    size_t i = hash_middle(text) >> jumps->shift;
    for (unsigned probes = 0; probes < PROBES_MAX; probes++) {
        struct jump *jump = &jumps->items[i];
        if (!jump->state || jump->bytes == bytes)
            return jump;
        i = (i + 1) & (jumps->size - 1);
    }
    return NULL;
}

static inline size_t pair_of(const char *text)
{
    return (size_t)(unsigned char)text[0] << 8 | (unsigned char)text[1];
}

static inline bool has_pair(const struct matcher *matcher, const char *text)
{
    return matcher->pairs[pair_of(text) / 64] >> pair_of(text) % 64 & 1;
}

/* -- Building --------------------------------------------------------------------------------- */

/* A name that is to be added. */
struct entry {
    struct str folded;
    uint32_t pattern;
};

struct building {
    struct matcher *matcher;
    struct arena *arena;
    uint32_t path[NAME_LENGTH_MAX + 1]; /* the states of the name that was added last */
    struct str last;
};

static int by_letters(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = str_compare(a->folded, b->folded);
    return order ? order : (a->pattern > b->pattern) - (a->pattern < b->pattern);
}

static uint32_t add_state(struct building *building, uint32_t parent, char byte)
{
    struct matcher *matcher = building->matcher;
    uint32_t state = (uint32_t)matcher->states.count;
    unsigned char c = (unsigned char)byte;
    vec_push(&matcher->states, building->arena)->byte = c;
    struct state *from = &matcher->states.items[parent];
    if (!parent) {
        matcher->starts[c] = state;
    } else if (child_of(matcher, parent) == state) {
        from->flags |= HAS_CHILD;
    } else {
        from->flags |= HAS_CHILDREN;
        add_slot(&matcher->edges, building->arena, parent << 8 | c)->value = state;
    }
    return state;
}

/* Adds the states that the name does not share with the one before, which is the nearest. */
static uint32_t add_states(struct building *building, struct str folded)
{
    size_t shared = 0;
    while (shared < folded.len && shared < building->last.len &&
           folded.data[shared] == building->last.data[shared])
        shared++;
    for (size_t i = shared; i < folded.len; i++)
        building->path[i + 1] = add_state(building, building->path[i], folded.data[i]);
    building->last = folded;
    return building->path[folded.len];
}

static void filter_add(struct filter *filter, uint64_t hash)
{
    filter->words[hash >> filter->shift] |= bits_of(hash);
}

static void add_pairs(struct matcher *matcher, struct str folded)
{
    const char *text = folded.data;
    if (folded.len == 1)
        memset(&matcher->pairs[pair_of(text) / 256 * 4], 0xFF, 256 / 8);
    else
        matcher->pairs[pair_of(text) / 64] |= (uint64_t)1 << pair_of(text) % 64;
}

/* Letters may follow a name that compounds begin with: what is said in first_letters() does not
 * hold of it. */
static void filter_name(struct matcher *matcher, struct str folded, bool compounds)
{
    const char *text = folded.data;
    if (folded.len < LANES && (!first_letters(text) || (compounds && folded.len < PREFIX)))
        add_pairs(matcher, folded);
    else if (folded.len < LANES)
        filter_add(&matcher->shorts, hash_short(text));
    else if (folded.len < 2 * LANES)
        filter_add(&matcher->middle, hash_middle(text));
    else
        filter_add(&matcher->longs, hash_long(text));
}

/* From the first LANES bytes of a name to the state behind them. */
static void add_jump(struct matcher *matcher, struct str folded, uint32_t state)
{
    struct jump *jump = find_jump(&matcher->jumps, folded.data);
    if (jump)
        *jump = (struct jump){lanes_load(folded.data), state};
}

/* A state where names end is the last one then, as a name comes before those that go on. */
static void end_in(struct building *building, uint32_t state, uint32_t pattern)
{
    struct matcher *matcher = building->matcher;
    matcher->patterns[pattern].next = first_end(matcher, state);
    if (!(matcher->states.items[state].flags & ENDS_NAME))
        for (unsigned i = 0; i < PATTERN_STATES; i++)
            vec_push(&matcher->states, building->arena);
    matcher->states.items[state].flags |= ENDS_NAME;
    memcpy(&matcher->states.items[state + 1], &pattern, sizeof pattern);
}

static void add_entry(struct building *building, const struct entry *entry)
{
    struct matcher *matcher = building->matcher;
    if (matcher->states.count + entry->folded.len + PATTERN_STATES > MATCH_STATES_MAX)
        return;
    uint32_t state = add_states(building, entry->folded);
    end_in(building, state, entry->pattern);
    filter_name(matcher, entry->folded, matcher->patterns[entry->pattern].compounds);
    if (entry->folded.len >= LANES)
        add_jump(matcher, entry->folded, building->path[LANES]);
}

/* Folds a name; returns whether it can be looked for. */
static bool take_name(struct matcher *matcher, struct arena *arena, struct arena *scratch,
                      const struct name *name, struct entry *entry)
{
    struct folded folded = fold_text(scratch, name->text);
    size_t len = folded.text.len;
    if (!len || len > NAME_LENGTH_MAX)
        return false;
    struct pattern *pattern = &matcher->patterns[matcher->pattern_count];
    *pattern = (struct pattern){.name = name,
                                .topic = name->topic,
                                .len = (unsigned char)len,
                                .letters = (unsigned char)name->letters,
                                .compounds = name->compounds,
                                .is_word = name->is_word};
    fix_words(arena, pattern, &folded);
    *entry = (struct entry){folded.text, (uint32_t)matcher->pattern_count++};
    return true;
}

static struct filter make_filter(struct arena *arena, size_t count)
{
    unsigned words = 1;
    while (words < FILTER_WORDS_MAX && (size_t)1 << words < count / FILTER_WORD_NAMES)
        words++;
    return (struct filter){arena_new_array(arena, (size_t)1 << words, uint64_t), 64 - words};
}

/* Room for the beginnings of the names, which are in order. */
static struct jumps make_jumps(struct arena *arena, const struct entry *entries, size_t count)
{
    size_t beginnings = 0;
    unsigned bits = 1;
    for (size_t i = 0; i < count; i++)
        beginnings +=
            entries[i].folded.len >= LANES &&
            (!i || !str_starts(entries[i - 1].folded, str_slice(entries[i].folded, 0, LANES)));
    while ((size_t)1 << bits < beginnings + beginnings / 2)
        bits++;
    return (struct jumps){arena_new_array(arena, (size_t)1 << bits, struct jump), (size_t)1 << bits,
                          64 - bits};
}

static void make_filters(struct matcher *matcher, struct arena *arena, const struct entry *entries,
                         size_t count)
{
    size_t shorts = 0, middle = 0, longs = 0;
    for (size_t i = 0; i < count; i++) {
        size_t len = entries[i].folded.len;
        ++*(len < LANES ? &shorts : len < 2 * LANES ? &middle : &longs);
    }
    matcher->pairs = arena_new_array(arena, PAIRS / 64, uint64_t);
    matcher->shorts = make_filter(arena, shorts);
    matcher->middle = make_filter(arena, middle);
    matcher->longs = make_filter(arena, longs);
    matcher->jumps = make_jumps(arena, entries, count);
}

const struct matcher *matcher_build(struct arena *arena, const struct name *names, size_t count)
{
    struct matcher *matcher = arena_new(arena, struct matcher);
    struct building building = {.matcher = matcher, .arena = arena};
    struct arena scratch;
    count = count < NAMES_MAX ? count : NAMES_MAX;
    arena_init(&scratch);
    vec_push(&matcher->states, arena);
    matcher->patterns = arena_new_array(arena, count, struct pattern);
    struct entry *entries = arena_new_array(&scratch, count, struct entry);
    size_t taken = 0;
    for (size_t i = 0; i < count; i++)
        taken += take_name(matcher, arena, &scratch, &names[i], &entries[taken]);
    if (taken)
        qsort(entries, taken, sizeof *entries, by_letters);
    make_filters(matcher, arena, entries, taken);
    for (size_t i = 0; i < taken; i++)
        add_entry(&building, &entries[i]);
    arena_release(&scratch);
    return matcher;
}

/* -- Searching -------------------------------------------------------------------------------- */

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
    return is_boundary(search, end, false) || pattern->compounds || is_marked(search, pattern, end);
}

/* What stands in the text at part of a match that starts at `start` in the folded text. */
static struct str original(const struct search *search, size_t start, size_t end)
{
    uint32_t from = fold_offset(&search->folded, start);
    return str_slice(search->text, from, fold_offset(&search->folded, end) - from);
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
    for (size_t i = 0; i < pattern->fixed_count; i++) {
        const struct fixed_word *fixed = &pattern->fixed[i];
        if (!is_same_case(original(search, start + fixed->start, start + fixed->end), fixed->text))
            return false;
    }
    if (pattern->letters != NAME_CAPITAL)
        return true;
    size_t at = fold_offset(&search->folded, start);
    uint32_t first = utf8_next(search->text, &at);
    return utf8_is_upper(first) || !utf8_is_letter(first);
}

/* Where the last letter before `end` in the folded text ends in the text, its accents included:
 * what is invisible behind it is no part of a name. */
static uint32_t end_in_text(const struct search *search, size_t end)
{
    size_t at = fold_offset(&search->folded, end - 1), behind;
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
    size_t from = fold_offset(&search->folded, start), to = end_in_text(search, end);
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
    return !pattern->is_word || sentence_names(search->text, fold_offset(&search->folded, start),
                                               end_in_text(search, end));
}

/* Whether a name is written as it was given, accents and hyphens included. */
static bool is_as_given(const struct search *search, const struct pattern *pattern, size_t start)
{
    size_t from = fold_offset(&search->folded, start),
           to = end_in_text(search, start + pattern->len);
    return str_equal(fold_strictly(search->scratch, str_slice(search->text, from, to - from)),
                     fold_strictly(search->scratch, pattern->name->text));
}

/* Of the patterns that end in a state the one that is meant: as it was given before others, and the
 * first given before later ones, which stand before it in the list. */
static const struct pattern *choose(const struct search *search, uint32_t state, size_t start)
{
    const struct pattern *chosen = NULL;
    const struct matcher *matcher = search->matcher;
    uint32_t first = first_end(matcher, state);
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

/* Whether a name may begin there; behind the text stand zeroes. All filters are asked in any case:
 * that takes less than a branch for each. */
static inline bool may_begin(const struct matcher *matcher, const char *text)
{
    unsigned found = has_pair(matcher, text);
    found |= filter_has(&matcher->shorts, hash_short(text));
    found |= filter_has(&matcher->middle, hash_middle(text));
    found |= filter_has(&matcher->longs, hash_long(text));
    return found;
}

/* The state behind the bytes at `*at`, which moves behind them: several at once, where no name ends
 * before that; 0 where there is none. */
static uint32_t enter(const struct search *search, size_t *at)
{
    const struct matcher *matcher = search->matcher;
    struct str text = str_from_offset(search->folded.text, *at);
    if (has_pair(matcher, text.data) || filter_has(&matcher->shorts, hash_short(text.data))) {
        ++*at;
        return matcher->starts[(unsigned char)*text.data];
    }
    if (text.len < LANES)
        return 0;
    *at += LANES;
    const struct jump *jump = find_jump(&matcher->jumps, text.data);
    return jump ? jump->state : follow_all(matcher, 0, str_slice(text, 0, LANES));
}

/* The longest name that begins there, or NULL. */
static const struct pattern *longest(const struct search *search, size_t start)
{
    const struct pattern *found = NULL;
    struct str text = search->folded.text;
    size_t at = start;
    for (uint32_t state = enter(search, &at); state;
         state = follow(search->matcher, state, text.data[at++])) {
        if (search->matcher->states.items[state].flags & ENDS_NAME) {
            const struct pattern *pattern = choose(search, state, start);
            found = pattern ? pattern : found;
        }
        if (at == text.len)
            break;
    }
    return found;
}

static void take(const struct search *search, uint32_t topic, size_t start, size_t end)
{
    *vec_push(&search->out->items, search->arena) =
        (struct match){topic, fold_offset(&search->folded, start), end_in_text(search, end)};
}

static size_t word_end(struct str text, size_t at)
{
    for (size_t next = at; at < text.len && is_word_char(utf8_next(text, &next));)
        at = next;
    return at;
}

static size_t word_start(struct str text, size_t at)
{
    while (at && is_word_char(utf8_before(text, at)))
        do
            at--;
        while ((text.data[at] & 0xC0) == 0x80);
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
    uint32_t i = state ? first_end(matcher, state) : NONE;
    while (i != NONE &&
           (matcher->patterns[i].letters != NAME_ANY_CASE || matcher->patterns[i].fixed_count))
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
                   fold_offset(&search->folded, start))
            search->out->items.count--;
        take(search, name->topic, start, hyphen + 1);
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
        take(search, name->topic, hyphen, end);
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

static inline size_t first_bit(uint64_t bits)
{
    return (size_t)__builtin_ctzll(bits);
}

static inline size_t last_bit(uint64_t bits)
{
    return 63 - (size_t)__builtin_clzll(bits);
}

/* How far a search has come. */
struct progress {
    size_t at;
    size_t word;   /* where the last word began */
    bool boundary; /* no letter or digit stands before */
};

/* A stretch of a text, with a bit for each byte. Its bytes are ASCII without hyphens. */
struct stretch {
    uint64_t letters; /* and digits */
    size_t len;
};

/* Adds the names that begin at `at`; returns whether there is one. */
static inline bool take_longest(const struct search *search, struct progress *progress, size_t at)
{
    if (!may_begin(search->matcher, search->folded.text.data + at))
        return false;
    const struct pattern *found = longest(search, at);
    if (!found)
        return false;
    take(search, found->topic, at, at + found->len);
    progress->at = at + found->len;
    progress->boundary = is_boundary(search, progress->at, true);
    return true;
}

static struct stretch next_stretch(struct str text, size_t at)
{
    struct stretch stretch = {0};
    size_t most = text.len - at < STRETCH_MAX ? text.len - at : STRETCH_MAX;
    while (stretch.len < most) {
        uint64_t lanes = lanes_load(text.data + at + stretch.len);
        uint64_t others = (lanes & LANES_HIGH) | lanes_equal(lanes & ~LANES_HIGH, '-');
        stretch.letters |= (uint64_t)lanes_bits(lanes_alnum(lanes)) << stretch.len;
        if (others) {
            stretch.len += lanes_before(others);
            break;
        }
        stretch.len += LANES;
    }
    stretch.len = stretch.len < most ? stretch.len : most;
    return stretch;
}

/* Letters, digits, spaces and punctuation, of which most are passed over. */
static void pass_stretch(const struct search *search, struct progress *progress,
                         struct stretch stretch)
{
    size_t from = progress->at;
    uint64_t all = ~(uint64_t)0 >> (STRETCH_MAX - stretch.len);
    uint64_t places = (~stretch.letters << 1 | progress->boundary) & all;
    for (uint64_t rest = places; rest; rest &= rest - 1) {
        size_t i = first_bit(rest);
        if (take_longest(search, progress, from + i)) {
            places &= ~(uint64_t)0 >> (STRETCH_MAX - 1 - i);
            break;
        }
    }
    if (places & stretch.letters)
        progress->word = from + last_bit(places & stretch.letters);
    if (progress->at == from) {
        progress->at += stretch.len;
        progress->boundary = !(stretch.letters >> (stretch.len - 1) & 1);
    }
}

/* A hyphen or a character that is not ASCII. */
static void pass_other(const struct search *search, struct progress *progress)
{
    struct str text = search->folded.text;
    size_t at = progress->at;
    bool is_hyphen = text.data[at] == '-';
    bool found = progress->boundary && take_longest(search, progress, at);
    if (progress->boundary && !is_hyphen)
        progress->word = at;
    if (found)
        return;
    if (is_hyphen) {
        progress->at = try_hyphen(search, progress->word, at);
        progress->boundary = is_boundary(search, progress->at, true);
    } else {
        progress->boundary = !is_word_char(utf8_next(text, &progress->at));
    }
}

static void run(const struct search *search)
{
    struct str text = search->folded.text;
    struct progress progress = {.boundary = true};
    while (progress.at < text.len) {
        struct stretch stretch = next_stretch(text, progress.at);
        if (stretch.len)
            pass_stretch(search, &progress, stretch);
        else
            pass_other(search, &progress);
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
