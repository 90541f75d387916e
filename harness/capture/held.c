#include <stdlib.h>
#include <string.h>

#include "harness/capture/sctp_private.h"

enum { SPARES = 1024, SPARE_ROOM = 2048, FIRST_STREAMS = 8 };

/* @return a node with room for `len` octets, or NULL */
static struct rp_held *take_node(struct rp_sctp *sctp, size_t len)
{
    struct rp_held *held = sctp->spare;
    if (held) {
        sctp->spare = held->next;
        sctp->spares--;
    } else if (!(held = calloc(1, sizeof *held))) {
        return NULL;
    }
    if (held->room < len) {
        size_t room = len < SPARE_ROOM ? SPARE_ROOM : len;
        uint8_t *octets = sctp->octets - held->room + room <= sctp->max_octets ? realloc(held->octets, room) : NULL;
        if (!octets) {
            held->next = sctp->spare;
            sctp->spare = held;
            sctp->spares++;
            return NULL;
        }
        sctp->octets += room - held->room;
        held->octets = octets;
        held->room = room;
    }
    return held;
}

static void give_node(struct rp_sctp *sctp, struct rp_held *held)
{
    if (sctp->spares < SPARES && held->room <= SPARE_ROOM) {
        held->next = sctp->spare;
        sctp->spare = held;
        sctp->spares++;
        return;
    }
    sctp->octets -= held->room;
    free(held->octets);
    free(held);
}

struct rp_held *rp_held_beyond(const struct rp_direction *direction, uint32_t tsn)
{
    struct rp_held *low = direction->first, *high = direction->last;
    while (low && rp_serial_ahead(low->chunk.tsn, tsn) <= 0) {
        if (rp_serial_ahead(high->chunk.tsn, tsn) <= 0)
            return high->next;
        low = low->next;
        high = high->previous;
    }
    return low;
}

struct rp_held *rp_held_add(struct rp_sctp *sctp, struct rp_direction *direction, const struct rp_chunk_data *chunk,
                            int *repeated)
{
    struct rp_held *behind = rp_held_beyond(direction, chunk->tsn), *before = behind ? behind->previous : direction->last;
    *repeated = 0;
    if (before && before->chunk.tsn == chunk->tsn) {
        *repeated = 1;
        return NULL;
    }
    struct rp_held *held = take_node(sctp, chunk->len);
    if (!held)
        return NULL;
    held->chunk = *chunk;
    memcpy(held->octets, chunk->octets, chunk->len);
    held->chunk.octets = held->octets;
    held->delivered = held->complete = 0;
    held->frame = sctp->packet->frame;
    held->time_ns = sctp->packet->time_ns;
    held->previous = before;
    held->next = behind;
    *(before ? &before->next : &direction->first) = held;
    *(behind ? &behind->previous : &direction->last) = held;
    direction->held++;
    direction->held_octets += chunk->len;
    return held;
}

struct rp_held *rp_held_remove(struct rp_sctp *sctp, struct rp_direction *direction, struct rp_held *held)
{
    struct rp_held *behind = held->next;
    *(held->previous ? &held->previous->next : &direction->first) = behind;
    *(behind ? &behind->previous : &direction->last) = held->previous;
    direction->held--;
    direction->held_octets -= held->chunk.len;
    give_node(sctp, held);
    return behind;
}

static int same_message(const struct rp_chunk_data *a, const struct rp_chunk_data *b)
{
    return a->stream == b->stream && a->mid == b->mid && a->interleaved == b->interleaved &&
           (a->flags & RP_DATA_UNORDERED) == (b->flags & RP_DATA_UNORDERED);
}

/* DATA: fragments have successive TSNs and say no more than begin and end (the SSN of unordered ones means nothing) */
static int follows(const struct rp_held *a, const struct rp_held *b)
{
    const struct rp_chunk_data *x = &a->chunk, *y = &b->chunk;
    int same = (x->flags & RP_DATA_UNORDERED) ? x->stream == y->stream && (y->flags & RP_DATA_UNORDERED) : same_message(x, y);
    return same && !x->interleaved && !y->interleaved && y->tsn == x->tsn + 1 && !(x->flags & RP_DATA_END) &&
           !(y->flags & RP_DATA_BEGIN) && !a->delivered && !b->delivered;
}

/* I-DATA: fragments are numbered, those of other messages may lie between (RFC 8260 2.1) */
static int is_fragment(const struct rp_held *other, const struct rp_chunk_data *chunk, uint32_t fsn)
{
    return !other->delivered && same_message(&other->chunk, chunk) && other->chunk.fsn == fsn;
}

struct rp_held *rp_held_fragment_before(const struct rp_held *held)
{
    struct rp_held *other = held->previous;
    if (!held->chunk.interleaved)
        return other && follows(other, held) ? other : NULL;
    while (other && !is_fragment(other, &held->chunk, held->chunk.fsn - 1))
        other = other->previous;
    return other;
}

struct rp_held *rp_held_fragment_behind(const struct rp_held *held)
{
    struct rp_held *other = held->next;
    if (!held->chunk.interleaved)
        return other && follows(held, other) ? other : NULL;
    while (other && !is_fragment(other, &held->chunk, held->chunk.fsn + 1))
        other = other->next;
    return other;
}

struct rp_held *rp_held_whole(struct rp_held *held)
{
    struct rp_held *first = held, *last = held;
    while (first && !(first->chunk.flags & RP_DATA_BEGIN))
        first = rp_held_fragment_before(first);
    while (first && last && !(last->chunk.flags & RP_DATA_END))
        last = rp_held_fragment_behind(last);
    return last ? first : NULL;
}

static struct rp_stream *slot_of(const struct rp_direction *direction, uint16_t id)
{
    size_t mask = direction->stream_room - 1, at = (id * 40503u) & mask;
    while (direction->streams[at].used && direction->streams[at].id != id)
        at = (at + 1) & mask;
    return &direction->streams[at];
}

static int grow_streams(struct rp_sctp *sctp, struct rp_direction *direction)
{
    struct rp_direction larger = { .stream_room = direction->stream_room ? direction->stream_room * 2 : FIRST_STREAMS };
    size_t octets = larger.stream_room * sizeof *larger.streams;
    if (sctp->octets + octets > sctp->max_octets || !(larger.streams = calloc(1, octets)))
        return -1;
    for (size_t i = 0; i < direction->stream_room; i++)
        if (direction->streams[i].used)
            *slot_of(&larger, direction->streams[i].id) = direction->streams[i];
    sctp->octets += octets - direction->stream_room * sizeof *larger.streams;
    free(direction->streams);
    direction->streams = larger.streams;
    direction->stream_room = larger.stream_room;
    return 0;
}

struct rp_stream *rp_stream_of(struct rp_sctp *sctp, struct rp_direction *direction, uint16_t id)
{
    struct rp_stream *stream = direction->stream_room ? slot_of(direction, id) : NULL;
    if (stream && stream->used)
        return stream;
    if (direction->stream_count * 2 >= direction->stream_room && grow_streams(sctp, direction) != 0)
        return NULL;
    stream = slot_of(direction, id);
    *stream = (struct rp_stream){ .id = id, .used = 1, .started = !direction->midway, .last_tsn = direction->base };
    direction->stream_count++;
    return stream;
}

void rp_reassembly_free(struct rp_sctp *sctp, struct rp_direction *direction)
{
    while (direction->first)
        rp_held_remove(sctp, direction, direction->first);
    sctp->octets -= direction->stream_room * sizeof *direction->streams;
    free(direction->streams);
    direction->streams = NULL;
    direction->stream_room = direction->stream_count = 0;
}
