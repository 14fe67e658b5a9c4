#include "cli/options.h"

#include "base/pool.h"
#include "cli/results.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char program_help[] =
    "usage: naslag COMMAND [OPTION...]\n"
    "\n"
    "Makes a cross-referenced website of the documents and notes in a git repository.\n"
    "\n"
    "commands:\n"
    "  init       begin a knowledge base\n"
    "  new        begin a topic, a note or the record of a source\n"
    "  build      make the site\n"
    "  check      say what is wrong in the content, and mend what is safe\n"
    "  diff       say what a commit changes on the site, and which citations it breaks\n"
    "  export     put the data behind the site in an SQLite database\n"
    "  import     make sources of documents: PDF, Word, mail, web pages, text\n"
    "  hook       have git check what is committed, or publish what is pushed\n"
    "  rename     move a document, and all links to it with it\n"
    "  read       show what is made of one document\n"
    "  search     search a site that was built\n"
    "  serve      show the site while you write, on this machine\n"
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
    "  --cache DIR      where to keep what was read of documents ('naslag' in the user's cache)\n"
    "  --no-cache       read all documents, and keep nothing\n"
    "  -q               print diagnostics only\n"
    "  --wait           wait for another build into the same folder to end\n"
    "  --profile        print where time and memory went, by stage\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0; 1 with errors in the content (the site is built all the same);\n"
    "2 where nothing could be built.\n";

static const char check_help[] =
    "usage: naslag check [OPTION...]\n"
    "\n"
    "Says what is wrong or doubtful in the content, with the place and how to mend it. Looks at "
    "the\n"
    "work tree: what is not committed yet too.\n"
    "\n"
    "  -C DIR           the repository, or a folder in it\n"
    "  --rev REV        a commit in place of the work tree\n"
    "  --staged         what 'git commit' would commit, in place of the work tree\n"
    "  --content PATH   the folder with the content ('content' if it is there, else all)\n"
    "  --format FORMAT  text, json (an object a line) or sarif (text)\n"
    "  --fix            mend what can be mended without a guess, then check again\n"
    "  -n, --dry-run    with --fix: show what would be mended, and write nothing\n"
    "  --fail-on LEVEL  'error': warnings are shown, but do not make the exit status 1 (warning)\n"
    "  --dropped        what of the sources' texts is in no passage, and why\n"
    "  -j N             threads (as many as there are processors)\n"
    "  --cache DIR      where to keep what was read of documents ('naslag' in the user's cache)\n"
    "  --no-cache       read all documents, and keep nothing\n"
    "  -q               print diagnostics only\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0 where there is nothing but notes; 1 with errors or warnings; 2 where nothing\n"
    "could be checked.\n";

static const char diff_help[] =
    "usage: naslag diff [OPTION...] [REV [REV]]\n"
    "       naslag diff [OPTION...] REV..REV\n"
    "       naslag diff [OPTION...] REV...REV\n"
    "\n"
    "Says what changes on the site from the first revision (HEAD) to the second, or to the work\n"
    "tree, and with three dots from where the two part, which is what a merge would bring:\n"
    "citations of a passage by its number that lead to other words than before, links that break\n"
    "and other mistakes that are new, pages with the words that changed, topics with their names\n"
    "and how often they are named.\n"
    "\n"
    "  -C DIR           the repository, or a folder in it\n"
    "  --content PATH   the folder with the content ('content' if it is there, else all)\n"
    "  --format FORMAT  text, markdown (for a comment) or html (a page) (text)\n"
    "  -j N             threads (as many as there are processors)\n"
    "  --cache DIR      where to keep what was read of documents ('naslag' in the user's cache)\n"
    "  --no-cache       read all documents, and keep nothing\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0 where nothing changes; 1 where something does; 2 where it could not be told.\n";

static const char export_help[] =
    "usage: naslag export [OPTION...] FILE\n"
    "\n"
    "Puts documents, passages, topics, mentions, links and facts in an SQLite database with\n"
    "full-text search. A database that naslag made is replaced, any other file is left.\n"
    "\n"
    "  -C DIR           the repository, or a folder in it\n"
    "  --rev REV        the commit to read (HEAD)\n"
    "  --worktree       the files as they stand, without what git ignores\n"
    "  --content PATH   the folder with the content ('content' if it is there, else all)\n"
    "  -j N             threads (as many as there are processors)\n"
    "  --cache DIR      where to keep what was read of documents ('naslag' in the user's cache)\n"
    "  --no-cache       read all documents, and keep nothing\n"
    "  -q               print diagnostics only\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0; 1 with errors in the content (the database is made all the same);\n"
    "2 where nothing could be made.\n";

