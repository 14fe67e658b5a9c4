#include "write/redline.h"

#include "base/arena.h"
#include "base/difference.h"
#include "base/map.h"
#include "base/utf8.h"
#include "write/escape.h"

enum {
    CONTEXT = 8,        /* words and signs shown on either side of a change */
    TOKENS_MAX = 20000, /* of a paragraph: a longer one goes and comes as a whole */
    BLOCK_MAX = 60,     /* paragraphs that went or came in a row: more are not looked at in pairs */
    ALIKE_LEAST = 40,   /* per cent of words in common that make two paragraphs versions of one */
    GAP_MAX = 12,       /* bytes: a word or two; what is longer tells the reader where they are */
    MOVED_LEAST = 20    /* bytes: a shorter paragraph says too little to have moved */
};

/* A paragraph's words, signs and spaces, by number. */
struct tokens {
    VEC(struct str) texts;
    VEC(uint32_t) numbers;
    uint32_t words;
};

struct redline {
    struct buf *out;
    const struct redline_words *words;
    const struct redline_text *before, *after;
    size_t end; /* of what may be written */
    bool cut;
    struct arena *arena;
    struct map numbers; /* of words and of paragraphs */
    struct map gone;    /* paragraphs that went, by text */
    struct map came;
    int32_t *counts; /* by number: zeroes between calls of likeness() */
    size_t count_capacity;
};

static uint32_t number_of(struct redline *redline, struct str text)
{
    void **slot = map_at(&redline->numbers, text);
    if (!*slot)
        *slot = (void *)(uintptr_t)redline->numbers.count;
    return (uint32_t)(uintptr_t)*slot;
}

/* -- Words
 * ----------------------------------------------------------------------------------------- */

static bool is_word(uint32_t letter)
{
    return utf8_is_letter(letter) || utf8_is_digit(letter) || utf8_is_format(letter);
}

static struct str next_token(struct str text, size_t *at)
{
    size_t start = *at, end;
    uint32_t first = utf8_next(text, at);
    bool word = is_word(first), space = utf8_is_space(first);
    while ((word || space) && (end = *at) < text.len) {
        uint32_t letter = utf8_next(text, &end);
        if (word ? !is_word(letter) : !utf8_is_space(letter))
            break;
        *at = end;
    }
    return str_slice(text, start, *at - start);
}

static struct tokens split(struct redline *redline, struct str text)
{
    struct tokens tokens = {.words = 0};
    for (size_t at = 0; at < text.len && tokens.texts.count <= TOKENS_MAX;) {
        struct str token = next_token(text, &at);
        size_t first = 0;
        tokens.words += is_word(utf8_next(token, &first));
        *vec_push(&tokens.texts, redline->arena) = token;
        *vec_push(&tokens.numbers, redline->arena) = number_of(redline, token);
    }
    return tokens;
}

/* -- Writing
 * --------------------------------------------------------------------------------------- */

static bool is_full(struct redline *redline)
{
    redline->cut |= redline->out->len >= redline->end;
    return redline->cut;
}

/* Of a paragraph as long as a book the start is enough. */
static void put_text(struct redline *redline, struct str text)
{
    size_t room = redline->end > redline->out->len ? redline->end - redline->out->len : 0;
    redline->cut |= text.len > room;
    text = str_slice(text, 0, room);
    if (redline->cut)
        text.len = utf8_valid_length(text);
    escape_html(redline->out, text);
}

static void put_marked(struct redline *redline, const char *element, struct str label,
                       struct str text)
{
    buf_printf(redline->out, "<%s><span class=\"hidden\">[", element);
    escape_html(redline->out, label);
    buf_put_cstring(redline->out, ": </span>");
    put_text(redline, text);
    buf_put_cstring(redline->out, "<span class=\"hidden\"> ");
    escape_html(redline->out, redline->words->end);
    buf_printf(redline->out, "]</span></%s>", element);
}

static struct str span(const struct tokens *tokens, uint32_t first, uint32_t count)
{
    const struct str *start = &tokens->texts.items[first];
    const struct str *last = &tokens->texts.items[first + count - 1];
    return (struct str){start->data, (size_t)(last->data + last->len - start->data)};
}

