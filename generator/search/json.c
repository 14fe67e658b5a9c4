#include "search/json.h"

#include "base/arena.h"
#include "search/letters.h"

enum { DATE_YEAR = 512, DATE_MONTH = 32, SCORE_DIGITS = 1000 };

/* A character outside ASCII; of what is not well-formed, which whoever asks may type, each byte as
 * U+FFFD. Returns how many bytes it takes of the text. */
static size_t put_character(struct buf *out, struct str text, size_t at)
{
    size_t behind = at;
    bool broken = letters_next(text, &behind) == LETTERS_REPLACEMENT && behind == at + 1;
    buf_put(out, broken ? STR("\xEF\xBF\xBD") : str_slice(text, at, behind - at));
    return behind - at;
}

static void put_escaped(struct buf *out, uint8_t c)
{
    if (c == '"' || c == '\\')
        buf_put_char(out, '\\');
    if (c >= 0x20) {
        buf_put_char(out, (char)c);
        return;
    }
    buf_put(out, STR("\\u00"));
    buf_put_char(out, "0123456789abcdef"[c >> 4]);
    buf_put_char(out, "0123456789abcdef"[c & 15]);
}

static void put_text(struct buf *out, struct str text)
{
    buf_put_char(out, '"');
    for (size_t i = 0; i < text.len;) {
        if ((uint8_t)text.data[i] < 0x80)
            put_escaped(out, (uint8_t)text.data[i++]);
        else
            i += put_character(out, text, i);
    }
    buf_put_char(out, '"');
}

/* A comma, but behind what opens an object or a list; then the name. */
static void put_comma(struct buf *out)
{
    char last = out->len ? out->data[out->len - 1] : '{';
    if (last != '{' && last != '[')
        buf_put_char(out, ',');
}

static void put_name(struct buf *out, const char *name)
{
    put_comma(out);
    buf_put_char(out, '"');
    buf_put_cstring(out, name);
    buf_put(out, STR("\":"));
}

static void put_field(struct buf *out, const char *name, struct str text)
{
    put_name(out, name);
    put_text(out, text);
}

static void put_number(struct buf *out, const char *name, uint32_t number)
{
    put_name(out, name);
    buf_put_number(out, number);
}

static void put_flag(struct buf *out, const char *name, bool flag)
{
    put_name(out, name);
    buf_put(out, flag ? STR("true") : STR("false"));
}

static void open_list(struct buf *out, const char *name)
{
    put_name(out, name);
    buf_put_char(out, '[');
}

static void open_object(struct buf *out)
{
    put_comma(out);
    buf_put_char(out, '{');
}

/* Places. */

static uint32_t utf16_place(struct str text, uint32_t place)
{
    uint32_t units = 0;
    for (uint32_t i = 0; i < place && i < text.len; i++) {
        uint8_t byte = (uint8_t)text.data[i];
        if ((byte & 0xc0) != 0x80)
            units += byte >= 0xf0 ? 2 : 1;
    }
    return units;
}

static void put_place(struct buf *out, const struct query *query, uint32_t start, uint32_t end)
{
    put_number(out, "start", utf16_place(query->text, start));
    put_number(out, "end", utf16_place(query->text, end));
}

static void put_problems(struct buf *out, const struct query *query)
{
    open_list(out, "problems");
    for (size_t i = 0; i < query->problems.count; i++) {
        const struct query_problem *problem = &query->problems.items[i];
        open_object(out);
        put_field(out, "code", str_from(query_problem_name(problem->kind)));
        put_place(out, query, problem->start, problem->end);
        buf_put_char(out, '}');
    }
    buf_put_char(out, ']');
}

static void put_lacking(struct buf *out, const struct answer *answer)
{
    open_list(out, "missing");
    for (uint32_t i = 0; i < answer->lacking_count; i++) {
        const struct lacking_word *word = &answer->lacking[i];
        open_object(out);
        put_field(out, "word",
                  str_slice(str_from_offset(answer->query->text, word->node->start), 0,
                            word->node->end - word->node->start));
        put_place(out, answer->query, word->node->start, word->node->end);
        open_list(out, "suggestions");
        for (uint32_t j = 0; j < word->suggestions.count; j++) {
            put_comma(out);
            put_text(out, word->suggestions.items[j]);
        }
        buf_put(out, STR("]}"));
    }
    buf_put_char(out, ']');
}

static void put_topic(struct buf *out, struct str id, struct str title)
{
    open_object(out);
    put_field(out, "id", id);
    put_field(out, "title", title);
    buf_put_char(out, '}');
}

static void put_topics(struct buf *out, const struct plan *plan)
{
    open_list(out, "topics");
    for (uint32_t i = 0; i < plan->topic_count; i++)
        put_topic(out, plan->topics[i].id, plan->topics[i].title);
    buf_put_char(out, ']');
}

/* Results. */

static void put_digits(struct buf *out, uint32_t number, int digits)
{
    char text[4];
    for (int i = digits; i-- > 0; number /= 10)
        text[i] = (char)('0' + number % 10);
    buf_put(out, (struct str){text, (size_t)digits});
}

void json_put_date(struct buf *out, uint32_t date)
{
    uint32_t month = date / DATE_MONTH % 16, day = date % DATE_MONTH;
    if (!date)
        return;
    put_digits(out, date / DATE_YEAR, 4);
    if (month) {
        buf_put_char(out, '-');
        put_digits(out, month, 2);
    }
    if (month && day) {
        buf_put_char(out, '-');
        put_digits(out, day, 2);
    }
}

