#include "harness/script/summary.h"

#include <stdio.h>
#include <string.h>

#include "harness/script/plan.h"

bool rp_summary_new(struct rp_rules *rules)
{
    rules->results = rp_arena_calloc(&rules->arena, rules->n_rules, sizeof *rules->results);
    rules->verdicts = (struct rp_verdicts){ rules->results, rules->n_rules };
    return rules->results != NULL;
}

static const char *listened_name(const struct rp_rules *rules, uint32_t on)
{
    return on < RP_ON_EVENTS ? rp_on_names[on] : rules->names.messages[on - RP_ON_EVENTS].name;
}

/* What an event is called in a sentence about its absence. */
static const char *wanted_name(const struct rp_rules *rules, uint32_t on)
{
    static const char *const words[RP_ON_EVENTS] = {
        [RP_ON_ANY] = "E2AP message",
        [RP_ON_REFUSED] = "refused message",
        [RP_ON_FINDING] = "finding of the decoder",
        [RP_ON_PAYLOAD] = "service-model payload",
        [RP_ON_PAYLOAD_FINDING] = "finding in a service-model payload",
        [RP_ON_LINK] = "association with E2AP",
        [RP_ON_UP] = "SCTP handshake",
        [RP_ON_SHUTDOWN] = "SCTP SHUTDOWN",
        [RP_ON_ABORT] = "SCTP ABORT",
        [RP_ON_RESTART] = "SCTP restart",
        [RP_ON_LOST] = "lost chunk",
        [RP_ON_END] = "end of an association",
    };
    return on < RP_ON_EVENTS ? words[on] : listened_name(rules, on);
}

enum { NAMED = 4 };

static const char *no_event(struct rp_rules *rules, const struct rp_rule *rule)
{
    char names[256] = "";
    size_t len = 0;
    for (size_t i = 0; i < rule->n_on && i < NAMED && len < sizeof names; i++) {
        const char *between = i == 0 ? "" : i + 1 == rule->n_on ? " or " : ", ";
        len += (size_t)snprintf(names + len, sizeof names - len, "%s%s", between, wanted_name(rules, rule->on[i]));
    }
    if (rule->n_on > NAMED && len < sizeof names)
        snprintf(names + len, sizeof names - len, " or %zu others", rule->n_on - NAMED);
    return rp_arena_printf(&rules->arena, "not exercised: no %s in the capture", names);
}

static const char *why_skipped(struct rp_rules *rules, const struct rp_rule *rule)
{
    struct rp_arena *arena = &rules->arena;
    if (!rules->n_links)
        return "not exercised: no E2AP in the capture";
    if (rule->called && rule->not_concerned)
        return rp_arena_printf(arena, "not exercised: %s", rule->not_concerned);
    if (rule->called)
        return rp_arena_printf(arena, "not exercised: none of %llu event%s concerned it", (unsigned long long)rule->called,
                               rule->called == 1 ? "" : "s");
    if (rule->other_e2ap)
        return rp_arena_printf(arena, "not exercised: for E2AP %s, the capture has %s", rule->editions,
                               strrchr(rule->other_e2ap, '-') + 1);
    return no_event(rules, rule);
}

static const char *why_inconclusive(const struct rp_rule *rule)
{
    for (const struct rp_finding *finding = rule->result.findings; finding; finding = finding->next)
        if (finding->verdict == RP_INCONCLUSIVE)
            return finding->text;
    return "";
}

/* A rule that waits for findings only is kept by every message, or payload, that was looked at and gave none. */
static uint64_t looked_at(const struct rp_rules *rules, const struct rp_rule *rule)
{
    uint64_t most = 0;
    for (size_t i = 0; i < rule->n_on && !rule->editions; i++) {
        uint32_t on = rule->on[i];
        if (on != RP_ON_REFUSED && on != RP_ON_FINDING && on != RP_ON_PAYLOAD_FINDING)
            return 0;
        uint64_t n = on == RP_ON_PAYLOAD_FINDING ? rules->payloads : rules->messages;
        most = n > most ? n : most;
    }
    return most;
}

static enum rp_verdict verdict_of(const struct rp_rule *rule, uint64_t exercised)
{
    if (rule->result.verdict == RP_ERROR)
        return RP_ERROR;
    if (rule->failed)
        return RP_FAIL;
    if (rule->inconclusive)
        return RP_INCONCLUSIVE;
    if (rule->warned)
        return RP_WARN;
    return exercised ? RP_PASS : RP_SKIP;
}

const struct rp_verdicts *rp_rules_verdicts(const struct rp_rules *given)
{
    struct rp_rules *rules = (struct rp_rules *)(uintptr_t)given; /* the results are worked out when asked for */
    rp_plans_count(rules);
    for (size_t i = 0; i < rules->n_rules; i++) {
        const struct rp_rule *rule = &rules->rules[i];
        struct rp_rule_result *result = &rules->results[i];
        const char *why = rule->result.why;
        *result = rule->result;
        uint64_t looked = looked_at(rules, rule);
        result->exercised = looked > result->exercised ? looked : result->exercised;
        result->verdict = verdict_of(rule, result->exercised);
        if (result->verdict == RP_SKIP)
            why = why_skipped(rules, rule);
        else if (result->verdict == RP_INCONCLUSIVE)
            why = why_inconclusive(rule);
        result->why = why ? why : "";
    }
    return &rules->verdicts;
}
