/* Pictures that stand for pages. */
#include "write/picture.h"

#include "base/buf.h"
#include "base/diag.h"
#include "write/assets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct arena arena, fonts_arena;
    struct assets assets;
    struct str fonts[FONTS];
    struct painter painter;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    struct err err;
    memset(&fixture, 0, sizeof fixture);
    arena_init(&fixture.arena);
    arena_init(&fixture.fonts_arena);
    assert_int_equal(assets_open(&fixture.assets, &fixture.fonts_arena, NULL, NULL, &err), 0);
    fixture.fonts[FONT_TITLE] = assets_find(&fixture.assets, STR("fonts/title.ttf"))->content;
    fixture.fonts[FONT_PLAIN] = assets_find(&fixture.assets, STR("fonts/plain.ttf"))->content;
    fixture.painter.fonts = fixture.fonts;
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    painter_release(&fixture->painter);
    arena_release(&fixture->arena);
    arena_release(&fixture->fonts_arena);
    return 0;
}

static struct picture example(struct str title)
{
    return (struct picture){.kind = PICTURE_SOURCE,
                            .label = STR("Brief"),
                            .title = title,
                            .below = STR("Waterschap Polderland · 3 mei 2024"),
                            .foot = STR("Kennisbank")};
}

static struct str draw(struct fixture *fixture, struct picture picture)
{
    return picture_draw(&fixture->painter, &fixture->arena, &picture);
}

static uint32_t number_at(struct str bytes, size_t at)
{
    uint32_t number = 0;
    for (size_t i = 0; i < 4; i++)
        number = number << 8 | (uint8_t)bytes.data[at + i];
    return number;
}

