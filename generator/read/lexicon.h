/* Words, and how often each stands in a text or in a whole collection: what tells whether a hyphen
 * at a line's end is the word's own.
 *
 * Words are runs of letters, digits and inner hyphens, without regard to the case of ASCII letters,
 * and are known by a 64-bit hash only: two words that share one could at worst keep a hyphen that
 * should go. Counts do not depend on the order in which texts are added. */
#ifndef NASLAG_READ_LEXICON_H
#define NASLAG_READ_LEXICON_H

#include "base/digest.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

struct lexicon_word {
    uint64_t hash;         /* 0: an empty slot */
    uint32_t count, small; /* how often it stands there; and with a small first letter */
};

struct lexicon {
    struct lexicon_word *slots;
    size_t slot_count, count;
    struct arena *arena;
};

void lexicon_init(struct lexicon *lexicon, struct arena *arena);

/* Adds the words of a line; not one that is the last of it, or that ends in a hyphen. */
void lexicon_add(struct lexicon *lexicon, struct str line);

/* Adds all that another lexicon has. */
void lexicon_merge(struct lexicon *lexicon, const struct lexicon *other);

/* Stands for the words and their counts. */
struct digest lexicon_digest(const struct lexicon *lexicon);

/* As bytes, and back: false where they are no lexicon. `lexicon` must be empty. */
void lexicon_put(struct buf *out, const struct lexicon *lexicon);
bool lexicon_get(struct str bytes, struct lexicon *lexicon);

/* How often the word stands there that is made of `first`, `between` and `second`. A lexicon of
 * zeros has no words. */
uint32_t lexicon_count(const struct lexicon *lexicon, struct str first, const char *between,
                       struct str second);

/* How often the word stands there with a small first letter. */
uint32_t lexicon_count_small(const struct lexicon *lexicon, struct str word);

/* The run of letters, digits and hyphens at or behind `*offset`, which moves behind it; empty at
 * the end. */
struct str lexicon_next(struct str text, size_t *offset);

#endif
