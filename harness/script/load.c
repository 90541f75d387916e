#include "harness/script/load.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/embedded.h"
#include "harness/script/budget.h"
#include "harness/script/metadata.h"
#include "harness/script/rule_api.h"
#include "harness/script/shortcut.h"

/** One file to be run. */
struct job {
    struct rp_rules *rules;
    const struct rp_rule_source *source;
    struct rp_rule *rule; /* NULL: lib.lua */
    int *lib_ref;
};

const char *rp_script_protected(struct rp_rules *rules, lua_CFunction fn, void *argument)
{
    lua_State *L = rules->lua;
    lua_pushcfunction(L, fn);
    lua_pushlightuserdata(L, argument);
    rules->box.call++;
    if (lua_pcall(L, 1, 0, 0) == LUA_OK)
        return NULL;
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "an error without text";
    const char *own = rp_arena_strndup(&rules->arena, text, strlen(text));
    lua_pop(L, 1);
    return own ? own : "not enough memory";
}

/* rule { ... }: the table itself; a rule file returns it. */
static int rule_function(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    return 1;
}

/* Pushes the file as a function, with counters in its loops and, if they fit, with shortcuts. */
static bool load_ready(lua_State *L, const struct job *job, const char *name, bool shortcuts)
{
    const struct rp_rule_source *source = job->source;
    struct rp_text brief = { .arena = &job->rules->arena }, text = { .arena = &job->rules->arena };
    if (shortcuts)
        rp_shortcut_rewrite(&brief, source->text, source->len);
    else
        rp_text_put(&brief, source->text, source->len);
    int line = brief.failed ? 0 : rp_budget_instrument(&text, brief.chars, brief.len);
    if (line)
        luaL_error(L, "%s:%d: m can't be assigned to; keep values in r:state(m)", source->path, line);
    if (brief.failed || text.failed)
        luaL_error(L, "not enough memory");
    if (luaL_loadbufferx(L, text.chars, text.len, name, "t") == LUA_OK)
        return true;
    lua_pop(L, 1);
    return false;
}

/* Pushes what the file returns, run in an environment of its own. */
static void run_file(lua_State *L, const struct job *job)
{
    const struct rp_rule_source *source = job->source;
    const char *name = lua_pushfstring(L, "@%s", source->path);
    if (luaL_loadbufferx(L, source->text, source->len, name, "t") != LUA_OK) /* errors of the text as it is */
        lua_error(L);
    if (!load_ready(L, job, name, true) && !load_ready(L, job, name, false))
        luaL_error(L, "%s: it can't be made ready", source->path);
    rp_lua_environment(L);
    if (job->rule) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, *job->lib_ref);
        lua_pushliteral(L, "OID");
        if (lua_getfield(L, -2, "OID") == LUA_TTABLE)
            lua_rawset(L, -4);
        else
            lua_pop(L, 2);
        lua_pushliteral(L, "lib");
        lua_insert(L, -2);
        lua_rawset(L, -3);
        lua_pushliteral(L, "rule");
        lua_pushcfunction(L, rule_function);
        lua_rawset(L, -3);
    }
    lua_setupvalue(L, -2, 1); /* _ENV */
    rp_budget_push(L, &job->rules->box);
    lua_call(L, 1, 1);
}

