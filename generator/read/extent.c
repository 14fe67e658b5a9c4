#include "read/extent.h"

#include "base/utf8.h"

enum { EXTENT_OTHER = 556 }; /* most small letters, also with accents, and digits */

/* U+0020 to U+007E. */
static const uint16_t widths[] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};

static uint32_t width_of(uint32_t c)
{
    if (c >= 0x20 && c < 0x20 + sizeof widths / sizeof *widths)
        return widths[c - 0x20];
    switch (c) {
    case 0x2018: /* quotation marks */
    case 0x2019:
        return 222;
    case 0x201C:
    case 0x201D:
        return 333;
    case 0x2022: /* bullet */
        return 350;
    case 0x2014: /* long dash */
    case 0x2026: /* ellipsis */
        return 1000;
    default:
        return EXTENT_OTHER;
    }
}

uint32_t extent_of(struct str text)
{
    uint32_t extent = 0;
    for (size_t i = 0; i < text.len;)
        extent += width_of(utf8_next(text, &i));
    return extent;
}
