#include "codecs/asn1/values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/asn1/objects.h"
#include "codecs/asn1/oid.h"
#include "codecs/asn1/parser.h"

const char *rp_type_word(const struct rp_ctype *type)
{
    return type->t.keyword ? type->t.keyword : rp_kind_name(type->t.kind);
}

static bool mismatch(struct rp_asn1 *c, const struct rp_ctype *governor, const struct rp_ast_value *ast)
{
    int len = ast->token->len > 60 ? 60 : (int)ast->token->len;
    struct rp_diag *diag = rp_asn1_error(c, ast->token, "'%.*s' is no value of the type", len, ast->token->at);
    snprintf(diag->expected, sizeof diag->expected, "a value of %s%s%s", rp_type_word(governor), governor->t.name ? " " : "",
             governor->t.name ? governor->t.name : "");
    return false;
}

static bool read_number(struct rp_asn1 *c, const struct rp_ast_value *ast, rp_wide *out)
{
    const struct rp_token *token = ast->minus ? ast->token + 1 : ast->token;
    rp_wide number = 0;
    for (uint32_t i = 0; i < token->len; i++) {
        number = number * 10 + (token->at[i] - '0');
        if (number > UINT64_MAX) {
            rp_asn1_error(c, token, "numbers beyond 64 bits are not supported");
            return false;
        }
    }
    *out = ast->minus ? -number : number;
    return true;
}

const struct rp_cvalue *rp_value_named(struct rp_asn1 *c, struct rp_symbol *symbol, const struct rp_token *at)
{
    struct rp_busy entry;
    if (symbol->cvalue)
        return symbol->cvalue;
    if (symbol->kind != RP_SYM_VALUE || rp_class_if(c, &symbol->module->env, symbol->type)) {
        rp_asn1_error(c, at, "'%s' is not a value", symbol->name->text);
        return NULL;
    }
    if (!rp_asn1_enter(c, &entry, symbol, symbol->name->text, at))
        return NULL;
    struct rp_ctype *type = rp_type_of(c, &symbol->module->env, symbol->type);
    struct rp_cvalue *value = type && rp_type_complete(c, type) ? rp_asn1_keep(c, 1, sizeof *value) : NULL;
    if (value && rp_value_of(c, &symbol->module->env, type, symbol->value, value))
        symbol->cvalue = value;
    else
        symbol->failed = true;
    rp_asn1_leave(c);
    return symbol->cvalue;
}

static const struct rp_cvalue *value_of_instance(struct rp_asn1 *c, struct rp_instance *instance, const struct rp_token *at)
{
    const struct rp_symbol *symbol = instance->symbol;
    struct rp_busy entry;
    if (instance->cvalue)
        return instance->cvalue;
    if (symbol->kind != RP_SYM_VALUE) {
        rp_asn1_error(c, at, "'%s' is not a value", symbol->name->text);
        return NULL;
    }
    if (!rp_asn1_enter(c, &entry, instance, symbol->name->text, at))
        return NULL;
    struct rp_ctype *type = rp_type_of(c, &instance->env, symbol->type);
    struct rp_cvalue *value = type && rp_type_complete(c, type) ? rp_asn1_keep(c, 1, sizeof *value) : NULL;
    if (value && rp_value_of(c, &instance->env, type, symbol->value, value))
        instance->cvalue = value;
    rp_asn1_leave(c);
    return instance->cvalue;
}

static const struct rp_cvalue *value_of_field(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref,
                                              struct rp_cvalue *out)
{
    struct rp_cobject *object = rp_object_of(c, env, ref);
    struct rp_cfield *field = object ? rp_class_field(c, object->class_, ref->field) : NULL;
    if (!field)
        return NULL;
    const struct rp_object_field *given = &object->fields[field - object->class_->fields];
    if (field->kind != RP_FIELD_VALUE || !given->set) {
        rp_asn1_error(c, ref->field, "object '%s' has no value in field &%s", ref->name->text, field->name->text);
        return NULL;
    }
    *out = (struct rp_cvalue){ .kind = RP_VALUE_INTEGER, .integer = given->value, .type = field->type };
    return out;
}

/* @return the value that a reference names, or NULL with an error */
static const struct rp_cvalue *referenced(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_ref *ref,
                                          struct rp_cvalue *space)
{
    struct rp_found found;
    if (ref->field)
        return value_of_field(c, env, ref, space);
    if (!rp_find(c, env, ref, "value", &found))
        return NULL;
    if (found.instance)
        return value_of_instance(c, found.instance, ref->token);
    if (!found.arg)
        return rp_value_named(c, found.symbol, ref->token);
    if (!found.arg->value)
        rp_asn1_error(c, ref->token, "parameter '%s' is not a value", ref->name->text);
    return found.arg->value;
}

