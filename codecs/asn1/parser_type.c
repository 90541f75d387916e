#include <stdio.h>

#include "codecs/asn1/parser.h"

/* What can't be used over PER in practice, and is refused with a clear word. */
static const char unsupported[] = "is not supported";

static struct rp_ast_arg *parse_arg(struct rp_parser *p)
{
    struct rp_ast_arg *arg = rp_parse_make(p, sizeof *arg);
    if (!arg)
        return NULL;
    const struct rp_token *token = arg->token = rp_peek(p);
    bool constant = token->keyword == K_TRUE || token->keyword == K_FALSE || token->keyword == K_PLUS_INFINITY ||
                    token->keyword == K_MINUS_INFINITY || token->keyword == K_NOT_A_NUMBER;
    if (token->kind == '{') {
        arg->kind = RP_ARG_BRACES;
        arg->braces = rp_parse_braces(p);
    } else if ((token->kind == RP_TOK_UPPER && !(rp_peek_at(p, 1)->kind == '.' && rp_peek_at(p, 2)->kind == RP_TOK_LOWER)) ||
               token->kind == '[' || (token->kind == RP_TOK_KEYWORD && !constant)) {
        arg->kind = RP_ARG_TYPE;
        arg->type = rp_parse_type(p);
    } else {
        arg->kind = RP_ARG_VALUE;
        arg->value = rp_parse_value(p);
    }
    arg->end = p->at;
    return p->failed ? NULL : arg;
}

/* `SEQENCE {a INTEGER` looks like a reference with parameters: tell by a component behind the brace. */
static bool looks_like_components(const struct rp_parser *p)
{
    const struct rp_token *first = rp_peek_at(p, 1), *second = rp_peek_at(p, 2);
    return first->kind == RP_TOK_LOWER && (second->kind == RP_TOK_UPPER || second->kind == RP_TOK_KEYWORD || second->kind == '[');
}

static void report_misspelt_keyword(struct rp_parser *p, const struct rp_ast_ref *ref)
{
    struct rp_suggest suggest = { .name = ref->name->text };
    for (enum rp_keyword keyword = K_NONE + 1; keyword < RP_KEYWORDS; keyword++)
        rp_suggest_offer(&suggest, rp_keyword_text(keyword));
    struct rp_diag *diag = rp_asn1_error(p->c, ref->token, "syntax error near '%s'", ref->name->text);
    if (suggest.best)
        snprintf(diag->expected, sizeof diag->expected, "%s", suggest.best);
    else
        snprintf(diag->expected, sizeof diag->expected, "%s", "SEQUENCE, SET or CHOICE before components");
    p->failed = true;
}

static bool parse_args(struct rp_parser *p, struct rp_ast_ref *ref)
{
    if (looks_like_components(p)) {
        report_misspelt_keyword(p, ref);
        return false;
    }
    rp_next(p);
    ref->has_args = true;
    struct rp_ast_arg **tail = &ref->args;
    do {
        *tail = parse_arg(p);
        if (!*tail)
            return false;
        tail = &(*tail)->next;
    } while (rp_accept(p, ','));
    return rp_expect(p, '}', "',' or '}'") != NULL;
}

bool rp_parse_ref(struct rp_parser *p, struct rp_ast_ref *ref)
{
    if (!rp_is(p, RP_TOK_UPPER) && !rp_is(p, RP_TOK_LOWER)) {
        rp_syntax_error(p, "a name");
        return false;
    }
    ref->token = rp_next(p);
    ref->name = ref->token->name;
    int behind = rp_peek_at(p, 1)->kind;
    if (ref->token->kind == RP_TOK_UPPER && rp_is(p, '.') && (behind == RP_TOK_UPPER || behind == RP_TOK_LOWER)) {
        rp_next(p);
        ref->module = ref->name;
        ref->token = rp_next(p);
        ref->name = ref->token->name;
    }
    if (rp_is(p, '{') && !parse_args(p, ref))
        return false;
    while (rp_is(p, '.') && (rp_peek_at(p, 1)->kind == RP_TOK_FIELD_UPPER || rp_peek_at(p, 1)->kind == RP_TOK_FIELD_LOWER)) {
        rp_next(p);
        ref->field = rp_next(p);
    }
    return true;
}

