/* Mustache templates: compiled once, then read-only and shared by threads.
 *
 * The language is that of the Mustache specification 1.4 (https://github.com/mustache/spec) with
 * the modules interpolation, sections, inverted, partials, comments, delimiters, inheritance and
 * dynamic names; without lambdas. `{{name}}` is escaped for HTML by escape.h. */
#ifndef NASLAG_WRITE_TEMPLATE_H
#define NASLAG_WRITE_TEMPLATE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "write/value.h"

enum { TEMPLATE_DEPTH_MAX = 64 }; /* sections, partials and parents in one another */

/* A set of templates that know each other by name. */
struct templates {
    struct map by_name;
    struct arena *arena;
};

void templates_init(struct templates *templates, struct arena *arena);

/* Compiles `source`, which must live as long as the set. A mistake (an unclosed section, say) is an
 * error in `diags` under `place.path`; returns false and the template is not added. */
bool templates_add(struct templates *templates, struct str name, struct place place,
                   struct str source, struct diags *diags);

bool templates_have(const struct templates *templates, struct str name);

/* Renders the template `name`; one that is missing renders as nothing, as the specification has it.
 */
void template_render(const struct templates *templates, struct str name,
                     const struct value *context, struct buf *out);

#endif
