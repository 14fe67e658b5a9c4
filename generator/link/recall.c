#include "link/recall.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "link/crew.h"
#include "link/trace.h"

enum { TURNOVERS_MAX = 16 /* older lists of names that a thread compares with: more are a mess */ };

static struct digest roll_key(struct digest digest)
{
    const uint64_t parts[] = {digest.high, digest.low, 1};
    return digest_of((struct str){(const char *)parts, sizeof parts});
}

void recall_set_names(struct recall *recall, struct roll roll)
{
    recall->roll = roll;
    for (size_t i = 0; i < POOL_MAX; i++)
        recall->workers[i].turnovers.count = 0;
    cache_put(recall->crew->cache, 0, roll_key(roll.digest), roll.bytes);
}

struct digest recall_identify(const struct recall *recall, struct worker *worker,
                              const struct outline *outline, struct str topic)
{
    const struct crew *crew = recall->crew;
    struct buf bytes;
    buf_init(&bytes, &worker->page);
    digest_put(&bytes, crew->identity);
    bytes_put_text(&bytes, outline->path);
    bytes_put_number(&bytes, outline->kind);
    bytes_put_number(&bytes, topic.len > 0);
    if (!str_equal(topic, outline->path))
        bytes_put_text(&bytes, topic);
    bytes_put_number(&bytes, outline->markdown != NO_ENTRY);
    if (outline->markdown != NO_ENTRY && !crew_identify(crew, worker, outline->markdown, &bytes))
        return DIGEST_NONE;
    if (outline->text == NO_ENTRY)
        return digest_of(buf_str(&bytes));
    bytes_put_text(&bytes, crew->snapshot->entries[outline->text].path);
    digest_put(&bytes, crew->words_digest);
    if (!crew_identify(crew, worker, outline->text, &bytes))
        return DIGEST_NONE;
    return digest_of(buf_str(&bytes));
}

static const struct recall_turnover *find_turnover(struct recall *recall, struct worker *worker,
                                                   struct digest older)
{
    unsigned number = worker->number;
    struct recall_worker *own = &recall->workers[number];
    struct str roll;
    for (size_t i = 0; i < own->turnovers.count; i++)
        if (digest_equal(own->turnovers.items[i].older, older))
            return &own->turnovers.items[i];
    if (own->turnovers.count == TURNOVERS_MAX)
        return NULL;
    struct recall_turnover *made = vec_push(&own->turnovers, &worker->keep);
    *made = (struct recall_turnover){.older = older};
    made->known = cache_get(recall->crew->cache, number, roll_key(older), &worker->keep, &roll) &&
                  turnover_find(&made->turnover, &worker->keep, roll, &recall->roll);
    return made;
}

/* How to read an outline that was written with the names of `older`; false where it holds no more.
 */
static bool choose_renumbering(struct recall *recall, struct worker *worker, struct digest older,
                               struct str trace, bool any_names, struct renumbering *out)
{
    *out = (struct renumbering){.any = any_names, .count = recall->roll.topic_count};
    if (any_names || digest_equal(older, recall->roll.digest))
        return true;
    const struct recall_turnover *found = find_turnover(recall, worker, older);
    if (!found || !found->known || turnover_touches(&found->turnover, trace))
        return false;
    *out = found->turnover.renumbering;
    return true;
}

void recall_open(const struct recall *recall, struct worker *worker,
                 const struct digest *identities, uint32_t count, struct recall_bundle *out)
{
    arena_clear(&worker->document);
    out->spilled = false;
    bundle_open(&out->bundle, recall->crew->cache, worker->number, &worker->document, identities,
                count, !recall->is_distrusted);
}

/* Puts texts where they stay; those of a bundle all at once, as sixteen small ones take longer. */
static void set_texts(const struct recall *recall, struct worker *worker,
                      struct recall_bundle *in_hand, struct str texts, struct outline *outline)
{
    struct str all = in_hand->bundle.texts;
    struct spill *spill = recall->crew->keeps_documents ? NULL : &worker->texts;
    bool among = spill && texts.len && texts.data >= all.data && texts.data < all.data + all.len;
    if (among && !in_hand->spilled)
        in_hand->spilled = spill_put(spill, all, &in_hand->place);
    if (among && in_hand->spilled)
        outline_set_spilled(outline, spill, in_hand->place + (uint64_t)(texts.data - all.data));
    else
        outline_set_texts(outline, texts, &worker->keep, spill);
}

bool recall_get(struct recall *recall, struct worker *worker, struct recall_bundle *in_hand,
                uint32_t index, bool any_names, struct outline *outline, struct diags *diags)
{
    struct outline recalled = *outline;
    struct renumbering renumbering;
    struct bytes bytes;
    struct bundle_value value = bundle_get(&in_hand->bundle, index, &worker->page);
    if (!value.head.len)
        return false;
    bytes_begin(&bytes, value.head);
    struct str older = bytes_take(&bytes, DIGEST_SIZE), trace = bytes_text(&bytes);
    struct str frozen = bytes_text(&bytes);
    if (bytes.failed ||
        !choose_renumbering(recall, worker, digest_from((const unsigned char *)older.data), trace,
                            any_names, &renumbering))
        return false;
    if (!frozen_get(str_copy(&worker->keep, frozen), value.texts.len, &renumbering, &worker->keep,
                    &recalled, diags))
        return false;
    if (!any_names)
        set_texts(recall, worker, in_hand, value.texts, &recalled);
    *outline = recalled;
    return true;
}

static bool is_lasting(const struct diag *diags, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(str_from(diags[i].code), STR("unreadable")))
            return false;
    return true;
}

void recall_put(const struct recall *recall, struct worker *worker, struct recall_bundle *in_hand,
                uint32_t index, const struct document *document, const struct outline *outline,
                const struct diag *diags, size_t count)
{
    struct buf bytes, frozen, texts;
    if (!recall->crew->cache || !is_lasting(diags, count))
        return;
    buf_init(&bytes, &worker->page);
    buf_init(&texts, &worker->page);
    digest_put(&bytes, recall->roll.digest);
    bytes_put_text(&bytes, trace_make(&worker->page, document));
    buf_init(&frozen, &worker->page);
    frozen_put(&frozen, outline, diags, count);
    bytes_put_text(&bytes, buf_str(&frozen));
    frozen_put_texts(&texts, outline, document);
    bundle_set(&in_hand->bundle, index, (struct bundle_value){buf_str(&bytes), buf_str(&texts)});
}

void recall_close(struct recall_bundle *in_hand)
{
    bundle_close(&in_hand->bundle);
}
