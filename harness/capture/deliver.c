#include "harness/capture/deliver.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int settled(const struct rp_place *place, uint32_t tsn)
{
    return rp_serial_ahead(tsn, place->direction->cumulative) <= 1;
}

static void emit(struct rp_place *place, struct rp_sctp_message *message)
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

static void emit_fragments(struct rp_place *place, struct rp_held *first)
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

static void emit_held(struct rp_place *place, struct rp_held *first)
{
    if (first->chunk.flags & RP_DATA_END) {
        struct rp_sctp_message message = message_of(&first->chunk, first->frame, first->time_ns);
        emit(place, &message);
    } else {
        emit_fragments(place, first);
    }
}

int32_t rp_stream_ahead(const struct rp_stream *stream, const struct rp_chunk_data *chunk)
{
    return chunk->interleaved ? rp_serial_ahead(chunk->mid, stream->expected)
                              : (int16_t)(uint16_t)(chunk->mid - stream->expected);
}

/* numbers that are left out are lost messages where TSNs are lost too, else the sender's own doing */
static void check_order(struct rp_place *place, const struct rp_stream *stream, const struct rp_chunk_data *chunk)
{
    struct rp_direction *direction = place->direction;
    int32_t ahead = stream->started ? rp_stream_ahead(stream, chunk) : 0;
    uint32_t last = chunk->interleaved ? chunk->mid - 1 : (uint16_t)(chunk->mid - 1);
    if (!ahead)
        return;
    int explained = direction->lost && rp_serial_ahead(direction->last_lost, stream->last_tsn) > 0;
    if (explained && ahead > 0 && (uint64_t)ahead <= place->assoc->shown.lost_tsns[place->from]) {
        place->sctp->counts->lost_messages += (uint64_t)ahead;
        rp_sctp_tell_range(place->sctp, RP_CAPTURE_LOST_MESSAGE, place->assoc, place->from, stream->id, stream->expected, last,
                           "%" PRId32 " message%s from %s on stream %u lost (%s %" PRIu32 "..%" PRIu32 ")", ahead,
                           ahead == 1 ? "" : "s", rp_place_sender(place), stream->id, chunk->interleaved ? "MID" : "SSN",
                           stream->expected, last);
    } else if (!direction->said_ssn && !place->assoc->reconfigured) {
        direction->said_ssn = 1;
        rp_sctp_tell_range(place->sctp, RP_CAPTURE_MALFORMED, place->assoc, place->from, stream->id, stream->expected, chunk->mid,
                           "%s numbers a message on stream %u with %s %" PRIu32 " where %" PRIu32
                           " is next, though no TSN is missing (RFC 9260 6.5)",
                           rp_place_sender(place), stream->id, chunk->interleaved ? "MID" : "SSN", chunk->mid, stream->expected);
    }
}

static void step_stream(struct rp_stream *stream, const struct rp_chunk_data *chunk, uint32_t last_tsn)
{
    stream->started = 1;
    stream->expected = chunk->interleaved ? chunk->mid + 1 : (uint16_t)(chunk->mid + 1);
    stream->last_tsn = last_tsn;
}

static void deliver_ordered(struct rp_place *place, struct rp_stream *stream, struct rp_held *first)
{
    check_order(place, stream, &first->chunk);
    if (first->complete && stream->waiting)
        stream->waiting--;
    emit_held(place, first);
    step_stream(stream, &first->chunk, mark_delivered(first));
}

/* messages that waited for the one just delivered */
static void deliver_waiting(struct rp_place *place, struct rp_stream *stream)
{
    for (int found = 1; found && stream->waiting;) {
        found = 0;
        for (struct rp_held *at = place->direction->first; at && stream->waiting; at = at->next) {
            const struct rp_chunk_data *chunk = &at->chunk;
            if (!at->complete || at->delivered || chunk->stream != stream->id || rp_stream_ahead(stream, chunk) != 0)
                continue;
            deliver_ordered(place, stream, at);
            found = 1;
        }
    }
}

