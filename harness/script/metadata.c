#include "harness/script/metadata.h"

#include <ctype.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>

#include "codecs/suggest.h"

const char *const rp_on_names[RP_ON_EVENTS] = {
    [RP_ON_ANY] = "*",
    [RP_ON_REFUSED] = "@refused",
    [RP_ON_FINDING] = "@finding",
    [RP_ON_PAYLOAD] = "@payload",
    [RP_ON_PAYLOAD_FINDING] = "@payload-finding",
    [RP_ON_LINK] = "@link",
    [RP_ON_UP] = "@up",
    [RP_ON_SHUTDOWN] = "@shutdown",
    [RP_ON_ABORT] = "@abort",
    [RP_ON_RESTART] = "@restart",
    [RP_ON_LOST] = "@lost",
    [RP_ON_END] = "@end",
};

/** The value under check is at the top of the Lua stack. */
struct check {
    lua_State *L;
    struct rp_rules *rules;
    struct rp_rule *rule;
    const char *key;
};

/* Line of the first `key =` in the text; 1 when it is not written so. */
static int line_of(const struct rp_rule_source *source, const char *key)
{
    int line = 1;
    size_t len = strlen(key);
    for (const char *at = source->text, *end = at + source->len; at < end; at++) {
        line += *at == '\n';
        if ((size_t)(end - at) <= len || strncmp(at, key, len) ||
            (at > source->text && (isalnum((unsigned char)at[-1]) || at[-1] == '_')))
            continue;
        const char *after = at + len;
        while (after < end && (*after == ' ' || *after == '\t'))
            after++;
        if (after + 1 < end && after[0] == '=' && after[1] != '=')
            return line;
    }
    return 1;
}

static _Noreturn void wrong(const struct check *check, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = lua_pushvfstring(check->L, format, args);
    va_end(args);
    lua_pushfstring(check->L, "%s:%d: %s", check->rule->source->path, line_of(check->rule->source, check->key), text);
    lua_error(check->L);
    __builtin_unreachable();
}

static _Noreturn void unknown(const struct check *check, const char *what, const struct rp_suggest *near)
{
    if (near->best)
        wrong(check, "%s: unknown %s '%s'; did you mean %s?", check->key, what, near->name, near->best);
    wrong(check, "%s: unknown %s '%s'", check->key, what, near->name);
}

static void *must(const struct check *check, void *block)
{
    if (!block)
        luaL_error(check->L, "not enough memory");
    return block;
}

static const char *text_at(const struct check *check, int index, const char *what)
{
    if (lua_type(check->L, index) != LUA_TSTRING)
        wrong(check, "%s: %s expected, got %s", check->key, what, luaL_typename(check->L, index));
    size_t len;
    const char *text = lua_tolstring(check->L, index, &len);
    if (!len || strlen(text) != len)
        wrong(check, "%s: %s expected", check->key, what);
    return must(check, rp_arena_strndup(&check->rules->arena, text, len));
}

/* A list of strings, or one string. The array belongs to the arena. */
static const char *const *texts(const struct check *check, size_t *n)
{
    lua_State *L = check->L;
    bool one = lua_type(L, -1) == LUA_TSTRING;
    if (!one && !lua_istable(L, -1))
        wrong(check, "%s: a list of strings expected, got %s", check->key, luaL_typename(L, -1));
    *n = one ? 1 : (size_t)lua_rawlen(L, -1);
    if (!*n)
        wrong(check, "%s: it is empty", check->key);
    const char **list = must(check, rp_arena_calloc(&check->rules->arena, *n, sizeof *list));
    for (size_t i = 0; i < *n; i++) {
        if (!one)
            lua_rawgeti(L, -1, (lua_Integer)i + 1);
        list[i] = text_at(check, -1, "a string");
        if (!one)
            lua_pop(L, 1);
    }
    return list;
}

static size_t one_of(const struct check *check, const char *name, const char *const *names, size_t n, const char *what)
{
    struct rp_suggest near = { .name = name };
    for (size_t i = 0; i < n; i++) {
        if (!names[i])
            continue;
        if (!strcmp(name, names[i]))
            return i;
        rp_suggest_offer(&near, names[i]);
    }
    if (!near.best && n <= 3)
        wrong(check, "%s: unknown %s '%s'; %s%s%s or %s expected", check->key, what, name, n > 2 ? names[0] : "",
              n > 2 ? ", " : "", names[n - 2], names[n - 1]);
    unknown(check, what, &near);
}

static void read_id(const struct check *check)
{
    const char *id = check->rule->result.id = text_at(check, -1, "a string like \"E2-SUB-R02\"");
    size_t len = strlen(id);
    bool form = !strncmp(id, "E2-", 3) && len > 7 && id[len - 4] == '-' && id[len - 3] == 'R' &&
                isdigit((unsigned char)id[len - 2]) && isdigit((unsigned char)id[len - 1]);
    if (!form || strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != len)
        wrong(check, "id: '%s' does not have the form E2-AREA-Rnn", id);
}

