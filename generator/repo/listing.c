#include "repo/listing.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

int listing_visit(struct listing *listing, struct err *err)
{
    if (++listing->visited <= SNAPSHOT_FILES_MAX)
        return 0;
    return err_set(err, "there are more than %d files and folders", SNAPSHOT_FILES_MAX);
}

bool listing_hidden(struct str name)
{
    return name.len && name.data[0] == '.';
}

static void leave_out(struct listing *listing, enum severity severity, const char *code,
                      struct str path, const char *why)
{
    struct place place = {.path = utf8_repair(listing->arena, path)};
    diag_add(listing->diags, severity, code, place, "%s: left out", why);
}

void listing_skip_link(struct listing *listing, struct str path)
{
    leave_out(listing, DIAG_WARNING, "symlink-skipped", path,
              "symbolic link, which is not followed");
}

void listing_skip_submodule(struct listing *listing, struct str path)
{
    leave_out(listing, DIAG_WARNING, "submodule-skipped", path,
              "submodule, a repository of its own");
}

static bool has_control(struct str text)
{
    for (size_t offset = 0; offset < text.len;) {
        uint32_t c = utf8_next(text, &offset);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0))
            return true;
    }
    return false;
}

/* Why a name cannot be taken, with its code, or NULL. */
static const char *refusal(struct str name, size_t path_len, unsigned depth, const char **code)
{
    *code = "path-invalid";
    if (!name.len || str_find_char(name, '/') != STR_NONE || memchr(name.data, '\0', name.len))
        return "name that is empty or holds '/'";
    if (utf8_valid_length(name) != name.len)
        return "name that is not UTF-8";
    if (has_control(name))
        return "name with a control character";
    *code = "path-too-long";
    if (path_len > SNAPSHOT_PATH_MAX)
        return "path that is too long";
    return depth > SNAPSHOT_DEPTH_MAX ? "path with too many folders" : NULL;
}

static struct str join(struct arena *arena, struct str folder, struct str name)
{
    size_t start = folder.len ? folder.len + 1 : 0;
    char *path = arena_text(arena, start + name.len);
    if (start) {
        memcpy(path, folder.data, folder.len);
        path[folder.len] = '/';
    }
    if (name.len)
        memcpy(path + start, name.data, name.len);
    return (struct str){path, start + name.len};
}

bool listing_path(struct listing *listing, struct str folder, struct str name, unsigned depth,
                  struct str *path)
{
    const char *code;
    *path = join(listing->arena, folder, name);
    const char *why = refusal(name, path->len, depth, &code);
    if (why)
        leave_out(listing, DIAG_ERROR, code, *path, why);
    return !why;
}

void listing_add(struct listing *listing, struct entry entry)
{
    *vec_push(listing, listing->arena) = entry;
}

static int by_path(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = str_compare(a->path, b->path);
    return order ? order : memcmp(a->oid, b->oid, OID_SIZE);
}

/* How `path` stands to what lies below the folder `folder`: before it, in it (0) or behind it. */
static int compare_below(struct str path, struct str folder)
{
    size_t len = path.len < folder.len ? path.len : folder.len;
    int order = memcmp(path.data, folder.data, len);
    if (order)
        return order;
    if (path.len <= folder.len)
        return -1;
    return (unsigned char)path.data[len] - '/';
}

/* Whether there is a file below `folder`, among sorted entries. */
static bool is_folder(const struct entry *entries, size_t count, struct str folder)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_below(entries[middle].path, folder);
        if (!order)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

void listing_finish(struct listing *listing)
{
    struct entry *items = listing->items;
    size_t kept = 0;
    if (!listing->count)
        return;
    qsort(items, listing->count, sizeof *items, by_path);
    for (size_t i = 0; i < listing->count; i++) {
        bool repeated = kept && str_equal(items[kept - 1].path, items[i].path);
        bool folder = is_folder(items + i + 1, listing->count - i - 1, items[i].path);
        if (repeated || folder)
            leave_out(listing, DIAG_ERROR, "path-repeated", items[i].path,
                      "second file or folder of this name");
        else
            items[kept++] = items[i];
    }
    listing->count = kept;
}
