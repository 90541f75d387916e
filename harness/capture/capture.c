#include "harness/capture/capture.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "harness/capture/file.h"
#include "harness/capture/ip.h"
#include "harness/capture/link.h"
#include "harness/capture/sctp.h"

enum { PROGRESS_FRAMES = 65536, DEFAULT_FRAGMENT_OCTETS = 16 << 20 };

struct run {
    const struct rp_capture_options *options;
    const struct rp_capture_handler *handler;
    struct rp_capture_counts *counts;
    struct rp_diags *diags;
    struct rp_fragments *fragments;
    struct rp_sctp *sctp;
    const char *file;
    uint64_t file_octets;
    struct rp_capture_counts before; /* as the file began */
    uint32_t unknown_link;           /* a link type that is not read */
    int said_cut, stopped;
};

const char *rp_capture_kind_name(enum rp_capture_kind kind)
{
    static const char *const names[RP_CAPTURE_KINDS] = {
        [RP_CAPTURE_UP] = "up",
        [RP_CAPTURE_MIDWAY] = "midway",
        [RP_CAPTURE_SHUTDOWN] = "shutdown",
        [RP_CAPTURE_CLOSED] = "closed",
        [RP_CAPTURE_ABORT] = "abort",
        [RP_CAPTURE_RESTART] = "restart",
        [RP_CAPTURE_GONE] = "gone",
        [RP_CAPTURE_LOST_TSN] = "lost-tsn",
        [RP_CAPTURE_LOST_MESSAGE] = "lost-message",
        [RP_CAPTURE_ABANDONED] = "abandoned",
        [RP_CAPTURE_PEER_ERROR] = "peer-error",
        [RP_CAPTURE_BAD_CRC] = "bad-crc",
        [RP_CAPTURE_OFFLOAD] = "offload",
        [RP_CAPTURE_BAD_TAG] = "bad-tag",
        [RP_CAPTURE_MALFORMED] = "malformed",
        [RP_CAPTURE_CUT] = "cut",
        [RP_CAPTURE_LIMIT] = "limit",
        [RP_CAPTURE_DAMAGED] = "damaged",
    };
    return (unsigned)kind < RP_CAPTURE_KINDS ? names[kind] : "unknown";
}

const char *rp_capture_skip_name(enum rp_capture_skip skip)
{
    static const char *const names[RP_SKIPS] = {
        [RP_SKIP_LINK] = "of an unknown link type",
        [RP_SKIP_NOT_IP] = "not IP",
        [RP_SKIP_NOT_SCTP] = "not SCTP",
        [RP_SKIP_FRAGMENT] = "IP fragments",
        [RP_SKIP_CUT] = "cut by the snap length",
        [RP_SKIP_MALFORMED] = "with a malformed header",
        [RP_SKIP_BAD_CRC] = "with a wrong CRC32c",
        [RP_SKIP_NO_ASSOCIATION] = "of no association",
    };
    return (unsigned)skip < RP_SKIPS ? names[skip] : "unknown";
}

static void tell(struct run *run, enum rp_capture_kind kind, const struct rp_frame *frame, const char *sentence)
{
    struct rp_capture_event event = { .kind = kind, .from = -1, .file = run->file, .sentence = sentence };
    if (frame) {
        event.frame = frame->number;
        event.time_ns = frame->time_ns;
    }
    if (run->handler->event)
        run->handler->event(run->handler->context, &event);
}

static void tell_cut(struct run *run, const struct rp_frame *frame)
{
    char sentence[200];
    run->counts->skipped[RP_SKIP_CUT]++;
    if (run->said_cut)
        return;
    run->said_cut = 1;
    snprintf(sentence, sizeof sentence,
             "frame %" PRIu64 ": only %zu of %zu octets were captured; it and others like it are left out (capture with -s 0)",
             frame->number, frame->len, frame->original_len);
    tell(run, RP_CAPTURE_CUT, frame, sentence);
}

static void tell_ip(struct run *run, const struct rp_frame *frame, enum rp_capture_kind kind, const char *problem)
{
    char sentence[200];
    run->counts->skipped[RP_SKIP_MALFORMED]++;
    snprintf(sentence, sizeof sentence, "frame %" PRIu64 ": %s", frame->number, problem);
    tell(run, kind, frame, sentence);
}

