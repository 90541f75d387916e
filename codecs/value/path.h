/** Paths: how a place in a value is named in messages, look-ups and scripts.
 *
 *  The names are components and alternatives joined by dots, list elements as [index from 0]. What only carries protocol IEs
 *  is left out, so that a path reads like the specification's tables:
 *   - a path starts at the innermost message: the value of an open type whose key chose a procedure ("E2setupRequest"), or else
 *     the root's type name;
 *   - an element {id, criticality, value} of an IE container is named by its IE ("RANfunctionsAdded", the id's value reference
 *     without "id-"; "IE 65000" when unknown); its id and criticality are "RANfunctionsAdded.id" and ".criticality";
 *   - an element of a list of single-IE containers is [index] alone, its value standing for it.
 *  So: E2setupRequest.RANfunctionsAdded[2].ranFunctionID */
#ifndef RP_PATH_H
#define RP_PATH_H

#include "codecs/tree.h"

/** Whether a SEQUENCE is an IE field: its last component is an open type selected by its first (`id`) through an object set. */
bool rp_is_ie_field(const struct rp_type *type);

/** Whether a type is a list of IE fields (ProtocolIE-Container). A list of single-IE containers is one, too:
 *  rp_is_single_list tells them apart (its object set has one object). */
bool rp_is_ie_list(const struct rp_type *type);
bool rp_is_single_list(const struct rp_type *type);

/** Writes the path of a node. `open` is the chain of ancestors from the root to the node (indexes, root first, node last).
 *  @return characters written; too long a path is cut in front, with "..." */
size_t rp_path_write(const struct rp_tree *tree, const uint32_t *chain, size_t n_chain, char *out, size_t size);

/** As rp_path_write, for a node of a complete tree: finds the chain itself. */
size_t rp_path_of(const struct rp_tree *tree, uint32_t node, char *out, size_t size);

/** Looks a path up, from `from` (0: the message): "RANfunctionsAdded[2].ranFunctionID"; a message name in front is allowed.
 *  @return the node (the value, of an IE), or UINT32_MAX when there is none */
uint32_t rp_path_find(const struct rp_tree *tree, uint32_t from, const char *path);

/** The message in a PDU: the node of the open type's value that a procedure code chose; 0 when the root is not a PDU. */
uint32_t rp_tree_message(const struct rp_tree *tree);

#endif
