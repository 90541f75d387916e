#include "harness/replay_links.h"

static const char *const states[] = {
    [RP_FUNCTION_OFFERED] = "offered",
    [RP_FUNCTION_ACCEPTED] = "accepted",
    [RP_FUNCTION_REJECTED] = "rejected",
    [RP_FUNCTION_DELETED] = "deleted",
};

static bool fill_functions(const struct rp_e2_link *link, struct rp_arena *arena, struct rp_run_link *line)
{
    struct rp_run_function *functions = rp_arena_calloc(arena, link->n_functions + 1, sizeof *functions);
    if (!functions)
        return false;
    for (uint32_t i = 0; i < link->n_functions; i++) {
        const struct rp_ran_function *function = &link->functions[i];
        functions[i] = (struct rp_run_function){ .id = function->id,
                                                 .revision = function->revision,
                                                 .oid = function->oid,
                                                 .state = states[function->state],
                                                 .model = function->model ? function->model->name : NULL,
                                                 .why = function->model_why ? function->model_why : "" };
    }
    line->functions = functions;
    line->n_functions = link->n_functions;
    return true;
}

static bool fill_counts(struct rp_e2_session *session, const struct rp_e2_link *link, struct rp_arena *arena,
                        struct rp_run_link *line)
{
    struct rp_run_count *counts = rp_arena_calloc(arena, (size_t)3 * RP_E2_PROCEDURES, sizeof *counts);
    if (!counts)
        return false;
    for (int procedure = 0; procedure < RP_E2_PROCEDURES; procedure++)
        for (int outcome = 0; outcome < 3; outcome++) {
            if (!link->counts[outcome][procedure])
                continue;
            const char *name = rp_e2_message_name(session, outcome, procedure);
            if (!name)
                name = rp_arena_printf(arena, "message type %d of procedure %d", outcome, procedure);
            if (!name)
                return false;
            counts[line->n_counts++] = (struct rp_run_count){ name, link->counts[outcome][procedure] };
        }
    line->counts = counts;
    return true;
}

bool rp_replay_link(struct rp_e2_session *session, const struct rp_e2_link *link, struct rp_arena *arena,
                    struct rp_run_link *line)
{
    *line = (struct rp_run_link){ .id = link->id,
                                  .endpoint = { link->endpoint[0], link->endpoint[1] },
                                  .node_side = link->node_side,
                                  .file = link->file,
                                  .e2ap = link->e2ap ? link->e2ap->name : "",
                                  .e2ap_why = link->e2ap_why,
                                  .first_frame = link->first_frame,
                                  .last_frame = link->last_frame,
                                  .messages = link->messages,
                                  .refused = link->refused,
                                  .subscriptions = link->subscriptions,
                                  .first_ns = link->first_ns,
                                  .last_ns = link->last_ns };
    return fill_functions(link, arena, line) && fill_counts(session, link, arena, line);
}
