/* What a page rests on, as a digest: of more than the page shows, but sooner told than what it is
 * made of (made_of.h). While a page's grounds are the same, so is the page, and not even its values
 * need be made; where they are not, what it is made of decides.
 *
 * Of each document there is a digest of all that pages can say of it: its content, by the identity
 * that pass 1 gave it, and what else its outline got from other documents. A page rests on the
 * documents that it shows anything of, each with all of it. So a page must be told here of every
 * document that it shows more of than where a link leads. */
#ifndef NASLAG_WRITE_GROUNDS_H
#define NASLAG_WRITE_GROUNDS_H

#include "base/digest.h"
#include "write/page.h"
#include "write/topic_facts.h"

struct grounds;

/* Works out those of all documents and topics, with all threads. All is the site's arena's. The
 * editions must be complete; they must live as long. */
const struct grounds *grounds_make(const struct site *site);

/* By document: what stands for all that it says and where its links lead; and the same with how
 * often it is named, where it is a topic. DIGEST_NONE where that can't be told. */
const struct digest *grounds_said(const struct grounds *grounds);
const struct digest *grounds_shown(const struct grounds *grounds);

/* Of the pages of an edition, as page.h and topic_facts.h name them. `scratch` is used while it
 * runs. DIGEST_NONE where they can't be told. */
struct digest grounds_of_document(const struct grounds *grounds, struct arena *scratch,
                                  const struct site *edition, uint32_t document);
struct digest grounds_of_topic_part(const struct grounds *grounds, struct arena *scratch,
                                    const struct site *edition, uint32_t document, uint32_t part);
struct digest grounds_of_topic_facts(const struct grounds *grounds, struct arena *scratch,
                                     const struct site *edition, uint32_t document);
struct digest grounds_of_pair(const struct grounds *grounds, struct arena *scratch,
                              const struct site *edition, const struct pair *pair);
struct digest grounds_of_list(const struct grounds *grounds, struct arena *scratch,
                              const struct site *edition, enum document_kind kind, uint32_t letter,
                              uint32_t part);
struct digest grounds_of_facts(const struct grounds *grounds, struct arena *scratch,
                               const struct site *edition, const struct facts_page_job *job);

/* What one of a topic's pages of facts is made of: less than the grounds of all of them, but its
 * facts must be in order for it. */
struct digest grounds_of_shown_facts(const struct grounds *grounds, struct arena *scratch,
                                     const struct site *edition, uint32_t document,
                                     const struct finds *shown);

/* What the pages of a pair are made of: likewise, but its passages must be found for it. */
struct digest grounds_of_shown_pair(const struct grounds *grounds, struct arena *scratch,
                                    const struct site *edition, const struct pair *pair);

/* Of the history of a document; `history` is made_of_history(). */
struct digest grounds_of_history(const struct grounds *grounds, struct arena *scratch,
                                 const struct site *edition, uint32_t document,
                                 struct digest history);

/* Of a topic's feed, after the histories of all documents: `histories` has by document
 * made_of_history(), where it has one of more than one revision; NULL where there are none. */
void grounds_tell_news(const struct grounds *grounds, const struct digest *histories);
struct digest grounds_of_feed(const struct grounds *grounds, struct arena *scratch,
                              const struct site *edition, uint32_t document);

#endif
