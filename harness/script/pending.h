/** Answers that rules wait for. Nothing is judged when a time is over but when no answer can come any more or long after: so a
 * late answer is told from none, and chunks that the capture lost are known before anyone is blamed. */
#ifndef RP_PENDING_H
#define RP_PENDING_H

#include "harness/script/engine.h"

/** What is waited for. */
struct rp_pending {
    struct rp_pending *next, *prev;   /* in its bucket, older ones first */
    struct rp_pending *older, *newer; /* among all */
    struct rp_rule *rule;
    struct rp_link_state *link;
    uint64_t hash;
    enum rp_role side;            /* who is to answer */
    int64_t opened_ns, within_ns; /* within_ns: INT64_MAX = no limit */
    uint64_t frame;
    uint32_t number;
    const char *message; /* name of the message that opened it */
    const char *what;    /* "an answer", or the option `what`; owned by the engine */
    int value_ref;       /* LUA_NOREF: none */
    uint32_t key_len, key_room;
    char key[];
};

/** @return false without memory */
bool rp_pending_new(struct rp_rules *rules);
void rp_pending_free(struct rp_rules *rules);

/** Opens one for `rule` at the present message; `like` gives side, within_ns, what and value_ref.
 *  @return false without memory */
bool rp_pending_open(struct rp_rules *rules, struct rp_rule *rule, const char *key, size_t len, const struct rp_pending *like);

/** Takes out the oldest with this key on the present link. Give it back with rp_pending_done.
 *  @return NULL when there is none */
struct rp_pending *rp_pending_take(struct rp_rules *rules, const struct rp_rule *rule, const char *key, size_t len);
void rp_pending_done(struct rp_rules *rules, struct rp_pending *pending);

/** Judges what is still open: of one link (nothing more comes of it), or of all when `link` is NULL (the capture ends). */
void rp_pending_judge(struct rp_rules *rules, const struct rp_link_state *link, int64_t end_ns);

#endif
