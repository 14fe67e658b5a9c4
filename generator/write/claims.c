#include "write/claims.h"

#include "base/arena.h"
#include "base/digest.h"
#include "base/utf8.h"
#include "write/output.h"

/* Most paths are folded as they are. */
static bool is_folded(struct str path)
{
    bool folded = true;
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.data[i];
        folded &= c < 0x80 && (c < 'A' || c > 'Z');
    }
    return folded;
}

/* The path itself where it is folded already. */
static struct str fold(struct arena *arena, struct str path)
{
    if (is_folded(path))
        return path;
    struct str folded = utf8_fold(arena, path);
    return str_equal(folded, path) ? path : folded;
}

/* What differs in case from the first is looked for among the others. */
static struct claim *find_exact(struct claim *first, struct str path)
{
    while (first && !str_equal(first->path, path))
        first = first->next;
    return first;
}

static uint64_t hash_of(struct str folded)
{
    return digest_of(folded).low;
}

/* A slot is the upper half of a hash and, one more than it is, the number of a known path. */
static uint32_t number_of(uint64_t slot)
{
    return (uint32_t)slot;
}

/* Where the known path that is the first of its folded one, and the same, is or would go. */
static uint64_t *find_slot(const struct claims *claims, struct str folded, uint64_t hash)
{
    for (size_t i = hash & (claims->slot_count - 1);; i = (i + 1) & (claims->slot_count - 1)) {
        uint64_t *slot = &claims->slots[i];
        if (!*slot)
            return slot;
        if (*slot >> 32 == hash >> 32 &&
            str_equal(claims->known[number_of(*slot) - 1].path, folded))
            return slot;
    }
}

/* The first of a folded path, or NULL. */
static struct claim *find_first(const struct claims *claims, struct str folded, uint64_t hash)
{
    uint32_t number = number_of(*find_slot(claims, folded, hash));
    return number ? &claims->known[number - 1] : map_get_hash(&claims->others, folded, hash);
}

static struct claim *enter(struct claims *claims, struct str path);

static struct claim *enter_home(struct claims *claims, struct str path)
{
    path.len = output_folder_length(path);
    if (!path.len)
        return NULL;
    struct claim *home = enter(claims, path);
    if (!home->listed)
        *vec_push(&claims->folders, claims->arena) = home;
    home->listed = true;
    return home;
}

/* `first`: of those that are there and differ from it in case only, or NULL. */
static void begin(struct claim *claim, struct str path, struct claim *home, struct claim *first)
{
    claim->path = path;
    claim->home = home;
    claim->folder = -1;
    claim->first = first ? first : claim;
    atomic_init(&claim->state, CLAIM_NONE);
    if (!first)
        return;
    claim->next = first->next;
    first->next = claim;
}

/* With the mutex held, once threads run. */
static struct claim *enter(struct claims *claims, struct str path)
{
    struct str folded = fold(claims->arena, path);
    uint64_t hash = hash_of(folded);
    struct claim *first = find_first(claims, folded, hash), *found = find_exact(first, path);
    if (found)
        return found;
    bool same = folded.data == path.data;
    path = str_copy(claims->arena, path);
    struct claim *home = enter_home(claims, path);
    found = arena_new(claims->arena, struct claim);
    begin(found, path, home, first);
    *vec_push(&claims->fresh, claims->arena) = found;
    if (!first)
        *map_at_hash(&claims->others, same ? path : folded, hash) = found;
    return found;
}

/* Those that one folder has stand together in a record: mostly the last one's home will do. */
static struct claim *find_home(struct claims *claims, struct str path, const struct claim *last)
{
    size_t len = output_folder_length(path);
    if (last && last->home && len && str_equal(last->home->path, (struct str){path.data, len}))
        return last->home;
    return enter_home(claims, path);
}

/* Of lines with the same path the first counts. */
static void know(struct claims *claims, struct claim *claim, const struct record_line *line)
{
    struct str path = record_path(line), folded = fold(claims->arena, path);
    struct claim *home = find_home(claims, path, claim > claims->known ? claim - 1 : NULL);
    uint64_t hash = hash_of(folded);
    struct claim *first = find_first(claims, folded, hash), *found = find_exact(first, path);
    if (!found) {
        begin(claim, path, home, first);
        found = claim;
    }
    if (!found->was)
        found->was = line;
    if (first)
        return;
    if (folded.data == path.data)
        *find_slot(claims, folded, hash) =
            (hash >> 32 << 32) | (uint32_t)(claim - claims->known + 1);
    else
        *map_at_hash(&claims->others, folded, hash) = claim;
}

