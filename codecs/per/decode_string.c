/* Strings, REAL and OBJECT IDENTIFIER: X.691 (02/2021) 15 to 17, 24, 30. */
#include <stdio.h>

#include "codecs/per/decoder.h"
#include "codecs/per/real.h"

/** Extension bit and size in front of a string's contents. */
static inline size_t string_size(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, size_t *n, bool *extended,
                                 bool *general)
{
    *extended = false;
    if (slot->type->per[d->variant].flags & RP_PER_EXTENSION_BIT) {
        uint64_t bit;
        if ((pos = rp_field(d, slot, pos, 1, &bit)) == RP_STOP)
            return RP_STOP;
        *extended = bit;
    }
    return rp_size(d, slot, pos, *extended, n, general);
}

/** Where root-size contents start: on an octet for all but short fixed strings, and nothing is aligned for no contents at all
 *  (11.9.3.3 NOTE 2). */
static inline size_t string_start(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, size_t n)
{
    const struct rp_per *per = &slot->type->per[d->variant];
    if (!(per->flags & RP_PER_ALIGN_VALUE))
        return pos;
    if (!n && !d->align_empty) {
        d->met_empty |= pos & 7 ? true : false;
        return pos;
    }
    return (pos & 7) && !rp_has(d, pos, 1) ? pos : rp_align(d, slot, pos);
}

static inline size_t push_string(struct rp_decoder *d, const struct rp_slot *slot, size_t start, size_t end,
                                 const uint8_t *octets, size_t len)
{
    struct rp_node *node = rp_push(d, slot, start);
    if (!node)
        return RP_STOP;
    node->value.octets = octets;
    node->len = (uint32_t)len;
    node->bits = (uint32_t)(end - start);
    return end;
}

static inline size_t decode_string(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, unsigned unit)
{
    const struct rp_type *type = slot->type;
    size_t start = pos, n = 0, contents;
    bool extended, general;
    const uint8_t *octets;
    if ((pos = string_size(d, slot, pos, &n, &extended, &general)) == RP_STOP)
        return RP_STOP;
    if (!general)
        pos = string_start(d, slot, pos, n);
    if ((pos = rp_contents(d, slot, pos, general, unit, &n, &octets, &contents)) == RP_STOP)
        return RP_STOP;
    if (extended || !type->exact || (int64_t)n < type->lo || (type->has_hi && (int64_t)n > type->hi))
        rp_check_size(d, slot, start, (int64_t)n, extended);
    return push_string(d, slot, start, pos, octets, n);
}

size_t rp_decode_octet_string(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    return decode_string(d, slot, pos, 8);
}

/** The usual case: padding zero, a length of one or two octets. */
size_t rp_decode_octet_string_free(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    size_t start = (pos + 7) & ~(size_t)7;
    if (!rp_easy(d, start) || start + 16 > d->end)
        return rp_decode_octet_string(d, slot, pos);
    uint64_t word = rp_load_easy(d, start >> 3), n = word >> 56;
    size_t contents = start + 8;
    if (n >= 0x80) {
        n = word >> 62 == 2 ? word >> 48 & 0x3fff : 0;
        contents += 8;
        if (n < 0x80)
            return rp_decode_octet_string(d, slot, pos);
    }
    bool padding = (pos & 7) && (uint8_t)(d->octets[pos >> 3] << (pos & 7));
    if (padding || n * 8 > d->end - contents)
        return rp_decode_octet_string(d, slot, pos);
    size_t end = rp_push_easy(d, slot, pos, contents + n * 8, 0);
    d->nodes[d->n - 1].value.octets = d->octets + (contents >> 3);
    d->nodes[d->n - 1].len = (uint32_t)n;
    return end;
}

size_t rp_decode_bit_string(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    return decode_string(d, slot, pos, 1);
}

/** The contents octets of an OBJECT IDENTIFIER: whole sub-identifiers without leading 0x80 (X.690 8.19). */
static bool oid_is_sound(const uint8_t *octets, size_t n)
{
    bool first = true;
    for (size_t i = 0; i < n; i++) {
        if (first && octets[i] == 0x80)
            return false;
        first = !(octets[i] & 0x80);
    }
    return n && first;
}

size_t rp_decode_octets(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    size_t start = pos, n, contents;
    const uint8_t *octets;
    if ((pos = rp_contents(d, slot, pos, true, 8, &n, &octets, &contents)) == RP_STOP)
        return RP_STOP;
    bool text = slot->type->kind == RP_OCTET_TEXT;
    if (text && !slot->type->extensible)
        rp_check_size(d, slot, start, (int64_t)n, false);
    else if (!text && !oid_is_sound(octets, n))
        return rp_decode_fail(d, slot, contents, RP_ESYNTAX, "X.690 (02/2021) 8.19", "octets that are no %s",
                              slot->type->keyword);
    return push_string(d, slot, start, pos, octets, n);
}

