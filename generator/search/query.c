#include "search/query.h"

#include "base/arena.h"
#include "search/letters.h"
#include "search/words.h"

/* Operators wait on a stack for their right side, those that bind harder above those that bind
 * less: OR, AND, NOT and NEAR at most between two brackets. */
enum {
    LEVELS = QUERY_BRACKETS_MAX + 1,
    PENDING_MAX = LEVELS * 5,
    OPERANDS_MAX = LEVELS * 4,
    NO_FIELD = QUERY_TAG + 1
};

struct pending {
    bool is_bracket;
    enum query_kind kind; /* of an operator */
    uint32_t start, end;  /* equal for an AND that is implied */
    uint32_t distance;    /* of NEAR */
    unsigned field;       /* of a bracket: what the words in it are values of, or NO_FIELD */
};

struct operand {
    struct query_node *node;
    uint32_t start, end; /* with its brackets */
};

struct reader {
    struct query *query;
    struct arena *arena;
    struct str text; /* what is read of the query: cut where it is too long */
    uint32_t at;
    uint32_t words;
    uint32_t brackets, ignored; /* that are open; that are too deep and open */
    bool wanted;                /* an operand is: at the start, behind operators */
    struct pending pending[PENDING_MAX];
    size_t pending_count;
    struct operand operands[OPERANDS_MAX];
    size_t operand_count;
};

static void tell(struct reader *reader, enum query_problem_kind kind, uint32_t start, uint32_t end)
{
    if (reader->query->problems.count < QUERY_PROBLEMS_MAX)
        *vec_push(&reader->query->problems, reader->arena) =
            (struct query_problem){kind, start, end};
}

static bool is_cut(const struct reader *reader)
{
    return reader->text.len < reader->query->text.len;
}

/* -- The tree ---------------------------------------------------------------------------------- */

static struct query_node *new_node(struct reader *reader, enum query_kind kind, uint32_t start,
                                   uint32_t end)
{
    struct query_node *node = arena_new(reader->arena, struct query_node);
    node->kind = kind;
    node->start = start;
    node->end = end;
    return node;
}

static void append(struct query_node *parent, struct query_node *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->children++;
}

/* A node, or its children where it is of the same kind. */
static void merge(struct query_node *parent, struct query_node *node)
{
    if (node->kind != parent->kind) {
        append(parent, node);
        return;
    }
    for (struct query_node *child = node->first, *next; child; child = next) {
        next = child->next;
        append(parent, child);
    }
}

