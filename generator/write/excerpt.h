/* A passage as it is shown on another page than its own: its text, with topics marked, and with
 * abbreviations expanded where a page uses them for the first time. */
#ifndef NASLAG_WRITE_EXCERPT_H
#define NASLAG_WRITE_EXCERPT_H

#include "base/buf.h"
#include "link/web.h"

struct excerpts {
    const struct web *web;
    uint32_t first, second; /* topics to mark, or NO_TOPIC; the second in another way */
    bool *expanded;         /* by topic: its abbreviation was expanded on this page */
};

/* Excerpts for one page. */
struct excerpts excerpts_begin(struct arena *arena, const struct web *web, uint32_t first,
                               uint32_t second);

/* `mentions` are those of the passage, by place. */
void excerpt_put(struct excerpts *excerpts, struct buf *out, struct str text,
                 const struct mention *mentions, size_t count);

/* The name of a topic as a text has it: where that is the topic's abbreviation and `*expanded` is
 * false, in `<abbr>` with what it stands for; sets `*expanded` then. */
void excerpt_put_name(struct buf *out, const struct meta *topic, struct str name, bool *expanded);

#endif
