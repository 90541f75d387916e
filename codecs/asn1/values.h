/** From parsed values to values. */
#ifndef RP_ASN1_VALUES_H
#define RP_ASN1_VALUES_H

#include "codecs/asn1/types.h"

enum rp_cvalue_kind {
    RP_VALUE_INTEGER, /* BOOLEAN, INTEGER; ENUMERATED: item index */
    RP_VALUE_REAL,
    RP_VALUE_OCTETS, /* strings and object identifiers */
    RP_VALUE_NULL,
    RP_VALUE_OTHER /* of a composite or open type: not looked into */
};

struct rp_cvalue {
    uint8_t kind; /* enum rp_cvalue_kind */
    rp_wide integer;
    double real;
    const uint8_t *octets; /* kept by the schema */
    uint32_t len;          /* as in struct rp_node: octets, bits or characters */
    const struct rp_ctype *type;
};

/** @param governor  what type it must be of; its kind and items are known @return false on error (reported) */
bool rp_value_of(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ctype *governor, const struct rp_ast_value *ast,
                 struct rp_cvalue *out);

/** The value of a number token, or of a reference to an INTEGER, where no type governs (tags, sizes, enumeration items). */
bool rp_value_integer(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_value *ast, rp_wide *out);

/** Value of a value symbol (not an object), looked up once. */
const struct rp_cvalue *rp_value_named(struct rp_asn1 *c, struct rp_symbol *symbol, const struct rp_token *at);

/** A string value: text, 'B' or 'H' forms, lists of characters; in strings.c. */
bool rp_string_value(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ctype *governor, const struct rp_ast_value *ast,
                     struct rp_cvalue *out);

/** "INTEGER", "SEQUENCE OF" ... of a type, for messages. */
const char *rp_type_word(const struct rp_ctype *type);

/** Reads a DEFAULT into its slot. */
bool rp_default_fill(struct rp_asn1 *c, const struct rp_pending_default *pending);

#endif