/* As the standard has it, bit by bit. */
static uint32_t sum_of(struct str bytes)
{
    uint32_t sum = 0xffffffff;
    for (size_t i = 0; i < bytes.len; i++) {
        sum ^= (uint8_t)bytes.data[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum;
}

/* Takes the next chunk, which must have that name and be whole. */
static struct str take_chunk(struct str png, size_t *at, const char *name)
{
    assert_true(png.len >= *at + 12);
    size_t len = number_at(png, *at);
    assert_true(png.len - *at - 12 >= len);
    assert_memory_equal(png.data + *at + 4, name, 4);
    assert_int_equal(sum_of(str_slice(png, *at + 4, len + 4)), number_at(png, *at + 8 + len));
    struct str content = str_slice(png, *at + 8, len);
    *at += 12 + len;
    return content;
}

/* The pixels of a file that must be as the standard wants it: rows of a byte and two pixels each.
 */
static struct str open_png(struct fixture *fixture, struct str png)
{
    size_t at = 8;
    struct str pixels;
    assert_true(str_starts(png, STR("\x89PNG\r\n\x1a\n")));
    struct str header = take_chunk(png, &at, "IHDR");
    assert_int_equal(header.len, 13);
    assert_int_equal(number_at(header, 0), 1200);
    assert_int_equal(number_at(header, 4), 630);
    assert_memory_equal(header.data + 8, "\x04\x03\0\0\0", 5);
    assert_int_equal(take_chunk(png, &at, "PLTE").len, 16 * 3);
    assert_int_equal(packed_open(&fixture->arena, take_chunk(png, &at, "IDAT"), &pixels), 0);
    assert_int_equal(pixels.len, 630 * 601);
    for (size_t row = 0; row < 630; row++)
        assert_int_equal(pixels.data[row * 601], 0);
    assert_int_equal(take_chunk(png, &at, "IEND").len, 0);
    assert_int_equal(at, png.len);
    return pixels;
}

/* Whether anything but paper is drawn in a rectangle; x and width are even. */
static bool has_ink(struct str pixels, size_t x, size_t y, size_t width, size_t height)
{
    for (size_t row = y; row < y + height; row++)
        for (size_t i = 0; i < width / 2; i++)
            if (pixels.data[row * 601 + 1 + x / 2 + i])
                return true;
    return false;
}

static void a_picture_is_a_png_of_its_texts(void **state)
{
    struct fixture *fixture = *state;
    struct str pixels = open_png(fixture, draw(fixture, example(STR("Het peil van de polder"))));
    assert_true(has_ink(pixels, 0, 0, 1200, 24));     /* the band */
    assert_true(has_ink(pixels, 80, 100, 1040, 420)); /* title and what is below it */
    assert_true(has_ink(pixels, 80, 540, 1040, 60));  /* the foot */
    assert_false(has_ink(pixels, 0, 100, 60, 530));   /* the margins */
    assert_false(has_ink(pixels, 1140, 100, 60, 530));
}

static void every_text_and_kind_is_seen(void **state)
{
    struct fixture *fixture = *state;
    struct picture base = example(STR("Een titel")), other[5];
    for (int i = 0; i < 5; i++)
        other[i] = base;
    other[0].kind = PICTURE_NOTE;
    other[1].title = STR("Een titeI");
    other[2].below = STR("3 mei 2025");
    other[3].foot = STR("");
    other[4].label = STR("Besluit");
    for (int i = 0; i < 5; i++)
        assert_false(str_equal(draw(fixture, base), draw(fixture, other[i])));
    base.kind = PICTURE_SITE;
    open_png(fixture, draw(fixture, base));
}

/* A painter that drew much else draws the same as a new one. */
static void the_same_texts_give_the_same_bytes(void **state)
{
    struct fixture *fixture = *state;
    struct str first = draw(fixture, example(STR("Übergröße – 12 ½ % naïef")));
    for (uint32_t i = 0; i < 60; i++)
        draw(fixture,
             example(str_format(&fixture->arena, "Titel %u, telkens %u langer%.*s", (unsigned)i,
                                (unsigned)i, (int)i,
                                "!#$&()*+,-./:;<=>?@[]^_`{|}~ABCDEFGHIJKLMNOPQRSTUVWXYZ")));
    assert_true(str_equal(first, draw(fixture, example(STR("Übergröße – 12 ½ % naïef")))));
    painter_release(&fixture->painter);
    assert_true(str_equal(first, draw(fixture, example(STR("Übergröße – 12 ½ % naïef")))));
}

/* `count` times the same. */
static struct str repeated(struct fixture *fixture, struct str text, size_t count)
{
    struct buf out;
    buf_init(&out, &fixture->arena);
    buf_put_char(&out, 'a');
    for (size_t i = 0; i < count; i++)
        buf_put(&out, text);
    return buf_str(&out);
}

/* None of it leaves the margins or is drawn over the foot. */
static void no_title_is_too_much(void **state)
{
    struct fixture *fixture = *state;
    const struct str pieces[] = {STR("a"),
                                 STR(" woord"),
                                 STR("\xcc\x81"),
                                 STR("\xff\xc0"),
                                 STR("\0"),
                                 STR("W"),
                                 STR("-"),
                                 STR("\xe2\x80\xae"),
                                 STR("\n\t "),
                                 STR("\xc2\xad"),
                                 STR("\xef\xb7\xba"),
                                 STR("\xe4\xb8\x80"),
                                 STR("\xf0\x9f\x98\x80"),
                                 STR("\xd8\xa8"),
                                 STR("e\xcc\x81\xcc\xa3 "),
                                 STR("\xe2\x80\x8b"),
                                 STR("/"),
                                 STR("\xc2\xa0")};
    static const size_t counts[] = {0, 1, 30, 511, 512, 3000, 200000};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        for (size_t j = 0; j < sizeof counts / sizeof *counts; j++) {
            struct picture picture = example(repeated(fixture, pieces[i], counts[j]));
            picture.label = picture.below = picture.foot = picture.title;
            struct str pixels = open_png(fixture, draw(fixture, picture));
            assert_false(has_ink(pixels, 1160, 100, 40, 530));
            assert_false(has_ink(pixels, 0, 516, 60, 12));
            arena_clear(&fixture->arena);
        }
    open_png(fixture, draw(fixture, (struct picture){0}));
}

/* A title that goes on for ever looks as one that is cut anywhere behind its four lines. */
static void a_long_title_ends_in_an_ellipsis(void **state)
{
    struct fixture *fixture = *state;
    struct str text = repeated(fixture, STR(" woordenboek"), 40);
    struct str cut = draw(fixture, example(text));
    assert_true(str_equal(cut, draw(fixture, example(str_slice(text, 0, text.len / 2)))));
    assert_false(str_equal(cut, draw(fixture, example(str_slice(text, 0, 60)))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_picture_is_a_png_of_its_texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_text_and_kind_is_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_texts_give_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_title_is_too_much, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_title_ends_in_an_ellipsis, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
