#include "codecs/asn1/classes.h"

#include <string.h>

#include "codecs/asn1/scope.h"

enum { MOST_FIELDS = 1000, MOST_HOPS = 50 };

static struct rp_class *named(struct rp_asn1 *c, struct rp_symbol *symbol);

/* A name in a module, or in the built-in one. */
static struct rp_symbol *symbol_of(struct rp_asn1 *c, const struct rp_asn1_module *here, const struct rp_ast_ref *ref)
{
    const struct rp_asn1_module *module = ref->module ? rp_scope_module(c, ref->module, NULL) : here;
    struct rp_symbol *symbol = module ? rp_scope_find(c, module, ref->name) : NULL;
    for (const struct rp_asn1_module *builtin = c->modules; !symbol && builtin && builtin->builtin; builtin = builtin->next)
        symbol = rp_scope_find(c, builtin, ref->name);
    return symbol;
}

/* `A ::= B` makes A a class when B is one. Nothing is reported here: what is no class is looked at as a type. */
static struct rp_class *of_symbol(struct rp_asn1 *c, struct rp_symbol *symbol)
{
    for (unsigned hops = 0; symbol && hops < MOST_HOPS; hops++) {
        if (symbol->kind == RP_SYM_CLASS)
            return symbol->class_ast ? named(c, symbol) : NULL;
        const struct rp_ast_type *type = symbol->kind == RP_SYM_TYPE ? symbol->type : NULL;
        if (!type || type->kind != RP_AST_REF || type->constraints || type->tag || type->ref.has_args || symbol->params)
            return NULL;
        symbol = symbol_of(c, symbol->module, &type->ref);
    }
    return NULL;
}

static struct rp_class *of_arg(const struct rp_env *env, const struct rp_name *name)
{
    const struct rp_arg *arg = env->args;
    for (const struct rp_ast_param *param = env->params; param; param = param->next, arg++)
        if (param->token->name == name)
            return arg->class_;
    return NULL;
}

struct rp_class *rp_class_if(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_type *ast)
{
    if (!ast || ast->kind != RP_AST_REF || ast->constraints)
        return NULL;
    struct rp_class *class_ = ast->ref.module ? NULL : of_arg(env, ast->ref.name);
    return class_ ? class_ : of_symbol(c, symbol_of(c, env->module, &ast->ref));
}

struct rp_class *rp_class_of(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref)
{
    struct rp_class *class_ = ref->module ? NULL : of_arg(env, ref->name);
    if (class_)
        return class_;
    struct rp_symbol *symbol = rp_scope_resolve(c, env->module, ref, "class");
    class_ = of_symbol(c, symbol);
    if (symbol && !class_ && !symbol->failed)
        rp_asn1_error(c, ref->token, "'%s' is not a class", ref->name->text);
    return class_;
}

/* Names are unique among the fields of a class. */
static bool check_fields(struct rp_asn1 *c, const struct rp_class *class_)
{
    c->stamp++;
    for (uint16_t i = 0; i < class_->n_fields; i++) {
        struct rp_name *name = class_->fields[i].ast->token->name;
        if (name->stamp == c->stamp) {
            rp_asn1_error(c, class_->fields[i].ast->token, "field &%s is twice in class %s", name->text, class_->name);
            return false;
        }
        name->stamp = c->stamp;
    }
    return true;
}

static uint16_t value_field(const struct rp_class *class_, const char *name)
{
    uint16_t i = 0;
    while (i < class_->n_fields && (class_->shown[i].is_type || strcmp(class_->shown[i].name, name) != 0))
        i++;
    return i;
}

static void describe(struct rp_class *class_)
{
    uint16_t i = 0;
    class_->key = class_->n_fields;
    for (const struct rp_ast_class_field *ast = class_->ast->fields; ast; ast = ast->next, i++) {
        class_->fields[i].ast = ast;
        class_->fields[i].name = ast->token->name;
        class_->shown[i].name = ast->token->name->text;
        class_->shown[i].unique = ast->unique;
        class_->shown[i].is_type = !ast->type && !ast->governed_by_field && ast->token->kind == RP_TOK_FIELD_UPPER;
        if (ast->unique && class_->key == class_->n_fields)
            class_->key = i;
    }
    if (class_->key == class_->n_fields) /* without UNIQUE, `id` is what IE containers select by */
        class_->key = value_field(class_, "id");
    class_->presence = value_field(class_, "presence");
    class_->criticality = value_field(class_, "criticality");
}

