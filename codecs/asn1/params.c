#include "codecs/asn1/params.h"

#include <stdio.h>

#include "codecs/asn1/objects.h"
#include "codecs/asn1/parser.h"
#include "codecs/asn1/scope.h"

enum { BUCKETS = 4096 };

/* Whether a parameter's name stands in the tokens of an argument, so that it differs from instance to instance. */
static bool mentions_param(const struct rp_env *env, const struct rp_ast_arg *arg)
{
    for (const struct rp_ast_param *param = env->params; param; param = param->next)
        for (const struct rp_token *at = arg->token; at < arg->end; at++)
            if (at->name == param->token->name)
                return true;
    return false;
}

static bool wrong_arg(struct rp_asn1 *c, const struct rp_ast_arg *actual, const char *expected)
{
    struct rp_diag *diag = rp_asn1_error(c, actual->token, "wrong kind of parameter near '%.*s'",
                                         actual->token->len > 60 ? 60 : (int)actual->token->len, actual->token->at);
    snprintf(diag->expected, sizeof diag->expected, "%s", expected);
    return false;
}

/* A parameter without governor: a type, or a class. */
static bool bind_type(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_arg *actual, struct rp_arg *arg)
{
    if (actual->kind != RP_ARG_TYPE)
        return wrong_arg(c, actual, "a type");
    arg->class_ = rp_class_if(c, env, actual->type);
    if (!arg->class_)
        arg->type = rp_type_of(c, env, actual->type);
    return arg->class_ || arg->type;
}

static bool bind_object_set(struct rp_asn1 *c, const struct rp_env *env, struct rp_class *class_, const struct rp_ast_arg *actual,
                            struct rp_arg *arg)
{
    if (actual->kind == RP_ARG_BRACES)
        arg->set = rp_set_in_braces(c, env, class_, actual->braces, actual->token);
    else if (actual->kind == RP_ARG_TYPE && actual->type->kind == RP_AST_REF)
        arg->set = rp_set_of(c, env, &actual->type->ref);
    else
        return wrong_arg(c, actual, "an object set");
    return arg->set != NULL;
}

static bool bind_object(struct rp_asn1 *c, const struct rp_env *env, struct rp_class *class_, const struct rp_ast_arg *actual,
                        struct rp_arg *arg)
{
    if (actual->kind == RP_ARG_BRACES)
        arg->object = rp_object_in_braces(c, env, class_, actual->braces);
    else if (actual->kind == RP_ARG_VALUE && actual->value->kind == RP_VAL_REF)
        arg->object = rp_object_of(c, env, &actual->value->ref);
    else
        return wrong_arg(c, actual, "an object");
    return arg->object != NULL;
}

static bool bind_value(struct rp_asn1 *c, const struct rp_env *env, struct rp_ctype *governor, const struct rp_ast_arg *actual,
                       struct rp_arg *arg)
{
    struct rp_ast_value braces = { .token = actual->token, .end = actual->end, .kind = RP_VAL_BRACES, .braces = actual->braces };
    if (actual->kind == RP_ARG_TYPE)
        return wrong_arg(c, actual, "a value");
    arg->value = rp_asn1_keep(c, 1, sizeof *arg->value);
    return arg->value && rp_type_complete(c, governor) &&
           rp_value_of(c, env, governor, actual->kind == RP_ARG_BRACES ? &braces : actual->value, arg->value);
}

/* A value set is a type: the governor with the set as its constraint. */
static bool bind_value_set(struct rp_asn1 *c, const struct rp_env *env, struct rp_ctype *governor,
                           const struct rp_ast_arg *actual, struct rp_arg *arg)
{
    if (actual->kind == RP_ARG_VALUE)
        return wrong_arg(c, actual, "a value set");
    if (actual->kind == RP_ARG_TYPE)
        return (arg->type = rp_type_of(c, env, actual->type)) != NULL;
    struct rp_parser parser = rp_parser_over(c, actual->braces.first, actual->braces.end);
    struct rp_ast_constraint *set = rp_parse_element_sets(&parser);
    struct rp_ast_type *ast = set ? rp_asn1_make(c, sizeof *ast) : NULL;
    if (!ast || !governor->ast)
        return false;
    *ast = *governor->ast;
    struct rp_ctype *type = arg->type = rp_type_new(c, governor->env, ast, governor->t.name);
    if (!type || !rp_type_complete(c, governor))
        return false;
    type->value_set = set;
    return true;
}

/* The governor is read where the parameterised definition stands, the argument where it is used. */
static bool bind(struct rp_asn1 *c, const struct rp_env *env, const struct rp_env *inner, const struct rp_ast_param *param,
                 const struct rp_ast_arg *actual, struct rp_arg *arg)
{
    if (!param->governor)
        return bind_type(c, env, actual, arg);
    bool upper = param->token->kind == RP_TOK_UPPER;
    struct rp_class *class_ = rp_class_if(c, inner, param->governor);
    if (class_)
        return upper ? bind_object_set(c, env, class_, actual, arg) : bind_object(c, env, class_, actual, arg);
    struct rp_ctype *governor = rp_type_of(c, inner, param->governor);
    if (!governor)
        return false;
    return upper ? bind_value_set(c, env, governor, actual, arg) : bind_value(c, env, governor, actual, arg);
}

static bool bind_known(struct rp_asn1 *c, const struct rp_env *env, const struct rp_env *inner, const struct rp_ast_param *param,
                       struct rp_ast_arg *actual, struct rp_arg *arg)
{
    if (actual->known) {
        *arg = *actual->known;
        return true;
    }
    bool varies = mentions_param(env, actual);
    if (!bind(c, varies ? env : &env->module->env, inner, param, actual, arg))
        return false;
    if (!varies) {
        struct rp_arg *known = rp_asn1_make(c, sizeof *known);
        if (!known)
            return false;
        *known = *arg;
        actual->known = known;
    }
    return true;
}

