/* From effective constraints to field widths: the decisions of X.691 that depend on the type alone, taken once. */
#include <string.h>

#include "codecs/per/private.h"

enum { LIMIT_64K = 65536 };

static uint8_t bits_for(uint64_t max)
{
    return max ? (uint8_t)(64 - __builtin_clzll(max)) : 0;
}

/** Width and alignment of a constrained whole number 0..max (11.5.6, 11.5.7.1 to 11.5.7.3), for max below 64K in ALIGNED. */
static void lay_field(struct rp_per *per, bool aligned, uint64_t max)
{
    per->width = bits_for(max);
    if (aligned && max >= 255) {
        per->width = max == 255 ? 8 : 16;
        per->flags |= RP_PER_FIELD_ALIGNED;
    }
}

static void lay_integer(const struct rp_type *type, struct rp_per *per, bool aligned)
{
    uint64_t max = (uint64_t)type->hi - (uint64_t)type->lo;
    if (!type->has_lo)
        per->op = RP_OP_INTEGER_UNCONSTRAINED;
    else if (!type->has_hi)
        per->op = RP_OP_INTEGER_SEMI;
    else if (aligned && max >= LIMIT_64K) {
        unsigned octets = (bits_for(max) + 7u) / 8;
        per->op = type->exact && !type->extensible && octets <= 5 ? RP_OP_INTEGER_OCTETS : RP_OP_INTEGER_LARGE;
        per->width = bits_for(octets - 1); /* of the octet count less one */
    } else {
        lay_field(per, aligned, max);
        per->op = type->exact && !type->extensible && per->width && per->width <= 57 ? RP_OP_INTEGER_PLAIN : RP_OP_INTEGER_FIELD;
    }
}

static void lay_size(const struct rp_type *type, struct rp_per *per, bool aligned)
{
    if (!type->has_hi || type->hi >= LIMIT_64K)
        return;
    if (type->lo == type->hi)
        per->flags |= RP_PER_SIZE_FIXED;
    else {
        per->flags |= RP_PER_SIZE_FIELD;
        lay_field(per, aligned, (uint64_t)(type->hi - type->lo));
    }
}

/** X.691 (02/2021) 16.9 to 16.11, 17.6 to 17.8: short fixed strings are not aligned. */
static void lay_string(const struct rp_type *type, struct rp_per *per, bool aligned, int64_t short_size)
{
    lay_size(type, per, aligned);
    if (aligned && !((per->flags & RP_PER_SIZE_FIXED) && type->hi <= short_size))
        per->flags |= RP_PER_ALIGN_VALUE;
}

/** NumericString (X.680 (02/2021) 41.2): the one type whose own alphabet is sent as indexes. */
static const uint32_t numeric_chars[] = { ' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' };
static const struct rp_alphabet numeric = { .n = 11, .chars = numeric_chars };

/** Characters of the string types that have fewer than the 128 of IA5String. */
static bool own_character(const char *keyword, unsigned c)
{
    if (strcmp(keyword, "NumericString") == 0)
        return c == ' ' || (c >= '0' && c <= '9');
    if (strcmp(keyword, "PrintableString") == 0)
        return c && c < 0x80 && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?", (int)c);
    return strcmp(keyword, "IA5String") == 0 ? c < 0x80 : c >= 0x20 && c < 0x7f;
}

static bool map_characters(struct rp_type *type, struct rp_arena *arena)
{
    const struct rp_alphabet *alphabet = type->checked ? type->checked : type->alphabet;
    uint64_t *map = rp_arena_calloc(arena, 4, sizeof *map);
    if (!map)
        return false;
    for (unsigned c = 0; !alphabet && c < 256; c++)
        map[c >> 6] |= (uint64_t)own_character(type->keyword, c) << (c & 63);
    for (uint32_t i = 0; alphabet && i < alphabet->n && alphabet->chars[i] < 256; i++)
        map[alphabet->chars[i] >> 6] |= 1ull << (alphabet->chars[i] & 63);
    type->char_map = map;
    return true;
}

static uint32_t alphabet_size(const struct rp_type *type)
{
    if (type->alphabet)
        return type->alphabet->n;
    return type->char_octets == 1 ? 128 : type->char_octets == 2 ? 1 << 16 : UINT32_MAX;
}

