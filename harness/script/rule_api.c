#include "harness/script/rule_api.h"

#include <stdio.h>
#include <string.h>

#include "codecs/suggest.h"
#include "harness/script/doubt.h"
#include "harness/script/evidence.h"
#include "harness/script/links.h"
#include "harness/script/pending.h"
#include "harness/script/steady.h"
#include "harness/script/view.h"

/* Methods have the rule as upvalue; `r` itself is only looked at to find out a call with a dot. */
static struct rp_rule *check_rule(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TTABLE)
        luaL_error(L, "r expected, got %s; methods are called with a colon, as in r:finding(m, text)", luaL_typename(L, 1));
    return lua_touserdata(L, lua_upvalueindex(1));
}

/* For methods that say something or change what later calls see. */
static struct rp_rule *check_acting(lua_State *L)
{
    struct rp_rule *rule = check_rule(L);
    if (rule->steady)
        rp_steady_speaks(rp_lua_owner(L), rule);
    return rule;
}

/* A string option of the table at `index`, or NULL. */
static const char *option(lua_State *L, int index, const char *key)
{
    if (!lua_istable(L, index))
        return NULL;
    int type = lua_getfield(L, index, key);
    if (type != LUA_TNIL && type != LUA_TSTRING && type != LUA_TNUMBER)
        luaL_error(L, "%s: a string expected, got %s", key, luaL_typename(L, -1));
    const char *text = lua_tostring(L, -1); /* converts a number in place */
    return text;                            /* stays on the stack: alive until the method returns */
}

static void check_options(lua_State *L, int index, const char *const *names)
{
    if (lua_isnoneornil(L, index))
        return;
    luaL_checktype(L, index, LUA_TTABLE);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
        struct rp_suggest near = { .name = name };
        bool known = false;
        for (const char *const *at = names; *at; at++) {
            known |= !strcmp(*at, name);
            rp_suggest_offer(&near, *at);
        }
        if (!known && near.best)
            luaL_error(L, "unknown option %s; did you mean %s?", name, near.best);
        if (!known)
            luaL_error(L, "unknown option %s", name);
    }
}

static enum rp_role side_of(lua_State *L, const char *name)
{
    if (!strcmp(name, "e2node"))
        return RP_ROLE_E2NODE;
    if (strcmp(name, "ric"))
        luaL_error(L, "side: e2node or ric expected, got %s", name);
    return RP_ROLE_RIC;
}

static void check_side(lua_State *L, const struct rp_rule *rule, enum rp_role side)
{
    if (side != RP_ROLE_UNKNOWN && !(rule->judged & 1u << side))
        luaL_error(L, "a finding against the %s, but the rule judges %s", rp_role_name(side), rule->result.judges);
}

/* Path of the evidence: as given, with the object's own in front unless it is there; else the finding's of the decoder. */
static const char *evidence_path(lua_State *L, const struct rp_rules *rules, const struct rp_view *view, const char *given,
                                 char *out, size_t size)
{
    const struct rp_diag *diag = rules->now.diag;
    size_t len = rp_view_path(rules, view, out, size);
    if (!given && diag && !rules->now.payload)
        return diag->path;
    if (!given && diag && diag->path[0])
        given = diag->path;
    if (!given)
        return view->item || view->payload ? out : "";
    if (len && !strncmp(given, out, len) && (given[len] == '.' || given[len] == '[' || !given[len]))
        return given;
    if (!len)
        return given;
    return lua_pushfstring(L, "%s%s%s", out, *given == '[' ? "" : ".", given);
}

static struct rp_evidence evidence_here(const struct rp_rules *rules, const struct rp_rule *rule)
{
    const struct rp_now *now = &rules->now;
    return (struct rp_evidence){
        .verdict = RP_FAIL,
        .side = now->from,
        .link = now->link,
        .message = now->message ? now->message->name : now->name,
        .clause = rule->result.n_spec ? rule->result.spec[0] : "",
        .frame = now->frame,
        .number = now->message ? now->message->number : 0,
        .time_ns = now->time_ns,
    };
}

static const char *first(const char *a, const char *b)
{
    return a ? a : b;
}