static const char read_help[] =
    "usage: naslag read [OPTION...] FILE\n"
    "\n"
    "Prints what is made of a plain text or a Markdown file, as Markdown.\n"
    "\n"
    "  --trace          what became of each line, as a table\n"
    "  --dropped        what is in no passage, and why\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0; 1 with errors in the file; 2 where it could not be read.\n";

static const char init_help[] =
    "usage: naslag init [OPTION...] DIR\n"
    "\n"
    "Begins a knowledge base that builds and shows what can be written: settings, topics, sources\n"
    "and a note about a bridge that does not exist, what editors should know, and what publishes\n"
    "the site on GitHub or GitLab. DIR is made, or is empty, or an empty git repository. Makes "
    "the\n"
    "repository where there is none, and its first commit.\n"
    "\n"
    "  --lang LANG      nl or en (nl)\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0; 2 where it could not be made.\n";

static const char new_help[] =
    "usage: naslag new [OPTION...] KIND NAME...\n"
    "\n"
    "Begins a document: a file in 'topics', 'notes' or 'sources' with the front matter that such "
    "a\n"
    "document has, for you to fill in. Prints its path. Nothing that is there is replaced, and no\n"
    "topic gets a name that another one has. A file '.naslag/new/KIND.md' in the content folder "
    "is\n"
    "used in place of the program's own; {{title}} and {{date}} in it are filled in.\n"
    "\n"
    "  KIND             topic, note or source\n"
    "  -C DIR           the repository, or a folder in it\n"
    "  --content PATH   the folder with the content ('content' if it is there, else all)\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0; 2 where it could not be made.\n";

static const char import_help[] =
    "usage: naslag import [OPTION...] FILE...\n"
    "\n"
    "Makes sources of documents: puts the text, the original and the draft of a record into\n"
    "'sources' in the work tree. Reads PDF, Word (.docx), OpenDocument, RTF, HTML, mail (.eml)\n"
    "and plain text. Never replaces a file. A text whose record is there is put beside it.\n"
    "\n"
    "  -C DIR           the repository, or a folder in it\n"
    "  --content PATH   the folder with the content ('content' if it is there, else all)\n"
    "  --name NAME      what to call the source, or the record that the text belongs to\n"
    "  --similar        also what is nearly the same as a text that is there\n"
    "  -n, --dry-run    say what would be done, and write nothing\n"
    "  -q               print what went wrong only\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0 where each file is a source now, or was one already; 1 where one or more\n"
    "were not imported; 2 where there is no work tree to import to, or the options are wrong.\n";

static const char hook_help[] =
    "usage: naslag hook install|remove|status [OPTION...]\n"
    "\n"
    "In a work tree: has git check what is staged before each commit, and refuse it with errors.\n"
    "In a bare repository: has git publish the site of a branch that is pushed. A hook that is "
    "not\n"
    "naslag's, or was edited, is left alone.\n"
    "\n"
    "  -C DIR           the repository, or a folder in it\n"
    "  --pre-commit     the hook that checks (the usual one in a work tree)\n"
    "  --post-receive   the hook that publishes (the usual one in a bare repository)\n"
    "  --branch NAME    the branch to publish (main)\n"
    "  --out DIR        where the site goes; needed to publish\n"
    "  --log FILE       where to add what is said when publishing, besides to whoever pushes\n"
    "  --content PATH   the folder with the content ('content' if it is there, else all)\n"
    "  -q               print what went wrong only\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0; 1 of 'status' where no hook of naslag's is there; 2 where nothing was done.\n";

