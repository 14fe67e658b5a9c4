#include "search/stem.h"

#include <string.h>

/* A form that is being cut down, in the memory of whoever asked. */
struct word {
    char *text;
    size_t len;
    bool open; /* -e or -en was cut: its last syllable was an open one */
};

/* An ending and what stands there instead; `whole` where it is a word. */
struct change {
    struct str ending, stem;
    bool whole;
};

#define SPAN(text)                                                                                 \
    {                                                                                              \
        text, sizeof text - 1                                                                      \
    }
#define ENDING(ending, stem)                                                                       \
    {                                                                                              \
        SPAN(ending), SPAN(stem), false                                                            \
    }
#define WORD(word, stem)                                                                           \
    {                                                                                              \
        SPAN(word), SPAN(stem), true                                                               \
    }
#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Longer endings stand before those that they end in. */
static const struct change irregular[] = {
    WORD("baden", "bad"),
    WORD("bladen", "blad"),
    WORD("daken", "dak"),
    WORD("dagen", "dag"),
    WORD("gaten", "gat"),
    WORD("glazen", "glas"),
    WORD("goden", "god"),
    WORD("graven", "graf"),
    WORD("holen", "hol"),
    WORD("hoven", "hof"),
    WORD("loten", "lot"),
    WORD("paden", "pad"),
    WORD("slagen", "slag"),
    WORD("sloten", "slot"),
    WORD("spelen", "spel"),
    WORD("speelt", "spel"),
    WORD("vaten", "vat"),
    WORD("wegen", "weg"),
    WORD("trends", "trend"),
    WORD("komt", "koom"),
    WORD("dient", "dien"),
    WORD("verdient", "verdien"),
    WORD("redenen", "reden"),
    WORD("eitje", "ei"),
    WORD("kinder", "kind"),
    WORD("raderen", "rad"),
    WORD("besteden", "besteed"),
    ENDING("aanbesteden", "aanbesteed"),
    ENDING("kleden", "kleed"),
    ENDING("leden", "lid"),
    ENDING("steden", "stad"),
    ENDING("schepen", "schip"),
    ENDING("smeden", "smid"),
    ENDING("kinderen", "kind"),
    ENDING("eieren", "ei"),
    ENDING("bladeren", "blad"),
    ENDING("goederen", "goed"),
    ENDING("kalveren", "kalf"),
    ENDING("klederen", "kleed"),
    ENDING("lammeren", "lam"),
    ENDING("liederen", "lied"),
    ENDING("runderen", "rund"),
    ENDING("volkeren", "volk"),
    ENDING("koeien", "koe"),
    ENDING("centra", "centrum"),
    ENDING("criteria", "criterium"),
    ENDING("consortia", "consortium"),
    ENDING("curricula", "curriculum"),
    ENDING("fora", "forum"),
    ENDING("memoranda", "memorandum"),
    ENDING("musea", "museum"),
    ENDING("podia", "podium"),
    ENDING("quora", "quorum"),
    ENDING("referenda", "referendum"),
    ENDING("stadia", "stadium"),
    ENDING("tentamina", "tentam"),
    ENDING("crises", "crisis"),
    ENDING("grootten", "grootte"),
    ENDING("groottes", "grootte"),
    ENDING("grootte", "grootte"),
    ENDING("milieus", "milieu"),
    ENDING("ici", "icus"),
    ENDING("doet", "doen"),
    ENDING("gaat", "gaan"),
    ENDING("bestaat", "bestaan"),
    ENDING("ontstaat", "ontstaan"),
    ENDING("ziet", "zien"),
};

/* Words that only look like a form of another, most of them in every text. */
static const char forms_of_none[][12] = {
    "anders", "data", "elders",  "geleden",  "heden",      "namens",  "overigens", "overleden",
    "reden",  "soms", "tijdens", "verleden", "vervolgens", "volgens", "voren",     "waren"};

/* Nouns in -en that would be taken for another word, or whose plural is in -enen. */
static const char nouns_en[] = "gegeven gevangen haven jongen keten teken wagen wapen";

/* Their -s is no ending. */
static const char stems_s[] =
    "advies precies verlies rkies emens nmens wens grens lens intens gips rups";

static const char not_ien[] = "zien dien tien schien wien";

