#include "write/assets.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/file.h"
#include "write/embedded.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ADDRESS_DIGITS = 8 }; /* of the digest of a file: enough to tell its versions apart */

static const struct str templates_prefix = {"templates/", 10};
static const struct str theme_prefix = {"theme/", 6};

static bool is_published(struct str path)
{
    static const char *const endings[] = {".css", ".js", ".svg", ".png", ".ico", ".woff2"};
    if (!str_starts(path, theme_prefix) || str_starts(path, STR("theme/languages/")) ||
        str_starts(path, STR("theme/serve.")))
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(path, str_from(endings[i])))
            return true;
    return false;
}

static void put(struct assets *assets, struct str path, struct str origin, struct str content)
{
    void **slot = map_at(&assets->by_path, path);
    if (!*slot)
        *slot = *vec_push(&assets->files, assets->arena) = arena_new(assets->arena, struct asset);
    struct asset *asset = *slot;
    *asset = (struct asset){path, content, origin, is_published(path), path};
}

static void put_embedded(struct assets *assets)
{
    for (size_t i = 0; i < embedded_count; i++) {
        const struct embedded *file = &embedded_files[i];
        struct str path = str_from(file->path);
        put(assets, path, path, (struct str){file->data, (size_t)(file->end - file->data)});
    }
}

/* A folder of the user's that is being read. */
struct override {
    struct assets *assets;
    struct err *err;
    size_t count, depth;
};

static int read_folder(struct override *override, const char *folder, struct str prefix);

static int read_file(struct override *override, const char *file, struct str path)
{
    struct str content = STR("");
    if (override->count++ == ASSETS_FILES_MAX)
        return err_set(override->err, "'%s': more than %d files", file, ASSETS_FILES_MAX);
    int status = file_read(override->assets->arena, file, &content, override->err);
    if (status > 0)
        return err_set(override->err, "cannot open '%s': %s", file, strerror(ENOENT));
    if (status < 0)
        return -1;
    put(override->assets, path, str_from(file), content);
    return 0;
}

static int read_entry(struct override *override, const char *folder, struct str prefix,
                      const char *name)
{
    struct arena *arena = override->assets->arena;
    struct stat status;
    const char *file = str_cstring(arena, str_format(arena, "%s/%s", folder, name));
    struct str path = str_format(arena, "%.*s%s", STR_ARGS(prefix), name);
    if (name[0] == '.')
        return 0;
    if (stat(file, &status))
        return err_set(override->err, "cannot open '%s': %s", file, strerror(errno));
    if (S_ISDIR(status.st_mode))
        return read_folder(override, file, str_format(arena, "%.*s/", STR_ARGS(path)));
    if (!S_ISREG(status.st_mode))
        return err_set(override->err, "'%s' is not a file", file);
    return read_file(override, file, path);
}

static int read_entries(struct override *override, DIR *directory, const char *folder,
                        struct str prefix)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(directory);
        if (!entry && errno)
            return err_set(override->err, "cannot read folder '%s': %s", folder, strerror(errno));
        if (!entry)
            return 0;
        if (read_entry(override, folder, prefix, entry->d_name))
            return -1;
    }
}

static int read_folder(struct override *override, const char *folder, struct str prefix)
{
    if (override->depth == ASSETS_DEPTH_MAX)
        return err_set(override->err, "'%s': more than %d folders in one another", folder,
                       ASSETS_DEPTH_MAX);
    DIR *directory = opendir(folder);
    if (!directory)
        return err_set(override->err, "cannot open folder '%s': %s", folder, strerror(errno));
    *vec_push(&override->assets->folders, override->assets->arena) = folder;
    override->depth++;
    int result = read_entries(override, directory, folder, prefix);
    override->depth--;
    closedir(directory);
    return result;
}

static int put_folder(struct assets *assets, const char *folder, struct str prefix, struct err *err)
{
    struct override override = {.assets = assets, .err = err};
    return folder ? read_folder(&override, folder, prefix) : 0;
}

static int compare_paths(const void *a, const void *b)
{
    const struct asset *const *first = a, *const *second = b;
    return str_compare((*first)->path, (*second)->path);
}

int assets_open(struct assets *assets, struct arena *arena, const char *templates,
                const char *theme, struct err *err)
{
    *assets = (struct assets){.arena = arena};
    map_init(&assets->by_path, arena);
    put_embedded(assets);
    if (put_folder(assets, templates, templates_prefix, err) ||
        put_folder(assets, theme, theme_prefix, err))
        return -1;
    if (assets->files.count)
        qsort(assets->files.items, assets->files.count, sizeof *assets->files.items, compare_paths);
    return 0;
}

const struct asset *assets_find(const struct assets *assets, struct str path)
{
    return map_get(&assets->by_path, path);
}

/* The address of a style sheet or script by its content; of another file its path. */
static struct str address_of(const struct assets *assets, const struct asset *asset)
{
    struct buf address;
    ptrdiff_t dot = str_find_last(asset->path, '.');
    if (!asset->published ||
        (!str_ends(asset->path, STR(".css")) && !str_ends(asset->path, STR(".js"))))
        return asset->path;
    buf_init(&address, assets->arena);
    buf_put(&address, str_slice(asset->path, 0, (size_t)dot + 1));
    digest_put_hex(&address, digest_of(asset->content));
    address.len = (size_t)dot + 1 + ADDRESS_DIGITS;
    buf_put(&address, str_from_offset(asset->path, (size_t)dot));
    return buf_str(&address);
}

/* The path of a file of the theme that `text` begins with. */
static struct str path_at(struct str text)
{
    size_t len = 0;
    while (len < text.len && (str_is_alnum(text.data[len]) || strchr("./_-", text.data[len])))
        len++;
    return str_slice(text, 0, len);
}

/* A template with the addresses of what it names. */
static struct str with_addresses(const struct assets *assets, struct str text)
{
    static const struct str root = {"{{root}}", 8};
    struct buf out;
    buf_init(&out, assets->arena);
    for (ptrdiff_t at; (at = str_find(text, root)) != STR_NONE;) {
        buf_put(&out, str_slice(text, 0, (size_t)at + root.len));
        text = str_from_offset(text, (size_t)at + root.len);
        struct str path = path_at(text);
        struct asset *asset = map_get(&assets->by_path, path);
        if (!asset)
            continue;
        asset->address = address_of(assets, asset);
        buf_put(&out, asset->address);
        text = str_from_offset(text, path.len);
    }
    buf_put(&out, text);
    return buf_str(&out);
}

bool assets_compile(struct assets *assets, struct templates *templates, struct diags *diags)
{
    bool good = true;
    for (size_t i = 0; i < assets->files.count; i++) {
        const struct asset *asset = assets->files.items[i];
        struct str name = str_from_offset(asset->path, templates_prefix.len);
        if (!str_starts(asset->path, templates_prefix) || !str_ends(name, STR(".mustache")))
            continue;
        name.len -= strlen(".mustache");
        if (!templates_add(templates, name, (struct place){.path = asset->origin},
                           with_addresses(assets, asset->content), diags))
            good = false;
    }
    templates_check(templates, diags);
    return good;
}
