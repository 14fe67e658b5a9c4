/* How a file gets its place, and what holds when the program is killed in between.
 *
 *   1. its bytes are written to `.naslag/stage/N`     nothing of the site has changed
 *   2. its path goes into the journal, if it is new   known, and not there yet: harmless
 *   3. it is renamed to its path                      there, whole and known
 *
 * A new file never replaces anything: the rename refuses where a file has come meanwhile. Folders
 * are made in the stage too, so that they appear with their mode. In a folder that this build made
 * there is nothing to look at before a file is written; and a folder that files go into stays open,
 * so that the next needs no way to it. Committing:
 *
 *   4. files that are gone are removed                still in the record: harmless, and what is
 *      and folders that this leaves empty             left of them is removed by the next commit
 *   5. the new record is written aside, then renamed  the new one names all that is there, and the
 *                                                     journal at most more than that
 *   6. the journal is removed
 *
 * Removing before recording matters: the other way round, a build killed between the two would
 * leave files that nobody knows. So at every moment each file of the site is whole, old or new, and
 * `files` and `journal` together name all that the program wrote. The next start empties the stage
 * and goes on from there. A build without commit, as one that was given up, is the same as one
 * killed before step 4.
 *
 * Not covered: after a power cut a file may be empty or lack its line in the journal, as nothing
 * but the record is flushed; the next build rewrites the first and names the second as foreign.
 *
 * The record may hold a mark with a file: what it was made of, and its size, inode and time. A
 * build that was killed after it rewrote the file leaves an older mark, which does not fit. */
#include "write/publish.h"

#include "base/vec.h"
#include "write/claims.h"
#include "write/disk.h"
#include "write/output.h"
#include "write/record.h"
#include "write/untouched.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A process may commonly have 1,024 files open; folders beyond these are opened for each file. */
enum {
    STAGE_NAME_SIZE = 24,
    STREAM_SIZE = 64 * 1024,
    FOLDERS_OPEN_MAX = 256,
    NOTE_MAX = 1 << 30 /* bytes */
};

/* What the next build may want to know. */
struct note {
    const char *name;
    struct str bytes;
};

struct publish {
    struct arena arena;
    struct output output;
    atomic_size_t staged;
    atomic_bool given_up;
    pthread_mutex_t mutex; /* guards what follows, and the arena */
    struct record record;
    struct claims claims; /* see there; through claims_of() */
    atomic_bool claims_known;
    unsigned folders_open;
    VEC(struct note) notes; /* written by the commit */
    size_t removed;
    uint64_t kept_bytes; /* of all files, where */
    bool kept_all;       /* nothing is published, as nobody touched any */
    struct err err;      /* the first in order of text, so that it does not depend on threads */
    bool failed;
};

/* Where a file goes. */
struct spot {
    struct publish *publish;
    struct str path;
    struct claim *own;
    int folder;
    char name[NAME_MAX + 1];
    bool fresh; /* this build made the folder */
    bool kept;  /* the folder stays open */
};

struct publish_stream {
    struct arena arena;
    struct spot spot;
    char staged[STAGE_NAME_SIZE];
    int fd;
    bool failed;
    size_t len;  /* of all that was put */
    size_t held; /* bytes in `data` */
    char data[STREAM_SIZE];
};

/* Failures. */

static int fail(struct publish *publish, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static int fail(struct publish *publish, const char *format, ...)
{
    struct err err;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err.message, sizeof err.message, format, arguments);
    va_end(arguments);
    pthread_mutex_lock(&publish->mutex);
    if (!publish->failed || strcmp(err.message, publish->err.message) < 0)
        publish->err = err;
    publish->failed = true;
    pthread_mutex_unlock(&publish->mutex);
    return -1;
}

static int fail_errno(struct publish *publish, const char *what, struct str path)
{
    return fail(publish, "cannot %s '%s/%.*s': %s", what, publish->output.directory, STR_ARGS(path),
                disk_reason(errno));
}

