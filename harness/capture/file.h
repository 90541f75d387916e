/** Frames of a capture file: pcap (us, ns, modified) and pcapng, in both byte orders. */
#ifndef RP_HARNESS_CAPTURE_FILE_H
#define RP_HARNESS_CAPTURE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "harness/capture/capture.h"

/** Longest packet that is read; a longer one is taken for damage. */
enum { RP_FRAME_MAX = 16 << 20 };

/** One captured frame, valid until the next call of rp_capfile_next. */
struct rp_frame {
    uint64_t number;    /* from 1 */
    uint64_t offset;    /* of its record in the file */
    int64_t time_ns;    /* since 1970 (UTC); 0 when unknown (simple packet blocks) */
    uint32_t interface; /* of its section; 0 in pcap */
    uint32_t link_type; /* LINKTYPE_ number */
    const uint8_t *octets;
    size_t len;          /* captured */
    size_t original_len; /* on the wire; more than `len` when the snap length cut it */
    const char *comment; /* all packet comments, one a line, or NULL (pcapng) */
};

struct rp_capfile;

/** Opens a source and reads its head.
 *  @return the file, or NULL with the reason added to diags; give back with rp_capfile_close */
struct rp_capfile *rp_capfile_open(const struct rp_capture_source *source, struct rp_diags *diags);

/** The next frame.
 *  @return 1; 0 at the end; -1 at damage, described in diags with its octet offset. Called again after damage, it goes on with
 *          the next record that makes sense, if there is one */
int rp_capfile_next(struct rp_capfile *file, struct rp_frame *frame, struct rp_diags *diags);

/** Octets read so far. */
uint64_t rp_capfile_offset(const struct rp_capfile *file);

/** Size of the file, 0 when it is not known (a pipe). */
uint64_t rp_capfile_size(const struct rp_capfile *file);

void rp_capfile_close(struct rp_capfile *file);

#endif
