/* The output folder: its lock, the program's own folder in it, and ways to what is below it.
 *
 * The path that the user gave is resolved as any other. Below it nothing is: each component of a
 * path is opened on its own and no symbolic link followed, so that nothing outside the folder can
 * be reached, whatever lies in it. Only publish.c uses this. */
#ifndef NASLAG_WRITE_OUTPUT_H
#define NASLAG_WRITE_OUTPUT_H

#include "base/err.h"
#include "base/str.h"

#include <limits.h>
#include <stdbool.h>

#define OUTPUT_OWN_FOLDER ".naslag"
#define OUTPUT_STAGED_FOLDER "folder" /* in the stage; files there have numbers */

struct output {
    const char *directory; /* as the user wrote it, for messages; borrowed */
    int root;              /* the output folder */
    int own;               /* `.naslag/` in it */
    int stage;             /* `.naslag/stage/`: what has no place yet */
    int lock;
    bool waits; /* for a build that has the lock, rather than fail */
};

void output_init(struct output *output, const char *directory);

/* Opens or makes the folder, takes its lock and empties its stage. A folder that is not empty and
 * has no record is refused before anything in it is changed. */
int output_open(struct output *output, struct err *err);

/* Away with the stage, which must be empty; that it stays harms nobody. */
void output_discard_stage(const struct output *output);

/* Closes all that is open and gives the lock back. */
void output_release(struct output *output);

/* How many bytes of `path` are its folder, without the slash; 0 for the output folder itself. */
size_t output_folder_length(struct str path);

/* A component of a path as a C string. -1 with errno set where it is too long. */
int output_name(struct str text, char name[NAME_MAX + 1]);

/* Opens the folder of `path` where it is there, and puts the last component into `name`. Returns -1
 * with errno set on failure; else give what it returns to output_leave(), which keeps errno. */
int output_find(const struct output *output, struct str path, char name[NAME_MAX + 1]);
void output_leave(const struct output *output, int folder);

/* Removes a file; what is no file is left, and not being there is no failure: `*removed` says
 * whether there was one. -1 with errno set. */
int output_remove_file(const struct output *output, struct str path, bool *removed);

/* Removes the folders of `path` that are empty now, from the inside, but for those whose path has
 * at most `floor` bytes. */
void output_prune(const struct output *output, struct str path, size_t floor);

#endif
