/** Test vectors: one JSON object a line that says what octets stand for, checked against the codecs. */
#ifndef RP_VECTOR_H
#define RP_VECTOR_H

#include "codecs/arena.h"
#include "codecs/asn1/registry.h"

enum { RP_VECTOR_NAME = 120, RP_VECTOR_SAY = 600, RP_VECTOR_TYPES = 256 };

/** What checks vectors: keeps what it needs from line to line. Zero-initialise, set `registry`; free with rp_vectors_free. */
struct rp_vectors {
    struct rp_registry *registry;
    struct rp_arena arena; /* of one vector */
    struct rp_vector_type {
        char spec[RP_VECTOR_NAME];
        const struct rp_type *type;
    } types[RP_VECTOR_TYPES]; /* those met so far, by hash */
};
void rp_vectors_free(struct rp_vectors *vectors);

/** Why a vector failed. */
struct rp_mismatch {
    char name[RP_VECTOR_NAME]; /* "" when the line has none */
    char text[RP_VECTOR_SAY];  /* where, expected and seen */
};

/** Checks one line.
 *
 *  | members | what must hold |
 *  |---|---|
 *  | set, type, hex | the octets decode and encode again to the same octets |
 *  | value (JSON, X.697) | the decoded value equals it, and it encodes to the same octets |
 *  | per: "uper" | UNALIGNED PER; else ALIGNED |
 *  | grade | the findings are of exactly this grade: transfer-syntax, constraint, non-canonical-but-decodable,
 *  |       | trailing octets, unknown-extension (well-formed) (these encode again to the same octets) |
 *  | receiver | breaks the protocol, not the encoding: decodes, and encodes again unchecked to the same octets |
 *
 *  @param line  without its line end @return true when it passes; else `mismatch` says why */
bool rp_vector_check(struct rp_vectors *vectors, const char *line, size_t len, struct rp_mismatch *mismatch);

#endif
