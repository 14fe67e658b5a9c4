/* The outline of a document: what stays in memory of it between the two passes.
 *
 * That is what others may link to (title, headings, passages), what it links to, and which topics
 * it names: 2 kB of a note of 5. The texts of the passages that are shown elsewhere lie at hand
 * outside of memory. The rest is read again when its page is rendered. */
#ifndef NASLAG_LINK_OUTLINE_H
#define NASLAG_LINK_OUTLINE_H

#include "base/digest.h"
#include "link/definition.h"
#include "link/facts.h"
#include "read/document.h"
#include "repo/history.h"

struct arena;
struct spill;

#define NO_ENTRY UINT32_MAX    /* no file of the snapshot */
#define NO_DOCUMENT UINT32_MAX /* no document */

enum { TAG_USES_MAX = 1000 /* of one document: more are no help to anyone */ };

/* A topic named in a passage: bytes [start, end) of the passage's text. */
struct mention {
    uint32_t topic; /* index into struct web's topics */
    uint32_t passage;
    uint32_t start, end;
};

enum link_kind {
    LINK_WIKILINK,
    LINK_EMBED,
    LINK_MARKDOWN,
    LINK_IMAGE,
    LINK_CITATION,
    LINK_SOURCE,
    LINK_RELATION
};

/* What a link leads to. Exactly one of document and entry is set, or neither where nothing fits. */
struct destination {
    uint32_t document; /* index, or NO_DOCUMENT */
    uint32_t entry;    /* of the snapshot: a file that is copied to the site; or NO_ENTRY */
    struct str anchor; /* without `#`; may be empty; of an entry: `page=3` at most */
};

struct link {
    enum link_kind kind;
    uint32_t passage; /* 0: in the front matter */
    uint32_t line, column;
    struct str target, locator; /* as written */
    uint32_t start, end;        /* of the text that is shown, in the passage's text */
    struct destination to;
};

/* A passage that others show. Ordered by number. */
struct kept_passage {
    uint32_t number, page, section;
    uint32_t start, len; /* of its text in those of its document; see outline_text() */
    enum passage_kind kind;
};

/* A tag as written, without `#`. */
struct tag_use {
    struct str name;
    uint32_t passage; /* 0: in the front matter */
};

struct outline {
    enum document_kind kind;
    struct digest identity; /* see recall_identify() */
    struct str path;        /* of the Markdown, or of a source's text where that stands alone */
    uint32_t markdown;      /* entry in the snapshot, or NO_ENTRY */
    uint32_t text;          /* a source's text: entry, or NO_ENTRY */
    uint32_t original;      /* a source's PDF, or else .docx, .odt or .rtf: entry, or NO_ENTRY */
    struct str id;          /* path of its page on the site, without `.html` */
    struct meta meta;       /* `body_*` aside; the title is never empty */
    struct str sort_key;
    struct str description; /* the first paragraph's beginning, where meta has none */
    VEC(struct heading) headings;
    uint32_t passage_count;
    VEC(struct page_start) pages;
    VEC(struct block_id) block_ids; /* without their nodes */
    VEC(struct tag_use) tags;       /* those of the front matter first */
    VEC(struct kept_passage) passages;
    const char *texts;         /* of those passages, where they are in memory; else NULL */
    const struct spill *spill; /* where they are instead, from `spilled` on */
    uint64_t spilled;
    VEC(struct mention) mentions; /* by passage, then by place */
    const struct fact *facts;     /* by passage, then by place */
    uint32_t fact_count;
    struct str units; /* what is counted by those that are counts; see outline_next_unit() */
    const struct definition *definitions; /* by passage, then by place */
    uint32_t definition_count;
    VEC(struct link) links; /* those in the text by the number of their node, then the rest */
    uint32_t text_links;    /* how many of them stand in the text */
    struct history history;
    const struct document *read; /* as read in pass 1, where there was room to keep it; else NULL */
};

/* The kept passage of that number, or NULL. */
const struct kept_passage *outline_passage(const struct outline *outline, uint32_t number);

/* The text of one of the outline's kept passages: borrowed, or else read into the arena. */
struct str outline_text(const struct outline *outline, const struct kept_passage *passage,
                        struct arena *arena);

/* The type of the relation that link `link` of a document, a LINK_RELATION, stands for. */
struct str outline_relation_type(const struct outline *outline, size_t link);

/* The index of the first mention in that passage or behind it. */
size_t outline_first_mention(const struct outline *outline, uint32_t passage);

/* What a fact counts, as written, without a look at its passage; empty of one that is no count.
 * `units` begins as the outline's and goes on from fact to fact, of which none is left out. */
struct str outline_next_unit(struct str *units, const struct fact *fact);

/* The text of the heading that a passage stands under; empty where there is none. */
struct str outline_section(const struct outline *outline, uint32_t section);

/* The tag of the language that a document is written in, of a source its record; and that of its
 * passages, of a source those of its text. Empty: that of the site. */
struct str outline_language(const struct outline *outline);
struct str outline_text_language(const struct outline *outline);

/* Makes the outline of a finished document: copies what stays into `keep`. */
void outline_fill(struct outline *outline, const struct document *document, struct arena *keep);

/* Keeps the passages in which something of the outline stands: a mention, a link, a fact. Their
 * texts are put into `spill` or, where that cannot be, into `keep`; without a `spill` they are
 * borrowed from the document, which must live as long. `scratch` is used while it runs. */
void outline_keep_passages(struct outline *outline, const struct document *document,
                           struct arena *keep, struct spill *spill, struct arena *scratch);

/* Takes the texts of the kept passages, one behind the other: into `spill` or, where that is NULL
 * or cannot be, into `keep`. */
void outline_set_texts(struct outline *outline, struct str texts, struct arena *keep,
                       struct spill *spill);

/* The same where they are in `spill`, from `place` on. */
void outline_set_spilled(struct outline *outline, const struct spill *spill, uint64_t place);

/* Moves the lists that were made in another arena into `keep`: mentions, links and tags. */
void outline_keep_lists(struct outline *outline, struct arena *keep);

#endif
