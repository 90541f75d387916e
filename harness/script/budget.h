/** Lua text that stops by itself: a counter in every loop and function. Lua's own count hook slows every instruction by half. */
#ifndef RP_BUDGET_H
#define RP_BUDGET_H

#include "codecs/value/text.h"
#include "harness/script/lua_state.h"

enum { RP_BUDGET_ROUNDS = 1000000 };

/** Writes `text` with the counters put in, on the lines where it was. The text is taken to be correct Lua 5.4; the result is to
 * be called with the function of rp_budget_push as its only argument.
 *
 *  Counted are the rounds of loops, jumps, and calls of functions other than a rule's `open`, which only the engine calls. */
int rp_budget_instrument(struct rp_text *out, const char *text, size_t len);

/** Pushes the function that instrumented text calls each RP_BUDGET_ROUNDS counts: twice in one call of the engine is an error.
 * One for each text. May raise a memory error. */
void rp_budget_push(lua_State *L, const struct rp_lua_box *box);

#endif