static void read_title(const struct check *check)
{
    const char *title = check->rule->result.title = text_at(check, -1, "a sentence");
    if (!strchr(title, ' ') || title[strlen(title) - 1] == '.')
        wrong(check, "title: a claim about the side judged expected, a sentence without a full stop");
}

static void read_spec(const struct check *check)
{
    check->rule->result.spec = texts(check, &check->rule->result.n_spec);
}

static void read_level(const struct check *check)
{
    static const char *const levels[] = { "must", "should" };
    size_t level = one_of(check, text_at(check, -1, "must or should"), levels, 2, "level");
    check->rule->result.level = levels[level];
    check->rule->should = level == 1;
}

static void read_judges(const struct check *check)
{
    static const char *const sides[] = { "e2node", "ric", "both" };
    static const uint8_t masks[] = { 1 << RP_ROLE_E2NODE, 1 << RP_ROLE_RIC, 1 << RP_ROLE_E2NODE | 1 << RP_ROLE_RIC };
    size_t side = one_of(check, text_at(check, -1, "e2node, ric or both"), sides, 3, "side");
    check->rule->result.judges = sides[side];
    check->rule->judged = masks[side];
}

static uint32_t event_index(const struct check *check, const char *name)
{
    const struct rp_names *names = &check->rules->names;
    struct rp_suggest near = { .name = name };
    for (uint32_t i = 0; i < RP_ON_EVENTS; i++) {
        if (!strcmp(name, rp_on_names[i]))
            return i;
        rp_suggest_offer(&near, rp_on_names[i]);
    }
    int found = rp_names_find(names, name);
    if (found >= 0)
        return RP_ON_EVENTS + (uint32_t)found;
    for (size_t i = 0; i < names->n_messages; i++)
        rp_suggest_offer(&near, names->messages[i].name);
    unknown(check, name[0] == '@' ? "event" : "message", &near);
}

static void read_on(const struct check *check)
{
    struct rp_rule *rule = check->rule;
    const char *const *names = texts(check, &rule->n_on);
    rule->on = must(check, rp_arena_calloc(&check->rules->arena, rule->n_on, sizeof *rule->on));
    for (size_t i = 0; i < rule->n_on; i++) {
        rule->on[i] = event_index(check, names[i]);
        for (size_t k = 0; k < i; k++)
            if (rule->on[k] == rule->on[i])
                wrong(check, "on: '%s' stands there twice", names[i]);
    }
}

/* One bound of `editions`: an edition of E2AP that there is. @return its number, or `none` */
static int edition_at(const struct check *check, const char *key, int none)
{
    const struct rp_names *names = &check->rules->names;
    if (lua_getfield(check->L, -1, key) == LUA_TNIL) {
        lua_pop(check->L, 1);
        return none;
    }
    const char *text = text_at(check, -1, "an edition like \"02.00\"");
    lua_pop(check->L, 1);
    struct rp_suggest near = { .name = text };
    for (size_t i = 0; i < names->n_editions; i++) {
        const char *dash = strrchr(names->editions[i], '-');
        if (dash && !strcmp(dash + 1, text))
            return rp_edition_number(text);
        if (dash)
            rp_suggest_offer(&near, dash + 1);
    }
    unknown(check, "edition of E2AP", &near);
}

