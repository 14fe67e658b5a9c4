#include "cli/box.h"

#include "base/arena.h"
#include "write/escape.h"
#include "write/language.h"

#define PACKS "theme/languages/"

/* -- Words ------------------------------------------------------------------------------------ */

/* A text, or a list of texts. */
static void put_words(struct buf *out, const struct value *value)
{
    if (value->kind == VALUE_TEXT)
        escape_json(out, value->text);
    if (value->kind != VALUE_LIST)
        return;
    for (size_t i = 0; i < value->list.count; i++) {
        buf_put_char(out, i ? ',' : '[');
        put_words(out, value->list.items[i]);
    }
    buf_put_char(out, ']');
}

static void put_pack(struct buf *out, const struct language *language)
{
    const struct value *words = value_get(language_texts(language), STR("serve"));
    if (!words || words->kind != VALUE_OBJECT)
        return;
    buf_put_char(out, '{');
    for (size_t i = 0; i < words->fields.count; i++) {
        const struct field *field = &words->fields.items[i];
        if (i)
            buf_put_char(out, ',');
        escape_json(out, field->name);
        buf_put_char(out, ':');
        put_words(out, field->value);
    }
    buf_put_cstring(out, "},\n");
}

struct str box_script(struct arena *arena, const struct assets *assets)
{
    const struct asset *script = assets_find(assets, STR("theme/serve.js"));
    struct diags diags;
    struct buf out;
    diags_init(&diags, arena);
    buf_init(&out, arena);
    buf_put_cstring(&out, "'use strict';\nconst serveWords = {\n");
    for (size_t i = 0; i < assets->files.count; i++) {
        const struct asset *pack = assets->files.items[i];
        struct language language;
        if (!str_starts(pack->path, STR(PACKS)) ||
            !language_read(&language, arena, (struct place){.path = pack->path}, pack->content,
                           &diags))
            continue;
        escape_json(&out, language.code);
        buf_put_char(&out, ':');
        put_pack(&out, &language);
    }
    buf_put_cstring(&out, "};\n");
    if (script)
        buf_put(&out, script->content);
    return buf_str(&out);
}

/* -- What codes mean -------------------------------------------------------------------------- */

/* The line below the heading that is the code, without how bad it is: that is told beside it. */
static struct str explanation(struct arena *arena, const struct assets *assets, struct str language,
                              const char *code)
{
    struct str path = str_format(arena, "docs/diagnostics.%.*s.md", STR_ARGS(language));
    const struct asset *guide =
        assets_find(assets, str_equal(language, STR("en")) ? STR("docs/diagnostics.md") : path);
    struct str heading = str_format(arena, "\n## %s\n\n", code);
    ptrdiff_t at = guide ? str_find(guide->content, heading) : STR_NONE;
    if (at == STR_NONE)
        return (struct str){0};
    struct str rest = str_from_offset(guide->content, (size_t)at + heading.len);
    struct str line = str_line(&rest);
    str_cut(&line, ':');
    return str_trim(line);
}

static bool is_first(const struct diag *diags, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (str_equal(str_from(diags[i].code), str_from(diags[index].code)))
            return false;
    return true;
}

static void put_explanation(struct buf *out, const struct assets *assets,
                            const struct language *languages, uint32_t count, const char *code)
{
    const char *before = "{";
    escape_json(out, str_from(code));
    buf_put_char(out, ':');
    for (uint32_t i = 0; i < count; i++) {
        struct str text = explanation(out->arena, assets, languages[i].code, code);
        if (!text.len)
            continue;
        buf_put_cstring(out, before);
        escape_json(out, languages[i].code);
        buf_put_char(out, ':');
        escape_json(out, text);
        before = ",";
    }
    buf_put_cstring(out, *before == '{' ? "{}" : "}");
}

void box_put_explanations(struct buf *out, const struct assets *assets,
                          const struct language *languages, uint32_t language_count,
                          const struct diag *diags, size_t count)
{
    buf_put_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        if (!is_first(diags, i))
            continue;
        if (i)
            buf_put_char(out, ',');
        put_explanation(out, assets, languages, language_count, diags[i].code);
    }
    buf_put_char(out, '}');
}
