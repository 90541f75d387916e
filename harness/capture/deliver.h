/** Between reassembly.c (which TSNs came) and deliver.c (which messages are due). */
#ifndef RP_HARNESS_CAPTURE_DELIVER_H
#define RP_HARNESS_CAPTURE_DELIVER_H

#include "harness/capture/sctp_private.h"

/** Where it all happens: data that endpoint `from` of an association sends. */
struct rp_place {
    struct rp_sctp *sctp;
    struct rp_assoc *assoc;
    struct rp_direction *direction;
    int from;
};

static inline struct rp_place rp_place_of(struct rp_sctp *sctp, struct rp_assoc *assoc, int from)
{
    return (struct rp_place){ .sctp = sctp, .assoc = assoc, .direction = &assoc->direction[from], .from = from };
}

/** "10.0.7.1:36421" */
static inline const char *rp_place_sender(const struct rp_place *place)
{
    return place->assoc->shown.endpoint[place->from].name[0];
}

/** How far the number of a chunk's message is ahead of what its stream expects. */
int32_t rp_stream_ahead(const struct rp_stream *stream, const struct rp_chunk_data *chunk);

/** A whole message in the chunk behind the cumulative TSN: to the handler, from where it lies in the packet. */
void rp_deliver_chunk(struct rp_place *place, const struct rp_chunk_data *chunk);

/** A whole message that is held: to the handler now, or marked as waiting for its turn. */
void rp_deliver_offer(struct rp_place *place, struct rp_held *first);

/** Reports the message of this chunk as lost; its stream goes on behind it. */
void rp_deliver_lost(struct rp_place *place, const struct rp_chunk_data *chunk, const char *why);

#endif
