/* The templates and the theme: what the program carries, with the user's own files in their place.
 *
 * Every file has a path, `templates/layout.mustache` or `theme/naslag.css`; what `naslag init` and
 * `naslag new` begin with is below `skeleton/`, and what codes of diagnostics mean below `docs/`:
 * no folder stands over those. A folder that the user names stands over all of `templates/` or
 * `theme/`: a file in it replaces the carried one of the same relative path, and others are added.
 * Files and folders whose name begins with a dot are left out. All is read at once, and everything
 * is the arena's or the program's. */
#ifndef NASLAG_WRITE_ASSETS_H
#define NASLAG_WRITE_ASSETS_H

#include "base/diag.h"
#include "base/err.h"
#include "base/map.h"
#include "base/vec.h"
#include "write/template.h"

enum {
    ASSETS_DEPTH_MAX = 8,    /* folders in folders: a link that leads back ends somewhere */
    ASSETS_FILES_MAX = 4096, /* of one folder: whoever names `/` by mistake hears of it */
};

struct asset {
    struct str path;
    struct str content;
    struct str origin;  /* for diagnostics: the user's file, or the path */
    bool published;     /* copied to the site: styles, images and fonts of the theme */
    struct str address; /* where on the site: the path, or see assets_compile() */
};

struct assets {
    VEC(struct asset *) files; /* sorted by path, by bytes */
    struct map by_path;
    VEC(const char *) folders; /* of the user's, those in them too: what may change */
    struct arena *arena;
};

/* Opens the assets; each folder may be NULL. Fails where a folder or a file in it can't be read. */
int assets_open(struct assets *assets, struct arena *arena, const char *templates,
                const char *theme, struct err *err);

/* The file of that path, or NULL. Only files that were found are known: no path leads outside. */
const struct asset *assets_find(const struct assets *assets, struct str path);

/* Compiles all `templates/NAME.mustache` under the name `NAME`; what is wrong with them is said in
 * `diags`. Returns false where one could not be compiled.
 *
 * A style sheet or script that a template names behind `{{root}}` gets an address by its content,
 * `theme/naslag.1a2b3c4d.css`, in the template too: browsers may keep it for ever. */
bool assets_compile(struct assets *assets, struct templates *templates, struct diags *diags);

#endif
