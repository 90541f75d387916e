#include "harness/script/paths.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE = 1024, MOST = 20000, SHORT_STRING = 40, MOST_LONG = 4096 };

/** A string's address tells it apart while it lives. Lua keeps one copy of a short one, which lives on as a key in `table_ref`;
 * long ones are kept in `long_ref`, each copy. */
struct cached {
    const char *text;
    const struct rp_type *type;
    enum rp_path_use use;
    const struct rp_path *path;
};

struct rp_paths {
    struct cached cache[CACHE];
    struct rp_arena arena;
    int table_ref; /* type -> text -> light userdata of the path */
    int long_ref;  /* list of long strings */
    lua_Integer n_long;
    size_t n;             /* paths kept */
    struct rp_path loose; /* one that is not kept */
};

bool rp_paths_new(struct rp_rules *rules)
{
    rules->paths = calloc(1, sizeof *rules->paths);
    if (!rules->paths)
        return false;
    lua_newtable(rules->lua);
    rules->paths->table_ref = luaL_ref(rules->lua, LUA_REGISTRYINDEX);
    lua_newtable(rules->lua);
    rules->paths->long_ref = luaL_ref(rules->lua, LUA_REGISTRYINDEX);
    return true;
}

void rp_paths_free(struct rp_rules *rules)
{
    if (rules->paths)
        rp_arena_free(&rules->paths->arena);
    free(rules->paths);
    rules->paths = NULL;
}

static const struct own {
    const char *name;
    enum rp_own_field field;
} own_fields[] = {
    { "name", RP_OWN_ABSENT }, { "number", RP_OWN_ABSENT },  { "frame", RP_OWN_ABSENT },        { "time", RP_OWN_ABSENT },
    { "from", RP_OWN_ABSENT }, { "to", RP_OWN_ABSENT },      { "event", RP_OWN_ABSENT },        { "clock", RP_OWN_CLOCK },
    { "ppid", RP_OWN_ABSENT }, { "stream", RP_OWN_ABSENT },  { "octets", RP_OWN_OCTETS },       { "link", RP_OWN_ABSENT },
    { "diag", RP_OWN_ABSENT }, { "payload", RP_OWN_ABSENT }, { "subscription", RP_OWN_ABSENT }, { "text", RP_OWN_TEXT },
};

enum { N_OWN = sizeof own_fields / sizeof own_fields[0] };

static bool in_any_message(const struct rp_names *names, const char *text, struct rp_path *path, struct rp_miss *miss)
{
    for (size_t i = 0; i < names->n_messages; i++)
        for (const struct rp_message_type *type = names->messages[i].types; type; type = type->next)
            if (rp_steps_compile(type->type, text, &path->steps, miss))
                return true;
    return false;
}

static bool in_any_edition(struct rp_rules *rules, const char *name, const char *text, struct rp_path *path, struct rp_miss *miss)
{
    size_t n;
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    const char *const *sets = rp_registry_names(rules->registry, &n);
    bool found = false;
    for (size_t i = 0; i < n && !found; i++) {
        const struct rp_schema *schema = rp_registry_set(rules->registry, sets[i], &diags);
        const struct rp_type *type = schema ? rp_schema_type(schema, name) : NULL;
        found = type && rp_steps_compile(type, text, &path->steps, miss);
    }
    rp_arena_free(&arena);
    return found;
}

static int refuse(lua_State *L, const struct rp_view *view, const char *text, struct rp_miss *miss, enum rp_path_use use)
{
    const char *owner = view->type && view->type->name ? view->type->name : "a message";
    if (use == RP_PATH_FIELD)
        for (size_t i = 0; i < N_OWN && !view->item && !view->payload; i++)
            rp_suggest_offer(&miss->near, own_fields[i].name);
    if (miss->offset) {
        lua_pushlstring(L, text, miss->offset - (text[miss->offset - 1] == '.'));
        owner = lua_tostring(L, -1);
    }
    if (miss->grammar)
        return luaL_error(L, "the path '%s' has no name or [number] at its character %d", text, (int)miss->offset + 1);
    if (miss->listless)
        return luaL_error(L, "%s is no list, so it has no %s", owner, miss->name);
    const char *what = view->item || view->payload || miss->offset ? "component" : "IE";
    if (miss->near.best)
        return luaL_error(L, "%s has no %s %s; did you mean %s?", owner, what, miss->name, miss->near.best);
    return luaL_error(L, "%s has no %s %s", owner, what, miss->name);
}