static int fail_in_way(struct publish *publish, const char *what, struct str path)
{
    return fail(publish, "%s is in the way that naslag did not write: '%s/%.*s'", what,
                publish->output.directory, STR_ARGS(path));
}

/* Claims. */

/* Made when the first is asked for: a build that finds all as it was asks for none. */
static struct claims *claims_of(struct publish *publish)
{
    if (atomic_load(&publish->claims_known))
        return &publish->claims;
    pthread_mutex_lock(&publish->mutex);
    if (!atomic_load(&publish->claims_known))
        claims_init(&publish->claims, &publish->record, &publish->arena, &publish->mutex);
    atomic_store(&publish->claims_known, true);
    pthread_mutex_unlock(&publish->mutex);
    return &publish->claims;
}

void publish_prepare(struct publish *publish)
{
    claims_of(publish);
}

/* What is in the way of a path, as a file or as a folder. */
static int clash(struct publish *publish, const struct claim *old, struct str path, bool file)
{
    bool old_file = atomic_load(&old->state) == CLAIM_FILE;
    if (str_equal(old->path, path) && old_file && file)
        return fail(publish, "'%.*s' is published twice", STR_ARGS(path));
    if (str_equal(old->path, path))
        return fail(publish, "'%.*s' would be a file and a folder", STR_ARGS(path));
    bool first = str_compare(old->path, path) < 0;
    struct str a = first ? old->path : path, b = first ? path : old->path;
    return fail(publish, "'%.*s' and '%.*s' differ only in case", STR_ARGS(a), STR_ARGS(b));
}

/* Claims a path for a file, once it is entered. */
static int claim(struct publish *publish, struct claim *own)
{
    const struct claim *stopped, *old = claims_take(claims_of(publish), own, &stopped);
    return old ? clash(publish, old, stopped->path, stopped == own) : 0;
}

/* Claims the path of a spot, and tells what is known of it. */
static int claim_spot(struct spot *spot)
{
    struct publish *publish = spot->publish;
    const struct claim *home;
    spot->own = claims_enter(claims_of(publish), spot->path);
    spot->path = spot->own->path;
    if (claim(publish, spot->own))
        return -1;
    home = spot->own->home;
    pthread_mutex_lock(&publish->mutex);
    spot->folder = home ? home->folder : publish->output.root;
    spot->fresh = home && home->made;
    pthread_mutex_unlock(&publish->mutex);
    spot->kept = spot->folder >= 0;
    return 0;
}

/* Making way: what an earlier build wrote. */

/* A folder of the last build whose place a file takes: no path of this build is below it. */
static void clear_folder(struct publish *publish, struct str path)
{
    pthread_mutex_lock(&publish->mutex);
    for (size_t i = 0; i < publish->record.lines.count; i++) {
        struct str key = record_path(&publish->record.lines.items[i]);
        bool removed;
        if (key.len <= path.len || key.data[path.len] != '/' || !str_starts(key, path))
            continue;
        if (!output_remove_file(&publish->output, key, &removed))
            output_prune(&publish->output, key, path.len - 1);
        publish->removed += removed;
    }
    pthread_mutex_unlock(&publish->mutex);
}

/* A file of the last build whose place a folder takes; what else is there is left. */
static int clear_file(struct publish *publish, struct str path)
{
    bool removed = false;
    int result = 0;
    bool known = claims_find(claims_of(publish), path);
    pthread_mutex_lock(&publish->mutex);
    if (known)
        result = output_remove_file(&publish->output, path, &removed);
    publish->removed += removed;
    pthread_mutex_unlock(&publish->mutex);
    return result;
}

/* Making folders. */

/* With the mutex held. Two threads that want one folder come here one after the other. */
static int make_staged(struct publish *publish, int parent, const char *name, struct claim *claim)
{
    int folder = disk_open_folder(parent, name);
    if (folder >= 0 || errno != ENOENT)
        return folder;
    if (mkdirat(publish->output.stage, OUTPUT_STAGED_FOLDER, DISK_FOLDER_MODE) && errno != EEXIST)
        return -1;
    if (fchmodat(publish->output.stage, OUTPUT_STAGED_FOLDER, DISK_FOLDER_MODE, 0) ||
        renameat(publish->output.stage, OUTPUT_STAGED_FOLDER, parent, name))
        return -1;
    claim->made = true;
    return disk_open_folder(parent, name);
}

