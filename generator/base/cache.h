/* A cache: bytes by key, in files that stay from one run of the program to the next.
 *
 * Nothing rests on it. It may be deleted at any time; what is damaged counts as not there, and a
 * cache that can't be read or written is as none. Several programs may use one at the same time.
 *
 * There are two files, `recent` and `earlier`. What is put or found goes into the recent one; when
 * that has grown too large it takes the place of the earlier one. So what was not used for long
 * goes away, and the two never take more than they may and what one run adds. */
#ifndef NASLAG_BASE_CACHE_H
#define NASLAG_BASE_CACHE_H

#include "base/digest.h"

#include <stdint.h>

struct arena;
struct cache;

/* Bytes. An archive of a hundred thousand documents takes 1.2 GB: with less than twice that in each
 * of the two files, all of it would be written again and again. */
#define CACHE_SIZE_MAX ((uint64_t)5 << 30)

/* Opens the cache in `folder`, which is made where it is not there, with all that it lies in.
 * `users` threads may use it at once; the files may take `size_max` bytes. Returns NULL where there
 * can be none, which all that follows take for a cache that has nothing and keeps nothing. */
struct cache *cache_open(const char *folder, unsigned users, uint64_t size_max);

/* Whether there is something under the key; it is copied into `arena`. `user` is the number of the
 * thread. */
bool cache_get(struct cache *cache, unsigned user, struct digest key, struct arena *arena,
               struct str *out);

/* Puts `bytes` under a key, in place of what was there. */
void cache_put(struct cache *cache, unsigned user, struct digest key, struct str bytes);

/* Writes what was put, and gives everything back. */
void cache_close(struct cache *cache);

#endif
