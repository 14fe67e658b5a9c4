#include "read/yaml.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"
#include "base/utf8.h"

#include <string.h>
#include <yaml.h>

/* A list or map that is still open. */
struct frame {
    struct yaml *node;
    struct yaml **end; /* where the next child goes */
    struct map keys;   /* of a map: key to the value that holds */
    bool has_key;      /* a key was read and its value was not */
    struct yaml key;   /* that key: its text and place */
};

struct reader {
    yaml_parser_t parser;
    struct arena *arena;
    struct diags *diags;
    struct place start;      /* of `text` */
    struct str text;         /* as clean() made it: as long as the source */
    size_t from;             /* where the parser was started, for the last time */
    size_t at, index;        /* a place in `text` in bytes, and in characters from `from` */
    struct place place;      /* the same place in the file */
    struct yaml *root;       /* NULL until something was read */
    struct frame root_frame; /* of a root that is a map: it lives on when the parser restarts */
    struct frame *frames[YAML_DEPTH_MAX + 1];
    size_t depth, nodes, errors, documents;
};

/* libyaml counts lines by more line ends and columns in characters; here a mark's index is followed
 * through the text, and lines and bytes are counted as the rest of the program does. */
static void rewind_to(struct reader *reader, size_t at)
{
    reader->at = at;
    reader->index = 0;
    reader->place = reader->start;
    reader->place.column = 1;
    for (size_t i = 0; i < at; i++) {
        char c = reader->text.data[i];
        bool is_break =
            c == '\n' || (c == '\r' && (i + 1 >= at || reader->text.data[i + 1] != '\n'));
        reader->place.column = is_break ? 1 : reader->place.column + 1;
        reader->place.line += is_break;
    }
}

static void step(struct reader *reader)
{
    struct str text = reader->text;
    char c = text.data[reader->at];
    bool pair = c == '\r' && reader->at + 1 < text.len && text.data[reader->at + 1] == '\n';
    size_t before = reader->at;
    utf8_next(text, &reader->at);
    reader->index++;
    reader->place.column += (uint32_t)(reader->at - before);
    if (c == '\n' || (c == '\r' && !pair)) {
        reader->place.line++;
        reader->place.column = 1;
    }
}

static struct place place_of(struct reader *reader, yaml_mark_t mark)
{
    if (mark.index < reader->index)
        rewind_to(reader, reader->from);
    while (reader->index < mark.index && reader->at < reader->text.len)
        step(reader);
    return reader->place;
}

static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F ||
           (c >= 0x80 && c < 0xA0 && c != 0x85) || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
}

