#include "read/contents.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "read/marker.h"
#include "read/words.h"

enum {
    LEADER = 4,        /* dots of a leader; three are an ellipsis, */
    ELLIPSIS = 3,      /* which is one sign, too */
    TITLE_WIDTH = 120, /* an entry is no wider */
    PAGE_DIGITS = 4,
    PAGE_STEP = 80,    /* pages from an entry to the next, where only a space stands before them */
    ENTRIES_MIN = 3,   /* fewer are no list, */
    PLAIN_MIN = 4,     /* nor are as few without heading or leaders */
    FOUND = 60,        /* percent of the titles that must then be lines of the text, */
    FOUND_HEADED = 30, /* and where there is a heading, but there are no leaders */
    APART = 3,         /* lines without page number between those with one, */
    APART_LONG = 14,   /* and below a heading, or in a list that is as long as */
    LONG = 6,
    SENTENCE = 60,     /* a title that ends in a full stop is no wider */
    SMALL_MAX = 2,     /* as many lines behind each other that begin small are prose */
    LABELS_MAX = 60,   /* lines that are looked back over for them */
    NUMBERS_MAX = 3,   /* numbers before a title: `1.4.1 1.1. Titel` */
    INDENTS = 4,       /* levels that are told apart by indentation */
    HEADING_LINES = 3, /* a heading in the text goes over no more lines */
    FULL = 90,         /* percent of the measure: a line that leaves more was ended on purpose */
};

/* What a line could be in a list of contents. */
enum kind {
    PROSE,
    TITLE,  /* words alone: a title of which the page stands elsewhere, or a part of one */
    LABEL,  /* `1.2` */
    NUMBER, /* `12` */
    ENTRY,  /* words and a page */
};

/* What stands between the words and the page. */
enum joint { JOINT_SPACE, JOINT_WIDE, JOINT_LEADER };

struct token {
    enum kind kind;
    enum joint joint;
    struct str title;
    uint32_t page; /* 0 where a leader leads to none */
};

/* A list that is being looked at. */
struct list {
    struct arena *arena;
    struct lines *lines;
    struct map *texts; /* keys of all lines; NULL until one is asked for */
    struct contents *contents;
    size_t first, last; /* lines */
    size_t entries, leaders, pages;
    size_t wide;         /* entries with wide space before their page */
    size_t paged;        /* leaders that lead to a page */
    size_t small;        /* lines behind each other that begin with a small letter */
    uint32_t page;       /* the last one behind words */
    uint32_t numbers[2]; /* the last ones that stood alone: pages, and the numbers of chapters */
};

static bool has_letter(struct str text)
{
    for (size_t i = 0; i < text.len;)
        if (utf8_is_letter(utf8_next(text, &i)))
            return true;
    return false;
}

static bool is_leader_byte(struct str text, size_t end, size_t *len)
{
    struct str before = str_slice(text, 0, end);
    char last = text.data[end - 1];
    if (!(last & 0x80) && last != '.' && last != '_')
        return false;
    *len = str_ends(before, STR("…")) ? ELLIPSIS : 1;
    return *len == ELLIPSIS || str_ends(before, STR(".")) || str_ends(before, STR("_")) ||
           str_ends(before, STR("·"));
}

/* How many bytes of `text` stand before the leader that it ends in; all without one. */
static size_t before_leader(struct str text)
{
    size_t end = text.len, dots = 0, len;
    for (;;) {
        if (end && text.data[end - 1] == ' ')
            end--;
        else if (end && is_leader_byte(text, end, &len)) {
            dots += len;
            end -= len;
        } else {
            break;
        }
    }
    return dots >= LEADER ? end : text.len;
}

/* The digits at the end of `text`, which may have come apart (`2 2`) behind a leader. */
static size_t before_digits(struct str text, bool apart)
{
    size_t end = text.len;
    while (end && (str_is_digit(text.data[end - 1]) || (apart && text.data[end - 1] == ' ')))
        end--;
    return end;
}

static uint32_t to_page(struct str digits)
{
    uint32_t page = 0;
    size_t count = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!str_is_digit(digits.data[i]))
            continue;
        page = page * 10 + (uint32_t)(digits.data[i] - '0');
        if (++count > PAGE_DIGITS)
            return 0;
    }
    return page;
}