/** X.691 (02/2021) 30.5: bits of a character, index or value, and when the string is aligned. */
static void lay_characters(const struct rp_type *type, struct rp_per *per, bool aligned)
{
    lay_size(type, per, aligned);
    uint32_t n = alphabet_size(type);
    uint8_t bits = n == UINT32_MAX ? 32 : bits_for(n - 1);
    if (aligned)
        while (bits & (bits - 1))
            bits++;
    per->char_bits = bits;
    if (type->alphabet && n && bits < 32 && type->alphabet->chars[n - 1] >> bits)
        per->flags |= RP_PER_CHAR_INDEX;
    int64_t most = (per->flags & (RP_PER_SIZE_FIXED | RP_PER_SIZE_FIELD)) ? type->hi * bits : INT64_MAX;
    bool narrow = per->flags & RP_PER_SIZE_FIXED ? most <= 16 : most < 16;
    if (aligned && !narrow)
        per->flags |= RP_PER_ALIGN_VALUE;
}

static bool is_fixed_leaf(const struct rp_type *type)
{
    return (type->kind == RP_INTEGER || type->kind == RP_ENUMERATED || type->kind == RP_BOOLEAN) && !type->extensible;
}

/** Whether a SEQUENCE is some plain fields and then an open type that one of them selects. */
static bool is_keyed(const struct rp_type *type)
{
    if (type->extensible || type->n_optional || type->n_slots < 2 || type->kind != RP_SEQUENCE)
        return false;
    const struct rp_slot *last = &type->slots[type->n_slots - 1];
    if (last->type->kind != RP_OPEN || !last->set || last->at < 0 || last->at >= type->n_slots - 1)
        return false;
    for (int i = 0; i < type->n_slots - 1; i++)
        if (!is_fixed_leaf(type->slots[i].type))
            return false;
    return true;
}

static void lay_variant(const struct rp_type *type, struct rp_per *per, bool aligned)
{
    if (type->extensible)
        per->flags |= RP_PER_EXTENSION_BIT;
    switch ((enum rp_kind)type->kind) {
    case RP_BOOLEAN: per->op = RP_OP_BOOLEAN; break;
    case RP_NULL: per->op = RP_OP_NULL; break;
    case RP_INTEGER: lay_integer(type, per, aligned); break;
    case RP_ENUMERATED:
        per->op = RP_OP_ENUMERATED;
        lay_field(per, aligned, type->n_root_items ? type->n_root_items - 1 : 0);
        break;
    case RP_REAL: per->op = RP_OP_REAL; break;
    case RP_OBJECT_IDENTIFIER:
    case RP_RELATIVE_OID:
    case RP_OCTET_TEXT:
        per->op = RP_OP_OCTETS;
        per->flags = 0;
        break;
    case RP_BIT_STRING:
        per->op = RP_OP_BIT_STRING;
        lay_string(type, per, aligned, 16);
        break;
    case RP_OCTET_STRING:
        lay_string(type, per, aligned, 2);
        per->op = aligned && type->exact && !type->extensible && !type->has_hi && type->lo <= 0 ? RP_OP_OCTET_STRING_FREE
                                                                                                : RP_OP_OCTET_STRING;
        break;
    case RP_TIME:
    case RP_CHAR_STRING:
        per->op = RP_OP_CHAR_STRING;
        lay_characters(type, per, aligned);
        break;
    case RP_SEQUENCE:
    case RP_SET:
        per->op = is_keyed(type) ? RP_OP_KEYED : RP_OP_SEQUENCE;
        for (uint16_t i = 0; i < type->n_root; i++)
            per->tail = type->slots[i].presence == RP_MANDATORY ? (uint16_t)(i + 1) : per->tail;
        break;
    case RP_SEQUENCE_OF:
    case RP_SET_OF:
        per->op = RP_OP_LIST;
        lay_size(type, per, aligned);
        break;
    case RP_CHOICE:
        lay_field(per, aligned, type->n_root ? type->n_root - 1u : 0);
        per->op = per->flags & RP_PER_FIELD_ALIGNED || !type->n_root ? RP_OP_CHOICE : RP_OP_CHOICE_PLAIN;
        break;
    case RP_OPEN:
    case RP_UNKNOWN:
    case RP_KINDS:
        per->op = RP_OP_OPEN;
        per->flags = 0;
        break;
    }
}

bool rp_per_layout(struct rp_type *type)
{
    memset(type->per, 0, sizeof type->per);
    if (type->kind == RP_CHAR_STRING && !type->alphabet && strcmp(type->keyword, "NumericString") == 0)
        type->alphabet = &numeric;
    lay_variant(type, &type->per[RP_UNALIGNED], false);
    lay_variant(type, &type->per[RP_ALIGNED], true);
    return true;
}

/** A flat value being laid out: rows so far, the bit where the next field goes. */
struct flattening {
    int variant;
    uint32_t bit;
    uint32_t n_rows;
    uint64_t zero_mask;
    struct rp_flat_row rows[24];
};

