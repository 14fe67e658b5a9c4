#include "search/posting.h"

#include <string.h>

enum { TITLE_LEAST = 4, TITLE_ADVANTAGE = POSTING_RANKS - 1 - POSTING_IMPACT_MAX };

/* BM25 with k1 = 0.92 and b = 0.35 against a passage of 40 words, a constant, so that no passage's
 * impact depends on what else there is. In thousandths. */
enum { SCALE = 1000, CONSTANT = 600, PER_WORD = 8, COUNT_MAX = 1000, WORDS_MAX = 100000 };

uint32_t posting_impact(uint32_t count, uint32_t words, bool heading)
{
    if (count > COUNT_MAX)
        count = COUNT_MAX;
    if (words > WORDS_MAX)
        words = WORDS_MAX;
    uint32_t all = count * SCALE + CONSTANT + PER_WORD * words;
    uint32_t impact = (POSTING_IMPACT_MAX * SCALE * count + all / 2) / all;
    if (heading)
        impact += impact / 4;
    if (impact > POSTING_IMPACT_MAX)
        return POSTING_IMPACT_MAX;
    return impact ? impact : 1;
}

uint32_t posting_title_impact(uint32_t count, uint32_t words)
{
    if (count >= words)
        return POSTING_IMPACT_MAX;
    return TITLE_LEAST + ((POSTING_IMPACT_MAX - TITLE_LEAST) * count + words / 2) / words;
}

uint32_t posting_title_share(uint32_t impact)
{
    return impact > TITLE_LEAST ? (impact - TITLE_LEAST) * 100 / (POSTING_IMPACT_MAX - TITLE_LEAST)
                                : 0;
}

uint32_t posting_rank(uint32_t impact, uint32_t passage)
{
    return impact + (passage ? 0 : TITLE_ADVANTAGE);
}

void posting_peak_note(struct posting_peak *peak, uint32_t impact, uint32_t passage)
{
    uint32_t rank = posting_rank(impact, passage);
    if (impact > peak->impact)
        peak->impact = impact;
    if (rank > peak->rank)
        peak->rank = rank;
}

size_t posting_form_spell(const struct posting_form *form, struct str stem,
                          char out[POSTING_WORD_MAX])
{
    size_t kept = form->cut < stem.len ? stem.len - form->cut : 0;
    if (kept > POSTING_WORD_MAX)
        kept = POSTING_WORD_MAX;
    size_t added = form->added.len;
    if (added > POSTING_WORD_MAX - kept)
        added = POSTING_WORD_MAX - kept;
    memcpy(out, stem.data, kept);
    memcpy(out + kept, form->added.data, added);
    return kept + added;
}

void posting_form_put(const struct posting_form *form, struct buf *out)
{
    bytes_put_number(out, form->cut << 4 | (uint32_t)form->added.len);
    buf_put(out, form->added);
}

struct posting_form posting_form_read(struct bytes *bytes)
{
    uint32_t change = bytes_number(bytes);
    return (struct posting_form){change >> 4, bytes_take(bytes, change & POSTING_FORM_MAX)};
}

void posting_begin(struct posting *posting, struct str block)
{
    struct bytes *bytes = &posting->bytes;
    bytes_begin(bytes, block);
    posting->form_count = bytes_count(bytes, 1);
    if (posting->form_count > POSTING_FORMS_MAX) {
        bytes->failed = true;
        posting->form_count = 0;
    }
    for (uint32_t i = 0; i < posting->form_count; i++)
        posting->forms[i] = posting_form_read(bytes);
    posting->documents_left = bytes_number(bytes);
    posting->document = UINT32_MAX; /* the first comes one behind it */
    posting->passages_left = posting->places_left = 0;
    posting->passage = 0;
}

/* On from a number, of which UINT32_MAX is the one before the first: they rise, which whoever reads
 * them relies upon. */
static uint32_t move_on(struct bytes *bytes, uint32_t from, uint32_t step)
{
    uint32_t to = from + step;
    if (to == UINT32_MAX || (from != UINT32_MAX && to < from))
        bytes->failed = true;
    return to;
}

static void next_document(struct posting *posting)
{
    struct bytes *bytes = &posting->bytes;
    uint32_t head = bytes_number(bytes);
    posting->documents_left--;
    posting->document = move_on(bytes, posting->document, 1 + (head >> 1));
    posting->passages_left = head & 1 ? bytes_number(bytes) + 2 : 1;
    posting->passage = UINT32_MAX;
}

bool posting_next(struct posting *posting)
{
    struct bytes *bytes = &posting->bytes;
    for (; posting->places_left; posting->places_left--)
        bytes_number(bytes);
    if (!posting->passages_left && posting->documents_left)
        next_document(posting);
    if (!posting->passages_left || bytes->failed)
        return false;
    uint32_t head = bytes_number(bytes);
    posting->passages_left--;
    posting->passage = move_on(bytes, posting->passage, 1 + (head >> 5));
    posting->impact = head >> 1 & POSTING_IMPACT_MAX;
    posting->count = head & 1 ? bytes_number(bytes) + 2 : 1;
    posting->places_left = posting->form_count ? posting->count : 0;
    posting->place = UINT32_MAX;
    if (posting->places_left > (size_t)(bytes->end - bytes->next))
        bytes->failed = true;
    return !bytes->failed;
}

bool posting_next_place(struct posting *posting)
{
    if (!posting->places_left || posting->bytes.failed)
        return false;
    uint32_t step = bytes_number(&posting->bytes);
    posting->places_left--;
    posting->form = step % posting->form_count;
    posting->place = move_on(&posting->bytes, posting->place,
                             step / posting->form_count + (posting->place == UINT32_MAX));
    return !posting->bytes.failed;
}
