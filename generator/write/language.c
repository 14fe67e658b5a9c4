#include "write/language.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "read/yaml.h"

enum { NEEDED_MAX = 8 };

/* What addresses are made of: a pack without them can't be used. */
struct needed {
    const char *group, *names[NEEDED_MAX];
};

static const struct needed needed_folders = {
    "folders", {"topics", "sources", "notes", "files", "connections", "data"}};
static const struct needed needed_pages = {
    "pages", {"connections", "timeline", "figures", "search", "changes", "history", "data"}};

static const struct needed needed_figures = {"figure_pages", {"amounts", "percentages", "counts"}};

enum { KEY_MAX = 64 }; /* of a kind: longer ones are in no pack */

/* -- Reading ---------------------------------------------------------------------------------- */

/* The tree's depth is bounded by YAML_DEPTH_MAX. */
static const struct value *value_of(struct arena *arena, const struct yaml *yaml)
{
    if (yaml->kind == YAML_SCALAR)
        return value_text(arena, yaml->text);
    struct value *value = yaml->kind == YAML_LIST ? value_list(arena) : value_object(arena);
    for (const struct yaml *item = yaml->first; item; item = item->next) {
        if (yaml->kind == YAML_LIST)
            value_append(arena, value, value_of(arena, item));
        else
            value_set_field(arena, value, item->key, value_of(arena, item));
    }
    if (yaml->kind == YAML_MAP)
        value_index(arena, value);
    return value;
}

static void read_group(struct arena *arena, const struct yaml *root, const char *name,
                       struct map *out)
{
    const struct yaml *group = yaml_get(root, str_from(name));
    map_init(out, arena);
    if (!group || group->kind != YAML_MAP)
        return;
    for (struct yaml *item = group->first; item; item = item->next)
        *map_at(out, item->key) = item;
}

static bool mistake(struct diags *diags, struct place place, const struct yaml *at,
                    const char *message, const char *subject)
{
    place.line = at ? at->line : place.line;
    place.column = at ? at->column : 0;
    diag_add(diags, DIAG_ERROR, "language", place, "'%s' %s", subject, message);
    return false;
}

/* Names that addresses are made of are slugs that differ: then no name leads elsewhere or to what
 * another one names, on any system. */
static bool check_names(struct arena *arena, const struct yaml *root, const struct needed *needed,
                        struct place place, struct diags *diags)
{
    const struct yaml *group = yaml_get(root, str_from(needed->group));
    struct map seen;
    map_init(&seen, arena);
    bool good = true;
    for (size_t i = 0; i < NEEDED_MAX && needed->names[i]; i++) {
        const struct yaml *name = yaml_get(group, str_from(needed->names[i]));
        if (!name || name->kind != YAML_SCALAR)
            good = mistake(diags, place, name ? name : group, "must have a name", needed->names[i]);
        else if (!name->text.len || !str_equal(utf8_slug(arena, name->text), name->text))
            good = mistake(diags, place, name,
                           "may be named with lower-case letters, digits and single hyphens only",
                           needed->names[i]);
        else if (map_get(&seen, name->text))
            good = mistake(diags, place, name, "has the name of another", needed->names[i]);
        else
            *map_at(&seen, name->text) = (void *)name;
    }
    return good;
}

static bool read_months(struct language *language, const struct yaml *root, struct place place,
                        struct diags *diags)
{
    const struct yaml *months = yaml_get(root, STR("months"));
    const struct yaml *month = months && months->kind == YAML_LIST ? months->first : NULL;
    size_t count = 0;
    for (; month && count < LANGUAGE_MONTHS && month->kind == YAML_SCALAR; month = month->next)
        language->months[count++] = month->text;
    if (count == LANGUAGE_MONTHS && !month)
        return true;
    return mistake(diags, place, months, "must be a list of twelve names", "months");
}

static void read_groups(struct language *language, struct arena *arena, const struct yaml *root)
{
    read_group(arena, root, "kinds", &language->kinds);
    read_group(arena, root, "kinds_plural", &language->kinds_plural);
    read_group(arena, root, "relations", &language->relations);
    read_group(arena, root, "counts", &language->counts);
}

bool language_read(struct language *language, struct arena *arena, struct place place,
                   struct str source, struct diags *diags)
{
    *language = (struct language){0};
    const struct yaml *root = yaml_read(arena, place, source, diags);
    if (!root || root->kind != YAML_MAP)
        return mistake(diags, place, root, "must be a map of keys", "language pack");
    language->strings = value_of(arena, root);
    language->code = language_text(language, "code");
    read_groups(language, arena, root);
    bool good = read_months(language, root, place, diags);
    if (!language->code.len)
        good = mistake(diags, place, NULL, "is not named by this language pack", "code");
    good &= check_names(arena, root, &needed_folders, place, diags);
    good &= check_names(arena, root, &needed_pages, place, diags);
    good &= check_names(arena, root, &needed_figures, place, diags);
    return good;
}

