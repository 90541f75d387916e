#include <stdarg.h>
#include <stdio.h>

#include "harness/capture/octets.h"
#include "harness/capture/sctp_private.h"

static size_t put(char *out, size_t size, size_t at, const char *format, va_list args) __attribute__((format(printf, 4, 0)));
static size_t put(char *out, size_t size, size_t at, const char *format, va_list args)
{
    int n = vsnprintf(out + at, size - at, format, args);
    size_t end = at + (n > 0 ? (size_t)n : 0);
    return end < size ? end : size - 1;
}

static size_t put_text(char *out, size_t size, size_t at, const char *format, ...) __attribute__((format(printf, 4, 5)));
static size_t put_text(char *out, size_t size, size_t at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    at = put(out, size, at, format, args);
    va_end(args);
    return at;
}

static void tell(struct rp_sctp *sctp, struct rp_capture_event *event, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));
static void tell(struct rp_sctp *sctp, struct rp_capture_event *event, const char *format, va_list args)
{
    char *out = sctp->sentence;
    size_t size = sizeof sctp->sentence, at = 0;
    if (!sctp->handler->event)
        return;
    out[0] = '\0';
    event->time_ns = sctp->newest_ns;
    if (sctp->packet) {
        event->frame = sctp->packet->frame;
        event->time_ns = sctp->packet->time_ns;
        at = put_text(out, size, at, "frame %llu: ", (unsigned long long)event->frame);
    }
    if (event->association)
        at = put_text(out, size, at, "association %u (%s - %s): ", event->association->id,
                      event->association->endpoint[0].name[0], event->association->endpoint[1].name[0]);
    put(out, size, at, format, args);
    event->file = sctp->file;
    event->sentence = out;
    sctp->handler->event(sctp->handler->context, event);
}

void rp_sctp_tell(struct rp_sctp *sctp, enum rp_capture_kind kind, const struct rp_assoc *assoc, int from, const char *format,
                  ...)
{
    struct rp_capture_event event = { .kind = kind, .association = assoc ? &assoc->shown : NULL, .from = from };
    va_list args;
    va_start(args, format);
    tell(sctp, &event, format, args);
    va_end(args);
}

void rp_sctp_tell_range(struct rp_sctp *sctp, enum rp_capture_kind kind, const struct rp_assoc *assoc, int from, uint16_t stream,
                        uint32_t first, uint32_t last, const char *format, ...)
{
    struct rp_capture_event event = { .kind = kind, .association = &assoc->shown, .from = from, .stream = stream };
    event.first = first;
    event.last = last;
    va_list args;
    va_start(args, format);
    tell(sctp, &event, format, args);
    va_end(args);
}

const char *rp_sctp_chunk_name(uint8_t type)
{
    static const char *const names[] = { "DATA",  "INIT",     "INIT ACK",          "SACK",  "HEARTBEAT",   "HEARTBEAT ACK",
                                         "ABORT", "SHUTDOWN", "SHUTDOWN ACK",      "ERROR", "COOKIE ECHO", "COOKIE ACK",
                                         "ECNE",  "CWR",      "SHUTDOWN COMPLETE", "AUTH" };
    if (type < sizeof names / sizeof *names)
        return names[type];
    switch (type) {
    case RP_CHUNK_I_DATA: return "I-DATA";
    case 128: return "ASCONF-ACK";
    case RP_CHUNK_RE_CONFIG: return "RE-CONFIG";
    case 132: return "PAD";
    case RP_CHUNK_FORWARD_TSN: return "FORWARD TSN";
    case RP_CHUNK_ASCONF: return "ASCONF";
    case RP_CHUNK_I_FORWARD_TSN: return "I-FORWARD-TSN";
    default: return "unknown chunk";
    }
}

/* RFC 9260 3.3.10, RFC 5061 4.3, RFC 4895 4.1 */
static const char *cause_name(uint16_t code)
{
    static const char *const names[] = { "cause 0",
                                         "invalid stream identifier",
                                         "missing mandatory parameter",
                                         "stale cookie",
                                         "out of resource",
                                         "unresolvable address",
                                         "unrecognized chunk type",
                                         "invalid mandatory parameter",
                                         "unrecognized parameters",
                                         "no user data",
                                         "cookie received while shutting down",
                                         "restart of an association with new addresses",
                                         "user-initiated abort",
                                         "protocol violation" };
    if (code < sizeof names / sizeof *names)
        return names[code];
    switch (code) {
    case 0xa0: return "request to delete the last remaining address";
    case 0xa1: return "operation refused due to resource shortage";
    case 0xa2: return "request to delete the source address";
    case 0xa3: return "association aborted due to an illegal ASCONF-ACK";
    case 0xa4: return "request refused, no authorization";
    case 0x105: return "unsupported HMAC identifier";
    default: return "unknown cause";
    }
}

/* user-initiated aborts and protocol violations may carry text; only plain characters are shown */
static size_t put_reason(char *out, size_t size, size_t at, const uint8_t *text, size_t len)
{
    size_t n = len < 80 ? len : 80;
    for (size_t i = 0; i < n; i++)
        if (text[i] < 0x20 || text[i] > 0x7e)
            return at;
    return n ? put_text(out, size, at, " \"%.*s\"", (int)n, (const char *)text) : at;
}

const char *rp_sctp_cause_text(const uint8_t *causes, size_t len, char *out, size_t size)
{
    size_t at = put_text(out, size, 0, "%s", len < 4 ? "no cause given" : "");
    for (int n = 0; len >= 4 && n < 4; n++) {
        uint16_t code = rp_be16(causes);
        size_t cause_len = rp_be16(causes + 2), padded = (cause_len + 3) & ~(size_t)3;
        at = put_text(out, size, at, "%s%s (%u)", n ? ", " : "", cause_name(code), code);
        if (cause_len < 4 || cause_len > len)
            break;
        if (code == 12 || code == 13)
            at = put_reason(out, size, at, causes + 4, cause_len - 4);
        if (padded >= len)
            break;
        causes += padded;
        len -= padded;
    }
    return out;
}
