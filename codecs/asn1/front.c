#include "codecs/asn1/front.h"

#include <string.h>

#include "codecs/asn1/oid.h"
#include "codecs/asn1/parser.h"

/* The two useful classes that every module knows (X.681 annexes A and B). */
static const char builtin_text[] =
    "Built-in DEFINITIONS AUTOMATIC TAGS ::= BEGIN\n"
    "TYPE-IDENTIFIER ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type } WITH SYNTAX { &Type IDENTIFIED BY &id }\n"
    "ABSTRACT-SYNTAX ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type,\n"
    " &property BIT STRING { handles-invalid-encodings(0) } DEFAULT {} }\n"
    "WITH SYNTAX { &Type IDENTIFIED BY &id [HAS PROPERTY &property] }\n"
    "END\n";
static const struct rp_source builtin = { "built-in", builtin_text, sizeof builtin_text - 1 };

static bool read_source(struct rp_asn1 *c, const struct rp_source *source)
{
    struct rp_tokens *tokens = &c->texts[c->n_texts];
    tokens->source = source;
    if (!rp_lex(tokens, &c->names, c->scratch)) {
        c->no_memory = true;
        return false;
    }
    c->n_texts++;
    struct rp_parser parser = rp_parser_over(c, tokens->first, tokens->first + tokens->n - 1);
    rp_parse_modules(&parser);
    return true;
}

void rp_front_parse(struct rp_asn1 *c, const struct rp_source *sources, size_t n_sources)
{
    c->names = (struct rp_names){ .arena = c->arena, .scratch = c->scratch };
    c->texts = rp_asn1_make(c, (n_sources + 1) * sizeof *c->texts);
    if (!c->texts || !rp_names_init(&c->names)) {
        c->no_memory = true;
        return;
    }
    if (!read_source(c, &builtin) || !c->modules)
        return;
    c->modules->builtin = true;
    for (size_t i = 0; i < n_sources && !rp_asn1_enough(c); i++) {
        if (!read_source(c, &sources[i]))
            return;
        c->markers_last = false; /* the modules imported from stay as they are */
    }
}

static const char *kept(struct rp_asn1 *c, const char *text)
{
    const char *copy = rp_arena_strndup(c->arena, text, strlen(text));
    c->no_memory |= !copy;
    return copy ? copy : "";
}

static bool is_new_import(const struct rp_symbol *symbol, const struct rp_ast_import *last)
{
    return symbol->kind == RP_SYM_IMPORT && symbol->import && symbol->import != last && symbol->import->module;
}

static void scan_module(struct rp_asn1 *c, const struct rp_asn1_module *module, struct rp_scan_module *out)
{
    size_t n = 0;
    const struct rp_ast_import *last = NULL;
    for (const struct rp_symbol *symbol = module->symbols; symbol; symbol = symbol->next)
        if (is_new_import(symbol, last)) {
            last = symbol->import;
            n++;
        }
    const char **imports = rp_asn1_keep(c, n, sizeof(char *)), **oids = rp_asn1_keep(c, n, sizeof(char *));
    if (!imports || !oids)
        return;
    *out = (struct rp_scan_module){ kept(c, module->name->text), kept(c, module->oid), imports, oids, n };
    last = NULL;
    for (const struct rp_symbol *symbol = module->symbols; symbol; symbol = symbol->next) {
        if (!is_new_import(symbol, last))
            continue;
        last = symbol->import;
        *imports++ = kept(c, last->module->name->text);
        *oids++ = last->oid.first ? rp_oid_text(c, last->oid) : "";
    }
}

bool rp_front_scan(const struct rp_source *source, struct rp_arena *arena, struct rp_diags *diags, struct rp_scan *scan)
{
    struct rp_arena scratch = { .limit = arena->limit };
    struct rp_asn1 c = { .arena = arena, .scratch = &scratch, .diags = diags };
    struct rp_scan_module *modules = NULL;
    rp_front_parse(&c, source, 1);
    scan->n_modules = 0;
    for (const struct rp_asn1_module *module = c.modules ? c.modules->next : NULL; module; module = module->next)
        scan->n_modules++;
    scan->modules = modules = rp_asn1_keep(&c, scan->n_modules, sizeof *modules);
    for (const struct rp_asn1_module *module = c.modules ? c.modules->next : NULL; module && modules; module = module->next)
        scan_module(&c, module, modules++);
    if (c.no_memory)
        rp_diag_add(diags, RP_TRANSFER, RP_ENOMEM, "no memory to read %s", source->file);
    rp_arena_free(&scratch);
    return !c.no_memory && !c.errors;
}
