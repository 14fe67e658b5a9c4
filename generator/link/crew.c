#include "link/crew.h"

#include "read/charset.h"
#include "read/reader.h"

#include <malloc.h>

int crew_open(struct crew *crew, const struct snapshot *snapshot, unsigned count, struct err *err)
{
    crew->snapshot = snapshot;
    crew->count = 0;
    for (unsigned i = 0; i < count; i++) {
        struct worker *worker = &crew->workers[i];
        worker->number = i;
        arena_init(&worker->page);
        arena_init(&worker->document);
        arena_init(&worker->keep);
        arena_init(&worker->documents);
        spill_init(&worker->texts);
        diags_init(&worker->diags, &worker->keep);
        worker->reader = snapshot_reader_open(snapshot, err);
        crew->count++;
        if (!worker->reader)
            return -1;
    }
    return 0;
}

void crew_free(struct crew *crew)
{
    for (unsigned i = 0; i < crew->count; i++) {
        struct worker *worker = &crew->workers[i];
        if (worker->reader)
            snapshot_reader_free(worker->reader);
        arena_release(&worker->page);
        arena_release(&worker->document);
        arena_release(&worker->keep);
        arena_release(&worker->documents);
        spill_release(&worker->texts);
    }
    crew->count = 0;
}

void crew_rest(struct crew *crew)
{
    for (unsigned i = 0; i < crew->count; i++) {
        arena_release(&crew->workers[i].page);
        arena_release(&crew->workers[i].document);
    }
    malloc_trim(0);
}

/* The messages stay in the workers' arenas: a crew outlives what is reported of it. */
void crew_take_diags(struct crew *crew, struct diags *diags)
{
    for (unsigned i = 0; i < crew->count; i++) {
        diags_take(diags, &crew->workers[i].diags);
        crew->workers[i].diags.count = 0;
    }
}

static struct str read_entry(const struct crew *crew, struct worker *worker, uint32_t entry,
                             struct arena *arena, struct diags *diags)
{
    struct str bytes = {"", 0};
    struct err err;
    struct place place = {.path = crew->snapshot->entries[entry].path};
    int status = snapshot_read(worker->reader, entry, crew->limits->file_size, arena, &bytes, &err);
    if (status > 0)
        diag_add(diags, DIAG_ERROR, "file-too-large", place,
                 "the file is larger than %llu bytes; it is left out",
                 (unsigned long long)crew->limits->file_size);
    if (status < 0)
        diag_add(diags, DIAG_ERROR, "unreadable", place, "%s; it is left out", err.message);
    return status ? STR("") : bytes;
}

bool crew_identify(const struct crew *crew, struct worker *worker, uint32_t entry, struct buf *out)
{
    const struct entry *file = &crew->snapshot->entries[entry];
    struct str bytes;
    struct err err;
    if (!crew->snapshot->worktree) {
        buf_put(out, (struct str){(const char *)file->oid, OID_SIZE});
        return true;
    }
    if (snapshot_read(worker->reader, entry, crew->limits->file_size, &worker->page, &bytes, &err))
        return false;
    digest_put(out, digest_of(bytes));
    return true;
}

struct learning {
    struct crew *crew;
    const struct outline *documents;
    const uint32_t *texts; /* the documents that have a text */
};

static void learn_one(void *context, unsigned number, size_t index)
{
    struct learning *learning = context;
    struct worker *worker = &learning->crew->workers[number];
    uint32_t entry = learning->documents[learning->texts[index]].text;
    struct str path = learning->crew->snapshot->entries[entry].path, text;
    arena_clear(&worker->page);
    struct str bytes = read_entry(learning->crew, worker, entry, &worker->page, NULL);
    if (!charset_decode(&worker->page, path, bytes, &text, NULL))
        return;
    for (struct str line; (line = str_line(&text)).data;)
        lexicon_add(&worker->words, line);
}

