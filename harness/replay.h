/** A replay: captures read, their E2 traffic judged, the results written. */
#ifndef RP_REPLAY_H
#define RP_REPLAY_H

#include "harness/e2/session.h"
#include "harness/script/rules.h"

struct rp_replay_options {
    const char *const *files;
    size_t n_files;
    struct rp_e2_options e2;
    const struct rp_rule_source *rules; /* NULL: the shipped ones */
    size_t n_rules;
    double slack;        /* seconds */
    const char *out_dir; /* for results.jsonl and junit.xml; NULL: none */
    const char *bench;   /* name, for the report */
    const char *options; /* the command line's options, for the report */
    bool strict, quiet, verbose, no_colour;
};

/** Runs a replay: prints on stdout, says on stderr what went wrong.
 *  @return exit status of DESIGN.md: 0 all pass, 1 a fail, 2 inconclusive, an error, a damaged capture or one without E2AP */
int rp_replay(struct rp_registry *registry, const struct rp_replay_options *options);

#endif
