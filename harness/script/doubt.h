/** Findings that hold only if the capture lacks nothing of the link: kept back until a loss would have shown. */
#ifndef RP_DOUBT_H
#define RP_DOUBT_H

#include "harness/script/evidence.h"

/** Keeps a finding back; its texts are copied. Those of which no loss can tell any more are given to rp_evidence_add.
 *  @return false without memory */
bool rp_doubt_hold(struct rp_rules *rules, struct rp_rule *rule, const struct rp_evidence *evidence);

/** Chunks of a link were lost: what is kept back for it is inconclusive. */
void rp_doubt_lost(struct rp_rules *rules, const struct rp_link_state *link);

/** Nothing more comes of a link (NULL: of any): what is kept back for it holds. */
void rp_doubt_end(struct rp_rules *rules, const struct rp_link_state *link);

/** Forgets what is kept back. */
void rp_doubt_free(struct rp_rules *rules);

#endif