/* The shown part of a text, in turn what is not marked and what is. */
static void put_stretches(struct buf *out, const struct result_passage *passage)
{
    struct str text = passage->passage->text;
    const struct marks *marks = &passage->marks;
    uint32_t at = marks->shown.start, end = marks->shown.end;
    open_list(out, "text");
    for (size_t i = 0; i < marks->items.count; i++) {
        const struct stretch *mark = &marks->items.items[i];
        if (mark->start < at || mark->end > end)
            continue;
        put_comma(out);
        put_text(out, str_slice(text, at, mark->start - at));
        buf_put_char(out, ',');
        put_text(out, str_slice(text, mark->start, mark->end - mark->start));
        at = mark->end;
    }
    put_comma(out);
    put_text(out, str_slice(text, at, end - at));
    buf_put_char(out, ']');
    if (marks->shown.start)
        put_flag(out, "cut_before", true);
    if (end < text.len)
        put_flag(out, "cut_behind", true);
}

static bool was_named(const struct result_passage *passage, uint32_t index)
{
    for (uint32_t i = 0; i < index; i++)
        if (passage->passage->mentions[i].topic == passage->passage->mentions[index].topic)
            return true;
    return false;
}

static void put_passage(struct buf *out, const struct result_passage *passage)
{
    const struct fragment *fragment = passage->fragment;
    open_object(out);
    put_number(out, "number", passage->passage->number);
    if (passage->passage->page)
        put_number(out, "page", passage->passage->page);
    if (passage->passage->section.len)
        put_field(out, "section", passage->passage->section);
    put_stretches(out, passage);
    open_list(out, "topics");
    for (uint32_t i = 0; i < passage->passage->mention_count; i++) {
        const struct fragment_topic *topic = &fragment->topics[passage->passage->mentions[i].topic];
        if (!was_named(passage, i))
            put_topic(out, topic->id, topic->title);
    }
    buf_put(out, STR("]}"));
}

/* The words of the query that a document lacks, as they are written there. */
static void put_without(struct buf *out, const struct answer *answer, uint32_t lacking)
{
    const struct plan_node *root = &answer->plan->nodes[answer->plan->count - 1];
    open_list(out, "without");
    for (uint32_t i = 0; i < root->child_count && i < FINDINGS_SOFT_MAX; i++) {
        const struct query_node *node = answer->plan->nodes[root->children[i]].node;
        if (!(lacking >> i & 1))
            continue;
        put_comma(out);
        put_text(out, str_slice(answer->query->text, node->start, node->end - node->start));
    }
    buf_put_char(out, ']');
}

void json_put_score(struct buf *out, uint32_t score)
{
    buf_put_number(out, score / SCORE_DIGITS);
    buf_put_char(out, '.');
    put_digits(out, score % SCORE_DIGITS, 3);
}

static void put_result(struct buf *out, const struct answer *answer, const struct result *result)
{
    const struct fragment *about = result->about;
    open_object(out);
    put_field(out, "id", about->id);
    put_field(out, "title", about->title);
    put_field(out, "kind", about->type);
    put_field(out, "label", about->label);
    put_name(out, "date");
    buf_put_char(out, '"');
    json_put_date(out, about->date);
    buf_put_char(out, '"');
    put_field(out, "issuer", about->issuer);
    put_name(out, "score");
    json_put_score(out, result->match->score);
    put_number(out, "count", result->match->count);
    put_number(out, "together", result->match->together);
    if (result->match->lacking)
        put_without(out, answer, result->match->lacking);
    open_list(out, "passages");
    for (uint32_t i = 0; i < result->passage_count; i++)
        put_passage(out, &result->passages[i]);
    buf_put(out, STR("]}"));
}

static void put_facets(struct buf *out, const struct facets *facets)
{
    put_flag(out, "facets_whole", facets->whole);
    open_list(out, "facets");
    for (int facet = 0; facet < FACETS; facet++) {
        const struct facet_values *values = &facets->of[facet];
        open_object(out);
        put_field(out, "field", str_from(facet_name((enum facet)facet)));
        open_list(out, "values");
        for (uint32_t i = 0; i < values->count; i++) {
            open_object(out);
            put_field(out, "value", values->items[i].value);
            put_field(out, "label", values->items[i].label);
            put_number(out, "count", values->items[i].count);
            buf_put_char(out, '}');
        }
        buf_put(out, STR("]}"));
    }
    buf_put_char(out, ']');
}

void json_put_answer(struct buf *out, const struct answer *answer)
{
    open_object(out);
    put_field(out, "query", answer->query->text);
    put_problems(out, answer->query);
    put_lacking(out, answer);
    put_topics(out, answer->plan);
    put_number(out, "documents", answer->documents);
    put_number(out, "passages", answer->passages);
    put_flag(out, "whole", answer->whole);
    put_number(out, "partly", answer->partly);
    open_list(out, "results");
    for (uint32_t i = 0; i < answer->result_count; i++)
        if (answer->results[i].about)
            put_result(out, answer, &answer->results[i]);
    buf_put_char(out, ']');
    put_facets(out, &answer->facets);
    buf_put(out, STR("}"));
}
