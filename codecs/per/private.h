/** What the layout pass leaves in a type for the decoder and the encoder. */
#ifndef RP_PER_PRIVATE_H
#define RP_PER_PRIVATE_H

#include "codecs/per/per.h"

/** How a type is coded in one variant: the index of its decoder and encoder. */
enum rp_per_op {
    RP_OP_BOOLEAN,
    RP_OP_NULL,
    RP_OP_INTEGER_FIELD,         /* constrained, as a bit field (11.5.7.1 to 11.5.7.3, 11.5.6) */
    RP_OP_INTEGER_PLAIN,         /* the same without extension, and the bounds say all */
    RP_OP_INTEGER_LARGE,         /* constrained, range over 64K, ALIGNED: octet count, then octets (11.5.7.4) */
    RP_OP_INTEGER_OCTETS,        /* the same without extension, the bounds say all, at most 5 octets */
    RP_OP_INTEGER_SEMI,          /* lower bound only (11.7) */
    RP_OP_INTEGER_UNCONSTRAINED, /* two's complement (11.8) */
    RP_OP_ENUMERATED,
    RP_OP_REAL,
    RP_OP_OCTETS, /* general length, octets: OBJECT IDENTIFIER, RELATIVE-OID, UTF8String ... */
    RP_OP_BIT_STRING,
    RP_OP_OCTET_STRING,
    RP_OP_OCTET_STRING_FREE, /* of any size, ALIGNED */
    RP_OP_CHAR_STRING,
    RP_OP_SEQUENCE, /* and SET */
    RP_OP_KEYED,    /* SEQUENCE of fixed fields and one open type that the first of them selects: an IE, a procedure */
    RP_OP_LIST,     /* SEQUENCE OF, SET OF */
    RP_OP_IE_LIST,  /* SEQUENCE OF keyed sequences */
    RP_OP_CHOICE,
    RP_OP_CHOICE_OCTETS, /* and the first alternative is RP_OP_INTEGER_OCTETS: one octet says both */
    RP_OP_CHOICE_PLAIN,  /* the index is not aligned */
    RP_OP_OPEN,
    RP_OPS
};

/** Flags of struct rp_per. */
enum {
    RP_PER_EXTENSION_BIT = 1, /* an extension bit comes first */
    RP_PER_FIELD_ALIGNED = 2, /* the field (value, index or length) starts on an octet */
    RP_PER_SIZE_FIXED = 4,    /* no length: the root size is one value below 64K */
    RP_PER_SIZE_FIELD = 8,    /* the length is a constrained field; neither flag: general length determinant */
    RP_PER_ALIGN_VALUE = 16,  /* the contents start on an octet (root sizes; extension and general sizes always do in ALIGNED) */
    RP_PER_CHAR_INDEX = 32    /* characters are sent as indexes into the permitted alphabet */
};

/** Four of the 32-bit fields of a node at once: bit, bits, next, len. */
typedef uint32_t rp_quad __attribute__((vector_size(16)));

/** One leaf or SEQUENCE of a flattened prefix: where its bits are in the 64 bits from the start, and the node it becomes. */
struct rp_flat_row {
    rp_quad place; /* bit, bits, next and len of the node; bit and next from the start of the flat value */
    const struct rp_slot *slot;
    uint64_t mask; /* of the field, shifted down */
    uint64_t max;  /* largest root value (less lo), below 2^63 */
    int64_t lo;    /* added to the field */
    uint8_t shift; /* field = word >> shift & mask */
    bool octets;   /* fixed OCTET STRING, BIT STRING: the value points to octet bit / 8 */
};

/** The fixed beginning of a SEQUENCE, as it stands when the value starts on an octet boundary.
 *  For RP_OP_CHOICE_OCTETS: its first octet, when the first alternative is chosen: one row, with the octet count less one as the
 * field and the bounds of the number as max and lo. */
struct rp_flat {
    uint32_t n_rows;
    uint32_t n_slots;   /* components covered; the rest is decoded one by one */
    uint32_t bits;      /* covered, at most 64 */
    uint64_t zero_mask; /* extension bits and padding: all zero, else the careful way is taken */
    uint64_t head_mask; /* RP_OP_KEYED: so, with the padding before the open type's length */
    uint32_t head; /* RP_OP_KEYED of the shape of an IE (key, one assigned field, open type): octets before the length; else 0 */
    struct rp_flat_row rows[];
};

/** Whether a value is above or below the bounds of the root; above 2^63-1 values and bounds are bits of a uint64_t. */
static inline bool rp_above(const struct rp_type *type, int64_t value)
{
    return type->has_hi && (type->hi_u64 ? (uint64_t)value > (uint64_t)type->hi : value > type->hi);
}

static inline bool rp_below(const struct rp_type *type, int64_t value)
{
    return type->has_lo && (type->hi_u64 ? (uint64_t)value < (uint64_t)type->lo : value < type->lo);
}

/** Whether an INTEGER value (or a size) is in the root of its constraint. */
bool rp_in_root(const struct rp_type *type, int64_t value);

/** "0..4095", "1 or more": the root's bounds. */
void rp_bounds_text(const struct rp_type *type, char *out, size_t size);

/** "above the upper bound" ...: what is wrong with a value or size outside the root. */
const char *rp_outside_text(const struct rp_type *type, int64_t value);

/** Whether a string type has a character. */
bool rp_has_character(const struct rp_type *type, uint32_t c);

/** Index of the first of n characters (char_octets each) that the type does not have; n when it has all. */
size_t rp_first_strange(const struct rp_type *type, const uint8_t *octets, size_t n);

/** Whether a leaf has its component's DEFAULT value. */
bool rp_equals_default(const struct rp_node *node, const struct rp_default *dflt);

#endif
