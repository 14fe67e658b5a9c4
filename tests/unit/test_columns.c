/* What stands side by side on a page, in reading order. */
#include "text_fixture.h"

#include "read/columns.h"

struct columns_fixture {
    struct arena arena;
    struct lines lines;
};

static void split(struct columns_fixture *fixture, const char *text)
{
    arena_init(&fixture->arena);
    lines_split(&fixture->arena, str_from(text), &fixture->lines);
    columns_split(&fixture->arena, &fixture->lines);
}

static const struct line *find(const struct columns_fixture *fixture, const char *start)
{
    for (size_t i = 0; i < fixture->lines.count; i++)
        if (str_starts(fixture->lines.items[i].text, str_from(start)))
            return &fixture->lines.items[i];
    fail_msg("no line begins with '%s'", start);
    return NULL;
}

/* The first word of every line, in order. */
static void assert_order(const char *text, const char *expected)
{
    struct columns_fixture fixture;
    char found[400] = "";
    size_t len = 0;
    split(&fixture, text);
    for (size_t i = 0; i < fixture.lines.count; i++) {
        struct str word = line_first_word(fixture.lines.items[i].text);
        assert_true(len + word.len + 2 < sizeof found);
        len += (size_t)sprintf(found + len, "%s%.*s", len ? " " : "", STR_ARGS(word));
    }
    assert_string_equal(found, expected);
    arena_release(&fixture.arena);
}

#define PROSE_1                                                                                    \
    "Aan de oever staat sinds vorig jaar    veer dan nog vaart, weet niemand.\n"                   \
    "een huisje waar de schipper wacht      De provincie heeft het geld voor\n"                    \
    "tot er iemand belt. In de winter is    een tweede boot niet, en ook het\n"                    \
    "dat hoogstens vijf keer per dag.       waterschap ziet er niets in.\n"                        \
    "\n"                                                                                           \
    "Wie over wil, trekt aan de bel. Het    De wijkraad zoekt daarom naar een\n"                   \
    "duurt dan een kwartier voordat de      andere oplossing, die goedkoper is\n"
#define PROSE_2 "boot er is. Of het veer dan nog        en ook in de winter werkt.\n"

static void test_prose(void **state)
{
    struct columns_fixture fixture;
    (void)state;
    assert_order(PROSE_1 PROSE_2, "Aan een tot dat Wie duurt boot veer De een waterschap De andere "
                                  "en");
    split(&fixture, PROSE_1 PROSE_2);
    const struct line *left = find(&fixture, "duurt"), *right = find(&fixture, "andere");
    assert_int_equal(left->number, 7);
    assert_int_equal(right->number, 7);
    assert_int_equal(left->column, 1);
    assert_int_equal(right->column, 2);
    assert_int_equal(left->gap, 0);
    assert_int_equal(find(&fixture, "Wie")->gap, 1);
    assert_int_equal(right->indent, 0);
    assert_true(str_equal(right->raw, STR("andere oplossing, die goedkoper is")));
    assert_true(find(&fixture, "veer")->opens_column);
    assert_in_range(left->measure, 34, 38);
    arena_release(&fixture.arena);
}

/* Lines that go across stand between what is above and below them; running heads and feet are in no
 * column. */
static void test_across(void **state)
{
    (void)state;
    assert_order(PROSE_1
                 "\nVeren en bruggen in de hele provincie, en wat zij hebben gekost\n\n" PROSE_2
                 "en dan is het te laat om nog te       De rest komt volgend jaar.\n",
                 "Aan een tot dat Wie duurt veer De een waterschap De andere Veren boot en en De");
    assert_order("3     Jaarverslag van de wijkraad\n\n\n\n" PROSE_1 PROSE_2,
                 "3 Aan een tot dat Wie duurt boot veer De een waterschap De andere en");
}

/* Where the columns are not level, each has its lines between those of the other. */
static void test_uneven(void **state)
{
    struct columns_fixture fixture;
    (void)state;
    split(&fixture,
          PROSE_1 "                                        en stiller vaart dan de oude.\n"
                  "boot er is. Of het veer dan nog\n"
                  "                                        de winter doorstaat, weet men\n"
                  "verder gaat, is niet bekend.\n"
                  "                                        pas na een jaar.\n");
    assert_int_equal(find(&fixture, "verder")->gap, 0);
    assert_int_equal(find(&fixture, "pas")->gap, 0);
    arena_release(&fixture.arena);
}

