/* The reader as the search page calls it. Everything goes through one buffer of input:
 * theme/search.js says how the two talk. The page asks one thing at a time. */
#include "search/json.h"

enum { COUNT_MAX = 1000 /* results at once */ };

#define EXPORT(name) __attribute__((export_name(name)))

static struct {
    bool ready;
    struct ask ask;
    struct arena input_arena, question_arena;
    struct buf answer;
    char *input;
} page;

/* Room for `size` bytes, until the next call. */
EXPORT("input") char *page_input(uint32_t size)
{
    if (!page.ready) {
        ask_init(&page.ask);
        arena_init(&page.input_arena);
        arena_init(&page.question_arena);
        page.ready = true;
    }
    arena_clear(&page.input_arena);
    page.input = arena_text(&page.input_arena, size ? size : 1);
    return page.input;
}

static uint32_t number_of(struct str text)
{
    long number;
    return str_to_long(text, &number) && number > 0 && number < INT32_MAX ? (uint32_t)number : 0;
}

static enum order order_of(struct str text)
{
    if (str_equal(text, STR("newest")))
        return ORDER_NEWEST;
    return str_equal(text, STR("oldest")) ? ORDER_OLDEST : ORDER_RELEVANCE;
}

static void read_options(struct ask_options *options, struct str text)
{
    while (text.len) {
        struct str value = str_cut(&text, '&'), name = str_cut(&value, '=');
        if (str_equal(name, STR("sort")))
            options->order = order_of(value);
        else if (str_equal(name, STR("first")))
            options->first = number_of(value);
        else if (str_equal(name, STR("count")))
            options->count = number_of(value) < COUNT_MAX ? number_of(value) : COUNT_MAX;
        else if (str_equal(name, STR("passages")))
            options->passages = number_of(value);
        else if (str_equal(name, STR("budget")))
            options->budget = number_of(value);
        else if (str_equal(name, STR("groups")))
            options->groups = number_of(value);
        else if (str_equal(name, STR("whole")))
            options->whole_texts = number_of(value);
    }
}

/* The input holds the query and behind it the options. */
EXPORT("start") void page_start(uint32_t query_len, uint32_t options_len)
{
    struct ask_options options = {
        .count = 10, .passages = 3, .budget = ASK_BUDGET, .groups = ASK_GROUPS};
    arena_clear(&page.question_arena);
    struct str query = str_copy(&page.question_arena, (struct str){page.input, query_len});
    read_options(&options, (struct str){page.input + query_len, options_len});
    ask_begin(&page.ask, query, &options);
}

/* 0: the answer is ready; else how many files are wanted; -1: the index is damaged. */
EXPORT("step") int32_t page_step(void)
{
    switch (ask_step(&page.ask)) {
    case ASK_WANTS:
        return (int32_t)page.ask.store.wanted.count;
    case ASK_DAMAGED:
        return -1;
    case ASK_DONE:
        break;
    }
    buf_init(&page.answer, &page.ask.arena);
    json_put_answer(&page.answer, &page.ask.answer);
    return 0;
}

/* The path of a wanted file, below the search folder. */
EXPORT("wanted") const char *page_wanted(uint32_t index)
{
    return page.ask.store.wanted.items[index]->path.text;
}

/* The input holds the file's bytes; -1: there is no such file. */
EXPORT("file") void page_file(uint32_t index, int32_t len)
{
    struct str bytes = {page.input, len > 0 ? (size_t)len : 0};
    if (len < 0)
        store_miss(&page.ask.store, index);
    else
        store_give(&page.ask.store, index, str_copy(&page.ask.store.arena, bytes));
}

EXPORT("answer") const char *page_answer(void)
{
    return page.answer.data;
}

EXPORT("answer_len") uint32_t page_answer_len(void)
{
    return (uint32_t)page.answer.len;
}
