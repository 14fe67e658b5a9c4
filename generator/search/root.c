#include "search/root.h"

#include "search/layout.h"

enum { PAGE_LEAST = 9 /* bytes of a page in the root */, GROUP_LEAST = 10 };

static void read_pages(struct root *root, struct bytes *bytes, struct arena *arena)
{
    root->page_count = bytes_count(bytes, PAGE_LEAST);
    root->pages = arena_new_array(arena, root->page_count, struct group_page);
    for (uint32_t i = 0; i < root->page_count; i++) {
        root->pages[i].first = bytes_number(bytes);
        root->pages[i].hash = bytes_long(bytes);
    }
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

static bool find_in_page(struct bytes *bytes, uint32_t group, uint64_t *columns)
{
    uint32_t id = 0;
    struct str kind = bytes_take(bytes, 1);
    uint32_t left = bytes_count(bytes, GROUP_LEAST);
    if (!kind.len || kind.data[0] != LAYOUT_GROUPS)
        return false;
    while (left--) {
        id += bytes_number(bytes);
        bytes_number(bytes); /* its documents */
        *columns = bytes_long(bytes);
        if (id >= group)
            break;
    }
    return !bytes->failed && id == group;
}

bool root_find_group(const struct root *root, uint32_t group, uint64_t *columns)
{
    struct str page;
    struct bytes bytes;
    uint32_t at = 0;
    while (at + 1 < root->page_count && root->pages[at + 1].first <= group)
        at++;
    if (!root->page_count) {
        store_damaged(root->tree.store, "it has no groups");
        return false;
    }
    if (!store_get(root->tree.store, paths_part(root->pages[at].hash), &page))
        return false;
    bytes_begin(&bytes, page);
    if (find_in_page(&bytes, group, columns))
        return true;
    store_damaged(root->tree.store, "a group is not in the list");
    return false;
}
