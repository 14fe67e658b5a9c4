#include "write/picture.h"

#include "base/buf.h"
#include "base/utf8.h"

/* Pixels. */
enum {
    MARGIN = 80,
    ROOM = CANVAS_WIDTH - 2 * MARGIN,
    BAND = 24,
    TAB_HEIGHT = 64,
    TAB_PADDING = 24,
    TAB_BASELINE = BAND + 42,
    TAB_CORNER = 10,
    BLOCK_TOP = BAND + TAB_HEIGHT, /* between here and the rule stand the title and what is below */
    RULE = 530,
    RULE_HEIGHT = 2,
    FOOT_BASELINE = 582,
    GAP = 24, /* between the title and what is below it */
    SMALL = 32,
    SMALL_LEADING = 44,
    MARK = 26,
    MARK_GAP = 14,
    SITE_MARK = 56 /* the largest */
};

enum {
    TEXT_MAX = 2048,   /* bytes that are looked at: four times what finds room */
    LETTERS_MAX = 512, /* likewise */
    MARKS_MAX = 2,     /* accents on a letter: languages have no more, mischief has hundreds */
    LINES_MAX = 4,
    BELOW_LINES = 2,
    LEADING = 117 /* of a title, in hundredths of its size */
};

/* The largest size in which a title finds room in so many lines. */
static const struct step {
    unsigned size, lines;
} steps[] = {{88, 2}, {74, 3}, {62, 4}, {54, 4}};

enum { STEPS = sizeof steps / sizeof *steps };

/* Colours. Those of a palette run from the paper to the ink and from the paper to the colour of the
 * kind, in equal steps. A pen says which of them shows how much of a pixel is covered. */

enum { INK_FIRST = 1, INK_LAST = 8, KIND_FIRST = 9, KIND_LAST = 15 };
enum { KIND_STEPS = KIND_LAST - KIND_FIRST + 1, SITE_STEPS = 2 };
enum { SAMPLES = 4 /* in a row of a pixel of a mark */ };

static const struct colour paper = {0xf4, 0xf7, 0xf6}, ink = {0x17, 0x25, 0x2a};
static const struct colour kind_colours[] = {[PICTURE_TOPIC] = {0x00, 0x5f, 0x66},
                                             [PICTURE_SOURCE] = {0x8a, 0x24, 0x52},
                                             [PICTURE_NOTE] = {0x6f, 0x4e, 0x00}};

struct pen {
    unsigned first, steps; /* numbers in the palette, the faintest first */
    bool reversed;         /* paper on the colour of the kind */
};

static const struct pen ink_pen = {INK_FIRST, INK_LAST - INK_FIRST + 1, false};
static const struct pen soft_pen = {INK_FIRST, 6, false};
static const struct pen kind_pen = {KIND_FIRST, KIND_STEPS, false};
static const struct pen paper_pen = {KIND_FIRST, KIND_STEPS, true};
enum { RULE_COLOUR = INK_FIRST + 1 };

/* On the picture of the site all kinds have their colour, each in fewer steps. */
static struct pen site_pen(int kind)
{
    return (struct pen){KIND_FIRST + (unsigned)kind * SITE_STEPS, SITE_STEPS, false};
}

static uint8_t between(unsigned from, unsigned to, unsigned step, unsigned count)
{
    return (uint8_t)((from * (count - step) + to * step + count / 2) / count);
}

static void set_ramp(struct colour *palette, struct pen pen, struct colour colour)
{
    for (unsigned i = 1; i <= pen.steps; i++)
        palette[pen.first + i - 1] =
            (struct colour){between(paper.red, colour.red, i, pen.steps),
                            between(paper.green, colour.green, i, pen.steps),
                            between(paper.blue, colour.blue, i, pen.steps)};
}

