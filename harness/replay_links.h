/** What a report says of a link, taken from the session. */
#ifndef RP_REPLAY_LINKS_H
#define RP_REPLAY_LINKS_H

#include "harness/report/run.h"

/** Fills a report's link; its lists belong to the arena, its texts to the session. @return false when the arena refused */
bool rp_replay_link(struct rp_e2_session *session, const struct rp_e2_link *link, struct rp_arena *arena,
                    struct rp_run_link *line);

#endif
