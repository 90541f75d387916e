/** Numbers as text: integers of any size, object identifiers, reals. */
#ifndef RP_NUMBER_H
#define RP_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    RP_BIG_OCTETS = 64,  /* integers and arcs over this size are shown in hex: decimal takes time that grows with the square */
    RP_BIG_DIGITS = 160, /* decimal digits of such an integer, with sign and NUL */
    RP_REAL_CHARS = 32
};

/** Two's complement octets, most significant first, to decimal.
 *  @param out  RP_BIG_DIGITS long. @return characters; 0 when there are no octets or more than RP_BIG_OCTETS */
size_t rp_integer_text(const uint8_t *octets, size_t len, char *out);

/** Leaves out leading octets of a two's complement integer that only repeat the sign.
 *  @return how many are left at *octets; when that is up to 8, *small is the value */
size_t rp_integer_trim(const uint8_t **octets, size_t len, int64_t *small);

/** Decimal digits, perhaps with a minus, to two's complement in as few octets as hold it.
 *  @param out  RP_BIG_OCTETS long. @return octets; 0 when the text is no such number or too large */
size_t rp_integer_parse(const char *text, size_t len, uint8_t *out);

/** Contents octets of BER (X.690 (02/2021) 8.19, 8.20) to dotted text.
 *  @param relative  a RELATIVE-OID: the first subidentifier is one arc, not two
 *  @return characters written; 0 when the octets are malformed, an arc is over RP_BIG_OCTETS, or `out` is too small */
size_t rp_ber_oid_text(const uint8_t *octets, size_t len, bool relative, char *out, size_t size);

/** Dotted text to contents octets; at most one octet a character of the text is needed.
 *  @return octets written; 0 when the text is no object identifier or `out` is too small */
size_t rp_ber_oid_parse(const char *text, size_t len, bool relative, uint8_t *out, size_t size);

/** The shortest of 15 to 17 digits that reads back to the same double; "-0", "INF", "-INF", "NaN" (X.697).
 *  @param out  RP_REAL_CHARS long. @return characters */
size_t rp_real_text(double real, char *out);

#endif
