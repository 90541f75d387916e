/** The object m: one table for all messages and events. */
#ifndef RP_SCRIPT_MESSAGE_H
#define RP_SCRIPT_MESSAGE_H

#include "harness/script/engine.h"

/** Makes m and puts what calls need at fixed places of the Lua stack (enum rp_place). @return false without memory */
bool rp_message_open(struct rp_rules *rules);

/** Points m's look-ups at the message in rules->now. */
void rp_message_turn(struct rp_rules *rules);

/** Sets all fields of m by rules->now. May raise a memory error. @param same_message  only the event, the finding or the payload
 *  is another */
void rp_message_update(struct rp_rules *rules, bool same_message);

#endif
