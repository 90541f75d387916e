/** What a rule says about itself, checked. */
#ifndef RP_METADATA_H
#define RP_METADATA_H

#include "harness/script/engine.h"

/** Reads the metadata of the table at `index` into `rule`, whose `source` is set, and takes a reference of its function `open`.
 *  Raises a Lua error that names file and line at the first fault: an unknown key, a missing or wrong value, a name in `on` that
 * no message or event has. */
void rp_metadata_read(lua_State *L, int index, struct rp_rules *rules, struct rp_rule *rule);

#endif
