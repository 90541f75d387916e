/** ranproof bench replay: captures through the reader, the E2 session and the rules, stage by stage. */
#ifndef RP_BENCH_REPLAY_H
#define RP_BENCH_REPLAY_H

#include <stddef.h>

/** Prints, for each stage, CPU time and E2AP messages a second. @return an rp_exit status */
int rp_bench_replay(const char *const *files, size_t n_files);

#endif
