#include "harness/script/lua_text.h"

#include <ctype.h>
#include <string.h>

/* Level of a long bracket that starts at `at` ("[==["), or -1. */
static int long_bracket(const char *at, const char *end)
{
    int level = 0;
    if (at == end || *at++ != '[')
        return -1;
    for (; at < end && *at == '='; at++)
        level++;
    return at < end && *at == '[' ? level : -1;
}

static const char *skip_long(const char *at, const char *end, int level)
{
    for (at += level + 2; at < end; at++) {
        if (*at != ']' || end - at < level + 2 || at[level + 1] != ']')
            continue;
        int same = 0;
        while (same < level && at[1 + same] == '=')
            same++;
        if (same == level)
            return at + level + 2;
    }
    return end;
}

static const char *skip_quoted(const char *at, const char *end)
{
    char quote = *at++;
    while (at < end && *at != quote)
        at += *at == '\\' && at + 1 < end ? 2 : 1;
    return at < end ? at + 1 : end;
}

static const char *skip_comment(const char *at, const char *end)
{
    int level = long_bracket(at + 2, end);
    if (level >= 0)
        return skip_long(at + 2, end, level);
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline : end;
}

const char *rp_lua_skip(const char *at, const char *end)
{
    if (at == end)
        return at;
    if (*at == '-' && end - at > 1 && at[1] == '-')
        return skip_comment(at, end);
    if (*at == '"' || *at == '\'')
        return skip_quoted(at, end);
    int level = long_bracket(at, end);
    return level >= 0 ? skip_long(at, end, level) : at;
}

size_t rp_lua_word(const char *at, const char *end)
{
    size_t len = 0;
    while (at + len < end && (isalnum((unsigned char)at[len]) || at[len] == '_'))
        len++;
    return len;
}

bool rp_lua_is(const char *at, size_t len, const char *word)
{
    return strlen(word) == len && memcmp(at, word, len) == 0;
}

const char *rp_lua_blanks(const char *at, const char *end)
{
    while (at < end && isspace((unsigned char)*at))
        at++;
    return at;
}
