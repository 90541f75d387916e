#include <stdio.h>
#include <string.h>

#include "harness/command.h"
#include "harness/findings.h"
#include "harness/modules.h"
#include "harness/scenario.h"

static const char about[] =
    "Makes captures from scenarios (JSON, see harness/scenario.h): NAME.json becomes NAME.pcapng. The captures in\n"
    "fixtures/captures are made so.";

static const char examples[] = "  ranproof make-captures --out fixtures/captures fixtures/captures/scenarios/*.json";

/** DIR/NAME.pcapng of PATH/NAME.json. */
static void name_capture(const char *dir, const char *scenario, char *out, size_t size)
{
    const char *slash = strrchr(scenario, '/'), *name = slash ? slash + 1 : scenario;
    const char *dot = strrchr(name, '.');
    snprintf(out, size, "%s/%.*s.pcapng", dir, dot ? (int)(dot - name) : (int)strlen(name), name);
}

static int make_one(struct rp_registry *registry, const char *scenario_path, const char *dir)
{
    char path[1024];
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    name_capture(dir, scenario_path, path, sizeof path);
    json_t *scenario = rp_scenario_load(scenario_path, &diags);
    bool good = scenario && rp_scenario_write(scenario, registry, path, &diags);
    json_decref(scenario);
    rp_findings_print(&diags);
    rp_arena_free(&arena);
    if (!good)
        return rp_command_error("make-captures", "%s gave no capture", scenario_path);
    printf("%s\n", path);
    return 0;
}

int rp_cmd_make_captures(int argc, char **argv)
{
    struct rp_words files = { 0 }, modules = { 0 };
    const char *dir = ".";
    const struct rp_option options[] = {
        { .name = "out", .letter = 'o', .argument = "DIR", .help = "where the captures go (.)", .text = &dir },
        { .name = "module", .argument = "FILE", .help = "add or replace ASN.1 modules (repeatable)", .words = &modules },
        { 0 },
    };
    const struct rp_usage usage = { .name = "make-captures",
                                    .synopsis = "[--out DIR] SCENARIO.json...",
                                    .about = about,
                                    .examples = examples,
                                    .options = options };
    int status = rp_options_read(&usage, argc, argv, &files);
    if (status < 0 && !files.n)
        status = rp_usage_error("make-captures", "which scenario?");
    struct rp_registry *registry = status < 0 ? rp_registry_with("make-captures", &modules) : NULL;
    if (status < 0)
        status = registry ? 0 : RP_EXIT_ERROR;
    for (size_t i = 0; registry && i < files.n; i++)
        if (make_one(registry, files.word[i], dir))
            status = RP_EXIT_ERROR;
    rp_registry_free(registry);
    rp_words_free(&files);
    rp_words_free(&modules);
    return status;
}
