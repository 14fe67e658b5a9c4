#include "write/draft.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "read/letter.h"
#include "write/escape.h"

#include <string.h>

enum {
    LANGUAGE_BYTES = 20000, /* of a text, by which its language is known */
    NAME_TITLE = 46,        /* bytes of a name, before the year, that words of the title may fill */
    NAME_TITLE_WORDS = 4,
    NAME_WORDS_MIN =
        3,            /* a name of fewer tells documents apart no better than their files' names */
    INITIALS_MIN = 3, /* capitals, to call an issuer by them: `vws` */
};

static const char *const names[DRAFT_FIELDS] = {
    [DRAFT_TITLE] = "title",         [DRAFT_KIND] = "kind",           [DRAFT_ISSUER] = "issuer",
    [DRAFT_AUTHOR] = "author",       [DRAFT_ADDRESSEE] = "addressee", [DRAFT_DATE] = "date",
    [DRAFT_REFERENCE] = "reference",
};

/* Also of what YAML takes for a line's end, and of what terminals act on. */
static bool is_control(uint32_t code_point)
{
    return code_point < ' ' || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x2028 ||
           code_point == 0x2029 || code_point == 0xFFFE || code_point == 0xFFFF;
}

struct str draft_clean(struct arena *arena, struct str text, size_t max)
{
    struct buf out;
    bool gap = false;
    buf_init(&out, arena);
    for (size_t i = 0; i < text.len && out.len < max;) {
        uint32_t code_point = utf8_next(text, &i);
        bool space = is_control(code_point) || utf8_is_space(code_point);
        if (!space && gap && out.len)
            buf_put_char(&out, ' ');
        if (!space && !utf8_is_format(code_point))
            utf8_put(&out, code_point);
        gap = space;
    }
    struct str clean = str_slice(buf_str(&out), 0, max);
    clean.len = utf8_valid_length(clean);
    return str_trim(clean);
}

/* -- What the text says of itself -------------------------------------------------------------- */

static size_t count_words(struct str text, const struct str *words, size_t count)
{
    size_t found = 0;
    for (struct str rest = text; rest.data;) {
        struct str word = str_cut(&rest, ' ');
        for (size_t i = 0; i < count; i++)
            found += str_equal_nocase(word, words[i]);
    }
    return found;
}

static const char *guess_language(const struct stages *stages)
{
    static const struct str dutch[] = {{"de", 2}, {"het", 3}, {"een", 3}, {"van", 3}, {"en", 2}};
    static const struct str english[] = {{"the", 3}, {"of", 2}, {"and", 3}, {"to", 2}, {"a", 1}};
    size_t read = 0, nl = 0, en = 0;
    for (size_t i = 0; i < stages->lines.count && read < LANGUAGE_BYTES; i++) {
        struct str text = stages->lines.items[i].text;
        read += text.len;
        nl += count_words(text, dutch, sizeof dutch / sizeof *dutch);
        en += count_words(text, english, sizeof english / sizeof *english);
    }
    return en > nl ? "en" : "nl";
}

void draft_fill(struct arena *arena, const struct document *document, const struct stages *stages,
                struct draft *out)
{
    const struct meta *meta = &document->meta;
    const struct str values[DRAFT_FIELDS] = {
        [DRAFT_TITLE] = meta->title,
        [DRAFT_KIND] = utf8_fold(arena, meta->kind),
        [DRAFT_ISSUER] = meta->more->issuer,
        [DRAFT_AUTHOR] = meta->more->author,
        [DRAFT_ADDRESSEE] = meta->more->addressee,
        [DRAFT_DATE] = date_format(arena, meta->date),
        [DRAFT_REFERENCE] = meta->more->reference,
    };
    const struct inference *basis = &stages->basis;
    const struct evidence evidence[DRAFT_FIELDS] = {
        [DRAFT_TITLE] = basis->title,         [DRAFT_KIND] = basis->kind,
        [DRAFT_ISSUER] = basis->issuer,       [DRAFT_AUTHOR] = basis->author,
        [DRAFT_ADDRESSEE] = basis->addressee, [DRAFT_DATE] = basis->date,
        [DRAFT_REFERENCE] = basis->reference,
    };
    *out = (struct draft){.language = guess_language(stages)};
    for (size_t i = 0; i < DRAFT_FIELDS; i++) {
        struct draft_entry *entry = &out->entries[i];
        *entry = (struct draft_entry){.name = names[i], .evidence = evidence[i]};
        entry->value = draft_clean(arena, values[i], DRAFT_VALUE_MAX);
        entry->evidence.label = draft_clean(arena, evidence[i].label, DRAFT_LABEL_MAX);
    }
}

