#include "search/yield.h"

#include "base/arena.h"
#include "base/cache.h"
#include "search/gathered.h"

enum { FORMS_FEW = 8 };

/* A slice that is being put together. */
struct making {
    struct yield *yield;
    const struct yield_ground *ground;
    const struct alias *next_alias, *end_alias;
    struct arena term; /* cleared behind each term */
    struct buf entries, forms, others;
};

/* What stands at a topic's own key stands beside its names as well: so whoever looks up words has
 * it at once. */
static void put_topic(const struct yield_ground *ground, struct str id, struct buf *out)
{
    struct key key;
    const struct str *entry = map_get(&ground->topics, keys_make(&key, KEY_TOPIC, keys_name(id)));
    bytes_put_text(out, entry ? *entry : (struct str){"", 0});
}

static void put_aliases(struct making *making, struct str key, struct buf *out)
{
    const struct alias *first = making->next_alias;
    while (making->next_alias < making->end_alias && str_equal(making->next_alias->key, key))
        making->next_alias++;
    bytes_put_number(out, (uint32_t)(making->next_alias - first));
    for (; first < making->next_alias; first++) {
        bytes_put_text(out, first->text);
        bytes_put_text(out, first->id);
        bytes_put_text(out, first->title);
        put_topic(making->ground, first->id, out);
    }
}

static void put_entry(struct making *making, struct gathered *term)
{
    struct buf out;
    buf_init(&out, &making->term);
    posting_form_put(&term->common, &out);
    bytes_put_number(&out, term->documents);
    bytes_put_number(&out, term->passages);
    put_aliases(making, term->key, &out);
    gathered_put_postings(term, &making->yield->draft, &making->term, &out);
    bytes_put_text(&making->entries, term->key);
    bytes_put_text(&making->entries, buf_str(&out));
}

/* Names of topics whose words no text has; `key` empty: up to the end of the slice. */
static void put_aliases_before(struct making *making, struct str key)
{
    while (making->next_alias < making->end_alias &&
           !(key.len && str_compare(making->next_alias->key, key) >= 0))
        put_entry(making, &(struct gathered){.key = making->next_alias->key});
}

/* The forms of the word in hand so far: most words have few, which differ from the stem in ways
 * that are soon compared. */
struct seen_forms {
    struct posting_form few[FORMS_FEW];
    size_t count;
    struct map more; /* those that came then, as they are spelt */
};

static bool is_seen(const struct seen_forms *seen, const struct posting_form *form)
{
    for (size_t i = 0; i < seen->count; i++)
        if (seen->few[i].cut == form->cut && str_equal(seen->few[i].added, form->added))
            return true;
    return false;
}

/* Whether it is new; `text` is what it is spelt. */
static bool see(struct seen_forms *seen, const struct posting_form *form, struct str text)
{
    if (seen->count < FORMS_FEW) {
        seen->few[seen->count++] = *form;
        return true;
    }
    void **known = map_at(&seen->more, str_copy(seen->more.arena, text));
    bool is_new = !*known;
    *known = seen;
    return is_new;
}

static void note_form(struct making *making, struct seen_forms *seen,
                      const struct posting_form *change, struct str stem)
{
    char text[POSTING_WORD_MAX];
    if (is_seen(seen, change))
        return;
    struct str form = {text, posting_form_spell(change, stem, text)};
    if (!see(seen, change, form))
        return;
    bytes_put_text(&making->forms, keys_reversed(&making->term, form));
    if (!str_starts(form, stem))
        bytes_put_text(&making->others,
                       str_format(&making->term, "%.*s%c%.*s", STR_ARGS(form), 0, STR_ARGS(stem)));
}

/* The forms of the word in hand, each once. */
static void note_forms(struct making *making, const struct gathered *term)
{
    struct str stem = str_from_offset(term->key, 1);
    struct seen_forms seen = {.count = 0};
    struct posting posting;
    map_init(&seen.more, &making->term);
    for (size_t i = 0; i < term->pieces.count; i++) {
        posting_begin(&posting, term->pieces.items[i].block);
        for (uint32_t j = 0; j < posting.form_count; j++)
            note_form(making, &seen, &posting.forms[j], stem);
    }
}

static const struct harvest_part *parts_in(const struct yield_ground *ground, unsigned slice)
{
    return ground->harvested.items + ground->harvested.first[slice];
}

static size_t count_in(const struct yield_ground *ground, unsigned slice)
{
    return ground->harvested.first[slice + 1] - ground->harvested.first[slice];
}

size_t yield_size(const struct yield *yield, const struct yield_ground *ground)
{
    size_t size = 0;
    for (size_t i = 0; i < count_in(ground, yield->slice); i++)
        size += parts_in(ground, yield->slice)[i].slice->len;
    return size;
}