/* -- Paragraphs
 * ------------------------------------------------------------------------------------ */

static size_t longest(const struct tokens *before, const struct tokens *after,
                      const struct difference_part *part)
{
    size_t went = part->a_count ? span(before, part->a_first, part->a_count).len : 0;
    size_t came = part->b_count ? span(after, part->b_first, part->b_count).len : 0;
    return went > came ? went : came;
}

/* A word or a space that stayed between two changes goes with them, if it is no longer than either:
 * `two new words` reads better than three changes. It does not where something only went or only
 * came, since it would have to be told of twice. */
static bool is_gap(const struct tokens *before, const struct tokens *after,
                   const struct difference_part *last, const struct difference_part *part)
{
    const struct difference_part *next = part + 1;
    size_t length = span(after, part->b_first, part->b_count).len;
    return last->a_count + next->a_count && last->b_count + next->b_count && length <= GAP_MAX &&
           length <= longest(before, after, last) && length <= longest(before, after, next);
}

static void join_gaps(struct difference *difference, const struct tokens *before,
                      const struct tokens *after)
{
    size_t count = 0;
    for (size_t i = 0; i < difference->items.count; i++) {
        const struct difference_part *part = &difference->items.items[i];
        struct difference_part *last = count ? &difference->items.items[count - 1] : NULL;
        bool between = part->same && last && i + 1 < difference->items.count;
        if (last && !last->same &&
            (!part->same || (between && is_gap(before, after, last, part)))) {
            last->a_count += part->a_count;
            last->b_count += part->b_count;
        } else {
            difference->items.items[count++] = *part;
        }
    }
    difference->items.count = count;
}

static void add_run(struct redline_runs *runs, struct arena *arena, enum redline_kind kind,
                    struct str text, bool joined)
{
    *vec_push(&runs->items, arena) = (struct redline_run){kind, text, joined};
}

/* What stayed between two changes: its ends only, where it is long. */
static void add_same(struct redline_runs *runs, struct arena *arena, const struct tokens *tokens,
                     const struct difference_part *part, bool first, bool last)
{
    uint32_t head = first ? 0 : CONTEXT, tail = last ? 0 : CONTEXT, count = part->b_count;
    if (count <= head + tail + 4) {
        add_run(runs, arena, REDLINE_SAME, span(tokens, part->b_first, count), false);
        return;
    }
    if (head)
        add_run(runs, arena, REDLINE_SAME, span(tokens, part->b_first, head), false);
    add_run(runs, arena, REDLINE_LEFT_OUT, STR("…"), head);
    if (tail)
        add_run(runs, arena, REDLINE_SAME, span(tokens, part->b_first + count - tail, tail), true);
}

static void add_part(struct redline_runs *runs, struct arena *arena, const struct tokens *before,
                     const struct tokens *after, const struct difference_part *part)
{
    if (part->a_count)
        add_run(runs, arena, REDLINE_REMOVED, span(before, part->a_first, part->a_count), false);
    if (part->b_count)
        add_run(runs, arena, REDLINE_ADDED, span(after, part->b_first, part->b_count),
                part->a_count);
}

static void find_runs(struct redline *redline, struct str old_text, struct str new_text,
                      struct redline_runs *runs, struct arena *arena)
{
    struct tokens before = split(redline, old_text), after = split(redline, new_text);
    struct difference found = {0};
    difference_find(before.numbers.items, (uint32_t)before.numbers.count, after.numbers.items,
                    (uint32_t)after.numbers.count, redline->arena, &found);
    join_gaps(&found, &before, &after);
    for (size_t i = 0; i < found.items.count; i++) {
        const struct difference_part *part = &found.items.items[i];
        if (part->same)
            add_same(runs, arena, &after, part, i == 0, i + 1 == found.items.count);
        else
            add_part(runs, arena, &before, &after, part);
    }
}

