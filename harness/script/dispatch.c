#include "harness/script/dispatch.h"

#include <string.h>

#include "harness/script/links.h"
#include "harness/script/message.h"
#include "harness/script/plan.h"
#include "harness/script/steady.h"

/* Only want of memory ends here: rules' own errors are caught one by one. The error is at the top of the stack. */
static void give_up(struct rp_rules *rules)
{
    const char *text = lua_type(rules->lua, -1) == LUA_TSTRING ? lua_tostring(rules->lua, -1) : "";
    const char *why = rp_arena_printf(&rules->arena, "the rules' memory is used up (%s)", text);
    rules->broken = true;
    for (size_t i = 0; i < rules->n_rules; i++) {
        struct rp_rule_result *result = &rules->rules[i].result;
        if (result->verdict != RP_ERROR)
            result->why = why ? why : "the rules' memory is used up";
        result->verdict = RP_ERROR;
    }
}

/* Runs a function that calls no rules. */
static bool protect(struct rp_rules *rules, lua_CFunction function)
{
    lua_State *L = rules->lua;
    if (rules->broken)
        return false;
    lua_pushcfunction(L, function);
    if (lua_pcall(L, 0, 0, 0) == LUA_OK)
        return true;
    give_up(rules);
    lua_settop(L, RP_AT_LAST);
    return false;
}

/* A tail call (return m:get(path)) leaves no line of the rule in an error from dispatch.lua: then its file stands for it. */
static const char *place_of(const struct rp_rule *rule, const char **text)
{
    static const char own[] = "dispatch.lua:";
    const char *rest = strncmp(*text, own, sizeof own - 1) ? NULL : strchr(*text + sizeof own - 1, ':');
    if (!rest)
        return "";
    *text = rest;
    return rule->result.file;
}

static void disable(struct rp_rules *rules, struct rp_rule *rule)
{
    lua_State *L = rules->lua;
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "an error without text";
    const char *place = place_of(rule, &text);
    const struct rp_now *now = &rules->now;
    const char *name = now->name ? now->name : now->message && now->message->name ? now->message->name : "a message";
    const char *why = now->frame ? rp_arena_printf(&rules->arena, "%s%s (at %s in frame %llu)", place, text, name,
                                                   (unsigned long long)now->frame)
                                 : rp_arena_printf(&rules->arena, "%s%s (at %s)", place, text, name);
    rule->result.verdict = RP_ERROR;
    rule->result.why = why ? why : "not enough memory";
}

/* Place in the plan of the rule that raised the error; 0 when it was none of them. */
static uint32_t where(struct rp_rules *rules)
{
    lua_State *L = rules->lua;
    lua_pushvalue(L, RP_AT_WHERE);
    uint32_t at = lua_pcall(L, 0, 1, 0) == LUA_OK ? (uint32_t)lua_tointeger(L, -1) : 0;
    lua_pop(L, 1);
    return at;
}

/* Behind a call with an error: takes its rule out and runs those after it. */
static void go_on(struct rp_rules *rules, struct rp_plan *plan, uint32_t last)
{
    lua_State *L = rules->lua;
    int status;
    do {
        uint32_t at = where(rules);
        if (!at || at > plan->n) {
            give_up(rules);
            break;
        }
        disable(rules, plan->rule[at - 1]);
        lua_settop(L, RP_AT_LAST);
        rules->box.call++;
        lua_pushvalue(L, RP_AT_RUN);
        lua_rawgeti(L, LUA_REGISTRYINDEX, plan->ref);
        lua_pushinteger(L, at + 1);
        lua_pushinteger(L, last);
        status = lua_pcall(L, 3, 0, RP_AT_HANDLER);
    } while (status != LUA_OK);
    lua_settop(L, RP_AT_LAST);
    rp_plans_drop(rules);
}

