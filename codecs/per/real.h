/** REAL contents octets (X.690 (02/2021) 8.5, 11.3) and doubles. */
#ifndef RP_PER_REAL_H
#define RP_PER_REAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RP_REAL_MAX_OCTETS = 12 };

/** Reads contents octets of any form.
 *  @param wrong  set to why they can't be read (returns false), or to what is not the canonical form (returns true), else NULL */
bool rp_real_read(const uint8_t *octets, size_t n, double *value, const char **wrong);

/** Writes the canonical contents octets: base 2, odd mantissa, fewest octets. @return their number, 0 for plus zero */
size_t rp_real_write(double value, uint8_t octets[RP_REAL_MAX_OCTETS]);

#endif
