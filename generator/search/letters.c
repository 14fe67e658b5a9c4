#include "search/letters.h"

/* What each letter of a block folds to: a small letter is itself, a capital stands for two (see
 * pair()), a full stop for a code point that stays as it is. */
static const char latin[] =
    "aaaaaaAceeeeiiiidnooooo.ouuuuyTSaaaaaaAceeeeiiiidnooooo.ouuuuyTy" /* 00C0 */
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkqlllllll" /* 0100 */
    "lllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs" /* 0140 */
    "bbbb..occdddd.eeeffggHiikkl.mnnooo..ppr..ssttttuuuvyyzzzzzz....w" /* 0180 */
    "....DDDLLLNNNaaiioouuuuuuuuuueaaaaAAggggkkoooozzjDDDggHwnnaaAAoo" /* 01C0 */
    "aaaaeeeeiiiioooorrrruuuussttyyhhndUUzzaaeeooooooooyylntjBQacclts" /* 0200 */
    "z..buveejjqqrryyaaabocddeeeeeeejgggg.hh.iiilll.mmmnnnoO..rrrrrrr" /* 0240 */
    "rrssj.sttuuvvwyyzzzz.....beghjklq..DDD........hh" /* 0280 */;
static const char latin_more[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm" /* 1E00 */
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv" /* 1E40 */
    "wwwwwwwwwwxxxxyyzzzzzzhtwyasssSdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" /* 1E80 */
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyLLvvyy" /* 1EC0 */;
/* As the alphabet goes, from a for alpha to y for omega; r would be the final sigma. */
static const char greek[] =
    "a.egi.o.uyiabcdefghijklmnopq.stuvwxyiuaegiuabcdefghijklmnopqsstuvwxyiuouy";
static const char ligatures[][4] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"}; /* FB00 */

/* Code points that are no letters; the rest of those above ASCII are. Sorted. */
struct range {
    uint16_t first, last;
    uint8_t class;
};

static const struct range ranges[] = {
    {0x0080, 0x00A9, LETTER_OTHER},      {0x00AB, 0x00AC, LETTER_OTHER},
    {0x00AD, 0x00AD, LETTER_MARK},       {0x00AE, 0x00B3, LETTER_OTHER},
    {0x00B4, 0x00B4, LETTER_APOSTROPHE}, {0x00B6, 0x00B9, LETTER_OTHER},
    {0x00BB, 0x00BF, LETTER_OTHER},      {0x00D7, 0x00D7, LETTER_OTHER},
    {0x00F7, 0x00F7, LETTER_OTHER},      {0x02B0, 0x02BB, LETTER_OTHER},
    {0x02BC, 0x02BC, LETTER_APOSTROPHE}, {0x02BD, 0x02FF, LETTER_OTHER},
    {0x0300, 0x036F, LETTER_MARK},       {0x0375, 0x0375, LETTER_OTHER},
    {0x037E, 0x037E, LETTER_OTHER},      {0x0384, 0x0385, LETTER_OTHER},
    {0x0387, 0x0387, LETTER_OTHER},      {0x03F6, 0x03F6, LETTER_OTHER},
    {0x0482, 0x0482, LETTER_OTHER},      {0x0483, 0x0489, LETTER_MARK},
    {0x055A, 0x055F, LETTER_OTHER},      {0x0589, 0x0589, LETTER_OTHER},
    {0x058A, 0x058A, LETTER_HYPHEN},     {0x058B, 0x0590, LETTER_OTHER},
    {0x0591, 0x05BD, LETTER_MARK},       {0x05BE, 0x05BE, LETTER_OTHER},
    {0x05BF, 0x05BF, LETTER_MARK},       {0x05C0, 0x05C0, LETTER_OTHER},
    {0x05C1, 0x05C2, LETTER_MARK},       {0x05C3, 0x05C3, LETTER_OTHER},
    {0x05C4, 0x05C5, LETTER_MARK},       {0x05C6, 0x05C6, LETTER_OTHER},
    {0x05C7, 0x05C7, LETTER_MARK},       {0x05F3, 0x05F4, LETTER_OTHER},
    {0x0600, 0x060F, LETTER_OTHER},      {0x0610, 0x061A, LETTER_MARK},
    {0x061B, 0x061F, LETTER_OTHER},      {0x0640, 0x0640, LETTER_MARK},
    {0x064B, 0x065F, LETTER_MARK},       {0x066A, 0x066D, LETTER_OTHER},
    {0x0670, 0x0670, LETTER_MARK},       {0x06D4, 0x06D4, LETTER_OTHER},
    {0x06D6, 0x06DC, LETTER_MARK},       {0x0964, 0x0965, LETTER_OTHER},
    {0x0E3F, 0x0E3F, LETTER_OTHER},      {0x1680, 0x1680, LETTER_OTHER},
    {0x180B, 0x180F, LETTER_MARK},       {0x1AB0, 0x1AFF, LETTER_MARK},
    {0x1DC0, 0x1DFF, LETTER_MARK},       {0x1FBD, 0x1FBD, LETTER_OTHER},
    {0x1FBF, 0x1FC1, LETTER_OTHER},      {0x1FCD, 0x1FCF, LETTER_OTHER},
    {0x1FDD, 0x1FDF, LETTER_OTHER},      {0x1FED, 0x1FEF, LETTER_OTHER},
    {0x1FFD, 0x1FFE, LETTER_OTHER},      {0x2000, 0x200B, LETTER_OTHER},
    {0x200C, 0x200F, LETTER_MARK},       {0x2010, 0x2011, LETTER_HYPHEN},
    {0x2012, 0x2017, LETTER_OTHER},      {0x2018, 0x2019, LETTER_APOSTROPHE},
    {0x201A, 0x201A, LETTER_OTHER},      {0x201B, 0x201B, LETTER_APOSTROPHE},
    {0x201C, 0x2029, LETTER_OTHER},      {0x202A, 0x202E, LETTER_MARK},
    {0x202F, 0x2031, LETTER_OTHER},      {0x2032, 0x2032, LETTER_APOSTROPHE},
    {0x2033, 0x205F, LETTER_OTHER},      {0x2060, 0x206F, LETTER_MARK},
    {0x2070, 0x20CF, LETTER_OTHER},      {0x20D0, 0x20FF, LETTER_MARK},
    {0x2100, 0x2129, LETTER_OTHER},      {0x212C, 0x2BFF, LETTER_OTHER},
    {0x2E00, 0x2E7F, LETTER_OTHER},      {0x3000, 0x3004, LETTER_OTHER},
    {0x3008, 0x3020, LETTER_OTHER},      {0x302A, 0x302F, LETTER_MARK},
    {0x3030, 0x3030, LETTER_OTHER},      {0x303D, 0x303F, LETTER_OTHER},
    {0x3099, 0x309A, LETTER_MARK},       {0x309B, 0x309C, LETTER_OTHER},
    {0x30A0, 0x30A0, LETTER_OTHER},      {0x30FB, 0x30FB, LETTER_OTHER},
    {0xD800, 0xF8FF, LETTER_OTHER}, /* private: the bullets of fonts of signs */
    {0xFD3E, 0xFD3F, LETTER_OTHER},      {0xFE00, 0xFE0F, LETTER_MARK},
    {0xFE10, 0xFE1F, LETTER_OTHER},      {0xFE20, 0xFE2F, LETTER_MARK},
    {0xFE30, 0xFE6F, LETTER_OTHER},      {0xFEFF, 0xFEFF, LETTER_MARK},
    {0xFF5F, 0xFF65, LETTER_OTHER},      {0xFFE0, 0xFFFF, LETTER_OTHER}};

enum {
    WIDE_FIRST = 0xFF01, /* ASCII in the width of a Chinese character */
    WIDE_LAST = 0xFF5E,
    WIDE_FROM_ASCII = 0xFEE0,
    KELVIN = 0x212A,
    ANGSTROM = 0x212B
};

static enum letter_class class_of_ascii(char c)
{
    if (str_is_alnum(c))
        return LETTER_WORD;
    return c == '\'' ? LETTER_APOSTROPHE : c == '-' ? LETTER_HYPHEN : LETTER_OTHER;
}

/* Above the first plane: signs, pictures and musical notes; variation selectors; private use. */
static enum letter_class class_of_high(uint32_t c)
{
    if (c >= 0xE0000 && c < 0xF0000)
        return LETTER_MARK;
    return (c >= 0x1D000 && c < 0x1D400) || (c >= 0x1F000 && c < 0x20000) || c >= 0xF0000
               ? LETTER_OTHER
               : LETTER_WORD;
}

static enum letter_class class_in_ranges(uint32_t c)
{
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ranges[middle].last < c)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == sizeof ranges / sizeof *ranges || c < ranges[low].first)
        return LETTER_WORD;
    return (enum letter_class)ranges[low].class;
}

