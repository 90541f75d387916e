/** Rule files to loaded rules. */
#ifndef RP_SCRIPT_LOAD_H
#define RP_SCRIPT_LOAD_H

#include "harness/script/engine.h"

/** Loads every rule of `sources` (lib.lua aside, which comes first) into rules->rules, sorted by id. One that does not load has
 *  verdict RP_ERROR and says why. @return false without memory */
bool rp_load_rules(struct rp_rules *rules, const struct rp_rule_source *sources, size_t n);

/** Runs fn(L) with `argument` on the stack as light userdata, protected. @return NULL, or the error's text, copied into the
 *  engine's arena */
const char *rp_script_protected(struct rp_rules *rules, lua_CFunction fn, void *argument);

#endif
