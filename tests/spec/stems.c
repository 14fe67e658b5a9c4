/* Holds rows of words to their stems. Each line of the input is a row of words, or several, set
 * apart by |. With `together` it prints those rows whose words do not all have one stem, with
 * `apart` those in which two have the same, with `stems` the stem of every word. A second argument
 * `english` or `none` is the language. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "search/stem.h"

#include <stdio.h>
#include <stdlib.h>

struct stems {
    VEC(struct str) items;
};

static struct str read_input(struct arena *arena)
{
    struct buf input;
    size_t len;
    buf_init(&input, arena);
    while ((len = fread(buf_reserve(&input, 4096), 1, 4096, stdin)) > 0)
        input.len += len;
    return buf_str(&input);
}

static struct str stem_of(struct arena *arena, enum stem_language language, struct str form)
{
    char *out = arena_alloc(arena, form.len + STEM_EXTRA);
    return (struct str){out, stem_find(language, form, out)};
}

static struct stems stems_of(struct arena *arena, enum stem_language language, struct str row)
{
    struct stems stems = {0};
    while (row.data) {
        struct str word = str_trim(str_cut(&row, ' '));
        if (word.len)
            *vec_push(&stems.items, arena) = stem_of(arena, language, word);
    }
    return stems;
}

/* How many pairs of words have one stem. */
static size_t count_same(const struct stems *stems)
{
    size_t count = 0;
    for (size_t i = 0; i < stems->items.count; i++)
        for (size_t j = 0; j < i; j++)
            count += str_equal(stems->items.items[i], stems->items.items[j]);
    return count;
}

static void print_stems(const struct stems *stems)
{
    for (size_t i = 0; i < stems->items.count; i++)
        printf("%s%.*s", i ? " " : "", STR_ARGS(stems->items.items[i]));
    printf("\n");
}

static void try_row(struct arena *arena, enum stem_language language, char what, struct str row)
{
    struct stems stems = stems_of(arena, language, row);
    size_t count = stems.items.count, same = count_same(&stems);
    if (what == 's')
        print_stems(&stems);
    else if (count < 2 || same != (what == 't' ? count * (count - 1) / 2 : 0))
        printf("%.*s\n", STR_ARGS(row));
}

int main(int argc, char **argv)
{
    struct arena arena;
    enum stem_language language = STEM_DUTCH;
    arena_init(&arena);
    if (argc < 2)
        return 2;
    if (argc > 2)
        language = argv[2][0] == 'e' ? STEM_ENGLISH : STEM_NONE;
    struct str input = read_input(&arena);
    for (struct str line = str_line(&input); line.data; line = str_line(&input))
        while (line.data)
            try_row(&arena, language, argv[1][0], str_trim(str_cut(&line, '|')));
    arena_release(&arena);
    return 0;
}