/* Nouns that look like forms of verbs; the second ones do where they lost their -e. */
static const char not_verbal[] =
    "markt cept script dept asfalt jeugd deugd maagd voogd honderd verkeerd vierd";
static const char not_verbal_open[] =
    "ziekt sterkt zwakt dikt vlakt gekt oogt aagt eegt engt diept vreugd";

/* Endings of verbs, of which the last letter is cut: those of participles and of a past that looks
 * like them, also where -e or -en stood behind (`werkte`, `beperkte`), and those of the present. */
static const char participles[] = "plaatst toetst schetst kwetst eerd ierd gd kt pt";
static const char past[] = "gt";
static const char present[] =
    "iert dt mt lt wt eeft ijft oeft aaft rft eert tert dert vert gert kert mert nert oont eunt "
    "aant uint ijnt stuurt duurt klaart tekent rekent oefent aait oeit";

static const char not_participle[] = "gebruik gedenk gelijk";

static bool is_one_of(char c, const char *letters)
{
    for (; *letters; letters++)
        if (*letters == c)
            return true;
    return false;
}

/* Asked more often than all else. */
static bool is_vowel(char c)
{
    enum {
        FIRST = 'a',
        VOWELS = 1 | 1 << ('e' - FIRST) | 1 << ('i' - FIRST) | 1 << ('o' - FIRST) |
                 1 << ('u' - FIRST) | 1 << ('y' - FIRST)
    };
    return c >= FIRST && c <= 'z' && VOWELS >> (c - FIRST) & 1;
}

static bool is_consonant(char c)
{
    return c >= 'a' && c <= 'z' && !is_vowel(c);
}

/* The letter that many places from the end; 0 where there is none. */
static char letter(const struct word *word, size_t back)
{
    return back && back <= word->len ? word->text[word->len - back] : 0;
}

/* From the last letter on: most endings are not there, and few of their letters are. */
static inline bool ends_in(const struct word *word, struct str ending)
{
    if (word->len < ending.len)
        return false;
    const char *start = word->text + word->len - ending.len;
    size_t at = ending.len;
    while (at && start[at - 1] == ending.data[at - 1])
        at--;
    return !at;
}

static size_t word_length(const char *words)
{
    size_t len = 0;
    while (words[len] && words[len] != ' ')
        len++;
    return len;
}

/* `endings` are set apart by spaces. */
static bool ends_in_any(const struct word *word, const char *endings)
{
    for (size_t len; *endings; endings += len + (endings[len] == ' ')) {
        len = word_length(endings);
        if (ends_in(word, (struct str){endings, len}))
            return true;
    }
    return false;
}

static bool is_form_of_none(const struct word *word)
{
    for (size_t i = 0; i < COUNT(forms_of_none); i++)
        if (word->text[0] == forms_of_none[i][0] && word->len < sizeof forms_of_none[i] &&
            !memcmp(word->text, forms_of_none[i], word->len) && !forms_of_none[i][word->len])
            return true;
    return false;
}

/* Groups of vowels before the last `less` bytes. */
static size_t syllables(const struct word *word, size_t less)
{
    size_t count = 0;
    for (size_t i = 0; i + less < word->len; i++)
        count += is_vowel(word->text[i]) && (!i || !is_vowel(word->text[i - 1]));
    return count;
}

static bool cut(struct word *word, size_t len)
{
    word->len -= len;
    return true;
}

static bool change_irregular(struct word *word)
{
    for (size_t i = 0; i < COUNT(irregular); i++) {
        const struct change *change = &irregular[i];
        if ((change->whole && word->len != change->ending.len) || !ends_in(word, change->ending))
            continue;
        memcpy(word->text + word->len - change->ending.len, change->stem.data, change->stem.len);
        word->len = word->len - change->ending.len + change->stem.len;
        return true;
    }
    return false;
}

static void cut_apostrophe(struct word *word)
{
    if (word->len > 2 && ends_in(word, STR("'s")))
        cut(word, 2);
    else if (word->len > 1 && letter(word, 1) == '\'')
        cut(word, 1);
}

/* Whether -s behind -e is that of a plural: that of `gemeentes` and `controles`, not that of
 * `proces`, `adres` or `lerares`. */
