#include "read/config.h"

#include "base/arena.h"
#include "read/fields.h"
#include "read/yaml.h"

enum { PATTERN_MAX = 1024, LIMIT_MAX = 1000000000 };

static const struct str known_keys[] = {
    {"title", 5},   {"description", 11}, {"language", 8}, {"base_url", 8},  {"edit_url", 8},
    {"licence", 7}, {"license", 7},      {"ignore", 6},   {"data", 4},      {"limits", 6},
    {"menu", 4},    {"history", 7},      {"search", 6},   {"languages", 9}, {"translations", 12},
    {"contact", 7}, {"pictures", 8},
};

void config_init(struct config *config)
{
    *config = (struct config){
        .language = STR("nl"),
        .languages = {STR("nl")},
        .language_count = 1,
        .data = true,
        .search = true,
        .pictures = true,
        .limits =
            {
                .file_size = LIMIT_FILE_SIZE,
                .asset_size = LIMIT_ASSET_SIZE,
                .files = LIMIT_FILES,
                .topics = LIMIT_TOPICS,
                .links_per_page = LIMIT_LINKS_PER_PAGE,
            },
    };
}

static void say(const struct fields *fields, const struct yaml *value, const char *code,
                const char *message)
{
    diag_add(fields->diags, DIAG_ERROR, code, fields_place(fields, value), "%s", message);
}

/* The language decides paths and words, so a wrong one is an error, not a preference. */
static bool find_language(struct str text, struct str *out)
{
    static const char *const known[LANGUAGES_MAX] = {"nl", "en"};
    for (size_t i = 0; i < LANGUAGES_MAX; i++)
        if (str_equal_nocase(text, str_from(known[i]))) {
            *out = str_from(known[i]);
            return true;
        }
    return false;
}

static void read_language(const struct fields *fields, const struct yaml *value, struct str *out)
{
    struct str text;
    if (!fields_text(fields, value, &text) || find_language(text, out))
        return;
    diag_add(fields->diags, DIAG_ERROR, "unknown-language", fields_place(fields, value),
             "there are no words in language '%.*s', only in 'nl' and 'en'; 'nl' is used",
             STR_ARGS(text));
}

/* Each once; the first is that of the site. */
static void read_languages(const struct fields *fields, const struct yaml *value,
                           struct config *config)
{
    struct meta_list list = {0};
    uint32_t count = 0;
    fields_list(fields, value, &list);
    for (size_t i = 0; i < list.texts.count; i++) {
        const struct meta_text *text = &list.texts.items[i];
        struct str language = {"", 0};
        bool twice = false;
        if (!find_language(text->text, &language))
            diag_add(fields->diags, DIAG_ERROR, "unknown-language",
                     (struct place){fields->path, text->line, text->column},
                     "there are no words in language '%.*s', only in 'nl' and 'en'; it is left out",
                     STR_ARGS(text->text));
        for (uint32_t j = 0; j < count; j++)
            twice |= str_equal(config->languages[j], language);
        if (language.len && !twice)
            config->languages[count++] = language;
    }
    if (count)
        config->language_count = count;
}

static void read_base_url(const struct fields *fields, const struct yaml *value, struct str *out)
{
    struct str url;
    if (!fields_url(fields, value, &url))
        return;
    if (str_find_char(url, '?') != STR_NONE || str_find_char(url, '#') != STR_NONE) {
        say(fields, value, "bad-url", "'base_url' cannot hold '?' or '#'; it is left out");
        return;
    }
    bool whole = str_ends(url, STR("/"));
    *out = whole ? url : str_format(fields->arena, "%.*s/", STR_ARGS(url));
}

static void read_edit_url(const struct fields *fields, const struct yaml *value, struct str *out)
{
    struct str url;
    if (!fields_url(fields, value, &url))
        return;
    if (str_find(url, STR("{path}")) == STR_NONE)
        say(fields, value, "bad-url",
            "'edit_url' must hold '{path}', where a file's path goes; it is left out");
    else
        *out = url;
}

