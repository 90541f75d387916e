/** A decoded (or to be encoded) value: one contiguous pre-order array of nodes in an arena. */
#ifndef RP_TREE_H
#define RP_TREE_H

#include "codecs/arena.h"
#include "codecs/type.h"

/** Octets that this edition has no type for. */
struct rp_unknown {
    uint32_t index; /* SEQUENCE: number of the addition from 0; CHOICE: of the extension alternative from 0; open type: 0 */
    uint32_t len;   /* octets of the open type */
    const uint8_t *octets;
};

/** One value. 32 octets.
 *
 *  | kind | value | len |
 *  |---|---|---|
 *  | BOOLEAN | integer 0 or 1 | - |
 *  | NULL | - | - |
 *  | INTEGER | integer; or, beyond 64 bits, octets in two's complement, most significant first | 0; or number of octets |
 *  | ENUMERATED | integer: index in type->items; from n_items on: n_root_items + extension index of an unknown addition | - |
 *  | REAL | real | - |
 *  | OBJECT IDENTIFIER, RELATIVE-OID | octets: the contents octets of BER | octets |
 *  | BIT STRING | octets, first bit on top, unused bits zero | bits |
 *  | OCTET STRING, OCTET_TEXT, TIME | octets | octets |
 *  | CHAR_STRING | octets, type->char_octets a character, big endian | characters |
 *  | SEQUENCE, SET | - | bits in the bit map of additions that was received; 0 = none, or the type's own |
 *  | SEQUENCE OF, SET OF | - | elements |
 *  | CHOICE | - (the one child is the alternative) | - |
 *  | open type, known | no node of its own: the node of the actual type stands in its place, slot = the object's slot | |
 *  | UNKNOWN | unknown | - |
 *
 *  An unknown addition of a SEQUENCE, alternative of a CHOICE or open type is a node with slot rp_unknown_slot. */
struct rp_node {
    const struct rp_slot *slot; /* what it is a value of, never NULL */
    union {
        int64_t integer;
        double real;
        const uint8_t *octets;
        const struct rp_unknown *unknown;
    } value;
    uint32_t bit;  /* where its encoding starts, from the first bit of the PDU; for an open type's value: after the length */
    uint32_t bits; /* length of the encoding, children and inner padding included; 0 in a tree that was not decoded */
    uint32_t next; /* index of the first node behind this one's subtree */
    uint32_t len;
};

/** A value tree. nodes[0] is the root. The arena that it was made in owns it; octets may point into the input buffer. */
struct rp_tree {
    const struct rp_node *nodes;
    uint32_t n_nodes;
    const uint8_t *octets; /* the input it was decoded from, or NULL */
    size_t len_octets;
    bool aligned; /* decoded from the ALIGNED variant */
};

extern const struct rp_slot rp_unknown_slot; /* type of kind RP_UNKNOWN */

/** Children: for (i = rp_first(n); i < tree->nodes[n].next; i = tree->nodes[i].next). */
static inline uint32_t rp_first(uint32_t node)
{
    return node + 1;
}

static inline const struct rp_type *rp_node_type(const struct rp_node *node)
{
    return node->slot->type;
}

/** @return index of the child whose slot has this name, or 0 (never a child's index). */
uint32_t rp_tree_child(const struct rp_tree *tree, uint32_t node, const char *name);

/** Building: nodes are appended in pre-order, children of a SEQUENCE in the order of its type's slots. */
struct rp_builder {
    struct rp_arena *arena;
    struct rp_node *nodes;
    uint32_t n, cap;
    bool failed; /* sticky: the arena refused */
};

/** Appends a node, `bit`, `bits`, `len` and value zero, and next = its own index + 1. @return its index; 0 with `failed` set */
uint32_t rp_build_node(struct rp_builder *build, const struct rp_slot *slot);

/** Closes a composite: its subtree ends with the newest node. */
static inline void rp_build_end(struct rp_builder *build, uint32_t node)
{
    if (!build->failed)
        build->nodes[node].next = build->n;
}

/** @return the tree, or one with n_nodes 0 when building failed */
struct rp_tree rp_build_tree(const struct rp_builder *build);

/** Copies a subtree (values by reference) behind the newest node. @return as rp_build_node */
uint32_t rp_build_copy(struct rp_builder *build, const struct rp_tree *from, uint32_t node);

/** Deep-copies a tree, octets included, into another arena. @return n_nodes 0 when the arena refused */
struct rp_tree rp_tree_clone(const struct rp_tree *tree, struct rp_arena *arena);

#endif
