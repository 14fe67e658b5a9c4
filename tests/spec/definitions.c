/* Finds the names that a text defines. Each line of the input is a passage; each definition is a
 * line: the name, `=`, and what it stands for; with `?` behind it where that is not sure. */
#include "base/arena.h"
#include "base/buf.h"
#include "link/definition.h"

#include <stdio.h>

static struct str read_input(struct arena *arena)
{
    struct buf input;
    size_t len;
    buf_init(&input, arena);
    while ((len = fread(buf_reserve(&input, 4096), 1, 4096, stdin)) > 0)
        input.len += len;
    return buf_str(&input);
}

int main(void)
{
    struct arena arena;
    arena_init(&arena);
    struct str input = read_input(&arena);
    for (struct str line = str_line(&input); line.data; line = str_line(&input)) {
        struct definitions found = {0};
        definitions_find(line, 1, &arena, &found);
        for (size_t i = 0; i < found.items.count; i++) {
            const struct definition *definition = &found.items.items[i];
            printf("%.*s = %.*s%s\n", STR_ARGS(definition->name), STR_ARGS(definition->meaning),
                   definition->sure ? "" : "?");
        }
    }
    arena_release(&arena);
    return 0;
}
