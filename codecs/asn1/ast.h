/** The parsed form of module text, before names are looked up. Everything here lives in the compiler's scratch arena. */
#ifndef RP_ASN1_AST_H
#define RP_ASN1_AST_H

#include <stdbool.h>

#include "codecs/asn1/lexer.h"

struct rp_ast_type;
struct rp_ast_value;
struct rp_ast_set;
struct rp_arg;

/** Tokens between the braces of something whose grammar depends on what governs it: [first, end). */
struct rp_ast_braces {
    const struct rp_token *first, *end;
};

enum rp_arg_kind { RP_ARG_TYPE, RP_ARG_VALUE, RP_ARG_BRACES };

/** Actual parameter (X.683 9.5). Braces hold a set, or a value with braces of its own. */
struct rp_ast_arg {
    struct rp_ast_arg *next;
    const struct rp_token *token, *end; /* its tokens [token, end) */
    const struct rp_arg *known;         /* what it stands for everywhere, when no parameter is in it */
    enum rp_arg_kind kind;
    struct rp_ast_type *type;
    struct rp_ast_value *value;
    struct rp_ast_braces braces;
};

/** A reference: [Module.]name[{args}][.&field...]. */
struct rp_ast_ref {
    const struct rp_token *token; /* of the name */
    const struct rp_name *module; /* or NULL */
    const struct rp_name *name;
    struct rp_ast_arg *args;
    const struct rp_token *field; /* the last &field, or NULL */
    bool has_args;
};

struct rp_ast_tag {
    uint8_t tag_class; /* enum rp_tag_class */
    const struct rp_token *token;
    struct rp_ast_value *number;
};

/** Named number, named bit or enumeration item. */
struct rp_ast_item {
    struct rp_ast_item *next;
    const struct rp_token *token;
    struct rp_ast_value *number; /* NULL: numbered automatically */
    bool addition;               /* behind the extension marker */
};

enum rp_part { RP_PART_ROOT, RP_PART_ADDITION, RP_PART_ROOT2 };

/** Component of a SEQUENCE or SET, alternative of a CHOICE. */
struct rp_ast_component {
    struct rp_ast_component *next;
    const struct rp_token *token; /* its identifier; COMPONENTS for `COMPONENTS OF` */
    struct rp_ast_type *type;
    struct rp_ast_value *dflt;
    uint8_t presence; /* enum rp_presence */
    uint8_t part;     /* enum rp_part */
    uint16_t group;   /* number of its [[ ]], from 1; 0 = in none */
    bool components_of;
};

/** Kinds of types beyond those of enum rp_kind. */
enum rp_ast_type_kind {
    RP_AST_REF = RP_KINDS, /* Foo, Module.Foo, Foo{...} */
    RP_AST_FIELD,          /* CLASS.&Field, object.&Field */
    RP_AST_SELECTION       /* a < Foo */
};

struct rp_ast_type {
    const struct rp_token *token;
    struct rp_ast_tag *tag; /* the outermost, or NULL */
    struct rp_ast_constraint *constraints;
    struct rp_ast_ref ref;               /* RP_AST_REF, RP_AST_FIELD */
    struct rp_ast_component *components; /* SEQUENCE, SET, CHOICE */
    struct rp_ast_item *items;           /* ENUMERATED, INTEGER, BIT STRING */
    struct rp_ast_type *element;         /* SEQUENCE OF, SET OF; RP_AST_SELECTION: the CHOICE */
    const struct rp_token *selected;     /* RP_AST_SELECTION */
    uint8_t kind;                        /* enum rp_kind or enum rp_ast_type_kind */
    uint8_t keyword;                     /* of a string or time: which */
    bool extensible;
};

enum rp_ast_value_kind {
    RP_VAL_NUMBER,
    RP_VAL_REAL,
    RP_VAL_KEYWORD, /* TRUE FALSE NULL PLUS-INFINITY MINUS-INFINITY NOT-A-NUMBER MIN MAX */
    RP_VAL_CSTRING,
    RP_VAL_BSTRING,
    RP_VAL_HSTRING,
    RP_VAL_REF, /* value reference, or identifier of an enumeration item, number or bit */
    RP_VAL_BRACES,
    RP_VAL_CHOICE, /* identifier : value, or Type : value */
    RP_VAL_CONTAINING
};

struct rp_ast_value {
    const struct rp_token *token, *end; /* its tokens [token, end) */
    struct rp_ast_ref ref;
    struct rp_ast_braces braces;
    uint8_t kind; /* enum rp_ast_value_kind */
    bool minus;
};

