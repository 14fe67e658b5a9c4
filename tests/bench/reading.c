/* A stopwatch for pass 1. Times are those of the processor, of one thread.
 *
 *   reading notes FOLDER      reads a knowledge base as a build does, and tells what stays of it
 *   reading names TOPICS [MB [SHORT]]
 *                             looks for the names of so many topics, five each, in a made-up text;
 *                             SHORT of the topics have one of three letters as well
 *   reading text FILE... [-MB]
 *                             reads plain texts again and again
 *   reading long MB           reads one made-up plain text of that length
 */
#include "base/arena.h"
#include "base/buf.h"
#include "link/catalog.h"
#include "link/matcher.h"
#include "link/survey.h"
#include "read/markdown.h"
#include "read/reader.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
    MEGABYTE = 1000000,
    NAMES_EACH = 5,
    SYLLABLES = 64,
    VOCABULARY = 400000,
    PARAGRAPH_WORDS = 80
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double peak(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss * 1024 / MEGABYTE;
}

/* -- Made-up words ---------------------------------------------------------------------------- */

static uint32_t pick(uint32_t *state, uint32_t most)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state % most;
}

/* Word `number` of a vocabulary: two to six syllables, always the same. */
static void put_word(struct buf *out, uint32_t number)
{
    static const char *const syllables[SYLLABLES] = {
        "de",  "ge",  "ver", "be", "en",   "er", "ing", "te", "re",  "le",  "in",  "on",   "a",
        "ten", "der", "ste", "ke", "lijk", "ne", "me",  "se", "di",  "ren", "len", "den",  "si",
        "ken", "ti",  "ri",  "li", "ma",   "va", "ra",  "ca", "na",  "la",  "ta",  "da",   "sa",
        "ba",  "ha",  "ja",  "ko", "to",   "ro", "lo",  "mo", "no",  "bo",  "do",  "heid", "aar",
        "oor", "uit", "op",  "af", "aan",  "oe", "ij",  "ui", "sch", "str", "kr",  "pl"};
    uint32_t word = (number + 1) * 2654435761u;
    for (uint32_t i = 0, count = 2 + (number % 7 + number % 3) / 2; i < count; i++)
        buf_put_cstring(out, syllables[pick(&word, SYLLABLES)]);
}

/* Few words are common and many rare, as in any text: the cube of a number bends the choice. */
static uint32_t pick_word(uint32_t *state)
{
    double x = pick(state, 1 << 16) / (double)(1 << 16);
    return (uint32_t)(VOCABULARY * x * x * x);
}

static struct str make_name(struct arena *arena, uint32_t *state)
{
    struct buf name;
    buf_init(&name, arena);
    uint32_t count = 2 + pick(state, 2);
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            buf_put_char(&name, ' ');
        put_word(&name, pick(state, VOCABULARY));
    }
    return buf_str(&name);
}

/* Paragraphs of sentences, each word in two hundred being one of the names. */
static struct str make_text(struct arena *arena, size_t size, const struct name *names,
                            size_t count, bool wrapped)
{
    struct buf text;
    uint32_t state = 7;
    size_t line = 0;
    buf_init(&text, arena);
    for (size_t words = 1; text.len < size; words++) {
        size_t start = text.len;
        if (count && !pick(&state, 200))
            buf_put(&text, names[pick(&state, (uint32_t)count)].text);
        else if (!pick(&state, 60))
            buf_put_number(&text, pick(&state, 3000));
        else
            put_word(&text, pick_word(&state));
        line += text.len - start + 1;
        buf_put_cstring(&text, words % PARAGRAPH_WORDS == 0 ? ".\n\n" : words % 12 ? " " : ". ");
        if (wrapped && line > 80 && text.data[text.len - 1] == ' ') {
            text.data[text.len - 1] = '\n';
            line = 0;
        }
    }
    return buf_str(&text);
}

/* -- Names ------------------------------------------------------------------------------------ */

