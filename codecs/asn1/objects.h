/** Information objects and object sets (X.681 11 and 12). */
#ifndef RP_ASN1_OBJECTS_H
#define RP_ASN1_OBJECTS_H

#include "codecs/asn1/classes.h"

/** An object; the fields' slots belong to no set yet. */
struct rp_cobject {
    struct rp_object o;
    struct rp_object_field *fields; /* o.fields */
    struct rp_class *class_;
};

/** An object set and where it comes from. */
struct rp_cset {
    struct rp_object_set s;
    struct rp_cset *next;
    struct rp_class *class_;
    const struct rp_env *env;
    struct rp_ast_braces braces;
    const struct rp_token *token;
    struct rp_ast_object_set *ast;
    uint8_t state; /* enum rp_type_state */
};

/** @return the object set that a reference names, maybe not filled yet; NULL on error (reported). */
struct rp_cset *rp_set_of(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref);

/** @return the set written in these braces: a set of its own, or the only set named in it. */
struct rp_cset *rp_set_in_braces(struct rp_asn1 *c, const struct rp_env *env, struct rp_class *class_,
                                 struct rp_ast_braces braces, const struct rp_token *at);

/** Fills a set's table, the types of its objects not being complete. @return false on error (reported) */
bool rp_set_fill(struct rp_asn1 *c, struct rp_cset *set);

/** @return the object that a reference names; NULL on error (reported). */
struct rp_cobject *rp_object_of(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref);

/** @return the object in these braces. */
struct rp_cobject *rp_object_in_braces(struct rp_asn1 *c, const struct rp_env *env, struct rp_class *class_,
                                       struct rp_ast_braces braces);

/** Takes the settings of an object apart by its class's syntax; in object_syntax.c. @return NULL on error (reported) */
struct rp_ast_object *rp_parse_object(struct rp_asn1 *c, const struct rp_class *class_, struct rp_ast_braces braces);

#endif
