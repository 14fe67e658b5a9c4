#include "search/marks.h"

#include "base/arena.h"
#include "search/lexeme.h"

enum {
    SHOWN_MAX = 480, /* bytes of a passage: some six lines on a phone */
    BEFORE_MARK = 100
};

/* Forms that a word with a star is wanted by may have any stem. */
static bool is_wanted_form(const struct source *source, struct str stem, struct str form)
{
    bool by_stem = source->forms == FORMS_ALL;
    return by_stem ? str_equal(str_from_offset(source->key, 1), stem) : sources_want(source, form);
}

static bool is_sought(const struct plan_node *node)
{
    return node->kind == PLAN_WORD && node->node->kind == QUERY_WORD && !node->optional;
}

static bool is_marked(const struct marker *marker, struct str form)
{
    struct lexeme lexeme;
    lexeme_find(&lexeme, marker->language, form);
    for (uint32_t i = 0; i < marker->plan->count; i++) {
        const struct plan_node *node = &marker->plan->nodes[i];
        for (size_t j = 0; is_sought(node) && j < node->sources.items.count; j++) {
            const struct source *source = &node->sources.items.items[j];
            if (!source->topic && is_wanted_form(source, lexeme_str(&lexeme), form))
                return true;
        }
    }
    return false;
}

/* Whether the topic of that id is what words of the query name, or a field. */
static bool is_marked_topic(const struct marker *marker, struct str id)
{
    struct key key;
    struct str span = keys_make(&key, KEY_TOPIC, keys_name(id));
    for (uint32_t i = 0; i < marker->plan->count; i++) {
        const struct sources *sources = &marker->plan->nodes[i].sources;
        for (size_t j = 0; j < sources->items.count; j++)
            if (sources->items.items[j].topic && str_equal(sources->items.items[j].key, span))
                return true;
    }
    return false;
}

/* Adds a stretch that does not begin before the last one; what touches becomes one. */
static void add(const struct marker *marker, struct marks *marks, uint32_t start, uint32_t end)
{
    struct stretch *last = marks->items.count ? &marks->items.items[marks->items.count - 1] : NULL;
    if (!last || start > last->end)
        *vec_push(&marks->items, marker->arena) = (struct stretch){start, end};
    else if (end > last->end)
        last->end = end;
}

/* A joined word comes behind its parts, and begins where the first of them does: it takes their
 * place. */
static void add_joined(const struct marker *marker, struct marks *marks, uint32_t start,
                       uint32_t end)
{
    while (marks->items.count && marks->items.items[marks->items.count - 1].start > start)
        marks->items.count--;
    add(marker, marks, start, end);
}

/* Adds the mentions that begin before `before`. */
static void add_mentions(const struct marker *marker, const struct fragment *fragment,
                         const struct fragment_passage *passage, uint32_t *next, uint32_t before,
                         struct marks *marks)
{
    for (; *next < passage->mention_count && passage->mentions[*next].start < before; ++*next) {
        const struct fragment_mention *mention = &passage->mentions[*next];
        if (is_marked_topic(marker, fragment->topics[mention->topic].id))
            add_joined(marker, marks, mention->start, mention->end);
    }
}

static bool is_inside(uint8_t byte)
{
    return (byte & 0xc0) == 0x80;
}

/* The next place at or behind `at` where a word begins, or the end. */
static uint32_t word_start(struct str text, uint32_t at, uint32_t end)
{
    while (at < end && (is_inside((uint8_t)text.data[at]) || (at && text.data[at - 1] != ' ')))
        at++;
    return at;
}

/* The mark from which on most others can be shown as well. */
static uint32_t densest(const struct marks *marks)
{
    uint32_t best = 0, most = 0;
    for (uint32_t i = 0, j = 0; i < marks->items.count; i++) {
        while (j < marks->items.count &&
               marks->items.items[j].end <= marks->items.items[i].start + SHOWN_MAX - BEFORE_MARK)
            j++;
        if (j > i && j - i > most) {
            most = j - i;
            best = i;
        }
    }
    return best;
}

static void choose_shown(const struct marker *marker, struct marks *marks, struct str text)
{
    uint32_t len = (uint32_t)text.len, start = 0;
    marks->shown = (struct stretch){0, len};
    if (len <= SHOWN_MAX || marker->whole)
        return;
    if (marks->items.count) {
        uint32_t mark = marks->items.items[densest(marks)].start;
        start = mark > BEFORE_MARK ? mark - BEFORE_MARK : 0;
        start = word_start(text, start, mark);
    }
    marks->shown.start = start;
    if (len - start > SHOWN_MAX)
        marks->shown.end = word_start(text, start + SHOWN_MAX, len);
}

void marks_find(const struct marker *marker, const struct fragment *fragment,
                const struct fragment_passage *passage, struct marks *out)
{
    struct words words;
    struct word word;
    uint32_t next_mention = 0;
    *out = (struct marks){0};
    words_begin(&words, passage->text);
    while (words_next(&words, &word)) {
        add_mentions(marker, fragment, passage, &next_mention, word.end, out);
        if (!is_marked(marker, word.form))
            continue;
        if (word.joined)
            add_joined(marker, out, word.start, word.end);
        else
            add(marker, out, word.start, word.end);
    }
    add_mentions(marker, fragment, passage, &next_mention, UINT32_MAX, out);
    choose_shown(marker, out, passage->text);
}
