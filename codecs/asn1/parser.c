#include "codecs/asn1/parser.h"

#include <stdio.h>
#include <string.h>

struct rp_parser rp_parser_over(struct rp_asn1 *c, const struct rp_token *first, const struct rp_token *end)
{
    struct rp_parser parser = { .c = c, .at = first, .end = end, .stop = *end };
    parser.stop.kind = RP_TOK_END;
    parser.stop.keyword = K_NONE;
    return parser;
}

const struct rp_token *rp_peek(const struct rp_parser *p)
{
    return p->at < p->end && !p->failed ? p->at : &p->stop;
}

const struct rp_token *rp_peek_at(const struct rp_parser *p, size_t n)
{
    return !p->failed && n < (size_t)(p->end - p->at) ? p->at + n : &p->stop;
}

const struct rp_token *rp_next(struct rp_parser *p)
{
    return p->at < p->end && !p->failed ? p->at++ : &p->stop;
}

bool rp_is(const struct rp_parser *p, int kind)
{
    return rp_peek(p)->kind == kind;
}

bool rp_is_word(const struct rp_parser *p, enum rp_keyword keyword)
{
    const struct rp_token *token = rp_peek(p);
    return token->kind == RP_TOK_KEYWORD && token->keyword == keyword;
}

bool rp_accept(struct rp_parser *p, int kind)
{
    if (!rp_is(p, kind))
        return false;
    rp_next(p);
    return true;
}

bool rp_accept_word(struct rp_parser *p, enum rp_keyword keyword)
{
    if (!rp_is_word(p, keyword))
        return false;
    rp_next(p);
    return true;
}

const struct rp_token *rp_expect(struct rp_parser *p, int kind, const char *expected)
{
    if (rp_is(p, kind))
        return rp_next(p);
    return rp_syntax_error(p, expected);
}

bool rp_expect_word(struct rp_parser *p, enum rp_keyword keyword)
{
    if (rp_accept_word(p, keyword))
        return true;
    rp_syntax_error(p, rp_keyword_text(keyword));
    return false;
}

/* What an unreadable token is, for the message. */
static void describe_bad(const struct rp_token *token, char *out, size_t size)
{
    uint8_t octet = (uint8_t)*token->at;
    if (octet == '/')
        snprintf(out, size, "a comment /* that never ends");
    else if (octet == '"')
        snprintf(out, size, "a string that never ends");
    else if (octet == '\'')
        snprintf(out, size, "a string that is neither 'binary'B nor 'HEX'H");
    else if (octet > ' ' && octet < 0x7F)
        snprintf(out, size, "the character '%c', which ASN.1 does not have here", octet);
    else
        snprintf(out, size, "the octet 0x%02X, which ASN.1 does not have", octet);
}

void *rp_syntax_error(struct rp_parser *p, const char *expected)
{
    if (p->failed)
        return NULL;
    const struct rp_token *token = rp_peek(p);
    char near[80];
    struct rp_diag *diag;
    /* a parser over braces ends at their '}', one over a file at its end */
    size_t left = (size_t)(rp_asn1_source(p->c, token)->text + rp_asn1_source(p->c, token)->len - token->at);
    if (token->kind == RP_TOK_BAD) {
        describe_bad(token, near, sizeof near);
        diag = rp_asn1_error(p->c, token, "syntax error near %s", near);
    } else if (token->kind == RP_TOK_END && left == 0) {
        diag = rp_asn1_error(p->c, token, "syntax error near the end of the text");
    } else {
        int len = token->len > 60 ? 60 : (int)token->len;
        diag = rp_asn1_error(p->c, token, "syntax error near '%.*s%s'", len, token->at, token->len > 60 ? "..." : "");
    }
    snprintf(diag->expected, sizeof diag->expected, "%s", expected);
    p->failed = true;
    return NULL;
}

void *rp_parse_make(struct rp_parser *p, size_t size)
{
    void *block = rp_asn1_make(p->c, size);
    p->failed |= !block;
    return block;
}

bool rp_parse_down(struct rp_parser *p)
{
    if (p->depth >= RP_ASN1_MAX_DEPTH) {
        if (!p->failed)
            rp_asn1_error(p->c, rp_peek(p), "nested more than %d deep", RP_ASN1_MAX_DEPTH);
        p->failed = true;
        return false;
    }
    p->depth++;
    return !p->failed;
}

void rp_parse_up(struct rp_parser *p)
{
    p->depth--;
}

struct rp_ast_braces rp_parse_braces(struct rp_parser *p)
{
    struct rp_ast_braces braces = { NULL, NULL };
    const struct rp_token *open = rp_expect(p, '{', "'{'");
    if (!open)
        return braces;
    size_t depth = 1;
    while (depth) {
        const struct rp_token *token = rp_next(p);
        depth += token->kind == '{';
        depth -= token->kind == '}';
        if (token->kind == RP_TOK_ASSIGN || token->kind == RP_TOK_END || token->kind == RP_TOK_BAD) {
            char place[RP_PLACE_MAX], expected[RP_PLACE_MAX + 20];
            rp_asn1_place(p->c, open, place, sizeof place);
            snprintf(expected, sizeof expected, "'}' for the '{' at %s", place);
            p->at -= token != &p->stop;
            rp_syntax_error(p, expected);
            return braces;
        }
    }
    return (struct rp_ast_braces){ open + 1, p->at - 1 };
}

void rp_parse_exception(struct rp_parser *p)
{
    if (!rp_accept(p, '!'))
        return;
    while (!rp_is(p, ',') && !rp_is(p, ')') && !rp_is(p, '}') && !rp_is(p, RP_TOK_END)) {
        if (rp_is(p, '{'))
            rp_parse_braces(p);
        else
            rp_next(p);
    }
}
