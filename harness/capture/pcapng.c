#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/capture/file_private.h"

enum {
    BLOCK_SECTION = 0x0a0d0d0a,
    BLOCK_INTERFACE = 1,
    BLOCK_PACKET = 2, /* obsolete */
    BLOCK_SIMPLE = 3,
    BLOCK_ENHANCED = 6,
    BLOCK_MIN = 12,
    BLOCK_MAX = RP_FRAME_MAX + (1 << 20), /* a packet with its options */
    OPTION_COMMENT = 1,
    OPTION_RESOLUTION = 9,
    OPTION_OFFSET = 14,
    LIKELY_MAX = 1 << 17, /* a block behind damage; a longer one is not believed */
    INTERFACES_MAX = 1 << 16,
    COMMENT_MAX = 1 << 16
};

/* A block whose octets are all at hand. */
struct block {
    const uint8_t *body;
    size_t len; /* of the body */
    uint64_t offset;
};

struct option {
    uint16_t code, len;
    const uint8_t *value;
};

/* @return 1 and advances, 0 at the end of the options or where they make no sense */
static int next_option(const struct rp_capfile *file, const uint8_t **at, const uint8_t *end, struct option *option)
{
    if (end - *at < 4)
        return 0;
    option->code = rp_capfile_u16(file, *at);
    option->len = rp_capfile_u16(file, *at + 2);
    option->value = *at + 4;
    size_t padded = ((size_t)option->len + 3) & ~(size_t)3;
    if (option->code == 0 || (size_t)(end - option->value) < padded)
        return 0;
    *at = option->value + padded;
    return 1;
}

static void set_resolution(struct rp_capfile_interface *interface, uint8_t resolution)
{
    unsigned exponent = resolution & 0x7f, steps;
    interface->resolution = resolution;
    interface->divide = exponent > 9;
    interface->scale = 1;
    /* beyond 10^-28 no time that 64 bits can hold reaches a nanosecond */
    steps = exponent > 9 ? exponent - 9 : 9 - exponent;
    for (unsigned i = 0; i < steps && i < 19; i++)
        interface->scale *= 10;
}

static int64_t saturated(__int128 ns)
{
    return ns > INT64_MAX ? INT64_MAX : ns < INT64_MIN ? INT64_MIN : (int64_t)ns;
}

static int64_t time_of(const struct rp_capfile_interface *interface, uint64_t units)
{
    __int128 ns;
    unsigned exponent = interface->resolution & 0x7f;
    if (!(interface->resolution & 0x80))
        ns = interface->divide ? (__int128)(units / interface->scale) : (__int128)units * (__int128)interface->scale;
    else if (exponent < 64)
        ns = (__int128)(units >> exponent) * 1000000000 +
             (__int128)((unsigned __int128)(units & ((UINT64_C(1) << exponent) - 1)) * 1000000000 >> exponent);
    else
        ns = 0;
    return saturated(ns + (__int128)interface->offset_s * 1000000000);
}

static int damaged(struct rp_capfile *file, struct rp_diags *diags, uint64_t offset, const char *what, const char *expected,
                   uint64_t seen)
{
    struct rp_diag *diag =
        rp_capfile_damage(file, diags, RP_ESYNTAX, offset,
                          "%s: the file is damaged here; the %" PRIu64 " frames before it were read", what, file->frames);
    snprintf(diag->expected, sizeof diag->expected, "%s", expected);
    snprintf(diag->seen, sizeof diag->seen, "%" PRIu64, seen);
    return -1;
}

static int on_interface(struct rp_capfile *file, const struct block *block, struct rp_diags *diags)
{
    if (block->len < 8)
        return damaged(file, diags, block->offset, "interface description too short", "8 octets or more", block->len);
    if (file->interface_count == INTERFACES_MAX)
        return damaged(file, diags, block->offset, "too many interfaces in one section", "at most 65536", INTERFACES_MAX + 1);
    if (file->interface_count == file->interface_room) {
        uint32_t room = file->interface_room ? file->interface_room * 2 : 4;
        struct rp_capfile_interface *more = realloc(file->interfaces, room * sizeof *more);
        if (!more)
            return damaged(file, diags, block->offset, "no memory for the interfaces", "fewer", room);
        file->interfaces = more;
        file->interface_room = room;
    }
    struct rp_capfile_interface *interface = &file->interfaces[file->interface_count++];
    *interface = (struct rp_capfile_interface){ .link_type = rp_capfile_u16(file, block->body),
                                                .snap_len = rp_capfile_u32(file, block->body + 4) };
    set_resolution(interface, 6);
    const uint8_t *at = block->body + 8, *end = block->body + block->len;
    for (struct option option; next_option(file, &at, end, &option);) {
        if (option.code == OPTION_RESOLUTION && option.len >= 1)
            set_resolution(interface, option.value[0]);
        if (option.code == OPTION_OFFSET && option.len >= 8) {
            uint64_t a = rp_capfile_u32(file, option.value), b = rp_capfile_u32(file, option.value + 4);
            interface->offset_s = (int64_t)(file->swapped ? a << 32 | b : b << 32 | a);
        }
    }
    return 0;
}

