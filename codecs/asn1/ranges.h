/** Sets of integers as sorted, disjoint ranges: values, sizes or code points that a constraint allows. */
#ifndef RP_ASN1_RANGES_H
#define RP_ASN1_RANGES_H

#include "codecs/asn1/types.h"

/** The ends of the number line: no bound. */
#define RP_NO_LO (-((rp_wide)1 << 126))
#define RP_NO_HI ((rp_wide)1 << 126)

struct rp_span {
    rp_wide lo, hi;
};

/** Sorted, neither touching nor overlapping. n = 0 is the empty set. */
struct rp_ranges {
    const struct rp_span *spans;
    size_t n;
    bool failed; /* memory was refused */
};

/** Everything. */
struct rp_ranges rp_ranges_all(void);
bool rp_ranges_is_all(struct rp_ranges ranges);

/** lo..hi; empty when lo > hi. */
struct rp_ranges rp_ranges_one(struct rp_asn1 *c, rp_wide lo, rp_wide hi);

struct rp_ranges rp_ranges_union(struct rp_asn1 *c, struct rp_ranges a, struct rp_ranges b);
struct rp_ranges rp_ranges_intersection(struct rp_asn1 *c, struct rp_ranges a, struct rp_ranges b);
struct rp_ranges rp_ranges_except(struct rp_asn1 *c, struct rp_ranges a, struct rp_ranges b);
bool rp_ranges_equal(struct rp_ranges a, struct rp_ranges b);

#endif