/* YAML 1.1 ends a line at these; no editor does. */
static bool is_odd_break(uint32_t c)
{
    return c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* What libyaml would stop at becomes `?`, byte by byte, so that every place stays what it was. */
static void clean(struct reader *reader, struct str source)
{
    char *copy = (char *)str_cstring(reader->arena, source);
    bool said = false;
    reader->text = (struct str){copy, source.len};
    for (size_t at = 0; at < source.len;) {
        size_t start = at;
        uint32_t c = utf8_next(source, &at);
        bool invalid = c == UTF8_REPLACEMENT && at - start == 1;
        if (!invalid && !is_control(c) && !is_odd_break(c))
            continue;
        memset(copy + start, is_odd_break(c) ? ' ' : '?', at - start);
        if (said || is_odd_break(c))
            continue;
        rewind_to(reader, start);
        diag_add(reader->diags, DIAG_ERROR, invalid ? "invalid-utf8" : "control-character",
                 reader->place, "%s; it is read as '?'",
                 invalid ? "this byte is not UTF-8" : "a control character cannot stand here");
        said = true;
    }
}

static bool begins_entry(struct str text, size_t at)
{
    return at < text.len && !strchr(" \t\r\n#-]}", text.data[at]);
}

static size_t line_start(struct str text, size_t at)
{
    while (at > 0 && text.data[at - 1] != '\n' && text.data[at - 1] != '\r')
        at--;
    return at;
}

/* Where the outermost entry begins that holds the place `at`. */
static size_t entry_start(const struct reader *reader, size_t at)
{
    size_t start = line_start(reader->text, at);
    while (start > reader->from && !begins_entry(reader->text, start))
        start = line_start(reader->text, start - 1);
    return start > reader->from ? start : reader->from;
}

static size_t next_entry(const struct reader *reader, size_t at)
{
    struct str text = reader->text;
    for (at++; at < text.len; at++) {
        bool fresh = text.data[at - 1] == '\n' || text.data[at - 1] == '\r';
        if (fresh && begins_entry(text, at))
            break;
    }
    return at < text.len ? at : text.len;
}

/* Takes out of the outermost map what was read of the entry that begins at `start`. */
static void drop_from(struct reader *reader, size_t start)
{
    rewind_to(reader, start);
    uint32_t line = reader->place.line;
    struct frame *frame = &reader->root_frame;
    if (!reader->root || reader->root->kind != YAML_MAP) {
        reader->root = NULL;
        return;
    }
    struct yaml **link = &reader->root->first;
    while (*link && (*link)->key_line < line)
        link = &(*link)->next;
    for (const struct yaml *gone = *link; gone; gone = gone->next)
        *map_at(&frame->keys, gone->key) = NULL;
    *link = NULL;
    frame->end = link;
}

/* Says what is wrong and where, and makes ready to go on behind the entry it stands in. Returns
 * false, which ends the parser's run. */
static bool fail(struct reader *reader, yaml_mark_t mark, const char *code, const char *message)
{
    struct place place = place_of(reader, mark);
    size_t start = entry_start(reader, reader->at);
    bool last = ++reader->errors >= YAML_ERRORS_MAX;
    diag_add(reader->diags, DIAG_ERROR, code, place, "%s; %s", message,
             last ? "what follows is not read" : "this entry is left out");
    drop_from(reader, start);
    reader->from = last ? reader->text.len : next_entry(reader, start);
    return false;
}

/* libyaml's words for what editors get wrong most, in theirs. */
static const char *explain(const char *problem, char at, bool first_colon)
{
    static const char *const words[][2] = {
        {"mapping values are not allowed in this context",
         "a value that holds ': ' must stand in quotes"},
        {"could not find expected ':'", "a ':' and a space are missing behind the key"},
        {"did not find expected key",
         "a key was expected here: is a quote or the indentation wrong?"},
        {"found unexpected end of stream", "the quotation that begins here is not closed"},
        {"found unknown escape character",
         "this backslash means nothing in double quotes: use single quotes"},
        {"did not find expected ',' or ']'", "the list that begins here is not closed by ']'"},
        {"did not find expected ',' or '}'", "the map that begins here is not closed by '}'"},
        {"did not find expected '-' indicator",
         "a list item that begins with '- ' was expected here"},
        {"block sequence entries are not allowed in this context",
         "a list must begin on a line of its own"},
        {"did not find expected alphabetic or numeric character",
         "a value that begins with '*' or '&' must stand in quotes"},
    };
    if (strstr(problem, "cannot start any token"))
        return at == '\t' ? "a tab cannot indent: use spaces"
                          : "a value cannot begin with this character: put it in quotes";
    if (first_colon && !strcmp(problem, words[0][0]))
        return "a key cannot stand here: is the line above whole, and the indentation right?";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(problem, words[i][0]))
            return words[i][1];
    return problem;
}

/* What was opened and never closed is shown where it was opened. */
static yaml_mark_t error_mark(const yaml_parser_t *parser)
{
    const char *context = parser->context;
    bool opened = context && (!strncmp(context, "while scanning a", 16) ||
                              !strncmp(context, "while parsing a flow", 20));
    return opened ? parser->context_mark : parser->problem_mark;
}

