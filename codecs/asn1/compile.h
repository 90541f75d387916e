/** What the passes of the ASN.1 compiler share: the set being compiled, its modules and symbols, its error list. */
#ifndef RP_ASN1_COMPILE_H
#define RP_ASN1_COMPILE_H

#include "codecs/asn1/ast.h"
#include "codecs/suggest.h"

enum { RP_ASN1_MAX_DEPTH = 200, RP_ASN1_MAX_ERRORS = 50, RP_PLACE_MAX = 150 };

struct rp_ctype;
struct rp_cset;
struct rp_cvalue;
struct rp_cobject;
struct rp_instance;
struct rp_pending_default;

/** An actual parameter, looked up. Exactly one member is set. */
struct rp_arg {
    struct rp_ctype *type; /* also for a value set */
    struct rp_cvalue *value;
    struct rp_cset *set;
    struct rp_class *class_;
    struct rp_cobject *object;
};

/** Where text is read: its module, and what the parameters of the definition around it stand for. */
struct rp_env {
    struct rp_asn1_module *module;
    const struct rp_ast_param *params;
    const struct rp_arg *args; /* one for each of params */
    unsigned depth;            /* of parameterised definitions within another */
};

struct rp_asn1_module {
    struct rp_env env;
    struct rp_asn1_module *next;
    const struct rp_token *token; /* of its name */
    const struct rp_name *name;
    const struct rp_source *source;
    struct rp_ast_braces oid_braces;
    const char *oid; /* dotted, or "" */
    uint8_t tagging; /* enum rp_tagging */
    bool extensibility_implied;
    bool exports_all;
    bool builtin;
    struct rp_ast_braces exports;            /* the symbols between EXPORTS and ; */
    struct rp_symbol *symbols, *last_symbol; /* in textual order, imports included */
};

/** A name defined in, or imported into, a module. */
struct rp_symbol {
    struct rp_symbol *next;  /* in the module */
    struct rp_symbol *chain; /* in the hash table */
    const struct rp_token *token;
    const struct rp_name *name;
    struct rp_asn1_module *module;
    struct rp_ast_param *params;
    struct rp_ast_type *type;    /* TYPE: what stands behind ::=; VALUE, SET: the governor */
    struct rp_ast_value *value;  /* VALUE (or object) */
    struct rp_ast_braces braces; /* SET */
    struct rp_ast_class *class_ast;
    const struct rp_ast_import *import;
    struct rp_symbol *target; /* IMPORT: what it stands for, once looked up */
    uint8_t kind;             /* enum rp_symbol_kind */
    bool exported;
    bool failed; /* its text is faulty: uses of it are not reported again */
    /* what it became, once asked for */
    struct rp_ctype *ctype;
    struct rp_class *class_;
    struct rp_cvalue *cvalue;
    struct rp_cset *cset;
    struct rp_cobject *object;
};

/** A definition being resolved, for naming cycles. */
struct rp_busy {
    struct rp_busy *outer;
    const void *what;
    const char *name;
};

struct rp_asn1 {
    struct rp_arena *arena;   /* owner of the schema */
    struct rp_arena *scratch; /* of everything else; gone when the compilation ends */
    struct rp_diags *diags;
    struct rp_names names;
    struct rp_tokens *texts;
    size_t n_texts;
    struct rp_asn1_module *modules, *last_module;
    struct rp_symbol **table; /* by (module, name) */
    size_t table_cap, n_symbols;
    struct rp_instance **instances; /* of parameterised definitions, by arguments */
    size_t n_instances;
    uint32_t stamp;                     /* see rp_name.stamp */
    struct rp_ctype *types, *last_type; /* all, in order of creation */
    struct rp_cset *sets, *last_set;
    struct rp_pending_default *defaults;
    struct rp_busy *busy;
    unsigned depth, errors;
    struct rp_diag dropped; /* stands for an error that is in the list already */
    bool no_memory;
    bool cut;          /* a text breaks off: what it does not define is not reported */
    bool first_wins;   /* a module that an earlier source has is passed over */
    bool markers_last; /* extension markers of CHOICEs are read as if they stood at the end */
};

/** @return cleared memory of the scratch arena, or NULL with no_memory set. */
void *rp_asn1_make(struct rp_asn1 *c, size_t size);

/** As rp_asn1_make, n elements of the arena that the schema keeps. */
void *rp_asn1_keep(struct rp_asn1 *c, size_t n, size_t size);

/** Adds an error at a token. @return the finding, for more text; never NULL */
struct rp_diag *rp_asn1_error(struct rp_asn1 *c, const struct rp_token *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** @return whether as many errors were found as are worth reading. */
bool rp_asn1_enough(const struct rp_asn1 *c);

/** @return the source that a token was read from. */
const struct rp_source *rp_asn1_source(const struct rp_asn1 *c, const struct rp_token *at);

/** "file:line:column" of a token, for messages about two places. */
void rp_asn1_place(const struct rp_asn1 *c, const struct rp_token *at, char *out, size_t size);

/** Enters a definition: refuses recursion that comes back to itself (the error names the cycle) or goes too deep.
 *  @param entry  lives on the caller's stack until rp_asn1_leave @return false with an error */
bool rp_asn1_enter(struct rp_asn1 *c, struct rp_busy *entry, const void *what, const char *name, const struct rp_token *at);
void rp_asn1_leave(struct rp_asn1 *c);

#endif
