#include "cli/search.h"

#include "base/file.h"
#include "cli/results.h"
#include "search/packed.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { STATUS_FOUND, STATUS_NOTHING, STATUS_UNREADABLE };
enum { TABLE_STEP = 500 /* results that are read at once for a table */ };

#define SEARCH_FOLDER "search"

/* A search of a site's index, which asks one thing after another. */
struct search {
    const struct options *options;
    struct ask ask;
    struct err err;
};

static int give_file(struct search *search, size_t wanted)
{
    struct store *store = &search->ask.store;
    struct arena scratch;
    struct str packed, bytes;
    arena_init(&scratch);
    struct str path = str_format(&scratch, "%s/" SEARCH_FOLDER "/%s", search->options->site,
                                 store->wanted.items[wanted]->path.text);
    int status = file_read(&scratch, path.data, &packed, &search->err);
    if (status > 0)
        store_miss(store, wanted);
    else if (!status && packed_open(&store->arena, packed, &bytes))
        store_damaged(store, "a file can't be unpacked");
    else if (!status)
        store_give(store, wanted, bytes);
    arena_release(&scratch);
    return status < 0 ? -1 : 0;
}

/* Where there is no index at all the reason is another than damage. */
static int check_site(struct search *search)
{
    struct store *store = &search->ask.store;
    const char *site = search->options->site;
    if (!store->damage)
        return 0;
    const struct store_file *index = map_get(&store->files, STR(PATHS_INDEX));
    if (index && index->state == STORE_MISSING)
        return err_set(&search->err,
                       "'%s' holds no search index; 'naslag build --out %s' makes one", site, site);
    return err_set(&search->err, "the search index in '%s' is damaged: %s", site, store->damage);
}

static int run(struct search *search, struct str query, const struct ask_options *options)
{
    enum ask_status status;
    ask_begin(&search->ask, query, options);
    while ((status = ask_step(&search->ask)) == ASK_WANTS) {
        size_t count = search->ask.store.wanted.count;
        for (size_t i = 0; i < count; i++)
            if (give_file(search, i))
                return -1;
    }
    return status == ASK_DAMAGED ? check_site(search) : 0;
}

static void print(const struct buf *out, FILE *to)
{
    fwrite(out->data, 1, out->len, to);
}

/* All results as rows, some hundred at a time. `found` becomes true where there is one. */
static int print_rows(struct search *search, struct str query, bool batch, bool *found)
{
    struct ask_options options = {
        .order = search->options->order, .passages = FINDINGS_PASSAGES_MAX, .count = TABLE_STEP};
    struct arena scratch;
    struct buf out;
    int status = 0;
    arena_init(&scratch);
    do {
        arena_clear(&scratch);
        buf_init(&out, &scratch);
        status = run(search, query, &options);
        if (status)
            break;
        results_put_rows(&out, &search->ask.answer, batch ? query : (struct str){NULL, 0});
        print(&out, stdout);
        options.first += TABLE_STEP;
        *found |= search->ask.answer.result_count > 0;
    } while (search->ask.answer.result_count == TABLE_STEP);
    arena_release(&scratch);
    return status;
}

/* What is wrong with a query, under it. */
static bool is_readable(const struct search *search)
{
    struct arena scratch;
    struct buf out;
    arena_init(&scratch);
    buf_init(&out, &scratch);
    results_put_problems(&out, search->ask.answer.query);
    print(&out, stderr);
    bool readable = !out.len;
    arena_release(&scratch);
    return readable;
}

static int search_one(struct search *search, struct str query)
{
    const struct options *options = search->options;
    struct ask_options asked = {.order = options->order,
                                .first = options->first,
                                .count = options->result_count,
                                .passages = options->passages};
    struct arena scratch;
    struct buf out;
    bool found = false;
    if (run(search, query, &asked))
        return -1;
    if (!is_readable(search))
        return STATUS_UNREADABLE;
    found = search->ask.answer.result_count > 0;
    if (options->search_format == SEARCH_CSV) {
        fputs(RESULTS_COLUMNS "\r\n", stdout);
        return print_rows(search, query, false, &found) ? -1
               : found                                  ? STATUS_FOUND
                                                        : STATUS_NOTHING;
    }
    arena_init(&scratch);
    buf_init(&out, &scratch);
    if (options->search_format == SEARCH_JSON)
        results_put_json(&out, &search->ask.answer);
    else
        results_put_text(&out, &search->ask.answer, options->first);
    print(&out, stdout);
    arena_release(&scratch);
    return found ? STATUS_FOUND : STATUS_NOTHING;
}

/* A query on each line of a file; those that can't be read are told, and the others searched. */
static int search_batch(struct search *search, struct arena *arena)
{
    struct str text, line;
    bool found = false, unreadable = false;
    int status = file_read(arena, search->options->batch, &text, &search->err);
    if (status > 0)
        return err_set(&search->err, "cannot open '%s': %s", search->options->batch,
                       strerror(ENOENT));
    if (status)
        return -1;
    fputs("query," RESULTS_COLUMNS "\r\n", stdout);
    while ((line = str_line(&text)).data) {
        struct ask_options none = {.count = 0, .passages = 1};
        line = str_trim(line);
        if (!line.len)
            continue;
        if (run(search, line, &none))
            return -1;
        if (!is_readable(search))
            unreadable = true;
        else if (print_rows(search, line, true, &found))
            return -1;
    }
    return unreadable ? STATUS_UNREADABLE : found ? STATUS_FOUND : STATUS_NOTHING;
}

int search_run(const struct options *options)
{
    struct search search = {.options = options};
    struct arena arena;
    struct buf query;
    arena_init(&arena);
    buf_init(&query, &arena);
    ask_init(&search.ask);
    for (size_t i = 0; i < options->file_count; i++) {
        if (i)
            buf_put_char(&query, ' ');
        buf_put_cstring(&query, options->files[i]);
    }
    int status =
        options->batch ? search_batch(&search, &arena) : search_one(&search, buf_str(&query));
    if (status < 0)
        fprintf(stderr, "naslag: %s\n", search.err.message);
    ask_release(&search.ask);
    arena_release(&arena);
    return status < 0 ? STATUS_UNREADABLE : status;
}
