#include "cli/settings.h"

void settings_read(struct config *config, const struct snapshot *snapshot, struct arena *arena,
                   struct diags *diags)
{
    struct str source;
    struct err err;
    struct snapshot_reader *reader = snapshot_reader_open(snapshot, &err);
    config_init(config);
    for (size_t i = 0; reader && i < snapshot->count; i++)
        if (str_equal(snapshot->entries[i].path, STR(CONFIG_PATH)) &&
            !snapshot_read(reader, i, LIMIT_FILE_SIZE, arena, &source, &err))
            config_read(arena, source, config, diags);
    if (reader)
        snapshot_reader_free(reader);
}
