/* The site's settings: `naslag.yaml` in the content folder.
 *
 * All of it is optional. A mistake is said with its place and leaves the default in force. */
#ifndef NASLAG_READ_CONFIG_H
#define NASLAG_READ_CONFIG_H

#include "base/diag.h"
#include "base/digest.h"
#include "base/str.h"
#include "read/meta.h"

#include <stdint.h>

struct arena;

#define CONFIG_PATH "naslag.yaml"

/* Defaults of `limits`: high enough for any knowledge base that people write, low enough that a
 * stranger's pull request cannot keep a build busy or fill a disk. */
enum {
    LANGUAGES_MAX = 2,                    /* as many as there are words of */
    LIMIT_FILE_SIZE = 8 * 1024 * 1024,    /* bytes of a text: the Bible has 5 million */
    LIMIT_ASSET_SIZE = 100 * 1024 * 1024, /* bytes of an image or PDF: what GitHub takes */
    LIMIT_FILES = 1250000,                /* a million, and what is written about them */
    LIMIT_TOPICS = 50000,                 /* the matcher holds all of them in memory */
    LIMIT_LINKS_PER_PAGE = 20000,         /* a page with more is no page to read */
    LIMIT_IGNORE = 1000,                  /* patterns: each is tried on each path */
    LIMIT_MENU = 100                      /* entries: every page carries them */
};

struct limits {
    uint64_t file_size, asset_size, files, topics, links_per_page;
};

/* How much of the commits the site shows. */
enum config_history {
    HISTORY_FULL,  /* what changed, with the commits' first lines */
    HISTORY_DATES, /* when pages changed */
    HISTORY_NONE
};

struct menu_entry {
    struct str title, url;
    uint32_t line, column;
    uint32_t url_line, url_column;
};

/* Fields that were not given are empty. Everything is the arena's. */
struct config {
    struct digest identity;              /* of the settings as they were written */
    struct str title;                    /* empty: the caller decides */
    struct str description;              /* of the site, in a sentence */
    struct str language;                 /* one of a language pack: "nl" or "en" */
    struct str languages[LANGUAGES_MAX]; /* of which the site has its own pages; `language` first */
    uint32_t language_count;
    struct str base_url; /* http or https, ends in `/`, has no query or fragment */
    struct str edit_url; /* http or https, holds `{path}` */
    struct str licence;
    struct str contact;      /* of who answers for the site: a mail address or a URL */
    struct meta_list ignore; /* patterns: see config_ignores() */
    bool data;               /* whether to write `data/` */
    bool search;             /* whether to make the search page and its index */
    bool pictures;           /* whether pages have pictures for those who share their address */
    enum config_history history;
    struct limits limits;
    VEC(struct menu_entry) menu;
    VEC(struct config_words) words; /* of the languages, where they have their own */
};

/* What the site says of itself in one of its languages; empty where it says the same in all. */
struct config_words {
    struct str language;
    const struct config *config; /* title, description and menu of it alone */
};

void config_init(struct config *config); /* the defaults */

/* Reads the settings in `source` over the defaults. */
void config_read(struct arena *arena, struct str source, struct config *out, struct diags *diags);

/* Whether a pattern under `ignore` fits `path`, which is below the content folder, or a folder that
 * it lies in. In a pattern `*` stands for anything but `/`, `?` for one byte of that, `**` for any
 * number of folders; a pattern without `/` in front of its last byte fits in any folder. */
bool config_ignores(const struct config *config, struct str path);

#endif
