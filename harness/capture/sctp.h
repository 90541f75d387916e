/** SCTP out of captured packets (RFC 9260, I-DATA of RFC 8260): associations, and the user messages in them. */
#ifndef RP_HARNESS_CAPTURE_SCTP_H
#define RP_HARNESS_CAPTURE_SCTP_H

#include "harness/capture/capture.h"
#include "harness/capture/ip.h"

/** A packet from its common header on, with the frame that brought (or completed) it. */
struct rp_sctp_packet {
    struct rp_ip_address from, to;
    const uint8_t *octets;
    size_t len;
    uint64_t frame;
    int64_t time_ns;
    const char *comment;
};

struct rp_sctp;

/** @param counts of the run; the SCTP part is counted there
 *  @return NULL without memory; give back with rp_sctp_free. Options, handler and counts must outlive it */
struct rp_sctp *rp_sctp_new(const struct rp_capture_options *options, const struct rp_capture_handler *handler,
                            struct rp_capture_counts *counts);

/** Begins a file: its name for associations and events. */
void rp_sctp_begin(struct rp_sctp *sctp, const char *file);

/** Takes one packet and delivers what it completes. */
void rp_sctp_packet(struct rp_sctp *sctp, const struct rp_sctp_packet *packet);

/** The file is at its end: what still waits is delivered or reported lost, and every association goes. */
void rp_sctp_end(struct rp_sctp *sctp);

void rp_sctp_free(struct rp_sctp *sctp);

#endif