/* Words with a leader, with or without a page behind it. */
static bool read_leader(struct str text, struct token *token)
{
    size_t digits = before_digits(text, true);
    struct str rest = str_slice(text, 0, digits);
    size_t end = before_leader(rest);
    if (end == rest.len || (!end && digits == text.len))
        return false;
    *token = (struct token){ENTRY, JOINT_LEADER, str_slice(text, 0, end),
                            to_page(str_from_offset(text, digits))};
    return true;
}

/* Whether two spaces or a tab stand before the last word. */
static bool is_wide(const struct line *line, size_t word)
{
    size_t end = line->raw.len - word;
    return line->raw.len > word + 1 &&
           (line->raw.data[end - 1] == '\t' ||
            (line->raw.data[end - 1] == ' ' && str_is_space(line->raw.data[end - 2])));
}

/* A number that is no year: then the one behind it is one of several columns of figures. */
static bool is_amount(struct str word)
{
    return !has_letter(word) && word.len && str_is_digit(word.data[word.len - 1]) && word.len != 4;
}

static struct token read_token(const struct line *line)
{
    struct str text = line->text;
    struct token token = {.title = text};
    struct marker marker = marker_parse(text);
    if (read_leader(text, &token))
        return token;
    if (line->width > TITLE_WIDTH || marker.kind == MARKER_BULLET)
        return token;
    size_t end = before_digits(text, false);
    uint32_t page = to_page(str_from_offset(text, end));
    if (!end)
        return (struct token){.kind = page ? NUMBER : TITLE, .page = page};
    if (marker.kind == MARKER_NUMBER && marker.len == text.len)
        return (struct token){.kind = LABEL, .title = text};
    struct str title = str_slice(text, 0, end ? end - 1 : 0);
    if (page && end > 1 && text.data[end - 1] == ' ' && is_amount(line_last_word(title)))
        return token;
    if (page && end > 1 && text.data[end - 1] == ' ' && has_letter(text))
        return (struct token){ENTRY, is_wide(line, text.len - end) ? JOINT_WIDE : JOINT_SPACE,
                              title, page};
    char last = text.data[text.len - 1];
    if (last != ';' && (last != '.' || line->width <= SENTENCE))
        token.kind = TITLE;
    return token;
}

/* A title without the numbers before it; `*depth` is how many parts the first of them has. */
static struct str strip_numbers(struct str title, uint32_t *depth)
{
    *depth = 0;
    for (int i = 0; i < NUMBERS_MAX; i++) {
        struct marker marker = marker_parse(title);
        size_t digits = 0;
        while (digits < title.len && str_is_digit(title.data[digits]))
            digits++;
        bool plain = digits && digits < 3 && digits < title.len && title.data[digits] == ' ';
        if (marker.kind != MARKER_NUMBER && !plain)
            break;
        size_t len = marker.kind == MARKER_NUMBER ? marker.len : digits + 1;
        if (len >= title.len)
            break;
        *depth = *depth ? *depth : marker.kind == MARKER_NUMBER ? marker.depth : 1;
        title = str_from_offset(title, len);
    }
    return title;
}

/* What two writings of a title have in common: letters and digits. */
static struct str key_of(struct arena *arena, struct str title)
{
    uint32_t depth;
    struct str slug = utf8_slug(arena, strip_numbers(title, &depth));
    char *key = arena_text(arena, slug.len);
    size_t len = 0;
    for (size_t i = 0; i < slug.len; i++)
        if (slug.data[i] != '-')
            key[len++] = slug.data[i];
    return (struct str){key, len};
}

static bool is_headed(const struct line *line)
{
    uint32_t depth;
    struct str text = strip_numbers(line->text, &depth);
    if (str_ends(text, STR(":")))
        text.len--;
    return words_have(WORDS_CONTENTS, text);
}

/* Whether a number that stands alone goes on one of the two rows of numbers: it then takes the
 * place of the last one. */
static bool take_number(struct list *list, uint32_t number)
{
    bool first = list->numbers[0] >= list->numbers[1];
    uint32_t *high = &list->numbers[!first], *low = &list->numbers[first];
    uint32_t *row = number >= *high ? high : low;
    if (number < *row)
        return false;
    *row = number;
    list->pages++;
    return true;
}

/* Takes the page of an entry; behind a leader another list may begin, of figures or annexes. */
static bool take_page(struct list *list, const struct token *token)
{
    if (token->joint != JOINT_LEADER && token->page < list->page)
        return false;
    if (token->page)
        list->page = token->page;
    list->pages += token->page > 0;
    return true;
}

