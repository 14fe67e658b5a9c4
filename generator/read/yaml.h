/* YAML as a tree with places. The only door to libyaml.
 *
 * Every scalar is text; the caller gives it meaning. Anchors and aliases, tags and several
 * documents are refused with a diagnostic: a front matter needs none of them, and aliases can grow
 * without end.
 *
 * A mistake costs the entry of the outermost map in which it stands and no more: reading goes on at
 * the next line that begins an entry. */
#ifndef NASLAG_READ_YAML_H
#define NASLAG_READ_YAML_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

/* Front matter and settings need far less. The size keeps what is quadratic in libyaml 0.2.5
 * (directives, simple keys) far below a second; behind so many mistakes the text is no YAML. */
enum {
    YAML_SIZE_MAX = 64 * 1024,
    YAML_DEPTH_MAX = 16,
    YAML_NODES_MAX = 20000,
    YAML_ERRORS_MAX = 10
};

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
 * A byte that is not UTF-8 or a control character is an error and reads as `?`. */
const struct yaml *yaml_read(struct arena *arena, struct place place, struct str source,
                             struct diags *diags);

/* Whether nothing was written: no node at all, nothing behind the colon, `~` or `null`. */
bool yaml_is_null(const struct yaml *node);

/* The value under `key` of a map, or NULL; `map` may be NULL or no map. */
const struct yaml *yaml_get(const struct yaml *map, struct str key);

#endif
