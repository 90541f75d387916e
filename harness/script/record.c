#include "harness/script/record.h"

#include <lauxlib.h>
#include <string.h>

#include "codecs/suggest.h"

enum { MOST_KEYS = 12 };

static const struct kind {
    const char *what; /* in messages */
    const char *keys[MOST_KEYS];
} kinds[RP_RECORDS] = {
    [RP_RECORD_LINK] = { "m.link", { "id", "e2ap", "functions", "from_start", "opened_by" } },
    [RP_RECORD_FUNCTION] = { "a RAN function of m.link", { "id", "oid", "revision", "state", "model", "frame" } },
    [RP_RECORD_SUBSCRIPTION] = { "m.subscription",
                                 { "serial", "state", "actions", "function_id", "frame", "time", "answered_time",
                                   "deleted_time" } },
    [RP_RECORD_ACTION] = { "an action of m.subscription", { "type", "admitted" } },
    [RP_RECORD_DIAG] = { "m.diag", { "grade", "err", "path", "clause", "expected", "seen", "text", "bit", "ie" } },
};

void rp_record_text(lua_State *L, const char *key, const char *text)
{
    lua_pushstring(L, key);
    lua_pushstring(L, text);
    lua_rawset(L, -3);
}

void rp_record_integer(lua_State *L, const char *key, int64_t value)
{
    lua_pushstring(L, key);
    lua_pushinteger(L, (lua_Integer)value);
    lua_rawset(L, -3);
}

void rp_record_number(lua_State *L, const char *key, double value)
{
    lua_pushstring(L, key);
    lua_pushnumber(L, value);
    lua_rawset(L, -3);
}

void rp_record_boolean(lua_State *L, const char *key, bool value)
{
    lua_pushstring(L, key);
    lua_pushboolean(L, value);
    lua_rawset(L, -3);
}

/* upvalue 1: the kind. A key that is known is only not set. */
static int read_absent(lua_State *L)
{
    const struct kind *kind = &kinds[lua_tointeger(L, lua_upvalueindex(1))];
    const char *name = luaL_tolstring(L, 2, NULL);
    struct rp_suggest near = { .name = name };
    for (int i = 0; i < MOST_KEYS && kind->keys[i]; i++) {
        if (!strcmp(kind->keys[i], name))
            return 0;
        rp_suggest_offer(&near, kind->keys[i]);
    }
    if (near.best)
        return luaL_error(L, "%s has no %s; did you mean %s?", kind->what, name, near.best);
    return luaL_error(L, "%s has no %s", kind->what, name);
}

static int write_refused(lua_State *L)
{
    const struct kind *kind = &kinds[lua_tointeger(L, lua_upvalueindex(1))];
    return luaL_error(L, "%s can't be assigned to; keep values in r:state(m)", kind->what);
}

void rp_record_open(lua_State *L)
{
    for (int i = 0; i < RP_RECORDS; i++) {
        lua_newtable(L);
        lua_pushinteger(L, i);
        lua_pushcclosure(L, read_absent, 1);
        lua_setfield(L, -2, "__index");
        lua_pushinteger(L, i);
        lua_pushcclosure(L, write_refused, 1);
        lua_setfield(L, -2, "__newindex");
        lua_rawsetp(L, LUA_REGISTRYINDEX, &kinds[i]);
    }
}

void rp_record_seal(lua_State *L, enum rp_record kind)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &kinds[kind]);
    lua_setmetatable(L, -2);
}
