/* The encoder's entry, its findings and its bit primitives. Clauses of X.691 (02/2021). */
#include <stdarg.h>
#include <stdio.h>

#include "codecs/per/encoder.h"
#include "codecs/value/path.h"

enum { FRAGMENT = 16384 };

rp_encode_fn *const rp_encoders[RP_OPS] = {
    [RP_OP_BOOLEAN] = rp_encode_boolean,
    [RP_OP_NULL] = rp_encode_null,
    [RP_OP_INTEGER_FIELD] = rp_encode_integer,
    [RP_OP_INTEGER_PLAIN] = rp_encode_integer_plain,
    [RP_OP_INTEGER_LARGE] = rp_encode_integer,
    [RP_OP_INTEGER_OCTETS] = rp_encode_integer_octets,
    [RP_OP_INTEGER_SEMI] = rp_encode_integer,
    [RP_OP_INTEGER_UNCONSTRAINED] = rp_encode_integer,
    [RP_OP_ENUMERATED] = rp_encode_enumerated,
    [RP_OP_REAL] = rp_encode_real,
    [RP_OP_OCTETS] = rp_encode_octets,
    [RP_OP_BIT_STRING] = rp_encode_bit_string,
    [RP_OP_OCTET_STRING] = rp_encode_octet_string,
    [RP_OP_OCTET_STRING_FREE] = rp_encode_octet_string_free,
    [RP_OP_CHAR_STRING] = rp_encode_char_string,
    [RP_OP_SEQUENCE] = rp_encode_sequence,
    [RP_OP_KEYED] = rp_encode_sequence,
    [RP_OP_LIST] = rp_encode_list,
    [RP_OP_IE_LIST] = rp_encode_list,
    [RP_OP_CHOICE] = rp_encode_choice,
    [RP_OP_CHOICE_OCTETS] = rp_encode_choice_octets,
    [RP_OP_CHOICE_PLAIN] = rp_encode_choice_plain,
    [RP_OP_OPEN] = rp_encode_unknown,
};

