#include "base/spill.h"

#include "base/arena.h"
#include "base/err.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

void spill_init(struct spill *spill)
{
    *spill = (struct spill){.file = -1};
}

void spill_release(struct spill *spill)
{
    if (spill->file >= 0)
        close(spill->file);
    spill_init(spill);
}

static bool is_open(struct spill *spill)
{
    const char *folder = getenv("TMPDIR");
    if (spill->file < 0)
        spill->file =
            open(folder && *folder ? folder : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    return spill->file >= 0;
}

static bool put_all(const struct spill *spill, struct str text)
{
    for (size_t done = 0; done < text.len;) {
        ssize_t len =
            pwrite(spill->file, text.data + done, text.len - done, (off_t)(spill->size + done));
        if (len < 0 && errno != EINTR)
            return false;
        done += len > 0 ? (size_t)len : 0;
    }
    return true;
}

bool spill_put(struct spill *spill, struct str text, uint64_t *place)
{
    spill->failed = spill->failed || !is_open(spill) || !put_all(spill, text);
    if (spill->failed)
        return false;
    *place = spill->size;
    spill->size += text.len;
    return true;
}

struct str spill_get(const struct spill *spill, uint64_t place, size_t len, struct arena *arena)
{
    char *text = arena_text(arena, len);
    for (size_t done = 0; done < len;) {
        ssize_t got = pread(spill->file, text + done, len - done, (off_t)(place + done));
        if (!got || (got < 0 && errno != EINTR))
            err_out_of_memory();
        done += got > 0 ? (size_t)got : 0;
    }
    return (struct str){text, len};
}
