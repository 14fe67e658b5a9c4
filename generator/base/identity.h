/* Which program this is: other code, templates or theme, another identity. Made by the Makefile. */
#ifndef NASLAG_BASE_IDENTITY_H
#define NASLAG_BASE_IDENTITY_H

extern const char identity_of_program[]; /* NUL-terminated */

#endif