static void put_run(struct redline *redline, const struct redline_run *run)
{
    if (run->kind == REDLINE_REMOVED)
        put_marked(redline, "del", redline->words->removed, run->text);
    else if (run->kind == REDLINE_ADDED)
        put_marked(redline, "ins", redline->words->added, run->text);
    else if (run->kind == REDLINE_LEFT_OUT)
        buf_put(redline->out, run->text);
    else
        put_text(redline, run->text);
}

static void put_changed(struct redline *redline, struct str old_text, struct str new_text)
{
    struct redline_runs runs = {0};
    if (is_full(redline))
        return;
    find_runs(redline, old_text, new_text, &runs, redline->arena);
    buf_put_cstring(redline->out, "<p>");
    for (size_t i = 0; i < runs.items.count; i++) {
        if (!runs.items.items[i].joined && is_full(redline))
            break;
        put_run(redline, &runs.items.items[i]);
    }
    buf_put_cstring(redline->out, "</p>\n");
}

static void put_gone(struct redline *redline, struct str text)
{
    if (is_full(redline) || (text.len >= MOVED_LEAST && map_get(&redline->came, text)))
        return;
    buf_put_cstring(redline->out, "<p>");
    put_marked(redline, "del", redline->words->removed, text);
    buf_put_cstring(redline->out, "</p>\n");
}

static void put_came(struct redline *redline, struct str text)
{
    if (is_full(redline))
        return;
    buf_put_cstring(redline->out, "<p>");
    if (text.len >= MOVED_LEAST && map_get(&redline->gone, text)) {
        buf_put_cstring(redline->out, "<span class=\"moved\">");
        escape_html(redline->out, redline->words->moved);
        buf_put_cstring(redline->out, ":</span> ");
        put_text(redline, text);
    } else {
        put_marked(redline, "ins", redline->words->added, text);
    }
    buf_put_cstring(redline->out, "</p>\n");
}

/* Room for a count of each number that there is. */
static int32_t *counts_of(struct redline *redline)
{
    if (redline->count_capacity <= redline->numbers.count) {
        redline->count_capacity = 2 * redline->numbers.count + 1;
        redline->counts = arena_new_array(redline->arena, redline->count_capacity, int32_t);
    }
    return redline->counts;
}

/* Of a hundred words of the longer one, how many both have; each as often as it stands in both. */
static uint32_t likeness(struct redline *redline, const struct tokens *a, const struct tokens *b)
{
    int32_t *counts = counts_of(redline);
    uint32_t common = 0, most = a->words > b->words ? a->words : b->words;
    for (size_t i = 0; i < a->numbers.count; i++)
        counts[a->numbers.items[i]]++;
    for (size_t i = 0; i < b->numbers.count; i++) {
        size_t first = 0;
        bool word = is_word(utf8_next(b->texts.items[i], &first));
        common += word && counts[b->numbers.items[i]]-- > 0;
    }
    for (size_t i = 0; i < a->numbers.count; i++)
        counts[a->numbers.items[i]] = 0;
    for (size_t i = 0; i < b->numbers.count; i++)
        counts[b->numbers.items[i]] = 0;
    return most ? common * 100 / most : 0;
}

/* For each new paragraph of a block the old one that it is a version of, + 1, in order. */
static void pair(struct redline *redline, const struct difference_part *part, uint32_t *old_of)
{
    struct tokens *before = arena_new_array(redline->arena, part->a_count, struct tokens);
    uint32_t next = 0;
    for (uint32_t i = 0; i < part->a_count; i++)
        before[i] = split(redline, redline->before->items.items[part->a_first + i]);
    for (uint32_t j = 0; j < part->b_count; j++) {
        struct tokens after = split(redline, redline->after->items.items[part->b_first + j]);
        uint32_t most = ALIKE_LEAST - 1;
        for (uint32_t i = next; i < part->a_count; i++) {
            uint32_t percent = likeness(redline, &before[i], &after);
            if (percent > most) {
                most = percent;
                old_of[j] = i + 1;
            }
        }
        if (old_of[j])
            next = old_of[j];
    }
}

