#include "write/review.h"

/* -- Citations
 * ------------------------------------------------------------------------------------- */

static void put_words(struct sheet *sheet, const char *label, struct str words)
{
    if (!sheet_begin_line(sheet))
        return;
    sheet_put(sheet, label);
    if (words.len)
        sheet_put_text(sheet, words);
    else
        sheet_put(sheet, "nothing");
}

static void put_misplaced(struct sheet *sheet, const struct changeset *changeset,
                          const struct misplaced *misplaced)
{
    const struct outline *documents = changeset->after.web->documents;
    if (!sheet_begin_item(sheet, SHEET_WRONG))
        return;
    sheet_put_path(sheet, documents[misplaced->from].path, misplaced->line);
    sheet_put(sheet, " cites ¶");
    sheet_put_number(sheet, misplaced->number);
    sheet_put(sheet, " of ");
    sheet_put_path(sheet, documents[misplaced->source].path, 0);
    if (misplaced->now) {
        sheet_put(sheet, "; what stood there is ¶");
        sheet_put_number(sheet, misplaced->now);
        sheet_put(sheet, " now");
    } else {
        sheet_put(sheet, "; what stood there is gone, or written anew");
    }
    put_words(sheet, "before: ", misplaced->words);
    put_words(sheet, "now: ", misplaced->words_there);
}

static void put_all_misplaced(struct sheet *sheet, const struct changeset *changeset)
{
    if (!changeset->misplaced.items.count)
        return;
    sheet_begin_section(sheet, "Citations that lead to other words than before",
                        changeset->misplaced.items.count);
    for (size_t i = 0; i < changeset->misplaced.items.count; i++)
        put_misplaced(sheet, changeset, &changeset->misplaced.items.items[i]);
    sheet_end_section(sheet);
}

/* -- Diagnostics
 * ----------------------------------------------------------------------------------- */

static void put_diags(struct sheet *sheet, const char *title, enum sheet_sign sign,
                      const struct changeset_diags *diags)
{
    if (!diags->items.count)
        return;
    sheet_begin_section(sheet, title, diags->items.count);
    for (size_t i = 0; i < diags->items.count; i++) {
        const struct diag *diag = diags->items.items[i];
        if (!sheet_begin_item(sheet, sign))
            continue;
        sheet_put_path(sheet, diag->place.path, diag->place.line);
        sheet_put(sheet, " ");
        sheet_put(sheet, severity_name(diag->severity));
        sheet_put(sheet, ": ");
        sheet_put_message(sheet, sheet_shorten(sheet, diag->message, CHANGESET_TEXT_MAX));
        sheet_put(sheet, " [");
        sheet_put(sheet, diag->code);
        sheet_put(sheet, "]");
    }
    sheet_end_section(sheet);
}

/* -- Pages
 * ----------------------------------------------------------------------------------------- */

static void put_runs(struct sheet *sheet, const struct redline_runs *runs)
{
    for (size_t i = 0; i < runs->items.count; i++) {
        const struct redline_run *run = &runs->items.items[i];
        if (run->kind == REDLINE_REMOVED)
            sheet_put_removed(sheet, run->text);
        else if (run->kind == REDLINE_ADDED)
            sheet_put_added(sheet, run->text);
        else
            sheet_put_text(sheet, run->text);
    }
}

static void put_passage(struct sheet *sheet, const struct passage_change *passage)
{
    static const char *const fates[] = {[PASSAGE_CAME] = "new: ",
                                        [PASSAGE_WENT] = "gone: ",
                                        [PASSAGE_MOVED] = "moved: ",
                                        [PASSAGE_EDITED] = ""};
    if (!sheet_begin_line(sheet))
        return;
    sheet_put(sheet, "¶");
    sheet_put_number(sheet, passage->before ? passage->before : passage->after);
    if (passage->before && passage->after && passage->before != passage->after) {
        sheet_put(sheet, ", now ¶");
        sheet_put_number(sheet, passage->after);
    }
    sheet_put(sheet, passage->fate == PASSAGE_EDITED ? ": " : " ");
    sheet_put(sheet, fates[passage->fate]);
    put_runs(sheet, &passage->runs);
}

