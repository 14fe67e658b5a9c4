#include "write/examples.h"

#include "base/utf8.h"

enum {
    TOPICS_TRIED = 30,
    MENTIONS_TRIED = 500,   /* of each */
    TEXTS_TRIED = 2000,     /* of all documents */
    BETWEEN_MAX = 6,        /* words: well within NEAR/10 */
    WORD_LETTERS_MIN = 6,   /* a shorter word may be one that queries may lack, as "the" */
    PHRASE_LETTERS_MIN = 4, /* of each of its words */
    SAMPLE_LETTERS_MIN = 8
};

/* Code points, where all are letters; else 0. */
static size_t letters(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; count++)
        if (!utf8_is_letter(utf8_next(text, &i)))
            return 0;
    return count;
}

static size_t count_spaces(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.data[i] == ' ';
    return count;
}

static bool is_words(struct str text)
{
    for (struct str rest = text; rest.len;)
        if (!letters(str_cut(&rest, ' ')))
            return false;
    return count_spaces(text) > 0;
}

/* -- By topics ----------------------------------------------------------------------------------
 */

static struct str title_of(const struct web *web, const struct topic *topic)
{
    return web->documents[topic->document].meta.title;
}

static struct str text_of(const struct outline *outline, const struct mention *mention,
                          struct arena *arena)
{
    const struct kept_passage *passage = outline_passage(outline, mention->passage);
    return passage ? outline_text(outline, passage, arena) : STR("");
}

/* Whether the topic is named by its title in the text of the passage. */
static bool titled(const struct web *web, struct str text, const struct mention *mention)
{
    struct str name = str_slice(text, mention->start, mention->end - mention->start);
    return name.len && str_equal(name, title_of(web, &web->topics[mention->topic]));
}

/* Another topic named just behind or before, in fewer documents. */
static bool find_second(struct examples *out, const struct web *web, const struct outline *outline,
                        struct str text, const struct mention *first)
{
    bool named = titled(web, text, first);
    uint32_t documents = web->topics[first->topic].document_count;
    for (size_t i = outline_first_mention(outline, first->passage);
         named && i < outline->mentions.count; i++) {
        const struct mention *other = &outline->mentions.items[i];
        if (other->passage != first->passage)
            break;
        const struct topic *topic = &web->topics[other->topic];
        uint32_t start = first->end < other->end ? first->end : other->end;
        uint32_t end = first->start > other->start ? first->start : other->start;
        if (end < start || topic->document_count + 1 >= documents ||
            !letters(title_of(web, topic)) || !titled(web, text, other) ||
            count_spaces(str_slice(text, start, end - start)) > BETWEEN_MAX)
            continue;
        out->first = title_of(web, &web->topics[first->topic]);
        out->second = title_of(web, topic);
        out->apart = true;
        return true;
    }
    return false;
}

/* The topic's title as a phrase, or as the first of two words. */
static void try_topic(struct examples *out, const struct web *web, const struct topic *topic,
                      struct arena *arena)
{
    struct str title = title_of(web, topic);
    bool one = letters(title) && !out->second.len, more = is_words(title) && !out->phrase.len;
    for (uint32_t i = 0; (one || more) && i < topic->mention_count && i < MENTIONS_TRIED; i++) {
        const struct outline *outline = &web->documents[topic->named[i].document];
        const struct mention *mention = &outline->mentions.items[topic->named[i].mention];
        struct str text = text_of(outline, mention, arena);
        if (one && find_second(out, web, outline, text, mention))
            return;
        if (more && titled(web, text, mention)) {
            out->phrase = title;
            return;
        }
    }
}

/* -- By the texts -------------------------------------------------------------------------------
 */

/* Without what may stand behind a word. */
static struct str trimmed(struct str word)
{
    while (word.len && str_find_char(STR(".,:;?!"), word.data[word.len - 1]) != STR_NONE)
        word.len--;
    return word;
}

/* What is sought in the texts. */
struct hunt {
    struct examples *out;
    struct str beginning, ending; /* wished for */
    struct str sample;            /* a word that could be halved */
    size_t left;                  /* texts to try */
};

static void try_word(struct hunt *hunt, struct str word, size_t count)
{
    struct examples *out = hunt->out;
    if (!out->beginning.len && word.len > hunt->beginning.len && str_starts(word, hunt->beginning))
        out->beginning = hunt->beginning;
    if (!out->ending.len && word.len > hunt->ending.len && str_ends(word, hunt->ending))
        out->ending = hunt->ending;
    if (!hunt->sample.len && count >= SAMPLE_LETTERS_MIN)
        hunt->sample = word;
}

static void try_text(struct hunt *hunt, struct str text)
{
    struct examples *out = hunt->out;
    struct str before = {NULL, 0};
    for (struct str rest = text; rest.len;) {
        struct str whole = str_cut(&rest, ' '), word = trimmed(whole);
        size_t count = letters(word), least = letters(before) < count ? letters(before) : count;
        try_word(hunt, word, count);
        if (!out->phrase.len && least >= PHRASE_LETTERS_MIN)
            out->phrase = (struct str){before.data, (size_t)(word.data + word.len - before.data)};
        if (!out->second.len && least >= WORD_LETTERS_MIN && !str_equal_nocase(before, word)) {
            out->first = before;
            out->second = word;
        }
        before = whole.len == word.len ? word : (struct str){NULL, 0};
    }
}

static bool is_done(const struct hunt *hunt)
{
    const struct examples *out = hunt->out;
    return out->second.len && out->phrase.len && out->beginning.len && out->ending.len;
}

static void try_outline(struct hunt *hunt, const struct outline *outline, struct arena *arena)
{
    for (size_t i = 0; i < outline->passages.count && hunt->left; i++, hunt->left--)
        try_text(hunt, outline_text(outline, &outline->passages.items[i], arena));
    for (size_t i = 0; i < outline->headings.count && hunt->left; i++, hunt->left--)
        try_text(hunt, outline->headings.items[i].text);
}

/* The beginning of a word, by code points. */
static size_t middle_of(struct str word, size_t count)
{
    size_t at = 0;
    while (count--)
        utf8_next(word, &at);
    return at;
}

static void halve(struct examples *out, struct str word)
{
    size_t count = letters(word);
    if (!out->beginning.len)
        out->beginning = str_slice(word, 0, middle_of(word, (count + 1) / 2));
    if (!out->ending.len)
        out->ending = str_from_offset(word, middle_of(word, count / 2));
}

struct examples examples_find(const struct web *web, const struct topic *const *topics,
                              uint32_t count, struct str beginning, struct str ending,
                              struct arena *arena)
{
    struct examples out = {0};
    struct hunt hunt = {&out, beginning, ending, {NULL, 0}, TEXTS_TRIED};
    for (uint32_t i = 0; i < count && i < TOPICS_TRIED; i++)
        try_topic(&out, web, topics[i], arena);
    for (uint32_t i = 0; i < web->document_count && hunt.left && !is_done(&hunt); i++)
        try_outline(&hunt, &web->documents[i], arena);
    halve(&out, hunt.sample);
    return out;
}