static void learn(struct learning *learning, size_t count, struct lexicon *words)
{
    struct crew *crew = learning->crew;
    for (unsigned i = 0; i < crew->count; i++)
        lexicon_init(&crew->workers[i].words, &crew->workers[i].keep);
    pool_run(crew->count, count, learn_one, learning);
    for (unsigned i = 0; i < crew->count; i++)
        lexicon_merge(words, &crew->workers[i].words);
}

/* What stands for all the texts; DIGEST_NONE where one can't be read. */
static struct digest identify_texts(const struct learning *learning, size_t count)
{
    struct worker *worker = &learning->crew->workers[0];
    struct arena scratch;
    struct buf bytes;
    bool readable = true;
    arena_init(&scratch);
    buf_init(&bytes, &scratch);
    buf_put(&bytes, STR("words of texts"));
    digest_put(&bytes, learning->crew->identity);
    for (size_t i = 0; i < count && readable; i++) {
        uint32_t entry = learning->documents[learning->texts[i]].text;
        arena_clear(&worker->page);
        buf_put(&bytes, learning->crew->snapshot->entries[entry].path);
        readable = crew_identify(learning->crew, worker, entry, &bytes);
    }
    struct digest digest = readable ? digest_of(buf_str(&bytes)) : DIGEST_NONE;
    arena_release(&scratch);
    return digest;
}

static bool recall_words(struct crew *crew, struct digest key, struct arena *arena)
{
    struct str bytes;
    arena_clear(&crew->workers[0].page);
    if (!cache_get(crew->cache, 0, key, &crew->workers[0].page, &bytes))
        return false;
    lexicon_init(&crew->words, arena);
    return lexicon_get(bytes, &crew->words);
}

static void keep_words(struct crew *crew, struct digest key)
{
    struct buf bytes;
    arena_clear(&crew->workers[0].page);
    buf_init(&bytes, &crew->workers[0].page);
    lexicon_put(&bytes, &crew->words);
    cache_put(crew->cache, 0, key, buf_str(&bytes));
}

void crew_learn(struct crew *crew, const struct outline *documents, uint32_t count,
                struct arena *arena)
{
    uint32_t *texts = arena_new_array(arena, count, uint32_t), text_count = 0;
    for (uint32_t i = 0; i < count; i++)
        if (documents[i].text != NO_ENTRY)
            texts[text_count++] = i;
    struct learning learning = {crew, documents, texts};
    struct digest key = text_count ? identify_texts(&learning, text_count) : DIGEST_NONE;
    bool identified = !digest_equal(key, DIGEST_NONE);
    lexicon_init(&crew->words, arena);
    if (text_count && !(identified && recall_words(crew, key, arena))) {
        lexicon_init(&crew->words, arena);
        learn(&learning, text_count, &crew->words);
        if (identified)
            keep_words(crew, key);
    }
    crew->words_digest = lexicon_digest(&crew->words);
}

const struct document *crew_load(const struct crew *crew, struct worker *worker,
                                 const struct outline *outline, struct arena *arena,
                                 struct diags *diags)
{
    struct document *document = arena_new(arena, struct document);
    struct reader_input input = {
        .path = outline->path, .fallback_slug = crew->fallback_slug, .collection = &crew->words};
    if (outline->markdown != NO_ENTRY)
        input.markdown = read_entry(crew, worker, outline->markdown, &worker->page, diags);
    if (outline->text != NO_ENTRY) {
        input.text_path = crew->snapshot->entries[outline->text].path;
        input.text = read_entry(crew, worker, outline->text, arena, diags);
    }
    reader_read(arena, &input, document, diags);
    return document;
}

const struct document *crew_get(const struct crew *crew, struct worker *worker,
                                const struct outline *outline, struct arena *arena)
{
    return outline->read ? outline->read : crew_load(crew, worker, outline, arena, NULL);
}

bool crew_has_room(const struct crew *crew, const struct worker *worker)
{
    return crew->keeps_documents &&
           arena_size(&worker->documents) < DOCUMENTS_KEPT_MAX / crew->count;
}
