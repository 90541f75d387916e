/** Captures: from pcap and pcapng files to SCTP user messages, with everything that was lost, damaged or odd on the way. */
#ifndef RP_HARNESS_CAPTURE_CAPTURE_H
#define RP_HARNESS_CAPTURE_CAPTURE_H

#include <stddef.h>
#include <stdint.h>

#include "codecs/diag.h"

/** Where a capture comes from: a path ("-" is standard input), or octets in memory when `octets` is set (`name` is then
 *  what messages call it). pcap and pcapng are told apart by content. */
struct rp_capture_source {
    const char *name;
    const uint8_t *octets;
    size_t len;
};

enum { RP_SCTP_ADDRESSES = 8, RP_SCTP_NAME_MAX = 56 };

/** One end of an association: its addresses as "10.0.7.1:36421" or "[2001:db8::1]:36421"; the first is the one that sent or
 *  was addressed first, the others come from INIT and INIT ACK or were seen with the association's tags (multihoming). */
struct rp_sctp_endpoint {
    char name[RP_SCTP_ADDRESSES][RP_SCTP_NAME_MAX];
    uint32_t names;   /* how many are set, at least 1 */
    uint32_t tag;     /* verification tag of packets sent to it; 0 = not known yet */
    uint32_t streams; /* streams it announced it would send on; 0 = no INIT or INIT ACK seen */
    uint16_t port;
};

/** An SCTP association of one capture file. Owned by the run, valid until its RP_CAPTURE_GONE event returns.
 *  A restart (RFC 9260 5.2) or a reuse of the same ports gives a new association. */
struct rp_sctp_association {
    uint32_t id;                         /* from 0, in order of appearance over all files of the run */
    struct rp_sctp_endpoint endpoint[2]; /* 0 sent the INIT; without a handshake, the first packet */
    int initiator;                       /* 0 (endpoint 0), or -1 when the capture has no INIT and no INIT ACK */
    const char *file;                    /* name of the source */
    uint64_t first_frame;
    int64_t first_ns;
    uint64_t messages[2];        /* delivered so far, by sending endpoint */
    uint64_t retransmissions[2]; /* DATA chunks seen before */
    uint64_t lost_tsns[2];       /* DATA chunks that the capture lacks */
    uint64_t bad_crcs[2];
};

/** One SCTP user message, whole. Everything it points to is valid during the call only (the association longer). */
struct rp_sctp_message {
    const struct rp_sctp_association *association;
    int from; /* index of the sending endpoint */
    uint16_t stream;
    int unordered;
    int interleaved; /* came as I-DATA (RFC 8260) */
    uint32_t mid;    /* stream sequence number, or message identifier of I-DATA */
    uint32_t ppid;   /* host order */
    uint32_t tsn;    /* of its first chunk */
    uint32_t chunks; /* how many chunks it came in */
    const uint8_t *octets;
    size_t len;
    uint64_t first_frame;     /* brought its first chunk */
    uint64_t frame;           /* completed it; frames count from 1 in each file */
    int64_t time_ns;          /* of `frame`, since 1970 (UTC); 0 when the file has no times */
    uint64_t delivered_frame; /* made it deliverable: later than `frame` when it waited for an earlier one of its stream */
    int64_t delivered_ns;
    const char *comment; /* packet comment of `frame` (pcapng), or NULL */
};

enum rp_capture_kind {
    RP_CAPTURE_UP,           /* handshake complete */
    RP_CAPTURE_MIDWAY,       /* an association whose handshake is not in the capture */
    RP_CAPTURE_SHUTDOWN,     /* SHUTDOWN seen */
    RP_CAPTURE_CLOSED,       /* SHUTDOWN COMPLETE seen */
    RP_CAPTURE_ABORT,        /* ABORT seen; the sentence tells the cause */
    RP_CAPTURE_RESTART,      /* a new association took over the addresses and ports of this one */
    RP_CAPTURE_GONE,         /* nothing more comes of it; its memory goes after this event. Each association has one */
    RP_CAPTURE_LOST_TSN,     /* chunks first..last that the capture lacks though they were acknowledged, or at its end */
    RP_CAPTURE_LOST_MESSAGE, /* messages first..last (SSN or MID) of `stream` that could not be delivered because of that */
    RP_CAPTURE_ABANDONED,    /* FORWARD TSN: the sender gave up chunks first..last */
    RP_CAPTURE_PEER_ERROR,   /* ERROR chunk; the sentence tells the cause */
    RP_CAPTURE_BAD_CRC,      /* once for each sender: wrong checksum in a packet, which was left out */
    RP_CAPTURE_OFFLOAD,      /* once for each sender: checksums of zero, or all wrong so far: offloaded; packets are used */
    RP_CAPTURE_BAD_TAG,      /* once for each sender: a packet with a verification tag that no association has */
    RP_CAPTURE_MALFORMED,    /* an IP, UDP or SCTP header or a chunk with an impossible length */
    RP_CAPTURE_CUT,          /* once a file: packets cut by the snap length, which hides what they carried */
    RP_CAPTURE_LIMIT,        /* a limit on memory, associations or fragments dropped something */
    RP_CAPTURE_DAMAGED,      /* the file ends in the middle of a record or can't be read on; also in the diagnostics */
    RP_CAPTURE_KINDS
};

