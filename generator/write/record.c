#include "write/record.h"

#include "base/arena.h"
#include "base/buf.h"
#include "write/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES "files"
#define FILES_ASIDE "files.new"
#define JOURNAL "journal"
#define HEADER "naslag files 1"

enum { RECORD_MAX = 1 << 30 }; /* bytes: a million paths of a thousand bytes */

static int exists(int folder, const char *name)
{
    struct stat status;
    if (!fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW))
        return 1;
    return errno == ENOENT ? 0 : -1;
}

int record_exists(int folder)
{
    int files = exists(folder, FILES);
    return files ? files : exists(folder, JOURNAL);
}

static const char *refuses_component(struct str name, bool first)
{
    if (!name.len)
        return "has an empty component";
    if (str_equal(name, STR(".")) || str_equal(name, STR("..")))
        return "has a component '.' or '..'";
    /* Without regard to case, as the disk may have none. */
    if (first && str_equal_nocase(name, STR(".naslag")))
        return "is inside the program's own folder";
    return NULL;
}

const char *record_refuses(struct str path)
{
    if (path.len > RECORD_PATH_MAX)
        return "is too long";
    for (size_t i = 0; i < path.len; i++)
        if ((unsigned char)path.data[i] < 0x20 || path.data[i] == 0x7F)
            return "has a control character";
    struct str rest = path;
    const char *why = refuses_component(str_cut(&rest, '/'), true);
    while (!why && rest.data)
        why = refuses_component(str_cut(&rest, '/'), false);
    return why;
}

static void learn(struct record *record, struct str path)
{
    *map_at(&record->known, path) = record;
}

/* Learns every line; returns -1 and says which is damaged. */
static int learn_lines(struct record *record, const char *name, struct str lines, struct err *err)
{
    for (size_t number = 1; lines.len; number++) {
        struct str line = str_cut(&lines, '\n');
        const char *why = number == 1 && !strcmp(name, FILES) ? NULL : record_refuses(line);
        if (why)
            return err_set(err, "'.naslag/%s' is damaged: the path on line %zu %s", name, number,
                           why);
        if (number > 1 || strcmp(name, FILES))
            learn(record, line);
    }
    return 0;
}

static int load_files(struct record *record, struct err *err)
{
    struct str text;
    int found = disk_read(record->arena, record->folder, FILES, RECORD_MAX, &text);
    if (found > 0)
        return 0;
    if (found < 0)
        return err_set(err, "cannot read '.naslag/%s': %s", FILES, disk_reason(errno));
    if (!str_starts(text, STR(HEADER "\n")) || !str_ends(text, STR("\n")))
        return err_set(err, "'.naslag/%s' is damaged, or of another version of naslag", FILES);
    record->files = text;
    return learn_lines(record, FILES, text, err);
}

/* A last line without its end was being written when the build was killed: its file is not there,
 * and what is added now must not run on from it. */
static int load_journal(struct record *record, struct err *err)
{
    struct str text = {"", 0};
    if (disk_read(record->arena, record->folder, JOURNAL, RECORD_MAX, &text) < 0)
        return err_set(err, "cannot read '.naslag/%s': %s", JOURNAL, disk_reason(errno));
    text.len = (size_t)(str_find_last(text, '\n') + 1);
    record->journal_end = (off_t)text.len;
    record->journal = disk_open(record->folder, JOURNAL, O_WRONLY | O_CREAT | O_APPEND);
    if (record->journal < 0 || ftruncate(record->journal, record->journal_end))
        return err_set(err, "cannot write '.naslag/%s': %s", JOURNAL, disk_reason(errno));
    return learn_lines(record, JOURNAL, text, err);
}

int record_open(struct record *record, struct arena *arena, int folder, struct err *err)
{
    *record = (struct record){.arena = arena, .folder = folder, .journal = -1};
    map_init(&record->known, arena);
    return load_files(record, err) || load_journal(record, err) ? -1 : 0;
}

void record_release(struct record *record)
{
    if (record->journal >= 0)
        close(record->journal);
    record->journal = -1;
}

bool record_knows(const struct record *record, struct str path)
{
    return map_get(&record->known, path) != NULL;
}

int record_add(struct record *record, struct str path)
{
    char line[RECORD_PATH_MAX + 1];
    memcpy(line, path.data, path.len);
    line[path.len] = '\n';
    if (disk_write(record->journal, (struct str){line, path.len + 1})) {
        int error = errno;
        /* Half a line would spoil the next. Where that fails too, nothing more is added. */
        if (ftruncate(record->journal, record->journal_end))
            record_release(record);
        errno = error;
        return -1;
    }
    record->journal_end += (off_t)path.len + 1;
    learn(record, path);
    return 0;
}

static struct str list(struct record *record, const struct str *paths, size_t count)
{
    struct buf out;
    size_t size = sizeof HEADER;
    for (size_t i = 0; i < count; i++)
        size += paths[i].len + 1;
    buf_init(&out, record->arena);
    buf_reserve(&out, size);
    buf_put_cstring(&out, HEADER "\n");
    for (size_t i = 0; i < count; i++) {
        buf_put(&out, paths[i]);
        buf_put_char(&out, '\n');
    }
    return buf_str(&out);
}

/* On disk before it takes its name, so that not even a power cut leaves half a record. */
static int replace_files(struct record *record, struct str text)
{
    if (unlinkat(record->folder, FILES_ASIDE, 0) && errno != ENOENT)
        return -1;
    int fd = disk_open(record->folder, FILES_ASIDE, O_WRONLY | O_CREAT | O_EXCL);
    if (fd < 0)
        return -1;
    if (disk_write(fd, text) || fsync(fd)) {
        disk_close(fd);
        return -1;
    }
    if (disk_finish(fd) || renameat(record->folder, FILES_ASIDE, record->folder, FILES))
        return -1;
    record->files = text;
    return 0;
}

int record_complete(struct record *record, const struct str *paths, size_t count)
{
    struct str text = list(record, paths, count);
    if (!str_equal(text, record->files) && replace_files(record, text))
        return -1;
    return unlinkat(record->folder, JOURNAL, 0) && errno != ENOENT ? -1 : 0;
}
