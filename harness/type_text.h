/** A compiled type as ASN.1-like text, for people. */
#ifndef RP_TYPE_TEXT_H
#define RP_TYPE_TEXT_H

#include "codecs/asn1/schema.h"
#include "codecs/value/json.h"

/** Writes a type: its definition with named types by name and instances of parameterised types spelt out, where it stands, and
 * the objects of the sets that select its open types.
 *  @param schema  the set that the type belongs to */
void rp_type_text(struct rp_text *out, const struct rp_schema *schema, const struct rp_type *type);

#endif
