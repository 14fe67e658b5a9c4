#include "cli/init.h"

#include "base/arena.h"
#include "cli/say.h"
#include "repo/founding.h"
#include "write/assets.h"
#include "write/deposit.h"

#include <stdio.h>

enum { STATUS_FINE, STATUS_NOTHING = 2 };

/* What a knowledge base begins with, and what its commit consists of. */
struct init {
    const struct options *options;
    struct arena arena;
    struct err err;
    struct assets assets;
    VEC(struct deposit_file) files;
    VEC(struct str) paths;
    struct founding founding;
};

static bool is_dutch(const struct init *init)
{
    return str_equal(str_from(init->options->language), STR("nl"));
}

/* Adds what the program carries below a folder. */
static void add_files(struct init *init, struct str prefix)
{
    for (size_t i = 0; i < init->assets.files.count; i++) {
        const struct asset *asset = init->assets.files.items[i];
        if (!str_starts(asset->path, prefix))
            continue;
        struct str path = str_from_offset(asset->path, prefix.len);
        *vec_push(&init->files, &init->arena) = (struct deposit_file){path, asset->content};
        *vec_push(&init->paths, &init->arena) = path;
    }
}

static int found(struct init *init)
{
    const char *directory = init->options->directory;
    const char *message = is_dutch(init) ? "Begin de kennisbank\n" : "Begin the knowledge base\n";
    if (assets_open(&init->assets, &init->arena, NULL, NULL, &init->err) ||
        founding_check(directory, &init->err))
        return -1;
    add_files(init, str_format(&init->arena, "skeleton/%s/", init->options->language));
    add_files(init, STR("skeleton/both/"));
    if (deposit_tree(directory, ".git", init->files.items, init->files.count, &init->err))
        return -1;
    printf("wrote %zu files to '", init->files.count);
    say_safely(stdout, str_from(directory));
    puts("'; README.md tells what they are");
    struct err err;
    if (founding_commit(&init->founding, &init->arena, directory, init->paths.items,
                        init->paths.count, message, &err))
        return err_set(&init->err, "the files are there, but not committed: %s", err.message);
    return 0;
}

static void say_commit(const struct init *init)
{
    const struct founding *founding = &init->founding;
    if (!founding->committed) {
        puts("the repository has commits or staged files, so nothing was committed");
        return;
    }
    fputs("committed them as '", stdout);
    say_safely(stdout, founding->author);
    puts(founding->known ? "'"
                         : "', as git does not know who you are; tell it with\n"
                           "  git config --global user.name 'Your Name'\n"
                           "  git config --global user.email you@example.org");
    if (founding->around.len) {
        fputs("note: it is a repository in the work tree of another one, '", stdout);
        say_safely(stdout, founding->around);
        puts("', which leaves it out");
    }
}

/* Three commands, whether or not one must go to the folder first. */
static void say_next(const struct init *init)
{
    struct str directory = str_from(init->options->directory);
    bool here = str_equal(directory, STR("."));
    puts("next:");
    if (!here) {
        fputs(str_starts(directory, STR("-")) ? "  cd ./" : "  cd ", stdout);
        say_word(stdout, directory);
        putchar('\n');
    }
    if (!init->founding.committed)
        puts("  git add . && git commit -m 'Begin'");
    else
        puts(is_dutch(init) ? "  naslag new note 'Een vraag'   # begins a note"
                            : "  naslag new note 'A question'  # begins a note");
    if (here)
        puts("  naslag check                  # says what is wrong in it");
    puts("  naslag serve --open           # shows the site while you write, until Ctrl-C");
}

int init_run(const struct options *options)
{
    struct init init = {.options = options};
    arena_init(&init.arena);
    int result = found(&init);
    if (result) {
        fflush(stdout);
        fputs("naslag: ", stderr);
        say_safely(stderr, str_from(init.err.message));
        fputc('\n', stderr);
    } else {
        say_commit(&init);
        say_next(&init);
    }
    arena_release(&init.arena);
    return result ? STATUS_NOTHING : STATUS_FINE;
}
