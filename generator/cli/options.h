/* The command line. */
#ifndef NASLAG_CLI_OPTIONS_H
#define NASLAG_CLI_OPTIONS_H

#include "cli/report.h"
#include "read/document.h"
#include "repo/snapshot.h"
#include "search/order.h"
#include "write/sheet.h"

enum command {
    COMMAND_BUILD,
    COMMAND_CHECK,
    COMMAND_DIFF,
    COMMAND_EXPORT,
    COMMAND_INIT,
    COMMAND_NEW,
    COMMAND_READ,
    COMMAND_IMPORT,
    COMMAND_RENAME,
    COMMAND_HOOK,
    COMMAND_SEARCH,
    COMMAND_SERVE,
    COMMAND_HELP,
    COMMAND_VERSION,
    COMMAND_WRONG
};

enum search_format { SEARCH_TEXT, SEARCH_JSON, SEARCH_CSV };

enum read_mode { READ_MARKDOWN, READ_TRACE, READ_DROPPED };

struct options {
    enum command command;
    const char *help_for; /* of COMMAND_HELP: a command's name, or NULL */
    struct snapshot_options snapshot;
    const char *output, *templates, *theme;
    unsigned threads;
    const char *cache; /* folder; NULL: in the user's cache */
    bool no_cache;
    bool quiet;
    bool wait;        /* of COMMAND_BUILD: for one that is under way */
    bool profile;     /* of COMMAND_BUILD */
    const char *file; /* of COMMAND_READ, COMMAND_EXPORT and COMMAND_HOOK */
    enum read_mode read_mode;
    char *const *files; /* of COMMAND_IMPORT and COMMAND_RENAME; of others words */
    size_t file_count;
    const char *name; /* NULL: by what the document says of itself */
    bool dry_run, similar;
    const char *directory;   /* of COMMAND_INIT */
    const char *language;    /* of COMMAND_INIT: "nl" or "en" */
    enum document_kind kind; /* of COMMAND_NEW */
    bool fix, dropped;       /* of COMMAND_CHECK */
    bool errors_only;        /* likewise: warnings are shown, and are no failure */
    enum report_format format;
    const char *revs[2];           /* of COMMAND_DIFF; the second NULL: the work tree */
    bool parted;                   /* likewise: from the commit where the two part */
    enum sheet_format diff_format; /* of COMMAND_DIFF */
    /* Of COMMAND_HOOK; what is to be done is in `file`. */
    bool pre_commit, post_receive;
    const char *branch, *log;
    /* Of COMMAND_SERVE. */
    uint16_t port; /* 0: the usual one, or any that is free */
    bool open_browser;
    /* Of COMMAND_SEARCH. */
    const char *site, *batch;
    enum search_format search_format;
    enum order order;
    uint32_t first, result_count, passages;
};

/* Reads the arguments. A mistake in them is said on standard error and gives COMMAND_WRONG. */
void options_read(struct options *options, int count, char **arguments);

/* Prints the help of a command, or of the program where `command` is NULL. */
void options_help(const char *command);

#endif
