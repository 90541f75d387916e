/** From parsed types to type tables. */
#ifndef RP_ASN1_TYPES_H
#define RP_ASN1_TYPES_H

#include "codecs/asn1/compile.h"

/** An integer wide enough for every bound and its neighbours. */
typedef __int128 rp_wide;

enum rp_type_state { RP_TYPE_NEW, RP_TYPE_BUSY, RP_TYPE_DONE };

/** Tag of a component or alternative; `known` false: the one of its type. */
struct rp_tag {
    bool known;
    uint8_t tag_class; /* universal 0, application 1, context-specific 2, private 3 */
    uint32_t number;
};

/** Tags of the slots of a SET or CHOICE that must be put in canonical order. Shared by the types that share the slots. */
struct rp_slot_tags {
    struct rp_tag *tags;
    bool sorted, busy;
};

/** A type table and what the compiler knows about it besides. */
struct rp_ctype {
    struct rp_type t; /* what the schema shows */
    struct rp_ctype *next;
    const struct rp_ast_type *ast; /* NULL: made complete */
    const struct rp_env *env;
    const struct rp_ast_type *body; /* SEQUENCE, SET, CHOICE: whose components these are, behind references */
    const struct rp_env *body_env;
    const struct rp_token *token;
    const struct rp_ast_constraint *value_set; /* `T INTEGER ::= {1 | 2}`: applied like a constraint */
    struct rp_tag tag;
    struct rp_slot_tags *order;
    uint8_t state;   /* enum rp_type_state */
    uint8_t keyword; /* of a builtin type, enum rp_keyword */
    bool bad;        /* an error in it was reported */
};

/** The compiler's side of a table that it made itself. */
static inline struct rp_ctype *rp_ctype_of(const struct rp_type *type)
{
    return (struct rp_ctype *)type;
}

/** A DEFAULT to be read when all types are complete. */
struct rp_pending_default {
    struct rp_pending_default *next;
    struct rp_slot *slot;
    const struct rp_ast_value *value;
    const struct rp_env *env;
};

/** @return the type that a type or value set symbol stands for, maybe not complete yet; NULL when the symbol is another thing
 *  (reported) */
struct rp_ctype *rp_type_named(struct rp_asn1 *c, struct rp_symbol *symbol, const struct rp_token *at);

/** @return the type of a parsed type: the referenced one itself when nothing is added to it; NULL on error (reported). Tags are
 *  not looked at. */
struct rp_ctype *rp_type_of(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_type *ast);

/** @return a type to be completed from `ast` in `env`. */
struct rp_ctype *rp_type_new(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_type *ast, const char *name);

/** Fills a type's table. Its components' types need not be complete. @return false on error (reported) */
bool rp_type_complete(struct rp_asn1 *c, struct rp_ctype *type);

/** Fills slots from components; in struct.c. */
bool rp_struct_fill(struct rp_asn1 *c, struct rp_ctype *type);

/** Fills in which object set a slot's table constraint names; in struct.c. */
bool rp_slot_table(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_type *ast, struct rp_slot *slot);

/** Fills items; in items.c. */
bool rp_items_fill(struct rp_asn1 *c, struct rp_ctype *type);

/** Applies the constraints behind a type; in constraint.c. */
bool rp_constrain(struct rp_asn1 *c, struct rp_ctype *type, const struct rp_ast_constraint *constraints,
                  const struct rp_env *env);

/** Puts roots of a SET or CHOICE into canonical tag order (X.691 (02/2021) clauses 21 and 23); in tags.c. */
bool rp_tags_order(struct rp_asn1 *c, struct rp_ctype *type);

#endif
