#include "harness/capture/sctp.h"

#include <stdlib.h>
#include <string.h>

#include "harness/capture/crc32c.h"
#include "harness/capture/octets.h"
#include "harness/capture/sctp_private.h"

enum { COMMON_HEAD = 12, CHUNK_HEAD = 4, DEFAULT_ASSOCIATIONS = 4096, DEFAULT_OCTETS = 256 << 20 };

struct chunk {
    uint8_t type, flags;
    const uint8_t *value;
    size_t len; /* of the value */
};

/* Where a chunk is handled: its packet's association and sender. */
struct context {
    struct rp_sctp *sctp;
    struct rp_assoc *assoc;
    int from;
};

static void malformed(struct context *context, const struct chunk *chunk, const char *problem)
{
    rp_sctp_tell(context->sctp, RP_CAPTURE_MALFORMED, context->assoc, context->from, "%s chunk (type %u) from %s: %s",
                 rp_sctp_chunk_name(chunk->type), chunk->type, context->assoc->shown.endpoint[context->from].name[0], problem);
}

static void on_data(struct context *context, const struct chunk *chunk)
{
    const uint8_t *at = chunk->value;
    int interleaved = chunk->type == RP_CHUNK_I_DATA;
    size_t head = interleaved ? 16 : 12;
    if (chunk->len <= head) {
        malformed(context, chunk, chunk->len == head ? "no user data in it (RFC 9260 3.3.1)" : "too short for its header");
        return;
    }
    struct rp_chunk_data data = { .tsn = rp_be32(at), .stream = rp_be16(at + 4), .flags = chunk->flags & 7 };
    data.interleaved = (uint8_t)interleaved;
    data.mid = interleaved ? rp_be32(at + 8) : rp_be16(at + 6);
    uint32_t last = rp_be32(at + head - 4); /* of I-DATA: PPID in the first fragment, number of the fragment in others */
    data.ppid = !interleaved || (chunk->flags & RP_DATA_BEGIN) ? last : 0;
    data.fsn = interleaved && !(chunk->flags & RP_DATA_BEGIN) ? last : 0;
    data.octets = at + head;
    data.len = chunk->len - head;
    context->sctp->counts->data_chunks++;
    rp_reassembly_data(context->sctp, context->assoc, context->from, &data);
}

static void on_init(struct context *context, const struct chunk *chunk)
{
    if (chunk->len < 16)
        malformed(context, chunk, "too short: 20 octets are the least (RFC 9260 3.3.2)");
    else
        rp_assoc_init(context->sctp, context->assoc, context->from, chunk->type == RP_CHUNK_INIT_ACK, chunk->value, chunk->len);
}

static void on_sack(struct context *context, const struct chunk *chunk)
{
    if (chunk->len < 12 || chunk->len < 12 + 4 * ((size_t)rp_be16(chunk->value + 8) + rp_be16(chunk->value + 10))) {
        malformed(context, chunk, "too short for its gap blocks and duplicate TSNs (RFC 9260 3.3.4)");
        return;
    }
    rp_reassembly_ack(context->sctp, context->assoc, 1 - context->from, rp_be32(chunk->value));
}

static void on_abort(struct context *context, const struct chunk *chunk)
{
    struct rp_assoc *assoc = context->assoc;
    char text[256];
    rp_reassembly_flush(context->sctp, assoc, 0);
    rp_reassembly_flush(context->sctp, assoc, 1);
    assoc->state = RP_ASSOC_ENDED;
    rp_sctp_tell(context->sctp, RP_CAPTURE_ABORT, assoc, context->from, "ABORT from %s: %s",
                 assoc->shown.endpoint[context->from].name[0], rp_sctp_cause_text(chunk->value, chunk->len, text, sizeof text));
}

static void on_error(struct context *context, const struct chunk *chunk)
{
    char text[256];
    rp_sctp_tell(context->sctp, RP_CAPTURE_PEER_ERROR, context->assoc, context->from, "ERROR from %s: %s",
                 context->assoc->shown.endpoint[context->from].name[0],
                 rp_sctp_cause_text(chunk->value, chunk->len, text, sizeof text));
}

static void on_shutdown(struct context *context, const struct chunk *chunk)
{
    struct rp_assoc *assoc = context->assoc;
    if (chunk->len < 4) {
        malformed(context, chunk, "no cumulative TSN in it (RFC 9260 3.3.8)");
        return;
    }
    rp_reassembly_ack(context->sctp, assoc, 1 - context->from, rp_be32(chunk->value));
    if (assoc->state == RP_ASSOC_CLOSING)
        return;
    assoc->state = RP_ASSOC_CLOSING;
    rp_sctp_tell(context->sctp, RP_CAPTURE_SHUTDOWN, assoc, context->from, "SHUTDOWN from %s",
                 assoc->shown.endpoint[context->from].name[0]);
}

