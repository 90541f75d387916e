/** Makes frames: SCTP packets in IPv4 or IPv6 (whole, in fragments, or in UDP) on any link layer that the reader knows,
 *  every checksum right unless asked otherwise. */
#ifndef RP_HARNESS_CAPTURE_PACKET_H
#define RP_HARNESS_CAPTURE_PACKET_H

#include <stddef.h>
#include <stdint.h>

#include "harness/capture/ip.h"

enum { RP_PACKET_MAX = 65535 + 128 }; /* longest frame that is made */

/** The way of a packet. Zero-initialise what is not needed. */
struct rp_packet_way {
    struct rp_ip_address from, to; /* both IPv4 or both IPv6 */
    uint32_t link_type;            /* LINKTYPE_ number; Ethernet frames get addresses made from the IP ones */
    uint16_t vlan[2];              /* VLAN ids, outermost first; 0 = none. Two: 802.1ad and 802.1Q */
    uint16_t udp_port;             /* both ports of the UDP around SCTP (RFC 6951), 0 = none */
    uint16_t ip_mtu;               /* largest IP datagram; larger packets go in IP fragments; 0 = 65535 */
    uint32_t ip_id;                /* of the fragments */
};

/** Who takes the frames; `octets` are valid during the call. */
typedef void rp_packet_sink(void *context, const uint8_t *octets, size_t len);

/** Puts the CRC32c into an SCTP packet. */
void rp_packet_seal(uint8_t *sctp, size_t len);

/** Makes the frames of one SCTP packet: one, or one for each IP fragment.
 *  @param len of the packet; packets that fit no IP datagram give nothing
 *  @return number of frames, 0 when the link type or the length can't be had */
unsigned rp_packet_frames(const struct rp_packet_way *way, const uint8_t *sctp, size_t len, rp_packet_sink *sink, void *context);

/** An address from its text ("10.0.7.1", "2001:db8::1"). @return 0, or -1 */
int rp_packet_address(const char *text, struct rp_ip_address *address);

#endif