/* r:finding and r:remark (m, text [, what]) */
static int add(lua_State *L, enum rp_verdict verdict)
{
    static const char *const options[] = { "path", "expected", "seen", "clause", "side", NULL };
    struct rp_rules *rules = rp_lua_owner(L);
    struct rp_rule *rule = check_acting(L);
    const struct rp_view *view = rp_view_check(L, 2);
    const struct rp_diag *diag = rules->now.diag;
    char path[RP_PATH_MAX];
    struct rp_evidence evidence = evidence_here(rules, rule);
    evidence.verdict = verdict;
    evidence.text = luaL_checkstring(L, 3);
    check_options(L, 4, options);
    evidence.path = evidence_path(L, rules, view, option(L, 4, "path"), path, sizeof path);
    evidence.expected = first(option(L, 4, "expected"), diag ? diag->expected : NULL);
    evidence.seen = first(option(L, 4, "seen"), diag ? diag->seen : NULL);
    evidence.clause = first(option(L, 4, "clause"), diag && diag->clause ? diag->clause : evidence.clause);
    const char *side = option(L, 4, "side");
    if (side)
        evidence.side = side_of(L, side);
    if (verdict == RP_FAIL) {
        check_side(L, rule, evidence.side);
        bool one = (rule->judged & (rule->judged - 1)) == 0;
        if (evidence.side == RP_ROLE_UNKNOWN && one) /* nobody is blamed before it is known who is who */
            evidence.verdict = RP_INCONCLUSIVE;
    }
    if (!rule->needs_all || verdict != RP_FAIL || !rp_doubt_hold(rules, rule, &evidence))
        rp_evidence_add(rules, rule, &evidence);
    return 0;
}

static int rule_finding(lua_State *L)
{
    return add(L, RP_FAIL);
}

static int rule_remark(lua_State *L)
{
    return add(L, RP_PASS);
}

static int rule_pass(lua_State *L)
{
    struct rp_rule *rule = check_acting(L);
    rp_view_check(L, 2);
    rule->result.exercised++;
    return 0;
}

static int rule_lost(lua_State *L)
{
    const struct rp_rules *rules = rp_lua_owner(L);
    check_rule(L);
    rp_view_check(L, 2);
    const struct rp_link_state *link = rules->now.link;
    lua_pushboolean(L, link->lost || link->midway || link->unread);
    return 1;
}

/* The key in argument 2 as octets that tell its type, too. @return NULL for nil: the message lacks what would be the key */
static const char *key_of(lua_State *L, size_t *len)
{
    switch (lua_type(L, 2)) {
    case LUA_TNIL: return NULL;
    case LUA_TSTRING: break;
    case LUA_TNUMBER:
    case LUA_TBOOLEAN:
        lua_pushfstring(L, "\1%s", luaL_tolstring(L, 2, NULL));
        lua_replace(L, 2);
        lua_pop(L, 1);
        break;
    default: luaL_error(L, "a key is a string or a number, got %s; take m:key(path)", luaL_typename(L, 2));
    }
    return lua_tolstring(L, 2, len);
}

/* Rules have a few sentences for what they wait for; one that makes new ones all the time must not fill the memory. */
static const char *keep_what(lua_State *L, struct rp_rules *rules, struct rp_rule *rule, const char *what)
{
    static const char otherwise[] = "an answer";
    if (!what)
        return otherwise;
    for (size_t i = 0; i < sizeof rule->what / sizeof rule->what[0]; i++) {
        if (rule->what[i] && strcmp(rule->what[i], what))
            continue;
        if (!rule->what[i] && !(rule->what[i] = rp_arena_strndup(&rules->arena, what, strlen(what))))
            luaL_error(L, "not enough memory");
        return rule->what[i];
    }
    return otherwise;
}

static int64_t within_of(lua_State *L)
{
    if (!lua_istable(L, 4) || lua_getfield(L, 4, "within") == LUA_TNIL)
        return INT64_MAX;
    double seconds = lua_tonumber(L, -1);
    if (lua_type(L, -1) != LUA_TNUMBER || !(seconds >= 0))
        luaL_error(L, "within: seconds expected, got %s", luaL_tolstring(L, -1, NULL));
    return seconds < 1e9 ? (int64_t)(seconds * 1e9) : INT64_MAX;
}

/* r:pending(key, m [, { within, what, value }]) */
static int rule_pending(lua_State *L)
{
    static const char *const options[] = { "within", "what", "value", NULL };
    struct rp_rules *rules = rp_lua_owner(L);
    struct rp_rule *rule = check_acting(L);
    enum rp_role from = rules->now.from;
    struct rp_pending like = { .value_ref = LUA_NOREF };
    size_t len;
    lua_settop(L, 4);
    rp_view_check(L, 3);
    check_options(L, 4, options);
    const char *key = key_of(L, &len);
    if (!key)
        return 0;
    like.side = from == RP_ROLE_E2NODE ? RP_ROLE_RIC : from == RP_ROLE_RIC ? RP_ROLE_E2NODE : RP_ROLE_UNKNOWN;
    check_side(L, rule, like.side);
    like.within_ns = within_of(L);
    like.what = keep_what(L, rules, rule, option(L, 4, "what"));
    if (lua_istable(L, 4) && lua_getfield(L, 4, "value") != LUA_TNIL)
        like.value_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    if (!rp_pending_open(rules, rule, key, len, &like))
        return luaL_error(L, "not enough memory");
    return 0;
}

