/** Paths: how a place in a value is named in messages, look-ups and scripts.
 *
 *  The names are components and alternatives joined by dots, list elements as [index from 0]. What only carries protocol IEs
 *  is left out, so that a path reads like the specification's tables:
 *   - a path starts at the innermost message: the value of an open type whose key chose a procedure ("E2setupRequest"), or else
 *     the root's type name;
 *   - an element {id, criticality, value} of an IE container is named by its IE ("RANfunctionsAdded", the id's value reference
 *     without "id-"; "IE 65000" when unknown); its id and criticality are "RANfunctionsAdded.id" and ".criticality". An element
 *     whose id could not be read is "protocolIEs[3]";
 *   - an element of a list of single-IE containers is [index] alone, its value standing for it.
 *  So: E2setupRequest.RANfunctionsAdded[2].ranFunctionID */
#ifndef RP_PATH_H
#define RP_PATH_H

#include "codecs/value/ie.h"

/** Writes the path of a node. `chain` is its ancestors from the root and itself (indexes, root first, node last). The tree may
 *  be under construction: `next` of the nodes in the chain is not looked at.
 *  @return characters written; too long a path is cut in front, with "..." */
size_t rp_path_write(const struct rp_tree *tree, const uint32_t *chain, size_t n_chain, char *out, size_t size);

/** The path of a component that has no node (yet): the chain ends with its parent, `pending` is its slot (of an open type's value
 *  either the open component or the object's slot; of an IE missing in a container, which the chain ends with, the object's slot;
 *  NULL: as rp_path_write). */
size_t rp_path_write_slot(const struct rp_tree *tree, const uint32_t *chain, size_t n_chain, const struct rp_slot *pending,
                          char *out, size_t size);

/** As rp_path_write, for a node of a complete tree: finds the chain itself. */
size_t rp_path_of(const struct rp_tree *tree, uint32_t node, char *out, size_t size);

/** The ancestors of a node of a complete tree and itself, root first, as rp_path_write wants them.
 *  @return how many; 0 when there are more than `most` */
size_t rp_path_chain(const struct rp_tree *tree, uint32_t node, uint32_t *chain, size_t most);

/** Looks a path up, from `from` (0: the message): "RANfunctionsAdded[2].ranFunctionID"; a message name in front is allowed.
 *  Allocates nothing.
 *  @return the node (the value, of an IE), or UINT32_MAX when there is none */
uint32_t rp_path_find(const struct rp_tree *tree, uint32_t from, const char *path);

/** The message in a PDU: the node of the open type's value that a procedure code chose; 0 when the root is not a PDU. */
uint32_t rp_tree_message(const struct rp_tree *tree);

#endif
