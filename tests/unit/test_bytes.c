/* Numbers and texts of the index, and what does not fit. */
#include "base/bytes.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void what_is_put_is_read(void **state)
{
    static const uint32_t numbers[] = {0, 1, 127, 128, 16383, 16384, 1u << 28, UINT32_MAX};
    struct arena arena;
    struct buf buf;
    struct bytes bytes;
    (void)state;
    arena_init(&arena);
    buf_init(&buf, &arena);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        bytes_put_number(&buf, numbers[i]);
    bytes_put_hash(&buf, 0x0123456789AB);
    bytes_put_short(&buf, 0x012345);
    bytes_put_text(&buf, STR("dijk"));
    bytes_put_text(&buf, STR(""));
    bytes_begin(&bytes, buf_str(&buf));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_int_equal(bytes_number(&bytes), numbers[i]);
    assert_true(bytes_hash(&bytes) == 0x0123456789AB);
    assert_int_equal(bytes_short(&bytes), 0x012345);
    assert_true(str_equal(bytes_text(&bytes), STR("dijk")));
    assert_int_equal(bytes_text(&bytes).len, 0);
    assert_true(bytes_at_end(&bytes) && !bytes.failed);
    arena_release(&arena);
}

static struct bytes over(struct str data)
{
    struct bytes bytes;
    bytes_begin(&bytes, data);
    return bytes;
}

static void what_does_not_fit_fails(void **state)
{
    (void)state;
    struct bytes bytes = over(STR("\x80\x80\x80\x80\x10")); /* 2^32 */
    assert_int_equal(bytes_number(&bytes), 0);
    assert_true(bytes.failed && bytes_at_end(&bytes));
    bytes = over(STR("\x80\x80\x80\x80\x80\x00"));
    assert_int_equal(bytes_number(&bytes), 0);
    assert_true(bytes.failed);
    bytes = over(STR("\x80"));
    assert_int_equal(bytes_number(&bytes), 0);
    assert_true(bytes.failed);
    bytes = over(STR("12345"));
    assert_true(bytes_hash(&bytes) == 0 && bytes.failed);
    bytes = over(STR("12"));
    assert_true(bytes_short(&bytes) == 0 && bytes.failed);
    bytes = over(STR("\x05wal"));
    assert_int_equal(bytes_text(&bytes).len, 0);
    assert_true(bytes.failed);
    bytes = over(STR("\xFF\xFF\xFF\xFF\x0Fwal"));
    assert_int_equal(bytes_text(&bytes).len, 0);
    assert_true(bytes.failed);
    bytes = over((struct str){NULL, 0});
    assert_int_equal(bytes_number(&bytes), 0);
    assert_true(bytes.failed);
}

/* Once something failed there is nothing more. */
static void a_failure_stays(void **state)
{
    struct bytes bytes = over(STR("\x09kade\x01"));
    (void)state;
    bytes_text(&bytes);
    assert_int_equal(bytes_number(&bytes), 0);
    assert_int_equal(bytes_take(&bytes, 1).len, 0);
    assert_true(bytes.failed);
}

static void a_count_is_what_can_be_there(void **state)
{
    struct bytes bytes = over(STR("\x02"
                                  "123456"));
    (void)state;
    assert_int_equal(bytes_count(&bytes, 3), 2);
    bytes = over(STR("\x02"
                     "12345"));
    assert_int_equal(bytes_count(&bytes, 3), 0);
    assert_true(bytes.failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_read), cmocka_unit_test(what_does_not_fit_fails),
        cmocka_unit_test(a_failure_stays), cmocka_unit_test(a_count_is_what_can_be_there)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
