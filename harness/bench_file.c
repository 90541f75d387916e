#include "harness/bench_file.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/suggest.h"

enum { MEMORY_LIMIT = 8 << 20, INSTRUCTION_LIMIT = 1000000 };

struct reader {
    const char *file;
    struct rp_registry *registry;
    struct rp_arena *arena;
    struct rp_bench_file *bench;
    struct rp_diags *diags;
    size_t memory;
};

static const char *const top_keys[] = { "dut", "features", "links", "slack", NULL };
static const char *const dut_keys[] = { "role", "vendor", "model", "software", "e2ap", NULL };
/* procedures that a device may lack, besides the service models */
static const char *const feature_keys[] = { "e2sm-kpm",
                                            "e2sm-rc",
                                            "e2sm-ni",
                                            "e2sm-ccc",
                                            "e2sm-llc",
                                            "reset",
                                            "e2-removal",
                                            "service-query",
                                            "service-update",
                                            "configuration-update",
                                            "connection-update",
                                            "control",
                                            "query",
                                            "subscription-modification",
                                            "subscription-audit",
                                            "load-status",
                                            "state-control",
                                            "assistance",
                                            NULL };

static void *allocate(void *context, void *block, size_t old_size, size_t new_size)
{
    struct reader *reader = context;
    size_t old = block ? old_size : 0;
    if (!new_size) {
        free(block);
        reader->memory -= old;
        return NULL;
    }
    if (reader->memory - old + new_size > MEMORY_LIMIT)
        return NULL;
    void *moved = realloc(block, new_size);
    if (moved)
        reader->memory += new_size - old;
    return moved;
}

static void stop(lua_State *lua, lua_Debug *at)
{
    (void)at;
    luaL_error(lua, "a bench file is a table without code; this one does not come to an end");
}

static void fault(struct reader *reader, enum rp_err err, const char *text)
{
    struct rp_diag *diag = rp_diag_add(reader->diags, RP_TRANSFER, err, "%s", text);
    diag->file = reader->file;
    diag->line = 1;
    diag->column = 1;
}

static bool check_key(struct reader *reader, const char *where, const char *key, const char *const *known)
{
    struct rp_suggest near = { .name = key };
    for (size_t i = 0; known[i]; i++) {
        if (!strcmp(key, known[i]))
            return true;
        rp_suggest_offer(&near, known[i]);
    }
    char text[RP_DIAG_MAX];
    snprintf(text, sizeof text, "%s has no key '%s'%s%s%s", where, key, near.best ? "; did you mean " : "",
             near.best ? near.best : "", near.best ? "?" : "");
    fault(reader, RP_ENAME, text);
    return false;
}

/** Checks the keys of the table on top of the stack. */
static bool check_keys(struct reader *reader, lua_State *lua, const char *where, const char *const *known)
{
    bool good = true;
    lua_pushnil(lua);
    while (lua_next(lua, -2)) {
        if (lua_type(lua, -2) == LUA_TSTRING) {
            good = check_key(reader, where, lua_tostring(lua, -2), known) && good;
        } else {
            char text[RP_DIAG_MAX];
            snprintf(text, sizeof text, "%s has a key that is not a name", where);
            fault(reader, RP_ETYPE, text);
            good = false;
        }
        lua_pop(lua, 1);
    }
    return good;
}

/** Finds the set that an edition means: "v03", "03.00" or a whole name. @return NULL with a finding */
static const char *find_set(struct reader *reader, const char *family, const char *edition)
{
    size_t n = 0, family_len = strlen(family);
    const char *const *names = rp_registry_names(reader->registry, &n);
    const char *found = NULL;
    char wanted[64];
    struct rp_suggest near = { .name = wanted };
    snprintf(wanted, sizeof wanted, "%s-%s", family, edition[0] == 'v' || edition[0] == 'V' ? edition + 1 : edition);
    bool whole = !strncmp(edition, family, family_len), major = !whole && !strchr(edition, '.');
    if (whole)
        snprintf(wanted, sizeof wanted, "%s", edition);
    for (size_t i = 0; i < n; i++) {
        if (strncmp(names[i], family, family_len) != 0)
            continue;
        rp_suggest_offer(&near, names[i]);
        size_t len = strlen(wanted);
        /* sorted: the last that fits is the newest */
        if (!strcmp(names[i], wanted) || (major && !strncmp(names[i], wanted, len) && names[i][len] == '.'))
            found = names[i];
    }
    if (found)
        return found;
    char text[RP_DIAG_MAX];
    snprintf(text, sizeof text, "there is no edition '%s' of %s%s%s%s", edition, family, near.best ? "; did you mean " : "",
             near.best ? near.best : "", near.best ? "?" : "");
    fault(reader, RP_ENAME, text);
    return NULL;
}

