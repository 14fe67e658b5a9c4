/* Pieces of texts that an earlier build published: which are kept, and by what names. */
#include "base/arena.h"
#include "search/texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct texts texts;
    struct parts_sink sink;
    const char *gone; /* a path that is there no more */
    size_t taken;
};

static bool holds(void *context, const char *path, struct digest made_of)
{
    const struct fixture *fixture = context;
    (void)made_of;
    return !fixture->gone || strcmp(path, fixture->gone) != 0;
}

static void take(void *context, const char *path)
{
    struct fixture *fixture = context;
    (void)path;
    fixture->taken++;
}

static void begin(struct fixture *fixture)
{
    *fixture = (struct fixture){0};
    arena_init(&fixture->arena);
    fixture->sink = (struct parts_sink){.holds = holds, .take = take, .context = fixture};
    texts_init(&fixture->texts, NULL, &fixture->sink, NULL, 0x1F9C01, &fixture->arena);
}

/* Keeps so many pieces by the hash of the first; `choice` is what it would have been. */
static bool keep(struct fixture *fixture, uint32_t choice, uint32_t hash, size_t count)
{
    static const char digests[4 * DIGEST_SIZE];
    struct text_pieces pieces = {.place = {.stride = 1, .hash = hash},
                                 .choice = choice,
                                 .made_of = {digests, count * DIGEST_SIZE}};
    return texts_keep(&fixture->texts, &pieces);
}

static void test_names_are_those_of_a_build_from_nothing(void **state)
{
    struct fixture fixture;
    (void)state;
    begin(&fixture);
    assert_true(keep(&fixture, 0x100, 0x100, 2));
    assert_int_equal(fixture.taken, 2);
    assert_false(keep(&fixture, 0x0FF, 0x0FF, 2)); /* its second piece would have a name of those */
    assert_false(keep(&fixture, 0x200, 0x201, 1)); /* it had to move, and need not any more */
    assert_false(keep(&fixture, 0x101, 0x103, 1)); /* it need not move as far */
    assert_int_equal(fixture.taken, 2);
    assert_true(keep(&fixture, 0x100, 0x102, 2));
    assert_true(keep(&fixture, 0x200, 0x200, 1));
    assert_int_equal(fixture.taken, 5);
    arena_release(&fixture.arena);
}

/* All of a document's pieces, or none; what is not kept has taken no name. */
static void test_a_piece_is_gone(void **state)
{
    struct fixture fixture;
    (void)state;
    begin(&fixture);
    fixture.gone = "t/1f/9c01/000102.bin";
    assert_false(keep(&fixture, 0x100, 0x100, 3));
    assert_int_equal(fixture.taken, 0);
    assert_true(keep(&fixture, 0x100, 0x100, 2));
    assert_int_equal(fixture.taken, 2);
    arena_release(&fixture.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_those_of_a_build_from_nothing),
        cmocka_unit_test(test_a_piece_is_gone),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("texts", tests, NULL, NULL);
}
