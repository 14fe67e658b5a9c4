#include "write/sequence.h"

void sequence_open(struct sequence *sequence, struct publish *publish, struct str path,
                   size_t count)
{
    *sequence = (struct sequence){.stream = publish_stream_open(publish, path), .count = count};
    pthread_mutex_init(&sequence->lock, NULL);
    arena_init(&sequence->lists);
    arena_init(&sequence->arena);
}

/* The lists of what waits are made with the first piece that does: one thread alone never needs
 * them. */
static void hold(struct sequence *sequence, size_t number, struct str piece)
{
    if (!sequence->waiting) {
        sequence->waiting = arena_new_array(&sequence->lists, sequence->count, struct str);
        sequence->arrived = arena_alloc(&sequence->lists, sequence->count);
    }
    sequence->waiting[number] = str_copy(&sequence->arena, piece);
    sequence->arrived[number] = 1;
    sequence->held++;
}

static void put(struct sequence *sequence, struct str piece)
{
    publish_stream_put(sequence->stream, piece);
    sequence->next++;
}

void sequence_put(struct sequence *sequence, size_t number, struct str piece)
{
    pthread_mutex_lock(&sequence->lock);
    if (number != sequence->next) {
        hold(sequence, number, piece);
    } else {
        put(sequence, piece);
        for (; sequence->held && sequence->arrived[sequence->next]; sequence->held--)
            put(sequence, sequence->waiting[sequence->next]);
        if (!sequence->held)
            arena_clear(&sequence->arena);
    }
    pthread_mutex_unlock(&sequence->lock);
}

int sequence_close(struct sequence *sequence, struct digest made_of)
{
    int status = publish_stream_close_made(sequence->stream, made_of);
    pthread_mutex_destroy(&sequence->lock);
    arena_release(&sequence->arena);
    arena_release(&sequence->lists);
    return status;
}