static const char rename_help[] =
    "usage: naslag rename [OPTION...] OLD NEW\n"
    "\n"
    "Moves a topic, note or source in the work tree, with all of its files, and rewrites the "
    "links\n"
    "to it and in it. What links show stays; the old address leads to the new one.\n"
    "\n"
    "OLD is a path, from the content folder or the current one, or a name as a wikilink has it.\n"
    "NEW is\n"
    "  a path     with a '/' or '.md' ('notes/new.md', 'notes/new'): from where OLD was given "
    "from\n"
    "  a folder   that is there, or that ends in '/': the file keeps its name\n"
    "  a name     in small letters, digits and hyphens: the file's, in the same folder\n"
    "  a title    any other name: the title changes, and the file is called after it\n"
    "\n"
    "  -C DIR           the repository, or a folder in it\n"
    "  --content PATH   the folder with the content ('content' if it is there, else all)\n"
    "  -n, --dry-run    show what would change, and write nothing\n"
    "  -j N             threads (as many as there are processors)\n"
    "  --cache DIR      where to keep what was read of documents ('naslag' in the user's cache)\n"
    "  --no-cache       read all documents, and keep nothing\n"
    "  -q               print what went wrong only\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0; 2 where nothing was changed, because it could not be, or not all of it.\n";

static const char serve_help[] =
    "usage: naslag serve [OPTION...]\n"
    "\n"
    "Shows the work tree as a site on this machine, and each file anew when it is saved, with "
    "what\n"
    "is wrong in it. Nothing is written to the work tree.\n"
    "\n"
    "  -C DIR           the repository, or a folder in it\n"
    "  --content PATH   the folder with the content ('content' if it is there, else all)\n"
    "  --port N         where to listen (1313, or one behind it that is free)\n"
    "  --open           open the site in a browser\n"
    "  --templates DIR  templates in place of the program's own\n"
    "  --theme DIR      theme in place of the program's own\n"
    "  -j N             threads (as many as there are processors)\n"
    "  --cache DIR      where to keep what was read of documents ('naslag' in the user's cache)\n"
    "  --no-cache       read all documents each time\n"
    "  -q               print diagnostics only\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0 when you end it; 2 where there is nothing to show.\n";

static const char search_help[] =
    "usage: naslag search [OPTION...] QUERY...\n"
    "       naslag search [OPTION...] --batch FILE\n"
    "\n"
    "Searches a site that was built, as its search page does. All words are wanted; \"exact\n"
    "phrase\", AND OR NOT ( ), -word, NEAR/5, begin*, *end, topic: source: issuer: kind: tag:\n"
    "and year:2024..2026 say more. See docs/search.md. What begins with a minus goes behind '--'.\n"
    "\n"
    "  --site DIR       the folder of the site (public)\n"
    "  --json           all that is known of the results\n"
    "  --csv            a table of all passages: " RESULTS_COLUMNS "\n"
    "  --batch FILE     the same for the query on each line of a file, with a column 'query'\n"
    "  --sort ORDER     relevance, newest or oldest (relevance)\n"
    "  -n N             documents to show (10)\n"
    "  --first N        the first of them (1)\n"
    "  --passages N     passages to show of each (3)\n"
    "  --help           print this text\n"
    "\n"
    "Exit status: 0 where anything was found; 1 where nothing was; 2 where the query or the index\n"
    "can't be read.\n";

enum { NAME_LENGTH_MAX = 60, COUNT_MAX = 1000000 };

enum {
    OPTION_REV = 256,
    OPTION_WORKTREE,
    OPTION_CONTENT,
    OPTION_OUT,
    OPTION_TEMPLATES,
    OPTION_THEME,
    OPTION_TRACE,
    OPTION_DROPPED,
    OPTION_NAME,
    OPTION_LANG,
    OPTION_SIMILAR,
    OPTION_FORMAT,
    OPTION_FIX,
    OPTION_PROFILE,
    OPTION_CACHE,
    OPTION_NO_CACHE,
    OPTION_SITE,
    OPTION_JSON,
    OPTION_CSV,
    OPTION_BATCH,
    OPTION_SORT,
    OPTION_FIRST,
    OPTION_PASSAGES,
    OPTION_PORT,
    OPTION_OPEN,
    OPTION_STAGED,
    OPTION_FAIL_ON,
    OPTION_WAIT,
    OPTION_PRE_COMMIT,
    OPTION_POST_RECEIVE,
    OPTION_BRANCH,
    OPTION_LOG,
    OPTION_HELP,
    OPTION_VERSION
};

#define CACHE_OPTIONS                                                                              \
    {"cache", required_argument, NULL, OPTION_CACHE},                                              \
    {                                                                                              \
        "no-cache", no_argument, NULL, OPTION_NO_CACHE                                             \
    }

