#include "write/glyphs.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"

#include <assert.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

enum {
    SHAPES_MAX = 4096 /* kept: some 10 MB at worst, and more than any language of letters has */
};

struct glyphs {
    FT_Library library;
    FT_Face faces[FONTS];
    struct arena own, arena; /* this struct; the shapes that are kept */
    struct map shapes;
};

struct key {
    uint32_t font, index, size;
};

struct glyphs *glyphs_open(const struct str fonts[FONTS])
{
    struct arena own;
    arena_init(&own);
    struct glyphs *glyphs = arena_new(&own, struct glyphs);
    glyphs->own = own;
    arena_init(&glyphs->arena);
    map_init(&glyphs->shapes, &glyphs->arena);
    if (FT_Init_FreeType(&glyphs->library))
        err_out_of_memory();
    for (int i = 0; i < FONTS; i++) {
        FT_Error error = FT_New_Memory_Face(glyphs->library, (const FT_Byte *)fonts[i].data,
                                            (FT_Long)fonts[i].len, 0, &glyphs->faces[i]);
        if (error == FT_Err_Out_Of_Memory)
            err_out_of_memory();
        assert(!error && glyphs->faces[i]->units_per_EM == FONT_UNITS);
    }
    return glyphs;
}

void glyphs_release(struct glyphs *glyphs)
{
    struct arena own = glyphs->own;
    FT_Done_FreeType(glyphs->library); /* its fonts too */
    arena_release(&glyphs->arena);
    arena_release(&own);
}

struct glyph glyphs_find(const struct glyphs *glyphs, enum font font, uint32_t code_point)
{
    for (unsigned i = 0; i < FONTS; i++) {
        enum font at = (enum font)((font + i) % FONTS);
        uint32_t index = FT_Get_Char_Index(glyphs->faces[at], code_point);
        if (index)
            return (struct glyph){at, index};
    }
    return (struct glyph){font, 0};
}

int glyphs_advance(const struct glyphs *glyphs, struct glyph glyph)
{
    FT_Fixed advance = 0;
    FT_Get_Advance(glyphs->faces[glyph.font], glyph.index, FT_LOAD_NO_SCALE, &advance);
    return (int)advance;
}

int glyphs_kerning(const struct glyphs *glyphs, struct glyph before, struct glyph glyph)
{
    FT_Vector move = {0, 0};
    if (before.font == glyph.font)
        FT_Get_Kerning(glyphs->faces[glyph.font], before.index, glyph.index, FT_KERNING_UNSCALED,
                       &move);
    return (int)move.x;
}

/* A letter that can't be drawn is an empty one. */
static struct shape draw(struct glyphs *glyphs, struct glyph glyph, unsigned size)
{
    FT_Face face = glyphs->faces[glyph.font];
    FT_GlyphSlot slot = face->glyph;
    if (FT_Set_Pixel_Sizes(face, 0, size) ||
        FT_Load_Glyph(face, glyph.index, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP | FT_LOAD_RENDER) ||
        slot->bitmap.pixel_mode != FT_PIXEL_MODE_GRAY)
        return (struct shape){0};
    size_t width = slot->bitmap.width, height = slot->bitmap.rows;
    uint8_t *coverage = arena_alloc(&glyphs->arena, width * height);
    for (size_t y = 0; y < height; y++)
        memcpy(coverage + y * width, slot->bitmap.buffer + (ptrdiff_t)y * slot->bitmap.pitch,
               width);
    return (struct shape){slot->bitmap_left, slot->bitmap_top, (int)width, (int)height, coverage};
}

/* Where too many are kept, it begins anew. */
struct shape glyphs_shape(struct glyphs *glyphs, struct glyph glyph, unsigned size)
{
    const struct key key = {(uint32_t)glyph.font, glyph.index, size};
    const struct str text = {(const char *)&key, sizeof key};
    struct shape *shape = map_get(&glyphs->shapes, text);
    if (shape)
        return *shape;
    if (glyphs->shapes.count >= SHAPES_MAX) {
        arena_clear(&glyphs->arena);
        map_init(&glyphs->shapes, &glyphs->arena);
    }
    shape = arena_new(&glyphs->arena, struct shape);
    *shape = draw(glyphs, glyph, size);
    *map_at(&glyphs->shapes, str_copy(&glyphs->arena, text)) = shape;
    return *shape;
}
