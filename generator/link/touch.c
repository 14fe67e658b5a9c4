#include "link/touch.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/map.h"
#include "base/utf8.h"
#include "link/fold.h"
#include "link/names.h"

#include <stdlib.h>
#include <string.h>

enum {
    TRACE_MIN = 64,     /* bytes of a trace, a power of two */
    TRACE_MAX = 4096,   /* likewise: of 4,000 different words half of all names are held to touch */
    CHANGED_MAX = 1000, /* names: of more, nearly every document has one */
    BEGINNING = 3,      /* bytes of a word that count: `dag-` stands for the `dagopvang` */
};

/* Rolls. */

/* What a name is, its topic by its path: two names of one digest find the same. */
static struct digest name_digest(struct arena *scratch, const struct survey *survey,
                                 const struct name *name, struct digest condition)
{
    struct buf bytes;
    buf_init(&bytes, scratch);
    bytes_put_text(&bytes, name->text);
    if (name->topic != NO_TOPIC)
        bytes_put_text(&bytes, survey->documents[survey->topics[name->topic]].path);
    bytes_put_number(&bytes, name->letters);
    bytes_put_number(&bytes, name->compounds);
    bytes_put_number(&bytes, name->is_word);
    digest_put(&bytes, condition);
    return digest_of(buf_str(&bytes));
}

static bool has_condition(const struct conditions *conditions, uint32_t topic)
{
    return topic < conditions->topic_count && conditions->of[topic];
}

/* A condition holds by other names and by words: any change of either is one of the topic. */
static struct digest conditions_digest(struct arena *scratch, const struct survey *survey,
                                       const struct name *names, size_t count,
                                       const struct conditions *conditions)
{
    struct buf bytes;
    buf_init(&bytes, scratch);
    if (!conditions->count)
        return DIGEST_NONE;
    for (size_t i = 0; i < count; i++)
        digest_put(&bytes, name_digest(scratch, survey, &names[i], DIGEST_NONE));
    for (uint32_t t = 0; t < conditions->topic_count; t++) {
        const struct outline *topic = &survey->documents[survey->topics[t]];
        bytes_put_number(&bytes, has_condition(conditions, t));
        for (size_t i = 0; i < topic->meta.more->only_with.texts.count; i++)
            bytes_put_text(&bytes, topic->meta.more->only_with.texts.items[i].text);
    }
    return digest_of(buf_str(&bytes));
}

struct roll roll_make(struct arena *arena, const struct survey *survey, const struct name *names,
                      size_t count, const struct conditions *conditions)
{
    struct arena scratch;
    struct buf bytes;
    arena_init(&scratch);
    buf_init(&bytes, arena);
    struct digest condition = conditions_digest(&scratch, survey, names, count, conditions);
    bytes_put_number(&bytes, survey->topic_count);
    for (uint32_t t = 0; t < survey->topic_count; t++)
        bytes_put_text(&bytes, survey->documents[survey->topics[t]].path);
    bytes_put_number(&bytes, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        bool bound = names[i].topic != NO_TOPIC && has_condition(conditions, names[i].topic);
        arena_clear(&scratch);
        digest_put(&bytes,
                   name_digest(&scratch, survey, &names[i], bound ? condition : DIGEST_NONE));
        bytes_put_text(&bytes, fold_text(&scratch, names[i].text).text);
    }
    arena_release(&scratch);
    return (struct roll){digest_of(buf_str(&bytes)), buf_str(&bytes), survey->topic_count};
}

/* Turnover. */

struct roll_name {
    struct digest digest;
    struct str name; /* folded */
};

struct list {
    VEC(struct str) topics;
    VEC(struct roll_name) names;
};

static bool read_roll(struct str roll, struct arena *arena, struct list *out)
{
    struct bytes bytes;
    bytes_begin(&bytes, roll);
    for (uint32_t left = bytes_count(&bytes, 1); left; left--)
        *vec_push(&out->topics, arena) = bytes_text(&bytes);
    for (uint32_t left = bytes_count(&bytes, DIGEST_SIZE + 1); left; left--) {
        struct str digest = bytes_take(&bytes, DIGEST_SIZE);
        if (bytes.failed)
            return false;
        struct roll_name *entry = vec_push(&out->names, arena);
        entry->digest = digest_from((const unsigned char *)digest.data);
        entry->name = bytes_text(&bytes);
    }
    return !bytes.failed && bytes_at_end(&bytes);
}

static int by_digest(const void *left, const void *right)
{
    const struct roll_name *a = left, *b = right;
    if (a->digest.high != b->digest.high)
        return a->digest.high < b->digest.high ? -1 : 1;
    return (a->digest.low > b->digest.low) - (a->digest.low < b->digest.low);
}

static void sort(struct list *list)
{
    if (list->names.count > 1)
        qsort(list->names.items, list->names.count, sizeof *list->names.items, by_digest);
}

/* Both sorted: what is in one of the two alone. */
static void find_changed(struct turnover *out, struct arena *arena, const struct list *older,
                         const struct list *newer)
{
    size_t a = 0, b = 0;
    while (a < older->names.count || b < newer->names.count) {
        const struct roll_name *old = a < older->names.count ? &older->names.items[a] : NULL;
        const struct roll_name *new = b < newer->names.count ? &newer->names.items[b] : NULL;
        int order = !old ? 1 : !new ? -1 : by_digest(old, new);
        if (order)
            *vec_push(&out->names, arena) = order < 0 ? old->name : new->name;
        a += order <= 0;
        b += order >= 0;
    }
}

