#include "codecs/asn1/compile.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void *rp_asn1_make(struct rp_asn1 *c, size_t size)
{
    void *block = rp_arena_calloc(c->scratch, 1, size);
    c->no_memory |= !block;
    return block;
}

void *rp_asn1_keep(struct rp_asn1 *c, size_t n, size_t size)
{
    void *block = rp_arena_calloc(c->arena, n, size);
    c->no_memory |= !block;
    return block;
}

const struct rp_source *rp_asn1_source(const struct rp_asn1 *c, const struct rp_token *at)
{
    for (size_t i = 0; i < c->n_texts; i++) {
        const struct rp_source *source = c->texts[i].source;
        if (at->at >= source->text && at->at <= source->text + source->len)
            return source;
    }
    return c->texts[0].source;
}

/* One place gives one error: each instance of a parameterised definition meets those in its text again. */
static bool is_known(const struct rp_asn1 *c, const struct rp_source *source, uint32_t line, uint32_t column)
{
    for (const struct rp_diag *diag = c->diags->first; diag; diag = diag->next)
        if (diag->line == line && diag->column == column && diag->file == source->file)
            return true;
    return false;
}

struct rp_diag *rp_asn1_error(struct rp_asn1 *c, const struct rp_token *at, const char *format, ...)
{
    char text[RP_DIAG_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const struct rp_source *source = rp_asn1_source(c, at);
    uint32_t column = rp_lex_column(source, at->at);
    if (c->errors && is_known(c, source, at->line, column))
        return &c->dropped;
    struct rp_diag *diag = rp_diag_add(c->diags, RP_TRANSFER, RP_ESYNTAX, "%s", text);
    diag->file = source->file;
    diag->line = at->line;
    diag->column = column;
    c->errors++;
    return diag;
}

bool rp_asn1_enough(const struct rp_asn1 *c)
{
    return c->errors >= RP_ASN1_MAX_ERRORS || c->no_memory;
}

void rp_asn1_place(const struct rp_asn1 *c, const struct rp_token *at, char *out, size_t size)
{
    const struct rp_source *source = rp_asn1_source(c, at);
    snprintf(out, size, "%s:%u:%u", source->file, at->line, rp_lex_column(source, at->at));
}

/* "A -> B -> A", outermost first; cut with "..." when long. */
static void name_cycle(const struct rp_busy *inner, const void *what, const char *name, char *out, size_t size)
{
    const struct rp_busy *chain[8];
    size_t n = 0;
    for (const struct rp_busy *at = inner; at; at = at->what == what ? NULL : at->outer) {
        memmove(chain + 1, chain, (n < 8 ? n : 7) * sizeof *chain);
        chain[0] = at;
        n += n < 8;
    }
    size_t used = 0;
    for (size_t i = 0; i < n && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s -> ", chain[i]->name);
    if (used < size)
        snprintf(out + used, size - used, "%s", name);
}

bool rp_asn1_enter(struct rp_asn1 *c, struct rp_busy *entry, const void *what, const char *name, const struct rp_token *at)
{
    for (const struct rp_busy *outer = c->busy; outer; outer = outer->outer) {
        if (outer->what != what)
            continue;
        char cycle[160];
        name_cycle(c->busy, what, name, cycle, sizeof cycle);
        rp_asn1_error(c, at, "'%s' is defined through itself: %s", name, cycle);
        return false;
    }
    if (c->depth >= RP_ASN1_MAX_DEPTH) {
        rp_asn1_error(c, at, "'%s' depends on other definitions more than %d deep", name, RP_ASN1_MAX_DEPTH);
        return false;
    }
    *entry = (struct rp_busy){ .outer = c->busy, .what = what, .name = name };
    c->busy = entry;
    c->depth++;
    return true;
}

void rp_asn1_leave(struct rp_asn1 *c)
{
    c->busy = c->busy->outer;
    c->depth--;
}
