#include "base/diag.h"

#include "base/arena.h"
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

/* What comes from a document may hold escape sequences that a terminal would obey. */
static void print_safely(struct str text, FILE *out)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool c1 = c == 0xC2 && i + 1 < text.len && (unsigned char)text.data[i + 1] < 0xA0;
        if (c < 0x20 || c == 0x7F || c1)
            fprintf(out, "\\x%02x", c);
        else
            fputc(c, out);
    }
}

void diags_print(const struct diags *diags, FILE *out)
{
    static const char *const names[] = {"note", "warning", "error"};
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        print_safely(diag->place.path, out);
        if (diag->place.line)
            fprintf(out, ":%u", (unsigned)diag->place.line);
        if (diag->place.line && diag->place.column)
            fprintf(out, ":%u", (unsigned)diag->place.column);
        fprintf(out, ": %s: ", names[diag->severity]);
        print_safely(diag->message, out);
        fprintf(out, " [%s]\n", diag->code);
    }
}
