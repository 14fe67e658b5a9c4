/* Finds names of topics in a text. The input is front matter of topics, each begun by a line `---`,
 * then a line `===` and the text, as Markdown. What is printed is the text of its passages, one a
 * line, with every mention in brackets and the topic's number behind it where there are several. */
#include "base/arena.h"
#include "base/buf.h"
#include "link/conditions.h"
#include "link/names.h"
#include "link/outline.h"
#include "read/markdown.h"
#include "read/reader.h"

#include <stdio.h>

enum { TOPICS_MAX = 20 };

struct topics {
    struct outline documents[TOPICS_MAX];
    uint32_t numbers[TOPICS_MAX];
    uint32_t count;
};

static struct str read_input(struct arena *arena)
{
    struct buf input;
    size_t len;
    buf_init(&input, arena);
    while ((len = fread(buf_reserve(&input, 4096), 1, 4096, stdin)) > 0)
        input.len += len;
    return buf_str(&input);
}

static void add_topic(struct arena *arena, struct topics *topics, struct str matter,
                      struct diags *diags)
{
    struct document document;
    struct outline *outline = &topics->documents[topics->count];
    struct reader_input input = {
        .path = str_format(arena, "topics/%u.md", (unsigned)topics->count + 1),
        .markdown = str_format(arena, "---\n%.*s\n---\n", STR_ARGS(matter)),
        .fallback_slug = {"section", 7},
    };
    if (!str_trim(matter).len || topics->count == TOPICS_MAX)
        return;
    reader_read(arena, &input, &document, diags);
    outline->path = input.path;
    outline_fill(outline, &document, arena);
    topics->numbers[topics->count] = topics->count;
    topics->count++;
}

static struct str read_topics(struct arena *arena, struct topics *topics, struct str input,
                              struct diags *diags)
{
    struct str matter = {input.data, 0};
    for (struct str line = str_line(&input); line.data; line = str_line(&input)) {
        if (!str_equal(line, STR("---")) && !str_equal(line, STR("==="))) {
            matter.len = (size_t)(line.data + line.len - matter.data);
            continue;
        }
        add_topic(arena, topics, matter, diags);
        matter = (struct str){input.data, 0};
        if (str_equal(line, STR("===")))
            break;
    }
    return input;
}

static void print(struct str text)
{
    fwrite(text.data, 1, text.len, stdout);
}

static void print_matches(const struct topics *topics, struct str text, uint32_t passage,
                          const struct outline *outline)
{
    uint32_t done = 0;
    for (size_t i = 0; i < outline->mentions.count; i++) {
        const struct mention *mention = &outline->mentions.items[i];
        if (mention->passage != passage)
            continue;
        print(str_slice(text, done, mention->start - done));
        printf("[");
        print(str_slice(text, mention->start, mention->end - mention->start));
        printf("]");
        if (topics->count > 1)
            printf("%u", (unsigned)mention->topic + 1);
        done = mention->end;
    }
    print(str_from_offset(text, done));
    printf("\n");
}

static void search(struct arena *arena, const struct matcher *matcher, struct str text,
                   uint32_t passage, struct outline *out)
{
    struct matches matches = {0};
    matcher_find(matcher, arena, text, arena, &matches);
    for (size_t i = 0; i < matches.items.count; i++) {
        const struct match *match = &matches.items.items[i];
        if (match->topic != NO_TOPIC)
            *vec_push(&out->mentions, arena) =
                (struct mention){match->topic, passage, match->start, match->end};
    }
}

static void find(struct arena *arena, const struct topics *topics, struct str markdown,
                 struct diags *diags)
{
    struct name *names;
    struct document document = {.meta.more = &meta_nothing,
                                .root = node_add(arena, NULL, NODE_DOCUMENT)};
    struct lexicon words;
    lexicon_init(&words, arena);
    lexicon_add(&words, markdown);
    size_t count = names_collect(arena, topics->documents, NULL, topics->numbers, topics->count,
                                 &words, &names, diags);
    const struct matcher *matcher = matcher_build(arena, names, count);
    document.body = node_add(arena, document.root, NODE_DOCUMENT);
    markdown_read(arena, (struct place){STR("note.md"), 1, 0}, markdown, document.body, 1, diags);
    document_finish(arena, &document, STR("section"));
    struct outline outline = {.meta.more = &meta_nothing};
    struct conditions conditions = {0};
    for (uint32_t i = 0; i < document.passages.count; i++)
        search(arena, matcher, document.passages.items[i].text, i + 1, &outline);
    conditions_collect(&conditions, arena, topics->documents, topics->numbers, topics->count, names,
                       count, diags);
    conditions_apply(&conditions, arena, &document, &outline);
    for (uint32_t i = 0; i < document.passages.count; i++)
        print_matches(topics, document.passages.items[i].text, i + 1, &outline);
}

int main(void)
{
    struct arena arena;
    struct diags diags;
    struct topics topics = {.count = 0};
    arena_init(&arena);
    diags_init(&diags, &arena);
    markdown_init();
    struct str markdown = read_topics(&arena, &topics, read_input(&arena), &diags);
    find(&arena, &topics, markdown, &diags);
    diags_sort(&diags);
    diags_print(&diags, stderr);
    arena_release(&arena);
    return 0;
}
