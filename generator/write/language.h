/* A language pack, `theme/languages/CODE.yaml`: all words of the pages that are not content.
 *
 * Templates see the whole file as `t`. What the program composes itself (addresses, names of kinds
 * and relations, dates, counts) it asks here. Read-only once read; shared by threads. */
#ifndef NASLAG_WRITE_LANGUAGE_H
#define NASLAG_WRITE_LANGUAGE_H

#include "read/document.h"
#include "write/assets.h"
#include "write/moment.h"
#include "write/value.h"

enum { LANGUAGE_MONTHS = 12 };

struct language {
    struct str code;             /* for `lang`: `nl` */
    const struct value *strings; /* `t` */
    struct map kinds, kinds_plural, relations, counts;
    struct str months[LANGUAGE_MONTHS];
};

/* Reads the pack `code`. Fails where there is none, or where it lacks what addresses are made of;
 * what is wrong in it is said in `diags`. */
int language_open(struct language *language, struct arena *arena, const struct assets *assets,
                  struct str code, struct diags *diags, struct err *err);

/* Reads a pack from its text; returns false where it can't be used. */
bool language_read(struct language *language, struct arena *arena, struct place place,
                   struct str source, struct diags *diags);

/* The whole pack, for templates. */
const struct value *language_texts(const struct language *language);

/* The text under a key, `topics` or `folders.topics`; empty where the pack lacks it. What
 * stands under `folders` (of the output: `onderwerpen`), `pages` and `figure_pages` (without
 * `.html`: `verbanden`) is never lacking, and is a slug. */
struct str language_text(const struct language *language, const char *key);

/* The page that lists all documents of a kind: `onderwerpen/index`. */
struct str language_list_id(const struct language *language, struct arena *arena,
                            enum document_kind kind);

/* The name of a kind, and the heading over several; as written where the pack lacks it. Case does
 * not matter, and spaces and hyphens count as `_`. */
struct str language_kind(const struct language *language, struct str kind);
struct str language_kind_plural(const struct language *language, struct str kind);

/* The name of a relation as the topic that states it has it, and as its target has it. One that the
 * pack lacks is shown as written, with spaces for `_`. */
struct str language_relation(const struct language *language, struct arena *arena, struct str type);
struct str language_inverse(const struct language *language, struct arena *arena, struct str type);

/* `1234` as `1.234`. */
struct str language_number(const struct language *language, struct arena *arena, uint64_t number);

/* The word for `number` things (`passage`, `passages`), and both: `3 passages`. */
struct str language_noun(const struct language *language, const char *thing, uint64_t number);
struct str language_count(const struct language *language, struct arena *arena, const char *thing,
                          uint64_t number);

/* `17 januari 2025`, `oktober 2024`, `2022`, or empty. */
struct str language_date(const struct language *language, struct arena *arena, struct date date);

/* The day of a moment, likewise. */
struct str language_moment(const struct language *language, struct arena *arena,
                           struct moment moment);

#endif
