/* Private to this folder: what is staged, which is what the next commit would hold. */
#ifndef NASLAG_REPO_STAGED_H
#define NASLAG_REPO_STAGED_H

#include "repo/handle.h"
#include "repo/listing.h"

/* Lists the files below `content` in the index; where `choose` that becomes `content` or empty, as
 * there is one. `index` is the file that git has it in; NULL: the repository's. The index is only
 * read. */
int staged_list(struct snapshot_handle *handle, const char *index, bool choose, struct str *content,
                struct listing *listing, struct err *err);

#endif
