/* What commands say of files: safe for a terminal, and right for a shell. */
#ifndef NASLAG_CLI_SAY_H
#define NASLAG_CLI_SAY_H

#include "base/str.h"

#include <stdio.h>

/* Text with control characters as `\xNN`: none reaches the terminal. */
void say_text(FILE *out, struct str text);

/* A word as a shell takes it. */
void say_word(FILE *out, struct str word);

#endif
