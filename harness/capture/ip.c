#include "harness/capture/ip.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "harness/capture/fragments.h"
#include "harness/capture/octets.h"

enum { V4_HEAD = 20, V6_HEAD = 40, UDP_HEAD = 8, UDP_SCTP = 9899 };

/* IPv6 next-header values (RFC 8200 4, RFC 4302, RFC 6275 ...) */
enum {
    HOP_BY_HOP = 0,
    ROUTING = 43,
    FRAGMENT = 44,
    AUTHENTICATION = 51,
    NO_NEXT = 59,
    DESTINATION = 60,
    MOBILITY = 135,
    HIP = 139,
    SHIM6 = 140
};

static const uint8_t mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

struct rp_ip_address rp_ip_from_v4(const uint8_t *octets)
{
    struct rp_ip_address address;
    memcpy(address.octets, mapped, sizeof mapped);
    memcpy(address.octets + 12, octets, 4);
    return address;
}

int rp_ip_is_v4(const struct rp_ip_address *address)
{
    return memcmp(address->octets, mapped, sizeof mapped) == 0;
}

size_t rp_ip_text(const struct rp_ip_address *address, char *out, size_t size)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (rp_ip_is_v4(address))
        inet_ntop(AF_INET, address->octets + 12, text, sizeof text);
    else
        inet_ntop(AF_INET6, address->octets, text, sizeof text);
    int n = snprintf(out, size, "%s", text);
    return n > 0 ? (size_t)n : 0;
}

static enum rp_ip_result malformed(struct rp_datagram *datagram, const char *problem)
{
    datagram->problem = problem;
    return RP_IP_MALFORMED;
}

/* the payload of a datagram or fragment is known: pass it on or keep it */
static enum rp_ip_result finish(struct rp_fragments *fragments, const struct rp_fragment *fragment, struct rp_datagram *datagram)
{
    if (!fragment->more && !fragment->offset)
        return RP_IP_WHOLE;
    return rp_fragments_add(fragments, fragment, datagram);
}

static enum rp_ip_result read_v4(struct rp_fragments *fragments, const uint8_t *at, size_t captured, int64_t time_ns,
                                 struct rp_datagram *datagram)
{
    if (captured < V4_HEAD)
        return RP_IP_CUT;
    size_t head = (size_t)(at[0] & 15) * 4, total = rp_be16(at + 2);
    uint32_t flags = rp_be16(at + 6);
    datagram->protocol = at[9];
    datagram->from = rp_ip_from_v4(at + 12);
    datagram->to = rp_ip_from_v4(at + 16);
    if (!total)
        total = captured; /* the network card was to fill it in when it cut a large send into segments */
    if (head < V4_HEAD)
        return malformed(datagram, "the IPv4 header length is below 20 octets");
    if (total < head)
        return malformed(datagram, "the IPv4 total length is below the header length");
    if (captured < total)
        return RP_IP_CUT;
    datagram->octets = at + head;
    datagram->len = total - head;
    struct rp_fragment fragment = {
        .id = rp_be16(at + 4), .offset = (flags & 0x1fff) * 8, .more = flags >> 13 & 1, .time_ns = time_ns
    };
    return finish(fragments, &fragment, datagram);
}

static int is_extension(uint8_t next)
{
    return next == HOP_BY_HOP || next == ROUTING || next == DESTINATION || next == AUTHENTICATION || next == MOBILITY ||
           next == HIP || next == SHIM6;
}

/* RFC 8200 4: each header names the next one and (but for the fragment header) its own length */
static enum rp_ip_result read_extensions(struct rp_fragments *fragments, int64_t time_ns, struct rp_datagram *datagram)
{
    struct rp_fragment fragment = { .time_ns = time_ns, .is_v6 = 1 };
    while (is_extension(datagram->protocol) || datagram->protocol == FRAGMENT) {
        const uint8_t *at = datagram->octets;
        if (datagram->len < 8)
            return malformed(datagram, "an IPv6 extension header does not fit into the datagram");
        size_t size = 8 + (size_t)at[1] * 8;
        if (datagram->protocol == AUTHENTICATION)
            size = 8 + (size_t)at[1] * 4;
        if (datagram->protocol == FRAGMENT) {
            size = 8;
            fragment.offset = rp_be16(at + 2) & 0xfff8;
            fragment.more = at[3] & 1;
            fragment.id = rp_be32(at + 4);
        }
        if (datagram->len < size)
            return malformed(datagram, "an IPv6 extension header does not fit into the datagram");
        datagram->protocol = at[0];
        datagram->octets += size;
        datagram->len -= size;
        if (fragment.offset || fragment.more)
            break; /* what follows belongs to the datagram as a whole */
    }
    return finish(fragments, &fragment, datagram);
}

static enum rp_ip_result read_v6(struct rp_fragments *fragments, const uint8_t *at, size_t captured, int64_t time_ns,
                                 struct rp_datagram *datagram)
{
    if (captured < V6_HEAD)
        return RP_IP_CUT;
    size_t payload = rp_be16(at + 4);
    datagram->protocol = at[6];
    memcpy(datagram->from.octets, at + 8, 16);
    memcpy(datagram->to.octets, at + 24, 16);
    if (captured - V6_HEAD < payload)
        return RP_IP_CUT;
    datagram->octets = at + V6_HEAD;
    datagram->len = payload;
    return read_extensions(fragments, time_ns, datagram);
}

enum rp_ip_result rp_ip_read(struct rp_fragments *fragments, const uint8_t *octets, size_t captured, int64_t time_ns,
                             struct rp_datagram *datagram)
{
    datagram->protocol = RP_PROTOCOL_UNKNOWN;
    datagram->problem = NULL;
    datagram->len = 0;
    if (!captured)
        return RP_IP_CUT;
    if (octets[0] >> 4 == 4)
        return read_v4(fragments, octets, captured, time_ns, datagram);
    if (octets[0] >> 4 == 6)
        return read_v6(fragments, octets, captured, time_ns, datagram);
    return malformed(datagram, "an IP header of neither version 4 nor 6");
}

int rp_udp_strip(struct rp_datagram *datagram, uint16_t port)
{
    if (datagram->protocol != RP_PROTOCOL_UDP || datagram->len < UDP_HEAD)
        return 0;
    uint16_t from = rp_be16(datagram->octets), to = rp_be16(datagram->octets + 2);
    size_t len = rp_be16(datagram->octets + 4);
    int ours = from == UDP_SCTP || to == UDP_SCTP || (port && (from == port || to == port));
    if (!ours || len < UDP_HEAD || len > datagram->len)
        return 0;
    datagram->octets += UDP_HEAD;
    datagram->len = len - UDP_HEAD;
    datagram->protocol = RP_PROTOCOL_SCTP;
    return 1;
}