static int make_folder(struct publish *publish, int parent, const char *name, struct str path)
{
    struct claim *claim = claims_enter(claims_of(publish), path);
    pthread_mutex_lock(&publish->mutex);
    int folder = make_staged(publish, parent, name, claim);
    pthread_mutex_unlock(&publish->mutex);
    return folder;
}

/* Opens the folder `path`, whose last component is `name`, in `parent`; makes it where it is not
 * there. */
static int enter(struct publish *publish, int parent, const char *name, struct str path)
{
    int folder = disk_open_folder(parent, name);
    if (folder >= 0)
        return folder;
    if (errno == ENOTDIR && clear_file(publish, path))
        return fail_errno(publish, "remove", path);
    folder = make_folder(publish, parent, name, path);
    if (folder >= 0)
        return folder;
    return errno == ENOTDIR ? fail_in_way(publish, "something", path)
                            : fail_errno(publish, "make folder", path);
}

/* Opens the folder of a spot, and those that it is in; makes what is not there. */
static int open_home(struct spot *spot)
{
    struct publish *publish = spot->publish;
    struct str home = spot->own->home->path, rest = home;
    int folder = publish->output.root;
    while (rest.data && folder >= 0) {
        if (output_name(str_cut(&rest, '/'), spot->name)) {
            output_leave(&publish->output, folder);
            return fail_errno(publish, "write", spot->path);
        }
        size_t len = rest.data ? (size_t)(rest.data - home.data) - 1 : home.len;
        int next = enter(publish, folder, spot->name, str_slice(home, 0, len));
        output_leave(&publish->output, folder);
        folder = next;
    }
    spot->folder = folder;
    return folder < 0 ? -1 : 0;
}

/* Keeps the folder open for those that come after, if it may; else leave() closes it. */
static void keep(struct spot *spot)
{
    struct publish *publish = spot->publish;
    pthread_mutex_lock(&publish->mutex);
    spot->kept = spot->own->home->folder < 0 && publish->folders_open < FOLDERS_OPEN_MAX;
    if (spot->kept)
        spot->own->home->folder = spot->folder;
    publish->folders_open += spot->kept;
    spot->fresh = spot->own->home->made;
    pthread_mutex_unlock(&publish->mutex);
}

static void leave(const struct spot *spot)
{
    if (!spot->kept)
        output_leave(&spot->publish->output, spot->folder);
}

/* Finds the spot of a path, whose folders it makes. */
static int reach(struct spot *spot)
{
    size_t start = spot->own->home ? spot->own->home->path.len + 1 : 0;
    if (!spot->kept) {
        if (open_home(spot))
            return -1;
        keep(spot);
    }
    if (!output_name(str_from_offset(spot->path, start), spot->name))
        return 0;
    fail_errno(spot->publish, "write", spot->path);
    leave(spot);
    spot->folder = -1;
    return -1;
}

static int take_spot(struct publish *publish, struct str path, struct spot *spot)
{
    const char *why = record_refuses(path);
    *spot = (struct spot){.publish = publish, .path = path, .folder = -1};
    if (why)
        return fail(publish, "'%.*s' cannot be written: the path %s", STR_ARGS(path), why);
    return publish->given_up || claim_spot(spot) || reach(spot) ? -1 : 0;
}

/* Placing files. */

enum look { LOOK_FAILED, LOOK_NOTHING, LOOK_OURS };

static enum look in_way(const struct spot *spot, const char *what)
{
    fail_in_way(spot->publish, what, spot->path);
    return LOOK_FAILED;
}

