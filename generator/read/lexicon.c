#include "read/lexicon.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/lanes.h"

enum {
    WORD_MAX = 100, /* bytes; longer runs of letters are no words */
    FIRST_SLOTS = 1024,
};

void lexicon_init(struct lexicon *lexicon, struct arena *arena)
{
    *lexicon = (struct lexicon){.arena = arena};
}

static bool is_word_byte(char c)
{
    return str_is_alnum(c) || (c & 0x80) || c == '-';
}

struct str lexicon_next(struct str text, size_t *offset)
{
    size_t i = *offset;
    while (i < text.len && !is_word_byte(text.data[i]))
        i++;
    size_t start = i;
    while (i < text.len && is_word_byte(text.data[i]))
        i++;
    *offset = i;
    return str_slice(text, start, i - start);
}

/* The eight bytes from `at` on; zeros behind the end. */
static uint64_t lanes_at(struct str text, size_t at)
{
    uint64_t lanes = 0;
    if (at + LANES <= text.len)
        return lanes_load(text.data + at);
    if (at < text.len)
        memcpy(&lanes, text.data + at, text.len - at);
    return lanes;
}

/* Of eight bytes those that are in no word. */
static uint64_t outside_words(uint64_t lanes)
{
    uint64_t hyphens = lanes_equal(lanes & ~LANES_HIGH, '-');
    return ~(lanes_alnum(lanes) | hyphens | lanes) & LANES_HIGH;
}

/* Adds eight letters to a hash. What is ASCII gets the bit of small letters, which digits and the
 * hyphen have as well. */
static uint64_t hash_on(uint64_t hash, uint64_t lanes)
{
    uint64_t small = (~lanes & LANES_HIGH) >> 2;
    hash = (hash ^ (lanes | small)) * 0x9E3779B97F4A7C15u; /* by the golden ratio */
    return hash ^ hash >> 32;
}

/* The hash of the word that begins at `*offset`, which moves behind it. */
static uint64_t hash_word(struct str text, size_t *offset)
{
    uint64_t hash = 0, lanes, ends;
    while (!(ends = outside_words(lanes = lanes_at(text, *offset)))) {
        hash = hash_on(hash, lanes);
        *offset += LANES;
    }
    size_t len = lanes_before(ends);
    *offset += len;
    return hash_on(hash, lanes_first(lanes, len));
}

/* The slot of a hash, or the empty one where it would go. */
static struct lexicon_word *find(const struct lexicon *lexicon, uint64_t hash)
{
    size_t mask = lexicon->slot_count - 1;
    size_t i = hash & mask;
    while (lexicon->slots[i].hash && lexicon->slots[i].hash != hash)
        i = (i + 1) & mask;
    return &lexicon->slots[i];
}

static void grow(struct lexicon *lexicon)
{
    struct lexicon old = *lexicon;
    lexicon->slot_count = old.slot_count ? old.slot_count * 2 : FIRST_SLOTS;
    lexicon->slots = arena_new_array(lexicon->arena, lexicon->slot_count, struct lexicon_word);
    for (size_t i = 0; i < old.slot_count; i++)
        if (old.slots[i].hash)
            *find(lexicon, old.slots[i].hash) = old.slots[i];
}

static uint32_t sum(uint32_t a, uint32_t b)
{
    return b > UINT32_MAX - a ? UINT32_MAX : a + b;
}

static void add(struct lexicon *lexicon, uint64_t hash, uint32_t count, uint32_t small)
{
    if (lexicon->count * 4 >= lexicon->slot_count * 3)
        grow(lexicon);
    struct lexicon_word *word = find(lexicon, hash);
    lexicon->count += !word->hash;
    word->hash = hash;
    word->count = sum(word->count, count);
    word->small = sum(word->small, small);
}

void lexicon_add(struct lexicon *lexicon, struct str line)
{
    for (size_t i = 0; i < line.len; i++) {
        size_t start = i;
        uint64_t hash = hash_word(line, &i);
        size_t len = i - start;
        if (len && len <= WORD_MAX && line.data[i - 1] != '-' && i < line.len)
            add(lexicon, hash, 1, line.data[start] >= 'a' && line.data[start] <= 'z');
    }
}

void lexicon_merge(struct lexicon *lexicon, const struct lexicon *other)
{
    for (size_t i = 0; i < other->slot_count; i++)
        if (other->slots[i].hash)
            add(lexicon, other->slots[i].hash, other->slots[i].count, other->slots[i].small);
}

uint32_t lexicon_count(const struct lexicon *lexicon, struct str first, const char *between,
                       struct str second)
{
    char word[WORD_MAX + 1];
    size_t middle = strlen(between), len = first.len + middle + second.len, offset = 0;
    if (!lexicon->slot_count || len > sizeof word)
        return 0;
    memcpy(word, first.data, first.len);
    memcpy(word + first.len, between, middle);
    memcpy(word + first.len + middle, second.data, second.len);
    uint64_t hash = hash_word((struct str){word, len}, &offset);
    return offset == len ? find(lexicon, hash)->count : 0;
}

uint32_t lexicon_count_small(const struct lexicon *lexicon, struct str word)
{
    size_t offset = 0;
    if (!lexicon->slot_count || word.len > WORD_MAX)
        return 0;
    uint64_t hash = hash_word(word, &offset);
    return offset == word.len ? find(lexicon, hash)->small : 0;
}

/* A sum: slots are in no order that matters. */
struct digest lexicon_digest(const struct lexicon *lexicon)
{
    struct digest sum_of_all = DIGEST_NONE;
    for (size_t i = 0; i < lexicon->slot_count; i++) {
        const struct lexicon_word *word = &lexicon->slots[i];
        const uint64_t bytes[] = {word->hash, (uint64_t)word->count << 32 | word->small};
        if (!word->hash)
            continue;
        struct digest digest = digest_of((struct str){(const char *)bytes, sizeof bytes});
        sum_of_all.high += digest.high;
        sum_of_all.low += digest.low;
    }
    return sum_of_all;
}

void lexicon_put(struct buf *out, const struct lexicon *lexicon)
{
    for (size_t i = 0; i < lexicon->slot_count; i++) {
        const struct lexicon_word *word = &lexicon->slots[i];
        if (!word->hash)
            continue;
        bytes_put_long(out, word->hash);
        bytes_put_number(out, word->count);
        bytes_put_number(out, word->small);
    }
}

bool lexicon_get(struct str text, struct lexicon *lexicon)
{
    struct bytes bytes;
    bytes_begin(&bytes, text);
    while (!bytes_at_end(&bytes)) {
        uint64_t hash = bytes_long(&bytes);
        uint32_t count = bytes_number(&bytes), small = bytes_number(&bytes);
        if (bytes.failed || !hash)
            return false;
        add(lexicon, hash, count, small);
    }
    return true;
}
