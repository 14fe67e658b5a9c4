#include "search/concordance.h"

#include "base/arena.h"
#include "search/words.h"

void concordance_begin(struct concordance *concordance, struct arena *arena,
                       enum stem_language language)
{
    *concordance = (struct concordance){.language = language, .arena = arena};
    key_table_init(&concordance->entries, arena);
}

static void add_occurrence(struct concordance *concordance, enum key_kind kind, struct str text,
                           uint32_t place)
{
    *vec_push(&concordance->occurrences, concordance->arena) =
        (struct occurrence){key_table_enter(&concordance->entries, kind, text), place};
}

void concordance_add_passage(struct concordance *concordance, uint32_t document, uint32_t number,
                             struct str text, bool heading)
{
    struct words words;
    struct word word;
    uint32_t count = 0;
    words_begin(&words, text);
    while (words_next(&words, &word)) {
        add_occurrence(concordance, KEY_FORM, word.form, word.position);
        count += !word.joined;
    }
    *vec_push(&concordance->passages, concordance->arena) =
        (struct indexed_passage){.document = document,
                                 .number = number,
                                 .words = count,
                                 .end = (uint32_t)concordance->occurrences.count,
                                 .heading = heading};
}

void concordance_add_key(struct concordance *concordance, enum key_kind kind, struct str text)
{
    if (!text.len)
        return;
    add_occurrence(concordance, kind, text, 0);
    concordance->passages.items[concordance->passages.count - 1].end++;
}
