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

static uint32_t choose_name(const struct str *pieces, uint32_t count)
{
    uint64_t all = 0;
    for (uint32_t i = 0; i < count; i++)
        all = (all + map_hash(pieces[i])) * HASH_FACTOR;
    return paths_text_hash((uint32_t)(all >> 32), 0);
}

/* Of a document's pieces: names in a row that no other piece of the group has. */
static uint32_t find_name(struct texts *texts, uint32_t hash, uint32_t count)
{
    while (!is_free(texts, hash, count))
        hash = paths_text_hash(hash, 1);
    return hash;
}

static void take_name(struct texts *texts, uint32_t hash, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t name = paths_text_hash(hash, i);
        struct str key = {(const char *)&name, sizeof name};
        *map_at(&texts->hashes, str_copy(texts->arena, key)) = texts;
    }
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

static struct path path_of(const struct texts *texts, uint32_t hash, uint32_t piece)
{
    return paths_text(texts->group, paths_text_hash(hash, piece));
}

static struct text_pieces publish(struct texts *texts, const struct str *pieces, uint32_t count,
                                  uint32_t stride, struct arena *scratch)
{
    struct text_pieces all = {.place.stride = stride, .choice = choose_name(pieces, count)};
    struct buf made_of;
    buf_init(&made_of, scratch);
    all.place.hash = find_name(texts, all.choice, count);
    take_name(texts, all.place.hash, count);
    for (uint32_t i = 0; i < count; i++)
        digest_put(&made_of, parts_publish(texts->sink, texts->packer, scratch,
                                           path_of(texts, all.place.hash, i), pieces[i]));
    all.made_of = buf_str(&made_of);
    return all;
}

struct text_pieces texts_add(struct texts *texts, uint32_t document, const struct document *read,
                             const struct indexed_document *about, struct arena *scratch)
{
    const struct outline *outline = &texts->web->documents[document];
    uint32_t passages = (uint32_t)read->passages.count, stride = choose_stride(read);
    uint32_t count = passages ? (passages + stride - 1) / stride : 1;
    struct str *pieces = arena_new_array(scratch, count, struct str);
    size_t next_mention = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct piece piece;
        begin_piece(&piece, i * stride + 1, scratch);
        while (piece.count < stride && piece.first + piece.count <= passages)
            add_passage(texts->web, outline, &read->passages.items[piece.first + piece.count - 1],
                        &next_mention, &piece);
        pieces[i] = finish(&piece, outline, about, scratch);
    }
    return publish(texts, pieces, count, stride, scratch);
}

static bool are_there(const struct texts *texts, const struct text_pieces *pieces, uint32_t count)
{
    const struct parts_sink *sink = texts->sink;
    const unsigned char *made_of = (const unsigned char *)pieces->made_of.data;
    for (uint32_t i = 0; i < count; i++) {
        struct path path = path_of(texts, pieces->place.hash, i);
        if (!sink->holds(sink->context, path.text, digest_from(made_of + i * DIGEST_SIZE)))
            return false;
    }
    return true;
}

bool texts_keep(struct texts *texts, const struct text_pieces *pieces)
{
    const struct parts_sink *sink = texts->sink;
    uint32_t count = (uint32_t)(pieces->made_of.len / DIGEST_SIZE), hash = pieces->place.hash;
    if (find_name(texts, pieces->choice, count) != hash || !are_there(texts, pieces, count))
        return false;
    take_name(texts, hash, count);
    for (uint32_t i = 0; i < count; i++)
        sink->take(sink->context, path_of(texts, hash, i).text);
    return true;
}
