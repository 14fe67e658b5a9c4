#include "cli/profile.h"

#include <sys/resource.h>
#include <time.h>

enum { NANOSECONDS = 1000000000, MICROSECONDS = 1000000, KILOBYTE = 1024 };

static double wall_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / NANOSECONDS;
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / MICROSECONDS;
}

static double processor_clock(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

static uint64_t peak_memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (uint64_t)usage.ru_maxrss * KILOBYTE;
}

void profile_begin(struct profile *profile, const char *name)
{
    double wall = wall_clock(), cpu = processor_clock();
    if (profile->count) {
        struct profile_stage *stage = &profile->stages[profile->count - 1];
        stage->seconds += wall - profile->wall;
        stage->cpu += cpu - profile->cpu;
        stage->memory = peak_memory();
    }
    profile->wall = wall;
    profile->cpu = cpu;
    if (name && profile->count < PROFILE_STAGES_MAX)
        profile->stages[profile->count++].name = name;
}

static void print_stage(const struct profile_stage *stage, FILE *out)
{
    fprintf(out, "%-22s  %8.3f  %8.3f  %8.1f\n", stage->name, stage->seconds, stage->cpu,
            (double)stage->memory / (KILOBYTE * KILOBYTE));
}

void profile_print(struct profile *profile, FILE *out)
{
    struct profile_stage all = {.name = "all"};
    profile_begin(profile, NULL);
    fprintf(out, "%-22s  %8s  %8s  %8s\n", "stage", "seconds", "cpu", "peak MB");
    for (unsigned i = 0; i < profile->count; i++) {
        const struct profile_stage *stage = &profile->stages[i];
        print_stage(stage, out);
        all.seconds += stage->seconds;
        all.cpu += stage->cpu;
        all.memory = stage->memory;
    }
    print_stage(&all, out);
}