static bool same_arg(const struct rp_arg *a, const struct rp_arg *b)
{
    if (a->value && b->value && a->value->kind == RP_VALUE_INTEGER && b->value->kind == RP_VALUE_INTEGER)
        return a->value->integer == b->value->integer;
    return a->type == b->type && a->value == b->value && a->set == b->set && a->class_ == b->class_ && a->object == b->object;
}

static size_t hash_args(const struct rp_symbol *symbol, const struct rp_arg *args, size_t n)
{
    uint64_t hash = (uintptr_t)symbol >> 4;
    for (size_t i = 0; i < n; i++) {
        const struct rp_arg *arg = &args[i];
        uint64_t part = (uintptr_t)arg->type ^ (uintptr_t)arg->set ^ (uintptr_t)arg->class_ ^ (uintptr_t)arg->object;
        if (arg->value && arg->value->kind == RP_VALUE_INTEGER)
            part = (uint64_t)arg->value->integer;
        hash = (hash ^ part >> 3) * 0x9E3779B97F4A7C15u;
    }
    return (size_t)(hash ^ hash >> 29) % BUCKETS;
}

static struct rp_instance *find_instance(struct rp_asn1 *c, const struct rp_symbol *symbol, const struct rp_arg *args, size_t n,
                                         size_t bucket)
{
    for (struct rp_instance *instance = c->instances[bucket]; instance; instance = instance->chain) {
        size_t same = 0;
        if (instance->symbol != symbol)
            continue;
        while (same < n && same_arg(&instance->env.args[same], &args[same]))
            same++;
        if (same == n)
            return instance;
    }
    return NULL;
}

static struct rp_instance *new_instance(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref,
                                        struct rp_symbol *symbol, const struct rp_arg *args, size_t bucket)
{
    if (env->depth >= RP_MAX_INSTANCE_DEPTH || c->n_instances >= RP_MAX_INSTANCES) {
        if (c->n_instances <= RP_MAX_INSTANCES)
            rp_asn1_error(c, ref->token, "'%s' with its parameters goes on without end", ref->name->text);
        c->n_instances = RP_MAX_INSTANCES + 1;
        return NULL;
    }
    struct rp_instance *instance = rp_asn1_make(c, sizeof *instance);
    if (!instance)
        return NULL;
    instance->symbol = symbol;
    instance->env = (struct rp_env){ .module = symbol->module, .params = symbol->params, .args = args, .depth = env->depth + 1 };
    instance->chain = c->instances[bucket];
    c->instances[bucket] = instance;
    c->n_instances++;
    return instance;
}

static size_t count_params(const struct rp_ast_param *param)
{
    size_t n = 0;
    for (; param; param = param->next)
        n++;
    return n;
}

static struct rp_instance *instantiate(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref,
                                       struct rp_symbol *symbol)
{
    size_t n = count_params(symbol->params), given = 0, i = 0;
    for (const struct rp_ast_arg *arg = ref->args; arg; arg = arg->next)
        given++;
    if (given != n) {
        rp_asn1_error(c, ref->token, "'%s' has %zu parameter%s, not %zu", ref->name->text, n, n == 1 ? "" : "s", given);
        return NULL;
    }
    struct rp_arg *args = rp_asn1_make(c, n * sizeof *args);
    if (!c->instances)
        c->instances = rp_asn1_make(c, BUCKETS * sizeof(struct rp_instance *));
    struct rp_env *inner = rp_asn1_make(c, sizeof *inner); /* types of governors go on referring to it */
    struct rp_busy entry;
    if (!args || !inner || !c->instances || !rp_asn1_enter(c, &entry, ref, ref->name->text, ref->token))
        return NULL;
    *inner = (struct rp_env){ .module = symbol->module, .params = symbol->params, .args = args, .depth = env->depth };
    struct rp_ast_arg *actual = ref->args;
    for (const struct rp_ast_param *param = symbol->params; param; param = param->next, actual = actual->next, i++)
        if (!bind_known(c, env, inner, param, actual, &args[i]))
            break;
    rp_asn1_leave(c);
    if (i < n)
        return NULL;
    size_t bucket = hash_args(symbol, args, n);
    struct rp_instance *instance = find_instance(c, symbol, args, n, bucket);
    return instance ? instance : new_instance(c, env, ref, symbol, args, bucket);
}

static const struct rp_arg *find_arg(const struct rp_env *env, const struct rp_name *name)
{
    const struct rp_arg *arg = env->args;
    for (const struct rp_ast_param *param = env->params; param; param = param->next, arg++)
        if (param->token->name == name)
            return arg;
    return NULL;
}

bool rp_find(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref, const char *what, struct rp_found *found)
{
    *found = (struct rp_found){ .arg = ref->module ? NULL : find_arg(env, ref->name) };
    if (found->arg)
        return true;
    found->symbol = rp_scope_resolve(c, env->module, ref, what);
    if (!found->symbol)
        return false;
    if (!found->symbol->params) {
        if (ref->has_args)
            rp_asn1_error(c, ref->token, "'%s' has no parameters", ref->name->text);
        return !ref->has_args;
    }
    if (!ref->has_args) {
        rp_asn1_error(c, ref->token, "'%s' needs its parameters in braces", ref->name->text);
        return false;
    }
    found->instance = instantiate(c, env, ref, found->symbol);
    return found->instance != NULL;
}