static struct rp_class *named(struct rp_asn1 *c, struct rp_symbol *symbol)
{
    size_t n = 0;
    if (symbol->class_ || symbol->failed)
        return symbol->class_;
    for (const struct rp_ast_class_field *field = symbol->class_ast->fields; field; field = field->next)
        n++;
    if (n > MOST_FIELDS) {
        rp_asn1_error(c, symbol->token, "class '%s' has more than %d fields", symbol->name->text, MOST_FIELDS);
        symbol->failed = true;
        return NULL;
    }
    struct rp_class *class_ = rp_asn1_make(c, sizeof *class_);
    if (!class_)
        return NULL;
    class_->name = symbol->name->text;
    class_->env = &symbol->module->env;
    class_->ast = symbol->class_ast;
    class_->n_fields = (uint16_t)n;
    class_->fields = rp_asn1_make(c, n * sizeof *class_->fields);
    class_->shown = rp_asn1_keep(c, n, sizeof *class_->shown);
    if (!class_->fields || !class_->shown)
        return NULL;
    describe(class_);
    symbol->failed = !check_fields(c, class_);
    return symbol->class_ = symbol->failed ? NULL : class_;
}

struct rp_cfield *rp_class_field(struct rp_asn1 *c, const struct rp_class *class_, const struct rp_token *name)
{
    struct rp_suggest suggest = { .name = name->name->text };
    for (uint16_t i = 0; i < class_->n_fields; i++)
        if (class_->fields[i].name == name->name)
            return &class_->fields[i];
    for (uint16_t i = 0; i < class_->n_fields; i++)
        rp_suggest_offer(&suggest, class_->shown[i].name);
    rp_asn1_error(c, name, "class %s has no field &%s%s%s%s", class_->name, name->name->text,
                  suggest.best ? "; did you mean '&" : "", suggest.best ? suggest.best : "", suggest.best ? "'?" : "");
    return NULL;
}

/* The open type that stands for a type field, one for each. */
static struct rp_ctype *open_type(struct rp_asn1 *c, const struct rp_class *class_, const struct rp_cfield *field)
{
    struct rp_ast_type *ast = rp_asn1_make(c, sizeof *ast);
    if (!ast)
        return NULL;
    ast->kind = RP_OPEN;
    ast->token = field->ast->token;
    struct rp_ctype *type = rp_type_new(c, class_->env, ast, NULL);
    if (!type)
        return NULL;
    type->state = RP_TYPE_DONE;
    type->t.kind = RP_OPEN;
    type->t.keyword = rp_arena_printf(c->arena, "%s.&%s", class_->name, field->name->text);
    c->no_memory |= !type->t.keyword;
    return type->t.keyword ? type : NULL;
}

bool rp_class_field_ready(struct rp_asn1 *c, const struct rp_class *class_, struct rp_cfield *field)
{
    const struct rp_ast_class_field *ast = field->ast;
    bool upper = ast->token->kind == RP_TOK_FIELD_UPPER;
    if (field->type || field->class_)
        return true;
    if (ast->governed_by_field) {
        field->kind = upper ? RP_FIELD_SET : RP_FIELD_OPEN_VALUE;
        return true;
    }
    if (!ast->type) {
        field->kind = RP_FIELD_TYPE;
        field->type = open_type(c, class_, field);
        return field->type != NULL;
    }
    field->class_ = rp_class_if(c, class_->env, ast->type);
    if (field->class_) {
        field->kind = upper ? RP_FIELD_OBJECTS : RP_FIELD_OBJECT;
        return true;
    }
    field->type = rp_type_of(c, class_->env, ast->type);
    field->kind = upper ? RP_FIELD_SET : RP_FIELD_VALUE;
    if (!field->type)
        return false;
    class_->shown[field - class_->fields].type = upper ? NULL : &field->type->t;
    return true;
}
