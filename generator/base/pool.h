/* Work spread over threads. What a job computes must not depend on which thread runs it, nor when.
 */
#ifndef NASLAG_BASE_POOL_H
#define NASLAG_BASE_POOL_H

#include <stddef.h>

enum { POOL_MAX = 64 }; /* workers; more only costs memory */

/* Does the job with number `index`. `worker` (less than the number of workers) picks the thread's
 * own arena and handles. */
typedef void pool_job(void *context, unsigned worker, size_t index);

/* Runs jobs 0 to count - 1 and returns when all are done. The calling thread is worker 0; where a
 * thread cannot be started the others do its work. */
void pool_run(unsigned workers, size_t count, pool_job *job, void *context);

/* Keeps all other threads from what a library that is not made for threads does between the two. */
void pool_lock(void);
void pool_unlock(void);

/* How many processors there are, from 1 to POOL_MAX. */
unsigned pool_processors(void);

#endif
