/* YAML as a tree with places. The only door to libyaml.
 *
 * Every scalar is text; the caller gives it meaning. Anchors and aliases, tags and several
 * documents are refused with a diagnostic: a front matter needs none of them, and aliases can grow
 * without end. */
#ifndef NASLAG_READ_YAML_H
#define NASLAG_READ_YAML_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

enum { YAML_DEPTH_MAX = 16, YAML_NODES_MAX = 20000 }; /* front matter and settings need far less */

struct yaml {
    enum yaml_kind kind;
    uint32_t line, column;
    struct str key; /* of a map's value; else empty */
    uint32_t key_line, key_column;
    struct str text; /* of a scalar */
    bool plain;      /* a scalar written without quotes: only then `~` and `null` mean nothing */
    struct yaml *first, *next;
};

/* The tree of `source`, or NULL for an empty or unreadable one (said in `diags`). `place` gives the
 * path and the line on which `source` begins. A key that comes twice is an error; the first holds.
 */
const struct yaml *yaml_read(struct arena *arena, struct place place, struct str source,
                             struct diags *diags);

/* The value under `key` of a map, or NULL; `map` may be NULL or no map. */
const struct yaml *yaml_get(const struct yaml *map, struct str key);

#endif
