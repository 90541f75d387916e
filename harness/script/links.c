#include "harness/script/links.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "harness/script/record.h"
#include "harness/script/steady.h"

const char *rp_role_name(enum rp_role role)
{
    return role == RP_ROLE_E2NODE ? "e2node" : role == RP_ROLE_RIC ? "ric" : "unknown";
}

double rp_links_seconds(const struct rp_rules *rules, int64_t time_ns)
{
    return rules->origin_ns == INT64_MIN ? 0 : (double)(time_ns - rules->origin_ns) * 1e-9;
}

static struct rp_link_state *make(struct rp_rules *rules, const struct rp_e2_link *link)
{
    struct rp_link_state *state = calloc(1, sizeof *state);
    if (!state)
        return NULL;
    state->states = state->table = LUA_NOREF;
    state->link = link;
    state->id = link->id;
    state->ended_ns = INT64_MAX;
    state->table_side = -1;
    state->midway = link->association && link->association->initiator < 0;
    memcpy(state->endpoint, link->endpoint, sizeof state->endpoint);
    if (rules->origin_ns == INT64_MIN)
        rules->origin_ns = link->association ? link->association->first_ns : link->first_ns;
    return state;
}

struct rp_link_state *rp_links_of(struct rp_rules *rules, const struct rp_e2_link *link)
{
    if (link->id < rules->n_links && rules->links[link->id])
        return rules->links[link->id];
    if (link->id >= rules->cap_links) {
        size_t cap = rules->cap_links ? rules->cap_links : 16;
        while (cap <= link->id)
            cap *= 2;
        struct rp_link_state **grown = realloc(rules->links, cap * sizeof *grown);
        if (!grown)
            return NULL;
        memset(grown + rules->cap_links, 0, (cap - rules->cap_links) * sizeof *grown);
        rules->links = grown;
        rules->cap_links = cap;
    }
    if (link->id >= rules->n_links)
        rules->n_links = link->id + 1;
    return rules->links[link->id] = make(rules, link);
}

void rp_links_close(struct rp_rules *rules, struct rp_link_state *state)
{
    rp_steady_forget(state);
    luaL_unref(rules->lua, LUA_REGISTRYINDEX, state->states);
    luaL_unref(rules->lua, LUA_REGISTRYINDEX, state->table);
    state->states = state->table = LUA_NOREF;
    state->gone = true;
    rules->plain = false;
}

void rp_links_free(struct rp_rules *rules)
{
    for (size_t i = 0; i < rules->n_links; i++) {
        if (rules->links[i])
            free(rules->links[i]->steady);
        free(rules->links[i]);
    }
    free(rules->links);
    rules->links = NULL;
    rules->n_links = rules->cap_links = 0;
}

int rp_links_side(const struct rp_link_state *state, enum rp_role role)
{
    int node = state->link->node_side;
    if (node < 0 || role == RP_ROLE_UNKNOWN)
        return -1;
    return role == RP_ROLE_E2NODE ? node : 1 - node;
}

enum rp_role rp_links_role(const struct rp_link_state *state, int endpoint)
{
    if (state->link->node_side < 0 || endpoint < 0)
        return RP_ROLE_UNKNOWN;
    return endpoint == state->link->node_side ? RP_ROLE_E2NODE : RP_ROLE_RIC;
}

/* Changes when something that m.link.functions shows does. */
static uint64_t functions_print(const struct rp_e2_link *link)
{
    uint64_t print = 1469598103934665603u + link->n_functions;
    for (uint32_t i = 0; i < link->n_functions; i++) {
        const struct rp_ran_function *function = &link->functions[i];
        print = (print ^ (uint64_t)function->id ^ (uint64_t)function->revision << 16 ^ (uint64_t)function->state << 48) *
                1099511628211u;
        print = (print ^ function->frame ^ (uint64_t)(uintptr_t)function->model) * 1099511628211u;
    }
    return print ? print : 1;
}

