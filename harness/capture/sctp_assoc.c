#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/capture/octets.h"
#include "harness/capture/sctp_private.h"

enum { FIRST_BUCKETS = 256, PARAMETER_IPV4 = 5, PARAMETER_IPV6 = 6, PARAMETER_ADD_ADDRESS = 0xc001, INIT_FIXED = 16 };

/* The packet's addresses and ports in an order that does not depend on its direction. */
struct key {
    struct rp_ip_address low, high;
    uint16_t low_port, high_port;
    uint32_t hash;
    int from_low; /* the sender is `low` */
};

static struct key key_of(const struct rp_sctp_packet *packet)
{
    struct key key = { .low_port = rp_be16(packet->octets), .high_port = rp_be16(packet->octets + 2) };
    int order = memcmp(&packet->from, &packet->to, sizeof packet->from);
    key.from_low = order < 0 || (order == 0 && key.low_port <= key.high_port);
    key.low = key.from_low ? packet->from : packet->to;
    key.high = key.from_low ? packet->to : packet->from;
    if (!key.from_low) {
        uint16_t port = key.low_port;
        key.low_port = key.high_port;
        key.high_port = port;
    }
    uint64_t words[4], mix = (uint64_t)key.low_port << 16 | key.high_port;
    memcpy(words, &key.low, 16);
    memcpy(words + 2, &key.high, 16);
    for (int i = 0; i < 4; i++)
        mix = (mix ^ words[i]) * UINT64_C(0x9e3779b97f4a7c15), mix ^= mix >> 29;
    key.hash = (uint32_t)(mix >> 32);
    return key;
}

static struct rp_path *find_path(const struct rp_sctp *sctp, const struct key *key)
{
    if (!sctp->path_buckets)
        return NULL;
    for (struct rp_path *path = sctp->paths[key->hash & (sctp->path_buckets - 1)]; path; path = path->next)
        if (path->hash == key->hash && path->low_port == key->low_port && path->high_port == key->high_port &&
            memcmp(&path->low, &key->low, sizeof key->low) == 0 && memcmp(&path->high, &key->high, sizeof key->high) == 0)
            return path;
    return NULL;
}

static int grow_paths(struct rp_sctp *sctp)
{
    size_t buckets = sctp->path_buckets ? sctp->path_buckets * 2 : FIRST_BUCKETS;
    struct rp_path **paths = calloc(buckets, sizeof(struct rp_path *));
    if (!paths)
        return sctp->path_buckets ? 0 : -1; /* a full table is slow, not wrong */
    for (size_t i = 0; i < sctp->path_buckets; i++)
        for (struct rp_path *path = sctp->paths[i], *next; path; path = next) {
            next = path->next;
            path->next = paths[path->hash & (buckets - 1)];
            paths[path->hash & (buckets - 1)] = path;
        }
    free(sctp->paths);
    sctp->paths = paths;
    sctp->path_buckets = buckets;
    return 0;
}

static struct rp_path *make_path(struct rp_sctp *sctp, const struct key *key)
{
    if (sctp->path_count >= sctp->path_buckets && grow_paths(sctp) != 0)
        return NULL;
    struct rp_path *path = calloc(1, sizeof *path);
    if (!path)
        return NULL;
    path->low = key->low;
    path->high = key->high;
    path->low_port = key->low_port;
    path->high_port = key->high_port;
    path->hash = key->hash;
    struct rp_path **bucket = &sctp->paths[key->hash & (sctp->path_buckets - 1)];
    path->next = *bucket;
    *bucket = path;
    sctp->path_count++;
    return path;
}

static void remove_path(struct rp_sctp *sctp, struct rp_path *path)
{
    struct rp_path **at = &sctp->paths[path->hash & (sctp->path_buckets - 1)];
    while (*at != path)
        at = &(*at)->next;
    *at = path->next;
    sctp->path_count--;
    free(path);
}

static void unlink_path(struct rp_sctp *sctp, struct rp_assoc *assoc, struct rp_path *path)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < path->links; i++)
        if (path->link[i].assoc != assoc)
            path->link[kept++] = path->link[i];
    path->links = kept;
    if (!kept)
        remove_path(sctp, path);
}

