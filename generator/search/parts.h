/* The files of an index on their way out: compressed, named and given to whoever publishes them. */
#ifndef NASLAG_SEARCH_PARTS_H
#define NASLAG_SEARCH_PARTS_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/vec.h"
#include "search/packed.h"
#include "search/paths.h"

/* Takes the files of the index; threads may call it at once. Remembers its own failures. What a
 * file is made of is a digest of its bytes before they are packed. */
struct parts_sink {
    void (*put)(void *context, const char *path, struct str content, struct digest made_of);

    /* Whether the last build's file is there and made of the same; keeping it takes it as this
     * build's as well, so that it need not be put. Taking does that with a file of which `holds`
     * was true: it is not looked at again. */
    bool (*holds)(void *context, const char *path, struct digest made_of);
    bool (*keep)(void *context, const char *path, struct digest made_of);
    void (*take)(void *context, const char *path);
    void *context;
};

/* Returns what the file is made of. The packer is used only where the file must be put. */
struct digest parts_publish(const struct parts_sink *sink, struct packer *packer,
                            struct arena *scratch, struct path path, struct str bytes);

/* Parts that one thread makes, compressed by several. A part that is there already is kept once. */
struct waiting_part {
    uint64_t hash;
    struct str bytes;
    struct digest made_of; /* known once it is published */
};

struct published_part {
    uint64_t hash;
    struct digest made_of;
};

struct parts {
    const struct parts_sink *sink;
    unsigned workers;
    struct packer packers[POOL_MAX]; /* by worker */
    VEC(struct waiting_part) waiting;
    size_t waiting_bytes;
    VEC(struct published_part) published; /* all until the last flush, in the order of putting */
    struct arena list, bytes;             /* of the two lists, and the bytes of those that wait */
    struct map seen; /* the hash of a part in full by its name, as eight bytes */
    struct arena names;
    struct buf *note; /* where not NULL: what is put is noted there, for parts_keep() */
    bool note_fails; /* a name was not the first choice, which only the order of putting explains */
};

void parts_init(struct parts *parts, const struct parts_sink *sink, unsigned workers);
/* Copies; returns the hash by which it is named. */
uint64_t parts_put(struct parts *parts, struct str bytes);
/* Takes parts of an earlier build, which were noted then, as put. False where not all of them can
 * be: then none is. */
bool parts_keep(struct parts *parts, struct str note);
void parts_flush(struct parts *parts);
void parts_release(struct parts *parts);

#endif
