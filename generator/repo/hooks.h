/* Where git looks for a repository's hooks.
 *
 * The only question for which the user's own git configuration is read: it may say where. */
#ifndef NASLAG_REPO_HOOKS_H
#define NASLAG_REPO_HOOKS_H

#include "base/err.h"
#include "base/str.h"

struct arena;

struct hooks {
    const char *folder; /* absolute; may not be there yet */
    bool bare;          /* the repository has no work tree */
};

/* Of the repository in or above `directory` (NULL: the current folder). Fails where the user's or
 * the system's configuration names one folder for all repositories: what is put there would run in
 * others too. */
int hooks_find(struct hooks *hooks, struct arena *arena, const char *directory, struct err *err);

#endif