/** A REAL that no double has (more than 53 bits, a far exponent), or a decimal one, is kept as the nearest double. */
static bool is_rounded(const uint8_t *octets, size_t n, double value)
{
    uint8_t again[RP_REAL_MAX_OCTETS];
    if (n < 9 && (octets[0] & 0xbf) == 0x80)
        return false;
    return rp_real_write(value, again) != n || memcmp(again, octets, n) != 0;
}

size_t rp_decode_real(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    size_t start = pos, n, contents;
    const uint8_t *octets;
    const char *wrong;
    double value;
    if ((pos = rp_contents(d, slot, pos, true, 8, &n, &octets, &contents)) == RP_STOP)
        return RP_STOP;
    if (!rp_real_read(octets, n, &value, &wrong))
        return rp_decode_fail(d, slot, contents, RP_ESYNTAX, "X.690 (02/2021) 8.5", "%s", wrong);
    if (wrong)
        rp_decode_note(d, slot, contents, RP_CANONICAL, RP_EFORM, "X.690 (02/2021) 11.3", "%s", wrong);
    else if (n && is_rounded(octets, n, value))
        rp_decode_note(d, slot, contents, RP_NOTE, RP_ERANGE, NULL, "a REAL that no double has: the nearest, %.17g, is kept",
                       value);
    struct rp_node *node = rp_push(d, slot, start);
    if (!node)
        return RP_STOP;
    node->value.real = value;
    node->bits = (uint32_t)(pos - start);
    return pos;
}

/** Characters that the type does not have: the first one is reported. */
static void check_characters(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, const uint8_t *octets, size_t n)
{
    const struct rp_type *type = slot->type;
    size_t i = rp_first_strange(type, octets, n);
    if (i == n)
        return;
    uint32_t c = 0;
    for (unsigned k = 0, width = type->char_octets ? type->char_octets : 1; k < width; k++)
        c = c << 8 | octets[i * width + k];
    struct rp_diag *diag = rp_decode_note(d, slot, pos + i * type->per[d->variant].char_bits, RP_CONSTRAINT, RP_EALPHABET,
                                          "X.680 (02/2021) 41.4", "character %zu is not one that %s has", i, type->keyword);
    snprintf(diag->expected, sizeof diag->expected, "a character of %s", type->keyword);
    if (c >= 0x20 && c < 0x7f)
        snprintf(diag->seen, sizeof diag->seen, "'%c' (0x%02x)", (int)c, c);
    else
        snprintf(diag->seen, sizeof diag->seen, "0x%02x", c);
}

/** Characters narrower or wider than the octets they are kept in, or indexes: spread out, `width` octets each. */
static const uint8_t *spread(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, const uint8_t *octets, size_t n)
{
    const struct rp_type *type = slot->type;
    const struct rp_per *per = &type->per[d->variant];
    unsigned width = type->char_octets ? type->char_octets : 1;
    uint8_t *out = rp_arena_alloc(d->arena, n * width);
    if (!out) {
        d->out_of_memory = true;
        rp_decode_fail(d, slot, pos, RP_ENOMEM, NULL, "no memory for %zu characters", n);
        return NULL;
    }
    struct rp_decoder reader = { .octets = octets, .len_octets = (n * per->char_bits + 7) / 8 };
    for (size_t i = 0; i < n; i++) {
        uint32_t c = per->char_bits ? (uint32_t)rp_bits(&reader, i * per->char_bits, per->char_bits) : 0;
        if (per->flags & RP_PER_CHAR_INDEX || !per->char_bits) {
            if (c >= type->alphabet->n) {
                rp_decode_fail(d, slot, pos + i * per->char_bits, RP_ESYNTAX, "X.691 (02/2021) 30.5.4",
                               "character index %u beyond the permitted alphabet of %u", c, type->alphabet->n);
                return NULL;
            }
            c = type->alphabet->chars[c];
        }
        for (unsigned k = 0; k < width; k++)
            out[i * width + k] = (uint8_t)(c >> 8 * (width - 1 - k));
    }
    return out;
}

size_t rp_decode_char_string(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_type *type = slot->type;
    const struct rp_per *per = &type->per[d->variant];
    size_t start = pos, n = 0, contents;
    bool extended, general;
    const uint8_t *octets;
    if ((pos = string_size(d, slot, pos, &n, &extended, &general)) == RP_STOP)
        return RP_STOP;
    if (!general)
        pos = string_start(d, slot, pos, n);
    if ((pos = rp_contents(d, slot, pos, general, per->char_bits, &n, &octets, &contents)) == RP_STOP)
        return RP_STOP;
    if (!per->char_bits && n > RP_PER_MAX_OCTETS)
        return rp_decode_fail(d, slot, start, RP_ENOMEM, NULL, "%zu characters of no bits are beyond the limit", n);
    bool as_is = per->char_bits == 8 * (type->char_octets ? type->char_octets : 1) && !(per->flags & RP_PER_CHAR_INDEX);
    if (n && !as_is && !(octets = spread(d, slot, contents, octets, n)))
        return RP_STOP;
    rp_check_size(d, slot, start, (int64_t)n, extended);
    check_characters(d, slot, contents, octets, n);
    return push_string(d, slot, start, pos, octets, n);
}
