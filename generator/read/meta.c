#include "read/meta.h"

#include "base/arena.h"
#include "base/buf.h"
#include "read/fields.h"
#include "read/yaml.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum {
    UNOPENED_LINES_MAX = 100, /* of what looks like front matter; more is a text */
    KEY_MAX = 32              /* bytes: no key that is known is longer */
};

enum form {
    FORM_IGNORED, /* means something to other programs */
    FORM_TEXT,
    FORM_AUTHORS,
    FORM_TYPE,
    FORM_LANGUAGE,
    FORM_URL,
    FORM_DATE,
    FORM_FLAG,
    FORM_NAME,
    FORM_LIST,
    FORM_TAGS,
    FORM_NAMES,
    FORM_URLS,
    FORM_RELATIONS,
    FORM_MATCH
};

struct key {
    const char *name;
    enum form form;
    size_t offset; /* of the field in struct given */
};

/* What is read. */
struct given {
    struct meta meta;
    struct meta_more more;
};

#define FIELD(name) offsetof(struct given, meta.name)
#define MORE(name) offsetof(struct given, more.name)

const struct meta_more meta_nothing;

struct meta_more_fields meta_more_fields(struct meta_more *more)
{
    return (struct meta_more_fields){
        .texts = {&more->type, &more->label, &more->abbreviation, &more->issuer, &more->author,
                  &more->addressee, &more->url, &more->reference, &more->licence},
        .lists = {&more->authors, &more->sources, &more->same_as, &more->never, &more->only_with,
                  &more->links, &more->former}};
}

static const struct key keys[] = {
    {"type", FORM_TYPE, MORE(type)},
    {"title", FORM_TEXT, FIELD(title)},
    {"description", FORM_TEXT, FIELD(description)},
    {"label", FORM_TEXT, MORE(label)},
    {"kind", FORM_TEXT, FIELD(kind)},
    {"abbreviation", FORM_TEXT, MORE(abbreviation)},
    {"issuer", FORM_TEXT, MORE(issuer)},
    {"author", FORM_AUTHORS, MORE(author)},
    {"authors", FORM_AUTHORS, MORE(author)},
    {"addressee", FORM_TEXT, MORE(addressee)},
    {"reference", FORM_TEXT, MORE(reference)},
    {"url", FORM_URL, MORE(url)},
    {"language", FORM_LANGUAGE, FIELD(language)},
    {"lang", FORM_LANGUAGE, FIELD(lang)},
    {"translation_of", FORM_NAME, MORE(translation_of)},
    {"licence", FORM_TEXT, MORE(licence)},
    {"license", FORM_TEXT, MORE(licence)},
    {"date", FORM_DATE, FIELD(date)},
    {"compounds", FORM_FLAG, MORE(compounds)},
    {"aliases", FORM_LIST, FIELD(aliases)},
    {"alias", FORM_LIST, FIELD(aliases)},
    {"tags", FORM_TAGS, FIELD(tags)},
    {"tag", FORM_TAGS, FIELD(tags)},
    {"sources", FORM_NAMES, MORE(sources)},
    {"same_as", FORM_URLS, MORE(same_as)},
    {"redirect_from", FORM_LIST, MORE(former)},
    {"relations", FORM_RELATIONS, MORE(relations)},
    {"match", FORM_MATCH, 0},
    /* Obsidian, Hugo, Jekyll, Pandoc, Zettlr and GitHub have these. */
    {.name = "bibliography"},
    {.name = "build"},
    {.name = "cascade"},
    {.name = "categories"},
    {.name = "category"},
    {.name = "comments"},
    {.name = "cover"},
    {.name = "created"},
    {.name = "cssclass"},
    {.name = "cssclasses"},
    {.name = "draft"},
    {.name = "excerpt"},
    {.name = "expiryDate"},
    {.name = "headless"},
    {.name = "id"},
    {.name = "image"},
    {.name = "images"},
    {.name = "keywords"},
    {.name = "lastmod"},
    {.name = "layout"},
    {.name = "linkTitle"},
    {.name = "markup"},
    {.name = "math"},
    {.name = "menu"},
    {.name = "menus"},
    {.name = "modified"},
    {.name = "nav_order"},
    {.name = "outputs"},
    {.name = "params"},
    {.name = "parent"},
    {.name = "permalink"},
    {.name = "position"},
    {.name = "publish"},
    {.name = "publishDate"},
    {.name = "published"},
    {.name = "robots"},
    {.name = "series"},
    {.name = "sidebar_position"},
    {.name = "sitemap"},
    {.name = "slug"},
    {.name = "source"},
    {.name = "status"},
    {.name = "subtitle"},
    {.name = "summary"},
    {.name = "toc"},
    {.name = "translationKey"},
    {.name = "uid"},
    {.name = "updated"},
    {.name = "weight"},
};

