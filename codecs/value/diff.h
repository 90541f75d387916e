/** Schema-aware difference of two values of one type. */
#ifndef RP_DIFF_H
#define RP_DIFF_H

#include "codecs/value/json.h"

struct rp_difference {
    struct rp_difference *next;
    char path[192];
    const char *expected; /* value text, or "absent" */
    const char *got;
};

/** Compares value by value: REAL as double, -0 apart from 0; an unequal CHOICE is one difference (both alternatives shown whole);
 *  absent DEFAULT equals its default; lists element by element, then missing and surplus elements.
 *  @return the first differences, at most `most`, in order; NULL when equal. *total is the number found. Owned by the arena */
struct rp_difference *rp_diff(const struct rp_tree *expected, const struct rp_tree *got, size_t most, size_t *total,
                              struct rp_arena *arena);

#endif
