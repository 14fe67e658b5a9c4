#include "search/merge.h"

#include "base/arena.h"
#include "search/collate.h"
#include "search/layout.h"

/* Bytes. What is inline comes with the leaf, wanted or not; a chunk is what is loaded of a frequent
 * word at a time. */
enum { INLINE_MAX = 1536, CHUNK_LEAST = 4 * 1024, CHUNK_MOST = 12 * 1024, CHUNK_ENDS_ONE_IN = 4 };

enum { FORMS_FEW = 8 };

enum { TITLE_ADVANTAGE = 4, RANKS = POSTING_IMPACT_MAX + TITLE_ADVANTAGE + 1 };

/* The postings of a term in a group. */
struct piece {
    uint32_t group;
    struct str block;
    uint32_t impact, rank; /* the highest; known where it goes into a chunk */
};

/* The term in hand. */
struct gathered {
    struct str key;
    uint32_t documents, passages;
    VEC(struct piece) pieces;
    size_t size; /* bytes of the blocks */
    struct posting_form common;
    uint32_t common_count;
};

struct merge {
    struct nodes *nodes;
    struct parts *parts;
    const struct aliases *aliases;
    size_t next_alias;
    struct arena term;      /* cleared behind each term */
    struct arena lists;     /* of the forms and topics */
    struct map topics;      /* their entries by their keys: these come before those of words */
    VEC(struct str) forms;  /* all forms, reversed */
    VEC(struct str) others; /* `form NUL stem` of forms that don't begin with their stem */
};

static void put_pieces(const struct piece *pieces, size_t count, struct buf *out)
{
    uint32_t before = 0;
    for (size_t i = 0; i < count; i++) {
        bytes_put_number(out, pieces[i].group - before);
        bytes_put_text(out, pieces[i].block);
        before = pieces[i].group;
    }
}

static uint32_t rank_of(const struct posting *posting)
{
    return posting->impact + (posting->passage ? 0 : TITLE_ADVANTAGE);
}

/* Finds the highest ranks and counts all: blocks are long, and reading them is what takes time. */
static void rank_pieces(struct gathered *term, uint32_t counts[RANKS])
{
    struct posting posting;
    for (size_t i = 0; i < term->pieces.count; i++) {
        struct piece *piece = &term->pieces.items[i];
        posting_begin(&posting, piece->block);
        while (posting_next(&posting)) {
            uint32_t rank = rank_of(&posting);
            counts[rank]++;
            if (posting.impact > piece->impact)
                piece->impact = posting.impact;
            if (rank > piece->rank)
                piece->rank = rank;
        }
    }
}

/* The least rank of the best passages, and how many of just that rank are among them. */
static uint32_t find_threshold(const uint32_t counts[RANKS], uint32_t *allowed)
{
    uint32_t rank = RANKS - 1, left = LAYOUT_BEST_MAX;
    for (; rank > 1 && counts[rank] < left; rank--)
        left -= counts[rank];
    *allowed = left;
    return rank;
}

