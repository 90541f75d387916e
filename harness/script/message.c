#include "harness/script/message.h"

#include <string.h>

#include "harness/script/links.h"
#include "harness/script/record.h"
#include "harness/script/value.h"
#include "harness/script/view.h"

enum { NONE = UINT32_MAX, MOST_FILLED = 64 };

/* Upvalues of the function that updates m: the table behind m, the list of names filled into it, then the keys. */
enum {
    UP_FIELDS = 1,
    UP_FILLED,
    UP_NAME,
    UP_NUMBER,
    UP_FRAME,
    UP_TIME,
    UP_FROM,
    UP_TO,
    UP_EVENT,
    UP_PPID,
    UP_STREAM,
    UP_LINK,
    UP_DIAG,
    UP_PAYLOAD,
    UP_SUBSCRIPTION,
    UP_LAST = UP_SUBSCRIPTION
};
static const char *const keys[] = { "name", "number", "frame", "time", "from",    "to",          "event",
                                    "ppid", "stream", "link",  "diag", "payload", "subscription" };

static int push_own(lua_State *L, const struct rp_rules *rules, enum rp_own_field field)
{
    const struct rp_now *now = &rules->now;
    if (field == RP_OWN_OCTETS && now->message)
        lua_pushlstring(L, (const char *)now->message->sctp->octets, now->message->sctp->len);
    else if (field == RP_OWN_CLOCK && now->time_ns)
        lua_pushnumber(L, (double)now->time_ns * 1e-9);
    else if (field == RP_OWN_TEXT && now->event)
        lua_pushstring(L, now->event->sentence);
    else
        return 0;
    return 1;
}

/* __index of the table behind m, for what is not in it: IEs, and what is made when asked for. Upvalue 1: the list of names whose
 * values were kept in the table for the next rule that asks. */
static int message_index(lua_State *L)
{
    struct rp_rules *rules = rp_lua_owner(L);
    const struct rp_view *view = rules->message_view;
    if (lua_type(L, 2) != LUA_TSTRING)
        return 0;
    const struct rp_path *path = rp_paths_of(rules, view, 2, RP_PATH_FIELD);
    if (path->own)
        return push_own(L, rules, path->own);
    uint32_t node = rp_view_find(view, path);
    if (node == NONE)
        return 0;
    rp_script_push_value(L, view->tree, node);
    if (rules->set.n_filled < MOST_FILLED) {
        lua_pushvalue(L, 2);
        lua_rawseti(L, lua_upvalueindex(1), ++rules->set.n_filled);
        lua_pushvalue(L, 2);
        lua_pushvalue(L, -2);
        lua_rawset(L, 1);
    }
    return 1;
}

static int write_refused(lua_State *L)
{
    return luaL_error(L, "m can't be assigned to; keep values in r:state(m)");
}

static void open_message(struct rp_rules *rules)
{
    lua_State *L = rules->lua;
    lua_newtable(L); /* the table behind m */
    luaL_setfuncs(L, rp_view_methods, 0);
    lua_pushcfunction(L, rp_view_payload_of);
    lua_setfield(L, -2, "payload_of");
    lua_createtable(L, MOST_FILLED, 0); /* names filled */
    lua_newtable(L);
    lua_pushvalue(L, -2);
    lua_pushcclosure(L, message_index, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -3);

    rules->message_view = lua_newuserdatauv(L, sizeof *rules->message_view, 0);
    *rules->message_view = (struct rp_view){ 0 };
    lua_newtable(L);
    lua_pushvalue(L, -4);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, write_refused);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
    rules->message_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

int rp_message_open(struct rp_rules *rules)
{
    lua_State *L = rules->lua;
    luaL_checkstack(L, UP_LAST + 8, NULL);
    rp_record_open(L);
    rp_view_open(L);
    open_message(rules); /* leaves the table behind m and the list of names */
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        lua_pushstring(L, keys[i]);
    rules->set = (struct rp_set){ .from = -1 };
    return UP_LAST;
}

/* Sets a field of the table behind m to the value at the top of the stack. */
static void put(lua_State *L, int key)
{
    lua_pushvalue(L, lua_upvalueindex(key));
    lua_insert(L, -2);
    lua_rawset(L, lua_upvalueindex(UP_FIELDS));
}

static void put_nil(lua_State *L, int key)
{
    lua_pushnil(L);
    put(L, key);
}

