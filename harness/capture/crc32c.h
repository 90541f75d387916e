/** CRC32c, the checksum of SCTP (RFC 9260 appendix A). */
#ifndef RP_HARNESS_CAPTURE_CRC32C_H
#define RP_HARNESS_CAPTURE_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/** Continues a CRC32c: begin with 0. @return the CRC of all octets so far; rp_crc32c(0, "123456789", 9) is 0xe3069283 */
uint32_t rp_crc32c(uint32_t crc, const void *octets, size_t len);

/** The same in portable C, whatever the processor can do (for tests). */
uint32_t rp_crc32c_portable(uint32_t crc, const void *octets, size_t len);

/** The checksum that an SCTP packet should have in its octets 8 to 11, read as little endian. @param len at least 12 */
uint32_t rp_sctp_checksum(const uint8_t *packet, size_t len);

#endif
