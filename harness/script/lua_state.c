#include "harness/script/lua_state.h"

#include <stdlib.h>
#include <string.h>

#include "codecs/suggest.h"

static void *allocate(void *context, void *block, size_t old_size, size_t new_size)
{
    struct rp_lua_box *box = context;
    size_t old = block ? old_size : 0; /* without a block, old_size is the kind of the new object */
    if (new_size == 0) {
        box->used -= old;
        free(block);
        return NULL;
    }
    if (new_size > old && new_size - old > box->limit - box->used)
        return NULL;
    void *grown = realloc(block, new_size);
    if (grown)
        box->used += new_size - old;
    return grown;
}

struct rp_rules *rp_lua_owner(lua_State *L)
{
    return *(struct rp_rules **)lua_getextraspace(L);
}

static const luaL_Reg libraries[] = {
    { LUA_GNAME, luaopen_base },       { LUA_TABLIBNAME, luaopen_table }, { LUA_STRLIBNAME, luaopen_string },
    { LUA_MATHLIBNAME, luaopen_math }, { LUA_UTF8LIBNAME, luaopen_utf8 },
};

/* What a script sees. No pcall: it could swallow the error that ends a loop; no pairs of Lua's own: see ordered_pairs. */
static const char *const base_names[] = { "assert", "error",    "ipairs",   "next", "rawequal", "rawlen",
                                          "select", "tonumber", "tostring", "type", "_VERSION" };
static const char *const library_names[] = { LUA_TABLIBNAME, LUA_STRLIBNAME, LUA_MATHLIBNAME, LUA_UTF8LIBNAME };
/* Compiled code, and what makes two runs differ. */
static const char *const removed[][2] = { { LUA_STRLIBNAME, "dump" },
                                          { LUA_MATHLIBNAME, "random" },
                                          { LUA_MATHLIBNAME, "randomseed" } };

/* pairs in rising order of keys, numbers before strings: Lua's own order changes from run to run, and findings with it. */
static const char ordered_pairs[] = "local next, type, sort, tostring = next, type, table.sort, tostring\n"
                                    "local function before(a, b)\n"
                                    "  local ta, tb = type(a), type(b)\n"
                                    "  if ta ~= tb then return ta < tb end\n"
                                    "  if ta == 'number' or ta == 'string' then return a < b end\n"
                                    "  return tostring(a) < tostring(b)\n"
                                    "end\n"
                                    "return function(t)\n"
                                    "  local keys, n = {}, 0\n"
                                    "  for k in next, t do n = n + 1; keys[n] = k end\n"
                                    "  if n > 1 then sort(keys, before) end\n"
                                    "  local i = 0\n"
                                    "  return function()\n"
                                    "    while i < n do\n"
                                    "      i = i + 1\n"
                                    "      local v = t[keys[i]]\n"
                                    "      if v ~= nil then return keys[i], v end\n"
                                    "    end\n"
                                    "  end\n"
                                    "end\n";

static int open_libraries(lua_State *L)
{
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
        luaL_requiref(L, libraries[i].name, libraries[i].func, 1);
        lua_pop(L, 1);
    }
    for (size_t i = 0; i < sizeof removed / sizeof removed[0]; i++) {
        lua_getglobal(L, removed[i][0]);
        lua_pushnil(L);
        lua_setfield(L, -2, removed[i][1]);
        lua_pop(L, 1);
    }
    if (luaL_loadbufferx(L, ordered_pairs, sizeof ordered_pairs - 1, "=pairs", "t") != LUA_OK)
        return lua_error(L);
    lua_call(L, 0, 1);
    lua_setglobal(L, "pairs");
    return 0;
}

lua_State *rp_lua_new(struct rp_lua_box *box, struct rp_rules *owner)
{
    *box = (struct rp_lua_box){ .limit = RP_LUA_LIMIT_OCTETS };
    lua_State *L = lua_newstate(allocate, box);
    if (!L)
        return NULL;
    *(struct rp_rules **)lua_getextraspace(L) = owner;
    lua_pushcfunction(L, open_libraries);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
        lua_close(L);
        return NULL;
    }
    return L;
}

int rp_lua_unknown(lua_State *L, int index, const char *what, const char *name)
{
    struct rp_suggest near = { .name = name };
    int table = lua_absindex(L, index);
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING)
            rp_suggest_offer(&near, lua_tostring(L, -2));
    if (near.best)
        return luaL_error(L, "%s %s; did you mean %s?", what, name, near.best);
    return luaL_error(L, "%s %s", what, name);
}

/* upvalue 1: the names there are; upvalue 2: the words before the name */
static int read_unknown(lua_State *L)
{
    return rp_lua_unknown(L, lua_upvalueindex(1), lua_tostring(L, lua_upvalueindex(2)), luaL_tolstring(L, 2, NULL));
}

static int write_global(lua_State *L)
{
    const char *name = luaL_tolstring(L, 2, NULL);
    return luaL_error(L, "assignment to the global %s; write local %s", name, name);
}

static int write_frozen(lua_State *L)
{
    return luaL_error(L, "%s can't be assigned to", lua_tostring(L, lua_upvalueindex(1)));
}

/* Pushes a copy of the table at the top of the stack. */
static void copy_table(lua_State *L)
{
    int from = lua_gettop(L);
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, from); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, from + 1);
    }
}

void rp_lua_environment(lua_State *L)
{
    luaL_checkstack(L, 12, NULL);
    lua_newtable(L);
    int env = lua_gettop(L);
    for (size_t i = 0; i < sizeof base_names / sizeof base_names[0]; i++) {
        lua_getglobal(L, base_names[i]);
        lua_setfield(L, env, base_names[i]);
    }
    lua_getglobal(L, "pairs");
    lua_setfield(L, env, "pairs");
    for (size_t i = 0; i < sizeof library_names / sizeof library_names[0]; i++) {
        lua_getglobal(L, library_names[i]);
        copy_table(L);
        lua_setfield(L, env, library_names[i]);
        lua_pop(L, 1);
    }
    lua_newtable(L);
    lua_pushvalue(L, env);
    lua_pushstring(L, "unknown global");
    lua_pushcclosure(L, read_unknown, 2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, write_global);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, env);
}

void rp_lua_strict(lua_State *L, int index, const char *what, lua_CFunction write)
{
    luaL_checkstack(L, 8, NULL);
    int table = lua_absindex(L, index);
    lua_newtable(L);
    lua_pushvalue(L, table);
    lua_pushfstring(L, "%s has no", what);
    lua_pushcclosure(L, read_unknown, 2);
    lua_setfield(L, -2, "__index");
    if (write) {
        lua_pushcfunction(L, write);
        lua_setfield(L, -2, "__newindex");
    }
    lua_setmetatable(L, table);
}

void rp_lua_frozen(lua_State *L, int index, const char *what)
{
    int table = lua_absindex(L, index);
    rp_lua_strict(L, table, what, NULL);
    lua_newtable(L);
    lua_newtable(L);
    lua_pushvalue(L, table);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, what);
    lua_pushcclosure(L, write_frozen, 1);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
}
