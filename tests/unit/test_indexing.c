/* Groups of documents that an earlier build indexed: what is read again where something changed,
 * and that the index has the same bytes as one that is made from nothing. */
#include "base/arena.h"
#include "base/cache.h"
#include "link/names.h"
#include "search/indexing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CACHE_SIZE = 64 * 1024 * 1024, MENTIONS_MAX = 4 };

/* The first three are a group, since the id of the third ends one. */
enum { NOTE, NOTE_OF_NONE, LAST_NOTE, SLUICE, DIKE, DOCUMENTS };
enum { TOPIC_SLUICE, TOPIC_DIKE, TOPICS };

static const char *const texts[DOCUMENTS] = {"de sluis van de dijk", "hier staat niets", "een dijk",
                                             "wat een sluis is", "wat een dijk is"};

/* A file of the index: by its path in `files`. */
struct file {
    struct digest made_of;
    struct str content;
};

struct fixture {
    struct arena arena;
    struct outline documents[DOCUMENTS];
    struct mention mentions[DOCUMENTS][MENTIONS_MAX];
    struct document read[DOCUMENTS];
    struct passage passages[DOCUMENTS];
    struct topic topics[TOPICS];
    uint32_t topic_of[DOCUMENTS];
    struct web web;
    struct map files, last; /* of this build, and of the one before */
    bool loaded[DOCUMENTS];
    char folder[64];
};

/* Where a note's id ends a group: see grouping.c. */
static struct str id_of_last(struct arena *arena)
{
    for (unsigned i = 0;; i++) {
        struct str id = str_format(arena, "notes/n%u", i);
        if (map_hash(id) % 384 == 0)
            return id;
    }
}

static void change_text(struct fixture *fixture, uint32_t document, const char *text)
{
    fixture->passages[document].text = str_from(text);
    fixture->documents[document].identity = digest_of(str_from(text));
}

static void add_document(struct fixture *fixture, uint32_t document, struct str id,
                         const char *title)
{
    struct outline *outline = &fixture->documents[document];
    *outline = (struct outline){
        .kind = document < SLUICE ? DOCUMENT_NOTE : DOCUMENT_TOPIC, .id = id, .passage_count = 1};
    outline->meta.title = str_from(title);
    outline->meta.more = &meta_nothing;
    outline->mentions.items = fixture->mentions[document];
    fixture->read[document].passages.items = &fixture->passages[document];
    fixture->read[document].passages.count = 1;
    fixture->topic_of[document] = document < SLUICE ? NO_TOPIC : document - SLUICE;
    change_text(fixture, document, texts[document]);
}

/* A name that the document's text has now. */
static void name(struct fixture *fixture, uint32_t document, uint32_t topic, uint32_t start,
                 uint32_t end)
{
    struct outline *outline = &fixture->documents[document];
    outline->mentions.items[outline->mentions.count++] = (struct mention){topic, 1, start, end};
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
    add_document(fixture, NOTE, STR("notes/a"), "Een");
    add_document(fixture, NOTE_OF_NONE, STR("notes/b"), "Twee");
    add_document(fixture, LAST_NOTE, id_of_last(&fixture->arena), "Drie");
    add_document(fixture, SLUICE, STR("topics/sluis"), "Sluis");
    add_document(fixture, DIKE, STR("topics/dijk"), "Dijk");
    name(fixture, NOTE, TOPIC_SLUICE, 3, 8);
    name(fixture, LAST_NOTE, TOPIC_DIKE, 4, 8);
    fixture->topics[TOPIC_SLUICE].document = SLUICE;
    fixture->topics[TOPIC_DIKE].document = DIKE;
    fixture->web = (struct web){.documents = fixture->documents,
                                .document_count = DOCUMENTS,
                                .topics = fixture->topics,
                                .topic_count = TOPICS,
                                .topic_of = fixture->topic_of,
                                .passage_count = DOCUMENTS};
    strcpy(fixture->folder, "/tmp/naslag-indexing.XXXXXX");
    *state = fixture;
    return mkdtemp(fixture->folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->folder);
    arena_release(&fixture->arena);
    int status = system(command);
    free(fixture);
    return status;
}

/* What is taken, or was put, is there: it can't be put again. */
static void add_file(struct fixture *fixture, const char *path, struct file file)
{
    void **place = map_at(&fixture->files, str_copy(&fixture->arena, str_from(path)));
    assert_null(*place);
    struct file *kept = arena_new(&fixture->arena, struct file);
    *kept = file;
    *place = kept;
}

static void put(void *context, const char *path, struct str content, struct digest made_of)
{
    struct fixture *fixture = context;
    add_file(fixture, path, (struct file){made_of, str_copy(&fixture->arena, content)});
}

static bool holds(void *context, const char *path, struct digest made_of)
{
    struct fixture *fixture = context;
    const struct file *last = map_get(&fixture->last, str_from(path));
    return last && digest_equal(last->made_of, made_of);
}

static void take(void *context, const char *path)
{
    struct fixture *fixture = context;
    const struct file *last = map_get(&fixture->last, str_from(path));
    assert_non_null(last);
    add_file(fixture, path, *last);
}

static bool keep(void *context, const char *path, struct digest made_of)
{
    if (!holds(context, path, made_of))
        return false;
    take(context, path);
    return true;
}

static struct indexed_document describe(void *context, uint32_t document, struct arena *arena)
{
    (void)context;
    (void)arena;
    struct str type = document < SLUICE ? STR("note") : STR("topic");
    return (struct indexed_document){.type = type, .type_label = type, .label = type};
}

static const struct document *load(void *context, struct worker *worker, uint32_t document,
                                   struct arena *arena)
{
    struct fixture *fixture = context;
    (void)worker;
    (void)arena;
    fixture->loaded[document] = true;
    return &fixture->read[document];
}

