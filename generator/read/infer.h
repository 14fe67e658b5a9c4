/* Metadata that a text gives: from its fields and signature (see letter.h), its running head, its
 * first heading, and from what it calls itself. */
#ifndef NASLAG_READ_INFER_H
#define NASLAG_READ_INFER_H

#include "read/blocks.h"
#include "read/furniture.h"
#include "read/letter.h"
#include "read/meta.h"

struct arena;

/* A document's title as it stands in the text. */
struct title {
    struct str text;
    uint32_t line; /* in the source */
    size_t block;  /* index + 1 of the block that it is; 0: it is in none */
};

/* Fills what is still empty in `meta`. `title` becomes the text's own title, whatever `meta` has;
 * its text is empty where there is none: body text is never made one. `basis` says for each field
 * that the text gave what it rests on. */
void infer(struct arena *arena, const struct lines *lines, const struct letter *letter,
           const struct furniture *furniture, const struct blocks *blocks, struct meta *meta,
           struct title *title, struct inference *basis);

#endif
