/* A page in hand: the values that its template is shown. docs/themes.md describes them by template.
 */
#ifndef NASLAG_WRITE_PAGE_H
#define NASLAG_WRITE_PAGE_H

#include "write/excerpt.h"
#include "write/site.h"
#include "write/value.h"

struct page {
    const struct site *site;
    struct worker *worker;
    struct arena *arena; /* cleared with the page */
    struct str id;
    struct str root; /* see url_root() */
    struct str lang; /* of what it says, a tag */
    struct value *value;
};

/* Kinds of documents as templates know them: topic, source, note. */
extern const char *const page_kind_names[DOCUMENT_KINDS];

/* Starts a page: what every template is shown. `kind` is home, topic, source, note, list,
 * connections, facts, search, search-help, data or not-found. `title` and `description` may be
 * empty. */
void page_begin(struct page *page, const struct site *site, struct worker *worker, struct str id,
                const char *kind, struct str title, struct str description);

/* Where the same page is in one of the languages. */
struct page_version {
    struct str lang, id;
};

/* Says that the page is written in the language of a document; and that there are these versions of
 * it, of which the first is the main one and one is the page itself: that of a document, and that
 * of a page of the site by its key in the language pack. */
void page_set_language(struct page *page, uint32_t document);
void page_set_versions(struct page *page, const struct page_version *versions, size_t count);
/* The same where others are not the same page: readers are led there, search engines are not. */
void page_lead_to_versions(struct page *page, const struct page_version *versions, size_t count);
size_t page_document_versions(struct page *page, uint32_t document, struct page_version *out);
void page_set_document_versions(struct page *page, uint32_t document);
void page_set_key_versions(struct page *page, const char *key);

/* The language of a document, where it is not that of the page; else empty. `foreign` of an object
 * is set to that, and `text_foreign` to that of the document's passages: empty where only the
 * document itself is in another language. */
struct str page_foreign(struct page *page, uint32_t document);
void page_set_foreign(struct page *page, struct value *object, uint32_t document);
void page_set_text_foreign(struct page *page, struct value *object, uint32_t document);

/* Says that the picture of the page is that of a document, rather than that of the site; see
 * pictures.h. */
void page_set_document_picture(struct page *page, uint32_t document);

/* Says of which commit the site was made, on the few pages that are about all of it: every commit
 * changes them. */
void page_set_commit(struct page *page);

/* Says which commit changed a document last. */
void page_set_document_commit(struct page *page, uint32_t document);

/* Sets the label of the page's kind: `bron`, `organisatie`. */
void page_set_kind_label(struct page *page, struct str label);

/* Pages by what they show; each fills page->value for the template of its kind, but for the text of
 * a topic, source or note: that comes from the document, once it is read again. */
void page_topic(struct page *page, uint32_t document, uint32_t part);
void page_source(struct page *page, uint32_t document);
void page_note(struct page *page, uint32_t document);

/* The text of a topic or note, and that of a source, as made_of_text() tells it. */
void page_set_text(struct page *page, uint32_t document, const struct document *read);
void page_source_text(struct page *page, uint32_t document, const struct document *read);
void page_home(struct page *page, const struct document *intro);
void page_list(struct page *page, enum document_kind kind, const struct document *intro);

/* A long list is cut up by letters, which count from 1, and those in parts; the list's own page
 * leads to them. page_list_letters() gives NULL where one page shows all; the others use what the
 * site has of it. Letter 0 is the list's own page. */
const struct letters *page_list_letters(const struct site *site, enum document_kind kind);
uint32_t page_list_count(const struct site *site, enum document_kind kind);
uint32_t page_list_parts(const struct site *site, enum document_kind kind, uint32_t letter);
struct str page_list_id(struct arena *arena, const struct site *site, enum document_kind kind,
                        uint32_t letter, uint32_t part);
/* The page of the same letter in another edition; where that has none, its list. */
struct str page_list_counterpart(const struct site *site, enum document_kind kind, uint32_t letter,
                                 const struct site *other);
/* The documents on such a page; and what stands for the letters of the list, which all of them
 * have.
 */
const uint32_t *page_list_shown(const struct site *site, enum document_kind kind, uint32_t letter,
                                uint32_t part, uint32_t *count);
struct digest page_list_digest(const struct site *site, struct arena *scratch,
                               enum document_kind kind);
void page_list_letter(struct page *page, enum document_kind kind, uint32_t letter, uint32_t part);
void page_connections(struct page *page);

/* The timeline and the figures: a page over all, and pages of one year or kind each, in parts. */
enum facts_page { FACTS_TIMELINE, FACTS_FIGURES };

struct facts_page_job {
    enum facts_page which;
    uint32_t group, part; /* group 0 is the page over all; parts count from 1 */
    struct str id;
};

struct facts_pages {
    VEC(struct facts_page_job) items;
};

