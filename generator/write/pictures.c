#include "write/pictures.h"

#include "base/bytes.h"
#include "base/identity.h"
#include "base/utf8.h"
#include "write/assets.h"

#include <assert.h>

bool pictures_wanted(const struct site *site)
{
    return site->config->pictures && site->config->base_url.len;
}

void pictures_init(struct pictures *pictures, const struct assets *assets)
{
    static const char *const paths[FONTS] = {
        [FONT_TITLE] = "fonts/title.ttf", [FONT_PLAIN] = "fonts/plain.ttf"};
    *pictures = (struct pictures){0};
    for (int i = 0; i < FONTS; i++) {
        const struct asset *font = assets_find(assets, str_from(paths[i]));
        assert(font);
        pictures->fonts[i] = font->content;
    }
    for (int i = 0; i < POOL_MAX; i++)
        pictures->painters[i].fonts = pictures->fonts;
}

void pictures_release(struct pictures *pictures)
{
    for (int i = 0; i < POOL_MAX; i++)
        painter_release(&pictures->painters[i]);
}

/* `bron` as `Bron`. */
static struct str capitalised(struct arena *arena, struct str text)
{
    struct buf out;
    size_t at = 0;
    if (!text.len)
        return text;
    buf_init(&out, arena);
    utf8_put(&out, utf8_upper(utf8_next(text, &at)));
    buf_put(&out, str_from_offset(text, at));
    return buf_str(&out);
}

/* Issuer or author, and the date; of a topic what it is called for short. */
static struct str below_title(const struct site *site, struct arena *arena,
                              const struct outline *outline)
{
    const struct meta *meta = &outline->meta;
    struct str by = meta->more->issuer.len ? meta->more->issuer : meta->more->author;
    struct str date = language_date(site->language, arena, meta->date);
    if (outline->kind == DOCUMENT_TOPIC)
        return str_equal(meta->more->abbreviation, meta->title) ? STR("")
                                                                : meta->more->abbreviation;
    if (outline->kind == DOCUMENT_NOTE || !by.len)
        return date;
    return str_format(arena, "%.*s%s%.*s", STR_ARGS(by), date.len ? " · " : "", STR_ARGS(date));
}

static struct picture of_document(const struct site *site, struct arena *arena, uint32_t document)
{
    static const enum picture_kind kinds[DOCUMENT_KINDS] = {[DOCUMENT_TOPIC] = PICTURE_TOPIC,
                                                            [DOCUMENT_SOURCE] = PICTURE_SOURCE,
                                                            [DOCUMENT_NOTE] = PICTURE_NOTE};
    const struct outline *outline = &site->web->documents[document];
    return (struct picture){.kind = kinds[outline->kind],
                            .label = capitalised(arena, site_kind_label(site, document)),
                            .title = outline->meta.title,
                            .below = below_title(site, arena, outline),
                            .foot = site->title};
}

/* Below the site's title stands what it says of itself, and at the foot where it is. */
static struct picture of_site(const struct site *site)
{
    struct str address = site->config->base_url;
    address = str_from_offset(address, (size_t)str_find(address, STR("://")) + STR("://").len);
    address.len -= str_ends(address, STR("/"));
    return (struct picture){.kind = PICTURE_SITE,
                            .title = site->title,
                            .below = site->config->description,
                            .foot = address};
}

static struct digest made_of(struct arena *arena, const struct picture *picture)
{
    struct buf bytes;
    buf_init(&bytes, arena);
    buf_put_cstring(&bytes, identity_of_program); /* the fonts too */
    bytes_put_number(&bytes, picture->kind);
    bytes_put_text(&bytes, picture->label);
    bytes_put_text(&bytes, picture->title);
    bytes_put_text(&bytes, picture->below);
    bytes_put_text(&bytes, picture->foot);
    return digest_of(buf_str(&bytes));
}

void pictures_publish(struct pictures *pictures, const struct site *site, struct worker *worker,
                      uint32_t document, struct publish *publish)
{
    struct arena *arena = &worker->page;
    bool own = document != NO_DOCUMENT;
    struct picture picture = own ? of_document(site, arena, document) : of_site(site);
    struct str path =
        own ? str_format(arena, "%.*s.png", STR_ARGS(site->web->documents[document].id))
            : str_format(arena, "%.*sindex.png", STR_ARGS(site->prefix));
    struct origin origin = {.made_of = made_of(arena, &picture)};
    if (!publish_keep(publish, path, origin))
        publish_made(publish, path,
                     picture_draw(&pictures->painters[worker->number], arena, &picture), origin);
}
