/* The capture reader, from the file's first octet to the messages: the input is a capture file. Every octet that is handed out
 * must be readable, and the counts must agree with what was handed out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/capture/capture.h"
#include "tools/fuzz/fuzz.h"

struct tally {
    uint64_t messages, octets, gone, lost;
    uint32_t digest; /* of all that was read, so that reading it is not left out */
};

static void die(const char *why)
{
    fprintf(stderr, "%s\n", why);
    abort();
}

static void on_message(void *context, const struct rp_sctp_message *message)
{
    struct tally *tally = context;
    const struct rp_sctp_association *association = message->association;
    if (!message->len || message->first_frame > message->frame || message->from < 0 || message->from > 1)
        die("a message that makes no sense");
    for (int i = 0; i < 2; i++) {
        const struct rp_sctp_endpoint *endpoint = &association->endpoint[i];
        if (!endpoint->names || endpoint->names > RP_SCTP_ADDRESSES || !memchr(endpoint->name[0], '\0', RP_SCTP_NAME_MAX))
            die("an endpoint without a name");
    }
    for (size_t i = 0; i < message->len; i++)
        tally->digest = tally->digest * 31 + message->octets[i];
    if (message->comment)
        tally->digest += (uint32_t)strlen(message->comment);
    tally->messages++;
    tally->octets += message->len;
}

static void on_event(void *context, const struct rp_capture_event *event)
{
    struct tally *tally = context;
    if (!event->sentence[0])
        die("an event without a sentence");
    tally->digest += (uint32_t)strlen(event->sentence);
    tally->gone += event->kind == RP_CAPTURE_GONE;
}

static void check(const struct tally *tally, const struct rp_capture_counts *counts, size_t len)
{
    uint64_t skipped = 0;
    for (int i = 0; i < RP_SKIPS; i++)
        skipped += counts->skipped[i];
    if (tally->messages != counts->messages || tally->octets != counts->message_octets)
        die("messages and their count differ");
    if (tally->gone != counts->associations)
        die("an association without its end");
    if (counts->frames != counts->packets + skipped)
        die("frames that are neither used nor counted as left out");
    if (counts->octets > len)
        die("more octets than there are");
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len)
{
    static struct rp_arena arena = { .limit = 1 << 20 };
    struct rp_capture_options options = { .max_associations = 16, .max_octets = 1 << 20 };
    struct rp_capture_source source = { .name = "input", .octets = octets ? octets : (const uint8_t *)"", .len = len };
    for (options.ignore_crc = 0; options.ignore_crc < 2; options.ignore_crc++) {
        struct tally tally = { 0 };
        struct rp_capture_handler handler = { .context = &tally, .message = on_message, .event = on_event };
        struct rp_capture_counts counts;
        struct rp_diags diags = { .arena = &arena };
        int result = rp_capture_run(&source, 1, &options, &handler, &counts, &diags);
        if ((result != 0) != (diags.worst == RP_TRANSFER))
            die("damage without a finding, or a finding without damage");
        check(&tally, &counts, len);
        rp_arena_reset(&arena);
    }
    return 0;
}
