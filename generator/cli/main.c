#include "cli/build.h"
#include "cli/check.h"
#include "cli/diff.h"
#include "cli/export.h"
#include "cli/hook.h"
#include "cli/import.h"
#include "cli/init.h"
#include "cli/new.h"
#include "cli/read.h"
#include "cli/rename.h"
#include "cli/search.h"
#include "cli/serve.h"

#include <stdio.h>

#ifndef NASLAG_VERSION
#error "NASLAG_VERSION comes from the Makefile"
#endif

/* What was printed must have arrived: a full disk is a failure too. */
static int close_output(int status)
{
    if (fflush(stdout) || ferror(stdout)) {
        fputs("naslag: cannot write to standard output\n", stderr);
        return 2;
    }
    return status;
}

int main(int count, char **arguments)
{
    struct options options;
    /* Unbuffered, as it is by default, a diagnostic costs a system call for each byte. */
    setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
    options_read(&options, count, arguments);
    switch (options.command) {
    case COMMAND_BUILD:
        return close_output(build_run(&options));
    case COMMAND_CHECK:
        return close_output(check_run(&options));
    case COMMAND_DIFF:
        return close_output(diff_run(&options));
    case COMMAND_EXPORT:
        return close_output(export_run(&options));
    case COMMAND_INIT:
        return close_output(init_run(&options));
    case COMMAND_NEW:
        return close_output(new_run(&options));
    case COMMAND_READ:
        return close_output(read_run(&options));
    case COMMAND_IMPORT:
        return close_output(import_run(&options));
    case COMMAND_HOOK:
        return close_output(hook_run(&options));
    case COMMAND_RENAME:
        return close_output(rename_run(&options));
    case COMMAND_SEARCH:
        return close_output(search_run(&options));
    case COMMAND_SERVE:
        return close_output(serve_run(&options));
    case COMMAND_HELP:
        options_help(options.help_for);
        return close_output(0);
    case COMMAND_VERSION:
        puts("naslag " NASLAG_VERSION);
        return close_output(0);
    default:
        return 2;
    }
}
