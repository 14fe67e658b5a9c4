/* Files of the index as they are stored: compressed in zlib's format (RFC 1950), which every
 * browser opens by itself. The only door to libdeflate. */
#ifndef NASLAG_SEARCH_PACKED_H
#define NASLAG_SEARCH_PACKED_H

#include "base/str.h"

struct arena;

enum { PACKED_OPEN_MAX = 64 * 1024 * 1024 /* bytes: no part of an index is nearly as large */ };

/* How hard it tries: the smallest takes ten times as long as the quick. */
enum packed_effort { PACKED_QUICK, PACKED_SMALLEST };

/* What packs files, for one thread at a time: to make one takes memory from the system and longer
 * than to pack a small file. All zero is one that packs quickly and takes nothing yet. */
struct packer {
    enum packed_effort effort;
    struct libdeflate_compressor *compressor;
};

struct str packer_pack(struct packer *packer, struct arena *arena, struct str bytes);
void packer_release(struct packer *packer);

/* Returns -1 where `packed` is no such file or its content is larger than PACKED_OPEN_MAX. */
int packed_open(struct arena *arena, struct str packed, struct str *out);

#endif
