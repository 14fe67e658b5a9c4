#include "write/made_of.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/identity.h"
#include "link/names.h"
#include "write/editions.h"

enum {
    EMBEDDED_MAX = 100 /* documents in documents that are followed: of more nothing is told */
};

struct digest made_of_program(struct arena *scratch, const struct assets *assets)
{
    struct buf bytes;
    buf_init(&bytes, scratch);
    buf_put_cstring(&bytes, identity_of_program);
    for (size_t i = 0; i < assets->files.count; i++) {
        const struct asset *asset = assets->files.items[i];
        bytes_put_text(&bytes, asset->path);
        digest_put(&bytes, digest_of(asset->content));
    }
    return digest_of(buf_str(&bytes));
}

struct digest made_of_page(struct page *page, const char *template, struct digest more)
{
    struct buf bytes;
    buf_init(&bytes, page->arena);
    digest_put(&bytes, page->site->program);
    digest_put(&bytes, more);
    bytes_put_text(&bytes, str_from(template));
    value_put_digest(&bytes, page->value, language_texts(page->site->language));
    return digest_of(buf_str(&bytes));
}

/* Texts. */

struct telling {
    const struct site *site;
    struct arena *scratch;
    struct buf bytes;
    uint32_t embedded; /* documents so far */
    bool failed;
};

/* What a link to a document shows of it. */
static void put_document(struct telling *telling, uint32_t document)
{
    const struct outline *outline = &telling->site->web->documents[document];
    bytes_put_text(&telling->bytes, outline->id);
    bytes_put_number(&telling->bytes, outline->kind);
    bytes_put_number(&telling->bytes, telling->site->web->topic_of[document] != NO_TOPIC);
    bytes_put_text(&telling->bytes, outline->meta.title);
    bytes_put_text(&telling->bytes, outline->meta.more->label);
    bytes_put_text(&telling->bytes, outline->meta.more->abbreviation);
    bytes_put_text(&telling->bytes, editions_language(telling->site, document));
}

static void put_link(struct telling *telling, const struct link *link)
{
    const struct destination *to = &link->to;
    bytes_put_number(&telling->bytes, to->document != NO_DOCUMENT);
    if (to->document != NO_DOCUMENT)
        put_document(telling, to->document);
    bytes_put_number(&telling->bytes, to->entry != NO_ENTRY);
    if (to->entry != NO_ENTRY)
        bytes_put_text(&telling->bytes, telling->site->web->snapshot->entries[to->entry].path);
    bytes_put_text(&telling->bytes, to->anchor);
}

static void put_mentions(struct telling *telling, const struct outline *outline)
{
    for (size_t i = 0; i < outline->mentions.count; i++) {
        const struct mention *mention = &outline->mentions.items[i];
        bytes_put_number(&telling->bytes, mention->passage);
        bytes_put_number(&telling->bytes, mention->start);
        bytes_put_number(&telling->bytes, mention->end);
        put_document(telling, editions_topic(telling->site, mention->topic));
    }
}

static void put_tags(struct telling *telling, const struct outline *outline)
{
    for (size_t i = 0; i < outline->tags.count; i++) {
        const struct tag *tag =
            tags_find(&telling->site->web->tags, telling->scratch, outline->tags.items[i].name);
        bytes_put_text(&telling->bytes,
                       tag ? editions_tag_id(telling->site, telling->scratch, tag) : STR(""));
    }
}

/* A document's own text, and those that are embedded in it are put on the list. */
static void put_text(struct telling *telling, uint32_t document, uint32_t *list)
{
    const struct outline *outline = &telling->site->web->documents[document];
    telling->failed |= digest_equal(outline->identity, DIGEST_NONE);
    bytes_put_text(&telling->bytes, outline->id);
    digest_put(&telling->bytes, outline->identity);
    for (uint32_t i = 0; i < outline->text_links; i++) {
        const struct link *link = &outline->links.items[i];
        put_link(telling, link);
        if (link->kind != LINK_EMBED || link->to.document == NO_DOCUMENT)
            continue;
        if (telling->embedded < EMBEDDED_MAX)
            list[telling->embedded++] = link->to.document;
        else
            telling->failed = true;
    }
    put_mentions(telling, outline);
    put_tags(telling, outline);
}

static struct digest told(const struct telling *telling)
{
    return telling->failed ? DIGEST_NONE : digest_of(buf_str(&telling->bytes));
}

struct digest made_of_text(struct arena *scratch, const struct site *site, uint32_t document)
{
    struct telling telling = {.site = site, .scratch = scratch};
    uint32_t list[EMBEDDED_MAX];
    buf_init(&telling.bytes, scratch);
    put_text(&telling, document, list);
    for (uint32_t i = 0; i < telling.embedded && !telling.failed; i++)
        put_text(&telling, list[i], list);
    return told(&telling);
}

struct digest made_of_file(struct arena *scratch, const struct site *site, const struct entry *file)
{
    struct buf bytes;
    if (site->web->snapshot->worktree)
        return DIGEST_NONE;
    buf_init(&bytes, scratch);
    buf_put(&bytes, (struct str){(const char *)file->oid, OID_SIZE});
    bytes_put_long(&bytes, site->config->limits.asset_size);
    return digest_of(buf_str(&bytes));
}

static void put_bytes(struct buf *out, const unsigned char *bytes, size_t size)
{
    buf_put(out, (struct str){(const char *)bytes, size});
}

static void put_revision(struct buf *out, const struct changes *changes,
                         const struct revision *revision)
{
    const struct change *change = &changes->items.items[revision->change];
    const struct change_commit *commit = &changes->commits.items[revision->commit];
    bytes_put_number(out, change->kind);
    bytes_put_text(out, change->path);
    bytes_put_text(out, change->old_path);
    put_bytes(out, change->before, OID_SIZE);
    put_bytes(out, change->after, OID_SIZE);
    put_bytes(out, commit->oid, OID_SIZE);
}

/* What a word that was cut in a plain text becomes depends on the words of all. */
static bool has_plain_text(const struct changes *changes, const struct document_revisions *of)
{
    for (size_t i = 0; i < of->items.count; i++) {
        const struct change *change = &changes->items.items[of->items.items[i].change];
        if (str_ends(change->path, STR(".txt")) || str_ends(change->old_path, STR(".txt")))
            return true;
    }
    return false;
}

struct digest made_of_history(struct arena *scratch, const struct site *site, uint32_t document)
{
    const struct web *web = site->web;
    const struct document_revisions *of = &web->revisions->of[document];
    struct telling telling = {.site = site, .scratch = scratch};
    uint32_t list[EMBEDDED_MAX];
    buf_init(&telling.bytes, scratch);
    digest_put(&telling.bytes, site->program);
    bytes_put_number(&telling.bytes, web->revisions->changes.cut);
    for (size_t i = 0; i < of->items.count; i++)
        put_revision(&telling.bytes, &web->revisions->changes, &of->items.items[i]);
    if (has_plain_text(&web->revisions->changes, of))
        digest_put(&telling.bytes, site->crew->words_digest);
    put_text(&telling, document, list);
    return told(&telling);
}
