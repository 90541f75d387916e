#include "harness/script/dispatch.h"

#include <string.h>

#include "harness/script/message.h"

/* Keeps the first reason that a rule gives for not being concerned. */
static void unconcerned(struct rp_rules *rules, struct rp_rule *rule)
{
    size_t len;
    const char *why = lua_type(rules->lua, -1) == LUA_TSTRING ? lua_tolstring(rules->lua, -1, &len) : NULL;
    if (why && !rule->not_concerned)
        rule->not_concerned = rp_arena_strndup(&rules->arena, why, len);
}

static void disable(struct rp_rules *rules, struct rp_rule *rule)
{
    lua_State *L = rules->lua;
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "an error without text";
    const struct rp_now *now = &rules->now;
    const char *name = now->name ? now->name : now->message && now->message->name ? now->message->name : "a message";
    const char *why = now->frame
                          ? rp_arena_printf(&rules->arena, "%s (at %s in frame %llu)", text, name, (unsigned long long)now->frame)
                          : rp_arena_printf(&rules->arena, "%s (at %s)", text, name);
    rule->result.verdict = RP_ERROR;
    rule->result.why = why ? why : "not enough memory";
}

static void call(struct rp_rules *rules, struct rp_rule *rule, int handler)
{
    lua_State *L = rules->lua;
    rule->made = rule->passed = false;
    rule->called++;
    rules->box.call++;
    lua_rawgeti(L, LUA_REGISTRYINDEX, rule->open_ref);
    lua_rawgeti(L, LUA_REGISTRYINDEX, rule->self_ref);
    lua_rawgeti(L, LUA_REGISTRYINDEX, rules->message_ref);
    if (lua_pcall(L, 2, 2, handler) != LUA_OK) {
        disable(rules, rule);
        lua_pop(L, 1);
        return;
    }
    bool refused = lua_isboolean(L, -2) && !lua_toboolean(L, -2);
    if (!refused || rule->made || rule->passed)
        rule->result.exercised++;
    else
        unconcerned(rules, rule);
    lua_pop(L, 2);
}

static bool concerns(struct rp_rules *rules, struct rp_rule *rule)
{
    const struct rp_now *now = &rules->now;
    if (rule->result.verdict == RP_ERROR)
        return false;
    if (!now->link->allowed[rule->index]) {
        rule->other_edition++;
        if (!rule->other_e2ap)
            rule->other_e2ap = now->link->e2ap->name;
        return false;
    }
    const struct rp_diag *diag = now->diag;
    if (!diag || !now->name || !strcmp(now->name, rp_on_names[RP_ON_REFUSED]))
        return true;
    return (!rule->grades || (rule->grades >> diag->grade & 1)) && (!rule->errs || (rule->errs >> diag->err & 1));
}

/* Calls a list of rules; brings m up to date before the first. */
static void call_all(struct rp_rules *rules, const struct rp_listeners *list, bool *shown, int handler)
{
    bool updated = false;
    for (size_t i = 0; i < list->n; i++) {
        if (!concerns(rules, list->rule[i]))
            continue;
        if (!updated)
            rp_message_update(rules, *shown);
        updated = *shown = true;
        call(rules, list->rule[i], handler);
    }
}

static void each_finding(struct rp_rules *rules, const struct rp_diags *diags, enum rp_on on, bool *shown, int handler)
{
    const struct rp_listeners *list = &rules->listeners[on];
    rules->now.name = rp_on_names[on];
    for (const struct rp_diag *diag = list->n ? diags->first : NULL; diag; diag = diag->next) {
        rules->now.diag = diag;
        call_all(rules, list, shown, handler);
    }
    rules->now.diag = NULL;
}