enum letter_class letters_class(uint32_t code_point)
{
    if (code_point >= WIDE_FIRST && code_point <= WIDE_LAST)
        code_point -= WIDE_FROM_ASCII;
    if (code_point < 0x80)
        return class_of_ascii((char)code_point);
    return code_point > 0xFFFF ? class_of_high(code_point) : class_in_ranges(code_point);
}

/* The letters that a capital in the tables stands for. */
static const char *pair(char code)
{
    static const char pairs[][4] = {"Aae", "Bdb", "Ddz", "Hhv", "Iij", "Llj",
                                    "Nnj", "Ooe", "Qqp", "Sss", "Tth", "Uou"};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] == code)
            return pairs[i] + 1;
    return "";
}

static size_t put_ascii(const char *letters, char *out)
{
    size_t len = 0;
    for (; letters[len]; len++)
        out[len] = letters[len];
    return len;
}

static size_t put(uint32_t c, char *out)
{
    static const uint8_t leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(leads[len] | c);
    return len;
}

static uint32_t fold_greek(uint32_t c)
{
    if (c >= 0x386 && c - 0x386 < sizeof greek - 1 && greek[c - 0x386] != '.')
        return 0x3B1 + (uint32_t)(greek[c - 0x386] - 'a');
    return c >= 0x3D8 && c <= 0x3EF ? c | 1 : c;
}

