/* A document as the readers deliver it: a tree of nodes, and what is found in it by number.
 *
 * Markdown and plain text become the same tree, so that all that follows knows one form only. A
 * reader builds the tree with node_add() and then calls document_finish() once, which numbers
 * passages, collects headings and gives them slugs. After that the tree does not change.
 *
 * All memory is the arena's that the reader was given. Text is well-formed UTF-8. */
#ifndef NASLAG_READ_DOCUMENT_H
#define NASLAG_READ_DOCUMENT_H

#include "base/str.h"
#include "base/vec.h"
#include "read/meta.h"

#include <stdint.h>

struct arena;

enum node_kind {
    /* Blocks. Text stands only in leaf blocks: heading, paragraph, callout title, cell, and the
     * literal ones. title: the block's id, `^id`, where it has one. */
    NODE_DOCUMENT,
    NODE_HEADING, /* number: level 1 to 6 */
    NODE_PARAGRAPH,
    NODE_QUOTE,
    NODE_CALLOUT,       /* target: type as written; task: see enum node_fold */
    NODE_CALLOUT_TITLE, /* its first child; without children where none was given */
    NODE_LIST,          /* number: first number of an ordered list, as `ordered` says */
    NODE_ITEM,          /* task: see enum node_task */
    NODE_CODE_BLOCK,    /* text: literal; target: info string */
    NODE_TABLE,
    NODE_ROW,  /* header: whether it is the heading row */
    NODE_CELL, /* align */
    NODE_RULE,
    NODE_HTML_BLOCK, /* text: literal, to be shown as text */
    NODE_FOOTNOTE,   /* number: from 1, in order of first reference; behind the rest of the document
                      */
    /* Block or inline: here page `number` of the original begins. */
    NODE_PAGE,
    /* Inlines. */
    NODE_TEXT,  /* text */
    NODE_BREAK, /* a hard line break */
    NODE_CODE,  /* text */
    NODE_HTML,  /* text: literal, to be shown as text */
    NODE_EMPHASIS,
    NODE_STRONG,
    NODE_STRIKE,
    NODE_MARK,
    NODE_TAG, /* text: as it is shown; target: its name, without `#` */
    /* These four: number: from 1 in document order where it leads into the site, else 0. */
    NODE_LINK,     /* target, title; children: what is shown */
    NODE_IMAGE,    /* target, title; children: alternative text */
    NODE_WIKILINK, /* target as written before `|`; one child: the text that is shown; embed:
                      written with `!` in front */
    NODE_CITATION, /* target: key; text: locator as written, without the comma; title: prefix */
    NODE_FOOTNOTE_REFERENCE, /* number: of the footnote; nth: which reference to it, from 1 */
};

enum node_task { TASK_NONE, TASK_OPEN, TASK_DONE };
enum node_fold { FOLD_NONE, FOLD_OPEN, FOLD_CLOSED };
enum node_align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct node {
    struct node *parent, *first, *last, *next;
    struct str text, target, title;
    enum node_kind kind;
    uint32_t line, column; /* in the source, from 1; 0 where it is not known */
    uint32_t number;
    uint32_t nth;
    uint32_t passage; /* from 1: of the passage that this node is or starts; else 0 */
    uint32_t offset;  /* of a NODE_TEXT: where its text stands in its passage's text, in bytes */
    uint8_t task, align;
    bool ordered : 1, tight : 1, header : 1, embed : 1;
};

/* A new last child of `parent` (which may be NULL for a root). */
struct node *node_add(struct arena *arena, struct node *parent, enum node_kind kind);

/* Moves on through a whole tree in document order without recursion: the node after `node` below
 * `root`, entering children; NULL at the end. */
struct node *node_walk(const struct node *root, const struct node *node);

/* The same, but without entering the children of `node`. */
struct node *node_walk_over(const struct node *root, const struct node *node);

bool node_is_block(enum node_kind kind);

/* The text below a node as plain text: what a reader sees, white space as it stands. */
struct str node_plain_text(struct arena *arena, const struct node *node);

enum passage_kind {
    PASSAGE_HEADING,
    PASSAGE_PARAGRAPH,
    PASSAGE_ITEM,
    PASSAGE_QUOTE,
    PASSAGE_ROW,
    PASSAGE_CODE,
    PASSAGE_FOOTNOTE
};

/* The unit of citation: a heading, a paragraph, a list item without the lists in it, a quotation, a
 * table row, a code block, a footnote. Passage n is `passages.items[n - 1]`, with anchor `#pN`. */
struct passage {
    enum passage_kind kind;
    uint32_t page;    /* of the original, where it is known: else 0 */
    uint32_t section; /* the heading that it stands under: index + 1 into headings; else 0 */
    uint32_t line;    /* in the source */
    struct str text;  /* paragraphs and line breaks are set off by one space, cells by ` | ` */
    const struct node *node;
};

struct heading {
    struct str text;
    struct str slug;   /* anchor; unique in the document, never `p` and digits only, never empty */
    struct str source; /* slug of the text with the targets of its links, by which Obsidian links to
                        * it: `Dike Goal target` for `Dike [[Goal|target]]`; empty: has no links */
    uint32_t level;
    uint32_t parent;  /* the heading that it stands under: index + 1; else 0 */
    uint32_t passage; /* its own */
    uint32_t page, line;
};

/* Where a page of the original begins: at a NODE_PAGE, or at the passage of a heading with a page
 * in brackets. */
struct page_start {
    uint32_t page, last; /* `last` is more where a heading names several: `(p. 3-5)` */
    uint32_t passage;    /* 0: at a NODE_PAGE */
};

/* A block that has an id, and the passage that it is or begins with. */
struct block_id {
    struct str id; /* in lower case, without `^` */
    uint32_t passage;
    const struct node *node;
};

/* A stretch of the source that is in no passage, heading, footnote or metadata, and why. */
struct dropped {
    uint32_t line;
    struct str text;
    const char *reason; /* static: "running head", "letterhead", "page number", … */
    struct str instead; /* what is shown in its place; mostly empty */
};

enum document_kind { DOCUMENT_TOPIC, DOCUMENT_SOURCE, DOCUMENT_NOTE };
enum { DOCUMENT_KINDS = 3 };

struct document {
    struct meta meta;
    struct node *root; /* its children are the parts below, each a NODE_DOCUMENT */
    struct node *text; /* a source's own text, from plain text; else NULL */
    struct node *body; /* what was written in Markdown: curated text, a summary; else NULL */
    VEC(struct heading) headings;
    VEC(struct passage) passages;
    VEC(struct block_id) block_ids; /* in the order of the document */
    VEC(struct page_start) pages;   /* in the order of the document */
    VEC(struct dropped) dropped;
    VEC(struct dropped)
    formed; /* signs that became form: markers of items, hyphens of cut words,
               marks of footnotes, what is written around a link */
    uint32_t footnotes;
};

/* Numbers passages, sets offsets, collects headings. `fallback_slug` is the anchor of a heading
 * that has no letter or digit. Headings that end in `(p. 3)`, `(p. 3-5)`, `(pp. 3–5)` or `(blz. 3)`
 * set the page of the passages below them, as NODE_PAGE does from where it stands. */
void document_finish(struct arena *arena, struct document *document, struct str fallback_slug);

/* A heading's text without a closing `(p. 3)`. */
struct str document_heading_name(struct str heading_text);

/* The slug that a heading's text has when nothing else has it: for links to headings. A closing
 * `(p. 3)` is no part of it. */
struct str document_slug(struct arena *arena, struct str heading_text, struct str fallback);

#endif
