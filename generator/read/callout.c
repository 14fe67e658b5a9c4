#include "read/callout.h"

#include "base/arena.h"

/* Length of `[!type]` and a fold mark at the start of `text`, with the space behind it; 0: none. */
static size_t read_marker(struct str text, struct str *type, uint8_t *fold)
{
    ptrdiff_t close = str_find_char(str_slice(text, 0, CALLOUT_TYPE_MAX), ']');
    if (!str_starts(text, STR("[!")) || close < 0)
        return 0;
    struct str inside = str_slice(text, 2, (size_t)close - 2);
    *type = str_trim(str_cut(&inside, '|'));
    if (!type->len || str_find_char(*type, '[') >= 0)
        return 0;
    size_t len = (size_t)close + 1;
    char next = len < text.len ? text.data[len] : ' ';
    *fold = next == '+' ? FOLD_OPEN : next == '-' ? FOLD_CLOSED : FOLD_NONE;
    len += *fold != FOLD_NONE;
    while (len < text.len && text.data[len] == ' ')
        len++;
    return len;
}

bool callout_open(struct arena *arena, struct node *paragraph)
{
    struct node *quote = paragraph->parent, *text = paragraph->first;
    struct str type;
    uint8_t fold;
    if (!quote || quote->kind != NODE_QUOTE || quote->first != paragraph || !text ||
        text->kind != NODE_TEXT)
        return false;
    size_t len = read_marker(text->text, &type, &fold);
    if (!len)
        return false;
    quote->kind = NODE_CALLOUT;
    quote->target = str_copy(arena, type);
    quote->task = fold;
    paragraph->kind = NODE_CALLOUT_TITLE;
    text->text = str_from_offset(text->text, len);
    if (text->text.len)
        return true;
    paragraph->first = text->next;
    if (!paragraph->first)
        paragraph->last = NULL;
    return true;
}

enum kind {
    NOTE,
    ABSTRACT,
    INFO,
    TODO,
    TIP,
    IMPORTANT,
    SUCCESS,
    QUESTION,
    WARNING,
    CAUTION,
    FAILURE,
    DANGER,
    BUG,
    EXAMPLE,
    QUOTE
};

unsigned callout_find(struct str written)
{
    static const struct {
        struct str name;
        enum kind kind;
    } types[] = {
        {{"note", 4}, NOTE},         {{"abstract", 8}, ABSTRACT}, {{"summary", 7}, ABSTRACT},
        {{"tldr", 4}, ABSTRACT},     {{"info", 4}, INFO},         {{"todo", 4}, TODO},
        {{"tip", 3}, TIP},           {{"hint", 4}, TIP},          {{"important", 9}, IMPORTANT},
        {{"success", 7}, SUCCESS},   {{"check", 5}, SUCCESS},     {{"done", 4}, SUCCESS},
        {{"question", 8}, QUESTION}, {{"help", 4}, QUESTION},     {{"faq", 3}, QUESTION},
        {{"warning", 7}, WARNING},   {{"caution", 7}, CAUTION},   {{"attention", 9}, WARNING},
        {{"failure", 7}, FAILURE},   {{"fail", 4}, FAILURE},      {{"missing", 7}, FAILURE},
        {{"danger", 6}, DANGER},     {{"error", 5}, DANGER},      {{"bug", 3}, BUG},
        {{"example", 7}, EXAMPLE},   {{"quote", 5}, QUOTE},       {{"cite", 4}, QUOTE}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_equal_nocase(written, types[i].name))
            return types[i].kind;
    return CALLOUTS;
}

const char *callout_name(unsigned kind)
{
    static const char *const names[CALLOUTS] = {
        [NOTE] = "note",       [ABSTRACT] = "abstract", [INFO] = "info",
        [TODO] = "todo",       [TIP] = "tip",           [IMPORTANT] = "important",
        [SUCCESS] = "success", [QUESTION] = "question", [WARNING] = "warning",
        [CAUTION] = "caution", [FAILURE] = "failure",   [DANGER] = "danger",
        [BUG] = "bug",         [EXAMPLE] = "example",   [QUOTE] = "quote"};
    return names[kind < CALLOUTS ? kind : NOTE];
}
