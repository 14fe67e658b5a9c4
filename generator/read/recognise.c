#include "read/recognise.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"

enum {
    REFERENCE_MIN = 5, /* letters and digits; `2024-1` is not enough to know a document by */
    REFERENCE_DIGITS = 3
};

/* Without case, accents, hyphens and spaces. */
static struct str squeeze(struct arena *arena, struct str text)
{
    struct str slug = utf8_slug(arena, text);
    char *out = arena_text(arena, slug.len);
    size_t len = 0;
    for (size_t i = 0; i < slug.len; i++)
        if (slug.data[i] != '-' && slug.data[i] != '_')
            out[len++] = slug.data[i];
    return (struct str){out, len};
}

static bool same_reference(struct arena *arena, struct str a, struct str b)
{
    size_t digits = 0;
    a = squeeze(arena, a);
    b = squeeze(arena, b);
    for (size_t i = 0; i < a.len; i++)
        digits += str_is_digit(a.data[i]);
    return a.len >= REFERENCE_MIN && digits >= REFERENCE_DIGITS && str_equal(a, b);
}

/* Adds the words of a title; those that are in the map already are counted, each once. */
static size_t add_words(struct map *words, struct str slug, const char *mark)
{
    size_t common = 0;
    for (struct str rest = slug; rest.len;) {
        void **at = map_at(words, str_cut(&rest, '-'));
        common += *at && *at != mark;
        *at = (void *)mark;
    }
    return common;
}

unsigned recognise_titles(struct arena *arena, struct str a, struct str b, size_t *common)
{
    static const char marks[2];
    struct map words;
    map_init(&words, arena);
    add_words(&words, utf8_slug(arena, a), &marks[0]);
    *common = add_words(&words, utf8_slug(arena, b), &marks[1]);
    return words.count ? (unsigned)(*common * 100 / words.count) : 0;
}

enum agreement { DATES_DIFFER, DATES_UNKNOWN, DATES_AGREE };

/* A year alone neither proves nor disproves much: it only must not differ. */
static enum agreement compare_dates(struct date a, struct date b)
{
    if (!a.year || !b.year)
        return DATES_UNKNOWN;
    if (a.year != b.year || (a.month && b.month && a.month != b.month) ||
        (a.day && b.day && a.day != b.day))
        return DATES_DIFFER;
    return a.month && b.month ? DATES_AGREE : DATES_UNKNOWN;
}

const char *recognise(struct arena *arena, const struct meta *text, const struct meta *record)
{
    size_t common;
    unsigned share = recognise_titles(arena, text->title, record->title, &common);
    enum agreement dates = compare_dates(text->date, record->date);
    bool alike = share >= RECOGNISE_TITLE;
    if (same_reference(arena, text->more->reference, record->more->reference) &&
        (dates != DATES_DIFFER || alike))
        return "reference";
    if (dates == DATES_AGREE && alike)
        return "date and title";
    if (dates == DATES_UNKNOWN && share >= RECOGNISE_TITLE_ALONE && common >= RECOGNISE_WORDS)
        return "title";
    return NULL;
}