enum { KEYS = sizeof keys / sizeof *keys, TYPES = 3 };

/* Obsidian's properties know no case, and people type `Tags`. */
static const struct key *find(struct str name)
{
    for (size_t i = 0; i < KEYS; i++)
        if (str_equal_nocase(name, str_from(keys[i].name)))
            return &keys[i];
    return NULL;
}

/* A slip of one letter can be mended where the right key is not there as well. */
static void say_unknown(const struct fields *fields, const struct yaml *map,
                        const struct yaml *value)
{
    struct str names[KEYS];
    for (size_t i = 0; i < KEYS; i++)
        names[i] = str_from(keys[i].name);
    fields_unknown(fields, value, names, KEYS);
    struct str nearest = str_nearest(value->key, names, KEYS);
    if (nearest.len && str_is_one_edit(value->key, nearest) && !yaml_get(map, nearest))
        diag_fix(fields->diags, value->key, nearest);
}

/* Several programs give `type` a meaning of their own, so only what looks like a slip is said. */
static void read_type(const struct fields *fields, const struct yaml *value, struct str *out)
{
    static const char *const names[] = {"topic", "source", "note"};
    struct str known[TYPES], text;
    if (!fields_text(fields, value, &text))
        return;
    for (size_t i = 0; i < TYPES; i++) {
        known[i] = str_from(names[i]);
        if (str_equal_nocase(text, known[i]))
            *out = known[i];
    }
    struct str nearest = str_nearest(text, known, TYPES);
    if (!out->len && nearest.len)
        diag_add(fields->diags, DIAG_WARNING, "unknown-type", fields_place(fields, value),
                 "unknown type '%.*s' is not used; did you mean '%.*s'?", STR_ARGS(text),
                 STR_ARGS(nearest));
}

static void read_authors(const struct fields *fields, const struct yaml *value,
                         struct meta_more *out)
{
    struct buf joined;
    buf_init(&joined, fields->arena);
    out->authors = (struct meta_list){0};
    fields_names(fields, value, &out->authors);
    for (size_t i = 0; i < out->authors.texts.count; i++) {
        if (i)
            buf_put_cstring(&joined, ", ");
        buf_put(&joined, out->authors.texts.items[i].text);
    }
    out->author = buf_str(&joined);
}

static void read_date(const struct fields *fields, const struct yaml *value, struct date *out)
{
    struct str text;
    if (fields_text(fields, value, &text) && !date_parse(text, out))
        diag_add(fields->diags, DIAG_ERROR, "bad-date", fields_place(fields, value),
                 "'%.*s' is no date that exists, such as '2025-01-17'; it is left out",
                 STR_ARGS(text));
}

static void add_tag(const struct fields *fields, const struct meta_text *at, struct str tag,
                    struct meta_list *out)
{
    while (str_starts(tag, STR("#")))
        tag = str_from_offset(tag, 1);
    if (tag.len)
        *vec_push(&out->texts, fields->arena) = (struct meta_text){tag, at->line, at->column};
}

/* One scalar holds several tags, between commas or spaces; an item of a list is one tag. */
static void read_tags(const struct fields *fields, const struct yaml *value, struct meta_list *out)
{
    struct meta_list written = {0};
    fields_list(fields, value, &written);
    for (size_t i = 0; i < written.texts.count; i++) {
        const struct meta_text *at = &written.texts.items[i];
        if (value->kind == YAML_LIST) {
            add_tag(fields, at, at->text, out);
            continue;
        }
        for (struct str rest = at->text; rest.len;) {
            struct str part = str_cut(&rest, ',');
            while (part.len)
                add_tag(fields, at, str_cut(&part, ' '), out);
        }
    }
}

static void read_urls(const struct fields *fields, const struct yaml *value, struct meta_list *out)
{
    bool list = value->kind == YAML_LIST;
    for (const struct yaml *item = list ? value->first : value; item;
         item = list ? item->next : NULL) {
        struct yaml named = *item;
        struct str url;
        named.key = value->key;
        if (fields_url(fields, &named, &url))
            *vec_push(&out->texts, fields->arena) =
                (struct meta_text){url, item->line, item->column};
    }
}

