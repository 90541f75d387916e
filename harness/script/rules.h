/** The rule engine: Lua rules loaded, fed with a session's messages, asked for verdicts. docs/rules.md is the rule author's view.
 */
#ifndef RP_RULES_H
#define RP_RULES_H

#include "harness/e2/session.h"
#include "harness/verdict/verdict.h"

struct rp_rules;

/** A rule file. */
struct rp_rule_source {
    const char *path; /* "rules/e2/ppid.lua", for messages */
    const char *text;
    size_t len;
};

/** Loads the shipped rules (rp_embedded_rules) when `sources` is NULL.
 *  @param registry  names in the rules are checked against its E2AP editions
 *  @return NULL only without memory; a rule that does not load has verdict error, with the reason */
struct rp_rules *rp_rules_new(const struct rp_rule_source *sources, size_t n_sources, struct rp_registry *registry,
                              double slack_seconds);
void rp_rules_free(struct rp_rules *rules);

/** The session whose payloads the rules ask for. Call before the first message. */
void rp_rules_attach(struct rp_rules *rules, struct rp_e2_session *session);

/** Calls `made` for each finding when it is made; one that is folded into an earlier one is not told again.
 *  The finding is valid during the call. */
void rp_rules_watch(struct rp_rules *rules,
                    void (*made)(void *context, const struct rp_rule_result *rule, const struct rp_finding *finding),
                    void *context);

void rp_rules_link(struct rp_rules *rules, const struct rp_e2_link *link);
void rp_rules_message(struct rp_rules *rules, const struct rp_e2_message *message);
void rp_rules_event(struct rp_rules *rules, const struct rp_e2_link *link, const struct rp_capture_event *event);

/** The capture ends: what is pending and not yet due becomes inconclusive. */
void rp_rules_finish(struct rp_rules *rules, int64_t end_ns);

/** The verdicts so far, by rule id. Owned by the engine. */
const struct rp_verdicts *rp_rules_verdicts(const struct rp_rules *rules);

#endif