static enum look look_at(const struct spot *spot, int fd, struct stat *status)
{
    if (fstat(fd, status)) {
        fail_errno(spot->publish, "read", spot->path);
        return LOOK_FAILED;
    }
    if (!S_ISREG(status->st_mode))
        return in_way(spot, S_ISDIR(status->st_mode) ? "a folder" : "something");
    if (!spot->own->was)
        return in_way(spot, "a file");
    if ((status->st_mode & 07777) != DISK_FILE_MODE && fchmod(fd, DISK_FILE_MODE)) {
        fail_errno(spot->publish, "set the mode of", spot->path);
        return LOOK_FAILED;
    }
    return LOOK_OURS;
}

static int open_there(const struct spot *spot)
{
    int fd = disk_open(spot->folder, spot->name, O_RDONLY | O_NONBLOCK);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) || !S_ISDIR(status.st_mode))
        return fd;
    close(fd);
    clear_folder(spot->publish, spot->path);
    return disk_open(spot->folder, spot->name, O_RDONLY | O_NONBLOCK);
}

/* What is at the spot. `*fd` is an open file of ours, or -1. */
static enum look look(const struct spot *spot, int *fd, struct stat *status)
{
    enum look result;
    *fd = -1;
    if (spot->fresh)
        return LOOK_NOTHING;
    *fd = open_there(spot);
    if (*fd >= 0) {
        result = look_at(spot, *fd, status);
    } else if (errno == ENOENT) {
        return LOOK_NOTHING;
    } else if (errno == ELOOP || errno == ENXIO) {
        return in_way(spot, errno == ELOOP ? "a link" : "something");
    } else {
        fail_errno(spot->publish, "read", spot->path);
        return LOOK_FAILED;
    }
    if (result != LOOK_OURS) {
        close(*fd);
        *fd = -1;
    }
    return result;
}

static int open_staged(struct publish *publish, char name[STAGE_NAME_SIZE])
{
    snprintf(name, STAGE_NAME_SIZE, "%zu", atomic_fetch_add(&publish->staged, 1));
    return disk_open(publish->output.stage, name, O_RDWR | O_CREAT | O_EXCL);
}

static void drop_staged(const struct publish *publish, const char *name)
{
    int error = errno;
    unlinkat(publish->output.stage, name, 0);
    errno = error;
}

static int note_path(const struct spot *spot)
{
    struct publish *publish = spot->publish;
    if (spot->own->was)
        return 0;
    pthread_mutex_lock(&publish->mutex);
    int result = record_add(&publish->record, spot->path);
    pthread_mutex_unlock(&publish->mutex);
    return result;
}

/* Not every file system can refuse to replace: then the look before must do. */
static int rename_new(const struct publish *publish, const char *name, const struct spot *spot)
{
    if (!renameat2(publish->output.stage, name, spot->folder, spot->name, RENAME_NOREPLACE))
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    return renameat(publish->output.stage, name, spot->folder, spot->name);
}

static int place(const struct spot *spot, const char *staged, enum look there)
{
    struct publish *publish = spot->publish;
    int result = note_path(spot);
    if (!result)
        result = there == LOOK_OURS
                     ? renameat(publish->output.stage, staged, spot->folder, spot->name)
                     : rename_new(publish, staged, spot);
    if (!result)
        return 0;
    drop_staged(publish, staged);
    return errno == EEXIST ? fail_in_way(publish, "a file", spot->path)
                           : fail_errno(publish, "write", spot->path);
}

/* Nobody else has the claim of a file. */
static void set_mark(struct publish *publish, struct claim *file, const struct record_mark *mark)
{
    pthread_mutex_lock(&publish->mutex);
    struct record_mark *kept = arena_new(&publish->arena, struct record_mark);
    pthread_mutex_unlock(&publish->mutex);
    *kept = *mark;
    file->mark = kept;
    file->size = mark->size;
}

/* Without an origin, or a look at the file, only its size is known. */
static void mark(const struct spot *spot, size_t size, struct origin origin,
                 const struct stat *status)
{
    struct record_mark mark = {.size = size};
    if (status)
        mark = (struct record_mark){.made_of = origin.made_of,
                                    .grounds = origin.grounds,
                                    .size = (uint64_t)status->st_size,
                                    .inode = status->st_ino,
                                    .seconds = status->st_mtim.tv_sec,
                                    .nanoseconds = status->st_mtim.tv_nsec};
    set_mark(spot->publish, spot->own, &mark);
}

