#include "codecs/asn1/scope.h"

#include <stdio.h>
#include <string.h>

#include "codecs/asn1/oid.h"

enum { FIRST_CAP = 4096 };

void rp_scope_add_module(struct rp_asn1 *c, struct rp_asn1_module *module)
{
    if (module->oid_braces.first)
        module->oid = rp_oid_text(c, module->oid_braces);
    struct rp_asn1_module *other = rp_scope_module(c, module->name, module->oid);
    bool same = other && strcmp(other->oid, module->oid) == 0;
    if (same && c->first_wins && other->source != module->source)
        return; /* read, but never found */
    if (same) {
        char place[RP_PLACE_MAX];
        rp_asn1_place(c, other->token, place, sizeof place);
        rp_asn1_error(c, module->token, "module '%s' is defined twice; first at %s", module->name->text, place);
    }
    if (c->last_module)
        c->last_module->next = module;
    else
        c->modules = module;
    c->last_module = module;
}

struct rp_asn1_module *rp_scope_module(const struct rp_asn1 *c, const struct rp_name *name, const char *oid)
{
    struct rp_asn1_module *first = NULL;
    for (struct rp_asn1_module *module = c->modules; module; module = module->next) {
        if (module->name != name)
            continue;
        if (!first)
            first = module;
        if (oid && strcmp(module->oid, oid) == 0)
            return module;
    }
    return first;
}

static size_t slot_of(const struct rp_asn1 *c, const struct rp_asn1_module *module, const struct rp_name *name)
{
    uint64_t key = ((uint64_t)(uintptr_t)module >> 4) * 0x9E3779B97F4A7C15u ^ (uint64_t)name->hash * 0xC2B2AE3D27D4EB4Fu;
    return (size_t)(key ^ key >> 32) & (c->table_cap - 1);
}

static struct rp_symbol *find_own(const struct rp_asn1 *c, const struct rp_asn1_module *module, const struct rp_name *name)
{
    if (!c->table_cap)
        return NULL;
    struct rp_symbol *symbol = c->table[slot_of(c, module, name)];
    while (symbol && (symbol->name != name || symbol->module != module))
        symbol = symbol->chain;
    return symbol;
}

static bool grow(struct rp_asn1 *c)
{
    size_t cap = c->table_cap ? 2 * c->table_cap : FIRST_CAP, old_cap = c->table_cap;
    struct rp_symbol **old = c->table, **table = rp_asn1_make(c, cap * sizeof(struct rp_symbol *));
    if (!table)
        return false;
    c->table = table;
    c->table_cap = cap;
    for (size_t i = 0; i < old_cap; i++) {
        for (struct rp_symbol *symbol = old[i], *next; symbol; symbol = next) {
            next = symbol->chain;
            size_t slot = slot_of(c, symbol->module, symbol->name);
            symbol->chain = table[slot];
            table[slot] = symbol;
        }
    }
    return true;
}

static void report_twice(struct rp_asn1 *c, const struct rp_symbol *first, const struct rp_token *token)
{
    char place[RP_PLACE_MAX];
    rp_asn1_place(c, first->token, place, sizeof place);
    rp_asn1_error(c, token, "'%s' is %s twice; first at %s", first->name->text,
                  first->kind == RP_SYM_IMPORT ? "imported" : "defined", place);
}

/* An import gives way to a definition of the module's own, and is no error when the same name comes twice. */
static struct rp_symbol *replace(struct rp_asn1 *c, struct rp_symbol *old, const struct rp_token *token, enum rp_symbol_kind kind)
{
    if (old->kind == RP_SYM_IMPORT && kind != RP_SYM_IMPORT) {
        old->kind = (uint8_t)kind;
        old->token = token;
        return old;
    }
    if (old->kind == RP_SYM_IMPORT)
        return old;
    report_twice(c, old, token);
    return NULL;
}

