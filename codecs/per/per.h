/** Packed Encoding Rules (X.691 02/2021), BASIC-PER ALIGNED and UNALIGNED: decode either form, encode the canonical one. */
#ifndef RP_PER_H
#define RP_PER_H

#include "codecs/diag.h"
#include "codecs/tree.h"

enum rp_variant { RP_UNALIGNED, RP_ALIGNED };

enum { RP_PER_MAX_DEPTH = 64, RP_PER_MAX_OCTETS = 16 << 20 };

/** Fills type->per[0..1] from the other fields. Called by the ASN.1 compiler once for each type, types it refers to in any order
 *  before or after, then once more for all with rp_per_flatten.
 *  @return false only when the arena refuses */
bool rp_per_layout(struct rp_type *type);

/** Second pass: rows of types whose values all have one size. `arena` owns the rows and lives as long as the types. */
bool rp_per_flatten(struct rp_type *type, struct rp_arena *arena);

/** Decodes one complete value.
 *  @param octets  exactly one encoding, at most RP_PER_MAX_OCTETS; must outlive the tree, which refers to it
 *  @param arena   owner of the tree; its limit is the limit of what a hostile message may cost
 *  @param tree    set in any case; on refusal it holds what was read before (nodes that were still open end with the last one)
 *  @param diags   every finding, from notes to the refusal; its arena may be the same
 *  @return true when the bits could be read to the end (diags->worst below RP_TRANSFER) */
bool rp_per_decode(const struct rp_type *type, enum rp_variant variant, const uint8_t *octets, size_t len_octets,
                   struct rp_arena *arena, struct rp_tree *tree, struct rp_diags *diags);

/** Clause of the remark on a message that reads only when aligned behind an empty string of constrained size: X.691 aligns
 * nothing there, many codecs do, and no verdict rests on it. */
#define RP_PER_CLAUSE_EMPTY "X.691 (02/2021) 11.9.3.3 NOTE 2"

enum rp_encode_mode {
    RP_CHECKED,  /* a value outside its constraints is refused */
    RP_UNCHECKED /* it is written as far as its field can hold it; refused only when no bits exist for it */
};

/** Encodes a tree canonically (X.691 02/2021 CANONICAL-PER of the variant).
 *  @param out, len_octets  the encoding, owned by `arena`; at least one octet
 *  @return false with a finding in diags: RP_ERANGE, RP_ESIZE, RP_EALPHABET, RP_EMISSING, RP_ENOMEM, RP_EDEPTH */
bool rp_per_encode(const struct rp_tree *tree, enum rp_variant variant, enum rp_encode_mode mode, struct rp_arena *arena,
                   const uint8_t **out, size_t *len_octets, struct rp_diags *diags);

/** Encodes the subtree at `node` as a complete encoding of its own (as in an open type). */
bool rp_per_encode_node(const struct rp_tree *tree, uint32_t node, enum rp_variant variant, enum rp_encode_mode mode,
                        struct rp_arena *arena, const uint8_t **out, size_t *len_octets, struct rp_diags *diags);

#endif