static int write_staged(const struct spot *spot, struct str content, struct origin origin,
                        enum look there)
{
    struct publish *publish = spot->publish;
    struct stat status;
    char name[STAGE_NAME_SIZE];
    int fd = open_staged(publish, name);
    if (fd < 0)
        return fail_errno(publish, "write", spot->path);
    int result = disk_write(fd, content), error = errno;
    bool marked = !result && !digest_equal(origin.made_of, DIGEST_NONE) && !fstat(fd, &status);
    mark(spot, content.len, origin, marked ? &status : NULL);
    int finished = disk_finish(fd);
    if (result || finished) {
        errno = result ? error : errno;
        drop_staged(publish, name);
        return fail_errno(publish, "write", spot->path);
    }
    return place(spot, name, there);
}

int publish_made(struct publish *publish, struct str path, struct str content, struct origin origin)
{
    struct spot spot;
    struct stat status;
    int fd, result = -1;
    if (take_spot(publish, path, &spot))
        return -1;
    enum look there = look(&spot, &fd, &status);
    bool same =
        there == LOOK_OURS && (size_t)status.st_size == content.len && disk_holds(fd, content);
    if (fd >= 0)
        close(fd);
    if (same)
        mark(&spot, content.len, origin, &status);
    if (there != LOOK_FAILED)
        result = same ? 0 : write_staged(&spot, content, origin, there);
    spot.own->written = !same;
    leave(&spot);
    return result;
}

static bool is_untouched(const struct publish *publish, struct str path,
                         const struct record_mark *mark)
{
    char name[RECORD_PATH_MAX + 1];
    memcpy(name, path.data, path.len);
    name[path.len] = '\0';
    return untouched(publish->output.root, name, mark);
}

static bool same(struct digest a, struct digest b)
{
    return digest_equal(a, b) && !digest_equal(a, DIGEST_NONE);
}

/* The file of the last build with that path, where it has the same origin and is untouched; or
 * NULL.
 */
static struct claim *find_same(struct publish *publish, struct str path, struct origin origin,
                               struct record_mark *mark)
{
    struct claim *found = claims_find(claims_of(publish), path);
    if (!found)
        return NULL;
    *mark = record_mark_of(found->was);
    bool fits = same(mark->grounds, origin.grounds) || same(mark->made_of, origin.made_of);
    return fits && is_untouched(publish, path, mark) ? found : NULL;
}

int publish_open_last(struct publish *publish, struct str path, struct digest made_of)
{
    char name[NAME_MAX + 1];
    if (!publish_holds(publish, path, made_of))
        return -1;
    int folder = output_find(&publish->output, path, name);
    if (folder < 0)
        return -1;
    int fd = disk_open(folder, name, O_RDONLY);
    output_leave(&publish->output, folder);
    return fd;
}

bool publish_holds(struct publish *publish, struct str path, struct digest made_of)
{
    struct record_mark mark;
    return find_same(publish, path, (struct origin){.made_of = made_of}, &mark) != NULL;
}

/* The file of the last build becomes one of this build, as its line says. */
static bool take(struct publish *publish, struct claim *file, uint64_t size)
{
    if (claim(publish, file))
        return false;
    file->size = size;
    return true;
}

/* What the file is made of need not be known any more. */
bool publish_keep(struct publish *publish, struct str path, struct origin origin)
{
    struct record_mark mark;
    struct claim *found = find_same(publish, path, origin, &mark);
    if (!found || !take(publish, found, mark.size))
        return false;
    if (digest_equal(mark.grounds, origin.grounds))
        return true;
    mark.grounds = origin.grounds;
    set_mark(publish, found, &mark);
    return true;
}

