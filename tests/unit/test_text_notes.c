/* Footnotes, and the pages and passages that sentences around them keep. */
#include "text_fixture.h"

/* Notes are numbered by their first reference, and each reference to a note counts. */
static void test_order(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("De brug² is dicht, en de pont¹ ook.² Verder niets.\n\n"
                               "¹ Een pont.\n\n² Een brug.\n"));
    assert_int_equal(fixture_count(&fixture, NODE_FOOTNOTE, 0), 2);
    assert_int_equal(fixture_count(&fixture, NODE_FOOTNOTE_REFERENCE, 1), 2);
    assert_int_equal(fixture_count(&fixture, NODE_FOOTNOTE_REFERENCE, 2), 1);
    assert_true(str_equal(fixture_passage(&fixture, "Een brug")->text, STR("Een brug.")));
    const struct passage *passage = fixture_passage(&fixture, "De brug");
    assert_true(str_equal(passage->text, STR("De brug is dicht, en de pont ook. Verder niets.")));
    fixture_release(&fixture);
}

/* A number is a note's only where the text refers to it. */
static void test_no_reference(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("Er zijn twee bruggen, van 12 m² elk.\n\n1 Brug is dicht.\n\n"
                               "² is een teken.\n"));
    assert_int_equal(fixture_count(&fixture, NODE_FOOTNOTE, 0), 0);
    assert_non_null(fixture_passage(&fixture, "1 Brug"));
    assert_non_null(fixture_passage(&fixture, "² is"));
    fixture_release(&fixture);
}

/* The sentence runs on past the note and the page break; the note has the page that it stands on.
 */
static void test_page(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("Voorblad\n\fDe sluis1 gaat in het voorjaar als eerste weer\n"
                               "open voor\n\n1 Gebouwd in 1911.\n\fschepen tot tien meter.\n"));
    const struct passage *passage = fixture_passage(&fixture, "De sluis");
    assert_true(str_ends(passage->text, STR("open voor schepen tot tien meter.")));
    assert_int_equal(passage->page, 2);
    assert_int_equal(fixture_passage(&fixture, "Gebouwd")->page, 2);
    assert_int_equal(fixture_count(&fixture, NODE_PAGE, 3), 1);
    fixture_release(&fixture);
}

/* A cell of a table may refer to a note. */
static void test_in_table(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture,
                 STR("brug¹     12     dicht\npont      14     open\nsluis     16     open\n"
                     "\n¹ Uit 1911.\n"));
    assert_int_equal(fixture_count(&fixture, NODE_FOOTNOTE_REFERENCE, 1), 1);
    assert_true(str_equal(fixture_passage(&fixture, "brug")->text, STR("brug | 12 | dicht")));
    assert_non_null(fixture_passage(&fixture, "Uit 1911."));
    fixture_release(&fixture);
}

/* What a page is, to a test: a text whose foot is known. */
static void expect_notes(struct str text, size_t notes, size_t references)
{
    struct fixture fixture;
    fixture_read(&fixture, text);
    assert_int_equal(fixture_count(&fixture, NODE_FOOTNOTE, 0), notes);
    assert_int_equal(fixture_count(&fixture, NODE_FOOTNOTE_REFERENCE, 0), references);
    fixture_release(&fixture);
}

#define BODY "De brug over de vaart is in het voorjaar drie weken dicht geweest.\n"
#define START "Voorblad\n\f" BODY "Zij draait weer.1 " BODY "\n"
#define FOOT "1 Zie het bestek.\n\f" LAST
#define LAST "Volgend jaar is de pont aan de beurt.\n"

/* The number stands apart from its word, or glued to signs; the note has it on its own line, tight,
 * with a point, or begins with a small letter. */
static void test_forms(void **state)
{
    (void)state;
    expect_notes(STR("Voorblad\n\f" BODY "Zij draait weer. 1 En de pont, 2 ook.\n\n"
                     "1 Zie het bestek.\n2 Uit 1911.\n\f" LAST),
                 2, 2);
    expect_notes(STR("Voorblad\n\f" BODY "Zij draait weer.1 Zo ook ‘de pont’2.\n\n1\n"
                     "    Zie het bestek.\n2\n\n    https://vaart.example/pont\n\f" LAST),
                 2, 2);
    expect_notes(STR("Voorblad\n\f" BODY "Zij draait weer.1\n\n1Zie het bestek.\n\f" LAST), 1, 1);
    expect_notes(STR("Voorblad\n\f" BODY "Zij draait weer.1\n\n1. Zie het bestek.\n\f" LAST), 1, 1);
    expect_notes(STR("Voorblad\n\f" BODY "Zij draait weer.1\n\n1 zie het bestek.\n\f" LAST), 1, 1);
    expect_notes(STR("Voorblad\n\f" BODY "Zij draait weer.*\n\n* Zie het bestek.\n\f" LAST), 1, 1);
}

