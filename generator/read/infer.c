#include "read/infer.h"

#include "read/words.h"

enum {
    SELF_LINES = 60,  /* lines of text in which a document says what it is */
    TITLE_WORDS = 3,  /* the kind is among the first words of a title */
    TITLE_MIN = 10,   /* bytes; a shorter part of a running head is no title */
    ISSUER_WORDS = 4, /* an issuer's name in a running head is no longer */
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

static size_t count_words(struct str text)
{
    size_t words = 0;
    for (struct str rest = text; rest.data; words++)
        (void)str_cut(&rest, ' ');
    return words;
}

struct head {
    struct str title, issuer;
    struct date date;
};

static struct head read_head(struct str text)
{
    struct head head = {0};
    for (struct str rest = text; rest.data;) {
        struct str part = next_part(&rest);
        if (letter_date(part, &head.date))
            continue;
        if (part.len > head.title.len && part.len >= TITLE_MIN && count_words(part) > 1)
            head.title = part;
    }
    for (struct str rest = text; rest.data;) {
        struct str part = next_part(&rest);
        struct date date;
        if (part.data != head.title.data && part.len > 1 && count_words(part) <= ISSUER_WORDS &&
            line_starts_upper(part) && !letter_date(part, &date))
            head.issuer = part;
    }
    return head;
}

/* A first heading is the title, unless it is what any document has, or the contents name it. */
static const struct block *title_block(const struct lines *lines, const struct blocks *blocks)
{
    if (!blocks->items.count)
        return NULL;
    const struct block *block = &blocks->items.items[0];
    struct str text = lines->items[block->first].text;
    bool title = block->kind == BLOCK_HEADING && !block->marker.depth &&
                 block->first == block->last && text.data[text.len - 1] != ':' &&
                 !words_start(WORDS_SECTION, text) && !lines->items[block->first].heading;
    return title ? block : NULL;
}

static void find_title(const struct lines *lines, const struct letter *letter,
                       const struct furniture *furniture, const struct head *head,
                       const struct blocks *blocks, struct title *title)
{
    *title = (struct title){.text = letter->title, .line = letter->title_line};
    if (title->text.len)
        return;
    const struct block *block = title_block(lines, blocks);
    if (block)
        *title =
            (struct title){lines->items[block->first].text, lines->items[block->first].number, 1};
    else if (head->title.len)
        *title = (struct title){head->title, furniture->head_line, 0};
}

/* `deze brief`, `dit rapport`: what the text calls itself. */
static struct str self_reference(const struct lines *lines)
{
    bool pointed = false;
    for (size_t i = 0, seen = 0; i < lines->count && seen < SELF_LINES; i++) {
        if (lines->items[i].fate != LINE_TEXT)
            continue;
        seen++;
        for (struct str rest = str_slice(lines->items[i].text, 0, 2000); rest.data;) {
            struct str word = str_cut(&rest, ' ');
            struct str kind = pointed ? words_kind(word) : (struct str){0};
            if (kind.len)
                return kind;
            pointed = words_have(WORDS_POINTING, word);
        }
    }
    return (struct str){0};
}

static struct str first_words(struct str text, size_t count)
{
    struct str rest = text;
    while (rest.data && count--)
        (void)str_cut(&rest, ' ');
    return rest.data ? str_slice(text, 0, (size_t)(rest.data - text.data)) : text;
}

static struct str find_kind(const struct lines *lines, const struct letter *letter,
                            const struct title *title)
{
    if (letter->kind.len)
        return letter->kind;
    struct str kind = words_kind(first_words(title->text, TITLE_WORDS));
    if (!kind.len)
        kind = self_reference(lines);
    if (!kind.len && letter->salutation < lines->count)
        kind = STR("brief");
    return kind;
}

static void fill(struct str *field, struct str value)
{
    if (!field->len)
        *field = value;
}

void infer(const struct lines *lines, const struct letter *letter,
           const struct furniture *furniture, const struct blocks *blocks, struct meta *meta,
           struct title *title)
{
    struct head head = read_head(furniture->head);
    find_title(lines, letter, furniture, &head, blocks, title);
    fill(&meta->title, title->text);
    fill(&meta->issuer, letter->issuer);
    fill(&meta->issuer, head.issuer);
    fill(&meta->author, letter->author);
    fill(&meta->addressee, letter->addressee);
    fill(&meta->reference, letter->reference);
    fill(&meta->kind, find_kind(lines, letter, title));
    if (!meta->date.year)
        meta->date = letter->date.year ? letter->date : head.date;
}