bool publish_keep_as(struct publish *publish, struct str path, struct digest was, struct digest now)
{
    struct record_mark mark;
    struct claim *found = find_same(publish, path, (struct origin){.made_of = was}, &mark);
    if (!found || !take(publish, found, mark.size))
        return false;
    mark.made_of = now;
    set_mark(publish, found, &mark);
    return true;
}

void publish_take(struct publish *publish, struct str path)
{
    struct claim *found = claims_find(claims_of(publish), path);
    if (found)
        take(publish, found, record_mark_of(found->was).size);
}

struct digest publish_record(const struct publish *publish)
{
    struct arena scratch;
    struct buf bytes;
    arena_init(&scratch);
    buf_init(&bytes, &scratch);
    bool told = record_identify(publish->output.own, &bytes);
    struct digest digest = told ? digest_of(buf_str(&bytes)) : DIGEST_NONE;
    arena_release(&scratch);
    return digest;
}

bool publish_keep_all(struct publish *publish, unsigned workers)
{
    publish->kept_all =
        untouched_all(&publish->output, &publish->record, workers, &publish->kept_bytes);
    return publish->kept_all;
}

/* A file of which nothing else is told is made of its own bytes. */
int publish_file(struct publish *publish, struct str path, struct str content)
{
    struct origin origin = {.made_of = digest_of(content)};
    if (publish_keep(publish, path, origin))
        return 0;
    return publish_made(publish, path, content, origin);
}

/* Streams. */

struct publish_stream *publish_stream_open(struct publish *publish, struct str path)
{
    struct arena arena;
    arena_init(&arena);
    struct publish_stream *stream = arena_new(&arena, struct publish_stream);
    stream->arena = arena;
    stream->fd = -1;
    stream->failed = take_spot(publish, path, &stream->spot) != 0;
    if (stream->failed)
        return stream;
    stream->fd = open_staged(publish, stream->staged);
    if (stream->fd < 0) {
        fail_errno(publish, "write", stream->spot.path);
        stream->failed = true;
    }
    return stream;
}

static void note_failure(struct publish_stream *stream, int status)
{
    if (status)
        fail_errno(stream->spot.publish, "write", stream->spot.path);
    stream->failed = stream->failed || status;
}

/* Writes what is held. */
static void flush(struct publish_stream *stream)
{
    if (!stream->failed)
        note_failure(stream, disk_write(stream->fd, (struct str){stream->data, stream->held}));
    stream->held = 0;
}

void publish_stream_put(struct publish_stream *stream, struct str piece)
{
    stream->len += piece.len;
    if (piece.len > STREAM_SIZE - stream->held)
        flush(stream);
    if (piece.len > STREAM_SIZE && !stream->failed) {
        note_failure(stream, disk_write(stream->fd, piece));
    } else if (piece.len <= STREAM_SIZE && piece.len) {
        memcpy(stream->data + stream->held, piece.data, piece.len);
        stream->held += piece.len;
    }
}

void publish_stream_copy(struct publish_stream *stream, int file, uint64_t offset, uint64_t len)
{
    stream->len += len;
    flush(stream);
    if (!stream->failed)
        note_failure(stream, disk_copy(file, (off_t)offset, len, stream->fd));
}

static bool same_as_staged(const struct publish_stream *stream, int fd, size_t size)
{
    return size == stream->len && lseek(stream->fd, 0, SEEK_SET) == 0 && disk_same(fd, stream->fd);
}

/* With all bytes staged: leaves the file that is there, or puts the new one in its place. */
static int settle(struct publish_stream *stream, struct digest made_of)
{
    struct publish *publish = stream->spot.publish;
    int fd;
    struct stat status, staged;
    enum look there = look(&stream->spot, &fd, &status);
    bool same = there == LOOK_OURS && same_as_staged(stream, fd, (size_t)status.st_size);
    if (fd >= 0)
        close(fd);
    bool marked = same || !fstat(stream->fd, &staged);
    mark(&stream->spot, stream->len, (struct origin){.made_of = made_of},
         same     ? &status
         : marked ? &staged
                  : NULL);
    stream->spot.own->written = !same;
    int finished = disk_finish(stream->fd);
    stream->fd = -1;
    if (finished)
        fail_errno(publish, "write", stream->spot.path);
    if (finished || same || there == LOOK_FAILED)
        drop_staged(publish, stream->staged);
    if (finished || there == LOOK_FAILED)
        return -1;
    return same ? 0 : place(&stream->spot, stream->staged, there);
}