/* -- The record ----------------------------------------------------------------------------------
 */

struct words {
    const char *line, *inferred, *missing, *says_title, *says_date, *body;
};

static const struct words dutch = {
    "regel",
    "afgeleid uit de tekst",
    "niet gevonden",
    "het bestand noemt zichzelf",
    "het bestand is gemaakt op",
    "%%\n"
    "Nog te doen, haal dit daarna weg:\n"
    "\n"
    "1. Kijk de velden hierboven na. Achter # staat waar ze vandaan komen. Wat er niet is, mag "
    "weg.\n"
    "2. Vul bij url het adres in waar het document openbaar te lezen is.\n"
    "3. Vul label in of kort het in: zo heet de bron in een verwijzing.\n"
    "4. Schrijf hieronder een samenvatting in eigen woorden. Zet achter elke kop de bladzijde:\n"
    "   ## Aanleiding (p. 1)\n"
    "%%\n",
};

static const struct words english = {
    "line",
    "inferred from the text",
    "not found",
    "the file calls itself",
    "the file was made on",
    "%%\n"
    "To do, then take this away:\n"
    "\n"
    "1. Check the fields above. Behind # stands where they come from. What is not there may go.\n"
    "2. Fill in as url the address where the document can be read in public.\n"
    "3. Fill in the label or shorten it: that is what the source is called in a citation.\n"
    "4. Write a summary in your own words below. Put the page behind each heading:\n"
    "   ## Introduction (p. 1)\n"
    "%%\n",
};

static bool is_plain(struct str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (!str_is_digit(value.data[i]) && value.data[i] != '-')
            return false;
    return value.len;
}

/* What the reader of text calls a basis, for a Dutch editor. A word that is not here stands as it
 * is. */
static const char *dutch_basis(const char *basis)
{
    static const struct {
        const char *english, *dutch;
    } words[] = {
        {"label", "bij"},
        {"letterhead", "briefhoofd"},
        {"signature", "ondertekening"},
        {"running head", "kopregel"},
        {"first heading", "eerste kop"},
        {"cover", "voorblad"},
        {"title", "titel"},
        {"salutation", "aanhef"},
        {"calls itself", "noemt zichzelf zo"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(basis, words[i].english))
            return words[i].dutch;
    return basis;
}

/* As `naslag read` says it. */
static void put_comment(struct buf *out, const struct draft *draft, size_t field,
                        const struct words *words)
{
    const struct draft_entry *entry = &draft->entries[field];
    const struct evidence *evidence = &entry->evidence;
    struct str said = field == DRAFT_TITLE  ? draft->said_title
                      : field == DRAFT_DATE ? draft->said_date
                                            : (struct str){0};
    if (entry->value.len && evidence->line)
        buf_printf(out, "  # %s %u: %s", words->line, (unsigned)evidence->line,
                   words == &dutch ? dutch_basis(evidence->basis) : evidence->basis);
    else
        buf_printf(out, "  # %s", entry->value.len ? words->inferred : words->missing);
    if (entry->value.len && evidence->line && evidence->label.len)
        buf_printf(out, " '%.*s'", STR_ARGS(evidence->label));
    if (said.len && !entry->value.len)
        buf_printf(out, "; %s \"%.*s\"",
                   field == DRAFT_TITLE ? words->says_title : words->says_date, STR_ARGS(said));
}

static void put_field(struct buf *out, const struct draft *draft, size_t field,
                      const struct words *words)
{
    const struct draft_entry *entry = &draft->entries[field];
    buf_printf(out, "%s:", entry->name);
    if (entry->value.len)
        buf_put_char(out, ' ');
    if (field == DRAFT_DATE && is_plain(entry->value))
        buf_put(out, entry->value);
    else if (entry->value.len)
        escape_yaml(out, entry->value);
    put_comment(out, draft, field, words);
    buf_put_char(out, '\n');
}

/* -- The name ------------------------------------------------------------------------------------
 */

static bool among(struct str word, const struct str *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(word, words[i]))
            return true;
    return false;
}

