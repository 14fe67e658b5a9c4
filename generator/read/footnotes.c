#include "read/footnotes.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

enum {
    INDENT_MAX = 3,  /* spaces: more make a code block */
    LABEL_MAX = 1000 /* bytes, as in cmark-gfm */
};

struct definition {
    struct str label; /* as written */
    struct str key;   /* without case */
    uint32_t line;
    bool again;
};

struct footnotes {
    struct arena *arena;
    struct map defined, referred; /* by key */
    VEC(struct definition) definitions;
};

/* The label of the `[^label]` that `text` starts with; empty where there is none. */
static struct str label_at(struct str text)
{
    ptrdiff_t end = str_find_char(str_slice(text, 0, LABEL_MAX), ']');
    if (!str_starts(text, STR("[^")) || end <= 2)
        return STR("");
    struct str label = str_slice(text, 2, (size_t)end - 2);
    for (size_t i = 0; i < label.len; i++)
        if (str_is_space(label.data[i]) || label.data[i] == '[')
            return STR("");
    return label;
}

static void define(struct footnotes *footnotes, struct str label, uint32_t line)
{
    struct str key = utf8_fold(footnotes->arena, label);
    void **slot = map_at(&footnotes->defined, key);
    *vec_push(&footnotes->definitions, footnotes->arena) =
        (struct definition){label, key, line, *slot != NULL};
    *slot = footnotes;
}

/* What a line refers to, from `text` on. */
static void refer(struct footnotes *footnotes, struct str text)
{
    for (ptrdiff_t at = str_find(text, STR("[^")); at != STR_NONE; at = str_find(text, STR("[^"))) {
        text = str_from_offset(text, (size_t)at);
        struct str label = label_at(text);
        if (label.len)
            *map_at(&footnotes->referred, utf8_fold(footnotes->arena, label)) = footnotes;
        text = str_from_offset(text, 2 + label.len);
    }
}

static void read_line(struct footnotes *footnotes, struct str line, uint32_t number)
{
    size_t indent = 0;
    while (indent < line.len && line.data[indent] == ' ')
        indent++;
    struct str text = str_from_offset(line, indent);
    struct str label = indent <= INDENT_MAX ? label_at(text) : STR("");
    size_t behind = label.len + 3;
    if (label.len && behind < text.len && text.data[behind] == ':') {
        define(footnotes, label, number);
        text = str_from_offset(text, behind);
    }
    refer(footnotes, text);
}

static void report(const struct footnotes *footnotes, struct str path, struct diags *diags)
{
    for (size_t i = 0; i < footnotes->definitions.count; i++) {
        const struct definition *definition = &footnotes->definitions.items[i];
        struct place place = {path, definition->line, 1};
        if (definition->again)
            diag_add(diags, DIAG_WARNING, "footnote-twice", place,
                     "there is an earlier footnote '%.*s'; this one is not shown",
                     STR_ARGS(definition->label));
        else if (!map_get(&footnotes->referred, definition->key))
            diag_add(diags, DIAG_WARNING, "footnote-unused", place,
                     "nothing refers to the footnote '%.*s'; it is not shown",
                     STR_ARGS(definition->label));
    }
}

void footnotes_check(struct arena *arena, struct place place, struct str body, size_t shown,
                     struct diags *diags)
{
    struct footnotes footnotes = {.arena = arena};
    uint32_t number = place.line;
    if (str_find(body, STR("[^")) == STR_NONE)
        return;
    map_init(&footnotes.defined, arena);
    map_init(&footnotes.referred, arena);
    for (struct str line = str_line(&body); line.data; line = str_line(&body))
        read_line(&footnotes, line, number++);
    if (footnotes.definitions.count > shown)
        report(&footnotes, place.path, diags);
}
