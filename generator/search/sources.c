#include "search/sources.h"

#include "base/arena.h"
#include "search/lexeme.h"

#include <string.h>

enum {
    SHORTER_STEMS_MAX = 5 /* letters that a stem may be shorter than what is typed of a form */
};

bool sources_want(const struct source *source, struct str form)
{
    switch (source->forms) {
    case FORMS_ALL:
        return true;
    case FORMS_EQUAL:
        return str_equal(form, source->pattern);
    case FORMS_BEGIN:
        return str_starts(form, source->pattern);
    case FORMS_END:
        return str_ends(form, source->pattern);
    }
    return false;
}

static bool is_there(const struct sources *sources, struct str key)
{
    for (size_t i = 0; i < sources->items.count; i++)
        if (str_equal(sources->items.items[i].key, key))
            return true;
    return false;
}

/* Adds what the tree has under a key; false where there is no more room. */
static bool add(const struct finder *finder, struct sources *out, struct str key, struct str value,
                struct source source)
{
    if (is_there(out, key))
        return true;
    if (out->items.count == SOURCES_MAX) {
        out->cut = true;
        return false;
    }
    source.key = str_copy(finder->arena, key);
    if (!headword_read(&source.entry, value, finder->arena)) {
        store_damaged(finder->root->tree.store, "an entry of the tree can't be read");
        return false;
    }
    out->documents += source.entry.documents;
    if (out->documents > finder->root->documents)
        out->documents = finder->root->documents;
    *vec_push(&out->items, finder->arena) = source;
    return true;
}

static void find(const struct finder *finder, struct sources *out, enum key_kind kind,
                 struct str text, struct source source)
{
    struct key key;
    struct str span = keys_make(&key, kind, text), value;
    enum tree_status status = tree_find(&finder->root->tree, span, &value);
    if (status == TREE_FOUND)
        add(finder, out, span, value, source);
    out->waits |= status == TREE_WAITS;
}

/* A visit of a range. */
struct visit {
    const struct finder *finder;
    struct sources *out;
    struct source source;
    uint32_t from, to; /* of years */
    VEC(struct str) texts;
};

static bool take_entry(void *context, struct str key, struct str value)
{
    struct visit *visit = context;
    return add(visit->finder, visit->out, key, value, visit->source);
}

static void find_range(struct visit *visit, enum key_kind kind, struct str prefix,
                       tree_visitor *take)
{
    struct key key;
    struct str span = keys_make(&key, kind, prefix);
    enum tree_status status = tree_range(&visit->finder->root->tree, span, take, visit);
    visit->out->waits |= status == TREE_WAITS;
}

/* Of a form that does not begin with its stem: the stem. */
static bool take_stem(void *context, struct str key, struct str stem)
{
    struct visit *visit = context;
    (void)key;
    *vec_push(&visit->texts, visit->finder->arena) = stem;
    return visit->texts.count < SOURCES_MAX;
}

static bool take_reversed(void *context, struct str key, struct str value)
{
    struct visit *visit = context;
    struct lexeme lexeme;
    (void)value;
    struct str form = keys_reversed(visit->finder->arena, str_from_offset(key, 1));
    lexeme_find(&lexeme, visit->finder->root->language, form);
    *vec_push(&visit->texts, visit->finder->arena) =
        str_copy(visit->finder->arena, lexeme_str(&lexeme));
    return visit->texts.count < SOURCES_MAX;
}

static void find_texts(struct visit *visit)
{
    visit->out->cut |= visit->texts.count == SOURCES_MAX;
    for (size_t i = 0; i < visit->texts.count; i++)
        find(visit->finder, visit->out, KEY_WORD, visit->texts.items[i], visit->source);
}

/* Forms begin with what is typed where their stem does; where their stem is the beginning of it;
 * and some that do not begin with their stem. */
static void find_beginning(const struct finder *finder, struct str text, struct sources *out)
{
    struct visit visit = {finder, out, {.forms = FORMS_BEGIN, .pattern = text}, 0, 0, {0}};
    for (size_t less = SHORTER_STEMS_MAX; less > 0; less--)
        if (text.len > less + 1)
            find(finder, out, KEY_WORD, str_slice(text, 0, text.len - less), visit.source);
    find_range(&visit, KEY_WORD, text, take_entry);
    find_range(&visit, KEY_FORM, text, take_stem);
    find_texts(&visit);
}

static void find_ending(const struct finder *finder, struct str text, struct sources *out)
{
    struct visit visit = {finder, out, {.forms = FORMS_END, .pattern = text}, 0, 0, {0}};
    find_range(&visit, KEY_REVERSED, keys_reversed(finder->arena, text), take_reversed);
    find_texts(&visit);
}

/* Of what a document must not have all must be known. */
static bool is_excluded(const struct query_node *node)
{
    for (; node; node = node->parent)
        if (node->kind == QUERY_NOT)
            return true;
    return false;
}