static void push_function(lua_State *L, const struct rp_ran_function *function)
{
    static const char *const states[] = {
        [RP_FUNCTION_OFFERED] = "offered",
        [RP_FUNCTION_ACCEPTED] = "accepted",
        [RP_FUNCTION_REJECTED] = "rejected",
        [RP_FUNCTION_DELETED] = "deleted",
    };
    lua_createtable(L, 0, 6);
    rp_record_integer(L, "id", function->id);
    rp_record_integer(L, "revision", function->revision);
    rp_record_text(L, "oid", function->oid);
    rp_record_text(L, "state", states[function->state]);
    rp_record_integer(L, "frame", (int64_t)function->frame);
    rp_record_text(L, "model", function->model ? function->model->name : NULL);
    rp_record_seal(L, RP_RECORD_FUNCTION);
}

static void set_functions(lua_State *L, const struct rp_e2_link *link)
{
    lua_createtable(L, 0, (int)(link->n_functions < 1024 ? link->n_functions : 1024));
    for (uint32_t i = 0; i < link->n_functions; i++) {
        push_function(L, &link->functions[i]);
        lua_rawseti(L, -2, (lua_Integer)link->functions[i].id);
    }
    lua_pushliteral(L, "functions");
    lua_insert(L, -2);
    lua_rawset(L, -3);
}

static void set_plain(struct rp_rules *rules, struct rp_link_state *state)
{
    lua_State *L = rules->lua;
    const struct rp_e2_link *link = state->link;
    const char *name = link->e2ap ? link->e2ap->name : NULL;
    const char *dash = name ? strrchr(name, '-') : NULL;
    rp_record_integer(L, "id", link->id);
    rp_record_text(L, "e2ap", dash && rp_edition_number(name) >= 0 ? dash + 1 : name);
    rp_record_boolean(L, "from_start", !state->midway);
    enum rp_role opener = state->midway ? RP_ROLE_UNKNOWN : rp_links_role(state, 0);
    rp_record_text(L, "opened_by", opener ? rp_role_name(opener) : NULL);
}

void rp_links_push(struct rp_rules *rules, struct rp_link_state *state)
{
    lua_State *L = rules->lua;
    const struct rp_e2_link *link = state->link;
    luaL_checkstack(L, 8, NULL);
    bool made = state->table == LUA_NOREF;
    if (made) {
        lua_createtable(L, 0, 6);
        rp_record_seal(L, RP_RECORD_LINK);
        lua_pushvalue(L, -1);
        state->table = luaL_ref(L, LUA_REGISTRYINDEX);
    } else {
        lua_rawgeti(L, LUA_REGISTRYINDEX, state->table);
    }
    if (made || state->table_side != link->node_side || state->table_e2ap != link->e2ap) {
        state->table_side = link->node_side;
        state->table_e2ap = link->e2ap;
        set_plain(rules, state);
    }
    uint64_t print = functions_print(link);
    if (made || print != state->functions_print) {
        set_functions(L, link);
        state->functions_print = print;
        rules->functions++;
    }
}

bool rp_links_is_shown(const struct rp_link_state *state)
{
    const struct rp_e2_link *link = state->link;
    return state->table != LUA_NOREF && state->table_side == link->node_side && state->table_e2ap == link->e2ap &&
           state->functions_print == functions_print(link);
}

static void push_actions(lua_State *L, const struct rp_subscription *subscription)
{
    static const char *const types[] = { "report", "insert", "policy" };
    lua_createtable(L, 0, (int)(subscription->n_actions < 1024 ? subscription->n_actions : 1024));
    for (uint32_t i = 0; i < subscription->n_actions; i++) {
        const struct rp_subscription_action *action = &subscription->actions[i];
        lua_createtable(L, 0, 2);
        rp_record_text(L, "type", action->type < 3 ? types[action->type] : NULL);
        if (action->admitted >= 0)
            rp_record_boolean(L, "admitted", action->admitted);
        rp_record_seal(L, RP_RECORD_ACTION);
        lua_rawseti(L, -2, (lua_Integer)action->id);
    }
}