/* Runs rules first..last of a plan for the event that m shows. */
static void run(struct rp_rules *rules, struct rp_plan *plan, uint32_t first, uint32_t last)
{
    lua_State *L = rules->lua;
    if (rules->broken)
        return;
    rules->box.call++;
    lua_pushvalue(L, RP_AT_RUN);
    lua_rawgeti(L, LUA_REGISTRYINDEX, plan->ref);
    lua_pushinteger(L, first);
    lua_pushinteger(L, last);
    if (lua_pcall(L, 3, 0, RP_AT_HANDLER) != LUA_OK)
        go_on(rules, plan, last);
}

static int make_plan(lua_State *L)
{
    struct rp_rules *rules = rp_lua_owner(L);
    rp_plan_of(rules, rules->wanted);
    return 0;
}

static struct rp_plan *plan_of(struct rp_rules *rules, size_t list)
{
    struct rp_plan *plan = rp_plan_ready(rules, list);
    rules->wanted = list;
    if (!plan && protect(rules, make_plan))
        plan = rp_plan_ready(rules, list);
    return plan;
}

/* A message's names come from few tables, so that their addresses tell them apart. */
static struct rp_plan *plan_of_message(struct rp_rules *rules)
{
    const char *name = rules->now.message->name;
    const struct rp_schema *e2ap = rules->now.link->link->e2ap;
    struct rp_name_cached *cached = &rules->name_cache[((uintptr_t)name >> 2) % RP_NAME_CACHE];
    if (cached->name != name || cached->e2ap != e2ap || !cached->plan) {
        int found = name ? rp_names_find(&rules->names, name) : -1;
        struct rp_plan *plan = plan_of(rules, found < 0 ? RP_ON_ANY : RP_ON_EVENTS + (size_t)found);
        *cached = (struct rp_name_cached){ name, e2ap, plan };
    }
    return cached->plan;
}

static int show(lua_State *L)
{
    struct rp_rules *rules = rp_lua_owner(L);
    bool same_message = rules->shown == rules->now.serial;
    rp_message_update(rules, same_message);
    rules->shown = rules->now.serial;
    return 0;
}

/* The usual case: a message after another, of a link of which nothing has changed. dispatch.lua sets all fields of m. */
static bool run_plain(struct rp_rules *rules, struct rp_plan *plan)
{
    lua_State *L = rules->lua;
    const struct rp_now *now = &rules->now;
    const struct rp_e2_message *message = now->message;
    int subscription = rp_links_subscription_ref(rules, message->subscription);
    if (!rules->plain || !message->name || subscription == LUA_NOREF || now->link->states == LUA_NOREF ||
        !rp_links_is_shown(now->link))
        return false;
    enum rp_role to = now->from == RP_ROLE_E2NODE ? RP_ROLE_RIC : now->from == RP_ROLE_RIC ? RP_ROLE_E2NODE : RP_ROLE_UNKNOWN;
    rp_message_turn(rules);
    rules->shown = now->serial;
    rules->box.call++;
    lua_pushvalue(L, RP_AT_MESSAGE);
    lua_rawgeti(L, LUA_REGISTRYINDEX, plan->ref);
    lua_pushinteger(L, (lua_Integer)now->frame);
    lua_pushinteger(L, message->number);
    lua_pushnumber(L, rp_links_seconds(rules, now->time_ns));
    lua_rawgeti(L, LUA_REGISTRYINDEX, subscription);
    lua_pushinteger(L, message->sctp->stream);
    lua_pushinteger(L, message->sctp->ppid);
    lua_rawgeti(L, LUA_REGISTRYINDEX, now->link->table);
    lua_rawgeti(L, LUA_REGISTRYINDEX, now->link->states);
    lua_pushvalue(L, RP_AT_ROLES + (int)now->from);
    lua_pushvalue(L, RP_AT_ROLES + (int)to);
    if (lua_pcall(L, 11, 0, RP_AT_HANDLER) != LUA_OK)
        go_on(rules, plan, plan->n);
    return true;
}

