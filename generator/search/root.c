#include "search/root.h"

#include "search/layout.h"

enum { PAGE_LEAST = 7 /* bytes of a page in the root */, GROUP_LEAST = 14 };

static void read_pages(struct root *root, struct bytes *bytes, struct arena *arena)
{
    root->page_count = bytes_count(bytes, PAGE_LEAST);
    root->pages = arena_new_array(arena, root->page_count, struct group_page);
    for (uint32_t i = 0; i < root->page_count; i++) {
        root->pages[i].first = bytes_number(bytes);
        root->pages[i].hash = bytes_hash(bytes);
    }
    if (!root->page_count)
        root->groups = bytes_text(bytes);
}

static bool read_head(struct root *root, struct bytes *bytes)
{
    struct str magic = bytes_take(bytes, sizeof LAYOUT_MAGIC - 1);
    uint32_t version = bytes_number(bytes);
    uint32_t language = bytes_number(bytes);
    root->language = (enum stem_language)language;
    root->documents = bytes_number(bytes);
    root->passages = bytes_number(bytes);
    return str_equal(magic, STR(LAYOUT_MAGIC)) && version == LAYOUT_VERSION &&
           language <= STEM_ENGLISH;
}

bool root_read(struct root *root, struct store *store, struct arena *arena)
{
    struct str file;
    struct bytes bytes;
    *root = (struct root){.tree.store = store};
    if (!store_get(store, paths_index(), &file))
        return false;
    bytes_begin(&bytes, file);
    if (!read_head(root, &bytes)) {
        store_damaged(store, "index.bin is no index of this version");
        return false;
    }
    read_pages(root, &bytes, arena);
    root->tree.height = bytes_number(&bytes);
    root->tree.top = bytes_text(&bytes);
    if (bytes.failed || !root->tree.height || root->tree.height > TREE_HEIGHT_MAX)
        store_damaged(store, "index.bin can't be read");
    return !store->damage;
}

/* A page of the list of groups as it is read. */
struct page_reader {
    struct bytes bytes;
    uint32_t left;
    uint32_t group;
    struct root_group parts;
};

static void begin_page(struct page_reader *reader, struct str page)
{
    *reader = (struct page_reader){.left = 0};
    bytes_begin(&reader->bytes, page);
    struct str kind = bytes_take(&reader->bytes, 1);
    if (kind.len && kind.data[0] == LAYOUT_GROUPS)
        reader->left = bytes_count(&reader->bytes, GROUP_LEAST);
}

static bool next_group(struct page_reader *reader)
{
    if (!reader->left)
        return false;
    reader->left--;
    reader->group += bytes_number(&reader->bytes);
    bytes_number(&reader->bytes); /* its documents */
    reader->parts.columns = bytes_hash(&reader->bytes);
    reader->parts.places = bytes_hash(&reader->bytes);
    return !reader->bytes.failed;
}

uint32_t root_list_groups(const struct root *root, uint32_t *groups, uint32_t max)
{
    struct page_reader reader;
    uint32_t count = 0;
    begin_page(&reader, root->groups);
    if (reader.left > max)
        return 0;
    while (next_group(&reader))
        groups[count++] = reader.group;
    return count;
}

static bool get_page(const struct root *root, uint32_t at, struct str *page)
{
    *page = root->groups;
    return !root->page_count || store_get(root->tree.store, paths_part(root->pages[at].hash), page);
}

void root_want_groups(const struct root *root, uint32_t max)
{
    struct str page;
    for (uint32_t i = 0; i < root->page_count && root->page_count <= max; i++)
        get_page(root, i, &page);
}

bool root_find_group(const struct root *root, uint32_t group, struct root_group *out)
{
    struct page_reader reader;
    struct str page;
    uint32_t at = 0;
    while (at + 1 < root->page_count && root->pages[at + 1].first <= group)
        at++;
    if (!get_page(root, at, &page))
        return false;
    begin_page(&reader, page);
    while (next_group(&reader) && reader.group < group)
        ;
    *out = reader.parts;
    if (!reader.bytes.failed && reader.group == group)
        return true;
    store_damaged(root->tree.store, "a group is not in the list");
    return false;
}
