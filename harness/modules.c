#include "harness/modules.h"

#include <string.h>

#include "harness/findings.h"
#include "harness/input.h"

static bool add_file(const char *command, struct rp_registry *registry, const char *path, struct rp_diags *diags)
{
    struct rp_input text;
    int error = rp_input_read(path, &text);
    if (error) {
        rp_command_error(command, "%s: %s", path, strerror(error));
        return false;
    }
    bool added = rp_registry_add(registry, path, text.octets, text.len, diags);
    rp_input_free(&text);
    return added;
}

struct rp_registry *rp_registry_with(const char *command, const struct rp_words *files)
{
    struct rp_registry *registry = rp_registry_new();
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    bool good = registry != NULL;
    if (!good)
        rp_command_error(command, "out of memory");
    for (size_t i = 0; good && i < files->n; i++)
        good = add_file(command, registry, files->word[i], &diags);
    rp_findings_print(&diags);
    if (!good) {
        rp_registry_free(registry);
        registry = NULL;
    }
    rp_arena_free(&arena);
    return registry;
}
