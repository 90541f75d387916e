#include "harness/capture/file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/capture/file_private.h"

enum {
    PCAP_HEAD = 24,
    RECORD_HEAD = 16,
    MODIFIED_RECORD_HEAD = 24,
    DAMAGES_MAX = 20,    /* places of one file: after that it is given up */
    LIKELY_MAX = 65550,  /* octets of a frame behind damage; a longer one is not believed */
    LIKELY_S = 24 * 3600 /* how far its time may be from that of other frames */
};

struct rp_diag *rp_capfile_damage(struct rp_capfile *file, struct rp_diags *diags, enum rp_err err, uint64_t offset,
                                  const char *format, ...)
{
    char text[RP_DIAG_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    file->failed = 1;
    file->damages++;
    struct rp_diag *diag = rp_diag_add(diags, RP_TRANSFER, err, "octet %" PRIu64 ": %s", offset, text);
    diag->file = file->name;
    return diag;
}

int rp_capfile_cut(struct rp_capfile *file, struct rp_diags *diags, uint64_t offset, uint64_t want, const char *what)
{
    uint64_t left = (uint64_t)(file->input.end - file->input.at) + (rp_input_offset(&file->input) - offset);
    struct rp_diag *diag;
    if (file->input.error) {
        diag = rp_capfile_damage(file, diags, RP_EIO, offset, "reading %s failed: %s; the %" PRIu64 " frames before it were read",
                                 what, strerror(file->input.error), file->frames);
        return -1;
    }
    diag = rp_capfile_damage(file, diags, RP_EEND, offset,
                             "%s is cut short; the %" PRIu64 " frames before it were read. Copy the capture again "
                             "once its writer has closed it",
                             what, file->frames);
    snprintf(diag->expected, sizeof diag->expected, "%" PRIu64 " octets", want);
    snprintf(diag->seen, sizeof diag->seen, "%" PRIu64, left);
    return -1;
}

static int pcap_record(struct rp_capfile *file, const uint8_t *head, struct rp_frame *frame, struct rp_diags *diags)
{
    uint64_t offset = rp_input_offset(&file->input);
    uint32_t seconds = rp_capfile_u32(file, head), fraction = rp_capfile_u32(file, head + 4);
    uint32_t len = rp_capfile_u32(file, head + 8), original = rp_capfile_u32(file, head + 12);
    if (len > RP_FRAME_MAX) {
        struct rp_diag *diag = rp_capfile_damage(file, diags, RP_ESIZE, offset,
                                                 "the length of frame %" PRIu64 " can't be right: the file is damaged here; "
                                                 "the frames before it were read",
                                                 file->frames + 1);
        snprintf(diag->expected, sizeof diag->expected, "at most %d octets", RP_FRAME_MAX);
        snprintf(diag->seen, sizeof diag->seen, "%" PRIu32, len);
        return -1;
    }
    const uint8_t *record = rp_input_peek(&file->input, file->record_head + (size_t)len);
    if (!record)
        return rp_capfile_cut(file, diags, offset, file->record_head + (uint64_t)len, "a packet record");
    file->input.at += file->record_head + (size_t)len;
    file->last_s = seconds;
    if (!file->frames)
        file->first_s = seconds;
    *frame = (struct rp_frame){ .number = ++file->frames,
                                .offset = offset,
                                .time_ns = (int64_t)seconds * 1000000000 + (int64_t)fraction * file->ns_per_unit,
                                .link_type = file->link_type,
                                .octets = record + file->record_head,
                                .len = len,
                                .original_len = original > len ? original : len };
    return 1;
}

static int pcap_next(struct rp_capfile *file, struct rp_frame *frame, struct rp_diags *diags)
{
    const uint8_t *head = rp_input_peek(&file->input, file->record_head);
    if (head)
        return pcap_record(file, head, frame, diags);
    if (file->input.at == file->input.end && !file->input.error)
        return 0;
    return rp_capfile_cut(file, diags, rp_input_offset(&file->input), file->record_head, "a packet record's head");
}

static int is_near(uint32_t seconds, uint32_t other)
{
    return (seconds > other ? seconds - other : other - seconds) <= LIKELY_S;
}

/* the last frame before the damage may itself be nonsense, so the first counts as well; @param at a record's head */
static int is_likely_head(const struct rp_capfile *file, const uint8_t *at)
{
    uint32_t seconds = rp_capfile_u32(file, at), fraction = rp_capfile_u32(file, at + 4);
    uint32_t len = rp_capfile_u32(file, at + 8), original = rp_capfile_u32(file, at + 12);
    int near = is_near(seconds, file->last_s) || is_near(seconds, file->first_s);
    return near && fraction < 1000000000 / file->ns_per_unit && len && len <= LIKELY_MAX && original >= len;
}

/* pcap has no marks: two heads that make sense, the second where the first says, or one that the file ends with */
static int is_pcap_record(struct rp_capfile *file)
{
    const uint8_t *at = rp_input_peek(&file->input, file->record_head);
    if (!at || !file->frames || !is_likely_head(file, at))
        return 0;
    size_t size = file->record_head + (size_t)rp_capfile_u32(file, at + 8);
    at = rp_input_peek(&file->input, size + file->record_head);
    return at ? is_likely_head(file, at + size) : (size_t)(file->input.end - file->input.at) == size;
}

static int start_pcap(struct rp_capfile *file, int64_t ns_per_unit, uint32_t record_head, struct rp_diags *diags)
{
    const uint8_t *head = rp_input_peek(&file->input, PCAP_HEAD);
    if (!head)
        return rp_capfile_cut(file, diags, 0, PCAP_HEAD, "the file's head");
    uint16_t major = rp_capfile_u16(file, head + 4), minor = rp_capfile_u16(file, head + 6);
    if (major != 2) {
        struct rp_diag *diag = rp_capfile_damage(file, diags, RP_EUNKNOWN, 4, "not a version of pcap that can be read");
        snprintf(diag->expected, sizeof diag->expected, "version 2");
        snprintf(diag->seen, sizeof diag->seen, "%u.%u", major, minor);
        return -1;
    }
    file->link_type = rp_capfile_u32(file, head + 20) & 0x0fffffff; /* above: length of the frame check sequence */
    file->ns_per_unit = ns_per_unit;
    file->record_head = record_head;
    file->next = pcap_next;
    file->is_record = is_pcap_record;
    file->input.at += PCAP_HEAD;
    return 0;
}

static const struct {
    uint32_t magic; /* read as little endian */
    int swapped;
    int64_t ns_per_unit;
    uint32_t record_head;
} pcap_kinds[] = {
    { 0xa1b2c3d4, 0, 1000, RECORD_HEAD },
    { 0xd4c3b2a1, 1, 1000, RECORD_HEAD }, /* microseconds */
    { 0xa1b23c4d, 0, 1, RECORD_HEAD },
    { 0x4d3cb2a1, 1, 1, RECORD_HEAD }, /* nanoseconds */
    { 0xa1b2cd34, 0, 1000, MODIFIED_RECORD_HEAD },
    { 0x34cdb2a1, 1, 1000, MODIFIED_RECORD_HEAD },
};

static const char *guess(uint32_t magic)
{
    if ((magic & 0xffff) == 0x8b1f)
        return "a gzip file: unpack it with gunzip first";
    if ((magic & 0xffffff) == 0xb52ffd || magic == 0xfd2fb528)
        return "a zstd file: unpack it with unzstd first";
    if (magic == 0x6f6e7374 || magic == 0x6f6f6e73)
        return "a snoop file: convert it with editcap -F pcapng first";
    return "neither pcap nor pcapng: convert it with editcap -F pcapng first";
}

static int start(struct rp_capfile *file, struct rp_diags *diags)
{
    const uint8_t *head = rp_input_peek(&file->input, 4);
    if (!head && file->input.at == file->input.end && !file->input.error) {
        rp_capfile_damage(file, diags, RP_EEND, 0, "the file is empty: nothing was captured, or it was not copied");
        return -1;
    }
    if (!head)
        return rp_capfile_cut(file, diags, 0, 4, "the file's head");
    uint32_t magic = rp_capfile_u32(file, head);
    if (magic == 0x0a0d0d0a) {
        rp_pcapng_start(file);
        return 0;
    }
    for (size_t i = 0; i < sizeof pcap_kinds / sizeof *pcap_kinds; i++)
        if (pcap_kinds[i].magic == magic) {
            file->swapped = pcap_kinds[i].swapped;
            return start_pcap(file, pcap_kinds[i].ns_per_unit, pcap_kinds[i].record_head, diags);
        }
    struct rp_diag *diag = rp_capfile_damage(file, diags, RP_ESYNTAX, 0, "this is %s", guess(magic));
    snprintf(diag->expected, sizeof diag->expected, "the magic number of pcap (a1b2c3d4, a1b23c4d) or pcapng (0a0d0d0a)");
    snprintf(diag->seen, sizeof diag->seen, "%02x%02x%02x%02x", head[0], head[1], head[2], head[3]);
    return -1;
}

struct rp_capfile *rp_capfile_open(const struct rp_capture_source *source, struct rp_diags *diags)
{
    struct rp_capfile *file = calloc(1, sizeof *file);
    int opened = file ? rp_input_open(&file->input, source) : -1;
    if (opened == 0) {
        file->name = source->name;
        if (start(file, diags) == 0)
            return file;
        rp_capfile_close(file);
        return NULL;
    }
    struct rp_diag *diag = rp_diag_add(diags, RP_TRANSFER, RP_EIO, "can't be opened: %s", strerror(errno));
    diag->file = source->name;
    free(file);
    return NULL;
}

/* @return whether there is a record behind the damage */
static int go_on(struct rp_capfile *file)
{
    if (file->damages >= DAMAGES_MAX || file->input.error)
        return 0;
    file->failed = 0;
    if (file->contained) {
        file->contained = 0;
        return 1;
    }
    while (rp_input_skip(&file->input, 1))
        if (file->is_record(file))
            return 1;
    file->failed = 1;
    return 0;
}

int rp_capfile_next(struct rp_capfile *file, struct rp_frame *frame, struct rp_diags *diags)
{
    return file->failed && !go_on(file) ? 0 : file->next(file, frame, diags);
}

uint64_t rp_capfile_offset(const struct rp_capfile *file)
{
    return rp_input_offset(&file->input);
}

uint64_t rp_capfile_size(const struct rp_capfile *file)
{
    return file->input.size;
}

void rp_capfile_close(struct rp_capfile *file)
{
    if (!file)
        return;
    rp_input_close(&file->input);
    free(file->interfaces);
    free(file->comment);
    free(file);
}
