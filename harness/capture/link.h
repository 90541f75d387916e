/** Link layers: from a frame to the IP datagram in it. */
#ifndef RP_HARNESS_CAPTURE_LINK_H
#define RP_HARNESS_CAPTURE_LINK_H

#include <stddef.h>
#include <stdint.h>

/** LINKTYPE_ numbers of the layers that are read. */
enum rp_linktype {
    RP_LINKTYPE_NULL = 0,
    RP_LINKTYPE_ETHERNET = 1,
    RP_LINKTYPE_PPP = 9,
    RP_LINKTYPE_RAW_12 = 12, /* raw IP as DLT numbers, seen in files */
    RP_LINKTYPE_RAW_14 = 14,
    RP_LINKTYPE_RAW = 101,
    RP_LINKTYPE_LOOP = 108,
    RP_LINKTYPE_LINUX_SLL = 113,
    RP_LINKTYPE_IPV4 = 228,
    RP_LINKTYPE_IPV6 = 229,
    RP_LINKTYPE_LINUX_SLL2 = 276
};

enum rp_link_result {
    RP_LINK_IP,     /* the payload begins with an IP header, version 4 or 6 */
    RP_LINK_OTHER,  /* another protocol */
    RP_LINK_SHORT,  /* ends inside the link header */
    RP_LINK_UNKNOWN /* a link type that is not known */
};

/** What a link layer carries: `ethertype` is set for RP_LINK_IP and RP_LINK_OTHER (0 when the layer has none). */
struct rp_link_payload {
    uint16_t ethertype;
    uint32_t vlans; /* VLAN tags passed */
    const uint8_t *octets;
    size_t len;
};

/** Takes the link header off a frame: Ethernet with any number of VLAN tags (0x8100, 0x88a8, 0x9100), Linux cooked v1 and
 *  v2, raw IP, BSD loopback, PPP. Padding behind the IP datagram stays in the payload. */
enum rp_link_result rp_link_strip(uint32_t link_type, const uint8_t *octets, size_t len, struct rp_link_payload *payload);

/** "Ethernet", "Linux cooked v2" ...; NULL when not known. */
const char *rp_link_name(uint32_t link_type);

#endif