/* Adds the pages that there are: none where there is no such fact. */
void page_facts_list(const struct site *site, enum facts_page which, struct arena *arena,
                     struct facts_pages *out);
struct str page_facts_title(const struct site *site, struct arena *arena,
                            const struct facts_page_job *job);
void page_facts(struct page *page, const struct facts_page_job *job);

/* The facts that are shown on such a page, in one or more calls of `see`; and what stands for the
 * names and sizes of all groups, which each page lists. */
typedef void facts_see(void *context, const struct noted *facts, size_t count);
void page_facts_shown(const struct site *site, struct arena *scratch,
                      const struct facts_page_job *job, facts_see *see, void *context);
struct digest page_facts_groups(const struct site *site, struct arena *scratch,
                                enum facts_page which);

/* Facts as the partial `fact-value` shows them: those of one value that stand together as one, with
 * its label and an entry for each. `below_year`: a heading above them names the year, so that a
 * date which is no more than a year is labelled as one without a month. */
struct value *page_facts_values(struct page *page, const struct noted *facts, size_t count,
                                bool below_year);

/* The id of part `part`, from 1, of the page of one of a topic's documents: see appearances.h. */
struct str page_topic_id(struct arena *arena, const struct site *site, uint32_t document,
                         uint32_t part);

/* Whether a topic has a feed: where history is shown. */
bool page_has_feed(const struct site *site, uint32_t topic);
/* The topic's document that the feed which its page leads to stands beside: itself, unless it is
 * shown with the words of another language that has one too. */
uint32_t page_feed_of(const struct site *site, uint32_t document);

/* The passages in which the topics of a pair meet, in parts; and the list of pairs, in parts, of
 * which the first has number 1 and there may be none. */
struct str page_pair_title(const struct site *site, struct arena *arena, const struct pair *pair);
uint32_t page_pair_parts(const struct pair *pair);
void page_pair(struct page *page, const struct pair *pair, uint32_t part);

/* The passages that the pages of a pair show, in their order. */
typedef void pair_see(void *context, uint32_t document, uint32_t passage);
void page_pair_shown(const struct site *site, struct arena *scratch, const struct pair *pair,
                     pair_see *see, void *context);
uint32_t page_pair_list_parts(const struct site *site);
struct value *page_pair_value(struct page *page, const struct pair *pair);
struct str page_pair_list_id(struct arena *arena, const struct site *site, uint32_t part);
void page_pair_list(struct page *page, uint32_t part);

/* The documents with tag `tag`, and the list of all tags. */
void page_tag(struct page *page, uint32_t tag);
struct str page_tags_id(struct arena *arena, const struct site *site);
void page_tags(struct page *page);

/* Sets `tags` of a document: what it is given in its front matter, each with its page. */
void page_set_tags(struct page *page, uint32_t document);

/* Shared by the pages. */

/* Sets a field of an object; an empty text is left out. A list comes with a flag `has_NAME`, since
 * a template cannot ask whether a list has items without going through them. */
void page_set(struct page *page, struct value *object, const char *name, struct str value);
void page_set_number(struct page *page, struct value *object, const char *name, uint64_t number);
void page_set_flag(struct page *page, struct value *object, const char *name);
#define page_set_list(page, object, name, list)                                                    \
    page_set_list_as((page), (object), name, "has_" name, (list))
void page_set_list_as(struct page *page, struct value *object, const char *name, const char *flag,
                      const struct value *list);

struct str page_url(struct page *page, struct str id);
struct str page_document_url(struct page *page, uint32_t document, struct str anchor);
struct str page_passage_url(struct page *page, uint32_t document, uint32_t passage);
struct str page_kind_label(struct page *page, uint32_t document);
struct str site_kind_label(const struct site *site, uint32_t document);

/* The page of the passages that two topics share; empty where they have none. */
struct str page_pair_url(struct page *page, uint32_t topic, uint32_t other);

/* Sets the ways to the parts of what is shown in `count` pages: `id`, `id.2`, and so on. Of many a
 * choice. */
void page_set_parts(struct page *page, struct str id, uint32_t part, uint32_t count);

/* A passage of another page, for the partial `passage`; `mentions` are those in it. */
struct value *page_passage(struct page *page, uint32_t document, uint32_t number,
                           const struct mention *mentions, size_t count, struct excerpts *excerpts);

/* A document as an item of a list: title, url, kind, kind_label, date, date_iso, issuer, label,
 * abbreviation, description, mentions, documents. */
struct value *page_item(struct page *page, uint32_t document);

void page_set_body(struct page *page, uint32_t document, const struct document *read,
                   const struct node *part, const char *name, uint32_t top_level);
void page_set_contents(struct page *page, const struct document *read);
void page_set_changed(struct page *page, uint32_t document);
void page_set_backlinks(struct page *page, uint32_t document);
void page_set_topics(struct page *page, uint32_t document);
void page_set_date(struct page *page, struct value *item, struct date date);
void page_set_edit_url(struct page *page, uint32_t document);

#endif
