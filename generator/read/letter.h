/* What a letter or memo says of itself above and below its text: fields (`Datum`, `Onderwerp`, …),
 * letterhead, addressee, salutation, closing, signature.
 *
 * The head (see head.h) is what stands above the salutation; without one, the fields with which a
 * text begins. Its lines are taken out of the text, each with a reason: what became metadata with
 * `metadata: FIELD`, the rest as `letterhead`. */
#ifndef NASLAG_READ_LETTER_H
#define NASLAG_READ_LETTER_H

#include "read/lines.h"
#include "read/meta.h"

struct arena;

/* What a field of metadata rests on. */
struct evidence {
    uint32_t line;     /* in the source; 0: none */
    const char *basis; /* static: `label`, `letterhead`, `signature`, `running head`, … */
    struct str label;  /* the label, where that is the basis */
};

struct inference {
    struct evidence title, date, issuer, author, addressee, reference, kind;
};

struct letter {
    struct str title, issuer, author, addressee, reference, kind;
    struct date date;
    struct inference basis;
    size_t salutation;   /* index of its line; lines->count without one */
    size_t closing, end; /* closing and signature are the lines [closing, end); both lines->count
                            where there is none */
};

void letter_read(struct arena *arena, struct lines *lines, struct letter *out);

/* Reads a date that is all of `text`, also with a place before it (`Groningen, 3 mei 2024`) and
 * with a month alone (`oktober 2024`). */
bool letter_date(struct str text, struct date *out);

#endif
