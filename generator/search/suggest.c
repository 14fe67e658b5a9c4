#include "search/suggest.h"

#include "base/arena.h"
#include "base/vec.h"
#include "search/lexeme.h"
#include "search/posting.h"

enum {
    FORM_LEAST = 3,       /* letters: shorter words are near to everything */
    CANDIDATES_MAX = 4096 /* no leaf that was not made to do harm has more */
};

struct candidate {
    struct str form;
    uint32_t documents;
};

struct candidates {
    VEC(struct candidate) items;
    struct arena *arena;
};

static void add(struct candidates *candidates, struct str form, uint32_t documents)
{
    if (form.len < FORM_LEAST || candidates->items.count == CANDIDATES_MAX)
        return;
    for (size_t i = 0; i < candidates->items.count; i++)
        if (str_equal(candidates->items.items[i].form, form))
            return;
    *vec_push(&candidates->items, candidates->arena) =
        (struct candidate){str_copy(candidates->arena, form), documents};
}

/* Leaves hold keys of several kinds where these meet. */
static bool take_stem(void *context, struct str key, struct str value)
{
    struct bytes bytes;
    char text[POSTING_WORD_MAX];
    if (key.data[0] != KEY_WORD)
        return true;
    bytes_begin(&bytes, value);
    struct posting_form form = posting_form_read(&bytes);
    size_t len = posting_form_spell(&form, str_from_offset(key, 1), text);
    uint32_t documents = bytes_number(&bytes);
    if (documents)
        add(context, (struct str){text, len}, documents);
    return true;
}

static bool take_reversed(void *context, struct str key, struct str value)
{
    struct candidates *candidates = context;
    char form[KEY_TEXT_MAX];
    (void)value;
    if (key.data[0] != KEY_REVERSED || key.len - 1 > sizeof form)
        return true;
    for (size_t i = 1; i < key.len; i++)
        form[i - 1] = key.data[key.len - i];
    add(candidates, (struct str){form, key.len - 1}, 0);
    return true;
}

static void visit(struct candidates *candidates, const struct root *root, enum key_kind kind,
                  struct str text, tree_visitor *take, struct suggestions *out)
{
    struct key key;
    struct str span = keys_make(&key, kind, text);
    out->waits |= tree_near(&root->tree, span, take, candidates) == TREE_WAITS;
}

/* The frequent ones first: of two that are as near the first is taken. */
static void sort(struct candidates *candidates)
{
    struct candidate *items = candidates->items.items;
    for (size_t i = 1; i < candidates->items.count; i++)
        for (size_t j = i; j > 0 && items[j - 1].documents < items[j].documents; j--) {
            struct candidate moved = items[j];
            items[j] = items[j - 1];
            items[j - 1] = moved;
        }
}

/* Slips of the pen leave the first letter what it was, more often than not: where they don't, one
 * letter is wrong, or the first two have changed places. `buiten` is no slip of `sluiten`. */
static bool is_slip(struct str form, struct str meant)
{
    return form.data[0] == meant.data[0] ||
           (form.data[0] == meant.data[1] && form.data[1] == meant.data[0]) ||
           str_is_one_edit(form, meant);
}

static void choose(struct candidates *candidates, struct str form, struct suggestions *out)
{
    size_t count = candidates->items.count;
    struct str *forms = arena_new_array(candidates->arena, count, struct str);
    for (size_t i = 0; i < count; i++)
        forms[i] = candidates->items.items[i].form;
    while (count && out->count < SUGGEST_MAX) {
        struct str nearest = str_nearest(form, forms, count);
        if (!nearest.len)
            return;
        if (is_slip(form, nearest))
            out->items[out->count++] = nearest;
        size_t at = 0;
        while (!str_equal(forms[at], nearest))
            at++;
        forms[at] = forms[--count];
    }
}

void suggest_find(struct suggestions *out, const struct root *root, struct str form,
                  struct arena *arena)
{
    struct candidates candidates = {.arena = arena};
    struct lexeme lexeme;
    char reversed[WORDS_FORM_MAX];
    *out = (struct suggestions){.count = 0};
    if (form.len < FORM_LEAST || form.len > sizeof reversed)
        return;
    for (size_t i = 0; i < form.len; i++)
        reversed[i] = form.data[form.len - 1 - i];
    lexeme_find(&lexeme, root->language, form);
    visit(&candidates, root, KEY_WORD, lexeme_str(&lexeme), take_stem, out);
    visit(&candidates, root, KEY_REVERSED, (struct str){reversed, form.len}, take_reversed, out);
    sort(&candidates);
    choose(&candidates, form, out);
}
