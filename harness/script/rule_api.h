/** The object `r` that a rule's function gets: r:finding, r:pending, r:state ... */
#ifndef RP_RULE_API_H
#define RP_RULE_API_H

#include "harness/script/engine.h"

/** Makes `r` of a rule and takes a reference of it (self_ref). May raise a memory error. */
void rp_rule_api_object(struct rp_rules *rules, struct rp_rule *rule);

#endif
