#include "harness/capture/packet.h"

#include <arpa/inet.h>
#include <string.h>

#include "harness/capture/crc32c.h"
#include "harness/capture/link.h"
#include "harness/capture/octets.h"

enum { V4_HEAD = 20, V6_HEAD = 40, V6_FRAGMENT = 8, UDP_HEAD = 8, ETHERNET_MIN = 60, TYPE_IPV4 = 0x0800, TYPE_IPV6 = 0x86dd };

void rp_packet_seal(uint8_t *sctp, size_t len)
{
    uint32_t crc = rp_sctp_checksum(sctp, len);
    for (int i = 0; i < 4; i++)
        sctp[8 + i] = (uint8_t)(crc >> 8 * i);
}

int rp_packet_address(const char *text, struct rp_ip_address *address)
{
    uint8_t v4[4];
    if (inet_pton(AF_INET, text, v4) == 1) {
        *address = rp_ip_from_v4(v4);
        return 0;
    }
    return inet_pton(AF_INET6, text, address->octets) == 1 ? 0 : -1;
}

/* RFC 1071 */
static uint32_t sum(uint32_t total, const uint8_t *octets, size_t len)
{
    for (size_t i = 0; i < len; i++)
        total += i % 2 ? octets[i] : (uint32_t)octets[i] << 8;
    return total;
}

static uint16_t fold(uint32_t total)
{
    while (total >> 16)
        total = (total & 0xffff) + (total >> 16);
    return (uint16_t)~total;
}

/* the last octets of the IP address make a locally administered Ethernet address */
static void put_ethernet_address(uint8_t *at, const struct rp_ip_address *address)
{
    at[0] = 2;
    at[1] = 0;
    memcpy(at + 2, address->octets + 12, 4);
}

static size_t put_ethernet(uint8_t *at, const struct rp_packet_way *way, uint16_t type)
{
    size_t n = 12;
    put_ethernet_address(at, &way->to);
    put_ethernet_address(at + 6, &way->from);
    for (int i = 0; i < 2; i++)
        if (way->vlan[i]) {
            rp_put_be16(at + n, i == 0 && way->vlan[1] ? 0x88a8 : 0x8100);
            rp_put_be16(at + n + 2, way->vlan[i]);
            n += 4;
        }
    rp_put_be16(at + n, type);
    return n + 2;
}

/* @return octets of the link header, or -1 */
static int put_link(uint8_t *at, const struct rp_packet_way *way)
{
    int v4 = rp_ip_is_v4(&way->from);
    uint16_t type = v4 ? TYPE_IPV4 : TYPE_IPV6;
    switch (way->link_type) {
    case RP_LINKTYPE_ETHERNET: return (int)put_ethernet(at, way, type);
    case RP_LINKTYPE_LINUX_SLL:
        memset(at, 0, 16);
        rp_put_be16(at + 2, 1); /* Ethernet */
        rp_put_be16(at + 4, 6);
        put_ethernet_address(at + 6, &way->from);
        rp_put_be16(at + 14, type);
        return 16;
    case RP_LINKTYPE_LINUX_SLL2:
        memset(at, 0, 20);
        rp_put_be16(at, type);
        rp_put_be32(at + 4, 1); /* interface */
        rp_put_be16(at + 8, 1);
        at[11] = 6;
        put_ethernet_address(at + 12, &way->from);
        return 20;
    case RP_LINKTYPE_NULL: /* written as a little-endian host does: 2 for IPv4, 30 for IPv6 */
        memset(at, 0, 4);
        at[0] = v4 ? 2 : 30;
        return 4;
    case RP_LINKTYPE_LOOP: rp_put_be32(at, v4 ? 2 : 30); return 4;
    case RP_LINKTYPE_PPP: rp_put_be16(at, v4 ? 0x21 : 0x57); return 2;
    case RP_LINKTYPE_RAW:
    case RP_LINKTYPE_IPV4:
    case RP_LINKTYPE_IPV6: return 0;
    default: return -1;
    }
}