static void put_block(struct redline *redline, const struct difference_part *part)
{
    const struct str *before = redline->before->items.items + part->a_first;
    const struct str *after = redline->after->items.items + part->b_first;
    uint32_t *old_of = arena_new_array(redline->arena, part->b_count, uint32_t), next = 0;
    if (part->a_count <= BLOCK_MAX && part->b_count <= BLOCK_MAX)
        pair(redline, part, old_of);
    for (uint32_t j = 0; j < part->b_count; j++) {
        while (old_of[j] && next + 1 < old_of[j])
            put_gone(redline, before[next++]);
        if (old_of[j])
            put_changed(redline, before[next++], after[j]);
        else
            put_came(redline, after[j]);
    }
    while (next < part->a_count)
        put_gone(redline, before[next++]);
}

static uint32_t *number_all(struct redline *redline, const struct redline_text *text)
{
    uint32_t *numbers = arena_new_array(redline->arena, text->items.count, uint32_t);
    for (size_t i = 0; i < text->items.count; i++)
        numbers[i] = number_of(redline, text->items.items[i]);
    return numbers;
}

static void find_parts(struct redline *redline, struct difference *found)
{
    uint32_t *old_numbers = number_all(redline, redline->before);
    uint32_t *new_numbers = number_all(redline, redline->after);
    difference_find(old_numbers, (uint32_t)redline->before->items.count, new_numbers,
                    (uint32_t)redline->after->items.count, redline->arena, found);
}

static void note_moves(struct redline *redline, const struct difference *found)
{
    map_init(&redline->gone, redline->arena);
    map_init(&redline->came, redline->arena);
    for (size_t i = 0; i < found->items.count; i++) {
        const struct difference_part *part = &found->items.items[i];
        for (uint32_t j = 0; !part->same && j < part->a_count; j++)
            *map_at(&redline->gone, redline->before->items.items[part->a_first + j]) = redline;
        for (uint32_t j = 0; !part->same && j < part->b_count; j++)
            *map_at(&redline->came, redline->after->items.items[part->b_first + j]) = redline;
    }
}

bool redline_put(struct buf *out, const struct redline_text *before,
                 const struct redline_text *after, const struct redline_words *words, size_t room)
{
    struct arena scratch;
    struct difference found = {0};
    arena_init(&scratch);
    struct redline redline = {.out = out,
                              .words = words,
                              .before = before,
                              .after = after,
                              .end = out->len + room,
                              .arena = &scratch};
    map_init(&redline.numbers, &scratch);
    find_parts(&redline, &found);
    note_moves(&redline, &found);
    for (size_t i = 0; i < found.items.count; i++)
        if (!found.items.items[i].same)
            put_block(&redline, &found.items.items[i]);
    arena_release(&scratch);
    return !redline.cut;
}

/* What was moved is itself, wherever it went. */
static void find_moved(const struct redline *redline, uint32_t *origins)
{
    struct map places;
    map_init(&places, redline->arena);
    for (size_t i = 0; i < redline->before->items.count; i++)
        *map_at(&places, redline->before->items.items[i]) = (void *)(uintptr_t)(i + 1);
    for (size_t i = 0; i < redline->after->items.count; i++) {
        void *place = map_get(&places, redline->after->items.items[i]);
        if (place)
            origins[i] = (uint32_t)(uintptr_t)place;
    }
}

static void find_versions(struct redline *redline, const struct difference_part *part,
                          uint32_t *origins)
{
    uint32_t *old_of = origins + part->b_first;
    if (part->same || part->a_count > BLOCK_MAX || part->b_count > BLOCK_MAX)
        return;
    pair(redline, part, old_of);
    for (uint32_t i = 0; i < part->b_count; i++)
        old_of[i] += old_of[i] ? part->a_first : 0;
}

uint32_t *redline_origins(const struct redline_text *before, const struct redline_text *after,
                          struct arena *arena)
{
    struct arena scratch;
    struct difference found = {0};
    arena_init(&scratch);
    struct redline redline = {.before = before, .after = after, .arena = &scratch};
    uint32_t *origins = arena_new_array(arena, after->items.count, uint32_t);
    map_init(&redline.numbers, &scratch);
    find_parts(&redline, &found);
    for (size_t i = 0; i < found.items.count; i++)
        find_versions(&redline, &found.items.items[i], origins);
    find_moved(&redline, origins);
    arena_release(&scratch);
    return origins;
}

