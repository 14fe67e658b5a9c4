#include "read/infer.h"

#include "base/arena.h"
#include "base/buf.h"
#include "read/words.h"

enum {
    SELF_LINES = 60,      /* lines of text in which a document says what it is */
    TITLE_WORDS = 3,      /* the kind is among the first words of a title */
    TITLE_KIND_WORDS = 5, /* a line whose first words name a kind is likely one */
    TITLE_MIN = 10,       /* bytes; a shorter text is no title */
    TITLE_MAX = 200,
    TITLE_LINES = 3,
    TITLE_WORTH = 3,     /* see title_worth() */
    OPENING_BLOCKS = 12, /* where a title and a date are looked for */
    PROSE_WIDTH = 60,    /* a sentence that is wider is prose, and no title */
    COVER_DATES = 2,
    COVER_MAX = 30,     /* lines; a longer first page is no cover */
    COVER_LINES = 6,    /* lines at the top where the issuer's name may stand alone */
    ISSUER_WORDS = 7,   /* an issuer's name in a running head is no longer */
    ISSUER_LINES = 400, /* lines in which a running head names one */
    INITIALS_MAX = 6,
};

/* The next part of a running head, between dashes or bars. */
static struct str next_part(struct str *rest)
{
    static const struct str separators[] = {
        {" – ", 5}, {" — ", 5}, {" | ", 3}, {" - ", 3}, {" • ", 5}};
    struct str whole = *rest;
    ptrdiff_t first = STR_NONE;
    size_t len = 0;
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        ptrdiff_t found = str_find(whole, separators[i]);
        if (found >= 0 && (first < 0 || found < first)) {
            first = found;
            len = separators[i].len;
        }
    }
    *rest = first < 0 ? (struct str){0} : str_from_offset(whole, (size_t)first + len);
    return str_trim(first < 0 ? whole : str_slice(whole, 0, (size_t)first));
}

static struct str first_words(struct str text, size_t count)
{
    struct str rest = text;
    while (rest.data && count--)
        (void)str_cut(&rest, ' ');
    return rest.data ? str_slice(text, 0, (size_t)(rest.data - text.data)) : text;
}

/* What stands before the first prose of a document. */
struct opening {
    struct arena *arena;
    const struct lines *lines;
    const struct blocks *blocks;
    struct str head; /* the running head */
    bool cover;      /* the first page has no prose */
};

struct head {
    struct str title, issuer;
    struct date date;
};

/* The name of an organisation, or its initials: `IGJ`. */
static bool is_organisation(struct str text)
{
    size_t words = line_count_words(text);
    if (line_ends_sentence(text) || str_find_char(text, ':') >= 0 || line_has_digit(text) ||
        !line_starts_upper(text))
        return false;
    if (words_start(WORDS_ORGANISATION, text))
        return words <= ISSUER_WORDS && words > 1 && !str_ends(text, STR(",")) &&
               !words_have(WORDS_ORGANISATION, text) &&
               !words_have(WORDS_OPEN, line_last_word(text)) && !words_say(WORDS_VERB, text);
    if (words_have(WORDS_NAMED, text))
        return true;
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] < 'A' || text.data[i] > 'Z')
            return false;
    return text.len > 1 && text.len <= INITIALS_MAX;
}

static struct head read_head(struct str text)
{
    struct head head = {0};
    for (struct str rest = text; rest.data;) {
        struct str part = next_part(&rest);
        if (letter_date(part, &head.date))
            continue;
        if (part.len > head.title.len && part.len >= TITLE_MIN && line_count_words(part) > 1)
            head.title = part;
    }
    for (struct str rest = text; rest.data;) {
        struct str part = next_part(&rest);
        struct date date;
        if (part.data != head.title.data && is_organisation(part) && !letter_date(part, &date))
            head.issuer = part;
    }
    return head;
}

/* Whether a postal code stands in a text: four digits and two capitals. */
static bool has_postcode(struct str text)
{
    size_t digits = 0;
    for (size_t i = 0; i + 3 < text.len; i++) {
        digits = str_is_digit(text.data[i]) ? digits + 1 : 0;
        size_t next = i + 1 + (text.data[i + 1] == ' ');
        bool capitals = next + 1 < text.len && text.data[next] >= 'A' && text.data[next] <= 'Z' &&
                        text.data[next + 1] >= 'A' && text.data[next + 1] <= 'Z' &&
                        (next + 2 == text.len || text.data[next + 2] == ' ');
        if (digits == 4 && capitals)
            return true;
    }
    return false;
}

