/** The front end: texts to modules and symbols. What the registry needs of it besides a whole compilation. */
#ifndef RP_ASN1_FRONT_H
#define RP_ASN1_FRONT_H

#include "codecs/asn1/compile.h"

/** Reads sources into `c` (its arenas and diags are set). The built-in module comes first. */
void rp_front_parse(struct rp_asn1 *c, const struct rp_source *sources, size_t n_sources);

/** As rp_schema_compile. @param first_wins  a module that an earlier source has, too, is passed over instead of an error */
const struct rp_schema *rp_front_compile(const char *name, const struct rp_source *sources, size_t n_sources, bool first_wins,
                                         struct rp_arena *arena, struct rp_diags *diags);

/** A module and what it imports from. */
struct rp_scan_module {
    const char *name, *oid;
    const char *const *imports;     /* names of modules */
    const char *const *import_oids; /* "" where none is given */
    size_t n_imports;
};

struct rp_scan {
    const struct rp_scan_module *modules;
    size_t n_modules;
};

/** Finds the modules in a text. @return false with findings: a grammar error, no module, no memory */
bool rp_front_scan(const struct rp_source *source, struct rp_arena *arena, struct rp_diags *diags, struct rp_scan *scan);

#endif