void claims_init(struct claims *claims, const struct record *record, struct arena *arena,
                 pthread_mutex_t *mutex)
{
    size_t count = record->lines.count, slots = 16;
    while (slots < count * 2)
        slots *= 2;
    *claims = (struct claims){.arena = arena, .mutex = mutex, .known_count = count};
    map_init(&claims->others, arena);
    claims->known = arena_new_array(arena, count, struct claim);
    claims->slots = arena_new_array(arena, slots, uint64_t);
    claims->slot_count = slots;
    for (size_t i = 0; i < count; i++)
        know(claims, &claims->known[i], &record->lines.items[i]);
}

size_t claims_count(const struct claims *claims)
{
    return claims->known_count + claims->fresh.count;
}

const struct claim *claims_at(const struct claims *claims, size_t index)
{
    return index < claims->known_count ? &claims->known[index]
                                       : claims->fresh.items[index - claims->known_count];
}

struct claim *claims_find(const struct claims *claims, struct str path)
{
    struct arena scratch;
    arena_init(&scratch);
    struct str folded = fold(&scratch, path);
    uint64_t hash = hash_of(folded);
    uint32_t number = number_of(*find_slot(claims, folded, hash));
    struct claim *found = number ? &claims->known[number - 1] : NULL;
    if (!found || !str_equal(found->path, path)) {
        pthread_mutex_lock(claims->mutex);
        found = find_exact(find_first(claims, folded, hash), path);
        pthread_mutex_unlock(claims->mutex);
    }
    arena_release(&scratch);
    return found && found->was ? found : NULL;
}

struct claim *claims_enter(struct claims *claims, struct str path)
{
    struct claim *found = claims_find(claims, path);
    if (found)
        return found;
    pthread_mutex_lock(claims->mutex);
    found = enter(claims, path);
    pthread_mutex_unlock(claims->mutex);
    return found;
}

/* Which of the others is claimed. */
static struct claim *find_other(const struct claim *first)
{
    struct claim *other = first->next;
    while (atomic_load(&other->state) == CLAIM_NONE)
        other = other->next;
    return other;
}

/* Of a path that is not the first of those that differ in case only. With the mutex held. */
static const struct claim *take_other(struct claim *claim, enum claim_state state)
{
    enum claim_state found = CLAIM_NONE;
    if (atomic_compare_exchange_strong(&claim->first->state, &found, CLAIM_OTHER)) {
        atomic_store(&claim->state, state);
        return NULL;
    }
    if (found != CLAIM_OTHER)
        return claim->first;
    const struct claim *other = find_other(claim->first);
    bool again = other == claim && state == CLAIM_FOLDER && atomic_load(&claim->state) == state;
    return again ? NULL : other;
}

static const struct claim *take_slowly(struct claims *claims, struct claim *claim,
                                       enum claim_state state)
{
    pthread_mutex_lock(claims->mutex);
    const struct claim *in_way =
        claim == claim->first ? find_other(claim) : take_other(claim, state);
    pthread_mutex_unlock(claims->mutex);
    return in_way;
}

/* Returns what is in the way. A folder may have been claimed `before`. */
static const struct claim *take(struct claims *claims, struct claim *claim, enum claim_state state,
                                bool *before)
{
    enum claim_state found = CLAIM_NONE;
    if (claim != claim->first)
        return take_slowly(claims, claim, state);
    if (atomic_compare_exchange_strong(&claim->state, &found, state))
        return NULL;
    *before = found == CLAIM_FOLDER && state == CLAIM_FOLDER;
    if (*before)
        return NULL;
    return found == CLAIM_OTHER ? take_slowly(claims, claim, state) : claim;
}

const struct claim *claims_take(struct claims *claims, struct claim *claim,
                                const struct claim **stopped)
{
    enum claim_state state = CLAIM_FILE;
    const struct claim *in_way = NULL;
    bool before = false;
    /* Who has a folder has, or is about to have, those that it is in. */
    for (; claim && !in_way && !before; claim = claim->home, state = CLAIM_FOLDER) {
        *stopped = claim;
        in_way = take(claims, claim, state, &before);
    }
    return in_way;
}
