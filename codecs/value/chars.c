#include "codecs/value/chars.h"

#include <string.h>

static bool is_utf8(const struct rp_type *type)
{
    return type->kind == RP_OCTET_TEXT && type->keyword && strcmp(type->keyword, "UTF8String") == 0;
}

static size_t width_of(const struct rp_type *type)
{
    return type->kind == RP_CHAR_STRING && type->char_octets ? type->char_octets : 1;
}

uint32_t rp_utf8_next(const char **at, const char *end)
{
    static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
    const uint8_t *p = (const uint8_t *)*at;
    size_t more = p[0] < 0x80 ? 0 : p[0] >= 0xc2 && p[0] < 0xe0 ? 1 : (p[0] & 0xf0) == 0xe0 ? 2 : (p[0] & 0xf8) == 0xf0 ? 3 : 4;
    if (more == 4 || (size_t)(end - *at) <= more)
        return UINT32_MAX;
    uint32_t code = more ? p[0] & (0x3fu >> more) : p[0];
    for (size_t i = 1; i <= more; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return UINT32_MAX;
        code = code << 6 | (p[i] & 0x3f);
    }
    if (code < least[more] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return UINT32_MAX;
    *at += more + 1;
    return code;
}

static uint32_t char_at(const struct rp_node *node, size_t width, uint32_t i)
{
    const uint8_t *p = node->value.octets + i * width;
    uint32_t code = 0;
    for (size_t k = 0; k < width; k++)
        code = code << 8 | p[k];
    return code;
}

bool rp_chars_are_text(const struct rp_node *node)
{
    const struct rp_type *type = rp_node_type(node);
    size_t width = width_of(type);
    if (is_utf8(type)) {
        const char *at = (const char *)node->value.octets, *end = at + node->len;
        while (at && at < end)
            if (rp_utf8_next(&at, end) == UINT32_MAX)
                return false;
        return true;
    }
    for (uint32_t i = 0; width > 1 && i < node->len; i++) {
        uint32_t code = char_at(node, width, i);
        if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
            return false;
    }
    return true;
}

static size_t utf8_put(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    out[0] = (char)((0xff00 >> (more + 1) & 0xff) | code >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        out[i] = (char)(0x80 | (code >> (6 * (more - i)) & 0x3f));
    return more + 1;
}

static void put_code(struct rp_text *out, uint32_t code)
{
    char utf8[4];
    if (code == '"' || code == '\\')
        rp_text_printf(out, "\\%c", (int)code);
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0))
        rp_text_printf(out, "\\u%04X", code);
    else
        rp_text_put(out, utf8, utf8_put(utf8, code));
}

static bool is_plain(uint8_t c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

void rp_chars_escape(struct rp_text *out, const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    while (at < end && !out->failed) {
        const char *run = at;
        while (at < end && is_plain((uint8_t)*at))
            at++;
        rp_text_put(out, run, (size_t)(at - run));
        if (at == end)
            return;
        uint32_t code = rp_utf8_next(&at, end);
        if (code == UINT32_MAX)
            code = (uint8_t)*at++;
        put_code(out, code);
    }
}

void rp_chars_put(struct rp_text *out, const struct rp_node *node)
{
    const struct rp_type *type = rp_node_type(node);
    size_t width = width_of(type);
    if (is_utf8(type)) {
        if (node->len)
            rp_chars_escape(out, (const char *)node->value.octets, node->len);
        return;
    }
    for (uint32_t i = 0; i < node->len && !out->failed;) {
        uint32_t run = i;
        while (width == 1 && i < node->len && is_plain(node->value.octets[i]))
            i++;
        if (i > run)
            rp_text_put(out, (const char *)node->value.octets + run, i - run);
        if (i < node->len)
            put_code(out, char_at(node, width, i++));
    }
}

size_t rp_chars_from(const struct rp_type *type, const char *text, size_t len, uint8_t *out, const char **at)
{
    size_t width = width_of(type), n = 0;
    uint32_t most = width == 1 ? 0xff : width == 2 ? 0xffff : 0x10ffff;
    const char *end = text + len;
    *at = text;
    if (is_utf8(type)) {
        while (*at < end)
            if (rp_utf8_next(at, end) == UINT32_MAX)
                return SIZE_MAX;
        if (len)
            memcpy(out, text, len);
        return len;
    }
    while (*at < end) {
        const char *next = *at;
        uint32_t code = rp_utf8_next(&next, end);
        if (code > most)
            return SIZE_MAX;
        for (size_t k = width; k-- > 0;)
            out[n++] = (uint8_t)(code >> 8 * k);
        *at = next;
    }
    return n;
}
