#include "cli/results.h"

#include "base/diag.h"
#include "base/utf8.h"
#include "search/json.h"
#include "write/escape.h"

#include <string.h>

void results_put_json(struct buf *out, const struct answer *answer)
{
    json_put_answer(out, answer);
    buf_put_char(out, '\n');
}

/* -- Tables -------------------------------------------------------------------------------------
 */

static void put_cell(struct buf *out, struct str text)
{
    struct buf safe;
    buf_init(&safe, out->arena);
    if (text.len && memchr("=+-@\t\r", text.data[0], 6))
        buf_put_char(&safe, '\'');
    buf_put(&safe, text);
    escape_csv(out, buf_str(&safe));
}

static void put_row(struct buf *out, const struct result *result,
                    const struct result_passage *passage, struct str query)
{
    if (query.data) {
        put_cell(out, query);
        buf_put_char(out, ',');
    }
    put_cell(out, result->about->id);
    buf_put_char(out, ',');
    buf_put_number(out, passage->passage->number);
    buf_put_char(out, ',');
    if (passage->passage->page)
        buf_put_number(out, passage->passage->page);
    buf_put_char(out, ',');
    json_put_date(out, result->about->date);
    buf_put_char(out, ',');
    put_cell(out, result->about->title);
    buf_put_char(out, ',');
    json_put_score(out, result->match->score);
    buf_put_char(out, ',');
    put_cell(out, passage->passage->text);
    buf_put(out, STR("\r\n"));
}

void results_put_rows(struct buf *out, const struct answer *answer, struct str query)
{
    for (uint32_t i = 0; i < answer->result_count; i++)
        for (uint32_t j = 0; j < answer->results[i].passage_count; j++)
            put_row(out, &answer->results[i], &answer->results[i].passages[j], query);
}

/* -- Text ---------------------------------------------------------------------------------------
 */

static void put_text(struct buf *out, const struct result_passage *passage)
{
    struct str text = passage->passage->text;
    const struct marks *marks = &passage->marks;
    uint32_t at = marks->shown.start, end = marks->shown.end;
    if (at)
        buf_put(out, STR("… "));
    for (size_t i = 0; i < marks->items.count; i++) {
        struct stretch mark = marks->items.items[i];
        if (mark.start < at || mark.end > end)
            continue;
        diag_put_safely(out, str_slice(text, at, mark.start - at));
        buf_put_char(out, '*');
        diag_put_safely(out, str_slice(text, mark.start, mark.end - mark.start));
        buf_put_char(out, '*');
        at = mark.end;
    }
    diag_put_safely(out, str_slice(text, at, end - at));
    if (end < text.len)
        buf_put(out, STR(" …"));
}

static void put_about(struct buf *out, const struct fragment *about)
{
    diag_put_safely(out, about->title);
    buf_put(out, STR("\n    "));
    diag_put_safely(out, about->label);
    if (about->issuer.len) {
        buf_put(out, STR(", "));
        diag_put_safely(out, about->issuer);
    }
    if (about->date) {
        buf_put(out, STR(", "));
        json_put_date(out, about->date);
    }
    buf_put(out, STR(" - "));
    diag_put_safely(out, about->id);
    buf_put(out, STR(".html\n"));
}

static void put_result(struct buf *out, const struct result *result, uint32_t number)
{
    buf_put_char(out, '\n');
    buf_put_number(out, number);
    buf_put(out, STR(". "));
    put_about(out, result->about);
    for (uint32_t i = 0; i < result->passage_count; i++) {
        const struct fragment_passage *passage = result->passages[i].passage;
        buf_printf(out, "    #p%u", (unsigned)passage->number);
        if (passage->page)
            buf_printf(out, " p. %u", (unsigned)passage->page);
        buf_put(out, STR(": "));
        put_text(out, &result->passages[i]);
        buf_put_char(out, '\n');
    }
    if (result->match->count > result->passage_count)
        buf_printf(out, "    and %u more\n",
                   (unsigned)(result->match->count - result->passage_count));
}

