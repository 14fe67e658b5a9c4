#include "link/twins.h"

#include "base/arena.h"
#include "base/diag.h"

void twins_init(struct twins *twins, struct arena *arena, const struct snapshot *snapshot,
                const struct outline *documents, uint32_t count, struct str language)
{
    *twins = (struct twins){snapshot, documents, count, language,
                            arena_new_array(arena, count, uint32_t)};
    for (uint32_t i = 0; i < count; i++)
        twins->next[i] = i;
}

struct str twins_language(const struct twins *twins, uint32_t document)
{
    struct str language = outline_language(&twins->documents[document]);
    return language.len ? language : twins->language;
}

bool twins_fits(struct str tag, struct str code)
{
    return str_equal_nocase(str_slice(tag, 0, code.len), code) &&
           (tag.len == code.len || tag.data[code.len] == '-');
}

uint32_t twins_in(const struct twins *twins, uint32_t document, struct str code)
{
    uint32_t at = document;
    do {
        if (twins_fits(twins_language(twins, at), code))
            return at;
        at = twins->next[at];
    } while (at != document);
    return NO_DOCUMENT;
}

uint32_t twins_main(const struct twins *twins, uint32_t document)
{
    uint32_t found = twins_in(twins, document, twins->language), first = document;
    if (found != NO_DOCUMENT)
        return found;
    for (uint32_t at = twins->next[document]; at != document; at = twins->next[at])
        first = at < first ? at : first;
    return first;
}

static bool is_claim(const struct twins *twins, uint32_t document, enum document_kind kind)
{
    return twins->documents[document].kind == kind &&
           twins->documents[document].meta.more->translation_of.text.len;
}

static struct place place_of(const struct outline *document)
{
    const struct meta_text *of = &document->meta.more->translation_of;
    return (struct place){document->path, of->line, of->column};
}

bool twins_are(const struct twins *twins, uint32_t document, uint32_t other)
{
    for (uint32_t at = twins->next[document]; at != document; at = twins->next[at])
        if (at == other)
            return true;
    return document == other;
}

/* The document of a circle that is in the language, or NO_DOCUMENT; `*size` becomes how many there
 * are in the circle. */
static uint32_t find_in_circle(const struct twins *twins, uint32_t document, struct str language,
                               uint32_t *size)
{
    uint32_t at = document, found = NO_DOCUMENT;
    *size = 0;
    do {
        if (str_equal_nocase(twins_language(twins, at), language))
            found = at;
        ++*size;
        at = twins->next[at];
    } while (at != document);
    return found;
}

/* A document in the circle of `other` whose language one in that of `document` has; NO_DOCUMENT
 * where there is none. `*size` becomes how many there are in both. */
static uint32_t find_rival(const struct twins *twins, uint32_t document, uint32_t other,
                           uint32_t *size)
{
    uint32_t at = document, rival = NO_DOCUMENT, count = 0, others = 0;
    do {
        uint32_t found = find_in_circle(twins, other, twins_language(twins, at), &others);
        rival = found != NO_DOCUMENT ? found : rival;
        count++;
        at = twins->next[at];
    } while (at != document);
    *size = count + others;
    return rival;
}

static void join(struct twins *twins, uint32_t document, uint32_t other)
{
    uint32_t next = twins->next[document];
    twins->next[document] = twins->next[other];
    twins->next[other] = next;
}

enum mistake { NO_MISTAKE, SAME_LANGUAGE, LANGUAGE_TAKEN, TOO_MANY };

/* What stands in the way of a claim on `other`, which is of the same kind; `*rival` is the document
 * that does. */
static enum mistake mistake_in(const struct twins *twins, uint32_t document, uint32_t other,
                               uint32_t *rival)
{
    uint32_t size = 0;
    *rival = other;
    if (str_equal_nocase(twins_language(twins, document), twins_language(twins, other)))
        return SAME_LANGUAGE;
    if (twins_are(twins, document, other))
        return NO_MISTAKE;
    uint32_t found = find_rival(twins, document, other, &size);
    *rival = found;
    return found != NO_DOCUMENT ? LANGUAGE_TAKEN : size > TWINS_MAX ? TOO_MANY : NO_MISTAKE;
}

