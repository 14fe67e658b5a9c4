/* The network of topics as a picture: discs for topics, larger the more often they are named, and
 * lines between those that share passages, thicker the more they share. The template draws it, with
 * the sizes and places that are given it here, in pixels; the same stands on the page as a list. */
#ifndef NASLAG_WRITE_NETWORK_H
#define NASLAG_WRITE_NETWORK_H

#include "write/page.h"

/* Sets `network`, of the topics named most often, and `network_small`, of fewer, for a narrow
 * screen; neither where fewer than two topics share passages. */
void network_set(struct page *page);

/* Sets `network`: a topic in the middle and its closest around it. These are placed by a rule, not
 * by Graphviz, which is not made for threads: there may be thousands of such pages. */
void network_set_topic(struct page *page, uint32_t topic);

#endif
