/* The beginning of a repository, for `naslag init`: the repository itself, and its first commit.
 *
 * Unlike a build this asks the user's git configuration, as `git init` and `git commit` do: for the
 * name of the first branch and for the author. No hook is run and nothing is signed. */
#ifndef NASLAG_REPO_FOUNDING_H
#define NASLAG_REPO_FOUNDING_H

#include "base/err.h"
#include "base/str.h"

struct arena;

struct founding {
    bool committed;    /* false: the repository has commits or staged files, which are left alone */
    bool known;        /* the author, by git's configuration or its variables */
    struct str author; /* `Name <address>`; where it is not known, the program's own */
    struct str around; /* the work tree that the folder lies in; empty where it lies in none */
};

/* Whether a repository that stands in `directory`, which may be missing, can be opened: to hear of
 * a damaged one before anything is written. */
int founding_check(const char *directory, struct err *err);

/* Commits the files at `paths` below `directory`, ignored or not, as the first commit of the
 * repository that stands there, which is made where there is none. */
int founding_commit(struct founding *founding, struct arena *arena, const char *directory,
                    const struct str *paths, size_t count, const char *message, struct err *err);

#endif
