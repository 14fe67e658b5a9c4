/* Blocks to the tree of a document: the last stage of the plain-text reader.
 *
 * The lines of each block become one text, references to footnotes and addresses become nodes, and
 * what was set aside comes behind what it stood in the way of. What is in no node is in
 * `document->dropped`, and what became form in `document->formed`. */
#ifndef NASLAG_READ_TREE_H
#define NASLAG_READ_TREE_H

struct arena;
struct document;
struct lexicon;
struct stages;

/* Adds the nodes below `document->root`, and gives blocks and notes theirs. `collection` may be
 * NULL. */
void tree_build(struct arena *arena, struct stages *stages, const struct lexicon *collection,
                struct document *document);

#endif
