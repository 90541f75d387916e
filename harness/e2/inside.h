/** The service-model octets inside of a single E2AP message, decoded without a session: for commands that print one message. */
#ifndef RP_E2_INSIDE_H
#define RP_E2_INSIDE_H

#include "codecs/value/json.h"
#include "harness/e2/models.h"

struct rp_e2_inside;

/** @param sets   service model sets to read them in, "e2sm-kpm-03.00"; with several, the one that reads an OCTET STRING best.
 *                With none, RAN function definitions alone are read, by the OID beside them
 *  @param arena  owner of the trees that are shown
 *  @return NULL with findings: a set that is not known or does not compile, no memory. Free with rp_e2_inside_free */
struct rp_e2_inside *rp_e2_inside_new(struct rp_registry *registry, const char *const *sets, size_t n_sets,
                                      struct rp_arena *arena, struct rp_diags *diags);
void rp_e2_inside_free(struct rp_e2_inside *inside);

/** An rp_inside_fn; `context` is the struct rp_e2_inside. Octets that no set reads without a constraint or transfer finding are
 *  shown as they are. */
const struct rp_tree *rp_e2_inside(void *context, const struct rp_tree *tree, uint32_t node);

#endif
