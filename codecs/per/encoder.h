/** The encoder's state and primitives. Private to codecs/per. */
#ifndef RP_PER_ENCODER_H
#define RP_PER_ENCODER_H

#include <string.h>

#include "codecs/per/private.h"

struct rp_encoder {
    uint8_t *out;
    size_t cap; /* octets */
    size_t pos; /* bits written */
    enum rp_variant variant;
    enum rp_encode_mode mode;
    uint32_t depth;
    const struct rp_tree *tree;
    struct rp_arena *arena;
    struct rp_diags *diags;
};

/** Encodes a value of a type: one for each enum rp_per_op. @return false with a finding */
typedef bool rp_encode_fn(struct rp_encoder *e, uint32_t node, const struct rp_type *type);
extern rp_encode_fn *const rp_encoders[RP_OPS];

/** Encodes the value at `node` as a value of its slot's type. */
static inline bool rp_encode(struct rp_encoder *e, uint32_t node)
{
    const struct rp_type *type = rp_node_type(&e->tree->nodes[node]);
    return rp_encoders[type->per[e->variant].op](e, node, type);
}

/** Refuses. @return false */
bool rp_encode_fail(struct rp_encoder *e, uint32_t node, enum rp_grade grade, enum rp_err err, const char *format, ...)
    __attribute__((format(printf, 5, 6), cold));

/** A value outside its constraint: refused when the mode is RP_CHECKED. @return whether to go on */
bool rp_encode_outside(struct rp_encoder *e, uint32_t node, const char *what, int64_t value) __attribute__((cold));

bool rp_encode_grow(struct rp_encoder *e, size_t octets) __attribute__((cold));

/** Room for so many octets behind the ones written, and eight more. */
static inline bool rp_space(struct rp_encoder *e, size_t octets)
{
    return (e->pos >> 3) + octets + 16 <= e->cap || rp_encode_grow(e, octets);
}

/** n bits, n <= 56; what is above them in value must be zero. The rest of the last octet becomes zero. */
static inline bool rp_put(struct rp_encoder *e, uint64_t value, unsigned n)
{
    if (__builtin_expect(!rp_space(e, 8), 0))
        return false;
    uint8_t *at = e->out + (e->pos >> 3);
    unsigned used = e->pos & 7;
    uint64_t word = used ? (uint64_t)(*at & (0xff00u >> used)) << 56 : 0;
    if (n)
        word |= value << (64 - n) >> used;
    word = __builtin_bswap64(word);
    memcpy(at, &word, 8);
    e->pos += n;
    return true;
}

/** Up to 64 bits. */
bool rp_put_wide(struct rp_encoder *e, uint64_t value, unsigned n);

static inline void rp_put_align(struct rp_encoder *e)
{
    if (e->variant == RP_ALIGNED)
        e->pos = (e->pos + 7) & ~(size_t)7; /* rp_put left zeros there */
}

/** `bits` bits from octets, first bit on top. */
bool rp_put_bits(struct rp_encoder *e, const uint8_t *octets, size_t bits);

/** One length determinant of the general form for n < 16K items; *aligned* first in ALIGNED. */
bool rp_put_length(struct rp_encoder *e, size_t n);

/** General length determinants and contents of n items of `unit` bits, in fragments where needed. */
bool rp_put_general(struct rp_encoder *e, const uint8_t *octets, size_t n, unsigned unit);

bool rp_put_small_number(struct rp_encoder *e, uint64_t n);

/** Extension bit and length of a string or list of n items, unless general: then *general is set and the caller goes on. */
bool rp_put_size(struct rp_encoder *e, uint32_t node, const struct rp_type *type, size_t n, bool *general);

/** Encodes `node` as an open type: length, value, padding. */
bool rp_encode_open(struct rp_encoder *e, uint32_t node);

/** An open type around what `body` writes. `hint` bits: how long it is likely to be, 0 = not known. */
bool rp_encode_wrapped(struct rp_encoder *e, uint32_t node, uint32_t hint,
                       bool (*body)(struct rp_encoder *, uint32_t node, const struct rp_slot *slot), const struct rp_slot *slot);

bool rp_encode_boolean(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_null(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_integer(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_integer_plain(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_integer_octets(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_enumerated(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_real(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_octets(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_bit_string(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_octet_string_free(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_octet_string(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_char_string(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_sequence(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_list(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_choice(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_choice_octets(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_choice_plain(struct rp_encoder *, uint32_t, const struct rp_type *);
bool rp_encode_unknown(struct rp_encoder *, uint32_t, const struct rp_type *);

#endif
