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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_no_reference),
        cmocka_unit_test(test_page),
        cmocka_unit_test(test_in_table),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