static void forget_filled(lua_State *L, struct rp_set *set)
{
    for (int i = 1; i <= set->n_filled; i++) {
        lua_rawgeti(L, lua_upvalueindex(UP_FILLED), i);
        lua_pushnil(L);
        lua_rawset(L, lua_upvalueindex(UP_FIELDS));
    }
    set->n_filled = 0;
}

static void update_sides(lua_State *L, struct rp_set *set, enum rp_role from)
{
    if (set->from == (int)from)
        return;
    set->from = (int)from;
    lua_pushstring(L, rp_role_name(from));
    put(L, UP_FROM);
    enum rp_role to = from == RP_ROLE_E2NODE ? RP_ROLE_RIC : from == RP_ROLE_RIC ? RP_ROLE_E2NODE : RP_ROLE_UNKNOWN;
    lua_pushstring(L, rp_role_name(to));
    put(L, UP_TO);
}

static void update_transport(lua_State *L, struct rp_set *set, const struct rp_e2_message *message)
{
    const struct rp_sctp_message *sctp = message ? message->sctp : NULL;
    if (sctp) {
        lua_pushinteger(L, message->number);
        put(L, UP_NUMBER);
    } else if (set->has_message) {
        put_nil(L, UP_NUMBER);
    }
    if (sctp && (!set->has_message || set->ppid != sctp->ppid)) {
        lua_pushinteger(L, sctp->ppid);
        put(L, UP_PPID);
        set->ppid = sctp->ppid;
    } else if (!sctp && set->has_message) {
        put_nil(L, UP_PPID);
    }
    if (sctp && (!set->has_message || set->stream != sctp->stream)) {
        lua_pushinteger(L, sctp->stream);
        put(L, UP_STREAM);
        set->stream = sctp->stream;
    } else if (!sctp && set->has_message) {
        put_nil(L, UP_STREAM);
    }
    set->has_message = sctp != NULL;
}

static void update_view(struct rp_rules *rules)
{
    const struct rp_now *now = &rules->now;
    const struct rp_e2_message *message = now->message;
    struct rp_view *view = rules->message_view;
    *view = (struct rp_view){ .serial = now->serial };
    if (message && message->name && message->tree && message->root < message->tree->n_nodes) {
        view->tree = message->tree;
        view->node = message->root;
        view->type = rp_node_type(&message->tree->nodes[message->root]);
    }
}

static void update_message(struct rp_rules *rules)
{
    lua_State *L = rules->lua;
    const struct rp_now *now = &rules->now;
    struct rp_set *set = &rules->set;
    const char *name = now->message ? now->message->name : NULL;
    update_view(rules);
    forget_filled(L, set);
    if (set->name != name) {
        lua_pushstring(L, name);
        put(L, UP_NAME);
        set->name = name;
    }
    lua_pushinteger(L, (lua_Integer)now->frame);
    put(L, UP_FRAME);
    lua_pushnumber(L, rp_links_seconds(rules, now->time_ns));
    put(L, UP_TIME);
    update_sides(L, set, now->from);
    update_transport(L, set, now->message);
    rp_links_push(rules, now->link);
    if (set->link != now->link) {
        put(L, UP_LINK);
        set->link = now->link;
    } else {
        lua_pop(L, 1);
    }
    const struct rp_subscription *subscription = now->message ? now->message->subscription : NULL;
    if (subscription || set->subscription) {
        rp_links_push_subscription(rules, subscription);
        put(L, UP_SUBSCRIPTION);
        set->subscription = subscription != NULL;
    }
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

void rp_message_update(struct rp_rules *rules, bool same_message)
{
    lua_State *L = rules->lua;
    const struct rp_now *now = &rules->now;
    struct rp_set *set = &rules->set;
    luaL_checkstack(L, 8, NULL);
    if (!same_message)
        update_message(rules);
    if (set->event != now->name) {
        lua_pushstring(L, now->name);
        put(L, UP_EVENT);
        set->event = now->name;
    }
    if (now->diag || set->diag) {
        now->diag ? push_diag(L, now->diag) : lua_pushnil(L);
        put(L, UP_DIAG);
        set->diag = now->diag != NULL;
    }
    if (now->payload || set->payload) {
        now->payload ? rp_view_push_payload(L, rules, now->payload) : lua_pushnil(L);
        put(L, UP_PAYLOAD);
        set->payload = now->payload != NULL;
    }
}