static void record_time(const struct rp_rules *rules, const char *key, int64_t time_ns)
{
    if (time_ns)
        rp_record_number(rules->lua, key, rp_links_seconds(rules, time_ns));
}

static void make_subscription(struct rp_rules *rules, const struct rp_subscription *subscription)
{
    static const char *const states[] = {
        [RP_SUB_REQUESTED] = "requested", [RP_SUB_LIVE] = "live",       [RP_SUB_FAILED] = "failed",
        [RP_SUB_DELETING] = "deleting",   [RP_SUB_DELETED] = "deleted",
    };
    lua_State *L = rules->lua;
    lua_createtable(L, 0, 9);
    rp_record_integer(L, "serial", subscription->serial);
    rp_record_text(L, "state", states[subscription->state]);
    rp_record_integer(L, "function_id", subscription->function);
    rp_record_integer(L, "frame", (int64_t)subscription->requested_frame);
    record_time(rules, "time", subscription->requested_ns);
    record_time(rules, "answered_time", subscription->answered_ns);
    record_time(rules, "deleted_time", subscription->deleted_ns);
    lua_pushliteral(L, "actions");
    push_actions(L, subscription);
    lua_rawset(L, -3);
    rp_record_seal(L, RP_RECORD_SUBSCRIPTION);
}

uint64_t rp_links_subscription_print(const struct rp_subscription *subscription)
{
    uint64_t print = subscription->serial * 1099511628211u + (uint64_t)subscription->state;
    print = (print ^ (uint64_t)subscription->requested_ns) * 1099511628211u;
    print = (print ^ (uint64_t)subscription->answered_ns) * 1099511628211u;
    print = (print ^ (uint64_t)subscription->deleted_ns ^ (uint64_t)subscription->function << 40) * 1099511628211u;
    for (uint32_t i = 0; i < subscription->n_actions; i++)
        print = (print ^ (uint64_t)subscription->actions[i].id ^ (uint64_t)(subscription->actions[i].admitted + 1) << 8 ^
                 (uint64_t)subscription->actions[i].type << 16) *
                1099511628211u;
    return print;
}

int rp_links_subscription_ref(const struct rp_rules *rules, const struct rp_subscription *subscription)
{
    if (!subscription)
        return LUA_REFNIL;
    const struct rp_shown *shown = &rules->shown_subscriptions[subscription->serial % RP_SHOWN];
    bool same = shown->serial == subscription->serial && shown->print == rp_links_subscription_print(subscription);
    return same ? shown->table : LUA_NOREF;
}

void rp_links_push_subscription(struct rp_rules *rules, const struct rp_subscription *subscription)
{
    lua_State *L = rules->lua;
    luaL_checkstack(L, 8, NULL);
    if (!subscription) {
        lua_pushnil(L);
        return;
    }
    struct rp_shown *shown = &rules->shown_subscriptions[subscription->serial % RP_SHOWN];
    uint64_t print = rp_links_subscription_print(subscription);
    if (shown->serial == subscription->serial && shown->print == print) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, shown->table);
        return;
    }
    make_subscription(rules, subscription);
    if (!shown->serial) {
        lua_pushvalue(L, -1);
        shown->table = luaL_ref(L, LUA_REGISTRYINDEX);
    } else {
        lua_pushvalue(L, -1);
        lua_rawseti(L, LUA_REGISTRYINDEX, shown->table);
    }
    shown->serial = subscription->serial;
    shown->print = print;
}

void rp_links_push_states(struct rp_rules *rules, struct rp_link_state *state)
{
    lua_State *L = rules->lua;
    if (state->states != LUA_NOREF) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, state->states);
        return;
    }
    lua_createtable(L, (int)rules->n_rules, 0);
    lua_pushvalue(L, -1);
    state->states = luaL_ref(L, LUA_REGISTRYINDEX);
}
