/** Lists of rules made ready for dispatch.lua, one for each name and edition. */
#ifndef RP_PLAN_H
#define RP_PLAN_H

#include "harness/script/engine.h"

/** The plan of a list for the present link's edition, made when first asked for. May raise a memory error.
 *  @param list  index in rules->listeners */
struct rp_plan *rp_plan_of(struct rp_rules *rules, size_t list);

/** The same when it is there already, else NULL. */
struct rp_plan *rp_plan_ready(const struct rp_rules *rules, size_t list);

/** Adds what the plans counted to their rules: calls, events that did not concern them. */
void rp_plans_count(struct rp_rules *rules);

/** Counts, and forgets all plans: a rule has been taken out. Plans in use stay valid until the engine is freed. */
void rp_plans_drop(struct rp_rules *rules);

#endif
