/* Seconds on the wall and of processors, as tests/bench/Bench.pm reads them. */
#ifndef NASLAG_BENCH_STOPWATCH_H
#define NASLAG_BENCH_STOPWATCH_H

#include <stdio.h>
#include <time.h>

struct stopwatch {
    double wall, cpu; /* when it was started */
};

static inline double stopwatch_read(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static inline struct stopwatch stopwatch_start(void)
{
    return (struct stopwatch){.wall = stopwatch_read(CLOCK_MONOTONIC),
                              .cpu = stopwatch_read(CLOCK_PROCESS_CPUTIME_ID)};
}

static inline void stopwatch_print(const struct stopwatch *since)
{
    struct stopwatch now = stopwatch_start();
    printf("took %.4f %.4f\n", now.wall - since->wall, now.cpu - since->cpu);
}

#endif
