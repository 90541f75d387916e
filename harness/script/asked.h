/** What rules ask of m, kept for the next rule, and worked out in one call for the next message: rules ask the same of each. */
#ifndef RP_ASKED_H
#define RP_ASKED_H

#include "harness/script/paths.h"

/** Pushes a table for dispatch.lua: `kept` and `miss`, each by kind of question ("field", "get", "has", "key", "payload_of"),
 * `missing`, `refill` and `forget`. m is at `message` on the stack. May raise a memory error.
 *
 *  kept[kind][name] is the answer for the present message, false for nil; of fields it is m itself, and missing[name] is true for
 *  nil. miss[kind](m, name) works an answer out and keeps it. refill() works all that are kept out for the message in rules->now,
 *  forget() forgets them. */
void rp_asked_open(struct rp_rules *rules, int message);

#endif