static void set_palette(struct colour palette[CANVAS_COLOURS], enum picture_kind kind)
{
    palette[0] = paper;
    set_ramp(palette, ink_pen, ink);
    palette[KIND_LAST] = ink;
    if (kind != PICTURE_SITE)
        set_ramp(palette, kind_pen, kind_colours[kind]);
    else
        for (int i = 0; i < PICTURE_SITE; i++)
            set_ramp(palette, site_pen(i), kind_colours[i]);
}

/* Which colour shows how much of a pixel is covered. */
static void set_colours(struct pen pen, uint8_t colours[CANVAS_COVERED + 1])
{
    for (unsigned i = 0; i <= CANVAS_COVERED; i++) {
        unsigned step = (i * pen.steps + CANVAS_COVERED / 2) / CANVAS_COVERED;
        if (pen.reversed)
            step = pen.steps - step;
        colours[i] = (uint8_t)(step ? pen.first + step - 1 : 0);
    }
}

/* Marks. */

/* Whether a point of the square of a mark, which is 100 wide and high, is in it: a disc, a sheet
 * with a corner cut off, ruled lines. */
static bool is_inside(enum picture_kind kind, int x, int y)
{
    switch (kind) {
    case PICTURE_TOPIC:
        return (x - 50) * (x - 50) + (y - 50) * (y - 50) < 50 * 50;
    case PICTURE_SOURCE:
        return x >= 12 && x < 88 && x - 58 < y;
    case PICTURE_NOTE:
        return y < 22 || (y >= 39 && y < 61) || y >= 78;
    case PICTURE_SITE:
        break;
    }
    return false;
}

static void draw_mark(struct painter *painter, struct pen pen, enum picture_kind kind, int left,
                      int top, int size)
{
    uint8_t coverage[SITE_MARK * SITE_MARK], colours[CANVAS_COVERED + 1];
    for (int at = 0; at < size * size; at++) {
        unsigned hits = 0;
        for (int i = 0; i < SAMPLES * SAMPLES; i++)
            hits += is_inside(kind, (at % size * SAMPLES + i % SAMPLES) * 100 / (size * SAMPLES),
                              (at / size * SAMPLES + i / SAMPLES) * 100 / (size * SAMPLES));
        coverage[at] = (uint8_t)(hits * CANVAS_COVERED / (SAMPLES * SAMPLES));
    }
    set_colours(pen, colours);
    canvas_paint(&painter->canvas, left, top, size, size, coverage, colours);
}

/* Texts. */

struct letter {
    struct glyph glyph;
    int advance; /* in units of the font, with the kerning before it */
    int kerning;
    bool space;  /* a line may end here, and does not show it */
    bool joint;  /* a line may end behind it */
    bool accent; /* stands on the letter before */
};

struct letters {
    struct letter items[LETTERS_MAX];
    unsigned count;
    bool cut; /* there would be more */
    struct letter ellipsis;
};

struct line {
    unsigned start, end;
    bool cut; /* an ellipsis follows */
};

static struct letter letter_of(const struct glyphs *glyphs, enum font font, uint32_t code_point,
                               const struct letter *before)
{
    struct letter letter = {.glyph = glyphs_find(glyphs, font, code_point)};
    letter.space = utf8_is_space(code_point) && code_point != 0xa0 && code_point != 0x202f;
    letter.joint = code_point == '-' || code_point == '/' || code_point == 0x2013;
    letter.accent = before && !utf8_width(code_point);
    if (letter.space)
        letter.glyph = glyphs_find(glyphs, font, ' ');
    if (before && !letter.accent)
        letter.kerning = glyphs_kerning(glyphs, before->glyph, letter.glyph);
    if (!letter.accent)
        letter.advance = glyphs_advance(glyphs, letter.glyph) + letter.kerning;
    return letter;
}

