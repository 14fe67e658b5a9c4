/* Places of nodes: the same each time, none over another. */
#include "write/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { NODES = 40, EDGES = 60, RATIO = 70, GRAPHS = 25, HOLES = 1000 };

struct graph {
    struct layout_node nodes[NODES];
    struct layout_edge edges[EDGES];
    uint32_t width, height;
};

static bool place_graph(struct graph *graph, uint32_t number)
{
    memset(graph, 0, sizeof *graph);
    for (uint32_t i = 0; i < NODES; i++)
        graph->nodes[i] = (struct layout_node){.width = 40 + i % (7 + number) * 15, .height = 40};
    for (uint32_t i = 0; i < EDGES; i++)
        graph->edges[i] =
            (struct layout_edge){i % NODES, (i * (7 + number) + 3) % NODES, 70 + i % 8 * 10};
    return layout_place(graph->nodes, NODES, graph->edges, EDGES, RATIO, &graph->width,
                        &graph->height);
}

static bool place(struct graph *graph)
{
    return place_graph(graph, 0);
}

static void places_apart(void **state)
{
    struct graph graph;
    (void)state;
    assert_true(place(&graph));
    for (int a = 0; a < NODES; a++)
        for (int b = a + 1; b < NODES; b++) {
            int width = (int)(graph.nodes[a].width + graph.nodes[b].width) / 2 - 2;
            int height = (int)(graph.nodes[a].height + graph.nodes[b].height) / 2 - 2;
            assert_true(abs(graph.nodes[a].x - graph.nodes[b].x) >= width ||
                        abs(graph.nodes[a].y - graph.nodes[b].y) >= height);
        }
}

static void places_inside(void **state)
{
    struct graph graph;
    (void)state;
    assert_true(place(&graph));
    assert_in_range(graph.width, 200, 4000);
    for (int i = 0; i < NODES; i++) {
        assert_in_range(graph.nodes[i].x, graph.nodes[i].width / 2, graph.width);
        assert_in_range(graph.nodes[i].y, graph.nodes[i].height / 2, graph.height);
    }
}

static void places_the_same(void **state)
{
    struct graph first, second;
    (void)state;
    for (uint32_t number = 0; number < GRAPHS; number++) {
        void *holes[HOLES];
        assert_true(place_graph(&first, number));
        /* What is placed the second time has other addresses, in another order. */
        for (size_t i = 0; i < HOLES; i++)
            holes[i] = malloc(16 + i * 37 % 700);
        for (size_t i = 0; i < HOLES; i++)
            free(holes[i * 73 % HOLES]);
        assert_true(place_graph(&second, number));
        assert_memory_equal(first.nodes, second.nodes, sizeof first.nodes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_apart),
        cmocka_unit_test(places_inside),
        cmocka_unit_test(places_the_same),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