static void put_field(struct sheet *sheet, const struct field_change *field)
{
    if (!sheet_begin_line(sheet))
        return;
    sheet_put(sheet, field->name);
    sheet_put(sheet, ": ");
    put_runs(sheet, &field->runs);
    if (field->before.len)
        sheet_put_removed(sheet, field->before);
    if (field->before.len && field->after.len)
        sheet_put(sheet, " ");
    if (field->after.len)
        sheet_put_added(sheet, field->after);
}

/* How many passages changed, and how. */
static void put_counts(struct sheet *sheet, const struct page_change *page)
{
    static const char *const fates[PASSAGE_FATES] = {[PASSAGE_CAME] = " new",
                                                     [PASSAGE_WENT] = " gone",
                                                     [PASSAGE_MOVED] = " moved",
                                                     [PASSAGE_EDITED] = " changed"};
    bool any = page->fields.count;
    for (int fate = 0; fate < PASSAGE_FATES; fate++) {
        if (!page->passage_counts[fate])
            continue;
        sheet_put(sheet, "; ");
        sheet_put_count(sheet, page->passage_counts[fate], "passage", "passages");
        sheet_put(sheet, fates[fate]);
        any = true;
    }
    if (!page->compared)
        sheet_put(sheet, "; too many pages changed to compare its text");
    else if (!any && page->fate == PAGE_CHANGED)
        sheet_put(sheet, "; in how it is written, not in its words");
}

static void put_old_address(struct sheet *sheet, bool redirected)
{
    sheet_put(sheet, redirected ? "; the old address leads on" : "; the old address leads nowhere");
}

static void put_page_details(struct sheet *sheet, const struct page_change *page)
{
    size_t shown = page->passages.count, all = 0;
    for (int fate = 0; fate < PASSAGE_FATES; fate++)
        all += page->passage_counts[fate];
    for (size_t i = 0; i < page->fields.count; i++)
        put_field(sheet, &page->fields.items[i]);
    for (size_t i = 0; i < shown; i++)
        put_passage(sheet, &page->passages.items[i]);
    if (shown < all && sheet_begin_line(sheet)) {
        sheet_put(sheet, "and ");
        sheet_put_number(sheet, all - shown);
        sheet_put(sheet, " more");
    }
}

static void put_page(struct sheet *sheet, const struct changeset *changeset,
                     const struct page_change *page)
{
    static const enum sheet_sign signs[] = {[PAGE_ADDED] = SHEET_ADDED,
                                            [PAGE_GONE] = SHEET_REMOVED,
                                            [PAGE_MOVED] = SHEET_MOVED,
                                            [PAGE_CHANGED] = SHEET_CHANGED};
    const struct outline *old = &changeset->before.web->documents[page->before];
    const struct outline *new = &changeset->after.web->documents[page->after];
    if (!sheet_begin_item(sheet, signs[page->fate]))
        return;
    if (page->fate == PAGE_MOVED) {
        sheet_put_path(sheet, old->path, 0);
        sheet_put(sheet, " is now ");
    }
    const struct outline *shown = page->fate == PAGE_GONE ? old : new;
    sheet_put_path(sheet, shown->path, 0);
    sheet_put(sheet, ", '");
    sheet_put_text(sheet, sheet_shorten(sheet, shown->meta.title, CHANGESET_TEXT_MAX));
    sheet_put(sheet, "'");
    if (page->fate == PAGE_ADDED || page->fate == PAGE_GONE) {
        sheet_put(sheet, ", ");
        sheet_put_count(sheet, shown->passage_count, "passage", "passages");
    }
    if (page->fate == PAGE_GONE || page->fate == PAGE_MOVED)
        put_old_address(sheet, page->redirected);
    if (page->fate == PAGE_CHANGED || page->fate == PAGE_MOVED)
        put_counts(sheet, page);
    put_page_details(sheet, page);
}

static void put_pages(struct sheet *sheet, const struct changeset *changeset)
{
    if (!changeset->pages.count)
        return;
    sheet_begin_section(sheet, "Pages", changeset->pages.count);
    for (size_t i = 0; i < changeset->pages.count; i++)
        put_page(sheet, changeset, &changeset->pages.items[i]);
    sheet_end_section(sheet);
}

/* -- Topics, files
 * --------------------------------------------------------------------------------- */

