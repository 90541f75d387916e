/* BOOLEAN, NULL, INTEGER, ENUMERATED: X.691 (02/2021) 12 to 14. */
#include <stdio.h>

#include "codecs/per/decoder.h"

size_t rp_decode_boolean(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    uint64_t value;
    size_t end = rp_field(d, slot, pos, 1, &value);
    struct rp_node *node = end == RP_STOP ? NULL : rp_push(d, slot, pos);
    if (!node)
        return RP_STOP;
    node->value.integer = (int64_t)value;
    node->bits = 1;
    return end;
}

size_t rp_decode_null(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    struct rp_node *node = rp_push(d, slot, pos);
    if (!node)
        return RP_STOP;
    node->bits = 0;
    return pos;
}

static void outside(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, int64_t value)
{
    const struct rp_type *type = slot->type;
    struct rp_diag *diag = rp_decode_note(d, slot, pos, RP_CONSTRAINT, RP_ERANGE, NULL, "%lld is %s", (long long)value,
                                          rp_outside_text(type, value));
    rp_bounds_text(type, diag->expected, sizeof diag->expected);
    snprintf(diag->seen, sizeof diag->seen, "%lld", (long long)value);
}

/** The end of every INTEGER: node, and the value against the root. */
static size_t push_integer(struct rp_decoder *d, const struct rp_slot *slot, size_t start, size_t end, int64_t value)
{
    struct rp_node *node = rp_push(d, slot, start);
    if (!node)
        return RP_STOP;
    node->value.integer = value;
    node->bits = (uint32_t)(end - start);
    if (!slot->type->extensible && !rp_in_root(slot->type, value))
        outside(d, slot, start, value);
    return end;
}

/** Two's complement of any length; beyond 64 bits the octets are kept. */
static size_t unconstrained(struct rp_decoder *d, const struct rp_slot *slot, size_t start, size_t pos, bool extended)
{
    size_t n, contents;
    const uint8_t *octets;
    size_t end = rp_contents(d, slot, pos, true, 8, &n, &octets, &contents);
    if (end == RP_STOP)
        return RP_STOP;
    if (!n)
        return rp_decode_fail(d, slot, pos, RP_ESYNTAX, "X.691 (02/2021) 11.4", "an INTEGER of no octets");
    if (n > 1 && ((octets[0] == 0 && octets[1] < 0x80) || (octets[0] == 0xff && octets[1] >= 0x80)))
        rp_decode_note(d, slot, contents, RP_CANONICAL, RP_EFORM, "X.691 (02/2021) 11.4.6",
                       "needless leading octet 0x%02x in an INTEGER", octets[0]);
    if (n > 8) {
        struct rp_node *node = rp_push(d, slot, start);
        if (!node)
            return RP_STOP;
        node->value.octets = octets;
        node->len = (uint32_t)n;
        node->bits = (uint32_t)(end - start);
        return end;
    }
    uint64_t value = octets[0] & 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < n; i++)
        value = value << 8 | octets[i];
    if (extended && rp_in_root(slot->type, (int64_t)value))
        rp_decode_note(d, slot, start, RP_CANONICAL, RP_EFORM, "X.691 (02/2021) 13.1",
                       "extension form for a value inside the root: %lld", (long long)value);
    return push_integer(d, slot, start, end, (int64_t)value);
}

/** The extension bit of an INTEGER. *extended with the bit set. */
static inline size_t extension(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, bool *extended)
{
    *extended = false;
    if (!(slot->type->per[d->variant].flags & RP_PER_EXTENSION_BIT))
        return pos;
    uint64_t bit;
    pos = rp_field(d, slot, pos, 1, &bit);
    *extended = bit;
    return pos;
}

size_t rp_decode_integer_field(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_type *type = slot->type;
    const struct rp_per *per = &type->per[d->variant];
    size_t start = pos;
    bool extended;
    uint64_t value;
    if ((pos = extension(d, slot, pos, &extended)) == RP_STOP)
        return RP_STOP;
    if (extended)
        return unconstrained(d, slot, start, pos, true);
    if (per->flags & RP_PER_FIELD_ALIGNED)
        pos = rp_align(d, slot, pos);
    if ((pos = rp_field(d, slot, pos, per->width, &value)) == RP_STOP)
        return RP_STOP;
    int64_t number = (int64_t)((uint64_t)type->lo + value);
    if (type->extensible && value > (uint64_t)type->hi - (uint64_t)type->lo)
        outside(d, slot, start, number); /* the extension bit says that it is in the root */
    return push_integer(d, slot, start, pos, number);
}

/** The usual case: padding zero, inside the bounds. */
size_t rp_decode_integer_plain(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_type *type = slot->type;
    const struct rp_per *per = &type->per[d->variant];
    unsigned padding = per->flags & RP_PER_FIELD_ALIGNED ? (unsigned)-pos & 7 : 0, width = per->width;
    size_t end = pos + padding + width;
    if (!rp_easy(d, pos) || end > d->end || width > 48)
        return rp_decode_integer_field(d, slot, pos);
    uint64_t head = rp_load_easy(d, pos >> 3) << (pos & 7), value = head << padding >> (64 - width);
    if (__builtin_expect(value > (uint64_t)type->hi - (uint64_t)type->lo || (head >> 1) >> (63 - padding), 0))
        return rp_decode_integer_field(d, slot, pos);
    return rp_push_easy(d, slot, pos, end, (int64_t)((uint64_t)type->lo + value));
}

static uint64_t unsigned_octets(const uint8_t *octets, size_t n)
{
    uint64_t value = 0;
    for (size_t i = 0; i < n; i++)
        value = value << 8 | octets[i];
    return value;
}

