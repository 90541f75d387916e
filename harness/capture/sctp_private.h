/** What the parts of the SCTP reader share: sctp.c (packets and chunks), sctp_assoc.c (who talks to whom), reassembly.c
 *  and deliver.c (from DATA chunks to messages), sctp_event.c (sentences). */
#ifndef RP_HARNESS_CAPTURE_SCTP_PRIVATE_H
#define RP_HARNESS_CAPTURE_SCTP_PRIVATE_H

#include "harness/capture/sctp.h"

enum {
    RP_CHUNK_DATA = 0,
    RP_CHUNK_INIT = 1,
    RP_CHUNK_INIT_ACK = 2,
    RP_CHUNK_SACK = 3,
    RP_CHUNK_ABORT = 6,
    RP_CHUNK_SHUTDOWN = 7,
    RP_CHUNK_SHUTDOWN_ACK = 8,
    RP_CHUNK_ERROR = 9,
    RP_CHUNK_COOKIE_ECHO = 10,
    RP_CHUNK_COOKIE_ACK = 11,
    RP_CHUNK_SHUTDOWN_COMPLETE = 14,
    RP_CHUNK_I_DATA = 64,
    RP_CHUNK_RE_CONFIG = 130,
    RP_CHUNK_FORWARD_TSN = 192,
    RP_CHUNK_ASCONF = 193,
    RP_CHUNK_I_FORWARD_TSN = 194
};

enum { RP_DATA_END = 1, RP_DATA_BEGIN = 2, RP_DATA_UNORDERED = 4 }; /* flags of DATA and I-DATA */

/** Serial arithmetic (RFC 1982): how far `a` is ahead of `b`; negative when it is behind. */
static inline int32_t rp_serial_ahead(uint32_t a, uint32_t b)
{
    return (int32_t)(a - b);
}

/** A DATA or I-DATA chunk. */
struct rp_chunk_data {
    uint32_t tsn, mid, fsn, ppid;
    uint16_t stream;
    uint8_t flags;
    uint8_t interleaved;
    const uint8_t *octets;
    size_t len;
};

/** A chunk that waits for others. List by TSN; those delivered ahead of the cumulative TSN stay in it without octets. */
struct rp_held {
    struct rp_held *previous, *next;
    struct rp_chunk_data chunk;
    int delivered, complete; /* complete: first chunk of a whole message that waits for its turn */
    uint64_t frame;
    int64_t time_ns;
    uint8_t *octets;
    size_t room;
};

/** What is next on a stream. */
struct rp_stream {
    uint16_t id;
    uint8_t used, started; /* started: `expected` is known */
    uint32_t expected;     /* SSN or MID of the next ordered message */
    uint32_t waiting;      /* complete messages that wait for it */
    uint32_t last_tsn;     /* of the last chunk delivered */
};

/** Data that one endpoint sends. */
struct rp_direction {
    int started;                           /* `cumulative` is known */
    int midway;                            /* without the INIT: streams begin where the capture finds them */
    int orphan;                            /* inside a message whose beginning is lost */
    int acked;                             /* the peer acknowledged up to `ack`, which is ahead of `cumulative` */
    int lost;                              /* something was lost: `last_lost` is set */
    uint32_t cumulative;                   /* all TSNs up to here were seen or given up */
    uint32_t ack, latest_ack, ack_packets; /* the ack being waited for since ack_ns, the newest, packets since */
    uint32_t base;                         /* the first `cumulative` */
    uint32_t last_lost;
    uint32_t highest; /* TSN that was seen; `cumulative` is beyond it when an acknowledgement says more */
    uint32_t wild;    /* TSN far beyond the window, left out; followed by its like it is a jump */
    int wild_seen;
    uint16_t orphan_stream;
    uint32_t orphan_mid;
    int64_t ack_ns, gap_ns;
    struct rp_held *first, *last;
    size_t held, sweeps; /* chunks held; sweeps since I-DATA was looked at */
    size_t held_octets;
    struct rp_stream *streams; /* open addressing, a power of two */
    size_t stream_room, stream_count;
    uint64_t good_crcs;
    int said_crc, said_offload, said_tag, said_ssn;
};

enum rp_assoc_state { RP_ASSOC_MIDWAY, RP_ASSOC_HANDSHAKE, RP_ASSOC_UP, RP_ASSOC_CLOSING, RP_ASSOC_ENDED };

enum { RP_ASSOC_PATHS = 32, RP_PATH_LINKS = 4 };

struct rp_assoc;

/** Chain of associations by a verification tag. */
struct rp_tag_link {
    struct rp_tag_link *next, **back;
    struct rp_assoc *assoc;
    int endpoint;
};

/** Two addresses with ports, and the associations between them, newest first. */
struct rp_path {
    struct rp_path *next;
    uint32_t hash;
    struct rp_ip_address low, high;
    uint16_t low_port, high_port;
    struct {
        struct rp_assoc *assoc;
        int low_endpoint;
    } link[RP_PATH_LINKS];
    unsigned links;
};

struct rp_assoc {
    struct rp_sctp_association shown; /* what handlers see */
    struct rp_assoc *older, *newer;   /* by last use */
    enum rp_assoc_state state;
    int cookie_seen, reconfigured; /* reconfigured: RE-CONFIG seen, stream numbers may start again (RFC 6525) */
    struct rp_ip_address address[2][RP_SCTP_ADDRESSES];
    struct rp_direction direction[2];
    struct rp_tag_link tag_link[2];
    struct rp_path *path[RP_ASSOC_PATHS];
    unsigned paths;
    uint32_t old_tag, old_tsn; /* of the INIT ACK before the last one */
    uint16_t old_streams;
};

enum { RP_TAG_BUCKETS = 1024 };

