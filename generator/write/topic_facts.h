/* The dates and figures of a topic: those in passages that name it. Its page shows a few, the ones
 * that most passages have; where there are more, pages beside it show all. */
#ifndef NASLAG_WRITE_TOPIC_FACTS_H
#define NASLAG_WRITE_TOPIC_FACTS_H

#include "write/appearances.h"
#include "write/page.h"

/* On the topic's page: `timeline` and `figures`, lists of values, and `facts_url` where there are
 * more. */
void topic_facts_set(struct page *page, uint32_t document);

/* In how many pages all are shown: 0 where the topic's page has them all. They stand beside the
 * page of each of the topic's documents. */
uint32_t topic_facts_parts(const struct site *site, uint32_t topic);
struct str topic_facts_id(struct arena *arena, const struct site *site, uint32_t document,
                          uint32_t part);
struct str topic_facts_title(const struct site *site, struct arena *arena, uint32_t document);

/* All facts of a topic in the order in which those pages show them, and those on one of them. */
struct finds {
    struct found *items;
    size_t count;
};
struct finds topic_facts_find(const struct site *site, uint32_t topic, struct arena *arena);
struct finds topic_facts_shown(const struct finds *all, uint32_t part);

/* A page with the facts that it shows. */
void topic_facts_page(struct page *page, uint32_t document, uint32_t part,
                      const struct finds *shown);

#endif
