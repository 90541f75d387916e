#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "harness/capture/sctp_private.h"

/* How a message finds its way: a whole chunk right behind the cumulative TSN goes to the handler from where it lies in the
 * packet. All else is held in TSN order. An ordered message is due when its number is the stream's next, or when all TSNs
 * before it are settled, that is seen or given up: its predecessors in the stream can't come any more. */

enum {
    WINDOW = 1 << 16,       /* TSNs ahead of the cumulative one that are believed */
    ACK_WINDOW = 1 << 20,   /* how far an acknowledgement may lead */
    HELD_MAX = 4096,        /* chunks of one direction */
    HELD_OCTETS = 16 << 20, /* octets of one direction, so also the longest message in fragments */
    ACK_PACKETS = 64        /* a chunk may be captured this many packets after its acknowledgement ... */
};

#define ACK_NS (INT64_C(20) * 1000000)     /* ... or this much time */
#define GAP_NS (INT64_C(120) * 1000000000) /* a gap that nobody acknowledges is given up after twice the longest RTO */

/* Where it all happens: data that `from` sends. */
struct place {
    struct rp_sctp *sctp;
    struct rp_assoc *assoc;
    struct rp_direction *direction;
    int from;
};

static struct place place_of(struct rp_sctp *sctp, struct rp_assoc *assoc, int from)
{
    return (struct place){ .sctp = sctp, .assoc = assoc, .direction = &assoc->direction[from], .from = from };
}

static const char *sender(const struct place *place)
{
    return place->assoc->shown.endpoint[place->from].name[0];
}

static int64_t now(const struct place *place)
{
    return place->sctp->packet ? place->sctp->packet->time_ns : 0;
}

static int64_t since(const struct place *place, int64_t then)
{
    return (int64_t)((uint64_t)now(place) - (uint64_t)then);
}

static int settled(const struct place *place, uint32_t tsn)
{
    return rp_serial_ahead(tsn, place->direction->cumulative) <= 1;
}

static void emit(struct place *place, struct rp_sctp_message *message)
{
    struct rp_sctp *sctp = place->sctp;
    message->association = &place->assoc->shown;
    message->from = place->from;
    message->delivered_frame = sctp->packet ? sctp->packet->frame : message->frame;
    message->delivered_ns = sctp->packet ? sctp->packet->time_ns : message->time_ns;
    if (sctp->packet && message->frame == sctp->packet->frame)
        message->comment = sctp->packet->comment;
    place->assoc->shown.messages[place->from]++;
    sctp->counts->messages++;
    sctp->counts->message_octets += message->len;
    if (sctp->handler->message)
        sctp->handler->message(sctp->handler->context, message);
}

static struct rp_sctp_message message_of(const struct rp_chunk_data *chunk, uint64_t frame, int64_t time_ns)
{
    return (struct rp_sctp_message){ .stream = chunk->stream,
                                     .unordered = (chunk->flags & RP_DATA_UNORDERED) != 0,
                                     .interleaved = chunk->interleaved,
                                     .mid = chunk->mid,
                                     .ppid = chunk->ppid,
                                     .tsn = chunk->tsn,
                                     .chunks = 1,
                                     .octets = chunk->octets,
                                     .len = chunk->len,
                                     .first_frame = frame,
                                     .frame = frame,
                                     .time_ns = time_ns };
}

static int make_room(struct rp_sctp *sctp, size_t len)
{
    if (len <= sctp->message_room)
        return 0;
    size_t room = sctp->message_room ? sctp->message_room : 1 << 16;
    while (room < len)
        room *= 2;
    uint8_t *octets = realloc(sctp->message, room);
    if (!octets)
        return -1;
    sctp->message = octets;
    sctp->message_room = room;
    return 0;
}

