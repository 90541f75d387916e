#include "harness/json_span.h"

#include <stdlib.h>
#include <string.h>

struct scan {
    const char *at, *end;
    unsigned depth;
};

static bool value(struct scan *scan);

static void blanks(struct scan *scan)
{
    while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r'))
        scan->at++;
}

static bool take(struct scan *scan, char c)
{
    blanks(scan);
    if (scan->at >= scan->end || *scan->at != c)
        return false;
    scan->at++;
    return true;
}

static bool is_digit(const struct scan *scan)
{
    return scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9';
}

static bool digits(struct scan *scan)
{
    if (!is_digit(scan))
        return false;
    while (is_digit(scan))
        scan->at++;
    return true;
}

static bool number(struct scan *scan)
{
    if (*scan->at == '-')
        scan->at++;
    bool zero = is_digit(scan) && *scan->at == '0';
    if (zero)
        scan->at++;
    else if (!digits(scan))
        return false;
    if (scan->at < scan->end && *scan->at == '.') {
        scan->at++;
        if (!digits(scan))
            return false;
    }
    if (scan->at < scan->end && (*scan->at | 0x20) == 'e') {
        scan->at++;
        if (scan->at < scan->end && (*scan->at == '+' || *scan->at == '-'))
            scan->at++;
        return digits(scan);
    }
    return true;
}

static bool word(struct scan *scan, const char *text)
{
    size_t len = strlen(text);
    if ((size_t)(scan->end - scan->at) < len || memcmp(scan->at, text, len))
        return false;
    scan->at += len;
    return true;
}

static bool escape(struct scan *scan)
{
    if (scan->at >= scan->end || !*scan->at || !strchr("\"\\/bfnrtu", *scan->at))
        return false;
    if (*scan->at++ != 'u')
        return true;
    for (int i = 0; i < 4; i++, scan->at++)
        if (scan->at >= scan->end || !*scan->at || !strchr("0123456789abcdefABCDEF", *scan->at))
            return false;
    return true;
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

static bool string(struct scan *scan)
{
    scan->at++;
    for (;;) {
        while (scan->at < scan->end && is_plain(*scan->at))
            scan->at++;
        if (scan->at >= scan->end || (unsigned char)*scan->at < 0x20)
            return false;
        if (*scan->at++ == '"')
            return true;
        if (!escape(scan))
            return false;
    }
}

static bool member_name(struct scan *scan)
{
    blanks(scan);
    return scan->at < scan->end && *scan->at == '"' && string(scan) && take(scan, ':');
}

static bool composite(struct scan *scan, char close)
{
    scan->at++;
    if (++scan->depth > RP_JSON_SPAN_DEPTH)
        return false;
    if (!take(scan, close)) {
        do {
            if (close == '}' && !member_name(scan))
                return false;
            if (!value(scan))
                return false;
        } while (take(scan, ','));
        if (!take(scan, close))
            return false;
    }
    scan->depth--;
    return true;
}

static bool value(struct scan *scan)
{
    blanks(scan);
    if (scan->at >= scan->end)
        return false;
    switch (*scan->at) {
    case '{': return composite(scan, '}');
    case '[': return composite(scan, ']');
    case '"': return string(scan);
    case 't': return word(scan, "true");
    case 'f': return word(scan, "false");
    case 'n': return word(scan, "null");
    default: return number(scan);
    }
}

static bool finish(struct scan *scan, bool good, const char *text, size_t *at)
{
    if (good) {
        blanks(scan);
        good = scan->at == scan->end;
    }
    if (at)
        *at = (size_t)(scan->at - text);
    return good;
}

bool rp_json_valid(const char *text, size_t len, size_t *at)
{
    struct scan scan = { .at = text, .end = text + len };
    bool good = value(&scan);
    return finish(&scan, good, text, at);
}

static void keep(struct rp_span name, struct rp_span found, const char *const *names, struct rp_span *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(names[i]) == name.len && !memcmp(names[i], name.text, name.len))
            values[i] = found;
}

static bool member(struct scan *scan, const char *const *names, struct rp_span *values, size_t n)
{
    blanks(scan);
    const char *quote = scan->at;
    if (quote >= scan->end || *quote != '"' || !string(scan))
        return false;
    struct rp_span name = { quote + 1, (size_t)(scan->at - quote) - 2 };
    if (!take(scan, ':'))
        return false;
    blanks(scan);
    struct rp_span found = { scan->at, 0 };
    if (!value(scan))
        return false;
    found.len = (size_t)(scan->at - found.text);
    keep(name, found, names, values, n);
    return true;
}

bool rp_json_members(const char *text, size_t len, const char *const *names, struct rp_span *values, size_t n, size_t *at)
{
    struct scan scan = { .at = text, .end = text + len, .depth = 1 };
    memset(values, 0, n * sizeof *values);
    bool good = take(&scan, '{');
    if (good && !take(&scan, '}')) {
        do
            good = member(&scan, names, values, n);
        while (good && take(&scan, ','));
        good = good && take(&scan, '}');
    }
    return finish(&scan, good, text, at);
}

static char unescaped(const char **at)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    char c = *(*at)++;
    if (c == 'u') {
        char hex[5] = { (*at)[0], (*at)[1], (*at)[2], (*at)[3], '\0' };
        *at += 4;
        long code = strtol(hex, NULL, 16);
        return code > 0 && code < 0x80 ? (char)code : '?';
    }
    const char *known = strchr(from, c);
    return known ? to[known - from] : c;
}

bool rp_span_string(struct rp_span span, char *out, size_t size)
{
    if (!span.text || span.len < 2 || span.text[0] != '"')
        return false;
    const char *at = span.text + 1, *end = span.text + span.len - 1;
    size_t n = 0;
    while (at < end) {
        if (n + 1 >= size)
            return false;
        char c = *at++;
        out[n++] = c == '\\' ? unescaped(&at) : c;
    }
    out[n] = '\0';
    return true;
}
