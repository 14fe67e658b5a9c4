#include "search/texts.h"

#include "base/arena.h"
#include "search/keys.h"
#include "search/layout.h"

/* Bytes of text before it is packed, about: a result loads a piece or a few, and each is a file. So
 * a note of ordinary length is one, and a long text has larger ones. */
enum { PIECE_SIZE = 4096, PIECE_SIZE_MAX = 2 * PIECE_SIZE, PIECES_FEW = 8 };

#define HASH_FACTOR UINT64_C(0x100000001B3) /* FNV's, for the hash of hashes */

void texts_init(struct texts *texts, const struct web *web, const struct parts_sink *sink,
                struct packer *packer, uint32_t group, struct arena *arena)
{
    *texts =
        (struct texts){.web = web, .sink = sink, .packer = packer, .group = group, .arena = arena};
    map_init(&texts->hashes, arena);
}

/* The piece in hand. */
struct piece {
    struct string_table topics, sections;
    struct buf passages;
    uint32_t first, count; /* passages; the first has number `first` */
};

static void begin_piece(struct piece *piece, uint32_t first, struct arena *arena)
{
    *piece = (struct piece){.first = first};
    string_table_init(&piece->topics, arena);
    string_table_init(&piece->sections, arena);
    buf_init(&piece->passages, arena);
}

/* Mentions are written as topic, start behind the last one's start, and length. */
static void put_mentions(const struct web *web, const struct outline *outline, uint32_t passage,
                         size_t *next, struct piece *piece)
{
    const struct mention *all = outline->mentions.items;
    size_t first = *next;
    uint32_t start = 0;
    while (*next < outline->mentions.count && all[*next].passage == passage)
        ++*next;
    bytes_put_number(&piece->passages, (uint32_t)(*next - first));
    for (size_t i = first; i < *next; i++) {
        const struct outline *topic = &web->documents[web->topics[all[i].topic].document];
        bytes_put_number(&piece->passages,
                         string_table_topic(&piece->topics, topic->id, topic->meta.title));
        bytes_put_number(&piece->passages, all[i].start - start);
        bytes_put_number(&piece->passages, all[i].end - all[i].start);
        start = all[i].start;
    }
}

static void add_passage(const struct web *web, const struct outline *outline,
                        const struct passage *passage, size_t *next_mention, struct piece *piece)
{
    struct buf *out = &piece->passages;
    uint32_t number = piece->first + piece->count++;
    struct str section = outline_section(outline, passage->section);
    bytes_put_number(out, passage->page);
    bytes_put_number(out, string_table_number(&piece->sections, section));
    put_mentions(web, outline, number, next_mention, piece);
    bytes_put_text(out, passage->text);
}

static struct str finish(const struct piece *piece, const struct outline *outline,
                         const struct indexed_document *about, struct arena *arena)
{
    struct date date = outline->meta.date;
    struct buf out;
    buf_init(&out, arena);
    buf_put_char(&out, LAYOUT_TEXT);
    bytes_put_text(&out, outline->id);
    bytes_put_text(&out, outline->meta.title);
    bytes_put_text(&out, about->type);
    bytes_put_text(&out, about->label);
    bytes_put_text(&out, outline->meta.more->issuer);
    bytes_put_number(&out, layout_date(date.year, date.month, date.day));
    string_table_put(&piece->topics, &out);
    string_table_put(&piece->sections, &out);
    bytes_put_number(&out, piece->first);
    bytes_put_number(&out, piece->count);
    buf_put(&out, buf_str(&piece->passages));
    return buf_str(&out);
}

static bool is_free(struct texts *texts, uint32_t hash, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t name = paths_text_hash(hash, i);
        if (map_get(&texts->hashes, (struct str){(const char *)&name, sizeof name}))
            return false;
    }
    return true;
}

/* Of a document's pieces: names in a row that no other piece of the group has. */
static uint32_t name_pieces(struct texts *texts, const struct str *pieces, uint32_t count)
{
    uint64_t all = 0;
    for (uint32_t i = 0; i < count; i++)
        all = (all + map_hash(pieces[i])) * HASH_FACTOR;
    uint32_t hash = paths_text_hash((uint32_t)(all >> 32), 0);
    while (!is_free(texts, hash, count))
        hash = paths_text_hash(hash, 1);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t name = paths_text_hash(hash, i);
        struct str key = {(const char *)&name, sizeof name};
        *map_at(&texts->hashes, str_copy(texts->arena, key)) = texts;
    }
    return hash;
}

/* What follows from the text alone: a document that changes gives no other pieces of others. */
static size_t choose_size(size_t bytes)
{
    size_t size = PIECE_SIZE;
    while (size < PIECE_SIZE_MAX && bytes / size > PIECES_FEW)
        size *= 2;
    return size;
}

/* How many passages a piece has, so that all have about the same size. */
static uint32_t choose_stride(const struct document *read)
{
    size_t bytes = 0, count = read->passages.count;
    for (size_t i = 0; i < count; i++)
        bytes += read->passages.items[i].text.len;
    size_t size = choose_size(bytes), pieces = (bytes + size / 2) / size;
    if (pieces > count)
        pieces = count;
    return pieces ? (uint32_t)((count + pieces - 1) / pieces) : count ? (uint32_t)count : 1;
}

struct text_place texts_add(struct texts *texts, uint32_t document, const struct document *read,
                            const struct indexed_document *about, struct arena *scratch)
{
    const struct outline *outline = &texts->web->documents[document];
    struct text_place place = {.stride = choose_stride(read)};
    uint32_t passages = (uint32_t)read->passages.count;
    uint32_t count = passages ? (passages + place.stride - 1) / place.stride : 1;
    struct str *pieces = arena_new_array(scratch, count, struct str);
    size_t next_mention = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct piece piece;
        begin_piece(&piece, i * place.stride + 1, scratch);
        while (piece.count < place.stride && piece.first + piece.count <= passages)
            add_passage(texts->web, outline, &read->passages.items[piece.first + piece.count - 1],
                        &next_mention, &piece);
        pieces[i] = finish(&piece, outline, about, scratch);
    }
    place.hash = name_pieces(texts, pieces, count);
    for (uint32_t i = 0; i < count; i++)
        parts_publish(texts->sink, texts->packer, scratch,
                      paths_text(texts->group, paths_text_hash(place.hash, i)), pieces[i]);
    return place;
}
