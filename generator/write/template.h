/* Mustache templates: compiled once, then read-only and shared by threads.
 *
 * The language is that of the Mustache specification 1.4 (https://github.com/mustache/spec) with
 * the modules interpolation, sections, inverted, partials, comments, delimiters, inheritance and
 * dynamic names; without lambdas. `{{name}}` is escaped for HTML by escape.h. Only texts and flags
 * are shown, a flag as `true` or `false`. The indentation of a partial goes before the lines of its
 * template, not before those of a value in it. */
#ifndef NASLAG_WRITE_TEMPLATE_H
#define NASLAG_WRITE_TEMPLATE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "write/value.h"

/* Sections, partials, parents and blocks in one another, as they are rendered. */
enum { TEMPLATE_DEPTH_MAX = 64 };

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

/* A warning for each partial and parent that a template names and the set lacks. */
void templates_check(const struct templates *templates, struct diags *diags);

/* Renders the template `name`; one that is missing renders as nothing, as the specification has it.
 * Nothing is allocated but in `out`. Returns false where TEMPLATE_DEPTH_MAX was reached: then what
 * lies deeper and all later partials are left out, so that templates that call themselves end soon.
 */
bool template_render(const struct templates *templates, struct str name,
                     const struct value *context, struct buf *out);

#endif