bool rp_value_integer(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ast_value *ast, rp_wide *out)
{
    struct rp_cvalue space;
    if (ast->kind == RP_VAL_NUMBER)
        return read_number(c, ast, out);
    const struct rp_cvalue *value = ast->kind == RP_VAL_REF ? referenced(c, env, &ast->ref, &space) : NULL;
    if (value && value->kind == RP_VALUE_INTEGER) {
        *out = value->integer;
        return true;
    }
    if (value || ast->kind != RP_VAL_REF) {
        int len = ast->token->len > 60 ? 60 : (int)ast->token->len;
        rp_asn1_error(c, ast->token, "'%.*s' is no INTEGER", len, ast->token->at);
    }
    return false;
}

static int64_t item_named(const struct rp_ctype *type, const struct rp_name *name)
{
    for (uint32_t i = 0; i < type->t.n_items; i++)
        if (type->t.items[i].name == name->text) /* names are interned */
            return i;
    return -1;
}

/* An identifier of the governing type goes before a value of the same name. @return whether it was one */
static bool read_item(const struct rp_ctype *governor, const struct rp_ast_value *ast, struct rp_cvalue *out)
{
    bool plain = ast->kind == RP_VAL_REF && !ast->ref.module && !ast->ref.has_args && !ast->ref.field;
    if (!plain || (governor->t.kind != RP_ENUMERATED && governor->t.kind != RP_INTEGER))
        return false;
    int64_t item = item_named(governor, ast->ref.name);
    if (item < 0)
        return false;
    out->kind = RP_VALUE_INTEGER;
    out->integer = governor->t.kind == RP_ENUMERATED ? item : governor->t.items[item].number;
    return true;
}

static bool report_item(struct rp_asn1 *c, const struct rp_ctype *governor, const struct rp_ast_value *ast)
{
    struct rp_suggest suggest = { .name = ast->ref.name->text };
    for (uint32_t i = 0; i < governor->t.n_items; i++)
        rp_suggest_offer(&suggest, governor->t.items[i].name);
    if (suggest.best)
        rp_asn1_error(c, ast->token, "unknown item '%s'; did you mean '%s'?", ast->ref.name->text, suggest.best);
    else
        rp_asn1_error(c, ast->token, "unknown item '%s' of %s", ast->ref.name->text,
                      governor->t.name ? governor->t.name : "this ENUMERATED");
    return false;
}

static bool read_ref(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ctype *governor, const struct rp_ast_value *ast,
                     struct rp_cvalue *out)
{
    struct rp_cvalue space;
    struct rp_found found;
    if (governor->t.kind == RP_ENUMERATED && !ast->ref.module && !ast->ref.field && !ast->ref.has_args) {
        struct rp_diags *diags = c->diags, quiet = { .arena = c->scratch };
        unsigned errors = c->errors;
        c->diags = &quiet; /* an unknown name is an unknown item rather than an unknown value */
        bool known = rp_find(c, env, &ast->ref, "value", &found);
        c->diags = diags;
        c->errors = errors;
        if (!known)
            return report_item(c, governor, ast);
    }
    const struct rp_cvalue *value = referenced(c, env, &ast->ref, &space);
    if (!value)
        return false;
    *out = *value;
    bool same = !value->type || value->type->t.kind == governor->t.kind;
    return same || mismatch(c, governor, ast);
}

/* {mantissa 314, base 10, exponent -2} */
static bool read_real_parts(struct rp_asn1 *c, const struct rp_ctype *governor, const struct rp_ast_value *ast,
                            struct rp_cvalue *out)
{
    struct rp_parser parser = rp_parser_over(c, ast->braces.first, ast->braces.end);
    double parts[3] = { 0, 2, 0 };
    for (size_t i = 0; i < 3; i++) {
        const struct rp_token *name = rp_expect(&parser, RP_TOK_LOWER, "mantissa, base and exponent");
        bool minus = rp_accept(&parser, '-');
        const struct rp_token *number = rp_expect(&parser, RP_TOK_NUMBER, "a number");
        if (!name || !number)
            return false;
        parts[i] = strtod(number->at, NULL) * (minus ? -1 : 1);
        if (i < 2)
            rp_expect(&parser, ',', "','");
    }
    out->kind = RP_VALUE_REAL;
    out->real = parts[0] * pow(parts[1], parts[2]);
    return !parser.failed || mismatch(c, governor, ast);
}

static bool read_real(struct rp_asn1 *c, const struct rp_ctype *governor, const struct rp_ast_value *ast, struct rp_cvalue *out)
{
    char text[64];
    const struct rp_token *token = ast->minus ? ast->token + 1 : ast->token;
    out->kind = RP_VALUE_REAL;
    if (ast->kind == RP_VAL_NUMBER || ast->kind == RP_VAL_REAL) {
        snprintf(text, sizeof text, "%.*s", token->len > 60 ? 60 : (int)token->len, token->at);
        out->real = strtod(text, NULL) * (ast->minus ? -1 : 1);
        return true;
    }
    if (ast->kind == RP_VAL_BRACES)
        return read_real_parts(c, governor, ast, out);
    if (ast->kind != RP_VAL_KEYWORD)
        return mismatch(c, governor, ast);
    uint8_t keyword = ast->token->keyword;
    out->real = keyword == K_PLUS_INFINITY ? INFINITY : keyword == K_MINUS_INFINITY ? -INFINITY : NAN;
    return keyword == K_PLUS_INFINITY || keyword == K_MINUS_INFINITY || keyword == K_NOT_A_NUMBER || mismatch(c, governor, ast);
}