bool rp_encode_fail(struct rp_encoder *e, uint32_t node, enum rp_grade grade, enum rp_err err, const char *format, ...)
{
    char text[RP_DIAG_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct rp_diag *diag = rp_diag_add(e->diags, grade, err, "%s", text);
    diag->bit = e->tree->nodes[node].bit;
    rp_path_of(e->tree, node, diag->path, sizeof diag->path);
    return false;
}

bool rp_encode_outside(struct rp_encoder *e, uint32_t node, const char *what, int64_t value)
{
    const struct rp_type *type = rp_node_type(&e->tree->nodes[node]);
    if (e->mode == RP_UNCHECKED)
        return true;
    rp_encode_fail(e, node, RP_CONSTRAINT, RP_ERANGE, "%s%lld is %s", what, (long long)value, rp_outside_text(type, value));
    return false;
}

bool rp_encode_grow(struct rp_encoder *e, size_t octets)
{
    size_t need = (e->pos >> 3) + octets + 16, cap = 2 * e->cap > need ? 2 * e->cap : need;
    uint8_t *out = rp_arena_grow(e->arena, e->out, e->cap, cap);
    if (!out) {
        rp_diag_add(e->diags, RP_TRANSFER, RP_ENOMEM, "no memory for an encoding of %zu octets", need);
        return false;
    }
    e->out = out;
    e->cap = cap;
    return true;
}

bool rp_put_wide(struct rp_encoder *e, uint64_t value, unsigned n)
{
    if (n <= 56)
        return rp_put(e, value, n);
    return rp_put(e, value >> 32, n - 32) && rp_put(e, value & 0xffffffff, 32);
}

bool rp_put_bits(struct rp_encoder *e, const uint8_t *octets, size_t bits)
{
    size_t whole = bits / 8, rest = bits % 8;
    if (!rp_space(e, whole + 1))
        return false;
    if (!(e->pos & 7)) {
        if (whole)
            memcpy(e->out + (e->pos >> 3), octets, whole);
        e->pos += whole * 8;
    } else
        for (size_t i = 0; i < whole; i++)
            if (!rp_put(e, octets[i], 8))
                return false;
    return !rest || rp_put(e, octets[whole] >> (8 - rest), (unsigned)rest);
}

bool rp_put_length(struct rp_encoder *e, size_t n)
{
    rp_put_align(e);
    return n < 128 ? rp_put(e, n, 8) : rp_put(e, n | 0x8000, 16);
}

bool rp_put_general(struct rp_encoder *e, const uint8_t *octets, size_t n, unsigned unit)
{
    size_t done = 0;
    while (n - done >= FRAGMENT) { /* 11.9.3.8: the largest fragments first */
        size_t multiplier = (n - done) / FRAGMENT > 4 ? 4 : (n - done) / FRAGMENT;
        rp_put_align(e);
        if (!rp_put(e, 0xc0 | multiplier, 8) || !rp_put_bits(e, octets + done * unit / 8, multiplier * FRAGMENT * unit))
            return false;
        done += multiplier * FRAGMENT;
    }
    return rp_put_length(e, n - done) && rp_put_bits(e, octets + done * unit / 8, (n - done) * unit);
}

bool rp_put_small_number(struct rp_encoder *e, uint64_t n)
{
    if (n < 64)
        return rp_put(e, n, 7);
    unsigned octets = n < 0x100 ? 1 : n < 0x10000 ? 2 : n < 0x1000000 ? 3 : 4;
    return rp_put(e, 1, 1) && rp_put_length(e, octets) && rp_put(e, n, octets * 8);
}

bool rp_put_size(struct rp_encoder *e, uint32_t node, const struct rp_type *type, size_t n, bool *general)
{
    const struct rp_per *per = &type->per[e->variant];
    bool inside = rp_in_root(type, (int64_t)n);
    *general = !(per->flags & (RP_PER_SIZE_FIXED | RP_PER_SIZE_FIELD)) || (!inside && (per->flags & RP_PER_EXTENSION_BIT));
    if ((per->flags & RP_PER_EXTENSION_BIT) && !rp_put(e, !inside, 1))
        return false;
    if (!inside && !type->extensible && !rp_encode_outside(e, node, "size ", (int64_t)n))
        return false;
    if (*general)
        return true;
    uint64_t field = (uint64_t)n - (uint64_t)type->lo;
    bool fits = per->flags & RP_PER_SIZE_FIXED ? !field : field >> per->width == 0;
    if (!fits)
        return rp_encode_fail(e, node, RP_CONSTRAINT, RP_ESIZE, "size %zu has no encoding", n);
    if (per->flags & RP_PER_SIZE_FIXED)
        return true;
    if (per->flags & RP_PER_FIELD_ALIGNED)
        rp_put_align(e);
    return rp_put(e, field, per->width);
}

bool rp_per_encode_node(const struct rp_tree *tree, uint32_t node, enum rp_variant variant, enum rp_encode_mode mode,
                        struct rp_arena *arena, const uint8_t **out, size_t *len_octets, struct rp_diags *diags)
{
    struct rp_encoder e = { .variant = variant, .mode = mode, .tree = tree, .arena = arena, .diags = diags };
    *out = NULL;
    *len_octets = 0;
    if (node >= tree->n_nodes) {
        rp_diag_add(diags, RP_TRANSFER, RP_EMISSING, "there is no value to encode");
        return false;
    }
    size_t guess = (tree->nodes[node].bits / 8u + (tree->nodes[node].next - node) * 2u) + 64;
    if (!rp_encode_grow(&e, guess) || !rp_encode(&e, node))
        return false;
    if (!e.pos)
        e.out[0] = 0, e.pos = 8; /* 11.1: an empty encoding becomes one zero octet */
    *out = e.out;
    *len_octets = (e.pos + 7) / 8;
    return true;
}

bool rp_per_encode(const struct rp_tree *tree, enum rp_variant variant, enum rp_encode_mode mode, struct rp_arena *arena,
                   const uint8_t **out, size_t *len_octets, struct rp_diags *diags)
{
    return rp_per_encode_node(tree, 0, variant, mode, arena, out, len_octets, diags);
}