/* @param endpoint the end that is the path's low one */
static void link_path(struct rp_sctp *sctp, struct rp_assoc *assoc, const struct key *key, int endpoint)
{
    struct rp_path *path = find_path(sctp, key);
    if (path && path->links == RP_PATH_LINKS)
        rp_assoc_drop(sctp, path->link[RP_PATH_LINKS - 1].assoc);
    if (assoc->paths == RP_ASSOC_PATHS || (!path && !(path = make_path(sctp, key))))
        return; /* its packets are still found by their tags */
    memmove(path->link + 1, path->link, path->links * sizeof *path->link);
    path->link[0].assoc = assoc;
    path->link[0].low_endpoint = endpoint;
    path->links++;
    assoc->path[assoc->paths++] = path;
}

static void unlink_tag(struct rp_tag_link *link)
{
    if (!link->back)
        return;
    *link->back = link->next;
    if (link->next)
        link->next->back = link->back;
    link->back = NULL;
}

static void set_tag(struct rp_sctp *sctp, struct rp_assoc *assoc, int endpoint, uint32_t tag)
{
    struct rp_tag_link *link = &assoc->tag_link[endpoint], **bucket = &sctp->tags[tag % RP_TAG_BUCKETS];
    unlink_tag(link);
    assoc->shown.endpoint[endpoint].tag = tag;
    if (!tag)
        return;
    *link = (struct rp_tag_link){ .next = *bucket, .back = bucket, .assoc = assoc, .endpoint = endpoint };
    if (link->next)
        link->next->back = &link->next;
    *bucket = link;
}

static void add_address(struct rp_assoc *assoc, int endpoint, const struct rp_ip_address *address)
{
    struct rp_sctp_endpoint *shown = &assoc->shown.endpoint[endpoint];
    for (uint32_t i = 0; i < shown->names; i++)
        if (memcmp(&assoc->address[endpoint][i], address, sizeof *address) == 0)
            return;
    if (shown->names == RP_SCTP_ADDRESSES)
        return;
    char text[48];
    rp_ip_text(address, text, sizeof text);
    snprintf(shown->name[shown->names], RP_SCTP_NAME_MAX, rp_ip_is_v4(address) ? "%s:%u" : "[%s]:%u", text, shown->port);
    assoc->address[endpoint][shown->names++] = *address;
}

static void unlink_age(struct rp_sctp *sctp, struct rp_assoc *assoc)
{
    *(assoc->older ? &assoc->older->newer : &sctp->oldest) = assoc->newer;
    *(assoc->newer ? &assoc->newer->older : &sctp->newest) = assoc->older;
}

static void link_age(struct rp_sctp *sctp, struct rp_assoc *assoc)
{
    assoc->newer = NULL;
    assoc->older = sctp->newest;
    *(sctp->newest ? &sctp->newest->newer : &sctp->oldest) = assoc;
    sctp->newest = assoc;
}

/* @param from endpoint number of the packet's sender */
static struct rp_assoc *make(struct rp_sctp *sctp, const struct key *key, int from, enum rp_assoc_state state)
{
    const struct rp_sctp_packet *packet = sctp->packet;
    if (sctp->associations >= sctp->max_associations) {
        rp_sctp_tell(sctp, RP_CAPTURE_LIMIT, sctp->oldest, -1, "is given up: more than %u associations at one time",
                     sctp->max_associations);
        rp_assoc_drop(sctp, sctp->oldest);
    }
    struct rp_assoc *assoc = calloc(1, sizeof *assoc);
    if (!assoc)
        return NULL;
    struct rp_sctp_association *shown = &assoc->shown;
    assoc->state = state;
    shown->id = sctp->next_id++;
    shown->initiator = state == RP_ASSOC_HANDSHAKE ? 0 : -1;
    shown->file = sctp->file;
    shown->first_frame = packet->frame;
    shown->first_ns = packet->time_ns;
    shown->endpoint[from].port = rp_be16(packet->octets);
    shown->endpoint[1 - from].port = rp_be16(packet->octets + 2);
    add_address(assoc, from, &packet->from);
    add_address(assoc, 1 - from, &packet->to);
    link_age(sctp, assoc);
    link_path(sctp, assoc, key, key->from_low ? from : 1 - from);
    sctp->associations++;
    sctp->counts->associations++;
    return assoc;
}

