/* The Mustache language: from the source of one template to a flat list of instructions, which
 * template.h renders.
 *
 * White space is settled here. A tag that stands alone on its line takes the line with it. The
 * content of a block loses its own indentation and keeps it as `indent`, so that what stands in for
 * it elsewhere can take that on. */
#ifndef NASLAG_WRITE_MUSTACHE_H
#define NASLAG_WRITE_MUSTACHE_H

#include "base/diag.h"
#include "base/vec.h"

struct arena;

enum { MUSTACHE_DEPTH_MAX = 64 }; /* sections, parents and blocks in one another, in one template */

enum op_kind {
    OP_TEXT,     /* `text` */
    OP_ESCAPED,  /* the value of `name` */
    OP_RAW,      /* the same, not escaped */
    OP_SECTION,  /* what stands before `end`, for each value of `name` */
    OP_INVERTED, /* the same, where there is none */
    OP_PARTIAL,  /* the template `text`, its lines behind `indent` */
    OP_PARENT,   /* the same, with the blocks that stand before `end` */
    OP_BLOCK,    /* the block `text`: what stands before `end`, where nothing stands in for it */
};

struct op {
    enum op_kind kind;
    struct str text;
    const struct str *name; /* its parts; of a partial or parent: not NULL where it is dynamic */
    size_t name_count;      /* 0: the value at hand, `.` */
    struct str indent;
    size_t end;    /* index of the instruction behind the last inner one; else of the next */
    size_t offset; /* of the tag in the source, for diagnostics */
};

struct mustache {
    VEC(struct op) ops;
    struct str source;
    struct place place; /* its path */
};

/* Compiles `source`, which is borrowed. At the first mistake says so in `diags` and returns false.
 */
bool mustache_compile(struct arena *arena, struct place place, struct str source,
                      struct mustache *out, struct diags *diags);

/* The place of a byte of the source. */
struct place mustache_place(const struct mustache *mustache, size_t offset);

#endif
