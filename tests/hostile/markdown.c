/* Markdown made to do harm, a megabyte of each kind: with the bounds of bounds.h before it, cmark
 * takes no more than two seconds and 200 MB, and what stands behind it still comes out. TAP.
 *
 * With a file as argument it is that which is tried, with `-` before it without bounds; what they
 * take is printed. */
#include "base/arena.h"
#include "base/diag.h"
#include "read/bounds.h"
#include "read/shield.h"
#include "tests/hostile/cmark.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 1000000, SECONDS = 2, MEGABYTES = 200, STACK = 256 * 1024 };

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };
#elif defined(__has_feature)
enum { SANITIZED = __has_feature(address_sanitizer) };
#else
enum { SANITIZED = 0 };
#endif

static const char last_words[] = "\n\n```\n--> ?> ]]>\n\n~~~\n\nlast words\n";

/* `before`, then `first` and `second` as often as to fill half of the megabyte each (all of it,
 * where there is no second). */
struct pattern {
    const char *before, *first, *between, *second;
};

static const struct pattern patterns[] = {
    /* Nesting: a line costs as much as there are containers open. */
    {"", ">", "", NULL},
    {"", "> ", "", NULL},
    {"", ">", "a\n", "b\n"},
    {"", "- ", "a\n", "\n"},
    {"", "-\t", "a\n", " \n"},
    {"", "1. ", "a\n", "\n"},
    {"", "[^a]:", "a\n", "\n"},
    {"", "> - 1. [^a]: ", "", NULL},
    {"", "- [x] ", "", NULL},
    {"", "- ", ")", NULL},
    {"", ">>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>\n\n", "", NULL},
    {"", "- + - + - + - + - + - + - + - + - + - + - + - + - +\n", "", NULL},
    /* Tables. */
    {"", "|", "\n|-|\n", "|\n"},
    {"a|b\n-|-\n", "|", "", NULL},
    {"", "a|", "\n", "-|"},
    {"a|a\n", "|-|-|-\n", "", NULL},
    {"", ":-|\n", "", NULL},
    {"", "a\n-\v\n", "", NULL},
    {"", "a|b\n-|-\n\n", "", NULL},
    {"a\n-\v\n", "a\n", "", NULL},
    {"|a|\n|-|\n", "|\t|\n", "", NULL},
    {"|a|\n|-|\n", "|*a [](b) |\n", "", NULL},
    {"<!--\n\n|a|\n|-|\n| -->\n", "|![[]()|\n", "", NULL},
    {"|a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|\n|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|\n", "a\n", "", NULL},
    /* Links look at the images that are open, and at all marks of emphasis. */
    {"", "![[]()", "", NULL},
    {"", "![", "", "[](a)"},
    {"", "![", "", "](a)"},
    {"", "*a ", "", "[a](b)"},
    {"", "_a ", "", "[]"},
    {"", "*a ", "", "[^a]"},
    {"", "*a [b](c)", "", NULL},
    {"<!--\n```\n-->\n", "*a [b](c)", "", NULL},
    {"<p>\n```\n\n", "*a [b](c)", "", NULL},
    {" ```\n\n  ```\n\n```\n", "*a [b](c)", "", NULL},
    {"- ```\n\n", "*a [b](c)", "", NULL},
    {"- a\n|b|\n|-|\n", "|*a [b](c)|\n", "", NULL},
    {"- a\n", "    - *a [b](c)\n", "", NULL},
    {"", "a\n2. *b [c](d)\n", "", NULL},
    {"", "[ (](", "", NULL},
    {"", "[a](<b", "", NULL},
    {"", "[a](b", "", NULL},
    {"", "[a](\\(", "", NULL},
    {"", "[](a \"", "", NULL},
    {"", "[](a '", "", NULL},
    {"", "[](a (", "", NULL},
    {"", "[", "", NULL},
    {"", "]", "", NULL},
    {"", "[", "", "]"},
    {"", "[^a", "", "]"},
    {"", "[a", "", NULL},
    {"", "![", "", "]"},
    /* Emphasis. */
    {"", "*a **a ", "", "a** a* "},
    {"", "***a ", "", "b** "},
    {"", "*a_ ", "", NULL},
    {"", "_", "a", "_"},
    {"", "*", "a", "*"},
    {"a**b", "c* ", "", NULL},
    {"", "_a ", "", "x**_y*"},
    {"", "~~a ", "", ">x_**"},
    {"", "- a    ~~[^", "", ">x_**"},
    {"~~a", " b~", "", NULL},
    {"~~a ", "*a ", "", " b~"},
    {"", "~", "", NULL},
    {"", "~*", "", NULL},
    {"", "*_~~", "", NULL},
    /* What is searched for its end. */
    {"a", "<?", "", NULL},
    {"a", "<!A ", "", NULL},
    {"a", "<![CDATA[", "", NULL},
    {"a", "<!--", "", NULL},
    {"a", "<!-- a - ", "", NULL},
    {"a", "<a b=\"c\" ", "", NULL},
    {"", "<a@a.", "", NULL},
    {"<", "a@", "", NULL},
    {"", "<aa:", "", NULL},
    {"", "`a``b```c", "", NULL},
    {"", "`", "", NULL},
    {"&#", "1", "", NULL},
    {"", "&#1", "", NULL},
    /* Definitions. */
    {"[a]: ", "b", "\n\n", "[a]"},
    {"[a]: b \"", "c\n", "\"\n\n", "[a]"},
    {"> [a]:\n> b\n> '", "c]: d\n> ", "'\n\n", "[a]"},
    {"", "[a]: b\n", "", NULL},
    {"", "[a]: b \"", "", NULL},
    {"", "]:", " \"", "a"},
    {"", "]: (", "", NULL},
    {"", "[a]: b\n===\n", "", NULL},
    {"", "[^a]: b\n", "", NULL},
    {"", "[^a]", "\n\n[^a]: ", "[^a]"},
    {"[^", "a", "]: b\n\n[^", "a"},
    /* Many small things: memory. */
    {"", "a\n", "", NULL},
    {"", "a\r", "", NULL},
    {"", "a\n\n", "", NULL},
    {"", "a  \n", "", NULL},
    {"", "a\\\n", "", NULL},
    {"", "\\", "", NULL},
    {"", "&", "", NULL},
    {"", "!", "", NULL},
    {"", "*a", "", NULL},
    {"", "`a`", "", NULL},
    {"", "[](a)", "", NULL},
    {"", "<aa:>", "", NULL},
    {"", "<a>", "", NULL},
    {"", "+\n-\n", "", NULL},
    {"", "+ a\n- a\n", "", NULL},
    {"", "- a\n  - b\n", "", NULL},
    {"", "- a\n\n", "", NULL},
    {"", "-\n", "", NULL},
    {"", ">\n", "", NULL},
    {"", ">\n\n", "", NULL},
    {"", "#\n", "", NULL},
    {"", "a\n=\n", "", NULL},
    {"", "***\n", "", NULL},
    {"", "```\n```\n", "", NULL},
    {"", "    a\n\nb\n\n", "", NULL},
    {"", "<p>\n\n", "", NULL},
    {"", "[&Hat;a]", "", NULL},
    {"", "\xEF\xB7\x92", "", NULL},
    {"a", "\x80", "", NULL},
};

