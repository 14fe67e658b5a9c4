/* What a changeset says, put on a sheet: first what breaks, then what changes. */
#ifndef NASLAG_WRITE_REVIEW_H
#define NASLAG_WRITE_REVIEW_H

#include "write/changeset.h"
#include "write/sheet.h"

/* `title` says which snapshots are compared. Puts the whole sheet, also where nothing changed. */
void review_put(struct sheet *sheet, const struct changeset *changeset, struct str title);

#endif