/* Whether a text is mostly numbers, or a row of dots. */
static bool is_numeric(struct str text)
{
    size_t digits = 0, letters = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits += str_is_digit(text.data[i]);
        letters += (text.data[i] & 0x80) || str_is_alnum(text.data[i]);
    }
    return digits * 3 > letters || str_find(text, STR("....")) >= 0 ||
           str_find(text, STR(". . .")) >= 0;
}

/* A date with a few words about it: `Donderdag 11 juni 2020`, `3 mei 2024 – versie 2`. */
static bool is_dated(struct str text)
{
    struct date date;
    if (letter_date(text, &date) || letter_date(first_words(text, 3), &date))
        return true;
    (void)str_cut(&text, ' ');
    return text.data && letter_date(text, &date) && date.day;
}

/* Whether a text could be a title: no address, field, date, part of any document, or sentence. */
static bool may_be_title(struct str text)
{
    struct str last = line_last_word(text);
    if (text.len < TITLE_MIN || text.len > TITLE_MAX || str_find_char(text, '@') >= 0 ||
        str_find(text, STR("www.")) >= 0 || is_numeric(text) || is_dated(text) ||
        has_postcode(text))
        return false;
    char end = text.data[text.len - 1];
    if (end == ':' || end == ',' || end == ';' || words_have(WORDS_OPEN, last))
        return false;
    if (line_starts_lower(text) || (line_ends_sentence(text) && words_say(WORDS_VERB, text)))
        return false;
    return !words_start(WORDS_SECTION, text) && !words_start(WORDS_LETTERHEAD, text) &&
           !words_start(WORDS_PAGE, text) && !words_start(WORDS_SALUTATION, text) &&
           !words_start(WORDS_CLOSING, text) && !words_have(WORDS_NAMED, text) &&
           !words_start(WORDS_ORGANISATION, text) && !words_label(text);
}

/* The text of a block that may be a title; empty for one that has too many lines, or
 * words that were cut. */
static struct str block_text(struct arena *arena, const struct lines *lines,
                             const struct block *block)
{
    struct buf text;
    buf_init(&text, arena);
    if (block->last - block->first >= TITLE_LINES || block->marker.depth)
        return (struct str){0};
    for (size_t i = block->first; i <= block->last; i++) {
        if (lines->items[i].fate != LINE_TEXT)
            continue;
        if (text.len && text.data[text.len - 1] == '-')
            return (struct str){0};
        if (text.len)
            buf_put_char(&text, ' ');
        buf_put(&text, lines->items[i].text);
    }
    return buf_str(&text);
}

/* How well a block of the opening would do as the title; the first heading needs least. */
static unsigned title_worth(const struct opening *opening, size_t index, struct str text)
{
    const struct block *block = &opening->blocks->items.items[index];
    bool heading = block->kind == BLOCK_HEADING;
    const struct line *before = &opening->lines->items[block->first];
    const struct label *label = block->first ? words_label(before[-1].text) : NULL;
    if (label && !before->gap && label->text.len + 1 >= before[-1].text.len)
        return 0; /* the value of another field */
    if (opening->lines->items[block->first].heading)
        return 0; /* the contents name it: a part */
    if (!may_be_title(text) || (!heading && block->kind != BLOCK_PARAGRAPH))
        return 0;
    unsigned worth = (heading ? 1u : 0u) + (index ? 0u : 1u);
    size_t words = line_count_words(text);
    worth += words > 2 ? 2u : words > 1 ? 1u : 0u;
    if (words_kind(first_words(text, TITLE_KIND_WORDS)).len)
        worth += 3;
    if (words > 1 && str_find(opening->head, text) >= 0)
        worth += 3;
    bool alone = !heading && !opening->cover && worth < TITLE_WORTH + 1;
    return alone ? 0 : worth;
}

/* Whether the text proper has begun: with a paragraph, or with a part that any document has. */
static bool ends_opening(const struct lines *lines, const struct block *block)
{
    const struct line *first = &lines->items[block->first], *last = &lines->items[block->last];
    if (words_start(WORDS_SECTION, first->text) || block->kind == BLOCK_ITEM)
        return true;
    bool prose = block->kind == BLOCK_PARAGRAPH && line_ends_sentence(last->text) &&
                 (block->last > block->first || first->width > PROSE_WIDTH);
    return prose || block->last - block->first >= TITLE_LINES + 2;
}

/* Whether the first page is short, and has no prose: a cover. */
static bool has_cover(const struct lines *lines)
{
    for (size_t i = 0; i < lines->count && i < COVER_MAX; i++) {
        const struct line *line = &lines->items[i];
        if (line->opens_page && i)
            return true;
        if (line->width > PROSE_WIDTH && line_ends_sentence(line->text))
            return false;
    }
    return false;
}

