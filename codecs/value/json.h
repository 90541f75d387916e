/** JSON Encoding Rules (ITU-T X.697), with the specification's names. */
#ifndef RP_JSON_H
#define RP_JSON_H

#include <stdio.h>

#include "codecs/diag.h"
#include "codecs/tree.h"

/** Growing text that ends with NUL; zero-initialise with an arena. Sticky failure. */
struct rp_text {
    struct rp_arena *arena;
    char *chars;
    size_t len, cap;
    bool failed;
};
void rp_text_put(struct rp_text *text, const char *chars, size_t len);
void rp_text_puts(struct rp_text *text, const char *chars);
void rp_text_printf(struct rp_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** What stands inside an OCTET STRING or BIT STRING: asked for each such node by the printers.
 *  @return the tree decoded from it, shown in its place; NULL to show the octets */
typedef const struct rp_tree *rp_inside_fn(void *context, const struct rp_tree *tree, uint32_t node);

struct rp_json_options {
    bool pretty;          /* two-space indent; else one line */
    rp_inside_fn *inside; /* or NULL */
    void *inside_context;
};

/** Writes the subtree at `node`.
 *  BIT STRING {"value": hex, "length": bits} (of fixed size: hex alone), OCTET STRING hex in upper case, CHOICE {"alternative":
 * value}, open types as their value, an unknown addition "<addition N>": hex, an unknown alternative {"<alternative N>": hex}, an
 * unknown open type hex, an unknown enumerator "<extension N>". rp_json_read takes all of these back. */
void rp_json_write(struct rp_text *out, const struct rp_tree *tree, uint32_t node, const struct rp_json_options *options);

/** Reads a value of a type from JSON text (X.697; both forms of BIT STRING, hex in either case).
 *  @return the tree, owned by arena; n_nodes 0 with findings (path, expected, seen, "did you mean") */
struct rp_tree rp_json_read(const struct rp_type *type, const char *text, size_t len, struct rp_arena *arena,
                            struct rp_diags *diags);

#endif