static int link_from(const struct rp_path *path, unsigned i, const struct key *key)
{
    return key->from_low ? path->link[i].low_endpoint : 1 - path->link[i].low_endpoint;
}

/* INIT has no tag of the receiver's: the association is new, or its own that is not up yet */
static struct rp_assoc *of_init(struct rp_sctp *sctp, const struct key *key, struct rp_path *path, int *from)
{
    const struct rp_sctp_packet *packet = sctp->packet;
    uint32_t tag = packet->len >= 20 ? rp_be32(packet->octets + 16) : 0;
    for (unsigned i = 0; path && i < path->links; i++) {
        struct rp_assoc *assoc = path->link[i].assoc;
        *from = link_from(path, i, key);
        int fresh = assoc->state == RP_ASSOC_HANDSHAKE && !assoc->cookie_seen;
        if (fresh || (tag && assoc->shown.endpoint[*from].tag == tag))
            return assoc;
    }
    *from = 0;
    return make(sctp, key, 0, RP_ASSOC_HANDSHAKE);
}

/* RFC 9260 8.5: the tag is the receiver's; with the T bit ABORT and SHUTDOWN COMPLETE carry the sender's */
static int tag_fits(const struct rp_assoc *assoc, int from, uint32_t tag, uint8_t type, uint8_t flags)
{
    const struct rp_sctp_endpoint *endpoint = assoc->shown.endpoint;
    if (endpoint[1 - from].tag == tag || (type == RP_CHUNK_COOKIE_ECHO && assoc->old_tag == tag && !assoc->cookie_seen))
        return 1;
    return (type == RP_CHUNK_ABORT || type == RP_CHUNK_SHUTDOWN_COMPLETE) && (flags & 1) && endpoint[from].tag == tag;
}

static int is_last_word(uint8_t type)
{
    return type == RP_CHUNK_ABORT || type == RP_CHUNK_SHUTDOWN_COMPLETE || type == RP_CHUNK_ERROR;
}

static struct rp_assoc *by_path(struct rp_sctp *sctp, const struct key *key, struct rp_path *path, int *from)
{
    const uint8_t *octets = sctp->packet->octets;
    uint32_t tag = rp_be32(octets + 4);
    for (unsigned i = 0; i < path->links; i++) {
        *from = link_from(path, i, key);
        if (tag_fits(path->link[i].assoc, *from, tag, octets[12], octets[13]))
            return path->link[i].assoc;
    }
    for (unsigned i = 0; i < path->links; i++) { /* one whose tag is not known yet */
        struct rp_assoc *assoc = path->link[i].assoc;
        *from = link_from(path, i, key);
        if (assoc->shown.endpoint[1 - *from].tag || assoc->state == RP_ASSOC_ENDED)
            continue;
        if (!is_last_word(octets[12]))
            set_tag(sctp, assoc, 1 - *from, tag);
        return assoc;
    }
    return NULL;
}

/* another address of a known association (multihoming): tag and both ports are the same */
static struct rp_assoc *by_tag(struct rp_sctp *sctp, const struct key *key, int *from)
{
    const struct rp_sctp_packet *packet = sctp->packet;
    uint32_t tag = rp_be32(packet->octets + 4);
    for (struct rp_tag_link *link = tag ? sctp->tags[tag % RP_TAG_BUCKETS] : NULL; link; link = link->next) {
        struct rp_assoc *assoc = link->assoc;
        int to = link->endpoint;
        if (assoc->shown.endpoint[to].tag != tag || assoc->shown.endpoint[to].port != rp_be16(packet->octets + 2) ||
            assoc->shown.endpoint[1 - to].port != rp_be16(packet->octets))
            continue;
        *from = 1 - to;
        add_address(assoc, *from, &packet->from);
        add_address(assoc, to, &packet->to);
        link_path(sctp, assoc, key, key->from_low ? *from : to);
        return assoc;
    }
    return NULL;
}