static void fill(struct buf *out, const char *piece, size_t size)
{
    struct str text = str_from(piece);
    for (size_t end = out->len + size; out->len + text.len <= end;)
        buf_put(out, text);
}

static struct str input_of(struct arena *arena, const struct pattern *pattern)
{
    struct buf out;
    buf_init(&out, arena);
    buf_put_cstring(&out, pattern->before);
    fill(&out, pattern->first, pattern->second ? SIZE / 2 : SIZE);
    buf_put_cstring(&out, pattern->between);
    if (pattern->second)
        fill(&out, pattern->second, SIZE / 2);
    buf_put_cstring(&out, last_words);
    return buf_str(&out);
}

/* Lists that go one deeper on each line, then blank lines, each of which looks at all of them. */
static struct str nested_lines(struct arena *arena)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t depth = 0; out.len < SIZE / 2; depth++) {
        fill(&out, "\t", depth / 2);
        buf_put_cstring(&out, depth % 2 ? "  - a\n" : "- a\n");
    }
    fill(&out, "\n", SIZE / 2);
    buf_put_cstring(&out, last_words);
    return buf_str(&out);
}

/* Runs of backticks, each of another length. */
static struct str backticks(struct arena *arena)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t length = 1; out.len < SIZE; length++) {
        buf_put_char(&out, 'e');
        fill(&out, "`", length);
    }
    buf_put_cstring(&out, last_words);
    return buf_str(&out);
}

struct cost {
    double seconds;
    long megabytes;
    bool complete;
};

static double seconds_used(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static long kilobytes_used(void)
{
    char line[256];
    long kilobytes = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file) && !sscanf(line, "VmHWM: %ld", &kilobytes))
        continue;
    if (file)
        fclose(file);
    return kilobytes;
}