int publish_stream_close_made(struct publish_stream *stream, struct digest made_of)
{
    flush(stream);
    int result = stream->failed || stream->spot.publish->given_up ? -1 : settle(stream, made_of);
    if (stream->fd >= 0) {
        close(stream->fd);
        drop_staged(stream->spot.publish, stream->staged);
    }
    leave(&stream->spot);
    struct arena arena = stream->arena;
    arena_release(&arena);
    return result;
}

int publish_stream_close(struct publish_stream *stream)
{
    return publish_stream_close_made(stream, DIGEST_NONE);
}

/* Notes. */

bool publish_get_note(struct publish *publish, const char *name, struct arena *arena,
                      struct str *out)
{
    return disk_read(arena, publish->output.own, name, NOTE_MAX, out) == 0;
}

void publish_put_note(struct publish *publish, const char *name, struct str bytes)
{
    pthread_mutex_lock(&publish->mutex);
    *vec_push(&publish->notes, &publish->arena) =
        (struct note){name, str_copy(&publish->arena, bytes)};
    pthread_mutex_unlock(&publish->mutex);
}

/* A note that can't be written is none. */
static void write_notes(struct publish *publish)
{
    for (size_t i = 0; i < publish->notes.count; i++) {
        const struct note *note = &publish->notes.items[i];
        unlinkat(publish->output.own, note->name, 0);
        int fd = disk_open(publish->output.own, note->name, O_WRONLY | O_CREAT | O_EXCL);
        if (fd >= 0 && (disk_write(fd, note->bytes) | disk_finish(fd)))
            unlinkat(publish->output.own, note->name, 0);
    }
}

static struct publish *open_output(const char *directory, bool waits, struct err *err)
{
    struct arena arena;
    arena_init(&arena);
    struct publish *publish = arena_new(&arena, struct publish);
    output_init(&publish->output, str_cstring(&arena, str_from(directory)));
    publish->output.waits = waits;
    publish->record.journal = -1;
    publish->arena = arena;
    pthread_mutex_init(&publish->mutex, NULL);
    if (!output_open(&publish->output, err) &&
        !record_open(&publish->record, &publish->arena, publish->output.own, err))
        return publish;
    publish_free(publish);
    return NULL;
}

struct publish *publish_open(const char *directory, struct err *err)
{
    return open_output(directory, false, err);
}

struct publish *publish_wait(const char *directory, struct err *err)
{
    return open_output(directory, true, err);
}

void publish_free(struct publish *publish)
{
    if (!publish)
        return;
    for (size_t i = 0; i < publish->claims.folders.count; i++)
        if (publish->claims.folders.items[i]->folder >= 0)
            close(publish->claims.folders.items[i]->folder);
    record_release(&publish->record);
    output_release(&publish->output);
    pthread_mutex_destroy(&publish->mutex);
    struct arena arena = publish->arena;
    arena_release(&arena);
}

/* Committing. */

void publish_give_up(struct publish *publish)
{
    publish->given_up = true;
}

/* Files that were kept were looked at by their whole paths, and those follow links: a folder that
 * was not opened must be one itself. Those that it is in are among the claims too. */
static int check_folders(struct publish *publish)
{
    char name[RECORD_PATH_MAX + 1];
    for (size_t i = 0; i < publish->claims.folders.count; i++) {
        const struct claim *claim = publish->claims.folders.items[i];
        struct stat status;
        if (atomic_load(&claim->state) != CLAIM_FOLDER || claim->folder >= 0)
            continue;
        memcpy(name, claim->path.data, claim->path.len);
        name[claim->path.len] = '\0';
        if (fstatat(publish->output.root, name, &status, AT_SYMLINK_NOFOLLOW))
            return fail_errno(publish, "read", claim->path);
        if (!S_ISDIR(status.st_mode))
            return fail_in_way(publish, "something", claim->path);
    }
    return 0;
}

