#include "link/inflection.h"

#include "base/arena.h"
#include "link/irregular.h"

/* What is being made: forms of one noun, between the words before and behind it. */
struct making {
    struct arena *arena;
    struct forms *out;
    struct str name, before, after;
    size_t first; /* in `out`: of this name */
};

static bool is_vowel(char c)
{
    return str_find_char(STR("aeiou"), str_lower(c)) != STR_NONE;
}

static bool is_consonant(char c)
{
    return str_is_alnum(c) && !str_is_digit(c) && !is_vowel(c);
}

/* The letter that many places from the end, small; 0 where there is none. */
static char letter(struct str word, size_t back)
{
    return word.len >= back ? str_lower(word.data[word.len - back]) : 0;
}

static struct str less(struct str word, size_t len)
{
    return str_slice(word, 0, word.len - len);
}

static bool ends_in(struct str word, struct str ending)
{
    return word.len >= ending.len &&
           str_equal_nocase(str_from_offset(word, word.len - ending.len), ending);
}

static bool ends_in_any(struct str word, const struct str *endings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ends_in(word, endings[i]))
            return true;
    return false;
}

static bool has_syllables(struct str word)
{
    size_t groups = 0;
    for (size_t i = 0; i < word.len; i++)
        groups += is_vowel(word.data[i]) && (!i || !is_vowel(word.data[i - 1]));
    return groups > 1;
}

static void put_form(const struct making *making, struct str form)
{
    if (str_equal(form, making->name) || making->out->items.count - making->first >= FORMS_MAX)
        return;
    for (size_t i = 0; i < making->out->items.count; i++)
        if (str_equal(making->out->items.items[i], form))
            return;
    *vec_push(&making->out->items, making->arena) = form;
}

static void put(const struct making *making, struct str stem, const char *ending)
{
    put_form(making, str_format(making->arena, "%.*s%.*s%s%.*s", STR_ARGS(making->before),
                                STR_ARGS(stem), ending, STR_ARGS(making->after)));
}

/* The plurals of the table that fit; returns whether there are any. */
static bool put_irregular(const struct making *making, struct str word)
{
    const struct irregular *noun;
    size_t longest = 0;
    for (uint32_t i = 0; (noun = irregular_at(i)); i++) {
        if (!ends_in(word, noun->singular) || noun->singular.len < longest ||
            (noun->whole && word.len > noun->singular.len))
            continue;
        longest = noun->singular.len;
        put(making, less(word, longest), str_cstring(making->arena, noun->plural));
    }
    return longest > 0;
}

/* -en behind a stem whose last letter may be heard otherwise then: `brieven`, `huizen`. */
static void put_voiced(const struct making *making, struct str stem, char last)
{
    const char endings[][4] = {{last, 'e', 'n', 0}, {last == 's' ? 'z' : 'v', 'e', 'n', 0}};
    put(making, stem, endings[0]);
    if (last == 's' || last == 'f')
        put(making, stem, endings[1]);
}

/* Behind one vowel the consonant is doubled, unless the syllable is weak: `wetten`, `regelen`. */
static void put_short(const struct making *making, struct str word, char last)
{
    static const struct str weak[] = {{"el", 2}, {"em", 2}, {"en", 2}, {"er", 2}, {"ig", 2},
                                      {"ik", 2}, {"or", 2}, {"on", 2}, {"um", 2}};
    const char doubled[] = {last, 'e', 'n', 0};
    bool is_weak = has_syllables(word) && ends_in_any(word, weak, sizeof weak / sizeof *weak);
    if (is_weak || str_find_char(STR("cqvwxz"), last) != STR_NONE)
        put(making, word, "en");
    if (!is_weak || ends_in(word, STR("ik")))
        put(making, word, doubled);
}

static void put_behind_consonant(const struct making *making, struct str word)
{
    char last = letter(word, 1), second = letter(word, 2), third = letter(word, 3);
    struct str stem = less(word, 1);
    if (ends_in(word, STR("heid")))
        put(making, less(word, 4), "heden");
    else if (last == 'j' || (is_consonant(second) && !(second == 'j' && third == 'i')))
        put_voiced(making, stem, last);
    else if (is_vowel(second) && !is_vowel(third))
        put_short(making, word, last);
    else if (second == third && second != 'i')
        put_voiced(making, less(word, 2), last);
    else
        put_voiced(making, stem, last);
}

static void put_behind_vowel(const struct making *making, struct str word)
{
    static const struct str diphthongs[] = {{"oe", 2}, {"ou", 2}, {"ui", 2},
                                            {"ei", 2}, {"eu", 2}, {"au", 2}};
    if (ends_in_any(word, diphthongs, sizeof diphthongs / sizeof *diphthongs))
        put(making, word, "en");
    else if (ends_in(word, STR("ie")) || ends_in(word, STR("ee")))
        put(making, word, "ën");
    else if (letter(word, 1) == 'e')
        put(making, word, "n");
    if (ends_in(word, STR("ie")))
        put(making, less(word, 1), "ën");
}

