/* SQLite holds the files, because it notices when one is damaged and because programs that use one
 * file at a time keep out of each other's way. Nothing is flushed to the disk and there is no
 * journal on it: what a power cut leaves is damaged, which is noticed, or a value that fails its
 * digest. */
#include "base/cache.h"

#include "base/arena.h"
#include "base/pool.h"

#include <sqlite3.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PATIENCE = 2000,               /* milliseconds to wait for another program */
    WAITING_MAX = 4 * 1024 * 1024, /* bytes that a user holds before they are written */
    VALUE_MAX = 256 * 1024 * 1024, /* bytes: less than SQLite takes */
    FORM = 1,                      /* of the files: one of another form is made anew */
    FOLDER_MODE = 0700,            /* what documents say is nobody else's */
    PATH_SIZE = 4096
};

enum { RECENT, EARLIER, FILES };

static const char *const file_names[FILES] = {[RECENT] = "recent", [EARLIER] = "earlier"};

/* One file, as one thread has it open. */
struct shelf {
    sqlite3 *connection;
    sqlite3_stmt *select;
};

struct user {
    struct shelf shelves[FILES];
    struct arena arena; /* of `waiting` */
    struct buf waiting; /* to be written: the key, the length, the bytes */
};

struct cache {
    struct arena arena;
    struct str folder;
    int lock;
    unsigned user_count;
    uint64_t size_max;
    struct user users[POOL_MAX];
    pthread_mutex_t mutex; /* of what follows */
    sqlite3 *writer;
    sqlite3_stmt *insert;
    bool damaged[FILES];
};

static void path_of(const struct cache *cache, int file, char path[PATH_SIZE])
{
    snprintf(path, PATH_SIZE, "%.*s/%s", STR_ARGS(cache->folder), file_names[file]);
}

static void note(struct cache *cache, int file, int status)
{
    if ((status & 0xFF) == SQLITE_BUSY || (status & 0xFF) == SQLITE_LOCKED)
        return;
    pthread_mutex_lock(&cache->mutex);
    cache->damaged[file] = true;
    pthread_mutex_unlock(&cache->mutex);
}

/* Opening. */

/* Something else that stands there may keep who opens it waiting, as a pipe does. */
static bool may_open(const char *path)
{
    struct stat status;
    return lstat(path, &status) ? errno == ENOENT : S_ISREG(status.st_mode);
}

static sqlite3 *connect(const struct cache *cache, int file, int flags)
{
    char path[PATH_SIZE];
    sqlite3 *connection = NULL;
    path_of(cache, file, path);
    if (!may_open(path))
        return NULL;
    if (sqlite3_open_v2(path, &connection, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW,
                        NULL) == SQLITE_OK &&
        sqlite3_busy_timeout(connection, PATIENCE) == SQLITE_OK &&
        sqlite3_exec(connection, "PRAGMA cell_size_check = ON", NULL, NULL, NULL) == SQLITE_OK)
        return connection;
    sqlite3_close(connection);
    return NULL;
}

