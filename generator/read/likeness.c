#include "read/likeness.h"

#include "base/utf8.h"

/* Broder, "On the resemblance and containment of documents" (1997), with the one permutation of Li,
 * Owen and Zhang (2012): each run of words has one hash, whose first bits choose a bin that keeps
 * the least of them. */

enum {
    BIN_SHIFT = 55, /* 64 - log2(LIKENESS_BINS) */
    MARKS = 0x300,  /* combining marks, which extractions lose */
    MARKS_END = 0x36F
};

static const uint64_t basis = 0xcbf29ce484222325u, prime = 0x100000001b3u; /* FNV-1a */

struct reading {
    struct likeness *out;
    uint64_t last[LIKENESS_WORDS]; /* hashes of the last words, oldest first */
    uint64_t word;                 /* hash of the one that is being read */
    bool inside;                   /* a word */
};

static uint64_t mix(uint64_t hash)
{
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccdu;
    hash ^= hash >> 33;
    hash *= 0xc4ceb9fe1a85ec53u;
    return hash ^ (hash >> 33);
}

static uint64_t put(uint64_t hash, uint64_t value)
{
    return mix((hash ^ value) * prime);
}

static void add_run(struct reading *reading)
{
    uint64_t run = basis;
    for (size_t i = 0; i < LIKENESS_WORDS; i++)
        run = put(run, reading->last[i]);
    uint32_t *bin = &reading->out->bins[run >> BIN_SHIFT];
    uint32_t least = (uint32_t)run | 1; /* never 0, which is an empty bin */
    if (!*bin || least < *bin)
        *bin = least;
}

static void end_word(struct reading *reading)
{
    if (!reading->inside)
        return;
    for (size_t i = 1; i < LIKENESS_WORDS; i++)
        reading->last[i - 1] = reading->last[i];
    reading->last[LIKENESS_WORDS - 1] = reading->word;
    reading->out->words = put(reading->out->words, reading->word);
    if (++reading->out->count >= LIKENESS_WORDS)
        add_run(reading);
    reading->word = basis;
    reading->inside = false;
}

/* Behind a hyphen at a line's end: where the word goes on, or `*offset` where it does not. */
static size_t cut_word(struct str text, size_t offset)
{
    size_t i = offset;
    bool line = false;
    while (i < text.len && str_is_space(text.data[i]))
        line |= text.data[i++] == '\n';
    if (!line || i == text.len)
        return offset;
    size_t next = i;
    uint32_t code_point = utf8_next(text, &next);
    return utf8_is_letter(code_point) && !utf8_is_upper(code_point) ? i : offset;
}

static void take(struct reading *reading, uint32_t code_point)
{
    uint32_t letters[UTF8_DECOMPOSED_MAX];
    if (!utf8_is_letter(code_point) && !utf8_is_digit(code_point)) {
        if (!utf8_is_format(code_point))
            end_word(reading);
        return;
    }
    size_t count = utf8_decompose(code_point, letters);
    for (size_t i = 0; i < count; i++)
        if (letters[i] < MARKS || letters[i] > MARKS_END)
            reading->word = (reading->word ^ letters[i]) * prime;
    reading->inside = true;
}

void likeness_of(struct str text, struct likeness *out)
{
    struct reading reading = {.out = out, .word = basis};
    *out = (struct likeness){.words = basis};
    for (size_t i = 0; i < text.len;) {
        uint32_t code_point = utf8_next(text, &i);
        size_t on = code_point == '-' && reading.inside ? cut_word(text, i) : i;
        if (on == i)
            take(&reading, code_point);
        i = on;
    }
    end_word(&reading);
    /* A text too short for a run is one. */
    if (out->count && out->count < LIKENESS_WORDS)
        add_run(&reading);
}

bool likeness_same(const struct likeness *a, const struct likeness *b)
{
    return a->count && a->count == b->count && a->words == b->words;
}

unsigned likeness_share(const struct likeness *a, const struct likeness *b)
{
    unsigned used = 0, equal = 0;
    for (size_t i = 0; i < LIKENESS_BINS; i++) {
        used += a->bins[i] || b->bins[i];
        equal += a->bins[i] && a->bins[i] == b->bins[i];
    }
    return used ? equal * 100 / used : 0;
}
