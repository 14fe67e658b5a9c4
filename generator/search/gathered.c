#include "search/gathered.h"

#include "base/arena.h"
#include "search/layout.h"

/* Bytes. What is inline comes with the leaf, wanted or not; a chunk is what is loaded of a frequent
 * word at a time. */
enum { INLINE_MAX = 1536, CHUNK_LEAST = 4 * 1024, CHUNK_MOST = 12 * 1024, CHUNK_ENDS_ONE_IN = 4 };

void gathered_take(struct gathered *term, struct harvests *harvests, struct arena *arena)
{
    struct harvest_reader *first = harvests_first(harvests);
    *term = (struct gathered){.key = str_copy(arena, first->term.key)};
    while ((first = harvests_first(harvests)) && str_equal(first->term.key, term->key)) {
        const struct harvested *part = &first->term;
        *vec_push(&term->pieces, arena) = (struct gathered_piece){
            .group = first->group, .block = str_copy(arena, part->block), .peak = part->peak};
        term->documents += part->documents;
        term->passages += part->passages;
        term->size += part->block.len;
        if (part->common_count > term->common_count) {
            term->common = part->common;
            term->common.added = str_copy(arena, part->common.added);
            term->common_count = part->common_count;
        }
        harvests_next(harvests);
    }
}

static void put_pieces(const struct gathered_piece *pieces, size_t count, struct buf *out)
{
    uint32_t before = 0;
    for (size_t i = 0; i < count; i++) {
        bytes_put_number(out, pieces[i].group - before);
        bytes_put_text(out, pieces[i].block);
        before = pieces[i].group;
    }
}

static void count_ranks(const struct gathered_piece *piece, uint32_t counts[POSTING_RANKS])
{
    struct posting posting;
    posting_begin(&posting, piece->block);
    while (posting_next(&posting))
        counts[posting_rank(posting.impact, posting.passage)]++;
}

/* The least rank of the best passages, and how many of just that rank are among them. Reading
 * blocks is what takes time: only those are read that have some of the ranks in question, and no
 * more of the least than are wanted. */
static uint32_t find_threshold(const struct gathered *term, uint32_t *allowed)
{
    uint32_t counts[POSTING_RANKS] = {0}, rank = POSTING_RANKS - 1;
    for (*allowed = LAYOUT_BEST_MAX;; *allowed -= counts[rank--]) {
        for (size_t i = 0; i < term->pieces.count && counts[rank] < *allowed; i++)
            if (term->pieces.items[i].peak.rank == rank)
                count_ranks(&term->pieces.items[i], counts);
        if (rank == 1 || counts[rank] >= *allowed)
            return rank;
    }
}

/* The best passages, so that a search for a frequent word alone need not load its postings. */
static void put_best(const struct gathered *term, struct arena *arena, struct buf *out)
{
    uint32_t allowed, count = 0, before = 0;
    struct posting posting;
    struct buf list;
    buf_init(&list, arena);
    uint32_t threshold = find_threshold(term, &allowed);
    for (size_t i = 0; i < term->pieces.count; i++) {
        const struct gathered_piece *piece = &term->pieces.items[i];
        if (piece->peak.rank < threshold + !allowed)
            continue;
        posting_begin(&posting, piece->block);
        while (posting_next(&posting)) {
            uint32_t rank = posting_rank(posting.impact, posting.passage);
            if (rank < threshold + !allowed)
                continue;
            allowed -= rank == threshold;
            bytes_put_number(&list, piece->group - before);
            before = piece->group;
            bytes_put_number(&list, posting.document);
            bytes_put_number(&list, posting.passage << 4 | posting.impact);
            count++;
        }
    }
    bytes_put_number(out, count);
    buf_put(out, buf_str(&list));
}

static uint32_t highest_impact(const struct gathered_piece *pieces, size_t count)
{
    uint32_t highest = 0;
    for (size_t i = 0; i < count; i++)
        if (pieces[i].peak.impact > highest)
            highest = pieces[i].peak.impact;
    return highest;
}

/* How many pieces the chunk that begins with the first of them has. Its end is decided by a group,
 * so that a change elsewhere leaves it. */
static size_t chunk_length(const struct gathered_piece *pieces, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        size += pieces[i].block.len;
        if (size >= CHUNK_MOST)
            return i + 1;
        if (size >= CHUNK_LEAST && pieces[i].group % CHUNK_ENDS_ONE_IN == 0)
            return i + 1;
    }
    return count;
}

static void put_chunk(struct parts_draft *parts, const struct gathered_piece *pieces, size_t count,
                      uint32_t *before, struct buf *out)
{
    struct buf chunk;
    buf_init(&chunk, out->arena);
    buf_put_char(&chunk, LAYOUT_CHUNK);
    put_pieces(pieces, count, &chunk);
    bytes_put_number(out, pieces[0].group - *before);
    *before = pieces[0].group;
    bytes_put_hash(out, parts_draft_put(parts, buf_str(&chunk)));
    bytes_put_number(out, (uint32_t)chunk.len);
    bytes_put_number(out, highest_impact(pieces, count));
}

static void put_chunks(const struct gathered *term, struct parts_draft *parts, struct arena *arena,
                       struct buf *out)
{
    struct buf list;
    uint32_t chunks = 0, before = 0;
    buf_init(&list, arena);
    put_best(term, arena, out);
    for (size_t i = 0; i < term->pieces.count; chunks++) {
        const struct gathered_piece *pieces = term->pieces.items + i;
        size_t length = chunk_length(pieces, term->pieces.count - i);
        put_chunk(parts, pieces, length, &before, &list);
        i += length;
    }
    bytes_put_number(out, chunks);
    buf_put(out, buf_str(&list));
}

void gathered_put_postings(const struct gathered *term, struct parts_draft *parts,
                           struct arena *arena, struct buf *out)
{
    if (term->size <= INLINE_MAX) {
        bytes_put_number(out, LAYOUT_INLINE);
        bytes_put_number(out, (uint32_t)term->pieces.count);
        put_pieces(term->pieces.items, term->pieces.count, out);
    } else {
        bytes_put_number(out, LAYOUT_CHUNKED);
        put_chunks(term, parts, arena, out);
    }
}