/* Whether the line is the first or the last of its page: a number there may be the page's own. */
static bool is_edge(const struct lines *lines, size_t index)
{
    return lines->items[index].opens_page || index + 1 == lines->count ||
           lines->items[index + 1].opens_page;
}

/* Takes the line at `index` into the list; false where the list ends before it. */
static bool take_line(struct list *list, size_t index, bool headed)
{
    const struct line *line = &list->lines->items[index];
    struct token token = read_token(line);
    bool plain = token.kind == ENTRY && token.joint == JOINT_SPACE;
    if (token.kind == PROSE)
        return false;
    list->small = token.kind == TITLE && line_starts_lower(line->text) ? list->small + 1 : 0;
    if (token.kind == TITLE || token.kind == LABEL)
        return list->small < SMALL_MAX || list->leaders;
    if (plain && (!headed || token.page < list->page || token.page > list->page + PAGE_STEP))
        return token.page > list->page + PAGE_STEP; /* `In 2019`: words */
    if (token.kind == NUMBER && list->paged >= ENTRIES_MIN && list->paged == list->leaders &&
        line->page != list->lines->items[list->last].page)
        return true;
    if (token.kind == NUMBER && token.page < list->numbers[0] && is_edge(list->lines, index))
        return true;
    if (token.kind == NUMBER && !take_number(list, token.page))
        return headed || list->leaders;
    if (token.kind == ENTRY && !take_page(list, &token))
        return false;
    list->wide += token.joint == JOINT_WIDE;
    list->paged += token.joint == JOINT_LEADER && token.page;
    list->entries++;
    list->leaders += token.joint == JOINT_LEADER;
    list->last = index;
    return true;
}

/* Follows a list from line `index` on. */
static void follow(struct list *list, size_t index, bool headed)
{
    size_t apart = 0, most = headed ? APART_LONG : APART;
    *list = (struct list){.arena = list->arena,
                          .lines = list->lines,
                          .texts = list->texts,
                          .contents = list->contents,
                          .first = index,
                          .last = index};
    for (size_t i = index + headed; i < list->lines->count && apart <= most; i++) {
        if (list->lines->items[i].fate != LINE_TEXT)
            continue;
        bool heading = i > index && is_headed(&list->lines->items[i]);
        if (heading ? !headed && !list->leaders : !take_line(list, i, headed))
            break;
        if (list->entries >= LONG)
            most = APART_LONG;
        bool numbered = marker_parse(list->lines->items[i].text).depth > 1;
        apart = list->last == i ? 0 : apart + !numbered;
    }
}

/* How many numbers of titles stand before the page numbers at the end of a list: their titles
 * follow behind. */
static size_t count_labels(const struct list *list)
{
    size_t labels = 0, steps = 0;
    for (size_t i = list->last + 1; i-- > list->first && steps < LABELS_MAX; steps++) {
        enum kind kind = read_token(&list->lines->items[i]).kind;
        if (kind != LABEL && (kind != NUMBER || labels))
            break;
        labels += kind == LABEL;
    }
    return labels;
}

/* The last entries of a list may have no pages of their own behind them. */
static void extend(struct list *list)
{
    size_t labels = count_labels(list);
    for (size_t i = list->last + 1; i < list->lines->count && labels; i++, labels--) {
        const struct line *line = &list->lines->items[i];
        if (line->fate != LINE_TEXT || line->opens_page || read_token(line).kind != TITLE)
            break;
        list->last = i;
    }
    for (size_t i = list->last + 1; i < list->lines->count; i++) {
        const struct line *line = &list->lines->items[i];
        if (line->fate != LINE_TEXT || line->gap || line->opens_page ||
            read_token(line).kind != TITLE || marker_parse(line->text).depth < 2)
            break;
        list->last = i;
    }
}

static void add_entry(struct list *list, struct buf *title, const struct line *line, uint32_t page)
{
    uint32_t depth;
    struct str text = str_copy(list->arena, str_trim(buf_str(title)));
    buf_clear(title);
    (void)strip_numbers(text, &depth);
    struct str key = key_of(list->arena, text);
    if (key.len < 2)
        return;
    *vec_push(&list->contents->entries, list->arena) =
        (struct contents_entry){.key = key, .page = page, .indent = line->indent, .depth = depth};
}

static void put_title(struct buf *title, struct str text)
{
    if (title->len)
        buf_put_char(title, ' ');
    buf_put(title, text);
}

/* Makes entries of the lines of a list: titles that go over lines, numbers and pages that stand
 * apart from them. */
