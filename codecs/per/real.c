#include "codecs/per/real.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool special(uint8_t octet, double *value)
{
    switch (octet) {
    case 0x40: *value = INFINITY; return true;
    case 0x41: *value = -INFINITY; return true;
    case 0x42: *value = NAN; return true;
    case 0x43: *value = -0.0; return true;
    default: return false;
    }
}

/** 8.5.8: ISO 6093 text in one of three forms. */
static bool decimal(const uint8_t *octets, size_t n, double *value)
{
    char text[64], *end;
    if (n < 2 || n > sizeof text || (octets[0] & 0x3f) < 1 || (octets[0] & 0x3f) > 3)
        return false;
    memcpy(text, octets + 1, n - 1);
    text[n - 1] = '\0';
    for (char *c = text; *c; c++) {
        if (*c == ',')
            *c = '.';
        if (!strchr("0123456789+-.Ee ", *c))
            return false;
    }
    *value = strtod(text, &end);
    return end != text && strlen(text) == n - 1 && *end == '\0';
}

struct binary {
    int base_bits, scale;
    int64_t exponent;
    const uint8_t *exponent_octets, *mantissa;
    size_t n_exponent, n_mantissa;
};

/** 8.5.7: takes the first octets apart. */
static bool split(const uint8_t *octets, size_t n, struct binary *b)
{
    static const int base_bits[] = { 1, 3, 4, 0 };
    b->base_bits = base_bits[octets[0] >> 4 & 3];
    b->scale = octets[0] >> 2 & 3;
    size_t at = 1;
    b->n_exponent = (octets[0] & 3u) + 1;
    if (b->n_exponent == 4) {
        if (n < 2 || !octets[1])
            return false;
        b->n_exponent = octets[1];
        at = 2;
    }
    if (!b->base_bits || n < at + b->n_exponent + 1)
        return false;
    b->exponent_octets = octets + at;
    b->mantissa = octets + at + b->n_exponent;
    b->n_mantissa = n - at - b->n_exponent;
    b->exponent = b->exponent_octets[0] & 0x80 ? -1 : 0;
    for (size_t i = 0; i < b->n_exponent; i++) {
        if (b->exponent > INT32_MAX || b->exponent < INT32_MIN)
            continue; /* far beyond any double already: it stays so */
        b->exponent = b->exponent * 256 + b->exponent_octets[i];
    }
    return true;
}

/** 11.3.1: the first thing that is not canonical. */
static const char *not_canonical(const struct binary *b, bool long_count)
{
    const uint8_t *e = b->exponent_octets;
    bool zero = true;
    for (size_t i = 0; i < b->n_mantissa; i++)
        zero &= !b->mantissa[i];
    if (b->base_bits != 1)
        return "REAL in a base other than 2";
    if (b->scale)
        return "REAL with a scaling factor";
    if (zero)
        return "REAL zero with a mantissa";
    if (b->n_exponent > 1 && ((e[0] == 0 && e[1] < 0x80) || (e[0] == 0xff && e[1] >= 0x80)))
        return "REAL exponent with a needless octet";
    if (long_count && b->n_exponent < 4)
        return "REAL exponent length in the long form";
    if (!b->mantissa[0])
        return "REAL mantissa with a leading zero octet";
    if (!(b->mantissa[b->n_mantissa - 1] & 1))
        return "REAL with an even mantissa";
    return NULL;
}

bool rp_real_read(const uint8_t *octets, size_t n, double *value, const char **wrong)
{
    struct binary b;
    *wrong = NULL;
    *value = 0;
    if (!n)
        return true;
    if (!(octets[0] & 0x80)) {
        if (octets[0] & 0x40 ? n == 1 && special(octets[0], value) : decimal(octets, n, value))
            return true;
        *wrong = octets[0] & 0x40 ? "special REAL value that X.690 does not have" : "decimal REAL that is no ISO 6093 number";
        return false;
    }
    if (!split(octets, n, &b)) {
        *wrong = octets[0] & 0x80 && (octets[0] >> 4 & 3) == 3 ? "REAL in the reserved base" : "REAL too short";
        return false;
    }
    double mantissa = 0;
    for (size_t i = 0; i < b.n_mantissa; i++)
        mantissa = mantissa * 256 + b.mantissa[i];
    int64_t exponent = b.exponent * b.base_bits + b.scale;
    int bounded = exponent > 20000 ? 20000 : exponent < -20000 ? -20000 : (int)exponent;
    *value = ldexp(octets[0] & 0x40 ? -mantissa : mantissa, bounded);
    *wrong = not_canonical(&b, (octets[0] & 3) == 3);
    return true;
}

size_t rp_real_write(double value, uint8_t octets[RP_REAL_MAX_OCTETS])
{
    if (value == 0) {
        octets[0] = 0x43;
        return signbit(value) ? 1 : 0;
    }
    if (!isfinite(value)) {
        octets[0] = isnan(value) ? 0x42 : value > 0 ? 0x40 : 0x41;
        return 1;
    }
    int exponent;
    uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(value), &exponent), 53);
    exponent -= 53;
    int zeros = __builtin_ctzll(mantissa);
    mantissa >>= zeros;
    exponent += zeros;
    size_t n = 0;
    bool wide = exponent < -128 || exponent > 127;
    octets[n++] = (uint8_t)(0x80 | (value < 0 ? 0x40 : 0) | (wide ? 1 : 0));
    if (wide)
        octets[n++] = (uint8_t)((unsigned)exponent >> 8);
    octets[n++] = (uint8_t)exponent;
    int mantissa_octets = (63 - __builtin_clzll(mantissa)) / 8 + 1;
    for (int i = mantissa_octets - 1; i >= 0; i--)
        octets[n++] = (uint8_t)(mantissa >> (8 * i));
    return n;
}
