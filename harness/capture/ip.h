/** IP: headers of IPv4 and IPv6 with options and extension headers, reassembly of fragments, UDP encapsulation. */
#ifndef RP_HARNESS_CAPTURE_IP_H
#define RP_HARNESS_CAPTURE_IP_H

#include <stddef.h>
#include <stdint.h>

enum { RP_PROTOCOL_UDP = 17, RP_PROTOCOL_SCTP = 132, RP_PROTOCOL_UNKNOWN = 255, RP_DATAGRAM_MAX = 65535 };

/** An address as 16 octets; IPv4 in its mapped form (::ffff:a.b.c.d), so that comparing octets is enough. */
struct rp_ip_address {
    uint8_t octets[16];
};

enum rp_ip_result {
    RP_IP_WHOLE,     /* all octets of the payload are there */
    RP_IP_FRAGMENT,  /* a fragment that was kept: others are missing yet */
    RP_IP_CUT,       /* the capture has less than the header promises */
    RP_IP_MALFORMED, /* `problem` says what */
    RP_IP_DROPPED    /* a limit of the reassembly, or fragments that overlap and differ; `problem` says which */
};

/** The payload of an IP datagram. `octets` point into the frame, or into the reassembly until its next call. */
struct rp_datagram {
    struct rp_ip_address from, to;
    uint8_t protocol;
    const uint8_t *octets;
    size_t len;
    const char *problem; /* static */
};

struct rp_fragments;

/** Makes a reassembly of at most `max_octets` of memory; datagrams wait 60 s (RFC 8200 4.5) in capture time.
 *  @return NULL without memory; give back with rp_fragments_free */
struct rp_fragments *rp_fragments_new(size_t max_octets);

void rp_fragments_free(struct rp_fragments *fragments);

/** Reads one IP datagram of version 4 or 6; octets behind its total length are padding.
 *  For RP_IP_CUT and RP_IP_MALFORMED the protocol is set as far as it is known, else 255.
 *  @param captured octets that are there; @param time_ns of the frame, for the timeout */
enum rp_ip_result rp_ip_read(struct rp_fragments *fragments, const uint8_t *octets, size_t captured, int64_t time_ns,
                             struct rp_datagram *datagram);

/** Takes a UDP header off a whole datagram when one of its ports is 9899 or `port` (RFC 6951).
 *  @return 1 when the datagram now holds what UDP carried, else 0 */
int rp_udp_strip(struct rp_datagram *datagram, uint16_t port);

/** "10.0.7.1" or "2001:db8::1". @return characters written, without the NUL */
size_t rp_ip_text(const struct rp_ip_address *address, char *out, size_t size);

int rp_ip_is_v4(const struct rp_ip_address *address);

/** From the four octets of an IPv4 address. */
struct rp_ip_address rp_ip_from_v4(const uint8_t *octets);

#endif
