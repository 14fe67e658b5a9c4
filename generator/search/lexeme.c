#include "search/lexeme.h"

#include <string.h>

struct str lexeme_str(const struct lexeme *lexeme)
{
    return (struct str){lexeme->text, lexeme->len};
}

struct posting_form lexeme_change(struct str stem, struct str form)
{
    size_t shared = 0;
    while (shared < stem.len && shared < form.len && stem.data[shared] == form.data[shared])
        shared++;
    return (struct posting_form){(uint32_t)(stem.len - shared),
                                 {form.data + shared, form.len - shared}};
}

void lexeme_find(struct lexeme *lexeme, enum stem_language language, struct str form)
{
    form = str_slice(form, 0, WORDS_FORM_MAX);
    lexeme->len = stem_find(language, form, lexeme->text);
    struct posting_form change = lexeme_change(lexeme_str(lexeme), form);
    if (change.cut <= POSTING_FORM_MAX && change.added.len <= POSTING_FORM_MAX)
        return;
    memcpy(lexeme->text, form.data, form.len);
    lexeme->len = form.len;
}