struct rp_symbol *rp_scope_add(struct rp_asn1 *c, struct rp_asn1_module *module, const struct rp_token *token,
                               enum rp_symbol_kind kind)
{
    struct rp_symbol *old = find_own(c, module, token->name);
    if (old)
        return replace(c, old, token, kind);
    if (c->n_symbols >= c->table_cap && !grow(c))
        return NULL;
    struct rp_symbol *symbol = rp_asn1_make(c, sizeof *symbol);
    if (!symbol)
        return NULL;
    symbol->token = token;
    symbol->name = token->name;
    symbol->module = module;
    symbol->kind = (uint8_t)kind;
    size_t slot = slot_of(c, module, token->name);
    symbol->chain = c->table[slot];
    c->table[slot] = symbol;
    c->n_symbols++;
    if (module->last_symbol)
        module->last_symbol->next = symbol;
    else
        module->symbols = symbol;
    return module->last_symbol = symbol;
}

enum { MOST_HOPS = 32 };

/* The end of a chain of imports (a module may export what it imports). NULL when it leads nowhere or round in a circle;
 * `last` is the import that it broke off at, NULL for a circle. */
static struct rp_symbol *follow(const struct rp_asn1 *c, struct rp_symbol *symbol, const struct rp_symbol **last)
{
    for (unsigned hops = 0; symbol && symbol->kind == RP_SYM_IMPORT; hops++) {
        const struct rp_ast_import *import = symbol->import;
        *last = hops > MOST_HOPS ? NULL : symbol;
        if (!import->module || hops > MOST_HOPS)
            return NULL;
        if (symbol->target)
            return symbol->target;
        const struct rp_asn1_module *from = rp_scope_module(c, import->module->name, NULL);
        symbol = from ? find_own(c, from, symbol->name) : NULL;
    }
    return symbol;
}

struct rp_symbol *rp_scope_find(const struct rp_asn1 *c, const struct rp_asn1_module *module, const struct rp_name *name)
{
    const struct rp_symbol *last;
    return follow(c, find_own(c, module, name), &last);
}

static void offer_symbols(struct rp_suggest *suggest, const struct rp_asn1_module *module, const struct rp_name *name)
{
    bool upper = name->text[0] >= 'A' && name->text[0] <= 'Z';
    for (const struct rp_symbol *symbol = module->symbols; symbol; symbol = symbol->next)
        if ((symbol->token->kind == RP_TOK_UPPER) == upper && symbol->name != name)
            rp_suggest_offer(suggest, symbol->name->text);
}

static void report_unknown(struct rp_asn1 *c, const struct rp_asn1_module *module, const struct rp_token *at,
                           const struct rp_name *name, const char *what)
{
    struct rp_suggest suggest = { .name = name->text };
    offer_symbols(&suggest, module, name);
    for (enum rp_keyword keyword = K_NONE + 1; keyword < RP_KEYWORDS && at->kind == RP_TOK_UPPER; keyword++)
        rp_suggest_offer(&suggest, rp_keyword_text(keyword));
    if (suggest.best)
        rp_asn1_error(c, at, "unknown %s '%s'; did you mean '%s'?", what, name->text, suggest.best);
    else
        rp_asn1_error(c, at, "unknown %s '%s'; module %s neither defines nor imports it", what, name->text, module->name->text);
}

static void report_module(struct rp_asn1 *c, const struct rp_token *at, const struct rp_name *name)
{
    struct rp_suggest suggest = { .name = name->text };
    for (const struct rp_asn1_module *module = c->modules; module; module = module->next)
        rp_suggest_offer(&suggest, module->name->text);
    if (suggest.best)
        rp_asn1_error(c, at, "module '%s' is not there; did you mean '%s'?", name->text, suggest.best);
    else
        rp_asn1_error(c, at, "module '%s' is not there", name->text);
}