struct rp_sctp {
    const struct rp_capture_options *options;
    const struct rp_capture_handler *handler;
    struct rp_capture_counts *counts;
    const char *file;
    const struct rp_sctp_packet *packet; /* being read; NULL at the end of the file */
    int64_t newest_ns;                   /* time of the file's last packet so far */
    uint32_t next_id;
    uint32_t max_associations, associations;
    size_t max_octets, octets; /* held in chunks and stream tables */
    struct rp_assoc *oldest, *newest;
    struct rp_path **paths; /* buckets */
    size_t path_buckets, path_count;
    struct rp_tag_link *tags[RP_TAG_BUCKETS];
    struct rp_held *spare; /* used again, with their buffers */
    size_t spares;
    uint8_t *message; /* where fragments are put together */
    size_t message_room;
    char sentence[640];
};

/* sctp_event.c */

/** Tells the handler. `from` may be -1; the sentence gets the association's name in front. */
void rp_sctp_tell(struct rp_sctp *sctp, enum rp_capture_kind kind, const struct rp_assoc *assoc, int from, const char *format,
                  ...) __attribute__((format(printf, 5, 6)));

/** As rp_sctp_tell, with a range of TSNs, SSNs or MIDs. */
void rp_sctp_tell_range(struct rp_sctp *sctp, enum rp_capture_kind kind, const struct rp_assoc *assoc, int from, uint16_t stream,
                        uint32_t first, uint32_t last, const char *format, ...) __attribute__((format(printf, 8, 9)));

/** "DATA", "INIT ACK" ...; "unknown chunk" for others. */
const char *rp_sctp_chunk_name(uint8_t type);

/** The cause of an ABORT or ERROR chunk's value in words. @return out */
const char *rp_sctp_cause_text(const uint8_t *causes, size_t len, char *out, size_t size);

/* sctp_assoc.c */

/** The association a packet belongs to, by its addresses, ports and verification tag; made when the chunk may begin or
 *  continue one (a packet with a bad CRC does so only where no other association is).
 *  @param from set to the sending endpoint. @return NULL when it belongs to none */
struct rp_assoc *rp_assoc_of(struct rp_sctp *sctp, int good_crc, int *from);

/** INIT and INIT ACK: tags, first TSNs, streams, addresses. @param value the chunk behind its head */
void rp_assoc_init(struct rp_sctp *sctp, struct rp_assoc *assoc, int from, int is_ack, const uint8_t *value, size_t len);

/** A COOKIE ECHO with this verification tag: chooses between the INIT ACKs seen. */
void rp_assoc_cookie_echo(struct rp_sctp *sctp, struct rp_assoc *assoc, uint32_t tag);

/** The handshake is complete, as far as this packet tells. */
void rp_assoc_up(struct rp_sctp *sctp, struct rp_assoc *assoc);

/** ASCONF: addresses that an endpoint adds (RFC 5061). */
void rp_assoc_add_addresses(struct rp_assoc *assoc, int endpoint, const uint8_t *parameters, size_t len);

/** Delivers or reports what it holds, tells RP_CAPTURE_GONE, gives it back. */
void rp_assoc_drop(struct rp_sctp *sctp, struct rp_assoc *assoc);

/* held.c */

/** Copies a chunk into its place in the list. @return NULL with *repeated set when its TSN is there, or without memory */
struct rp_held *rp_held_add(struct rp_sctp *sctp, struct rp_direction *direction, const struct rp_chunk_data *chunk,
                            int *repeated);

/** The first chunk held whose TSN is beyond `tsn`, sought from both ends; NULL when there is none. */
struct rp_held *rp_held_beyond(const struct rp_direction *direction, uint32_t tsn);

/** Takes a chunk out of the list; its memory is kept for the next. @return the chunk behind it */
struct rp_held *rp_held_remove(struct rp_sctp *sctp, struct rp_direction *direction, struct rp_held *held);

/** The fragment before or behind this one in the same message, when it is held. */
struct rp_held *rp_held_fragment_before(const struct rp_held *held);
struct rp_held *rp_held_fragment_behind(const struct rp_held *held);

/** The first fragment of the message that this one belongs to, when all of it is held; else NULL. */
struct rp_held *rp_held_whole(struct rp_held *held);

/** What is next on a stream, made when it is new. @return NULL without memory */
struct rp_stream *rp_stream_of(struct rp_sctp *sctp, struct rp_direction *direction, uint16_t id);

/** Gives the memory of a direction back. */
void rp_reassembly_free(struct rp_sctp *sctp, struct rp_direction *direction);

/* reassembly.c */

void rp_reassembly_data(struct rp_sctp *sctp, struct rp_assoc *assoc, int from, const struct rp_chunk_data *chunk);

/** The peer has all TSNs up to `ack` of what endpoint `from` sent. */
void rp_reassembly_ack(struct rp_sctp *sctp, struct rp_assoc *assoc, int from, uint32_t ack);

/** FORWARD TSN: the sender gave up all TSNs up to `tsn`. */
void rp_reassembly_forward(struct rp_sctp *sctp, struct rp_assoc *assoc, int from, uint32_t tsn);

/** FORWARD TSN: messages of a stream up to `mid` will not come. To be called before rp_reassembly_forward. */
void rp_reassembly_skip(struct rp_sctp *sctp, struct rp_assoc *assoc, int from, uint16_t stream, uint32_t mid, int interleaved);

/** Looks at the clock: acknowledged chunks that did not come in time are lost. Called once a packet. */
void rp_reassembly_tick(struct rp_sctp *sctp, struct rp_assoc *assoc);

/** No more will come from `from`: everything held is delivered or reported. */
void rp_reassembly_flush(struct rp_sctp *sctp, struct rp_assoc *assoc, int from);

#endif
