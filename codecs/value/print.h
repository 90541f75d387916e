/** A text tree with bit offsets, for people. */
#ifndef RP_PRINT_H
#define RP_PRINT_H

#include "codecs/value/json.h"

/** Writes one line a node: bit offset, bit length, indented name, type, value; findings of `diags` (may be NULL) under their
 * node.
 *  @param inside  as in rp_json_options */
void rp_print_tree(struct rp_text *out, const struct rp_tree *tree, const struct rp_diags *diags, rp_inside_fn *inside,
                   void *inside_context);

/** The value of one leaf as a person would write it ("reject", "4095", "1.3.6.1.4", "00F110", "'101'B"), cut at `size`. */
size_t rp_print_value(const struct rp_tree *tree, uint32_t node, char *out, size_t size);

#endif
