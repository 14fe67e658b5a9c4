/* Where the time of a command went: `naslag build --profile`. */
#ifndef NASLAG_CLI_PROFILE_H
#define NASLAG_CLI_PROFILE_H

#include <stdint.h>
#include <stdio.h>

enum { PROFILE_STAGES_MAX = 32 };

struct profile_stage {
    const char *name;    /* static */
    double seconds, cpu; /* on the wall; of all threads, user's and system's */
    uint64_t memory;     /* bytes: the peak of the process when the stage ended */
};

struct profile {
    struct profile_stage stages[PROFILE_STAGES_MAX];
    unsigned count;
    double wall, cpu; /* when the stage in hand began */
};

/* Ends the stage in hand and begins another; NULL: none. More than there is room for count as the
 * last. */
void profile_begin(struct profile *profile, const char *name);

/* Ends the stage in hand and prints a table of all. */
void profile_print(struct profile *profile, FILE *out);

#endif
