#include "write/template.h"

#include "base/arena.h"
#include "write/escape.h"
#include "write/mustache.h"

/* A parent that is being rendered: its blocks stand in for those of the same name below it. */
struct frame {
    const struct mustache *mustache;
    size_t op;
};

struct render {
    const struct templates *templates;
    struct buf *out;
    const struct value *contexts[TEMPLATE_DEPTH_MAX + 1]; /* the innermost last */
    struct frame frames[TEMPLATE_DEPTH_MAX];              /* the same */
    struct str indents[TEMPLATE_DEPTH_MAX];
    size_t context_count, frame_count, indent_count;
    size_t depth;
    bool fresh; /* at the start of a line, as the templates have lines */
    bool cut;   /* TEMPLATE_DEPTH_MAX was reached */
};

static void run(struct render *render, const struct mustache *mustache, size_t at, size_t end);

void templates_init(struct templates *templates, struct arena *arena)
{
    map_init(&templates->by_name, arena);
    templates->arena = arena;
}

bool templates_add(struct templates *templates, struct str name, struct place place,
                   struct str source, struct diags *diags)
{
    struct mustache *mustache = arena_new(templates->arena, struct mustache);
    if (!mustache_compile(templates->arena, place, source, mustache, diags))
        return false;
    *map_at(&templates->by_name, str_copy(templates->arena, name)) = mustache;
    return true;
}

bool templates_have(const struct templates *templates, struct str name)
{
    return map_get(&templates->by_name, name) != NULL;
}

static void check(const struct templates *templates, const struct mustache *mustache,
                  struct diags *diags)
{
    for (size_t i = 0; i < mustache->ops.count; i++) {
        const struct op *op = &mustache->ops.items[i];
        bool calls = op->kind == OP_PARTIAL || op->kind == OP_PARENT;
        if (calls && !op->name && !templates_have(templates, op->text))
            diag_add(diags, DIAG_WARNING, "template", mustache_place(mustache, op->offset),
                     "there is no template '%.*s'; nothing is shown for it", STR_ARGS(op->text));
    }
}

void templates_check(const struct templates *templates, struct diags *diags)
{
    for (size_t i = 0; i < templates->by_name.count; i++)
        check(templates, templates->by_name.items[i].value, diags);
}

/* -- Text ------------------------------------------------------------------------------------- */

static void begin_line(struct render *render)
{
    for (size_t i = 0; i < render->indent_count; i++)
        buf_put(render->out, render->indents[i]);
}

static void put_lines(struct render *render, struct str text)
{
    while (text.len) {
        if (render->fresh)
            begin_line(render);
        ptrdiff_t newline = str_find_char(text, '\n');
        size_t len = newline == STR_NONE ? text.len : (size_t)newline + 1;
        buf_put(render->out, str_slice(text, 0, len));
        text = str_from_offset(text, len);
        render->fresh = newline != STR_NONE;
    }
}

static void put_text(struct render *render, struct str text)
{
    if (!text.len)
        return;
    if (render->indent_count) {
        put_lines(render, text);
        return;
    }
    buf_put(render->out, text);
    render->fresh = text.data[text.len - 1] == '\n';
}

static struct str text_of(const struct value *value)
{
    if (value && value->kind == VALUE_TEXT)
        return value->text;
    if (value && value->kind == VALUE_FLAG)
        return value->flag ? STR("true") : STR("false");
    return STR("");
}

static void put_value(struct render *render, const struct op *op, const struct value *value)
{
    struct str text = text_of(value);
    if (!text.len)
        return;
    if (render->fresh)
        begin_line(render);
    if (op->kind == OP_RAW)
        buf_put(render->out, text);
    else
        escape_html(render->out, text);
    render->fresh = false;
}

/* -- Names ------------------------------------------------------------------------------------ */

/* The first part is sought from the innermost context outward, the others only in what it gave. */
static const struct value *find(const struct render *render, const struct op *op)
{
    if (!op->name_count)
        return render->contexts[render->context_count - 1];
    const struct value *value = NULL;
    for (size_t i = render->context_count; i > 0 && !value; i--)
        value = value_get(render->contexts[i - 1], op->name[0]);
    for (size_t i = 1; i < op->name_count && value; i++)
        value = value_get(value, op->name[i]);
    return value;
}

static const struct mustache *find_template(const struct render *render, const struct op *op)
{
    if (!op->name)
        return map_get(&render->templates->by_name, op->text);
    const struct value *value = find(render, op);
    if (!value || value->kind != VALUE_TEXT)
        return NULL;
    return map_get(&render->templates->by_name, value->text);
}

