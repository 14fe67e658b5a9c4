/* Tables that white space draws: what are rows and cells, and what is no table. */
#include "text_fixture.h"

static void assert_row(const struct fixture *fixture, const char *text)
{
    const struct passage *passage = fixture_passage(fixture, text);
    if (!passage || passage->kind != PASSAGE_ROW || passage->text.len != strlen(text))
        fail_msg("no row '%s'", text);
}

/* Figures to the right of their columns, heads in the middle, a label over two lines. */
static void test_figures(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("De kosten staan hieronder.\n\n"
                               "                                Begroting     Rekening\n"
                               "Post                              2022          2023\n"
                               "Brug                             12.000        11.500\n"
                               "Onderhoud van de pont en van\n"
                               "de steigers                         900         1.150\n"
                               "Sluis                                -            -12\n\n"
                               "Daar blijft het bij.\n"));
    assert_int_equal(fixture_count(&fixture, NODE_TABLE, 0), 1);
    assert_row(&fixture, "Post | Begroting 2022 | Rekening 2023");
    assert_row(&fixture, "Brug | 12.000 | 11.500");
    assert_row(&fixture, "Onderhoud van de pont en van de steigers | 900 | 1.150");
    assert_row(&fixture, "Sluis | - | -12");
    const struct node *row = fixture_passage(&fixture, "Post")->node;
    assert_true(row->header);
    assert_int_equal(row->next->last->align, ALIGN_RIGHT);
    assert_non_null(fixture_passage(&fixture, "Daar blijft"));
    fixture_release(&fixture);
}

/* Cells over several lines, words cut in two, cells that are empty. */
static void test_wrapped(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("Nr    Toezegging                       Wie\n"
                               "1     De pont vaart ook in de win-     wethouder\n"
                               "      ter, als het ijs dat toelaat.    De Sluis\n"
                               "2     De kade wordt verlicht.\n"
                               "3     De sluis gaat twee keer per      sluiswachter\n"
                               "      dag open.\n"));
    assert_row(&fixture, "Nr | Toezegging | Wie");
    assert_row(&fixture,
               "1 | De pont vaart ook in de winter, als het ijs dat toelaat. | wethouder De Sluis");
    assert_row(&fixture, "2 | De kade wordt verlicht. |");
    assert_row(&fixture, "3 | De sluis gaat twee keer per dag open. | sluiswachter");
    fixture_release(&fixture);
}

/* Empty lines between rows; lines that touch are one row, also where each begins with a capital. */
static void test_spaced(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("Naam               Wat zij doet\n\n"
                               "Anna               Vaart de pont,\n"
                               "de Sluis           Zaterdag en zondag\n\n"
                               "Jan Dam            Verkoopt kaartjes\n\n"
                               "Bea                Houdt de kas bij en\n"
                               "Kade               belt de gemeente\n"));
    assert_row(&fixture, "Anna de Sluis | Vaart de pont, Zaterdag en zondag");
    assert_row(&fixture, "Jan Dam | Verkoopt kaartjes");
    assert_row(&fixture, "Bea Kade | Houdt de kas bij en belt de gemeente");
    fixture_release(&fixture);
}

static void assert_no_table(const char *text)
{
    struct fixture fixture;
    fixture_read(&fixture, str_from(text));
    if (fixture_count(&fixture, NODE_TABLE, 0))
        fail_msg("a table: %s", text);
    fixture_release(&fixture);
}

/* What looks like columns and is none. */
static void test_no_table(void **state)
{
    (void)state;
    assert_no_table("De brug over de vaart is al drie jaar   dicht en dat blijft voorlopig\n"
                    "zo.   De gemeente wacht op een onderdeel dat nergens meer te koop\n"
                    "is, en   niemand weet wie het kan maken of wat het dan zou kosten.\n");
    assert_no_table("Opdrachtgever:    wijkraad\nUitvoerder:       de veerman\n"
                    "Looptijd:         een zomer\nBegroting:        geen\n");
    assert_no_table("-     de brug gaat open zodra het\n      onderdeel er is;\n"
                    "-     de pont vaart tot dan toe elke\n      dag, ook in de winter;\n"
                    "-     de kade blijft dicht.\n");
    assert_no_table("De brug over de vaart is al drie      daarom vaart de pont nu ook in de\n"
                    "jaar dicht, en dat blijft voorlopig   winter, tenzij er ijs ligt, want dan\n"
                    "zo, want de gemeente wacht op een     moet iedereen om over de dijk en\n"
                    "onderdeel dat nergens te koop is;     dat duurt twaalf minuten langer.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_wrapped),
        cmocka_unit_test(test_spaced),
        cmocka_unit_test(test_no_table),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