/* Without what is not seen, spaces as one, and of accents as many as a letter may have. */
static void read_letters(const struct glyphs *glyphs, struct arena *arena, enum font font,
                         struct str text, struct letters *out)
{
    unsigned accents = 0;
    out->cut = text.len > TEXT_MAX;
    text = utf8_compose(arena, utf8_repair(arena, str_slice(text, 0, TEXT_MAX)));
    out->count = 0;
    out->ellipsis = letter_of(glyphs, font, 0x2026, NULL);
    for (size_t at = 0; at < text.len;) {
        uint32_t code_point = utf8_next(text, &at);
        const struct letter *before = out->count ? &out->items[out->count - 1] : NULL;
        if (utf8_is_format(code_point))
            continue;
        struct letter letter = letter_of(glyphs, font, code_point < ' ' ? ' ' : code_point, before);
        accents = letter.accent ? accents + 1 : 0;
        if (accents > MARKS_MAX || (letter.space && (!before || before->space)))
            continue;
        out->cut |= out->count == LETTERS_MAX;
        if (out->count == LETTERS_MAX)
            return;
        out->items[out->count++] = letter;
    }
}

static int64_t width_of(const struct letters *letters, struct line line)
{
    int64_t width = line.cut ? letters->ellipsis.advance : 0;
    for (unsigned i = line.start; i < line.end; i++)
        width += letters->items[i].advance;
    return width;
}

/* Where the line from `start` ends, which is no wider than `room` units. A word that is wider is
 * broken, which sets `*broken`. */
static unsigned end_of_line(const struct letters *letters, unsigned start, int64_t room,
                            bool *broken)
{
    unsigned last = start;
    int64_t width = 0;
    for (unsigned i = start; i < letters->count; i++) {
        const struct letter *letter = &letters->items[i];
        width += letter->advance;
        if (letter->space && i > start)
            last = i;
        if (width > room && i > start && !letter->space) {
            *broken |= last == start;
            return last > start ? last : i;
        }
        if (letter->joint)
            last = i + 1;
    }
    return letters->count;
}

static unsigned skip_spaces(const struct letters *letters, unsigned at)
{
    while (at < letters->count && letters->items[at].space)
        at++;
    return at;
}

/* An ellipsis takes the place of what does not fit before it, of whole words where that leaves half
 * of the line. */
static void cut_line(const struct letters *letters, struct line *line, int64_t room)
{
    line->cut = true;
    while (line->end > line->start + 1 &&
           (width_of(letters, *line) > room || letters->items[line->end - 1].space ||
            letters->items[line->end - 1].accent))
        line->end--;
    unsigned end = line->end, least = line->start + (end - line->start) / 2;
    while (end > least && end < letters->count && !letters->items[end].space)
        end--;
    if (end > least)
        line->end = end;
}

/* Cuts a text into lines, of which `lines` gets the first `max`; returns how many there would be.
 */
static unsigned wrap(const struct letters *letters, int64_t room, unsigned max, struct line *lines,
                     bool *broken)
{
    unsigned count = 0;
    *broken = false;
    for (unsigned at = skip_spaces(letters, 0); at < letters->count; count++) {
        struct line line = {at, end_of_line(letters, at, room, broken), false};
        if (count < max)
            lines[count] = line;
        at = skip_spaces(letters, line.end);
    }
    if (count && (count > max || letters->cut))
        cut_line(letters, &lines[(count < max ? count : max) - 1], room);
    return count;
}

static int64_t units(int pixels, unsigned size)
{
    return (int64_t)pixels * FONT_UNITS / size;
}

