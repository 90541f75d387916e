/** JUnit XML, as CI servers read it. */
#ifndef RP_REPORT_JUNIT_H
#define RP_REPORT_JUNIT_H

#include "harness/report/run.h"

/** Writes the file: one testsuite, a testcase a rule. An inconclusive rule is an error of type "inconclusive", a warning passes
 * with its findings in system-out, or fails with run->strict.
 *  @return 0, or an errno value */
int rp_junit_write(const char *path, const struct rp_run *run, const struct rp_verdicts *verdicts);

#endif