static void on_shutdown_complete(struct context *context, const struct chunk *chunk)
{
    struct rp_assoc *assoc = context->assoc;
    (void)chunk;
    rp_reassembly_flush(context->sctp, assoc, 0);
    rp_reassembly_flush(context->sctp, assoc, 1);
    assoc->state = RP_ASSOC_ENDED;
    rp_sctp_tell(context->sctp, RP_CAPTURE_CLOSED, assoc, context->from, "is closed: SHUTDOWN COMPLETE from %s",
                 assoc->shown.endpoint[context->from].name[0]);
}

/* RFC 3758 3.2: stream and SSN; RFC 8260 2.3.1: stream, unordered flag, MID */
static void on_forward(struct context *context, const struct chunk *chunk)
{
    int interleaved = chunk->type == RP_CHUNK_I_FORWARD_TSN;
    size_t row = interleaved ? 8 : 4;
    if (chunk->len < 4 || (chunk->len - 4) % row) {
        malformed(context, chunk, "its length fits no list of streams");
        return;
    }
    for (const uint8_t *at = chunk->value + 4, *end = chunk->value + chunk->len; at < end; at += row)
        if (!interleaved || !(at[3] & 1))
            rp_reassembly_skip(context->sctp, context->assoc, context->from, rp_be16(at),
                               interleaved ? rp_be32(at + 4) : rp_be16(at + 2), interleaved);
    rp_reassembly_forward(context->sctp, context->assoc, context->from, rp_be32(chunk->value));
}

static void on_asconf(struct context *context, const struct chunk *chunk)
{
    if (chunk->len > 4) /* behind the serial number */
        rp_assoc_add_addresses(context->assoc, context->from, chunk->value + 4, chunk->len - 4);
}

/* a chunk of the running association shows that its handshake is complete, though COOKIE ACK may be missing */
static void note_progress(struct context *context, const struct chunk *chunk, uint8_t first_type)
{
    int data = chunk->type == RP_CHUNK_DATA || chunk->type == RP_CHUNK_I_DATA;
    int by_responder = context->from == 1 && (data || chunk->type == RP_CHUNK_SACK);
    if (chunk->type == RP_CHUNK_COOKIE_ACK || by_responder || (data && first_type != RP_CHUNK_COOKIE_ECHO))
        rp_assoc_up(context->sctp, context->assoc);
}

static void on_chunk(struct context *context, const struct chunk *chunk, uint8_t first_type)
{
    if (context->assoc->state == RP_ASSOC_HANDSHAKE)
        note_progress(context, chunk, first_type);
    switch (chunk->type) {
    case RP_CHUNK_DATA:
    case RP_CHUNK_I_DATA: on_data(context, chunk); break;
    case RP_CHUNK_INIT:
    case RP_CHUNK_INIT_ACK: on_init(context, chunk); break;
    case RP_CHUNK_SACK: on_sack(context, chunk); break;
    case RP_CHUNK_ABORT: on_abort(context, chunk); break;
    case RP_CHUNK_SHUTDOWN: on_shutdown(context, chunk); break;
    case RP_CHUNK_ERROR: on_error(context, chunk); break;
    case RP_CHUNK_COOKIE_ECHO:
        rp_assoc_cookie_echo(context->sctp, context->assoc, rp_be32(context->sctp->packet->octets + 4));
        break;
    case RP_CHUNK_SHUTDOWN_COMPLETE: on_shutdown_complete(context, chunk); break;
    case RP_CHUNK_FORWARD_TSN:
    case RP_CHUNK_I_FORWARD_TSN: on_forward(context, chunk); break;
    case RP_CHUNK_ASCONF: on_asconf(context, chunk); break;
    case RP_CHUNK_RE_CONFIG: context->assoc->reconfigured = 1; break;
    default: break;
    }
}

static void walk(struct context *context)
{
    const struct rp_sctp_packet *packet = context->sctp->packet;
    const uint8_t *at = packet->octets + COMMON_HEAD, *end = packet->octets + packet->len;
    uint8_t first_type = at[0];
    while (end - at >= CHUNK_HEAD && context->assoc->state != RP_ASSOC_ENDED) {
        size_t len = rp_be16(at + 2), left = (size_t)(end - at), padded = (len + 3) & ~(size_t)3;
        struct chunk chunk = { .type = at[0], .flags = at[1], .value = at + CHUNK_HEAD, .len = len - CHUNK_HEAD };
        if (len < CHUNK_HEAD || len > left) {
            rp_sctp_tell(context->sctp, RP_CAPTURE_MALFORMED, context->assoc, context->from,
                         "%s chunk (type %u) at octet %zu of the packet has length %zu where 4 to %zu are possible; the rest of "
                         "the packet is left out",
                         rp_sctp_chunk_name(chunk.type), chunk.type, (size_t)(at - packet->octets), len, left);
            return;
        }
        context->sctp->counts->chunks++;
        on_chunk(context, &chunk, first_type);
        at += padded < left ? padded : left;
    }
    if (at != end && context->assoc->state != RP_ASSOC_ENDED)
        rp_sctp_tell(context->sctp, RP_CAPTURE_MALFORMED, context->assoc, context->from,
                     "%d octets behind the last chunk of the packet", (int)(end - at));
}