static void wrong_type(struct reader *reader, const char *key, const char *wanted, const char *seen)
{
    char text[RP_DIAG_MAX];
    snprintf(text, sizeof text, "%s is a %s; a %s is wanted", key, seen, wanted);
    fault(reader, RP_ETYPE, text);
}

/** Pushes t[key] of the table on top. @return false with nothing pushed when absent, or of another type (with a finding) */
static bool push_field(struct reader *reader, lua_State *lua, const char *key, int type)
{
    lua_pushstring(lua, key);
    lua_rawget(lua, -2);
    if (lua_type(lua, -1) == type)
        return true;
    if (!lua_isnil(lua, -1))
        wrong_type(reader, key, lua_typename(lua, type), luaL_typename(lua, -1));
    lua_pop(lua, 1);
    return false;
}

static const char *keep(struct reader *reader, const char *text)
{
    return text ? rp_arena_strndup(reader->arena, text, strlen(text)) : NULL;
}

static void read_dut(struct reader *reader, lua_State *lua)
{
    if (!push_field(reader, lua, "dut", LUA_TTABLE))
        return;
    check_keys(reader, lua, "dut", dut_keys);
    if (push_field(reader, lua, "e2ap", LUA_TSTRING)) {
        reader->bench->e2ap = keep(reader, find_set(reader, "e2ap", lua_tostring(lua, -1)));
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
}

static void read_feature(struct reader *reader, lua_State *lua, const char *key)
{
    if (lua_type(lua, -1) == LUA_TBOOLEAN || strncmp(key, "e2sm-", 5) != 0)
        return;
    if (lua_type(lua, -1) != LUA_TSTRING) {
        wrong_type(reader, key, "string or boolean", luaL_typename(lua, -1));
        return;
    }
    const char *set = find_set(reader, key, lua_tostring(lua, -1));
    if (set && reader->bench->n_sm < RP_BENCH_MAX_MODELS)
        reader->bench->sm[reader->bench->n_sm++] = keep(reader, set);
}

static void read_features(struct reader *reader, lua_State *lua)
{
    if (!push_field(reader, lua, "features", LUA_TTABLE))
        return;
    if (check_keys(reader, lua, "features", feature_keys)) {
        lua_pushnil(lua);
        while (lua_next(lua, -2)) {
            read_feature(reader, lua, lua_tostring(lua, -2));
            lua_pop(lua, 1);
        }
    }
    lua_pop(lua, 1);
}

static void read_slack(struct reader *reader, lua_State *lua)
{
    if (!push_field(reader, lua, "slack", LUA_TNUMBER))
        return;
    double slack = lua_tonumber(lua, -1);
    lua_pop(lua, 1);
    if (slack >= 0 && slack <= 3600) {
        reader->bench->slack = slack;
        reader->bench->has_slack = true;
    } else {
        fault(reader, RP_ERANGE, "slack is seconds from 0 to 3600");
    }
}

/** Runs protected: memory may end at any call. */
static int read_bench(lua_State *lua)
{
    struct reader *reader = lua_touserdata(lua, 1);
    lua_settop(lua, 2);
    if (!lua_istable(lua, -1)) {
        fault(reader, RP_ETYPE, "a bench file returns a table: return { dut = { role = \"e2node\" } }");
        return 0;
    }
    check_keys(reader, lua, "the bench", top_keys);
    read_dut(reader, lua);
    read_features(reader, lua);
    read_slack(reader, lua);
    return 0;
}

static int load_bench(lua_State *lua, struct reader *reader, const char *text, size_t len)
{
    char name[128];
    snprintf(name, sizeof name, "@%s", reader->file);
    lua_sethook(lua, stop, LUA_MASKCOUNT, INSTRUCTION_LIMIT);
    lua_pushcfunction(lua, read_bench);
    lua_pushlightuserdata(lua, reader);
    int status = luaL_loadbufferx(lua, text, len, name, "t");
    if (!status)
        status = lua_pcall(lua, 0, 1, 0);
    return status ? status : lua_pcall(lua, 2, 0, 0);
}

bool rp_bench_file_read(const char *file, const char *text, size_t len, struct rp_registry *registry, struct rp_arena *arena,
                        struct rp_bench_file *bench, struct rp_diags *diags)
{
    memset(bench, 0, sizeof *bench);
    struct reader reader = { .file = file, .registry = registry, .arena = arena, .bench = bench, .diags = diags };
    uint32_t before = diags->count;
    lua_State *lua = lua_newstate(allocate, &reader);
    if (!lua) {
        fault(&reader, RP_ENOMEM, "no memory");
        return false;
    }
    if (load_bench(lua, &reader, text, len)) {
        const char *said = lua_tostring(lua, -1);
        fault(&reader, RP_ESYNTAX, said ? said : "the file could not be run");
    }
    lua_close(lua);
    return diags->count == before;
}