enum { FLAT_BITS = 64, FLAT_ROWS = 24, FLAT_DEPTH = 8 };

/** Reserves bits that have to be zero: padding to an octet boundary, extension bits. */
static bool flat_zero(struct flattening *flat, uint32_t n)
{
    if (flat->bit + n > FLAT_BITS)
        return false;
    for (uint32_t i = 0; i < n; i++)
        flat->zero_mask |= 1ull << (63 - flat->bit++);
    return true;
}

enum place { BIT, BITS, NEXT, LEN };

static struct rp_flat_row *flat_row(struct flattening *flat, const struct rp_slot *slot, uint32_t width)
{
    if (flat->n_rows == FLAT_ROWS || flat->bit + width > FLAT_BITS)
        return NULL;
    struct rp_flat_row *row = &flat->rows[flat->n_rows++];
    *row = (struct rp_flat_row){ .slot = slot, .place = { flat->bit, width, flat->n_rows, 0 }, .max = INT64_MAX };
    flat->bit += width;
    row->shift = (uint8_t)((64 - flat->bit) & 63);
    row->mask = width == 64 ? UINT64_MAX : (1ull << width) - 1;
    return row;
}

static bool flat_number(struct flattening *flat, const struct rp_slot *slot, const struct rp_per *per, int64_t lo, uint64_t max)
{
    if ((per->flags & RP_PER_EXTENSION_BIT) && !flat_zero(flat, 1))
        return false;
    if ((per->flags & RP_PER_FIELD_ALIGNED) && !flat_zero(flat, -flat->bit & 7))
        return false;
    struct rp_flat_row *row = per->width ? flat_row(flat, slot, per->width) : NULL;
    if (!row)
        return false;
    row->lo = lo;
    row->max = max;
    return max <= INT64_MAX;
}

/** Fixed strings that stand on octet boundaries anyway: the node points to them. */
static bool flat_string(struct flattening *flat, const struct rp_slot *slot, const struct rp_per *per, uint32_t unit_bits)
{
    const struct rp_type *type = slot->type;
    if (!(per->flags & RP_PER_SIZE_FIXED) || type->extensible || type->hi * unit_bits > FLAT_BITS || !type->hi ||
        type->hi * unit_bits % 8)
        return false;
    if ((per->flags & RP_PER_ALIGN_VALUE) && !flat_zero(flat, -flat->bit & 7))
        return false;
    if (flat->bit & 7)
        return false;
    struct rp_flat_row *row = flat_row(flat, slot, (uint32_t)type->hi * unit_bits);
    if (!row)
        return false;
    row->octets = true;
    row->place[LEN] = (uint32_t)type->hi;
    row->mask = 0;
    return true;
}

static bool flat_slot(struct flattening *flat, const struct rp_slot *slot, unsigned depth);

/** @return the number of leading components that are flat */
static uint32_t flat_components(struct flattening *flat, const struct rp_type *type, unsigned depth)
{
    uint32_t i = 0;
    for (; i < type->n_root; i++) {
        struct flattening before = *flat;
        if (type->slots[i].presence != RP_MANDATORY || !flat_slot(flat, &type->slots[i], depth)) {
            *flat = before;
            break;
        }
    }
    return i;
}

/** The row of a SEQUENCE, once its components have theirs. */
static void close_row(const struct flattening *flat, struct rp_flat_row *row)
{
    row->mask = 0;
    row->place[BITS] = flat->bit - row->place[BIT];
    row->place[NEXT] = flat->n_rows;
}

static bool flat_sequence(struct flattening *flat, const struct rp_slot *slot, unsigned depth)
{
    const struct rp_type *type = slot->type;
    if (type->n_optional || depth == FLAT_DEPTH)
        return false;
    struct rp_flat_row *row = flat_row(flat, slot, 0);
    if (!row || (type->extensible && !flat_zero(flat, 1)) || flat_components(flat, type, depth + 1) != type->n_root)
        return false;
    close_row(flat, row);
    return true;
}

static bool flat_slot(struct flattening *flat, const struct rp_slot *slot, unsigned depth)
{
    const struct rp_type *type = slot->type;
    const struct rp_per *per = &type->per[flat->variant];
    switch (per->op) {
    case RP_OP_BOOLEAN: {
        struct rp_flat_row *row = flat_row(flat, slot, 1);
        return row && (row->max = 1);
    }
    case RP_OP_INTEGER_PLAIN:
    case RP_OP_INTEGER_FIELD:
        return type->exact && flat_number(flat, slot, per, type->lo, (uint64_t)type->hi - (uint64_t)type->lo);
    case RP_OP_ENUMERATED: return type->n_root_items && flat_number(flat, slot, per, 0, type->n_root_items - 1);
    case RP_OP_OCTET_STRING: return type->exact && flat_string(flat, slot, per, 8);
    case RP_OP_BIT_STRING: return type->exact && flat_string(flat, slot, per, 1);
    case RP_OP_SEQUENCE: return flat_sequence(flat, slot, depth);
    default: return false;
    }
}

