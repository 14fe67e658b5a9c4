#include "write/database.h"

#include "base/arena.h"
#include "base/buf.h"
#include "write/disk.h"
#include "write/tables.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER_SIZE = 100, APPLICATION_OFFSET = 68 };

/* Nobody reads the file before it has its name, and none is left where making it fails: so no
 * journal is kept. */
static const char settings[] = "PRAGMA page_size = 4096;"
                               "PRAGMA journal_mode = OFF;"
                               "PRAGMA synchronous = OFF;"
                               "PRAGMA encoding = 'UTF-8';"
                               "PRAGMA user_version = 1;"
                               "BEGIN;";

/* Indexes come when the rows are there: that is quicker, and takes less room. */
static const char search_and_views[] =
    "CREATE INDEX mentions_topic ON mentions(topic, document, passage);"
    "CREATE INDEX mentions_passage ON mentions(document, passage, topic);"
    "CREATE INDEX links_from ON links(\"from\");"
    "CREATE INDEX links_to ON links(\"to\");"
    "CREATE INDEX facts_kind ON facts(kind, value);"
    "CREATE INDEX facts_passage ON facts(document, passage);"
    "CREATE INDEX definitions_passage ON definitions(document, passage);"
    "CREATE INDEX definitions_topic ON definitions(topic);"
    "CREATE VIRTUAL TABLE passages_fts USING fts5(section, text, content=\"passages\","
    " tokenize=\"unicode61 remove_diacritics 2\");"
    "INSERT INTO passages_fts(passages_fts) VALUES ('rebuild');"
    "INSERT INTO passages_fts(passages_fts) VALUES ('optimize');"
    "CREATE VIEW passages_in_documents AS"
    " SELECT d.title, d.date, d.issuer, p.page, p.section, p.text, p.document, p.passage,"
    " p.document || '.html#p' || p.passage AS address"
    " FROM passages p JOIN documents d ON d.id = p.document;"
    "CREATE VIEW mentions_in_documents AS"
    " SELECT t.title AS topic, d.title AS document, d.date, m.page, m.text AS named_as,"
    " p.text AS passage, m.document || '.html#p' || m.passage AS address"
    " FROM mentions m JOIN topics t ON t.id = m.topic JOIN documents d ON d.id = m.document"
    " JOIN passages p ON p.document = m.document AND p.passage = m.passage;"
    "CREATE VIEW topics_together AS"
    " SELECT a.topic AS topic, b.topic AS other, count(*) AS passages"
    " FROM (SELECT DISTINCT document, passage, topic FROM mentions) a"
    " JOIN (SELECT DISTINCT document, passage, topic FROM mentions) b"
    " ON b.document = a.document AND b.passage = a.passage AND b.topic > a.topic"
    " GROUP BY a.topic, b.topic;"
    "COMMIT;"
    "ANALYZE;";

/* A database that is being made. The first failure is remembered, and what comes after it does
 * nothing. */
struct database {
    sqlite3 *connection;
    sqlite3_stmt *insert;
    const struct table *table; /* whose rows are being put */
    bool failed;
    struct err *err;
    uint64_t rows; /* of this table */
};

static void fail(struct database *database)
{
    if (!database->failed)
        err_set(database->err, "the database can't be written: %s",
                sqlite3_errmsg(database->connection));
    database->failed = true;
}