static void read_editions(const struct check *check)
{
    lua_State *L = check->L;
    struct rp_rule *rule = check->rule;
    static const char *const keys[] = { "from", "to" };
    if (!lua_istable(L, -1))
        wrong(check, "editions: { from = \"02.00\", to = \"03.01\" } expected, got %s", luaL_typename(L, -1));
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
        one_of(check, lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?", keys, 2, "key");
    rule->edition_lo = edition_at(check, "from", 0);
    rule->edition_hi = edition_at(check, "to", INT_MAX);
    int lo = rule->edition_lo, hi = rule->edition_hi;
    if (lo > hi)
        wrong(check, "editions: `from` is behind `to`");
    struct rp_arena *arena = &check->rules->arena;
    if (lo && hi != INT_MAX)
        rule->editions = rp_arena_printf(arena, "%02d.%02d to %02d.%02d", lo / 100, lo % 100, hi / 100, hi % 100);
    else
        rule->editions =
            rp_arena_printf(arena, "%02d.%02d and %s", (lo ? lo : hi) / 100, (lo ? lo : hi) % 100, lo ? "later" : "earlier");
    must(check, (void *)(uintptr_t)rule->editions);
}

static void read_grade(const struct check *check)
{
    size_t n;
    const char *names[RP_TRANSFER + 1];
    for (int i = RP_SOUND; i <= RP_TRANSFER; i++)
        names[i] = rp_grade_name((enum rp_grade)i);
    const char *const *list = texts(check, &n);
    for (size_t i = 0; i < n; i++)
        check->rule->grades |= 1u << one_of(check, list[i], names, RP_TRANSFER + 1, "grade");
}

const char *const rp_err_names[RP_EIO + 1] = {
    [RP_OK] = "OK",
    [RP_EEND] = "EEND",
    [RP_ESYNTAX] = "ESYNTAX",
    [RP_ERANGE] = "ERANGE",
    [RP_ESIZE] = "ESIZE",
    [RP_EALPHABET] = "EALPHABET",
    [RP_ETABLE] = "ETABLE",
    [RP_EMISSING] = "EMISSING",
    [RP_EORDER] = "EORDER",
    [RP_EREPEAT] = "EREPEAT",
    [RP_EUNKNOWN] = "EUNKNOWN",
    [RP_EFORM] = "EFORM",
    [RP_ETRAILING] = "ETRAILING",
    [RP_EDEPTH] = "EDEPTH",
    [RP_ENOMEM] = "ENOMEM",
    [RP_ENAME] = "ENAME",
    [RP_ETYPE] = "ETYPE",
    [RP_EIO] = "EIO",
};

static void read_err(const struct check *check)
{
    size_t n;
    const char *const *list = texts(check, &n);
    for (size_t i = 0; i < n; i++)
        check->rule->errs |= 1u << one_of(check, list[i], rp_err_names, RP_EIO + 1, "err");
}

static void read_advice(const struct check *check)
{
    check->rule->result.advice = text_at(check, -1, "a sentence");
}

static void read_needs_all(const struct check *check)
{
    if (!lua_isboolean(check->L, -1))
        wrong(check, "needs_all: true or false expected, got %s", luaL_typename(check->L, -1));
    check->rule->needs_all = lua_toboolean(check->L, -1);
}

static void read_steady(const struct check *check)
{
    if (!lua_isboolean(check->L, -1))
        wrong(check, "steady: true expected, got %s", luaL_typename(check->L, -1));
    check->rule->steady = lua_toboolean(check->L, -1);
}

static void read_open(const struct check *check)
{
    if (!lua_isfunction(check->L, -1))
        wrong(check, "open: a function expected, got %s", luaL_typename(check->L, -1));
    lua_pushvalue(check->L, -1);
    check->rule->open_ref = luaL_ref(check->L, LUA_REGISTRYINDEX);
}

static const struct key {
    const char *name;
    bool mandatory;
    void (*read)(const struct check *);
} keys[] = {
    { "id", true, read_id },
    { "title", true, read_title },
    { "spec", true, read_spec },
    { "level", true, read_level },
    { "judges", true, read_judges },
    { "on", true, read_on },
    { "open", true, read_open },
    { "editions", false, read_editions },
    { "grade", false, read_grade },
    { "err", false, read_err },
    { "advice", false, read_advice },
    { "steady", false, read_steady },
    { "needs_all", false, read_needs_all },
};

enum { N_KEYS = sizeof keys / sizeof keys[0] };

static void check_keys(struct check *check)
{
    lua_State *L = check->L;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        const char *names[N_KEYS];
        for (size_t i = 0; i < N_KEYS; i++)
            names[i] = keys[i].name;
        check->key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
        struct rp_suggest near = { .name = check->key };
        bool known = false;
        for (size_t i = 0; i < N_KEYS; i++) {
            known |= !strcmp(check->key, names[i]);
            rp_suggest_offer(&near, names[i]);
        }
        if (!known && near.best)
            wrong(check, "unknown key %s; did you mean %s?", check->key, near.best);
        if (!known)
            wrong(check, "unknown key %s", check->key);
    }
}

void rp_metadata_read(lua_State *L, int index, struct rp_rules *rules, struct rp_rule *rule)
{
    struct check check = { .L = L, .rules = rules, .rule = rule };
    luaL_checkstack(L, 16, NULL);
    lua_pushvalue(L, index);
    check_keys(&check);
    for (size_t i = 0; i < N_KEYS; i++) {
        check.key = keys[i].name;
        if (lua_getfield(L, -1, check.key) != LUA_TNIL)
            keys[i].read(&check);
        else if (keys[i].mandatory)
            wrong(&check, "%s is missing", check.key);
        lua_pop(L, 1);
    }
    bool finds = false;
    for (size_t i = 0; i < rule->n_on; i++)
        finds |= rule->on[i] == RP_ON_FINDING || rule->on[i] == RP_ON_PAYLOAD_FINDING;
    check.key = rule->grades ? "grade" : "err";
    if ((rule->grades || rule->errs) && !finds)
        wrong(&check, "%s narrows @finding and @payload-finding, and `on` has neither", check.key);
    lua_pop(L, 1);
}
