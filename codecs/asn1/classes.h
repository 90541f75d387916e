/** Information object classes (X.681). */
#ifndef RP_ASN1_CLASSES_H
#define RP_ASN1_CLASSES_H

#include "codecs/asn1/params.h"

enum rp_field_kind {
    RP_FIELD_TYPE,       /* &Type */
    RP_FIELD_VALUE,      /* &value Type */
    RP_FIELD_OPEN_VALUE, /* &value &Type */
    RP_FIELD_SET,        /* &Set Type or &Set &Type */
    RP_FIELD_OBJECT,     /* &object CLASS */
    RP_FIELD_OBJECTS     /* &Objects CLASS */
};

struct rp_cfield {
    const struct rp_ast_class_field *ast;
    const struct rp_name *name;
    uint8_t kind;            /* enum rp_field_kind */
    struct rp_ctype *type;   /* RP_FIELD_VALUE: its type; RP_FIELD_TYPE: the open type that stands for it */
    struct rp_class *class_; /* RP_FIELD_OBJECT */
};

struct rp_class {
    const char *name;
    const struct rp_env *env;
    const struct rp_ast_class *ast;
    struct rp_cfield *fields;
    struct rp_class_field *shown; /* the same, for the schema */
    uint16_t n_fields;
    uint16_t key;      /* index of the UNIQUE field, else of `id`; n_fields = none */
    uint16_t presence; /* of a value field named `presence`, `criticality`; n_fields = none */
    uint16_t criticality;
};

/** @return the class that a parsed type names, or NULL when it names none (nothing is reported). */
struct rp_class *rp_class_if(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_type *ast);

/** @return the class that a reference names; NULL when it names none (reported). */
struct rp_class *rp_class_of(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref);

/** @return the class's field of this name, or NULL (reported with "did you mean"). */
struct rp_cfield *rp_class_field(struct rp_asn1 *c, const struct rp_class *class_, const struct rp_token *name);

/** The kind of a field, looked up once. */
bool rp_class_field_ready(struct rp_asn1 *c, const struct rp_class *class_, struct rp_cfield *field);

#endif
