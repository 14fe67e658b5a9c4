/* The wording of a source: its own text, ready to be held against what is quoted from it.
 *
 * The text is made plain once, as a quotation is: any white space is a space, any quotation mark an
 * apostrophe, any dash a hyphen; invisible characters go, letters are composed. Its words are
 * indexed alone and in threes, so that a quotation is compared only where its rarest three words
 * stand. How much is compared is bounded for all quotations of a source together. */
#ifndef NASLAG_LINK_WORDING_H
#define NASLAG_LINK_WORDING_H

#include "read/document.h"

struct arena;
struct buf;

/* Where words with the same hash stand, by the number of the first, in order. */
struct word_index {
    uint32_t slots;
    uint32_t *first; /* of each slot, and one more: where its places begin */
    uint32_t *places;
};

struct wording {
    const struct document *document;
    uint32_t first, last; /* passages of the text; `last` is less where there is none */
    struct str text;
    uint32_t *starts; /* where passage `first + n` begins; one more: the end */
    uint32_t *words;  /* offsets of words: letters and digits */
    uint32_t word_count;
    struct word_index alone, threes;
    uint64_t work; /* bytes compared so far */
};

enum {
    /* Bytes compared for all quotations of a source: ten thousand of an honest text of five
     * megabytes take a tenth of it. Beyond that no verdict is given. */
    WORK_MAX = 1 << 30
};

#define NOWHERE UINT32_MAX

/* All of it is the arena's. Of a source with a text only that is indexed, not its record. */
void wording_init(struct wording *wording, struct arena *arena, const struct document *document);

/* Whether all that may be compared has been. */
bool wording_is_spent(const struct wording *wording);

uint32_t wording_passage(const struct wording *wording, uint32_t at);

/* Appends text as it is compared. */
void wording_put(struct buf *out, uint32_t code_point);
void wording_put_all(struct buf *out, struct str text);

/* Words that must stand together, and how far they may stand behind those before. */
struct piece {
    struct str text;
    uint32_t gap;
    bool any_case; /* of its first letter */
};

/* The first place in [from, limit) where the pieces stand one behind the other, with no word cut
 * off; NOWHERE where they do not. */
uint32_t wording_find(struct wording *wording, struct arena *scratch, const struct piece *pieces,
                      unsigned count, uint32_t from, uint32_t limit);

/* The places in [from, limit) where a word of `text` stands that is rare there, each as the offset
 * at which `text` would begin, counted in words; at most `max`. */
unsigned wording_guess(struct wording *wording, struct arena *scratch, struct str text,
                       uint32_t from, uint32_t limit, uint32_t *places, unsigned max);

#endif