/* @return 1 when the datagram is whole and carries SCTP; else the frame is counted */
static int find_sctp(struct run *run, const struct rp_frame *frame, const struct rp_link_payload *payload,
                     struct rp_datagram *datagram)
{
    uint64_t *skipped = run->counts->skipped;
    enum rp_ip_result result = rp_ip_read(run->fragments, payload->octets, payload->len, frame->time_ns, datagram);
    int wanted = datagram->protocol == RP_PROTOCOL_SCTP;
    switch (result) {
    case RP_IP_WHOLE:
        wanted = wanted || rp_udp_strip(datagram, run->options->udp_port);
        skipped[RP_SKIP_NOT_SCTP] += !wanted;
        return wanted;
    case RP_IP_FRAGMENT: skipped[RP_SKIP_FRAGMENT]++; return 0;
    case RP_IP_CUT:
        if (wanted || datagram->protocol == RP_PROTOCOL_UNKNOWN)
            tell_cut(run, frame);
        else
            skipped[RP_SKIP_NOT_SCTP]++;
        return 0;
    case RP_IP_MALFORMED: tell_ip(run, frame, RP_CAPTURE_MALFORMED, datagram->problem); return 0;
    case RP_IP_DROPPED: tell_ip(run, frame, RP_CAPTURE_LIMIT, datagram->problem); return 0;
    }
    return 0;
}

static void on_frame(struct run *run, const struct rp_frame *frame)
{
    struct rp_link_payload payload;
    struct rp_datagram datagram;
    uint64_t *skipped = run->counts->skipped;
    switch (rp_link_strip(frame->link_type, frame->octets, frame->len, &payload)) {
    case RP_LINK_UNKNOWN:
        run->unknown_link = frame->link_type;
        skipped[RP_SKIP_LINK]++;
        return;
    case RP_LINK_OTHER: skipped[RP_SKIP_NOT_IP]++; return;
    case RP_LINK_SHORT:
        if (frame->original_len > frame->len)
            tell_cut(run, frame);
        else
            tell_ip(run, frame, RP_CAPTURE_MALFORMED, "the frame ends inside its link header");
        return;
    case RP_LINK_IP: break;
    }
    if (!find_sctp(run, frame, &payload, &datagram))
        return;
    struct rp_sctp_packet packet = { .from = datagram.from,
                                     .to = datagram.to,
                                     .octets = datagram.octets,
                                     .len = datagram.len,
                                     .frame = frame->number,
                                     .time_ns = frame->time_ns,
                                     .comment = frame->comment };
    rp_sctp_packet(run->sctp, &packet);
}

static void note_time(struct rp_capture_counts *counts, int64_t time_ns)
{
    if (!counts->first_ns || time_ns < counts->first_ns)
        counts->first_ns = time_ns;
    if (time_ns > counts->last_ns)
        counts->last_ns = time_ns;
}

/* a file that gave nothing says why */
static void note_nothing(struct run *run)
{
    const struct rp_capture_counts *counts = run->counts, *before = &run->before;
    uint64_t frames = counts->frames - before->frames;
    char reasons[RP_DIAG_MAX] = "";
    size_t at = 0;
    if (counts->packets != before->packets)
        return;
    for (unsigned i = 0; i < RP_SKIPS; i++) {
        uint64_t n = counts->skipped[i] - before->skipped[i];
        int wrote =
            n ? snprintf(reasons + at, sizeof reasons - at, "%s%" PRIu64 " %s", at ? ", " : "", n, rp_capture_skip_name(i)) : 0;
        at += wrote > 0 && at + (size_t)wrote < sizeof reasons ? (size_t)wrote : 0;
    }
    struct rp_diag *diag =
        rp_diag_add(run->diags, RP_NOTE, RP_EMISSING, "no SCTP in %" PRIu64 " frames%s%s", frames, frames ? ": " : "", reasons);
    diag->file = run->file;
    if (counts->skipped[RP_SKIP_LINK] != before->skipped[RP_SKIP_LINK]) {
        snprintf(diag->expected, sizeof diag->expected, "Ethernet, Linux cooked, raw IP, loopback or PPP");
        snprintf(diag->seen, sizeof diag->seen, "link type %" PRIu32, run->unknown_link);
    }
}

static void tell_damage(struct run *run, const struct rp_diag *found)
{
    char sentence[RP_DIAG_MAX + 300];
    struct rp_diag *diag = rp_diag_add(run->diags, found->grade, found->err, "%s", found->text);
    diag->file = run->file;
    memcpy(diag->expected, found->expected, sizeof diag->expected);
    memcpy(diag->seen, found->seen, sizeof diag->seen);
    snprintf(sentence, sizeof sentence, "%s%s%s%s%s", found->text, found->expected[0] ? "; expected " : "", found->expected,
             found->seen[0] ? ", seen " : "", found->seen);
    tell(run, RP_CAPTURE_DAMAGED, NULL, sentence);
}

