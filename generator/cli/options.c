#include "cli/options.h"

#include "base/pool.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char program_help[] =
    "usage: naslag COMMAND [OPTION...]\n"
    "\n"
    "Makes a cross-referenced website of the documents and notes in a git repository.\n"
    "\n"
    "commands:\n"
    "  build      make the site\n"
    "\n"
    "'naslag COMMAND --help' tells more of a command, 'man naslag' of everything.\n"
    "  --help     print this text\n"
    "  --version  print the version\n";

static const char build_help[] =
    "usage: naslag build [OPTION...]\n"
    "\n"
    "Makes the site of the repository that the current folder lies in.\n"
    "\n"
    "  -C DIR           the repository, or a folder in it\n"
    "  --rev REV        the commit to build (HEAD)\n"
    "  --worktree       the files as they stand, without what git ignores\n"
    "  --content PATH   the folder with the content ('content' if it is there, else all)\n"
    "  --out DIR        where the site goes (public)\n"
    "  --templates DIR  templates in place of the program's own\n"
    "  --theme DIR      theme in place of the program's own\n"
    "  -j N             threads (as many as there are processors)\n"
    "  -q               print diagnostics only\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0; 1 with errors in the content (the site is built all the same);\n"
    "2 where nothing could be built.\n";

void options_help(const char *command)
{
    fputs(command && !strcmp(command, "build") ? build_help : program_help, stdout);
}

enum {
    OPTION_REV = 256,
    OPTION_WORKTREE,
    OPTION_CONTENT,
    OPTION_OUT,
    OPTION_TEMPLATES,
    OPTION_THEME,
    OPTION_HELP,
    OPTION_VERSION
};

static const struct option long_options[] = {
    {"rev", required_argument, NULL, OPTION_REV},
    {"worktree", no_argument, NULL, OPTION_WORKTREE},
    {"content", required_argument, NULL, OPTION_CONTENT},
    {"out", required_argument, NULL, OPTION_OUT},
    {"templates", required_argument, NULL, OPTION_TEMPLATES},
    {"theme", required_argument, NULL, OPTION_THEME},
    {"help", no_argument, NULL, OPTION_HELP},
    {"version", no_argument, NULL, OPTION_VERSION},
    {NULL, 0, NULL, 0},
};

static void refuse(struct options *options, const char *what, const char *argument)
{
    fprintf(stderr, "naslag: %s '%s'; see 'naslag --help'\n", what, argument);
    options->command = COMMAND_WRONG;
}

static void set_threads(struct options *options, const char *text)
{
    long threads;
    if (!str_to_long(str_from(text), &threads) || threads < 1 || threads > POOL_MAX)
        refuse(options, "the number of threads is from 1 to 64, not", text);
    else
        options->threads = (unsigned)threads;
}

static void set(struct options *options, int option, char **arguments)
{
    switch (option) {
    case 'C':
        options->snapshot.directory = optarg;
        break;
    case 'j':
        set_threads(options, optarg);
        break;
    case 'q':
        options->quiet = true;
        break;
    case OPTION_REV:
        options->snapshot.rev = optarg;
        break;
    case OPTION_WORKTREE:
        options->snapshot.worktree = true;
        break;
    case OPTION_CONTENT:
        options->snapshot.content = optarg;
        break;
    case OPTION_OUT:
        options->output = optarg;
        break;
    case OPTION_TEMPLATES:
        options->templates = optarg;
        break;
    case OPTION_THEME:
        options->theme = optarg;
        break;
    case OPTION_HELP:
        options->command = COMMAND_HELP;
        break;
    case OPTION_VERSION:
        options->command = COMMAND_VERSION;
        break;
    case ':':
        refuse(options, "a value is missing behind", arguments[optind - 1]);
        break;
    default:
        refuse(options, "no such option:", arguments[optind - 1]);
    }
}

/* `--help` and `--version` end the reading, whatever comes behind them. */
static void read_build(struct options *options, int count, char **arguments)
{
    int option;
    while (options->command == COMMAND_BUILD &&
           (option = getopt_long(count, arguments, ":C:j:q", long_options, NULL)) != -1)
        set(options, option, arguments);
    if (options->command == COMMAND_BUILD && optind < count)
        refuse(options, "what is the argument", arguments[optind]);
    if (options->command == COMMAND_BUILD && options->snapshot.worktree && options->snapshot.rev)
        refuse(options, "--worktree is no commit: it does not go with --rev",
               options->snapshot.rev);
}

void options_read(struct options *options, int count, char **arguments)
{
    const char *command = count > 1 ? arguments[1] : NULL;
    *options = (struct options){.output = "public", .threads = pool_processors()};
    opterr = 0;
    if (command && !strcmp(command, "build")) {
        options->help_for = command;
        read_build(options, count - 1, arguments + 1);
    } else if (command && !strcmp(command, "--help")) {
        options->command = COMMAND_HELP;
    } else if (command && !strcmp(command, "--version")) {
        options->command = COMMAND_VERSION;
    } else if (command) {
        refuse(options, "no such command:", command);
    } else {
        fputs("naslag: a command is missing; see 'naslag --help'\n", stderr);
        options->command = COMMAND_WRONG;
    }
}
