#include "codecs/asn1/parser.h"

#include <stdio.h>
#include <string.h>

#include "codecs/asn1/oid.h"
#include "codecs/asn1/scope.h"

static bool starts_assignment(const struct rp_token *token)
{
    return token->kind == RP_TOK_UPPER || token->kind == RP_TOK_LOWER;
}

/* Behind a faulty assignment: the first token of the line of the next `::=` (or of the line before, when `::=` starts it). */
static void recover(struct rp_parser *p, const struct rp_token *faulty)
{
    const struct rp_token *at = p->at > faulty || faulty == p->end ? p->at : faulty + 1;
    p->failed = false;
    p->depth = 0;
    for (; at < p->end; at++) {
        if (at->kind == RP_TOK_KEYWORD && at->keyword == K_END && at[1].kind != ',')
            break;
        if (at->kind != RP_TOK_ASSIGN)
            continue;
        const struct rp_token *head = at - 1;
        while (head - 1 > faulty && head[-1].line == head->line)
            head--;
        if (head > faulty && starts_assignment(head) && head[-1].line != head->line) {
            at = head;
            break;
        }
    }
    p->at = at;
}

static void skip_exports(struct rp_parser *p, struct rp_asn1_module *module)
{
    module->exports_all = true;
    if (!rp_accept_word(p, K_EXPORTS))
        return;
    if (rp_accept_word(p, K_ALL)) {
        rp_expect(p, ';', "';'");
        return;
    }
    module->exports_all = false;
    module->exports.first = p->at;
    while (rp_is(p, RP_TOK_UPPER) || rp_is(p, RP_TOK_LOWER) || rp_is(p, ',') || rp_is(p, '{') || rp_is(p, '}'))
        rp_next(p);
    module->exports.end = p->at;
    rp_expect(p, ';', "',' or ';'");
}

/* The symbols before a FROM get their module only then. */
static void parse_import_source(struct rp_parser *p, struct rp_ast_import *import)
{
    rp_expect_word(p, K_FROM);
    import->module = rp_expect(p, RP_TOK_UPPER, "a module name");
    if (rp_is(p, '{'))
        import->oid = rp_parse_braces(p);
    else if (rp_is(p, RP_TOK_LOWER) && rp_peek_at(p, 1)->kind != ',' && rp_peek_at(p, 1)->keyword != K_FROM &&
             rp_peek_at(p, 1)->kind != '{')
        rp_next(p);              /* the object identifier by reference */
    if (rp_is_word(p, K_WITH)) { /* WITH SUCCESSORS, WITH DESCENDANTS */
        rp_next(p);
        rp_expect(p, RP_TOK_UPPER, "SUCCESSORS or DESCENDANTS");
    }
}

static void parse_import_group(struct rp_parser *p, struct rp_asn1_module *module)
{
    struct rp_ast_import *import = rp_parse_make(p, sizeof *import);
    if (!import)
        return;
    do {
        if (!rp_is(p, RP_TOK_UPPER) && !rp_is(p, RP_TOK_LOWER)) {
            rp_syntax_error(p, "a name to import");
            return;
        }
        const struct rp_token *token = rp_next(p);
        if (rp_is(p, '{') && rp_peek_at(p, 1)->kind == '}') {
            rp_next(p);
            rp_next(p);
        }
        struct rp_symbol *symbol = rp_scope_add(p->c, module, token, RP_SYM_IMPORT);
        if (symbol)
            symbol->import = import;
    } while (rp_accept(p, ','));
    parse_import_source(p, import);
}

static void parse_imports(struct rp_parser *p, struct rp_asn1_module *module)
{
    if (!rp_accept_word(p, K_IMPORTS))
        return;
    while (!rp_is(p, ';') && !p->failed)
        parse_import_group(p, module);
    rp_expect(p, ';', "';'");
}

static void parse_defaults(struct rp_parser *p, struct rp_asn1_module *module)
{
    static const struct {
        uint8_t keyword, tagging;
    } rows[] = { { K_EXPLICIT, RP_TAGS_EXPLICIT }, { K_IMPLICIT, RP_TAGS_IMPLICIT }, { K_AUTOMATIC, RP_TAGS_AUTOMATIC } };
    for (size_t i = 0; i < 3; i++) {
        if (rp_accept_word(p, rows[i].keyword)) {
            module->tagging = rows[i].tagging;
            rp_expect_word(p, K_TAGS);
        }
    }
    if (rp_accept_word(p, K_EXTENSIBILITY))
        module->extensibility_implied = rp_expect_word(p, K_IMPLIED);
}

static bool parse_header(struct rp_parser *p, struct rp_asn1_module *module)
{
    module->token = rp_expect(p, RP_TOK_UPPER, "a module name");
    if (!module->token)
        return false;
    module->name = module->token->name;
    if (rp_is(p, '{'))
        module->oid_braces = rp_parse_braces(p);
    rp_accept(p, RP_TOK_CSTRING); /* the OID-IRI form */
    rp_expect_word(p, K_DEFINITIONS);
    parse_defaults(p, module);
    rp_expect(p, RP_TOK_ASSIGN, "'::='");
    return rp_expect_word(p, K_BEGIN);
}

/* A faulty header is passed over up to the next BEGIN, so that its definitions are read all the same. */
static void recover_header(struct rp_parser *p)
{
    p->failed = false;
    while (p->at < p->end && !(p->at->kind == RP_TOK_KEYWORD && p->at->keyword == K_BEGIN))
        p->at++;
    rp_accept_word(p, K_BEGIN);
}

/* Name {object identifier} DEFINITIONS: the next module, END having been left out. */
static bool starts_module(const struct rp_parser *p)
{
    size_t at = 1;
    if (!rp_is(p, RP_TOK_UPPER))
        return false;
    if (rp_peek_at(p, at)->kind == '{')
        while (rp_peek_at(p, at)->kind != '}' && rp_peek_at(p, at)->kind != RP_TOK_END && at < 2 * RP_OID_MAX_ARCS)
            at++;
    at += rp_peek_at(p, at)->kind == '}';
    return rp_peek_at(p, at)->kind == RP_TOK_KEYWORD && rp_peek_at(p, at)->keyword == K_DEFINITIONS;
}

static void parse_body(struct rp_parser *p, struct rp_asn1_module *module)
{
    const struct rp_token *start = p->at;
    skip_exports(p, module);
    parse_imports(p, module);
    if (p->failed)
        recover(p, start);
    while (!rp_is_word(p, K_END) && !rp_asn1_enough(p->c)) {
        start = p->at;
        if (rp_is(p, RP_TOK_END)) {
            rp_syntax_error(p, "END of the module");
            p->c->cut = true;
            return;
        }
        if (starts_module(p)) {
            rp_syntax_error(p, "END of the module before");
            p->failed = false;
            return;
        }
        rp_parse_assignment(p, module);
        if (p->failed)
            recover(p, start);
    }
    rp_accept_word(p, K_END);
}

void rp_parse_modules(struct rp_parser *p)
{
    if (rp_is(p, RP_TOK_END))
        rp_syntax_error(p, "a module");
    while (!rp_is(p, RP_TOK_END) && !rp_asn1_enough(p->c)) {
        struct rp_asn1_module *module = rp_parse_make(p, sizeof *module);
        if (!module)
            return;
        module->source = rp_asn1_source(p->c, rp_peek(p));
        module->oid = "";
        module->env.module = module;
        if (!parse_header(p, module))
            recover_header(p);
        if (!module->name)
            return;
        rp_scope_add_module(p->c, module);
        parse_body(p, module);
    }
}