static void parse_tag(struct rp_parser *p, struct rp_ast_type *type)
{
    static const uint8_t classes[][2] = { { K_UNIVERSAL, 0 }, { K_APPLICATION, 1 }, { K_PRIVATE, 3 } };
    struct rp_ast_tag *tag = rp_parse_make(p, sizeof *tag);
    if (!tag)
        return;
    tag->token = rp_next(p);
    tag->tag_class = 2;
    for (size_t i = 0; i < 3; i++)
        if (rp_accept_word(p, classes[i][0]))
            tag->tag_class = classes[i][1];
    if (!rp_is(p, RP_TOK_NUMBER) && !rp_is(p, RP_TOK_LOWER) && !rp_is(p, RP_TOK_UPPER)) {
        rp_syntax_error(p, "a tag number");
        return;
    }
    tag->number = rp_parse_value(p);
    rp_expect(p, ']', "']'");
    if (!rp_accept_word(p, K_IMPLICIT))
        rp_accept_word(p, K_EXPLICIT);
    if (!type->tag) /* of several tags the outermost decides the order */
        type->tag = tag;
}

/* SEQUENCE SIZE (1..4) OF: the size stands without parentheses of its own. */
static void parse_bare_size(struct rp_parser *p, struct rp_ast_type *type)
{
    struct rp_ast_constraint *constraint = rp_parse_make(p, sizeof *constraint);
    struct rp_ast_set *set = rp_parse_make(p, sizeof *set);
    if (!constraint || !set)
        return;
    constraint->token = set->token = rp_next(p);
    constraint->set = set;
    set->kind = RP_SET_SIZE;
    set->inner = rp_parse_constraint(p);
    type->constraints = constraint;
}

static void parse_list_or_struct(struct rp_parser *p, struct rp_ast_type *type, bool set)
{
    if (rp_is(p, '{')) {
        type->kind = set ? RP_SET : RP_SEQUENCE;
        rp_parse_components(p, type);
        return;
    }
    type->kind = set ? RP_SET_OF : RP_SEQUENCE_OF;
    if (rp_is(p, '('))
        type->constraints = rp_parse_constraint(p);
    else if (rp_is_word(p, K_SIZE))
        parse_bare_size(p, type);
    if (!rp_is_word(p, K_OF)) {
        rp_syntax_error(p, type->constraints ? "OF" : "'{', OF or a size");
        return;
    }
    rp_next(p);
    if (rp_is(p, RP_TOK_LOWER) && rp_peek_at(p, 1)->kind != '<' && rp_peek_at(p, 1)->kind != '.')
        rp_next(p); /* the element may have a name, which PER does not see */
    type->element = rp_parse_type(p);
}

static void refuse(struct rp_parser *p, const struct rp_token *token)
{
    if (!p->failed)
        rp_asn1_error(p->c, token, "%s %s", rp_keyword_text(token->keyword), unsupported);
    p->failed = true;
}

/* One row a keyword that makes a type without more than itself and an optional second word. */
static const struct builtin {
    uint8_t word, second, kind;
    bool items; /* named numbers or bits may follow */
} builtins[] = {
    { K_BOOLEAN, 0, RP_BOOLEAN, false },
    { K_NULL, 0, RP_NULL, false },
    { K_INTEGER, 0, RP_INTEGER, true },
    { K_REAL, 0, RP_REAL, false },
    { K_OBJECT, K_IDENTIFIER, RP_OBJECT_IDENTIFIER, false },
    { K_RELATIVE_OID, 0, RP_RELATIVE_OID, false },
    { K_BIT, K_STRING, RP_BIT_STRING, true },
    { K_OCTET, K_STRING, RP_OCTET_STRING, false },
    { K_NumericString, 0, RP_CHAR_STRING, false },
    { K_PrintableString, 0, RP_CHAR_STRING, false },
    { K_VisibleString, 0, RP_CHAR_STRING, false },
    { K_ISO646String, 0, RP_CHAR_STRING, false },
    { K_IA5String, 0, RP_CHAR_STRING, false },
    { K_BMPString, 0, RP_CHAR_STRING, false },
    { K_UniversalString, 0, RP_CHAR_STRING, false },
    { K_UTF8String, 0, RP_OCTET_TEXT, false },
    { K_TeletexString, 0, RP_OCTET_TEXT, false },
    { K_T61String, 0, RP_OCTET_TEXT, false },
    { K_VideotexString, 0, RP_OCTET_TEXT, false },
    { K_GraphicString, 0, RP_OCTET_TEXT, false },
    { K_GeneralString, 0, RP_OCTET_TEXT, false },
    { K_ObjectDescriptor, 0, RP_OCTET_TEXT, false },
    { K_UTCTime, 0, RP_TIME, false },
    { K_GeneralizedTime, 0, RP_TIME, false },
};