#define W(word)                                                                                    \
    {                                                                                              \
        word, sizeof(word) - 1                                                                     \
    }

/* Words that tell one issuer from another only together with others. */
static bool is_general(struct str word)
{
    static const struct str words[] = {W("gemeente"),   W("ministerie"), W("provincie"),
                                       W("stichting"),  W("regio"),      W("college"),
                                       W("vereniging"), W("ministry"),   W("municipality"),
                                       W("foundation"), W("minister")};
    return among(word, words, sizeof words / sizeof *words);
}

/* Words that say nothing of what a document is about. */
static bool is_small(struct str word)
{
    static const struct str words[] = {
        W("de"),      W("het"),       W("een"),  W("van"),  W("voor"),    W("over"),
        W("aan"),     W("in"),        W("op"),   W("en"),   W("of"),      W("met"),
        W("bij"),     W("te"),        W("tot"),  W("naar"), W("uit"),     W("door"),
        W("om"),      W("als"),       W("dat"),  W("die"),  W("dit"),     W("der"),
        W("des"),     W("den"),       W("ten"),  W("ter"),  W("inzake"),  W("tbv"),
        W("mbt"),     W("the"),       W("of"),   W("and"),  W("a"),       W("an"),
        W("on"),      W("for"),       W("to"),   W("in"),   W("is"),      W("zijn"),
        W("wordt"),   W("deze"),      W("onze"), W("uw"),   W("betreft"), W("betreffende"),
        W("betreft"), W("onderwerp"), W("datum")};
    return word.len < 2 || among(word, words, sizeof words / sizeof *words);
}

struct name {
    struct arena *arena;
    struct buf text;
};

/* Whether the name has this word already. */
static bool has_word(const struct name *name, struct str word)
{
    for (struct str rest = buf_str(&name->text); rest.len;)
        if (str_equal(str_cut(&rest, '-'), word))
            return true;
    return false;
}

static bool add_word(struct name *name, struct str word, size_t max)
{
    if (!word.len || has_word(name, word) || name->text.len + 1 + word.len > max)
        return false;
    if (name->text.len)
        buf_put_char(&name->text, '-');
    buf_put(&name->text, word);
    return true;
}

/* The next word with a capital that tells one issuer from another; empty at the end. */
static struct str next_word(struct arena *arena, struct str *rest)
{
    while (rest->data) {
        struct str word = str_cut(rest, ' ');
        size_t at = 0;
        if (word.len && utf8_is_upper(utf8_next(word, &at)) && !is_general(utf8_slug(arena, word)))
            return word;
    }
    return (struct str){0};
}

static struct str distinct_word(struct arena *arena, struct str issuer)
{
    return next_word(arena, &issuer);
}

/* `(IGJ)` behind a name, or the capitals of a long one. */
static struct str initials(struct arena *arena, struct str issuer)
{
    struct buf out;
    ptrdiff_t open = str_find_char(issuer, '('), close = str_find_char(issuer, ')');
    if (open >= 0 && close > open + 2 && close - open <= 10)
        return utf8_slug(arena, str_slice(issuer, (size_t)open + 1, (size_t)(close - open - 1)));
    buf_init(&out, arena);
    size_t count = 0, at;
    for (struct str word; (word = next_word(arena, &issuer)).len; count++) {
        at = 0;
        (void)utf8_next(word, &at);
        buf_put(&out, utf8_slug(arena, str_slice(word, 0, at)));
    }
    return count >= INITIALS_MIN ? buf_str(&out) : (struct str){0};
}

static void add_issuer(struct name *name, struct str issuer)
{
    struct str letters = initials(name->arena, issuer), word;
    if (letters.len) {
        add_word(name, letters, DRAFT_NAME_MAX / 3);
        return;
    }
    for (size_t added = 0; added < 2 && (word = next_word(name->arena, &issuer)).len;)
        added += add_word(name, utf8_slug(name->arena, word), DRAFT_NAME_MAX / 3);
}

