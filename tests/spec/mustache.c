/* Renders Mustache templates for mustache.js. Standard input is a row of cases, each of
 *
 *     P NAME SOURCE    any number of partials
 *     T VALUE SOURCE   the template and what it is shown
 *
 * where a text is `LENGTH:BYTES`, and a VALUE is S and a text, 0 or 1 for a flag, L COUNT: and that
 * many values, or O COUNT: and that many names and values. For each case the result is printed as a
 * text, or `!` where a template could not be compiled. */
#include "base/arena.h"
#include "write/template.h"

#include <stdio.h>
#include <stdlib.h>

struct input {
    struct str rest;
    struct arena *arena;
};

static char next(struct input *input)
{
    if (!input->rest.len)
        return '\0';
    char c = input->rest.data[0];
    input->rest = str_from_offset(input->rest, 1);
    return c;
}

static size_t read_count(struct input *input)
{
    size_t count = 0;
    for (char c = next(input); str_is_digit(c); c = next(input))
        count = count * 10 + (size_t)(c - '0');
    return count;
}

static struct str read_text(struct input *input)
{
    size_t len = read_count(input);
    struct str text = str_slice(input->rest, 0, len);
    input->rest = str_from_offset(input->rest, len);
    return text;
}

static struct value *read_value(struct input *input)
{
    char kind = next(input);
    if (kind == 'S')
        return value_text(input->arena, read_text(input));
    if (kind == '0' || kind == '1')
        return value_flag(input->arena, kind == '1');
    size_t count = read_count(input);
    struct value *value = kind == 'L' ? value_list(input->arena) : value_object(input->arena);
    for (size_t i = 0; i < count; i++) {
        struct str name = kind == 'O' ? read_text(input) : STR("");
        const struct value *item = read_value(input);
        if (kind == 'L')
            value_append(input->arena, value, item);
        else
            value_set_field(input->arena, value, name, item);
    }
    return value;
}

static void print_case(struct input *input, struct templates *templates, struct diags *diags)
{
    struct place place = {.path = STR("case")};
    const struct value *value = read_value(input);
    bool added = templates_add(templates, STR(""), place, read_text(input), diags);
    struct buf out;
    buf_init(&out, input->arena);
    template_render(templates, STR(""), value, &out);
    if (!added || diags->count) {
        putchar('!');
    } else {
        printf("%zu:", out.len);
        fwrite(out.data, 1, out.len, stdout);
    }
    diags_print(diags, stderr);
}

static void run_case(struct input *input)
{
    struct templates templates;
    struct diags diags;
    templates_init(&templates, input->arena);
    diags_init(&diags, input->arena);
    while (next(input) == 'P') {
        struct str name = read_text(input);
        templates_add(&templates, name, (struct place){.path = name}, read_text(input), &diags);
    }
    print_case(input, &templates, &diags);
}

int main(void)
{
    struct arena arena;
    struct buf source;
    arena_init(&arena);
    buf_init(&source, &arena);
    for (size_t got = 1; got;) {
        char *end = buf_reserve(&source, BUFSIZ);
        got = fread(end, 1, BUFSIZ, stdin);
        source.len += got;
    }
    struct input input = {buf_str(&source), &arena};
    while (input.rest.len)
        run_case(&input);
    arena_release(&arena);
    return 0;
}
