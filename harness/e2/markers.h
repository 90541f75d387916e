/** Octets of stacks whose ASN.1 was edited so that the extension marker of each CHOICE stands at its end. */
#ifndef RP_E2_MARKERS_H
#define RP_E2_MARKERS_H

#include "harness/e2/models.h"

/** Whether octets that no edition reads fit one when its extension markers are moved to the end of each CHOICE. Gives up on a
 * function after some payloads that did not.
 *  @return the set's name, or NULL */
const char *rp_e2_markers_last(struct rp_registry *registry, struct rp_e2_choice *choice, enum rp_e2_kind kind,
                               const uint8_t *octets, size_t len, struct rp_arena *trial);

#endif
