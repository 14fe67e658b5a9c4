/* What kind of file some bytes are, and what becomes of those that no other program reads. The
 * others are in tests/cli/import.t. Also the draft of a record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "read/convert.h"
#include "read/meta.h"
#include "read/pdf.h"
#include "write/draft.h"

static void assert_format(const char *name, struct str bytes, enum format expected)
{
    enum format format = format_of(str_from(name), bytes);
    if (format != expected)
        fail_msg("'%s' is taken for %s, not for %s", name, format_name(format),
                 format_name(expected));
}

#define MAIL "Received: from a by b\r\nFrom: Noor <noor@example.org>\r\nSubject: Hallo\r\n\r\nDag"

static void test_bytes_come_first(void **state)
{
    (void)state;
    assert_format("brief.pdf", STR("%PDF-1.7\n"), FORMAT_PDF);
    assert_format("brief.txt", STR("%PDF-1.7\n"), FORMAT_PDF);
    assert_format("brief", STR("\r\n\r\n%PDF-1.4"), FORMAT_PDF);
    assert_format("brief.pdf", STR("<!DOCTYPE html><p>Niet gevonden"), FORMAT_HTML);
    assert_format("brief.txt", STR("\xEF\xBB\xBF <HTML>"), FORMAT_HTML);
    assert_format("brief", STR("{\\rtf1 x}"), FORMAT_RTF);
    assert_format("brief.pdf", STR("gewone tekst"), FORMAT_UNKNOWN);
    assert_format("brief.docx", STR("gewone tekst"), FORMAT_UNKNOWN);
    assert_format("brief.doc", STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), FORMAT_DOC);
    assert_format("scan.pdf", STR("\x89PNG\r\n"), FORMAT_IMAGE);
    assert_format("leeg.txt", STR(""), FORMAT_EMPTY);
}

static void test_archives(void **state)
{
    (void)state;
    static const char start[] = "PK\3\4abcdefghijklmnopqrstuvwxyz";
    struct arena arena;
    arena_init(&arena);
    static const struct {
        const char *rest;
        enum format format;
    } cases[] = {
        {"mimetypeapplication/vnd.oasis.opendocument.textPK", FORMAT_ODT},
        {"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK", FORMAT_SHEET},
        {"[Content_Types].xml word/document.xml", FORMAT_DOCX},
        {"[Content_Types].xml xl/workbook.xml", FORMAT_SHEET},
        {"foto.jpg", FORMAT_ARCHIVE},
        {"", FORMAT_ARCHIVE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_format("a.docx", str_format(&arena, "%s%s", start, cases[i].rest), cases[i].format);
    arena_release(&arena);
}

static void test_names_come_next(void **state)
{
    (void)state;
    assert_format("a.txt", STR(MAIL), FORMAT_TEXT);
    assert_format("a.EML", STR("Dag"), FORMAT_MAIL);
    assert_format("a", STR(MAIL), FORMAT_MAIL);
    assert_format("a", STR("Van: Noor\nDatum: 3 mei 2024\n\nDag"), FORMAT_TEXT);
    assert_format("a", STR("From: Noor\n\nDag"), FORMAT_TEXT);
    assert_format("a.htm", STR("<p>Dag"), FORMAT_HTML);
    assert_format("a.TXT", STR("Dag"), FORMAT_TEXT);
    assert_format("README", STR("Dag"), FORMAT_TEXT);
    assert_format("a.bin", STR("a\0b\1"), FORMAT_UNKNOWN);
}

static int read_text(struct arena *arena, const char *name, struct str bytes,
                     struct conversion *out, struct err *err)
{
    return convert(arena, str_from(name), bytes, NULL, out, err);
}

static void test_text_stays_as_it_is(void **state)
{
    (void)state;
    struct arena arena;
    struct conversion out;
    struct err err;
    arena_init(&arena);
    struct str bytes = STR("\xEF\xBB\xBF Een\r\nbrief\xA0\fTwee\f");
    assert_int_equal(read_text(&arena, "a.txt", bytes, &out, &err), 0);
    assert_true(str_equal(out.text, bytes));
    assert_int_equal(out.pages, 2);
    assert_int_equal(out.remarks.count, 0);
    assert_int_equal(read_text(&arena, "a.txt", STR(" \n\f\n "), &out, &err), -1);
    assert_int_equal(read_text(&arena, "a.txt", STR(""), &out, &err), -1);
    assert_non_null(strstr(err.message, "empty"));
    assert_int_equal(read_text(&arena, "a.pdf", STR("Dag"), &out, &err), -1);
    assert_non_null(strstr(err.message, "no PDF"));
    assert_int_equal(read_text(&arena, "a.pdf", STR("<html>"), &out, &err), -1);
    assert_non_null(strstr(err.message, "web page"));
    assert_int_equal(read_text(&arena, "a.xlsx", STR("PK\3\4"), &out, &err), -1);
    assert_non_null(strstr(err.message, "archive"));
    arena_release(&arena);
}

static void test_readable(void **state)
{
    (void)state;
    assert_true(pdf_readable(STR("Besluit")));
    assert_true(pdf_readable(STR("\xEF\x82\xB7 een punt van een lijst")));
    assert_true(pdf_readable(STR("12")));
    assert_false(pdf_readable(STR(" \n\f")));
    assert_false(pdf_readable(STR("- . -")));
    assert_false(pdf_readable(STR("\xEF\x80\xA1\xEF\x80\xA2 \xEF\x80\xA3\xEF\x80\xA4 a")));
    assert_false(pdf_readable(STR("\1\2\3\4 a")));
}

static struct draft_entry entry(const char *name, struct str value)
{
    return (struct draft_entry){.name = name, .value = value};
}

static void fill(struct draft *draft, const char *title, const char *kind, const char *issuer,
                 const char *date)
{
    *draft = (struct draft){.language = "nl"};
    draft->entries[DRAFT_TITLE] = entry("title", str_from(title));
    draft->entries[DRAFT_KIND] = entry("kind", str_from(kind));
    draft->entries[DRAFT_ISSUER] = entry("issuer", str_from(issuer));
    draft->entries[DRAFT_AUTHOR] = entry("author", STR(""));
    draft->entries[DRAFT_ADDRESSEE] = entry("addressee", STR(""));
    draft->entries[DRAFT_DATE] = entry("date", str_from(date));
    draft->entries[DRAFT_REFERENCE] = entry("reference", STR(""));
}

static void assert_name(const struct draft *draft, const char *stem, const char *expected)
{
    struct arena arena;
    arena_init(&arena);
    struct str name = draft_name(&arena, draft, str_from(stem));
    if (!str_equal(name, str_from(expected)))
        fail_msg("the name is '%.*s', not '%s'", STR_ARGS(name), expected);
    arena_release(&arena);
}

static void test_names(void **state)
{
    (void)state;
    struct draft draft;
    fill(&draft, "Voortgang van de wachttijden", "brief", "Gemeente Voorbeeldstad", "2025-03-14");
    assert_name(&draft, "x", "voorbeeldstad-brief-voortgang-wachttijden-2025");
    fill(&draft, "Kamerbrief over jeugdhulp", "kamerbrief",
         "Ministerie van Volksgezondheid, Welzijn en Sport", "2026");
    assert_name(&draft, "x", "vws-kamerbrief-jeugdhulp-2026");
    fill(&draft, "Reflectie op toezicht", "rapport", "Inspectie Gezondheidszorg en Jeugd", "");
    assert_name(&draft, "x", "igj-rapport-reflectie-toezicht");
    fill(&draft, "", "brief", "Zorgkantoor (ZK)", "2024-01");
    assert_name(&draft, "Brief 14 maart", "brief-14-maart-2024");
    fill(&draft, "Overzicht", "", "", "");
    assert_name(&draft, "Afspraken over de zorg 2017", "afspraken-zorg-2017");
    assert_name(&draft, "000_0d29394c288af24c", "overzicht");
    fill(&draft, "", "", "", "");
    assert_name(&draft, "../../etc/passwd", "etc-passwd");
    assert_name(&draft, "...", "bron");
    struct arena arena;
    arena_init(&arena);
    fill(&draft, "Onderwijsarbeidsmarktcommunicatie meervoudigepersoonlijkheidsstoornis", "brief",
         "Langegemeentenaamaandezeekant Ergens", "2024-01-01");
    assert_in_range(draft_name(&arena, &draft, STR("x")).len, 1, DRAFT_NAME_MAX);
    arena_release(&arena);
}

/* What stands in a value stays in that value. */
static void test_record_is_quoted(void **state)
{
    (void)state;
    static const char title[] =
        "a\" \\: # %%\n---\ntype: topic\r\x1b[31m\xC2\x85y\xE2\x80\xA8z\xFF";
    struct arena arena;
    struct draft draft;
    struct diags diags;
    struct meta meta;
    arena_init(&arena);
    diags_init(&diags, &arena);
    fill(&draft, "", "'", "- {a: b}", "2024-02");
    draft.entries[DRAFT_TITLE].value = draft_clean(&arena, str_from(title), DRAFT_VALUE_MAX);
    draft.entries[DRAFT_ISSUER].evidence =
        (struct evidence){3, "label", draft_clean(&arena, str_from(title), DRAFT_LABEL_MAX)};
    draft.entries[DRAFT_KIND].evidence = (struct evidence){4, "calls itself", {0}};
    draft.said_title = STR("niet");
    struct str record = draft_record(&arena, &draft, false);
    meta_read(&arena, STR("x.md"), record, &meta, &diags);
    assert_int_equal(diags.count, 0);
    assert_true(str_equal(meta.title, STR("a\" \\: # %% --- type: topic [31m y z\xEF\xBF\xBD")));
    assert_true(str_equal(meta.more->issuer, STR("- {a: b}")));
    assert_true(str_equal(meta.kind, STR("'")));
    assert_int_equal(meta.more->type.len, 0);
    assert_int_equal(meta.date.month, 2);
    assert_int_equal(meta.more->author.len, 0);
    assert_true(str_find(record, STR("  # regel 3: bij 'a\"")) > 0);
    assert_true(str_find(record, STR("kind: \"'\"  # regel 4: noemt zichzelf zo\n")) > 0);
    record = draft_record(&arena, &draft, true);
    assert_true(str_find(record, STR("  # line 3: label 'a\"")) > 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes_come_first), cmocka_unit_test(test_archives),
        cmocka_unit_test(test_names_come_next),  cmocka_unit_test(test_text_stays_as_it_is),
        cmocka_unit_test(test_readable),         cmocka_unit_test(test_names),
        cmocka_unit_test(test_record_is_quoted),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