const struct query_node *query_walk(const struct query_node *root, const struct query_node *node)
{
    if (node->first)
        return node->first;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* -- Operators --------------------------------------------------------------------------------- */

static const struct pending *top(const struct reader *reader)
{
    return reader->pending_count ? &reader->pending[reader->pending_count - 1] : NULL;
}

static bool is_top(const struct reader *reader, enum query_kind kind)
{
    const struct pending *pending = top(reader);
    return pending && !pending->is_bracket && pending->kind == kind;
}

static bool fits_near(const struct query_node *node)
{
    if (node->kind == QUERY_OR) {
        for (const struct query_node *child = node->first; child; child = child->next)
            if (child->kind != QUERY_WORD && child->kind != QUERY_PHRASE)
                return false;
        return true;
    }
    return node->kind == QUERY_WORD || node->kind == QUERY_PHRASE || node->kind == QUERY_NEAR;
}

/* What is wanted is not said on one side of an OR. An OR on that side has had its problem. */
static void check_side(struct reader *reader, const struct operand *side)
{
    if (side->node->negative && side->node->kind != QUERY_OR)
        tell(reader, QUERY_ONLY_NOT, side->start, side->end);
}

/* One node for several NEARs has one distance: the largest, where they differ. */
static void widen(struct reader *reader, const struct pending *near, uint32_t *distance,
                  const struct query_node *side)
{
    if (side->kind != QUERY_NEAR || side->distance == *distance)
        return;
    tell(reader, QUERY_NEAR_DISTANCE, near->start, near->end);
    if (!side->distance || (*distance && side->distance > *distance))
        *distance = side->distance;
}

static void combine(struct reader *reader, const struct pending *operator, struct operand * left,
                    const struct operand *right)
{
    enum query_kind kind = operator->kind;
    uint32_t distance = operator->distance;
    if (kind == QUERY_NEAR && !(fits_near(left->node) && fits_near(right->node))) {
        tell(reader, QUERY_NEAR_OPERAND, operator->start, operator->end);
        kind = QUERY_AND;
    }
    struct query_node *node = new_node(reader, kind, left->start, right->end);
    if (kind == QUERY_NEAR) {
        widen(reader, operator, & distance, left->node);
        widen(reader, operator, & distance, right->node);
        node->distance = distance;
    } else if (kind == QUERY_OR) {
        check_side(reader, left);
        check_side(reader, right);
        node->negative = left->node->negative || right->node->negative;
    } else {
        node->negative = left->node->negative && right->node->negative;
    }
    merge(node, left->node);
    merge(node, right->node);
    *left = (struct operand){node, left->start, right->end};
}

static void negate(struct reader *reader, const struct pending *operator, struct operand * operand)
{
    struct query_node *node = operand->node;
    if (node->kind == QUERY_NOT) {
        operand->node = node->first;
        operand->node->parent = NULL;
    } else {
        operand->node = new_node(reader, QUERY_NOT, operator->start, operand->end);
        operand->node->negative = true;
        append(operand->node, node);
    }
    operand->start = operator->start;
}

/* Gives the operator on top what it is about. */
static void reduce(struct reader *reader)
{
    struct pending operator= reader->pending[--reader->pending_count];
    struct operand *last = &reader->operands[reader->operand_count - 1];
    if (operator.kind == QUERY_NOT) {
        negate(reader, &operator, last);
        return;
    }
    combine(reader, &operator, last - 1, last);
    reader->operand_count--;
}

static unsigned strength(enum query_kind kind)
{
    return kind == QUERY_NEAR ? 4 : kind == QUERY_NOT ? 3 : kind == QUERY_AND ? 2 : 1;
}

static void push_pending(struct reader *reader, struct pending pending)
{
    reader->pending[reader->pending_count++] = pending;
    reader->wanted = true;
}

/* An operator behind an operand. */
static void push_between(struct reader *reader, struct pending operator)
{
    while (top(reader) && !top(reader)->is_bracket &&
           strength(top(reader)->kind) >= strength(operator.kind))
        reduce(reader);
    push_pending(reader, operator);
}

/* Before what begins an operand. */
static void imply_and(struct reader *reader, uint32_t start)
{
    if (!reader->wanted)
        push_between(reader, (struct pending){.kind = QUERY_AND, .start = start, .end = start});
}

static void push_operand(struct reader *reader, struct query_node *node, uint32_t start,
                         uint32_t end)
{
    imply_and(reader, start);
    reader->operands[reader->operand_count++] = (struct operand){node, start, end};
    reader->wanted = false;
}

static void push_not(struct reader *reader, uint32_t start, uint32_t end)
{
    imply_and(reader, start);
    if (is_top(reader, QUERY_NEAR)) {
        struct pending near = reader->pending[--reader->pending_count];
        tell(reader, QUERY_NEAR_OPERAND, near.start, near.end);
        near.kind = QUERY_AND;
        push_between(reader, near);
    }
    if (is_top(reader, QUERY_NOT))
        reader->pending_count--;
    else
        push_pending(reader, (struct pending){.kind = QUERY_NOT, .start = start, .end = end});
}

static void push_operator(struct reader *reader, struct pending operator)
{
    if (operator.kind == QUERY_NOT)
        push_not(reader, operator.start, operator.end);
    else if (reader->wanted)
        tell(reader, QUERY_OPERAND_MISSING, operator.start, operator.end);
    else
        push_between(reader, operator);
}

static bool is_dash(const struct reader *reader, const struct pending *pending)
{
    return pending->kind == QUERY_NOT && reader->text.data[pending->start] == '-';
}

/* Whether what begins there has a minus sign right before it. */
static bool is_dashed(const struct reader *reader, uint32_t start)
{
    return is_top(reader, QUERY_NOT) && is_dash(reader, top(reader)) && top(reader)->end == start;
}

/* What began there came to nothing, and its minus sign with it. */
static void drop_dash(struct reader *reader, uint32_t start)
{
    if (is_dashed(reader, start))
        reader->pending_count--;
}

/* Drops operators that nothing stands behind. */
static void drop_wanting(struct reader *reader)
{
    while (reader->wanted && top(reader) && !top(reader)->is_bracket) {
        struct pending operator= reader->pending[--reader->pending_count];
        reader->wanted = operator.kind == QUERY_NOT;
        if (operator.start<operator.end && !is_dash(reader, &operator) && !is_cut(reader))
            tell(reader, QUERY_OPERAND_MISSING, operator.start, operator.end);
    }
}

static void reduce_all(struct reader *reader)
{
    drop_wanting(reader);
    while (top(reader) && !top(reader)->is_bracket)
        reduce(reader);
}

/* -- Brackets ---------------------------------------------------------------------------------- */

static unsigned current_field(const struct reader *reader)
{
    for (size_t i = reader->pending_count; i-- > 0;)
        if (reader->pending[i].is_bracket)
            return reader->pending[i].field;
    return NO_FIELD;
}

/* `at` is where the bracket is, `start` where the name of its field begins. */
static void open_bracket(struct reader *reader, unsigned field, uint32_t start, uint32_t at)
{
    reader->at = at + 1;
    if (reader->brackets == QUERY_BRACKETS_MAX) {
        tell(reader, QUERY_TOO_DEEP, at, at + 1);
        reader->ignored++;
        return;
    }
    imply_and(reader, start);
    push_pending(reader, (struct pending){
                             .is_bracket = true, .start = start, .end = at + 1, .field = field});
    reader->brackets++;
}

static void close_bracket(struct reader *reader, uint32_t end)
{
    reduce_all(reader);
    struct pending bracket = reader->pending[--reader->pending_count];
    reader->brackets--;
    if (reader->wanted) {
        if (bracket.end - bracket.start > 1 && !is_cut(reader))
            tell(reader, QUERY_FIELD_EMPTY, bracket.start, end);
        drop_dash(reader, bracket.start);
        return;
    }
    struct operand *operand = &reader->operands[reader->operand_count - 1];
    operand->start = bracket.start;
    operand->end = end;
}

static void read_close(struct reader *reader)
{
    reader->at++;
    if (reader->ignored)
        reader->ignored--;
    else if (reader->brackets)
        close_bracket(reader, reader->at);
    else
        tell(reader, QUERY_BRACKET_UNOPENED, reader->at - 1, reader->at);
}

/* -- Words and phrases ------------------------------------------------------------------------- */

/* Whether there is no room for the word that begins there: then nothing more is read. */
static bool is_full(struct reader *reader, uint32_t start)
{
    bool full = reader->words == QUERY_WORDS_MAX;
    if (full)
        reader->text.len = start;
    else
        reader->words++;
    return full;
}

static bool has_letters(struct str form, size_t least)
{
    size_t count = 0;
    for (size_t i = 0; i < form.len; i++)
        count += (form.data[i] & 0xC0) != 0x80;
    return count >= least;
}

/* Stars that touch the word; one between two words belongs to the first. */
static void read_stars(struct reader *reader, struct query_node *word, uint32_t first,
                       uint32_t last)
{
    const char *text = reader->text.data;
    word->prefix = word->end < last && text[word->end] == '*';
    word->suffix = word->start > first && text[word->start - 1] == '*';
    word->end += word->prefix;
    word->start -= word->suffix;
    if ((!word->prefix && !word->suffix) || has_letters(word->text, QUERY_STAR_LEAST))
        return;
    tell(reader, QUERY_STAR_SHORT, word->start, word->end);
    word->prefix = word->suffix = false;
}

static void add_word(struct reader *reader, struct query_node *phrase, const struct word *word,
                     uint32_t last)
{
    uint32_t start = phrase->start + word->start, end = phrase->start + word->end;
    struct query_node *node = new_node(reader, QUERY_WORD, start, end);
    node->text = str_copy(reader->arena, word->form);
    read_stars(reader, node, phrase->last ? phrase->last->end : phrase->start, last);
    append(phrase, node);
}

/* The words between two places as a phrase without words joined by hyphens; `*joined` is all of
 * them, where one hyphenated word is all there is, else empty. */
static struct query_node *read_phrase(struct reader *reader, uint32_t start, uint32_t end,
                                      struct str *joined)
{
    struct query_node *phrase = new_node(reader, QUERY_PHRASE, start, end);
    struct words words;
    struct word word;
    words_begin(&words, str_slice(reader->text, start, end - start));
    *joined = (struct str){"", 0};
    while (words_next(&words, &word)) {
        if (word.joined) {
            if (!word.position)
                *joined = str_copy(reader->arena, word.form);
            continue;
        }
        *joined = (struct str){"", 0};
        if (is_full(reader, start + word.start))
            break;
        add_word(reader, phrase, &word, end);
    }
    return phrase->children ? phrase : NULL;
}

/* What stands there without quotes: a word; a word with hyphens; a phrase, where it is several
 * words that no space sets apart (`24/7`); or NULL. */
static struct query_node *read_words(struct reader *reader, uint32_t start, uint32_t end)
{
    struct str joined;
    struct query_node *phrase = read_phrase(reader, start, end, &joined);
    if (!phrase)
        return NULL;
    struct query_node *first = phrase->first, *last = phrase->last;
    if (first == last) {
        first->parent = NULL;
        return first;
    }
    phrase->start = first->start;
    phrase->end = last->end;
    if (joined.len) {
        phrase->kind = QUERY_WORD;
        phrase->text = joined;
        phrase->suffix = first->suffix;
        phrase->prefix = last->prefix;
    }
    return phrase;
}

/* -- Fields ------------------------------------------------------------------------------------ */

static const struct str field_names[][2] = {[QUERY_TOPIC] = {{"topic", 5}, {"onderwerp", 9}},
                                            [QUERY_SOURCE] = {{"source", 6}, {"bron", 4}},
                                            [QUERY_ISSUER] = {{"issuer", 6}, {"afzender", 8}},
                                            [QUERY_KIND] = {{"kind", 4}, {"soort", 5}},
                                            [QUERY_YEAR] = {{"year", 4}, {"jaar", 4}},
                                            [QUERY_TAG] = {{"tag", 3}, {"label", 5}}};

const char *query_field_name(enum query_field field)
{
    return field_names[field][0].data;
}

static unsigned find_field(struct str name)
{
    unsigned field = 0;
    while (field < NO_FIELD && !str_equal_nocase(name, field_names[field][0]) &&
           !str_equal_nocase(name, field_names[field][1]))
        field++;
    return field;
}

/* Four digits; 0 where nothing is written. */
static bool read_year(struct str text, uint32_t *year)
{
    *year = 0;
    if (text.len && (text.len != 4 || text.data[0] == '0'))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!str_is_digit(text.data[i]))
            return false;
        *year = *year * 10 + (uint32_t)(text.data[i] - '0');
    }
    return true;
}

