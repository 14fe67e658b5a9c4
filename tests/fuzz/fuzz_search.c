/* Any bytes as the files of an index. The reader must come to an end, in bounds, with memory that
 * the files account for.
 *
 * The first byte chooses the query, the second the options. Behind them come files: the length of
 * the path in one byte, the path, the length of the content in two (the lowest first), the content.
 * A path that is not there gets another file, so that the search goes on where a hash was changed;
 * hashes are not checked. tests/fuzz/pack makes such bytes of an index.
 *
 * Built with -fsanitize=fuzzer it is a target of libFuzzer; without, a program that tries the files
 * it is given. */
#include "cli/results.h"
#include "tests/fuzz/replay.h"

#include <assert.h>
#include <string.h>

enum {
    FILES_MAX = 64,
    STEPS_MAX = 200, /* a query of a real index takes some ten */
    MEMORY_MIN = 16 << 20,
    MEMORY_PER_BYTE = 20000 /* each word of a query reads its files anew */
};

static const char *const queries[] = {
    "dijk",
    "de dijk sluis",
    "\"de dijk\"",
    "dijk NEAR/3 sluis",
    "dij* *ijk",
    "topic:sluis waterpoort",
    "year:2020..",
    "issuer:raad OR kind:bron",
    "source:b -dijk",
    "tag:oud",
    "dijkk sluizz",
    "een-op-een polder",
    "dijk OR sluis OR (polder NEAR \"de dijk\")",
    "wat* xa* *ijk *el",
    "dijk sluis polder gemaal haven brug",
};

struct archive {
    struct path paths[FILES_MAX];
    struct str contents[FILES_MAX];
    size_t count;
};

static struct str take(struct str *rest, size_t size)
{
    struct str taken = str_slice(*rest, 0, size);
    *rest = str_from_offset(*rest, taken.len);
    return taken;
}

static size_t take_number(struct str *rest, size_t size)
{
    struct str digits = take(rest, size);
    size_t number = 0;
    for (size_t i = digits.len; i > 0; i--)
        number = number << 8 | (uint8_t)digits.data[i - 1];
    return number;
}

static void open_archive(struct archive *archive, struct str bytes)
{
    archive->count = 0;
    while (bytes.len && archive->count < FILES_MAX) {
        struct str path = take(&bytes, take_number(&bytes, 1));
        struct path *to = &archive->paths[archive->count];
        *to = (struct path){.hash = 0};
        memcpy(to->text, path.data, path.len < PATHS_SIZE ? path.len : PATHS_SIZE - 1);
        archive->contents[archive->count++] = take(&bytes, take_number(&bytes, 2));
    }
}

static struct str find_file(const struct archive *archive, const struct store_file *file)
{
    for (size_t i = 0; i < archive->count; i++)
        if (!strcmp(archive->paths[i].text, file->path.text))
            return archive->contents[i];
    struct str name = {file->path.text, strlen(file->path.text)};
    return archive->contents[map_hash(name) % archive->count];
}

static void give_files(struct ask *ask, const struct archive *archive)
{
    for (size_t i = 0; i < ask->store.wanted.count; i++) {
        struct store_file *file = ask->store.wanted.items[i];
        file->path.hash = 0;
        store_give(&ask->store, i, str_copy(&ask->store.arena, find_file(archive, file)));
    }
}

/* Prints what was found in every way. */
static void print(const struct answer *answer)
{
    struct arena arena;
    struct buf out;
    arena_init(&arena);
    buf_init(&out, &arena);
    results_put_json(&out, answer);
    results_put_rows(&out, answer, answer->query->text);
    results_put_text(&out, answer, 0);
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct archive archive;
    struct ask ask;
    enum ask_status status;
    int steps = 0;
    if (size < 3)
        return 0;
    struct ask_options options = {.order = (enum order)(data[1] % 3),
                                  .first = data[1] >> 7,
                                  .count = 20,
                                  .passages = 1 + (data[1] >> 4 & 3),
                                  .budget = data[1] & 8 ? 512 : 0};
    open_archive(&archive, (struct str){(const char *)data + 2, size - 2});
    ask_init(&ask);
    ask_begin(&ask, str_from(queries[data[0] % (sizeof queries / sizeof *queries)]), &options);
    while ((status = ask_step(&ask)) == ASK_WANTS && ++steps < STEPS_MAX)
        give_files(&ask, &archive);
    assert(arena_size(&ask.arena) < MEMORY_MIN + size * MEMORY_PER_BYTE);
    if (status == ASK_DONE)
        print(&ask.answer);
    ask_release(&ask);
    return 0;
}