static void add_words(struct name *name, struct str text, size_t count, size_t max)
{
    for (struct str rest = utf8_slug(name->arena, text); rest.len && count;) {
        struct str word = str_cut(&rest, '-');
        if (!is_small(word))
            count -= add_word(name, word, max);
    }
}

static size_t word_count(struct str name)
{
    size_t count = 0;
    for (struct str rest = name; rest.len; count++)
        (void)str_cut(&rest, '-');
    return count;
}

/* A file that somebody gave a name of several words is better known by it than by `overzicht`. */
static struct str prefer_stem(struct arena *arena, struct str name, struct str stem)
{
    struct name other = {.arena = arena};
    size_t letters = 0;
    struct str slug = utf8_slug(arena, stem);
    for (size_t i = 0; i < slug.len; i++)
        letters += slug.data[i] >= 'a' && slug.data[i] <= 'z';
    if (word_count(name) >= NAME_WORDS_MIN || word_count(slug) < NAME_WORDS_MIN ||
        letters * 2 < slug.len)
        return name;
    buf_init(&other.text, arena);
    add_words(&other, slug, SIZE_MAX, DRAFT_NAME_MAX);
    return word_count(buf_str(&other.text)) > 1 ? buf_str(&other.text) : name;
}

struct str draft_name(struct arena *arena, const struct draft *draft, struct str stem)
{
    struct name name = {.arena = arena};
    buf_init(&name.text, arena);
    struct str title = draft->entries[DRAFT_TITLE].value;
    struct str date = draft->entries[DRAFT_DATE].value;
    if (title.len) {
        add_issuer(&name, draft->entries[DRAFT_ISSUER].value);
        add_words(&name, draft->entries[DRAFT_KIND].value, 2, DRAFT_NAME_MAX / 2);
        add_words(&name, title, NAME_TITLE_WORDS, NAME_TITLE);
    } else {
        add_words(&name, stem, SIZE_MAX, DRAFT_NAME_MAX - 5);
    }
    add_word(&name, str_slice(date, 0, 4), DRAFT_NAME_MAX);
    if (!name.text.len)
        buf_put_cstring(&name.text, "bron");
    return prefer_stem(arena, buf_str(&name.text), stem);
}

/* -- The record, whole ---------------------------------------------------------------------------
 */

/* What a reader calls the document in a citation: `IGJ 2024`, `Kamerbrief 2026`. Nothing without a
 * year: what is left would name many. */
static void put_label(struct arena *arena, struct buf *out, const struct draft *draft)
{
    struct buf text;
    struct str issuer = draft->entries[DRAFT_ISSUER].value;
    struct str year = str_slice(draft->entries[DRAFT_DATE].value, 0, 4);
    struct str name = initials(arena, issuer);
    size_t upper = name.len;
    if (!name.len)
        name = distinct_word(arena, issuer);
    if (!name.len) {
        name = draft->entries[DRAFT_KIND].value;
        upper = name.len > 0;
    }
    buf_put_cstring(out, "label:");
    if (name.len && year.len) {
        buf_init(&text, arena);
        for (size_t i = 0; i < name.len;) {
            size_t start = i;
            uint32_t code_point = utf8_next(name, &i);
            utf8_put(&text, start < upper ? utf8_upper(code_point) : code_point);
        }
        buf_printf(&text, " %.*s", STR_ARGS(year));
        buf_put_char(out, ' ');
        escape_yaml(out, buf_str(&text));
    }
    buf_put_char(out, '\n');
}

struct str draft_record(struct arena *arena, const struct draft *draft, bool is_english)
{
    const struct words *words = is_english ? &english : &dutch;
    struct buf out;
    buf_init(&out, arena);
    buf_put_cstring(&out, "---\n");
    for (size_t i = 0; i < DRAFT_FIELDS; i++) {
        put_field(&out, draft, i, words);
        if (i == DRAFT_TITLE)
            put_label(arena, &out, draft);
    }
    buf_printf(&out, "url:\nlanguage: %s\n---\n\n%s", draft->language, words->body);
    return buf_str(&out);
}
