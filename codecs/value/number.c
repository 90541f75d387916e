#include "codecs/value/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Digits of base `from`, most significant first, to digits of base `to`, least significant first.
 *  @return how many, without leading zeros; cap + 1 when they don't fit */
static size_t rebase(const uint8_t *digits, size_t n, unsigned from, uint8_t *out, size_t cap, unsigned to)
{
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned carry = digits[i];
        for (size_t k = 0; k < used || carry; k++) {
            if (k == cap)
                return cap + 1;
            if (k == used)
                out[used++] = 0;
            carry += out[k] * from;
            out[k] = (uint8_t)(carry % to);
            carry /= to;
        }
    }
    return used;
}

static void negate(uint8_t *octets, size_t len)
{
    unsigned carry = 1;
    for (size_t i = len; i-- > 0;) {
        carry += (uint8_t)~octets[i];
        octets[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

/** Least significant first to text, most significant first. */
static size_t digits_text(const uint8_t *digits, size_t n, char *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (char)('0' + digits[n - 1 - i]);
    if (n == 0)
        out[n++] = '0';
    out[n] = '\0';
    return n;
}

size_t rp_integer_text(const uint8_t *octets, size_t len, char *out)
{
    uint8_t magnitude[RP_BIG_OCTETS], digits[RP_BIG_DIGITS];
    if (len == 0 || len > RP_BIG_OCTETS)
        return 0;
    memcpy(magnitude, octets, len);
    size_t sign = octets[0] >> 7;
    if (sign) {
        negate(magnitude, len);
        out[0] = '-';
    }
    size_t n = rebase(magnitude, len, 256, digits, RP_BIG_DIGITS - 2, 10);
    return sign + digits_text(digits, n, out + sign);
}

size_t rp_integer_trim(const uint8_t **octets, size_t len, int64_t *small)
{
    const uint8_t *p = *octets;
    while (len > 1 && (p[0] == 0 || p[0] == 0xff) && (p[0] & 0x80) == (p[1] & 0x80)) {
        p++;
        len--;
    }
    uint64_t bits = len && p[0] & 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < len && len <= 8; i++)
        bits = bits << 8 | p[i];
    *small = (int64_t)bits;
    *octets = p;
    return len;
}

/** @return the values of `len` decimal digits in `out`, or false when there is another character or more than `cap` */
static bool digit_values(const char *text, size_t len, uint8_t *out, size_t cap)
{
    if (len == 0 || len > cap)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        out[i] = (uint8_t)(text[i] - '0');
    }
    return true;
}

size_t rp_integer_parse(const char *text, size_t len, uint8_t *out)
{
    uint8_t digits[RP_BIG_DIGITS], low_first[RP_BIG_OCTETS], number[RP_BIG_OCTETS + 1];
    bool negative = len && text[0] == '-';
    if (!digit_values(text + negative, len - negative, digits, sizeof digits))
        return 0;
    size_t n = rebase(digits, len - negative, 10, low_first, RP_BIG_OCTETS, 256);
    if (n > RP_BIG_OCTETS)
        return 0;
    number[0] = 0; /* the sign */
    for (size_t i = 0; i < n; i++)
        number[1 + i] = low_first[n - 1 - i];
    if (negative)
        negate(number, n + 1);
    const uint8_t *least = number;
    int64_t small;
    n = rp_integer_trim(&least, n + 1, &small);
    if (n > RP_BIG_OCTETS)
        return 0;
    memcpy(out, least, n);
    return n;
}

/** One subidentifier (X.690 8.19.2): 7 bits an octet, most significant first, the last one without bit 8.
 *  @return its octets; 0 when it is cut or has a leading zero */
static size_t subidentifier(const uint8_t *octets, size_t len)
{
    size_t n = 0;
    while (n < len && octets[n] & 0x80)
        n++;
    return n == len || octets[0] == 0x80 ? 0 : n + 1;
}

static size_t arc_text(const uint8_t *octets, size_t len, char *out)
{
    uint8_t sevens[RP_BIG_OCTETS], digits[RP_BIG_DIGITS];
    if (len > RP_BIG_OCTETS)
        return 0;
    for (size_t i = 0; i < len; i++)
        sevens[i] = octets[i] & 0x7f;
    return digits_text(digits, rebase(sevens, len, 128, digits, RP_BIG_DIGITS - 2, 10), out);
}

/** The first subidentifier holds two arcs: 40 * first + second (X.690 8.19.4). */
static size_t first_arcs_text(const uint8_t *octets, size_t len, char *out)
{
    uint64_t both = 0;
    if (len > 9)
        return 0;
    for (size_t i = 0; i < len; i++)
        both = both << 7 | (octets[i] & 0x7f);
    uint64_t first = both < 80 ? both / 40 : 2;
    return (size_t)snprintf(out, RP_BIG_DIGITS, "%u.%llu", (unsigned)first, (unsigned long long)(both - 40 * first));
}

size_t rp_ber_oid_text(const uint8_t *octets, size_t len, bool relative, char *out, size_t size)
{
    char arc[RP_BIG_DIGITS];
    size_t at = 0, i = 0;
    while (i < len) {
        size_t n = subidentifier(octets + i, len - i);
        if (n == 0)
            return 0;
        size_t chars = i == 0 && !relative ? first_arcs_text(octets, n, arc) : arc_text(octets + i, n, arc);
        if (chars == 0 || at + chars + 2 > size)
            return 0;
        if (i)
            out[at++] = '.';
        memcpy(out + at, arc, chars + 1);
        at += chars;
        i += n;
    }
    return at;
}

/** Reads an arc of up to 64 bits. @return its characters, or 0 */
static size_t small_arc(const char *text, size_t len, uint64_t *arc)
{
    size_t n = 0;
    *arc = 0;
    for (; n < len && text[n] >= '0' && text[n] <= '9'; n++) {
        if (*arc > (UINT64_MAX - 9) / 10)
            return 0;
        *arc = *arc * 10 + (uint64_t)(text[n] - '0');
    }
    return n;
}

/** @return octets written, least significant first, bit 8 not yet set; 0 when they don't fit */
static size_t arc_octets(uint64_t arc, uint8_t *out, size_t cap)
{
    size_t n = 0;
    do {
        if (n == cap)
            return 0;
        out[n++] = arc & 0x7f;
        arc >>= 7;
    } while (arc);
    return n;
}

static size_t put_arc(const uint8_t *low_first, size_t n, uint8_t *out, size_t cap)
{
    if (n == 0 || n > cap)
        return 0;
    for (size_t i = 0; i < n; i++)
        out[i] = (uint8_t)(low_first[n - 1 - i] | (i + 1 < n ? 0x80 : 0));
    return n;
}

static size_t parse_arc(const char *text, size_t len, uint8_t *out, size_t cap)
{
    uint8_t digits[RP_BIG_DIGITS], low_first[RP_BIG_OCTETS];
    if (!digit_values(text, len, digits, sizeof digits))
        return 0;
    size_t n = rebase(digits, len, 10, low_first, RP_BIG_OCTETS, 128);
    if (n == 0)
        low_first[n++] = 0;
    return n > RP_BIG_OCTETS ? 0 : put_arc(low_first, n, out, cap);
}

/** "2.999" to one subidentifier. @return characters taken, or 0 */
static size_t parse_first_arcs(const char *text, size_t len, uint8_t *out, size_t cap, size_t *octets)
{
    uint64_t first, second;
    uint8_t low_first[10];
    size_t n = small_arc(text, len, &first);
    if (n == 0 || n >= len || text[n] != '.' || first > 2)
        return 0;
    size_t m = small_arc(text + n + 1, len - n - 1, &second);
    if (m == 0 || (first < 2 && second > 39) || second > UINT64_MAX - 80)
        return 0;
    *octets = put_arc(low_first, arc_octets(40 * first + second, low_first, sizeof low_first), out, cap);
    return *octets ? n + 1 + m : 0;
}

size_t rp_ber_oid_parse(const char *text, size_t len, bool relative, uint8_t *out, size_t size)
{
    size_t at = 0, n = 0;
    if (!relative) {
        at = parse_first_arcs(text, len, out, size, &n);
        if (at == 0 || (at < len && text[at] != '.') || at + 1 == len)
            return 0;
        at += at < len;
    }
    while (at < len) {
        const char *dot = memchr(text + at, '.', len - at);
        size_t chars = dot ? (size_t)(dot - text) - at : len - at;
        size_t octets = parse_arc(text + at, chars, out + n, size - n);
        if (octets == 0 || (dot && at + chars + 1 == len))
            return 0;
        n += octets;
        at += chars + (dot ? 1 : 0);
    }
    return n;
}

size_t rp_real_text(double real, char *out)
{
    const char *special = isnan(real) ? "NaN" : isinf(real) ? (real < 0 ? "-INF" : "INF") : NULL;
    if (!special && real == 0)
        special = signbit(real) ? "-0" : "0";
    if (special)
        return (size_t)snprintf(out, RP_REAL_CHARS, "%s", special);
    int n = 0;
    for (int digits = 15; digits <= 17; digits++) {
        n = snprintf(out, RP_REAL_CHARS, "%.*g", digits, real);
        if (strtod(out, NULL) == real)
            break;
    }
    return (size_t)n;
}
