#include "harness/script/view.h"

#include <stdio.h>
#include <string.h>

#include "codecs/value/path.h"
#include "harness/script/value.h"

enum { NONE = UINT32_MAX };

static const char view_key; /* its address names the metatable in the registry */

const struct rp_view *rp_view_check(lua_State *L, int index)
{
    const struct rp_rules *rules = rp_lua_owner(L);
    const struct rp_view *view = lua_touserdata(L, index);
    if (view == rules->message_view && view)
        return view;
    bool own = view && lua_getmetatable(L, index);
    if (own) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &view_key);
        own = lua_rawequal(L, -1, -2);
        lua_pop(L, 2);
    }
    if (!own)
        luaL_error(L, "a message, an item or a payload expected, got %s; methods are called with a colon, as in m:get(path)",
                   luaL_typename(L, index));
    if (view->serial != rules->now.serial)
        luaL_error(L, "an item or payload of an earlier message; keep values, not the object");
    return view;
}

/* A path cut in front, as codecs/value/path.h cuts them, gets nothing put before it. */
size_t rp_view_path(const struct rp_rules *rules, const struct rp_view *view, char *out, size_t size)
{
    size_t len = 0;
    const struct rp_e2_message *message = rules->now.message;
    if (size)
        out[0] = '\0';
    if (view->payload && message) {
        len = rp_path_of(message->tree, view->payload->node, out, size);
        if (len + 2 < size && view->item && view->tree->n_nodes) {
            out[len++] = '.';
            out[len] = '\0';
        }
    }
    if (view == rules->message_view)
        len = (size_t)snprintf(out, size, "%s", message && message->name ? message->name : "");
    else if (view->tree && view->tree->n_nodes && view->item)
        len += rp_path_of(view->tree, view->node, out + len, size - len);
    return len < size ? len : size - 1;
}

uint32_t rp_view_find(const struct rp_view *view, const struct rp_path *path)
{
    if (path->absent || !view->tree)
        return NONE;
    return rp_steps_find(&path->steps, view->tree, view->node);
}

/* The node that the path in argument 2 leads to. */
static uint32_t argument(lua_State *L, const struct rp_view *view)
{
    luaL_checkstring(L, 2);
    return rp_view_find(view, rp_paths_of(rp_lua_owner(L), view, 2, RP_PATH_GET));
}

static int view_get(lua_State *L)
{
    const struct rp_view *view = rp_view_check(L, 1);
    uint32_t node = argument(L, view);
    if (node == NONE)
        return 0;
    rp_script_push_value(L, view->tree, node);
    return 1;
}

static int view_has(lua_State *L)
{
    const struct rp_view *view = rp_view_check(L, 1);
    lua_pushboolean(L, argument(L, view) != NONE);
    return 1;
}

static int view_count(lua_State *L)
{
    const struct rp_view *view = rp_view_check(L, 1);
    uint32_t node = argument(L, view);
    lua_Integer n = 0;
    if (node != NONE)
        for (uint32_t i = rp_first(node); i < view->tree->nodes[node].next; i = view->tree->nodes[i].next)
            n++;
    lua_pushinteger(L, n);
    return 1;
}

static int view_key_of(lua_State *L)
{
    const struct rp_view *view = rp_view_check(L, 1);
    uint32_t node = argument(L, view);
    if (node == NONE)
        return 0;
    rp_script_push_key(L, view->tree, node);
    return 1;
}

static struct rp_view *push_view(lua_State *L, const struct rp_view *from)
{
    struct rp_view *view = lua_newuserdatauv(L, sizeof *view, 0);
    *view = *from;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &view_key);
    lua_setmetatable(L, -2);
    return view;
}

/* Composites become items, anything else its value. */
static void push_item(lua_State *L, const struct rp_view *list, uint32_t node)
{
    const struct rp_type *type = rp_node_type(&list->tree->nodes[node]);
    if (type->kind < RP_SEQUENCE || type->kind > RP_CHOICE) {
        rp_script_push_value(L, list->tree, node);
        return;
    }
    struct rp_view item = *list;
    item.node = node;
    item.type = type;
    item.item = true;
    push_view(L, &item);
}

