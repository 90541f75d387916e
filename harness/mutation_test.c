/* The messages of the clean capture with octets changed, left out and put in, through session and rules: whatever a device sends,
 * no rule ends in an error, and every message is either decoded or refused. */
#include <stdlib.h>
#include <string.h>

#include "harness/capture/capture.h"
#include "harness/script/rules.h"
#include "tools/test_support.h"

enum { ROUNDS = 300, MAX_MESSAGES = 64, MAX_OCTETS = 4096 };

struct kept {
    uint8_t octets[MAX_OCTETS];
    size_t len;
    int from;
};

struct run {
    struct kept kept[MAX_MESSAGES];
    size_t n;
    struct rp_rules *rules;
    struct rp_e2_session *session;
    uint64_t random;
};

static void keep(void *context, const struct rp_sctp_message *message)
{
    struct run *run = context;
    assert_true(run->n < MAX_MESSAGES && message->len <= MAX_OCTETS);
    struct kept *kept = &run->kept[run->n++];
    memcpy(kept->octets, message->octets, message->len);
    kept->len = message->len;
    kept->from = message->from;
}

/** xorshift64: the same sequence on every machine. */
static uint32_t pick(struct run *run, size_t below)
{
    run->random ^= run->random << 13;
    run->random ^= run->random >> 7;
    run->random ^= run->random << 17;
    return (uint32_t)((run->random >> 32) % below);
}

static size_t mutate(struct run *run, uint8_t *octets, size_t len)
{
    for (uint32_t i = 0, n = 1 + pick(run, 3); i < n && len > 1; i++) {
        size_t at = pick(run, len);
        switch (pick(run, 5)) {
        case 0:
        case 1: octets[at] ^= (uint8_t)(1u << pick(run, 8)); break;
        case 2: octets[at] = (uint8_t)pick(run, 256); break;
        case 3:
            memmove(octets + at, octets + at + 1, len - at - 1);
            len--;
            break;
        default: len = at + 1; break;
        }
    }
    return len;
}

static void on_link(void *context, const struct rp_e2_link *link)
{
    rp_rules_link(((struct run *)context)->rules, link);
}

static void on_message(void *context, const struct rp_e2_message *message)
{
    rp_rules_message(((struct run *)context)->rules, message);
}

static void feed(struct run *run)
{
    struct rp_sctp_association association = { .endpoint = { { .name = { "192.0.2.10:36421" }, .names = 1, .port = 36421 },
                                                             { .name = { "192.0.2.20:36421" }, .names = 1, .port = 36421 } } };
    struct rp_sctp_message message = { .association = &association, .ppid = 70 };
    for (uint32_t round = 0; round < ROUNDS; round++, association.id++) {
        for (size_t i = 0; i < run->n; i++) {
            uint8_t octets[MAX_OCTETS];
            memcpy(octets, run->kept[i].octets, run->kept[i].len);
            size_t len = pick(run, 3) ? mutate(run, octets, run->kept[i].len) : run->kept[i].len;
            uint8_t *guarded = rp_guarded(octets, len);
            message.octets = guarded;
            message.len = len;
            message.from = run->kept[i].from;
            message.frame = message.first_frame = ++message.tsn;
            message.time_ns = (int64_t)message.frame * 50000000;
            rp_e2_session_message(run->session, &message);
            rp_guarded_free(guarded, len);
        }
        struct rp_capture_event gone = { .kind = RP_CAPTURE_GONE, .association = &association, .from = -1 };
        rp_e2_session_event(run->session, &gone);
    }
    rp_rules_finish(run->rules, message.time_ns);
}

static void no_rule_ends_in_an_error(void **state)
{
    (void)state;
    struct run *run = calloc(1, sizeof *run);
    assert_non_null(run);
    run->random = 0x9e3779b97f4a7c15u;
    struct rp_capture_source source = { .name = RP_SOURCE_DIR "/fixtures/captures/clean.pcapng" };
    struct rp_capture_handler capture = { .context = run, .message = keep };
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    struct rp_capture_options options = { 0 };
    assert_int_equal(rp_capture_run(&source, 1, &options, &capture, NULL, &diags), 0);
    struct rp_registry *registry = rp_registry_new();
    struct rp_e2_handler handler = { run, on_link, on_message, NULL };
    run->session = rp_e2_session_new(registry, NULL, &handler);
    run->rules = rp_rules_new(NULL, 0, registry, 0);
    assert_non_null(run->session);
    assert_non_null(run->rules);
    rp_rules_attach(run->rules, run->session);
    feed(run);
    struct rp_e2_counts counts;
    rp_e2_session_counts(run->session, &counts);
    assert_int_equal(counts.pdus + counts.refused + counts.other_messages, ROUNDS * run->n);
    assert_true(counts.refused > ROUNDS);
    const struct rp_verdicts *verdicts = rp_rules_verdicts(run->rules);
    for (size_t i = 0; i < verdicts->n; i++)
        if (verdicts->results[i].verdict == RP_ERROR)
            fail_msg("%s: %s", verdicts->results[i].id, verdicts->results[i].why);
    rp_rules_free(run->rules);
    rp_e2_session_free(run->session);
    rp_registry_free(registry);
    rp_arena_free(&arena);
    free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(no_rule_ends_in_an_error) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