/* A name that is imported and used, but not there. A missing module was reported where it is imported from. */
static void report_import(struct rp_asn1 *c, struct rp_symbol *symbol, const struct rp_symbol *last, const struct rp_token *at)
{
    const struct rp_token *from = last ? last->import->module : NULL;
    const struct rp_asn1_module *module = from ? rp_scope_module(c, from->name, NULL) : NULL;
    struct rp_suggest suggest = { .name = symbol->name->text };
    symbol->failed = true;
    if (!last)
        rp_asn1_error(c, at, "the imports of '%s' go round in a circle", symbol->name->text);
    if (!module)
        return;
    offer_symbols(&suggest, module, symbol->name);
    rp_asn1_error(c, at, "module %s has no '%s' to import%s%s%s", module->name->text, symbol->name->text,
                  suggest.best ? "; did you mean '" : "", suggest.best ? suggest.best : "", suggest.best ? "'?" : "");
}

struct rp_symbol *rp_scope_resolve(struct rp_asn1 *c, const struct rp_asn1_module *module, const struct rp_ast_ref *ref,
                                   const char *what)
{
    if (ref->module) {
        const struct rp_asn1_module *other = rp_scope_module(c, ref->module, NULL);
        if (!other) {
            report_module(c, ref->token, ref->module);
            return NULL;
        }
        module = other;
    }
    const struct rp_symbol *last = NULL;
    struct rp_symbol *own = find_own(c, module, ref->name), *symbol = follow(c, own, &last);
    if (symbol)
        return symbol->failed ? NULL : symbol;
    for (const struct rp_asn1_module *builtin = c->modules; builtin && builtin->builtin; builtin = builtin->next)
        if (find_own(c, builtin, ref->name))
            return find_own(c, builtin, ref->name);
    if (!own)
        report_unknown(c, module, ref->token, ref->name, what);
    else if (own->kind == RP_SYM_IMPORT && !own->failed)
        report_import(c, own, last, ref->token);
    return NULL;
}

static void mark_exports(struct rp_asn1 *c, const struct rp_asn1_module *module)
{
    for (const struct rp_token *at = module->exports.first; at && at < module->exports.end; at++) {
        struct rp_symbol *symbol = at->name ? find_own(c, module, at->name) : NULL;
        if (symbol)
            symbol->exported = true;
        else if (at->name && !rp_asn1_enough(c))
            report_unknown(c, module, at, at->name, "export");
    }
}

/* Published modules import names that are not there: an error only where one is used. */
static void link_import(struct rp_asn1 *c, struct rp_symbol *symbol, struct rp_asn1_module *from)
{
    const struct rp_symbol *last;
    struct rp_symbol *there = find_own(c, from, symbol->name);
    symbol->target = follow(c, there, &last);
    if (symbol->target && !from->exports_all && !there->exported)
        rp_asn1_error(c, symbol->token, "module %s does not export '%s'", from->name->text, symbol->name->text);
}

static void link_module(struct rp_asn1 *c, struct rp_asn1_module *module)
{
    const struct rp_ast_import *reported = NULL, *known = NULL;
    struct rp_asn1_module *from = NULL;
    for (struct rp_symbol *symbol = module->symbols; symbol && !rp_asn1_enough(c); symbol = symbol->next) {
        const struct rp_ast_import *import = symbol->import;
        if (symbol->kind != RP_SYM_IMPORT || !import || !import->module)
            continue;
        if (import != known)
            from = rp_scope_module(c, import->module->name, import->oid.first ? rp_oid_text(c, import->oid) : NULL);
        known = import;
        if (from)
            link_import(c, symbol, from);
        else if (import != reported)
            report_module(c, import->module, import->module->name);
        reported = from ? reported : import;
    }
}

void rp_scope_link(struct rp_asn1 *c)
{
    for (const struct rp_asn1_module *module = c->modules; module; module = module->next)
        mark_exports(c, module);
    for (struct rp_asn1_module *module = c->modules; module; module = module->next)
        link_module(c, module);
}