/* From here on only so many nodes are read. */
static void begin_limited(const struct finder *finder, const struct query_node *node)
{
    struct store *store = finder->root->tree.store;
    if (finder->star_files && !is_excluded(node))
        store->room = finder->star_files;
    store->refused = store->waits = false;
}

/* What is not known for lack of room is left out; what is wanted is waited for. */
static void end_limited(const struct finder *finder, struct sources *out)
{
    struct store *store = finder->root->tree.store;
    store->room = SIZE_MAX;
    out->cut |= store->refused;
    out->waits = store->waits;
}

static void find_starred(const struct finder *finder, const struct query_node *word,
                         struct sources *out)
{
    begin_limited(finder, word);
    if (word->prefix)
        find_beginning(finder, word->text, out);
    if (word->suffix)
        find_ending(finder, word->text, out);
    end_limited(finder, out);
}

void sources_find_word(const struct finder *finder, const struct query_node *word, bool exact,
                       struct sources *out)
{
    struct lexeme lexeme;
    struct source source = {.forms = exact ? FORMS_EQUAL : FORMS_ALL, .pattern = word->text};
    if (word->prefix || word->suffix) {
        find_starred(finder, word, out);
        return;
    }
    lexeme_find(&lexeme, finder->root->language, word->text);
    find(finder, out, KEY_WORD, lexeme_str(&lexeme), source);
}

void sources_add_topic(const struct finder *finder, const struct headword_alias *alias,
                       struct sources *out)
{
    struct key key;
    struct str span = keys_make(&key, KEY_TOPIC, keys_name(alias->id));
    add(finder, out, span, alias->entry, (struct source){.topic = true});
}

/* Fields. */

static struct str folded(const struct finder *finder, struct str text)
{
    struct buf buf;
    buf_init(&buf, finder->arena);
    keys_put_folded(&buf, text);
    return buf_str(&buf);
}

static struct str longest_word(struct str folded_text)
{
    struct str longest = {"", 0};
    while (folded_text.len) {
        struct str word = str_cut(&folded_text, ' ');
        if (word.len > longest.len)
            longest = word;
    }
    return longest;
}

/* A topic by its id's last part, or by one of its names, which stands at the longest of its words.
 */
static void find_topic(const struct finder *finder, struct str value, struct sources *out)
{
    struct lexeme lexeme;
    struct sources words = {0};
    struct str name = folded(finder, value), id = keys_slug(finder->arena, value);
    find(finder, out, KEY_TOPIC, id, (struct source){.topic = true});
    if (!str_equal(id, value))
        find(finder, out, KEY_TOPIC, value, (struct source){.topic = true});
    lexeme_find(&lexeme, finder->root->language, longest_word(name));
    find(finder, &words, KEY_WORD, lexeme_str(&lexeme), (struct source){0});
    out->waits |= words.waits;
    for (size_t i = 0; i < words.items.count; i++) {
        const struct headword *entry = &words.items.items[i].entry;
        for (uint32_t j = 0; j < entry->alias_count; j++)
            if (str_equal(entry->aliases[j].text, name))
                sources_add_topic(finder, &entry->aliases[j], out);
    }
}

/* A source by the beginning of its id's last part: as it is written there, which need not be as
 * words are folded: `letter_2`. */
static void find_source(struct visit *visit, struct str value)
{
    struct str id = keys_slug(visit->finder->arena, value);
    find_range(visit, KEY_SOURCE, id, take_entry);
    if (!str_equal(id, value))
        find_range(visit, KEY_SOURCE, value, take_entry);
}

static bool take_year(void *context, struct str key, struct str value)
{
    struct visit *visit = context;
    long year;
    if (!str_to_long(str_from_offset(key, 1), &year) || year < (long)visit->from)
        return true;
    if (visit->to && year > (long)visit->to)
        return false;
    return add(visit->finder, visit->out, key, value, visit->source);
}

static void find_years(const struct finder *finder, const struct query_node *field,
                       struct sources *out)
{
    struct visit visit = {finder, out, {.forms = FORMS_ALL}, field->from, field->to, {0}};
    find_range(&visit, KEY_YEAR, (struct str){"", 0}, take_year);
}

void sources_find_field(const struct finder *finder, const struct query_node *field,
                        struct sources *out)
{
    struct visit visit = {finder, out, {.forms = FORMS_ALL}, 0, 0, {0}};
    begin_limited(finder, field);
    switch (field->field) {
    case QUERY_TOPIC:
        find_topic(finder, field->text, out);
        break;
    case QUERY_SOURCE:
        find_source(&visit, field->text);
        break;
    case QUERY_ISSUER:
        find_range(&visit, KEY_ISSUER, folded(finder, field->text), take_entry);
        break;
    case QUERY_KIND:
        find(finder, out, KEY_KIND, folded(finder, field->text), visit.source);
        break;
    case QUERY_TAG:
        find_range(&visit, KEY_TAG, folded(finder, field->text), take_entry);
        break;
    case QUERY_YEAR:
        find_years(finder, field, out);
        break;
    }
    end_limited(finder, out);
}
