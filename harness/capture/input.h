/** Octets in order from a file, standard input or memory: read in large blocks, looked at without copying. */
#ifndef RP_HARNESS_CAPTURE_INPUT_H
#define RP_HARNESS_CAPTURE_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include "harness/capture/capture.h"

/** `at` to `end` are the octets at hand; a user advances `at` over what it has taken. The rest is private. */
struct rp_input {
    const uint8_t *at, *end;
    const uint8_t *start; /* of what is in memory */
    uint64_t start_offset;
    uint64_t size; /* of a regular file or memory; 0 = unknown */
    uint8_t *buffer;
    size_t capacity;
    int fd;    /* -1: memory */
    int ended; /* nothing more can be read */
    int error; /* errno of a failed read, or 0 */
};

/** @return 0, or -1 with errno set */
int rp_input_open(struct rp_input *input, const struct rp_capture_source *source);

void rp_input_close(struct rp_input *input);

/** Reads until `n` octets are at hand. @return input->at, or NULL when the input ends before (what there is stays at hand) */
const uint8_t *rp_input_fill(struct rp_input *input, size_t n);

/** @return input->at with at least `n` octets, valid until the next call; NULL when the input ends before */
static inline const uint8_t *rp_input_peek(struct rp_input *input, size_t n)
{
    return (size_t)(input->end - input->at) >= n ? input->at : rp_input_fill(input, n);
}

/** Passes over `n` octets without keeping them. @return how many there were, less than `n` at the end of the input */
uint64_t rp_input_skip(struct rp_input *input, uint64_t n);

/** Offset of `at` from the start of the input. */
static inline uint64_t rp_input_offset(const struct rp_input *input)
{
    return input->start_offset + (uint64_t)(input->at - input->start);
}

#endif
