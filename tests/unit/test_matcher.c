/* What the matcher finds is what a search for every name at every place finds: the filters lose
 * nothing, and where a stretch of text begins and ends does not show. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "link/fold.h"
#include "link/matcher.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { ROUNDS = 2000, NAMES = 60, WORDS = 40, TEXT_WORDS = 200 };

struct trial {
    struct arena *arena;
    uint32_t random;
    struct str words[WORDS];
    struct name names[NAMES];
    struct str folded[NAMES];
};

static uint32_t pick(struct trial *trial, uint32_t most)
{
    trial->random = trial->random * 1664525 + 1013904223;
    return (trial->random >> 8) % most;
}

/* Letters that are few, so that words have much in common. The only digit is one that no footnote's
 * number begins with. */
static void put_word(struct trial *trial, struct buf *out)
{
    static const char *const letters[] = {"a", "b", "A", "B", "a", "b", "0", "é", "ß", "λ", "Ж"};
    uint32_t kinds = pick(trial, 4) ? 6 : 11;
    for (uint32_t i = 0, len = 1 + pick(trial, 12); i < len; i++)
        buf_put_cstring(out, letters[pick(trial, kinds)]);
}

/* No full stop or at sign, which make an address of a name. */
static void put_gap(struct trial *trial, struct buf *out)
{
    static const char *const gaps[] = {" ", " ",  " ", " ",  " ",  "-", " - ",      "\n",
                                       ",", ", ", "’", " “", "” ", "(", "\xC2\xA0", "--"};
    buf_put_cstring(out, gaps[pick(trial, sizeof gaps / sizeof *gaps)]);
}

static struct str make_name(struct trial *trial)
{
    struct buf name;
    buf_init(&name, trial->arena);
    if (!pick(trial, 10))
        buf_put_cstring(&name, pick(trial, 2) ? "'" : "“");
    for (uint32_t i = 0, count = 1 + pick(trial, 4); i < count; i++) {
        if (i)
            put_gap(trial, &name);
        buf_put(&name, trial->words[pick(trial, WORDS)]);
    }
    return buf_str(&name);
}

static void make_names(struct trial *trial)
{
    for (uint32_t i = 0; i < WORDS; i++) {
        struct buf word;
        buf_init(&word, trial->arena);
        put_word(trial, &word);
        trial->words[i] = buf_str(&word);
    }
    for (uint32_t i = 0; i < NAMES; i++) {
        struct str folded = fold_strictly(trial->arena, make_name(trial));
        trial->names[i] = (struct name){folded, i, NAME_ANY_CASE, !pick(trial, 8), false};
        trial->folded[i] = fold_text(trial->arena, folded).text;
    }
}

static struct str make_text(struct trial *trial)
{
    struct buf text;
    buf_init(&text, trial->arena);
    for (uint32_t i = pick(trial, TEXT_WORDS); i-- > 0;) {
        if (pick(trial, 3))
            buf_put(&text, trial->words[pick(trial, WORDS)]);
        else
            buf_put(&text, trial->names[pick(trial, NAMES)].text);
        if (pick(trial, 20))
            put_gap(trial, &text);
    }
    return buf_str(&text);
}

static bool is_word_char(uint32_t c)
{
    return utf8_is_letter(c) || utf8_is_digit(c);
}

/* The longest name there, and of those the first, or NULL. */
static const struct name *name_at(const struct trial *trial, struct str text, size_t at)
{
    const struct name *found = NULL;
    size_t longest = 0;
    for (uint32_t i = 0; i < NAMES; i++) {
        struct str folded = trial->folded[i];
        size_t end = at + folded.len, next = end;
        if (folded.len > longest && str_starts(str_from_offset(text, at), folded) &&
            (trial->names[i].compounds || end == text.len ||
             !is_word_char(utf8_next(text, &next)))) {
            found = &trial->names[i];
            longest = folded.len;
        }
    }
    return found;
}

static void find_plainly(const struct trial *trial, struct str text, struct matches *out)
{
    struct folded folded = fold_text(trial->arena, text);
    for (size_t at = 0; at < folded.text.len;) {
        bool begins = !at || !is_word_char(utf8_before(folded.text, at));
        const struct name *name = begins ? name_at(trial, folded.text, at) : NULL;
        if (!name) {
            utf8_next(folded.text, &at);
            continue;
        }
        size_t end = at + trial->folded[name->topic].len;
        *vec_push(&out->items, trial->arena) =
            (struct match){name->topic, fold_offset(&folded, at), fold_offset(&folded, end)};
        at = end;
    }
}

/* Names that fold alike: the first stands for all. */
static bool is_same_name(const struct trial *trial, uint32_t a, uint32_t b)
{
    return str_equal(trial->folded[a], trial->folded[b]);
}

static void finds_what_a_plain_search_finds(void **state)
{
    size_t count = 0;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct arena arena;
        struct matches found = {0}, wanted = {0};
        arena_init(&arena);
        struct trial trial = {.arena = &arena, .random = round};
        make_names(&trial);
        struct str text = make_text(&trial);
        matcher_find(matcher_build(&arena, trial.names, NAMES), &arena, text, &arena, &found);
        find_plainly(&trial, text, &wanted);
        assert_int_equal(found.items.count, wanted.items.count);
        for (size_t i = 0; i < found.items.count; i++) {
            struct match a = found.items.items[i], b = wanted.items.items[i];
            assert_true(is_same_name(&trial, a.topic, b.topic));
            assert_int_equal(a.start, b.start);
            assert_int_equal(a.end, b.end);
        }
        count += found.items.count;
        arena_release(&arena);
    }
    assert_in_range(count, 5 * ROUNDS, SIZE_MAX);
    (void)state;
}

/* As many beginnings of names as their table takes before it grows: some have no place in it. */
static void finds_names_whose_beginnings_crowd(void **state)
{
    enum { COUNT = 43690, LETTERS = 9 };
    struct arena arena;
    arena_init(&arena);
    struct trial trial = {.arena = &arena};
    struct name *names = arena_new_array(&arena, COUNT, struct name);
    for (uint32_t i = 0; i < COUNT; i++) {
        char *letters = arena_text(&arena, LETTERS);
        for (unsigned k = 0; k < LETTERS; k++)
            letters[k] = (char)('a' + pick(&trial, 26));
        names[i] = (struct name){{letters, LETTERS}, i, NAME_ANY_CASE, false, false};
    }
    const struct matcher *matcher = matcher_build(&arena, names, COUNT);
    for (uint32_t i = 0; i < COUNT; i++) {
        struct matches found = {0};
        matcher_find(matcher, &arena, names[i].text, &arena, &found);
        assert_int_equal(found.items.count, 1);
        assert_int_equal(found.items.items[0].topic, i);
    }
    arena_release(&arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_what_a_plain_search_finds),
                                       cmocka_unit_test(finds_names_whose_beginnings_crowd)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("matcher", tests, NULL, NULL);
}
