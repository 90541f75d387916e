/** The object m: one userdata for all messages and events, its fields in a table behind it. */
#ifndef RP_SCRIPT_MESSAGE_H
#define RP_SCRIPT_MESSAGE_H

#include "harness/script/engine.h"

/** Makes m (rules->message_ref, message_view) and pushes the upvalues that rp_message_update needs.
 *  May raise a memory error. @return how many were pushed */
int rp_message_open(struct rp_rules *rules);

/** Brings m up to date with rules->now, before rules see it. To be called in a C function that has the upvalues of
 * rp_message_open as its first. @param same_message  only the event, the finding or the payload is another */
void rp_message_update(struct rp_rules *rules, bool same_message);

#endif
