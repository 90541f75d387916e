#include "harness/script/message.h"

#include <string.h>

#include "codecs/embedded.h"
#include "harness/script/asked.h"
#include "harness/script/links.h"
#include "harness/script/record.h"
#include "harness/script/view.h"

static int write_refused(lua_State *L)
{
    return luaL_error(L, "m can't be assigned to; keep values in r:state(m)");
}

/* An error raised on the way from a rule through dispatch.lua gets the rule's line; to one from lib.lua the rule's line is added.
 */
static int handle_error(lua_State *L)
{
    static const char own[] = "dispatch.lua:";
    lua_Debug ar;
    const char *text = luaL_tolstring(L, 1, NULL);
    for (int level = 1; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (ar.currentline <= 0 || strstr(ar.short_src, "lib.lua") || ar.source[0] != '@')
            continue;
        const char *place = lua_pushfstring(L, "%s:%d:", ar.short_src, ar.currentline);
        const char *rest = strncmp(text, own, sizeof own - 1) ? NULL : strchr(text + sizeof own - 1, ':');
        if (rest)
            lua_pushfstring(L, "%s%s", place, rest + 1);
        else if (!strncmp(text, place, strlen(place)))
            lua_pop(L, 1);
        else
            lua_pushfstring(L, "%s (from %s:%d)", text, ar.short_src, ar.currentline);
        break;
    }
    return 1;
}

static const struct rp_embedded *script(const char *path)
{
    const struct rp_embedded *file = rp_embedded_scripts;
    while (file->path && strcmp(file->path, path))
        file++;
    return file;
}

