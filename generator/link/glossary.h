/* The names that a document defines, put to use: which topic each stands for, and where it is named
 * by it from there on, in that document alone. */
#ifndef NASLAG_LINK_GLOSSARY_H
#define NASLAG_LINK_GLOSSARY_H

#include "link/outline.h"

struct mentions {
    VEC(struct mention) items; /* by passage, then by place */
};

/* Finds the definitions in a finished document and adds the mentions that follow from them to
 * `mentions`, which holds those by the names of topics. A name stands for a topic where what it is
 * defined as is a mention of that topic, up to where it is defined again; it then overrules what
 * the name means elsewhere, but is nothing inside a longer name. A definition in a footnote holds
 * from the passage that refers to it.
 *
 * `definitions` gets those that are sure or stand for a topic; their texts are the document's.
 * `scratch` is used while it runs and for what is added. */
void glossary_apply(const struct document *document, struct arena *scratch,
                    struct mentions *mentions, struct definitions *definitions);

#endif