static struct name make_abbreviation(struct arena *arena, uint32_t *state)
{
    char *letters = arena_text(arena, 3);
    for (unsigned i = 0; i < 3; i++)
        letters[i] = "DETNARIGVOKBLM"[pick(state, 14)];
    return (struct name){.text = {letters, 3}, .letters = NAME_EXACT};
}

static int time_names(uint32_t topics, size_t megabytes, uint32_t abbreviations)
{
    struct arena arena, scratch;
    uint32_t state = 1, count = topics * NAMES_EACH;
    size_t found = 0;
    arena_init(&arena);
    arena_init(&scratch);
    struct name *names = arena_new_array(&arena, count, struct name);
    for (uint32_t i = 0; i < count; i++)
        names[i] = (struct name){.text = make_name(&arena, &state), .topic = i / NAMES_EACH};
    for (uint32_t i = 0; i < count && i / NAMES_EACH < abbreviations; i += NAMES_EACH)
        names[i] = make_abbreviation(&arena, &state);
    struct str text = make_text(&arena, megabytes * MEGABYTE, names, count, false);
    size_t before = arena_size(&arena);
    double start = now();
    const struct matcher *matcher = matcher_build(&arena, names, count);
    printf("%u names of %u topics: built in %.3f s, %.1f MB\n", count, topics, now() - start,
           (double)(arena_size(&arena) - before) / MEGABYTE);
    start = now();
    for (struct str rest = text, line; (line = str_line(&rest)).data;) {
        struct matches matches = {0};
        arena_clear(&scratch);
        matcher_find(matcher, &scratch, line, &scratch, &matches);
        found += matches.items.count;
    }
    printf("searched: %.0f MB/s, %zu found\n", (double)text.len / MEGABYTE / (now() - start),
           found);
    arena_release(&scratch);
    arena_release(&arena);
    return 0;
}

/* -- Plain text ------------------------------------------------------------------------------- */

static void read_once(struct arena *scratch, const char *path, struct str bytes)
{
    struct document document = {.meta.more = &meta_nothing};
    struct str name = str_from(path);
    struct reader_input input = {
        .path = name, .text_path = name, .text = bytes, .fallback_slug = STR("section")};
    arena_clear(scratch);
    reader_read(scratch, &input, &document, NULL);
}

static void time_text(const char *path, struct str bytes, size_t megabytes)
{
    struct arena scratch;
    size_t rounds = 1 + megabytes * MEGABYTE / (bytes.len + 1);
    arena_init(&scratch);
    double start = now();
    for (size_t i = 0; i < rounds; i++)
        read_once(&scratch, path, bytes);
    double seconds = now() - start;
    const char *name = strrchr(path, '/');
    printf("%-30s %9zu bytes: %6.1f MB/s, %.1f bytes of memory a byte\n", name ? name + 1 : path,
           bytes.len, (double)(rounds * bytes.len) / MEGABYTE / seconds,
           (double)arena_size(&scratch) / (double)bytes.len);
    arena_release(&scratch);
}

static struct str read_file(struct arena *arena, const char *path)
{
    struct buf bytes;
    FILE *file = fopen(path, "rb");
    buf_init(&bytes, arena);
    if (!file)
        return STR("");
    for (size_t len; (len = fread(buf_reserve(&bytes, 65536), 1, 65536, file));)
        bytes.len += len;
    fclose(file);
    return buf_str(&bytes);
}

static int time_texts(char *const *paths, int count)
{
    struct arena arena;
    arena_init(&arena);
    for (int i = 0; i < count; i++)
        time_text(paths[i], read_file(&arena, paths[i]), 4);
    arena_release(&arena);
    return 0;
}

static int time_long(size_t megabytes)
{
    struct arena arena;
    arena_init(&arena);
    time_text("long.txt", make_text(&arena, megabytes * MEGABYTE, NULL, 0, true), 0);
    arena_release(&arena);
    return 0;
}