static bool fail_syntax(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        err_out_of_memory();
    yaml_mark_t mark = error_mark(parser);
    place_of(reader, mark);
    char at = reader->at < reader->text.len ? reader->text.data[reader->at] : '\0';
    size_t line = line_start(reader->text, reader->at);
    struct str before = str_slice(reader->text, line, reader->at - line);
    const char *problem = parser->problem ? parser->problem : "this is no YAML";
    problem = explain(problem, at, str_find_char(before, ':') == STR_NONE);
    return fail(reader, mark, "yaml-syntax", problem);
}

static struct frame *top(struct reader *reader)
{
    return reader->depth ? reader->frames[reader->depth - 1] : NULL;
}

/* Hangs a node of a map below its key. Returns false where the key has a value already. */
static bool take_key(struct reader *reader, struct frame *frame, struct yaml *node)
{
    const struct yaml *key = &frame->key;
    void **value = map_at(&frame->keys, key->text);
    frame->has_key = false;
    node->key = key->text;
    node->key_line = key->line;
    node->key_column = key->column;
    const struct yaml *first = *value;
    if (!first) {
        *value = node;
        return true;
    }
    struct place place = {reader->start.path, key->line, key->column};
    diag_add(reader->diags, DIAG_ERROR, "duplicate-key", place,
             "key '%.*s' stands on line %u already; this one is left out", STR_ARGS(key->text),
             (unsigned)first->key_line);
    return false;
}

static struct yaml *add(struct reader *reader, enum yaml_kind kind, struct place place)
{
    struct yaml *node = arena_new(reader->arena, struct yaml);
    struct frame *frame = top(reader);
    *node = (struct yaml){.kind = kind, .line = place.line, .column = place.column};
    if (!frame) {
        reader->root = node;
    } else if (frame->node->kind == YAML_LIST || take_key(reader, frame, node)) {
        *frame->end = node;
        frame->end = &node->next;
    }
    return node;
}

static void open_frame(struct reader *reader, struct frame *frame, struct yaml *node)
{
    *frame = (struct frame){.node = node, .end = &node->first};
    map_init(&frame->keys, reader->arena);
    reader->frames[reader->depth++] = frame;
}

static bool open_collection(struct reader *reader, const yaml_event_t *event)
{
    enum yaml_kind kind = event->type == YAML_MAPPING_START_EVENT ? YAML_MAP : YAML_LIST;
    const struct frame *frame = top(reader);
    if (!reader->depth && reader->root && kind == YAML_MAP) {
        reader->root_frame.has_key = false;
        reader->frames[reader->depth++] = &reader->root_frame;
        return true;
    }
    if (frame && frame->node->kind == YAML_MAP && !frame->has_key)
        return fail(reader, event->start_mark, "yaml-key",
                    "a key must be a text: put what holds '{{' or '[' in quotes");
    if (reader->depth >= YAML_DEPTH_MAX)
        return fail(reader, event->start_mark, "yaml-depth", "lists and maps lie too deep");
    struct yaml *node = add(reader, kind, place_of(reader, event->start_mark));
    open_frame(reader, frame ? arena_new(reader->arena, struct frame) : &reader->root_frame, node);
    return true;
}

static bool read_scalar(struct reader *reader, const yaml_event_t *event)
{
    struct frame *frame = top(reader);
    struct place place = place_of(reader, event->start_mark);
    struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    text = str_copy(reader->arena, text);
    if (frame && frame->node->kind == YAML_MAP && !frame->has_key) {
        frame->key = (struct yaml){.text = text, .line = place.line, .column = place.column};
        frame->has_key = true;
        return true;
    }
    struct yaml *node = add(reader, YAML_SCALAR, place);
    node->text = text;
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return true;
}

/* What is behind a restart must be more of the outermost map. */
static bool fits(const struct reader *reader, const yaml_event_t *event)
{
    return reader->depth || !reader->root ||
           (reader->root->kind == YAML_MAP && event->type == YAML_MAPPING_START_EVENT);
}

