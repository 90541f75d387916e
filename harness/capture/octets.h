/** Network byte order. */
#ifndef RP_HARNESS_CAPTURE_OCTETS_H
#define RP_HARNESS_CAPTURE_OCTETS_H

#include <stdint.h>

static inline uint16_t rp_be16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static inline uint32_t rp_be32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static inline void rp_put_be16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static inline void rp_put_be32(uint8_t *at, uint32_t value)
{
    rp_put_be16(at, value >> 16);
    rp_put_be16(at + 2, value & 0xffff);
}

#endif