static int carries_data(uint8_t type)
{
    return type == RP_CHUNK_DATA || type == RP_CHUNK_I_DATA;
}

/* a packet of an association that the capture did not see begin */
static struct rp_assoc *of_unknown(struct rp_sctp *sctp, const struct key *key, int crowded, int *from)
{
    const uint8_t *octets = sctp->packet->octets;
    uint8_t type = octets[12];
    int handshake = type == RP_CHUNK_INIT_ACK || type == RP_CHUNK_COOKIE_ECHO || type == RP_CHUNK_COOKIE_ACK;
    if (is_last_word(type) || (crowded && !carries_data(type) && !handshake))
        return NULL;
    *from = type == RP_CHUNK_INIT_ACK || type == RP_CHUNK_COOKIE_ACK; /* these come from the side that had the INIT */
    struct rp_assoc *assoc = make(sctp, key, *from, handshake ? RP_ASSOC_HANDSHAKE : RP_ASSOC_MIDWAY);
    if (!assoc)
        return NULL;
    set_tag(sctp, assoc, 1 - *from, rp_be32(octets + 4));
    if (!handshake)
        rp_sctp_tell(sctp, RP_CAPTURE_MIDWAY, assoc, *from, "its beginning is not in the capture%s",
                     crowded ? "; another association uses the same addresses and ports with other verification tags" : "");
    return assoc;
}

static void tell_bad_tag(struct rp_sctp *sctp, const struct key *key)
{
    const struct rp_path *path = find_path(sctp, key);
    if (!path)
        return;
    struct rp_assoc *assoc = path->link[0].assoc;
    int from = link_from(path, 0, key);
    if (assoc->direction[from].said_tag || assoc->state == RP_ASSOC_ENDED)
        return;
    assoc->direction[from].said_tag = 1;
    rp_sctp_tell(sctp, RP_CAPTURE_BAD_TAG, assoc, from,
                 "%s from %s has verification tag %08x where %08x is right; it and others like it are left out (RFC 9260 8.5)",
                 rp_sctp_chunk_name(sctp->packet->octets[12]), assoc->shown.endpoint[from].name[0],
                 rp_be32(sctp->packet->octets + 4), assoc->shown.endpoint[1 - from].tag);
}

struct rp_assoc *rp_assoc_of(struct rp_sctp *sctp, int good_crc, int *from)
{
    struct key key = key_of(sctp->packet);
    struct rp_path *path = find_path(sctp, &key);
    int crowded = path && path->link[0].assoc->state != RP_ASSOC_ENDED;
    struct rp_assoc *assoc = NULL;
    if (sctp->packet->octets[12] == RP_CHUNK_INIT) {
        assoc = good_crc || !crowded ? of_init(sctp, &key, path, from) : NULL;
    } else {
        assoc = path ? by_path(sctp, &key, path, from) : by_tag(sctp, &key, from);
        if (!assoc && (good_crc || !crowded))
            assoc = of_unknown(sctp, &key, crowded, from);
        if (!assoc && crowded)
            tell_bad_tag(sctp, &key);
    }
    if (assoc && assoc->newer) {
        unlink_age(sctp, assoc);
        link_age(sctp, assoc);
    }
    return assoc;
}

/* address parameters of INIT, INIT ACK and ASCONF (RFC 9260 3.3.2.1) */
static void read_address(struct rp_assoc *assoc, int endpoint, const uint8_t *parameter, size_t len)
{
    struct rp_ip_address address;
    uint16_t type = rp_be16(parameter);
    if (type == PARAMETER_IPV4 && len == 8) {
        address = rp_ip_from_v4(parameter + 4);
        add_address(assoc, endpoint, &address);
    } else if (type == PARAMETER_IPV6 && len == 20) {
        memcpy(address.octets, parameter + 4, 16);
        add_address(assoc, endpoint, &address);
    }
}

static void read_parameters(struct rp_assoc *assoc, int endpoint, const uint8_t *at, size_t left)
{
    while (left >= 4) {
        size_t len = rp_be16(at + 2), padded = (len + 3) & ~(size_t)3;
        if (len < 4 || len > left)
            return;
        if (rp_be16(at) == PARAMETER_ADD_ADDRESS && len >= 16)
            read_address(assoc, endpoint, at + 8, len - 8);
        read_address(assoc, endpoint, at, len);
        if (padded >= left)
            return;
        at += padded;
        left -= padded;
    }
}