static void each_payload(struct rp_rules *rules, bool *shown, int handler)
{
    const struct rp_e2_payload *payloads;
    if (!rules->session || (!rules->listeners[RP_ON_PAYLOAD].n && !rules->listeners[RP_ON_PAYLOAD_FINDING].n))
        return;
    size_t n = rp_e2_payloads(rules->session, rules->now.message, &payloads);
    for (size_t i = 0; i < n; i++) {
        rules->now.payload = &payloads[i];
        rules->payloads += payloads[i].type != NULL;
        rules->now.name = rp_on_names[RP_ON_PAYLOAD];
        call_all(rules, &rules->listeners[RP_ON_PAYLOAD], shown, handler);
        if (payloads[i].diags)
            each_finding(rules, payloads[i].diags, RP_ON_PAYLOAD_FINDING, shown, handler);
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

/* Index of the message's list; names are few and come from few tables, so that their addresses serve as a cache. */
static size_t list_of(struct rp_rules *rules, const char *name)
{
    struct rp_name_cached *cached = &rules->name_cache[((uintptr_t)name >> 2) % RP_NAME_CACHE];
    if (cached->name != name) {
        int found = name ? rp_names_find(&rules->names, name) : -1;
        *cached = (struct rp_name_cached){ name, found < 0 ? RP_ON_ANY : RP_ON_EVENTS + (size_t)found };
    }
    return cached->list;
}

static void dispatch_message(struct rp_rules *rules, bool *shown, int handler)
{
    struct rp_now *now = &rules->now;
    if (now->message->diags->worst >= RP_TRANSFER) {
        now->name = rp_on_names[RP_ON_REFUSED];
        now->diag = refusal(now->message->diags);
        call_all(rules, &rules->listeners[RP_ON_REFUSED], shown, handler);
        return;
    }
    call_all(rules, &rules->listeners[list_of(rules, now->message->name)], shown, handler);
    if (now->message->diags->first)
        each_finding(rules, now->message->diags, RP_ON_FINDING, shown, handler);
    each_payload(rules, shown, handler);
}

/* Its upvalues are those that rp_message_update needs. */
static int dispatch(lua_State *L)
{
    struct rp_rules *rules = rp_lua_owner(L);
    bool shown = false;
    luaL_checkstack(L, 20, NULL);
    lua_rawgeti(L, LUA_REGISTRYINDEX, rules->handler_ref);
    if (rules->now.message)
        dispatch_message(rules, &shown, 1);
    else
        call_all(rules, &rules->listeners[rules->now.on], &shown, 1);
    return 0;
}

/* Adds to an error from elsewhere (lib.lua) the line of the rule that led there. */
static int handle_error(lua_State *L)
{
    lua_Debug ar;
    const char *text = luaL_tolstring(L, 1, NULL);
    for (int level = 1; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (ar.currentline <= 0 || strstr(ar.short_src, "lib.lua"))
            continue;
        const char *place = lua_pushfstring(L, "%s:%d:", ar.short_src, ar.currentline);
        if (!strncmp(text, place, strlen(place)))
            lua_pop(L, 1);
        else
            lua_pushfstring(L, "%s (from %s:%d)", text, ar.short_src, ar.currentline);
        break;
    }
    return 1;
}

void rp_dispatch_open(struct rp_rules *rules)
{
    lua_State *L = rules->lua;
    lua_pushcfunction(L, handle_error);
    rules->handler_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    int n = rp_message_open(rules);
    lua_pushcclosure(L, dispatch, n);
    rules->dispatch_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

/* Only want of memory ends here: rules' own errors are caught one by one. */
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

static void run(struct rp_rules *rules)
{
    lua_State *L = rules->lua;
    lua_rawgeti(L, LUA_REGISTRYINDEX, rules->dispatch_ref);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
        give_up(rules);
        lua_pop(L, 1);
    }
}

void rp_dispatch_message(struct rp_rules *rules)
{
    run(rules);
}

void rp_dispatch_event(struct rp_rules *rules, enum rp_on on)
{
    rules->now.on = on;
    rules->now.name = rp_on_names[on];
    if (rules->listeners[on].n)
        run(rules);
}