/* `all`, `none`, or a flag. */
static void read_whether(const struct fields *fields, const struct yaml *value, bool *out)
{
    if (value->kind == YAML_SCALAR && str_equal_nocase(value->text, STR("none")))
        *out = false;
    else if (value->kind == YAML_SCALAR && str_equal_nocase(value->text, STR("all")))
        *out = true;
    else
        fields_flag(fields, value, out);
}

static void read_history(const struct fields *fields, const struct yaml *value,
                         enum config_history *out)
{
    static const char *const known[] = {
        [HISTORY_FULL] = "full", [HISTORY_DATES] = "dates", [HISTORY_NONE] = "none"};
    struct str text;
    if (!fields_text(fields, value, &text))
        return;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_equal_nocase(text, str_from(known[i]))) {
            *out = (enum config_history)i;
            return;
        }
    diag_add(fields->diags, DIAG_ERROR, "bad-history", fields_place(fields, value),
             "'history' is 'full', 'dates' or 'none', not '%.*s'; only dates are shown",
             STR_ARGS(text));
    *out = HISTORY_DATES;
}

static void read_ignore(const struct fields *fields, const struct yaml *value,
                        struct config *config)
{
    fields_list(fields, value, &config->ignore);
    if (config->ignore.texts.count > LIMIT_IGNORE) {
        diag_add(fields->diags, DIAG_ERROR, "too-many", fields_place(fields, value),
                 "'ignore' has more than %d patterns; the rest is left out", LIMIT_IGNORE);
        config->ignore.texts.count = LIMIT_IGNORE;
    }
}

static void read_limit(const struct fields *fields, const struct yaml *value, uint64_t *out)
{
    struct str text;
    long number;
    if (!fields_text(fields, value, &text))
        return;
    if (str_to_long(text, &number) && number >= 1 && number <= LIMIT_MAX)
        *out = (uint64_t)number;
    else
        diag_add(fields->diags, DIAG_ERROR, "bad-limit", fields_place(fields, value),
                 "'%.*s' must be a whole number from 1 to %d; the limit stays %llu",
                 STR_ARGS(value->key), LIMIT_MAX, (unsigned long long)*out);
}

static void read_limits(const struct fields *fields, const struct yaml *map, struct limits *limits)
{
    enum { NAMES = 5 };
    const struct str names[NAMES] = {STR("file_size"), STR("asset_size"), STR("files"),
                                     STR("topics"), STR("links_per_page")};
    uint64_t *const values[NAMES] = {&limits->file_size, &limits->asset_size, &limits->files,
                                     &limits->topics, &limits->links_per_page};
    if (!fields_map(fields, map))
        return;
    for (const struct yaml *value = map->first; value; value = value->next) {
        size_t i = 0;
        while (i < NAMES && !str_equal(value->key, names[i]))
            i++;
        if (i < NAMES)
            read_limit(fields, value, values[i]);
        else
            fields_unknown(fields, value, names, NAMES);
    }
}

/* A page of the site, or an address with a scheme that does not run anything. */
static bool is_menu_url(struct str url)
{
    static const char *const schemes[] = {"http", "https", "mailto", "tel"};
    struct str rest = url;
    struct str scheme = str_cut(&rest, ':');
    if (!rest.data || str_find_char(scheme, '/') != STR_NONE)
        return true;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (str_equal_nocase(scheme, str_from(schemes[i])))
            return true;
    return false;
}

static void read_menu_entry(const struct fields *fields, const struct yaml *item,
                            struct config *config)
{
    const struct str known[] = {STR("title"), STR("url")};
    struct menu_entry entry = {.line = item->line, .column = item->column};
    for (const struct yaml *value = item->first; value; value = value->next) {
        if (str_equal(value->key, known[0]))
            fields_text(fields, value, &entry.title);
        else if (str_equal(value->key, known[1])) {
            fields_text(fields, value, &entry.url);
            entry.url_line = value->line;
            entry.url_column = value->column;
        } else
            fields_unknown(fields, value, known, 2);
    }
    if (item->kind != YAML_MAP || !entry.title.len || !entry.url.len)
        say(fields, item, "bad-menu", "a menu entry needs 'title' and 'url'; it is left out");
    else if (!is_menu_url(entry.url))
        say(fields, item, "bad-url",
            "a menu entry's 'url' is a page or begins with http, https, mailto or tel; it is left "
            "out");
    else
        *vec_push(&config->menu, fields->arena) = entry;
}

