#include <stdio.h>

#include "codecs/asn1/objects.h"
#include "codecs/asn1/parser.h"

/* An object's text against its class's WITH SYNTAX (X.681 (02/2021) clause 11). */
struct object {
    struct rp_parser p;
    const struct rp_class *class_;
    struct rp_ast_setting *first, **tail;
    const struct rp_token *start; /* where the object stands, for what is missing at its end */
};

/* X.681 (02/2021) clause 10: a group is there when its first token is. A group that starts with a field is there when that can
 * begin here. */
static bool starts(const struct object *object, const struct rp_ast_syntax *item)
{
    const struct rp_token *token = rp_peek(&object->p);
    while (item && item->group) {
        if (starts(object, item->group))
            return true;
        item = item->next;
    }
    if (!item)
        return false;
    if (item->token->kind == ',')
        return token->kind == ',';
    if (item->token->kind == RP_TOK_FIELD_UPPER)
        return token->kind == RP_TOK_UPPER || token->kind == RP_TOK_KEYWORD || token->kind == '{' || token->kind == '[';
    if (item->token->kind == RP_TOK_FIELD_LOWER)
        return token->kind != RP_TOK_UPPER && token->kind != ',' && token->kind != RP_TOK_END;
    return token->name && token->name == item->token->name;
}

static void parse_setting(struct object *object, const struct rp_token *name)
{
    struct rp_parser *p = &object->p;
    struct rp_cfield *field = rp_class_field(p->c, object->class_, name);
    struct rp_ast_setting *setting = field ? rp_parse_make(p, sizeof *setting) : NULL;
    if (!setting || !rp_class_field_ready(p->c, object->class_, field)) {
        p->failed = true;
        return;
    }
    setting->field = name;
    setting->index = (uint16_t)(field - object->class_->fields);
    if (field->kind == RP_FIELD_TYPE)
        setting->type = rp_parse_type(p);
    else if ((field->kind == RP_FIELD_SET || field->kind == RP_FIELD_OBJECTS) && rp_is(p, '{'))
        rp_parse_braces(p);
    else if (field->kind == RP_FIELD_SET || field->kind == RP_FIELD_OBJECTS)
        rp_parse_type(p);
    else
        setting->value = rp_parse_value(p);
    *object->tail = setting;
    object->tail = &setting->next;
}

static void parse_items(struct object *object, const struct rp_ast_syntax *item)
{
    struct rp_parser *p = &object->p;
    for (; item && !p->failed; item = item->next) {
        if (item->group) {
            if (starts(object, item->group))
                parse_items(object, item->group);
        } else if (item->token->kind == RP_TOK_FIELD_UPPER || item->token->kind == RP_TOK_FIELD_LOWER) {
            if (rp_is(p, RP_TOK_END))
                rp_syntax_error(p, item->token->kind == RP_TOK_FIELD_UPPER ? "a type" : "a value");
            parse_setting(object, item->token);
        } else if (rp_peek(p)->name != item->token->name || (item->token->kind == ',' && !rp_is(p, ','))) {
            char expected[80];
            snprintf(expected, sizeof expected, "'%.*s' of the syntax of %s", item->token->len > 40 ? 40 : (int)item->token->len,
                     item->token->at, object->class_->name);
            rp_syntax_error(p, expected);
        } else {
            rp_next(p);
        }
    }
}

/* Without WITH SYNTAX: &field setting, &field setting ... */
static void parse_plain(struct object *object)
{
    struct rp_parser *p = &object->p;
    if (rp_is(p, RP_TOK_END))
        return;
    do {
        const struct rp_token *name = rp_next(p);
        if (name->kind != RP_TOK_FIELD_UPPER && name->kind != RP_TOK_FIELD_LOWER) {
            p->at -= p->at > object->start;
            rp_syntax_error(p, "a field of the class (&name)");
            return;
        }
        parse_setting(object, name);
    } while (rp_accept(p, ','));
}

struct rp_ast_object *rp_parse_object(struct rp_asn1 *c, const struct rp_class *class_, struct rp_ast_braces braces)
{
    struct rp_ast_object *ast = rp_asn1_make(c, sizeof *ast);
    if (!ast)
        return NULL;
    struct object object = { .p = rp_parser_over(c, braces.first, braces.end), .class_ = class_, .start = braces.first };
    object.tail = &object.first;
    if (class_->ast->syntax)
        parse_items(&object, class_->ast->syntax);
    else
        parse_plain(&object);
    if (!rp_is(&object.p, RP_TOK_END) && !object.p.failed)
        rp_syntax_error(&object.p, "'}': nothing more in the syntax of the class");
    ast->settings = object.first;
    return object.p.failed ? NULL : ast;
}
