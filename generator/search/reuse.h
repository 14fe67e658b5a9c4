/* What an earlier build found, from the cache: what indexing a group gave, and what putting all
 * groups together gave.
 *
 * A group is known by its documents. What it gave is there in parts: its words and all else but
 * topics, which rests on the documents alone; the pieces of each document's text, which rest on the
 * topics that it names as well; and the rest, on those that any of them names. So a topic that gets
 * another name changes little of what is there, of however many groups.
 *
 * The whole rests on its groups and the names of topics. Files must still be there as well, since
 * what is kept of them is but their names. */
#ifndef NASLAG_SEARCH_REUSE_H
#define NASLAG_SEARCH_REUSE_H

#include "search/indexer.h"

/* What stands for the program and the language, on which all rests. */
struct digest reuse_maker(const struct indexer *indexer);

/* What stands for a topic, wherever a document names it. */
struct digest reuse_identify_topic(const struct indexer *indexer, uint32_t topic);

/* What stands for the topics that a document names, and where; and for that which it is itself. */
struct digest reuse_identify_mentions(const struct indexer *indexer, uint32_t document,
                                      struct arena *scratch);

/* What stands for all that indexing a group reads: without the topics, and with these; and for all
 * that putting all of them together reads. DIGEST_NONE where that can't be told. */
struct digest reuse_identify_documents(const struct indexer *indexer, const struct group *group,
                                       const struct numbered *numbered, struct arena *scratch);
struct digest reuse_identify(const struct indexer *indexer, const struct group *group,
                             const struct numbered *numbered, struct digest documents,
                             struct arena *scratch);
struct digest reuse_identify_all(const struct indexer *indexer, struct arena *scratch);

/* What indexing a group gave. */
struct reuse_group {
    struct digest identity; /* see reuse_identify(): of what all but the words are of */
    struct group_parts parts;
    struct str words, topics; /* slices of its harvests */
    struct str files;         /* of its parts: as a note has them */
    struct str documents;     /* by rising number, one behind the other */
};

/* What it gave of a document. */
struct reuse_document {
    struct digest mentions; /* see reuse_identify_mentions(): of what the pieces are of */
    struct text_pieces pieces;
    struct str sizes; /* of its passages, the title first: see indexing.c */
};

void reuse_put_document(const struct reuse_document *document, struct buf *out);
struct reuse_document reuse_take_document(struct bytes *bytes);

/* What is known of a group of the same documents; false: nothing. */
bool reuse_get(const struct indexer *indexer, unsigned worker, uint32_t number, struct arena *arena,
               struct reuse_group *group);

/* Keeps the files, if all of them are still there. */
bool reuse_keep_files(const struct parts_sink *sink, struct str files);

/* The terms of a slice of such a harvest. False where they are not there any more. */
bool reuse_get_terms(const struct indexer *indexer, unsigned worker,
                     const struct harvest_slice *slice, struct arena *arena, struct str *terms);

/* Keeps all files that do not belong to a single group. False where they must be made. */
bool reuse_get_all(const struct indexer *indexer);

/* The files that something gives, noted on their way; by one thread. */
struct reuse_note {
    struct parts_sink sink; /* to be used in place of `inner` */
    const struct parts_sink *inner;
    struct buf files;
    uint32_t count;
};

void reuse_note_begin(struct reuse_note *note, const struct parts_sink *inner, struct arena *arena);
void reuse_note_file(struct reuse_note *note, const char *path, struct digest made_of);

struct str reuse_note_files(const struct reuse_note *note, struct arena *arena);

/* Keeps what indexing a group gave; and the terms of its harvests, which are put by. */
void reuse_put(const struct indexer *indexer, unsigned worker, uint32_t number,
               const struct reuse_group *group, struct arena *scratch);
void reuse_put_terms(const struct indexer *indexer, unsigned worker, const struct harvest *harvest,
                     struct str terms);

/* Keeps what all groups together gave. */
void reuse_put_all(const struct indexer *indexer, const struct reuse_note *note);

#endif
