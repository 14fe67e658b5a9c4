#include "search/merge.h"

#include "base/arena.h"
#include "base/cache.h"
#include "search/collate.h"
#include "search/gathered.h"

enum { FORMS_FEW = 8 };

/* What a slice gives, all of it texts. */
struct yield {
    struct str parts;   /* a note of chunks: see parts.h */
    struct str entries; /* a key and what stands under it, in order */
    struct str forms;   /* of words, reversed */
    struct str others;  /* `form NUL stem` of forms that don't begin with their stem */
};

struct merge {
    struct harvest_parts harvested;
    const struct harvest_source *source;
    const struct merge_memory *memory;
    struct nodes *nodes;
    struct parts *parts;
    const struct aliases *aliases;
    size_t next_alias;
    struct arena term;  /* cleared behind each term */
    struct arena slice; /* cleared behind each slice */
    struct arena lists; /* of the forms and topics */
    struct map topics;  /* their entries by their keys: these come before those of words */
    VEC(struct str) forms, others;                         /* of all slices */
    struct buf parts_note, entries, new_forms, new_others; /* the yield of the slice in hand */
};

/* What stands at a topic's own key stands beside its names as well: so whoever looks up words has
 * it at once. */
static void put_topic(struct merge *merge, struct str id, struct buf *out)
{
    struct key key;
    const struct str *entry = map_get(&merge->topics, keys_make(&key, KEY_TOPIC, keys_name(id)));
    bytes_put_text(out, entry ? *entry : (struct str){"", 0});
}

static void put_aliases(struct merge *merge, struct str key, struct buf *out)
{
    const struct alias *first = merge->aliases->items.items + merge->next_alias;
    size_t count = 0;
    while (merge->next_alias + count < merge->aliases->items.count &&
           str_equal(first[count].key, key))
        count++;
    bytes_put_number(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        bytes_put_text(out, first[i].text);
        bytes_put_text(out, first[i].id);
        bytes_put_text(out, first[i].title);
        put_topic(merge, first[i].id, out);
    }
    merge->next_alias += count;
}

static void put_entry(struct merge *merge, struct gathered *term)
{
    struct buf out;
    buf_init(&out, &merge->term);
    posting_form_put(&term->common, &out);
    bytes_put_number(&out, term->documents);
    bytes_put_number(&out, term->passages);
    put_aliases(merge, term->key, &out);
    gathered_put_postings(term, merge->parts, &merge->term, &out);
    bytes_put_text(&merge->entries, term->key);
    bytes_put_text(&merge->entries, buf_str(&out));
}

/* The next alias, where it stands in that slice; else NULL. */
static const struct alias *alias_in(const struct merge *merge, size_t number, unsigned slice)
{
    const struct alias *alias = merge->aliases->items.items + number;
    bool there = number < merge->aliases->items.count && slices_find(alias->key) == slice;
    return there ? alias : NULL;
}

