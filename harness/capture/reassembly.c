#include <inttypes.h>

#include "harness/capture/deliver.h"

/* How a message finds its way: a whole chunk right behind the cumulative TSN goes to the handler from where it lies in the
 * packet. All else is held in TSN order. An ordered message is due when its number is the stream's next, or when all TSNs
 * before it are settled, that is seen or given up: its predecessors in the stream can't come any more. */

enum {
    WINDOW = 1 << 16,       /* TSNs ahead of the cumulative one that are believed */
    ACK_WINDOW = 1 << 20,   /* how far an acknowledgement may lead */
    HELD_MAX = 4096,        /* chunks of one direction */
    HELD_FEW = 16,          /* chunks that may be looked through for each packet */
    HELD_OCTETS = 16 << 20, /* octets of one direction, so also the longest message in fragments */
    ACK_PACKETS = 64        /* a chunk may be captured this many packets after its acknowledgement ... */
};

#define ACK_NS (INT64_C(20) * 1000000)     /* ... or this much time */
#define GAP_NS (INT64_C(120) * 1000000000) /* a gap that nobody acknowledges is given up after twice the longest RTO */

static int64_t now(const struct rp_place *place)
{
    return place->sctp->packet ? place->sctp->packet->time_ns : 0;
}

static int64_t since(const struct rp_place *place, int64_t then)
{
    return (int64_t)((uint64_t)now(place) - (uint64_t)then);
}

static void move_cumulative(struct rp_direction *direction)
{
    const struct rp_held *at = rp_held_beyond(direction, direction->cumulative);
    for (; at && at->chunk.tsn == direction->cumulative + 1; at = at->next)
        direction->cumulative++;
}

/* a fragment that can't become part of a message; its neighbours of the same message are reported with it */
static void drop_orphan(struct rp_place *place, struct rp_held *held, const char *why)
{
    struct rp_direction *direction = place->direction;
    const struct rp_chunk_data *chunk = &held->chunk;
    held->delivered = 1;
    if (!direction->orphan || direction->orphan_stream != chunk->stream || direction->orphan_mid != chunk->mid)
        rp_deliver_lost(place, chunk, why);
    direction->orphan = !(chunk->flags & RP_DATA_END) || chunk->interleaved;
    direction->orphan_stream = chunk->stream;
    direction->orphan_mid = chunk->mid;
}

/* DATA at or below the cumulative TSN that is no part of a whole message. @return whether its end may still come */
static int resolve_data(struct rp_place *place, struct rp_held *held)
{
    struct rp_held *last = held;
    if (held->chunk.flags & RP_DATA_BEGIN) {
        for (struct rp_held *behind; (behind = rp_held_fragment_behind(last));)
            last = behind;
        if (last->chunk.tsn == place->direction->cumulative)
            return 1;
        place->direction->orphan = 0;
    }
    const char *why = held->chunk.flags & RP_DATA_BEGIN ? "the chunks behind this part are missing" : "its beginning is missing";
    for (struct rp_held *at = held;; at = at->next) {
        drop_orphan(place, at, why);
        if (at == last)
            return 0;
    }
}

/* the same for I-DATA, where other messages may lie between the fragments */
static void resolve_interleaved(struct rp_place *place, struct rp_held *held)
{
    struct rp_direction *direction = place->direction;
    const struct rp_chunk_data *chunk = &held->chunk;
    struct rp_stream *stream = chunk->flags & RP_DATA_UNORDERED ? NULL : rp_stream_of(place->sctp, direction, chunk->stream);
    if (stream && stream->started && rp_stream_ahead(stream, chunk) < 0) {
        drop_orphan(place, held, "a later message of the stream was delivered");
        return;
    }
    if (!direction->lost && !direction->midway)
        return;
    if (!(chunk->flags & RP_DATA_BEGIN) && !rp_held_fragment_before(held)) {
        drop_orphan(place, held, "the fragment before this part is missing");
        return;
    }
    if ((chunk->flags & RP_DATA_END) || rp_held_fragment_behind(held))
        return;
    for (const struct rp_held *at = held->next; at && rp_serial_ahead(at->chunk.tsn, direction->cumulative) <= 0; at = at->next)
        if (!at->delivered && at->chunk.interleaved && at->chunk.stream == chunk->stream && at->chunk.mid == chunk->mid) {
            drop_orphan(place, held, "a fragment behind this part is missing");
            return;
        }
}

