#include <string.h>

#include "codecs/asn1/parser.h"
#include "codecs/asn1/scope.h"

/* {Governor : name, Name, ...} */
static struct rp_ast_param *parse_params(struct rp_parser *p)
{
    struct rp_ast_param *first = NULL, **tail = &first;
    rp_next(p);
    do {
        struct rp_ast_param *param = rp_parse_make(p, sizeof *param);
        if (!param)
            return NULL;
        bool governed = rp_peek_at(p, 1)->kind == ':' || rp_is(p, RP_TOK_KEYWORD) || rp_peek_at(p, 1)->kind == '.' ||
                        rp_peek_at(p, 1)->kind == '{';
        if (governed) {
            param->governor = rp_parse_type(p);
            rp_expect(p, ':', "':'");
        }
        if (!rp_is(p, RP_TOK_UPPER) && !rp_is(p, RP_TOK_LOWER))
            return rp_syntax_error(p, "a parameter");
        param->token = rp_next(p);
        *tail = param;
        tail = &param->next;
    } while (rp_accept(p, ','));
    rp_expect(p, '}', "',' or '}'");
    return p->failed ? NULL : first;
}

/* Whether the next definition starts where this one should go on: `Name ::=`, or `name Type ::=` on a line of its own
 * (`value` and `Type ::=` on two lines are the end of this definition and the start of the next). */
static bool starts_next(const struct rp_parser *p)
{
    const struct rp_token *first = rp_peek(p), *second = rp_peek_at(p, 1);
    if (first->kind == RP_TOK_UPPER)
        return second->kind == RP_TOK_ASSIGN;
    bool own_line = first->line == second->line && p->at[-1].line != first->line;
    return first->kind == RP_TOK_LOWER && own_line && (second->kind == RP_TOK_UPPER || second->kind == RP_TOK_KEYWORD) &&
           rp_peek_at(p, 2)->kind == RP_TOK_ASSIGN;
}

static void parse_type_or_class(struct rp_parser *p, struct rp_symbol *symbol)
{
    rp_next(p);
    symbol->kind = RP_SYM_TYPE;
    if (starts_next(p)) {
        rp_syntax_error(p, "a type");
    } else if (rp_accept_word(p, K_CLASS)) {
        symbol->kind = RP_SYM_CLASS;
        symbol->class_ast = rp_parse_class(p);
    } else {
        symbol->type = rp_parse_type(p);
    }
}

static void parse_governed(struct rp_parser *p, struct rp_symbol *symbol, bool set)
{
    symbol->kind = set ? RP_SYM_SET : RP_SYM_VALUE;
    symbol->type = rp_parse_type(p);
    rp_expect(p, RP_TOK_ASSIGN, "'::='");
    if (starts_next(p))
        rp_syntax_error(p, set ? "'{'" : "a value");
    else if (set)
        symbol->braces = rp_parse_braces(p);
    else
        symbol->value = rp_parse_value(p);
}

/* X MACRO ::= BEGIN ... END: passed over as a whole. @return whether it was one */
static bool skip_macro(struct rp_parser *p)
{
    const struct rp_token *word = rp_peek(p);
    if (word->kind != RP_TOK_UPPER || strcmp(word->name->text, "MACRO") != 0 || rp_peek_at(p, 1)->kind != RP_TOK_ASSIGN)
        return false;
    rp_asn1_error(p->c, word, "macros are not supported (ASN.1 has none since 1994)");
    while (!rp_is_word(p, K_END) && !rp_is(p, RP_TOK_END))
        rp_next(p);
    rp_accept_word(p, K_END);
    return true;
}

void rp_parse_assignment(struct rp_parser *p, struct rp_asn1_module *module)
{
    const struct rp_token *token = rp_peek(p);
    if (token->kind != RP_TOK_UPPER && token->kind != RP_TOK_LOWER) {
        rp_syntax_error(p, token->kind == RP_TOK_KEYWORD ? "a definition (reserved words can't be defined)" : "a definition");
        return;
    }
    rp_next(p);
    if (skip_macro(p))
        return;
    struct rp_symbol parsed = { .token = token };
    if (rp_is(p, '{'))
        parsed.params = parse_params(p);
    if (token->kind == RP_TOK_UPPER && rp_is(p, RP_TOK_ASSIGN))
        parse_type_or_class(p, &parsed);
    else if (rp_is(p, RP_TOK_ASSIGN))
        rp_syntax_error(p, "the type of the value");
    else
        parse_governed(p, &parsed, token->kind == RP_TOK_UPPER);
    /* entered even when faulty, so that references to it are not errors, too */
    struct rp_symbol *symbol = rp_scope_add(p->c, module, token, parsed.kind);
    if (!symbol)
        return;
    symbol->params = parsed.params;
    symbol->type = parsed.type;
    symbol->value = parsed.value;
    symbol->braces = parsed.braces;
    symbol->class_ast = parsed.class_ast;
    symbol->failed = p->failed;
}
