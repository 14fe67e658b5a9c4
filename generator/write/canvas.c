#include "write/canvas.h"

#include "base/arena.h"
#include "base/buf.h"
#include "search/packed.h"

#include <assert.h>

enum {
    DEPTH = 4,                       /* bits of a pixel */
    ROW_SIZE = 1 + CANVAS_WIDTH / 2, /* bytes: the first says that the row is not filtered */
    SIZE = ROW_SIZE * CANVAS_HEIGHT,
    COLOUR_TYPE_PALETTE = 3
};

void canvas_init(struct canvas *canvas, struct arena *arena)
{
    canvas->rows = arena_alloc(arena, SIZE);
}

void canvas_clear(struct canvas *canvas)
{
    memset(canvas->rows, 0, SIZE);
}

void canvas_fill(struct canvas *canvas, int x, int y, int width, int height, unsigned colour)
{
    assert(x >= 0 && y >= 0 && x + width <= CANVAS_WIDTH && y + height <= CANVAS_HEIGHT);
    for (int row = y; row < y + height; row++)
        memset(canvas->rows + (size_t)row * ROW_SIZE + 1 + x / 2, (int)(colour | colour << DEPTH),
               (size_t)width / 2);
}

/* Of the two pixels of a byte the left one has the upper half. Numbers of colours go up with what
 * they cover, or down: a pixel that two shapes touch keeps what covers it more. */
void canvas_paint(struct canvas *canvas, int x, int y, int width, int height,
                  const uint8_t *coverage, const uint8_t colours[CANVAS_COVERED + 1])
{
    bool down = colours[CANVAS_COVERED] < colours[0];
    int first = x < 0 ? -x : 0, end = x + width > CANVAS_WIDTH ? CANVAS_WIDTH - x : width;
    for (int row = y < 0 ? -y : 0; row < height && y + row < CANVAS_HEIGHT; row++) {
        uint8_t *bytes = canvas->rows + (size_t)(y + row) * ROW_SIZE + 1;
        for (int i = first; i < end; i++) {
            unsigned shift = (x + i) % 2 ? 0 : DEPTH;
            uint8_t *byte = &bytes[(x + i) / 2];
            unsigned colour = colours[coverage[row * width + i]], there = *byte >> shift & 0xf;
            if (down ? colour < there : colour > there)
                *byte = (uint8_t)((*byte & ~(0xfu << shift)) | colour << shift);
        }
    }
}

static void put_long(struct buf *out, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_put_char(out, (char)(number >> shift & 0xff));
}

/* A chunk: the length of what is in it, its name, what is in it, and a sum of both. */
static void put_chunk(struct buf *out, const char name[4], struct str content)
{
    put_long(out, (uint32_t)content.len);
    size_t start = out->len;
    buf_put(out, (struct str){name, 4});
    buf_put(out, content);
    put_long(out, packed_sum(str_from_offset(buf_str(out), start)));
}

static struct str header(struct arena *arena)
{
    struct buf out;
    buf_init(&out, arena);
    put_long(&out, CANVAS_WIDTH);
    put_long(&out, CANVAS_HEIGHT);
    buf_put_char(&out, DEPTH);
    buf_put_char(&out, COLOUR_TYPE_PALETTE);
    buf_put(&out, STR("\0\0\0")); /* the ways to compress, to filter and to interlace */
    return buf_str(&out);
}

struct str canvas_png(const struct canvas *canvas, const struct colour palette[CANVAS_COLOURS],
                      struct packer *packer, struct arena *arena)
{
    struct buf out;
    struct str pixels = packer_pack(packer, arena, (struct str){(const char *)canvas->rows, SIZE});
    buf_init(&out, arena);
    buf_put(&out, STR("\x89PNG\r\n\x1a\n"));
    put_chunk(&out, "IHDR", header(arena));
    put_chunk(&out, "PLTE",
              (struct str){(const char *)palette, CANVAS_COLOURS * sizeof(struct colour)});
    put_chunk(&out, "IDAT", pixels);
    put_chunk(&out, "IEND", STR(""));
    return buf_str(&out);
}