/* In this process: bounds, cmark, and a walk over its tree. */
static struct cost take(struct str text, bool bounded)
{
    struct arena arena;
    struct diags diags;
    struct buf out;
    arena_init(&arena);
    diags_init(&diags, &arena);
    buf_init(&out, &arena);
    long kilobytes = kilobytes_used();
    double start = seconds_used();
    if (bounded)
        text = bounds_apply(&arena, (struct place){STR("hostile"), 1, 0}, text, &diags);
    cmark_node *tree = cmark_tree(text);
    long after = kilobytes_used();
    cmark_text(tree, &out);
    cmark_node_free(tree);
    double seconds = seconds_used() - start;
    bool complete = str_find(buf_str(&out), STR("last words")) != STR_NONE;
    arena_release(&arena);
    return (struct cost){seconds, (after - kilobytes) / 1024, complete};
}

/* In a process of its own, with a small stack. Returns false where it did not end by itself. */
static bool take_apart(struct str text, bool bounded, double slower, struct cost *cost)
{
    int ends[2], status;
    if (pipe(ends))
        return false;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit time = {(rlim_t)(30 * slower), (rlim_t)(30 * slower)};
        setrlimit(RLIMIT_CPU, &time);
        *cost = take(text, bounded);
        _exit(write(ends[1], cost, sizeof *cost) != sizeof *cost);
    }
    close(ends[1]);
    ssize_t got = read(ends[0], cost, sizeof *cost);
    close(ends[0]);
    return waitpid(child, &status, 0) == child && status == 0 && got == sizeof *cost;
}

static bool try_text(struct str text, const char *name, size_t number, double slower)
{
    struct cost cost = {0};
    bool ended = take_apart(text, true, slower, &cost);
    bool good = ended && cost.complete && cost.seconds <= SECONDS * slower &&
                (SANITIZED || cost.megabytes <= MEGABYTES);
    printf("%sok %zu - %s\n", good ? "" : "not ", number, name);
    if (!good)
        printf("# %s, %.2f s, %ld MB, %s\n", ended ? "ended" : "did not end", cost.seconds,
               cost.megabytes, cost.complete ? "complete" : "not complete");
    return good;
}

static const char *name_of(struct arena *arena, const struct pattern *pattern)
{
    struct buf name;
    buf_init(&name, arena);
    const char *parts[] = {pattern->before, pattern->first, pattern->between, pattern->second};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i] || !*parts[i])
            continue;
        buf_put_cstring(&name, name.len ? ", " : "");
        for (const char *c = parts[i]; *c; c++)
            buf_printf(&name, *c < ' ' || *c == '#' || *c == '\\' ? "\\x%02x" : "%c",
                       (unsigned char)*c);
        buf_put_cstring(&name, i % 2 ? " repeated" : "");
    }
    return str_cstring(arena, buf_str(&name));
}

static int try_file(const char *path, bool bounded)
{
    static char bytes[64 << 20];
    struct cost cost = {0};
    FILE *file = fopen(path, "rb");
    if (!file)
        return 1;
    struct str text = {bytes, fread(bytes, 1, sizeof bytes, file)};
    fclose(file);
    bool ended = take_apart(text, bounded, 1, &cost);
    printf("%s %.3f s %ld MB\n", ended ? "ended" : "did not end", cost.seconds, cost.megabytes);
    return !ended;
}

/* The main thread's stack is as large as the limit was when the program began. */
static void restart_with_small_stack(char **arguments)
{
    struct rlimit stack;
    if (SANITIZED || getrlimit(RLIMIT_STACK, &stack) || stack.rlim_cur <= STACK)
        return;
    stack.rlim_cur = STACK;
    setrlimit(RLIMIT_STACK, &stack);
    execv("/proc/self/exe", arguments);
}

int main(int count, char **arguments)
{
    const char *setting = getenv("NASLAG_SLOWER"); /* sanitizers and busy machines take time */
    double slower = setting ? atof(setting) : SANITIZED ? 10 : 1;
    size_t patterns_count = sizeof patterns / sizeof *patterns;
    bool good = true;
    restart_with_small_stack(arguments);
    if (count > 1)
        return try_file(arguments[count - 1], strcmp(arguments[1], "-") != 0);
    for (size_t i = 0; i < patterns_count; i++) {
        struct arena arena;
        arena_init(&arena);
        struct str text = input_of(&arena, &patterns[i]);
        good &= try_text(text, name_of(&arena, &patterns[i]), i + 1, slower);
        arena_release(&arena);
    }
    struct arena arena;
    arena_init(&arena);
    good &= try_text(nested_lines(&arena), "lists, deeper and deeper", patterns_count + 1, slower);
    good &= try_text(backticks(&arena), "backticks, longer and longer", patterns_count + 2, slower);
    arena_release(&arena);
    printf("1..%zu\n", patterns_count + 2);
    return !good;
}
