#include "read/fields.h"

#include "base/arena.h"
#include "base/buf.h"

enum { LANGUAGE_MAX = 35 }; /* what BCP 47 asks of every reader of tags */

struct place fields_place(const struct fields *fields, const struct yaml *value)
{
    return (struct place){fields->path, value->line, value->column};
}

static void say_shape(const struct fields *fields, const struct yaml *value, const char *wanted)
{
    diag_add(fields->diags, DIAG_ERROR, "wrong-shape", fields_place(fields, value),
             "'%.*s' must be %s; it is left out", STR_ARGS(value->key), wanted);
}

/* One space for every run of white space, none at the ends. */
static struct str squeeze(struct arena *arena, struct str text)
{
    struct buf out;
    buf_init(&out, arena);
    text = str_trim(text);
    for (size_t i = 0; i < text.len; i++) {
        if (!str_is_space(text.data[i]))
            buf_put_char(&out, text.data[i]);
        else if (!str_is_space(text.data[i - 1]))
            buf_put_char(&out, ' ');
    }
    return buf_str(&out);
}

bool fields_text(const struct fields *fields, const struct yaml *value, struct str *out)
{
    if (yaml_is_null(value))
        return false;
    if (value->kind != YAML_SCALAR) {
        say_shape(fields, value, "one text, not a list or a map");
        return false;
    }
    *out = squeeze(fields->arena, value->text);
    return true;
}

bool fields_flag(const struct fields *fields, const struct yaml *value, bool *out)
{
    static const char *const words[][2] = {
        {"true", "false"}, {"yes", "no"}, {"ja", "nee"}, {"on", "off"}};
    if (yaml_is_null(value))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (unsigned no = 0; no < 2; no++)
            if (value->kind == YAML_SCALAR &&
                str_equal_nocase(value->text, str_from(words[i][no]))) {
                *out = !no;
                return true;
            }
    say_shape(fields, value, "'true' or 'false'");
    return false;
}

static bool is_url(struct str url)
{
    struct str scheme = str_slice(url, 0, 8);
    size_t host = str_equal_nocase(scheme, STR("https://")) ? 8 : 7;
    if (host == 7 && !str_equal_nocase(str_slice(url, 0, 7), STR("http://")))
        return false;
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.data[i] <= ' ' || url.data[i] == 0x7F)
            return false;
    return url.len > host && url.data[host] != '/' && url.data[host] != '?' &&
           url.data[host] != '#';
}

bool fields_url(const struct fields *fields, const struct yaml *value, struct str *out)
{
    struct str url;
    if (!fields_text(fields, value, &url))
        return false;
    if (!is_url(url)) {
        diag_add(fields->diags, DIAG_ERROR, "bad-url", fields_place(fields, value),
                 "'%.*s' is no address with http:// or https://; it is left out", STR_ARGS(url));
        return false;
    }
    *out = url;
    return true;
}

static bool is_language(struct str tag)
{
    bool sound = tag.len >= 2 && tag.len <= LANGUAGE_MAX;
    for (size_t i = 0; sound && i < tag.len; i++)
        sound = str_is_alnum(tag.data[i]) || (tag.data[i] == '-' && i >= 2 && i + 1 < tag.len);
    return sound;
}

bool fields_language(const struct fields *fields, const struct yaml *value, struct str *out)
{
    struct str tag;
    if (!fields_text(fields, value, &tag))
        return false;
    if (!is_language(tag)) {
        diag_add(fields->diags, DIAG_ERROR, "bad-language", fields_place(fields, value),
                 "'%.*s' is no language tag such as 'nl' or 'en'; it is left out", STR_ARGS(tag));
        return false;
    }
    *out = tag;
    return true;
}

static void append(const struct fields *fields, const struct yaml *value, struct str text,
                   struct meta_list *out)
{
    if (text.len)
        *vec_push(&out->texts, fields->arena) =
            (struct meta_text){text, value->line, value->column};
}