static void put_lacking(struct buf *out, const struct answer *answer)
{
    for (uint32_t i = 0; i < answer->lacking_count; i++) {
        const struct lacking_word *word = &answer->lacking[i];
        buf_put(out, STR("nothing has '"));
        diag_put_safely(out, str_slice(answer->query->text, word->node->start,
                                       word->node->end - word->node->start));
        buf_put_char(out, '\'');
        for (uint32_t j = 0; j < word->suggestions.count; j++) {
            buf_put(out, j ? STR(", '") : STR("; did you mean '"));
            diag_put_safely(out, word->suggestions.items[j]);
            buf_put_char(out, '\'');
        }
        buf_put_char(out, '\n');
    }
}

static void put_count(struct buf *out, uint32_t count, const char *noun)
{
    buf_printf(out, "%u %s%s", (unsigned)count, noun, count == 1 ? "" : "s");
}

void results_put_text(struct buf *out, const struct answer *answer, uint32_t first)
{
    put_lacking(out, answer);
    if (answer->passages || !answer->documents) {
        put_count(out, answer->passages, "passage");
        buf_put(out, STR(" in "));
    }
    put_count(out, answer->documents, "document");
    if (!answer->whole)
        buf_put(out, STR(" or more"));
    if (answer->passages && answer->passages < answer->documents)
        buf_put(out, STR(", some found by their title"));
    if (answer->partly) {
        buf_put(out, STR("; with some of the words "));
        put_count(out, answer->partly, "document");
    }
    buf_put_char(out, '\n');
    for (uint32_t i = 0; i < answer->result_count; i++)
        put_result(out, &answer->results[i], first + i + 1);
}

/* -- Problems -----------------------------------------------------------------------------------
 */

static const char *message_of(enum query_problem_kind kind)
{
    static const char *const messages[] = {
        [QUERY_QUOTE_OPEN] = "the quotation mark is not closed",
        [QUERY_BRACKET_OPEN] = "the bracket is not closed",
        [QUERY_BRACKET_UNOPENED] = "the bracket was not opened",
        [QUERY_OPERAND_MISSING] = "something is missing beside it",
        [QUERY_NEAR_DISTANCE] = "a distance is a number of words from 1 to 999",
        [QUERY_NEAR_OPERAND] = "only words and phrases can be near each other",
        [QUERY_FIELD_UNKNOWN] =
            "no such field: there are topic, source, issuer, kind, year and tag",
        [QUERY_FIELD_EMPTY] = "a value is missing behind the colon",
        [QUERY_YEAR_WRONG] = "a year has four digits, and a range two dots: 2024..2026",
        [QUERY_ONLY_NOT] = "nothing says what is wanted, only what is not",
        [QUERY_STAR_SHORT] = "a star goes with two letters at least",
        [QUERY_TOO_LONG] = "the query is too long from here on",
        [QUERY_TOO_DEEP] = "too many brackets in each other",
    };
    return messages[kind];
}

static size_t columns(struct str text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.len;)
        count += utf8_width(utf8_next(text, &at));
    return count;
}

static void repeat(struct buf *out, char c, size_t count)
{
    while (count--)
        buf_put_char(out, c);
}

void results_put_problems(struct buf *out, const struct query *query)
{
    for (size_t i = 0; i < query->problems.count; i++) {
        const struct query_problem *problem = &query->problems.items[i];
        struct str place = str_slice(query->text, problem->start, problem->end - problem->start);
        size_t width = columns(place);
        buf_printf(out, "naslag: %s [%s]\n  ", message_of(problem->kind),
                   query_problem_name(problem->kind));
        diag_put_safely(out, query->text);
        buf_put(out, STR("\n  "));
        repeat(out, ' ', columns(str_slice(query->text, 0, problem->start)));
        repeat(out, '^', width ? width : 1);
        buf_put_char(out, '\n');
    }
}
