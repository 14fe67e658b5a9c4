#include "write/record.h"

#include "base/arena.h"
#include "base/bytes.h"
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
#define HEADER "naslag files 2"
#define HEADER_UNMARKED "naslag files 1" /* without marks; still read */

enum {
    RECORD_MAX = 1 << 30,     /* bytes: a million paths of a thousand bytes */
    WRITTEN_ONCE = 256 * 1024 /* bytes of `files` that are put together before they are written */
};

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

bool record_identify(int folder, struct buf *out)
{
    struct stat files, journal;
    bool has_journal = !fstatat(folder, JOURNAL, &journal, AT_SYMLINK_NOFOLLOW);
    if (fstatat(folder, FILES, &files, AT_SYMLINK_NOFOLLOW) || (has_journal && journal.st_size))
        return false;
    bytes_put_long(out, files.st_ino);
    bytes_put_long(out, (uint64_t)files.st_size);
    bytes_put_long(out, (uint64_t)files.st_mtim.tv_sec);
    bytes_put_long(out, (uint64_t)files.st_mtim.tv_nsec);
    return true;
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

/* What nearly all paths are: printable ASCII, and no component empty or with a dot in front. */
static bool is_plain(struct str path)
{
    char before = '/';
    bool plain = path.len <= RECORD_PATH_MAX;
    for (size_t i = 0; i < path.len; i++) {
        char c = path.data[i];
        plain &= c > 0x20 && c < 0x7F && (before != '/' || (c != '/' && c != '.'));
        before = c;
    }
    return plain && before != '/';
}

const char *record_refuses(struct str path)
{
    if (is_plain(path))
        return NULL;
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

/* What a character counts as a hexadecimal digit, and one more; 0: it is none. */
static const unsigned char digit_values[256] = {
    ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16};

/* A number in hexadecimal digits, which a space or the end follows. */
static bool read_number(struct str *text, uint64_t *out)
{
    size_t len = 0;
    *out = 0;
    for (; len < text->len && text->data[len] != ' '; len++) {
        unsigned digit = digit_values[(unsigned char)text->data[len]];
        if (!digit)
            return false;
        *out = *out << 4 | (digit - 1);
    }
    *text = str_from_offset(*text, len + 1);
    return len > 0 && len <= 16;
}

/* Grounds come last, where there are any. */
struct record_mark record_mark_of(const struct record_line *line)
{
    uint64_t numbers[8] = {0};
    struct str text =
        str_from_offset((struct str){line->text, line->len}, (size_t)line->path_len + 1);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && (i < 6 || text.len); i++)
        if (!read_number(&text, &numbers[i]))
            return (struct record_mark){.made_of = DIGEST_NONE};
    return (struct record_mark){.made_of = {numbers[0], numbers[1]},
                                .grounds = {numbers[6], numbers[7]},
                                .size = numbers[2],
                                .inode = numbers[3],
                                .seconds = (int64_t)numbers[4],
                                .nanoseconds = (int64_t)numbers[5]};
}

static void put_number(struct buf *out, uint64_t number)
{
    char digits[16];
    size_t first = sizeof digits;
    do {
        digits[--first] = "0123456789abcdef"[number & 15];
        number >>= 4;
    } while (number);
    buf_put(out, (struct str){digits + first, sizeof digits - first});
}

static void put_mark(struct buf *out, const struct record_mark *mark)
{
    const uint64_t numbers[] = {
        mark->made_of.high, mark->made_of.low,       mark->size,
        mark->inode,        (uint64_t)mark->seconds, (uint64_t)mark->nanoseconds,
        mark->grounds.high, mark->grounds.low};
    size_t count = digest_equal(mark->grounds, DIGEST_NONE) ? 6 : 8;
    if (digest_equal(mark->made_of, DIGEST_NONE))
        return;
    for (size_t i = 0; i < count; i++) {
        buf_put_char(out, i ? ' ' : '\t');
        put_number(out, numbers[i]);
    }
}

/* Learns every line; returns -1 and says which is damaged. */
static int learn_lines(struct record *record, const char *name, struct str lines, struct err *err)
{
    for (size_t number = 1; lines.len; number++) {
        struct str line = str_cut(&lines, '\n'), rest = line, path = str_cut(&rest, '\t');
        if (number == 1 && !strcmp(name, FILES))
            continue;
        const char *why = record_refuses(path);
        if (why)
            return err_set(err, "'.naslag/%s' is damaged: the path on line %zu %s", name, number,
                           why);
        *vec_push(&record->lines, record->arena) =
            (struct record_line){line.data, (uint32_t)path.len, (uint32_t)line.len};
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
    if (!(str_starts(text, STR(HEADER "\n")) || str_starts(text, STR(HEADER_UNMARKED "\n"))) ||
        !str_ends(text, STR("\n")))
        return err_set(err, "'.naslag/%s' is damaged, or of another version of naslag", FILES);
    record->files = text;
    int result = learn_lines(record, FILES, text, err);
    record->listed = record->lines.count;
    return result;
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
    return load_files(record, err) || load_journal(record, err) ? -1 : 0;
}

void record_release(struct record *record)
{
    if (record->journal >= 0)
        close(record->journal);
    record->journal = -1;
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
    return 0;
}

static void put_line(struct buf *out, const struct record_file *file)
{
    buf_put(out, file->path);
    if (file->mark)
        put_mark(out, file->mark);
    buf_put_char(out, '\n');
}

/* Whether `files` says what it would be made to say. */
static bool is_listed(const struct record *record, const struct record_file *files, size_t count)
{
    bool same = count == record->listed && str_starts(record->files, STR(HEADER "\n"));
    for (size_t i = 0; same && i < count; i++)
        same = files[i].line == &record->lines.items[i];
    return same;
}

/* Where a line of the last `files` begins, or the end behind the last one. */
static const char *line_start(const struct record *record, size_t line)
{
    return line < record->listed ? record->lines.items[line].text
                                 : record->files.data + record->files.len;
}

/* The lines of the last `files` that say what the next files are to say and stand behind each other
 * there; `*next` becomes the file behind them. */
static struct str find_lines(const struct record *record, const struct record_file *files,
                             size_t count, size_t *next)
{
    const struct record_line *first = files[*next].line;
    if (!first || first >= record->lines.items + record->listed)
        return (struct str){"", 0};
    size_t start = (size_t)(first - record->lines.items), end = start;
    while (*next < count && end < record->listed &&
           files[*next].line == &record->lines.items[end]) {
        end++;
        ++*next;
    }
    const char *from = line_start(record, start);
    return (struct str){from, (size_t)(line_start(record, end) - from)};
}

static int flush(int fd, struct buf *out)
{
    int result = disk_write(fd, buf_str(out));
    buf_clear(out);
    return result;
}

/* Short texts are put together, long ones written from where they are. */
static int put_lines(int fd, struct buf *out, struct str lines)
{
    if (lines.len > WRITTEN_ONCE)
        return flush(fd, out) || disk_write(fd, lines) ? -1 : 0;
    buf_put(out, lines);
    return out->len > WRITTEN_ONCE ? flush(fd, out) : 0;
}

static int write_list(const struct record *record, int fd, const struct record_file *files,
                      size_t count)
{
    struct arena arena;
    struct buf out, line;
    int result = 0;
    arena_init(&arena);
    buf_init(&out, &arena);
    buf_init(&line, &arena);
    buf_put_cstring(&out, HEADER "\n");
    for (size_t i = 0; !result && i < count;) {
        struct str lines = find_lines(record, files, count, &i);
        if (!lines.len) {
            buf_clear(&line);
            put_line(&line, &files[i++]);
            lines = buf_str(&line);
        }
        result = put_lines(fd, &out, lines);
    }
    if (!result)
        result = flush(fd, &out);
    arena_release(&arena);
    return result;
}

/* On disk before it takes its name, so that not even a power cut leaves half a record. */
static int replace_files(struct record *record, const struct record_file *files, size_t count)
{
    if (unlinkat(record->folder, FILES_ASIDE, 0) && errno != ENOENT)
        return -1;
    int fd = disk_open(record->folder, FILES_ASIDE, O_WRONLY | O_CREAT | O_EXCL);
    if (fd < 0)
        return -1;
    if (write_list(record, fd, files, count) || fsync(fd)) {
        disk_close(fd);
        return -1;
    }
    return disk_finish(fd) ? -1 : renameat(record->folder, FILES_ASIDE, record->folder, FILES);
}

int record_leave(struct record *record)
{
    return unlinkat(record->folder, JOURNAL, 0) && errno != ENOENT ? -1 : 0;
}

int record_complete(struct record *record, const struct record_file *files, size_t count)
{
    if (!is_listed(record, files, count) && replace_files(record, files, count))
        return -1;
    return record_leave(record);
}
