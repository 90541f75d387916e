/** Findings on stderr, for the commands. */
#ifndef RP_FINDINGS_H
#define RP_FINDINGS_H

#include "codecs/diag.h"

/** Prints a line for each finding, and how many more there were than are kept. */
void rp_findings_print(const struct rp_diags *diags);

/** Whether something is wrong: a finding above RP_CANONICAL. */
int rp_findings_bad(const struct rp_diags *diags);

#endif
