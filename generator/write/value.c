#include "write/value.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"

#include <string.h>

static struct value *new_value(struct arena *arena, enum value_kind kind)
{
    struct value *value = arena_new(arena, struct value);
    value->kind = kind;
    return value;
}

struct value *value_flag(struct arena *arena, bool flag)
{
    struct value *value = new_value(arena, VALUE_FLAG);
    value->flag = flag;
    return value;
}

struct value *value_text(struct arena *arena, struct str text)
{
    struct value *value = new_value(arena, VALUE_TEXT);
    value->text = text;
    return value;
}

struct value *value_number(struct arena *arena, int64_t number)
{
    struct buf digits;
    buf_init(&digits, arena);
    buf_put_number(&digits, number);
    return value_text(arena, buf_str(&digits));
}

struct value *value_list(struct arena *arena)
{
    return new_value(arena, VALUE_LIST);
}

struct value *value_object(struct arena *arena)
{
    return new_value(arena, VALUE_OBJECT);
}

void value_append(struct arena *arena, struct value *list, const struct value *item)
{
    *vec_push(&list->list, arena) = item;
}

/* A field set again is added again: value_get() looks from the end, so that setting stays cheap. */
void value_set_field(struct arena *arena, struct value *object, struct str name,
                     const struct value *value)
{
    *vec_push(&object->fields, arena) = (struct field){name, value};
}

void value_set(struct arena *arena, struct value *object, const char *name,
               const struct value *value)
{
    value_set_field(arena, object, str_from(name), value);
}

void value_set_text(struct arena *arena, struct value *object, const char *name, struct str text)
{
    value_set(arena, object, name, value_text(arena, text));
}

void value_index(struct arena *arena, struct value *object)
{
    struct map *index = arena_new(arena, struct map);
    map_init(index, arena);
    for (size_t i = 0; i < object->fields.count; i++)
        *map_at(index, object->fields.items[i].name) = (void *)object->fields.items[i].value;
    object->index = index;
}

const struct value *value_get(const struct value *object, struct str name)
{
    if (!object || object->kind != VALUE_OBJECT)
        return NULL;
    if (object->index)
        return map_get(object->index, name);
    for (size_t i = object->fields.count; i > 0; i--) {
        const struct field *field = &object->fields.items[i - 1];
        /* Two names of one length rarely begin alike. */
        if (field->name.len == name.len &&
            (!name.len || (field->name.data[0] == name.data[0] &&
                           !memcmp(field->name.data, name.data, name.len))))
            return field->value;
    }
    return NULL;
}

bool value_is_true(const struct value *value)
{
    if (!value)
        return false;
    switch (value->kind) {
    case VALUE_FLAG:
        return value->flag;
    case VALUE_TEXT:
        return value->text.len > 0;
    case VALUE_LIST:
        return value->list.count > 0;
    case VALUE_OBJECT:
        break;
    }
    return true;
}

static void put_whole(struct buf *out, const struct value *value, const struct value *but)
{
    buf_put_char(out, (char)('0' + value->kind));
    switch (value->kind) {
    case VALUE_FLAG:
        buf_put_char(out, value->flag ? '1' : '0');
        break;
    case VALUE_TEXT:
        bytes_put_text(out, value->text);
        break;
    case VALUE_LIST:
        bytes_put_number(out, (uint32_t)value->list.count);
        for (size_t i = 0; i < value->list.count; i++)
            value_put_digest(out, value->list.items[i], but);
        break;
    case VALUE_OBJECT:
        bytes_put_number(out, (uint32_t)value->fields.count);
        for (size_t i = 0; i < value->fields.count; i++) {
            bytes_put_text(out, value->fields.items[i].name);
            value_put_digest(out, value->fields.items[i].value, but);
        }
        break;
    }
}

void value_put_digest(struct buf *out, const struct value *value, const struct value *but)
{
    if (value && value != but)
        put_whole(out, value, but);
    else
        buf_put_char(out, '-');
}