/* Tables stay as they are, also with prose in their cells; so do contents and labels. */
static void test_tables(void **state)
{
    (void)state;
    assert_order("Post            2022      2023\n"
                 "Huur            1.200     1.250\n"
                 "Verf            310       290\n"
                 "Touw            45        60\n",
                 "Post Huur Verf Touw");
    assert_order("De brug moet binnen een jaar weer      Wij nemen dit over en vragen de\n"
                 "open zijn voor fietsers.               provincie om geld.\n"
                 "\n"
                 "De pont vaart ook in de winter, met    Wij nemen dit niet over, want dan\n"
                 "een schipper die daar woont.           is er te weinig vraag naar.\n"
                 "\n"
                 "De wijkraad krijgt elk half jaar       Wij nemen dit over, te beginnen\n"
                 "bericht van de gemeente.               in de zomer.\n",
                 "De open De een De bericht");
    assert_order("1. De brug . . . . . . . . . . . . .      3\n"
                 "2. De pont . . . . . . . . . . . . .      5\n"
                 "3. Het geld  . . . . . . . . . . . .      8\n"
                 "4. Het vervolg . . . . . . . . . . .     11\n",
                 "1. 2. 3. 4.");
    assert_order("Datum:      3 mei 2023\n"
                 "Aan:        de leden van de wijkraad\n"
                 "Onderwerp:  de brug en de pont die haar vervangt\n",
                 "Datum: Aan: Onderwerp:");
}

#define MARGIN_1                                                                                   \
    "De brug over de vaart is al drie jaar dicht en dat blijft voorlopig     Gemeente Vaartdam\n"  \
    "zo. De gemeente wacht op een onderdeel dat nergens meer te koop is.\n"                        \
    "Fietsers rijden om. Dat kost hun gemiddeld twaalf minuten, zo heeft     Ons kenmerk\n"        \
    "de wijkraad geteld, en dat in de zomer, als er geen ijs ligt en het     VD-2023-118\n"        \
    "\n"                                                                                           \
    "pad langs de vaart droog is.\n"

static void test_margin(void **state)
{
    struct columns_fixture fixture;
    (void)state;
    assert_order(MARGIN_1, "Gemeente Ons VD-2023-118 De zo. Fietsers de pad");
    split(&fixture, "Eerste bladzijde\n\f" MARGIN_1);
    const struct line *margin = find(&fixture, "Gemeente");
    assert_true(margin->margin);
    assert_true(margin->opens_page);
    assert_int_equal(margin->page, 2);
    assert_false(find(&fixture, "De brug")->margin);
    assert_false(find(&fixture, "De brug")->opens_page);
    arena_release(&fixture.arena);
}

/* What one page has in its margin is letterhead on the next, without the words of one. */
static void test_margins_come_back(void **state)
{
    (void)state;
    assert_order(MARGIN_1 "\f"
                          "Het college heeft twee keer om een tijdelijke brug gevraagd, maar\n"
                          "de provincie wil die niet betalen zolang het onderdeel nog kan         "
                          "Gemeente Vaartdam\n"
                          "komen. Daarom vaart er nu een pont, die door de wijk is betaald.       "
                          "VD-2023-118\n",
                 "Gemeente Ons VD-2023-118 De zo. Fietsers de pad Gemeente VD-2023-118 Het de "
                 "komen.");
}

/* A bullet that hangs lower than its text goes before it. */
static void test_bullets(void **state)
{
    (void)state;
    assert_order("  De pont vaart voortaan ook in de winter, en dat\n"
                 "•\n"
                 "  wordt betaald door de provincie.\n",
                 "• De wordt");
    assert_order("Er is gevraagd\n•\nnaar de pont\n•\nnaar de brug\n", "Er • naar • naar");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prose),   cmocka_unit_test(test_across),
        cmocka_unit_test(test_uneven),  cmocka_unit_test(test_tables),
        cmocka_unit_test(test_margin),  cmocka_unit_test(test_margins_come_back),
        cmocka_unit_test(test_bullets),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