enum crc { CRC_GOOD, CRC_ABSENT, CRC_WRONG };

static enum crc look_at_crc(const struct rp_sctp *sctp, const struct rp_sctp_packet *packet)
{
    const uint8_t *field = packet->octets + 8;
    uint32_t seen = (uint32_t)field[0] | (uint32_t)field[1] << 8 | (uint32_t)field[2] << 16 | (uint32_t)field[3] << 24;
    if (sctp->options->ignore_crc || rp_sctp_checksum(packet->octets, packet->len) == seen)
        return CRC_GOOD;
    sctp->counts->bad_crcs++;
    return seen ? CRC_WRONG : CRC_ABSENT;
}

/* Network cards fill checksums in behind the capture's back: a field of zero, or a sender none of whose checksums was right,
 * means that. A wrong one after right ones is damage, and the receiver drops the packet as well. @return whether to use it */
static int judge_crc(struct context *context, enum crc crc)
{
    struct rp_assoc *assoc = context->assoc;
    struct rp_direction *direction = &assoc->direction[context->from];
    const char *sender = assoc->shown.endpoint[context->from].name[0];
    if (crc == CRC_GOOD) {
        direction->good_crcs++;
        return 1;
    }
    int damaged = crc == CRC_WRONG && direction->good_crcs;
    assoc->shown.bad_crcs[context->from]++;
    if (damaged && !direction->said_crc) {
        direction->said_crc = 1;
        rp_sctp_tell(context->sctp, RP_CAPTURE_BAD_CRC, assoc, context->from,
                     "a packet from %s has a wrong CRC32c; it and others like it are left out, as its receiver does", sender);
    } else if (!damaged && !direction->said_offload) {
        direction->said_offload = 1;
        rp_sctp_tell(context->sctp, RP_CAPTURE_OFFLOAD, assoc, context->from,
                     "the CRC32c of packets from %s is %s: most likely filled in by the network card behind the capture; "
                     "they are used",
                     sender, crc == CRC_ABSENT ? "zero" : "wrong");
    }
    return !damaged;
}

static void read_packet(struct rp_sctp *sctp)
{
    const struct rp_sctp_packet *packet = sctp->packet;
    uint64_t *skipped = sctp->counts->skipped;
    if (packet->len < COMMON_HEAD + CHUNK_HEAD) {
        skipped[RP_SKIP_MALFORMED]++;
        rp_sctp_tell(sctp, RP_CAPTURE_MALFORMED, NULL, -1,
                     "an SCTP packet of %zu octets: its header and one chunk take 16 at least", packet->len);
        return;
    }
    enum crc crc = look_at_crc(sctp, packet);
    struct context context = { .sctp = sctp };
    context.assoc = rp_assoc_of(sctp, crc != CRC_WRONG, &context.from);
    if (!context.assoc || context.assoc->state == RP_ASSOC_ENDED) {
        skipped[crc == CRC_WRONG ? RP_SKIP_BAD_CRC : RP_SKIP_NO_ASSOCIATION]++;
        return;
    }
    if (!judge_crc(&context, crc)) {
        skipped[RP_SKIP_BAD_CRC]++;
        return;
    }
    sctp->counts->packets++;
    walk(&context);
    rp_reassembly_tick(sctp, context.assoc);
}

void rp_sctp_packet(struct rp_sctp *sctp, const struct rp_sctp_packet *packet)
{
    sctp->packet = packet;
    sctp->newest_ns = packet->time_ns;
    read_packet(sctp);
    sctp->packet = NULL;
}

struct rp_sctp *rp_sctp_new(const struct rp_capture_options *options, const struct rp_capture_handler *handler,
                            struct rp_capture_counts *counts)
{
    struct rp_sctp *sctp = calloc(1, sizeof *sctp);
    if (!sctp)
        return NULL;
    sctp->options = options;
    sctp->handler = handler;
    sctp->counts = counts;
    sctp->max_associations = options->max_associations ? options->max_associations : DEFAULT_ASSOCIATIONS;
    sctp->max_octets = options->max_octets ? options->max_octets : DEFAULT_OCTETS;
    return sctp;
}

void rp_sctp_begin(struct rp_sctp *sctp, const char *file)
{
    sctp->file = file;
    sctp->newest_ns = 0;
}

void rp_sctp_end(struct rp_sctp *sctp)
{
    sctp->packet = NULL;
    while (sctp->oldest)
        rp_assoc_drop(sctp, sctp->oldest);
}

void rp_sctp_free(struct rp_sctp *sctp)
{
    if (!sctp)
        return;
    rp_sctp_end(sctp);
    for (struct rp_held *held = sctp->spare, *next; held; held = next) {
        next = held->next;
        free(held->octets);
        free(held);
    }
    free(sctp->paths);
    free(sctp->message);
    free(sctp);
}
