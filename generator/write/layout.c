#include "write/layout.h"

#include "base/pool.h"

#include "write/apart.h"

#include <gvc.h>
#include <stdio.h>

enum { INCH = 72, NUMBER_MAX = 32 };

extern gvplugin_library_t gvplugin_neato_layout_LTX_library;

/* As decimal inches, in every locale: thousandths are enough. */
static void set_inches(void *object, char *name, uint32_t points)
{
    char text[NUMBER_MAX];
    uint32_t thousandths = points * 1000 / INCH;
    snprintf(text, sizeof text, "%u.%03u", (unsigned)(thousandths / 1000),
             (unsigned)(thousandths % 1000));
    agset(object, name, text);
}

static void set_defaults(Agraph_t *graph, uint32_t ratio)
{
    /* Boxes are kept apart by apart.h. */
    static char *const settings[][2] = {{"overlap", "true"},  {"start", "1"},
                                        {"splines", "false"}, {"mode", "major"},
                                        {"maxiter", "500"},   {"normalize", "true"}};
    static char *const node_settings[][2] = {
        {"label", ""}, {"shape", "box"}, {"fixedsize", "true"}, {"width", "1"}, {"height", "1"}};
    char text[NUMBER_MAX];
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        agattr(graph, AGRAPH, settings[i][0], settings[i][1]);
    for (size_t i = 0; i < sizeof node_settings / sizeof *node_settings; i++)
        agattr(graph, AGNODE, node_settings[i][0], node_settings[i][1]);
    agattr(graph, AGEDGE, "len", "1");
    snprintf(text, sizeof text, "%u.%02u", (unsigned)(ratio / 100), (unsigned)(ratio % 100));
    agattr(graph, AGRAPH, "ratio", text);
}

static Agnode_t *add_node(Agraph_t *graph, uint32_t number, bool create)
{
    char name[NUMBER_MAX];
    snprintf(name, sizeof name, "n%u", (unsigned)number);
    return agnode(graph, name, create);
}

static void add_all(Agraph_t *graph, const struct layout_node *nodes, uint32_t count,
                    const struct layout_edge *edges, uint32_t edge_count)
{
    for (uint32_t i = 0; i < count; i++) {
        Agnode_t *node = add_node(graph, i, true);
        set_inches(node, "width", nodes[i].width);
        set_inches(node, "height", nodes[i].height);
    }
    for (uint32_t i = 0; i < edge_count; i++) {
        Agedge_t *edge = agedge(graph, add_node(graph, edges[i].a, false),
                                add_node(graph, edges[i].b, false), NULL, true);
        set_inches(edge, "len", edges[i].length);
    }
}

static int32_t rounded(double value)
{
    return (int32_t)(value < 0 ? value - 0.5 : value + 0.5);
}

static void take_places(Agraph_t *graph, struct layout_node *nodes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        pointf at = ND_coord(add_node(graph, i, false));
        nodes[i].x = rounded(at.x);
        nodes[i].y = -rounded(at.y);
    }
}

/* The picture begins where the first box does. */
static void measure(struct layout_node *nodes, uint32_t count, uint32_t *width, uint32_t *height)
{
    int32_t left = INT32_MAX, top = INT32_MAX, right = INT32_MIN, bottom = INT32_MIN;
    for (uint32_t i = 0; i < count; i++) {
        int32_t half_width = (int32_t)nodes[i].width / 2,
                half_height = (int32_t)nodes[i].height / 2;
        left = nodes[i].x - half_width < left ? nodes[i].x - half_width : left;
        top = nodes[i].y - half_height < top ? nodes[i].y - half_height : top;
        right = nodes[i].x + half_width > right ? nodes[i].x + half_width : right;
        bottom = nodes[i].y + half_height > bottom ? nodes[i].y + half_height : bottom;
    }
    for (uint32_t i = 0; i < count; i++) {
        nodes[i].x -= left;
        nodes[i].y -= top;
    }
    *width = (uint32_t)(right - left);
    *height = (uint32_t)(bottom - top);
}

/* Graphviz has state of its own: one picture at a time. */
static bool place(struct layout_node *nodes, uint32_t count, const struct layout_edge *edges,
                  uint32_t edge_count, uint32_t ratio)
{
    static const lt_symlist_t plugins[] = {
        {"gvplugin_neato_layout_LTX_library", &gvplugin_neato_layout_LTX_library}, {NULL, NULL}};
    pool_lock();
    GVC_t *context = gvContextPlugins(plugins, false);
    Agraph_t *graph = context ? agopen("network", Agundirected, NULL) : NULL;
    bool done = false;
    if (graph && count) {
        set_defaults(graph, ratio);
        add_all(graph, nodes, count, edges, edge_count);
        done = gvLayout(context, graph, "neato") == 0;
        if (done)
            take_places(graph, nodes, count);
        gvFreeLayout(context, graph);
    }
    if (graph)
        agclose(graph);
    if (context)
        gvFreeContext(context);
    pool_unlock();
    return done;
}

bool layout_place(struct layout_node *nodes, uint32_t count, const struct layout_edge *edges,
                  uint32_t edge_count, uint32_t ratio, uint32_t *width, uint32_t *height)
{
    if (!place(nodes, count, edges, edge_count, ratio) || !apart_move(nodes, count))
        return false;
    measure(nodes, count, width, height);
    return true;
}