/* The best title among the blocks before the first prose. */
static bool title_of_opening(struct opening *opening, struct title *title)
{
    unsigned best = 0;
    const struct blocks *blocks = opening->blocks;
    for (size_t i = 0; i < blocks->items.count && i < OPENING_BLOCKS; i++) {
        const struct block *block = &blocks->items.items[i];
        if (ends_opening(opening->lines, block))
            break;
        struct str text = block_text(opening->arena, opening->lines, block);
        unsigned worth = title_worth(opening, i, text);
        if (worth <= best || worth < TITLE_WORTH)
            continue;
        best = worth;
        uint32_t line = opening->lines->items[block->first].number;
        *title = (struct title){text, line, i + 1};
    }
    return best > 0;
}

/* Whether a running head says more than a title that is hardly more than a kind: `Jaarverslag`. */
static bool is_fuller(struct str head, struct str title)
{
    size_t words = line_count_words(title);
    return words <= 2 && words_kind(title).len && words_kind(head).len &&
           line_count_words(head) > words && may_be_title(head);
}

static void find_title(struct opening *opening, const struct letter *letter,
                       const struct furniture *furniture, const struct head *head,
                       struct title *title, struct evidence *basis)
{
    *title = (struct title){.text = letter->title, .line = letter->basis.title.line};
    *basis = letter->basis.title;
    if (title->text.len)
        return;
    bool found = title_of_opening(opening, title);
    if (found && !is_fuller(head->title, title->text)) {
        bool heading = opening->blocks->items.items[title->block - 1].kind == BLOCK_HEADING;
        *basis = (struct evidence){title->line, heading ? "first heading" : "cover", {0}};
    } else if (found || may_be_title(head->title)) {
        *title = (struct title){head->title, furniture->head_line, 0};
        *basis = (struct evidence){title->line, "running head", {0}};
    }
}

/* A date that stands alone before the first prose; among many it is one of a table or a planning.
 */
static void find_cover_date(const struct opening *opening, struct date *date,
                            struct evidence *basis)
{
    size_t dates = 0;
    struct date none = {0};
    const struct blocks *blocks = opening->blocks;
    for (size_t i = 0; i < blocks->items.count && i < OPENING_BLOCKS; i++) {
        const struct block *block = &blocks->items.items[i];
        if (ends_opening(opening->lines, block))
            return;
        for (size_t k = block->first; k <= block->last; k++) {
            const struct line *line = &opening->lines->items[k];
            struct date found;
            if (line->fate != LINE_TEXT || !letter_date(line->text, &found) || !found.month)
                continue;
            if (!dates++) {
                *date = found;
                *basis = (struct evidence){line->number, "cover", {0}};
            } else if (dates > COVER_DATES) {
                *date = none;
                *basis = (struct evidence){0};
                return;
            }
        }
    }
}

static bool ends_name(const struct lines *lines, size_t index)
{
    const struct line *line = &lines->items[index];
    return index >= lines->count || line->gap || line->fate != LINE_TEXT ||
           words_start(WORDS_LETTERHEAD, line->text) || words_label(line->text);
}

/* The name on a line; that of a ministry with two fields may go on below: `Zaken en Handel`. */
static struct str whole_name(struct arena *arena, const struct lines *lines, size_t index)
{
    struct str name = lines->items[index].text;
    if (words_have(WORDS_NAMED, name) || ends_name(lines, index + 1) ||
        str_find(name, STR(" en ")) >= 0)
        return name;
    struct str next = lines->items[index + 1].text;
    if (!line_starts_upper(next) || line_has_digit(next) || str_find(next, STR(" en ")) < 0 ||
        line_width(next) > PROSE_WIDTH)
        return name;
    return str_format(arena, "%.*s %.*s", STR_ARGS(name), STR_ARGS(next));
}

/* An organisation whose name stands alone at the top. */
static void find_top_issuer(struct arena *arena, const struct lines *lines, struct str *issuer,
                            struct evidence *basis)
{
    for (size_t i = 0; i < lines->count && i < COVER_LINES && !issuer->len; i++) {
        const struct line *line = &lines->items[i];
        if (line->fate != LINE_TEXT || !is_organisation(line->text) ||
            line->text.len <= INITIALS_MAX)
            continue;
        *issuer = whole_name(arena, lines, i);
        *basis = (struct evidence){line->number, "letterhead", {0}};
    }
}

