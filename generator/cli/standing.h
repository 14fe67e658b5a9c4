/* Whether a site stands as it was built: of the same commit, by the same program with the same
 * templates and theme. Then nothing need be read or made again, as long as nobody touched a file.
 *
 * What the build said is kept in the cache, under a digest of all that it depends on and of the
 * record that it left in the output folder. Nothing is kept of a work tree, nor where something
 * could not be read, nor of a repository whose commits say other things than in another clone. */
#ifndef NASLAG_CLI_STANDING_H
#define NASLAG_CLI_STANDING_H

#include "cli/project.h"
#include "write/publish.h"

struct standing {
    struct digest inputs; /* DIGEST_NONE: nothing is found and nothing kept */
    size_t first;         /* of the diagnostics: those before it come of opening the project */
};

/* What is said of a site. */
struct standing_size {
    uint32_t documents, topics;
    uint64_t mentions;
};

/* Of a project that was opened, and nothing more. */
struct standing standing_of(struct project *project);

/* Whether the site stands. Then all of its files count as published, the project has the
 * diagnostics of the build that made it, and nothing is left but to commit. */
bool standing_holds(const struct standing *standing, struct project *project,
                    struct publish *publish, struct standing_size *size);

/* Keeps what was said of a site, after its commit. */
void standing_keep(const struct standing *standing, struct project *project,
                   struct publish *publish, const struct standing_size *size);

#endif
