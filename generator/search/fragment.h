/* A piece of a document's text, as it is read for a result. Part of the reader. See texts.h for how
 * it is written. */
#ifndef NASLAG_SEARCH_FRAGMENT_H
#define NASLAG_SEARCH_FRAGMENT_H

#include "search/rows.h"

struct fragment_topic {
    struct str id, title;
};

struct fragment_mention {
    uint32_t topic; /* index into the fragment's */
    uint32_t start, end;
};

struct fragment_passage {
    uint32_t number, page;
    struct str section, text;
    const struct fragment_mention *mentions;
    uint32_t mention_count;
};

struct fragment {
    struct str id, title, type, label, issuer; /* of the document */
    uint32_t date;
    const struct fragment_topic *topics;
    uint32_t topic_count;
    const struct fragment_passage *passages;
    uint32_t passage_count;
};

/* Reads piece `piece` of a document's text, from 0. False where it is not there yet, or is damaged:
 * then it is empty. */
bool fragment_read(struct fragment *fragment, const struct root *root, uint32_t group,
                   const struct places *places, uint32_t piece, struct arena *arena);

/* The piece that holds a passage. */
uint32_t fragment_piece_of(const struct places *places, uint32_t passage);

/* The passage of that number, or NULL. */
const struct fragment_passage *fragment_find(const struct fragment *fragment, uint32_t passage);

#endif
