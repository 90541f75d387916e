/** Schema-aware difference of two values of one type. */
#ifndef RP_DIFF_H
#define RP_DIFF_H

#include "codecs/tree.h"

enum { RP_DIFF_PATH = 192, RP_DIFF_VALUE = 240 };

struct rp_difference {
    struct rp_difference *next;
    char path[RP_DIFF_PATH]; /* as in codecs/value/path.h */
    const char *expected;    /* value text, or "absent" */
    const char *got;
};

/** Compares value by value: REAL as double, -0 apart from 0, NaN equal to NaN; a CHOICE of which the other alternative was taken
 *  is one difference (both shown whole, {alternative=value}); absent DEFAULT equals its default; lists element by element, then
 *  missing and surplus elements; IEs of a container by id, whatever their order. Bit offsets don't count.
 *  @return the first differences, at most `most`, in order; NULL when equal (or when the arena refused: *total tells).
 *          *total is the number found. Owned by the arena */
struct rp_difference *rp_diff(const struct rp_tree *expected, const struct rp_tree *got, size_t most, size_t *total,
                              struct rp_arena *arena);

#endif
