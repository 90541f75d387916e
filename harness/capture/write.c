#include "harness/capture/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_SECTION = 0x0a0d0d0a,
    BLOCK_INTERFACE = 1,
    BLOCK_ENHANCED = 6,
    OPTION_COMMENT = 1,
    OPTION_NAME = 2,
    OPTION_APPLICATION = 4,
    OPTION_RESOLUTION = 9
};

struct rp_capwriter {
    struct rp_capwrite_options options;
    FILE *file;      /* NULL: memory */
    uint8_t *octets; /* memory: all; file: the record being made */
    size_t len, room;
    size_t record; /* where the block being made begins */
    int interfaces;
    int failed;
};

static uint8_t *extend(struct rp_capwriter *writer, size_t n)
{
    if (writer->failed)
        return NULL;
    if (writer->len + n > writer->room) {
        size_t room = writer->room ? writer->room * 2 : 4096;
        while (room < writer->len + n)
            room *= 2;
        uint8_t *octets = realloc(writer->octets, room);
        if (!octets) {
            writer->failed = 1;
            return NULL;
        }
        writer->octets = octets;
        writer->room = room;
    }
    writer->len += n;
    return writer->octets + writer->len - n;
}

static void put(struct rp_capwriter *writer, const void *octets, size_t len)
{
    uint8_t *at = extend(writer, len);
    if (at && len)
        memcpy(at, octets, len);
}

static void put_number(struct rp_capwriter *writer, uint64_t value, unsigned octets)
{
    uint8_t text[8];
    for (unsigned i = 0; i < octets; i++)
        text[writer->options.big_endian ? octets - 1 - i : i] = (uint8_t)(value >> 8 * i);
    put(writer, text, octets);
}

static void put_padded(struct rp_capwriter *writer, const void *octets, size_t len)
{
    static const uint8_t zero[4];
    put(writer, octets, len);
    put(writer, zero, (4 - len % 4) % 4);
}

static void put_option(struct rp_capwriter *writer, unsigned code, const void *value, size_t len)
{
    put_number(writer, code, 2);
    put_number(writer, len, 2);
    put_padded(writer, value, len);
}

/* records go to the file one at a time */
static void finish_record(struct rp_capwriter *writer)
{
    if (!writer->file || writer->failed)
        return;
    if (fwrite(writer->octets, 1, writer->len, writer->file) != writer->len)
        writer->failed = 1;
    writer->len = 0;
}

static void begin_block(struct rp_capwriter *writer, uint32_t type)
{
    writer->record = writer->len;
    put_number(writer, type, 4);
    put_number(writer, 0, 4);
}

/* the length stands at both ends of a block */
static void end_block(struct rp_capwriter *writer)
{
    size_t len = writer->len - writer->record + 4, end;
    put_number(writer, len, 4);
    if (writer->failed)
        return;
    end = writer->len;
    writer->len = writer->record + 4;
    put_number(writer, len, 4);
    writer->len = end;
    finish_record(writer);
}

static void put_section(struct rp_capwriter *writer)
{
    const char *application = writer->options.application ? writer->options.application : "ranproof";
    begin_block(writer, BLOCK_SECTION);
    put_number(writer, 0x1a2b3c4d, 4);
    put_number(writer, 1, 2);
    put_number(writer, 0, 2);
    put_number(writer, UINT64_MAX, 8); /* length of the section: not known */
    put_option(writer, OPTION_APPLICATION, application, strlen(application));
    put_option(writer, 0, NULL, 0);
    end_block(writer);
}

struct rp_capwriter *rp_capwrite_open(const char *path, const struct rp_capwrite_options *options)
{
    struct rp_capwriter *writer = calloc(1, sizeof *writer);
    if (!writer)
        return NULL;
    if (options)
        writer->options = *options;
    if (path && !(writer->file = fopen(path, "wb"))) {
        free(writer);
        return NULL;
    }
    if (writer->options.format == RP_WRITE_PCAPNG)
        put_section(writer);
    return writer;
}

static void put_pcap_head(struct rp_capwriter *writer, uint32_t link_type)
{
    put_number(writer, writer->options.format == RP_WRITE_PCAP_NS ? 0xa1b23c4d : 0xa1b2c3d4, 4);
    put_number(writer, 2, 2);
    put_number(writer, 4, 2);
    put_number(writer, 0, 8); /* time zone and accuracy: unused */
    put_number(writer, writer->options.snap_len ? writer->options.snap_len : 262144, 4);
    put_number(writer, link_type, 4);
    finish_record(writer);
}

int rp_capwrite_interface(struct rp_capwriter *writer, uint32_t link_type, const char *name)
{
    static const uint8_t nanoseconds = 9;
    if (writer->options.format != RP_WRITE_PCAPNG) {
        if (writer->interfaces)
            return -1;
        put_pcap_head(writer, link_type);
        return writer->interfaces++;
    }
    begin_block(writer, BLOCK_INTERFACE);
    put_number(writer, link_type, 2);
    put_number(writer, 0, 2);
    put_number(writer, writer->options.snap_len, 4);
    if (name)
        put_option(writer, OPTION_NAME, name, strlen(name));
    put_option(writer, OPTION_RESOLUTION, &nanoseconds, 1);
    put_option(writer, 0, NULL, 0);
    end_block(writer);
    return writer->interfaces++;
}

static void put_pcap_record(struct rp_capwriter *writer, uint64_t time_ns, const uint8_t *octets, size_t len, size_t original)
{
    uint64_t fraction = time_ns % 1000000000;
    put_number(writer, time_ns / 1000000000, 4);
    put_number(writer, writer->options.format == RP_WRITE_PCAP_NS ? fraction : fraction / 1000, 4);
    put_number(writer, len, 4);
    put_number(writer, original, 4);
    put(writer, octets, len);
    finish_record(writer);
}

void rp_capwrite_frame(struct rp_capwriter *writer, int interface, int64_t time_ns, const uint8_t *octets, size_t len,
                       const char *comment)
{
    size_t original = len, snap = writer->options.snap_len, comment_len = comment ? strlen(comment) : 0;
    uint64_t time = time_ns > 0 ? (uint64_t)time_ns : 0;
    if (snap && len > snap)
        len = snap;
    if (writer->options.format != RP_WRITE_PCAPNG) {
        put_pcap_record(writer, time, octets, len, original);
        return;
    }
    begin_block(writer, BLOCK_ENHANCED);
    put_number(writer, (uint64_t)interface, 4);
    put_number(writer, time >> 32, 4);
    put_number(writer, time & 0xffffffff, 4);
    put_number(writer, len, 4);
    put_number(writer, original, 4);
    put_padded(writer, octets, len);
    if (comment_len) {
        put_option(writer, OPTION_COMMENT, comment, comment_len < 65535 ? comment_len : 65535);
        put_option(writer, 0, NULL, 0);
    }
    end_block(writer);
}

void rp_capwrite_block(struct rp_capwriter *writer, uint32_t type, const uint8_t *body, size_t len)
{
    begin_block(writer, type);
    put_padded(writer, body, len);
    end_block(writer);
}

const uint8_t *rp_capwrite_octets(const struct rp_capwriter *writer, size_t *len)
{
    *len = writer->file ? 0 : writer->len;
    return writer->file ? NULL : writer->octets;
}

int rp_capwrite_close(struct rp_capwriter *writer)
{
    if (!writer)
        return 0;
    int result = writer->failed ? -1 : 0;
    if (writer->file && fclose(writer->file) != 0)
        result = -1;
    free(writer->octets);
    free(writer);
    return result;
}
