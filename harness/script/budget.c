#include "harness/script/budget.h"

#include <ctype.h>

#include "harness/script/lua_text.h"

static const char head[] = "local __rounds, __stop = 0, ... ";
static const char tick[] = " __rounds = __rounds + 1 if __rounds > 1000000 then __rounds = __stop() end ";
_Static_assert(RP_BUDGET_ROUNDS == 1000000, "the number in `tick`");

/** A scan for the few words that matter. */
struct scan {
    struct rp_text *out;
    const char *at, *end;
    const char *copied;                          /* what stands before is in `out` */
    bool parameters;                             /* behind `function`: the next ')' ends its parameters */
    bool field, assigned;                        /* the words before were `open`, `open =` */
    enum { OTHER, DOT, M, M_DOT, M_FIELD } of_m; /* what stands before: `m`, `m.`, `m.name` */
    const char *wrong;                           /* the first `m.name =`, or NULL */
};

/* Copies what was passed over, then the counter. */
static void insert(struct scan *scan, const char *before)
{
    rp_text_put(scan->out, scan->copied, (size_t)(before - scan->copied));
    rp_text_puts(scan->out, tick);
    scan->copied = before;
}

static void take_word(struct scan *scan)
{
    const char *start = scan->at;
    size_t len = rp_lua_word(start, scan->end);
    scan->at += len;
    bool own = scan->assigned;
    scan->of_m = scan->of_m == M_DOT ? M_FIELD : scan->of_m != DOT && rp_lua_is(start, len, "m") ? M : OTHER;
    scan->assigned = false;
    scan->field = rp_lua_is(start, len, "open");
    if (rp_lua_is(start, len, "do") || rp_lua_is(start, len, "repeat"))
        insert(scan, scan->at);
    else if (rp_lua_is(start, len, "goto")) /* in front: a label may have to stand last in its block */
        insert(scan, start);
    else if (rp_lua_is(start, len, "function"))
        scan->parameters = !own;
}

static void take_sign(struct scan *scan)
{
    char sign = *scan->at++;
    if (isspace((unsigned char)sign))
        return;
    if (sign == ')' && scan->parameters) {
        scan->parameters = false;
        insert(scan, scan->at);
    }
    if (scan->of_m == M_FIELD && sign == '=' && scan->at < scan->end && *scan->at != '=' && !scan->wrong)
        scan->wrong = scan->at;
    scan->of_m = sign != '.' ? OTHER : scan->of_m == M ? M_DOT : DOT;
    scan->assigned = scan->field && sign == '=';
    scan->field = false;
}

int rp_budget_instrument(struct rp_text *out, const char *text, size_t len)
{
    struct scan scan = { .out = out, .at = text, .end = text + len, .copied = text };
    rp_text_puts(out, head);
    while (scan.at < scan.end) {
        const char *skipped = rp_lua_skip(scan.at, scan.end);
        if (skipped != scan.at)
            scan.at = skipped;
        else if (rp_lua_word(scan.at, scan.end))
            take_word(&scan);
        else
            take_sign(&scan);
    }
    rp_text_put(out, scan.copied, (size_t)(scan.end - scan.copied));
    int line = scan.wrong ? 1 : 0;
    for (const char *at = text; scan.wrong && at < scan.wrong; at++)
        line += *at == '\n';
    return line;
}

/* upvalue 1: the box; upvalue 2: the call in which it was called last */
static int stop(lua_State *L)
{
    const struct rp_lua_box *box = lua_touserdata(L, lua_upvalueindex(1));
    if ((uint64_t)lua_tointeger(L, lua_upvalueindex(2)) == box->call)
        return luaL_error(L, "it does not end: more than a million rounds of a loop in one call");
    lua_pushinteger(L, (lua_Integer)box->call);
    lua_replace(L, lua_upvalueindex(2));
    lua_pushinteger(L, 0);
    return 1;
}

void rp_budget_push(lua_State *L, const struct rp_lua_box *box)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)box);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, stop, 2);
}