static void read_relations(const struct fields *fields, const struct yaml *value,
                           struct meta_more *out)
{
    if (!fields_map(fields, value))
        return;
    for (const struct yaml *type = value->first; type; type = type->next) {
        struct meta_list targets = {0};
        fields_names(fields, type, &targets);
        for (size_t i = 0; i < targets.texts.count; i++)
            *vec_push(&out->relations, fields->arena) =
                (struct relation){type->key, targets.texts.items[i]};
    }
}

/* Of more names the first. */
static void read_name(const struct fields *fields, const struct yaml *value, struct meta_text *out)
{
    struct meta_list names = {0};
    fields_names(fields, value, &names);
    if (names.texts.count)
        *out = names.texts.items[0];
}

static void read_match(const struct fields *fields, const struct yaml *value, struct meta_more *out)
{
    const struct str known[] = {STR("never"), STR("only_with")};
    if (!fields_map(fields, value))
        return;
    for (const struct yaml *rule = value->first; rule; rule = rule->next) {
        if (str_equal(rule->key, known[0]))
            fields_list(fields, rule, &out->never);
        else if (str_equal(rule->key, known[1]))
            fields_names(fields, rule, &out->only_with);
        else
            fields_unknown(fields, rule, known, 2);
    }
}

static void read_value(const struct fields *fields, const struct yaml *value, const struct key *key,
                       struct given *out)
{
    void *field = (char *)out + key->offset;
    switch (key->form) {
    case FORM_IGNORED:
        break;
    case FORM_TEXT:
        fields_text(fields, value, field);
        break;
    case FORM_AUTHORS:
        read_authors(fields, value, &out->more);
        break;
    case FORM_TYPE:
        read_type(fields, value, field);
        break;
    case FORM_LANGUAGE:
        fields_language(fields, value, field);
        break;
    case FORM_URL:
        fields_url(fields, value, field);
        break;
    case FORM_DATE:
        read_date(fields, value, field);
        break;
    case FORM_FLAG:
        fields_flag(fields, value, field);
        break;
    case FORM_NAME:
        read_name(fields, value, field);
        break;
    case FORM_LIST:
        fields_list(fields, value, field);
        break;
    case FORM_TAGS:
        read_tags(fields, value, field);
        break;
    case FORM_NAMES:
        fields_names(fields, value, field);
        break;
    case FORM_URLS:
        read_urls(fields, value, field);
        break;
    case FORM_RELATIONS:
        read_relations(fields, value, &out->more);
        break;
    case FORM_MATCH:
        read_match(fields, value, &out->more);
        break;
    }
}

static bool holds_one(enum form form)
{
    return form != FORM_IGNORED && form < FORM_LIST;
}

/* Two spellings of one key (`licence` and `license`, `Title` and `title`): the first holds, but
 * lists take both. */
static void read_map(const struct fields *fields, const struct yaml *map, struct given *out)
{
    bool seen[sizeof *out] = {false};
    for (const struct yaml *value = map->first; value; value = value->next) {
        const struct key *key = find(value->key);
        if (!key || key->form == FORM_IGNORED) {
            if (!fields_links(fields, value, &out->more.links) && !key)
                say_unknown(fields, map, value);
        } else if (holds_one(key->form) && seen[key->offset]) {
            struct place place = {fields->path, value->key_line, value->key_column};
            diag_add(fields->diags, DIAG_ERROR, "duplicate-key", place,
                     "'%.*s' says again what another key said; this one is left out",
                     STR_ARGS(value->key));
        } else {
            seen[key->offset] |= holds_one(key->form);
            read_value(fields, value, key, out);
        }
    }
}

static bool is_fence(struct str line, bool closing)
{
    line = str_trim_end(line);
    return str_equal(line, STR("---")) || (closing && str_equal(line, STR("...")));
}

/* Where the front matter ends: `*yaml` is what stands between the fences, `*rest` what follows them
 * and `*lines` the lines of both. Returns false where no line closes it. */
static bool find_end(struct str *rest, struct str *yaml, uint32_t *lines)
{
    const char *start = rest->data;
    *lines = 1;
    for (;;) {
        struct str line = str_line(rest);
        if (!line.data)
            return false;
        ++*lines;
        *yaml = (struct str){start, (size_t)(line.data - start)};
        if (is_fence(line, true))
            return true;
    }
}

