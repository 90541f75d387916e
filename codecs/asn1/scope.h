/** Names to definitions: modules, symbols, imports. */
#ifndef RP_ASN1_SCOPE_H
#define RP_ASN1_SCOPE_H

#include "codecs/asn1/compile.h"

void rp_scope_add_module(struct rp_asn1 *c, struct rp_asn1_module *module);

/** Enters a symbol; the same name twice in a module is an error that shows both places.
 *  @return NULL when refused */
struct rp_symbol *rp_scope_add(struct rp_asn1 *c, struct rp_asn1_module *module, const struct rp_token *token,
                               enum rp_symbol_kind kind);

/** Finds what each import stands for; reports modules and names that are not there or not exported. */
void rp_scope_link(struct rp_asn1 *c);

/** @return the definition that a name stands for in a module, imports followed; NULL when there is none (not reported) */
struct rp_symbol *rp_scope_find(const struct rp_asn1 *c, const struct rp_asn1_module *module, const struct rp_name *name);

/** Finds what a reference without parameters of its own names; reports an unknown one with "did you mean".
 *  @param module  where the reference stands
 *  @param what    "type", "value", ... for the message */
struct rp_symbol *rp_scope_resolve(struct rp_asn1 *c, const struct rp_asn1_module *module, const struct rp_ast_ref *ref,
                                   const char *what);

/** @return the module of this name, or NULL. With several of one name, the one with this object identifier (may be ""), else the
 *  first. */
struct rp_asn1_module *rp_scope_module(const struct rp_asn1 *c, const struct rp_name *name, const char *oid);

#endif