/* Draws letters from `x` on. An accent stands in the middle of its letter. */
static void draw_line(struct painter *painter, struct pen pen, const struct letters *letters,
                      struct line line, unsigned size, int x, int baseline)
{
    uint8_t colours[CANVAS_COVERED + 1];
    int64_t pen_at = 0, middle = 0;
    set_colours(pen, colours);
    for (unsigned i = line.start; i < line.end + line.cut; i++) {
        const struct letter *letter = i < line.end ? &letters->items[i] : &letters->ellipsis;
        struct shape shape = glyphs_shape(painter->glyphs, letter->glyph, size);
        int64_t at = pen_at + (i > line.start ? letter->kerning : 0);
        int left = x + (int)((at * size + FONT_UNITS / 2) / FONT_UNITS) + shape.left;
        if (letter->accent)
            left = x + (int)(middle * size / FONT_UNITS) - shape.width / 2;
        else
            middle = at + (letter->advance - letter->kerning) / 2;
        canvas_paint(&painter->canvas, left, baseline - shape.top, shape.width, shape.height,
                     shape.coverage, colours);
        if (!letter->accent)
            pen_at = at + letter->advance - letter->kerning;
    }
}

/* A text in small letters, in no more than `max` lines from `baseline` on. Returns how many. */
struct small {
    struct letters letters;
    struct line lines[BELOW_LINES];
    unsigned count;
};

static void set_small(struct painter *painter, struct arena *arena, struct str text, int room,
                      unsigned max, struct small *out)
{
    bool broken;
    read_letters(painter->glyphs, arena, FONT_PLAIN, text, &out->letters);
    out->count = wrap(&out->letters, units(room, SMALL), max, out->lines, &broken);
    out->count = out->count < max ? out->count : max;
}

static void draw_small(struct painter *painter, struct pen pen, const struct small *small, int x,
                       int baseline)
{
    for (unsigned i = 0; i < small->count; i++)
        draw_line(painter, pen, &small->letters, small->lines[i], SMALL, x,
                  baseline + (int)i * SMALL_LEADING);
}

struct title {
    struct letters letters;
    struct line lines[LINES_MAX];
    unsigned count, size;
};

/* Makes the lines about as long as each other: as narrow as they go in as many. */
static void balance(struct title *title)
{
    struct line lines[LINES_MAX];
    bool broken;
    int least = ROOM / 2, most = ROOM;
    while (most - least > 8) {
        int room = (least + most) / 2;
        if (wrap(&title->letters, units(room, title->size), LINES_MAX, lines, &broken) >
                title->count ||
            broken)
            least = room;
        else
            most = room;
    }
    wrap(&title->letters, units(most, title->size), LINES_MAX, title->lines, &broken);
}

static void set_title(struct painter *painter, struct arena *arena, struct str text,
                      struct title *out)
{
    bool broken = true;
    read_letters(painter->glyphs, arena, FONT_TITLE, text, &out->letters);
    for (unsigned i = 0; i < STEPS; i++) {
        out->size = steps[i].size;
        out->count = wrap(&out->letters, units(ROOM, out->size), LINES_MAX, out->lines, &broken);
        if (out->count <= steps[i].lines && !broken)
            break;
    }
    if (out->count > 1 && out->count <= LINES_MAX && !broken && !out->letters.cut)
        balance(out);
    out->count = out->count < LINES_MAX ? out->count : LINES_MAX;
}

/* What hangs from the band: its lower corners are those of discs, which come first. */
static void draw_tab(struct painter *painter, int width)
{
    int disc = 2 * TAB_CORNER, bottom = BAND + TAB_HEIGHT;
    draw_mark(painter, kind_pen, PICTURE_TOPIC, MARGIN, bottom - disc, disc);
    draw_mark(painter, kind_pen, PICTURE_TOPIC, MARGIN + width - disc, bottom - disc, disc);
    canvas_fill(&painter->canvas, MARGIN, BAND, width, TAB_HEIGHT - TAB_CORNER, KIND_LAST);
    canvas_fill(&painter->canvas, MARGIN + TAB_CORNER, bottom - TAB_CORNER, width - disc,
                TAB_CORNER, KIND_LAST);
}