static void put_names(struct sheet *sheet, const char *label, const struct name_list *names,
                      void put(struct sheet *sheet, struct str text))
{
    enum { NAMES_SHOWN = 20, NAME_SHOWN = 100 };
    if (!names->items.count || !sheet_begin_line(sheet))
        return;
    sheet_put(sheet, label);
    for (size_t i = 0; i < names->items.count && i < NAMES_SHOWN; i++) {
        sheet_put(sheet, i ? ", " : "");
        put(sheet, sheet_shorten(sheet, names->items.items[i], NAME_SHOWN));
    }
    if (names->items.count > NAMES_SHOWN) {
        sheet_put(sheet, " and ");
        sheet_put_number(sheet, names->items.count - NAMES_SHOWN);
        sheet_put(sheet, " more");
    }
}

static void put_mentions(struct sheet *sheet, uint32_t mentions, uint32_t documents)
{
    sheet_put_count(sheet, mentions, "mention", "mentions");
    sheet_put(sheet, " in ");
    sheet_put_count(sheet, documents, "document", "documents");
}

static void put_topic(struct sheet *sheet, const struct changeset *changeset,
                      const struct topic_change *topic)
{
    bool gone = topic->after == NO_DOCUMENT, new = topic->before == NO_DOCUMENT;
    const struct outline *document = gone ? &changeset->before.web->documents[topic->before]
                                          : &changeset->after.web->documents[topic->after];
    uint32_t before = topic->mentions_before, after = topic->mentions_after;
    if (!sheet_begin_item(sheet, gone ? SHEET_REMOVED : new ? SHEET_ADDED : SHEET_CHANGED))
        return;
    sheet_put_text(sheet, sheet_shorten(sheet, document->meta.title, CHANGESET_TEXT_MAX));
    sheet_put(sheet, ": ");
    put_mentions(sheet, gone ? before : after,
                 gone ? topic->documents_before : topic->documents_after);
    if (new || gone)
        return;
    sheet_put(sheet, "; before: ");
    put_mentions(sheet, before, topic->documents_before);
    put_names(sheet, "no name any more: ", &topic->went, sheet_put_removed);
    put_names(sheet, "a name now: ", &topic->came, sheet_put_added);
}

static void put_topics(struct sheet *sheet, const struct changeset *changeset)
{
    if (!changeset->topics.count)
        return;
    sheet_begin_section(sheet, "Topics", changeset->topics.count);
    for (size_t i = 0; i < changeset->topics.count; i++)
        put_topic(sheet, changeset, &changeset->topics.items[i]);
    sheet_end_section(sheet);
}

static void put_files(struct sheet *sheet, const struct changeset *changeset)
{
    static const enum sheet_sign signs[] = {
        [PAGE_ADDED] = SHEET_ADDED, [PAGE_GONE] = SHEET_REMOVED, [PAGE_CHANGED] = SHEET_CHANGED};
    size_t count = changeset->files.count + changeset->settings;
    if (!count)
        return;
    sheet_begin_section(sheet, "Files that are copied, and settings", count);
    if (changeset->settings && sheet_begin_item(sheet, SHEET_CHANGED)) {
        sheet_put_path(sheet, STR(CONFIG_PATH), 0);
        sheet_put(sheet, ", which every page goes by");
    }
    for (size_t i = 0; i < changeset->files.count; i++)
        if (sheet_begin_item(sheet, signs[changeset->files.items[i].fate]))
            sheet_put_path(sheet, changeset->files.items[i].path, 0);
    sheet_end_section(sheet);
}

void review_put(struct sheet *sheet, const struct changeset *changeset, struct str title)
{
    sheet_begin(sheet, title);
    put_all_misplaced(sheet, changeset);
    put_diags(sheet, "Links that are broken now", SHEET_WRONG, &changeset->broken);
    put_diags(sheet, "Other mistakes that are new", SHEET_WRONG, &changeset->noticed);
    put_pages(sheet, changeset);
    put_topics(sheet, changeset);
    put_files(sheet, changeset);
    put_diags(sheet, "Links that were broken and are not any more", SHEET_REMOVED,
              &changeset->mended);
    put_diags(sheet, "Other mistakes that are gone", SHEET_REMOVED, &changeset->settled);
    if (changeset_is_empty(changeset))
        sheet_put_paragraph(sheet, "nothing changes on the site");
    sheet_end(sheet);
}