/* I-DATA that stays is looked at again and again, each time along the whole list: so the more is held, the less often */
static int is_due(struct rp_direction *direction)
{
    if (direction->held > HELD_FEW && ++direction->sweeps < direction->held)
        return 0;
    direction->sweeps = 0;
    return 1;
}

/* settles what lies at or below the cumulative TSN */
static void sweep(struct rp_place *place)
{
    struct rp_direction *direction = place->direction;
    struct rp_held *at = direction->first;
    int due = is_due(direction);
    if (!due && at && at->chunk.interleaved && !at->delivered)
        return;
    while (at && rp_serial_ahead(at->chunk.tsn, direction->cumulative) <= 0) {
        int look = !at->delivered && (due || !at->chunk.interleaved);
        if (look && at->complete)
            rp_deliver_offer(place, at);
        else if (look && at->chunk.interleaved)
            resolve_interleaved(place, at);
        else if (look && resolve_data(place, at))
            return;
        at = at->delivered ? rp_held_remove(place->sctp, direction, at) : at->next;
    }
}

static void report_lost(struct rp_place *place, uint32_t first, uint32_t last, enum rp_capture_kind kind)
{
    uint32_t count = last - first + 1;
    const char *plural = count == 1 ? "" : "s";
    place->direction->lost = 1;
    place->direction->last_lost = last;
    if (kind == RP_CAPTURE_ABANDONED) {
        rp_sctp_tell_range(place->sctp, kind, place->assoc, place->from, 0, first, last,
                           "%s gave up %" PRIu32 " DATA chunk%s, TSN %" PRIu32 "..%" PRIu32 " (FORWARD TSN)",
                           rp_place_sender(place), count, plural, first, last);
        return;
    }
    place->assoc->shown.lost_tsns[place->from] += count;
    place->sctp->counts->lost_tsns += count;
    rp_sctp_tell_range(place->sctp, kind, place->assoc, place->from, 0, first, last,
                       "%" PRIu32 " DATA chunk%s from %s missing in the capture: TSN %" PRIu32 "..%" PRIu32, count, plural,
                       rp_place_sender(place), first, last);
}

/* gives up every TSN up to `tsn` that was not seen */
static void settle(struct rp_place *place, uint32_t tsn, enum rp_capture_kind kind)
{
    struct rp_direction *direction = place->direction;
    const struct rp_held *at = rp_held_beyond(direction, direction->cumulative);
    uint32_t next = direction->cumulative + 1;
    while (rp_serial_ahead(next, tsn) <= 0) {
        if (at && at->chunk.tsn == next) {
            at = at->next;
            next++;
            continue;
        }
        uint32_t last = at && rp_serial_ahead(at->chunk.tsn, tsn) <= 0 ? at->chunk.tsn - 1 : tsn;
        report_lost(place, next, last, kind);
        next = last + 1;
    }
    if (rp_serial_ahead(tsn, direction->cumulative) > 0)
        direction->cumulative = tsn;
    move_cumulative(direction);
    sweep(place);
}

static void flush(struct rp_place *place)
{
    struct rp_direction *direction = place->direction;
    if (direction->acked)
        settle(place, direction->latest_ack, RP_CAPTURE_LOST_TSN);
    direction->acked = 0;
    if (direction->last)
        settle(place, direction->last->chunk.tsn, RP_CAPTURE_LOST_TSN);
    direction->sweeps = direction->held;
    sweep(place);
    while (direction->first) {
        if (!direction->first->delivered && direction->first->complete)
            rp_deliver_offer(place, direction->first);
        if (!direction->first->delivered)
            drop_orphan(place, direction->first, "its end is missing");
        rp_held_remove(place->sctp, direction, direction->first);
    }
}