/* I-DATA only: is an earlier message of the stream still coming? Once chunks behind its last fragment are lost, it is not. */
static int earlier_unfinished(const struct rp_place *place, const struct rp_held *first)
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
void rp_deliver_offer(struct rp_place *place, struct rp_held *first)
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
    int next = stream->started && rp_stream_ahead(stream, chunk) == 0;
    if (next || (settled(place, chunk->tsn) && !earlier_unfinished(place, first))) {
        deliver_ordered(place, stream, first);
        deliver_waiting(place, stream);
    } else if (!first->complete) {
        first->complete = 1;
        stream->waiting++;
    }
}

/* the stream goes on behind a message that is lost */
static void pass_over(struct rp_place *place, const struct rp_chunk_data *chunk)
{
    if (chunk->flags & RP_DATA_UNORDERED)
        return;
    struct rp_stream *stream = rp_stream_of(place->sctp, place->direction, chunk->stream);
    int32_t ahead = stream && stream->started ? rp_stream_ahead(stream, chunk) : 0;
    if (!stream || ahead < 0 || (ahead > 0 && chunk->interleaved))
        return; /* fragments of earlier I-DATA messages may still come */
    check_order(place, stream, chunk);
    step_stream(stream, chunk, chunk->tsn);
    deliver_waiting(place, stream);
}

void rp_deliver_lost(struct rp_place *place, const struct rp_chunk_data *chunk, const char *why)
{
    place->sctp->counts->lost_messages++;
    rp_sctp_tell_range(place->sctp, RP_CAPTURE_LOST_MESSAGE, place->assoc, place->from, chunk->stream, chunk->mid, chunk->mid,
                       "a message from %s on stream %u is lost (%s %" PRIu32 ", a part of it has TSN %" PRIu32 "): %s",
                       rp_place_sender(place), chunk->stream, chunk->interleaved ? "MID" : "SSN", chunk->mid, chunk->tsn, why);
    pass_over(place, chunk);
}

void rp_deliver_chunk(struct rp_place *place, const struct rp_chunk_data *chunk)
{
    const struct rp_sctp_packet *packet = place->sctp->packet;
    struct rp_sctp_message message = message_of(chunk, packet->frame, packet->time_ns);
    int unordered = chunk->flags & RP_DATA_UNORDERED;
    struct rp_stream *stream = unordered ? NULL : rp_stream_of(place->sctp, place->direction, chunk->stream);
    if (stream)
        check_order(place, stream, chunk);
    emit(place, &message);
    if (stream) {
        step_stream(stream, chunk, chunk->tsn);
        deliver_waiting(place, stream);
    }
}

void rp_reassembly_skip(struct rp_sctp *sctp, struct rp_assoc *assoc, int from, uint16_t id, uint32_t mid, int interleaved)
{
    struct rp_place place = rp_place_of(sctp, assoc, from);
    struct rp_chunk_data last = { .stream = id, .mid = mid, .interleaved = (uint8_t)interleaved };
    struct rp_stream *stream = rp_stream_of(sctp, place.direction, id);
    if (!stream || !stream->started || rp_stream_ahead(stream, &last) < 0)
        return;
    for (struct rp_held *at = place.direction->first; at && stream->waiting; at = at->next) {
        int32_t ahead = at->complete && !at->delivered && at->chunk.stream == id ? rp_stream_ahead(stream, &at->chunk) : -1;
        if (ahead < 0 || ahead > rp_stream_ahead(stream, &last))
            continue; /* only whole messages among those given up */
        stream->expected = at->chunk.mid;
        deliver_ordered(&place, stream, at);
    }
    if (rp_stream_ahead(stream, &last) >= 0)
        step_stream(stream, &last, place.direction->cumulative);
    deliver_waiting(&place, stream);
}
