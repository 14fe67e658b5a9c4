/* Files of the index as they are stored. */
#include "search/packed.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Bytes that hardly get smaller (xorshift), or all alike. */
static struct str make(struct arena *arena, size_t size, bool random)
{
    char *bytes = arena_text(arena, size ? size : 1);
    uint32_t state = 1;
    for (size_t i = 0; i < size; i++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        bytes[i] = random ? (char)(state & 0xff) : 'a';
    }
    return (struct str){bytes, size};
}

static struct str pack(struct arena *arena, struct str bytes, enum packed_effort effort)
{
    struct packer packer = {.effort = effort};
    struct str packed = packer_pack(&packer, arena, bytes);
    packer_release(&packer);
    return packed;
}

static void what_is_packed_comes_out_again(void **state)
{
    static const size_t sizes[] = {0, 1, 1000, 20 * 1024 * 1024, PACKED_OPEN_MAX};
    (void)state;
    for (int i = 0; i < 10; i++) {
        struct arena arena;
        struct str out;
        arena_init(&arena);
        struct str bytes = make(&arena, sizes[i / 2], i % 2);
        enum packed_effort effort = bytes.len > 1000 ? PACKED_QUICK : PACKED_SMALLEST;
        assert_int_equal(packed_open(&arena, pack(&arena, bytes, effort), &out), 0);
        assert_true(str_equal(out, bytes));
        arena_release(&arena);
    }
}

static void what_is_no_such_file_is_refused(void **state)
{
    struct arena arena;
    struct str out;
    (void)state;
    arena_init(&arena);
    struct str packed = pack(&arena, make(&arena, 5000, true), PACKED_QUICK);
    assert_int_equal(packed_open(&arena, STR(""), &out), -1);
    assert_int_equal(packed_open(&arena, STR("no such file"), &out), -1);
    for (size_t len = 0; len < packed.len; len += 97)
        assert_int_equal(packed_open(&arena, str_slice(packed, 0, len), &out), -1);
    ((char *)packed.data)[packed.len / 2] ^= 1;
    assert_int_equal(packed_open(&arena, packed, &out), -1);
    struct str large = pack(&arena, make(&arena, PACKED_OPEN_MAX + 1, false), PACKED_QUICK);
    assert_int_equal(packed_open(&arena, large, &out), -1);
    arena_release(&arena);
}

/* What a packer packed before is not seen in what comes then. */
static void a_packer_packs_all_files_alike(void **state)
{
    struct packer packer = {0};
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < 40; i++) {
        struct str bytes = make(&arena, i * 7919 % 5000, i % 3);
        struct str packed = packer_pack(&packer, &arena, bytes);
        assert_true(str_equal(packed, pack(&arena, bytes, PACKED_QUICK)));
        if (i == 20)
            packer_release(&packer);
    }
    packer_release(&packer);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_packed_comes_out_again),
        cmocka_unit_test(what_is_no_such_file_is_refused),
        cmocka_unit_test(a_packer_packs_all_files_alike),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
