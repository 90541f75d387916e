#include "harness/script/plan.h"

#include <string.h>

#include "harness/script/steady.h"

static bool excluded(const struct rp_rule *rule, const struct rp_schema *e2ap)
{
    int number = e2ap ? rp_edition_number(e2ap->name) : -1;
    return number >= 0 && (number < rule->edition_lo || number > rule->edition_hi);
}

/* A new list at `key` of the table at the top, which it leaves on top of that. Made in full size: an array is read fastest. */
static void push_list(lua_State *L, const char *key, uint32_t n)
{
    lua_createtable(L, (int)n, 0);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, key);
}

/* The table for dispatch.lua: open and r of each rule, and what it counts. */
static int make_table(lua_State *L, struct rp_plan *plan, const char *name)
{
    static const char *const lists[] = { "open", "r", "no", "why" };
    lua_newtable(L);
    lua_pushinteger(L, plan->n);
    lua_setfield(L, -2, "n");
    lua_pushstring(L, name);
    lua_setfield(L, -2, "name");
    for (int k = 0; k < 4; k++) {
        push_list(L, lists[k], plan->n);
        for (uint32_t i = 0; i < plan->n; i++) {
            switch (k) {
            case 0: lua_rawgeti(L, LUA_REGISTRYINDEX, plan->rule[i]->open_ref); break;
            case 1: lua_rawgeti(L, LUA_REGISTRYINDEX, plan->rule[i]->self_ref); break;
            case 2: lua_pushinteger(L, 0); break;
            default: lua_pushboolean(L, 0); break;
            }
            lua_rawseti(L, -2, i + 1);
        }
        if (k == 2)
            plan->no_ref = luaL_ref(L, LUA_REGISTRYINDEX);
        else
            lua_pop(L, 1);
    }
    return luaL_ref(L, LUA_REGISTRYINDEX);
}

/* An empty plan with room for all rules of a list. */
static struct rp_plan *empty(struct rp_rules *rules, size_t list, const struct rp_schema *e2ap)
{
    size_t n = rules->listeners[list].n;
    struct rp_plan *plan = rp_arena_calloc(&rules->arena, 1, sizeof *plan);
    struct rp_rule **rule = rp_arena_calloc(&rules->arena, n, sizeof(struct rp_rule *));
    uint64_t *counts = rp_arena_calloc(&rules->arena, 2 * n, sizeof *counts);
    if (!plan || !rule || !counts)
        luaL_error(rules->lua, "not enough memory");
    *plan = (struct rp_plan){ .e2ap = e2ap, .list = list, .rule = rule, .called = counts, .unconcerned = counts + n };
    return plan;
}

static void add(struct rp_rules *rules, struct rp_plan *plan, const char *name)
{
    plan->ref = make_table(rules->lua, plan, name);
    plan->next = rules->plans;
    rules->plans = plan;
}

static struct rp_plan *make(struct rp_rules *rules, size_t list, const struct rp_schema *e2ap)
{
    const struct rp_listeners *listeners = &rules->listeners[list];
    const char *name = list >= RP_ON_EVENTS ? rules->names.messages[list - RP_ON_EVENTS].name : NULL;
    struct rp_plan *plan = empty(rules, list, e2ap), *busy = empty(rules, list, e2ap);
    for (size_t i = 0; i < listeners->n; i++) {
        struct rp_rule *each = listeners->rule[i];
        if (excluded(each, e2ap)) {
            each->other_e2ap = e2ap->name;
            continue;
        }
        if (each->result.verdict == RP_ERROR)
            continue;
        plan->rule[plan->n++] = each;
        if (!each->steady)
            busy->rule[busy->n++] = each;
    }
    if (name && !strcmp(name, "RICindication") && busy->n < plan->n && plan->n <= RP_STEADY_RULES) {
        busy->list = SIZE_MAX; /* found through the other only */
        add(rules, busy, name);
        plan->busy = busy;
    }
    add(rules, plan, name);
    return plan;
}

struct rp_plan *rp_plan_ready(const struct rp_rules *rules, size_t list)
{
    const struct rp_schema *e2ap = rules->now.link->link->e2ap;
    struct rp_plan *plan = rules->plans;
    while (plan && (plan->list != list || plan->e2ap != e2ap))
        plan = plan->next;
    return plan;
}

struct rp_plan *rp_plan_of(struct rp_rules *rules, size_t list)
{
    struct rp_plan *plan = rp_plan_ready(rules, list);
    luaL_checkstack(rules->lua, 8, NULL);
    return plan ? plan : make(rules, list, rules->now.link->link->e2ap);
}

/* Takes a number out of the list `key` of the plan's table, which is at the top of the stack. */
static uint64_t take_number(lua_State *L, const char *key, uint32_t index)
{
    lua_getfield(L, -1, key);
    lua_rawgeti(L, -1, index);
    uint64_t number = (uint64_t)lua_tointeger(L, -1);
    lua_pushinteger(L, 0);
    lua_rawseti(L, -3, index);
    lua_pop(L, 2);
    return number;
}

static void take_reason(struct rp_rules *rules, struct rp_rule *rule, uint32_t index)
{
    lua_State *L = rules->lua;
    size_t len;
    lua_getfield(L, -1, "why");
    lua_rawgeti(L, -1, index);
    const char *why = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &len) : NULL;
    if (why && !rule->not_concerned)
        rule->not_concerned = rp_arena_strndup(&rules->arena, why, len);
    lua_pop(L, 2);
}

static int count(lua_State *L)
{
    struct rp_rules *rules = rp_lua_owner(L);
    for (struct rp_plan *plan = rules->plans; plan; plan = plan->next) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, plan->ref);
        for (uint32_t i = 0; i < plan->n; i++) {
            struct rp_rule *rule = plan->rule[i];
            uint64_t called = plan->runs + plan->called[i], unconcerned = take_number(L, "no", i + 1) + plan->unconcerned[i];
            rule->called += called;
            rule->result.exercised += called > unconcerned ? called - unconcerned : 0;
            plan->called[i] = plan->unconcerned[i] = 0;
            take_reason(rules, rule, i + 1);
        }
        plan->runs = 0;
        lua_pop(L, 1);
    }
    return 0;
}

void rp_plans_count(struct rp_rules *rules)
{
    lua_State *L = rules->lua;
    rp_steady_count(rules);
    lua_pushcfunction(L, count);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK)
        lua_pop(L, 1); /* no memory: the counts stay behind */
}

void rp_plans_drop(struct rp_rules *rules)
{
    rp_plans_count(rules);
    rules->plans = NULL; /* their tables stay: one may be running, and rules are taken out once each */
    memset(rules->name_cache, 0, sizeof rules->name_cache);
}
