/** Links and subscriptions as rules see them: m.link, m.subscription, r:state. */
#ifndef RP_SCRIPT_LINKS_H
#define RP_SCRIPT_LINKS_H

#include "harness/script/engine.h"

/** The state of a link, made when it is first seen; NULL without memory. */
struct rp_link_state *rp_links_of(struct rp_rules *rules, const struct rp_e2_link *link);

/** Gives back what Lua holds of a link: no event of it will come. */
void rp_links_close(struct rp_rules *rules, struct rp_link_state *state);
void rp_links_free(struct rp_rules *rules);

/** Index of the endpoint that plays a role, or -1. */
int rp_links_side(const struct rp_link_state *state, enum rp_role role);

/** Role of an endpoint. */
enum rp_role rp_links_role(const struct rp_link_state *state, int endpoint);

/** Whether m.link is up to date. */
bool rp_links_is_shown(const struct rp_link_state *state);

/** Pushes m.link, brought up to date. May raise a memory error, as those below. */
void rp_links_push(struct rp_rules *rules, struct rp_link_state *state);

/** Changes when something that m.subscription shows does. */
uint64_t rp_links_subscription_print(const struct rp_subscription *subscription);

/** Reference of m.subscription as it stands: LUA_REFNIL for NULL, LUA_NOREF when it is not up to date. */
int rp_links_subscription_ref(const struct rp_rules *rules, const struct rp_subscription *subscription);

/** Pushes m.subscription, or nil for NULL. */
void rp_links_push_subscription(struct rp_rules *rules, const struct rp_subscription *subscription);

/** Pushes the tables of r:state for the link, by rule. */
void rp_links_push_states(struct rp_rules *rules, struct rp_link_state *state);

/** "e2node", "ric", "unknown". */
const char *rp_role_name(enum rp_role role);

/** m.time of a moment: seconds since the first frame that the engine saw. */
double rp_links_seconds(const struct rp_rules *rules, int64_t time_ns);

#endif