static void read_entries(struct list *list, bool headed)
{
    struct buf title;
    bool named = false; /* the title in hand has words */
    buf_init(&title, list->arena);
    const struct line *start = NULL;
    for (size_t i = list->first + headed; i <= list->last; i++) {
        const struct line *line = &list->lines->items[i];
        if (line->fate != LINE_TEXT || is_headed(line))
            continue;
        struct token token = read_token(line);
        bool anew = token.kind == LABEL || (token.kind == TITLE && !line_starts_lower(line->text));
        if (named && (token.kind == NUMBER || anew)) {
            add_entry(list, &title, start, token.page);
            named = false;
        }
        if (token.kind == NUMBER)
            continue;
        start = title.len ? start : line;
        put_title(&title, token.title);
        named |= token.kind != LABEL && token.title.len;
        if (token.kind == ENTRY) {
            add_entry(list, &title, start, token.page);
            named = false;
        }
    }
}

/* The keys of all short lines, made when they are first needed. */
static struct map *texts_of(struct list *list)
{
    if (list->texts)
        return list->texts;
    list->texts = arena_new(list->arena, struct map);
    map_init(list->texts, list->arena);
    for (size_t i = 0; i < list->lines->count; i++) {
        const struct line *line = &list->lines->items[i];
        if (line->fate == LINE_TEXT && line->width <= TITLE_WIDTH)
            *map_at(list->texts, key_of(list->arena, line->text)) = list;
    }
    return list->texts;
}

/* Whether so many percent of the entries from `first` on are lines of the text. */
static bool are_found(struct list *list, size_t first, size_t percent)
{
    size_t found = 0, count = list->contents->entries.count - first;
    for (size_t i = first; i < list->contents->entries.count; i++)
        found += map_get(texts_of(list), list->contents->entries.items[i].key) != NULL;
    return found * 100 >= count * percent && count;
}

/* Whether the list that was followed is one; its entries are then those from `first` on. */
static bool is_list(struct list *list, size_t first, bool headed)
{
    if (list->pages < 2 || list->entries < (headed || list->leaders ? ENTRIES_MIN : PLAIN_MIN))
        return false;
    if (list->leaders >= ENTRIES_MIN || (headed && list->wide >= PLAIN_MIN))
        return true;
    return are_found(list, first, headed ? FOUND_HEADED : FOUND);
}

static void drop_list(struct list *list)
{
    for (size_t i = list->first; i <= list->last; i++)
        if (list->lines->items[i].fate == LINE_TEXT)
            line_drop(&list->lines->items[i], "contents");
}

/* Finds the list that begins on line `index`; returns the line behind it, or the next one. */
static size_t find_list(struct list *list, size_t index)
{
    const struct line *line = &list->lines->items[index];
    bool headed = is_headed(line);
    struct token token = read_token(line);
    if (!headed && (token.kind != ENTRY || token.joint == JOINT_SPACE))
        return index + 1;
    follow(list, index, headed);
    size_t first = list->contents->entries.count;
    if (headed || list->leaders)
        extend(list);
    if (list->entries >= ENTRIES_MIN)
        read_entries(list, headed);
    if (list->entries >= ENTRIES_MIN && is_list(list, first, headed)) {
        size_t before = lines_before(list->lines, index);
        if (token.kind == ENTRY && before < list->lines->count &&
            read_token(&list->lines->items[before]).kind == LABEL)
            list->first = before;
        drop_list(list);
        return list->last + 1;
    }
    list->contents->entries.count = first;
    return list->entries >= ENTRIES_MIN ? list->last + 1 : index + 1;
}

/* Dashes, quotation marks and the bullet, which are in no key: the usual ones that are not ASCII.
 */
static bool is_silent(uint32_t c)
{
    return c == 0x2013 || c == 0x2014 || (c >= 0x2018 && c <= 0x201F) || c == 0x2022;
}

/* Which bit stands for keys that begin as the key of a title does; false where that is not seen at
 * once. */
static bool beginning_of(struct str title, size_t *bit)
{
    uint64_t bytes = 0;
    size_t count = 0;
    for (size_t i = 0; i < title.len && count < sizeof bytes;) {
        uint32_t c = utf8_next(title, &i);
        if ((c >= 0x80 && !is_silent(c)) || c == '_')
            return false;
        if (c < 0x80 && str_is_alnum((char)c)) {
            bytes = bytes << 8 | utf8_lower(c);
            count++;
        }
    }
    *bit = (size_t)(bytes * 0x9E3779B97F4A7C15u >> (64 - CONTENTS_BITS)); /* by the golden ratio */
    return true;
}