/* The band along the top in the colour of the kind, with its mark and name. */
static void draw_head(struct painter *painter, struct arena *arena, const struct picture *picture)
{
    struct small label;
    int left = MARGIN + TAB_PADDING;
    set_small(painter, arena, picture->label, ROOM / 2, 1, &label);
    int64_t wide = label.count ? width_of(&label.letters, label.lines[0]) * SMALL / FONT_UNITS : 0;
    draw_tab(painter, (2 * TAB_PADDING + MARK + MARK_GAP + (int)wide + 1) / 2 * 2);
    canvas_fill(&painter->canvas, 0, 0, CANVAS_WIDTH, BAND, KIND_LAST);
    draw_mark(painter, paper_pen, picture->kind, left, TAB_BASELINE - MARK + 2, MARK);
    draw_small(painter, paper_pen, &label, left + MARK + MARK_GAP, TAB_BASELINE);
}

/* The same of the site, which has the colours of all kinds. */
static void draw_site_head(struct painter *painter)
{
    int width = CANVAS_WIDTH / PICTURE_SITE;
    for (int i = 0; i < PICTURE_SITE; i++)
        canvas_fill(&painter->canvas, i * width, 0, width, BAND,
                    site_pen(i).first + SITE_STEPS - 1);
}

static void draw_marks(struct painter *painter, int top)
{
    for (int i = 0; i < PICTURE_SITE; i++)
        draw_mark(painter, site_pen(i), (enum picture_kind)i,
                  MARGIN + i * (SITE_MARK + SITE_MARK / 2), top, SITE_MARK);
}

/* The title and what is below it, in the middle between the head and the foot. */
static void draw_block(struct painter *painter, struct arena *arena, const struct picture *picture)
{
    struct title title;
    struct small below;
    set_title(painter, arena, picture->title, &title);
    set_small(painter, arena, picture->below, ROOM, BELOW_LINES, &below);
    int leading = (int)title.size * LEADING / 100;
    int marks = picture->kind == PICTURE_SITE ? SITE_MARK + GAP : 0;
    int height = marks + (int)title.count * leading +
                 (below.count ? GAP + (int)below.count * SMALL_LEADING : 0);
    int top = BLOCK_TOP + (RULE - BLOCK_TOP - height) / 2;
    if (marks)
        draw_marks(painter, top);
    top += marks;
    for (unsigned i = 0; i < title.count; i++)
        draw_line(painter, ink_pen, &title.letters, title.lines[i], title.size, MARGIN,
                  top + (int)i * leading + (int)title.size * 9 / 10);
    draw_small(painter, soft_pen, &below, MARGIN, top + (int)title.count * leading + GAP + SMALL);
}

static void draw_foot(struct painter *painter, struct arena *arena, const struct picture *picture)
{
    struct small foot;
    set_small(painter, arena, picture->foot, ROOM, 1, &foot);
    canvas_fill(&painter->canvas, MARGIN, RULE, ROOM, RULE_HEIGHT, RULE_COLOUR);
    draw_small(painter, soft_pen, &foot, MARGIN, FOOT_BASELINE);
}

static void prepare(struct painter *painter)
{
    if (painter->glyphs) {
        canvas_clear(&painter->canvas);
        return;
    }
    arena_init(&painter->arena);
    canvas_init(&painter->canvas, &painter->arena);
    painter->glyphs = glyphs_open(painter->fonts);
}

struct str picture_draw(struct painter *painter, struct arena *arena, const struct picture *picture)
{
    struct colour palette[CANVAS_COLOURS];
    prepare(painter);
    set_palette(palette, picture->kind);
    if (picture->kind == PICTURE_SITE)
        draw_site_head(painter);
    else
        draw_head(painter, arena, picture);
    draw_block(painter, arena, picture);
    draw_foot(painter, arena, picture);
    return canvas_png(&painter->canvas, palette, &painter->packer, arena);
}

void painter_release(struct painter *painter)
{
    if (!painter->glyphs)
        return;
    glyphs_release(painter->glyphs);
    packer_release(&painter->packer);
    arena_release(&painter->arena);
    *painter = (struct painter){.fonts = painter->fonts};
}
