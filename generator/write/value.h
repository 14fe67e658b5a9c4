/* What a template is shown: a tree of texts, flags, lists and objects, in an arena. */
#ifndef NASLAG_WRITE_VALUE_H
#define NASLAG_WRITE_VALUE_H

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

#include <stdint.h>

struct arena;

enum value_kind { VALUE_FLAG, VALUE_TEXT, VALUE_LIST, VALUE_OBJECT };

struct field {
    struct str name;
    const struct value *value;
};

struct value {
    enum value_kind kind;
    bool flag;
    union {
        struct str text;
        VEC(const struct value *) list;
        struct {
            VEC(struct field) fields;
            const struct map *index; /* of the fields, by value_index(); else NULL */
        };
    };
};

struct value *value_flag(struct arena *arena, bool flag);
struct value *value_text(struct arena *arena, struct str text);  /* borrows the text */
struct value *value_number(struct arena *arena, int64_t number); /* as decimal text */
struct value *value_list(struct arena *arena);
struct value *value_object(struct arena *arena);

void value_append(struct arena *arena, struct value *list, const struct value *item);

/* Sets a field of an object; the name is a literal or lives as long. A name set twice keeps the
 * last. */
void value_set(struct arena *arena, struct value *object, const char *name,
               const struct value *value);
void value_set_field(struct arena *arena, struct value *object, struct str name,
                     const struct value *value);
void value_set_text(struct arena *arena, struct value *object, const char *name, struct str text);

/* Makes look-ups quick in an object of many fields, to which no more will be added. */
void value_index(struct arena *arena, struct value *object);

/* The field of that name, or NULL; of anything but an object NULL. */
const struct value *value_get(const struct value *object, struct str name);

/* Appends what stands for all that a template may show of the value: the same bytes for no other
 * value. `but` is left out wherever it stands. */
void value_put_digest(struct buf *out, const struct value *value, const struct value *but);

/* Whether a section over it is shown: false for NULL, a false flag, an empty text and an empty
 * list. */
bool value_is_true(const struct value *value);

#endif
