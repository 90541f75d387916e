/* Leaves: X.691 (02/2021) 12 to 17, 24, 30. */
#include <stdio.h>

#include "codecs/per/encoder.h"
#include "codecs/per/real.h"

bool rp_encode_boolean(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    (void)type;
    return rp_put(e, e->tree->nodes[node].value.integer != 0, 1);
}

bool rp_encode_null(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    (void)e, (void)node, (void)type;
    return true;
}

static unsigned unsigned_octets(uint64_t value)
{
    return value ? (unsigned)(71 - __builtin_clzll(value)) / 8 : 1;
}

/** Two's complement in the fewest octets (11.8, 11.4). */
static bool put_unconstrained(struct rp_encoder *e, const struct rp_node *value)
{
    if (value->len) {
        size_t skip = 0;
        const uint8_t *octets = value->value.octets;
        while (skip + 1 < value->len &&
               ((!octets[skip] && octets[skip + 1] < 0x80) || (octets[skip] == 0xff && octets[skip + 1] >= 0x80)))
            skip++;
        return rp_put_general(e, octets + skip, value->len - skip, 8);
    }
    int64_t number = value->value.integer;
    uint64_t magnitude = (uint64_t)(number < 0 ? ~number : number) << 1 | 1; /* one bit for the sign */
    unsigned octets = magnitude >> 63 && (uint64_t)(number < 0 ? ~number : number) >> 62 ? 8 : unsigned_octets(magnitude);
    uint64_t bits = octets == 8 ? (uint64_t)number : (uint64_t)number & ((1ull << (8 * octets)) - 1);
    return rp_put_length(e, octets) && rp_put_wide(e, bits, 8 * octets);
}

static bool put_root(struct rp_encoder *e, uint32_t node, const struct rp_type *type, uint64_t offset)
{
    const struct rp_per *per = &type->per[e->variant];
    unsigned octets = unsigned_octets(offset);
    switch (per->op) {
    case RP_OP_INTEGER_PLAIN:
    case RP_OP_INTEGER_FIELD:
        if (per->width < 64 && offset >> per->width)
            return rp_encode_fail(e, node, RP_CONSTRAINT, RP_ERANGE, "%lld has no encoding in %u bits",
                                  (long long)e->tree->nodes[node].value.integer, per->width);
        if (per->flags & RP_PER_FIELD_ALIGNED)
            rp_put_align(e);
        return rp_put_wide(e, offset, per->width);
    case RP_OP_INTEGER_OCTETS:
    case RP_OP_INTEGER_LARGE:
        if ((octets - 1) >> per->width)
            return rp_encode_fail(e, node, RP_CONSTRAINT, RP_ERANGE, "%lld has no encoding in the octets of its type",
                                  (long long)e->tree->nodes[node].value.integer);
        if (!rp_put(e, octets - 1, per->width))
            return false;
        rp_put_align(e);
        return rp_put_wide(e, offset, octets * 8);
    default: return rp_put_length(e, octets) && rp_put_wide(e, offset, octets * 8);
    }
}

bool rp_encode_integer(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    const struct rp_node *value = &e->tree->nodes[node];
    const struct rp_per *per = &type->per[e->variant];
    bool inside = !value->len && rp_in_root(type, value->value.integer);
    if (value->len && !type->has_lo && !type->has_hi)
        inside = true;
    if (!inside && !type->extensible && !rp_encode_outside(e, node, "", value->value.integer))
        return false;
    if ((per->flags & RP_PER_EXTENSION_BIT) && !rp_put(e, !inside, 1))
        return false;
    if ((!inside && type->extensible) || per->op == RP_OP_INTEGER_UNCONSTRAINED)
        return put_unconstrained(e, value);
    if (value->len)
        return rp_encode_fail(e, node, RP_CONSTRAINT, RP_ERANGE, "an INTEGER of %u octets has no encoding here", value->len);
    return put_root(e, node, type, (uint64_t)value->value.integer - (uint64_t)type->lo);
}

/** How far a value is above the lower bound; UINT64_MAX when it is not in the root. */
static inline uint64_t offset_of(const struct rp_node *value, const struct rp_type *type)
{
    uint64_t offset = (uint64_t)value->value.integer - (uint64_t)type->lo;
    return value->len || offset > (uint64_t)type->hi - (uint64_t)type->lo ? UINT64_MAX : offset;
}

/** The usual case: a field of at most 48 bits and its padding in one go. */
bool rp_encode_integer_plain(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    const struct rp_per *per = &type->per[e->variant];
    uint64_t offset = offset_of(&e->tree->nodes[node], type);
    if (__builtin_expect(offset == UINT64_MAX || per->width > 48, 0))
        return rp_encode_integer(e, node, type);
    unsigned padding = per->flags & RP_PER_FIELD_ALIGNED ? (unsigned)-e->pos & 7 : 0;
    return rp_put(e, offset, padding + per->width);
}

/** The usual case: octet count, padding and at most 5 octets in one go. */
bool rp_encode_integer_octets(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    unsigned width = type->per[e->variant].width;
    uint64_t offset = offset_of(&e->tree->nodes[node], type);
    if (__builtin_expect(offset == UINT64_MAX, 0))
        return rp_encode_integer(e, node, type);
    unsigned n = (unsigned)(71 - __builtin_clzll(offset | 1)) / 8, padding = (unsigned)-(e->pos + width) & 7;
    return rp_put(e, (uint64_t)(n - 1) << (padding + n * 8) | offset, width + padding + n * 8);
}