#define GENERAL_OPTIONS                                                                            \
    {"help", no_argument, NULL, OPTION_HELP}, {"version", no_argument, NULL, OPTION_VERSION},      \
    {                                                                                              \
        NULL, 0, NULL, 0                                                                           \
    }

static const struct option build_options[] = {
    {"rev", required_argument, NULL, OPTION_REV},
    {"worktree", no_argument, NULL, OPTION_WORKTREE},
    {"content", required_argument, NULL, OPTION_CONTENT},
    {"out", required_argument, NULL, OPTION_OUT},
    {"templates", required_argument, NULL, OPTION_TEMPLATES},
    {"theme", required_argument, NULL, OPTION_THEME},
    {"wait", no_argument, NULL, OPTION_WAIT},
    {"profile", no_argument, NULL, OPTION_PROFILE},
    CACHE_OPTIONS,
    GENERAL_OPTIONS,
};

static const struct option check_options[] = {
    {"rev", required_argument, NULL, OPTION_REV},
    {"content", required_argument, NULL, OPTION_CONTENT},
    {"staged", no_argument, NULL, OPTION_STAGED},
    {"fail-on", required_argument, NULL, OPTION_FAIL_ON},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"fix", no_argument, NULL, OPTION_FIX},
    {"dry-run", no_argument, NULL, 'n'},
    {"dropped", no_argument, NULL, OPTION_DROPPED},
    CACHE_OPTIONS,
    GENERAL_OPTIONS,
};

static const struct option diff_options[] = {
    {"content", required_argument, NULL, OPTION_CONTENT},
    {"format", required_argument, NULL, OPTION_FORMAT},
    CACHE_OPTIONS,
    GENERAL_OPTIONS,
};

static const struct option export_options[] = {
    {"rev", required_argument, NULL, OPTION_REV},
    {"worktree", no_argument, NULL, OPTION_WORKTREE},
    {"content", required_argument, NULL, OPTION_CONTENT},
    CACHE_OPTIONS,
    GENERAL_OPTIONS,
};

static const struct option read_options[] = {
    {"trace", no_argument, NULL, OPTION_TRACE},
    {"dropped", no_argument, NULL, OPTION_DROPPED},
    GENERAL_OPTIONS,
};

static const struct option import_options[] = {
    {"content", required_argument, NULL, OPTION_CONTENT},
    {"name", required_argument, NULL, OPTION_NAME},
    {"similar", no_argument, NULL, OPTION_SIMILAR},
    {"dry-run", no_argument, NULL, 'n'},
    GENERAL_OPTIONS,
};

static const struct option hook_options[] = {
    {"pre-commit", no_argument, NULL, OPTION_PRE_COMMIT},
    {"post-receive", no_argument, NULL, OPTION_POST_RECEIVE},
    {"branch", required_argument, NULL, OPTION_BRANCH},
    {"out", required_argument, NULL, OPTION_OUT},
    {"log", required_argument, NULL, OPTION_LOG},
    {"content", required_argument, NULL, OPTION_CONTENT},
    GENERAL_OPTIONS,
};

static const struct option init_options[] = {
    {"lang", required_argument, NULL, OPTION_LANG},
    GENERAL_OPTIONS,
};

static const struct option new_options[] = {
    {"content", required_argument, NULL, OPTION_CONTENT},
    GENERAL_OPTIONS,
};

static const struct option rename_options[] = {
    {"content", required_argument, NULL, OPTION_CONTENT},
    {"dry-run", no_argument, NULL, 'n'},
    CACHE_OPTIONS,
    GENERAL_OPTIONS,
};

static const struct option serve_options[] = {
    {"content", required_argument, NULL, OPTION_CONTENT},
    {"port", required_argument, NULL, OPTION_PORT},
    {"open", no_argument, NULL, OPTION_OPEN},
    {"templates", required_argument, NULL, OPTION_TEMPLATES},
    {"theme", required_argument, NULL, OPTION_THEME},
    CACHE_OPTIONS,
    GENERAL_OPTIONS,
};

static const struct option search_options[] = {
    {"site", required_argument, NULL, OPTION_SITE},
    {"json", no_argument, NULL, OPTION_JSON},
    {"csv", no_argument, NULL, OPTION_CSV},
    {"batch", required_argument, NULL, OPTION_BATCH},
    {"sort", required_argument, NULL, OPTION_SORT},
    {"first", required_argument, NULL, OPTION_FIRST},
    {"passages", required_argument, NULL, OPTION_PASSAGES},
    GENERAL_OPTIONS,
};