static void renumber(struct turnover *out, struct arena *arena, const struct list *older,
                     const struct list *newer)
{
    struct map map;
    uint32_t *topics = arena_new_array(arena, older->topics.count, uint32_t);
    map_init(&map, arena);
    for (size_t i = 0; i < newer->topics.count; i++)
        *map_at(&map, newer->topics.items[i]) = (void *)(uintptr_t)(i + 1);
    for (size_t i = 0; i < older->topics.count; i++) {
        uintptr_t found = (uintptr_t)map_get(&map, older->topics.items[i]);
        topics[i] = found ? (uint32_t)(found - 1) : NO_TOPIC;
    }
    out->renumbering =
        (struct renumbering){.topics = topics, .count = (uint32_t)older->topics.count};
}

bool turnover_find(struct turnover *out, struct arena *arena, struct str older,
                   const struct roll *roll)
{
    struct list old = {0}, new = {0};
    *out = (struct turnover){0};
    if (!read_roll(older, arena, &old) || !read_roll(roll->bytes, arena, &new))
        return false;
    sort(&old);
    sort(&new);
    find_changed(out, arena, &old, &new);
    renumber(out, arena, &old, &new);
    return true;
}

/* Traces: a set of beginnings, as one bit for each. A word of at most two bytes counts as a whole
 * too: it may be what is left of a longer one before a hyphen. */

/* Whether a word has the character at `*at`, which becomes that of the next one. As the matcher has
 * it: a quotation mark or a dash beyond ASCII is no part of a word. */
static bool is_in_word(struct str text, size_t *at)
{
    if ((unsigned char)text.data[*at] < 0x80)
        return str_is_alnum(text.data[(*at)++]);
    uint32_t c = utf8_next(text, at);
    return utf8_is_letter(c) || utf8_is_digit(c);
}

static struct str next_word(struct str text, size_t *offset)
{
    size_t start = *offset, end = start;
    while (end < text.len) {
        size_t behind = end;
        bool in_word = is_in_word(text, &behind);
        if (!in_word && end > start)
            break;
        end = behind;
        start = in_word ? start : end;
    }
    *offset = end;
    return str_slice(text, start, end - start);
}

static size_t bit_of(struct str word, size_t len, bool is_whole, size_t bits)
{
    uint32_t hash = is_whole ? 0x9E3779B9u : 1;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)word.data[i]) * 0x01000193u;
    hash ^= hash >> 15;
    hash *= 0x85EBCA6Bu;
    return (hash ^ (hash >> 13)) & (bits - 1);
}

static void set(struct str trace, struct str word, size_t len, bool is_whole)
{
    size_t bit = bit_of(word, len, is_whole, trace.len * 8);
    ((char *)trace.data)[bit / 8] = (char)(trace.data[bit / 8] | 1 << bit % 8);
}

static bool is_set(struct str trace, struct str word, size_t len, bool is_whole)
{
    size_t bit = bit_of(word, len, is_whole, trace.len * 8);
    return trace.data[bit / 8] >> bit % 8 & 1;
}

static size_t trace_size(const struct document *document)
{
    size_t text = 0, size = TRACE_MIN;
    for (size_t i = 0; i < document->passages.count; i++)
        text += document->passages.items[i].text.len;
    while (size < TRACE_MAX && size < text / 8) /* a bit for each byte: of eight few are set */
        size *= 2;
    return size;
}

struct str trace_make(struct arena *arena, const struct document *document)
{
    size_t size = trace_size(document);
    struct str trace = {arena_array(arena, size, 1), size};
    struct arena scratch;
    arena_init(&scratch);
    for (size_t i = 0; i < document->passages.count; i++) {
        if (document->passages.items[i].kind == PASSAGE_CODE)
            continue;
        arena_clear(&scratch);
        struct str text = fold_text(&scratch, document->passages.items[i].text).text, word;
        for (size_t offset = 0; (word = next_word(text, &offset)).len;) {
            set(trace, word, word.len < BEGINNING ? word.len : BEGINNING, false);
            if (word.len > BEGINNING - 1)
                set(trace, word, BEGINNING - 1, false);
            else
                set(trace, word, word.len, true);
        }
    }
    arena_release(&scratch);
    return trace;
}

/* Whether a word of the text may begin as this one of a name does. */
static bool may_begin(struct str trace, struct str word)
{
    size_t len = word.len < BEGINNING ? word.len : BEGINNING;
    if (len == 1 || is_set(trace, word, len, false))
        return true;
    for (size_t i = 1; i < BEGINNING && i <= len; i++)
        if (is_set(trace, word, i, true))
            return true;
    return false;
}

static bool touches(struct str name, struct str trace)
{
    struct str word;
    for (size_t offset = 0; (word = next_word(name, &offset)).len;)
        if (!may_begin(trace, word))
            return false;
    return true;
}

bool turnover_touches(const struct turnover *turnover, struct str trace)
{
    if (!trace.len || (trace.len & (trace.len - 1)) || turnover->names.count > CHANGED_MAX)
        return true;
    for (size_t i = 0; i < turnover->names.count; i++)
        if (touches(turnover->names.items[i], trace))
            return true;
    return false;
}
