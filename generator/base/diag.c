#include "base/diag.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

#include <stdarg.h>
#include <stdlib.h>

void diags_init(struct diags *diags, struct arena *arena)
{
    *diags = (struct diags){.arena = arena};
}

void diag_add(struct diags *diags, enum severity severity, const char *code, struct place place,
              const char *format, ...)
{
    if (!diags)
        return;
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (len < 0)
        err_out_of_memory();
    char *message = arena_text(diags->arena, (size_t)len + 1);
    vsnprintf(message, (size_t)len + 1, format, again);
    va_end(again);
    place.path = str_copy(diags->arena, place.path);
    *vec_push(diags, diags->arena) = (struct diag){
        .place = place,
        .severity = severity,
        .code = code,
        .message = {message, (size_t)len},
    };
}

void diag_fix(struct diags *diags, struct str from, struct str to)
{
    if (diags && diags->count)
        diags->items[diags->count - 1].fix =
            (struct fix){str_copy(diags->arena, from), str_copy(diags->arena, to)};
}

ptrdiff_t diag_fix_offset(const struct diag *diag, struct str line)
{
    size_t start = diag->place.column ? diag->place.column - 1 : 0;
    if (!diag->fix.from.len || !diag->place.line)
        return STR_NONE;
    ptrdiff_t found = str_find(str_from_offset(line, start), diag->fix.from);
    return found == STR_NONE ? STR_NONE : found + (ptrdiff_t)start;
}

void diags_take(struct diags *diags, const struct diags *from)
{
    for (size_t i = 0; i < from->count; i++)
        *vec_push(diags, diags->arena) = from->items[i];
}

static int by_number(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
    const struct diag *a = left, *b = right;
    int order = str_compare(a->place.path, b->place.path);
    if (!order)
        order = by_number(a->place.line, b->place.line);
    if (!order)
        order = by_number(a->place.column, b->place.column);
    if (!order)
        order = by_number(b->severity, a->severity);
    return order ? order : str_compare(a->message, b->message);
}

void diags_sort(struct diags *diags)
{
    size_t kept = 0;
    if (!diags->count)
        return;
    qsort(diags->items, diags->count, sizeof *diags->items, compare);
    for (size_t i = 1; i < diags->count; i++)
        if (compare(&diags->items[kept], &diags->items[i]))
            diags->items[++kept] = diags->items[i];
    diags->count = kept + 1;
}

size_t diags_count(const struct diags *diags, enum severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < diags->count; i++)
        count += diags->items[i].severity == severity;
    return count;
}

const char *severity_name(enum severity severity)
{
    static const char *const names[] = {"note", "warning", "error"};
    return names[severity];
}

/* What comes from a document may hold escape sequences that a terminal would obey. */
void diag_put_safely(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool c1 = c == 0xC2 && i + 1 < text.len && (unsigned char)text.data[i + 1] < 0xA0;
        if (c < 0x20 || c == 0x7F || c1)
            buf_printf(out, "\\x%02x", c);
        else
            buf_put_char(out, (char)c);
    }
}

void diag_put(struct buf *out, const struct diag *diag)
{
    diag_put_safely(out, diag->place.path);
    if (diag->place.line)
        buf_printf(out, ":%u", (unsigned)diag->place.line);
    if (diag->place.line && diag->place.column)
        buf_printf(out, ":%u", (unsigned)diag->place.column);
    buf_printf(out, ": %s: ", severity_name(diag->severity));
    diag_put_safely(out, diag->message);
    buf_printf(out, " [%s]\n", diag->code);
}

void diags_print(const struct diags *diags, FILE *out)
{
    struct arena scratch;
    struct buf line;
    arena_init(&scratch);
    buf_init(&line, &scratch);
    for (size_t i = 0; i < diags->count; i++) {
        buf_clear(&line);
        diag_put(&line, &diags->items[i]);
        fwrite(line.data, 1, line.len, out);
    }
    arena_release(&scratch);
}
