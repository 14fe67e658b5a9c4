/* Ids of topics as they are told beside titles. */
#include "search/keys.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void ids_are_shortened_and_made_whole(void **state)
{
    static const char *const ids[][3] = {
        {"topics/the-old-lock", "The Old Lock", "topics/"},
        {"lock", "Lock", ""},
        {"topics/old-lock", "The Old Lock", "topics/old-lock"},
        {"topics/2024/eerste-hulp", "Eerste hulp", "topics/2024/"},
        {"topics/een_twee", "Een twee", "topics/een_twee"},
        {"topics/x", "", "topics/x"},
    };
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct str id = str_from(ids[i][0]), title = str_from(ids[i][1]);
        struct str told = keys_short_id(&arena, id, title);
        assert_true(str_equal(told, str_from(ids[i][2])));
        assert_true(str_equal(keys_long_id(&arena, told, title), id));
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ids_are_shortened_and_made_whole)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