/* The commands: their name, their options (short ones as getopt has them) and their help. */
static const struct grammar {
    const char *name;
    enum command command;
    const char *letters;
    const struct option *options;
    const char *help;
} grammars[] = {
    {"build", COMMAND_BUILD, ":C:j:q", build_options, build_help},
    {"check", COMMAND_CHECK, ":C:j:nq", check_options, check_help},
    {"diff", COMMAND_DIFF, ":C:j:", diff_options, diff_help},
    {"export", COMMAND_EXPORT, ":C:j:q", export_options, export_help},
    {"hook", COMMAND_HOOK, ":C:q", hook_options, hook_help},
    {"import", COMMAND_IMPORT, ":C:nq", import_options, import_help},
    {"init", COMMAND_INIT, ":", init_options, init_help},
    {"new", COMMAND_NEW, ":C:", new_options, new_help},
    {"read", COMMAND_READ, ":", read_options, read_help},
    {"rename", COMMAND_RENAME, ":C:j:nq", rename_options, rename_help},
    {"search", COMMAND_SEARCH, ":n:", search_options, search_help},
    {"serve", COMMAND_SERVE, ":C:j:q", serve_options, serve_help},
};

static const struct grammar *find_grammar(const char *name)
{
    for (size_t i = 0; name && i < sizeof grammars / sizeof *grammars; i++)
        if (!strcmp(grammars[i].name, name))
            return &grammars[i];
    return NULL;
}

static const char *name_of(enum command command)
{
    for (size_t i = 0; i < sizeof grammars / sizeof *grammars; i++)
        if (grammars[i].command == command)
            return grammars[i].name;
    return "";
}

void options_help(const char *command)
{
    const struct grammar *grammar = find_grammar(command);
    fputs(grammar ? grammar->help : program_help, stdout);
}

static void refuse(struct options *options, const char *what, const char *argument)
{
    const char *name = name_of(options->command);
    fprintf(stderr, "naslag: %s '%s'; see 'naslag %s%s--help'\n", what, argument, name,
            *name ? " " : "");
    options->command = COMMAND_WRONG;
}

/* A command that is not there, with the one that may be meant. */
static void refuse_command(struct options *options, const char *command)
{
    struct str names[sizeof grammars / sizeof *grammars];
    size_t count = sizeof grammars / sizeof *grammars;
    for (size_t i = 0; i < count; i++)
        names[i] = str_from(grammars[i].name);
    struct str near = str_nearest(str_from(command), names, count);
    options->command = COMMAND_WRONG;
    if (near.len)
        fprintf(stderr, "naslag: no such command: '%s'; did you mean '%.*s'?\n", command,
                STR_ARGS(near));
    else
        refuse(options, "no such command:", command);
}

static void set_threads(struct options *options, const char *text)
{
    long threads;
    if (!str_to_long(str_from(text), &threads) || threads < 1 || threads > POOL_MAX)
        refuse(options, "the number of threads is from 1 to 64, not", text);
    else
        options->threads = (unsigned)threads;
}

static void set_format(struct options *options, const char *text)
{
    static const char *const names[] = {"text", "json", "sarif"};
    for (int format = REPORT_TEXT; format <= REPORT_SARIF; format++)
        if (!strcmp(text, names[format])) {
            options->format = (enum report_format)format;
            return;
        }
    refuse(options, "the format is text, json or sarif, not", text);
}

static void set_diff_format(struct options *options, const char *text)
{
    static const char *const names[] = {"text", "markdown", "html"};
    for (int format = SHEET_TEXT; format <= SHEET_HTML; format++)
        if (!strcmp(text, names[format])) {
            options->diff_format = (enum sheet_format)format;
            return;
        }
    refuse(options, "the format is text, markdown or html, not", text);
}

static void set_failure(struct options *options, const char *text)
{
    options->errors_only = !strcmp(text, "error");
    if (!options->errors_only && strcmp(text, "warning"))
        refuse(options, "what fails is error or warning, not", text);
}

static void set_language(struct options *options, const char *text)
{
    if (strcmp(text, "nl") && strcmp(text, "en"))
        refuse(options, "the language is nl or en, not", text);
    else
        options->language = text;
}