static bool is_plural_e(const struct word *word)
{
    char third = letter(word, 3), fourth = letter(word, 4);
    if (!syllables(word, 3))
        return false;
    if (third == 'e')
        return !is_one_of(fourth, "gln");
    if (third == 'r')
        return is_one_of(fourth, "eiouy");
    return is_one_of(third, "dfghijnptuvz") || (third == 'c' && fourth == 'n') ||
           (is_one_of(third, "bklms") && is_vowel(fourth));
}

static bool is_plural_vowel(const struct word *word)
{
    if (letter(word, 2) == 'e')
        return is_plural_e(word);
    return ends_in(word, STR("eaus")) || (letter(word, 2) == 'y' && is_vowel(letter(word, 3)));
}

/* Behind a consonant every -s of a longer word goes, of `jeugdzorgs` as of `werkplaats`: so both
 * `landsgrens` and `landsgrenzen` lose theirs. Words of one syllable keep it, unless borrowed. */
static bool is_plural_consonant(const struct word *word)
{
    char second = letter(word, 2);
    if (!is_consonant(second) || second == 's' || second == 'j')
        return false;
    return syllables(word, 1) > 1 || (syllables(word, 1) && word->len > 3 &&
                                      (is_one_of(second, "bmp") || ends_in(word, STR("sts"))));
}

static bool cut_s(struct word *word)
{
    if (letter(word, 1) != 's' || word->len < 4 || ends_in_any(word, stems_s))
        return false;
    return (is_plural_vowel(word) || is_plural_consonant(word)) && cut(word, 1);
}

static bool is_long(const struct word *word, size_t back)
{
    return is_vowel(letter(word, back)) && is_vowel(letter(word, back + 1));
}

/* How much of -tje is the diminutive: `kaartje` is of `kaart`, `deurtje` of `deur`. */
static size_t diminutive_t(const struct word *word)
{
    char before = letter(word, 4), second = letter(word, 5);
    if (before == 'e' && is_consonant(second) &&
        (second == letter(word, 6) || ends_in(word, STR("ngetje"))))
        return 4;
    if (before == 'l' || before == 'w' || ends_in(word, STR("ijtje")))
        return 3;
    if (before == 'e' && second == 'i')
        return syllables(word, 5) ? 3 : 2;
    if (before == 'n')
        return is_long(word, 5) ? 3 : 2;
    if (before == 'r')
        return is_one_of(second, "eu") || ends_in(word, STR("eurtje")) ? 3 : 2;
    return 2;
}

static bool cut_diminutive(struct word *word)
{
    if (word->len < 5 || !ends_in(word, STR("je")) || !syllables(word, 2) ||
        !is_one_of(letter(word, 3), "bdfghkpst"))
        return false;
    if (letter(word, 3) == 't')
        return cut(word, diminutive_t(word));
    if (ends_in(word, STR("mpje")) && (is_long(word, 5) || is_one_of(letter(word, 5), "lr")))
        return cut(word, 3);
    return cut(word, 2);
}

/* What -e and -en may stand behind: a consonant, or the i of `groeien` and `mooie`. */
static bool is_stem(const struct word *word, size_t less)
{
    char last = letter(word, less + 1);
    return word->len >= less + 2 && syllables(word, less) &&
           (is_consonant(last) || (last == 'i' && is_vowel(letter(word, less + 2))));
}

static bool cut_en(struct word *word)
{
    if (ends_in_any(word, nouns_en))
        return false;
    if (ends_in_any(word, "ieen eeen"))
        return cut(word, 2);
    if (ends_in(word, STR("ien")) && is_consonant(letter(word, 4)) && syllables(word, 3))
        return !ends_in_any(word, not_ien) && cut(word, 1);
    word->open = is_stem(word, 2);
    return word->open && cut(word, 2);
}

/* `betrokkene`, `betrokkenen`, which keep no -en that `betrokken` loses. */
static bool is_participle(const struct word *word)
{
    return ends_in(word, STR("en")) && is_consonant(letter(word, 3)) &&
           letter(word, 3) == letter(word, 4);
}

static void cut_e(struct word *word)
{
    if (ends_in(word, STR("en")))
        cut_en(word);
    else if (letter(word, 1) == 'e' && is_stem(word, 1))
        word->open = cut(word, 1);
    if (word->open && is_participle(word))
        cut_en(word);
}