static bool read_years(struct query_node *node)
{
    ptrdiff_t dot = str_find_char(node->text, '.');
    size_t len = dot == STR_NONE ? node->text.len : (size_t)dot;
    struct str behind = str_from_offset(node->text, len);
    node->range = str_starts(behind, STR(".."));
    if (behind.len && !node->range)
        return false;
    behind = str_from_offset(behind, 2);
    if (!read_year(str_trim(str_slice(node->text, 0, len)), &node->from) ||
        !read_year(str_trim(behind), &node->to))
        return false;
    if (!node->range)
        node->to = node->from;
    if (node->to && node->from > node->to) {
        uint32_t later = node->from;
        node->from = node->to;
        node->to = later;
    }
    return node->from || node->to;
}

static bool is_value(struct reader *reader, struct query_node *node)
{
    if (!node->text.len)
        tell(reader, QUERY_FIELD_EMPTY, node->start, node->end);
    else if (node->field == QUERY_YEAR && !read_years(node))
        tell(reader, QUERY_YEAR_WRONG, node->start, node->end);
    else
        return !is_full(reader, node->start);
    return false;
}

static void add_field(struct reader *reader, unsigned field, struct str value, uint32_t start,
                      uint32_t end)
{
    struct query_node *node = new_node(reader, QUERY_FIELD, start, end);
    node->field = (enum query_field)field;
    node->text = str_trim(value);
    if (is_value(reader, node))
        push_operand(reader, node, start, end);
    else
        drop_dash(reader, start);
}