static void set_port(struct options *options, const char *text)
{
    long port;
    if (!str_to_long(str_from(text), &port) || port < 1 || port > UINT16_MAX)
        refuse(options, "a port is a number from 1 to 65535, not", text);
    else
        options->port = (uint16_t)port;
}

/* Options of hooks, and those that hooks need. */
static bool set_hook(struct options *options, int option)
{
    switch (option) {
    case OPTION_STAGED:
        options->snapshot.staged = true;
        return true;
    case OPTION_FAIL_ON:
        set_failure(options, optarg);
        return true;
    case OPTION_WAIT:
        options->wait = true;
        return true;
    case OPTION_PRE_COMMIT:
        options->pre_commit = true;
        return true;
    case OPTION_POST_RECEIVE:
        options->post_receive = true;
        return true;
    case OPTION_BRANCH:
        options->branch = optarg;
        return true;
    case OPTION_LOG:
        options->log = optarg;
        return true;
    default:
        return false;
    }
}

/* Options that only one command has. */
static bool set_own(struct options *options, int option)
{
    switch (option) {
    case OPTION_FORMAT:
        if (options->command == COMMAND_DIFF)
            set_diff_format(options, optarg);
        else
            set_format(options, optarg);
        return true;
    case OPTION_FIX:
        options->fix = true;
        return true;
    case OPTION_PROFILE:
        options->profile = true;
        return true;
    case OPTION_CACHE:
        options->cache = optarg;
        return true;
    case OPTION_NO_CACHE:
        options->no_cache = true;
        return true;
    case OPTION_NAME:
        options->name = optarg;
        return true;
    case OPTION_SIMILAR:
        options->similar = true;
        return true;
    case OPTION_LANG:
        set_language(options, optarg);
        return true;
    case OPTION_PORT:
        set_port(options, optarg);
        return true;
    case OPTION_OPEN:
        options->open_browser = true;
        return true;
    default:
        return false;
    }
}

static void set_order(struct options *options, const char *text)
{
    static const char *const names[] = {"relevance", "newest", "oldest"};
    for (int order = ORDER_RELEVANCE; order <= ORDER_OLDEST; order++)
        if (!strcmp(text, names[order])) {
            options->order = (enum order)order;
            return;
        }
    refuse(options, "the order is relevance, newest or oldest, not", text);
}

static uint32_t read_count(struct options *options, const char *text)
{
    long count;
    if (str_to_long(str_from(text), &count) && count > 0 && count <= COUNT_MAX)
        return (uint32_t)count;
    refuse(options, "a number from 1 to 1000000 is wanted, not", text);
    return 1;
}

/* Options that only `search` has. */
static bool set_search(struct options *options, int option)
{
    switch (option) {
    case OPTION_SITE:
        options->site = optarg;
        return true;
    case OPTION_JSON:
        options->search_format = SEARCH_JSON;
        return true;
    case OPTION_CSV:
        options->search_format = SEARCH_CSV;
        return true;
    case OPTION_BATCH:
        options->batch = optarg;
        return true;
    case OPTION_SORT:
        set_order(options, optarg);
        return true;
    case OPTION_FIRST:
        options->first = read_count(options, optarg) - 1;
        return true;
    case OPTION_PASSAGES:
        options->passages = read_count(options, optarg);
        return true;
    case 'n':
        options->result_count = read_count(options, optarg);
        return true;
    default:
        return false;
    }
}

static void set(struct options *options, int option, char **arguments)
{
    if (options->command == COMMAND_SEARCH && set_search(options, option))
        return;
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
    case OPTION_TRACE:
        options->read_mode = READ_TRACE;
        break;
    case OPTION_DROPPED:
        options->read_mode = READ_DROPPED;
        options->dropped = true;
        break;
    case 'n':
        options->dry_run = true;
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
        if (!set_own(options, option) && !set_hook(options, option))
            refuse(options, "no such option:", arguments[optind - 1]);
    }
}

static void check_snapshot(struct options *options)
{
    if (options->snapshot.worktree && options->snapshot.rev)
        refuse(options, "--worktree is no commit: it does not go with --rev",
               options->snapshot.rev);
}