static void say_mistake(const struct twins *twins, uint32_t document, uint32_t rival,
                        enum mistake mistake, struct diags *diags)
{
    struct place place = place_of(&twins->documents[document]);
    if (mistake == SAME_LANGUAGE)
        diag_add(diags, DIAG_WARNING, "translation-language", place,
                 "'%.*s' is in the same language, '%.*s'; no translation is shown",
                 STR_ARGS(twins->documents[rival].path), STR_ARGS(twins_language(twins, rival)));
    else if (mistake == LANGUAGE_TAKEN)
        diag_add(diags, DIAG_ERROR, "translation-twice", place,
                 "'%.*s' is that translation already; this one is shown on its own",
                 STR_ARGS(twins->documents[rival].path));
    else
        diag_add(diags, DIAG_ERROR, "too-many-translations", place,
                 "a text has no more than %d translations; this one is shown on its own",
                 TWINS_MAX - 1);
}

/* A name that means no document of the same kind. */
static void say_missing(const struct twins *twins, struct arena *scratch, uint32_t document,
                        const struct resolver *all, struct diags *diags)
{
    static const char *const kinds[DOCUMENT_KINDS] = {
        [DOCUMENT_TOPIC] = "topic", [DOCUMENT_SOURCE] = "source", [DOCUMENT_NOTE] = "note"};
    const struct outline *outline = &twins->documents[document];
    struct str name = outline->meta.more->translation_of.text;
    struct resolution found = resolve_wikilink(all, scratch, document, name);
    if (found.to.document == NO_DOCUMENT)
        diag_add(diags, DIAG_WARNING, "translation-missing", place_of(outline),
                 "nothing is called '%.*s'; no translation is shown", STR_ARGS(name));
    else
        diag_add(diags, DIAG_WARNING, "translation-kind", place_of(outline),
                 "'%.*s' is a %s, not a %s; no translation is shown",
                 STR_ARGS(twins->documents[found.to.document].path),
                 kinds[twins->documents[found.to.document].kind], kinds[outline->kind]);
}

/* What a document says that it is a translation of; of two it is never itself. */
static uint32_t find_claimed(const struct twins *twins, const struct resolver *kin,
                             struct arena *scratch, uint32_t document)
{
    struct str name = twins->documents[document].meta.more->translation_of.text;
    struct resolution found = resolve_wikilink(kin, scratch, document, name);
    bool itself = found.to.document == document && found.other != NO_DOCUMENT;
    return itself ? found.other : found.to.document;
}

static void claim(struct twins *twins, const struct resolver *kin, struct arena *scratch,
                  uint32_t document, const struct resolver *all, struct diags *diags)
{
    uint32_t other = find_claimed(twins, kin, scratch, document), rival = NO_DOCUMENT;
    if (other == NO_DOCUMENT) {
        if (all)
            say_missing(twins, scratch, document, all, diags);
        return;
    }
    enum mistake mistake = mistake_in(twins, document, other, &rival);
    if (mistake && all)
        say_mistake(twins, document, rival, mistake, diags);
    else if (!mistake && !twins_are(twins, document, other))
        join(twins, document, other);
}

void twins_find(struct twins *twins, enum document_kind kind, const struct resolver *all,
                struct diags *diags)
{
    struct arena scratch;
    struct resolver kin;
    bool claimed = false;
    for (uint32_t i = 0; i < twins->count; i++) {
        claimed |= is_claim(twins, i, kind);
        if (twins->documents[i].kind == kind)
            twins->next[i] = i;
    }
    if (!claimed)
        return;
    arena_init(&scratch);
    resolver_init_kind(&kin, &scratch, twins->snapshot, twins->documents, twins->count, kind);
    for (uint32_t i = 0; i < twins->count; i++)
        if (is_claim(twins, i, kind))
            claim(twins, &kin, &scratch, i, all, diags);
    arena_release(&scratch);
}
