/* Shared by the tests of the plain-text reader: a text read, and questions about what came out. */
#ifndef TEXT_FIXTURE_H
#define TEXT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/utf8.h"
#include "read/text.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    struct document document;
};

static inline void fixture_read(struct fixture *fixture, struct str bytes)
{
    *fixture = (struct fixture){.document = {.root = NULL}};
    arena_init(&fixture->arena);
    diags_init(&fixture->diags, &fixture->arena);
    struct text_input input = {STR("fixture.txt"), bytes, NULL};
    text_read(&fixture->arena, &input, &fixture->document, NULL, &fixture->diags);
    document_finish(&fixture->arena, &fixture->document, STR("kop"));
}

static inline void fixture_release(struct fixture *fixture)
{
    arena_release(&fixture->arena);
}

/* How many nodes of a kind there are; with a number of their own, where `number` is not 0. */
static inline size_t fixture_count(const struct fixture *fixture, enum node_kind kind,
                                   uint32_t number)
{
    size_t count = 0;
    const struct node *root = fixture->document.root;
    for (const struct node *node = root; node; node = node_walk(root, node))
        count += node->kind == kind && (!number || node->number == number);
    return count;
}

/* The passage that begins with `start`, or NULL. */
static inline const struct passage *fixture_passage(const struct fixture *fixture,
                                                    const char *start)
{
    for (size_t i = 0; i < fixture->document.passages.count; i++)
        if (str_starts(fixture->document.passages.items[i].text, str_from(start)))
            return &fixture->document.passages.items[i];
    return NULL;
}

#endif