/* -- Notes ------------------------------------------------------------------------------------ */

/* Bytes of an outline by what they are for. */
struct weights {
    size_t outline, passages, texts, mentions, links, headings, facts, other;
};

static void weigh(struct weights *sum, const struct outline *outline)
{
    sum->outline += sizeof *outline;
    sum->passages += outline->passages.capacity * sizeof *outline->passages.items;
    for (size_t i = 0; i < outline->passages.count; i++)
        sum->texts += outline->passages.items[i].len;
    sum->mentions += outline->mentions.capacity * sizeof *outline->mentions.items;
    sum->links += outline->links.capacity * sizeof *outline->links.items;
    for (size_t i = 0; i < outline->links.count; i++)
        sum->links += outline->links.items[i].target.len;
    sum->headings += outline->headings.capacity * sizeof *outline->headings.items;
    for (size_t i = 0; i < outline->headings.count; i++)
        sum->headings += outline->headings.items[i].text.len + outline->headings.items[i].slug.len;
    sum->facts += outline->fact_count * sizeof *outline->facts;
    sum->other += outline->description.len + outline->sort_key.len + outline->meta.title.len;
}

static void tell_weights(const struct survey *survey, const struct crew *crew)
{
    struct weights sum = {0};
    double count = survey->count;
    for (uint32_t i = 0; i < survey->count; i++)
        weigh(&sum, &survey->documents[i]);
    printf("bytes a document: outline %.0f, passages %.0f, their texts %.0f, mentions %.0f, "
           "links %.0f, headings %.0f, facts %.0f, other texts %.0f; held by the worker %.0f\n",
           (double)sum.outline / count, (double)sum.passages / count, (double)sum.texts / count,
           (double)sum.mentions / count, (double)sum.links / count, (double)sum.headings / count,
           (double)sum.facts / count, (double)sum.other / count,
           (double)arena_size(&crew->workers[0].keep) / count);
}

static int time_notes(const char *folder)
{
    struct arena arena;
    struct diags diags;
    struct err err;
    struct crew crew;
    struct snapshot snapshot;
    struct config config;
    struct snapshot_options options = {.directory = folder};
    struct survey survey = {0};
    memset(&crew, 0, sizeof crew);
    arena_init(&arena);
    diags_init(&diags, &arena);
    config_init(&config);
    if (snapshot_open(&snapshot, &arena, &options, &diags, &err) ||
        crew_open(&crew, &snapshot, 1, &err)) {
        fprintf(stderr, "reading: %s\n", err.message);
        return 2;
    }
    catalog_ignore(&snapshot, &config);
    survey.count = catalog_fill(&arena, &snapshot, &survey.documents);
    crew.limits = &config.limits;
    crew.fallback_slug = STR("section");
    markdown_init();
    double start = now();
    survey_run(&survey, &crew, &arena, &diags);
    printf("%u documents: %.3f s, peak %.0f MB\n", survey.count, now() - start, peak());
    tell_weights(&survey, &crew);
    crew_free(&crew);
    snapshot_release(&snapshot);
    arena_release(&arena);
    return 0;
}

int main(int count, char **arguments)
{
    const char *what = count > 2 ? arguments[1] : "";
    if (!strcmp(what, "notes"))
        return time_notes(arguments[2]);
    if (!strcmp(what, "names"))
        return time_names((uint32_t)strtoul(arguments[2], NULL, 10),
                          count > 3 ? strtoul(arguments[3], NULL, 10) : 50,
                          count > 4 ? (uint32_t)strtoul(arguments[4], NULL, 10) : 0);
    if (!strcmp(what, "text"))
        return time_texts(arguments + 2, count - 2);
    if (!strcmp(what, "long"))
        return time_long(strtoul(arguments[2], NULL, 10));
    fprintf(stderr,
            "usage: reading notes FOLDER | names TOPICS [MB [SHORT]] | text FILE... | long MB\n");
    return 2;
}
