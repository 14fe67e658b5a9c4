#include "search/packed.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>
#include <zlib.h>

enum {
    LEVEL = 5, /* postings hardly gain from more, and texts some 2 % */
    STEP = 64 * 1024
};

struct str packed_make(struct arena *arena, struct str bytes)
{
    uLongf size = compressBound(bytes.len);
    char *out = arena_text(arena, size);
    if (compress2((Bytef *)out, &size, (const Bytef *)(bytes.len ? bytes.data : ""), bytes.len,
                  LEVEL) != Z_OK)
        err_out_of_memory();
    return (struct str){out, size};
}

/* Inflates step by step: how large it will be is not known, and what a file says of it may be
 * wrong. */
static int inflate_all(z_stream *stream, struct buf *out)
{
    int status = Z_OK;
    while (status == Z_OK && out->len < PACKED_OPEN_MAX) {
        stream->next_out = (Bytef *)buf_reserve(out, STEP);
        stream->avail_out = STEP;
        status = inflate(stream, Z_NO_FLUSH);
        out->len += STEP - stream->avail_out;
    }
    return status == Z_STREAM_END && !stream->avail_in ? 0 : -1;
}

int packed_open(struct arena *arena, struct str packed, struct str *out)
{
    struct buf buf;
    if (packed.len > PACKED_OPEN_MAX)
        return -1;
    z_stream stream = {.next_in = (Bytef *)(packed.len ? packed.data : ""),
                       .avail_in = (uInt)packed.len};
    if (inflateInit(&stream) != Z_OK)
        err_out_of_memory();
    buf_init(&buf, arena);
    int status = inflate_all(&stream, &buf);
    inflateEnd(&stream);
    *out = buf_str(&buf);
    return status;
}
