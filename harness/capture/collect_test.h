/** For tests: a handler that writes what it gets as lines of text, so that a test compares one transcript. */
#ifndef RP_HARNESS_CAPTURE_COLLECT_TEST_H
#define RP_HARNESS_CAPTURE_COLLECT_TEST_H

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "harness/capture/capture.h"
#include "harness/capture/scene.h"
#include "tools/test_support.h"

struct collect {
    char text[1 << 16];
    size_t at;
    unsigned without;    /* bits by enum rp_capture_kind: events that are left out */
    unsigned gone;       /* RP_CAPTURE_GONE events, which are counted only */
    unsigned long total; /* octets of all messages */
    struct rp_capture_counts counts;
    struct rp_arena arena;
    struct rp_diags diags;
};

static inline void collect_put(struct collect *collect, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline void collect_put(struct collect *collect, const char *format, ...)
{
    va_list args;
    size_t room = sizeof collect->text - collect->at;
    va_start(args, format);
    int n = vsnprintf(collect->text + collect->at, room, format, args);
    va_end(args);
    collect->at += n > 0 && (size_t)n < room ? (size_t)n : 0;
}

static inline const char *frames_of(const struct rp_sctp_message *message, char *out, size_t size)
{
    int n = snprintf(out, size, "%" PRIu64, message->frame);
    if (message->first_frame != message->frame)
        n += snprintf(out + n, size - (size_t)n, " from %" PRIu64, message->first_frame);
    if (message->delivered_frame != message->frame)
        snprintf(out + n, size - (size_t)n, " at %" PRIu64, message->delivered_frame);
    return out;
}

/* "6: a0 0 stream 1 ssn 0 ppid 70 tsn 11 hello" */
static inline void collect_message(void *context, const struct rp_sctp_message *message)
{
    struct collect *collect = context;
    char frames[80];
    collect_put(collect, "%s: a%" PRIu32 " %d %s %u %s %" PRIu32 " ppid %" PRIu32 " tsn %" PRIu32,
                frames_of(message, frames, sizeof frames), message->association->id, message->from,
                message->unordered ? "unordered" : "stream", message->stream, message->interleaved ? "mid" : "ssn", message->mid,
                message->ppid, message->tsn);
    if (message->len <= 20)
        collect_put(collect, " %.*s", (int)message->len, (const char *)message->octets);
    else
        collect_put(collect, " %zu octets in %" PRIu32 " chunks", message->len, message->chunks);
    collect_put(collect, message->comment ? " # %s\n" : "\n", message->comment);
    collect->total += message->len;
}

static inline void collect_event(void *context, const struct rp_capture_event *event)
{
    struct collect *collect = context;
    if (event->kind == RP_CAPTURE_GONE)
        collect->gone++;
    else if (!(collect->without >> event->kind & 1))
        collect_put(collect, "%s: %s\n", rp_capture_kind_name(event->kind), event->sentence);
}

/* reads one capture in memory that ends at a guard page; the transcript is in `collect` afterwards */
static inline int collect_octets(struct collect *collect, const struct rp_capture_options *options, const uint8_t *octets,
                                 size_t len)
{
    struct rp_capture_handler handler = { .context = collect, .message = collect_message, .event = collect_event };
    unsigned without = collect->without;
    uint8_t *guarded = rp_guarded(octets, len);
    rp_arena_free(&collect->arena);
    memset(collect, 0, sizeof *collect);
    collect->without = without;
    collect->diags.arena = &collect->arena;
    struct rp_capture_source source = { .name = "test.pcapng", .octets = guarded, .len = len };
    int result = rp_capture_run(&source, 1, options, &handler, &collect->counts, &collect->diags);
    rp_guarded_free(guarded, len);
    return result;
}

/* plays a scene into memory and reads it */
static inline void collect_scene(struct collect *collect, const struct rp_scene *scene, const struct rp_capture_options *options)
{
    size_t len;
    struct rp_capwriter *writer = rp_capwrite_open(NULL, NULL);
    assert_non_null(writer);
    int interface = rp_capwrite_interface(writer, scene->options.link_type, NULL);
    assert_int_equal(rp_scene_write(scene, writer, interface), 0);
    const uint8_t *octets = rp_capwrite_octets(writer, &len);
    assert_int_equal(collect_octets(collect, options, octets, len), 0);
    assert_int_equal(rp_capwrite_close(writer), 0);
    assert_int_equal(collect->gone, collect->counts.associations);
}

#endif
