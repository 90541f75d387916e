/* A main for fuzz targets in builds without libFuzzer: each file of the corpus once, in order of name, and the empty input. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/fuzz/fuzz.h"

static int is_file(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* An input of exactly its size, so that the sanitizer sees one octet read too many. */
static int run_file(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return 1;
    }
    size_t len = (size_t)ftell(file);
    rewind(file);
    uint8_t *octets = malloc(len ? len : 1);
    int bad = !octets || fread(octets, 1, len, file) != len;
    fclose(file);
    if (bad)
        fprintf(stderr, "%s: could not be read\n", path);
    else
        LLVMFuzzerTestOneInput(octets, len);
    free(octets);
    return bad;
}

static int run_folder(const char *folder)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, is_file, alphasort), bad = 0;
    if (n < 0) {
        fprintf(stderr, "%s: %s\n", folder, strerror(errno));
        return 1;
    }
    for (int i = 0; i < n; i++) {
        bad |= run_file(folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    printf("%s: %d inputs\n", folder, n);
    return bad || !n;
}

int main(int argc, char **argv)
{
    int bad = argc < 2;
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++)
        bad |= run_folder(argv[i]);
    return bad;
}