static size_t put_v4(uint8_t *at, const struct rp_packet_way *way, uint8_t protocol, size_t offset, size_t len, int more)
{
    memset(at, 0, V4_HEAD);
    at[0] = 0x45;
    rp_put_be16(at + 2, (uint32_t)(V4_HEAD + len));
    rp_put_be16(at + 4, way->ip_id & 0xffff);
    rp_put_be16(at + 6, (uint32_t)(offset / 8) | (more ? 0x2000u : 0) | (!more && !offset ? 0x4000u : 0));
    at[8] = 64;
    at[9] = protocol;
    memcpy(at + 12, way->from.octets + 12, 4);
    memcpy(at + 16, way->to.octets + 12, 4);
    rp_put_be16(at + 10, fold(sum(0, at, V4_HEAD)));
    return V4_HEAD;
}

static size_t put_v6(uint8_t *at, const struct rp_packet_way *way, uint8_t protocol, size_t offset, size_t len, int more)
{
    size_t extra = offset || more ? V6_FRAGMENT : 0;
    memset(at, 0, V6_HEAD);
    at[0] = 0x60;
    rp_put_be16(at + 4, (uint32_t)(extra + len));
    at[6] = extra ? 44 : protocol;
    at[7] = 64;
    memcpy(at + 8, way->from.octets, 16);
    memcpy(at + 24, way->to.octets, 16);
    if (extra) {
        memset(at + V6_HEAD, 0, V6_FRAGMENT);
        at[V6_HEAD] = protocol;
        rp_put_be16(at + V6_HEAD + 2, (uint32_t)offset | (more ? 1u : 0));
        rp_put_be32(at + V6_HEAD + 4, way->ip_id);
    }
    return V6_HEAD + extra;
}

/* UDP around SCTP; its checksum covers a pseudo header of addresses, protocol and length */
static size_t put_udp(uint8_t *at, const struct rp_packet_way *way, const uint8_t *sctp, size_t len)
{
    uint8_t pseudo[40] = { 0 };
    memcpy(pseudo, way->from.octets, 16);
    memcpy(pseudo + 16, way->to.octets, 16);
    if (rp_ip_is_v4(&way->from))
        memset(pseudo + 10, 0, 2), memset(pseudo + 26, 0, 2); /* the mark of mapped addresses is none of IPv4's */
    rp_put_be32(pseudo + 32, (uint32_t)(UDP_HEAD + len));
    pseudo[39] = RP_PROTOCOL_UDP;
    rp_put_be16(at, way->udp_port);
    rp_put_be16(at + 2, way->udp_port);
    rp_put_be16(at + 4, (uint32_t)(UDP_HEAD + len));
    rp_put_be16(at + 6, 0);
    memcpy(at + UDP_HEAD, sctp, len);
    uint16_t check = fold(sum(sum(0, pseudo, sizeof pseudo), at, UDP_HEAD + len));
    rp_put_be16(at + 6, check ? check : 0xffff);
    return UDP_HEAD + len;
}

unsigned rp_packet_frames(const struct rp_packet_way *way, const uint8_t *sctp, size_t len, rp_packet_sink *sink, void *context)
{
    uint8_t payload[RP_PACKET_MAX], frame[RP_PACKET_MAX];
    int v4 = rp_ip_is_v4(&way->from), link = put_link(frame, way);
    size_t mtu = way->ip_mtu ? way->ip_mtu : 65535, head = v4 ? V4_HEAD : V6_HEAD, offset = 0;
    uint8_t protocol = way->udp_port ? RP_PROTOCOL_UDP : RP_PROTOCOL_SCTP;
    unsigned frames = 0;
    if (link < 0 || len + UDP_HEAD + head > 65535 || mtu < V6_HEAD + V6_FRAGMENT + 8)
        return 0;
    if (way->udp_port)
        len = put_udp(payload, way, sctp, len);
    else
        memcpy(payload, sctp, len);
    size_t part = head + len <= mtu ? len : (mtu - head - (v4 ? 0 : V6_FRAGMENT)) & ~(size_t)7;
    while (offset < len) {
        size_t take = len - offset < part ? len - offset : part, n = (size_t)link;
        int more = offset + take < len;
        n += v4 ? put_v4(frame + n, way, protocol, offset, take, more) : put_v6(frame + n, way, protocol, offset, take, more);
        memcpy(frame + n, payload + offset, take);
        n += take;
        if (way->link_type == RP_LINKTYPE_ETHERNET && n < ETHERNET_MIN) {
            memset(frame + n, 0, ETHERNET_MIN - n);
            n = ETHERNET_MIN;
        }
        sink(context, frame, n);
        offset += take;
        frames++;
    }
    return frames;
}