/* An organisation whose name stands on every page. */
static void find_repeated_issuer(const struct lines *lines, struct str *issuer,
                                 struct evidence *basis)
{
    for (size_t i = 0; i < lines->count && i < ISSUER_LINES; i++) {
        const struct line *line = &lines->items[i];
        struct str cell = line->text;
        if (line->fate != LINE_DROPPED || !words_start(WORDS_ORGANISATION, line->text) ||
            !str_equal(str_from(line->reason), STR("running head")))
            continue;
        ptrdiff_t wide = str_find(line->raw, STR("   "));
        if (wide > 0 && !line->indent)
            cell = str_slice(line->raw, 0, (size_t)wide);
        if (!is_organisation(cell))
            continue;
        *issuer = cell;
        *basis = (struct evidence){line->number, "running head", {0}};
        return;
    }
}

/* `deze brief`, `dit rapport`: what the text calls itself. */
static struct str self_reference(const struct lines *lines, uint32_t *line)
{
    bool pointed = false;
    for (size_t i = 0, seen = 0; i < lines->count && seen < SELF_LINES; i++) {
        if (lines->items[i].fate != LINE_TEXT)
            continue;
        seen++;
        for (struct str rest = str_slice(lines->items[i].text, 0, 2000); rest.data;) {
            struct str word = str_cut(&rest, ' ');
            struct str kind = pointed ? words_kind(word) : (struct str){0};
            *line = lines->items[i].number;
            if (kind.len)
                return kind;
            pointed = words_have(WORDS_POINTING, word);
        }
    }
    return (struct str){0};
}

static struct str find_kind(const struct lines *lines, const struct letter *letter,
                            const struct title *title, struct evidence *basis)
{
    *basis = letter->basis.kind;
    if (letter->kind.len)
        return letter->kind;
    struct str kind = words_kind(first_words(title->text, TITLE_WORDS));
    *basis = (struct evidence){title->line, "title", {0}};
    if (kind.len)
        return kind;
    if (letter->salutation < lines->count) {
        *basis = (struct evidence){lines->items[letter->salutation].number, "salutation", {0}};
        return STR("brief");
    }
    kind = self_reference(lines, &basis->line);
    basis->basis = "calls itself";
    if (!kind.len)
        *basis = (struct evidence){0};
    return kind;
}

static void fill(struct str *field, struct str value)
{
    if (!field->len)
        *field = value;
}

static void find_date(const struct opening *opening, const struct letter *letter,
                      const struct head *head, uint32_t head_line, struct date *date,
                      struct evidence *basis)
{
    *date = letter->date;
    *basis = letter->basis.date;
    if (!date->year && head->date.month) {
        *date = head->date;
        *basis = (struct evidence){head_line, "running head", {0}};
    }
    if (!date->year)
        find_cover_date(opening, date, basis);
}

static void find_issuer(const struct opening *opening, const struct letter *letter,
                        const struct head *head, uint32_t head_line, struct str *issuer,
                        struct evidence *basis)
{
    const struct lines *lines = opening->lines;
    *issuer = letter->issuer;
    *basis = letter->basis.issuer;
    if (!issuer->len && head->issuer.len) {
        *issuer = head->issuer;
        *basis = (struct evidence){head_line, "running head", {0}};
    }
    if (!issuer->len)
        find_top_issuer(opening->arena, lines, issuer, basis);
    if (!issuer->len)
        find_repeated_issuer(lines, issuer, basis);
}

void infer(struct arena *arena, const struct lines *lines, const struct letter *letter,
           const struct furniture *furniture, const struct blocks *blocks, struct meta *meta,
           struct title *title, struct inference *basis)
{
    struct opening opening = {arena, lines, blocks, furniture->head, has_cover(lines)};
    struct head head = read_head(furniture->head);
    struct date date;
    struct str issuer;
    struct meta_more *more = arena_new(arena, struct meta_more);
    *more = *meta->more;
    meta->more = more;
    *basis = letter->basis;
    find_title(&opening, letter, furniture, &head, title, &basis->title);
    find_date(&opening, letter, &head, furniture->head_line, &date, &basis->date);
    find_issuer(&opening, letter, &head, furniture->head_line, &issuer, &basis->issuer);
    fill(&meta->title, title->text);
    fill(&more->issuer, issuer);
    fill(&more->author, letter->author);
    fill(&more->addressee, letter->addressee);
    fill(&more->reference, letter->reference);
    fill(&meta->kind, find_kind(lines, letter, title, &basis->kind));
    if (!meta->date.year)
        meta->date = date;
}