/* A mail address, or the address of a page. */
static void read_contact(const struct fields *fields, const struct yaml *value, struct str *out)
{
    struct str text = {"", 0};
    fields_text(fields, value, &text);
    bool page = str_starts(text, STR("https://")) || str_starts(text, STR("http://"));
    ptrdiff_t at = str_find_char(text, '@');
    bool mail = at > 0 && (size_t)at + 1 < text.len && str_find_char(text, '/') == STR_NONE &&
                str_find_char(text, ':') == STR_NONE && str_find_char(text, '?') == STR_NONE;
    if ((page || mail) && str_find_char(text, ' ') == STR_NONE)
        *out = text;
    else if (text.len)
        say(fields, value, "wrong-shape",
            "'contact' is a mail address or begins with 'https://'; it is left out");
}

static void read_menu(const struct fields *fields, const struct yaml *list, struct config *config)
{
    if (yaml_is_null(list))
        return;
    if (list->kind != YAML_LIST) {
        say(fields, list, "wrong-shape",
            "'menu' must be a list of entries with 'title' and 'url'; it is left out");
        return;
    }
    for (const struct yaml *item = list->first; item; item = item->next) {
        if (config->menu.count >= LIMIT_MENU) {
            diag_add(fields->diags, DIAG_ERROR, "too-many", fields_place(fields, item),
                     "'menu' has more than %d entries; the rest is left out", LIMIT_MENU);
            return;
        }
        read_menu_entry(fields, item, config);
    }
}

static void read_value(const struct fields *fields, const struct yaml *value,
                       struct config *config);

/* What is said in one language: `title`, `description` and `menu`. */
static const struct config *read_words(const struct fields *fields, const struct yaml *map)
{
    const struct str known[] = {STR("title"), STR("description"), STR("menu")};
    struct config *words = arena_new(fields->arena, struct config);
    for (const struct yaml *value = map->first; value; value = value->next) {
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            found |= str_equal(value->key, known[i]);
        if (found)
            read_value(fields, value, words);
        else
            fields_unknown(fields, value, known, sizeof known / sizeof *known);
    }
    return words;
}

static void read_translations(const struct fields *fields, const struct yaml *map,
                              struct config *config)
{
    if (!fields_map(fields, map))
        return;
    for (const struct yaml *value = map->first; value; value = value->next) {
        struct str language;
        if (!find_language(value->key, &language))
            diag_add(fields->diags, DIAG_ERROR, "unknown-language", fields_place(fields, value),
                     "there are no words in language '%.*s', only in 'nl' and 'en'; it is left out",
                     STR_ARGS(value->key));
        else if (fields_map(fields, value))
            *vec_push(&config->words, fields->arena) =
                (struct config_words){language, read_words(fields, value)};
    }
}

static bool is(const struct yaml *value, const char *name)
{
    return str_equal(value->key, str_from(name));
}

