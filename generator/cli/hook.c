#include "cli/hook.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/file.h"
#include "cli/say.h"
#include "repo/hooks.h"
#include "write/deposit.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_FINE, STATUS_NONE, STATUS_NOTHING };

/* Stands before the digest of all other lines, in the second one. */
#define MARKER "# naslag hook: "

enum hook_kind { HOOK_PRE_COMMIT, HOOK_POST_RECEIVE };
enum { HOOKS = 2 };

static const char *const names[HOOKS] = {"pre-commit", "post-receive"};

enum hook_state { STATE_NONE, STATE_OURS, STATE_EDITED, STATE_FOREIGN };

struct hook {
    const struct options *options;
    struct arena arena;
    struct err err;
    struct hooks place;
};

/* -- The scripts ----------------------------------------------------------------------------------
 */

static const char check_script[] =
    "command -v naslag >/dev/null || {\n"
    "    echo \"naslag: the program is not there: nothing was checked\" >&2\n"
    "    exit 0\n"
    "}\n"
    "naslag check --staged --fail-on error \"$@\" >&2\n"
    "case $? in\n"
    "1)  echo \"naslag: not committed: mend what is called an error, or skip this check with\" "
    ">&2\n"
    "    echo \"naslag: git commit --no-verify\" >&2\n"
    "    exit 1 ;;\n"
    "0)  ;;\n"
    "*)  echo \"naslag: nothing could be checked; committed all the same\" >&2 ;;\n"
    "esac\n"
    "exit 0\n";

/* The build takes the branch as it is once it is its turn: the last of several pushes wins. Whoever
 * pushes may hang up; the log and the site go on without them. */
static const char publish_script[] =
    "trap '' PIPE HUP\n"
    "pushed=\n"
    "while read -r old new ref; do\n"
    "    if [ \"$ref\" = \"refs/heads/$branch\" ]; then pushed=$new; fi\n"
    "done\n"
    "case $pushed in *[!0]*) ;; *) exit 0 ;; esac\n"
    "publish() {\n"
    "    echo \"naslag: $(date -u '+%Y-%m-%d %H:%M:%S') UTC, $branch at $pushed\"\n"
    "    naslag build --wait --rev \"refs/heads/$branch\" --out \"$out\" \"$@\"\n"
    "    case $? in\n"
    "    0)  echo \"naslag: published in $out\" ;;\n"
    "    1)  echo \"naslag: published in $out, with the errors above\" ;;\n"
    "    *)  echo \"naslag: not published; the site is as it was\" ;;\n"
    "    esac\n"
    "}\n"
    "publish \"$@\" 2>&1 </dev/null | tee -a \"$log\"\n"
    "exit 0\n";

static void put_quoted(struct buf *out, struct str text)
{
    buf_put_char(out, '\'');
    for (struct str rest = text; rest.data;) {
        buf_put(out, str_cut(&rest, '\''));
        if (rest.data)
            buf_put_cstring(out, "'\\''");
    }
    buf_put_char(out, '\'');
}

static void put_value(struct buf *out, const char *name, struct str value)
{
    buf_printf(out, "%s=", name);
    put_quoted(out, value);
    buf_put_char(out, '\n');
}

/* Programs that start git, and servers, may not look where the user does. */
static void put_path(struct buf *out)
{
    char program[PATH_MAX + 1];
    ssize_t len = readlink("/proc/self/exe", program, PATH_MAX);
    struct str path = {program, len > 0 ? (size_t)len : 0};
    struct str folder = str_slice(path, 0, (size_t)(str_find_last(path, '/') + 1));
    if (folder.len > 1) {
        buf_put_cstring(out, "PATH=$PATH:");
        put_quoted(out, str_slice(folder, 0, folder.len - 1));
        buf_put_char(out, '\n');
    }
}

