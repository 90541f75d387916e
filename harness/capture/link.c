#include "harness/capture/link.h"

#include "harness/capture/octets.h"

enum { TYPE_IPV4 = 0x0800, TYPE_IPV6 = 0x86dd, TYPE_VLAN = 0x8100, TYPE_QINQ = 0x88a8, TYPE_QINQ_OLD = 0x9100 };

typedef enum rp_link_result strip(struct rp_link_payload *payload);

static enum rp_link_result drop(struct rp_link_payload *payload, size_t n)
{
    if (payload->len < n)
        return RP_LINK_SHORT;
    payload->octets += n;
    payload->len -= n;
    return RP_LINK_IP;
}

/* raw IP tells its version in its first four bits */
static enum rp_link_result strip_raw(struct rp_link_payload *payload)
{
    unsigned version = payload->len ? payload->octets[0] >> 4 : 0;
    if (!payload->len)
        return RP_LINK_SHORT;
    payload->ethertype = version == 4 ? TYPE_IPV4 : version == 6 ? TYPE_IPV6 : 0;
    return payload->ethertype ? RP_LINK_IP : RP_LINK_OTHER;
}

static enum rp_link_result by_ethertype(struct rp_link_payload *payload, uint16_t type)
{
    while (type == TYPE_VLAN || type == TYPE_QINQ || type == TYPE_QINQ_OLD) {
        if (payload->len < 4)
            return RP_LINK_SHORT;
        type = rp_be16(payload->octets + 2);
        drop(payload, 4);
        payload->vlans++;
    }
    payload->ethertype = type;
    return type == TYPE_IPV4 || type == TYPE_IPV6 ? RP_LINK_IP : RP_LINK_OTHER;
}

static enum rp_link_result strip_ethernet(struct rp_link_payload *payload)
{
    const uint8_t *head = payload->octets;
    return drop(payload, 14) == RP_LINK_SHORT ? RP_LINK_SHORT : by_ethertype(payload, rp_be16(head + 12));
}

static enum rp_link_result strip_sll(struct rp_link_payload *payload)
{
    const uint8_t *head = payload->octets;
    return drop(payload, 16) == RP_LINK_SHORT ? RP_LINK_SHORT : by_ethertype(payload, rp_be16(head + 14));
}

static enum rp_link_result strip_sll2(struct rp_link_payload *payload)
{
    const uint8_t *head = payload->octets;
    return drop(payload, 20) == RP_LINK_SHORT ? RP_LINK_SHORT : by_ethertype(payload, rp_be16(head));
}

/* four octets of address family, in the byte order of the capturing host (NULL) or of the network (LOOP); the IP header
 * itself tells more surely what follows */
static enum rp_link_result strip_loopback(struct rp_link_payload *payload)
{
    return drop(payload, 4) == RP_LINK_SHORT ? RP_LINK_SHORT : strip_raw(payload);
}

/* RFC 1661 with or without the HDLC address and control octets of RFC 1662; protocols 0x0021 and 0x0057 */
static enum rp_link_result strip_ppp(struct rp_link_payload *payload)
{
    if (payload->len >= 2 && payload->octets[0] == 0xff && payload->octets[1] == 0x03)
        drop(payload, 2);
    const uint8_t *head = payload->octets;
    if (drop(payload, 2) == RP_LINK_SHORT)
        return RP_LINK_SHORT;
    uint16_t protocol = rp_be16(head);
    return by_ethertype(payload, protocol == 0x21 ? TYPE_IPV4 : protocol == 0x57 ? TYPE_IPV6 : 0);
}

static const struct {
    uint32_t link_type;
    const char *name;
    strip *strip;
} layers[] = {
    { RP_LINKTYPE_ETHERNET, "Ethernet", strip_ethernet },
    { RP_LINKTYPE_LINUX_SLL, "Linux cooked v1", strip_sll },
    { RP_LINKTYPE_LINUX_SLL2, "Linux cooked v2", strip_sll2 },
    { RP_LINKTYPE_RAW, "raw IP", strip_raw },
    { RP_LINKTYPE_RAW_12, "raw IP", strip_raw },
    { RP_LINKTYPE_RAW_14, "raw IP", strip_raw },
    { RP_LINKTYPE_IPV4, "raw IPv4", strip_raw },
    { RP_LINKTYPE_IPV6, "raw IPv6", strip_raw },
    { RP_LINKTYPE_NULL, "BSD loopback", strip_loopback },
    { RP_LINKTYPE_LOOP, "OpenBSD loopback", strip_loopback },
    { RP_LINKTYPE_PPP, "PPP", strip_ppp },
};

enum rp_link_result rp_link_strip(uint32_t link_type, const uint8_t *octets, size_t len, struct rp_link_payload *payload)
{
    *payload = (struct rp_link_payload){ .octets = octets, .len = len };
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        if (layers[i].link_type == link_type)
            return layers[i].strip(payload);
    return RP_LINK_UNKNOWN;
}

const char *rp_link_name(uint32_t link_type)
{
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        if (layers[i].link_type == link_type)
            return layers[i].name;
    return 0;
}
