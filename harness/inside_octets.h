/** Service-model values written in place of the OCTET STRING that holds them, turned to octets: `encode --sm SET`. */
#ifndef RP_INSIDE_OCTETS_H
#define RP_INSIDE_OCTETS_H

#include "codecs/value/json.h"
#include "harness/e2/models.h"

enum { RP_INSIDE_SETS = 16 };

/** The sets that such values are of. Zero-initialise. */
struct rp_inside_octets {
    struct rp_e2_model model[RP_INSIDE_SETS];
    size_t n;
};

/** Adds a set. @return false with findings: not known, errors in it, or over RP_INSIDE_SETS */
bool rp_inside_octets_add(struct rp_inside_octets *inside, struct rp_registry *registry, const char *set, struct rp_diags *diags);

/** An rp_json_octets_fn; `context` is the struct rp_inside_octets. The first set that has the value's names is taken. */
bool rp_inside_octets(void *context, const struct rp_json_inner *inner, const uint8_t **octets, size_t *len_octets,
                      struct rp_diags *diags);

#endif
