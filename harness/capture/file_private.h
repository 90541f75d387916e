/** What file.c (open, pcap) and pcapng.c share. */
#ifndef RP_HARNESS_CAPTURE_FILE_PRIVATE_H
#define RP_HARNESS_CAPTURE_FILE_PRIVATE_H

#include "harness/capture/file.h"
#include "harness/capture/input.h"

/** An interface of a pcapng section. */
struct rp_capfile_interface {
    uint32_t link_type, snap_len;
    uint8_t resolution; /* if_tsresol as in the file */
    uint64_t scale;     /* decimal resolution: ns per unit, or with `divide` units per ns */
    int divide;
    int64_t offset_s;
};

struct rp_capfile {
    struct rp_input input;
    const char *name;
    int swapped;   /* the file's (section's) byte order is not little endian */
    int failed;    /* the last record was damaged */
    int contained; /* the damage lies within a block whose end is known, where the input stands */
    uint32_t damages;
    uint64_t frames;
    int (*next)(struct rp_capfile *file, struct rp_frame *frame, struct rp_diags *diags);
    int (*is_record)(struct rp_capfile *file); /* could a sound record begin where the input stands? */
    /* pcap */
    uint32_t link_type, record_head;
    int64_t ns_per_unit;
    uint32_t first_s, last_s; /* times of the first and the last record */
    /* pcapng */
    struct rp_capfile_interface *interfaces;
    uint32_t interface_count, interface_room;
    char *comment; /* room for COMMENT_MAX characters, made when the first comment comes */
};

static inline uint16_t rp_capfile_u16(const struct rp_capfile *file, const uint8_t *at)
{
    return (uint16_t)(file->swapped ? at[0] << 8 | at[1] : at[1] << 8 | at[0]);
}

static inline uint32_t rp_capfile_u32(const struct rp_capfile *file, const uint8_t *at)
{
    uint32_t low = (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
    return file->swapped ? __builtin_bswap32(low) : low;
}

/** Reports damage at `offset` (text with expected and seen is filled by the caller in the entry); nothing more is read of this
 * record.
 *  @return the entry */
struct rp_diag *rp_capfile_damage(struct rp_capfile *file, struct rp_diags *diags, enum rp_err err, uint64_t offset,
                                  const char *format, ...) __attribute__((format(printf, 5, 6)));

/** Reports a record that should have `want` octets from `offset` on, where the file ends before. @return -1 */
int rp_capfile_cut(struct rp_capfile *file, struct rp_diags *diags, uint64_t offset, uint64_t want, const char *what);

/** Becomes a pcapng reader; the input stands at the section header block. */
void rp_pcapng_start(struct rp_capfile *file);

#endif
