#include "harness/script/rules.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/embedded.h"
#include "harness/script/dispatch.h"
#include "harness/script/doubt.h"
#include "harness/script/links.h"
#include "harness/script/load.h"
#include "harness/script/message.h"
#include "harness/script/paths.h"
#include "harness/script/pending.h"
#include "harness/script/summary.h"

static struct rp_rule_source *shipped_sources(struct rp_rules *rules, size_t *n)
{
    size_t most = 0;
    while (rp_embedded_rules[most].path)
        most++;
    struct rp_rule_source *sources = rp_arena_calloc(&rules->arena, most, sizeof *sources);
    *n = 0;
    for (size_t i = 0; sources && i < most; i++) {
        const struct rp_embedded *file = &rp_embedded_rules[i];
        if (!strncmp(file->path, "rules/", 6))
            sources[(*n)++] = (struct rp_rule_source){ file->path, file->start, (size_t)(file->end - file->start) };
    }
    return sources;
}

static bool listen(struct rp_rules *rules)
{
    size_t n = RP_ON_EVENTS + rules->names.n_messages;
    rules->listeners = rp_arena_calloc(&rules->arena, n, sizeof *rules->listeners);
    for (size_t i = 0; rules->listeners && i < n; i++) {
        struct rp_listeners *list = &rules->listeners[i];
        list->rule = rp_arena_calloc(&rules->arena, rules->n_rules, sizeof(struct rp_rule *));
        if (!list->rule)
            return false;
        for (size_t k = 0; k < rules->n_rules; k++) {
            const struct rp_rule *rule = &rules->rules[k];
            bool hears = false;
            for (size_t j = 0; j < rule->n_on; j++)
                hears |= rule->on[j] == i || (rule->on[j] == RP_ON_ANY && i >= RP_ON_EVENTS);
            if (hears)
                list->rule[list->n++] = &rules->rules[k];
        }
    }
    return rules->listeners != NULL;
}

static int open_state(lua_State *L)
{
    struct rp_rules *rules = lua_touserdata(L, 1);
    return rp_paths_new(rules) ? 0 : luaL_error(L, "not enough memory");
}

static bool start(struct rp_rules *rules, const struct rp_rule_source *sources, size_t n)
{
    rules->names = (struct rp_names){ .arena = &rules->arena, .registry = rules->registry };
    rules->lua = rp_lua_new(&rules->box, rules);
    if (!rules->lua || !rp_names_load(&rules->names) || !rp_pending_new(rules) || !rp_message_open(rules) ||
        rp_script_protected(rules, open_state, rules))
        return false;
    if (!sources)
        sources = shipped_sources(rules, &n);
    return sources && rp_load_rules(rules, sources, n) && listen(rules) && rp_summary_new(rules);
}

struct rp_rules *rp_rules_new(const struct rp_rule_source *sources, size_t n_sources, struct rp_registry *registry,
                              double slack_seconds)
{
    struct rp_rules *rules = calloc(1, sizeof *rules);
    if (!rules)
        return NULL;
    rules->arena.limit = RP_LUA_LIMIT_OCTETS;
    rules->registry = registry;
    rules->origin_ns = INT64_MIN;
    rules->slack_ns = slack_seconds > 0 && slack_seconds < 1e9 ? (int64_t)(slack_seconds * 1e9) : 0;
    if (start(rules, sources, n_sources))
        return rules;
    rp_rules_free(rules);
    return NULL;
}

void rp_rules_free(struct rp_rules *rules)
{
    if (!rules)
        return;
    rp_doubt_free(rules);
    rp_pending_free(rules);
    rp_links_free(rules);
    rp_paths_free(rules);
    if (rules->lua)
        lua_close(rules->lua);
    rp_arena_free(&rules->arena);
    free(rules);
}

void rp_rules_attach(struct rp_rules *rules, struct rp_e2_session *session)
{
    rules->session = session;
}

/* Makes the link the present one. @return false when the engine can't go on with it */
static bool turn_to(struct rp_rules *rules, const struct rp_e2_link *link)
{
    struct rp_link_state *state = rules->broken || !link ? NULL : rp_links_of(rules, link);
    if (!state || state->gone)
        return false;
    rules->now = (struct rp_now){ .link = state, .serial = rules->now.serial + 1 };
    return true;
}