static void push_pending(lua_State *L, const struct rp_rules *rules, const struct rp_pending *pending, bool late)
{
    lua_createtable(L, 0, 5);
    lua_pushinteger(L, (lua_Integer)pending->frame);
    lua_setfield(L, -2, "frame");
    lua_pushnumber(L, rp_links_seconds(rules, pending->opened_ns));
    lua_setfield(L, -2, "time");
    lua_pushstring(L, pending->message);
    lua_setfield(L, -2, "name");
    lua_pushboolean(L, late);
    lua_setfield(L, -2, "late");
    if (pending->value_ref != LUA_NOREF) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, pending->value_ref);
        lua_setfield(L, -2, "value");
    }
}

static bool settle_late(struct rp_rules *rules, struct rp_rule *rule, const struct rp_pending *pending)
{
    int64_t took = rules->now.time_ns - pending->opened_ns;
    if (pending->within_ns >= INT64_MAX - rules->slack_ns || took <= pending->within_ns + rules->slack_ns)
        return false;
    char text[RP_DIAG_MAX], expected[64], seen[64];
    snprintf(text, sizeof text, "%s came later than %g s", pending->what, (double)pending->within_ns * 1e-9);
    snprintf(expected, sizeof expected, "within %g s", (double)pending->within_ns * 1e-9);
    snprintf(seen, sizeof seen, "%.3f s after frame %llu", (double)took * 1e-9, (unsigned long long)pending->frame);
    struct rp_evidence evidence = evidence_here(rules, rule);
    evidence.side = pending->side;
    evidence.verdict = pending->side == RP_ROLE_UNKNOWN ? RP_INCONCLUSIVE : RP_FAIL;
    evidence.text = text;
    evidence.expected = expected;
    evidence.seen = seen;
    rp_evidence_add(rules, rule, &evidence);
    return true;
}

/* Nothing was pending: a fault, unless the request may be among what the capture lacks. */
static void settle_nothing(lua_State *L, struct rp_rules *rules, struct rp_rule *rule, const struct rp_view *view,
                           const char *text)
{
    const struct rp_link_state *link = rules->now.link;
    struct rp_evidence evidence = evidence_here(rules, rule);
    char path[RP_PATH_MAX];
    check_side(L, rule, evidence.side);
    evidence.text = text;
    evidence.path = evidence_path(L, rules, view, NULL, path, sizeof path);
    if (link->lost || link->midway) {
        evidence.verdict = RP_INCONCLUSIVE;
        evidence.expected =
            link->lost ? "the capture to hold every chunk of the association" : "the capture to begin before the association";
        evidence.seen = link->lost ? "chunks are missing" : "no handshake";
    } else if (evidence.side == RP_ROLE_UNKNOWN) {
        evidence.verdict = RP_INCONCLUSIVE;
    }
    rp_evidence_add(rules, rule, &evidence);
}

/* r:settle(key, m [, text]) */
static int rule_settle(lua_State *L)
{
    struct rp_rules *rules = rp_lua_owner(L);
    struct rp_rule *rule = check_acting(L);
    size_t len;
    lua_settop(L, 4);
    const struct rp_view *view = rp_view_check(L, 3);
    const char *text = luaL_optstring(L, 4, NULL), *key = key_of(L, &len);
    struct rp_pending *pending = key ? rp_pending_take(rules, rule, key, len) : NULL;
    if (!pending) {
        if (text && key)
            settle_nothing(L, rules, rule, view, text);
        return 0;
    }
    push_pending(L, rules, pending, settle_late(rules, rule, pending));
    rp_pending_done(rules, pending);
    return 1;
}

/* r:forget(key, m) */
static int rule_forget(lua_State *L)
{
    struct rp_rules *rules = rp_lua_owner(L);
    struct rp_rule *rule = check_acting(L);
    struct rp_pending *pending;
    size_t len;
    lua_settop(L, 3);
    rp_view_check(L, 3);
    const char *key = key_of(L, &len);
    while (key && (pending = rp_pending_take(rules, rule, key, len)))
        rp_pending_done(rules, pending);
    return 0;
}

static const luaL_Reg methods[] = {
    { "finding", rule_finding }, { "remark", rule_remark }, { "pass", rule_pass },     { "lost", rule_lost },
    { "pending", rule_pending }, { "settle", rule_settle }, { "forget", rule_forget }, { NULL, NULL },
};

static int write_refused(lua_State *L)
{
    return luaL_error(L, "r can't be assigned to; keep values in r:state(m)");
}

void rp_rule_api_object(struct rp_rules *rules, struct rp_rule *rule)
{
    lua_State *L = rules->lua;
    luaL_checkstack(L, 8, NULL);
    lua_newtable(L);
    lua_pushlightuserdata(L, rule);
    luaL_setfuncs(L, methods, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, rules->state_of_ref);
    lua_pushinteger(L, rule->index + 1);
    lua_call(L, 1, 1);
    lua_setfield(L, -2, "state");
    rp_lua_strict(L, -1, "r", write_refused);
    rule->self_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}
