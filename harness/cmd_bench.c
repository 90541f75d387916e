/* ranproof bench: what the codecs cost, measured here and now. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "codecs/per/per.h"
#include "harness/command.h"
#include "tools/bench/messages.h"
#include "tools/bench/replay.h"

enum { ROUNDS = 9, ROUND_NS = 20000000 };

struct timing {
    double decode_ns, encode_ns;
    uint64_t allocations;
    uint32_t nodes;
};

/** One message and the arenas it is decoded and encoded in, again and again. */
struct job {
    const struct rp_type *type;
    const uint8_t *octets;
    size_t len;
    struct rp_arena arena;
    struct rp_diags diags;
    struct rp_tree tree;
    bool sound;
};

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void decode_once(struct job *job)
{
    rp_arena_reset(&job->arena);
    rp_diags_clear(&job->diags);
    job->sound &= rp_per_decode(job->type, RP_ALIGNED, job->octets, job->len, &job->arena, &job->tree, &job->diags);
}

static void encode_once(struct job *job)
{
    const uint8_t *out;
    size_t len;
    struct rp_arena mark = job->arena;
    job->sound &= rp_per_encode(&job->tree, RP_ALIGNED, RP_CHECKED, &job->arena, &out, &len, &job->diags) && len == job->len;
    job->arena.at = mark.chunks == job->arena.chunks ? mark.at : job->arena.at; /* the tree stays, the octets go */
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/** Median over rounds of the time of one call. */
static double measure(struct job *job, void (*call)(struct job *))
{
    double rounds[ROUNDS];
    size_t calls = 64;
    for (;; calls *= 2) { /* warms up, and finds how many calls fill a round */
        uint64_t start = now_ns();
        for (size_t i = 0; i < calls; i++)
            call(job);
        if (now_ns() - start > ROUND_NS)
            break;
    }
    for (int r = 0; r < ROUNDS; r++) {
        uint64_t start = now_ns();
        for (size_t i = 0; i < calls; i++)
            call(job);
        rounds[r] = (double)(now_ns() - start) / (double)calls;
    }
    qsort(rounds, ROUNDS, sizeof rounds[0], compare);
    return rounds[ROUNDS / 2];
}

static bool run_job(struct job *job, struct timing *timing)
{
    job->diags.arena = &job->arena;
    job->sound = true;
    decode_once(job);
    encode_once(job);
    if (!job->sound || job->diags.count)
        return false;
    decode_once(job);
    timing->nodes = job->tree.n_nodes;
    uint64_t before = rp_arena_system_allocs();
    timing->decode_ns = measure(job, decode_once);
    timing->encode_ns = measure(job, encode_once);
    timing->allocations = rp_arena_system_allocs() - before;
    return job->sound;
}

static int bench_codec(void)
{
    struct rp_registry *registry = rp_registry_new();
    struct rp_arena arena = { 0 };
    int status = registry ? RP_EXIT_PASS : RP_EXIT_ERROR;
    printf("%-44s %7s %6s %10s %10s %8s %8s\n", "message", "octets", "nodes", "decode ns", "encode ns", "enc/dec", "allocs");
    for (size_t i = 0; status == RP_EXIT_PASS && i < rp_bench_n_messages; i++) {
        struct rp_diags diags = { .arena = &arena };
        struct job job = { .len = rp_bench_messages[i].octets };
        struct timing timing = { 0 };
        if (!rp_bench_message(i, registry, &arena, &job.type, &job.octets, &diags) || !run_job(&job, &timing)) {
            char text[600] = "the message is not decoded and encoded to the same octets";
            if (diags.first)
                rp_diag_format(diags.first, text, sizeof text);
            status = rp_command_error("bench", "%s, %zu octets: %s", rp_bench_messages[i].name, job.len, text);
        } else
            printf("%-44s %7zu %6u %10.1f %10.1f %8.2f %8llu\n", rp_bench_messages[i].name, job.len, timing.nodes,
                   timing.decode_ns, timing.encode_ns, timing.encode_ns / timing.decode_ns,
                   (unsigned long long)timing.allocations);
        rp_arena_free(&job.arena);
        rp_arena_reset(&arena);
    }
    rp_registry_free(registry);
    rp_arena_free(&arena);
    return status;
}

int rp_cmd_bench(int argc, char **argv)
{
    static const struct rp_option options[] = { { .name = NULL } };
    static const struct rp_usage usage = {
        .name = "bench",
        .synopsis = "codec | replay CAPTURE...",
        .about = "codec: nanoseconds to decode and encode messages of known sizes (median of 9 rounds, one core), nodes in\n"
                 "the decoded tree, and system allocations in all rounds together once warm.\n"
                 "replay: captures through the reader, the E2 session and the shipped rules; CPU time (best of 3 rounds)\n"
                 "and messages a second after each stage. fixtures/bench/indications.json makes a large capture.\n",
        .examples = "  ranproof bench codec\n"
                    "  ranproof make-captures --out out fixtures/bench/indications.json\n"
                    "  ranproof bench replay out/indications.pcapng\n",
        .options = options,
    };
    struct rp_words rest = { 0 };
    int status = rp_options_read(&usage, argc, argv, &rest);
    bool codec = rest.n == 1 && strcmp(rest.word[0], "codec") == 0;
    bool replay = rest.n > 1 && strcmp(rest.word[0], "replay") == 0;
    if (status < 0 && !codec && !replay)
        status = rp_usage_error("bench", "name what to measure: codec, or replay and a capture");
    if (status < 0)
        status = codec ? bench_codec() : rp_bench_replay(rest.word + 1, rest.n - 1);
    rp_words_free(&rest);
    return status;
}
