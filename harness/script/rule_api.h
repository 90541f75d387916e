/** The object `r` that a rule's function gets: r:finding, r:pending, r:state ... */
#ifndef RP_RULE_API_H
#define RP_RULE_API_H

#include "harness/script/engine.h"

/** Makes the metatable of `r`. May raise a memory error, as the next. */
void rp_rule_api_open(lua_State *L);

/** Makes `r` of a rule and takes a reference of it (self_ref). */
void rp_rule_api_object(lua_State *L, struct rp_rule *rule);

#endif
