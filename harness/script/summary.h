/** The verdicts of all rules. */
#ifndef RP_SUMMARY_H
#define RP_SUMMARY_H

#include "harness/script/engine.h"

/** Makes room for the results. @return false without memory */
bool rp_summary_new(struct rp_rules *rules);

#endif
