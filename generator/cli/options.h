/* The command line. */
#ifndef NASLAG_CLI_OPTIONS_H
#define NASLAG_CLI_OPTIONS_H

#include "repo/snapshot.h"

enum command { COMMAND_BUILD, COMMAND_HELP, COMMAND_VERSION, COMMAND_WRONG };

struct options {
    enum command command;
    const char *help_for; /* of COMMAND_HELP: a command's name, or NULL */
    struct snapshot_options snapshot;
    const char *output, *templates, *theme;
    unsigned threads;
    bool quiet;
};

/* Reads the arguments. A mistake in them is said on standard error and gives COMMAND_WRONG. */
void options_read(struct options *options, int count, char **arguments);

/* Prints the help of a command, or of the program where `command` is NULL. */
void options_help(const char *command);

#endif