static void check_build(struct options *options, int count, char **arguments)
{
    if (optind < count)
        refuse(options, "no argument belongs here, as is", arguments[optind]);
    else
        check_snapshot(options);
}

static void check_serve(struct options *options, int count, char **arguments)
{
    if (optind < count)
        refuse(options, "no argument belongs here, as is", arguments[optind]);
    options->snapshot.worktree = true;
}

static void check_check(struct options *options, int count, char **arguments)
{
    if (optind < count)
        refuse(options, "no argument belongs here, as is", arguments[optind]);
    else if (options->fix && options->snapshot.rev)
        refuse(options, "a commit can't be mended: --fix does not go with --rev",
               options->snapshot.rev);
    else if (options->snapshot.staged && (options->fix || options->snapshot.rev))
        refuse(options, "what is staged is no commit, and only checked: leave out",
               options->fix ? "--fix" : "--rev");
    else if (options->fix && options->format != REPORT_TEXT)
        refuse(options, "what is mended is shown as text; with --fix leave out", "--format");
    options->snapshot.worktree = !options->snapshot.rev && !options->snapshot.staged;
    options->snapshot.index = getenv("GIT_INDEX_FILE");
}

/* `A..B` is `A B`, and `A...B` from where A and B part; where one of the two is left out it is
 * HEAD, as in git. */
static void split_range(struct options *options, char *range, char *dots)
{
    options->parted = dots[2] == '.';
    char *second = dots + (options->parted ? 3 : 2);
    *dots = '\0';
    options->revs[0] = *range ? range : "HEAD";
    options->revs[1] = *second ? second : "HEAD";
}

static void check_diff(struct options *options, int count, char **arguments)
{
    int given = count - optind;
    char *dots = given ? strstr(arguments[optind], "..") : NULL;
    if (!given)
        options->revs[0] = "HEAD";
    else if (given > 2 - !!dots)
        refuse(options, "two revisions are compared; what is", arguments[optind + 2 - !!dots]);
    else if (dots)
        split_range(options, arguments[optind], dots);
    else
        memcpy(options->revs, arguments + optind, (size_t)given * sizeof *options->revs);
}

static void check_read(struct options *options, int count, char **arguments)
{
    options->file = arguments[optind];
    if (optind == count)
        refuse(options, "a file is missing behind", arguments[0]);
    else if (optind + 1 < count)
        refuse(options, "one file at a time; what is", arguments[optind + 1]);
}

static void check_export(struct options *options, int count, char **arguments)
{
    check_read(options, count, arguments);
    check_snapshot(options);
}

static bool is_name(const char *name)
{
    for (size_t i = 0; name[i]; i++)
        if (!str_is_digit(name[i]) && name[i] != '-' && !(name[i] >= 'a' && name[i] <= 'z'))
            return false;
    return name[0] && name[0] != '-' && strlen(name) <= NAME_LENGTH_MAX;
}

static void check_import(struct options *options, int count, char **arguments)
{
    options->files = arguments + optind;
    options->file_count = (size_t)(count - optind);
    if (optind == count)
        refuse(options, "a file is missing behind", arguments[0]);
    else if (options->name && optind + 1 < count)
        refuse(options, "one file at a time goes with --name; what is", arguments[optind + 1]);
    else if (options->name && !is_name(options->name))
        refuse(options, "a name has small letters, digits and hyphens, at most 60; not",
               options->name);
}

static void check_hook(struct options *options, int count, char **arguments)
{
    static const char *const actions[] = {"install", "remove", "status"};
    bool known = false;
    options->file = arguments[optind];
    for (size_t i = 0; optind < count && i < sizeof actions / sizeof *actions; i++)
        known |= !strcmp(options->file, actions[i]);
    if (optind == count)
        refuse(options, "install, remove or status is wanted behind", arguments[0]);
    else if (!known || optind + 1 < count)
        refuse(options, "install, remove or status is wanted, not",
               arguments[known ? optind + 1 : optind]);
}

static void check_rename(struct options *options, int count, char **arguments)
{
    options->files = arguments + optind;
    if (count - optind < 2)
        refuse(options, "the old and the new name are wanted behind", arguments[0]);
    else if (count - optind > 2)
        refuse(options, "one document at a time; what is", arguments[optind + 2]);
    options->snapshot.worktree = true;
}

