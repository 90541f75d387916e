#include "tools/bench/replay.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "harness/command.h"
#include "harness/script/rules.h"

enum { ROUNDS = 3 };

enum stage { CAPTURE, SESSION, RULES, STAGES };
static const char *const stage_names[STAGES] = { "capture to SCTP messages", "and E2AP decoded, with payloads",
                                                 "and judged by all rules" };

struct run {
    enum stage stage;
    struct rp_e2_session *session;
    struct rp_rules *rules;
    uint64_t messages;
};

static void on_sctp_message(void *context, const struct rp_sctp_message *message)
{
    struct run *run = context;
    run->messages += run->stage == CAPTURE;
    if (run->stage != CAPTURE)
        rp_e2_session_message(run->session, message);
}

static void on_sctp_event(void *context, const struct rp_capture_event *event)
{
    struct run *run = context;
    if (run->stage != CAPTURE)
        rp_e2_session_event(run->session, event);
}

static void on_link(void *context, const struct rp_e2_link *link)
{
    struct run *run = context;
    if (run->stage == RULES)
        rp_rules_link(run->rules, link);
}

static void on_message(void *context, const struct rp_e2_message *message)
{
    struct run *run = context;
    const struct rp_e2_payload *payloads;
    run->messages++;
    if (run->stage == RULES)
        rp_rules_message(run->rules, message);
    rp_e2_payloads(run->session, message, &payloads);
}

static void on_event(void *context, const struct rp_e2_link *link, const struct rp_capture_event *event)
{
    struct run *run = context;
    if (run->stage == RULES)
        rp_rules_event(run->rules, link, event);
}

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/** One pass over the files. @return CPU seconds, or a negative number when a file could not be read */
static double pass(struct run *run, struct rp_registry *registry, const struct rp_capture_source *sources, size_t n)
{
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    struct rp_capture_counts counts;
    const struct rp_e2_handler e2 = { run, on_link, on_message, on_event };
    const struct rp_capture_handler capture = { .context = run, .message = on_sctp_message, .event = on_sctp_event };
    run->messages = 0;
    run->session = rp_e2_session_new(registry, NULL, &e2);
    run->rules = rp_rules_new(NULL, 0, registry, 0);
    double seconds = -1;
    if (run->session && run->rules) {
        rp_rules_attach(run->rules, run->session);
        double start = cpu_seconds();
        int status = rp_capture_run(sources, n, NULL, &capture, &counts, &diags);
        rp_rules_finish(run->rules, counts.last_ns);
        seconds = status ? -1 : cpu_seconds() - start;
    }
    char text[600] = "out of memory";
    if (seconds < 0 && diags.first)
        rp_diag_format(diags.first, text, sizeof text);
    if (seconds < 0)
        rp_command_error("bench", "%s", text);
    rp_rules_free(run->rules);
    rp_e2_session_free(run->session);
    rp_arena_free(&arena);
    return seconds;
}

int rp_bench_replay(const char *const *files, size_t n_files)
{
    struct rp_capture_source sources[64];
    struct rp_registry *registry = rp_registry_new();
    size_t n = n_files < 64 ? n_files : 64;
    for (size_t i = 0; i < n; i++)
        sources[i] = (struct rp_capture_source){ .name = files[i] };
    printf("%-34s %10s %9s %12s\n", "stage", "messages", "CPU s", "messages/s");
    int status = registry ? RP_EXIT_PASS : RP_EXIT_ERROR;
    for (int stage = CAPTURE; stage < STAGES && status == RP_EXIT_PASS; stage++) {
        struct run run = { .stage = (enum stage)stage };
        double best = -1;
        for (int round = 0; round < ROUNDS && status == RP_EXIT_PASS; round++) {
            double seconds = pass(&run, registry, sources, n);
            if (seconds < 0)
                status = RP_EXIT_ERROR;
            else if (best < 0 || seconds < best)
                best = seconds;
        }
        if (status == RP_EXIT_PASS)
            printf("%-34s %10llu %9.3f %12.0f\n", stage_names[stage], (unsigned long long)run.messages, best,
                   best > 0 ? (double)run.messages / best : 0);
    }
    rp_registry_free(registry);
    return status;
}
