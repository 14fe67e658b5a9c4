/* The keys of the index's tree: a letter for the kind and what is looked for. Part of the reader.
 * The order of the letters is that of the kinds in the tree. */
#ifndef NASLAG_SEARCH_KEYS_H
#define NASLAG_SEARCH_KEYS_H

#include "base/buf.h"
#include "base/str.h"

struct arena;

enum key_kind {
    KEY_TAG = 'g',     /* documents with a tag */
    KEY_ISSUER = 'i',  /* the name from one of its words on, folded: documents */
    KEY_KIND = 'k',    /* a kind by its name or its label, folded: documents */
    KEY_SOURCE = 's',  /* the last part of a source's id: that document */
    KEY_TOPIC = 't',   /* the last part of a topic's id: passages that name it */
    KEY_WORD = 'w',    /* a stem: passages that hold one of its forms */
    KEY_FORM = 'x',    /* a form that does not begin with its stem: the stem, without postings */
    KEY_YEAR = 'y',    /* documents of a year */
    KEY_REVERSED = 'z' /* a form, its bytes reversed: without a value */
};

enum { KEY_TEXT_MAX = 72 /* bytes: what is longer is cut, in the index and in queries alike */ };

struct key {
    char text[1 + KEY_TEXT_MAX];
};

/* The key, in `key`. */
struct str keys_make(struct key *key, enum key_kind kind, struct str text);

/* Appends the words of a text, folded, with a space between them. */
void keys_put_folded(struct buf *out, struct str text);

/* The bytes of a text in reverse order, in the arena. */
struct str keys_reversed(struct arena *arena, struct str text);

/* The last part of an id: `zikos` of `onderwerpen/zikos`. */
struct str keys_name(struct str id);

/* The words of a text, folded, with a hyphen between them. */
struct str keys_slug(struct arena *arena, struct str text);

/* An id as it is told beside a title: without its last part where that is the title's slug; and
 * whole again. */
struct str keys_short_id(struct arena *arena, struct str id, struct str title);
struct str keys_long_id(struct arena *arena, struct str id, struct str title);

#endif
