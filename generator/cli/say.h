/* Text of others on a terminal. */
#ifndef NASLAG_CLI_SAY_H
#define NASLAG_CLI_SAY_H

#include "base/str.h"

#include <stdio.h>

/* Prints text with control characters as `\xNN`: a terminal would obey them. */
void say_safely(FILE *out, struct str text);

/* Prints a word as a shell takes it, in quotes where it must be; control characters likewise. */
void say_word(FILE *out, struct str word);

/* Whether standard output is a terminal of someone who wants colours (https://no-color.org). */
bool say_in_colour(void);

#endif
