/* Eight bytes at once say what each of them says alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/lanes.h"
#include "base/str.h"

static void set(char text[LANES], size_t at, unsigned byte, char other)
{
    for (size_t i = 0; i < LANES; i++)
        text[i] = other;
    text[at] = (char)byte;
}

/* Whether the mask has byte `at` as it should be, and the others, which are all alike, too. */
static void assert_mask(uint64_t mask, size_t at, bool is_set, bool others)
{
    char bytes[LANES];
    assert_int_equal(mask & ~LANES_HIGH, 0);
    lanes_store(bytes, mask);
    for (size_t i = 0; i < LANES; i++)
        assert_int_equal(bytes[i] != 0, i == at ? is_set : others);
}

static void classes_are_those_of_bytes(void **state)
{
    static const char others[] = {0, ' ', '0', 'A', 'z', '~', 0x7F};
    char text[LANES];
    (void)state;
    for (unsigned byte = 0; byte < 0x100; byte++)
        for (size_t i = 0; i < sizeof others * LANES; i++) {
            char other = others[i / LANES], c = (char)byte;
            size_t at = i % LANES;
            set(text, at, byte, other);
            uint64_t lanes = lanes_load(text);
            assert_mask(lanes_alnum(lanes), at, str_is_alnum(c), str_is_alnum(other));
            if (byte >= 0x80)
                continue;
            assert_mask(lanes_between(lanes, '0', '9'), at, str_is_digit(c), str_is_digit(other));
            assert_mask(lanes_between(lanes, 0, 0x1F), at, byte < ' ', other < ' ');
            assert_mask(lanes_equal(lanes, ' '), at, c == ' ', other == ' ');
            lanes_store(text, lanes_lower(lanes));
            assert_int_equal(text[at], str_lower(c));
            assert_int_equal(text[(at + 1) % LANES], str_lower(other));
        }
}

static void the_first_of_a_mask_is_found(void **state)
{
    char text[LANES];
    (void)state;
    for (size_t at = 0; at < LANES; at++) {
        set(text, at, ' ', 'x');
        text[LANES - 1] = ' ';
        assert_int_equal(lanes_before(lanes_equal(lanes_load(text), ' ')), at);
    }
}

static void bytes_are_told_apart_by_place(void **state)
{
    char text[LANES];
    (void)state;
    for (size_t at = 0; at < LANES; at++) {
        set(text, at, 'a', 'a');
        lanes_store(text, lanes_first(lanes_load(text), at));
        for (size_t i = 0; i < LANES; i++)
            assert_int_equal(text[i], i < at ? 'a' : 0);
        set(text, at, 'x', 'a');
        lanes_store(text, lanes_followed(lanes_equal(lanes_load(text), 'x')));
        for (size_t i = 0; i < LANES; i++)
            assert_int_equal(text[i] != 0, i + 1 == at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_are_those_of_bytes),
        cmocka_unit_test(the_first_of_a_mask_is_found),
        cmocka_unit_test(bytes_are_told_apart_by_place),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("lanes", tests, NULL, NULL);
}