/* Returns what rp_message_open puts on the stack. */
static int open_message(lua_State *L)
{
    struct rp_rules *rules = lua_touserdata(L, 1);
    const struct rp_embedded *file = script("dispatch.lua");
    rp_record_open(L);
    rp_view_open(L);
    lua_settop(L, 0);
    lua_pushcfunction(L, handle_error);
    lua_newtable(L);
    luaL_setfuncs(L, rp_view_methods, 0);
    rules->message_table = lua_topointer(L, RP_AT_M);
    if (!file->path || luaL_loadbufferx(L, file->start, (size_t)(file->end - file->start), "=dispatch.lua", "t") != LUA_OK)
        return lua_error(L);
    rp_asked_open(rules, RP_AT_M);
    lua_pushvalue(L, RP_AT_M);
    lua_newtable(L); /* its metatable */
    lua_pushcfunction(L, write_refused);
    lua_setfield(L, -2, "__newindex");
    lua_pushvalue(L, -1);
    lua_setmetatable(L, RP_AT_M);
    lua_call(L, 3, RP_AT_STATE_OF - RP_AT_M);
    for (int role = RP_ROLE_UNKNOWN; role <= RP_ROLE_RIC; role++)
        lua_pushstring(L, rp_role_name((enum rp_role)role));
    const struct {
        int *ref, place;
    } refs[] = { { &rules->message_ref, RP_AT_M },
                 { &rules->forget_ref, RP_AT_FORGET },
                 { &rules->turn_ref, RP_AT_TURN },
                 { &rules->state_of_ref, RP_AT_STATE_OF } };
    for (size_t i = 0; i < sizeof refs / sizeof refs[0]; i++) {
        lua_pushvalue(L, refs[i].place);
        *refs[i].ref = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    return RP_AT_LAST;
}

bool rp_message_open(struct rp_rules *rules)
{
    lua_State *L = rules->lua;
    lua_settop(L, 0);
    lua_pushcfunction(L, open_message);
    lua_pushlightuserdata(L, rules);
    return lua_checkstack(L, 64) && lua_pcall(L, 1, RP_AT_LAST, 0) == LUA_OK;
}

void rp_message_turn(struct rp_rules *rules)
{
    const struct rp_now *now = &rules->now;
    const struct rp_e2_message *message = now->message;
    struct rp_view *view = &rules->message_view;
    *view = (struct rp_view){ .serial = now->serial };
    if (message && message->name && message->tree && message->root < message->tree->n_nodes) {
        view->tree = message->tree;
        view->node = message->root;
        view->type = rp_node_type(&message->tree->nodes[message->root]);
    }
}

/* Sets a field of m, which is below the value at the top. */
static void set(lua_State *L, const char *key)
{
    lua_pushstring(L, key);
    lua_insert(L, -2);
    lua_rawset(L, -3);
}

static void set_transport(lua_State *L, const struct rp_e2_message *message)
{
    static const char *const keys[] = { "number", "ppid", "stream" };
    const lua_Integer values[] = { message ? message->number : 0, message ? message->sctp->ppid : 0,
                                   message ? message->sctp->stream : 0 };
    for (int i = 0; i < 3; i++) {
        message ? lua_pushinteger(L, values[i]) : lua_pushnil(L);
        set(L, keys[i]);
    }
}

static void set_text(lua_State *L, const char *key, const char *text)
{
    lua_pushstring(L, text);
    set(L, key);
}

/* m is at the top of the stack. */
static void set_message(struct rp_rules *rules)
{
    lua_State *L = rules->lua;
    const struct rp_now *now = &rules->now;
    const struct rp_e2_message *message = now->message;
    enum rp_role to = now->from == RP_ROLE_E2NODE ? RP_ROLE_RIC : now->from == RP_ROLE_RIC ? RP_ROLE_E2NODE : RP_ROLE_UNKNOWN;
    set_text(L, "name", message ? message->name : NULL);
    set_text(L, "from", rp_role_name(now->from));
    set_text(L, "to", rp_role_name(to));
    set_transport(L, message);
    lua_pushinteger(L, (lua_Integer)now->frame);
    set(L, "frame");
    lua_pushnumber(L, rp_links_seconds(rules, now->time_ns));
    set(L, "time");
    rp_links_push(rules, now->link);
    set(L, "link");
    rp_links_push_subscription(rules, message ? message->subscription : NULL);
    set(L, "subscription");
}

/* Name of the IE that a path goes through first: "E2setupRequest.RANfunctionsAdded[2].x" -> "RANfunctionsAdded". */
static void record_ie(lua_State *L, const char *path)
{
    static const char container[] = ".protocolIEs."; /* of an IE that is not there */
    const char *dot = strncmp(path, "...", 3) ? strchr(path, '.') : NULL;
    if (dot && !strncmp(dot, container, sizeof container - 1))
        dot += sizeof container - 2;
    lua_pushliteral(L, "ie");
    if (dot)
        lua_pushlstring(L, dot + 1, strcspn(dot + 1, ".["));
    else
        lua_pushnil(L);
    lua_rawset(L, -3);
}

static void push_diag(lua_State *L, const struct rp_diag *diag)
{
    lua_createtable(L, 0, 9);
    rp_record_text(L, "grade", rp_grade_name(diag->grade));
    rp_record_text(L, "err", rp_err_names[diag->err]);
    rp_record_text(L, "path", diag->path);
    rp_record_text(L, "clause", diag->clause);
    rp_record_text(L, "expected", diag->expected);
    rp_record_text(L, "seen", diag->seen);
    rp_record_text(L, "text", diag->text);
    rp_record_integer(L, "bit", diag->bit);
    record_ie(L, diag->path);
    rp_record_seal(L, RP_RECORD_DIAG);
}

/* Runs in a C function of its own, from which the places of enum rp_place are out of reach: m comes through the registry. */
void rp_message_update(struct rp_rules *rules, bool same_message)
{
    lua_State *L = rules->lua;
    const struct rp_now *now = &rules->now;
    luaL_checkstack(L, 16, NULL);
    lua_rawgeti(L, LUA_REGISTRYINDEX, rules->message_ref);
    if (!same_message) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, rules->forget_ref);
        lua_call(L, 0, 0);
        lua_rawgeti(L, LUA_REGISTRYINDEX, rules->turn_ref);
        rp_links_push_states(rules, now->link);
        lua_call(L, 1, 0);
        rp_message_turn(rules);
        set_message(rules);
    }
    set_text(L, "event", now->name);
    now->diag ? push_diag(L, now->diag) : lua_pushnil(L);
    set(L, "diag");
    now->payload ? rp_view_push_payload(L, rules, now->payload, now->payload_place) : lua_pushnil(L);
    set(L, "payload");
    rules->plain = now->message && now->message->name && !now->name && !now->diag && !now->payload;
    lua_pop(L, 1);
}