void rp_assoc_add_addresses(struct rp_assoc *assoc, int endpoint, const uint8_t *parameters, size_t len)
{
    read_parameters(assoc, endpoint, parameters, len);
}

static void begin_direction(struct rp_direction *direction, uint32_t first_tsn)
{
    direction->started = 1;
    direction->midway = 0;
    direction->base = direction->cumulative = direction->highest = first_tsn - 1;
}

void rp_assoc_init(struct rp_sctp *sctp, struct rp_assoc *assoc, int from, int is_ack, const uint8_t *value, size_t len)
{
    struct rp_sctp_endpoint *endpoint = &assoc->shown.endpoint[from];
    uint32_t tag = rp_be32(value), tsn = rp_be32(value + 12);
    if (assoc->state != RP_ASSOC_HANDSHAKE || assoc->cookie_seen || (endpoint->tag == tag && endpoint->streams))
        return; /* sent again */
    if (is_ack && endpoint->tag && endpoint->tag != tag) {
        assoc->old_tag = endpoint->tag;
        assoc->old_tsn = assoc->direction[from].cumulative + 1;
        assoc->old_streams = (uint16_t)endpoint->streams;
    }
    set_tag(sctp, assoc, from, tag);
    endpoint->streams = rp_be16(value + 8);
    begin_direction(&assoc->direction[from], tsn);
    read_parameters(assoc, from, value + INIT_FIXED, len - INIT_FIXED);
}

/* those that had these addresses and ports before are over */
static void supersede(struct rp_sctp *sctp, struct rp_assoc *assoc)
{
    for (unsigned p = 0; p < assoc->paths; p++)
        for (unsigned i = assoc->path[p]->links; i-- > 0;) {
            struct rp_assoc *old = assoc->path[p]->link[i].assoc;
            if (old == assoc)
                continue;
            if (old->state != RP_ASSOC_ENDED)
                rp_sctp_tell(sctp, RP_CAPTURE_RESTART, old, 0, "ends: association %u begins on the same addresses and ports",
                             assoc->shown.id);
            rp_assoc_drop(sctp, old);
            i = assoc->path[p]->links;
        }
}

void rp_assoc_cookie_echo(struct rp_sctp *sctp, struct rp_assoc *assoc, uint32_t tag)
{
    if (assoc->cookie_seen || assoc->state != RP_ASSOC_HANDSHAKE)
        return;
    assoc->cookie_seen = 1;
    if (assoc->old_tag == tag && assoc->old_tag != assoc->shown.endpoint[1].tag) {
        set_tag(sctp, assoc, 1, tag);
        begin_direction(&assoc->direction[1], assoc->old_tsn);
        assoc->shown.endpoint[1].streams = assoc->old_streams;
    }
    supersede(sctp, assoc);
}

void rp_assoc_up(struct rp_sctp *sctp, struct rp_assoc *assoc)
{
    if (assoc->state != RP_ASSOC_HANDSHAKE)
        return;
    assoc->state = RP_ASSOC_UP;
    assoc->cookie_seen = 1;
    supersede(sctp, assoc);
    rp_sctp_tell(sctp, RP_CAPTURE_UP, assoc, -1, "is up, begun by %s", assoc->shown.endpoint[0].name[0]);
}

void rp_assoc_drop(struct rp_sctp *sctp, struct rp_assoc *assoc)
{
    for (int i = 0; i < 2; i++)
        rp_reassembly_flush(sctp, assoc, i);
    rp_sctp_tell(sctp, RP_CAPTURE_GONE, assoc, -1, "nothing more comes of it");
    for (int i = 0; i < 2; i++) {
        rp_reassembly_free(sctp, &assoc->direction[i]);
        unlink_tag(&assoc->tag_link[i]);
    }
    while (assoc->paths)
        unlink_path(sctp, assoc, assoc->path[--assoc->paths]);
    unlink_age(sctp, assoc);
    sctp->associations--;
    free(assoc);
}
