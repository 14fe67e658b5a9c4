#include "link/names.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "link/fold.h"
#include "link/inflection.h"

struct collection {
    struct arena *arena;
    const struct outline *documents;
    const uint32_t *topics;
    VEC(struct name) names;
    struct map claims;           /* folded name → struct name *, whose topic has it */
    const struct lexicon *words; /* of the collection; may be NULL */
    struct diags *diags;
    const struct outline *document; /* whose names are being added */
};

/* Kinds of topics whose names are proper names: with a capital also in the middle of a sentence. */
static bool is_proper(struct str kind)
{
    static const struct str kinds[] = {
        {"organisation", 12}, {"organization", 12}, {"person", 6},
        {"place", 5},         {"institution", 11},  {"organisatie", 11},
        {"persoon", 7},       {"plaats", 6},        {"instelling", 10}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_equal_nocase(kind, kinds[i]))
            return true;
    return false;
}

static bool is_one_word(struct str name)
{
    for (size_t at = 0; at < name.len;)
        if (utf8_is_space(utf8_next(name, &at)))
            return false;
    return true;
}

static enum name_case letters_of(const struct outline *topic, struct str name)
{
    size_t at = 0;
    if (is_proper(topic->meta.kind) && is_one_word(name) && utf8_is_upper(utf8_next(name, &at)))
        return NAME_CAPITAL;
    return NAME_ANY_CASE;
}

static struct place place_of(const struct outline *topic, const struct meta_text *name)
{
    return (struct place){topic->path, name ? name->line : 0, name ? name->column : 0};
}

/* A name of one letter or of digits alone would be found everywhere. */
static bool is_usable(struct collection *collection, const struct outline *topic,
                      const struct meta_text *place, struct str folded)
{
    size_t letters = 0;
    for (size_t at = 0; at < folded.len;)
        letters += utf8_is_letter(utf8_next(folded, &at));
    if (letters > 1 && folded.len <= NAME_LENGTH_MAX)
        return true;
    diag_add(collection->diags, DIAG_WARNING, "name-unusable", place_of(topic, place),
             letters > 1 ? "the name '%.*s' is too long to look for in texts; it is not matched"
                         : "the name '%.*s' is too short to look for in texts; it is not matched",
             STR_ARGS(str_slice(folded, 0, NAME_LENGTH_MAX)));
    return false;
}

static void add(struct collection *collection, uint32_t topic, const struct meta_text *place,
                struct name name)
{
    const struct outline *document = collection->document;
    struct str folded = fold_strictly(collection->arena, str_trim(name.text));
    name.text = str_trim(name.text);
    name.is_word = name.letters == NAME_CAPITAL && collection->words &&
                   lexicon_count_small(collection->words, name.text) > 0;
    if (!name.text.len || !is_usable(collection, document, place, folded))
        return;
    void **claim = map_at(&collection->claims, folded);
    const struct name *first = *claim;
    if (first && first->topic != topic && first->topic != NO_TOPIC && name.topic != NO_TOPIC) {
        struct str other = collection->documents[collection->topics[first->topic]].path;
        diag_add(collection->diags, DIAG_ERROR, "name-claimed-twice", place_of(document, place),
                 "'%.*s' is also a name of '%.*s'; in texts it is taken for that one: "
                 "keep it with one of them",
                 STR_ARGS(name.text), STR_ARGS(other));
        return;
    }
    if (first && first->letters <= name.letters)
        return;
    *vec_push(&collection->names, collection->arena) = name;
    if (!first) {
        struct name *kept = arena_new(collection->arena, struct name);
        *kept = name;
        *claim = kept;
    }
}

/* A form of a listed name, unless it is a name that someone listed. */
static void add_form(struct collection *collection, struct name name)
{
    void **claim = map_at(&collection->claims, fold_strictly(collection->arena, name.text));
    if (*claim)
        return;
    struct name *kept = arena_new(collection->arena, struct name);
    *kept = name;
    *claim = kept;
    *vec_push(&collection->names, collection->arena) = name;
}