/* the comments of a packet's options, a line each */
static const char *comments(struct rp_capfile *file, const uint8_t *at, const uint8_t *end)
{
    size_t n = 0;
    for (struct option option; next_option(file, &at, end, &option);) {
        if (option.code != OPTION_COMMENT)
            continue;
        if (!file->comment && !(file->comment = malloc(COMMENT_MAX)))
            return NULL;
        if (n + option.len + 2 > COMMENT_MAX)
            break;
        if (n)
            file->comment[n++] = '\n';
        memcpy(file->comment + n, option.value, option.len);
        n += option.len;
    }
    if (!n)
        return NULL;
    file->comment[n] = '\0';
    return file->comment;
}

/* enhanced and obsolete packet blocks differ in how they write the interface only */
static int on_packet(struct rp_capfile *file, const struct block *block, uint32_t id, struct rp_frame *frame,
                     struct rp_diags *diags)
{
    if (block->len < 20)
        return damaged(file, diags, block->offset, "packet block too short", "20 octets or more", block->len);
    if (id >= file->interface_count)
        return damaged(file, diags, block->offset, "a packet of an interface that is not described",
                       file->interface_count ? "an interface of this section" : "an interface description first", id);
    uint32_t len = rp_capfile_u32(file, block->body + 12), original = rp_capfile_u32(file, block->body + 16);
    size_t padded = ((size_t)len + 3) & ~(size_t)3;
    if (len > block->len - 20)
        return damaged(file, diags, block->offset, "a packet longer than its block", "a captured length within the block", len);
    const uint8_t *octets = block->body + 20, *end = block->body + block->len;
    uint64_t units = (uint64_t)rp_capfile_u32(file, block->body + 4) << 32 | rp_capfile_u32(file, block->body + 8);
    *frame = (struct rp_frame){ .number = ++file->frames,
                                .offset = block->offset,
                                .time_ns = time_of(&file->interfaces[id], units),
                                .interface = id,
                                .link_type = file->interfaces[id].link_type,
                                .octets = octets,
                                .len = len,
                                .original_len = original > len ? original : len };
    if ((size_t)(end - octets) >= padded + 4)
        frame->comment = comments(file, octets + padded, end);
    return 1;
}

static int on_simple(struct rp_capfile *file, const struct block *block, struct rp_frame *frame, struct rp_diags *diags)
{
    if (block->len < 4 || !file->interface_count)
        return damaged(file, diags, block->offset, "a simple packet block out of place",
                       "a length, and an interface description before it", block->len);
    uint32_t original = rp_capfile_u32(file, block->body), snap = file->interfaces[0].snap_len;
    size_t len = snap && original > snap ? snap : original;
    if (len > block->len - 4)
        return damaged(file, diags, block->offset, "a packet longer than its block", "a length within the block", len);
    *frame = (struct rp_frame){ .number = ++file->frames,
                                .offset = block->offset,
                                .link_type = file->interfaces[0].link_type,
                                .octets = block->body + 4,
                                .len = len,
                                .original_len = original };
    return 1;
}

/* A section sets its own byte order, so it is looked at before its length is believed. */
static int on_section(struct rp_capfile *file, struct rp_diags *diags)
{
    uint64_t offset = rp_input_offset(&file->input);
    const uint8_t *head = rp_input_peek(&file->input, 16);
    if (!head)
        return rp_capfile_cut(file, diags, offset, 28, "a section header block");
    file->swapped = 0;
    uint32_t order = rp_capfile_u32(file, head + 8);
    if (order != 0x1a2b3c4d && order != 0x4d3c2b1a)
        return damaged(file, diags, offset, "a section without byte-order magic", "1a2b3c4d in either order", order);
    file->swapped = order == 0x4d3c2b1a;
    if (rp_capfile_u16(file, head + 12) != 1)
        return damaged(file, diags, offset, "an unknown version of pcapng", "major version 1", rp_capfile_u16(file, head + 12));
    file->interface_count = 0;
    return 0;
}

