#include "search/fragment.h"

#include "base/arena.h"
#include "search/keys.h"
#include "search/layout.h"

enum { PASSAGE_LEAST = 4, MENTION_LEAST = 3 /* bytes that one takes */ };

static void read_topics(struct fragment *fragment, struct bytes *bytes, struct arena *arena)
{
    fragment->topic_count = bytes_count(bytes, 2);
    struct fragment_topic *topics =
        arena_new_array(arena, fragment->topic_count, struct fragment_topic);
    for (uint32_t i = 0; i < fragment->topic_count; i++) {
        struct str id = bytes_text(bytes);
        topics[i].title = bytes_text(bytes);
        topics[i].id = keys_long_id(arena, id, topics[i].title);
    }
    fragment->topics = topics;
}

/* Mentions must lie in the text that follows them, in order; that is checked when it is there. */
static void read_mentions(const struct fragment *fragment, struct fragment_passage *passage,
                          struct bytes *bytes, struct arena *arena)
{
    uint32_t start = 0;
    passage->mention_count = bytes_count(bytes, MENTION_LEAST);
    struct fragment_mention *mentions =
        arena_new_array(arena, passage->mention_count, struct fragment_mention);
    for (uint32_t i = 0; i < passage->mention_count; i++) {
        mentions[i].topic = bytes_number(bytes);
        start += bytes_number(bytes);
        mentions[i].start = start;
        mentions[i].end = start + bytes_number(bytes);
        if (mentions[i].topic >= fragment->topic_count || mentions[i].end < start)
            bytes->failed = true;
    }
    passage->mentions = mentions;
}

static void read_passage(const struct fragment *fragment, const struct str *sections,
                         uint32_t section_count, struct fragment_passage *passage,
                         struct bytes *bytes, struct arena *arena)
{
    passage->page = bytes_number(bytes);
    uint32_t section = bytes_number(bytes);
    if (section >= section_count)
        bytes->failed = true;
    else
        passage->section = sections[section];
    read_mentions(fragment, passage, bytes, arena);
    passage->text = bytes_text(bytes);
    for (uint32_t i = 0; i < passage->mention_count; i++)
        if (passage->mentions[i].end > passage->text.len)
            bytes->failed = true;
}

static void read_passages(struct fragment *fragment, struct bytes *bytes, struct arena *arena)
{
    uint32_t section_count = bytes_count(bytes, 1);
    struct str *sections = arena_new_array(arena, section_count, struct str);
    for (uint32_t i = 0; i < section_count; i++)
        sections[i] = bytes_text(bytes);
    uint32_t first = bytes_number(bytes);
    fragment->passage_count = bytes_count(bytes, PASSAGE_LEAST);
    struct fragment_passage *passages =
        arena_new_array(arena, fragment->passage_count, struct fragment_passage);
    for (uint32_t i = 0; i < fragment->passage_count && !bytes->failed; i++) {
        passages[i].number = first + i;
        read_passage(fragment, sections, section_count, &passages[i], bytes, arena);
    }
    fragment->passages = passages;
}

bool fragment_read(struct fragment *fragment, const struct root *root, uint32_t group,
                   const struct places *places, uint32_t piece, struct arena *arena)
{
    struct str file;
    struct bytes bytes;
    *fragment = (struct fragment){0};
    if (!store_get(root->tree.store, paths_text(group, paths_text_hash(places->hash, piece)),
                   &file))
        return false;
    bytes_begin(&bytes, file);
    struct str kind = bytes_take(&bytes, 1);
    fragment->id = bytes_text(&bytes);
    fragment->title = bytes_text(&bytes);
    fragment->type = bytes_text(&bytes);
    fragment->label = bytes_text(&bytes);
    fragment->issuer = bytes_text(&bytes);
    fragment->date = bytes_number(&bytes);
    read_topics(fragment, &bytes, arena);
    read_passages(fragment, &bytes, arena);
    if (!bytes.failed && kind.len && kind.data[0] == LAYOUT_TEXT)
        return true;
    *fragment = (struct fragment){0}; /* what was read of it may point anywhere */
    store_damaged(root->tree.store, "the text of a document can't be read");
    return false;
}

uint32_t fragment_piece_of(const struct places *places, uint32_t passage)
{
    return passage ? (passage - 1) / places->stride : 0;
}

const struct fragment_passage *fragment_find(const struct fragment *fragment, uint32_t passage)
{
    if (!fragment->passage_count || passage < fragment->passages[0].number ||
        passage - fragment->passages[0].number >= fragment->passage_count)
        return NULL;
    return &fragment->passages[passage - fragment->passages[0].number];
}
