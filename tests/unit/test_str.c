/* Spans, buffers, maps and the arena below them. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static int set_up(void **state)
{
    static struct arena arena;
    arena_init(&arena);
    *state = &arena;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(*state);
    return 0;
}

static void arena_gives_zeroed_aligned_memory_again(void **state)
{
    struct arena *arena = *state;
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < 5000; size += 77) {
            unsigned char *bytes = arena_alloc(arena, size);
            assert_int_equal((size_t)bytes % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(bytes[i], 0);
            memset(bytes, 0xAA, size);
            memset(arena_text(arena, 3), 0xBB, 3);
        }
        arena_clear(arena);
    }
}

static void arena_keeps_no_more_than_one_chunk(void **state)
{
    struct arena *arena = *state;
    for (int i = 0; i < 100; i++)
        arena_text(arena, 100000);
    size_t full = arena_size(arena);
    arena_clear(arena);
    assert_true(full > 100 * 100000);
    assert_true(arena_size(arena) < full);
    arena_release(arena);
    assert_int_equal(arena_size(arena), 0);
}

static void cut_takes_text_apart(void **state)
{
    (void)state;
    struct str rest = STR("a,,b,");
    static const char *const parts[] = {"a", "", "b", ""};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        assert_non_null(rest.data);
        assert_true(str_equal(str_cut(&rest, ','), str_from(parts[i])));
    }
    assert_null(rest.data);
}

static void lines_end_in_three_ways(void **state)
{
    (void)state;
    struct str rest = STR("a\r\nb\rc\n\nd");
    static const char *const lines[] = {"a", "b", "c", "", "d"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_true(str_equal(str_line(&rest), str_from(lines[i])));
    assert_null(str_line(&rest).data);
}

static void slices_stay_inside(void **state)
{
    (void)state;
    struct str text = STR("abc");
    assert_true(str_equal(str_slice(text, 1, 9), STR("bc")));
    assert_int_equal(str_slice(text, 9, 9).len, 0);
    assert_int_equal(str_slice(text, 1, SIZE_MAX).len, 2);
    assert_int_equal(str_from_offset(text, 4).len, 0);
    assert_int_equal(str_find(text, STR("abcd")), STR_NONE);
    assert_int_equal(str_find(text, STR("")), 0);
    assert_int_equal(str_find_last(STR("a/b/c"), '/'), 3);
    assert_int_equal(str_trim(STR(" \t\r\n ")).len, 0);
    assert_false(str_starts(STR(""), STR("a")));
    assert_false(str_ends(STR("b"), STR("ab")));
}

static void texts_are_put_together(void **state)
{
    static const unsigned char bytes[] = {0x00, 0x0F, 0xA5, 0xFF};
    struct buf buf;
    assert_true(str_equal(str_join(*state, STR("ab"), STR("c")), STR("abc")));
    assert_true(str_equal(str_join(*state, STR(""), STR("c")), STR("c")));
    assert_int_equal(str_join(*state, (struct str){NULL, 0}, (struct str){NULL, 0}).len, 0);
    buf_init(&buf, *state);
    buf_put_char(&buf, 'x');
    buf_put_hex(&buf, bytes, sizeof bytes);
    assert_true(str_equal(buf_str(&buf), STR("x000fa5ff")));
}

static void numbers_fill_all_of_a_text(void **state)
{
    (void)state;
    long number = 0;
    assert_true(str_to_long(STR("0012"), &number));
    assert_int_equal(number, 12);
    assert_true(str_to_long(STR("2147483648"), &number));
    assert_true(number == 2147483648);
    assert_false(str_to_long(STR("9223372036854775808"), &number));
    assert_false(str_to_long(STR("99999999999999999999999"), &number));
    assert_false(str_to_long(STR(""), &number));
    assert_false(str_to_long(STR("1 "), &number));
    assert_false(str_to_long(STR("1x"), &number));
}

static void nearest_is_a_slip_of_the_pen(void **state)
{
    (void)state;
    const struct str known[] = {STR("title"), STR("kind"), STR("abbreviation")};
    assert_true(str_equal(str_nearest(STR("tilte"), known, 3), STR("title")));
    assert_true(str_equal(str_nearest(STR("abreviation"), known, 3), STR("abbreviation")));
    assert_int_equal(str_nearest(STR("something else"), known, 3).len, 0);
    assert_int_equal(str_nearest(STR("title"), known, 0).len, 0);
}

/* Levenshtein's distance by its definition, for short texts. */
static size_t edits(struct str a, struct str b)
{
    if (!a.len || !b.len)
        return a.len + b.len;
    struct str rest_a = str_from_offset(a, 1), rest_b = str_from_offset(b, 1);
    size_t other = edits(rest_a, rest_b) + (a.data[0] != b.data[0]);
    size_t less = edits(rest_a, b) + 1, more = edits(a, rest_b) + 1;
    size_t least = less < more ? less : more;
    return other < least ? other : least;
}