static void run_plan(struct rp_rules *rules, struct rp_plan *plan)
{
    if (!plan->n)
        return;
    plan->runs++;
    if (!run_plain(rules, plan) && protect(rules, show))
        run(rules, plan, 1, plan->n);
}

static void run_message(struct rp_rules *rules)
{
    struct rp_plan *plan = plan_of_message(rules);
    if (!plan)
        return;
    if (!plan->busy) {
        run_plan(rules, plan);
        return;
    }
    struct rp_steady_look look;
    if (rp_steady_known(rules, plan, &look)) {
        run_plan(rules, plan->busy);
        return;
    }
    run_plan(rules, plan);
    rp_steady_learn(rules, plan, &look);
    if (rules->plans_stale)
        rp_plans_drop(rules);
    rules->plans_stale = false;
}

/* All rules of a list, for an event other than a message. */
static void run_event(struct rp_rules *rules, enum rp_on on)
{
    rules->now.name = rp_on_names[on];
    struct rp_plan *plan = rules->listeners[on].n ? plan_of(rules, on) : NULL;
    if (!plan || !plan->n || !protect(rules, show))
        return;
    plan->runs++;
    run(rules, plan, 1, plan->n);
}

static bool wants(const struct rp_rule *rule, const struct rp_diag *diag)
{
    return (!rule->grades || (rule->grades >> diag->grade & 1)) && (!rule->errs || (rule->errs >> diag->err & 1)) &&
           rule->result.verdict != RP_ERROR;
}

static void run_findings(struct rp_rules *rules, const struct rp_diags *diags, enum rp_on on)
{
    struct rp_now *now = &rules->now;
    for (now->diag = diags->first; now->diag && rules->listeners[on].n; now->diag = now->diag->next) {
        now->name = rp_on_names[on];
        struct rp_plan *plan = plan_of(rules, on);
        bool shown = false;
        for (uint32_t i = 1; plan && i <= plan->n; i++) {
            if (!wants(plan->rule[i - 1], now->diag))
                continue;
            if (!shown && !protect(rules, show))
                break;
            shown = true;
            plan->called[i - 1]++;
            run(rules, plan, i, i);
        }
    }
    now->diag = NULL;
}

static void run_payloads(struct rp_rules *rules)
{
    const struct rp_e2_payload *payloads;
    if (!rules->session || (!rules->listeners[RP_ON_PAYLOAD].n && !rules->listeners[RP_ON_PAYLOAD_FINDING].n))
        return;
    size_t n = rp_e2_payloads(rules->session, rules->now.message, &payloads);
    for (size_t i = 0; i < n; i++) {
        rules->now.payload = &payloads[i];
        rules->now.payload_place = i;
        rules->payloads += payloads[i].type != NULL;
        run_event(rules, RP_ON_PAYLOAD);
        if (payloads[i].diags && payloads[i].diags->first)
            run_findings(rules, payloads[i].diags, RP_ON_PAYLOAD_FINDING);
    }
}

/* The reason of a refusal: the finding that ended the reading, or else the worst. */
static const struct rp_diag *refusal(const struct rp_diags *diags)
{
    const struct rp_diag *worst = diags->lost ? &diags->last_resort : diags->first;
    for (const struct rp_diag *diag = diags->first; diag; diag = diag->next)
        if (diag->grade >= worst->grade)
            worst = diag;
    return worst;
}

void rp_dispatch_message(struct rp_rules *rules)
{
    const struct rp_diags *diags = rules->now.message->diags;
    if (diags->worst >= RP_TRANSFER) {
        rules->now.diag = refusal(diags);
        run_event(rules, RP_ON_REFUSED);
        return;
    }
    run_message(rules);
    if (diags->first)
        run_findings(rules, diags, RP_ON_FINDING);
    run_payloads(rules);
}

void rp_dispatch_event(struct rp_rules *rules, enum rp_on on)
{
    run_event(rules, on);
}