/* Names of topics whose words no text has; `key` empty: up to the end of the slice. */
static void put_aliases_before(struct merge *merge, unsigned slice, struct str key)
{
    const struct alias *alias;
    while ((alias = alias_in(merge, merge->next_alias, slice)) &&
           !(key.len && str_compare(alias->key, key) >= 0))
        put_entry(merge, &(struct gathered){.key = alias->key});
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

static void note_form(struct merge *merge, struct seen_forms *seen,
                      const struct posting_form *change, struct str stem)
{
    char text[POSTING_WORD_MAX];
    if (is_seen(seen, change))
        return;
    struct str form = {text, posting_form_spell(change, stem, text)};
    if (!see(seen, change, form))
        return;
    bytes_put_text(&merge->new_forms, keys_reversed(&merge->term, form));
    if (!str_starts(form, stem))
        bytes_put_text(&merge->new_others,
                       str_format(&merge->term, "%.*s%c%.*s", STR_ARGS(form), 0, STR_ARGS(stem)));
}

/* The forms of the word in hand, each once. */
static void note_forms(struct merge *merge, const struct gathered *term)
{
    struct str stem = str_from_offset(term->key, 1);
    struct seen_forms seen = {.count = 0};
    struct posting posting;
    map_init(&seen.more, &merge->term);
    for (size_t i = 0; i < term->pieces.count; i++) {
        posting_begin(&posting, term->pieces.items[i].block);
        for (uint32_t j = 0; j < posting.form_count; j++)
            note_form(merge, &seen, &posting.forms[j], stem);
    }
}

static void put_list(struct merge *merge, const struct str *items, size_t count, enum key_kind kind)
{
    struct arena arena;
    arena_init(&arena);
    const struct collated *sorted = collate(items, count, &arena);
    for (size_t i = 0; i < count; i++) {
        struct key key;
        struct str stem = *sorted[i].text, form = str_cut(&stem, '\0');
        nodes_add(merge->nodes, keys_make(&key, kind, form), stem);
    }
    arena_release(&arena);
}

static const struct harvest_part *parts_in(const struct merge *merge, unsigned slice)
{
    return merge->harvested.items + merge->harvested.first[slice];
}

static size_t count_in(const struct merge *merge, unsigned slice)
{
    return merge->harvested.first[slice + 1] - merge->harvested.first[slice];
}

/* Puts together what the groups have in a slice. */
static struct yield gather_slice(struct merge *merge, unsigned slice)
{
    struct harvests harvests;
    struct gathered term;
    buf_init(&merge->parts_note, &merge->slice);
    buf_init(&merge->entries, &merge->slice);
    buf_init(&merge->new_forms, &merge->slice);
    buf_init(&merge->new_others, &merge->slice);
    merge->parts->note = &merge->parts_note;
    merge->parts->note_fails = false;
    harvests_begin(&harvests, parts_in(merge, slice), count_in(merge, slice), merge->source, 0,
                   &merge->slice);
    while (harvests_first(&harvests)) {
        gathered_take(&term, &harvests, &merge->term);
        put_aliases_before(merge, slice, term.key);
        if (term.key.data[0] == KEY_WORD)
            note_forms(merge, &term);
        put_entry(merge, &term);
        arena_clear(&merge->term);
    }
    harvests_end(&harvests);
    put_aliases_before(merge, slice, (struct str){"", 0});
    merge->parts->note = NULL;
    return (struct yield){.parts = buf_str(&merge->parts_note),
                          .entries = buf_str(&merge->entries),
                          .forms = buf_str(&merge->new_forms),
                          .others = buf_str(&merge->new_others)};
}

/* What was given before. */

/* What stands for all that a slice rests on. */
static struct digest identify(struct merge *merge, unsigned slice)
{
    struct buf bytes;
    const struct alias *alias;
    buf_init(&bytes, &merge->slice);
    buf_put(&bytes, STR("slice"));
    digest_put(&bytes, merge->memory->maker);
    bytes_put_number(&bytes, slice);
    for (size_t i = 0; i < count_in(merge, slice); i++) {
        const struct harvest_part *part = &parts_in(merge, slice)[i];
        bytes_put_number(&bytes, part->harvest->group);
        digest_put(&bytes, part->slice->digest);
    }
    for (size_t i = merge->next_alias; (alias = alias_in(merge, i, slice)); i++) {
        bytes_put_text(&bytes, alias->text);
        bytes_put_text(&bytes, alias->id);
        bytes_put_text(&bytes, alias->title);
        put_topic(merge, alias->id, &bytes);
    }
    return digest_of(buf_str(&bytes));
}

static void remember(struct merge *merge, struct digest identity, const struct yield *yield)
{
    struct buf bytes;
    if (!merge->memory->cache || merge->parts->note_fails)
        return;
    buf_init(&bytes, &merge->slice);
    bytes_put_text(&bytes, yield->parts);
    bytes_put_text(&bytes, yield->entries);
    bytes_put_text(&bytes, yield->forms);
    bytes_put_text(&bytes, yield->others);
    cache_put(merge->memory->cache, 0, identity, buf_str(&bytes));
}

static bool recall(struct merge *merge, struct digest identity, struct yield *yield)
{
    struct str value;
    struct bytes bytes;
    if (!cache_get(merge->memory->cache, 0, identity, &merge->slice, &value))
        return false;
    bytes_begin(&bytes, value);
    yield->parts = bytes_text(&bytes);
    yield->entries = bytes_text(&bytes);
    yield->forms = bytes_text(&bytes);
    yield->others = bytes_text(&bytes);
    return !bytes.failed && parts_keep(merge->parts, yield->parts);
}

/* What a slice gives goes on its way. */

static void keep_topic(struct merge *merge, struct str key, struct str entry)
{
    struct str *kept = arena_new(&merge->lists, struct str);
    *kept = str_copy(&merge->lists, entry);
    *map_at(&merge->topics, str_copy(&merge->lists, key)) = kept;
}

static void take(struct merge *merge, const struct yield *yield)
{
    struct bytes bytes;
    for (bytes_begin(&bytes, yield->entries); !bytes_at_end(&bytes);) {
        struct str key = bytes_text(&bytes), entry = bytes_text(&bytes);
        nodes_add(merge->nodes, key, entry);
        if (key.data[0] == KEY_TOPIC)
            keep_topic(merge, key, entry);
    }
    for (bytes_begin(&bytes, yield->forms); !bytes_at_end(&bytes);)
        *vec_push(&merge->forms, &merge->lists) = str_copy(&merge->lists, bytes_text(&bytes));
    for (bytes_begin(&bytes, yield->others); !bytes_at_end(&bytes);)
        *vec_push(&merge->others, &merge->lists) = str_copy(&merge->lists, bytes_text(&bytes));
}

static void do_slice(struct merge *merge, unsigned slice)
{
    if (!count_in(merge, slice) && !alias_in(merge, merge->next_alias, slice))
        return;
    struct yield yield;
    struct digest identity = identify(merge, slice);
    if (!recall(merge, identity, &yield)) {
        yield = gather_slice(merge, slice);
        remember(merge, identity, &yield);
    }
    take(merge, &yield);
    while (alias_in(merge, merge->next_alias, slice))
        merge->next_alias++;
    arena_clear(&merge->term);
    arena_clear(&merge->slice);
}

void merge_run(const struct harvest *harvests, size_t count, const struct harvest_source *source,
               const struct aliases *aliases, const struct merge_memory *memory,
               struct nodes *nodes, struct parts *parts)
{
    struct merge merge = {
        .source = source, .memory = memory, .nodes = nodes, .parts = parts, .aliases = aliases};
    arena_init(&merge.term);
    arena_init(&merge.slice);
    arena_init(&merge.lists);
    map_init(&merge.topics, &merge.lists);
    harvest_parts_make(&merge.harvested, harvests, count, &merge.lists);
    for (unsigned slice = 0; slice < SLICES; slice++) {
        if (slice == SLICES_BEHIND_WORDS)
            put_list(&merge, merge.others.items, merge.others.count, KEY_FORM);
        do_slice(&merge, slice);
    }
    put_list(&merge, merge.forms.items, merge.forms.count, KEY_REVERSED);
    arena_release(&merge.term);
    arena_release(&merge.slice);
    arena_release(&merge.lists);
}