static int form_of(sqlite3 *connection)
{
    sqlite3_stmt *statement = NULL;
    int form = -1;
    if (sqlite3_prepare_v2(connection, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        form = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return form;
}

static void remove_file(const struct cache *cache, int file)
{
    char path[PATH_SIZE];
    path_of(cache, file, path);
    unlink(path);
}

static bool prepare_writing(struct cache *cache)
{
    char make[256];
    snprintf(make, sizeof make,
             "PRAGMA page_size = 16384; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
             "CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, value BLOB);"
             "PRAGMA user_version = %d",
             FORM);
    return cache->writer && sqlite3_exec(cache->writer, make, NULL, NULL, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(cache->writer, "INSERT OR REPLACE INTO entry VALUES (?, ?)", -1,
                              &cache->insert, NULL) == SQLITE_OK;
}

static void stop_writing(struct cache *cache)
{
    sqlite3_finalize(cache->insert);
    sqlite3_close(cache->writer);
    cache->insert = NULL;
    cache->writer = NULL;
}

/* The file that is written to; one that is damaged or of another form is made anew. */
static bool open_writer(struct cache *cache)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    for (int attempt = 0; attempt < 2; attempt++) {
        cache->writer = connect(cache, RECENT, flags);
        int form = cache->writer ? form_of(cache->writer) : -1;
        if ((form == 0 || form == FORM) && prepare_writing(cache))
            return true;
        stop_writing(cache);
        if (!attempt)
            remove_file(cache, RECENT);
    }
    return false;
}

static void open_shelf(struct cache *cache, int file, struct shelf *shelf)
{
    shelf->connection = connect(cache, file, SQLITE_OPEN_READONLY);
    if (!shelf->connection || form_of(shelf->connection) != FORM ||
        sqlite3_prepare_v2(shelf->connection, "SELECT value FROM entry WHERE key = ?", -1,
                           &shelf->select, NULL) != SQLITE_OK) {
        sqlite3_close(shelf->connection);
        *shelf = (struct shelf){0};
    }
}

/* Who uses the files shares the lock; who removes one has it alone. */
static int open_lock(const struct cache *cache)
{
    char path[PATH_SIZE];
    snprintf(path, PATH_SIZE, "%.*s/lock", STR_ARGS(cache->folder));
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock >= 0 && flock(lock, LOCK_SH)) {
        close(lock);
        return -1;
    }
    return lock;
}

/* With the folders that it lies in. */
static bool make_folder(const char *folder)
{
    char path[PATH_SIZE];
    size_t len = strlen(folder);
    if (!len || len > PATH_SIZE / 2)
        return false;
    for (size_t i = 1; i <= len; i++) {
        if (i < len && folder[i] != '/')
            continue;
        memcpy(path, folder, i);
        path[i] = '\0';
        if (mkdir(path, FOLDER_MODE) && errno != EEXIST)
            return false;
    }
    return true;
}

struct cache *cache_open(const char *folder, unsigned users, uint64_t size_max)
{
    struct arena arena;
    if (!make_folder(folder))
        return NULL;
    arena_init(&arena);
    struct cache *cache = arena_new(&arena, struct cache);
    cache->folder = str_copy(&arena, str_from(folder));
    cache->arena = arena;
    cache->user_count = users;
    cache->size_max = size_max;
    pthread_mutex_init(&cache->mutex, NULL);
    for (unsigned i = 0; i < users; i++) {
        arena_init(&cache->users[i].arena);
        buf_init(&cache->users[i].waiting, &cache->users[i].arena);
    }
    cache->lock = open_lock(cache);
    if (cache->lock < 0 || !open_writer(cache)) {
        cache_close(cache);
        return NULL;
    }
    for (unsigned i = 0; i < users; i++)
        for (int file = 0; file < FILES; file++)
            open_shelf(cache, file, &cache->users[i].shelves[file]);
    return cache;
}

/* Getting. */

static struct digest seal(struct arena *scratch, struct digest key, struct str bytes)
{
    struct buf all;
    buf_init(&all, scratch);
    buf_reserve(&all, DIGEST_SIZE * 2);
    digest_put(&all, key);
    digest_put(&all, digest_of(bytes));
    return digest_of(buf_str(&all));
}

/* A value is its seal and its bytes. */
static bool unseal(struct arena *arena, struct digest key, struct str value, struct str *out)
{
    if (value.len < DIGEST_SIZE)
        return false;
    struct digest claimed = digest_from((const unsigned char *)value.data);
    struct str bytes = str_from_offset(value, DIGEST_SIZE);
    if (!digest_equal(claimed, seal(arena, key, bytes)))
        return false;
    *out = str_copy(arena, bytes);
    return true;
}

static struct str key_bytes(struct arena *arena, struct digest key)
{
    struct buf bytes;
    buf_init(&bytes, arena);
    digest_put(&bytes, key);
    return buf_str(&bytes);
}

static bool find(struct cache *cache, const struct shelf *shelf, int file, struct digest key,
                 struct arena *arena, struct str *out)
{
    struct str bytes = key_bytes(arena, key);
    bool found = false;
    if (!shelf->select)
        return false;
    sqlite3_bind_blob(shelf->select, 1, bytes.data, (int)bytes.len, SQLITE_STATIC);
    int status = sqlite3_step(shelf->select);
    if (status == SQLITE_ROW) {
        const char *value = sqlite3_column_blob(shelf->select, 0);
        size_t len = (size_t)sqlite3_column_bytes(shelf->select, 0);
        found = value && unseal(arena, key, (struct str){value, len}, out);
        status = found ? SQLITE_DONE : SQLITE_CORRUPT;
    }
    sqlite3_reset(shelf->select);
    if (status != SQLITE_DONE)
        note(cache, file, status);
    return found;
}

bool cache_get(struct cache *cache, unsigned user, struct digest key, struct arena *arena,
               struct str *out)
{
    if (!cache)
        return false;
    const struct shelf *shelves = cache->users[user].shelves;
    if (find(cache, &shelves[RECENT], RECENT, key, arena, out))
        return true;
    if (!find(cache, &shelves[EARLIER], EARLIER, key, arena, out))
        return false;
    cache_put(cache, user, key, *out);
    return true;
}

/* Putting. */

static int run(struct cache *cache, const char *sql)
{
    return sqlite3_exec(cache->writer, sql, NULL, NULL, NULL);
}

static int insert(struct cache *cache, struct str key, struct str value)
{
    sqlite3_bind_blob(cache->insert, 1, key.data, (int)key.len, SQLITE_STATIC);
    sqlite3_bind_blob(cache->insert, 2, value.data, (int)value.len, SQLITE_STATIC);
    int status = sqlite3_step(cache->insert);
    sqlite3_reset(cache->insert);
    return status == SQLITE_DONE ? SQLITE_OK : status;
}

static int insert_all(struct cache *cache, struct str waiting)
{
    int status = SQLITE_OK;
    while (waiting.len && status == SQLITE_OK) {
        uint64_t len;
        struct str key = str_slice(waiting, 0, DIGEST_SIZE);
        memcpy(&len, waiting.data + DIGEST_SIZE, sizeof len);
        waiting = str_from_offset(waiting, DIGEST_SIZE + sizeof len);
        status = insert(cache, key, str_slice(waiting, 0, (size_t)len));
        waiting = str_from_offset(waiting, (size_t)len);
    }
    return status;
}

static void write_waiting(struct cache *cache, struct user *user)
{
    pthread_mutex_lock(&cache->mutex);
    bool able = cache->writer && !cache->damaged[RECENT];
    int status = able ? run(cache, "BEGIN IMMEDIATE") : SQLITE_OK;
    if (able && status == SQLITE_OK) {
        status = insert_all(cache, buf_str(&user->waiting));
        int ended = run(cache, status == SQLITE_OK ? "COMMIT" : "ROLLBACK");
        if (ended != SQLITE_OK)
            run(cache, "ROLLBACK");
        status = status == SQLITE_OK ? ended : status;
    }
    pthread_mutex_unlock(&cache->mutex);
    if (status != SQLITE_OK)
        note(cache, RECENT, status);
    arena_clear(&user->arena);
    buf_init(&user->waiting, &user->arena);
}

void cache_put(struct cache *cache, unsigned user, struct digest key, struct str bytes)
{
    if (!cache || bytes.len > VALUE_MAX)
        return;
    struct user *own = &cache->users[user];
    uint64_t len = DIGEST_SIZE + bytes.len;
    struct digest sealed = seal(&own->arena, key, bytes);
    digest_put(&own->waiting, key);
    buf_put(&own->waiting, (struct str){(const char *)&len, sizeof len});
    digest_put(&own->waiting, sealed);
    buf_put(&own->waiting, bytes);
    if (own->waiting.len > WAITING_MAX)
        write_waiting(cache, own);
}

/* Closing. */

static uint64_t size_of(const struct cache *cache, int file)
{
    char path[PATH_SIZE];
    struct stat status;
    path_of(cache, file, path);
    return stat(path, &status) ? 0 : (uint64_t)status.st_size;
}

/* Where nobody else uses the files: away with what is damaged, and what is recent grows old, or
 * goes where it cannot. */
static void tidy(const struct cache *cache)
{
    char recent[PATH_SIZE], earlier[PATH_SIZE];
    bool full = size_of(cache, RECENT) > cache->size_max / 2;
    if (!full && !cache->damaged[RECENT] && !cache->damaged[EARLIER])
        return;
    if (flock(cache->lock, LOCK_EX | LOCK_NB))
        return;
    for (int file = 0; file < FILES; file++)
        if (cache->damaged[file])
            remove_file(cache, file);
    path_of(cache, RECENT, recent);
    path_of(cache, EARLIER, earlier);
    if (full && !cache->damaged[RECENT] && rename(recent, earlier))
        remove_file(cache, RECENT);
}

void cache_close(struct cache *cache)
{
    if (!cache)
        return;
    for (unsigned i = 0; i < cache->user_count; i++) {
        struct user *user = &cache->users[i];
        if (user->waiting.len)
            write_waiting(cache, user);
        for (int file = 0; file < FILES; file++) {
            sqlite3_finalize(user->shelves[file].select);
            sqlite3_close(user->shelves[file].connection);
        }
        arena_release(&user->arena);
    }
    stop_writing(cache);
    if (cache->lock >= 0) {
        tidy(cache);
        close(cache->lock);
    }
    pthread_mutex_destroy(&cache->mutex);
    struct arena arena = cache->arena;
    arena_release(&arena);
}
