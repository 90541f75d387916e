/** Reassembly of IP fragments, for ip.c. */
#ifndef RP_HARNESS_CAPTURE_FRAGMENTS_H
#define RP_HARNESS_CAPTURE_FRAGMENTS_H

#include "harness/capture/ip.h"

/** Where the payload of a datagram belongs; its addresses and protocol are in the rp_datagram. */
struct rp_fragment {
    uint32_t id;
    uint32_t offset; /* octets */
    int more;
    int is_v6;
    int64_t time_ns;
};

/** Takes a fragment in.
 *  @param datagram in: the fragment; out, for RP_IP_WHOLE: the whole, its octets valid until the next call
 *  @return RP_IP_WHOLE, RP_IP_FRAGMENT, RP_IP_MALFORMED or RP_IP_DROPPED */
enum rp_ip_result rp_fragments_add(struct rp_fragments *fragments, const struct rp_fragment *fragment,
                                   struct rp_datagram *datagram);

#endif