/* Letters with an accent that a text may as well have as two code points. */
static uint32_t without_accent(uint32_t c)
{
    static const uint16_t pairs[][2] = {{0x439, 0x438}, {0x450, 0x435}, {0x451, 0x435},
                                        {0x453, 0x433}, {0x457, 0x456}, {0x45C, 0x43A},
                                        {0x45D, 0x438}, {0x45E, 0x443}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] == c)
            return pairs[i][1];
    return c;
}

static uint32_t fold_cyrillic(uint32_t c)
{
    if (c < 0x460)
        return without_accent(c < 0x410 ? c + 0x50 : c < 0x430 ? c + 0x20 : c);
    if (c >= 0x4C0 && c < 0x4CF)
        return c == 0x4C0 ? 0x4CF : c + (c & 1);
    return c | 1;
}

/* What has a rule instead of a place in a table; itself where there is none. */
static uint32_t fold_by_rule(uint32_t c)
{
    if (c >= 0x370 && c < 0x400)
        return fold_greek(c);
    if (c >= 0x400 && c < 0x530 && c != 0x482)
        return fold_cyrillic(c);
    if (c >= 0x531 && c <= 0x556)
        return c + 0x30;
    return c == 0xAA || c == ANGSTROM ? 'a'
           : c == 0xBA                ? 'o'
           : c == 0xB5                ? 0x3BC
           : c == KELVIN              ? 'k'
                                      : c;
}

/* The table's letter, or a full stop. */
static char in_table(uint32_t c)
{
    if (c >= 0xC0 && c - 0xC0 < sizeof latin - 1)
        return latin[c - 0xC0];
    return c >= 0x1E00 && c - 0x1E00 < sizeof latin_more - 1 ? latin_more[c - 0x1E00] : '.';
}

static size_t fold_letter(uint32_t c, char *out)
{
    char letter = in_table(c);
    if (c >= 0xFB00 && c - 0xFB00 < sizeof ligatures / sizeof *ligatures)
        return put_ascii(ligatures[c - 0xFB00], out);
    if (letter == '.')
        return put(fold_by_rule(c), out);
    if (letter < 'a')
        return put_ascii(pair(letter), out);
    out[0] = letter;
    return 1;
}

size_t letters_fold(uint32_t code_point, char out[LETTERS_MAX])
{
    enum letter_class class = letters_class(code_point);
    if (code_point >= WIDE_FIRST && code_point <= WIDE_LAST)
        code_point -= WIDE_FROM_ASCII;
    if (class == LETTER_MARK)
        return 0;
    if (class == LETTER_APOSTROPHE || class == LETTER_HYPHEN)
        return put(class == LETTER_HYPHEN ? '-' : '\'', out);
    return code_point < 0x80 ? put((unsigned char)str_lower((char)code_point), out)
                             : fold_letter(code_point, out);
}

uint32_t letters_next(struct str text, size_t *offset)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text.data + *offset;
    unsigned char lead = bytes[0];
    size_t len = lead < 0x80 ? 1 : lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t c = len < 2 ? lead : (uint32_t)(lead & (0x7F >> len));
    ++*offset;
    if (len == 1)
        return c;
    if (!len || lead >= 0xF8 || text.len - (*offset - 1) < len)
        return LETTERS_REPLACEMENT;
    for (size_t i = 1; i < len; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return LETTERS_REPLACEMENT;
        c = c << 6 | (bytes[i] & 0x3F);
    }
    if (c < least[len] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return LETTERS_REPLACEMENT;
    *offset += len - 1;
    return c;
}

bool letters_is_space(uint32_t code_point)
{
    return code_point < 0x80
               ? str_is_space((char)code_point)
               : code_point == 0x85 || code_point == 0xA0 || code_point == 0x1680 ||
                     (code_point >= 0x2000 && code_point <= 0x200B) || code_point == 0x2028 ||
                     code_point == 0x2029 || code_point == 0x202F || code_point == 0x205F ||
                     code_point == 0x3000;
}