static void cut_ge(struct word *word)
{
    if (word->len < 5 || memcmp(word->text, "ge", 2) != 0 || ends_in_any(word, not_participle))
        return;
    memmove(word->text, word->text + 2, word->len - 2);
    cut(word, 2);
}

static void cut_verbal(struct word *word)
{
    if (word->len < 4 || !is_one_of(letter(word, 1), "dt") || ends_in_any(word, not_verbal) ||
        (word->open && ends_in_any(word, not_verbal_open)))
        return;
    bool participle = ends_in_any(word, participles);
    if (!participle && !ends_in_any(word, past) && (word->open || !ends_in_any(word, present)))
        return;
    word->open = !cut(word, 1);
    if (participle)
        cut_ge(word);
}

static void undouble(struct word *word)
{
    if (letter(word, 1) == letter(word, 2) && is_consonant(letter(word, 1)) && syllables(word, 0)) {
        cut(word, 1);
        word->open = false;
    }
}

static void unvoice(struct word *word)
{
    char *last = &word->text[word->len - 1];
    if (*last == 'v')
        *last = 'f';
    else if (*last == 'z')
        *last = 's';
}

/* One spelling for the last vowel: long in words of one syllable (`schol-en`: `school`), where
 * `boom` and `bom` differ; short in others, which so need no table (`verslag`, `verslag-en`). */
static void respell(struct word *word)
{
    char last = letter(word, 1), vowel = letter(word, 2), before = letter(word, 3);
    if (!is_consonant(last) || !is_one_of(vowel, "aeou"))
        return;
    bool single = syllables(word, 0) == 1 && !is_vowel(letter(word, 4));
    if (vowel == before && (!single || is_vowel(letter(word, 4)))) {
        word->text[word->len - 2] = last;
        cut(word, 1);
    } else if (word->open && single && !is_vowel(before) && !is_one_of(last, "hjwx")) {
        word->text[word->len - 1] = vowel;
        word->text[word->len++] = last;
    }
}

static void stem_dutch(struct word *word)
{
    if (is_form_of_none(word))
        return;
    if (change_irregular(word)) {
        respell(word);
        return;
    }
    cut_apostrophe(word);
    bool has_s = cut_s(word);
    if (word->len > 6 && ends_in(word, STR("heden"))) {
        memcpy(word->text + word->len - 3, "id", 2);
        cut(word, 1);
    } else if (!cut_diminutive(word)) {
        cut_e(word);
        cut_verbal(word);
    }
    if (word->open)
        unvoice(word);
    undouble(word);
    if (!has_s)
        cut_s(word);
    respell(word);
}

/* -- English -- */

static const char not_ing[] = "thing during evening morning ceiling";

static void cut_plural(struct word *word)
{
    if (word->len < 4 || letter(word, 1) != 's' || is_one_of(letter(word, 2), "sui'"))
        return;
    if (word->len > 4 && ends_in(word, STR("ies"))) {
        word->text[word->len - 3] = 'y';
        cut(word, 2);
    } else {
        cut(word, ends_in_any(word, "sses ches shes xes") ? 2 : 1);
    }
}

/* -ing or -ed, unless too little is left to be a verb. */
static void cut_suffix(struct word *word)
{
    size_t len = ends_in(word, STR("ing")) ? 3 : ends_in(word, STR("ed")) ? 2 : 0;
    if (!len || word->len < len + 3 || !syllables(word, len) || letter(word, len + 1) == 'e' ||
        ends_in_any(word, not_ing))
        return;
    cut(word, len);
    if (letter(word, 1) == letter(word, 2) && !is_one_of(letter(word, 1), "lsz"))
        undouble(word);
    if (len == 2 && letter(word, 1) == 'i')
        word->text[word->len - 1] = 'y';
}

static void stem_english(struct word *word)
{
    cut_apostrophe(word);
    cut_plural(word);
    cut_suffix(word);
    if (word->len > 3 && letter(word, 1) == 'e' && syllables(word, 1))
        cut(word, 1);
}

size_t stem_find(enum stem_language language, struct str form, char *out)
{
    struct word word = {out, form.len, false};
    if (!form.len)
        return 0;
    memcpy(out, form.data, form.len);
    if (language == STEM_DUTCH)
        stem_dutch(&word);
    else if (language == STEM_ENGLISH)
        stem_english(&word);
    return word.len;
}
