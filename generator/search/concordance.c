#include "search/concordance.h"

#include "base/arena.h"
#include "search/words.h"

void concordance_begin(struct concordance *concordance, struct arena *arena,
                       enum stem_language language)
{
    *concordance = (struct concordance){.language = language, .arena = arena};
    key_table_init(&concordance->entries, arena);
}

static void add_occurrence(struct concordance *concordance, uint32_t entry, uint32_t place)
{
    *vec_push(&concordance->occurrences, concordance->arena) = (struct occurrence){entry, place};
}

static void add_batch(struct concordance *concordance, struct key_batch *batch,
                      const uint32_t *places)
{
    uint32_t numbers[KEY_BATCH_MAX];
    size_t count = batch->count;
    key_table_enter_batch(&concordance->entries, batch, numbers);
    for (size_t i = 0; i < count; i++)
        add_occurrence(concordance, numbers[i], places[i]);
}

/* Returns how many there are. */
static uint32_t add_words(struct concordance *concordance, struct str text)
{
    struct key_batch batch;
    struct words words;
    struct word word;
    uint32_t places[KEY_BATCH_MAX], count = 0;
    key_batch_begin(&batch, KEY_FORM);
    words_begin(&words, text);
    while (words_next(&words, &word)) {
        places[batch.count] = word.position;
        count += !word.joined;
        key_batch_add(&batch, &concordance->entries, word.form);
        if (batch.count == KEY_BATCH_MAX)
            add_batch(concordance, &batch, places);
    }
    add_batch(concordance, &batch, places);
    return count;
}

void concordance_add_counted(struct concordance *concordance, uint32_t document, uint32_t number,
                             uint32_t words, bool heading)
{
    *vec_push(&concordance->passages, concordance->arena) =
        (struct indexed_passage){.document = document,
                                 .number = number,
                                 .words = words,
                                 .end = (uint32_t)concordance->occurrences.count,
                                 .heading = heading};
}

void concordance_add_passage(struct concordance *concordance, uint32_t document, uint32_t number,
                             struct str text, bool heading)
{
    uint32_t words = add_words(concordance, text);
    concordance_add_counted(concordance, document, number, words, heading);
}

void concordance_add_key(struct concordance *concordance, enum key_kind kind, struct str text)
{
    if (!text.len)
        return;
    add_occurrence(concordance, key_table_enter(&concordance->entries, kind, text), 0);
    concordance->passages.items[concordance->passages.count - 1].end++;
}
