/* Where the nodes of a graph go in a picture: the only door to Graphviz's libgvc.
 *
 * Graphviz is given boxes of fixed size and no text, so that the fonts of the machine do not
 * matter, and starts from a fixed place, so that the same graph always gets the same picture. Its
 * layout is linked into the program: neither its list of plugins nor a folder is looked for. It
 * keeps state of its own; one layout is made at a time. */
#ifndef NASLAG_WRITE_LAYOUT_H
#define NASLAG_WRITE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sizes and places are in points; x and y are of the middle, y downwards. */
struct layout_node {
    uint32_t width, height; /* room that the node takes, with its label */
    int32_t x, y;
};

struct layout_edge {
    uint32_t a, b;   /* indexes of nodes */
    uint32_t length; /* that it would like to have */
};

/* Places the nodes so that no two overlap, in a picture about `ratio` percent as high as wide;
 * `*width` and `*height` are its size. False where Graphviz could not. */
bool layout_place(struct layout_node *nodes, uint32_t count, const struct layout_edge *edges,
                  uint32_t edge_count, uint32_t ratio, uint32_t *width, uint32_t *height);

#endif
