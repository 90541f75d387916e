#include "harness/capture/fragments.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 64, UNIT = 8, UNITS = (RP_DATAGRAM_MAX + 1) / UNIT };

#define LIFETIME_NS (INT64_C(60) * 1000000000)

/* A datagram of which fragments are missing. Which units of 8 octets are there is kept as bits, so that fragments may come
 * in any order, twice, or overlapping. */
struct slot {
    int used, is_v6;
    uint8_t protocol;
    uint32_t id;
    struct rp_ip_address from, to;
    int64_t time_ns;
    uint64_t order; /* of its first fragment */
    size_t total;   /* 0: the last fragment has not come */
    size_t reach;   /* end of the furthest fragment */
    size_t units;   /* set in `have` */
    uint8_t *octets;
    size_t room;
    uint8_t have[UNITS / 8];
};

struct rp_fragments {
    size_t max_octets, octets;
    uint64_t order;
    struct slot slots[SLOTS];
};

struct rp_fragments *rp_fragments_new(size_t max_octets)
{
    struct rp_fragments *fragments = calloc(1, sizeof *fragments);
    if (fragments)
        fragments->max_octets = max_octets;
    return fragments;
}

void rp_fragments_free(struct rp_fragments *fragments)
{
    if (!fragments)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        free(fragments->slots[i].octets);
    free(fragments);
}

static int matches(const struct slot *slot, const struct rp_fragment *fragment, const struct rp_datagram *datagram)
{
    /* IPv6 has no protocol in its key: only the first fragment's next header counts (RFC 8200 4.5) */
    return slot->used && slot->id == fragment->id && slot->is_v6 == fragment->is_v6 &&
           (fragment->is_v6 || slot->protocol == datagram->protocol) &&
           memcmp(&slot->from, &datagram->from, sizeof slot->from) == 0 && memcmp(&slot->to, &datagram->to, sizeof slot->to) == 0;
}

static struct slot *find(struct rp_fragments *fragments, const struct rp_fragment *fragment, const struct rp_datagram *datagram)
{
    for (size_t i = 0; i < SLOTS; i++) {
        struct slot *slot = &fragments->slots[i];
        if (slot->used && (int64_t)((uint64_t)fragment->time_ns - (uint64_t)slot->time_ns) > LIFETIME_NS)
            slot->used = 0;
        if (matches(slot, fragment, datagram))
            return slot;
    }
    return NULL;
}

/* a free slot, else the one that has waited longest */
static struct slot *claim(struct rp_fragments *fragments, const struct rp_fragment *fragment, const struct rp_datagram *datagram)
{
    struct slot *best = &fragments->slots[0];
    for (size_t i = 0; i < SLOTS && best->used; i++) {
        struct slot *slot = &fragments->slots[i];
        if (!slot->used || slot->order < best->order)
            best = slot;
    }
    best->used = 1;
    best->id = fragment->id;
    best->is_v6 = fragment->is_v6;
    best->protocol = datagram->protocol;
    best->from = datagram->from;
    best->to = datagram->to;
    best->time_ns = fragment->time_ns;
    best->order = fragments->order++;
    best->total = best->reach = best->units = 0;
    memset(best->have, 0, sizeof best->have);
    return best;
}

static int make_room(struct rp_fragments *fragments, struct slot *slot, size_t need)
{
    if (need <= slot->room)
        return 0;
    size_t room = slot->room ? slot->room : 4096;
    while (room < need)
        room *= 2;
    if (fragments->octets - slot->room + room > fragments->max_octets)
        return -1;
    uint8_t *octets = realloc(slot->octets, room);
    if (!octets)
        return -1;
    fragments->octets += room - slot->room;
    slot->octets = octets;
    slot->room = room;
    return 0;
}

/* @return -1 when octets that are there already differ: an attack or a broken sender; RFC 5722 drops the datagram */
static int copy_units(struct slot *slot, size_t offset, const uint8_t *octets, size_t len)
{
    for (size_t done = 0; done < len; done += UNIT) {
        size_t unit = (offset + done) / UNIT, n = len - done < UNIT ? len - done : UNIT;
        uint8_t bit = (uint8_t)(1u << unit % 8);
        if (slot->have[unit / 8] & bit) {
            if (memcmp(slot->octets + offset + done, octets + done, n) != 0)
                return -1;
            continue;
        }
        memcpy(slot->octets + offset + done, octets + done, n);
        slot->have[unit / 8] |= bit;
        slot->units++;
    }
    return 0;
}

static enum rp_ip_result dropped(struct slot *slot, struct rp_datagram *datagram, const char *problem)
{
    slot->used = 0;
    datagram->problem = problem;
    return RP_IP_DROPPED;
}

static enum rp_ip_result place(struct rp_fragments *fragments, struct slot *slot, const struct rp_fragment *fragment,
                               struct rp_datagram *datagram)
{
    size_t end = fragment->offset + datagram->len;
    if (make_room(fragments, slot, end) != 0)
        return dropped(slot, datagram, "no memory for more IP fragments: the datagram was dropped");
    if (!fragment->more && slot->total && slot->total != end)
        return dropped(slot, datagram, "two last IP fragments disagree on the datagram's length: it was dropped");
    if (!fragment->more)
        slot->total = end;
    if (end > slot->reach)
        slot->reach = end;
    if (slot->total && slot->reach > slot->total)
        return dropped(slot, datagram, "an IP fragment lies behind the last one: the datagram was dropped");
    if (copy_units(slot, fragment->offset, datagram->octets, datagram->len) != 0)
        return dropped(slot, datagram, "IP fragments overlap and differ: the datagram was dropped (RFC 5722)");
    if (fragment->offset == 0)
        slot->protocol = datagram->protocol;
    if (!slot->total || slot->units != (slot->total + UNIT - 1) / UNIT)
        return RP_IP_FRAGMENT;
    slot->used = 0;
    datagram->protocol = slot->protocol;
    datagram->octets = slot->octets;
    datagram->len = slot->total;
    return RP_IP_WHOLE;
}

enum rp_ip_result rp_fragments_add(struct rp_fragments *fragments, const struct rp_fragment *fragment,
                                   struct rp_datagram *datagram)
{
    const char *problem = NULL;
    if (!datagram->len)
        problem = "an IP fragment without octets";
    else if (fragment->more && datagram->len % UNIT)
        problem = "an IP fragment before the last whose length is no multiple of 8";
    else if (fragment->offset + datagram->len > RP_DATAGRAM_MAX)
        problem = "an IP fragment beyond 65535 octets";
    if (problem) {
        datagram->problem = problem;
        return RP_IP_MALFORMED;
    }
    struct slot *slot = find(fragments, fragment, datagram);
    if (!slot)
        slot = claim(fragments, fragment, datagram);
    return place(fragments, slot, fragment, datagram);
}