/** An IE: a key, a field that the object set assigns, an open type, with the length and its first octets in the same word. */
static void lay_head(const struct rp_type *type, struct rp_flat *flat)
{
    const struct rp_slot *slots = type->slots;
    uint32_t octets = (flat->bits + 7) / 8;
    if (type->n_slots != 3 || flat->n_rows != 3 || slots[2].at != 0 || !slots[1].set || slots[1].set != slots[2].set ||
        octets > 6)
        return;
    flat->head = octets;
    flat->head_mask = flat->zero_mask;
    for (uint32_t bit = flat->bits; bit < octets * 8; bit++)
        flat->head_mask |= 1ull << (63 - bit);
}

/** @return what was kept, for more to be put in; NULL when the arena refused */
static struct rp_flat *keep_flat(struct rp_per *per, const struct flattening *flat, uint32_t n_slots, struct rp_arena *arena)
{
    size_t rows = flat->n_rows * sizeof flat->rows[0];
    struct rp_flat *kept = rp_arena_alloc(arena, sizeof *kept + rows);
    if (!kept)
        return NULL;
    *kept = (struct rp_flat){ .n_rows = flat->n_rows, .n_slots = n_slots, .bits = flat->bit, .zero_mask = flat->zero_mask };
    memcpy(kept->rows, flat->rows, rows);
    per->flat = kept;
    return kept;
}

static bool flatten_variant(struct rp_type *type, int variant, struct rp_arena *arena)
{
    struct rp_per *per = &type->per[variant];
    if ((per->op != RP_OP_SEQUENCE && per->op != RP_OP_KEYED) || type->n_optional || per->flat)
        return true;
    struct flattening flat = { .variant = variant };
    struct rp_flat_row *row = flat_row(&flat, &type->self, 0);
    if (!row || (type->extensible && !flat_zero(&flat, 1)))
        return true;
    uint32_t covered = flat_components(&flat, type, 0);
    if (!covered)
        return true;
    close_row(&flat, &flat.rows[0]);
    struct rp_flat *kept = keep_flat(per, &flat, covered, arena);
    if (kept && per->op == RP_OP_KEYED && variant == RP_ALIGNED && covered == type->n_slots - 1u)
        lay_head(type, kept);
    return kept != NULL;
}

/** The one octet in front of the number in a CHOICE on an octet, see RP_OP_CHOICE_OCTETS. */
static bool flatten_choice(struct rp_type *type, int variant, struct rp_arena *arena)
{
    struct rp_per *per = &type->per[variant];
    if (variant != RP_ALIGNED || per->op != RP_OP_CHOICE_PLAIN)
        return true;
    const struct rp_slot *slot = &type->slots[0];
    const struct rp_per *number = &slot->type->per[variant];
    unsigned head = per->width + (per->flags & RP_PER_EXTENSION_BIT);
    if (number->op != RP_OP_INTEGER_OCTETS || head + number->width > 8)
        return true;
    struct flattening flat = { .variant = variant, .bit = head };
    struct rp_flat_row *row = flat_row(&flat, slot, number->width);
    row->shift = (uint8_t)(8 - head - number->width);
    row->lo = slot->type->lo;
    row->max = (uint64_t)slot->type->hi - (uint64_t)slot->type->lo;
    flat.zero_mask = 0xffu & ~(row->mask << row->shift);
    flat.bit = head;
    per->op = RP_OP_CHOICE_OCTETS;
    return keep_flat(per, &flat, 0, arena) != NULL;
}

bool rp_per_flatten(struct rp_type *type, struct rp_arena *arena)
{
    bool narrow = (type->kind == RP_CHAR_STRING && type->char_octets == 1) || type->kind == RP_TIME;
    if (narrow && !type->char_map && !map_characters(type, arena))
        return false;
    for (int variant = RP_UNALIGNED; variant <= RP_ALIGNED; variant++) {
        struct rp_per *per = &type->per[variant];
        if (!flatten_choice(type, variant, arena))
            return false;
        if (per->op == RP_OP_LIST && type->element->type->per[variant].op == RP_OP_KEYED)
            per->op = RP_OP_IE_LIST;
        if (!flatten_variant(type, variant, arena))
            return false;
    }
    return true;
}
