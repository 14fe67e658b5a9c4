#include "search/reuse.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "link/names.h"

static bool put_document(struct buf *out, const struct indexer *indexer, uint32_t document,
                         struct arena *scratch)
{
    const struct outline *outline = &indexer->web->documents[document];
    struct indexed_document about =
        indexer->site->describe(indexer->site->context, document, scratch);
    bytes_put_text(out, outline->id);
    digest_put(out, outline->identity);
    bytes_put_text(out, about.type);
    bytes_put_text(out, about.type_label);
    bytes_put_text(out, about.label);
    bytes_put_number(out, about.other_count);
    for (size_t i = 0; i < about.other_count; i++)
        bytes_put_text(out, about.others[i]);
    return !digest_equal(outline->identity, DIGEST_NONE);
}

struct digest reuse_maker(const struct indexer *indexer)
{
    return digest_join(indexer->site->program, (struct digest){0, indexer->language});
}

struct digest reuse_identify_topic(const struct indexer *indexer, uint32_t topic)
{
    const struct web *web = indexer->web;
    const struct outline *outline = &web->documents[web->topics[topic].document];
    struct buf bytes;
    buf_init(&bytes, indexer->arena);
    bytes_put_number(&bytes, indexer->numbers[topic]);
    bytes_put_text(&bytes, outline->id);
    bytes_put_text(&bytes, outline->meta.title);
    return digest_of(buf_str(&bytes));
}

struct digest reuse_identify_mentions(const struct indexer *indexer, uint32_t document,
                                      struct arena *scratch)
{
    const struct outline *outline = &indexer->web->documents[document];
    uint32_t topic = indexer->web->topic_of[document];
    struct buf bytes;
    buf_init(&bytes, scratch);
    if (topic != NO_TOPIC)
        digest_put(&bytes, indexer->topics[topic]);
    for (size_t i = 0; i < outline->mentions.count; i++) {
        const struct mention *mention = &outline->mentions.items[i];
        bytes_put_number(&bytes, mention->passage);
        bytes_put_number(&bytes, mention->start);
        bytes_put_number(&bytes, mention->end);
        digest_put(&bytes, indexer->topics[mention->topic]);
    }
    return digest_of(buf_str(&bytes));
}

struct digest reuse_identify_documents(const struct indexer *indexer, const struct group *group,
                                       const struct numbered *numbered, struct arena *scratch)
{
    struct buf bytes;
    buf_init(&bytes, scratch);
    buf_put(&bytes, STR("group"));
    digest_put(&bytes, indexer->site->program);
    bytes_put_number(&bytes, indexer->language);
    bytes_put_number(&bytes, group->id);
    for (uint32_t i = 0; i < group->count; i++) {
        bytes_put_number(&bytes, numbered[i].number);
        if (!put_document(&bytes, indexer, numbered[i].document, scratch))
            return DIGEST_NONE;
    }
    return digest_of(buf_str(&bytes));
}

struct digest reuse_identify(const struct indexer *indexer, const struct group *group,
                             const struct numbered *numbered, struct digest documents,
                             struct arena *scratch)
{
    struct buf bytes;
    buf_init(&bytes, scratch);
    buf_reserve(&bytes, (size_t)group->count * DIGEST_SIZE);
    for (uint32_t i = 0; i < group->count; i++)
        digest_put(&bytes, reuse_identify_mentions(indexer, numbered[i].document, scratch));
    return digest_join(documents, digest_of(buf_str(&bytes)));
}

struct digest reuse_identify_all(const struct indexer *indexer, struct arena *scratch)
{
    const struct grouping *grouping = &indexer->grouping;
    struct buf bytes;
    buf_init(&bytes, scratch);
    buf_put(&bytes, STR("index"));
    digest_put(&bytes, indexer->site->program);
    bytes_put_number(&bytes, indexer->language);
    bytes_put_long(&bytes, indexer->web->passage_count);
    bytes_put_number(&bytes, (uint32_t)grouping->items.count);
    for (size_t i = 0; i < grouping->items.count; i++) {
        if (digest_equal(indexer->identities[i], DIGEST_NONE))
            return DIGEST_NONE;
        bytes_put_number(&bytes, grouping->items.items[i].count);
        digest_put(&bytes, indexer->identities[i]);
    }
    for (size_t i = 0; i < indexer->aliases.items.count; i++) {
        const struct alias *alias = &indexer->aliases.items.items[i];
        bytes_put_text(&bytes, alias->text);
        bytes_put_text(&bytes, alias->id);
        bytes_put_text(&bytes, alias->title);
    }
    return digest_of(buf_str(&bytes));
}

/* Terms are large and seldom wanted, and most slices of a group that changed are as they were: each
 * has a key of its own, which stands for its bytes. */
static struct digest terms_key(struct digest terms)
{
    const struct digest parts[] = {terms, {0, 1}};
    return digest_of((struct str){(const char *)parts, sizeof parts});
}

/* Files are their path, with its NUL, and a digest. */

struct file {
    const char *path;
    struct digest made_of;
};

static struct file take_file(struct bytes *bytes)
{
    struct str path = bytes_text(bytes), made_of = bytes_take(bytes, DIGEST_SIZE);
    if (bytes->failed || !path.len || path.data[path.len - 1]) {
        bytes->failed = true;
        return (struct file){"", DIGEST_NONE};
    }
    return (struct file){path.data, digest_from((const unsigned char *)made_of.data)};
}

/* First all are looked at, then all are taken: what is taken cannot be put any more. */
bool reuse_keep_files(const struct parts_sink *sink, struct str files)
{
    struct bytes bytes;
    bytes_begin(&bytes, files);
    uint32_t count = bytes_count(&bytes, DIGEST_SIZE + 2);
    struct bytes again = bytes;
    for (uint32_t i = 0; i < count; i++) {
        struct file file = take_file(&bytes);
        if (bytes.failed || !sink->holds(sink->context, file.path, file.made_of))
            return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct file file = take_file(&again);
        sink->take(sink->context, file.path);
    }
    return !bytes.failed;
}

