#include "write/claims.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "write/output.h"

void claims_init(struct claims *claims, struct arena *arena, pthread_mutex_t *mutex)
{
    *claims = (struct claims){.arena = arena, .mutex = mutex};
    map_init(&claims->known, arena);
    map_init(&claims->fresh, arena);
}

void claims_run(struct claims *claims)
{
    claims->running = true;
}

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

static struct str fold(struct arena *arena, struct str path)
{
    return is_folded(path) ? path : utf8_fold(arena, path);
}

/* What differs in case from the first is looked for among the others. */
static struct claim *find_exact(struct claim *first, struct str path)
{
    while (first && !str_equal(first->path, path))
        first = first->next;
    return first;
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

/* Those that one folder has stand together in a record: mostly the last one's home will do. */
static struct claim *find_home(struct claims *claims, struct str path)
{
    struct claim *last = claims->all.count ? claims->all.items[claims->all.count - 1] : NULL;
    size_t len = output_folder_length(path);
    if (last && last->home && len && str_equal(last->home->path, (struct str){path.data, len}))
        return last->home;
    return enter_home(claims, path);
}

/* The first of a folded path, wherever it was entered, or NULL. */
static struct claim *find_first(const struct claims *claims, struct str folded)
{
    struct claim *first = map_get(&claims->known, folded);
    return first || !claims->running ? first : map_get(&claims->fresh, folded);
}

/* `first`: of those that are there and differ from it in case only, or NULL. */
static struct claim *add(struct claims *claims, struct str path, struct claim *first)
{
    struct claim *home = find_home(claims, path), *made = arena_new(claims->arena, struct claim);
    made->path = path;
    made->home = home;
    made->folder = -1;
    made->first = first ? first : made;
    atomic_init(&made->state, CLAIM_NONE);
    *vec_push(&claims->all, claims->arena) = made;
    if (first) {
        made->next = first->next;
        first->next = made;
    }
    return made;
}

/* What is known before threads run lives as long. */
static struct claim *enter(struct claims *claims, struct str path)
{
    struct str folded = fold(claims->arena, path);
    struct claim *first = find_first(claims, folded), *found = find_exact(first, path);
    if (found)
        return found;
    bool same = folded.data == path.data;
    if (claims->running)
        path = str_copy(claims->arena, path);
    found = add(claims, path, first);
    if (!first)
        *map_at(claims->running ? &claims->fresh : &claims->known, same ? path : folded) = found;
    return found;
}

void claims_know(struct claims *claims, const struct record_line *line)
{
    enter(claims, line->path)->was = line;
}

struct claim *claims_find(const struct claims *claims, struct str path)
{
    struct arena scratch;
    arena_init(&scratch);
    struct claim *found = map_get(&claims->known, fold(&scratch, path));
    arena_release(&scratch);
    if (found && !str_equal(found->path, path)) {
        pthread_mutex_lock(claims->mutex);
        found = find_exact(found, path);
        pthread_mutex_unlock(claims->mutex);
    }
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
