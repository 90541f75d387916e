/** "did you mean": the nearest known name. */
#ifndef RP_SUGGEST_H
#define RP_SUGGEST_H

#include <stddef.h>

/** Keeps the best candidate seen so far; zero-initialise, set `name`. */
struct rp_suggest {
    const char *name; /* what was written */
    const char *best; /* the nearest candidate, or NULL when none is near enough */
    size_t distance;
};

/** Offers one candidate (kept by reference). Letter case counts less than other differences. */
void rp_suggest_offer(struct rp_suggest *suggest, const char *candidate);

#endif
