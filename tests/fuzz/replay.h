/* The main program of a fuzz target that is built without libFuzzer: it tries the files that it is
 * given. Weak, so that libFuzzer's own is taken where there is one. */
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* TAP: one test a file; what goes wrong ends the program. */
__attribute__((weak)) int main(int count, char **paths)
{
    static uint8_t bytes[1 << 23];
    printf("1..%d\n", count - 1);
    for (int i = 1; i < count; i++) {
        FILE *file = fopen(paths[i], "rb");
        if (!file)
            return 1;
        LLVMFuzzerTestOneInput(bytes, fread(bytes, 1, sizeof bytes, file));
        fclose(file);
        printf("ok %d - %s\n", i, paths[i]);
        fflush(stdout);
    }
    return 0;
}
