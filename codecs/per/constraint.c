/* What a value's type allows; shared by decoder and encoder. */
#include <stdio.h>
#include <string.h>

#include "codecs/per/private.h"

bool rp_in_root(const struct rp_type *type, int64_t value)
{
    if (rp_above(type, value) || rp_below(type, value))
        return false;
    if (!type->ranges)
        return true;
    for (uint32_t i = 0; i < type->n_ranges; i++)
        if (value >= type->ranges[i].lo && value <= type->ranges[i].hi)
            return true;
    return false;
}

const char *rp_outside_text(const struct rp_type *type, int64_t value)
{
    if (rp_above(type, value))
        return "above the upper bound";
    return rp_below(type, value) ? "below the lower bound" : "none of those allowed";
}

void rp_bounds_text(const struct rp_type *type, char *out, size_t size)
{
    if (type->has_lo && type->has_hi && type->hi_u64)
        snprintf(out, size, "%lld..%llu", (long long)type->lo, (unsigned long long)type->hi);
    else if (type->has_lo && type->has_hi && type->lo == type->hi)
        snprintf(out, size, "%lld", (long long)type->lo);
    else if (type->has_lo && type->has_hi)
        snprintf(out, size, "%lld..%lld", (long long)type->lo, (long long)type->hi);
    else if (type->has_lo)
        snprintf(out, size, "%lld or more", (long long)type->lo);
    else if (type->has_hi)
        snprintf(out, size, "%lld or less", (long long)type->hi);
    else
        snprintf(out, size, "another value");
}

static bool in_alphabet(const struct rp_alphabet *alphabet, uint32_t c)
{
    size_t lo = 0, hi = alphabet->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (alphabet->chars[mid] < c)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < alphabet->n && alphabet->chars[lo] == c;
}

bool rp_has_character(const struct rp_type *type, uint32_t c)
{
    const struct rp_alphabet *alphabet = type->checked ? type->checked : type->alphabet;
    if (type->char_map)
        return c < 256 && (type->char_map[c >> 6] >> (c & 63) & 1);
    return !alphabet || in_alphabet(alphabet, c);
}

size_t rp_first_strange(const struct rp_type *type, const uint8_t *octets, size_t n)
{
    unsigned width = type->char_octets ? type->char_octets : 1;
    const uint64_t *map = type->char_map;
    size_t i = 0;
    if (map) {
        while (i < n && (map[octets[i] >> 6] >> (octets[i] & 63) & 1))
            i++;
        return i;
    }
    for (; i < n; i++) {
        uint32_t c = 0;
        for (unsigned k = 0; k < width; k++)
            c = c << 8 | octets[i * width + k];
        if (!rp_has_character(type, c))
            break;
    }
    return i;
}

bool rp_equals_default(const struct rp_node *node, const struct rp_default *dflt)
{
    if (!dflt || !dflt->plain)
        return false;
    switch (rp_node_type(node)->kind) {
    case RP_BOOLEAN:
    case RP_INTEGER:
    case RP_ENUMERATED: return !node->len && node->value.integer == dflt->integer;
    case RP_REAL: return memcmp(&node->value.real, &dflt->real, sizeof dflt->real) == 0;
    case RP_BIT_STRING: return node->len == dflt->len && !memcmp(node->value.octets, dflt->octets, (node->len + 7) / 8);
    case RP_OCTET_STRING: return node->len == dflt->len && !memcmp(node->value.octets, dflt->octets, node->len);
    case RP_CHAR_STRING:
        return node->len == dflt->len &&
               !memcmp(node->value.octets, dflt->octets, (size_t)node->len * rp_node_type(node)->char_octets);
    default: return false;
    }
}
