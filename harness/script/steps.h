/** Paths compiled against a type: checked once, followed often. What a path may say is in codecs/value/path.h. */
#ifndef RP_STEPS_H
#define RP_STEPS_H

#include <stdbool.h>

#include "codecs/suggest.h"
#include "codecs/tree.h"

enum { RP_STEPS_MAX = 24 };

enum rp_step_op {
    RP_STEP_CHILD, /* the child in `slot` */
    RP_STEP_IE,    /* the value of the IE `number` in the list in `slot` (NULL: the node itself is the list) */
    RP_STEP_FIELD, /* the child in `slot` of the IE field that the last step went into: id, criticality */
    RP_STEP_INDEX, /* the element `number` of a list */
    RP_STEP_SINGLE /* the same, in a list of single-IE containers: its value */
};

struct rp_step {
    enum rp_step_op op;
    const struct rp_slot *slot;
    int64_t number;
};

/** A compiled path. n = 0: the value itself. */
struct rp_steps {
    const struct rp_type *type; /* where it leads to; NULL when the schema does not say (inside an open type) */
    const char *by_name; /* beyond the first n steps the schema does not say: the rest of the path, found by name; or NULL */
    uint32_t n;
    struct rp_step step[RP_STEPS_MAX];
};

/** Why a path does not fit a type: the deepest failure of several tries. Zero-initialise. */
struct rp_miss {
    size_t offset; /* of the unknown part in the path */
    bool any;      /* something failed */
    bool grammar;  /* the path is not well-formed there */
    bool listless; /* an index where there is no list */
    bool ie;       /* what is unknown is an IE of a message */
    char name[64]; /* the unknown part */
    struct rp_suggest near;
};

/** Compiles `path` for values of `type`. Names refer to the schema and `path`, which must outlive `steps` when by_name is set.
 *  @return false with `miss` filled when the type has no such part */
bool rp_steps_compile(const struct rp_type *type, const char *path, struct rp_steps *steps, struct rp_miss *miss);

/** Offers the names that can follow a value of this type. */
void rp_steps_offer(const struct rp_type *type, struct rp_suggest *suggest);

/** Follows the steps from a node.
 *  @return the node, or UINT32_MAX when it is absent */
uint32_t rp_steps_find(const struct rp_steps *steps, const struct rp_tree *tree, uint32_t node);

#endif