/* -- Reading ----------------------------------------------------------------------------------- */

static bool is_quote(uint32_t c)
{
    return c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

/* What ends a row of characters that belong together. */
static bool is_end(uint32_t c)
{
    return c == '(' || c == ')' || is_quote(c) || letters_is_space(c);
}

/* The code point there, or a space at the end. */
static uint32_t look(const struct reader *reader, uint32_t at)
{
    size_t offset = at;
    return at < reader->text.len ? letters_next(reader->text, &offset) : ' ';
}

/* Where it ends; behind a star that ends a word, too, if that is asked. */
static uint32_t find_end(const struct reader *reader, uint32_t start, bool at_star)
{
    bool is_inside = false, has_star = false;
    size_t at = start;
    while (at < reader->text.len) {
        size_t behind = at;
        uint32_t c = letters_next(reader->text, &behind);
        if (is_end(c) || (at_star && has_star && c != '*'))
            break;
        has_star = is_inside && c == '*';
        is_inside |= c != '*';
        at = behind;
    }
    return (uint32_t)at;
}

/* From one quotation mark to the next, whichever it is; `start` is where a field's name begins. */
static void read_quoted(struct reader *reader, unsigned field, uint32_t start, uint32_t quote)
{
    size_t first = quote, end, behind;
    letters_next(reader->text, &first);
    for (end = behind = first; end < reader->text.len; end = behind)
        if (is_quote(letters_next(reader->text, &behind)))
            break;
    reader->at = (uint32_t)behind;
    if (end == reader->text.len && !is_cut(reader))
        tell(reader, QUERY_QUOTE_OPEN, quote, (uint32_t)end);
    if (field != NO_FIELD) {
        add_field(reader, field, str_slice(reader->text, first, end - first), start, reader->at);
        return;
    }
    struct str joined;
    struct query_node *phrase = read_phrase(reader, (uint32_t)first, (uint32_t)end, &joined);
    if (!phrase) {
        drop_dash(reader, start);
        return;
    }
    phrase->start = start;
    phrase->end = reader->at;
    push_operand(reader, phrase, start, reader->at);
}

static void add_words(struct reader *reader, uint32_t start, uint32_t end)
{
    struct query_node *node = read_words(reader, start, end);
    if (node)
        push_operand(reader, node, node->start, node->end);
    else
        drop_dash(reader, start);
}

/* `NEAR/5`, of which `text` is what stands behind the slash. */
static uint32_t read_distance(struct reader *reader, struct str text, uint32_t start, uint32_t end)
{
    uint32_t distance = 0;
    size_t i = 0;
    while (i < text.len && str_is_digit(text.data[i]) && distance <= QUERY_DISTANCE_MAX)
        distance = distance * 10 + (uint32_t)(text.data[i++] - '0');
    if (i == text.len && distance && distance <= QUERY_DISTANCE_MAX)
        return distance;
    tell(reader, QUERY_NEAR_DISTANCE, start, end);
    return 0;
}

static bool read_operator(struct reader *reader, uint32_t start, uint32_t end)
{
    static const struct {
        struct str name;
        enum query_kind kind;
    } operators[] = {{{"AND", 3}, QUERY_AND},   {{"EN", 2}, QUERY_AND},    {{"OR", 2}, QUERY_OR},
                     {{"OF", 2}, QUERY_OR},     {{"NOT", 3}, QUERY_NOT},   {{"NIET", 4}, QUERY_NOT},
                     {{"NEAR", 4}, QUERY_NEAR}, {{"NAAST", 5}, QUERY_NEAR}};
    struct str run = str_slice(reader->text, start, end - start), name = run;
    ptrdiff_t slash = str_find_char(run, '/');
    if (slash != STR_NONE)
        name.len = (size_t)slash;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        struct pending operator= {.kind = operators[i].kind, .start = start, .end = end};
        if (!str_equal(name, operators[i].name) ||
            (slash != STR_NONE && operator.kind != QUERY_NEAR))
            continue;
        reader->at = end;
        if (slash != STR_NONE)
            operator.distance =
                read_distance(reader, str_from_offset(run, name.len + 1), start, end);
        push_operator(reader, operator);
        return true;
    }
    return false;
}

