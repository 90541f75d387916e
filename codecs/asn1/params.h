/** References, and what parameterised definitions become with actual parameters (X.683). */
#ifndef RP_ASN1_PARAMS_H
#define RP_ASN1_PARAMS_H

#include "codecs/asn1/values.h"

enum { RP_MAX_INSTANCES = 50000, RP_MAX_INSTANCE_DEPTH = 64 };

/** A parameterised definition with one choice of arguments. What it became is kept here. */
struct rp_instance {
    struct rp_instance *chain;
    struct rp_symbol *symbol;
    struct rp_env env;
    struct rp_ctype *ctype;
    struct rp_cset *cset;
    struct rp_cobject *object;
    struct rp_cvalue *cvalue;
};

/** What a reference leads to: an argument, or a symbol, perhaps with arguments. */
struct rp_found {
    const struct rp_arg *arg;
    struct rp_symbol *symbol;
    struct rp_instance *instance;
};

/** Looks a reference up. @param what "type", "value" ... for the message @return false on error (reported) */
bool rp_find(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref, const char *what, struct rp_found *found);

#endif