/* The best passages, so that a search for a frequent word alone need not load its postings. */
static void put_best(struct gathered *term, struct arena *arena, struct buf *out)
{
    uint32_t counts[RANKS] = {0}, allowed, count = 0, before = 0;
    struct posting posting;
    struct buf list;
    buf_init(&list, arena);
    rank_pieces(term, counts);
    uint32_t threshold = find_threshold(counts, &allowed);
    for (size_t i = 0; i < term->pieces.count; i++) {
        const struct piece *piece = &term->pieces.items[i];
        if (piece->rank < threshold + !allowed)
            continue;
        posting_begin(&posting, piece->block);
        while (posting_next(&posting)) {
            uint32_t rank = rank_of(&posting);
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

static uint32_t highest_impact(const struct piece *pieces, size_t count)
{
    uint32_t highest = 0;
    for (size_t i = 0; i < count; i++)
        if (pieces[i].impact > highest)
            highest = pieces[i].impact;
    return highest;
}

/* How many pieces the chunk that begins with the first of them has. Its end is decided by a group,
 * so that a change elsewhere leaves it. */
static size_t chunk_length(const struct piece *pieces, size_t count)
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

static void put_chunk(struct merge *merge, const struct piece *pieces, size_t count,
                      uint32_t *before, struct buf *out)
{
    struct buf chunk;
    buf_init(&chunk, &merge->term);
    buf_put_char(&chunk, LAYOUT_CHUNK);
    put_pieces(pieces, count, &chunk);
    bytes_put_number(out, pieces[0].group - *before);
    *before = pieces[0].group;
    bytes_put_hash(out, parts_put(merge->parts, buf_str(&chunk)));
    bytes_put_number(out, (uint32_t)chunk.len);
    bytes_put_number(out, highest_impact(pieces, count));
}

static void put_chunks(struct merge *merge, struct gathered *term, struct buf *out)
{
    struct buf list;
    uint32_t chunks = 0, before = 0;
    buf_init(&list, &merge->term);
    put_best(term, &merge->term, out);
    for (size_t i = 0; i < term->pieces.count; chunks++) {
        const struct piece *pieces = term->pieces.items + i;
        size_t length = chunk_length(pieces, term->pieces.count - i);
        put_chunk(merge, pieces, length, &before, &list);
        i += length;
    }
    bytes_put_number(out, chunks);
    buf_put(out, buf_str(&list));
}

/* What stands at a topic's own key stands beside its names as well: so whoever looks up words has
 * it at once. */
static void put_topic(struct merge *merge, struct str id, struct buf *out)
{
    struct key key;
    const struct str *entry = map_get(&merge->topics, keys_make(&key, KEY_TOPIC, keys_name(id)));
    bytes_put_text(out, entry ? *entry : (struct str){"", 0});
}

static void keep_topic(struct merge *merge, struct str key, struct str entry)
{
    struct str *kept = arena_new(&merge->lists, struct str);
    *kept = str_copy(&merge->lists, entry);
    *map_at(&merge->topics, str_copy(&merge->lists, key)) = kept;
}

static void put_aliases(struct merge *merge, struct str key, struct buf *out)
{
    const struct alias *first = merge->aliases->items.items + merge->next_alias;
    size_t count = 0;
    while (merge->next_alias + count < merge->aliases->items.count &&
           str_equal(first[count].key, key))
        count++;
    bytes_put_number(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        bytes_put_text(out, first[i].text);
        bytes_put_text(out, first[i].id);
        bytes_put_text(out, first[i].title);
        put_topic(merge, first[i].id, out);
    }
    merge->next_alias += count;
}

static void put_entry(struct merge *merge, struct gathered *term)
{
    struct buf out;
    buf_init(&out, &merge->term);
    posting_form_put(&term->common, &out);
    bytes_put_number(&out, term->documents);
    bytes_put_number(&out, term->passages);
    put_aliases(merge, term->key, &out);
    if (term->size <= INLINE_MAX) {
        bytes_put_number(&out, LAYOUT_INLINE);
        bytes_put_number(&out, (uint32_t)term->pieces.count);
        put_pieces(term->pieces.items, term->pieces.count, &out);
    } else {
        bytes_put_number(&out, LAYOUT_CHUNKED);
        put_chunks(merge, term, &out);
    }
    nodes_add(merge->nodes, term->key, buf_str(&out));
    if (term->key.data[0] == KEY_TOPIC)
        keep_topic(merge, term->key, buf_str(&out));
}

/* Names of topics whose words no text has. */
static void put_aliases_before(struct merge *merge, struct str key)
{
    const struct aliases *aliases = merge->aliases;
    while (merge->next_alias < aliases->items.count) {
        struct str alias = aliases->items.items[merge->next_alias].key;
        if (key.len && str_compare(alias, key) >= 0)
            return;
        put_entry(merge, &(struct gathered){.key = alias});
    }
}

/* The forms of the word in hand so far: most words have few, which differ from the stem in ways
 * that are soon compared. */
struct seen_forms {
    struct posting_form few[FORMS_FEW];
    size_t count;
    struct map more; /* those that came then, as they are spelt */
};

static bool is_seen(const struct seen_forms *seen, const struct posting_form *form)
{
    for (size_t i = 0; i < seen->count; i++)
        if (seen->few[i].cut == form->cut && str_equal(seen->few[i].added, form->added))
            return true;
    return false;
}

/* Whether it is new; `text` is what it is spelt. */
static bool see(struct seen_forms *seen, const struct posting_form *form, struct str text)
{
    if (seen->count < FORMS_FEW) {
        seen->few[seen->count++] = *form;
        return true;
    }
    void **known = map_at(&seen->more, str_copy(seen->more.arena, text));
    bool is_new = !*known;
    *known = seen;
    return is_new;
}

static void note_form(struct merge *merge, struct seen_forms *seen,
                      const struct posting_form *change, struct str stem)
{
    char text[POSTING_WORD_MAX];
    if (is_seen(seen, change))
        return;
    struct str form = {text, posting_form_spell(change, stem, text)};
    if (!see(seen, change, form))
        return;
    *vec_push(&merge->forms, &merge->lists) = keys_reversed(&merge->lists, form);
    if (!str_starts(form, stem))
        *vec_push(&merge->others, &merge->lists) =
            str_format(&merge->lists, "%.*s%c%.*s", STR_ARGS(form), 0, STR_ARGS(stem));
}

/* The forms of the word in hand, each once. */
static void note_forms(struct merge *merge, const struct gathered *term)
{
    struct str stem = str_from_offset(term->key, 1);
    struct seen_forms seen = {.count = 0};
    struct posting posting;
    map_init(&seen.more, &merge->term);
    for (size_t i = 0; i < term->pieces.count; i++) {
        posting_begin(&posting, term->pieces.items[i].block);
        for (uint32_t j = 0; j < posting.form_count; j++)
            note_form(merge, &seen, &posting.forms[j], stem);
    }
}

static void put_list(struct merge *merge, const struct str *items, size_t count, enum key_kind kind)
{
    struct arena arena;
    arena_init(&arena);
    const struct collated *sorted = collate(items, count, &arena);
    for (size_t i = 0; i < count; i++) {
        struct key key;
        struct str stem = *sorted[i].text, form = str_cut(&stem, '\0');
        nodes_add(merge->nodes, keys_make(&key, kind, form), stem);
    }
    arena_release(&arena);
}

static void gather(struct harvests *harvests, struct gathered *term, struct arena *arena)
{
    struct harvest *first = harvests_first(harvests);
    *term = (struct gathered){.key = str_copy(arena, first->term.key)};
    while ((first = harvests_first(harvests)) && str_equal(first->term.key, term->key)) {
        const struct harvested *part = &first->term;
        *vec_push(&term->pieces, arena) =
            (struct piece){.group = first->group, .block = str_copy(arena, part->block)};
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

/* The lists of forms go where their kinds stand in the order of keys. */
static void put_forms_before(struct merge *merge, struct str key)
{
    if (merge->others.count && (!key.len || key.data[0] > KEY_FORM)) {
        put_list(merge, merge->others.items, merge->others.count, KEY_FORM);
        merge->others.count = 0;
    }
    if (merge->forms.count && !key.len)
        put_list(merge, merge->forms.items, merge->forms.count, KEY_REVERSED);
}

void merge_run(struct harvest *all, size_t count, const struct aliases *aliases,
               struct nodes *nodes, struct parts *parts)
{
    struct merge merge = {.nodes = nodes, .parts = parts, .aliases = aliases};
    struct harvests harvests;
    struct gathered term;
    arena_init(&merge.term);
    arena_init(&merge.lists);
    map_init(&merge.topics, &merge.lists);
    harvests_begin(&harvests, all, count, &merge.lists);
    while (harvests_first(&harvests)) {
        gather(&harvests, &term, &merge.term);
        put_aliases_before(&merge, term.key);
        put_forms_before(&merge, term.key);
        if (term.key.data[0] == KEY_WORD)
            note_forms(&merge, &term);
        put_entry(&merge, &term);
        arena_clear(&merge.term);
    }
    put_aliases_before(&merge, (struct str){"", 0});
    put_forms_before(&merge, (struct str){"", 0});
    arena_release(&merge.term);
    arena_release(&merge.lists);
}
