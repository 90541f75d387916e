/** The bench file: what the device under test declares (ISO/IEC 9646's ICS and IXIT), a Lua table without code. */
#ifndef RP_BENCH_FILE_H
#define RP_BENCH_FILE_H

#include <stdbool.h>

#include "codecs/asn1/registry.h"

enum { RP_BENCH_MAX_MODELS = 16 };

struct rp_bench_file {
    const char *e2ap;                    /* set name declared, or NULL */
    const char *sm[RP_BENCH_MAX_MODELS]; /* set names declared */
    size_t n_sm;
    double slack; /* seconds */
    bool has_slack;
};

/** Reads a bench file. It runs in an empty Lua state: no libraries, a limit on memory and instructions.
 *  Editions may be written "v03" (the newest shipped edition of that major version), "03.00" or "e2sm-kpm-03.00".
 *  @param file   name for messages
 *  @param arena  owner of the texts in `bench`
 *  @return false with findings: a syntax error, a key or edition that is not known ("did you mean"), a value of a wrong type */
bool rp_bench_file_read(const char *file, const char *text, size_t len, struct rp_registry *registry, struct rp_arena *arena,
                        struct rp_bench_file *bench, struct rp_diags *diags);

#endif
