#include "harness/script/shortcut.h"

#include <string.h>

#include "harness/script/lua_text.h"

static const char *const methods[] = {
    [RP_SHORTCUT_GET] = "get",
    [RP_SHORTCUT_HAS] = "has",
    [RP_SHORTCUT_KEY] = "key",
    [RP_SHORTCUT_PAYLOAD] = "payload_of",
};

enum rp_shortcut rp_shortcut_of(const char *name)
{
    return name[0] >= RP_SHORTCUT_GET && name[0] <= RP_SHORTCUT_PAYLOAD ? (enum rp_shortcut)name[0] : RP_SHORTCUT_NONE;
}

/** A call of a method of m. */
struct call {
    enum rp_shortcut method;
    const char *path; /* without quotes */
    size_t len;
    const char *end; /* behind the call */
};

static enum rp_shortcut method_named(const char *at, size_t len)
{
    for (int i = RP_SHORTCUT_GET; i <= RP_SHORTCUT_PAYLOAD; i++)
        if (rp_lua_is(at, len, methods[i]))
            return (enum rp_shortcut)i;
    return RP_SHORTCUT_NONE;
}

static bool sign(const char **at, const char *end, char wanted)
{
    *at = rp_lua_blanks(*at, end);
    if (*at == end || **at != wanted)
        return false;
    *at = rp_lua_blanks(*at + 1, end);
    return true;
}

/* A call behind the word m: :get("path"). */
static bool read_call(const char *at, const char *end, struct call *call)
{
    if (!sign(&at, end, ':'))
        return false;
    size_t len = rp_lua_word(at, end);
    call->method = method_named(at, len);
    at += len;
    if (!call->method || !sign(&at, end, '(') || at == end || (*at != '"' && *at != '\''))
        return false;
    const char *quote = at;
    at = rp_lua_skip(at, end);
    call->path = quote + 1;
    call->len = (size_t)(at - quote) - 2;
    if (at - quote < 2 || memchr(call->path, '\\', call->len) || memchr(call->path, '\n', call->len) || !sign(&at, end, ')'))
        return false;
    call->end = call->path + call->len + 1;
    call->end = rp_lua_blanks(call->end, end) + 1;
    return true;
}

void rp_shortcut_rewrite(struct rp_text *out, const char *text, size_t len)
{
    const char *end = text + len, *copied = text;
    char before = ' '; /* the last character that is no blank */
    for (const char *at = text; at < end;) {
        const char *skipped = rp_lua_skip(at, end);
        size_t word = skipped == at ? rp_lua_word(at, end) : 0;
        struct call call;
        if (word == 1 && *at == 'm' && before != '.' && before != ':' && read_call(at + 1, end, &call)) {
            rp_text_put(out, copied, (size_t)(at + 1 - copied));
            rp_text_printf(out, "[\"\\%03d%.*s\"]", (int)call.method, (int)call.len, call.path);
            for (const char *in = at; in < call.end; in++) /* lines stay what they are */
                if (*in == '\n')
                    rp_text_puts(out, "\n");
            copied = at = call.end;
            before = ')';
            continue;
        }
        const char *next = skipped != at ? skipped : at + (word ? word : 1);
        before = *(next - 1) == ' ' || *(next - 1) == '\n' ? before : *(next - 1);
        at = next;
    }
    rp_text_put(out, copied, (size_t)(end - copied));
}