static void emit_fragments(struct place *place, struct rp_held *first)
{
    struct rp_sctp *sctp = place->sctp;
    struct rp_sctp_message message = message_of(&first->chunk, first->frame, first->time_ns);
    size_t len = 0;
    for (const struct rp_held *at = first; at; at = at->chunk.flags & RP_DATA_END ? NULL : rp_held_fragment_behind(at))
        len += at->chunk.len;
    if (make_room(sctp, len) != 0) {
        rp_sctp_tell(sctp, RP_CAPTURE_LIMIT, place->assoc, place->from, "no memory for a message of %zu octets", len);
        return;
    }
    message.octets = sctp->message;
    message.len = 0;
    message.chunks = 0;
    for (const struct rp_held *at = first; at; at = at->chunk.flags & RP_DATA_END ? NULL : rp_held_fragment_behind(at)) {
        memcpy(sctp->message + message.len, at->chunk.octets, at->chunk.len);
        message.len += at->chunk.len;
        message.chunks++;
        if (at->frame < message.first_frame)
            message.first_frame = at->frame;
        if (at->frame > message.frame) {
            message.frame = at->frame;
            message.time_ns = at->time_ns;
        }
    }
    emit(place, &message);
}

/* the chunks of a message stay in the list, as TSNs that were seen, until the cumulative TSN has passed them */
static uint32_t mark_delivered(struct rp_held *first)
{
    uint32_t last_tsn = first->chunk.tsn;
    for (struct rp_held *at = first, *behind; at; at = behind) {
        behind = at->chunk.flags & RP_DATA_END ? NULL : rp_held_fragment_behind(at);
        at->delivered = 1;
        last_tsn = at->chunk.tsn;
    }
    return last_tsn;
}

static void emit_held(struct place *place, struct rp_held *first)
{
    if (first->chunk.flags & RP_DATA_END) {
        struct rp_sctp_message message = message_of(&first->chunk, first->frame, first->time_ns);
        emit(place, &message);
    } else {
        emit_fragments(place, first);
    }
}

static void lost_message(struct place *place, const struct rp_chunk_data *chunk, const char *why)
{
    place->sctp->counts->lost_messages++;
    rp_sctp_tell_range(place->sctp, RP_CAPTURE_LOST_MESSAGE, place->assoc, place->from, chunk->stream, chunk->mid, chunk->mid,
                       "a message from %s on stream %u is lost (%s %" PRIu32 ", a part of it has TSN %" PRIu32 "): %s",
                       sender(place), chunk->stream, chunk->interleaved ? "MID" : "SSN", chunk->mid, chunk->tsn, why);
}

/* how far `mid` is ahead of what the stream expects */
static int32_t ahead_of_stream(const struct rp_stream *stream, const struct rp_chunk_data *chunk)
{
    return chunk->interleaved ? rp_serial_ahead(chunk->mid, stream->expected)
                              : (int16_t)(uint16_t)(chunk->mid - stream->expected);
}

/* numbers that are left out are lost messages where TSNs are lost too, else the sender's own doing */
static void check_order(struct place *place, const struct rp_stream *stream, const struct rp_chunk_data *chunk)
{
    struct rp_direction *direction = place->direction;
    int32_t ahead = stream->started ? ahead_of_stream(stream, chunk) : 0;
    uint32_t last = chunk->interleaved ? chunk->mid - 1 : (uint16_t)(chunk->mid - 1);
    if (!ahead)
        return;
    int explained = direction->lost && rp_serial_ahead(direction->last_lost, stream->last_tsn) > 0;
    if (explained && ahead > 0 && (uint64_t)ahead <= place->assoc->shown.lost_tsns[place->from]) {
        place->sctp->counts->lost_messages += (uint64_t)ahead;
        rp_sctp_tell_range(place->sctp, RP_CAPTURE_LOST_MESSAGE, place->assoc, place->from, stream->id, stream->expected, last,
                           "%" PRId32 " messages from %s on stream %u are lost (%s %" PRIu32 "..%" PRIu32 ")", ahead,
                           sender(place), stream->id, chunk->interleaved ? "MID" : "SSN", stream->expected, last);
    } else if (!direction->said_ssn && !place->assoc->reconfigured) {
        direction->said_ssn = 1;
        rp_sctp_tell_range(place->sctp, RP_CAPTURE_MALFORMED, place->assoc, place->from, stream->id, stream->expected, chunk->mid,
                           "%s numbers a message on stream %u with %s %" PRIu32 " where %" PRIu32
                           " is next, though no TSN is missing (RFC 9260 6.5)",
                           sender(place), stream->id, chunk->interleaved ? "MID" : "SSN", chunk->mid, stream->expected);
    }
}

