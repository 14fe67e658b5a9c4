/* Pass 2: the web as a site. Renders every page and publishes it with the theme, feeds and data. */
#ifndef NASLAG_WRITE_SITE_H
#define NASLAG_WRITE_SITE_H

#include "link/web.h"
#include "read/config.h"
#include "write/html.h"
#include "write/language.h"
#include "write/publish.h"
#include "write/template.h"

struct assets;
struct appearances;
struct letters;
struct pairing;

/* Of a passage whose revision is not known. */
enum { NO_REVISION = 0xFFFF };

/* Another topic that shares passages with one. */
struct neighbour {
    uint32_t topic, passages;
};

/* What all pages of one language are made from: an edition, see editions.h. Read-only while pages
 * are rendered. */
struct site {
    const struct web *web;
    const struct config *config;        /* with what the site says of itself in the language */
    const struct language *language;    /* whose words are shown */
    const struct language *names;       /* what the addresses of its own pages are made of, */
    struct str prefix;                  /* behind this: empty, or `en/` */
    const struct language *main_names;  /* what those of pages that there are once are made of */
    const struct site *const *editions; /* of all languages, the site's own first */
    uint32_t edition_count, own_count;  /* and how many of them have pages of their own */
    const unsigned char *edition_of;    /* by document: its edition; NULL: all in the first */
    const struct assets *assets;
    const struct templates *templates;
    struct crew *crew;
    struct arena *arena;
    struct digest program; /* see made_of.h */
    struct str title;
    struct html_words words;
    const uint32_t
        *by_title[DOCUMENT_KINDS]; /* documents of a kind that have a page of their own */
    uint32_t by_title_count[DOCUMENT_KINDS];
    const struct neighbour *neighbours;    /* of all topics, by topic, the closest first */
    const uint32_t *first_neighbour;       /* by topic, and the end: index into `neighbours` */
    const struct pairing *pairing;         /* the pairs of topics that have a page */
    const struct appearances *appearances; /* by topic */
    const uint32_t *titled;                /* all documents by title */
    const uint32_t *ranked;                /* likewise by rank: see appearances.h */
    const uint32_t *recent;                /* documents, the last changed first */
    uint32_t recent_count;
    uint16_t **since; /* by document, then mention: see page_history(); NULL without history */
    struct digest *histories; /* by document: made_of_history(), where it has one; likewise */
    struct str list_ids[DOCUMENT_KINDS];           /* of the lists' pages: `onderwerpen/index` */
    const struct letters *letters[DOCUMENT_KINDS]; /* see page_list_letters() */
    uint32_t home;                       /* document that is the home page's text, or NO_DOCUMENT */
    uint32_t list_intro[DOCUMENT_KINDS]; /* likewise of the lists */
};

/* How the site names its pages, in each of its languages, the main one first. */
struct naming site_naming(const struct language *languages, uint32_t count, struct arena *arena);

/* What a site is made of. */
struct site_source {
    const struct web *web;
    const struct config *config;
    const struct language *languages; /* of the settings, the main one first */
    const struct assets *assets;
    const struct templates *templates;
    struct crew *crew;
};

/* Renders and publishes everything but the final commit of `publish`, or gives that up where the
 * crew's stages say that nobody waits for it any more. */
void site_publish(const struct site_source *source, struct publish *publish, struct arena *arena,
                  struct diags *diags);

/* Pages that someone is waiting for. */
struct site_preview {
    const struct str
        *paths; /* on the site: `notities/opening.html`; what is no document's is left */
    size_t count;
    void (*show)(void *context, struct str path, struct str html);
    void *context;
};

/* Renders the pages of single documents as site_publish() would, but publishes nothing. */
void site_preview(const struct site_source *source, const struct site_preview *preview);

#endif