static void leading_zero(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, size_t n)
{
    rp_decode_note(d, slot, pos, RP_CANONICAL, RP_EFORM, "X.691 (02/2021) 11.5.7.4",
                   "leading zero octet in an INTEGER of %zu octets", n);
}

size_t rp_decode_integer_large(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_type *type = slot->type;
    const struct rp_per *per = &type->per[d->variant];
    size_t start = pos;
    bool extended;
    uint64_t n;
    if ((pos = extension(d, slot, pos, &extended)) == RP_STOP)
        return RP_STOP;
    if (extended)
        return unconstrained(d, slot, start, pos, true);
    if ((pos = rp_field(d, slot, pos, per->width, &n)) == RP_STOP)
        return RP_STOP;
    n++;
    uint64_t most = (uint64_t)type->hi - (uint64_t)type->lo;
    if (n > 8 || (n - 1) * 8 >= 64u - (unsigned)__builtin_clzll(most))
        return rp_decode_fail(d, slot, start, RP_ESYNTAX, "X.691 (02/2021) 11.5.7.4",
                              "an INTEGER of %llu octets is out of its range", (unsigned long long)n);
    pos = rp_align(d, slot, pos);
    if (!rp_has(d, pos, n * 8))
        return rp_decode_end(d, slot, pos, n * 8);
    uint64_t value = rp_load(d, pos >> 3) >> (64 - n * 8);
    if (n > 1 && value >> (8 * n - 8) == 0)
        leading_zero(d, slot, pos, n);
    if (value > most && type->extensible)
        outside(d, slot, start, (int64_t)((uint64_t)type->lo + value));
    return push_integer(d, slot, start, pos + n * 8, (int64_t)((uint64_t)type->lo + value));
}

size_t rp_decode_integer_octets(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    if (!rp_easy(d, pos))
        return rp_decode_integer_large(d, slot, pos);
    int64_t number;
    size_t end = rp_read_octets_number(d, slot->type, pos, rp_load_easy(d, pos >> 3) << (pos & 7), &number);
    if (__builtin_expect(end == RP_STOP, 0))
        return rp_decode_integer_large(d, slot, pos);
    return rp_push_easy(d, slot, pos, end, number);
}

size_t rp_decode_integer_semi(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    size_t start = pos, n, contents;
    bool extended;
    const uint8_t *octets;
    if ((pos = extension(d, slot, pos, &extended)) == RP_STOP)
        return RP_STOP;
    if (extended)
        return unconstrained(d, slot, start, pos, true);
    if ((pos = rp_contents(d, slot, pos, true, 8, &n, &octets, &contents)) == RP_STOP)
        return RP_STOP;
    if (!n)
        return rp_decode_fail(d, slot, start, RP_ESYNTAX, "X.691 (02/2021) 11.7", "an INTEGER of no octets");
    size_t zeros = 0;
    while (zeros + 1 < n && !octets[zeros])
        zeros++;
    if (zeros)
        leading_zero(d, slot, contents, n);
    if (n - zeros > 8)
        return rp_decode_fail(d, slot, contents, RP_ERANGE, NULL, "an INTEGER of %zu octets is beyond the 64 bits kept here", n);
    return push_integer(d, slot, start, pos, (int64_t)((uint64_t)slot->type->lo + unsigned_octets(octets + zeros, n - zeros)));
}

size_t rp_decode_integer_unconstrained(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    size_t start = pos;
    bool extended;
    if ((pos = extension(d, slot, pos, &extended)) == RP_STOP)
        return RP_STOP;
    return unconstrained(d, slot, start, pos, extended);
}

/** An addition of an ENUMERATED (14.3): kept even when this edition does not have it. */
static size_t enumerated_addition(struct rp_decoder *d, const struct rp_slot *slot, size_t start, size_t pos)
{
    const struct rp_type *type = slot->type;
    uint64_t index;
    if ((pos = rp_small_number(d, slot, pos, &index)) == RP_STOP)
        return RP_STOP;
    if (index >= type->n_items - type->n_root_items)
        rp_decode_note(d, slot, start, RP_NOTE, RP_EUNKNOWN, "X.691 (02/2021) 14.3",
                       "extension value %llu, which this edition does not have", (unsigned long long)index);
    struct rp_node *node = rp_push(d, slot, start);
    if (!node)
        return RP_STOP;
    node->value.integer = (int64_t)(type->n_root_items + index);
    node->bits = (uint32_t)(pos - start);
    return pos;
}

size_t rp_decode_enumerated(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_type *type = slot->type;
    const struct rp_per *per = &type->per[d->variant];
    size_t start = pos;
    bool extended;
    uint64_t value;
    if ((pos = extension(d, slot, pos, &extended)) == RP_STOP)
        return RP_STOP;
    if (extended)
        return enumerated_addition(d, slot, start, pos);
    if (per->flags & RP_PER_FIELD_ALIGNED)
        pos = rp_align(d, slot, pos);
    if ((pos = rp_field(d, slot, pos, per->width, &value)) == RP_STOP)
        return RP_STOP;
    if (value >= type->n_root_items) {
        struct rp_diag *diag = rp_decode_note(d, slot, start, RP_TRANSFER, RP_ESYNTAX, "X.691 (02/2021) 14.2",
                                              "enumeration index beyond the last enumerator");
        snprintf(diag->expected, sizeof diag->expected, "0..%lld", (long long)type->n_root_items - 1);
        snprintf(diag->seen, sizeof diag->seen, "%llu", (unsigned long long)value);
        return RP_STOP;
    }
    struct rp_node *node = rp_push(d, slot, start);
    if (!node)
        return RP_STOP;
    node->value.integer = (int64_t)value;
    node->bits = (uint32_t)(pos - start);
    return pos;
}
