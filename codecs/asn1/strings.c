#include <stdio.h>
#include <string.h>

#include "codecs/asn1/parser.h"
#include "codecs/asn1/values.h"

/* Octets of a string value, in the making; twice as many as characters of the text always suffice for hex, eight times for
 * characters of four octets. */
struct maker {
    uint8_t *octets;
    size_t len; /* octets, or bits for 'xx'B and 'xx'H */
};

static bool bad_string(struct rp_asn1 *c, const struct rp_ctype *governor, const struct rp_ast_value *ast, const char *why)
{
    struct rp_diag *diag = rp_asn1_error(c, ast->token, "%s", why);
    snprintf(diag->expected, sizeof diag->expected, "a value of %s", rp_type_word(governor));
    return false;
}

static unsigned digit_value(char c)
{
    return c >= 'A' ? (unsigned)(c - 'A' + 10) : (unsigned)(c - '0');
}

/* 'digits'B or 'digits'H to bits. */
static void read_digits(const struct rp_token *token, struct maker *maker)
{
    unsigned width = token->kind == RP_TOK_HSTRING ? 4 : 1;
    for (const char *at = token->at + 1; *at != '\''; at++) {
        if (*at != '0' && *at != '1' && !(*at >= '2' && *at <= 'F'))
            continue;
        for (unsigned bit = width; bit-- > 0; maker->len++)
            if (digit_value(*at) >> bit & 1)
                maker->octets[maker->len / 8] |= (uint8_t)(0x80 >> maker->len % 8);
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_newline(char c)
{
    return c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

/* The characters between the quotes: "" is one quote, and a line end goes with the blanks around it (X.680 (02/2021) clause 12).
 * @return number of octets */
static size_t unquote(const struct rp_token *token, char *out)
{
    const char *at = token->at + 1, *end = token->at + token->len - 1;
    size_t len = 0;
    while (at < end) {
        if (is_newline(*at)) {
            while (len && is_blank(out[len - 1]))
                len--;
            while (at < end && (is_newline(*at) || is_blank(*at)))
                at++;
            continue;
        }
        at += at[0] == '"';
        out[len++] = *at++;
    }
    return len;
}

/* One character of UTF-8. @return octets taken; 1 and the octet itself when it is not UTF-8 */
static size_t next_char(const char *at, size_t left, uint32_t *point)
{
    const uint8_t *octets = (const uint8_t *)at;
    size_t len = octets[0] >= 0xF0 ? 4 : octets[0] >= 0xE0 ? 3 : octets[0] >= 0xC0 ? 2 : 1;
    *point = octets[0];
    if (len == 1 || len > left)
        return 1;
    uint32_t value = octets[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((octets[i] & 0xC0) != 0x80)
            return 1;
        value = value << 6 | (octets[i] & 0x3F);
    }
    *point = value;
    return len;
}

static void put_char(struct maker *maker, uint32_t point, size_t width)
{
    for (size_t i = width; i-- > 0;)
        maker->octets[maker->len++] = (uint8_t)(point >> 8 * i);
}

/* Text of a cstring, in the width of the governing type. @return false when a character does not fit it */
static bool read_text(struct rp_asn1 *c, const struct rp_ctype *governor, const struct rp_token *token, struct maker *maker)
{
    char *text = rp_asn1_make(c, token->len);
    size_t width = governor->t.char_octets ? governor->t.char_octets : 1;
    if (!text)
        return false;
    size_t len = unquote(token, text);
    if (governor->t.kind != RP_CHAR_STRING) {
        memcpy(maker->octets + maker->len, text, len);
        maker->len += len;
        return true;
    }
    for (size_t i = 0; i < len;) {
        uint32_t point;
        i += next_char(text + i, len - i, &point);
        if (width < 4 && point >> 8 * width)
            return false;
        put_char(maker, point, width);
    }
    return true;
}

/* {0, 13} of IA5String, {0, 0, 1, 94} of the wider ones (X.680 (02/2021) clause 41). */
static bool read_tuple(struct rp_parser *p, struct maker *maker, size_t width)
{
    uint32_t parts[4], n = 0;
    do {
        const struct rp_token *number = rp_expect(p, RP_TOK_NUMBER, "a number");
        if (!number || n == 4)
            return false;
        parts[n] = 0;
        for (uint32_t i = 0; i < number->len && parts[n] < 256; i++)
            parts[n] = parts[n] * 10 + (uint32_t)(number->at[i] - '0');
        if (parts[n++] > 255)
            return false;
    } while (rp_accept(p, ','));
    if (n == 2)
        put_char(maker, parts[0] * 16 + parts[1], width);
    else if (n == 4)
        put_char(maker, parts[0] << 24 | parts[1] << 16 | parts[2] << 8 | parts[3], width);
    return (n == 2 && parts[0] < 8 && parts[1] < 16) || n == 4;
}

/* {"text", name, {0, 13}}, or a tuple alone. */
static bool read_char_list(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ctype *governor,
                           const struct rp_ast_value *ast, struct maker *maker)
{
    struct rp_parser parser = rp_parser_over(c, ast->braces.first, ast->braces.end);
    size_t width = governor->t.char_octets ? governor->t.char_octets : 1;
    if (rp_is(&parser, RP_TOK_NUMBER))
        return read_tuple(&parser, maker, width);
    do {
        struct rp_cvalue part;
        struct rp_ast_value *value = rp_parse_value(&parser);
        if (!value || !rp_value_of(c, env, governor, value, &part) || part.kind != RP_VALUE_OCTETS)
            return false;
        size_t len = (size_t)part.len * width;
        uint8_t *grown = rp_asn1_make(c, maker->len + len + 64);
        if (!grown)
            return false;
        memcpy(grown, maker->octets, maker->len);
        memcpy(grown + maker->len, part.octets, len);
        maker->octets = grown;
        maker->len += len;
    } while (rp_accept(&parser, ','));
    return !parser.failed;
}

/* {bit, bit} of a BIT STRING with named bits. */
static bool read_named_bits(struct rp_asn1 *c, const struct rp_ctype *governor, const struct rp_ast_value *ast,
                            struct maker *maker)
{
    struct rp_parser parser = rp_parser_over(c, ast->braces.first, ast->braces.end);
    if (rp_is(&parser, RP_TOK_END))
        return true;
    do {
        const struct rp_token *name = rp_expect(&parser, RP_TOK_LOWER, "the name of a bit");
        int64_t item = name ? rp_type_item(&governor->t, name->name->text) : -1;
        if (item < 0)
            return name ? bad_string(c, governor, ast, "unknown name of a bit") : false;
        size_t bit = (size_t)governor->t.items[item].number;
        if (bit >= maker->len) {
            uint8_t *grown = rp_asn1_make(c, bit / 8 + 1);
            if (!grown)
                return false;
            memcpy(grown, maker->octets, (maker->len + 7) / 8);
            maker->octets = grown;
            maker->len = bit + 1;
        }
        maker->octets[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
    } while (rp_accept(&parser, ','));
    return !parser.failed;
}

static bool keep(struct rp_asn1 *c, const struct maker *maker, size_t n_octets, size_t len, struct rp_cvalue *out)
{
    uint8_t *octets = rp_asn1_keep(c, n_octets + 1, 1);
    if (!octets)
        return false;
    memcpy(octets, maker->octets, n_octets);
    out->kind = RP_VALUE_OCTETS;
    out->octets = octets;
    out->len = (uint32_t)len;
    return true;
}

bool rp_string_value(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ctype *governor, const struct rp_ast_value *ast,
                     struct rp_cvalue *out)
{
    uint8_t kind = governor->t.kind;
    bool bits = kind == RP_BIT_STRING, octets = kind == RP_OCTET_STRING, text = !bits && !octets, fine = false;
    struct maker maker = { .octets = rp_asn1_make(c, 4 * (size_t)ast->token->len + 64) };
    if (!maker.octets)
        return false;
    if (ast->kind == RP_VAL_CONTAINING) {
        out->kind = RP_VALUE_OTHER;
        return true;
    }
    if (!text && (ast->kind == RP_VAL_BSTRING || ast->kind == RP_VAL_HSTRING)) {
        read_digits(ast->token, &maker);
        return keep(c, &maker, (maker.len + 7) / 8, bits ? maker.len : (maker.len + 7) / 8, out);
    }
    if (bits && ast->kind == RP_VAL_BRACES)
        return read_named_bits(c, governor, ast, &maker) && keep(c, &maker, (maker.len + 7) / 8, maker.len, out);
    if (text && ast->kind == RP_VAL_CSTRING)
        fine = read_text(c, governor, ast->token, &maker);
    else if (text && ast->kind == RP_VAL_BRACES)
        fine = read_char_list(c, env, governor, ast, &maker);
    if (!fine)
        return bad_string(c, governor, ast, "no value of this string type");
    return keep(c, &maker, maker.len, maker.len / (governor->t.char_octets ? governor->t.char_octets : 1), out);
}