/* A value without quotes, but for what ends a part of a sentence. */
static struct str bare(const struct reader *reader, uint32_t start, uint32_t end)
{
    struct str value = str_slice(reader->text, start, end - start);
    while (value.len && str_find_char(STR(",;"), value.data[value.len - 1]) != STR_NONE)
        value.len--;
    return value;
}

/* What stands behind the colon of a field; `end` is where its row of characters ends. */
static void read_value(struct reader *reader, unsigned field, uint32_t start, uint32_t colon,
                       uint32_t end)
{
    uint32_t value = colon + 1;
    reader->at = end;
    if (value == end && look(reader, end) == '(')
        open_bracket(reader, field, start, end);
    else if (value == end && is_quote(look(reader, end)))
        read_quoted(reader, field, start, end);
    else
        add_field(reader, field, bare(reader, value, end), start, end);
}

/* Whether somebody meant a field: a word, a colon, and something other than an address or a time.
 */
static bool is_like_field(const struct reader *reader, uint32_t start, uint32_t colon)
{
    uint32_t behind = look(reader, colon + 1);
    for (uint32_t i = start; i < colon; i++)
        if (!str_is_alnum(reader->text.data[i]) || str_is_digit(reader->text.data[i]))
            return false;
    return colon > start && behind != '/' && behind != ')' && !letters_is_space(behind);
}

