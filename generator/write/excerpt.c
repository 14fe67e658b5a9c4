#include "write/excerpt.h"

#include "base/arena.h"
#include "link/names.h"
#include "write/escape.h"

struct excerpts excerpts_begin(struct arena *arena, const struct web *web, uint32_t first,
                               uint32_t second)
{
    bool *expanded = arena_new_array(arena, web->topic_count, bool);
    return (struct excerpts){web, first, second, expanded};
}

void excerpt_put_name(struct buf *out, const struct meta *topic, struct str name, bool *expanded)
{
    if (*expanded || !name.len || !str_equal(name, topic->more->abbreviation) ||
        str_equal(name, topic->title)) {
        escape_html(out, name);
        return;
    }
    *expanded = true;
    buf_put_cstring(out, "<abbr title=\"");
    escape_html(out, topic->title);
    buf_put_cstring(out, "\">");
    escape_html(out, name);
    buf_put_cstring(out, "</abbr>");
}

void excerpt_put(struct excerpts *excerpts, struct buf *out, struct str text,
                 const struct mention *mentions, size_t count)
{
    const struct web *web = excerpts->web;
    uint32_t done = 0;
    for (size_t i = 0; i < count; i++) {
        const struct mention *mention = &mentions[i];
        uint32_t topic = mention->topic;
        bool marked = topic == excerpts->first || topic == excerpts->second;
        if (mention->start < done || mention->end > text.len)
            continue;
        escape_html(out, str_slice(text, done, mention->start - done));
        if (marked)
            buf_put_cstring(out, topic == excerpts->first ? "<mark>" : "<mark class=\"second\">");
        excerpt_put_name(out, &web->documents[web->topics[topic].document].meta,
                         str_slice(text, mention->start, mention->end - mention->start),
                         &excerpts->expanded[topic]);
        if (marked)
            buf_put_cstring(out, "</mark>");
        done = mention->end;
    }
    escape_html(out, str_from_offset(text, done));
}
