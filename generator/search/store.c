#include "search/store.h"

#include <string.h>

void store_init(struct store *store)
{
    *store = (struct store){0};
    arena_init(&store->arena);
    map_init(&store->files, &store->arena);
}

void store_release(struct store *store)
{
    arena_release(&store->arena);
}

void store_clear(struct store *store)
{
    arena_release(&store->arena);
    store_init(store);
}

void store_begin_search(struct store *store)
{
    if (store->bytes > STORE_BYTES_MAX || store->damage)
        store_clear(store);
}

void store_begin_step(struct store *store)
{
    store->wanted.count = 0;
    store->read = 0;
    store->room = SIZE_MAX;
    store->step++;
}

static struct store_file *find(struct store *store, const struct path *path)
{
    struct str name = {path->text, strlen(path->text)};
    struct store_file *file = map_get(&store->files, name);
    if (file)
        return file;
    file = arena_new(&store->arena, struct store_file);
    file->path = *path;
    *map_at(&store->files, (struct str){file->path.text, name.len}) = file;
    return file;
}

static bool is_wanted(const struct store *store, const struct store_file *file)
{
    for (size_t i = 0; i < store->wanted.count; i++)
        if (store->wanted.items[i] == file)
            return true;
    return false;
}

bool store_get(struct store *store, struct path path, struct str *bytes)
{
    struct store_file *file = find(store, &path);
    *bytes = file->bytes;
    if (file->step != store->step) {
        if (!store->room) {
            store->refused = true;
            return false;
        }
        store->room--;
        store->read += bytes->len;
        file->step = store->step;
    }
    store->waits |= file->state == STORE_WANTED;
    if (file->state == STORE_MISSING)
        store_damaged(store, "a file is missing");
    else if (file->state == STORE_WANTED && !is_wanted(store, file))
        *vec_push(&store->wanted, &store->arena) = file;
    return file->state == STORE_THERE;
}

void store_give(struct store *store, size_t wanted, struct str bytes)
{
    struct store_file *file = store->wanted.items[wanted];
    if (file->path.hash && !paths_fit(file->path.hash, bytes)) {
        store_damaged(store, "a file is not what its name says");
        return;
    }
    file->bytes = bytes;
    file->state = STORE_THERE;
    store->bytes += bytes.len;
}

void store_miss(struct store *store, size_t wanted)
{
    store->wanted.items[wanted]->state = STORE_MISSING;
}

void store_damaged(struct store *store, const char *what)
{
    if (!store->damage)
        store->damage = what;
}
