/* What a long run is doing, for whoever wants to show or to time it. */
#ifndef NASLAG_BASE_STAGE_H
#define NASLAG_BASE_STAGE_H

/* Is told when a stage begins, which ends the one before. `name` is static, and of a few words.
 * Only the thread that runs the whole calls it. */
struct stages {
    void (*begin)(void *context, const char *name);
    void *context;
};

/* `stages` may be NULL: nobody is told. */
static inline void stage_begin(const struct stages *stages, const char *name)
{
    if (stages)
        stages->begin(stages->context, name);
}

#endif