static void step_stream(struct rp_stream *stream, const struct rp_chunk_data *chunk, uint32_t last_tsn)
{
    stream->started = 1;
    stream->expected = chunk->interleaved ? chunk->mid + 1 : (uint16_t)(chunk->mid + 1);
    stream->last_tsn = last_tsn;
}

static void deliver_ordered(struct place *place, struct rp_stream *stream, struct rp_held *first)
{
    check_order(place, stream, &first->chunk);
    if (first->complete && stream->waiting)
        stream->waiting--;
    emit_held(place, first);
    step_stream(stream, &first->chunk, mark_delivered(first));
}

/* messages that waited for the one just delivered */
static void deliver_waiting(struct place *place, struct rp_stream *stream)
{
    for (int found = 1; found && stream->waiting;) {
        found = 0;
        for (struct rp_held *at = place->direction->first; at && stream->waiting; at = at->next) {
            const struct rp_chunk_data *chunk = &at->chunk;
            if (!at->complete || at->delivered || chunk->stream != stream->id || ahead_of_stream(stream, chunk) != 0)
                continue;
            deliver_ordered(place, stream, at);
            found = 1;
        }
    }
}

/* I-DATA only: is an earlier message of the stream still coming? Once chunks behind its last fragment are lost, it is not. */
static int earlier_unfinished(const struct place *place, const struct rp_held *first)
{
    const struct rp_direction *direction = place->direction;
    for (const struct rp_held *at = first->previous; at && first->chunk.interleaved; at = at->previous)
        if (!at->delivered && at->chunk.stream == first->chunk.stream && !(at->chunk.flags & RP_DATA_UNORDERED) &&
            rp_serial_ahead(first->chunk.mid, at->chunk.mid) > 0 &&
            !(direction->lost && rp_serial_ahead(direction->last_lost, at->chunk.tsn) > 0))
            return 1;
    return 0;
}

/* a whole message: to the handler now, or marked as waiting for its turn */
static void offer(struct place *place, struct rp_held *first)
{
    const struct rp_chunk_data *chunk = &first->chunk;
    if (chunk->flags & RP_DATA_UNORDERED) {
        emit_held(place, first);
        mark_delivered(first);
        return;
    }
    struct rp_stream *stream = rp_stream_of(place->sctp, place->direction, chunk->stream);
    if (!stream) { /* without memory for the stream: in order of completion */
        emit_held(place, first);
        mark_delivered(first);
        return;
    }
    int next = stream->started && ahead_of_stream(stream, chunk) == 0;
    if (next || (settled(place, chunk->tsn) && !earlier_unfinished(place, first))) {
        deliver_ordered(place, stream, first);
        deliver_waiting(place, stream);
    } else if (!first->complete) {
        first->complete = 1;
        stream->waiting++;
    }
}

static void move_cumulative(struct rp_direction *direction)
{
    struct rp_held *at = direction->first;
    while (at && rp_serial_ahead(at->chunk.tsn, direction->cumulative) <= 0)
        at = at->next;
    for (; at && at->chunk.tsn == direction->cumulative + 1; at = at->next)
        direction->cumulative++;
}

/* a fragment that can't become part of a message; its neighbours of the same message are reported with it */
static void drop_orphan(struct place *place, struct rp_held *held, const char *why)
{
    struct rp_direction *direction = place->direction;
    const struct rp_chunk_data *chunk = &held->chunk;
    if (!direction->orphan || direction->orphan_stream != chunk->stream || direction->orphan_mid != chunk->mid)
        lost_message(place, chunk, why);
    direction->orphan = !(chunk->flags & RP_DATA_END) || chunk->interleaved;
    direction->orphan_stream = chunk->stream;
    direction->orphan_mid = chunk->mid;
    held->delivered = 1;
}

