#include "codecs/asn1/parser.h"

static bool ends_field(const struct rp_parser *p)
{
    return rp_is(p, ',') || rp_is(p, '}') || rp_is_word(p, K_OPTIONAL) || rp_is_word(p, K_DEFAULT) || rp_is(p, RP_TOK_END);
}

static void parse_default(struct rp_parser *p, struct rp_ast_class_field *field)
{
    field->has_default = true;
    if (!field->type && !field->governed_by_field && field->token->kind == RP_TOK_FIELD_UPPER)
        field->type_dflt = rp_parse_type(p);
    else
        field->value_dflt = rp_parse_value(p);
}

/* &Type; &value Type; &value &Type; &Set Type; &object CLASS; &Objects CLASS */
static struct rp_ast_class_field *parse_field(struct rp_parser *p)
{
    struct rp_ast_class_field *field = rp_parse_make(p, sizeof *field);
    if (!field)
        return NULL;
    field->token = rp_next(p);
    if (field->token->kind != RP_TOK_FIELD_UPPER && field->token->kind != RP_TOK_FIELD_LOWER) {
        p->at -= p->at > field->token;
        return rp_syntax_error(p, "a class field (&name)");
    }
    if (rp_is(p, RP_TOK_FIELD_UPPER)) {
        field->governed_by_field = true;
        rp_next(p);
        while (rp_is(p, '.') && rp_peek_at(p, 1)->kind >= RP_TOK_FIELD_UPPER) {
            rp_next(p);
            rp_next(p);
        }
    } else if (field->token->kind == RP_TOK_FIELD_LOWER || !ends_field(p)) {
        field->type = rp_parse_type(p);
    }
    field->unique = rp_accept_word(p, K_UNIQUE);
    field->optional = rp_accept_word(p, K_OPTIONAL);
    if (!field->optional && rp_accept_word(p, K_DEFAULT))
        parse_default(p, field);
    return p->failed ? NULL : field;
}

static struct rp_ast_syntax *parse_syntax(struct rp_parser *p, int close)
{
    struct rp_ast_syntax *first = NULL, **tail = &first;
    if (!rp_parse_down(p))
        return NULL;
    while (!rp_is(p, close) && !p->failed) {
        struct rp_ast_syntax *item = rp_parse_make(p, sizeof *item);
        if (!item)
            return NULL;
        item->token = rp_next(p);
        uint8_t kind = item->token->kind;
        if (kind == '[')
            item->group = parse_syntax(p, ']');
        else if (kind != RP_TOK_UPPER && kind != RP_TOK_KEYWORD && kind != ',' && kind != RP_TOK_FIELD_UPPER &&
                 kind != RP_TOK_FIELD_LOWER) {
            p->at -= p->at > item->token;
            return rp_syntax_error(p, close == ']' ? "a word, a field or ']'" : "a word, a field or '}'");
        }
        *tail = item;
        tail = &item->next;
    }
    rp_next(p);
    rp_parse_up(p);
    return first;
}

struct rp_ast_class *rp_parse_class(struct rp_parser *p)
{
    struct rp_ast_class *class_ = rp_parse_make(p, sizeof *class_);
    if (!class_ || !rp_expect(p, '{', "'{'"))
        return NULL;
    struct rp_ast_class_field **tail = &class_->fields;
    do {
        *tail = parse_field(p);
        if (!*tail)
            return NULL;
        tail = &(*tail)->next;
    } while (rp_accept(p, ','));
    rp_expect(p, '}', "',' or '}'");
    if (rp_accept_word(p, K_WITH)) {
        rp_expect_word(p, K_SYNTAX);
        if (rp_expect(p, '{', "'{'"))
            class_->syntax = parse_syntax(p, '}');
    }
    return p->failed ? NULL : class_;
}

static struct rp_ast_member *parse_member(struct rp_parser *p)
{
    struct rp_ast_member *member = rp_parse_make(p, sizeof *member);
    if (!member)
        return NULL;
    member->token = rp_peek(p);
    if (rp_is(p, '{'))
        member->braces = rp_parse_braces(p);
    else if (rp_is(p, RP_TOK_UPPER) || rp_is(p, RP_TOK_LOWER))
        rp_parse_ref(p, &member->ref);
    else
        rp_syntax_error(p, "an object in braces, or the name of an object or object set");
    return p->failed ? NULL : member;
}

/* A | B, ..., C | D: PER does not tell root and additions apart, so they make one list. */
struct rp_ast_object_set *rp_parse_object_set(struct rp_parser *p)
{
    struct rp_ast_object_set *set = rp_parse_make(p, sizeof *set);
    if (!set)
        return NULL;
    struct rp_ast_member **tail = &set->members;
    do {
        if (rp_accept(p, RP_TOK_ELLIPSIS)) {
            set->extensible = true;
            continue;
        }
        do {
            *tail = parse_member(p);
            if (!*tail)
                return NULL;
            tail = &(*tail)->next;
        } while (rp_accept(p, '|') || rp_accept_word(p, K_UNION));
    } while (rp_accept(p, ','));
    if (!rp_is(p, RP_TOK_END))
        return rp_syntax_error(p, "'|', ',' or '}'");
    return set;
}
