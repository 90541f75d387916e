/** Private to the JSON reader: what its parts share. */
#ifndef RP_JSON_READER_H
#define RP_JSON_READER_H

#include <jansson.h>

#include "codecs/value/json.h"

struct rp_json_reader {
    const struct rp_json_read_options *options; /* never NULL */
    struct rp_arena *arena;
    struct rp_diags *diags;
    struct rp_builder build;
    uint32_t chain[RP_JSON_MAX_DEPTH + 1]; /* the nodes that are open; an unknown one may be below the deepest */
    size_t depth;
    bool refused;
};

/** Adds a finding about the value of the innermost open node, or of its component `slot` that has no node yet (may be NULL).
 *  @return the entry, with path */
struct rp_diag *rp_json_refuse(struct rp_json_reader *r, const struct rp_slot *slot, enum rp_err err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** The common refusal: a JSON value of another kind than the type wants. */
struct rp_diag *rp_json_refuse_kind(struct rp_json_reader *r, const struct rp_type *type, const char *expected,
                                    const json_t *json);

/** Hex digits of either case to octets in the arena. @return false (and nothing said) when the text is not whole octets in hex */
bool rp_json_hex(struct rp_json_reader *r, const char *text, size_t len, const uint8_t **octets);

/** Reads "<addition 3>" and its like. @return false when the text isn't `what` and a plain number in angle brackets */
bool rp_json_index(const char *text, const char *what, uint32_t *index);

typedef void rp_json_leaf_fn(struct rp_json_reader *r, struct rp_node *node, const json_t *json);

/** Readers of the types without components, by kind; NULL for the others. They fill the node or refuse. */
extern rp_json_leaf_fn *const rp_json_leaves[RP_KINDS];

#endif