/* A proper name and an abbreviation have a genitive alone. */
static enum inflection inflection_of(const struct outline *topic, const struct name *name)
{
    size_t at = 0;
    struct str head = inflection_head(name->text);
    bool proper = is_proper(topic->meta.kind) && head.len && utf8_is_upper(utf8_next(head, &at));
    return proper || name->letters != NAME_ANY_CASE || matcher_is_abbreviation(head)
               ? INFLECTION_GENITIVE
               : INFLECTION_ALL;
}

static void add_forms(struct collection *collection)
{
    size_t listed = collection->names.count;
    for (size_t i = 0; i < listed; i++) {
        struct name name = collection->names.items[i];
        struct forms forms = {0};
        if (name.topic == NO_TOPIC)
            continue;
        const struct outline *topic = &collection->documents[collection->topics[name.topic]];
        inflection_add(collection->arena, name.text, inflection_of(topic, &name), &forms);
        if (matcher_is_abbreviation(name.text) && is_one_word(name.text))
            name.letters = NAME_EXACT;
        name.compounds = false;
        for (size_t j = 0; j < forms.items.count; j++) {
            name.text = forms.items.items[j];
            add_form(collection, name);
        }
    }
}

void names_list_forms(struct arena *arena, const struct outline *topic, struct forms *out)
{
    const struct meta *meta = &topic->meta;
    struct name name = {.text = meta->title, .letters = letters_of(topic, meta->title)};
    inflection_add(arena, name.text, inflection_of(topic, &name), out);
    for (size_t i = 0; i < meta->aliases.texts.count && i < ALIASES_LISTED_MAX; i++) {
        name.text = meta->aliases.texts.items[i].text;
        name.letters = letters_of(topic, name.text);
        inflection_add(arena, name.text, inflection_of(topic, &name), out);
    }
    if (meta->more->abbreviation.len)
        inflection_add(arena, meta->more->abbreviation, INFLECTION_GENITIVE, out);
}

static void add_names(struct collection *collection, uint32_t topic, const struct outline *document)
{
    const struct meta *meta = &document->meta;
    struct name name = {
        .text = meta->title, .topic = topic, .letters = letters_of(document, meta->title)};
    name.compounds = meta->more->compounds;
    collection->document = document;
    add(collection, topic, NULL, name);
    for (size_t i = 0; i < meta->aliases.texts.count; i++) {
        const struct meta_text *alias = &meta->aliases.texts.items[i];
        name.text = alias->text;
        name.letters = letters_of(document, alias->text);
        add(collection, topic, alias, name);
    }
    add(collection, topic, NULL,
        (struct name){meta->more->abbreviation, topic, NAME_EXACT, false, false});
    for (size_t i = 0; i < meta->more->never.texts.count; i++) {
        const struct meta_text *phrase = &meta->more->never.texts.items[i];
        add(collection, topic, phrase,
            (struct name){phrase->text, NO_TOPIC, NAME_ANY_CASE, false, false});
    }
}

/* A topic is called what any of its translations calls it. */
static void add_topic(struct collection *collection, const uint32_t *next, uint32_t topic)
{
    uint32_t own = collection->topics[topic], document = own;
    do {
        add_names(collection, topic, &collection->documents[document]);
        document = next ? next[document] : own;
    } while (document != own);
}

size_t names_collect(struct arena *arena, const struct outline *documents, const uint32_t *next,
                     const uint32_t *topics, uint32_t topic_count, const struct lexicon *words,
                     struct name **out, struct diags *diags)
{
    struct collection collection = {
        .arena = arena, .documents = documents, .topics = topics, .words = words, .diags = diags};
    map_init(&collection.claims, arena);
    for (uint32_t i = 0; i < topic_count; i++)
        add_topic(&collection, next, i);
    add_forms(&collection);
    *out = collection.names.items;
    return collection.names.count;
}