/* upvalues: the object, the list's node, the next element's node, its index */
static int next_item(lua_State *L)
{
    const struct rp_view *view = rp_view_check(L, lua_upvalueindex(1));
    uint32_t list = (uint32_t)lua_tointeger(L, lua_upvalueindex(2)), at = (uint32_t)lua_tointeger(L, lua_upvalueindex(3));
    lua_Integer index = lua_tointeger(L, lua_upvalueindex(4));
    const struct rp_node *nodes = view->tree->nodes;
    bool ies = rp_is_ie_list(rp_node_type(&nodes[list]));
    for (; at < nodes[list].next; at = nodes[at].next, index++) {
        uint32_t value = ies ? rp_ie_value(view->tree, at) : at;
        if (value == NONE) /* an IE field cut short */
            return 0;
        if (nodes[value].slot == &rp_unknown_slot) /* an item of another id: the decoder's finding, nothing to look into */
            continue;
        lua_pushinteger(L, nodes[at].next);
        lua_replace(L, lua_upvalueindex(3));
        lua_pushinteger(L, index + 1);
        lua_replace(L, lua_upvalueindex(4));
        lua_pushinteger(L, index);
        push_item(L, view, value);
        return 2;
    }
    return 0;
}

static int no_item(lua_State *L)
{
    (void)L;
    return 0;
}

static int view_each(lua_State *L)
{
    const struct rp_view *view = rp_view_check(L, 1);
    uint32_t node = argument(L, view);
    if (node == NONE) {
        lua_pushcfunction(L, no_item);
        return 1;
    }
    const struct rp_type *type = rp_node_type(&view->tree->nodes[node]);
    if (type->kind != RP_SEQUENCE_OF && type->kind != RP_SET_OF)
        return luaL_error(L, "m:each: %s is no list", lua_tostring(L, 2));
    lua_pushvalue(L, 1);
    lua_pushinteger(L, node);
    lua_pushinteger(L, rp_first(node));
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_item, 4);
    return 1;
}

void rp_view_push_payload(lua_State *L, const struct rp_rules *rules, const struct rp_e2_payload *payload)
{
    struct rp_view view = { .payload = payload, .serial = rules->now.serial, .type = payload->type };
    if (payload->tree && payload->tree->n_nodes)
        view.tree = payload->tree;
    push_view(L, &view);
}

int rp_view_payload_of(lua_State *L)
{
    struct rp_rules *rules = rp_lua_owner(L);
    const struct rp_view *view = rp_view_check(L, 1);
    if (view->payload)
        return luaL_error(L, "payload_of: a payload has no payloads of its own");
    uint32_t node = argument(L, view);
    const struct rp_e2_payload *payloads;
    if (node == NONE || !rules->session)
        return 0;
    size_t n = rp_e2_payloads(rules->session, rules->now.message, &payloads);
    for (size_t i = 0; i < n; i++)
        if (payloads[i].node == node) {
            rp_view_push_payload(L, rules, &payloads[i]);
            return 1;
        }
    return 0;
}

const luaL_Reg rp_view_methods[] = {
    { "get", view_get },    { "has", view_has },   { "count", view_count },
    { "key", view_key_of }, { "each", view_each }, { NULL, NULL },
};

