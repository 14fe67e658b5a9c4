#include "write/url.h"

#include "base/arena.h"
#include "write/escape.h"

struct str url_root(struct arena *arena, struct str id)
{
    struct buf root;
    buf_init(&root, arena);
    for (size_t i = 0; i < id.len; i++)
        if (id.data[i] == '/')
            buf_put(&root, STR("../"));
    return buf_str(&root);
}

void url_put_page(struct buf *out, struct str root, struct str id, struct str anchor)
{
    buf_put(out, root);
    escape_path(out, id);
    buf_put(out, STR(".html"));
    if (!anchor.len)
        return;
    buf_put_char(out, '#');
    escape_path(out, anchor);
}

struct str url_page(struct arena *arena, struct str root, struct str id, struct str anchor)
{
    struct buf url;
    buf_init(&url, arena);
    url_put_page(&url, root, id, anchor);
    return buf_str(&url);
}

struct str url_file(struct arena *arena, struct str root, struct str folder, struct str path)
{
    struct buf url;
    buf_init(&url, arena);
    buf_put(&url, root);
    escape_path(&url, folder);
    buf_put_char(&url, '/');
    escape_path(&url, path);
    return buf_str(&url);
}