struct oid_context {
    struct rp_asn1 *c;
    const struct rp_env *env;
    bool relative;
};

/* A name in an object identifier: the arcs of another one, or a number. */
static bool oid_ref(void *context, const struct rp_token *at, struct rp_oid *oid)
{
    const struct oid_context *self = context;
    struct rp_ast_ref ref = { .token = at, .name = at->name };
    struct rp_cvalue space;
    struct rp_oid prefix;
    const struct rp_cvalue *value = referenced(self->c, self->env, &ref, &space);
    if (!value)
        return false;
    if (value->kind == RP_VALUE_INTEGER && value->integer >= 0 && oid->n < RP_OID_MAX_ARCS) {
        oid->arcs[oid->n++] = (uint64_t)value->integer;
        return true;
    }
    bool is_oid = value->type && (value->type->t.kind == RP_OBJECT_IDENTIFIER || value->type->t.kind == RP_RELATIVE_OID);
    if (!is_oid || !rp_oid_from_octets(value->octets, value->len, value->type->t.kind == RP_RELATIVE_OID, &prefix) ||
        oid->n + prefix.n > RP_OID_MAX_ARCS) {
        rp_asn1_error(self->c, at, "'%s' is no arc and no OBJECT IDENTIFIER", at->name->text);
        return false;
    }
    memcpy(oid->arcs + oid->n, prefix.arcs, prefix.n * sizeof *prefix.arcs);
    oid->n += prefix.n;
    return true;
}

static bool read_oid(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ctype *governor, const struct rp_ast_value *ast,
                     struct rp_cvalue *out)
{
    struct rp_oid oid;
    uint8_t octets[RP_OID_MAX_ARCS * 10];
    bool relative = governor->t.kind == RP_RELATIVE_OID;
    struct oid_context context = { .c = c, .env = env, .relative = relative };
    if (ast->kind != RP_VAL_BRACES)
        return mismatch(c, governor, ast);
    if (!rp_oid_parse(c, ast->braces, relative, &oid, oid_ref, &context))
        return false;
    out->kind = RP_VALUE_OCTETS;
    out->len = (uint32_t)rp_oid_octets(&oid, relative, octets);
    if (!out->len)
        return mismatch(c, governor, ast);
    uint8_t *kept = rp_asn1_keep(c, out->len, 1);
    if (kept)
        out->octets = memcpy(kept, octets, out->len);
    return kept != NULL;
}

static bool read_keyword(struct rp_asn1 *c, const struct rp_ctype *governor, const struct rp_ast_value *ast,
                         struct rp_cvalue *out)
{
    uint8_t keyword = ast->kind == RP_VAL_KEYWORD ? ast->token->keyword : K_NONE;
    out->kind = governor->t.kind == RP_NULL ? RP_VALUE_NULL : RP_VALUE_INTEGER;
    out->integer = keyword == K_TRUE;
    bool fits = governor->t.kind == RP_NULL ? keyword == K_NULL : keyword == K_TRUE || keyword == K_FALSE;
    return fits || mismatch(c, governor, ast);
}

bool rp_value_of(struct rp_asn1 *c, const struct rp_env *env, const struct rp_ctype *governor, const struct rp_ast_value *ast,
                 struct rp_cvalue *out)
{
    *out = (struct rp_cvalue){ .kind = RP_VALUE_OTHER, .type = governor };
    if (governor->bad)
        return false;
    if (read_item(governor, ast, out))
        return true;
    if (ast->kind == RP_VAL_REF)
        return read_ref(c, env, governor, ast, out);
    switch (governor->t.kind) {
    case RP_BOOLEAN:
    case RP_NULL: return read_keyword(c, governor, ast, out);
    case RP_INTEGER:
        out->kind = RP_VALUE_INTEGER;
        return ast->kind == RP_VAL_NUMBER ? read_number(c, ast, &out->integer) : mismatch(c, governor, ast);
    case RP_ENUMERATED: return mismatch(c, governor, ast);
    case RP_REAL: return read_real(c, governor, ast, out);
    case RP_OBJECT_IDENTIFIER:
    case RP_RELATIVE_OID: return read_oid(c, env, governor, ast, out);
    case RP_BIT_STRING:
    case RP_OCTET_STRING:
    case RP_CHAR_STRING:
    case RP_OCTET_TEXT:
    case RP_TIME: return rp_string_value(c, env, governor, ast, out);
    default: return true;
    }
}