static void say_no_front_matter(struct diags *diags, struct place place, const char *why)
{
    diag_add(diags, DIAG_WARNING, "no-front-matter", place, "%s; the whole file is read as text",
             why);
}

/* -- Front matter that lacks its first line -------------------------------------------------------
 */

/* The key that a line of front matter begins with; empty where it begins with none. */
static struct str key_of(struct str line)
{
    size_t len = 0;
    while (len < line.len &&
           (str_is_alnum(line.data[len]) || line.data[len] == '_' || line.data[len] == '-'))
        len++;
    bool colon = len && len < line.len && line.data[len] == ':' &&
                 (len + 1 == line.len || line.data[len + 1] == ' ' || line.data[len + 1] == '\r');
    return str_slice(line, 0, colon ? len : 0);
}

/* Whether nothing but keys of front matter and their values stands before a line `---`, of which
 * the first is known. `*sure`: all are, and one is the title, so that it can be nothing else. */
static bool is_front_matter(struct str rest, bool *sure)
{
    bool title = false;
    *sure = true;
    for (unsigned number = 0; number < UNOPENED_LINES_MAX; number++) {
        struct str line = str_line(&rest), key = key_of(line);
        const struct key *known = key.len ? find(key) : NULL;
        if (number && is_fence(line, false)) {
            *sure &= title;
            return true;
        }
        bool more = str_starts(line, STR(" ")) || str_starts(line, STR("- "));
        if (!line.data || !(known || (number && (more || key.len))))
            return false;
        *sure &= known || more;
        title |= known && !strcmp(known->name, "title");
    }
    return false;
}

/* What an editor meant for front matter, and which is text: `source` has no byte order mark. */
static void look_for_front_matter(struct str path, struct str source, uint32_t column,
                                  struct diags *diags)
{
    struct place place = {path, 1, column};
    struct str rest = source, line = str_line(&rest), key = key_of(line);
    bool sure;
    if (key.len && is_front_matter(source, &sure)) {
        bool windows = rest.data && rest.data - source.data >= 2 && rest.data[-2] == '\r';
        say_no_front_matter(diags, place, "no line '---' opens this front matter");
        char opened[KEY_MAX + 8];
        if (!sure || !diags || key.len > KEY_MAX)
            return;
        int len =
            snprintf(opened, sizeof opened, "---%s%.*s", windows ? "\r\n" : "\n", STR_ARGS(key));
        diag_fix(diags, key, (struct str){opened, (size_t)len});
        return;
    }
    for (; line.data && !str_trim(line).len; line = str_line(&rest))
        place.line++;
    if (place.line > 1 && is_fence(line, false) && rest.data && is_front_matter(rest, &sure))
        say_no_front_matter(diags, place, "front matter begins on the first line of a file");
}

void meta_read(struct arena *arena, struct str path, struct str source, struct meta *out,
               struct diags *diags)
{
    const struct fields fields = {arena, path, diags};
    struct str rest = source, yaml;
    uint32_t lines;
    if (str_starts(rest, STR("\xEF\xBB\xBF")))
        rest = str_from_offset(rest, 3);
    *out =
        (struct meta){.more = &meta_nothing, .body_offset = source.len - rest.len, .body_line = 1};
    if (!is_fence(str_line(&rest), false)) {
        struct str text = str_from_offset(source, out->body_offset);
        look_for_front_matter(path, text, (uint32_t)out->body_offset + 1, diags);
        return;
    }
    struct place place = {path, 1, 1};
    if (!find_end(&rest, &yaml, &lines)) {
        say_no_front_matter(diags, place, "no line '---' closes this front matter");
        return;
    }
    if (yaml.len > YAML_SIZE_MAX) {
        say_no_front_matter(diags, place, "this is too large for front matter");
        return;
    }
    place.line = 2;
    const struct yaml *tree = yaml_read(arena, place, yaml, diags);
    if (tree && tree->kind != YAML_MAP) {
        say_no_front_matter(diags, fields_place(&fields, tree), "front matter is 'key: value'");
        return;
    }
    out->body_offset = source.len - rest.len;
    out->body_line = lines + 1;
    if (tree) {
        struct given *given = arena_new(arena, struct given);
        given->meta = *out;
        given->meta.more = &given->more;
        read_map(&fields, tree, given);
        *out = given->meta;
    }
    if (!out->language.len)
        out->language = out->lang;
}
