/** Object identifiers: arcs from text, contents octets of BER (X.690 (02/2021) 8.19). */
#ifndef RP_ASN1_OID_H
#define RP_ASN1_OID_H

#include "codecs/asn1/compile.h"

enum { RP_OID_MAX_ARCS = 128 };

struct rp_oid {
    uint64_t arcs[RP_OID_MAX_ARCS];
    size_t n;
};

/** Looks up a reference inside an object identifier value: appends the arcs of an OBJECT IDENTIFIER, or one INTEGER. */
typedef bool rp_oid_ref_fn(void *context, const struct rp_token *at, struct rp_oid *oid);

/** Reads { iso org(3) 6 ref }.
 *  @param relative  arcs of a RELATIVE-OID: no name is known by its place
 *  @param ref       or NULL: references are errors
 *  @return false with an error */
bool rp_oid_parse(struct rp_asn1 *c, struct rp_ast_braces braces, bool relative, struct rp_oid *oid, rp_oid_ref_fn *ref,
                  void *context);

/** @return "1.3.6.1", owned by the schema; "" when an arc is not known */
const char *rp_oid_text(struct rp_asn1 *c, struct rp_ast_braces braces);

/** Contents octets of BER. @return number of octets, or 0 when the first arcs are out of range; `out` has room for 10 an arc */
size_t rp_oid_octets(const struct rp_oid *oid, bool relative, uint8_t *out);

/** The reverse of rp_oid_octets. @return false when it has too many arcs */
bool rp_oid_from_octets(const uint8_t *octets, size_t len, bool relative, struct rp_oid *oid);

#endif
