#include "codecs/asn1/types.h"

#include <string.h>

#include "codecs/asn1/objects.h"
#include "codecs/asn1/parser.h"

struct rp_ctype *rp_type_new(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_type *ast, const char *name)
{
    struct rp_ctype *type = rp_asn1_keep(c, 1, sizeof *type);
    if (!type)
        return NULL;
    type->ast = ast;
    type->env = env;
    type->token = ast->token;
    type->t.name = name;
    type->t.module = env->module->name->text;
    type->t.file = env->module->source->file;
    type->t.line = ast->token->line;
    type->t.self = (struct rp_slot){ .type = &type->t, .at = -1 };
    type->t.exact = true;
    if (c->last_type)
        c->last_type->next = type;
    else
        c->types = type;
    return c->last_type = type;
}

/* The symbol's type, or the one of an instance of it. */
static struct rp_ctype *make_named(struct rp_asn1 *c, struct rp_symbol *symbol, const struct rp_env *env)
{
    struct rp_ctype *type = rp_type_new(c, env, symbol->type, symbol->name->text);
    if (!type)
        return NULL;
    type->token = symbol->token;
    type->t.line = symbol->token->line;
    if (symbol->kind == RP_SYM_SET) {
        struct rp_parser parser = rp_parser_over(c, symbol->braces.first, symbol->braces.end);
        type->value_set = rp_parse_element_sets(&parser);
        if (!parser.failed && !rp_is(&parser, RP_TOK_END))
            rp_syntax_error(&parser, "'|', '^', ',' or '}'");
    }
    return type;
}

static bool is_type_symbol(struct rp_asn1 *c, const struct rp_symbol *symbol)
{
    if (symbol->kind == RP_SYM_TYPE)
        return !symbol->type || !rp_class_if(c, &symbol->module->env, symbol->type);
    return symbol->kind == RP_SYM_SET && !rp_class_if(c, &symbol->module->env, symbol->type);
}

static const char *symbol_word(const struct rp_symbol *symbol)
{
    static const char *const words[] = {
        [RP_SYM_TYPE] = "class", [RP_SYM_CLASS] = "class", [RP_SYM_VALUE] = "value", [RP_SYM_SET] = "object set"
    };
    return words[symbol->kind];
}

struct rp_ctype *rp_type_named(struct rp_asn1 *c, struct rp_symbol *symbol, const struct rp_token *at)
{
    if (symbol->ctype)
        return symbol->ctype;
    if (!is_type_symbol(c, symbol)) {
        rp_asn1_error(c, at, "'%s' is %s %s, not a type", symbol->name->text, symbol_word(symbol)[0] == 'o' ? "an" : "a",
                      symbol_word(symbol));
        return NULL;
    }
    return symbol->ctype = symbol->type ? make_named(c, symbol, &symbol->module->env) : NULL;
}

static struct rp_ctype *type_of_ref(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref)
{
    struct rp_found found;
    if (!rp_find(c, env, ref, "type", &found))
        return NULL;
    if (found.arg) {
        if (!found.arg->type)
            rp_asn1_error(c, ref->token, "parameter '%s' is not a type", ref->name->text);
        return found.arg->type;
    }
    if (!found.instance)
        return rp_type_named(c, found.symbol, ref->token);
    struct rp_instance *instance = found.instance;
    if (!instance->ctype && (!is_type_symbol(c, found.symbol) || !found.symbol->type)) {
        rp_asn1_error(c, ref->token, "'%s' is not a type", ref->name->text);
        return NULL;
    }
    if (!instance->ctype)
        instance->ctype = make_named(c, found.symbol, &instance->env);
    return instance->ctype;
}

/* CLASS.&field, or object.&Type (X.681 clauses 14 and 15). */
static struct rp_ctype *type_of_field(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref)
{
    if (ref->name->text[0] >= 'a') {
        struct rp_cobject *object = rp_object_of(c, env, ref);
        struct rp_cfield *field = object ? rp_class_field(c, object->class_, ref->field) : NULL;
        if (!field)
            return NULL;
        const struct rp_type *type = object->fields[field - object->class_->fields].slot.type;
        if (!type)
            rp_asn1_error(c, ref->field, "object '%s' has no type in field &%s", ref->name->text, field->name->text);
        return rp_ctype_of(type);
    }
    struct rp_class *class_ = rp_class_of(c, env, ref);
    struct rp_cfield *field = class_ ? rp_class_field(c, class_, ref->field) : NULL;
    if (!field || !rp_class_field_ready(c, class_, field))
        return NULL;
    if (!field->type)
        rp_asn1_error(c, ref->field, "field &%s of %s is neither a type nor a value of a type", field->name->text, class_->name);
    return field->type;
}

static bool only_tables(const struct rp_ast_constraint *constraint)
{
    while (constraint && (constraint->kind == RP_CON_TABLE || constraint->kind == RP_CON_USER))
        constraint = constraint->next;
    return !constraint;
}

struct rp_ctype *rp_type_of(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_type *ast)
{
    if (only_tables(ast->constraints)) {
        if (ast->kind == RP_AST_REF)
            return type_of_ref(c, env, &ast->ref);
        if (ast->kind == RP_AST_FIELD)
            return type_of_field(c, env, &ast->ref);
    }
    return rp_type_new(c, env, ast, ast->kind == RP_AST_REF ? ast->ref.name->text : NULL);
}