/* As seen from anywhere. */
static struct str absolute(struct hook *hook, const char *path)
{
    char current[PATH_MAX + 1];
    if (*path == '/' || !getcwd(current, sizeof current))
        return str_from(path);
    return str_format(&hook->arena, "%s/%s", current, path);
}

static struct str content_option(struct hook *hook)
{
    const char *content = hook->options->snapshot.content;
    return content ? str_format(&hook->arena, "--content=%s", content) : STR("");
}

static void put_values(struct hook *hook, enum hook_kind kind, struct buf *out)
{
    const struct options *options = hook->options;
    put_path(out);
    if (kind == HOOK_POST_RECEIVE) {
        put_value(out, "branch", str_from(options->branch));
        put_value(out, "out", absolute(hook, options->output));
        put_value(out, "log", options->log ? absolute(hook, options->log) : STR("/dev/null"));
    }
    buf_put_cstring(out, "set -- ");
    if (options->snapshot.content)
        put_quoted(out, content_option(hook));
    buf_put_char(out, '\n');
}

static struct str digest_line(struct arena *arena, struct str rest)
{
    struct buf line;
    buf_init(&line, arena);
    buf_put_cstring(&line, MARKER);
    digest_put_hex(&line, digest_of(rest));
    buf_put_char(&line, '\n');
    return buf_str(&line);
}

static const char first_line[] = "#!/bin/sh\n";

static struct str make_script(struct hook *hook, enum hook_kind kind)
{
    struct buf rest;
    buf_init(&rest, &hook->arena);
    buf_printf(&rest, "# %s. 'naslag hook remove' takes this away.\n",
               kind == HOOK_PRE_COMMIT ? "Checks what is about to be committed"
                                       : "Publishes what is pushed");
    put_values(hook, kind, &rest);
    buf_put_cstring(&rest, kind == HOOK_PRE_COMMIT ? check_script : publish_script);
    struct str marker = digest_line(&hook->arena, buf_str(&rest));
    return str_format(&hook->arena, "%s%.*s%.*s", first_line, STR_ARGS(marker),
                      STR_ARGS(buf_str(&rest)));
}

/* -- What is there --------------------------------------------------------------------------------
 */

static const char *path_of(struct hook *hook, enum hook_kind kind)
{
    return str_cstring(&hook->arena,
                       str_format(&hook->arena, "%s/%s", hook->place.folder, names[kind]));
}

static enum hook_state state_of(struct hook *hook, enum hook_kind kind, struct str *bytes)
{
    struct str first = str_from(first_line), rest;
    int status = file_read(&hook->arena, path_of(hook, kind), bytes, &hook->err);
    if (status)
        return status > 0 ? STATE_NONE : STATE_FOREIGN;
    if (str_find(*bytes, STR("\n" MARKER)) == STR_NONE)
        return STATE_FOREIGN;
    rest = str_from_offset(*bytes, first.len);
    struct str line = str_line(&rest);
    struct str marker = digest_line(&hook->arena, rest.data ? rest : STR(""));
    bool same = str_starts(*bytes, first) && str_equal(line, str_slice(marker, 0, marker.len - 1));
    return same ? STATE_OURS : STATE_EDITED;
}

static int refuse(struct hook *hook, enum hook_kind kind, enum hook_state state)
{
    return err_set(
        &hook->err,
        state == STATE_EDITED
            ? "'%s' was edited since naslag made it: it stays as it is; remove it yourself"
            : "'%s' is not naslag's: it stays as it is",
        path_of(hook, kind));
}

static bool is_wanted(const struct hook *hook, enum hook_kind kind)
{
    enum hook_kind usual = hook->place.bare ? HOOK_POST_RECEIVE : HOOK_PRE_COMMIT;
    bool chosen = hook->options->pre_commit || hook->options->post_receive;
    return chosen
               ? (kind == HOOK_PRE_COMMIT ? hook->options->pre_commit : hook->options->post_receive)
               : kind == usual;
}

/* -- Doing ----------------------------------------------------------------------------------------
 */