void reuse_put_document(const struct reuse_document *document, struct buf *out)
{
    const struct text_pieces *pieces = &document->pieces;
    digest_put(out, document->mentions);
    bytes_put_number(out, pieces->place.stride);
    bytes_put_short(out, pieces->place.hash);
    bytes_put_short(out, pieces->choice);
    bytes_put_text(out, pieces->made_of);
    bytes_put_text(out, document->sizes);
}

static struct digest take_digest(struct bytes *bytes)
{
    struct str digest = bytes_take(bytes, DIGEST_SIZE);
    return bytes->failed ? DIGEST_NONE : digest_from((const unsigned char *)digest.data);
}

struct reuse_document reuse_take_document(struct bytes *bytes)
{
    struct reuse_document document;
    document.mentions = take_digest(bytes);
    document.pieces.place.stride = bytes_number(bytes);
    document.pieces.place.hash = bytes_short(bytes);
    document.pieces.choice = bytes_short(bytes);
    document.pieces.made_of = bytes_text(bytes);
    document.sizes = bytes_text(bytes);
    return document;
}

static bool has_documents(struct str documents, uint32_t count)
{
    struct bytes bytes;
    bytes_begin(&bytes, documents);
    while (count--)
        reuse_take_document(&bytes);
    return !bytes.failed && bytes_at_end(&bytes);
}

bool reuse_get(const struct indexer *indexer, unsigned worker, uint32_t number, struct arena *arena,
               struct reuse_group *group)
{
    struct digest key = indexer->documents[number];
    struct str value;
    struct bytes bytes;
    if (digest_equal(key, DIGEST_NONE) ||
        !cache_get(indexer->site->cache, worker, key, arena, &value))
        return false;
    bytes_begin(&bytes, value);
    group->identity = take_digest(&bytes);
    group->parts.columns = bytes_long(&bytes);
    group->parts.places = bytes_long(&bytes);
    group->words = bytes_text(&bytes);
    group->topics = bytes_text(&bytes);
    group->files = bytes_text(&bytes);
    group->documents = bytes_text(&bytes);
    return !bytes.failed &&
           has_documents(group->documents, indexer->grouping.items.items[number].count);
}

bool reuse_get_terms(const struct indexer *indexer, unsigned worker,
                     const struct harvest_slice *slice, struct arena *arena, struct str *terms)
{
    return cache_get(indexer->site->cache, worker, terms_key(slice->digest), arena, terms);
}

bool reuse_get_all(const struct indexer *indexer)
{
    struct str files;
    return !digest_equal(indexer->identity, DIGEST_NONE) &&
           cache_get(indexer->site->cache, 0, indexer->identity, indexer->arena, &files) &&
           reuse_keep_files(&indexer->sink, files);
}

void reuse_note_file(struct reuse_note *note, const char *path, struct digest made_of)
{
    struct str text = str_from(path);
    bytes_put_text(&note->files, (struct str){path, text.len + 1});
    digest_put(&note->files, made_of);
    note->count++;
}

static void put(void *context, const char *path, struct str content, struct digest made_of)
{
    struct reuse_note *note = context;
    reuse_note_file(note, path, made_of);
    note->inner->put(note->inner->context, path, content, made_of);
}

static bool keep(void *context, const char *path, struct digest made_of)
{
    struct reuse_note *note = context;
    if (!note->inner->keep(note->inner->context, path, made_of))
        return false;
    reuse_note_file(note, path, made_of);
    return true;
}

void reuse_note_begin(struct reuse_note *note, const struct parts_sink *inner, struct arena *arena)
{
    *note = (struct reuse_note){.inner = inner};
    note->sink = (struct parts_sink){.put = put, .keep = keep, .context = note};
    buf_init(&note->files, arena);
}

struct str reuse_note_files(const struct reuse_note *note, struct arena *arena)
{
    struct buf bytes;
    buf_init(&bytes, arena);
    bytes_put_number(&bytes, note->count);
    buf_put(&bytes, buf_str(&note->files));
    return buf_str(&bytes);
}

void reuse_put_terms(const struct indexer *indexer, unsigned worker, const struct harvest *harvest,
                     struct str terms)
{
    for (size_t i = 0; indexer->site->cache && i < harvest->slice_count; i++) {
        const struct harvest_slice *slice = &harvest->slices[i];
        cache_put(indexer->site->cache, worker, terms_key(slice->digest),
                  str_slice(terms, slice->start, slice->len));
    }
}

void reuse_put(const struct indexer *indexer, unsigned worker, uint32_t number,
               const struct reuse_group *group, struct arena *scratch)
{
    struct digest key = indexer->documents[number];
    struct buf bytes;
    if (digest_equal(key, DIGEST_NONE))
        return;
    buf_init(&bytes, scratch);
    digest_put(&bytes, group->identity);
    bytes_put_long(&bytes, group->parts.columns);
    bytes_put_long(&bytes, group->parts.places);
    bytes_put_text(&bytes, group->words);
    bytes_put_text(&bytes, group->topics);
    bytes_put_text(&bytes, group->files);
    bytes_put_text(&bytes, group->documents);
    cache_put(indexer->site->cache, worker, key, buf_str(&bytes));
}

void reuse_put_all(const struct indexer *indexer, const struct reuse_note *note)
{
    if (!digest_equal(indexer->identity, DIGEST_NONE))
        cache_put(indexer->site->cache, 0, indexer->identity,
                  reuse_note_files(note, indexer->arena));
}
