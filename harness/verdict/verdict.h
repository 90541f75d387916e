/** Verdicts (ISO/IEC 9646 with TTCN-3's error) and findings: what a rule or a case concluded, and on what evidence. */
#ifndef RP_VERDICT_H
#define RP_VERDICT_H

#include <stddef.h>
#include <stdint.h>

/** In the order in which a verdict can only get worse. A failed `should` is RP_WARN. */
enum rp_verdict { RP_SKIP, RP_PASS, RP_WARN, RP_INCONCLUSIVE, RP_FAIL, RP_ERROR };

/** "skip", "pass", "warning", "inconclusive", "fail", "error". */
const char *rp_verdict_name(enum rp_verdict verdict);

/** One piece of evidence. Text fields are never NULL. */
struct rp_finding {
    struct rp_finding *next;
    enum rp_verdict verdict; /* RP_FAIL, RP_WARN, RP_INCONCLUSIVE or RP_ERROR; RP_PASS: a remark that fails nothing */
    const char *side;        /* "e2node", "ric" or "": who is wrong */
    const char *endpoint;    /* "10.0.7.1:36421", of that side */
    const char *peer;        /* the other endpoint */
    const char *message;     /* "RICindication" */
    const char *path, *clause, *expected, *seen;
    const char *text; /* the sentence */
    uint64_t frame;   /* first frame, 0 none */
    uint32_t number;  /* message number in the session, 0 none */
    int64_t time_ns;
    uint64_t times;         /* folded: how often */
    const uint64_t *frames; /* the frames, n_frames of them (a limit is kept) */
    uint32_t n_frames;
};

/** A rule's metadata and conclusion. Strings are never NULL. */
struct rp_rule_result {
    const char *id, *title, *level, *judges, *file, *advice;
    const char *const *spec;
    size_t n_spec;
    enum rp_verdict verdict;
    const char *why;    /* of skip, inconclusive or error: one sentence */
    uint64_t exercised; /* events that concerned it */
    const struct rp_finding *findings;
    uint64_t n_findings; /* all that were made, folded ones counted each */
};

struct rp_verdicts {
    const struct rp_rule_result *results; /* sorted by id */
    size_t n;
};

/** Exit status for a run: 0 all pass or skipped (warnings too), 1 a fail, 2 an inconclusive or an error and no fail. */
int rp_verdicts_exit_status(const struct rp_verdicts *verdicts, int strict);

#endif
