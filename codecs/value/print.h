/** Values for people: one leaf, one line, or a text tree with bit offsets. */
#ifndef RP_PRINT_H
#define RP_PRINT_H

#include "codecs/value/json.h"

/** Writes one line a node: bit offset, bit length, indented name, type, value; findings of `diags` (may be NULL) under their
 *  node, those that belong to no node at the end. An IE is one line with its name, id and criticality, its value below. Long
 *  values are cut, with their length, so that lines keep to 130 columns where names allow it.
 *  @param inside  as in rp_json_options; what it gives stands under its node, offsets counted from there */
void rp_print_tree(struct rp_text *out, const struct rp_tree *tree, const struct rp_diags *diags, rp_inside_fn *inside,
                   void *inside_context);

/** A value as a person would write it: "reject", "4095", "1.3.6.1.4", "00F110", "'101'B", "\"Periodic Report\""; a composite one
 *  on one line: {ricService=ran-function-not-supported}, [1, 2].
 *  @return characters written; cut at size - 1 with "..." at the end, octets with their number behind */
size_t rp_print_value(const struct rp_tree *tree, uint32_t node, char *out, size_t size);

#endif
