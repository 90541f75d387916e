/** What a person reads on the terminal. */
#ifndef RP_REPORT_CONSOLE_H
#define RP_REPORT_CONSOLE_H

#include <stdio.h>

#include "harness/report/run.h"

struct rp_console {
    FILE *out;
    bool colour;
    bool quiet; /* the failures and the summary only */
};

/** The links: who they are, their editions and why, RAN functions, message counts. */
void rp_console_links(const struct rp_console *console, const struct rp_run *run);

/** Every rule that failed, warned, is inconclusive or wrong: which side, which field, which clause, where in the capture, what to
 * do. */
void rp_console_findings(const struct rp_console *console, const struct rp_run *run, const struct rp_verdicts *verdicts);

/** One line a rule. */
void rp_console_table(const struct rp_console *console, const struct rp_verdicts *verdicts);

/** The last lines: counts, verdicts, where the report lies, what went wrong with the run itself. */
void rp_console_summary(const struct rp_console *console, const struct rp_run *run, const struct rp_verdicts *verdicts);

/** Whether stdout wants colour: a terminal, and NO_COLOR not set to anything (no-color.org). */
bool rp_console_wants_colour(FILE *out);

/** Overwrites one line on `out` with how far a run is; erases it when counts is NULL.
 *  @param octets  size of all files, 0 if unknown */
void rp_console_progress(FILE *out, const struct rp_capture_counts *counts, uint64_t pdus);

#endif