/* The singular of what was given as a plural, where its letters leave no doubt. */
static void put_singular(const struct making *making, struct str word)
{
    static const struct str weak[] = {{"elen", 4}, {"eren", 4}};
    static const struct str names[] = {{"ers", 3}, {"ies", 3}, {"els", 3}, {"'s", 2}};
    char third = letter(word, 3), fourth = letter(word, 4);
    if (ends_in(word, STR("heden")))
        put(making, less(word, 5), "heid");
    else if (ends_in_any(word, names, sizeof names / sizeof *names))
        put(making, less(word, letter(word, 2) == '\'' ? 2 : 1), "");
    else if (!ends_in(word, STR("en")) || word.len < 6)
        return;
    else if (third == fourth && is_consonant(third))
        put(making, less(word, 3), "");
    else if ((is_consonant(third) && is_consonant(fourth) && third != 'v' && third != 'z') ||
             ends_in_any(word, weak, sizeof weak / sizeof *weak))
        put(making, less(word, 2), "");
}

static void put_noun(const struct making *making, struct str word)
{
    put(making, word, "");
    put_singular(making, word);
    put(making, word, "s");
    put(making, word, "'s");
    if (word.len < 2 || put_irregular(making, word))
        return;
    if (is_consonant(letter(word, 1)))
        put_behind_consonant(making, word);
    else
        put_behind_vowel(making, word);
}

/* Words behind which a name goes on about its noun. */
static bool is_preposition(struct str word)
{
    static const struct str words[] = {{"van", 3},  {"voor", 4},   {"op", 2},     {"in", 2},
                                       {"met", 3},  {"aan", 3},    {"tot", 3},    {"bij", 3},
                                       {"over", 4}, {"te", 2},     {"onder", 5},  {"naar", 4},
                                       {"uit", 3},  {"door", 4},   {"tegen", 5},  {"der", 3},
                                       {"des", 3},  {"tussen", 6}, {"zonder", 6}, {"om", 2}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal(word, words[i]))
            return true;
    return false;
}

static struct str next_word(struct str name, size_t *at)
{
    while (*at < name.len && str_is_space(name.data[*at]))
        ++*at;
    size_t start = *at;
    while (*at < name.len && !str_is_space(name.data[*at]))
        ++*at;
    return str_slice(name, start, *at - start);
}

static bool has_capital(struct str word)
{
    return word.len && word.data[0] >= 'A' && word.data[0] <= 'Z';
}

struct str inflection_head(struct str name)
{
    size_t at = 0;
    struct str head = next_word(name, &at), last_small = {"", 0};
    bool small = !has_capital(head);
    for (struct str word; (word = next_word(name, &at)).len;) {
        if (is_preposition(word))
            return head;
        if (!has_capital(head))
            last_small = head;
        head = word;
    }
    return small && has_capital(head) && last_small.len ? last_small : head;
}

/* An adjective as it is before another noun or behind another article: `verklarend`. */
static struct str turned(struct arena *arena, struct str word)
{
    static const struct str fixed[] = {{"en", 2}, {"a", 1}, {"o", 1}, {"i", 1}, {"'s", 2}};
    char last = letter(word, 1), second = letter(word, 2), third = letter(word, 3);
    if (word.len < 4 || letter(word, 1) == '-' ||
        ends_in_any(word, fixed, sizeof fixed / sizeof *fixed))
        return word;
    if (last != 'e' && is_vowel(second) && second == third)
        return str_format(arena, "%.*s%ce", STR_ARGS(less(word, 2)), last);
    if (last == 'f' && is_vowel(second) && is_vowel(third))
        return str_format(arena, "%.*sve", STR_ARGS(less(word, 1)));
    if (last != 'e')
        return str_format(arena, "%.*se", STR_ARGS(word));
    if (second == 'v')
        return str_format(arena, "%.*sf", STR_ARGS(less(word, 2)));
    if (second == 'z')
        return str_format(arena, "%.*ss", STR_ARGS(less(word, 2)));
    if (second == 'l' && (third == 'e' || third == 'a'))
        return str_format(arena, "%.*s%cl", STR_ARGS(less(word, 2)), third);
    return less(word, 1);
}

/* All adjectives before a noun change together: `gedeelde verklarende`, `gedeeld verklarend`. */
static struct str turn_all(struct arena *arena, struct str before)
{
    struct str out = {"", 0}, word;
    for (size_t at = 0; (word = next_word(before, &at)).len;)
        out = str_format(arena, "%.*s%.*s ", STR_ARGS(out), STR_ARGS(turned(arena, word)));
    return out;
}

void inflection_add(struct arena *arena, struct str name, enum inflection inflection,
                    struct forms *out)
{
    struct making whole = {.arena = arena, .out = out, .name = name, .first = out->items.count};
    if (name.len > INFLECTED_LENGTH_MAX)
        return;
    put(&whole, name, "s");
    put(&whole, name, "'s");
    if (inflection == INFLECTION_GENITIVE || !name.len)
        return;
    struct str head = inflection_head(name);
    size_t start = (size_t)(head.data - name.data);
    struct making noun = whole;
    noun.before = str_slice(name, 0, start);
    noun.after = str_from_offset(name, start + head.len);
    put_noun(&noun, head);
    if (!start)
        return;
    noun.before = turn_all(arena, noun.before);
    put_noun(&noun, head);
}