void fields_list(const struct fields *fields, const struct yaml *value, struct meta_list *out)
{
    struct str text;
    if (yaml_is_null(value))
        return;
    if (value->kind != YAML_LIST) {
        if (fields_text(fields, value, &text))
            append(fields, value, text, out);
        return;
    }
    for (struct yaml *item = value->first; item; item = item->next) {
        struct yaml named = *item;
        named.key = value->key; /* for the message: an item has no key of its own */
        if (fields_text(fields, &named, &text))
            append(fields, item, text, out);
    }
}

/* `[[Name|shown]]` to `Name`. */
static bool is_wikilink(struct str text)
{
    return str_starts(text, STR("[[")) && str_ends(text, STR("]]")) && text.len >= 4;
}

static struct str without_brackets(struct str text)
{
    if (is_wikilink(text)) {
        text = str_slice(text, 2, text.len - 4);
        text = str_trim(str_cut(&text, '|'));
    }
    return text;
}

/* A wikilink without quotes is YAML for a list in a list; a comma in it cut it up. */
static void append_unquoted(const struct fields *fields, const struct yaml *list,
                            struct meta_list *out)
{
    struct buf name;
    buf_init(&name, fields->arena);
    while (list->first && !list->first->next && list->first->kind == YAML_LIST)
        list = list->first;
    for (const struct yaml *part = list->first; part; part = part->next) {
        if (part->kind != YAML_SCALAR) {
            diag_add(fields->diags, DIAG_ERROR, "wrong-shape", fields_place(fields, part),
                     "a name was expected here; it is left out");
            return;
        }
        if (name.len)
            buf_put_cstring(&name, ", ");
        buf_put(&name, part->text);
    }
    struct str text = squeeze(fields->arena, buf_str(&name));
    append(fields, list, str_trim(str_cut(&text, '|')), out);
}

void fields_names(const struct fields *fields, const struct yaml *value, struct meta_list *out)
{
    struct str text;
    if (yaml_is_null(value))
        return;
    if (value->kind != YAML_LIST) {
        if (fields_text(fields, value, &text))
            append(fields, value, without_brackets(text), out);
        return;
    }
    for (struct yaml *item = value->first; item; item = item->next) {
        struct yaml named = *item;
        named.key = value->key;
        if (item->kind == YAML_LIST)
            append_unquoted(fields, item, out);
        else if (fields_text(fields, &named, &text))
            append(fields, item, without_brackets(text), out);
    }
}

/* `[[Name]]` without quotes: nothing but a list of scalars in the list. */
static bool is_unquoted_link(const struct yaml *list)
{
    const struct yaml *inner = list->kind == YAML_LIST ? list->first : NULL;
    if (!inner || inner->next || inner->kind != YAML_LIST)
        return false;
    for (const struct yaml *part = inner->first; part; part = part->next)
        if (part->kind != YAML_SCALAR)
            return false;
    return inner->first;
}

bool fields_links(const struct fields *fields, const struct yaml *value, struct meta_list *out)
{
    size_t before = out->texts.count;
    bool list = value->kind == YAML_LIST && !is_unquoted_link(value);
    for (const struct yaml *item = list ? value->first : value; item;
         item = list ? item->next : NULL) {
        if (is_unquoted_link(item))
            append_unquoted(fields, item, out);
        else if (item->kind == YAML_SCALAR && is_wikilink(str_trim(item->text)))
            append(fields, item, without_brackets(str_trim(item->text)), out);
    }
    return out->texts.count > before;
}

bool fields_map(const struct fields *fields, const struct yaml *value)
{
    if (yaml_is_null(value))
        return false;
    if (value->kind != YAML_MAP)
        say_shape(fields, value, "a map of keys and values");
    return value->kind == YAML_MAP;
}

void fields_unknown(const struct fields *fields, const struct yaml *value, const struct str *known,
                    size_t count)
{
    struct place place = {fields->path, value->key_line, value->key_column};
    struct str nearest = str_nearest(value->key, known, count);
    if (nearest.len)
        diag_add(fields->diags, DIAG_WARNING, "unknown-key", place,
                 "unknown key '%.*s' is not used; did you mean '%.*s'?", STR_ARGS(value->key),
                 STR_ARGS(nearest));
    else
        diag_add(fields->diags, DIAG_WARNING, "unknown-key", place,
                 "unknown key '%.*s' is not used", STR_ARGS(value->key));
}
