/** The module sets: the shipped ones by name, and those that a user loads. Compiled when first asked for. */
#ifndef RP_REGISTRY_H
#define RP_REGISTRY_H

#include "codecs/asn1/schema.h"

struct rp_registry;

/** @return a registry that knows the shipped sets; free with rp_registry_free. NULL without memory */
struct rp_registry *rp_registry_new(void);
void rp_registry_free(struct rp_registry *registry);

/** Adds a text of modules at run time (`--module FILE`).
 *  Its set is named after the file (directories and extension left out); modules that it imports and does not hold come from the
 *  other added files, then from the shipped ones (newest edition). A shipped set whose name it has is replaced; of a shipped set
 *  that has a module of the same name as one in it *and* the same object identifier, that module is replaced; but not when the
 * file is an edition of its own: named so ("e2sm-kpm-05.00.asn1"), or of several modules that import from no other file.
 *  @param text is copied. @return false with findings: no module in it, or a grammar error */
bool rp_registry_add(struct rp_registry *registry, const char *file, const char *text, size_t len, struct rp_diags *diags);

/** Names of all sets, sorted; owned by the registry, valid until the next rp_registry_add. */
const char *const *rp_registry_names(struct rp_registry *registry, size_t *n);

/** @param name  "e2ap-03.01", or the name of a module in an added file.
 *  @return the compiled set, owned by the registry; NULL with findings (unknown name with "did you mean", or its errors) */
const struct rp_schema *rp_registry_set(struct rp_registry *registry, const char *name, struct rp_diags *diags);

/** A set as stacks read it in whose ASN.1 the extension marker of each CHOICE was moved to its end, a way round compilers that
 * can't do extension alternatives (in the set's own modules, not in those imported): for telling their octets from damaged ones,
 * never for judging.
 *  @return owned by the registry; NULL when there is no such set or it does not compile so */
const struct rp_schema *rp_registry_set_markers_last(struct rp_registry *registry, const char *name);

/** @param spec  "SET:TYPE". @return NULL with findings (unknown set or type with "did you mean") */
const struct rp_type *rp_registry_type(struct rp_registry *registry, const char *spec, struct rp_diags *diags);

#endif