enum rp_constraint_kind { RP_CON_SUBTYPE, RP_CON_TABLE, RP_CON_CONTENTS, RP_CON_USER };

/** One parenthesis behind a type; serial ones are chained, first to last. */
struct rp_ast_constraint {
    struct rp_ast_constraint *next;
    const struct rp_token *token;
    uint8_t kind;              /* enum rp_constraint_kind */
    bool extensible;           /* `...` behind the root */
    struct rp_ast_set *set;    /* RP_CON_SUBTYPE: the root */
    struct rp_ast_type *type;  /* RP_CON_CONTENTS: the type, or NULL for ENCODED BY alone */
    struct rp_ast_ref table;   /* RP_CON_TABLE: the object set */
    const struct rp_token *at; /* RP_CON_TABLE: first identifier of the first @, or NULL */
    uint8_t at_levels;         /* dots behind the @ */
    bool at_nested;            /* more identifiers follow: a.b */
};

enum rp_set_kind {
    RP_SET_UNION,
    RP_SET_INTERSECTION,
    RP_SET_EXCEPT,
    RP_SET_ALL_EXCEPT,
    RP_SET_VALUE,
    RP_SET_RANGE,
    RP_SET_SIZE,
    RP_SET_FROM,
    RP_SET_TYPE,
    RP_SET_OTHER /* PATTERN, WITH COMPONENT(S), SETTINGS: PER does not see them */
};

/** Element set of a subtype constraint (X.680 clause 50). */
struct rp_ast_set {
    struct rp_ast_set *next; /* while operands are collected */
    const struct rp_token *token;
    uint8_t kind;                    /* enum rp_set_kind */
    bool lo_open, hi_open;           /* RP_SET_RANGE: `<` beside the bound */
    struct rp_ast_set *a, *b;        /* operands; RP_SET_ALL_EXCEPT: b */
    struct rp_ast_value *lo, *hi;    /* RP_SET_VALUE: lo */
    struct rp_ast_constraint *inner; /* RP_SET_SIZE, RP_SET_FROM */
    struct rp_ast_type *type;
};

/** Formal parameter (X.683 8.3). */
struct rp_ast_param {
    struct rp_ast_param *next;
    const struct rp_token *token;
    struct rp_ast_type *governor; /* or NULL */
};

/** Field of an information object class (X.681 9). */
struct rp_ast_class_field {
    struct rp_ast_class_field *next;
    const struct rp_token *token; /* &field */
    struct rp_ast_type *type;     /* governor; NULL for a type field */
    struct rp_ast_type *type_dflt;
    struct rp_ast_value *value_dflt;
    bool unique, optional, governed_by_field, has_default;
};

/** WITH SYNTAX: words, fields and optional groups (X.681 10). */
struct rp_ast_syntax {
    struct rp_ast_syntax *next;
    const struct rp_token *token;
    struct rp_ast_syntax *group; /* of an optional group: what is in it */
};

struct rp_ast_class {
    const struct rp_token *token;
    struct rp_ast_class_field *fields;
    struct rp_ast_syntax *syntax; /* NULL: the default syntax */
};

/** One setting of an object: a field of its class and what the object gives for it. */
struct rp_ast_setting {
    struct rp_ast_setting *next;
    const struct rp_token *field; /* as written, or as named by the syntax */
    uint16_t index;               /* of the field in its class */
    struct rp_ast_type *type;
    struct rp_ast_value *value;
};

struct rp_ast_object {
    struct rp_ast_setting *settings;
};

/** Element of an object set: an object in braces, or a reference to an object or a set. */
struct rp_ast_member {
    struct rp_ast_member *next;
    const struct rp_token *token;
    struct rp_ast_ref ref;
    struct rp_ast_braces braces;  /* first NULL: a reference */
    struct rp_ast_object *object; /* the braces, parsed when first met with the class */
};

struct rp_ast_object_set {
    struct rp_ast_member *members;
    bool extensible;
};

enum rp_symbol_kind { RP_SYM_TYPE, RP_SYM_CLASS, RP_SYM_VALUE, RP_SYM_SET, RP_SYM_IMPORT };

struct rp_ast_import {
    struct rp_ast_import *next;
    const struct rp_token *module;
    struct rp_ast_braces oid;
};

enum rp_tagging { RP_TAGS_EXPLICIT, RP_TAGS_IMPLICIT, RP_TAGS_AUTOMATIC };

#endif