/* `foo:bar` as the words that it is made of. */
static void read_unknown(struct reader *reader, uint32_t start, uint32_t colon, uint32_t end)
{
    struct query_node *name = read_words(reader, start, colon);
    struct query_node *value = read_words(reader, colon + 1, end);
    struct pending operator= {.kind = QUERY_AND};
    tell(reader, QUERY_FIELD_UNKNOWN, start, colon + 1);
    if (!name)
        return;
    struct operand both = {name, name->start, name->end};
    if (value)
        combine(reader, &operator, & both, &(struct operand){value, value->start, value->end});
    push_operand(reader, both.node, both.start, both.end);
}

/* A row of characters without a space: an operator, a field or words. */
static void read_run(struct reader *reader)
{
    uint32_t start = reader->at, end = find_end(reader, start, false);
    unsigned current = current_field(reader), field = NO_FIELD;
    struct str run = str_slice(reader->text, start, end - start);
    ptrdiff_t found = str_find_char(run, ':');
    uint32_t colon = found == STR_NONE ? end : start + (uint32_t)found;
    if (!is_dashed(reader, start) && read_operator(reader, start, end))
        return;
    if (found != STR_NONE)
        field = find_field(str_slice(run, 0, (size_t)found));
    if (field != NO_FIELD) {
        read_value(reader, field, start, colon, end);
        return;
    }
    reader->at = current == NO_FIELD ? find_end(reader, start, true) : end;
    if (current != NO_FIELD)
        add_field(reader, current, bare(reader, start, end), start, end);
    else if (colon < reader->at && is_like_field(reader, start, colon))
        read_unknown(reader, start, colon, reader->at);
    else
        add_words(reader, start, reader->at);
}

