/** A Lua state for code that is not trusted: few libraries, a memory limit, an instruction limit, no globals but the given ones.
 */
#ifndef RP_LUA_STATE_H
#define RP_LUA_STATE_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include <stddef.h>
#include <stdint.h>

struct rp_rules;

enum { RP_LUA_LIMIT_OCTETS = 256 << 20 };

/** What a state has used. Must outlive it. `call` is to be counted up before each call into untrusted code. */
struct rp_lua_box {
    size_t used, limit; /* octets */
    uint64_t call;      /* number of the present call */
};

/** @param owner  found again by rp_lua_owner
 *  @return a state whose globals are not open to scripts (see rp_lua_environment), or NULL without memory */
lua_State *rp_lua_new(struct rp_lua_box *box, struct rp_rules *owner);

/** The owner given to rp_lua_new. */
struct rp_rules *rp_lua_owner(lua_State *L);

/** Pushes a new environment table for one script: the base functions and libraries that are permitted, each script with copies
 *  of its own. Reading a name that it lacks and assigning any name raise an error. May raise a memory error. */
void rp_lua_environment(lua_State *L);

/** Pushes a read-only view of the table at `index`, which gets a metatable: reading a name that it lacks raises an error that
 *  starts with `what` ("lib"), with "did you mean". */
void rp_lua_frozen(lua_State *L, int index, const char *what);

/** Gives the table at `index` a metatable: reading a name that it lacks raises an error that starts with `what`, with "did you
 *  mean"; a new name goes to `write`, which may be NULL. */
void rp_lua_strict(lua_State *L, int index, const char *what, lua_CFunction write);

/** Raises "<what> has no <name>; did you mean <nearest>?", the nearest being a string key of the table at `index`. */
int rp_lua_unknown(lua_State *L, int index, const char *what, const char *name);

#endif