static void note_beginning(struct contents *contents, struct str key)
{
    size_t bit;
    if (beginning_of(key, &bit))
        contents->beginnings[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* Whether an entry may have the title; most lines are told apart from all by their first letters.
 */
static bool may_be_entry(const struct contents *contents, struct str title)
{
    uint32_t depth;
    size_t bit;
    if (!beginning_of(strip_numbers(title, &depth), &bit))
        return true;
    return contents->beginnings[bit / 64] >> bit % 64 & 1;
}

/* Levels: the depth of a number, or by indentation among the entries that have none. */
static void set_levels(struct contents *contents, struct arena *arena)
{
    uint32_t indents[INDENTS], count = 0;
    for (size_t i = 0; i < contents->entries.count; i++) {
        uint32_t indent = contents->entries.items[i].indent, at = 0;
        while (at < count && indents[at] + 1 < indent)
            at++;
        if (contents->entries.items[i].depth || (at < count && indents[at] <= indent + 1))
            continue;
        if (count < INDENTS)
            count++;
        for (uint32_t k = count - 1; k > at; k--)
            indents[k] = indents[k - 1];
        if (at < count)
            indents[at] = indent;
    }
    map_init(&contents->levels, arena);
    for (size_t i = 0; i < contents->entries.count; i++) {
        struct contents_entry *entry = &contents->entries.items[i];
        note_beginning(contents, entry->key);
        entry->level = entry->depth;
        for (uint32_t k = 0; k < count && !entry->depth; k++)
            entry->level += k == 0 || indents[k] <= entry->indent;
        void **slot = map_at(&contents->levels, entry->key);
        if (!*slot)
            *slot = arena_new(arena, uint32_t);
        if (!*(uint32_t *)*slot)
            *(uint32_t *)*slot = entry->level;
    }
}

uint32_t contents_level(struct arena *arena, const struct contents *contents, struct str heading)
{
    if (!may_be_entry(contents, heading))
        return 0;
    const uint32_t *level = map_get(&contents->levels, key_of(arena, heading));
    return level ? *level : 0;
}

/* Whether a line may be the first of a heading: the line before it has ended. */
static bool may_begin(const struct lines *lines, size_t index)
{
    const struct line *line = &lines->items[index];
    if (line->fate != LINE_TEXT || line->width > TITLE_WIDTH || line_starts_lower(line->text))
        return false;
    size_t before = lines_before(lines, index);
    return line->gap || line->opens_page || before == lines->count ||
           lines->items[before].heading || line_ends_sentence(lines->items[before].text) ||
           line_is_short(lines, &lines->items[before], line, FULL);
}

/* Marks the heading that begins on line `index`, over as many lines as it takes. */
static void mark(struct arena *arena, struct lines *lines, const struct contents *contents,
                 size_t index, struct buf *text)
{
    buf_clear(text);
    for (size_t i = index; i < lines->count && i < index + HEADING_LINES; i++) {
        const struct line *line = &lines->items[i];
        if (i > index && (line->fate != LINE_TEXT || line->opens_page ||
                          line->gap > (lines->double_spaced ? 1u : 0u)))
            return;
        put_title(text, line->text);
        uint32_t level = contents_level(arena, contents, buf_str(text));
        if (!level || (str_ends(line->text, STR(".")) && line_ends_sentence(line->text)))
            continue;
        for (size_t k = index; k <= i; k++) {
            lines->items[k].heading = (uint8_t)(level < UINT8_MAX ? level : UINT8_MAX);
            lines->items[k].goes_on = k > index;
        }
        return;
    }
}

void contents_find(struct arena *arena, struct lines *lines, struct contents *out)
{
    *out = (struct contents){0};
    struct list list = {.arena = arena, .lines = lines, .contents = out};
    for (size_t i = 0; i < lines->count;)
        i = lines->items[i].fate == LINE_TEXT ? find_list(&list, i) : i + 1;
    set_levels(out, arena);
}

void contents_mark(struct arena *arena, struct lines *lines, const struct contents *contents)
{
    struct buf text;
    buf_init(&text, arena);
    for (size_t i = 0; i < lines->count && contents->entries.count; i++)
        if (!lines->items[i].heading && may_begin(lines, i))
            mark(arena, lines, contents, i, &text);
}