/* -- What goes deeper ------------------------------------------------------------------------- */

/* Once the limit was reached no template is called any more: without that, one which calls itself
 * twice would be rendered 2^64 times. */
static bool enter(struct render *render)
{
    render->cut = render->cut || render->depth == TEMPLATE_DEPTH_MAX;
    if (render->cut)
        return false;
    render->depth++;
    return true;
}

static void run_indented(struct render *render, const struct mustache *mustache, size_t at,
                         size_t end, struct str indent)
{
    if (!enter(render))
        return;
    if (indent.len)
        render->indents[render->indent_count++] = indent;
    run(render, mustache, at, end);
    render->indent_count -= indent.len > 0;
    render->depth--;
}

static void run_with(struct render *render, const struct mustache *mustache, size_t at,
                     const struct value *context)
{
    render->contexts[render->context_count++] = context;
    run(render, mustache, at + 1, mustache->ops.items[at].end);
    render->context_count--;
}

static void run_section(struct render *render, const struct mustache *mustache, size_t at)
{
    const struct value *value = find(render, &mustache->ops.items[at]);
    if (!value_is_true(value) || !enter(render))
        return;
    if (value->kind == VALUE_LIST)
        for (size_t i = 0; i < value->list.count; i++)
            run_with(render, mustache, at, value->list.items[i]);
    else
        run_with(render, mustache, at, value);
    render->depth--;
}

static void run_inverted(struct render *render, const struct mustache *mustache, size_t at)
{
    if (value_is_true(find(render, &mustache->ops.items[at])) || !enter(render))
        return;
    run(render, mustache, at + 1, mustache->ops.items[at].end);
    render->depth--;
}

static void run_partial(struct render *render, const struct op *op)
{
    const struct mustache *target = find_template(render, op);
    if (target)
        run_indented(render, target, 0, target->ops.count, op->indent);
}

static void run_parent(struct render *render, const struct mustache *mustache, size_t at)
{
    if (render->frame_count == TEMPLATE_DEPTH_MAX)
        return;
    render->frames[render->frame_count++] = (struct frame){mustache, at};
    run_partial(render, &mustache->ops.items[at]);
    render->frame_count--;
}

/* The instruction of the parent's block of that name, or 0. */
static size_t find_block(const struct frame *frame, struct str name)
{
    const struct op *ops = frame->mustache->ops.items;
    for (size_t i = frame->op + 1; i < ops[frame->op].end; i = ops[i].end)
        if (ops[i].kind == OP_BLOCK && str_equal(ops[i].text, name))
            return i;
    return 0;
}

/* What the outermost parent has for a block comes first, and its own content last. */
static void run_block(struct render *render, const struct mustache *mustache, size_t at)
{
    const struct op *op = &mustache->ops.items[at];
    size_t found = 0;
    for (size_t i = 0; i < render->frame_count && !found; i++) {
        found = find_block(&render->frames[i], op->text);
        if (found)
            mustache = render->frames[i].mustache;
    }
    if (!found)
        found = at;
    run_indented(render, mustache, found + 1, mustache->ops.items[found].end, op->indent);
}

static void run(struct render *render, const struct mustache *mustache, size_t at, size_t end)
{
    const struct op *ops = mustache->ops.items;
    for (; at < end; at = ops[at].end) {
        switch (ops[at].kind) {
        case OP_TEXT:
            put_text(render, ops[at].text);
            break;
        case OP_ESCAPED:
        case OP_RAW:
            put_value(render, &ops[at], find(render, &ops[at]));
            break;
        case OP_SECTION:
            run_section(render, mustache, at);
            break;
        case OP_INVERTED:
            run_inverted(render, mustache, at);
            break;
        case OP_PARTIAL:
            run_partial(render, &ops[at]);
            break;
        case OP_PARENT:
            run_parent(render, mustache, at);
            break;
        case OP_BLOCK:
            run_block(render, mustache, at);
            break;
        }
    }
}

bool template_render(const struct templates *templates, struct str name,
                     const struct value *context, struct buf *out)
{
    const struct mustache *mustache = map_get(&templates->by_name, name);
    if (!mustache)
        return true;
    struct render render = {.templates = templates, .out = out, .fresh = true, .context_count = 1};
    render.contexts[0] = context;
    run(&render, mustache, 0, mustache->ops.count);
    return !render.cut;
}