/* What a reference adds its constraints to. The name, place and standing slot stay the type's own. */
static bool copy_from(struct rp_asn1 *c, struct rp_ctype *type, struct rp_ctype *from)
{
    if (!from || !rp_type_complete(c, from))
        return false;
    struct rp_type own = type->t;
    struct rp_slot self = from->t.self;
    type->t = from->t;
    type->t.name = own.name;
    type->t.module = own.module;
    type->t.file = own.file;
    type->t.line = own.line;
    type->t.self = self;
    type->t.self.type = &type->t;
    type->keyword = from->keyword;
    type->tag = from->tag;
    type->order = from->order;
    type->body = from->body;
    type->body_env = from->body_env;
    return !from->bad;
}

static bool fill_selection(struct rp_asn1 *c, struct rp_ctype *type)
{
    struct rp_ctype *choice = rp_type_of(c, type->env, type->ast->element);
    if (!choice || !rp_type_complete(c, choice))
        return false;
    const struct rp_name *name = type->ast->selected->name;
    struct rp_suggest suggest = { .name = name->text };
    for (uint16_t i = 0; choice->t.kind == RP_CHOICE && i < choice->t.n_slots; i++) {
        const struct rp_slot *slot = &choice->t.slots[i];
        if (strcmp(slot->name, name->text) == 0)
            return copy_from(c, type, rp_ctype_of(slot->type));
        rp_suggest_offer(&suggest, slot->name);
    }
    rp_asn1_error(c, type->ast->selected, "no alternative '%s' to select%s%s%s", name->text,
                  suggest.best ? "; did you mean '" : "", suggest.best ? suggest.best : "", suggest.best ? "'?" : "");
    return false;
}

static bool fill_list(struct rp_asn1 *c, struct rp_ctype *type)
{
    struct rp_slot *slot = rp_asn1_keep(c, 1, sizeof *slot);
    struct rp_ctype *element = slot ? rp_type_of(c, type->env, type->ast->element) : NULL;
    if (!element)
        return false;
    *slot = (struct rp_slot){ .type = &element->t, .at = -1 };
    type->t.element = slot;
    return rp_slot_table(c, type->env, type->ast->element, slot);
}

static const char *builtin_keyword(const struct rp_ctype *type)
{
    switch (type->t.kind) {
    case RP_CHAR_STRING:
    case RP_OCTET_TEXT:
    case RP_TIME: return rp_keyword_text(type->keyword);
    default: return rp_kind_name(type->t.kind);
    }
}

static bool fill_builtin(struct rp_asn1 *c, struct rp_ctype *type)
{
    type->t.kind = type->ast->kind;
    type->keyword = type->ast->keyword;
    type->t.keyword = builtin_keyword(type);
    switch (type->t.kind) {
    case RP_CHAR_STRING:
        type->t.char_octets = type->keyword == K_BMPString ? 2 : type->keyword == K_UniversalString ? 4 : 1;
        return true;
    case RP_SEQUENCE:
    case RP_SET:
    case RP_CHOICE: return rp_struct_fill(c, type);
    case RP_SEQUENCE_OF:
    case RP_SET_OF: return fill_list(c, type);
    case RP_ENUMERATED:
    case RP_INTEGER:
    case RP_BIT_STRING: return rp_items_fill(c, type);
    default: return true;
    }
}

static bool fill_tag(struct rp_asn1 *c, struct rp_ctype *type)
{
    const struct rp_ast_tag *tag = type->ast->tag;
    rp_wide number;
    if (!tag)
        return true;
    if (!rp_value_integer(c, type->env, tag->number, &number))
        return false;
    if (number < 0 || number > UINT32_MAX) {
        rp_asn1_error(c, tag->token, "tag number out of range");
        return false;
    }
    type->tag = (struct rp_tag){ .known = true, .tag_class = tag->tag_class, .number = (uint32_t)number };
    return true;
}

static bool fill(struct rp_asn1 *c, struct rp_ctype *type)
{
    bool fine;
    switch (type->ast->kind) {
    case RP_AST_REF: fine = copy_from(c, type, type_of_ref(c, type->env, &type->ast->ref)); break;
    case RP_AST_FIELD: fine = copy_from(c, type, type_of_field(c, type->env, &type->ast->ref)); break;
    case RP_AST_SELECTION: fine = fill_selection(c, type); break;
    default: fine = fill_builtin(c, type); break;
    }
    fine = fine && fill_tag(c, type) && rp_constrain(c, type, type->ast->constraints, type->env);
    return fine && (!type->value_set || rp_constrain(c, type, type->value_set, type->env));
}

bool rp_type_complete(struct rp_asn1 *c, struct rp_ctype *type)
{
    struct rp_busy entry;
    if (type->state == RP_TYPE_DONE)
        return !type->bad;
    if (!rp_asn1_enter(c, &entry, type, type->t.name ? type->t.name : "a type", type->token)) {
        type->bad = true;
        return false;
    }
    type->state = RP_TYPE_BUSY;
    if (!fill(c, type))
        type->bad = true;
    if (type->bad && !type->t.keyword)
        type->t.keyword = "NULL";
    type->state = RP_TYPE_DONE;
    rp_asn1_leave(c);
    return !type->bad;
}
