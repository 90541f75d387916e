/** ASN.1 module text (X.680 to X.683) compiled to type tables. */
#ifndef RP_SCHEMA_H
#define RP_SCHEMA_H

#include "codecs/diag.h"
#include "codecs/type.h"

/** A text with one or more modules. The text is read in place and must outlive the schema. */
struct rp_source {
    const char *file; /* for messages */
    const char *text;
    size_t len;
};

struct rp_module {
    const char *name;
    const char *oid; /* "1.3.6.1.4.1.53148.1.2.2.2", or "" */
    const char *file;
    uint32_t line;
};

/** A compiled set of modules. All of it belongs to the arena it was compiled in. */
struct rp_schema {
    const char *name; /* "e2ap-03.01" */
    const struct rp_module *modules;
    uint32_t n_modules;
    const struct rp_type *const *types; /* every named type without parameters, module by module, in textual order */
    uint32_t n_types;
};

/** Compiles a set of modules that is closed under IMPORTS.
 *  Goes on after an error to find more; each finding has file, line, column, what was expected and near what.
 *  @param arena  owner of the schema
 *  @return NULL when diags has an error (grade RP_TRANSFER) or the arena refused */
const struct rp_schema *rp_schema_compile(const char *name, const struct rp_source *sources, size_t n_sources,
                                          struct rp_arena *arena, struct rp_diags *diags);

/** @param name  "E2AP-PDU", or "E2AP-PDU-Descriptions.E2AP-PDU" when two modules have it. @return NULL when unknown */
const struct rp_type *rp_schema_type(const struct rp_schema *schema, const char *name);

#endif
