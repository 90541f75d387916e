#include "harness/script/asked.h"

#include "harness/script/shortcut.h"
#include "harness/script/value.h"
#include "harness/script/view.h"

enum { NONE = UINT32_MAX };
enum kind { FIELD, GET, HAS, KEY, PAYLOAD, KINDS };
static const char *const kind_names[KINDS] = { "field", "get", "has", "key", "payload_of" };

/* Upvalues of all functions here: the names asked for in order, the table of each kind, the fields that are nil; of miss its
 * kind. */
enum { UP_NAMES = 1, UP_KEPT, UP_MISSING = UP_KEPT + KINDS, UP_KIND };

static bool push_own(lua_State *L, const struct rp_rules *rules, enum rp_own_field field)
{
    const struct rp_now *now = &rules->now;
    if (field == RP_OWN_OCTETS && now->message)
        lua_pushlstring(L, (const char *)now->message->sctp->octets, now->message->sctp->len);
    else if (field == RP_OWN_CLOCK && now->time_ns)
        lua_pushnumber(L, (double)now->time_ns * 1e-9);
    else if (field == RP_OWN_TEXT && now->event)
        lua_pushstring(L, now->event->sentence);
    else
        return false;
    return true;
}

/* Pushes the answer, nil included. */
static void push_answer(lua_State *L, struct rp_rules *rules, const struct rp_view *view, enum kind kind,
                        const struct rp_path *path)
{
    uint32_t node = path->own ? NONE : rp_view_find(view, path);
    bool pushed = true;
    if (kind == HAS)
        lua_pushboolean(L, node != NONE);
    else if (path->own)
        pushed = push_own(L, rules, path->own);
    else if (node == NONE)
        pushed = false;
    else if (kind == KEY)
        rp_script_push_key(L, view->tree, node);
    else if (kind == PAYLOAD)
        pushed = rp_view_push_payload_at(L, rules, node);
    else
        rp_script_push_value(L, view->tree, node);
    if (!pushed)
        lua_pushnil(L);
}

/* Keeps the answer at the top for the name below it, and takes both off the stack. */
static void keep(lua_State *L, struct rp_asked *asked)
{
    bool absent = lua_isnil(L, -1);
    if (asked->table == FIELD && absent != asked->absent) { /* from one table to the other */
        lua_pushvalue(L, -2);
        absent ? lua_pushboolean(L, 1) : lua_pushnil(L);
        lua_rawset(L, lua_upvalueindex(UP_MISSING));
        asked->absent = absent;
    } else if (asked->table != FIELD && absent) {
        lua_pop(L, 1);
        lua_pushboolean(L, 0);
    } else if (asked->table == GET && lua_isboolean(L, -1) && !lua_toboolean(L, -1)) { /* false would be nil: asked for anew */
        lua_pop(L, 1);
        lua_pushnil(L);
    }
    lua_rawset(L, lua_upvalueindex(UP_KEPT + asked->table));
}

/* The path of argument 2, which is a shortcut's name or a path itself; `kind` becomes what it stands for. */
static const struct rp_path *path_of(lua_State *L, struct rp_rules *rules, const struct rp_view *view, enum kind *kind)
{
    static const enum kind kinds[] = { FIELD, GET, HAS, KEY, PAYLOAD };
    const char *name = lua_tostring(L, 2);
    enum rp_shortcut shortcut = *kind == FIELD ? rp_shortcut_of(name) : RP_SHORTCUT_NONE;
    if (!shortcut)
        return rp_paths_of(rules, view, 2, *kind == FIELD ? RP_PATH_FIELD : RP_PATH_GET);
    *kind = kinds[shortcut];
    lua_pushstring(L, name + 1);
    const struct rp_path *path = rp_paths_of(rules, view, -1, RP_PATH_GET);
    lua_pop(L, 1);
    return path;
}

