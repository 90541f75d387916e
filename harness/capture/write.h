/** Writes captures: pcapng with packet comments and several interfaces, or pcap for readers that know no other. */
#ifndef RP_HARNESS_CAPTURE_WRITE_H
#define RP_HARNESS_CAPTURE_WRITE_H

#include <stddef.h>
#include <stdint.h>

enum rp_capwrite_format { RP_WRITE_PCAPNG, RP_WRITE_PCAP_NS, RP_WRITE_PCAP_US };

/** Zero-initialise: every 0 means pcapng, little endian, nothing cut. */
struct rp_capwrite_options {
    enum rp_capwrite_format format;
    int big_endian;
    uint32_t snap_len;       /* frames are cut to it; 0 = whole */
    const char *application; /* who writes, for the section header; NULL = "ranproof" */
};

/** A capture being written. A failure to write stays: later calls do nothing and rp_capwrite_close tells. */
struct rp_capwriter;

/** @param path of the file, or NULL to write into memory
 *  @return NULL when the file can't be made (errno says why) or without memory; give back with rp_capwrite_close */
struct rp_capwriter *rp_capwrite_open(const char *path, const struct rp_capwrite_options *options);

/** Adds an interface: LINKTYPE_ number and, in pcapng, a name (may be NULL). pcap takes one only.
 *  @return its number, from 0, or -1 */
int rp_capwrite_interface(struct rp_capwriter *writer, uint32_t link_type, const char *name);

/** Adds a frame.
 *  @param interface number from rp_capwrite_interface
 *  @param time_ns since 1970 (UTC), not negative
 *  @param comment for pcapng, at most 65535 octets, or NULL */
void rp_capwrite_frame(struct rp_capwriter *writer, int interface, int64_t time_ns, const uint8_t *octets, size_t len,
                       const char *comment);

/** Adds a pcapng block of any type as it is: its head, padding and tail are written round `body`. */
void rp_capwrite_block(struct rp_capwriter *writer, uint32_t type, const uint8_t *body, size_t len);

/** What was written into memory so far; owned by the writer, valid until its next call. */
const uint8_t *rp_capwrite_octets(const struct rp_capwriter *writer, size_t *len);

/** @return 0, or -1 when something could not be written. Accepts NULL */
int rp_capwrite_close(struct rp_capwriter *writer);

#endif
