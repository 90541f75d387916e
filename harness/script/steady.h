/** Indications like earlier ones: rules that are steady (metadata `steady`) are not called for them, the outcome is counted
 * again. */
#ifndef RP_STEADY_H
#define RP_STEADY_H

#include "harness/script/engine.h"

/** An indication before the rules have seen it. print 0: it can't be learnt. */
struct rp_steady_look {
    uint64_t print, said;
    int64_t unconcerned[RP_STEADY_RULES];
};

/** Whether the RICindication in rules->now is like one that the plan's steady rules had nothing to say about, with no other
 * message or event of the link since. Counts it then; else fills `look` for rp_steady_learn. */
bool rp_steady_known(struct rp_rules *rules, struct rp_plan *plan, struct rp_steady_look *look);

/** Behind a run of the whole plan: keeps the indication if no steady rule said anything. */
void rp_steady_learn(struct rp_rules *rules, struct rp_plan *plan, const struct rp_steady_look *look);

/** A steady rule says something about the present event. One that does so often is steady no longer: it would keep the others
 * from being passed over. */
void rp_steady_speaks(struct rp_rules *rules, struct rp_rule *rule);

/** Adds the counts of a link to their plans, and forgets its indications. */
void rp_steady_forget(struct rp_link_state *link);

/** The same for all links. */
void rp_steady_count(struct rp_rules *rules);

#endif
