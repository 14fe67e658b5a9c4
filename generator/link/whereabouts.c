#include "link/whereabouts.h"

#include "repo/snapshot.h"

#include <string.h>

enum {
    COMPARED_MAX = 32,  /* bytes of the words that are compared: more than tells them apart */
    LOOKED_MAX = 20000, /* bytes behind the line that are looked at: some pages */
};

void whereabouts_read(struct whereabouts *whereabouts, struct crew *crew, struct worker *worker,
                      const struct outline *outline)
{
    struct err err;
    *whereabouts = (struct whereabouts){.bytes = STR(""), .line = 1, .read = true};
    if (outline->markdown != NO_ENTRY &&
        snapshot_read(worker->reader, outline->markdown, crew->limits->file_size, &worker->page,
                      &whereabouts->bytes, &err))
        whereabouts->bytes = STR("");
}

/* What Markdown writes between words and inside them. */
static bool is_markup(char c)
{
    return str_is_space(c) || (c && strchr("*_\\>[]~=`", c));
}

/* Whether `text` begins at the start of `bytes`, markup aside. */
static bool begins(struct str bytes, struct str text)
{
    size_t at = 0, i = 0;
    for (text = str_slice(text, 0, COMPARED_MAX); i < text.len; i++) {
        if (is_markup(text.data[i]))
            continue;
        while (at < bytes.len && at < 4 * COMPARED_MAX && is_markup(bytes.data[at]))
            at++;
        if (at >= bytes.len || bytes.data[at++] != text.data[i])
            return false;
    }
    return true;
}

void whereabouts_find(struct whereabouts *whereabouts, uint32_t first, struct str text,
                      struct place *place)
{
    struct str bytes = whereabouts->bytes;
    uint32_t line = whereabouts->line;
    while (line < first && whereabouts->at < bytes.len)
        line += bytes.data[whereabouts->at++] == '\n';
    whereabouts->line = line;
    size_t start = whereabouts->at;
    for (size_t at = start; at < bytes.len && at - whereabouts->at < LOOKED_MAX; at++) {
        if (at >= whereabouts->behind && !is_markup(bytes.data[at] == '[' ? 'x' : bytes.data[at]) &&
            begins(str_from_offset(bytes, at), text)) {
            place->line = line;
            place->column = (uint32_t)(at - start) + 1;
            whereabouts->behind = at + 1;
            return;
        }
        if (bytes.data[at] == '\n') {
            line++;
            start = at + 1;
        }
    }
}
