#include "cli/say.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void say_safely(FILE *out, struct str text)
{
    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        uint32_t code_point = utf8_next(text, &i);
        bool control = code_point < ' ' || (code_point >= 0x7F && code_point < 0xA0);
        if (control)
            fprintf(out, "\\x%02X", (unsigned)code_point);
        else
            fwrite(text.data + start, 1, i - start, out);
    }
}

void say_word(FILE *out, struct str word)
{
    bool plain = word.len;
    for (size_t i = 0; i < word.len; i++)
        plain = plain && (str_is_alnum(word.data[i]) || strchr("/._-", word.data[i]));
    if (!plain)
        putc('\'', out);
    for (struct str rest = word; rest.data;) {
        say_safely(out, str_cut(&rest, '\''));
        if (rest.data)
            fputs("'\\''", out);
    }
    if (!plain)
        putc('\'', out);
}

bool say_in_colour(void)
{
    const char *no = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && !(no && *no);
}
