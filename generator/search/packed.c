#include "search/packed.h"

#include "base/arena.h"
#include "base/err.h"

#include <libdeflate.h>

enum { FIRST_GUESS = 4 /* how many times as large as it is packed */ };

/* Of parts and texts, which are short, all levels up to 9 make the same but for half a per cent;
 * the lowest takes half the time. */
static const int levels[] = {[PACKED_QUICK] = 1, [PACKED_SMALLEST] = 12};

struct str packer_pack(struct packer *packer, struct arena *arena, struct str bytes)
{
    if (!packer->compressor)
        packer->compressor = libdeflate_alloc_compressor(levels[packer->effort]);
    if (!packer->compressor)
        err_out_of_memory();
    size_t room = libdeflate_zlib_compress_bound(packer->compressor, bytes.len);
    char *out = arena_text(arena, room);
    return (struct str){
        out, libdeflate_zlib_compress(packer->compressor, bytes.data, bytes.len, out, room)};
}

void packer_release(struct packer *packer)
{
    libdeflate_free_compressor(packer->compressor);
    packer->compressor = NULL;
}

/* How large it will be is not known, and what a file says of it may be wrong. */
int packed_open(struct arena *arena, struct str packed, struct str *out)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    size_t room = packed.len * FIRST_GUESS + 1, len = 0;
    if (!decompressor)
        err_out_of_memory();
    *out = (struct str){"", 0};
    for (bool last = false; result == LIBDEFLATE_INSUFFICIENT_SPACE && !last; room *= 2) {
        last = room >= PACKED_OPEN_MAX;
        if (last)
            room = PACKED_OPEN_MAX;
        out->data = arena_text(arena, room);
        result = libdeflate_zlib_decompress(decompressor, packed.data, packed.len,
                                            (char *)out->data, room, &len);
    }
    out->len = len;
    libdeflate_free_decompressor(decompressor);
    return result == LIBDEFLATE_SUCCESS ? 0 : -1;
}