void rp_rules_link(struct rp_rules *rules, const struct rp_e2_link *link)
{
    if (!turn_to(rules, link))
        return;
    rules->now.frame = link->first_frame;
    rules->now.time_ns = link->first_ns;
    rp_dispatch_event(rules, RP_ON_LINK);
}

void rp_rules_message(struct rp_rules *rules, const struct rp_e2_message *message)
{
    if (!turn_to(rules, message->link))
        return;
    rules->messages++;
    bool other = !message->name || strcmp(message->name, "RICindication") != 0 || message->diags->worst >= RP_TRANSFER;
    rules->now.link->epoch += other;
    rules->now.message = message;
    rules->now.from = message->from;
    rules->now.frame = message->sctp->frame;
    rules->now.time_ns = message->sctp->time_ns;
    rp_dispatch_message(rules);
    struct rp_link_state *link = rules->now.link;
    if (link && message->diags->worst >= RP_TRANSFER) {
        link->unread = true;
        link->unread_ns = rules->now.time_ns;
    }
}

static bool is_loss(enum rp_capture_kind kind)
{
    return kind == RP_CAPTURE_LOST_TSN || kind == RP_CAPTURE_LOST_MESSAGE || kind == RP_CAPTURE_ABANDONED ||
           kind == RP_CAPTURE_LIMIT;
}

static bool is_end(enum rp_capture_kind kind)
{
    return kind == RP_CAPTURE_SHUTDOWN || kind == RP_CAPTURE_CLOSED || kind == RP_CAPTURE_ABORT || kind == RP_CAPTURE_RESTART ||
           kind == RP_CAPTURE_GONE;
}

static void note(struct rp_link_state *link, const struct rp_capture_event *event)
{
    link->midway |= event->kind == RP_CAPTURE_MIDWAY;
    if (is_loss(event->kind)) {
        link->lost = true;
        link->lost_ns = event->time_ns > link->lost_ns ? event->time_ns : link->lost_ns;
    }
    if (is_end(event->kind) && event->time_ns < link->ended_ns)
        link->ended_ns = event->time_ns;
}

void rp_rules_event(struct rp_rules *rules, const struct rp_e2_link *link, const struct rp_capture_event *event)
{
    static const uint8_t names[RP_CAPTURE_KINDS] = {
        [RP_CAPTURE_UP] = RP_ON_UP,           [RP_CAPTURE_SHUTDOWN] = RP_ON_SHUTDOWN, [RP_CAPTURE_ABORT] = RP_ON_ABORT,
        [RP_CAPTURE_RESTART] = RP_ON_RESTART, [RP_CAPTURE_LOST_TSN] = RP_ON_LOST,     [RP_CAPTURE_LOST_MESSAGE] = RP_ON_LOST,
        [RP_CAPTURE_GONE] = RP_ON_END,
    };
    if (!turn_to(rules, link))
        return;
    struct rp_link_state *state = rules->now.link;
    note(state, event);
    state->epoch++;
    if (is_loss(event->kind))
        rp_doubt_lost(rules, state);
    rules->now.event = event;
    rules->now.from = rp_links_role(state, event->from);
    rules->now.frame = event->frame;
    rules->now.time_ns = event->time_ns;
    if (names[event->kind])
        rp_dispatch_event(rules, (enum rp_on)names[event->kind]);
    if (event->kind != RP_CAPTURE_GONE)
        return;
    rp_doubt_end(rules, state);
    rp_pending_judge(rules, state, event->time_ns);
    rp_links_close(rules, state);
}

void rp_rules_finish(struct rp_rules *rules, int64_t end_ns)
{
    if (rules->finished)
        return;
    rules->finished = true;
    for (size_t i = 0; i < rules->n_links; i++) {
        struct rp_link_state *state = rules->links[i];
        if (!state || !turn_to(rules, state->link))
            continue;
        rules->now.time_ns = end_ns;
        rp_dispatch_event(rules, RP_ON_END);
    }
    rp_doubt_end(rules, NULL);
    rp_pending_judge(rules, NULL, end_ns);
}
