#include "harness/script/view.h"

#include <stdio.h>
#include <string.h>

#include "codecs/value/path.h"
#include "harness/script/record.h"
#include "harness/script/shortcut.h"
#include "harness/script/value.h"

enum { NONE = UINT32_MAX };

static const char view_key, payload_key; /* their addresses name the metatables in the registry */

/* The view in a userdata of this kind, or NULL. */
static const struct rp_view *view_at(lua_State *L, int index)
{
    const struct rp_view *view = lua_touserdata(L, index);
    if (!view || !lua_getmetatable(L, index))
        return NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &view_key);
    bool own = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return own ? view : NULL;
}

const struct rp_view *rp_view_check(lua_State *L, int index)
{
    const struct rp_rules *rules = rp_lua_owner(L);
    const struct rp_view *view;
    if (lua_topointer(L, index) == rules->message_table)
        return &rules->message_view;
    if (lua_type(L, index) == LUA_TTABLE) { /* a payload: its view is the first element */
        lua_rawgeti(L, index, 1);
        const void *pointer = lua_touserdata(L, -1);
        view = NULL;
        for (size_t i = 0; i < RP_PAYLOADS && pointer && !view; i++)
            view = pointer == rules->payload_objects[i].view ? pointer : NULL;
        if (!view)
            view = view_at(L, -1);
        lua_pop(L, 1);
    } else {
        view = view_at(L, index);
    }
    if (!view)
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
    if (view == &rules->message_view)
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

static bool same_kind(const struct rp_payload_object *object, const struct rp_payload_object *wanted)
{
    return object->table && object->type == wanted->type && object->function == wanted->function &&
           object->functions == wanted->functions && object->other_edition == wanted->other_edition &&
           object->markers_last == wanted->markers_last && object->readable == wanted->readable;
}

/* Pushes a table with the fields that are the same for all payloads of a kind, and its view. */
static void make_payload(lua_State *L, struct rp_payload_object *object)
{
    const struct rp_view none = { .tree = NULL };
    lua_createtable(L, 1, 12);
    object->view = push_view(L, &none);
    lua_rawseti(L, -2, 1);
    luaL_setfuncs(L, rp_view_methods, 0);
    rp_record_text(L, "type", object->type ? object->type->name : NULL);
    rp_record_text(L, "model", object->function && object->function->model ? object->function->model->name : NULL);
    rp_record_text(L, "oid", object->function ? object->function->oid : NULL);
    rp_record_text(L, "other_edition", object->other_edition);
    rp_record_text(L, "markers_last", object->markers_last);
    rp_record_boolean(L, "readable", object->readable);
    if (object->function)
        rp_record_integer(L, "function_id", object->function->id);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &payload_key);
    lua_setmetatable(L, -2);
}

void rp_view_push_payload(lua_State *L, struct rp_rules *rules, const struct rp_e2_payload *payload, size_t place)
{
    const struct rp_ran_function *function = payload->function;
    struct rp_payload_object loose = { .table = 0 };
    struct rp_payload_object *object = place < RP_PAYLOADS ? &rules->payload_objects[place] : &loose;
    const struct rp_payload_object wanted = {
        .table = object->table,
        .view = object->view,
        .type = payload->type,
        .function = function,
        .functions = rules->functions,
        .other_edition = payload->other_edition,
        .markers_last = payload->markers_last,
        .readable = payload->type && payload->diags->worst < RP_TRANSFER,
    };
    if (same_kind(object, &wanted)) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, object->table);
    } else {
        *object = wanted;
        make_payload(L, object);
        if (object != &loose) {
            luaL_unref(L, LUA_REGISTRYINDEX, object->table ? object->table : LUA_NOREF);
            lua_pushvalue(L, -1);
            object->table = luaL_ref(L, LUA_REGISTRYINDEX);
        }
    }
    *object->view = (struct rp_view){ .payload = payload, .serial = rules->now.serial, .type = payload->type };
    if (payload->tree && payload->tree->n_nodes)
        object->view->tree = payload->tree;
}

bool rp_view_push_payload_at(lua_State *L, struct rp_rules *rules, uint32_t node)
{
    const struct rp_e2_payload *payloads;
    if (node == NONE || !rules->session)
        return false;
    size_t n = rp_e2_payloads(rules->session, rules->now.message, &payloads);
    for (size_t i = 0; i < n; i++)
        if (payloads[i].node == node) {
            rp_view_push_payload(L, rules, &payloads[i], i);
            return true;
        }
    return false;
}

