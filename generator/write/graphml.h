/* The web as a network for Gephi and its like: `graph.graphml`, by GraphML 1.0
 * (http://graphml.graphdrawing.org/specification.html). docs/data.md tells of its nodes and edges.
 */
#ifndef NASLAG_WRITE_GRAPHML_H
#define NASLAG_WRITE_GRAPHML_H

#include "link/web.h"
#include "write/publish.h"

struct grounds;

/* Publishes graph.graphml in `folder`. */
void graphml_publish(const struct web *web, const struct grounds *grounds, struct publish *publish,
                     struct str folder);

#endif
