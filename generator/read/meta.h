/* What a document says of itself: its front matter, or what a reader inferred from its text. */
#ifndef NASLAG_READ_META_H
#define NASLAG_READ_META_H

#include "base/diag.h"
#include "base/str.h"
#include "base/vec.h"
#include "read/date.h"

#include <stdint.h>

struct arena;

/* A text with its place in the front matter, for diagnostics that come later. */
struct meta_text {
    struct str text;
    uint32_t line, column;
};

struct meta_list {
    VEC(struct meta_text) texts;
};

struct relation {
    struct str type; /* as written: part_of, supervised_by, … */
    struct meta_text target;
};

/* Fields that most notes have none of. */
struct meta_more {
    struct str type; /* topic, source or note, where it overrides the folder */
    struct str label, abbreviation;
    struct str issuer, author, addressee, reference, url, licence;
    struct meta_list authors; /* where front matter has a list; `author` is all of them */
    struct meta_list sources, same_as, never, only_with;
    VEC(struct relation) relations;
    struct meta_list former; /* paths that it had, or addresses of its page; see redirects.h */
    struct meta_text translation_of; /* a document in another language */
    struct meta_list links;          /* wikilinks in keys that mean nothing here, such as `up` */
    bool compounds;                  /* a topic: also as the first part of a closed compound */
};

/* None of them. */
extern const struct meta_more meta_nothing;

/* Where its texts and its lists of texts are, for who does the same with each. */
struct meta_more_fields {
    struct str *texts[9];
    struct meta_list *lists[7];
};
struct meta_more_fields meta_more_fields(struct meta_more *more);

/* Fields that were not given are empty. Everything is the arena's. */
struct meta {
    struct str title, description, kind;
    struct str lang;     /* tag of the language that the file is written in */
    struct str language; /* of what it is about: of a source's text; where not given, `lang` */
    struct date date;
    struct meta_list aliases, tags;
    const struct meta_more *more; /* never NULL */
    size_t body_offset;           /* where the text behind the front matter begins, in bytes */
    uint32_t body_line;           /* and on which line */
};

/* Reads the front matter of `source`: YAML between a first line `---` and a line `---` or `...`.
 * Without one, or where it can't be read, `out` is empty but for the body's place (what could not
 * be read is said in `diags` and becomes no field). An unknown key that holds no wikilink is a
 * warning that names the nearest known one; a value of the wrong shape is an error and is left out.
 */
void meta_read(struct arena *arena, struct str path, struct str source, struct meta *out,
               struct diags *diags);

#endif