int rp_view_payload_of(lua_State *L)
{
    const struct rp_view *view = rp_view_check(L, 1);
    if (view->payload)
        return luaL_error(L, "payload_of: a payload has no payloads of its own");
    return rp_view_push_payload_at(L, rp_lua_owner(L), argument(L, view));
}

const luaL_Reg rp_view_methods[] = {
    { "get", view_get },    { "has", view_has },   { "count", view_count },
    { "key", view_key_of }, { "each", view_each }, { NULL, NULL },
};

/* The last name of a path: "ricActionDefinition". */
static void push_last_name(lua_State *L, const char *path)
{
    const char *dot = strrchr(path, '.');
    const char *name = dot ? dot + 1 : path;
    lua_pushlstring(L, name, strcspn(name, "["));
}

static int push_component(lua_State *L, const struct rp_view *view)
{
    uint32_t node =
        lua_type(L, 2) == LUA_TSTRING ? rp_view_find(view, rp_paths_of(rp_lua_owner(L), view, 2, RP_PATH_FIELD)) : NONE;
    if (node == NONE)
        return 0;
    rp_script_push_value(L, view->tree, node);
    return 1;
}

/* A shortcut on something else than m, as when an item is called m: the method itself. @return results, -1 when it is none */
static int run_shortcut(lua_State *L)
{
    static const lua_CFunction functions[] = { NULL, view_get, view_has, view_key_of, rp_view_payload_of };
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    enum rp_shortcut shortcut = rp_shortcut_of(name);
    if (!shortcut)
        return -1;
    lua_pushstring(L, name + 1);
    lua_replace(L, 2);
    return functions[shortcut](L);
}

static int push_path(lua_State *L, const struct rp_view *view)
{
    char path[RP_PATH_MAX];
    rp_view_path(rp_lua_owner(L), view, path, sizeof path);
    lua_pushstring(L, path);
    return 1;
}

/* __index of items; upvalue 1: methods */
static int item_index(lua_State *L)
{
    const struct rp_view *view = rp_view_check(L, 1);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TFUNCTION)
        return 1;
    lua_pop(L, 1);
    if (lua_type(L, 2) == LUA_TSTRING && !strcmp(lua_tostring(L, 2), "path"))
        return push_path(L, view);
    int results = run_shortcut(L);
    return results < 0 ? push_component(L, view) : results;
}

/* __index of payloads, for what is not in their tables: what differs from payload to payload, fields that are nil, components. */
static int payload_index(lua_State *L)
{
    static const char *const unset[] = { "type", "model", "function_id", "oid", "other_edition", "markers_last" };
    const struct rp_view *view = rp_view_check(L, 1);
    const struct rp_tree *tree = rp_lua_owner(L)->now.message->tree;
    const struct rp_node *octets = &tree->nodes[view->payload->node];
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    char path[RP_PATH_MAX];
    for (size_t i = 0; i < sizeof unset / sizeof unset[0]; i++)
        if (!strcmp(name, unset[i]))
            return 0;
    if (!strcmp(name, "path"))
        return push_path(L, view);
    if (!strcmp(name, "octets")) {
        lua_pushlstring(L, octets->len ? (const char *)octets->value.octets : "", octets->len);
        return 1;
    }
    if (strcmp(name, "ie")) {
        int results = run_shortcut(L);
        return results < 0 ? push_component(L, view) : results;
    }
    rp_path_of(tree, view->payload->node, path, sizeof path);
    push_last_name(L, path);
    return 1;
}

static int write_refused(lua_State *L)
{
    return luaL_error(L, "it can't be assigned to; keep values in r:state(m)");
}

static void push_metatable(lua_State *L)
{
    lua_newtable(L);
    lua_pushcfunction(L, write_refused);
    lua_setfield(L, -2, "__newindex");
}

void rp_view_open(lua_State *L)
{
    push_metatable(L);
    lua_newtable(L);
    luaL_setfuncs(L, rp_view_methods, 0);
    lua_pushcclosure(L, item_index, 1);
    lua_setfield(L, -2, "__index");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &view_key);

    push_metatable(L);
    lua_pushcfunction(L, payload_index);
    lua_setfield(L, -2, "__index");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &payload_key);
}