static void say(const struct hook *hook, const char *what, const char *path)
{
    if (hook->options->quiet)
        return;
    printf("%s ", what);
    say_safely(stdout, str_from(path));
    putchar('\n');
}

static int install_one(struct hook *hook, enum hook_kind kind)
{
    struct str old = {NULL, 0};
    enum hook_state state = state_of(hook, kind, &old);
    if (state == STATE_EDITED || state == STATE_FOREIGN)
        return refuse(hook, kind, state);
    if (kind == HOOK_PRE_COMMIT && hook->place.bare)
        return err_set(&hook->err, "nobody commits in a bare repository: it takes --post-receive");
    if (kind == HOOK_POST_RECEIVE && !hook->options->output)
        return err_set(&hook->err, "where the site goes is missing: --out DIR");
    if (deposit_program(hook->place.folder, names[kind],
                        state == STATE_OURS ? old : (struct str){NULL, 0}, make_script(hook, kind),
                        &hook->err))
        return -1;
    say(hook, "installed", path_of(hook, kind));
    return 0;
}

static int install(struct hook *hook)
{
    for (int kind = 0; kind < HOOKS; kind++)
        if (is_wanted(hook, (enum hook_kind)kind) && install_one(hook, (enum hook_kind)kind))
            return -1;
    return 0;
}

static int remove_one(struct hook *hook, enum hook_kind kind)
{
    struct str old;
    enum hook_state state = state_of(hook, kind, &old);
    if (state == STATE_EDITED || state == STATE_FOREIGN)
        return refuse(hook, kind, state);
    if (state == STATE_NONE)
        return 0;
    if (deposit_program(hook->place.folder, names[kind], old, (struct str){NULL, 0}, &hook->err))
        return -1;
    say(hook, "removed", path_of(hook, kind));
    return 0;
}

/* All of ours, or those that are named; another program's is passed over unless it is named. */
static int remove_all(struct hook *hook)
{
    bool chosen = hook->options->pre_commit || hook->options->post_receive;
    struct str bytes;
    for (int kind = 0; kind < HOOKS; kind++) {
        bool foreign = state_of(hook, (enum hook_kind)kind, &bytes) == STATE_FOREIGN;
        if (chosen ? !is_wanted(hook, (enum hook_kind)kind) : foreign)
            continue;
        if (remove_one(hook, (enum hook_kind)kind))
            return -1;
    }
    return 0;
}

static int show(struct hook *hook)
{
    static const char *const states[] = {
        [STATE_NONE] = "none",
        [STATE_OURS] = "installed",
        [STATE_EDITED] = "installed, and edited since",
        [STATE_FOREIGN] = "another program's",
    };
    bool ours = false;
    struct str bytes;
    for (int kind = 0; kind < HOOKS; kind++) {
        enum hook_state state = state_of(hook, (enum hook_kind)kind, &bytes);
        const char *path = path_of(hook, (enum hook_kind)kind);
        bool here = state == STATE_OURS || state == STATE_EDITED;
        ours |= here;
        printf("%s: %s%s\n", names[kind], states[state],
               here && access(path, X_OK) ? "; git does not run it: it is not executable" : "");
    }
    return ours ? STATUS_FINE : STATUS_NONE;
}

static int run(struct hook *hook)
{
    const char *action = hook->options->file;
    if (hooks_find(&hook->place, &hook->arena, hook->options->snapshot.directory, &hook->err))
        return STATUS_NOTHING;
    if (!strcmp(action, "status"))
        return show(hook);
    return (strcmp(action, "remove") ? install(hook) : remove_all(hook)) ? STATUS_NOTHING
                                                                         : STATUS_FINE;
}

int hook_run(const struct options *options)
{
    struct hook hook = {.options = options};
    arena_init(&hook.arena);
    int status = run(&hook);
    if (status == STATUS_NOTHING)
        fprintf(stderr, "naslag: %s\n", hook.err.message);
    arena_release(&hook.arena);
    return status;
}