static void retransmitted(struct rp_place *place)
{
    place->assoc->shown.retransmissions[place->from]++;
    place->sctp->counts->retransmissions++;
}

/* a whole message right behind the cumulative TSN: the common case */
static void deliver_next(struct rp_place *place, const struct rp_chunk_data *chunk)
{
    struct rp_direction *direction = place->direction;
    rp_deliver_chunk(place, chunk);
    direction->cumulative = chunk->tsn;
    direction->orphan = 0;
    if (direction->first) {
        move_cumulative(direction);
        sweep(place);
    }
}

/* what waits is given up, so that what comes finds room */
static void give_up(struct rp_place *place)
{
    const struct rp_direction *direction = place->direction;
    rp_sctp_tell(place->sctp, RP_CAPTURE_LIMIT, place->assoc, place->from,
                 "%zu chunks of %zu octets from %s wait for missing ones, more than may be held: given up", direction->held,
                 direction->held_octets, rp_place_sender(place));
    flush(place);
}

static void hold(struct rp_place *place, const struct rp_chunk_data *chunk)
{
    struct rp_direction *direction = place->direction;
    int repeated;
    if (direction->held >= HELD_MAX || direction->held_octets + chunk->len > HELD_OCTETS)
        give_up(place);
    struct rp_held *held = rp_held_add(place->sctp, direction, chunk, &repeated);
    if (!held && !repeated) {
        give_up(place);
        held = rp_held_add(place->sctp, direction, chunk, &repeated);
    }
    if (repeated)
        retransmitted(place);
    if (!held)
        return;
    move_cumulative(direction);
    struct rp_held *first = rp_held_whole(held);
    if (first)
        rp_deliver_offer(place, first);
    sweep(place);
}

/* A TSN beyond every window is left out, as its receiver does; when the next chunk goes on from there, the sender (or the
 * capture) did jump. @return whether the chunk is to be used */
static int believe(struct rp_place *place, uint32_t tsn)
{
    struct rp_direction *direction = place->direction;
    int32_t ahead = rp_serial_ahead(tsn, direction->wild);
    if (direction->wild_seen && ahead > 0 && ahead < WINDOW) {
        flush(place);
        report_lost(place, direction->cumulative + 1, tsn - 1, RP_CAPTURE_LOST_TSN);
        direction->cumulative = tsn - 1;
        direction->wild_seen = 0;
        return 1;
    }
    direction->wild = tsn;
    direction->wild_seen = 1;
    rp_sctp_tell_range(place->sctp, RP_CAPTURE_MALFORMED, place->assoc, place->from, 0, tsn, tsn,
                       "DATA from %s with TSN %" PRIu32 ", far beyond %" PRIu32 ", the last in order: left out",
                       rp_place_sender(place), tsn, direction->cumulative);
    return 0;
}

/* What an acknowledgement had passed was given up, yet here it is: the acknowledgement was false, or the capture has the
 * packets in another order. From here on chunks count again. */
static void take_back(struct rp_place *place, uint32_t tsn)
{
    struct rp_direction *direction = place->direction;
    uint64_t back = direction->cumulative - (tsn - 1), *lost = &place->assoc->shown.lost_tsns[place->from];
    uint64_t known = back < *lost ? back : *lost;
    *lost -= known;
    place->sctp->counts->lost_tsns -= known;
    direction->cumulative = tsn - 1;
}