/* The same, where it is something else: a list, a heading, an e-mail address, a section. */
static void test_others(void **state)
{
    (void)state;
    expect_notes(
        STR("Voorblad\n\f" BODY "Het gaat om 1 pont.\n\n1. De pont.\n2. De brug.\n\f" LAST), 0, 0);
    expect_notes(STR("Voorblad\n\f" BODY "Schrijf aan brug1@vaart.example.\n\n1 Brug\n\f" LAST), 0,
                 0);
    expect_notes(STR("Voorblad\n\f" BODY "Zie 5.c.1 en d.d. 1 mei.\n\n1 Brug over de vaart.\n\f"),
                 0, 0);
    expect_notes(STR("Inhoud1\n1 De brug over de vaart ........ 3\n2 De pont ......... 5\n\f" LAST),
                 0, 0);
}

/* The number of a note came to stand behind its text, or two numbers above both texts. */
static void test_tail(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("Voorblad\n\f" BODY "Zij draait weer.1 De pont ook.2\n\n"
                               "Zie het bestek van de brug.\n2\nUit 1911.\n1\n\f" LAST));
    assert_int_equal(fixture_count(&fixture, NODE_FOOTNOTE, 0), 2);
    assert_non_null(fixture_passage(&fixture, "Zie het bestek"));
    assert_non_null(fixture_passage(&fixture, "Uit 1911."));
    assert_true(str_ends(fixture_passage(&fixture, "De brug")->text, STR("De pont ook.")));
    fixture_release(&fixture);
}

/* A note that counts on, but that nothing refers to, is a paragraph and not in a sentence's way. */
static void test_unreferred(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture,
                 STR("Voorblad\n\f" BODY "Zij draait weer.1 De pont gaat in het voorjaar\n\n"
                     "1 Zie het bestek.\n2 Uit 1911.\n\fals eerste open.\n"));
    assert_int_equal(fixture_count(&fixture, NODE_FOOTNOTE, 0), 1);
    assert_non_null(fixture_passage(&fixture, "2 Uit 1911."));
    assert_true(
        str_ends(fixture_passage(&fixture, "De brug")->text, STR("voorjaar als eerste open.")));
    fixture_release(&fixture);
}

/* Under a heading notes may be far from what refers to them. */
static void test_endnotes(void **state)
{
    (void)state;
    expect_notes(STR("Voorblad\n\f" BODY "Zij draait weer.1 De pont ook.2\n\f" LAST "\f"
                     "\fEindnoten\n\n1. Zie het bestek.\n2. Uit 1911.\n"),
                 2, 2);
}

/* A heading, an item or the row of a table that begins with the number of the note at the foot. */
static void test_foot_wins(void **state)
{
    static const char *const texts[] = {
        START "1. Stand van het werk\n" BODY "2. Vervolg van het werk\n" BODY FOOT,
        START "Het werk gaat zo:\n1. De brug gaat dicht.\n2. De pont gaat varen.\n" FOOT,
        START "1 Het bestek is klaar\n2 De brug is dicht\n\n" FOOT,
    };
    struct fixture fixture;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fixture_read(&fixture, str_from(texts[i]));
        assert_int_equal(fixture_count(&fixture, NODE_FOOTNOTE, 0), 1);
        assert_non_null(fixture_passage(&fixture, "Zie het bestek"));
        fixture_release(&fixture);
    }
}

/* An item on the next page does not count on from a note. */
static void test_next_page(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR(START "Het werk gaat zo:\n1. De brug gaat dicht.\n\n"
                                     "1 Zie het bestek.\n\f2. De pont gaat varen.\n" BODY));
    assert_int_equal(fixture_count(&fixture, NODE_FOOTNOTE, 0), 1);
    assert_int_equal(fixture_count(&fixture, NODE_ITEM, 0), 2);
    fixture_release(&fixture);
}

/* The reference stands behind a year, a bracket or a word of two letters, where notes count on. */
static void test_counts_on(void **state)
{
    (void)state;
    expect_notes(STR("Voorblad\n\f" BODY "Zij draait weer.1 De pont voer in 20222. Zie (blad 3).3\n"
                     "Dat is zo. 4 Nu pas.\n\n1 Zie het bestek.\n2 Uit 1911.\n3 Uit 1912.\n"
                     "4 Uit 1913.\n\f" LAST),
                 4, 4);
}

/* Small print has empty lines between its lines: a full one goes on with a capital, too. */
static void test_small_print(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("Voorblad\n\f" BODY "Zij draait weer.1\n\n"
                               "1 Dat is te lezen in het verslag van de wijkraad, die er met\n\n"
                               "de bouwer en met de afdeling van het Bureau van de Bruggen en\n\n"
                               "Sluizen over sprak.\n\f" LAST));
    const struct passage *passage = fixture_passage(&fixture, "Dat is te lezen");
    assert_true(str_ends(passage->text, STR("Bruggen en Sluizen over sprak.")));
    fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),     cmocka_unit_test(test_no_reference),
        cmocka_unit_test(test_page),      cmocka_unit_test(test_in_table),
        cmocka_unit_test(test_forms),     cmocka_unit_test(test_others),
        cmocka_unit_test(test_tail),      cmocka_unit_test(test_unreferred),
        cmocka_unit_test(test_endnotes),  cmocka_unit_test(test_foot_wins),
        cmocka_unit_test(test_counts_on), cmocka_unit_test(test_small_print),
        cmocka_unit_test(test_next_page),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