static void run(struct database *database, const char *sql)
{
    if (!database->failed && sqlite3_exec(database->connection, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(database);
}

static void put_columns(struct buf *sql, const struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->columns[i];
        buf_printf(sql, "%s\"%s\" %s%s", i ? ", " : "", column->name,
                   column->number ? "INTEGER" : "TEXT",
                   table->has_id && !i ? " PRIMARY KEY NOT NULL" : "");
        if (column->refers)
            buf_printf(sql, " REFERENCES \"%s\"(id)", column->refers);
    }
}

/* Rows without an id have SQLite's own number for one: the search's rows go by it. */
static void create(struct database *database, const struct table *table, bool passages)
{
    struct arena arena;
    struct buf sql;
    arena_init(&arena);
    buf_init(&sql, &arena);
    buf_printf(&sql, "CREATE TABLE \"%s\" (%s", table->name,
               passages ? "id INTEGER PRIMARY KEY, " : "");
    put_columns(&sql, table);
    if (passages)
        buf_put(&sql, STR(", UNIQUE (document, passage)"));
    if (table->of_passages)
        buf_put(&sql, STR(", FOREIGN KEY (document, passage) REFERENCES passages(document, "
                          "passage)"));
    buf_put(&sql, STR(")"));
    run(database, str_cstring(&arena, buf_str(&sql)));
    arena_release(&arena);
}

static void bind(struct database *database, size_t index, const struct cell *cell)
{
    int column = (int)index + 1, status = SQLITE_OK;
    if (cell->kind == CELL_TEXT)
        status =
            sqlite3_bind_text64(database->insert, column, cell->text.data ? cell->text.data : "",
                                cell->text.len, SQLITE_STATIC, SQLITE_UTF8);
    else if (cell->kind == CELL_NUMBER)
        status = sqlite3_bind_int64(database->insert, column, cell->number);
    else
        status = sqlite3_bind_null(database->insert, column);
    if (status != SQLITE_OK)
        fail(database);
}

static void insert_row(void *context, const struct cell *cells)
{
    struct database *database = context;
    if (database->failed)
        return;
    for (size_t i = 0; i < database->table->column_count; i++)
        bind(database, i, &cells[i]);
    if (sqlite3_step(database->insert) != SQLITE_DONE)
        fail(database);
    sqlite3_reset(database->insert);
    database->rows++;
}

/* Begins a table: what insert_row() is given from here on are its rows. */
static void begin(struct database *database, const struct table *table, bool passages)
{
    struct arena arena;
    struct buf sql;
    create(database, table, passages);
    arena_init(&arena);
    buf_init(&sql, &arena);
    buf_printf(&sql, "INSERT INTO \"%s\" (", table->name);
    for (size_t i = 0; i < table->column_count; i++)
        buf_printf(&sql, "%s\"%s\"", i ? ", " : "", table->columns[i].name);
    buf_put(&sql, STR(") VALUES ("));
    for (size_t i = 0; i < table->column_count; i++)
        buf_put(&sql, i ? STR(", ?") : STR("?"));
    buf_put(&sql, STR(")"));
    database->table = table;
    database->rows = 0;
    if (!database->failed &&
        sqlite3_prepare_v2(database->connection, str_cstring(&arena, buf_str(&sql)), -1,
                           &database->insert, NULL) != SQLITE_OK)
        fail(database);
    arena_release(&arena);
}

static void end(struct database *database)
{
    sqlite3_finalize(database->insert);
    database->insert = NULL;
}

static void put_passages(struct database *database, const struct web *web, const struct crew *crew,
                         struct rows *rows)
{
    struct worker *worker = (struct worker *)&crew->workers[0];
    begin(database, tables_passages(), true);
    for (uint32_t i = 0; i < web->document_count && !database->failed; i++) {
        const struct outline *outline = &web->documents[i];
        arena_clear(&worker->page);
        const struct document *read = crew_get(crew, worker, outline, &worker->page);
        tables_put_passages(web, i, read, rows);
    }
    end(database);
}

static void fill(struct database *database, const struct web *web, const struct crew *crew,
                 uint64_t *passages)
{
    struct arena scratch;
    arena_init(&scratch);
    struct rows rows = {.take = insert_row, .context = database, .scratch = &scratch};
    run(database, settings);
    for (size_t i = 0; i < TABLES && !database->failed; i++) {
        begin(database, tables_at(i), false);
        for (uint32_t j = 0; j < web->document_count && !database->failed; j++)
            tables_at(i)->put(web, j, &rows);
        end(database);
        if (!i)
            put_passages(database, web, crew, &rows);
        if (!i)
            *passages = database->rows;
    }
    run(database, search_and_views);
    arena_release(&scratch);
}

/* Whether this program made the file, by the mark that SQLite keeps for that. */
static bool is_ours(int fd)
{
    unsigned char header[HEADER_SIZE];
    uint32_t mark = 0;
    if (pread(fd, header, sizeof header, 0) != (ssize_t)sizeof header)
        return false;
    for (int i = 0; i < 4; i++)
        mark = mark << 8 | header[APPLICATION_OFFSET + i];
    return mark == DATABASE_APPLICATION;
}

/* SQLite would read what another program has not yet put into the old database into the new one. */
static int check_unfinished(const char *path, struct err *err)
{
    static const char *const endings[] = {"-wal", "-journal"};
    struct arena arena;
    struct stat found;
    int status = 0;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof endings / sizeof *endings && !status; i++) {
        struct str name = str_format(&arena, "%s%s", path, endings[i]);
        if (!lstat(str_cstring(&arena, name), &found))
            status = err_set(err,
                             "'%.*s' is there: another program has the database open, or did "
                             "not finish with it; it is left",
                             STR_ARGS(name));
    }
    arena_release(&arena);
    return status;
}

/* Whether `path` may be written: nothing is there, or a database of ours. */
static int may_replace(const char *path, struct err *err)
{
    struct stat found;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT ? 0 : err_set(err, "'%s': %s", path, disk_reason(errno));
    bool ours = !fstat(fd, &found) && S_ISREG(found.st_mode) && is_ours(fd);
    disk_close(fd);
    return ours ? 0 : err_set(err, "'%s' is there and was not made by naslag; it is left", path);
}

static int make(const struct web *web, const struct crew *crew, const char *aside,
                uint64_t *passages, struct err *err)
{
    struct database database = {.err = err};
    char mark[64];
    if (sqlite3_open_v2(aside, &database.connection, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        fail(&database);
    snprintf(mark, sizeof mark, "PRAGMA application_id = %d;", DATABASE_APPLICATION);
    run(&database, mark);
    fill(&database, web, crew, passages);
    if (sqlite3_close(database.connection) != SQLITE_OK && !database.failed)
        database.failed = err_set(err, "the database can't be closed") != 0;
    return database.failed ? -1 : 0;
}

/* On the disk and under its name, or neither. */
static int give_name(int fd, const char *aside, const char *path, struct err *err)
{
    mode_t mask = umask(0);
    umask(mask);
    if (fchmod(fd, DISK_FILE_MODE & ~mask) || fsync(fd) || rename(aside, path))
        return err_set(err, "'%s': %s", path, disk_reason(errno));
    return 0;
}

int database_write(const struct web *web, const struct crew *crew, const char *path,
                   uint64_t *passages, struct err *err)
{
    struct arena arena;
    if (may_replace(path, err) || check_unfinished(path, err))
        return -1;
    arena_init(&arena);
    char *aside = (char *)str_cstring(&arena, str_format(&arena, "%s.XXXXXX", path));
    int fd = mkostemp(aside, O_CLOEXEC);
    int status = fd < 0 ? err_set(err, "'%s': %s", path, disk_reason(errno)) : 0;
    if (!status)
        status = make(web, crew, aside, passages, err);
    if (!status)
        status = give_name(fd, aside, path, err);
    if (status && fd >= 0)
        unlink(aside);
    if (fd >= 0)
        disk_close(fd);
    arena_release(&arena);
    return status;
}