void redline_find_runs(struct str before, struct str after, struct arena *arena,
                       struct redline_runs *out)
{
    struct arena scratch;
    arena_init(&scratch);
    struct redline redline = {.arena = &scratch};
    map_init(&redline.numbers, &scratch);
    *out = (struct redline_runs){0};
    find_runs(&redline, before, after, out, arena);
    arena_release(&scratch);
}

/* Paragraphs that went and came as they were; `taken` are those of before that are found. */
static void find_travelled(const struct redline *redline, const struct difference *found,
                           uint32_t *origins, bool *taken)
{
    struct map places;
    uint32_t *next = arena_new_array(redline->arena, redline->before->items.count + 1, uint32_t);
    map_init(&places, redline->arena);
    for (size_t i = redline->before->items.count; i-- > 0;) {
        struct str text = redline->before->items.items[i];
        if (taken[i] || text.len < MOVED_LEAST)
            continue;
        void **first = map_at(&places, text);
        next[i] = (uint32_t)(uintptr_t)*first;
        *first = (void *)(uintptr_t)(i + 1);
    }
    for (size_t i = 0; i < found->items.count; i++) {
        const struct difference_part *part = &found->items.items[i];
        for (uint32_t j = 0; !part->same && j < part->b_count; j++) {
            struct str text = redline->after->items.items[part->b_first + j];
            void **first = text.len < MOVED_LEAST ? NULL : map_at(&places, text);
            uint32_t place = first ? (uint32_t)(uintptr_t)*first : 0;
            if (!place)
                continue;
            origins[part->b_first + j] = place;
            taken[place - 1] = true;
            *first = (void *)(uintptr_t)next[place - 1];
        }
    }
}

static void find_untaken_versions(struct redline *redline, const struct difference_part *part,
                                  uint32_t *origins, bool *taken)
{
    uint32_t *old_of = arena_new_array(redline->arena, part->b_count + 1, uint32_t);
    if (part->a_count > BLOCK_MAX || part->b_count > BLOCK_MAX)
        return;
    pair(redline, part, old_of);
    for (uint32_t i = 0; i < part->b_count; i++) {
        uint32_t place = old_of[i] ? part->a_first + old_of[i] : 0;
        if (!place || origins[part->b_first + i] || taken[place - 1])
            continue;
        origins[part->b_first + i] = place;
        taken[place - 1] = true;
    }
}

/* Between two that are found, what is left of the one is held against what is left of the other. */
static void fill_gaps(struct redline *redline, uint32_t *origins, bool *taken)
{
    uint32_t count = (uint32_t)redline->after->items.count, behind = 0;
    for (uint32_t i = 0, end; i < count; i = end) {
        end = i + 1;
        if (origins[i]) {
            behind = origins[i];
            continue;
        }
        while (end < count && !origins[end])
            end++;
        uint32_t next = end < count ? origins[end] - 1 : (uint32_t)redline->before->items.count;
        struct difference_part gap = {behind, next > behind ? next - behind : 0, i, end - i, false};
        find_untaken_versions(redline, &gap, origins, taken);
    }
}

uint32_t *redline_predecessors(const struct redline_text *before, const struct redline_text *after,
                               struct arena *arena)
{
    struct arena scratch;
    struct difference found = {0};
    arena_init(&scratch);
    struct redline redline = {.before = before, .after = after, .arena = &scratch};
    uint32_t *origins = arena_new_array(arena, after->items.count + 1, uint32_t);
    bool *taken = arena_new_array(&scratch, before->items.count + 1, bool);
    map_init(&redline.numbers, &scratch);
    find_parts(&redline, &found);
    for (size_t i = 0; i < found.items.count; i++) {
        const struct difference_part *part = &found.items.items[i];
        for (uint32_t j = 0; part->same && j < part->b_count; j++) {
            origins[part->b_first + j] = part->a_first + j + 1;
            taken[part->a_first + j] = true;
        }
    }
    find_travelled(&redline, &found, origins, taken);
    fill_gaps(&redline, origins, taken);
    arena_release(&scratch);
    return origins;
}