static void tell_resumed(struct run *run, const struct rp_frame *frame)
{
    char sentence[100];
    snprintf(sentence, sizeof sentence, "octet %" PRIu64 ": reading goes on behind the damage, with frame %" PRIu64,
             frame->offset, frame->number);
    struct rp_diag *diag = rp_diag_add(run->diags, RP_NOTE, RP_OK, "%s", sentence);
    diag->file = run->file;
    tell(run, RP_CAPTURE_DAMAGED, frame, sentence);
}

/* @return whether to go on */
static int take_frame(struct run *run, const struct rp_frame *frame, uint64_t octets)
{
    struct rp_capture_counts *counts = run->counts;
    counts->frames++;
    if (frame->time_ns)
        note_time(counts, frame->time_ns);
    on_frame(run, frame);
    if (counts->frames % PROGRESS_FRAMES || !run->handler->progress)
        return 1;
    counts->octets = octets;
    run->stopped = run->handler->progress(run->handler->context, counts, run->file_octets);
    return !run->stopped;
}

/* @return 0 when all of the file was read, -1 when some was damaged */
static int read_frames(struct run *run, struct rp_capfile *file)
{
    struct rp_frame frame;
    struct rp_diags damage = { .arena = NULL }; /* one entry, in the list itself */
    uint64_t octets_before = run->counts->octets;
    int got, result = 0, damaged = 0;
    do {
        got = rp_capfile_next(file, &frame, &damage);
        if (got < 0) {
            tell_damage(run, damage.first);
            rp_diags_clear(&damage);
            result = -1;
        } else if (got > 0 && damaged) {
            tell_resumed(run, &frame);
        }
        damaged = got < 0;
    } while (got < 0 || (got > 0 && take_frame(run, &frame, octets_before + rp_capfile_offset(file))));
    run->counts->octets = octets_before + rp_capfile_offset(file);
    return result;
}

static int read_source(struct run *run, const struct rp_capture_source *source)
{
    struct rp_diags damage = { .arena = NULL }; /* one entry, in the list itself */
    run->file = source->name;
    run->said_cut = 0;
    run->before = *run->counts;
    struct rp_capfile *file = rp_capfile_open(source, &damage);
    if (!file) {
        tell_damage(run, damage.first);
        run->counts->damaged_files++;
        return -1;
    }
    run->counts->files++;
    run->file_octets = rp_capfile_size(file);
    rp_sctp_begin(run->sctp, source->name);
    int result = read_frames(run, file);
    run->counts->damaged_files += result != 0;
    rp_sctp_end(run->sctp);
    if (result == 0 || run->counts->frames != run->before.frames)
        note_nothing(run);
    rp_capfile_close(file);
    return result;
}

static double seconds_since(const struct timespec *start)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    return (double)(end.tv_sec - start->tv_sec) + (double)(end.tv_nsec - start->tv_nsec) / 1e9;
}

int rp_capture_run(const struct rp_capture_source *sources, size_t n, const struct rp_capture_options *options,
                   const struct rp_capture_handler *handler, struct rp_capture_counts *counts, struct rp_diags *diags)
{
    static const struct rp_capture_options defaults;
    struct rp_capture_counts own;
    struct timespec start;
    int result = 0;
    clock_gettime(CLOCK_MONOTONIC, &start);
    struct run run = { .options = options ? options : &defaults, .handler = handler, .counts = counts ? counts : &own };
    memset(run.counts, 0, sizeof *run.counts);
    run.diags = diags;
    run.fragments = rp_fragments_new(DEFAULT_FRAGMENT_OCTETS);
    run.sctp = rp_sctp_new(run.options, handler, run.counts);
    if (!run.fragments || !run.sctp) {
        rp_diag_add(diags, RP_TRANSFER, RP_ENOMEM, "no memory to read captures");
        result = -1;
    }
    for (size_t i = 0; i < n && run.sctp && run.fragments && !run.stopped; i++)
        if (read_source(&run, &sources[i]) != 0)
            result = -1;
    rp_sctp_free(run.sctp);
    rp_fragments_free(run.fragments);
    run.counts->seconds = seconds_since(&start);
    return result;
}
