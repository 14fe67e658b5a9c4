#include "search/slices.h"

#include "search/keys.h"

static unsigned letter_of(unsigned char byte)
{
    if (byte < 'a')
        return 0;
    return byte > 'z' ? SLICES_LETTERS - 1 : 1U + byte - 'a';
}

unsigned slices_find(struct str key)
{
    unsigned char kind = (unsigned char)key.data[0];
    unsigned char first = key.len > 1 ? (unsigned char)key.data[1] : 0;
    unsigned char second = key.len > 2 ? (unsigned char)key.data[2] : 0;
    if (kind < KEY_WORD)
        return kind < KEY_TOPIC ? 0 : SLICES_TOPICS;
    if (kind > KEY_WORD)
        return SLICES_BEHIND_WORDS;
    return SLICES_WORDS + letter_of(first) * SLICES_LETTERS + letter_of(second);
}
