#include "codecs/asn1/schema.h"

#include <stdlib.h>
#include <string.h>

#include "codecs/asn1/front.h"
#include "codecs/asn1/objects.h"
#include "codecs/asn1/scope.h"
#include "codecs/per/per.h"

/* Asks for what a symbol stands for, so that errors show in what nothing uses, too. Definitions with parameters wait for them. */
static void resolve_symbol(struct rp_asn1 *c, struct rp_symbol *symbol)
{
    const struct rp_env *env = &symbol->module->env;
    struct rp_ast_ref ref = { .token = symbol->token, .name = symbol->name };
    if (symbol->failed || symbol->params || symbol->kind == RP_SYM_IMPORT)
        return;
    struct rp_class *class_ = rp_class_if(c, env, symbol->type);
    if (symbol->kind == RP_SYM_CLASS) {
        struct rp_class *own = rp_class_of(c, env, &ref);
        for (uint16_t i = 0; own && i < own->n_fields; i++)
            rp_class_field_ready(c, own, &own->fields[i]);
    } else if (symbol->kind == RP_SYM_VALUE) {
        if (class_)
            rp_object_of(c, env, &ref);
        else if (symbol->value)
            rp_value_named(c, symbol, symbol->token);
    } else if (class_ && symbol->kind == RP_SYM_SET) {
        rp_set_of(c, env, &ref);
    } else if (!class_) {
        rp_type_named(c, symbol, symbol->token);
    }
}

/* Types bring sets, sets bring types; new ones are appended behind the last until no more come. */
static void resolve_all(struct rp_asn1 *c)
{
    struct rp_ctype *type = NULL;
    struct rp_cset *set = NULL;
    for (struct rp_asn1_module *module = c->modules; module; module = module->next)
        for (struct rp_symbol *symbol = module->symbols; symbol && !rp_asn1_enough(c); symbol = symbol->next)
            resolve_symbol(c, symbol);
    for (bool more = true; more && !rp_asn1_enough(c);) {
        more = false;
        for (struct rp_ctype *next = type ? type->next : c->types; next && !rp_asn1_enough(c); next = next->next, more = true)
            rp_type_complete(c, type = next);
        for (struct rp_cset *next = set ? set->next : c->sets; next && !rp_asn1_enough(c); next = next->next, more = true)
            rp_set_fill(c, set = next);
    }
    for (const struct rp_pending_default *at = c->defaults; at && !rp_asn1_enough(c); at = at->next)
        rp_default_fill(c, at);
    for (struct rp_ctype *at = c->types; at && !c->errors && !c->no_memory; at = at->next)
        rp_tags_order(c, at);
}

/* Whatever went wrong without a word is an error all the same. */
static void check_all(struct rp_asn1 *c)
{
    for (const struct rp_ctype *type = c->types; type && !c->errors && !c->no_memory; type = type->next)
        if (type->bad)
            rp_asn1_error(c, type->token, "'%s' can't be made a type", type->t.name ? type->t.name : "this");
}

static void lay_out(struct rp_asn1 *c)
{
    for (struct rp_ctype *type = c->types; type; type = type->next)
        c->no_memory |= !rp_per_layout(&type->t);
    for (struct rp_ctype *type = c->types; type; type = type->next)
        c->no_memory |= !rp_per_flatten(&type->t, c->arena);
}

static bool is_listed(const struct rp_symbol *symbol)
{
    return symbol->ctype && !symbol->params && (symbol->kind == RP_SYM_TYPE || symbol->kind == RP_SYM_SET);
}

static const struct rp_schema *make_schema(struct rp_asn1 *c, const char *name)
{
    uint32_t n_modules = 0, n_types = 0;
    for (const struct rp_asn1_module *module = c->modules->next; module; module = module->next, n_modules++)
        for (const struct rp_symbol *symbol = module->symbols; symbol; symbol = symbol->next)
            n_types += is_listed(symbol);
    struct rp_schema *schema = rp_asn1_keep(c, 1, sizeof *schema);
    struct rp_module *modules = rp_asn1_keep(c, n_modules, sizeof *modules);
    const struct rp_type **types = rp_asn1_keep(c, n_types, sizeof(struct rp_type *));
    char *kept_name = rp_arena_strndup(c->arena, name, strlen(name));
    if (!schema || !modules || !types || !kept_name)
        return NULL;
    *schema = (struct rp_schema){ kept_name, modules, n_modules, types, n_types };
    for (const struct rp_asn1_module *module = c->modules->next; module; module = module->next) {
        *modules++ = (struct rp_module){ module->name->text, module->oid, module->source->file, module->token->line };
        for (const struct rp_symbol *symbol = module->symbols; symbol; symbol = symbol->next)
            if (is_listed(symbol))
                *types++ = &symbol->ctype->t;
    }
    return schema;
}

const struct rp_schema *rp_front_compile(const char *name, const struct rp_source *sources, size_t n_sources,
                                         enum rp_front_mode mode, struct rp_arena *arena, struct rp_diags *diags)
{
    struct rp_arena scratch = { .limit = arena->limit };
    struct rp_asn1 c = { .arena = arena, .scratch = &scratch, .diags = diags };
    c.first_wins = mode != RP_FRONT_STRICT;
    c.markers_last = mode == RP_FRONT_MARKERS_LAST;
    const struct rp_schema *schema = NULL;
    rp_front_parse(&c, sources, n_sources);
    if (!rp_asn1_enough(&c) && !c.cut)
        rp_scope_link(&c);
    if (!rp_asn1_enough(&c) && !c.cut)
        resolve_all(&c);
    check_all(&c);
    if (!c.errors && !c.no_memory)
        lay_out(&c);
    if (!c.errors && !c.no_memory)
        schema = make_schema(&c, name);
    if (!schema && !c.errors)
        rp_diag_add(diags, RP_TRANSFER, RP_ENOMEM, "no memory to compile the modules of %s", name);
    rp_arena_free(&scratch);
    return schema;
}

const struct rp_schema *rp_schema_compile(const char *name, const struct rp_source *sources, size_t n_sources,
                                          struct rp_arena *arena, struct rp_diags *diags)
{
    return rp_front_compile(name, sources, n_sources, RP_FRONT_STRICT, arena, diags);
}

const struct rp_type *rp_schema_type(const struct rp_schema *schema, const char *name)
{
    const char *dot = strchr(name, '.');
    size_t module_len = dot ? (size_t)(dot - name) : 0;
    const char *plain = dot ? dot + 1 : name;
    for (uint32_t i = 0; i < schema->n_types; i++) {
        const struct rp_type *type = schema->types[i];
        bool right_module = !dot || (strlen(type->module) == module_len && memcmp(type->module, name, module_len) == 0);
        if (right_module && strcmp(type->name, plain) == 0)
            return type;
    }
    return NULL;
}
