/* Lists of contents: which lines they are, and what they say of headings. */
#include "text_fixture.h"

static size_t count_dropped(const struct fixture *fixture)
{
    size_t count = 0;
    for (size_t i = 0; i < fixture->document.dropped.count; i++)
        count += !strcmp(fixture->document.dropped.items[i].reason, "contents");
    return count;
}

static void assert_heading(const struct fixture *fixture, const char *text, uint32_t level)
{
    for (size_t i = 0; i < fixture->document.headings.count; i++) {
        const struct heading *heading = &fixture->document.headings.items[i];
        if (str_equal(heading->text, str_from(text))) {
            assert_int_equal(heading->level, level);
            return;
        }
    }
    fail_msg("no heading '%s'", text);
}

/* Leaders of dots, an entry over two lines; a heading in the text that ends in a full stop, and one
 * that is broken elsewhere than in the list. */
static void test_leaders(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("Inhoud\n"
                               "1. Waarom de brug dicht is ........................... 2\n"
                               "1.1 Het onderdeel dat nergens te koop is en wie het\n"
                               "zou kunnen maken . . . . . . . . . . . . . . . . . . . . 3\n"
                               "2. Wat kost de pont? .................................. 12\n\n"
                               "1. Waarom de brug dicht is\n"
                               "De brug over de vaart is al drie jaar dicht en dat blijft zo.\n\n"
                               "1.1 Het onderdeel dat nergens te koop\n"
                               "is en wie het zou kunnen maken\n"
                               "Niemand weet het, en de bouwer zelf bestaat niet meer.\n\n"
                               "2. Wat kost de pont?\n"
                               "De pont kost niets, want de veerman wil er geen geld voor.\n"));
    assert_int_equal(count_dropped(&fixture), 5);
    assert_heading(&fixture, "1. Waarom de brug dicht is", 2);
    assert_heading(&fixture, "1.1 Het onderdeel dat nergens te koop is en wie het zou kunnen maken",
                   3);
    assert_heading(&fixture, "2. Wat kost de pont?", 2);
    assert_int_equal(fixture.document.headings.count, 3);
    fixture_release(&fixture);
}

/* Numbers, titles and pages on lines of their own. */
static void test_apart(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("Inhoudsopgave\n1\n\nDe brug\n\n2\n\n2\n\nDe pont\n\n3\n\n"
                               "3\n\nDe sluis\n\n3\n\n"
                               "De brug\nDe brug over de vaart is al drie jaar dicht.\n\n"
                               "De pont\nDe pont vaart vanaf het voorjaar.\n\n"
                               "De sluis\nDe sluis gaat twee keer per dag open.\n"));
    assert_int_equal(count_dropped(&fixture), 10);
    assert_heading(&fixture, "De brug", 2);
    assert_heading(&fixture, "De pont", 2);
    assert_heading(&fixture, "De sluis", 2);
    fixture_release(&fixture);
}

/* Without heading or leaders, a list is one where most of its titles are lines of the text. */
static void test_plain(void **state)
{
    struct fixture fixture;
    const char *list = "De brug           2\nDe pont           3\nDe sluis          5\n"
                       "De kade           9\n\n";
    (void)state;
    fixture_read(&fixture, str_from(list));
    assert_int_equal(count_dropped(&fixture), 0);
    fixture_release(&fixture);
    char text[400];
    snprintf(text, sizeof text, "%s%s", list,
             "De brug\nZij is dicht.\n\nDe pont\nZij vaart.\n\nDe sluis\nZij gaat open.\n\n"
             "De kade\nZij is stil.\n");
    fixture_read(&fixture, str_from(text));
    assert_int_equal(count_dropped(&fixture), 4);
    assert_int_equal(fixture.document.headings.count, 4);
    fixture_release(&fixture);
}

/* Items that end in years, places to fill in, and sentences are no list of contents. */
static void test_none(void **state)
{
    static const char *const texts[] = {
        "1. De brug is gebouwd in 1911\n2. De pont voer het laatst in 1974\n"
        "3. De sluis is hersteld in 1998\n4. De kade is verlicht in 2019\n",
        "Naam ................................\nPlaats ..............................\n"
        "Datum ...............................\nHandtekening ........................\n",
        "Inhoud\nDe brief gaat over de brug, die al drie jaar dicht is, en over de pont.\n"
        "Zij vaart in 2023.\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct fixture fixture;
        fixture_read(&fixture, str_from(texts[i]));
        if (count_dropped(&fixture))
            fail_msg("contents: %s", texts[i]);
        fixture_release(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leaders),
        cmocka_unit_test(test_apart),
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_none),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
