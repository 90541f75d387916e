#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/command.h"
#include "harness/modules.h"
#include "harness/vector.h"

/* A run over files: what has passed so far, and the line buffer. */
struct run {
    struct rp_vectors vectors;
    size_t passed, failed;
    char *line;
    size_t cap;
};

static void one_line(struct run *run, const char *file, size_t number, const char *line, size_t len)
{
    struct rp_mismatch mismatch;
    if (rp_vector_check(&run->vectors, line, len, &mismatch)) {
        run->passed++;
        return;
    }
    run->failed++;
    printf("%s:%zu: %s%s%s\n", file, number, mismatch.name, mismatch.name[0] ? ": " : "", mismatch.text);
}

static int one_file(struct run *run, const char *path)
{
    bool is_stdin = !strcmp(path, "-");
    FILE *file = is_stdin ? stdin : fopen(path, "r");
    if (!file)
        return rp_command_error("vectors", "%s: %s", path, strerror(errno));
    ssize_t got;
    errno = 0;
    for (size_t number = 1; (got = getline(&run->line, &run->cap, file)) >= 0; number++) {
        size_t len = (size_t)got;
        while (len && strchr(" \t\r\n", run->line[len - 1]))
            len--;
        if (len)
            one_line(run, path, number, run->line, len);
    }
    int status = ferror(file) ? rp_command_error("vectors", "%s: %s", path, strerror(errno)) : RP_EXIT_PASS;
    if (!is_stdin)
        fclose(file);
    return status;
}

static int check_files(const struct rp_words *files, const struct rp_words *modules)
{
    struct run *run = calloc(1, sizeof *run);
    int status = RP_EXIT_ERROR;
    if (!run)
        return rp_command_error("vectors", "out of memory");
    run->vectors.registry = rp_registry_with("vectors", modules);
    if (run->vectors.registry) {
        status = RP_EXIT_PASS;
        for (size_t i = 0; i < files->n; i++) {
            int one = one_file(run, files->word[i]);
            status = one > status ? one : status;
        }
        printf("%zu passed, %zu failed\n", run->passed, run->failed);
        if (run->failed)
            status = RP_EXIT_FAIL;
    }
    rp_vectors_free(&run->vectors);
    rp_registry_free(run->vectors.registry);
    free(run->line);
    free(run);
    return status;
}

int rp_cmd_vectors(int argc, char **argv)
{
    struct rp_words modules = { 0 }, files = { 0 };
    const struct rp_option options[] = {
        { "module", 'm', "FILE", "add or replace ASN.1 modules (repeatable)", .words = &modules },
        { 0 },
    };
    const struct rp_usage usage = {
        .name = "vectors",
        .synopsis = "[--module FILE]... FILE.jsonl...",
        .about = "Checks test vectors: a JSON object a line with set, type, hex and optional value, per (\"uper\"), grade.\n"
                 "Each is decoded, its value compared, and encoded again, the octets compared. A line is printed for each that\n"
                 "fails, with where; the last line counts. The exit status is 1 when one failed.",
        .examples = "  ranproof vectors fixtures/vectors/*.jsonl\n"
                    "  ranproof vectors --module acme.asn1 acme.jsonl\n"
                    "  echo '{\"name\": \"one\", \"set\": \"e2sm-kpm-03.00\", \"type\": \"E2SM-KPM-EventTriggerDefinition\", "
                    "\"hex\": \"0000\"}' | ranproof vectors -\n",
        .options = options,
    };
    int status = rp_options_read(&usage, argc, argv, &files);
    if (status < 0 && !files.n)
        status = rp_usage_error(usage.name, "which files?");
    if (status < 0)
        status = check_files(&files, &modules);
    rp_words_free(&modules);
    rp_words_free(&files);
    return status;
}
