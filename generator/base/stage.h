/* What a long run is doing, for whoever wants to show or to time it, or to have it end early. */
#ifndef NASLAG_BASE_STAGE_H
#define NASLAG_BASE_STAGE_H

#include <stdbool.h>

struct stages {
    /* Is told when a stage begins, which ends the one before. `name` is static, and of a few words.
     * Only the thread that runs the whole calls it. May be NULL. */
    void (*begin)(void *context, const char *name);
    /* Whether nobody wants any more what comes of the run: once true, always. Any thread asks,
     * often. May be NULL: someone does. */
    bool (*is_stale)(void *context);
    void *context;
};

/* `stages` may be NULL: nobody is told. */
static inline void stage_begin(const struct stages *stages, const char *name)
{
    if (stages && stages->begin)
        stages->begin(stages->context, name);
}

static inline bool stage_is_stale(const struct stages *stages)
{
    return stages && stages->is_stale && stages->is_stale(stages->context);
}

#endif
