#include "link/settled.h"

#include "base/arena.h"

/* What is noted of a link: where to ask again, that it leads nowhere, or two more than the number
 * of the document that it leads to. */
enum { ASK, NOWHERE, DOCUMENTS };

enum { FRESH_PART = 64 /* of so many documents one may be new before all is written again */ };

/* -- What names can mean ------------------------------------------------------------------------
 */

static void put_texts(struct buf *out, const struct meta_list *list)
{
    bytes_put_number(out, (uint32_t)list->texts.count);
    for (size_t i = 0; i < list->texts.count; i++)
        bytes_put_text(out, list->texts.items[i].text);
}

/* All that resolve.h and twins.h go by, but what is inside of a text. */
static void put_names(struct buf *out, const struct outline *document)
{
    const struct meta *meta = &document->meta;
    bytes_put_text(out, document->path);
    bytes_put_number(out, document->kind);
    bytes_put_text(out, meta->title);
    bytes_put_text(out, meta->more->abbreviation);
    bytes_put_text(out, meta->more->label);
    bytes_put_text(out, meta->more->translation_of.text);
    bytes_put_text(out, outline_language(document));
    put_texts(out, &meta->aliases);
    put_texts(out, &meta->more->former);
}

/* Digests of some at a time: all names together are many bytes. */
static struct digest tell_names(const struct settled *settled, const struct crew *crew)
{
    enum { AT_ONCE = 64 * 1024 /* bytes */ };
    struct digest all = digest_join(crew->identity, digest_of(crew->language));
    struct arena scratch;
    struct buf names;
    arena_init(&scratch);
    buf_init(&names, &scratch);
    for (uint32_t i = 0; i < settled->count; i++) {
        put_names(&names, &settled->documents[i]);
        if (names.len < AT_ONCE && i + 1 < settled->count)
            continue;
        all = digest_join(all, digest_of(buf_str(&names)));
        buf_clear(&names);
    }
    for (uint32_t i = 0; i < crew->snapshot->count; i++)
        bytes_put_text(&names, crew->snapshot->entries[i].path);
    all = digest_join(all, digest_of(buf_str(&names)));
    arena_release(&scratch);
    return all;
}

/* -- Reading ------------------------------------------------------------------------------------
 */

static struct digest take_digest(struct bytes *bytes)
{
    struct str taken = bytes_take(bytes, DIGEST_SIZE);
    return bytes->failed ? DIGEST_NONE : digest_from((const unsigned char *)taken.data);
}

static void take_all(struct settled *settled, struct bytes *bytes)
{
    for (uint32_t i = 0; i < settled->count; i++) {
        struct digest identity = take_digest(bytes), now = settled->documents[i].identity;
        struct str links = bytes_text(bytes);
        if (bytes->failed)
            return;
        if (digest_equal(identity, now) && !digest_equal(now, DIGEST_NONE))
            settled->known[i] = links;
    }
}

static struct digest key_of(const struct snapshot *snapshot)
{
    struct arena scratch;
    struct buf place;
    arena_init(&scratch);
    buf_init(&place, &scratch);
    buf_put_cstring(&place, "links\n");
    buf_put_cstring(&place, snapshot_repository(snapshot));
    bytes_put_text(&place, snapshot->content);
    struct digest key = digest_of(buf_str(&place));
    arena_release(&scratch);
    return key;
}

void settled_open(struct settled *settled, const struct crew *crew, unsigned user,
                  const struct outline *documents, uint32_t count)
{
    struct str value;
    struct bytes bytes;
    *settled = (struct settled){.cache = crew->cache, .documents = documents, .count = count};
    arena_init(&settled->arena);
    for (unsigned i = 0; i < POOL_MAX; i++)
        arena_init(&settled->workers[i]);
    if (!settled->cache)
        return;
    settled->known = arena_new_array(&settled->arena, count, struct str);
    settled->key = key_of(crew->snapshot);
    settled->names = tell_names(settled, crew);
    if (!cache_get(settled->cache, user, settled->key, &settled->arena, &value))
        return;
    bytes_begin(&bytes, value);
    if (digest_equal(take_digest(&bytes), settled->names))
        take_all(settled, &bytes);
}

/* -- Link by link -------------------------------------------------------------------------------
 */

struct settled_links settled_begin(struct settled *settled, unsigned worker, uint32_t document)
{
    struct settled_links links = {.is_known = settled->cache && settled->known[document].data};
    if (links.is_known)
        bytes_begin(&links.known, settled->known[document]);
    else
        buf_init(&links.noted, &settled->workers[worker]);
    return links;
}

bool settled_next(const struct settled *settled, struct settled_links *links,
                  struct destination *to)
{
    uint32_t code = links->is_known ? bytes_number(&links->known) : ASK;
    if (code == ASK || (code >= DOCUMENTS && code - DOCUMENTS >= settled->count))
        return false;
    *to = (struct destination){code == NOWHERE ? NO_DOCUMENT : code - DOCUMENTS, NO_ENTRY, {"", 0}};
    return true;
}

static uint32_t code_of(const struct link *link, const struct resolution *found)
{
    bool whole = str_find_char(link->target, '#') == STR_NONE && !link->locator.len;
    if (!whole || found->to.entry != NO_ENTRY || found->other != NO_DOCUMENT)
        return ASK;
    return found->to.document == NO_DOCUMENT ? NOWHERE : found->to.document + DOCUMENTS;
}

void settled_note(struct settled_links *links, const struct link *link,
                  const struct resolution *found)
{
    if (!links->is_known)
        bytes_put_number(&links->noted, code_of(link, found));
}

void settled_end(struct settled *settled, uint32_t document, const struct settled_links *links)
{
    if (links->is_known || !settled->cache)
        return;
    settled->known[document] = buf_str(&links->noted);
    settled->fresh++;
}

/* -- Keeping ------------------------------------------------------------------------------------
 */

static void keep(struct settled *settled, unsigned user)
{
    struct buf bytes;
    buf_init(&bytes, &settled->arena);
    digest_put(&bytes, settled->names);
    for (uint32_t i = 0; i < settled->count; i++) {
        digest_put(&bytes, settled->documents[i].identity);
        bytes_put_text(&bytes, settled->known[i]);
    }
    cache_put(settled->cache, user, settled->key, buf_str(&bytes));
}

void settled_close(struct settled *settled, unsigned user)
{
    if (settled->fresh > settled->count / FRESH_PART)
        keep(settled, user);
    for (unsigned i = 0; i < POOL_MAX; i++)
        arena_release(&settled->workers[i]);
    arena_release(&settled->arena);
}
