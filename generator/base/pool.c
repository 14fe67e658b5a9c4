#include "base/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

/* Jobs are handed out a few at a time: enough to keep the counter cool, few enough to share evenly.
 */
enum { BATCHES = 16 /* of each worker, or more */, BATCH_MAX = 4 /* jobs, which may be long */ };

struct pool {
    atomic_size_t next;
    size_t count, batch;
    pool_job *job;
    void *context;
};

struct worker {
    struct pool *pool;
    unsigned number;
};

static void *work(void *argument)
{
    const struct worker *worker = argument;
    struct pool *pool = worker->pool;
    for (;;) {
        size_t first = atomic_fetch_add(&pool->next, pool->batch);
        if (first >= pool->count)
            return NULL;
        size_t last = pool->count - first < pool->batch ? pool->count : first + pool->batch;
        for (size_t i = first; i < last; i++)
            pool->job(pool->context, worker->number, i);
    }
}

void pool_run(unsigned workers, size_t count, pool_job *job, void *context)
{
    pthread_t threads[POOL_MAX];
    struct worker members[POOL_MAX];
    if (workers > POOL_MAX)
        workers = POOL_MAX;
    struct pool pool = {.count = count, .job = job, .context = context};
    pool.batch = count / (workers * BATCHES + 1) + 1;
    if (pool.batch > BATCH_MAX)
        pool.batch = BATCH_MAX;
    unsigned started = 0;
    for (unsigned i = 1; i < workers && i < count; i++, started++) {
        members[i] = (struct worker){&pool, i};
        if (pthread_create(&threads[i], NULL, work, &members[i]))
            break;
    }
    work(&(struct worker){&pool, 0});
    for (unsigned i = 1; i <= started; i++)
        pthread_join(threads[i], NULL);
}

static pthread_mutex_t library_lock = PTHREAD_MUTEX_INITIALIZER;

void pool_lock(void)
{
    pthread_mutex_lock(&library_lock);
}

void pool_unlock(void)
{
    pthread_mutex_unlock(&library_lock);
}

unsigned pool_processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    if (count < 1)
        return 1;
    return count > POOL_MAX ? POOL_MAX : (unsigned)count;
}
