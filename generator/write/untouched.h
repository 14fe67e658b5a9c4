/* Whether files of an earlier build are still as it left them: one that was written since has
 * another time, and one that was put there another inode. */
#ifndef NASLAG_WRITE_UNTOUCHED_H
#define NASLAG_WRITE_UNTOUCHED_H

#include "write/output.h"
#include "write/record.h"

/* Whether the file `name` in an open folder is the one that was marked. `name` may be a path below
 * it: then the folders on the way are not looked at. */
bool untouched(int folder, const char *name, const struct record_mark *mark);

/* Whether all files of `files` are, in folders that are none by a link; `*bytes` becomes how large
 * they are together. A file without a mark, or more in the journal, is an answer of no. `workers`
 * threads look. */
bool untouched_all(const struct output *output, const struct record *record, unsigned workers,
                   uint64_t *bytes);

#endif
