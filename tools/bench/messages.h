/** Messages of known sizes for the benchmarks: made here, encoded by the codecs under test. */
#ifndef RP_BENCH_MESSAGES_H
#define RP_BENCH_MESSAGES_H

#include "codecs/asn1/registry.h"

struct rp_bench_message {
    const char *name; /* "RICindication" */
    const char *set, *type_name;
    size_t octets; /* of the encoding */
};

extern const struct rp_bench_message rp_bench_messages[];
extern const size_t rp_bench_n_messages;

/** Encodes message i, exactly as long as its row says.
 *  @param type, out  set on success; `out` is owned by the arena
 *  @return false with a finding */
bool rp_bench_message(size_t i, struct rp_registry *registry, struct rp_arena *arena, const struct rp_type **type,
                      const uint8_t **out, struct rp_diags *diags);

#endif
