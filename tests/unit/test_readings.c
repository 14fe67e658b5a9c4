/* Documents on their way from their page to the search index: kept until their group is complete,
 * as many as find room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "write/readings.h"

enum { ROOM = 64 * 1024 };

/* A document of one passage, that lasts as long as its text. */
struct sample {
    struct passage passage;
    struct document document;
};

static const struct document *sample(struct sample *sample, const char *text)
{
    sample->passage = (struct passage){.kind = PASSAGE_ITEM, .page = 3, .text = str_from(text)};
    sample->document = (struct document){.meta.more = &meta_nothing};
    sample->document.passages.items = &sample->passage;
    sample->document.passages.count = 1;
    return &sample->document;
}

static void assert_read(const struct readings *readings, uint32_t group, uint32_t document,
                        const char *text)
{
    const struct document *read = readings_get(readings, group, document);
    assert_non_null(read);
    assert_int_equal(read->passages.count, 1);
    assert_int_equal(read->passages.items[0].kind, PASSAGE_ITEM);
    assert_int_equal(read->passages.items[0].page, 3);
    assert_true(str_equal(read->passages.items[0].text, str_from(text)));
}

static void test_complete(void **state)
{
    struct arena arena;
    struct readings readings;
    struct sample hand;
    (void)state;
    arena_init(&arena);
    readings_init(&readings, 3, ROOM, &arena);
    readings_expect(&readings, 0, 0, 1);
    readings_expect(&readings, 2, 8, 3);
    assert_true(readings_want(&readings, 0));
    assert_false(readings_want(&readings, 1));
    assert_false(readings_add(&readings, 2, 10, sample(&hand, "dijk")));
    assert_true(readings_add(&readings, 0, 0, sample(&hand, "sluis")));
    assert_false(readings_add(&readings, 2, 8, sample(&hand, "brug")));
    assert_true(readings_add(&readings, 2, 9, NULL));
    assert_read(&readings, 0, 0, "sluis");
    assert_read(&readings, 2, 8, "brug");
    assert_null(readings_get(&readings, 2, 9));
    assert_read(&readings, 2, 10, "dijk");
    readings_drop(&readings, 2);
    assert_null(readings_get(&readings, 2, 8));
    assert_read(&readings, 0, 0, "sluis");
    readings_release(&readings);
    arena_release(&arena);
}

static void test_room(void **state)
{
    struct arena arena;
    struct readings readings;
    struct sample hand;
    static char text[ROOM + 1];
    (void)state;
    for (size_t i = 0; i < ROOM; i++)
        text[i] = 'a';
    arena_init(&arena);
    readings_init(&readings, 2, ROOM, &arena);
    readings_expect(&readings, 0, 0, 2);
    readings_expect(&readings, 1, 2, 1);
    assert_false(readings_add(&readings, 0, 0, sample(&hand, text)));
    assert_true(readings_add(&readings, 0, 1, sample(&hand, "dijk")));
    assert_read(&readings, 0, 0, text);
    assert_null(readings_get(&readings, 0, 1));
    readings_drop(&readings, 0);
    assert_true(readings_add(&readings, 1, 2, sample(&hand, "dijk")));
    assert_read(&readings, 1, 2, "dijk");
    readings_release(&readings);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_complete),
                                       cmocka_unit_test(test_room)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
