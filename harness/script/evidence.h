/** Findings of rules: kept, folded and counted. */
#ifndef RP_EVIDENCE_H
#define RP_EVIDENCE_H

#include "harness/script/engine.h"

enum { RP_EVIDENCE_DISTINCT = 1000, RP_EVIDENCE_FRAMES = 1000 };

/** What a finding is made from. Texts are copied; NULL is "". */
struct rp_evidence {
    enum rp_verdict verdict; /* RP_FAIL becomes RP_WARN of a rule with level should */
    enum rp_role side;       /* who is wrong */
    const struct rp_link_state *link;
    const char *message, *path, *clause, *expected, *seen, *text;
    uint64_t frame;
    uint32_t number;
    int64_t time_ns;
};

/** Adds a finding to a rule. One with the same verdict, side, text, message and path (list indexes aside) as an earlier one is
 *  folded into that: counted, its frame kept. At most RP_EVIDENCE_DISTINCT distinct ones and RP_EVIDENCE_FRAMES frames of each
 * are kept, the rest counted. */
void rp_evidence_add(struct rp_rules *rules, struct rp_rule *rule, const struct rp_evidence *evidence);

#endif