static void read_value(const struct fields *fields, const struct yaml *value, struct config *config)
{
    if (is(value, "title"))
        fields_text(fields, value, &config->title);
    else if (is(value, "description"))
        fields_text(fields, value, &config->description);
    else if (is(value, "licence") || is(value, "license"))
        fields_text(fields, value, &config->licence);
    else if (is(value, "language"))
        read_language(fields, value, &config->language);
    else if (is(value, "languages"))
        read_languages(fields, value, config);
    else if (is(value, "translations"))
        read_translations(fields, value, config);
    else if (is(value, "base_url"))
        read_base_url(fields, value, &config->base_url);
    else if (is(value, "edit_url"))
        read_edit_url(fields, value, &config->edit_url);
    else if (is(value, "contact"))
        read_contact(fields, value, &config->contact);
    else if (is(value, "data"))
        read_whether(fields, value, &config->data);
    else if (is(value, "search"))
        read_whether(fields, value, &config->search);
    else if (is(value, "pictures"))
        read_whether(fields, value, &config->pictures);
    else if (is(value, "history"))
        read_history(fields, value, &config->history);
    else if (is(value, "ignore"))
        read_ignore(fields, value, config);
    else if (is(value, "limits"))
        read_limits(fields, value, &config->limits);
    else if (is(value, "menu"))
        read_menu(fields, value, config);
    else
        fields_unknown(fields, value, known_keys, sizeof known_keys / sizeof *known_keys);
}

void config_read(struct arena *arena, struct str source, struct config *out, struct diags *diags)
{
    const struct fields fields = {arena, STR(CONFIG_PATH), diags};
    const struct yaml *map =
        yaml_read(arena, (struct place){.path = fields.path, .line = 1}, source, diags);
    config_init(out);
    out->identity = digest_of(source);
    out->language_count = 0;
    if (map && map->kind != YAML_MAP)
        say(&fields, map, "wrong-shape", "settings are 'key: value'; the defaults are used");
    for (const struct yaml *value = map && map->kind == YAML_MAP ? map->first : NULL; value;
         value = value->next)
        read_value(&fields, value, out);
    if (out->language_count)
        out->language = out->languages[0];
    out->languages[0] = out->language;
    out->language_count = out->language_count ? out->language_count : 1;
}

/* Whether a pattern fits one name. On a mismatch the last `*` takes one byte more: that is enough,
 * as an earlier one could only take what the last can take too. */
static bool fits_name(struct str pattern, struct str name)
{
    size_t p = 0, n = 0, star = pattern.len, mark = 0;
    while (n < name.len) {
        if (p < pattern.len && pattern.data[p] == '*') {
            star = p++;
            mark = n;
        } else if (p < pattern.len && (pattern.data[p] == '?' || pattern.data[p] == name.data[n])) {
            p++;
            n++;
        } else if (star < pattern.len) {
            p = star + 1;
            n = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.data[p] == '*')
        p++;
    return p == pattern.len;
}

/* The same for folders, with `**` in the place of `*`. A path that goes on where the pattern ends
 * lies in a folder that fits. */
static bool fits_path(struct str pattern, struct str path)
{
    struct str after_star = {NULL, 0}, mark = {NULL, 0};
    while (pattern.len) {
        struct str next_pattern = pattern, next_path = path;
        struct str part = str_cut(&next_pattern, '/');
        if (str_equal(part, STR("**"))) {
            after_star = pattern = next_pattern;
            mark = path;
            continue;
        }
        if (path.len && fits_name(part, str_cut(&next_path, '/'))) {
            pattern = next_pattern;
            path = next_path;
            continue;
        }
        if (!after_star.len || !mark.len)
            return false;
        str_cut(&mark, '/');
        pattern = after_star;
        path = mark;
    }
    return true;
}

static bool fits(struct str pattern, struct str path)
{
    bool anchored = str_starts(pattern, STR("/"));
    while (str_starts(pattern, STR("/")) || str_starts(pattern, STR("./")))
        pattern = str_from_offset(pattern, pattern.data[0] == '/' ? 1 : 2);
    while (str_ends(pattern, STR("/")))
        pattern.len--;
    if (!pattern.len || pattern.len > PATTERN_MAX)
        return false;
    if (anchored || str_find_char(pattern, '/') != STR_NONE)
        return fits_path(pattern, path);
    for (struct str rest = path; rest.len;)
        if (fits_name(pattern, str_cut(&rest, '/')))
            return true;
    return false;
}

bool config_ignores(const struct config *config, struct str path)
{
    for (size_t i = 0; i < config->ignore.texts.count; i++)
        if (fits(config->ignore.texts.items[i].text, path))
            return true;
    return false;
}
