/** JSON Encoding Rules (ITU-T X.697), with the specification's names.
 *
 *  | type | JSON |
 *  |---|---|
 *  | BOOLEAN, NULL | true, false; null |
 *  | INTEGER | number; beyond 64 bits all its digits; over 64 octets "0x" and the contents octets in hex |
 *  | ENUMERATED | "name"; an unknown one "<extension N>" |
 *  | REAL | number; "-0", "INF", "-INF", "NaN" |
 *  | OBJECT IDENTIFIER, RELATIVE-OID | "1.3.6.1"; contents octets that are no OID "<octets 2B80>" |
 *  | BIT STRING | {"value": hex, "length": bits}; of fixed size the hex alone |
 *  | OCTET STRING | hex in upper case |
 *  | character strings, time | text; octets that are no text of their type {"octets": hex} |
 *  | SEQUENCE, SET | object; members of [[ ]] stand in it; an unknown addition "<addition N>": hex |
 *  | SEQUENCE OF, SET OF | array |
 *  | CHOICE | {"alternative": value}; an unknown one {"<alternative N>": hex} |
 *  | open type | its value; of an unknown type hex |
 *
 *  What X.697 has no form for stands in angle brackets, which no identifier has. rp_json_read takes all of it back. */
#ifndef RP_JSON_H
#define RP_JSON_H

#include "codecs/diag.h"
#include "codecs/tree.h"
#include "codecs/value/text.h"

enum { RP_JSON_MAX_DEPTH = 128 };

/** What stands inside an OCTET STRING or BIT STRING: asked for each such node by the printers.
 *  @return the tree decoded from it, shown in its place; NULL to show the octets */
typedef const struct rp_tree *rp_inside_fn(void *context, const struct rp_tree *tree, uint32_t node);

struct rp_json_options {
    bool pretty;          /* two-space indent; else one line */
    rp_inside_fn *inside; /* or NULL */
    void *inside_context;
};

/** Writes the subtree at `node`. `options` may be NULL. A tree deeper than 2 * RP_JSON_MAX_DEPTH sets out->failed. */
void rp_json_write(struct rp_text *out, const struct rp_tree *tree, uint32_t node, const struct rp_json_options *options);

/** Reads a value of a type from JSON text. Beyond what X.697 has: members in any order, hex in either case, both forms of BIT
 *  STRING whatever its size, an INTEGER as a string of its digits, a BOOLEAN as 0 or 1. Repeated members and whatever follows
 *  the value are refused. Constraints are not looked at: a value outside of them can be encoded on purpose.
 *  @return the tree, owned by arena; n_nodes 0 with findings: path, expected, seen, "did you mean"; or line and column of what is
 *          no JSON */
struct rp_tree rp_json_read(const struct rp_type *type, const char *text, size_t len, struct rp_arena *arena,
                            struct rp_diags *diags);

/** A JSON value that stands where octets are wanted. */
struct rp_json_inner {
    const struct rp_slot *slot;   /* of the OCTET STRING */
    const char *path;             /* of it */
    const struct rp_tree *before; /* what was read before it; unfinished: `next` of its ancestors is not set */
    const char *text;             /* the JSON value, an object or array or whatever is no string */
    size_t len;
    struct rp_arena *arena;
};

/** Makes the octets of an OCTET STRING that was given as the value inside it.
 *  @param octets  to be owned by inner->arena
 *  @return false with a finding in diags */
typedef bool rp_json_octets_fn(void *context, const struct rp_json_inner *inner, const uint8_t **octets, size_t *len_octets,
                               struct rp_diags *diags);

struct rp_json_read_options {
    rp_json_octets_fn *octets; /* or NULL: such values are refused */
    void *octets_context;
};

/** As rp_json_read; `options` may be NULL. */
struct rp_tree rp_json_read_with(const struct rp_type *type, const char *text, size_t len,
                                 const struct rp_json_read_options *options, struct rp_arena *arena, struct rp_diags *diags);

#endif