static bool has_properties(const yaml_event_t *event)
{
    if (event->type == YAML_SCALAR_EVENT)
        return event->data.scalar.anchor || event->data.scalar.tag;
    if (event->type == YAML_SEQUENCE_START_EVENT)
        return event->data.sequence_start.anchor || event->data.sequence_start.tag;
    return event->data.mapping_start.anchor || event->data.mapping_start.tag;
}

static bool read_node(struct reader *reader, const yaml_event_t *event)
{
    if (!fits(reader, event))
        return fail(reader, event->start_mark, "yaml-syntax", "'key: value' was expected here");
    if (has_properties(event))
        return fail(reader, event->start_mark, "yaml-anchor",
                    "a value that begins with '&' or '!' must stand in quotes");
    if (++reader->nodes > YAML_NODES_MAX) {
        reader->errors = YAML_ERRORS_MAX;
        return fail(reader, event->start_mark, "yaml-size", "these are too many values");
    }
    return event->type == YAML_SCALAR_EVENT ? read_scalar(reader, event)
                                            : open_collection(reader, event);
}

static bool begin_document(struct reader *reader, const yaml_event_t *event)
{
    if (!reader->documents++)
        return true;
    diag_add(reader->diags, DIAG_ERROR, "yaml-documents", place_of(reader, event->start_mark),
             "a second document begins here; what follows is not read");
    reader->from = reader->text.len;
    return false;
}

/* Returns whether to go on. */
static bool read_event(struct reader *reader, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return begin_document(reader, event);
    case YAML_ALIAS_EVENT:
        return fail(reader, event->start_mark, "yaml-anchor",
                    "a value that begins with '*' must stand in quotes");
    case YAML_SCALAR_EVENT:
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return read_node(reader, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        reader->depth--;
        return true;
    case YAML_STREAM_END_EVENT:
        reader->from = reader->text.len;
        return false;
    default:
        return true;
    }
}

/* Reads from `reader->from` up to the end or a mistake, and sets it to where to go on. */
static void run(struct reader *reader)
{
    struct str rest = str_from_offset(reader->text, reader->from);
    rewind_to(reader, reader->from);
    reader->depth = reader->documents = 0;
    if (!yaml_parser_initialize(&reader->parser))
        err_out_of_memory();
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *)rest.data, rest.len);
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reader->parser, &event)) {
            more = fail_syntax(reader);
            continue;
        }
        more = read_event(reader, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&reader->parser);
}

const struct yaml *yaml_read(struct arena *arena, struct place place, struct str source,
                             struct diags *diags)
{
    struct reader *reader = arena_new(arena, struct reader);
    reader->arena = arena;
    reader->diags = diags;
    reader->start = place;
    if (str_starts(source, STR("\xEF\xBB\xBF")))
        source = str_from_offset(source, 3);
    if (source.len > YAML_SIZE_MAX) {
        place.column = 1;
        diag_add(diags, DIAG_ERROR, "yaml-size", place,
                 "this is larger than %d bytes; it is not read", YAML_SIZE_MAX);
        return NULL;
    }
    clean(reader, source);
    while (reader->from < reader->text.len)
        run(reader);
    return reader->root;
}

bool yaml_is_null(const struct yaml *node)
{
    static const char *const nothing[] = {"", "~", "null", "Null", "NULL"};
    if (!node)
        return true;
    if (node->kind != YAML_SCALAR || !node->plain)
        return false;
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        if (str_equal(node->text, str_from(nothing[i])))
            return true;
    return false;
}

const struct yaml *yaml_get(const struct yaml *map, struct str key)
{
    if (!map || map->kind != YAML_MAP)
        return NULL;
    for (const struct yaml *child = map->first; child; child = child->next)
        if (str_equal(child->key, key))
            return child;
    return NULL;
}