/* DATA at or below the cumulative TSN that is no part of a whole message. @return whether its end may still come */
static int resolve_data(struct place *place, struct rp_held *held)
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
static void resolve_interleaved(struct place *place, struct rp_held *held)
{
    struct rp_direction *direction = place->direction;
    const struct rp_chunk_data *chunk = &held->chunk;
    struct rp_stream *stream = chunk->flags & RP_DATA_UNORDERED ? NULL : rp_stream_of(place->sctp, direction, chunk->stream);
    if (stream && stream->started && ahead_of_stream(stream, chunk) < 0) {
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

/* settles what lies at or below the cumulative TSN */
static void sweep(struct place *place)
{
    struct rp_direction *direction = place->direction;
    struct rp_held *at = direction->first;
    while (at && rp_serial_ahead(at->chunk.tsn, direction->cumulative) <= 0) {
        if (!at->delivered && at->complete)
            offer(place, at);
        else if (!at->delivered && at->chunk.interleaved)
            resolve_interleaved(place, at);
        else if (!at->delivered && resolve_data(place, at))
            return;
        at = at->delivered ? rp_held_remove(place->sctp, direction, at) : at->next;
    }
}

static void report_lost(struct place *place, uint32_t first, uint32_t last, enum rp_capture_kind kind)
{
    uint32_t count = last - first + 1;
    const char *plural = count == 1 ? "" : "s";
    place->direction->lost = 1;
    place->direction->last_lost = last;
    if (kind == RP_CAPTURE_ABANDONED) {
        rp_sctp_tell_range(place->sctp, kind, place->assoc, place->from, 0, first, last,
                           "%s gave up %" PRIu32 " DATA chunk%s, TSN %" PRIu32 "..%" PRIu32 " (FORWARD TSN)", sender(place),
                           count, plural, first, last);
        return;
    }
    place->assoc->shown.lost_tsns[place->from] += count;
    place->sctp->counts->lost_tsns += count;
    rp_sctp_tell_range(place->sctp, kind, place->assoc, place->from, 0, first, last,
                       "%" PRIu32 " DATA chunk%s from %s missing in the capture: TSN %" PRIu32 "..%" PRIu32, count, plural,
                       sender(place), first, last);
}

/* gives up every TSN up to `tsn` that was not seen */
static void settle(struct place *place, uint32_t tsn, enum rp_capture_kind kind)
{
    struct rp_direction *direction = place->direction;
    const struct rp_held *at = direction->first;
    uint32_t next = direction->cumulative + 1;
    while (rp_serial_ahead(next, tsn) <= 0) {
        while (at && rp_serial_ahead(at->chunk.tsn, next) < 0)
            at = at->next;
        if (at && at->chunk.tsn == next) {
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

static void flush(struct place *place)
{
    struct rp_direction *direction = place->direction;
    if (direction->acked)
        settle(place, direction->latest_ack, RP_CAPTURE_LOST_TSN);
    direction->acked = 0;
    if (direction->last)
        settle(place, direction->last->chunk.tsn, RP_CAPTURE_LOST_TSN);
    while (direction->first) {
        if (!direction->first->delivered)
            drop_orphan(place, direction->first, "its end is missing");
        rp_held_remove(place->sctp, direction, direction->first);
    }
}

static void retransmitted(struct place *place)
{
    place->assoc->shown.retransmissions[place->from]++;
    place->sctp->counts->retransmissions++;
}

static void deliver_chunk(struct place *place, const struct rp_chunk_data *chunk)
{
    struct rp_direction *direction = place->direction;
    const struct rp_sctp_packet *packet = place->sctp->packet;
    struct rp_sctp_message message = message_of(chunk, packet->frame, packet->time_ns);
    struct rp_stream *stream = chunk->flags & RP_DATA_UNORDERED ? NULL : rp_stream_of(place->sctp, direction, chunk->stream);
    if (stream)
        check_order(place, stream, chunk);
    emit(place, &message);
    direction->cumulative = chunk->tsn;
    direction->orphan = 0;
    if (stream) {
        step_stream(stream, chunk, chunk->tsn);
        if (stream->waiting)
            deliver_waiting(place, stream);
    }
    if (direction->first) {
        move_cumulative(direction);
        sweep(place);
    }
}

static void hold(struct place *place, const struct rp_chunk_data *chunk)
{
    struct rp_direction *direction = place->direction;
    int repeated;
    if (direction->held >= HELD_MAX || direction->held_octets + chunk->len > HELD_OCTETS) {
        rp_sctp_tell(place->sctp, RP_CAPTURE_LIMIT, place->assoc, place->from,
                     "%zu chunks of %zu octets from %s wait for missing ones: given up", direction->held, direction->held_octets,
                     sender(place));
        flush(place);
    }
    struct rp_held *held = rp_held_add(place->sctp, direction, chunk, &repeated);
    if (repeated)
        retransmitted(place);
    else if (!held)
        rp_sctp_tell(place->sctp, RP_CAPTURE_LIMIT, place->assoc, place->from,
                     "no memory to hold TSN %" PRIu32 " from %s until its turn: it is lost", chunk->tsn, sender(place));
    if (!held)
        return;
    move_cumulative(direction);
    struct rp_held *first = rp_held_whole(held);
    if (first)
        offer(place, first);
    sweep(place);
}

/* A TSN beyond every window is left out, as its receiver does; when the next chunk goes on from there, the sender (or the
 * capture) did jump. @return whether the chunk is to be used */
static int believe(struct place *place, uint32_t tsn)
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
                       "DATA from %s with TSN %" PRIu32 ", far beyond %" PRIu32 ", the last in order: left out", sender(place),
                       tsn, direction->cumulative);
    return 0;
}

/* What an acknowledgement had passed was given up, yet here it is: the acknowledgement was false, or the capture has the
 * packets in another order. From here on chunks count again. */
static void take_back(struct place *place, uint32_t tsn)
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
    struct place place = place_of(sctp, assoc, from);
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
        deliver_chunk(&place, chunk);
    else
        hold(&place, chunk);
}

void rp_reassembly_ack(struct rp_sctp *sctp, struct rp_assoc *assoc, int from, uint32_t ack)
{
    struct place place = place_of(sctp, assoc, from);
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
    struct place place = place_of(sctp, assoc, from);
    int32_t ahead = rp_serial_ahead(tsn, place.direction->cumulative);
    if (!place.direction->started || ahead <= 0 || ahead > WINDOW)
        return;
    settle(&place, tsn, RP_CAPTURE_ABANDONED);
    if (rp_serial_ahead(tsn, place.direction->highest) > 0)
        place.direction->highest = tsn;
}

void rp_reassembly_skip(struct rp_sctp *sctp, struct rp_assoc *assoc, int from, uint16_t id, uint32_t mid, int interleaved)
{
    struct place place = place_of(sctp, assoc, from);
    struct rp_chunk_data last = { .stream = id, .mid = mid, .interleaved = (uint8_t)interleaved };
    struct rp_stream *stream = rp_stream_of(sctp, place.direction, id);
    if (!stream || (stream->started && ahead_of_stream(stream, &last) < 0))
        return;
    step_stream(stream, &last, place.direction->cumulative);
    deliver_waiting(&place, stream);
}

/* chunks that were acknowledged are waited for a little; those acknowledged later get their own time */
static void tick_ack(struct place *place)
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

static void tick_gap(struct place *place)
{
    struct rp_direction *direction = place->direction;
    if (!direction->last || rp_serial_ahead(direction->last->chunk.tsn, direction->cumulative) <= 0) {
        direction->gap_ns = 0;
    } else if (!direction->gap_ns) {
        direction->gap_ns = now(place);
    } else if (since(place, direction->gap_ns) > GAP_NS) {
        const struct rp_held *at = direction->first;
        while (rp_serial_ahead(at->chunk.tsn, direction->cumulative) <= 0)
            at = at->next;
        settle(place, at->chunk.tsn - 1, RP_CAPTURE_LOST_TSN);
        direction->gap_ns = 0;
    }
}

void rp_reassembly_tick(struct rp_sctp *sctp, struct rp_assoc *assoc)
{
    for (int from = 0; from < 2; from++) {
        struct place place = place_of(sctp, assoc, from);
        if (place.direction->acked)
            tick_ack(&place);
        tick_gap(&place);
    }
}

void rp_reassembly_flush(struct rp_sctp *sctp, struct rp_assoc *assoc, int from)
{
    struct place place = place_of(sctp, assoc, from);
    if (place.direction->started)
        flush(&place);
}