void rp_reassembly_data(struct rp_sctp *sctp, struct rp_assoc *assoc, int from, const struct rp_chunk_data *chunk)
{
    struct rp_place place = rp_place_of(sctp, assoc, from);
    struct rp_direction *direction = place.direction;
    if (!direction->started) {
        direction->started = direction->midway = 1;
        direction->base = direction->cumulative = direction->highest = chunk->tsn - 1;
    }
    if (rp_serial_ahead(chunk->tsn, direction->cumulative) > WINDOW && !believe(&place, chunk->tsn))
        return;
    if (rp_serial_ahead(chunk->tsn, direction->highest) > 0) {
        direction->highest = chunk->tsn;
        if (rp_serial_ahead(chunk->tsn, direction->cumulative) <= 0)
            take_back(&place, chunk->tsn);
    }
    if (rp_serial_ahead(chunk->tsn, direction->cumulative) <= 0) {
        retransmitted(&place);
        return;
    }
    int whole = (chunk->flags & (RP_DATA_BEGIN | RP_DATA_END)) == (RP_DATA_BEGIN | RP_DATA_END);
    int next = chunk->tsn == direction->cumulative + 1;
    if (whole && next && !(chunk->interleaved && direction->first))
        deliver_next(&place, chunk);
    else
        hold(&place, chunk);
}

void rp_reassembly_ack(struct rp_sctp *sctp, struct rp_assoc *assoc, int from, uint32_t ack)
{
    struct rp_place place = rp_place_of(sctp, assoc, from);
    struct rp_direction *direction = place.direction;
    int32_t ahead = rp_serial_ahead(ack, direction->cumulative);
    if (!direction->started || ahead <= 0 || ahead > ACK_WINDOW)
        return;
    if (!direction->acked) {
        direction->acked = 1;
        direction->ack = direction->latest_ack = ack;
        direction->ack_ns = now(&place);
        direction->ack_packets = 0;
    } else if (rp_serial_ahead(ack, direction->latest_ack) > 0) {
        direction->latest_ack = ack;
    }
}

void rp_reassembly_forward(struct rp_sctp *sctp, struct rp_assoc *assoc, int from, uint32_t tsn)
{
    struct rp_place place = rp_place_of(sctp, assoc, from);
    int32_t ahead = rp_serial_ahead(tsn, place.direction->cumulative);
    if (!place.direction->started || ahead <= 0 || ahead > WINDOW)
        return;
    settle(&place, tsn, RP_CAPTURE_ABANDONED);
    if (rp_serial_ahead(tsn, place.direction->highest) > 0)
        place.direction->highest = tsn;
}
/* chunks that were acknowledged are waited for a little; those acknowledged later get their own time */
static void tick_ack(struct rp_place *place)
{
    struct rp_direction *direction = place->direction;
    if (rp_serial_ahead(direction->ack, direction->cumulative) > 0) {
        if (++direction->ack_packets <= ACK_PACKETS && since(place, direction->ack_ns) <= ACK_NS)
            return;
        settle(place, direction->ack, RP_CAPTURE_LOST_TSN);
    }
    direction->acked = rp_serial_ahead(direction->latest_ack, direction->cumulative) > 0;
    direction->ack = direction->latest_ack;
    direction->ack_ns = now(place);
    direction->ack_packets = 0;
}

static void tick_gap(struct rp_place *place)
{
    struct rp_direction *direction = place->direction;
    if (!direction->last || rp_serial_ahead(direction->last->chunk.tsn, direction->cumulative) <= 0) {
        direction->gap_ns = 0;
    } else if (!direction->gap_ns) {
        direction->gap_ns = now(place);
    } else if (since(place, direction->gap_ns) > GAP_NS) {
        settle(place, rp_held_beyond(direction, direction->cumulative)->chunk.tsn - 1, RP_CAPTURE_LOST_TSN);
        direction->gap_ns = 0;
    }
}

void rp_reassembly_tick(struct rp_sctp *sctp, struct rp_assoc *assoc)
{
    for (int from = 0; from < 2; from++) {
        struct rp_place place = rp_place_of(sctp, assoc, from);
        if (place.direction->acked)
            tick_ack(&place);
        tick_gap(&place);
    }
}

void rp_reassembly_flush(struct rp_sctp *sctp, struct rp_assoc *assoc, int from)
{
    struct rp_place place = rp_place_of(sctp, assoc, from);
    if (place.direction->started)
        flush(&place);
}
