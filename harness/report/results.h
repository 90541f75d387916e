/** results.jsonl: the truth of a run, one JSON object a line, each line on the disk as soon as it is known. */
#ifndef RP_REPORT_RESULTS_H
#define RP_REPORT_RESULTS_H

#include "harness/report/run.h"

struct rp_results;

/** Creates the file and writes its first line. @return NULL with errno set */
struct rp_results *rp_results_open(const char *path, const struct rp_run *run);

/** A link when it is found. What became of it stands in its own line at the end. */
void rp_results_link(struct rp_results *results, const struct rp_run_link *link);

/** A finding when it is made; the same one again is only counted, see rp_results_rules. */
void rp_results_finding(struct rp_results *results, const struct rp_rule_result *rule, const struct rp_finding *finding);

/** Every rule with its verdict, its findings and their frames. */
void rp_results_rules(struct rp_results *results, const struct rp_verdicts *verdicts);

/** What became of each link, what was odd in the capture, and the last line: counts, verdict, exit status. */
void rp_results_end(struct rp_results *results, const struct rp_run *run, const struct rp_verdicts *verdicts);

/** @return 0, or the errno of the first write that failed (a full disk) */
int rp_results_close(struct rp_results *results);

#endif