static bool parse_builtin(struct rp_parser *p, struct rp_ast_type *type, uint8_t word)
{
    for (size_t i = 0; i < sizeof builtins / sizeof builtins[0]; i++) {
        const struct builtin *builtin = &builtins[i];
        if (builtin->word != word)
            continue;
        type->kind = builtin->kind;
        type->keyword = word;
        if (builtin->second)
            rp_expect_word(p, builtin->second);
        if (builtin->items && rp_is(p, '{'))
            rp_parse_items(p, type);
        return true;
    }
    return false;
}

static void parse_keyword_type(struct rp_parser *p, struct rp_ast_type *type)
{
    const struct rp_token *token = rp_peek(p);
    uint8_t word = token->keyword;
    bool starts = word == K_SEQUENCE || word == K_SET || word == K_CHOICE || word == K_ENUMERATED;
    if (word == K_ANY || word == K_EXTERNAL || word == K_EMBEDDED || word == K_INSTANCE || word == K_CHARACTER) {
        refuse(p, token);
        return;
    }
    rp_next(p);
    if (word == K_SEQUENCE || word == K_SET) {
        parse_list_or_struct(p, type, word == K_SET);
    } else if (word == K_CHOICE) {
        type->kind = RP_CHOICE;
        rp_parse_components(p, type);
    } else if (word == K_ENUMERATED) {
        type->kind = RP_ENUMERATED;
        rp_parse_items(p, type);
    } else if (!starts && !parse_builtin(p, type, word)) {
        p->at--;
        rp_syntax_error(p, "a type");
    }
}

static void parse_reference(struct rp_parser *p, struct rp_ast_type *type)
{
    type->kind = RP_AST_REF;
    if (rp_parse_ref(p, &type->ref) && type->ref.field)
        type->kind = RP_AST_FIELD;
}

static void parse_core(struct rp_parser *p, struct rp_ast_type *type)
{
    const struct rp_token *token = type->token = rp_peek(p);
    if (token->kind == RP_TOK_KEYWORD) {
        parse_keyword_type(p, type);
    } else if (token->kind == RP_TOK_UPPER || (token->kind == RP_TOK_LOWER && rp_peek_at(p, 1)->kind == '.')) {
        parse_reference(p, type);
    } else if (token->kind == RP_TOK_LOWER && rp_peek_at(p, 1)->kind == '<') {
        type->kind = RP_AST_SELECTION;
        type->selected = rp_next(p);
        rp_next(p);
        type->element = rp_parse_type(p);
    } else {
        rp_syntax_error(p, "a type");
    }
}

struct rp_ast_type *rp_parse_type(struct rp_parser *p)
{
    struct rp_ast_type *type = rp_parse_make(p, sizeof *type);
    if (!type || !rp_parse_down(p))
        return NULL;
    while (rp_is(p, '[') && !p->failed)
        parse_tag(p, type);
    parse_core(p, type);
    struct rp_ast_constraint **tail = &type->constraints;
    while (*tail)
        tail = &(*tail)->next;
    while (rp_is(p, '(') && (*tail = rp_parse_constraint(p)))
        tail = &(*tail)->next;
    rp_parse_up(p);
    return p->failed ? NULL : type;
}