static void begin_worker(struct worker *worker)
{
    *worker = (struct worker){0};
    arena_init(&worker->page);
    arena_init(&worker->keep);
    spill_init(&worker->texts);
}

static void end_worker(struct worker *worker)
{
    spill_release(&worker->texts);
    arena_release(&worker->keep);
    arena_release(&worker->page);
}

/* Makes the index, in `files`; what was there is that of the build before. */
static void build(struct fixture *fixture, struct cache *cache)
{
    struct indexer_site site = {.language = STR("nl"),
                                .program = digest_of(STR("this test")),
                                .cache = cache,
                                .context = fixture,
                                .describe = describe,
                                .load = load};
    struct parts_sink sink = {
        .put = put, .holds = holds, .keep = keep, .take = take, .context = fixture};
    struct indexer indexer;
    struct worker worker;
    begin_worker(&worker);
    fixture->last = fixture->files;
    map_init(&fixture->files, &fixture->arena);
    memset(fixture->loaded, 0, sizeof fixture->loaded);
    indexer_init(&indexer, &fixture->web, &site, &sink, &fixture->arena);
    assert_int_equal(indexer.grouping.items.count, 2);
    for (uint32_t i = 0; i < indexer.grouping.items.count; i++)
        if (!indexing_recall(&indexer, &worker, i))
            indexing_do(&indexer, &worker, i);
    indexer_finish(&indexer, &worker, 1);
    end_worker(&worker);
}

/* One that goes on from the last. */
static void go_on(struct fixture *fixture)
{
    struct cache *cache = cache_open(fixture->folder, 1, CACHE_SIZE);
    assert_non_null(cache);
    build(fixture, cache);
    cache_close(cache);
}

static void assert_files(const struct fixture *fixture, const struct map *files)
{
    assert_int_equal(fixture->files.count, files->count);
    for (size_t i = 0; i < files->count; i++) {
        const struct file *file = files->items[i].value;
        const struct file *other = map_get(&fixture->files, files->items[i].key);
        assert_non_null(other);
        assert_true(str_equal(file->content, other->content));
    }
}

static size_t count_loaded(const struct fixture *fixture)
{
    size_t count = 0;
    for (size_t i = 0; i < DOCUMENTS; i++)
        count += fixture->loaded[i];
    return count;
}

/* Goes on, reads those documents alone (a letter of each), and gives what a build from nothing
 * does. */
static void assert_goes_on(struct fixture *fixture, const char *reads)
{
    char found[DOCUMENTS + 1] = "";
    go_on(fixture);
    for (size_t i = 0, len = 0; i < DOCUMENTS; i++)
        if (fixture->loaded[i])
            found[len++] = "nolsd"[i];
    assert_string_equal(found, reads);
    struct map files = fixture->files;
    map_init(&fixture->files, &fixture->arena);
    build(fixture, NULL);
    assert_files(fixture, &files);
    fixture->files = files;
}

static void test_nothing_changed(void **state)
{
    assert_goes_on(*state, "nolsd");
    assert_goes_on(*state, "");
}

/* Only the text of a document that names it says so. */
static void test_a_topic_is_named_anew(void **state)
{
    struct fixture *fixture = *state;
    assert_goes_on(fixture, "nolsd");
    name(fixture, NOTE, TOPIC_DIKE, 16, 20);
    assert_goes_on(fixture, "n");
    assert_goes_on(fixture, "");
    fixture->documents[NOTE].mentions.count = 0;
    assert_goes_on(fixture, "n");
}

/* The same topics stand in the same passages, but one of them elsewhere. */
static void test_a_longer_name(void **state)
{
    struct fixture *fixture = *state;
    assert_goes_on(fixture, "nolsd");
    fixture->mentions[NOTE][0].end = 20;
    assert_goes_on(fixture, "n");
    fixture->mentions[NOTE][0].start = 0;
    assert_goes_on(fixture, "n");
}

static void test_a_topic_has_another_title(void **state)
{
    struct fixture *fixture = *state;
    assert_goes_on(fixture, "nolsd");
    fixture->documents[DIKE].meta.title = STR("De Dijk");
    change_text(fixture, DIKE, "wat een dijk is, met een andere titel");
    assert_goes_on(fixture, "lsd");
}

static void test_a_text_changed(void **state)
{
    struct fixture *fixture = *state;
    assert_goes_on(fixture, "nolsd");
    change_text(fixture, NOTE_OF_NONE, "hier staat iets");
    assert_goes_on(fixture, "nol");
}

static void copy_without(struct map *out, const struct map *files, struct str path)
{
    for (size_t i = 0; i < files->count; i++)
        if (!str_equal(files->items[i].key, path))
            *map_at(out, files->items[i].key) = files->items[i].value;
}

/* Where nothing changed but a file is gone, a document is read if that is of its text. */
static void test_a_file_is_gone(void **state)
{
    struct fixture *fixture = *state;
    go_on(fixture);
    struct map all = fixture->files;
    size_t loaded = 0;
    for (size_t i = 0; i < all.count; i++) {
        struct str path = all.items[i].key;
        map_init(&fixture->files, &fixture->arena);
        copy_without(&fixture->files, &all, path);
        go_on(fixture);
        assert_files(fixture, &all);
        assert_int_equal(count_loaded(fixture), str_starts(path, STR("t/")));
        loaded += count_loaded(fixture);
    }
    assert_int_equal(loaded, DOCUMENTS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_nothing_changed), TEST(test_a_topic_is_named_anew),
        TEST(test_a_longer_name),   TEST(test_a_topic_has_another_title),
        TEST(test_a_text_changed),  TEST(test_a_file_is_gone),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("indexing", tests, NULL, NULL);
}
