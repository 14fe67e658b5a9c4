/* Stems stay in the memory that they were promised. */
#include "search/stem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FORM_MAX = 24, ROUNDS = 300000 };

static const unsigned char canary = 0xA5;

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

/* Mostly pieces of what rules look for, with any byte between them. */
static size_t fill(char *form, uint32_t *random)
{
    static const char *const pieces[] = {"en",  "s",   "e",     "je",   "tje", "ge",      "heden",
                                         "t",   "d",   "eerd",  "ie",   "'s",  "leden",   "steden",
                                         "a",   "oo",  "l",     "zz",   "v",   "ing",     "ed",
                                         "ies", "ici", "musea", "fora", "mpj", "groottes"};
    size_t len = 0, wanted = next_random(random) % (FORM_MAX + 1);
    while (len < wanted) {
        const char *piece = pieces[next_random(random) % (sizeof pieces / sizeof *pieces)];
        if (next_random(random) % 4 == 0)
            form[len++] = (char)next_random(random);
        else if (len + strlen(piece) <= wanted)
            for (; *piece; piece++)
                form[len++] = *piece;
        else
            form[len++] = (char)('a' + next_random(random) % 26);
    }
    return len;
}

/* Both are of the exact size, so that a sanitizer sees a byte that is read or written beside. */
static void try_form(enum stem_language language, const char *bytes, size_t len)
{
    char *form = malloc(len + !len), out[FORM_MAX + STEM_EXTRA + 2];
    assert_non_null(form);
    memcpy(form, bytes, len);
    memset(out, canary, sizeof out);
    size_t stem = stem_find(language, (struct str){form, len}, out + 1);
    assert_int_equal((unsigned char)out[0], canary);
    for (size_t i = 1 + len + STEM_EXTRA; i < sizeof out; i++)
        assert_int_equal((unsigned char)out[i], canary);
    assert_true(stem <= len + STEM_EXTRA);
    assert_true(!len == !stem);
    assert_memory_equal(form, bytes, len);
    free(form);
}

static void no_form_leaves_its_memory(void **state)
{
    (void)state;
    char form[FORM_MAX];
    uint32_t random = 1;
    for (int i = 0; i < ROUNDS; i++) {
        size_t len = fill(form, &random);
        for (int language = STEM_NONE; language <= STEM_ENGLISH; language++)
            try_form((enum stem_language)language, form, len);
    }
}

static void no_data_is_no_stem(void **state)
{
    (void)state;
    char out[STEM_EXTRA];
    for (int language = STEM_NONE; language <= STEM_ENGLISH; language++)
        assert_int_equal(stem_find((enum stem_language)language, (struct str){NULL, 0}, out), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_form_leaves_its_memory),
                                       cmocka_unit_test(no_data_is_no_stem)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
