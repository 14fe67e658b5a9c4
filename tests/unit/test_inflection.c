/* The forms of nouns, as made by rules and by the table. */
#include "base/arena.h"
#include "link/inflection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool has_form(struct arena *arena, const char *name, const char *form)
{
    struct forms forms = {0};
    inflection_add(arena, str_from(name), INFLECTION_ALL, &forms);
    assert_true(forms.items.count <= FORMS_MAX);
    for (size_t i = 0; i < forms.items.count; i++)
        if (str_equal(forms.items.items[i], str_from(form)))
            return true;
    return false;
}

static void nouns_have_their_plural(void **state)
{
    static const char *const pairs[][2] = {{"wet", "wetten"},
                                           {"motie", "moties"},
                                           {"brief", "brieven"},
                                           {"huis", "huizen"},
                                           {"ziekenhuis", "ziekenhuizen"},
                                           {"regio", "regio's"},
                                           {"bevoegdheid", "bevoegdheden"},
                                           {"instelling", "instellingen"},
                                           {"raad", "raden"},
                                           {"partij", "partijen"},
                                           {"bedrijf", "bedrijven"},
                                           {"lid", "leden"},
                                           {"stad", "steden"},
                                           {"regel", "regels"},
                                           {"maatregel", "maatregelen"},
                                           {"gemeente", "gemeenten"},
                                           {"idee", "ideeën"},
                                           {"bacterie", "bacteriën"},
                                           {"centrum", "centra"},
                                           {"proces", "processen"},
                                           {"advies", "adviezen"},
                                           {"kind", "kinderen"},
                                           {"norm", "normen"},
                                           {"school", "scholen"},
                                           {"grens", "grenzen"},
                                           {"politicus", "politici"},
                                           {"verdrag", "verdragen"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (!has_form(*state, pairs[i][0], pairs[i][1]))
            fail_msg("%s has no %s", pairs[i][0], pairs[i][1]);
}

static void other_words_are_no_forms(void **state)
{
    static const char *const pairs[][2] = {{"wet", "weten"},   {"bom", "bomen"}, {"pot", "poten"},
                                           {"rat", "raten"},   {"les", "lezen"}, {"zet", "zeten"},
                                           {"norm", "norman"}, {"man", "manen"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (has_form(*state, pairs[i][0], pairs[i][1]))
            fail_msg("%s has %s", pairs[i][0], pairs[i][1]);
}

static void plurals_have_their_singular(void **state)
{
    assert_true(has_form(*state, "veldnormen", "veldnorm"));
    assert_true(has_form(*state, "wetten", "wet"));
    assert_true(
        has_form(*state, "vrijheidsbeperkende maatregelen", "vrijheidsbeperkende maatregel"));
    assert_true(has_form(*state, "bevoegdheden", "bevoegdheid"));
    assert_true(has_form(*state, "regio's", "regio"));
}

static int set_up(void **state)
{
    static struct arena arena;
    arena_init(&arena);
    *state = &arena;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nouns_have_their_plural),
                                       cmocka_unit_test(other_words_are_no_forms),
                                       cmocka_unit_test(plurals_have_their_singular)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