/* The text of up to five letters, of three, that has that number. */
static struct str text_number(unsigned number, char text[5])
{
    size_t len = 0;
    for (; number; number = (number - 1) / 3)
        text[len++] = "abC"[(number - 1) % 3];
    return (struct str){text, len};
}

static void one_edit_is_what_it_takes_to_write(void **state)
{
    enum { TEXTS = 1 + 3 + 9 + 27 + 81 };
    char a[5], b[5];
    (void)state;
    for (unsigned i = 0; i < TEXTS; i++)
        for (unsigned j = 0; j < TEXTS; j++) {
            struct str one = text_number(i, a), other = text_number(j, b);
            size_t wanted = edits(one, other), near = (one.len + 1) / 3;
            bool nearest = str_nearest(one, &other, 1).len;
            assert_int_equal(str_is_one_edit(one, other), wanted == 1);
            assert_int_equal(nearest, one.len && wanted <= near && wanted < other.len);
        }
}

static void longest_words_are_compared_whole(void **state)
{
    char a[64], b[64];
    (void)state;
    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    struct str one = {a, sizeof a}, other = {b, sizeof b};
    assert_false(str_is_one_edit(one, other));
    b[63] = 'b';
    assert_true(str_is_one_edit(one, other));
    b[0] = 'b';
    assert_false(str_is_one_edit(one, other));
    assert_true(str_is_one_edit(str_slice(one, 1, 63), one));
    assert_int_equal(str_nearest(one, &other, 1).len, sizeof b);
}

static void buffers_grow_around_others(void **state)
{
    struct arena *arena = *state;
    struct buf buf;
    buf_init(&buf, arena);
    assert_non_null(buf.data);
    for (int i = 0; i < 3000; i++) {
        buf_put_number(&buf, i - 1500);
        if (i % 7 == 0)
            arena_text(arena, 50); /* so that it cannot grow in its place */
        buf_put(&buf, (struct str){"\0;", 2});
    }
    struct str rest = buf_str(&buf);
    for (int i = 0; i < 3000; i++) {
        struct str part = str_cut(&rest, ';');
        struct str number = str_format(arena, "%d", i - 1500);
        assert_true(str_equal(str_slice(part, 0, part.len - 1), number));
    }
    buf_clear(&buf);
    buf_put_number(&buf, INT64_MIN);
    assert_true(str_equal(buf_str(&buf), STR("-9223372036854775808")));
}

static void maps_find_and_keep_their_order(void **state)
{
    struct arena *arena = *state;
    enum { COUNT = 5000 };
    struct map map;
    map_init(&map, arena);
    assert_null(map_get(&map, STR("")));
    for (size_t i = 0; i < COUNT; i++)
        *map_at(&map, str_format(arena, "key %zu", i)) = arena;
    *map_at(&map, (struct str){"key 1\0", 6}) = &map;
    *map_at(&map, STR("")) = &map;
    assert_int_equal(map.count, COUNT + 2);
    for (size_t i = 0; i < COUNT; i++) {
        struct str key = str_format(arena, "key %zu", i);
        assert_ptr_equal(map_get(&map, key), arena);
        assert_true(str_equal(map.items[i].key, key));
    }
    assert_ptr_equal(map_get(&map, STR("")), &map);
    assert_null(map_get(&map, STR("key")));
    *map_at(&map, STR("key 7")) = NULL;
    assert_int_equal(map.count, COUNT + 2);
}

/* Whatever hashes have in common, keys decide. */
static void maps_tell_keys_apart(void **state)
{
    struct arena *arena = *state;
    static const uint64_t hashes[] = {5, UINT64_C(1) << 40 | 5, UINT64_C(1) << 40 | 21};
    enum { HASHES = 3, COUNT = 40 };
    struct map map;
    map_init(&map, arena);
    for (size_t i = 0; i < COUNT; i++)
        *map_at_hash(&map, str_format(arena, "key %zu", i), hashes[i % HASHES]) = (void *)(i + 1);
    assert_int_equal(map.count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_ptr_equal(*map_at_hash(&map, str_format(arena, "key %zu", i), hashes[i % HASHES]),
                         (void *)(i + 1));
    assert_int_equal(map.count, COUNT);
}

static void vectors_zero_what_is_new(void **state)
{
    VEC(struct str) items = {0};
    for (size_t i = 0; i < 1000; i++) {
        struct str *item = vec_push(&items, (struct arena *)*state);
        assert_null(item->data);
        *item = STR("x");
    }
    assert_int_equal(items.count, 1000);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(arena_gives_zeroed_aligned_memory_again),
        TEST(arena_keeps_no_more_than_one_chunk),
        TEST(cut_takes_text_apart),
        TEST(lines_end_in_three_ways),
        TEST(slices_stay_inside),
        TEST(texts_are_put_together),
        TEST(numbers_fill_all_of_a_text),
        TEST(nearest_is_a_slip_of_the_pen),
        TEST(one_edit_is_what_it_takes_to_write),
        TEST(longest_words_are_compared_whole),
        TEST(buffers_grow_around_others),
        TEST(maps_find_and_keep_their_order),
        TEST(maps_tell_keys_apart),
        TEST(vectors_zero_what_is_new),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
