/** The front end: texts to modules and symbols. What the registry needs of it besides a whole compilation. */
#ifndef RP_ASN1_FRONT_H
#define RP_ASN1_FRONT_H

#include "codecs/asn1/compile.h"

/** Reads sources into `c` (its arenas and diags are set). The built-in module comes first. */
void rp_front_parse(struct rp_asn1 *c, const struct rp_source *sources, size_t n_sources);

/** How a set is compiled. */
enum rp_front_mode {
    RP_FRONT_STRICT,      /* as rp_schema_compile says */
    RP_FRONT_FIRST_WINS,  /* a module that an earlier source has, too, is passed over instead of an error */
    RP_FRONT_MARKERS_LAST /* so, and the extension markers of the first source's CHOICEs are read as if they stood at the end */
};

const struct rp_schema *rp_front_compile(const char *name, const struct rp_source *sources, size_t n_sources,
                                         enum rp_front_mode mode, struct rp_arena *arena, struct rp_diags *diags);

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