/* @return 1 a frame, 0 go on, -1 damage */
static int on_block(struct rp_capfile *file, uint32_t type, const struct block *block, struct rp_frame *frame,
                    struct rp_diags *diags)
{
    switch (type) {
    case BLOCK_ENHANCED: return on_packet(file, block, block->len >= 4 ? rp_capfile_u32(file, block->body) : 0, frame, diags);
    case BLOCK_PACKET: return on_packet(file, block, block->len >= 2 ? rp_capfile_u16(file, block->body) : 0, frame, diags);
    case BLOCK_SIMPLE: return on_simple(file, block, frame, diags);
    case BLOCK_INTERFACE: return on_interface(file, block, diags);
    default: return 0;
    }
}

static int is_known(uint32_t type)
{
    return type == BLOCK_ENHANCED || type == BLOCK_SIMPLE || type == BLOCK_PACKET || type == BLOCK_INTERFACE;
}

/* Unknown blocks may be of any length: they are passed over without being held in memory. */
static int skip_block(struct rp_capfile *file, uint64_t offset, uint32_t len, struct rp_diags *diags)
{
    uint64_t passed = rp_input_skip(&file->input, len);
    if (passed == len)
        return 0;
    file->input.at = file->input.end;
    return rp_capfile_cut(file, diags, offset, len, "a block");
}

static int read_block(struct rp_capfile *file, uint32_t type, uint32_t len, struct rp_frame *frame, struct rp_diags *diags)
{
    uint64_t offset = rp_input_offset(&file->input);
    if (len > BLOCK_MAX)
        return damaged(file, diags, offset, "a block of impossible length", "at most 17825792 octets", len);
    const uint8_t *at = rp_input_peek(&file->input, len);
    if (!at)
        return rp_capfile_cut(file, diags, offset, len, "a block");
    if (rp_capfile_u32(file, at + len - 4) != len)
        return damaged(file, diags, offset, "a block's two length fields differ", "the same length at both ends",
                       rp_capfile_u32(file, at + len - 4));
    struct block block = { .body = at + 8, .len = len - BLOCK_MIN, .offset = offset };
    file->input.at += len;
    int got = on_block(file, type, &block, frame, diags);
    file->contained = got < 0;
    return got;
}

static int pcapng_next(struct rp_capfile *file, struct rp_frame *frame, struct rp_diags *diags)
{
    for (int got = 0;;) {
        uint64_t offset = rp_input_offset(&file->input);
        const uint8_t *head = rp_input_peek(&file->input, BLOCK_MIN);
        if (!head) {
            if (file->input.at == file->input.end && !file->input.error)
                return 0;
            return rp_capfile_cut(file, diags, offset, BLOCK_MIN, "a block");
        }
        uint32_t type = rp_capfile_u32(file, head);
        if (type == BLOCK_SECTION && on_section(file, diags) != 0)
            return -1;
        head = file->input.at; /* the look at a section may have moved it */
        uint32_t len = rp_capfile_u32(file, head + 4);
        if (len < BLOCK_MIN || len % 4)
            return damaged(file, diags, offset, "a block of impossible length", "12 octets or more, a multiple of 4", len);
        got = is_known(type) ? read_block(file, type, len, frame, diags) : skip_block(file, offset, len, diags);
        if (got)
            return got;
    }
}

/* behind damage: a section's head, or a packet block that agrees with itself at both ends */
static int is_block(struct rp_capfile *file)
{
    const uint8_t *at = rp_input_peek(&file->input, 28);
    if (!at)
        return 0;
    uint32_t type = rp_capfile_u32(file, at), len = rp_capfile_u32(file, at + 4);
    if (type == BLOCK_SECTION)
        return memcmp(at + 8, "\x1a\x2b\x3c\x4d", 4) == 0 || memcmp(at + 8, "\x4d\x3c\x2b\x1a", 4) == 0;
    if (type != BLOCK_ENHANCED || len < 32 || len % 4 || len > LIKELY_MAX || !(at = rp_input_peek(&file->input, len)))
        return 0;
    return rp_capfile_u32(file, at + len - 4) == len && rp_capfile_u32(file, at + 8) < file->interface_count &&
           rp_capfile_u32(file, at + 20) <= len - 32;
}

void rp_pcapng_start(struct rp_capfile *file)
{
    file->next = pcapng_next;
    file->is_record = is_block;
}
