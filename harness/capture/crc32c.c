#include "harness/capture/crc32c.h"

#include <pthread.h>
#include <string.h>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

static uint32_t table[8][256];
static int has_instruction;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* table[k][b]: the CRC of octet b followed by k zero octets; polynomial 0x1edc6f41, bits reversed */
static void set_up(void)
{
    for (uint32_t b = 0; b < 256; b++) {
        uint32_t crc = b;
        for (int i = 0; i < 8; i++)
            crc = crc >> 1 ^ (0x82f63b78u & (0u - (crc & 1)));
        table[0][b] = crc;
    }
    for (uint32_t b = 0; b < 256; b++)
        for (int k = 1; k < 8; k++)
            table[k][b] = table[k - 1][b] >> 8 ^ table[0][table[k - 1][b] & 255];
#if defined(__x86_64__)
    has_instruction = __builtin_cpu_supports("sse4.2");
#endif
}

static uint32_t by_table(uint32_t crc, const uint8_t *at, size_t len)
{
    for (; len >= 8; at += 8, len -= 8) {
        uint32_t low = crc ^ ((uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24);
        crc = table[7][low & 255] ^ table[6][low >> 8 & 255] ^ table[5][low >> 16 & 255] ^ table[4][low >> 24] ^ table[3][at[4]] ^
              table[2][at[5]] ^ table[1][at[6]] ^ table[0][at[7]];
    }
    for (; len; at++, len--)
        crc = crc >> 8 ^ table[0][(crc ^ *at) & 255];
    return crc;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) static uint32_t by_instruction(uint32_t crc, const uint8_t *at, size_t len)
{
    uint64_t wide = crc, eight;
    for (; len >= 8; at += 8, len -= 8) {
        memcpy(&eight, at, 8);
        wide = _mm_crc32_u64(wide, eight);
    }
    crc = (uint32_t)wide;
    for (; len; at++, len--)
        crc = _mm_crc32_u8(crc, *at);
    return crc;
}
#endif

uint32_t rp_crc32c_portable(uint32_t crc, const void *octets, size_t len)
{
    pthread_once(&once, set_up);
    return ~by_table(~crc, octets, len);
}

uint32_t rp_crc32c(uint32_t crc, const void *octets, size_t len)
{
    pthread_once(&once, set_up);
#if defined(__x86_64__)
    if (has_instruction)
        return ~by_instruction(~crc, octets, len);
#endif
    return ~by_table(~crc, octets, len);
}

uint32_t rp_sctp_checksum(const uint8_t *packet, size_t len)
{
    uint8_t head[12] = { 0 };
    memcpy(head, packet, 8); /* the field itself counts as zero */
    return rp_crc32c(rp_crc32c(0, head, sizeof head), packet + 12, len - 12);
}