/* A minus sign before something is a NOT, any other is nothing. */
static void read_dash(struct reader *reader)
{
    uint32_t start = reader->at++, next = look(reader, reader->at);
    if (next != '-' && next != ')' && !letters_is_space(next))
        push_not(reader, start, reader->at);
}

static void read_next(struct reader *reader)
{
    uint32_t c = look(reader, reader->at);
    size_t behind = reader->at;
    if (letters_is_space(c)) {
        letters_next(reader->text, &behind);
        reader->at = (uint32_t)behind;
    } else if (c == '(') {
        open_bracket(reader, current_field(reader), reader->at, reader->at);
    } else if (c == ')') {
        read_close(reader);
    } else if (is_quote(c)) {
        read_quoted(reader, current_field(reader), reader->at, reader->at);
    } else if (c == '-') {
        read_dash(reader);
    } else {
        read_run(reader);
    }
}

/* The end counts as every bracket's. */
static void finish(struct reader *reader)
{
    for (size_t i = 0; i < reader->pending_count && !is_cut(reader); i++)
        if (reader->pending[i].is_bracket)
            tell(reader, QUERY_BRACKET_OPEN, reader->pending[i].end - 1, reader->pending[i].end);
    while (reader->brackets)
        close_bracket(reader, (uint32_t)reader->query->text.len);
    reduce_all(reader);
    if (!reader->operand_count)
        return;
    reader->query->root = reader->operands[0].node;
    check_side(reader, &reader->operands[0]);
}

/* What is read of a query: the words that fit. */
static struct str cut(struct str text)
{
    size_t len = QUERY_LENGTH_MAX;
    if (text.len <= len)
        return text;
    while (len && !str_is_space(text.data[len]))
        len--;
    if (!len)
        for (len = QUERY_LENGTH_MAX; len && (text.data[len] & 0xC0) == 0x80;)
            len--;
    return str_slice(text, 0, len);
}

static void sort(struct query_problem *problems, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct query_problem problem = problems[i];
        size_t at = i;
        for (; at && problems[at - 1].start > problem.start; at--)
            problems[at] = problems[at - 1];
        problems[at] = problem;
    }
}

void query_read(struct query *query, struct arena *arena, struct str text)
{
    *query = (struct query){.text = text};
    struct reader reader = {.query = query, .arena = arena, .text = cut(text), .wanted = true};
    while (reader.at < reader.text.len)
        read_next(&reader);
    if (is_cut(&reader))
        tell(&reader, QUERY_TOO_LONG, (uint32_t)reader.text.len, (uint32_t)text.len);
    finish(&reader);
    sort(query->problems.items, query->problems.count);
}

const char *query_problem_name(enum query_problem_kind kind)
{
    static const char *const names[] = {[QUERY_QUOTE_OPEN] = "quote-open",
                                        [QUERY_BRACKET_OPEN] = "bracket-open",
                                        [QUERY_BRACKET_UNOPENED] = "bracket-unopened",
                                        [QUERY_OPERAND_MISSING] = "operand-missing",
                                        [QUERY_NEAR_DISTANCE] = "near-distance",
                                        [QUERY_NEAR_OPERAND] = "near-operand",
                                        [QUERY_FIELD_UNKNOWN] = "field-unknown",
                                        [QUERY_FIELD_EMPTY] = "field-empty",
                                        [QUERY_YEAR_WRONG] = "year-wrong",
                                        [QUERY_ONLY_NOT] = "only-not",
                                        [QUERY_STAR_SHORT] = "star-short",
                                        [QUERY_TOO_LONG] = "too-long",
                                        [QUERY_TOO_DEEP] = "too-deep"};
    return names[kind];
}