static int miss(lua_State *L)
{
    struct rp_rules *rules = rp_lua_owner(L);
    enum kind table = (enum kind)lua_tointeger(L, lua_upvalueindex(UP_KIND)), kind = table;
    const struct rp_view *view = rp_view_check(L, 1);
    if (table == FIELD && lua_type(L, 2) != LUA_TSTRING)
        return 0;
    luaL_checkstring(L, 2);
    if (table == PAYLOAD && view->payload)
        return luaL_error(L, "payload_of: a payload has no payloads of its own");
    const struct rp_path *path = path_of(L, rules, view, &kind);
    push_answer(L, rules, view, kind, path);
    if (view != &rules->message_view || rules->n_asked == RP_ASKED || !rp_paths_is_kept(rules, path))
        return 1;
    struct rp_asked *asked = &rules->asked[rules->n_asked++];
    *asked = (struct rp_asked){ .path = path, .kind = (uint8_t)kind, .table = (uint8_t)table };
    lua_pushvalue(L, 2);
    lua_rawseti(L, lua_upvalueindex(UP_NAMES), (lua_Integer)rules->n_asked);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    keep(L, asked);
    return 1;
}

static int refill(lua_State *L)
{
    struct rp_rules *rules = rp_lua_owner(L);
    for (uint32_t i = 0; i < rules->n_asked; i++) {
        struct rp_asked *asked = &rules->asked[i];
        lua_rawgeti(L, lua_upvalueindex(UP_NAMES), i + 1);
        push_answer(L, rules, &rules->message_view, (enum kind)asked->kind, asked->path);
        keep(L, asked);
    }
    return 0;
}

static int forget(lua_State *L)
{
    struct rp_rules *rules = rp_lua_owner(L);
    for (uint32_t i = 0; i < rules->n_asked; i++) {
        const int tables[] = { UP_KEPT + rules->asked[i].table, UP_MISSING };
        for (int k = 0; k < (rules->asked[i].table == FIELD ? 2 : 1); k++) {
            lua_rawgeti(L, lua_upvalueindex(UP_NAMES), i + 1);
            lua_pushnil(L);
            lua_rawset(L, lua_upvalueindex(tables[k]));
        }
    }
    rules->n_asked = 0;
    return 0;
}

/* Pushes a closure over the upvalues, copied from `first` on; `kind` < 0: without a kind. */
static void push_closure(lua_State *L, int first, lua_CFunction function, int kind)
{
    for (int i = 0; i < UP_MISSING; i++)
        lua_pushvalue(L, first + i);
    if (kind >= 0)
        lua_pushinteger(L, kind);
    lua_pushcclosure(L, function, kind < 0 ? UP_MISSING : UP_KIND);
}

void rp_asked_open(struct rp_rules *rules, int message)
{
    lua_State *L = rules->lua;
    luaL_checkstack(L, 3 * UP_KIND, NULL);
    int first = lua_gettop(L) + 1;
    lua_createtable(L, RP_ASKED, 0);
    lua_pushvalue(L, message);
    for (int i = 0; i < KINDS; i++) /* one for each other kind, and the fields that are nil */
        lua_newtable(L);
    lua_newtable(L);
    int out = lua_gettop(L);
    lua_newtable(L);
    lua_newtable(L);
    for (int kind = 0; kind < KINDS; kind++) {
        lua_pushvalue(L, first + UP_KEPT - 1 + kind);
        lua_setfield(L, out + 1, kind_names[kind]);
        push_closure(L, first, miss, kind);
        lua_setfield(L, out + 2, kind_names[kind]);
    }
    lua_setfield(L, out, "miss");
    lua_setfield(L, out, "kept");
    lua_pushvalue(L, first + UP_MISSING - 1);
    lua_setfield(L, out, "missing");
    push_closure(L, first, refill, -1);
    lua_setfield(L, out, "refill");
    push_closure(L, first, forget, -1);
    lua_setfield(L, out, "forget");
    lua_replace(L, first);
    lua_settop(L, first);
}
