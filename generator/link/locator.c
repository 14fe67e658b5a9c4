#include "link/locator.h"

enum { DIGITS_MAX = 6 };

/* Takes `word` from the start of `*rest`, with the space behind it. */
static bool take(struct str *rest, struct str word)
{
    if (!str_equal_nocase(str_slice(*rest, 0, word.len), word))
        return false;
    *rest = str_trim(str_from_offset(*rest, word.len));
    return true;
}

static bool take_number(struct str *rest, uint32_t *number)
{
    size_t digits = 0;
    long value;
    while (digits < rest->len && digits < DIGITS_MAX && str_is_digit(rest->data[digits]))
        digits++;
    if (!str_to_long(str_slice(*rest, 0, digits), &value) || value < 1)
        return false;
    *number = (uint32_t)value;
    *rest = str_trim(str_from_offset(*rest, digits));
    return true;
}

/* What stands before the numbers. */
static enum locator_kind take_label(struct str *rest)
{
    static const struct str pages[] = {{"pp.", 3},       {"pag.", 4},     {"blz.", 4},
                                       {"p.", 2},        {"pagina's", 8}, {"pagina", 6},
                                       {"bladzijde", 9}, {"pages", 5},    {"page", 4}};
    static const struct str passages[] = {{"¶¶", 4},       {"¶", 2},       {"par.", 4},
                                          {"#p", 2},       {"paras.", 6},  {"para.", 5},
                                          {"passages", 8}, {"passage", 7}, {"alinea", 6}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (take(rest, pages[i]))
            return LOCATOR_PAGES;
    for (size_t i = 0; i < sizeof passages / sizeof *passages; i++)
        if (take(rest, passages[i]))
            return LOCATOR_PASSAGES;
    return LOCATOR_SECTION;
}

static bool take_range(struct str *rest)
{
    return take(rest, STR("-")) || take(rest, STR("–")) || take(rest, STR("t/m"));
}

/* Between two numbers of a list; the labels may be repeated. */
static bool take_comma(struct str *rest, enum locator_kind kind)
{
    struct str next = *rest;
    if (!take(&next, STR(",")) && !take(&next, STR("&")) && !take(&next, STR("en ")) &&
        !take(&next, STR("and ")))
        return false;
    struct str labelled = next;
    if (take_label(&labelled) == kind)
        next = labelled;
    if (!next.len || !str_is_digit(next.data[0]))
        return false;
    *rest = next;
    return true;
}

struct locator locator_read(struct str text)
{
    struct str rest = str_trim(text);
    struct locator locator = {.kind = take_label(&rest)};
    if (locator.kind == LOCATOR_SECTION)
        return locator;
    do {
        struct locator_span *span = &locator.spans[locator.count];
        if (!take_number(&rest, &span->first))
            break;
        span->last = span->first;
        struct str behind = rest;
        uint32_t last;
        if (take_range(&behind) && take_number(&behind, &last)) {
            rest = behind;
            span->last = last > span->first ? last : span->first;
        }
        locator.count++;
    } while (locator.count < LOCATOR_SPANS_MAX && take_comma(&rest, locator.kind));
    if (!locator.count)
        locator.kind = LOCATOR_SECTION;
    return locator;
}
