/* What the plain-text reader knows of language: words of Dutch and English letters, memos and
 * reports, as data. To teach it another language is to add words here.
 *
 * Comparison is without regard to the case of ASCII letters, and on word boundaries. */
#ifndef NASLAG_READ_WORDS_H
#define NASLAG_READ_WORDS_H

#include "base/str.h"

enum word_list {
    WORDS_SALUTATION,   /* begin a salutation: `Geachte`, `Dear` */
    WORDS_ADDRESS,      /* begin one even where the name behind them is missing */
    WORDS_ADDRESSED,    /* begin the name of the one addressed: `De heer` */
    WORDS_SENDER,       /* begin the sender's own address: `Retouradres` */
    WORDS_SUBJECT,      /* begin the subject of a letter: `Besluit`, `Uw verzoek` */
    WORDS_CLOSING,      /* begin the end of a letter: `Hoogachtend` */
    WORDS_SECTION,      /* headings of parts, never titles: `Samenvatting` */
    WORDS_LETTERHEAD,   /* begin what a letterhead says: `Retouradres`, `Postbus` */
    WORDS_MARGIN,       /* begin what stands beside each page of a letter: `Directie` */
    WORDS_DISPOSITION,  /* what a reader is to do with a paper: `Ter informatie` */
    WORDS_ORGANISATION, /* begin the name of an organisation: `Ministerie`, `Gemeente` */
    WORDS_NAMED,        /* names of organisations that no such word begins: `Rijkswaterstaat` */
    WORDS_OFFICE,       /* offices, which are no names: `wethouder` */
    WORDS_OFFICE_END,   /* ends of words that are offices: `afdelingshoofd` */
    WORDS_PARTICLE,     /* small words inside names: `van`, `de` */
    WORDS_OPEN,         /* a heading does not end in these: `de`, `van`, `dat` */
    WORDS_VERB,         /* verbs and pronouns that make a line a sentence: `is`, `wij` */
    WORDS_JOINING,      /* stand between halves of `opgroei- en opvoedvragen` */
    WORDS_CAPTION,      /* begin what stands at a table or picture: `Tabel` 3 */
    WORDS_PREFIX,       /* keep their hyphen: `niet-`, `ex-` */
    WORDS_POINTING,     /* point at the text itself: `deze` brief */
    WORDS_PAGE,         /* stand before a page number: `pagina`, `blz.` */
    WORDS_NOTES,        /* headings of the notes at a text's end: `Eindnoten` */
    WORDS_CONTENTS,     /* stand above a list of contents, or of figures: `Inhoudsopgave` */
    WORDS_LISTS
};

/* Whether `word`, or the whole phrase, is in the list. */
bool words_have(enum word_list list, struct str word);

/* Whether one of the words of `text` is in the list, also with a colon behind it. */
bool words_say(enum word_list list, struct str text);

/* Length of the entry that `text` begins with, or 0. */
size_t words_start(enum word_list list, struct str text);

/* Whether `word` ends with an entry of the list. */
bool words_end(enum word_list list, struct str word);

enum field {
    FIELD_NONE,
    FIELD_TITLE,
    FIELD_DATE,
    FIELD_AUTHOR,
    FIELD_ADDRESSEE,
    FIELD_REFERENCE,
    FIELD_ISSUER,
    FIELD_KIND,
    FIELD_OTHER, /* known, and of no use: `Bijlage`, `Telefoon` */
};

struct label {
    struct str text;
    enum field field;
    bool weak; /* also an ordinary word: only with a colon or wide space behind it */
};

/* The label that `text` begins with, or NULL. */
const struct label *words_label(struct str text);

/* The kind of document that `text` names (`Kamerbrief over …`, `MEMO`), as a word in its own
 * language; empty where it names none. */
struct str words_kind(struct str text);

#endif
