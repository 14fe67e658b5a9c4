/* What the parts of the renderer share: html.c (the walk, blocks), html_links.c (links, pictures,
 * citations, footnotes), html_embed.c (what is quoted from other documents). No other file includes
 * this; see html.h for what it makes.
 *
 * The document is only read: pages that quote it may be rendered at the same time. */
#ifndef NASLAG_WRITE_HTML_RENDER_H
#define NASLAG_WRITE_HTML_RENDER_H

#include "write/html.h"

enum { RENDER_LEVELS = 6 };

/* A part that is being rendered. */
struct render {
    const struct html *html;
    const struct outline *outline;
    const struct document *document;
    const struct node *title;
    const struct node *done; /* the last node that was left: the sibling before, if there is one */
    struct buf *out;
    uint32_t passage;
    uint32_t numbered;              /* the last passage whose number was put */
    size_t mention;                 /* the next one that may be linked */
    uint32_t section;               /* changes with every heading */
    uint32_t *linked;               /* by topic: the section in which it was linked last */
    bool *expanded;                 /* by topic: its abbreviation was expanded */
    unsigned link_depth;            /* inside how many links */
    bool link_missing;              /* the link in hand leads nowhere */
    uint32_t heading_rank;          /* of the heading in hand */
    bool in_heading;                /* where topics are not linked, though links are */
    uint32_t levels[RENDER_LEVELS]; /* of the headings that we are under */
    unsigned depth;
    bool row_open; /* in a table: whether <thead> or <tbody> is open */

    /* Of what is embedded: what it is embedded in, what it shows, and how deep. It has neither
     * addresses nor numbers of its own, and its headings are no headings of the page. */
    const struct render *above;
    struct str anchor;
    unsigned level;
    /* Of the whole page: how much of it is embedded, the last section, and how many tags. */
    uint32_t *embeds, *sections, *tags;
    size_t *embedded_bytes;
};

/* Renders the siblings from `first` on and before `end`. */
void render_nodes(struct render *render, const struct node *first, const struct node *end);

/* What a link of the document leads to. */
const struct destination *render_destination(const struct render *render, const struct node *node);

/* A paragraph that is `![[Note]]`, `![[Note#Heading]]`, `![[Note#^id]]` or `![[source#p12]]`:
 * quotes it with its origin. Returns false, and writes nothing, where it is something else, embeds
 * itself or is too much for one page: then it is a link. */
bool render_try_embed(struct render *render, const struct node *paragraph);

/* Text as it stands, escaped text, a number, ` name="value"`. */
void render_put(struct render *render, const char *text);
void render_text(struct render *render, struct str text);
void render_number(struct render *render, uint32_t number);
void render_attribute(struct render *render, const char *name, struct str value);

/* ` href="…"` of a page of the site. A URL's own escaping leaves nothing that HTML must escape. */
void render_href(struct render *render, uint32_t document, struct str anchor);

/* Whether the sibling before `node` is of the same kind. */
bool render_follows_its_kind(const struct render *render, const struct node *node);

void render_enter_link(struct render *render, const struct node *node);
void render_leave_link(struct render *render);

/* A tag, with the way to its page. */
void render_tag(struct render *render, const struct node *node);

/* A picture of the site's own; one from another host becomes a link, since a page loads nothing
 * from elsewhere. Children are the alternative text and are not entered. */
void render_image(struct render *render, const struct node *node);

/* `![[picture.png]]`; returns whether it is one. */
bool render_try_picture(struct render *render, const struct node *node);

/* Citations that stand side by side share their brackets: `first` opens them. */
void render_citation(struct render *render, const struct node *node, bool first);

void render_footnote_reference(struct render *render, const struct node *node);
void render_enter_footnote(struct render *render, const struct node *node);
void render_leave_footnote(struct render *render, const struct node *node);

#endif
