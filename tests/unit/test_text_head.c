/* What a text says of itself: the fields of its head wherever they stand, what its title rests on,
 * and what stands beside each page of a letter. */
#include "text_fixture.h"

#include "read/text.h"

static void read_stages(struct fixture *fixture, struct stages *stages, struct str bytes)
{
    *fixture = (struct fixture){.document = {.root = NULL}};
    arena_init(&fixture->arena);
    diags_init(&fixture->diags, &fixture->arena);
    struct text_input input = {STR("fixture.txt"), bytes, NULL};
    text_read(&fixture->arena, &input, &fixture->document, stages, &fixture->diags);
}

/* Labels in one block, their values in another, and no name behind the salutation. */
static void test_torn_fields(void **state)
{
    struct fixture fixture;
    struct stages stages;
    (void)state;
    read_stages(
        &fixture, &stages,
        STR("> Retouradres Postbus 12 1234 AB Vaartdam\nDatum\nOns kenmerk\nBetreft\n\n"
            "3 mei 2023\nBRUG/2023/41\nBesluit op uw verzoek over de brug\n\nGeachte\n\n,\n\n"
            "De brug is dicht en blijft dat.\n"));
    const struct meta *meta = &fixture.document.meta;
    assert_true(str_equal(meta->title, STR("Besluit op uw verzoek over de brug")));
    assert_true(str_equal(meta->more->reference, STR("BRUG/2023/41")));
    assert_int_equal(meta->date.year, 2023);
    assert_int_equal(meta->date.day, 3);
    assert_int_equal(stages.basis.title.line, 8);
    assert_string_equal(stages.basis.title.basis, "label");
    assert_true(str_equal(stages.basis.title.label, STR("Betreft")));
    assert_true(str_equal(stages.basis.date.label, STR("Datum")));
    fixture_release(&fixture);
}

/* In columns a value stands behind its label, and goes on below itself, past the margin's. */
static void test_columns(void **state)
{
    struct fixture fixture;
    struct stages stages;
    (void)state;
    read_stages(&fixture, &stages,
                STR("                                                  Bezoekadres\n"
                    "Datum     3 mei 2023                              Kade 1\n"
                    "Betreft   Besluit op uw verzoek over de           Onze referentie\n"
                    "          brug en de pont                         4411\n\n"
                    "Geachte raad,\n\nDe brug is dicht en blijft dat.\n"));
    const struct meta *meta = &fixture.document.meta;
    assert_true(str_equal(meta->title, STR("Besluit op uw verzoek over de brug en de pont")));
    assert_true(str_equal(meta->more->reference, STR("4411")));
    assert_int_equal(meta->date.month, 5);
    fixture_release(&fixture);
}

/* A salutation below a foreword's beginning makes no letter of what stands above it. */
static void test_no_head(void **state)
{
    struct fixture fixture;
    struct stages stages;
    (void)state;
    read_stages(&fixture, &stages,
                STR("Varen met een plan\n\nVoorwoord\n\nBeste lezer,\n\nDe brug is dicht.\n"));
    assert_int_equal(fixture.document.dropped.count, 0);
    fixture_release(&fixture);
}

/* Addresses, dates and organisations are no titles. */
static void test_no_title(void **state)
{
    static const char *const texts[] = {
        "Kadeweg 12 1234 AB Vaartdam\n\nDe brug is dicht en dat blijft zo.\n",
        "Donderdag 11 mei 2023\n\nDe brug is dicht en dat blijft zo.\n",
        "Gemeente Vaartdam aan Zee\n\nDe brug is dicht en dat blijft zo.\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct fixture fixture;
        fixture_read(&fixture, str_from(texts[i]));
        assert_int_equal(fixture.document.meta.title.len, 0);
        fixture_release(&fixture);
    }
}

static const char margins[] =
    "Voorblad\n\n\fDe brug is dicht en dat blijft voorlopig\nzo, want het\n"
    "geld is op.\nDat is te merken in de winkels.\nDe pont vaart niet.\n"
    "\nDirectie Vaarwegen\nOns kenmerk\n4411\n\nDe sluis is open.\n"
    "De haven is vol.\nDe kade is smal.\nDe dijk is hoog.\n\nConclusie\n"
    "\nDe brug moet open, zegt de raad.\n"
    "\fDe wijkraad wil een pont laten varen\nen vraagt om hulp.\n"
    "Het college denkt na.\nDat duurt lang.\nHet wordt winter.\n"
    "\nDirectie Vaarwegen\nOns kenmerk\n4411\n\nDe sluis is weer dicht.\n"
    "De haven is leeg.\nDe kade is nat.\nDe dijk is laag.\n\nConclusie\n"
    "\nDe pont moet varen, zegt de raad.\n";

/* What stands beside two pages goes, wherever it came out; a heading that comes back stays. */
static void test_margins(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, str_from(margins));
    assert_int_equal(fixture.document.dropped.count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(fixture.document.dropped.items[i].reason, "repeated letterhead");
    assert_non_null(fixture_passage(&fixture, "Conclusie"));
    fixture_release(&fixture);
}

/* Small Roman numbers that count up with the pages are theirs. */
static void test_roman(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("De brug is dicht.\n\nii\n\fDe pont vaart.\n\niii\n\fDe sluis is op "
                               "slot.\n\niv\n"));
    assert_int_equal(fixture.document.dropped.count, 3);
    fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_torn_fields), cmocka_unit_test(test_columns),
        cmocka_unit_test(test_no_head),     cmocka_unit_test(test_no_title),
        cmocka_unit_test(test_margins),     cmocka_unit_test(test_roman),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
