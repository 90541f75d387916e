/** What a constraint allows, as far as ranges can say it. */
#ifndef RP_ASN1_CONSTRAINT_H
#define RP_ASN1_CONSTRAINT_H

#include "codecs/asn1/ranges.h"

/** Two readings of a constraint: what PER sees of it (X.691 (02/2021) 10.3), and all that it says. */
enum rp_view { RP_VIEW_PER, RP_VIEW_EXACT };

/** A set of values as three independent restrictions. Everything, where a constraint says nothing. */
struct rp_allowed {
    struct rp_ranges values; /* of an INTEGER */
    struct rp_ranges sizes;
    struct rp_ranges chars; /* of a known-multiplier string */
    bool visible;           /* some of it is seen by PER */
    bool extensible;
    bool bad; /* an error was reported */
};

/** Reads a constraint's root. @param type  what it stands behind, already filled without it */
struct rp_allowed rp_constraint_read(struct rp_asn1 *c, const struct rp_env *env, struct rp_ctype *type,
                                     const struct rp_ast_constraint *constraint, enum rp_view view);

/** What a complete type allows. */
struct rp_allowed rp_allowed_of_type(struct rp_asn1 *c, const struct rp_ctype *type, enum rp_view view);

/** All code points of a known-multiplier string type. */
struct rp_ranges rp_charset(enum rp_keyword keyword);

#endif
