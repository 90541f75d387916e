/** What a report needs to know of a run besides its verdicts. Plain numbers and text: a report never sees a message. */
#ifndef RP_REPORT_RUN_H
#define RP_REPORT_RUN_H

#include <stdbool.h>

#include "harness/capture/capture.h"
#include "harness/e2/session.h"
#include "harness/verdict/verdict.h"

struct rp_run_function {
    int64_t id, revision;
    const char *oid;
    const char *state; /* "offered", "accepted", "rejected", "deleted" */
    const char *model; /* set name, or NULL */
    const char *why;
};

struct rp_run_count {
    const char *name; /* of a message */
    uint64_t n;
};

/** An association with E2AP. */
struct rp_run_link {
    uint32_t id;
    const char *endpoint[2];
    int node_side; /* index of the E2 node's endpoint, -1 unknown */
    const char *file, *e2ap, *e2ap_why;
    uint64_t first_frame, last_frame, messages, refused, subscriptions;
    int64_t first_ns, last_ns;
    const struct rp_run_function *functions;
    size_t n_functions;
    const struct rp_run_count *counts;
    size_t n_counts;
};

/** Something odd in a capture or on an association: a sentence, and how often the like of it came. */
struct rp_run_note {
    const char *kind; /* "lost-tsn" */
    const char *sentence;
    uint64_t frame, times;
    bool error; /* the capture could not be read on */
};

struct rp_run {
    const char *version;
    const char *const *files;
    size_t n_files;
    const char *options; /* as given on the command line, files left out */
    const char *bench;   /* name of the bench file, or NULL */
    double slack;
    bool strict;
    int64_t started_ns; /* wall clock */
    struct rp_capture_counts capture;
    struct rp_e2_counts e2;
    const struct rp_run_link *links;
    size_t n_links;
    const struct rp_run_note *notes;
    size_t n_notes;
    int exit_status;
    const char *trouble;      /* why the run could not be carried out in full, or NULL */
    const char *results_path; /* results.jsonl, or NULL */
    const char *junit_path;
};

/** Rules by verdict. */
struct rp_verdict_counts {
    size_t of[RP_ERROR + 1];
};
struct rp_verdict_counts rp_count_verdicts(const struct rp_verdicts *verdicts);

#endif