static void gather_terms(struct making *making, unsigned worker)
{
    unsigned slice = making->yield->slice;
    struct harvests harvests;
    struct gathered term;
    harvests_begin(&harvests, parts_in(making->ground, slice), count_in(making->ground, slice),
                   making->ground->source, worker, &making->yield->arena);
    while (harvests_first(&harvests)) {
        gathered_take(&term, &harvests, &making->term);
        put_aliases_before(making, term.key);
        if (term.key.data[0] == KEY_WORD)
            note_forms(making, &term);
        put_entry(making, &term);
        arena_clear(&making->term);
    }
    harvests_end(&harvests);
    put_aliases_before(making, (struct str){"", 0});
}

/* Puts together what the groups have in a slice; its chunks are put, or only drafted. */
static void gather(struct yield *yield, const struct yield_ground *ground, unsigned worker,
                   struct parts *parts)
{
    struct making making = {.yield = yield,
                            .ground = ground,
                            .next_alias = yield->aliases,
                            .end_alias = yield->aliases + yield->alias_count};
    arena_init(&making.term);
    buf_init(&making.entries, &yield->arena);
    buf_init(&making.forms, &yield->arena);
    buf_init(&making.others, &yield->arena);
    parts_draft_init(&yield->draft, parts, &yield->arena);
    gather_terms(&making, worker);
    arena_release(&making.term);
    yield->parts = buf_str(&yield->draft.note);
    yield->entries = buf_str(&making.entries);
    yield->forms = buf_str(&making.forms);
    yield->others = buf_str(&making.others);
}

/* What was given before. */

/* What stands for all that a slice rests on. */
static struct digest identify(struct yield *yield, const struct yield_ground *ground)
{
    struct buf bytes;
    buf_init(&bytes, &yield->arena);
    buf_put(&bytes, STR("slice"));
    digest_put(&bytes, ground->memory->maker);
    bytes_put_number(&bytes, yield->slice);
    for (size_t i = 0; i < count_in(ground, yield->slice); i++) {
        const struct harvest_part *part = &parts_in(ground, yield->slice)[i];
        bytes_put_number(&bytes, part->harvest->group);
        digest_put(&bytes, part->slice->digest);
    }
    for (size_t i = 0; i < yield->alias_count; i++) {
        bytes_put_text(&bytes, yield->aliases[i].text);
        bytes_put_text(&bytes, yield->aliases[i].id);
        bytes_put_text(&bytes, yield->aliases[i].title);
        put_topic(ground, yield->aliases[i].id, &bytes);
    }
    return digest_of(buf_str(&bytes));
}

static void remember(struct yield *yield, const struct yield_ground *ground, unsigned worker)
{
    struct buf bytes;
    if (!ground->memory->cache || yield->draft.fails)
        return;
    buf_init(&bytes, &yield->arena);
    bytes_put_text(&bytes, yield->parts);
    bytes_put_text(&bytes, yield->entries);
    bytes_put_text(&bytes, yield->forms);
    bytes_put_text(&bytes, yield->others);
    cache_put(ground->memory->cache, worker, yield->identity, buf_str(&bytes));
}

static bool recall(struct yield *yield, const struct yield_ground *ground, unsigned worker)
{
    struct str value;
    struct bytes bytes;
    if (!cache_get(ground->memory->cache, worker, yield->identity, &yield->arena, &value))
        return false;
    bytes_begin(&bytes, value);
    yield->parts = bytes_text(&bytes);
    yield->entries = bytes_text(&bytes);
    yield->forms = bytes_text(&bytes);
    yield->others = bytes_text(&bytes);
    return !bytes.failed && parts_are_there(ground->sink, yield->parts);
}

bool yield_init(struct yield *yield, const struct yield_ground *ground, unsigned slice,
                size_t first_alias)
{
    const struct alias *aliases = ground->aliases->items.items;
    size_t end = first_alias;
    while (end < ground->aliases->items.count && slices_find(aliases[end].key) == slice)
        end++;
    *yield = (struct yield){
        .slice = slice, .aliases = aliases + first_alias, .alias_count = end - first_alias};
    arena_init(&yield->arena);
    return yield->alias_count || count_in(ground, slice);
}

void yield_find(struct yield *yield, const struct yield_ground *ground, unsigned worker,
                struct parts *parts)
{
    yield->identity = identify(yield, ground);
    yield->recalled = recall(yield, ground, worker);
    if (yield->recalled)
        return;
    gather(yield, ground, worker, parts);
    remember(yield, ground, worker);
}

/* A name that is taken by then needs other entries, which hold for this build alone. */
void yield_settle(struct yield *yield, const struct yield_ground *ground, struct parts *parts)
{
    bool settled = yield->recalled ? parts_take(parts, yield->parts)
                                   : yield->draft.parts || parts_settle(parts, &yield->draft);
    if (!settled)
        gather(yield, ground, 0, parts);
}

void yield_release(struct yield *yield)
{
    arena_release(&yield->arena);
}