/* Works a path out; raises an error when nothing has it. */
static void compile(struct rp_rules *rules, const struct rp_view *view, const char *text, enum rp_path_use use,
                    struct rp_path *path)
{
    struct rp_miss miss = { .name = "" };
    bool whole = !view->item && !view->payload;
    *path = (struct rp_path){ .own = RP_OWN_NONE };
    for (size_t i = 0; i < N_OWN && use == RP_PATH_FIELD && whole; i++)
        if (!strcmp(own_fields[i].name, text)) {
            path->own = own_fields[i].field;
            return;
        }
    if (view->type && rp_steps_compile(view->type, text, &path->steps, &miss))
        return;
    path->absent = true;
    if (!view->type && !whole)
        return; /* a payload of no known type */
    if (whole ? in_any_message(&rules->names, text, path, &miss)
              : view->type->name && in_any_edition(rules, view->type->name, text, path, &miss))
        return;
    refuse(rules->lua, view, text, &miss, use);
}

/* The table of a type's paths, pushed. */
static void push_table(struct rp_rules *rules, const struct rp_type *type, enum rp_path_use use)
{
    lua_State *L = rules->lua;
    const void *key = (const void *)((uintptr_t)type + use); /* types are aligned: no two meet */
    lua_rawgeti(L, LUA_REGISTRYINDEX, rules->paths->table_ref);
    if (lua_rawgetp(L, -1, key) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, -3, key);
    }
    lua_remove(L, -2);
}

static struct rp_path *keep(struct rp_paths *paths)
{
    size_t size = offsetof(struct rp_path, steps.step) + paths->loose.steps.n * sizeof(struct rp_step);
    struct rp_path *path = paths->n < MOST ? rp_arena_alloc(&paths->arena, size) : NULL;
    if (path)
        memcpy(path, &paths->loose, size);
    paths->n += path != NULL;
    return path;
}

static const struct rp_path *find(struct rp_rules *rules, const struct rp_view *view, int index, enum rp_path_use use)
{
    lua_State *L = rules->lua;
    const struct rp_path *path;
    luaL_checkstack(L, 8, NULL);
    index = lua_absindex(L, index);
    int top = lua_gettop(L);
    push_table(rules, view->type, use);
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TLIGHTUSERDATA) {
        path = lua_touserdata(L, -1);
    } else {
        const char *text = lua_tostring(L, index);
        compile(rules, view, text, use, &rules->paths->loose);
        struct rp_path *kept = keep(rules->paths); /* by_name, if set, points into the string, which is the table's key */
        path = kept ? kept : &rules->paths->loose;
        if (kept) {
            lua_pushvalue(L, index);
            lua_pushlightuserdata(L, kept);
            lua_rawset(L, -4);
        }
    }
    lua_settop(L, top);
    return path;
}

/* Whether the string at `index` lives as long as the engine. */
static bool lives(struct rp_rules *rules, int index, size_t len)
{
    lua_State *L = rules->lua;
    if (len <= SHORT_STRING)
        return true;
    if (rules->paths->n_long == MOST_LONG)
        return false;
    lua_pushvalue(L, index);
    lua_rawgeti(L, LUA_REGISTRYINDEX, rules->paths->long_ref);
    lua_insert(L, -2);
    lua_rawseti(L, -2, ++rules->paths->n_long);
    lua_pop(L, 1);
    return true;
}

const struct rp_path *rp_paths_of(struct rp_rules *rules, const struct rp_view *view, int index, enum rp_path_use use)
{
    size_t len;
    const char *text = lua_tolstring(rules->lua, index, &len);
    uintptr_t hash = ((uintptr_t)text >> 4) ^ ((uintptr_t)view->type >> 5) ^ (uintptr_t)use;
    struct cached *cached = &rules->paths->cache[(hash ^ hash >> 10) % CACHE];
    if (cached->text == text && cached->type == view->type && cached->use == use)
        return cached->path;
    const struct rp_path *path = find(rules, view, index, use);
    if (path != &rules->paths->loose && lives(rules, index, len))
        *cached = (struct cached){ text, view->type, use, path };
    return path;
}

bool rp_paths_is_kept(const struct rp_rules *rules, const struct rp_path *path)
{
    return path != &rules->paths->loose;
}
