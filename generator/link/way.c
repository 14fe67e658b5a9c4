#include "link/way.h"

#include "base/buf.h"

struct str way_folder(struct str path)
{
    return str_slice(path, 0, (size_t)(str_find_last(path, '/') + 1));
}

struct str way_to(struct arena *arena, struct str folder, struct str path)
{
    struct buf out;
    size_t same = 0;
    buf_init(&out, arena);
    for (size_t i = 0; i < folder.len && i < path.len && folder.data[i] == path.data[i]; i++)
        if (folder.data[i] == '/')
            same = i + 1;
    for (size_t i = same; i < folder.len; i++)
        if (folder.data[i] == '/')
            buf_put_cstring(&out, "../");
    buf_put(&out, str_from_offset(path, same));
    return buf_str(&out);
}
