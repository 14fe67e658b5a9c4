/* Finds dates and figures. Each line of the input is a passage; each fact is a line: its kind, its
 * value, its unit, and behind a colon what stands in the text. The argument is the date of the
 * document. */
#include "link/facts.h"
#include "base/arena.h"
#include "base/buf.h"

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

static void print_fact(struct arena *arena, const struct fact *fact, struct str text)
{
    static const char *const kinds[FACT_KINDS] = {"date", "amount", "percentage", "count"};
    struct str unit = fact_unit(fact, text);
    printf("%s %.*s", kinds[fact->kind], STR_ARGS(fact_value(arena, fact)));
    printf("%s%.*s: %.*s\n", unit.len ? " " : "", STR_ARGS(unit),
           STR_ARGS(str_slice(text, fact->start, fact->len)));
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct date written = {0};
    arena_init(&arena);
    struct str input = read_input(&arena);
    if (argc > 1 && !date_parse(str_from(argv[1]), &written))
        return 2;
    for (struct str line = str_line(&input); line.data; line = str_line(&input)) {
        struct facts facts = {0};
        facts_find(&arena, vocabulary_table(&arena), line, 1, written, &arena, &facts);
        for (size_t i = 0; i < facts.items.count; i++)
            print_fact(&arena, &facts.items.items[i], line);
    }
    arena_release(&arena);
    return 0;
}
