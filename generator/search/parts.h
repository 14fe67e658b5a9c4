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
};

void parts_init(struct parts *parts, const struct parts_sink *sink, unsigned workers);
/* Copies; returns the hash by which it is named. */
uint64_t parts_put(struct parts *parts, struct str bytes);
void parts_flush(struct parts *parts);
void parts_release(struct parts *parts);

/* Parts on their way to being put: at once, or only drafted, by any thread, while others put or
 * draft theirs. A name that is taken already shows when they are put, which is done in order. */
struct parts_draft {
    struct parts *parts; /* NULL: they are only drafted */
    struct buf note;     /* of all, to take them in a later build */
    struct buf bytes;    /* of those that are only drafted */
    bool fails; /* a name was not the first choice, which only the order of putting explains: then
                   the note is of no use */
};

void parts_draft_init(struct parts_draft *draft, struct parts *parts, struct arena *arena);
/* Returns the hash by which the part is named; of one that is only drafted, the first choice. */
uint64_t parts_draft_put(struct parts_draft *draft, struct str bytes);
/* Puts what was only drafted. False where a name is not the first choice; what it belongs to must
 * then be made again, of parts that are put at once. */
bool parts_settle(struct parts *parts, const struct parts_draft *draft);

/* Whether all parts of a note are there as they were in an earlier build. */
bool parts_are_there(const struct parts_sink *sink, struct str note);
/* Takes them as put, of which that was found; else as parts_settle(). */
bool parts_take(struct parts *parts, struct str note);

#endif