/** Something about an association, a packet or a file that is not a message. */
struct rp_capture_event {
    enum rp_capture_kind kind;
    const struct rp_sctp_association *association; /* NULL: none */
    int from;                                      /* sending endpoint, or -1 */
    const char *file;
    uint64_t frame;       /* 0: at the end of the file */
    int64_t time_ns;      /* at the end of the file, of its last SCTP packet */
    uint32_t first, last; /* TSN, SSN or MID range (serial arithmetic) */
    uint16_t stream;
    const char *sentence; /* complete, for people; names frame, TSN ... as needed; valid during the call */
};

/** Why a frame gave no SCTP packet. */
enum rp_capture_skip {
    RP_SKIP_LINK,           /* a link type that is not known */
    RP_SKIP_NOT_IP,         /* ARP, PTP, eCPRI, LLDP ... */
    RP_SKIP_NOT_SCTP,       /* TCP, UDP, ICMP ... */
    RP_SKIP_FRAGMENT,       /* kept: a later frame completes the IP datagram */
    RP_SKIP_CUT,            /* cut by the snap length */
    RP_SKIP_MALFORMED,      /* bad header */
    RP_SKIP_BAD_CRC,        /* SCTP with a wrong checksum, not offloaded */
    RP_SKIP_NO_ASSOCIATION, /* SCTP of no association: a stray ABORT, a wrong tag */
    RP_SKIPS
};

/** Totals of a run over all its files. */
struct rp_capture_counts {
    uint64_t files, frames, octets; /* octets of the files */
    uint64_t skipped[RP_SKIPS];
    uint64_t packets; /* SCTP packets used */
    uint64_t chunks, data_chunks, messages, message_octets;
    uint64_t retransmissions, lost_tsns, lost_messages, bad_crcs, damaged_files;
    uint64_t associations;
    int64_t first_ns, last_ns; /* capture time; both 0 when no frame has one */
    double seconds;            /* that the run took */
};

/** Who gets the results; a NULL function is not called. */
struct rp_capture_handler {
    void *context;
    void (*message)(void *context, const struct rp_sctp_message *message);
    void (*event)(void *context, const struct rp_capture_event *event);
    /** Called each 65536 frames; `file_octets` is the size of the present file, 0 if unknown. @return non-zero to stop the run */
    int (*progress)(void *context, const struct rp_capture_counts *counts, uint64_t file_octets);
};

/** Zero-initialise: every 0 means the default. */
struct rp_capture_options {
    uint16_t udp_port;         /* UDP port that carries SCTP besides 9899 (RFC 6951) */
    int ignore_crc;            /* non-zero: checksums are not looked at */
    uint32_t max_associations; /* kept at one time; default 4096, the least recently used goes first */
    size_t max_octets;         /* memory for waiting chunks and fragments; default 256 MiB */
};

/** Reads captures one after the other; associations do not continue from one to the next.
 *  @param counts may be NULL
 *  @param diags  what could not be read, with file and octet offset; also a note when a file holds no SCTP at all
 *  @return 0, or -1 when a source could not be opened or read to its end (all before the damage was delivered) */
int rp_capture_run(const struct rp_capture_source *sources, size_t n, const struct rp_capture_options *options,
                   const struct rp_capture_handler *handler, struct rp_capture_counts *counts, struct rp_diags *diags);

/** "up", "lost-tsn" ...: the kind's stable name for results. */
const char *rp_capture_kind_name(enum rp_capture_kind kind);

/** "not IP", "cut by the snap length" ... */
const char *rp_capture_skip_name(enum rp_capture_skip skip);

#endif
