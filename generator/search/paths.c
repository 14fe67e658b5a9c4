#include "search/paths.h"

#include "base/map.h"

#include <string.h>

static char *put_digits(char *out, uint64_t number, unsigned digits)
{
    while (digits--)
        *out++ = "0123456789abcdef"[number >> (4 * digits) & 0xf];
    return out;
}

static void put_end(char *out)
{
    memcpy(out, ".bin", sizeof ".bin");
}

struct path paths_index(void)
{
    return (struct path){.text = PATHS_INDEX};
}

uint64_t paths_hash(struct str bytes)
{
    return map_hash(bytes) >> (64 - PATHS_HASH_BITS);
}

bool paths_fit(uint64_t hash, struct str bytes)
{
    return hash - paths_hash(bytes) < PATHS_TRIES;
}

struct path paths_part(uint64_t hash)
{
    struct path path = {.hash = hash};
    char *out = put_digits(path.text, hash >> (PATHS_HASH_BITS - 8), 2);
    *out++ = '/';
    put_end(put_digits(out, hash, 10));
    return path;
}

uint32_t paths_text_hash(uint32_t hash, uint32_t piece)
{
    return (hash + piece) & 0xFFFFFF;
}

struct path paths_text(uint32_t group, uint32_t hash)
{
    struct path path = {.text = "t/"};
    char *out = put_digits(path.text + 2, group >> 16, 2);
    *out++ = '/';
    out = put_digits(out, group, 4);
    *out++ = '/';
    put_end(put_digits(out, hash, 6));
    return path;
}