static void check_init(struct options *options, int count, char **arguments)
{
    options->directory = arguments[optind];
    if (optind == count)
        refuse(options, "a folder is missing behind", arguments[0]);
    else if (optind + 1 < count)
        refuse(options, "one folder at a time; what is", arguments[optind + 1]);
}

static void check_new(struct options *options, int count, char **arguments)
{
    static const char *const names[DOCUMENT_KINDS] = {
        [DOCUMENT_TOPIC] = "topic", [DOCUMENT_SOURCE] = "source", [DOCUMENT_NOTE] = "note"};
    if (optind == count) {
        refuse(options, "topic, note or source is missing behind", arguments[0]);
        return;
    }
    int kind = 0;
    while (kind < DOCUMENT_KINDS && strcmp(arguments[optind], names[kind]))
        kind++;
    options->kind = (enum document_kind)kind;
    options->files = arguments + optind + 1;
    options->file_count = (size_t)(count - optind - 1);
    if (kind == DOCUMENT_KINDS)
        refuse(options, "what is begun is a topic, note or source, not", arguments[optind]);
    else if (!options->file_count)
        refuse(options, "a name is missing behind", arguments[optind]);
}

static void check_search(struct options *options, int count, char **arguments)
{
    options->files = arguments + optind;
    options->file_count = (size_t)(count - optind);
    if (options->batch && options->file_count)
        refuse(options, "the queries come from --batch; what is", arguments[optind]);
    else if (options->batch && options->search_format == SEARCH_JSON)
        refuse(options, "--batch makes a table; leave out", "--json");
    else if (!options->batch && !options->file_count)
        refuse(options, "a query is missing behind", arguments[0]);
}

/* `--help` and `--version` end the reading, whatever comes behind them. */
static void read_command(struct options *options, const struct grammar *grammar, int count,
                         char **arguments)
{
    int option;
    options->command = grammar->command;
    options->help_for = grammar->name;
    if (grammar->command == COMMAND_HOOK)
        options->output = NULL;
    while (options->command == grammar->command &&
           (option = getopt_long(count, arguments, grammar->letters, grammar->options, NULL)) != -1)
        set(options, option, arguments);
    if (options->command == COMMAND_BUILD)
        check_build(options, count, arguments);
    else if (options->command == COMMAND_SERVE)
        check_serve(options, count, arguments);
    else if (options->command == COMMAND_CHECK)
        check_check(options, count, arguments);
    else if (options->command == COMMAND_DIFF)
        check_diff(options, count, arguments);
    else if (options->command == COMMAND_EXPORT)
        check_export(options, count, arguments);
    else if (options->command == COMMAND_INIT)
        check_init(options, count, arguments);
    else if (options->command == COMMAND_NEW)
        check_new(options, count, arguments);
    else if (options->command == COMMAND_READ)
        check_read(options, count, arguments);
    else if (options->command == COMMAND_IMPORT)
        check_import(options, count, arguments);
    else if (options->command == COMMAND_HOOK)
        check_hook(options, count, arguments);
    else if (options->command == COMMAND_RENAME)
        check_rename(options, count, arguments);
    else if (options->command == COMMAND_SEARCH)
        check_search(options, count, arguments);
}

/* `naslag help COMMAND` is what `naslag COMMAND --help` is. */
static void help_with(struct options *options, const char *command)
{
    options->command = COMMAND_HELP;
    options->help_for = command;
    if (command && !find_grammar(command))
        refuse_command(options, command);
}

void options_read(struct options *options, int count, char **arguments)
{
    const char *command = count > 1 ? arguments[1] : NULL;
    const struct grammar *grammar = find_grammar(command);
    *options = (struct options){.output = "public",
                                .site = "public",
                                .branch = "main",
                                .threads = pool_processors(),
                                .language = "nl",
                                .result_count = 10,
                                .passages = 3};
    opterr = 0;
    if (grammar) {
        read_command(options, grammar, count - 1, arguments + 1);
    } else if (command && (!strcmp(command, "--help") || !strcmp(command, "help"))) {
        help_with(options, count > 2 ? arguments[2] : NULL);
    } else if (command && !strcmp(command, "--version")) {
        options->command = COMMAND_VERSION;
    } else if (command) {
        refuse_command(options, command);
    } else {
        fputs("naslag: a command is missing; see 'naslag --help'\n", stderr);
        options->command = COMMAND_WRONG;
    }
}