static int load_lib(lua_State *L)
{
    const struct job *job = lua_touserdata(L, 1);
    run_file(L, job);
    if (!lua_istable(L, -1))
        return luaL_error(L, "%s: it returns no table", job->source->path);
    if (lua_getfield(L, -1, "OID") == LUA_TNIL) { /* so that reading it is no error */
        lua_newtable(L);
        lua_setfield(L, -3, "OID");
    }
    lua_pop(L, 1);
    rp_lua_frozen(L, -1, "lib");
    *job->lib_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

static int load_rule(lua_State *L)
{
    const struct job *job = lua_touserdata(L, 1);
    run_file(L, job);
    if (!lua_istable(L, -1))
        return luaL_error(L, "%s:1: it does not return a rule: return rule { id = ... }", job->source->path);
    rp_metadata_read(L, lua_gettop(L), job->rules, job->rule);
    return 0;
}

static bool is_lib(const char *path)
{
    const char *slash = strrchr(path, '/');
    return !strcmp(slash ? slash + 1 : path, "lib.lua");
}

static void fail(struct rp_rule *rule, const char *why)
{
    rule->result.verdict = RP_ERROR;
    rule->result.why = why;
    rule->n_on = 0;
}

static void load_one(struct rp_rules *rules, const struct rp_rule_source *source, int *lib_ref, const char *lib_error)
{
    struct rp_rule *rule = &rules->rules[rules->n_rules++];
    struct job job = { rules, source, rule, lib_ref };
    const char *path = rp_arena_strndup(&rules->arena, source->path, strlen(source->path));
    if (!path)
        path = "a rule";
    *rule = (struct rp_rule){
        .source = source,
        .edition_hi = INT_MAX,
        .open_ref = LUA_NOREF,
        .self_ref = LUA_NOREF,
        .result = { .title = "", .level = "must", .judges = "both", .advice = "", .why = "", .file = path },
    };
    const char *error = lib_error ? lib_error : rp_script_protected(rules, load_rule, &job);
    if (!rule->result.id)
        rule->result.id = path;
    if (error)
        fail(rule, error);
}

static int by_id(const void *a, const void *b)
{
    const struct rp_rule *x = a, *y = b;
    int order = strcmp(x->result.id, y->result.id);
    return order ? order : strcmp(x->source->path, y->source->path);
}

static void sort(struct rp_rules *rules)
{
    qsort(rules->rules, rules->n_rules, sizeof *rules->rules, by_id);
    for (size_t i = 0; i < rules->n_rules; i++) {
        struct rp_rule *rule = &rules->rules[i];
        const struct rp_rule *other = i ? &rules->rules[i - 1] : NULL;
        rule->index = (uint32_t)i;
        if (other && !strcmp(other->result.id, rule->result.id)) {
            const char *why = rp_arena_printf(&rules->arena, "%s:1: the id %s is taken by %s", rule->source->path,
                                              rule->result.id, other->source->path);
            fail(rule, why ? why : "not enough memory");
        }
    }
}

/* `r` refers to the rule by address and place, so it is made behind the last move. */
static int make_objects(lua_State *L)
{
    struct rp_rules *rules = lua_touserdata(L, 1);
    for (size_t i = 0; i < rules->n_rules; i++)
        rp_rule_api_object(rules, &rules->rules[i]);
    return 0;
}

static const struct rp_rule_source *find_lib(const struct rp_rule_source *sources, size_t n, struct rp_rule_source *shipped)
{
    for (size_t i = 0; i < n; i++)
        if (is_lib(sources[i].path))
            return &sources[i];
    for (const struct rp_embedded *file = rp_embedded_rules; file->path; file++)
        if (!strncmp(file->path, "rules/", 6) && is_lib(file->path)) {
            *shipped = (struct rp_rule_source){ file->path, file->start, (size_t)(file->end - file->start) };
            return shipped;
        }
    *shipped = (struct rp_rule_source){ "lib.lua", "return {}", 9 };
    return shipped;
}

bool rp_load_rules(struct rp_rules *rules, const struct rp_rule_source *sources, size_t n)
{
    struct rp_rule_source shipped;
    int lib_ref = LUA_NOREF;
    struct job lib = { rules, find_lib(sources, n, &shipped), NULL, &lib_ref };
    rules->rules = rp_arena_calloc(&rules->arena, n ? n : 1, sizeof *rules->rules);
    if (!rules->rules)
        return false;
    const char *error = rp_script_protected(rules, load_lib, &lib);
    for (size_t i = 0; i < n; i++)
        if (!is_lib(sources[i].path))
            load_one(rules, &sources[i], &lib_ref, error);
    sort(rules);
    return !rp_script_protected(rules, make_objects, rules);
}
