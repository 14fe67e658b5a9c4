/* Documents in order. */
#include "search/order.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { COUNT = 100 };

struct fixture {
    struct arena arena;
    struct findings findings;
};

/* Numbers of small ranges, so that much is equal. */
static int make(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){0};
    arena_init(&fixture.arena);
    for (uint32_t i = 0; i < COUNT; i++)
        *vec_push(&fixture.findings.items, &fixture.arena) =
            (struct finding){.group = i * 37 % 11,
                             .document = i,
                             .score = i * 53 % 7,
                             .date = i * 29 % 5 * 512,
                             .lacking = i % 3 ? 0 : i * 17 % 4};
    *state = &fixture;
    return 0;
}

static int drop(void **state)
{
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    return 0;
}

static int lacks(const struct finding *finding)
{
    return finding->lacking != 0;
}

/* What tells two documents apart, as numbers of which the first that differ decide. */
static int compare(const struct finding *a, const struct finding *b, enum order order)
{
    int64_t dates = order == ORDER_NEWEST   ? (int64_t)b->date - a->date
                    : order == ORDER_OLDEST ? (a->date ? (int64_t)a->date : INT32_MAX) -
                                                  (b->date ? (int64_t)b->date : INT32_MAX)
                                            : 0;
    int64_t differences[] = {lacks(a) - lacks(b), dates, (int64_t)b->score - a->score,
                             (int64_t)a->group - b->group, (int64_t)a->document - b->document};
    for (size_t i = 0; i < sizeof differences / sizeof *differences; i++)
        if (differences[i])
            return differences[i] < 0 ? -1 : 1;
    return 0;
}

static void check(struct fixture *fixture, enum order order)
{
    const struct finding **ordered = order_matches(&fixture->findings, order, &fixture->arena);
    for (size_t i = 1; i < COUNT; i++)
        assert_true(compare(ordered[i - 1], ordered[i], order) < 0);
}

static void the_best_come_first(void **state)
{
    check(*state, ORDER_RELEVANCE);
}

static void the_newest_come_first(void **state)
{
    check(*state, ORDER_NEWEST);
}

static void the_oldest_come_first(void **state)
{
    check(*state, ORDER_OLDEST);
}

static void few_are_in_order_as_well(void **state)
{
    struct fixture *fixture = *state;
    for (fixture->findings.items.count = 0; fixture->findings.items.count < 5;
         fixture->findings.items.count++) {
        const struct finding **ordered =
            order_matches(&fixture->findings, ORDER_NEWEST, &fixture->arena);
        for (size_t i = 1; i < fixture->findings.items.count; i++)
            assert_true(compare(ordered[i - 1], ordered[i], ORDER_NEWEST) < 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_best_come_first, make, drop),
        cmocka_unit_test_setup_teardown(the_newest_come_first, make, drop),
        cmocka_unit_test_setup_teardown(the_oldest_come_first, make, drop),
        cmocka_unit_test_setup_teardown(few_are_in_order_as_well, make, drop)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
