/** Paths that rules ask for, compiled and checked once for each type. */
#ifndef RP_PATHS_H
#define RP_PATHS_H

#include "harness/script/engine.h"
#include "harness/script/steps.h"

/** Fields of m that are not IEs, in place of a path. Those that are always set stand in the table behind m. */
enum rp_own_field { RP_OWN_NONE, RP_OWN_ABSENT, RP_OWN_OCTETS, RP_OWN_CLOCK, RP_OWN_TEXT };

struct rp_path {
    enum rp_own_field own;
    bool absent; /* another edition or another message has it, this type does not */
    struct rp_steps steps;
};

/** How a name is meant: as m.NAME or as m:get(NAME). */
enum rp_path_use { RP_PATH_GET, RP_PATH_FIELD };

/** Sets rules->paths. @return false without memory. May raise a memory error */
bool rp_paths_new(struct rp_rules *rules);
void rp_paths_free(struct rp_rules *rules);

/** The compiled form of the string at `index` for a view; valid until the next call.
 *  Raises an error with "did you mean" when no edition of the type has such a part. */
const struct rp_path *rp_paths_of(struct rp_rules *rules, const struct rp_view *view, int index, enum rp_path_use use);

/** Whether a path lives as long as the engine. */
bool rp_paths_is_kept(const struct rp_rules *rules, const struct rp_path *path);

#endif
