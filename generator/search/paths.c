#include "search/paths.h"

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

struct path paths_part(uint64_t hash)
{
    struct path path = {.hash = hash};
    char *out = put_digits(path.text, hash >> 56, 2);
    *out++ = '/';
    put_end(put_digits(out, hash, 14));
    return path;
}

struct path paths_text(uint32_t group, uint32_t hash)
{
    struct path path = {.text = "t/"};
    char *out = put_digits(path.text + 2, group >> 24, 2);
    *out++ = '/';
    out = put_digits(out, group, 6);
    *out++ = '/';
    put_end(put_digits(out, hash, 8));
    return path;
}
