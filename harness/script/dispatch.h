/** From an event to the functions of the rules that listen. */
#ifndef RP_DISPATCH_H
#define RP_DISPATCH_H

#include "harness/script/engine.h"

/** Calls the rules for the message in rules->now: by its name, then for the decoder's findings, its payloads and their findings;
 *  for one that could not be read, @refused alone. */
void rp_dispatch_message(struct rp_rules *rules);

/** Calls the rules for the event in rules->now. */
void rp_dispatch_event(struct rp_rules *rules, enum rp_on on);

#endif
