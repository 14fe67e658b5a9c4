/* Documents that were read for their pages, until their group of the search index is made of them:
 * so that a build reads each once.
 *
 * Pages are made by any thread and in any order; a group is indexed when all of its documents were
 * read. Till then their passages are kept, which is all that the index wants of them, as many as
 * find room. Documents are taken up in their order: few groups are begun at any time. */
#ifndef NASLAG_WRITE_READINGS_H
#define NASLAG_WRITE_READINGS_H

#include "read/document.h"

#include <pthread.h>

struct reading_group;

struct readings {
    struct reading_group *groups;
    uint32_t count;
    size_t room;          /* bytes */
    pthread_mutex_t lock; /* of what follows, and of groups that are not complete */
    size_t held;
};

/* Of `count` groups, which hold `room` bytes or little more in all. */
void readings_init(struct readings *readings, uint32_t count, size_t room, struct arena *arena);
void readings_release(struct readings *readings);

/* A group is wanted and has the `count` documents from `first` on: told by one thread, before any
 * of it is added. */
void readings_expect(struct readings *readings, uint32_t group, uint32_t first, uint32_t count);
bool readings_want(const struct readings *readings, uint32_t group);

/* A document of a group that is wanted was read; `read` is copied, and NULL where it need not be
 * kept. Each is added once. Returns whether the group is complete: it is the caller's from then on.
 */
bool readings_add(struct readings *readings, uint32_t group, uint32_t document,
                  const struct document *read);

/* The passages of a document of a complete group and nothing else of it. NULL where they were not
 * kept. */
const struct document *readings_get(const struct readings *readings, uint32_t group,
                                    uint32_t document);

/* Forgets the documents of a complete group. */
void readings_drop(struct readings *readings, uint32_t group);

#endif