static bool is_published(const struct claim *claim)
{
    return atomic_load(&claim->state) == CLAIM_FILE;
}

static int remove_gone(struct publish *publish)
{
    for (size_t i = 0; i < claims_count(claims_of(publish)); i++) {
        const struct claim *claim = claims_at(claims_of(publish), i);
        bool removed;
        if (!claim->was || is_published(claim))
            continue;
        if (output_remove_file(&publish->output, claim->path, &removed))
            return fail_errno(publish, "remove", claim->path);
        publish->removed += removed;
        output_prune(&publish->output, claim->path, 0);
    }
    return 0;
}

static int by_path(const void *left, const void *right)
{
    const struct record_file *a = left, *b = right;
    return str_compare(a->path, b->path);
}

/* Most stand in order, as they did in the last record; the rest is put in order and among them. */
static struct record_file *sort_files(struct arena *arena, struct record_file *files, size_t count)
{
    struct record_file *sorted = arena_new_array(arena, count, struct record_file);
    size_t first = count ? 1 : 0, old = 0;
    while (first < count && by_path(&files[first - 1], &files[first]) < 0)
        first++;
    if (first == count)
        return files;
    qsort(files + first, count - first, sizeof *files, by_path);
    for (size_t i = 0, new = first; i < count; i++) {
        bool takes_old = new == count || (old < first && by_path(&files[old], &files[new]) < 0);
        sorted[i] = files[takes_old ? old++ : new ++];
    }
    return sorted;
}

/* All files of this build. Lines of the last record hold where nothing else became known. */
static struct record_file *list_files(struct publish *publish, size_t *count)
{
    const struct claims *claims = claims_of(publish);
    struct record_file *files =
        arena_new_array(&publish->arena, claims_count(claims), struct record_file);
    *count = 0;
    for (size_t i = 0; i < claims_count(claims); i++) {
        const struct claim *claim = claims_at(claims, i);
        if (is_published(claim))
            files[(*count)++] =
                (struct record_file){claim->path, claim->mark, claim->mark ? NULL : claim->was};
    }
    return sort_files(&publish->arena, files, *count);
}

static int complete_record(struct publish *publish)
{
    size_t count;
    const struct record_file *files = list_files(publish, &count);
    if (record_complete(&publish->record, files, count))
        return fail_errno(publish, "write the record in", STR(OUTPUT_OWN_FOLDER));
    return 0;
}

static struct publish_counts count_files(struct publish *publish)
{
    struct publish_counts counts = {.removed = publish->removed};
    for (size_t i = 0; i < claims_count(claims_of(publish)); i++) {
        const struct claim *claim = claims_at(claims_of(publish), i);
        if (!is_published(claim))
            continue;
        counts.written += claim->written;
        counts.unchanged += !claim->written;
        counts.bytes += (size_t)claim->size;
    }
    return counts;
}

/* All that is left to do where all files were kept. */
static int end_as_it_was(struct publish *publish, struct publish_counts *counts, struct err *err)
{
    *counts = (struct publish_counts){.unchanged = publish->record.listed,
                                      .bytes = (size_t)publish->kept_bytes};
    if (record_leave(&publish->record)) {
        fail_errno(publish, "write the record in", STR(OUTPUT_OWN_FOLDER));
        *err = publish->err;
        return -1;
    }
    output_discard_stage(&publish->output);
    return 0;
}

int publish_commit(struct publish *publish, struct publish_counts *counts, struct err *err)
{
    if (publish->given_up)
        return 1;
    if (publish->kept_all)
        return end_as_it_was(publish, counts, err);
    if (publish->failed || check_folders(publish) || remove_gone(publish) ||
        complete_record(publish)) {
        *err = publish->err;
        return -1;
    }
    write_notes(publish);
    output_discard_stage(&publish->output);
    *counts = count_files(publish);
    return 0;
}
