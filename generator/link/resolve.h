/* Names to documents: what a wikilink, a relative link or a citation means.
 *
 * Built once from all outlines and then shared by threads. */
#ifndef NASLAG_LINK_RESOLVE_H
#define NASLAG_LINK_RESOLVE_H

#include "base/map.h"
#include "link/outline.h"
#include "repo/snapshot.h"

struct twins;

enum { FOLDER_PAGES = 2 /* names of what a folder has for a page */, RESOLVER_PARTS = 5 };

struct resolver {
    const struct snapshot *snapshot;
    const struct outline *documents;
    uint32_t count;
    struct map paths; /* folded path without `.md` or `.txt` → candidates */
    struct map stems; /* folded file name, likewise */
    struct map tails; /* with the folder that it is in: of file names that a crowd has */
    struct map titles;
    struct map aliases;
    struct map former; /* folded paths and file names that documents had */
    struct map files;  /* folded path → candidates, of files that are no documents */
    struct map names;  /* folded file name with extension → candidates, likewise */
    bool has_folder_page[FOLDER_PAGES]; /* whether there is a file of that name */
    struct heading_index **headings;    /* by document: where there are many; else NULL */
    const struct twins *twins;          /* translations, which a name may mean alike; may be NULL */
};

enum {
    /* A document with more headings than this has an index of them. */
    HEADINGS_SCANNED = 64,
    /* Headings below a heading, headings compared with the first words of a title, and pages, each
     * per link: more are no document that a person wrote, and thousands of links to them would
     * take minutes. Likewise sources of one name. */
    PLACES_MAX = 5000,
};

/* The result of looking for a name. `other` is a second candidate, where there was one as good. */
struct resolution {
    struct destination to;
    uint32_t other;       /* a document, or NO_DOCUMENT */
    bool by_name;         /* of a relative link: no such path is there, it was found as a name */
    bool heading_missing; /* the document is there, the heading is not: `to.anchor` is empty */
};

void resolver_init(struct resolver *resolver, struct arena *arena, const struct snapshot *snapshot,
                   const struct outline *documents, uint32_t count);

/* The same in parts: after it began, each of RESOLVER_PARTS is filled once, by any thread and in
 * any order, in an arena of that thread. */
void resolver_begin(struct resolver *resolver, struct arena *arena, const struct snapshot *snapshot,
                    const struct outline *documents, uint32_t count);
void resolver_fill(struct resolver *resolver, unsigned part, struct arena *arena);

/* One that knows the documents of one kind alone, by the same indexes. */
void resolver_init_kind(struct resolver *resolver, struct arena *arena,
                        const struct snapshot *snapshot, const struct outline *documents,
                        uint32_t count, enum document_kind kind);

/* A name as in a wikilink, without a fragment, used in no document. */
struct resolution resolve_name(const struct resolver *resolver, struct arena *scratch,
                               struct str name);

/* A link of the document `from`, by its kind. */
struct resolution resolve_link(const struct resolver *resolver, struct arena *scratch,
                               uint32_t from, const struct link *link);

/* A wikilink's target as written (`Note`, `folder/Note#Heading`, `#Heading`, `picture.png`), in the
 * document `from`. By path, file name, folder, title, alias, former path, in that order and without
 * regard to case; the first of these that has a candidate decides. Of several the one in the same
 * folder or below it, else the one with the shortest path is taken, and `other` names the next. Of
 * translations with the same title or alias the one in the language of `from` is meant. */
struct resolution resolve_wikilink(const struct resolver *resolver, struct arena *scratch,
                                   uint32_t from, struct str target);

/* A relative link in Markdown (`../sources/a.md#heading`), percent-encoded or not. A link to a
 * heading in the same document starts with `#`. Where there is no such file, the path is taken as a
 * wikilink's is, by path and file name: Obsidian writes links so. */
struct resolution resolve_path(const struct resolver *resolver, struct arena *scratch,
                               uint32_t from, struct str target);

/* A citation's key and locator (`p. 3`, `¶12`, a section's title; may be empty). */
struct resolution resolve_citation(const struct resolver *resolver, struct arena *scratch,
                                   struct str key, struct str locator);

/* The only document whose file has that name, without its extension and without regard to case;
 * NO_DOCUMENT where none or several have. */
uint32_t resolver_holder(const struct resolver *resolver, struct arena *scratch, struct str file);

#endif
