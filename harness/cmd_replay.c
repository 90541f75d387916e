#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "harness/bench_file.h"
#include "harness/command.h"
#include "harness/findings.h"
#include "harness/input.h"
#include "harness/modules.h"
#include "harness/replay.h"
#include "harness/rule_files.h"

/** The words of the command line. */
struct words {
    struct rp_words files, modules, sm, rules;
    const char *out, *bench, *e2ap, *slack;
    bool strict, quiet, verbose, no_colour;
};

static const char about[] =
    "Reads captures (pcap, pcapng), finds the E2AP traffic in them by content, judges it by the rules and prints the\n"
    "verdicts, the failures explained first. Exit status: 0 all pass, 1 a fail, 2 inconclusive or an error.";

static const char examples[] =
    "  ranproof replay trace.pcapng\n"
    "  ranproof replay trace.pcapng --out out/          also writes out/results.jsonl and out/junit.xml\n"
    "  ranproof replay *.pcap --bench bench/acme.lua    with the editions and the slack that the device declares\n"
    "  ranproof replay trace.pcap --module acme-sm.asn1 --sm acme-sm\n"
    "  ranproof replay trace.pcap --rules my-rules/     by your own rules instead of the shipped ones";

static int read_words(int argc, char **argv, struct words *words)
{
    const struct rp_option options[] = {
        { .name = "out",
          .letter = 'o',
          .argument = "DIR",
          .help = "write results.jsonl and junit.xml there",
          .text = &words->out },
        { .name = "bench",
          .argument = "FILE",
          .help = "what the device under test declares (a Lua table)",
          .text = &words->bench },
        { .name = "module", .argument = "FILE", .help = "add or replace ASN.1 modules (repeatable)", .words = &words->modules },
        { .name = "e2ap", .argument = "SET", .help = "take this E2AP edition, don't find it out", .text = &words->e2ap },
        { .name = "sm", .argument = "SET", .help = "take this service model edition (repeatable)", .words = &words->sm },
        { .name = "slack", .argument = "SECONDS", .help = "add to every deadline (0)", .text = &words->slack },
        { .name = "rules", .argument = "DIR|FILE", .help = "judge by these rules (repeatable)", .words = &words->rules },
        { .name = "strict", .help = "a warning fails the run", .flag = &words->strict },
        { .name = "verbose", .letter = 'v', .help = "a line for each message", .flag = &words->verbose },
        { .name = "quiet", .letter = 'q', .help = "failures and summary only", .flag = &words->quiet },
        { .name = "no-color",
          .help = "no colour on a terminal (so does NO_COLOR in the environment)",
          .flag = &words->no_colour },
        { 0 },
    };
    const struct rp_usage usage = {
        .name = "replay", .synopsis = "[option...] CAPTURE...", .about = about, .examples = examples, .options = options
    };
    int status = rp_options_read(&usage, argc, argv, &words->files);
    if (status >= 0)
        return status;
    return words->files.n ? -1 : rp_usage_error("replay", "which capture?");
}

static int read_slack(const char *text, double *slack)
{
    char *end;
    errno = 0;
    *slack = strtod(text, &end);
    if (end == text || *end || errno || !(*slack >= 0 && *slack <= 3600))
        return rp_usage_error("replay", "--slack takes seconds from 0 to 3600, not '%s'", text);
    return 0;
}

/** Whether a set that was named compiles; prints why not. */
static bool check_set(struct rp_registry *registry, const char *set, struct rp_arena *arena)
{
    struct rp_diags diags = { .arena = arena };
    if (rp_registry_set(registry, set, &diags))
        return true;
    rp_findings_print(&diags);
    return false;
}

static bool check_sets(struct rp_registry *registry, const struct rp_e2_options *e2, struct rp_arena *arena)
{
    bool good = !e2->e2ap || check_set(registry, e2->e2ap, arena);
    for (size_t i = 0; i < e2->n_sm; i++)
        good = check_set(registry, e2->sm[i], arena) && good;
    return good;
}

/** The bench file's editions hold where the command line names none. */
static int read_bench(const char *path, struct rp_registry *registry, struct rp_arena *arena, struct rp_replay_options *options)
{
    struct rp_input text;
    int error = rp_input_read(path, &text);
    if (error)
        return rp_command_error("replay", "%s: %s", path, strerror(error));
    struct rp_bench_file *bench = rp_arena_calloc(arena, 1, sizeof *bench);
    struct rp_diags diags = { .arena = arena };
    bool good = bench && rp_bench_file_read(path, text.octets, text.len, registry, arena, bench, &diags);
    rp_input_free(&text);
    rp_findings_print(&diags);
    if (!good)
        return RP_EXIT_ERROR;
    options->bench = path;
    if (!options->e2.e2ap)
        options->e2.e2ap = bench->e2ap;
    if (!options->e2.n_sm) {
        options->e2.sm = bench->sm;
        options->e2.n_sm = bench->n_sm;
    }
    if (bench->has_slack)
        options->slack = bench->slack;
    return 0;
}

/** The options as given, for the report's first line. */
static const char *options_text(int argc, char **argv, const struct rp_words *files, struct rp_arena *arena)
{
    const char *text = "";
    for (int i = 1; i < argc && text; i++) {
        bool file = false;
        for (size_t k = 0; k < files->n; k++)
            file |= argv[i] == files->word[k];
        if (!file)
            text = rp_arena_printf(arena, "%s%s%s", text, text[0] ? " " : "", argv[i]);
    }
    return text ? text : "";
}

static int prepare(const struct words *words, struct rp_registry *registry, struct rp_arena *arena,
                   struct rp_replay_options *options)
{
    int status = words->bench ? read_bench(words->bench, registry, arena, options) : 0;
    if (!status && words->slack)
        status = read_slack(words->slack, &options->slack);
    if (!status && words->rules.n) {
        struct rp_rule_source *sources = NULL;
        status = rp_rule_files_read("replay", &words->rules, arena, &sources, &options->n_rules);
        options->rules = sources;
    }
    if (!status && !check_sets(registry, &options->e2, arena))
        status = RP_EXIT_ERROR;
    return status;
}

static int replay(const struct words *words, const char *given, struct rp_arena *arena)
{
    struct rp_registry *registry = rp_registry_with("replay", &words->modules);
    if (!registry)
        return RP_EXIT_ERROR;
    struct rp_replay_options options = { .files = words->files.word,
                                         .n_files = words->files.n,
                                         .e2 = { .e2ap = words->e2ap, .sm = words->sm.word, .n_sm = words->sm.n },
                                         .out_dir = words->out,
                                         .options = given,
                                         .strict = words->strict,
                                         .quiet = words->quiet,
                                         .verbose = words->verbose,
                                         .no_colour = words->no_colour };
    int status = prepare(words, registry, arena, &options);
    if (!status)
        status = rp_replay(registry, &options);
    rp_registry_free(registry);
    return status;
}

int rp_cmd_replay(int argc, char **argv)
{
    struct words words = { 0 };
    struct rp_arena arena = { 0 };
    int status = read_words(argc, argv, &words);
    if (status < 0)
        status = replay(&words, options_text(argc, argv, &words.files, &arena), &arena);
    rp_words_free(&words.files);
    rp_words_free(&words.modules);
    rp_words_free(&words.sm);
    rp_words_free(&words.rules);
    rp_arena_free(&arena);
    return status;
}