/* Own fields of items and payloads, as numbers among the members. */
enum {
    ITEM_PATH = 1,
    PAYLOAD_IE,
    PAYLOAD_TYPE,
    PAYLOAD_MODEL,
    PAYLOAD_FUNCTION,
    PAYLOAD_OID,
    PAYLOAD_OCTETS,
    PAYLOAD_READABLE,
    PAYLOAD_MARKERS,
    PAYLOAD_OTHER
};
static const struct {
    const char *name;
    int number;
} members[] = {
    { "path", ITEM_PATH },
    { "ie", PAYLOAD_IE },
    { "type", PAYLOAD_TYPE },
    { "model", PAYLOAD_MODEL },
    { "function_id", PAYLOAD_FUNCTION },
    { "oid", PAYLOAD_OID },
    { "octets", PAYLOAD_OCTETS },
    { "readable", PAYLOAD_READABLE },
    { "markers_last", PAYLOAD_MARKERS },
    { "other_edition", PAYLOAD_OTHER },
};

/* The last name of a path: "ricActionDefinition". */
static void push_last_name(lua_State *L, const char *path)
{
    const char *dot = strrchr(path, '.');
    const char *name = dot ? dot + 1 : path;
    lua_pushlstring(L, name, strcspn(name, "["));
}

static void push_member(lua_State *L, const struct rp_view *view, int member)
{
    const struct rp_rules *rules = rp_lua_owner(L);
    const struct rp_e2_payload *payload = view->payload;
    const struct rp_ran_function *function = payload ? payload->function : NULL;
    const struct rp_node *octets = payload ? &rules->now.message->tree->nodes[payload->node] : NULL;
    char path[RP_PATH_MAX];
    switch (member) {
    case ITEM_PATH:
        rp_view_path(rules, view, path, sizeof path);
        lua_pushstring(L, path);
        break;
    case PAYLOAD_IE:
        rp_path_of(rules->now.message->tree, payload->node, path, sizeof path);
        push_last_name(L, path);
        break;
    case PAYLOAD_TYPE: lua_pushstring(L, payload->type ? payload->type->name : NULL); break;
    case PAYLOAD_MODEL: lua_pushstring(L, function && function->model ? function->model->name : NULL); break;
    case PAYLOAD_FUNCTION: function ? lua_pushinteger(L, (lua_Integer)function->id) : lua_pushnil(L); break;
    case PAYLOAD_OID: lua_pushstring(L, function ? function->oid : NULL); break;
    case PAYLOAD_OCTETS: lua_pushlstring(L, octets->len ? (const char *)octets->value.octets : "", octets->len); break;
    case PAYLOAD_READABLE: lua_pushboolean(L, payload->type && payload->diags->worst < RP_TRANSFER); break;
    case PAYLOAD_MARKERS: lua_pushstring(L, payload->markers_last); break;
    default: lua_pushstring(L, payload->other_edition); break;
    }
}

/* __index of items and payloads; upvalue 1: methods and members by name. A component may have the name of a payload's member: in
 * an item it is the component. */
static int view_index(lua_State *L)
{
    const struct rp_view *view = rp_view_check(L, 1);
    lua_pushvalue(L, 2);
    int found = lua_rawget(L, lua_upvalueindex(1));
    if (found == LUA_TFUNCTION)
        return 1;
    int member = found == LUA_TNUMBER ? (int)lua_tointeger(L, -1) : 0;
    lua_pop(L, 1);
    if (member && (member == ITEM_PATH || (view->payload && !view->item))) {
        push_member(L, view, member);
        return 1;
    }
    if (lua_type(L, 2) != LUA_TSTRING)
        return 0;
    uint32_t node = rp_view_find(view, rp_paths_of(rp_lua_owner(L), view, 2, RP_PATH_FIELD));
    if (node == NONE)
        return 0;
    rp_script_push_value(L, view->tree, node);
    return 1;
}

static int write_refused(lua_State *L)
{
    return luaL_error(L, "it can't be assigned to; keep values in r:state(m)");
}

void rp_view_open(lua_State *L)
{
    lua_newtable(L);
    lua_newtable(L);
    luaL_setfuncs(L, rp_view_methods, 0);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        lua_pushinteger(L, members[i].number);
        lua_setfield(L, -2, members[i].name);
    }
    lua_pushcclosure(L, view_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, write_refused);
    lua_setfield(L, -2, "__newindex");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &view_key);
}
