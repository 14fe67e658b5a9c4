/* Values taken out of a YAML tree, with a diagnostic where their shape is wrong.
 *
 * Front matter and settings share these. A function returns false, or adds nothing, where the value
 * is not of the shape asked for, and has then said so: such a value counts as not given. Values
 * that are null (see yaml_is_null()) are left out without a word. */
#ifndef NASLAG_READ_FIELDS_H
#define NASLAG_READ_FIELDS_H

#include "read/meta.h"
#include "read/yaml.h"

struct fields {
    struct arena *arena;
    struct str path; /* of the file, for diagnostics */
    struct diags *diags;
};

/* Where the value stands. */
struct place fields_place(const struct fields *fields, const struct yaml *value);

/* A scalar, every run of white space one space. */
bool fields_text(const struct fields *fields, const struct yaml *value, struct str *out);

/* true, yes, ja, on, or false, no, nee, off. */
bool fields_flag(const struct fields *fields, const struct yaml *value, bool *out);

/* A scalar that is an address with http or https and a host. */
bool fields_url(const struct fields *fields, const struct yaml *value, struct str *out);

/* A language tag such as `nl` or `nl-BE`. */
bool fields_language(const struct fields *fields, const struct yaml *value, struct str *out);

/* A scalar, or a list of scalars: appended to `out`. */
void fields_list(const struct fields *fields, const struct yaml *value, struct meta_list *out);

/* The same for names of documents or topics, which may be written as wikilinks, `[[Name]]` or
 * `[[Name|shown]]`, with or without quotes: the brackets and what is shown are taken off. */
void fields_names(const struct fields *fields, const struct yaml *value, struct meta_list *out);

/* Only those of the names that are written as wikilinks; nothing is said of other values. Returns
 * whether there was one. */
bool fields_links(const struct fields *fields, const struct yaml *value, struct meta_list *out);

/* Whether `value` is a map; null is none. */
bool fields_map(const struct fields *fields, const struct yaml *value);

/* Warns of the key of `value`, which is none of `known`. */
void fields_unknown(const struct fields *fields, const struct yaml *value, const struct str *known,
                    size_t count);

#endif
