#include "write/alignment.h"

#include "base/arena.h"
#include "write/redline.h"

static struct redline_text texts_of(const struct document *document, struct arena *arena)
{
    struct redline_text text = {0};
    for (size_t i = 0; i < document->passages.count; i++)
        *vec_push(&text.items, arena) = document->passages.items[i].text;
    return text;
}

void alignment_find(struct alignment *out, struct side *before, uint32_t a, struct side *after,
                    uint32_t b, struct arena *arena)
{
    out->before = side_document(before, a, arena);
    out->after = side_document(after, b, arena);
    struct redline_text old = texts_of(out->before, arena), new = texts_of(out->after, arena);
    uint32_t *predecessors = redline_predecessors(&old, &new, arena);
    out->before_of = arena_new_array(arena, new.items.count + 1, uint32_t);
    out->now_of = arena_new_array(arena, old.items.count + 1, uint32_t);
    for (uint32_t i = 0; i < new.items.count; i++) {
        out->before_of[i + 1] = predecessors[i];
        if (predecessors[i])
            out->now_of[predecessors[i]] = i + 1;
    }
}

struct str alignment_text(const struct document *document, uint32_t number)
{
    bool there = number && number <= document->passages.count;
    return there ? document->passages.items[number - 1].text : STR("");
}
