#include "link/conditions.h"

#include "base/arena.h"
#include "base/map.h"
#include "link/fold.h"
#include "link/inflection.h"

struct condition {
    const struct matcher *words;
    VEC(uint32_t) topics;
};

static void add_word(struct arena *arena, struct str word, struct name **names, size_t *count)
{
    struct forms forms = {0};
    enum name_case letters = matcher_is_abbreviation(word) ? NAME_EXACT : NAME_ANY_CASE;
    inflection_add(arena, word, letters ? INFLECTION_GENITIVE : INFLECTION_ALL, &forms);
    (*names)[(*count)++] = (struct name){.text = word, .letters = letters};
    for (size_t i = 0; i < forms.items.count; i++)
        (*names)[(*count)++] = (struct name){.text = forms.items.items[i], .letters = letters};
}

static const struct condition *make(struct arena *arena, const struct meta_list *listed,
                                    const struct map *topics)
{
    struct condition *condition = arena_new(arena, struct condition);
    size_t words =
        listed->texts.count < CONDITION_WORDS_MAX ? listed->texts.count : CONDITION_WORDS_MAX;
    size_t most = words * (FORMS_MAX + 1), count = 0;
    struct name *names = arena_new_array(arena, most, struct name);
    for (size_t i = 0; i < words; i++) {
        struct str word = str_trim(listed->texts.items[i].text);
        const struct name *name = map_get(topics, fold_strictly(arena, word));
        if (name)
            *vec_push(&condition->topics, arena) = name->topic;
        add_word(arena, word, &names, &count);
    }
    condition->words = matcher_build(arena, names, count);
    return condition;
}

void conditions_collect(struct conditions *conditions, struct arena *arena,
                        const struct outline *documents, const uint32_t *topics,
                        uint32_t topic_count, const struct name *names, size_t name_count,
                        struct diags *diags)
{
    struct map listed;
    map_init(&listed, arena);
    conditions->of = arena_new_array(arena, topic_count, const struct condition *);
    conditions->topic_count = topic_count;
    for (uint32_t i = 0; i < topic_count; i++) {
        const struct outline *topic = &documents[topics[i]];
        if (!topic->meta.more->only_with.texts.count)
            continue;
        const struct meta_text *first = &topic->meta.more->only_with.texts.items[0];
        if (conditions->count == CONDITIONS_MAX) {
            diag_add(diags, DIAG_ERROR, "too-many-conditions",
                     (struct place){topic->path, first->line, first->column},
                     "more than %d topics with 'only_with'; from here on it has no effect",
                     CONDITIONS_MAX);
            return;
        }
        for (size_t j = 0; !conditions->count && j < name_count; j++)
            if (names[j].topic < topic_count)
                *map_at(&listed, fold_strictly(arena, names[j].text)) = (void *)&names[j];
        if (topic->meta.more->only_with.texts.count > CONDITION_WORDS_MAX)
            diag_add(diags, DIAG_ERROR, "too-many-conditions",
                     (struct place){topic->path, first->line, first->column},
                     "more than %d words behind 'only_with'; those behind have no effect",
                     CONDITION_WORDS_MAX);
        conditions->of[i] = make(arena, &topic->meta.more->only_with, &listed);
        conditions->count++;
    }
}

/* The first passage with one of the topics or words, or UINT32_MAX. */
static uint32_t first_passage(const struct condition *condition, const struct mention *mentions,
                              size_t count, const struct document *document)
{
    uint32_t first = (uint32_t)document->passages.count + 1;
    struct arena scratch;
    for (size_t i = 0; i < condition->topics.count; i++)
        for (size_t j = 0; j < count && mentions[j].passage < first; j++)
            if (mentions[j].topic == condition->topics.items[i])
                first = mentions[j].passage;
    arena_init(&scratch);
    for (uint32_t number = 1; number < first; number++) {
        struct matches found = {0};
        arena_clear(&scratch);
        matcher_find(condition->words, &scratch, document->passages.items[number - 1].text,
                     &scratch, &found);
        if (found.items.count)
            first = number;
    }
    arena_release(&scratch);
    return first;
}

void conditions_apply(const struct conditions *conditions, struct arena *scratch,
                      const struct document *document, struct outline *outline)
{
    struct mention *mentions = outline->mentions.items;
    size_t count = outline->mentions.count, kept = 0;
    if (!conditions->count || !count)
        return;
    struct mention *all = arena_new_array(scratch, count, struct mention);
    uint32_t *first = arena_new_array(scratch, conditions->topic_count, uint32_t);
    for (size_t i = 0; i < count; i++)
        all[i] = mentions[i];
    for (size_t i = 0; i < count; i++) {
        uint32_t topic = all[i].topic;
        const struct condition *condition = conditions->of[topic];
        if (condition && !first[topic])
            first[topic] = first_passage(condition, all, count, document);
        if (!condition || first[topic] <= all[i].passage)
            mentions[kept++] = all[i];
    }
    outline->mentions.count = kept;
}