int language_open(struct language *language, struct arena *arena, const struct assets *assets,
                  struct str code, struct diags *diags, struct err *err)
{
    struct str path = str_format(arena, "theme/languages/%.*s.yaml", STR_ARGS(code));
    const struct asset *asset = assets_find(assets, path);
    if (!asset)
        return err_set(err, "there is no language pack '%.*s'", STR_ARGS(path));
    struct place place = {.path = asset->origin, .line = 1};
    if (!language_read(language, arena, place, asset->content, diags))
        return err_set(err, "the language pack '%.*s' cannot be used", STR_ARGS(asset->origin));
    return 0;
}

/* -- Words ------------------------------------------------------------------------------------ */

const struct value *language_texts(const struct language *language)
{
    return language->strings;
}

struct str language_text(const struct language *language, const char *key)
{
    const struct value *value = language->strings;
    for (struct str rest = str_from(key); rest.data;)
        value = value_get(value, str_cut(&rest, '.'));
    return value && value->kind == VALUE_TEXT ? value->text : STR("");
}

struct str language_list_id(const struct language *language, struct arena *arena,
                            enum document_kind kind)
{
    static const char *const folders[DOCUMENT_KINDS] = {[DOCUMENT_TOPIC] = "folders.topics",
                                                        [DOCUMENT_SOURCE] = "folders.sources",
                                                        [DOCUMENT_NOTE] = "folders.notes"};
    return str_format(arena, "%.*s/index", STR_ARGS(language_text(language, folders[kind])));
}

static struct str kind_in(const struct map *group, struct str kind)
{
    char key[KEY_MAX];
    if (kind.len > sizeof key)
        return kind;
    for (size_t i = 0; i < kind.len; i++)
        key[i] = kind.data[i] == ' ' || kind.data[i] == '-' ? '_' : str_lower(kind.data[i]);
    const struct yaml *name = map_get(group, (struct str){key, kind.len});
    return name && name->kind == YAML_SCALAR ? name->text : kind;
}

struct str language_kind(const struct language *language, struct str kind)
{
    return kind_in(&language->kinds, kind);
}

struct str language_kind_plural(const struct language *language, struct str kind)
{
    return kind_in(&language->kinds_plural, kind);
}

/* The first or second text of a pair, or an empty span. */
static struct str of_pair(const struct map *group, struct str key, bool second)
{
    const struct yaml *pair = map_get(group, key);
    const struct yaml *text = pair && pair->kind == YAML_LIST ? pair->first : NULL;
    if (text && second)
        text = text->next;
    return text && text->kind == YAML_SCALAR ? text->text : STR("");
}

static struct str spaced(struct arena *arena, struct str text)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < text.len; i++)
        buf_put_char(&out, text.data[i] == '_' ? ' ' : text.data[i]);
    return buf_str(&out);
}

struct str language_relation(const struct language *language, struct arena *arena, struct str type)
{
    struct str name = of_pair(&language->relations, type, false);
    return name.len ? name : spaced(arena, type);
}

struct str language_inverse(const struct language *language, struct arena *arena, struct str type)
{
    struct str name = of_pair(&language->relations, type, true);
    if (name.len)
        return name;
    struct buf out;
    buf_init(&out, arena);
    buf_put(&out, language_text(language, "relation_inverse_before"));
    buf_put(&out, spaced(arena, type));
    buf_put(&out, language_text(language, "relation_inverse_after"));
    return buf_str(&out);
}

/* -- Numbers and dates ------------------------------------------------------------------------ */

struct str language_number(const struct language *language, struct arena *arena, uint64_t number)
{
    struct str digits = str_format(arena, "%llu", (unsigned long long)number);
    struct str separator = language_text(language, "thousands");
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < digits.len; i++) {
        if (i && (digits.len - i) % 3 == 0)
            buf_put(&out, separator);
        buf_put_char(&out, digits.data[i]);
    }
    return buf_str(&out);
}

struct str language_noun(const struct language *language, const char *thing, uint64_t number)
{
    struct str noun = of_pair(&language->counts, str_from(thing), number != 1);
    return noun.len ? noun : str_from(thing);
}

struct str language_count(const struct language *language, struct arena *arena, const char *thing,
                          uint64_t number)
{
    struct str digits = language_number(language, arena, number);
    struct str noun = language_noun(language, thing, number);
    return str_format(arena, "%.*s %.*s", STR_ARGS(digits), STR_ARGS(noun));
}

struct str language_date(const struct language *language, struct arena *arena, struct date date)
{
    if (!date.year)
        return STR("");
    if (!date.month || date.month > LANGUAGE_MONTHS)
        return str_format(arena, "%d", date.year);
    struct str month = language->months[date.month - 1];
    if (!date.day)
        return str_format(arena, "%.*s %d", STR_ARGS(month), date.year);
    return str_format(arena, "%d %.*s %d", date.day, STR_ARGS(month), date.year);
}

struct str language_moment(const struct language *language, struct arena *arena,
                           struct moment moment)
{
    return language_date(language, arena, moment_date(moment));
}