bool rp_encode_enumerated(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    uint64_t index = (uint64_t)e->tree->nodes[node].value.integer;
    const struct rp_per *per = &type->per[e->variant];
    bool root = index < type->n_root_items;
    if ((per->flags & RP_PER_EXTENSION_BIT) && !rp_put(e, !root, 1))
        return false;
    if (!root && (per->flags & RP_PER_EXTENSION_BIT))
        return rp_put_small_number(e, index - type->n_root_items);
    if (!root && e->mode == RP_CHECKED)
        return rp_encode_fail(e, node, RP_CONSTRAINT, RP_ERANGE, "enumeration index %llu is beyond the last, %lld",
                              (unsigned long long)index, (long long)type->n_root_items - 1);
    if (index >> per->width)
        return rp_encode_fail(e, node, RP_CONSTRAINT, RP_ERANGE, "enumeration index %llu has no encoding",
                              (unsigned long long)index);
    if (per->flags & RP_PER_FIELD_ALIGNED)
        rp_put_align(e);
    return rp_put(e, index, per->width);
}

bool rp_encode_real(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    (void)type;
    uint8_t octets[RP_REAL_MAX_OCTETS];
    size_t n = rp_real_write(e->tree->nodes[node].value.real, octets);
    return rp_put_general(e, octets, n, 8);
}

bool rp_encode_octets(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    const struct rp_node *value = &e->tree->nodes[node];
    if (type->kind == RP_OCTET_TEXT && !rp_in_root(type, value->len) && !type->extensible &&
        !rp_encode_outside(e, node, "size ", value->len))
        return false;
    return rp_put_general(e, value->value.octets, value->len, 8);
}

static bool put_string(struct rp_encoder *e, uint32_t node, const struct rp_type *type, unsigned unit)
{
    const struct rp_node *value = &e->tree->nodes[node];
    bool general;
    if (!rp_put_size(e, node, type, value->len, &general))
        return false;
    if (general)
        return rp_put_general(e, value->value.octets, value->len, unit);
    if (!value->len)
        return true; /* 11.9.3.3 NOTE 2: nothing is aligned for no contents */
    if (type->per[e->variant].flags & RP_PER_ALIGN_VALUE)
        rp_put_align(e);
    return rp_put_bits(e, value->value.octets, (size_t)value->len * unit);
}

bool rp_encode_octet_string(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    return put_string(e, node, type, 8);
}

bool rp_encode_octet_string_free(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    (void)type;
    return rp_put_general(e, e->tree->nodes[node].value.octets, e->tree->nodes[node].len, 8);
}

bool rp_encode_bit_string(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    return put_string(e, node, type, 1);
}

static uint32_t character(const struct rp_node *value, unsigned width, size_t i)
{
    uint32_t c = 0;
    for (unsigned k = 0; k < width; k++)
        c = c << 8 | value->value.octets[i * width + k];
    return c;
}

/** @return the field of a character, or UINT32_MAX when it has none */
static uint32_t character_field(const struct rp_type *type, const struct rp_per *per, uint32_t c)
{
    if (!(per->flags & RP_PER_CHAR_INDEX) && per->char_bits)
        return per->char_bits < 32 && c >> per->char_bits ? UINT32_MAX : c;
    for (uint32_t i = 0; i < type->alphabet->n; i++)
        if (type->alphabet->chars[i] == c)
            return i;
    return UINT32_MAX;
}

static bool check_alphabet(struct rp_encoder *e, uint32_t node, const struct rp_type *type, unsigned width)
{
    const struct rp_node *value = &e->tree->nodes[node];
    size_t i = rp_first_strange(type, value->value.octets, value->len);
    return i == value->len ||
           rp_encode_fail(e, node, RP_CONSTRAINT, RP_EALPHABET, "character %zu (0x%02x) is not one that %s has", i,
                          character(value, width, i), type->keyword);
}

/** Characters as octets of `char_bits` each, packed; in place when they are octets already. */
static const uint8_t *pack(struct rp_encoder *e, uint32_t node, const struct rp_type *type, unsigned width)
{
    const struct rp_node *value = &e->tree->nodes[node];
    const struct rp_per *per = &type->per[e->variant];
    if (per->char_bits == 8 * width && !(per->flags & RP_PER_CHAR_INDEX))
        return value->value.octets;
    struct rp_encoder packed = { .variant = RP_UNALIGNED, .arena = e->arena, .diags = e->diags, .tree = e->tree };
    if (!rp_encode_grow(&packed, ((size_t)value->len * per->char_bits + 7) / 8 + 16))
        return NULL;
    for (size_t i = 0; i < value->len; i++) {
        uint32_t c = character(value, width, i), field = character_field(type, per, c);
        if (field == UINT32_MAX) {
            rp_encode_fail(e, node, RP_CONSTRAINT, RP_EALPHABET, "character %zu (0x%02x) has no encoding", i, c);
            return NULL;
        }
        if (!rp_put(&packed, field, per->char_bits))
            return NULL;
    }
    return packed.out;
}

bool rp_encode_char_string(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    const struct rp_node *value = &e->tree->nodes[node];
    const struct rp_per *per = &type->per[e->variant];
    unsigned width = type->char_octets ? type->char_octets : 1;
    bool general;
    if (e->mode == RP_CHECKED && !check_alphabet(e, node, type, width))
        return false;
    if (!rp_put_size(e, node, type, value->len, &general))
        return false;
    const uint8_t *octets = pack(e, node, type, width);
    if (!octets && value->len)
        return false;
    if (general)
        return rp_put_general(e, octets, value->len, per->char_bits);
    if (value->len && (per->flags & RP_PER_ALIGN_VALUE))
        rp_put_align(e);
    return rp_put_bits(e, octets, (size_t)value->len * per->char_bits);
}
