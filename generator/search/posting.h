/* The postings of one term in one group of documents: a block of bytes.
 *
 *     forms of the term here: number; each: letters cut off the stem's end << 4 | letters added (a
 *         number), and the added letters
 *     documents: number; for each: skipped << 1 | several passages, if several: passages - 2, and
 *         its passages, for each: skipped << 5 | impact << 1 | several places, if several:
 *         places - 2, and where the term has forms its places: (place - that before) * forms + form
 *
 * Documents are numbered in the group from 0, passages in the document: `skipped` counts those that
 * stand between this one and the one before. Places count words, from 0. A term without forms (a
 * topic, a year) has no places. Passage 0 is the document's title. The impact, 1 to 15, is the part
 * of BM25 that rests on the passage alone: see posting_impact(). */
#ifndef NASLAG_SEARCH_POSTING_H
#define NASLAG_SEARCH_POSTING_H

#include "base/bytes.h"

enum {
    POSTING_IMPACT_MAX = 15,
    POSTING_FORM_MAX = 15,  /* letters cut off or added; a form that needs more is its own stem */
    POSTING_FORMS_MAX = 64, /* of a stem in a group: whatever comes then counts as the first */
};

/* Of a term that stands `count` times in a passage of `words` words; `heading`: in one. */
uint32_t posting_impact(uint32_t count, uint32_t words, bool heading);

/* The same of a title: the more of it the term is, the more it says. */
uint32_t posting_title_impact(uint32_t count, uint32_t words);
uint32_t posting_title_share(uint32_t impact); /* how much of it that is, in percent */

/* How a form differs from its stem. */
struct posting_form {
    uint32_t cut;
    struct str added;
};

/* By which the best passages of a term are chosen: its impact, and more of a title. */
enum { POSTING_RANKS = POSTING_IMPACT_MAX + 4 + 1 };
uint32_t posting_rank(uint32_t impact, uint32_t passage);

/* The highest of a term in a group. */
struct posting_peak {
    uint32_t impact, rank;
};
void posting_peak_note(struct posting_peak *peak, uint32_t impact, uint32_t passage);

/* Written and read as its number and letters. */
void posting_form_put(const struct posting_form *form, struct buf *out);
struct posting_form posting_form_read(struct bytes *bytes);

/* Whether `form` is `stem` with the change; what it is in `out` (POSTING_WORD_MAX bytes), cut to
 * that. */
enum { POSTING_WORD_MAX = 96 };
size_t posting_form_spell(const struct posting_form *form, struct str stem,
                          char out[POSTING_WORD_MAX]);

/* Reads a block passage by passage. */
struct posting {
    struct bytes bytes;
    struct posting_form forms[POSTING_FORMS_MAX];
    uint32_t form_count;
    uint32_t documents_left, passages_left;
    uint32_t document, passage, impact, count; /* of the passage in hand */
    uint32_t place, places_left;
    uint32_t form; /* of the place in hand */
};

void posting_begin(struct posting *posting, struct str block);

/* The next passage; false at the end, or where the block is damaged (`bytes.failed`). Places that
 * were not asked for are skipped. */
bool posting_next(struct posting *posting);

/* The next place of the term in the passage in hand. */
bool posting_next_place(struct posting *posting);

#endif
