#include "codecs/asn1/parser.h"

static bool is_constant(uint8_t keyword)
{
    return keyword == K_TRUE || keyword == K_FALSE || keyword == K_NULL || keyword == K_PLUS_INFINITY ||
           keyword == K_MINUS_INFINITY || keyword == K_NOT_A_NUMBER || keyword == K_MIN || keyword == K_MAX;
}

static void parse_word(struct rp_parser *p, struct rp_ast_value *value)
{
    bool lower = rp_is(p, RP_TOK_LOWER);
    if (lower && rp_peek_at(p, 1)->kind == ':') {
        value->kind = RP_VAL_CHOICE;
        rp_next(p);
        rp_next(p);
        rp_parse_value(p);
        return;
    }
    value->kind = RP_VAL_REF;
    rp_parse_ref(p, &value->ref);
    if (!p->failed && value->ref.token->kind == RP_TOK_UPPER && rp_is(p, ':')) { /* Type : value, of an open type */
        value->kind = RP_VAL_CHOICE;
        rp_next(p);
        rp_parse_value(p);
    } else if (!p->failed && value->ref.token->kind == RP_TOK_UPPER && !value->ref.field) {
        p->at = value->token;
        rp_syntax_error(p, "a value");
    }
}

static void parse_keyword_value(struct rp_parser *p, struct rp_ast_value *value)
{
    uint8_t keyword = rp_peek(p)->keyword;
    if (keyword == K_CONTAINING) {
        value->kind = RP_VAL_CONTAINING;
        rp_next(p);
        rp_parse_value(p);
    } else if (is_constant(keyword)) {
        value->kind = RP_VAL_KEYWORD;
        rp_next(p);
    } else if (rp_parse_type(p) && rp_expect(p, ':', "':' and the value of an open type")) {
        value->kind = RP_VAL_CHOICE;
        rp_parse_value(p);
    }
}

static void parse_core(struct rp_parser *p, struct rp_ast_value *value)
{
    static const uint8_t literals[][2] = {
        { RP_TOK_NUMBER, RP_VAL_NUMBER },   { RP_TOK_REAL, RP_VAL_REAL },       { RP_TOK_CSTRING, RP_VAL_CSTRING },
        { RP_TOK_BSTRING, RP_VAL_BSTRING }, { RP_TOK_HSTRING, RP_VAL_HSTRING },
    };
    value->minus = rp_accept(p, '-');
    for (size_t i = 0; i < sizeof literals / sizeof literals[0]; i++) {
        if (rp_is(p, literals[i][0]) && (i < 2 || !value->minus)) {
            value->kind = literals[i][1];
            rp_next(p);
            return;
        }
    }
    if (value->minus)
        rp_syntax_error(p, "a number");
    else if (rp_is(p, '{')) {
        value->kind = RP_VAL_BRACES;
        value->braces = rp_parse_braces(p);
    } else if (rp_is(p, RP_TOK_LOWER) || rp_is(p, RP_TOK_UPPER))
        parse_word(p, value);
    else if (rp_is(p, RP_TOK_KEYWORD))
        parse_keyword_value(p, value);
    else
        rp_syntax_error(p, "a value");
}

struct rp_ast_value *rp_parse_value(struct rp_parser *p)
{
    struct rp_ast_value *value = rp_parse_make(p, sizeof *value);
    if (!value || !rp_parse_down(p))
        return NULL;
    value->token = rp_peek(p);
    parse_core(p, value);
    value->end = p->at;
    rp_parse_up(p);
    return p->failed ? NULL : value;
}
