/** For the compiler's tests: a type table as one line of text, and texts compiled in one call. */
#ifndef RP_ASN1_DESCRIBE_TEST_H
#define RP_ASN1_DESCRIBE_TEST_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "codecs/asn1/schema.h"

#include "tools/test_support.h"

struct line {
    char text[4096];
    size_t len;
};

__attribute__((format(printf, 2, 3))) static void say(struct line *line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line->text + line->len, sizeof line->text - line->len, format, args);
    va_end(args);
    line->len += n > 0 ? (size_t)n : 0;
    if (line->len >= sizeof line->text)
        line->len = sizeof line->text - 1;
}

static void describe(struct line *line, const struct rp_type *type, int depth);

static void describe_bounds(struct line *line, const struct rp_type *type)
{
    bool upper = type->has_hi, lower = type->has_lo && !(type->kind != RP_INTEGER && type->lo == 0 && !upper);
    if (lower || upper) {
        say(line, lower ? "(%lld.." : "(MIN..", (long long)type->lo);
        if (!upper)
            say(line, "MAX)");
        else if (type->hi_u64)
            say(line, "%llu)", (unsigned long long)type->hi);
        else
            say(line, "%lld)", (long long)type->hi);
    }
    for (uint32_t i = 0; i < type->n_ranges; i++)
        say(line, "%s%lld..%lld%s", i ? "|" : "[", (long long)type->ranges[i].lo, (long long)type->ranges[i].hi,
            i + 1 < type->n_ranges ? "" : "]");
    if (type->exact != (!type->ranges && !type->checked))
        say(line, "!");
}

static void describe_alphabet(struct line *line, const char *word, const struct rp_alphabet *alphabet)
{
    say(line, " %s(", word);
    for (uint32_t i = 0; i < alphabet->n; i++) {
        uint32_t first = alphabet->chars[i];
        while (i + 1 < alphabet->n && alphabet->chars[i + 1] == alphabet->chars[i] + 1)
            i++;
        uint32_t last = alphabet->chars[i];
        for (uint32_t end = first;; end = last) {
            if (end > ' ' && end < 127)
                say(line, "%c", (char)end);
            else
                say(line, "%u", end);
            if (end == last)
                break;
            say(line, "-");
        }
    }
    say(line, ")");
}

static void describe_items(struct line *line, const struct rp_type *type)
{
    say(line, "{");
    for (uint32_t i = 0; i < type->n_items; i++)
        say(line, "%s%s%s(%lld)", i ? ", " : "", i == type->n_root_items && i ? "..., " : "", type->items[i].name,
            (long long)type->items[i].number);
    say(line, type->extensible && type->kind == RP_ENUMERATED && type->n_items == type->n_root_items ? ", ...}" : "}");
}

static void describe_slot(struct line *line, const struct rp_slot *slot, int depth)
{
    if (slot->group) {
        say(line, "[[");
        for (uint16_t i = 0; i < slot->type->n_slots; i++) {
            say(line, i ? ", " : "");
            describe_slot(line, &slot->type->slots[i], depth);
        }
        say(line, "]]");
        return;
    }
    say(line, "%s%s ", slot->name ? slot->name : "", slot->presence == RP_OPTIONAL ? "?" : "");
    describe(line, slot->type, depth + 1);
    if (slot->set)
        say(line, " ({%s}.&%s", slot->set->name, slot->set->fields[slot->set_field].name);
    if (slot->set)
        say(line, slot->at >= 0 ? " @%d)" : ")", slot->at);
    if (slot->presence == RP_DEFAULT)
        say(line, " DEFAULT %s", slot->dflt ? slot->dflt->text : "(none)");
}

static void describe_slots(struct line *line, const struct rp_type *type, int depth)
{
    say(line, " {");
    for (uint16_t i = 0; i < type->n_slots; i++) {
        say(line, "%s%s", i ? ", " : "", i == type->n_root ? "..., " : "");
        describe_slot(line, &type->slots[i], depth);
    }
    if (type->extensible && type->n_slots == type->n_root)
        say(line, type->n_slots ? ", ..." : "...");
    say(line, "}");
}

static void describe(struct line *line, const struct rp_type *type, int depth)
{
    if (depth && type->name) {
        say(line, "%s", type->name);
        return;
    }
    bool slots = type->kind == RP_SEQUENCE || type->kind == RP_SET || type->kind == RP_CHOICE;
    say(line, "%s", type->keyword);
    if (type->n_items)
        describe_items(line, type);
    describe_bounds(line, type);
    if (slots)
        describe_slots(line, type, depth);
    else if (type->extensible && type->kind != RP_ENUMERATED)
        say(line, "...");
    if (type->alphabet)
        describe_alphabet(line, "FROM", type->alphabet);
    if (type->checked)
        describe_alphabet(line, "checked", type->checked);
    if (type->contents) {
        say(line, " CONTAINING ");
        describe(line, type->contents, depth + 1);
    }
    if (type->element)
        describe_slot(line, type->element, depth);
}

/* Compiles `text`, which is put into a module T when it has none. */
static const struct rp_schema *compile(const char *text, struct rp_arena *arena, struct rp_diags *diags)
{
    bool bare = !strstr(text, "DEFINITIONS");
    char *whole = bare ? rp_arena_printf(arena, "T DEFINITIONS AUTOMATIC TAGS ::= BEGIN\n%s\nEND\n", text) : NULL;
    struct rp_source *source = rp_arena_calloc(arena, 1, sizeof *source);
    assert_non_null(source);
    *source = (struct rp_source){ "t.asn1", bare ? whole : text, strlen(bare ? whole : text) };
    return rp_schema_compile("t", source, 1, arena, diags);
}

/* What is wrong with a text, a line each. */
static void list_findings(struct line *line, const struct rp_diags *diags)
{
    for (const struct rp_diag *diag = diags->first; diag; diag = diag->next) {
        char text[600];
        rp_diag_format(diag, text, sizeof text);
        say(line, "%s%s", line->len ? "\n" : "", text);
    }
}

/* Compiles a text that is sound and compares one type of it. @return 0, or 1 when it is another */
__attribute__((unused)) static int expect_type(const char *what, const char *text, const char *type, const char *want)
{
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    struct line line = { .len = 0 };
    const struct rp_schema *schema = compile(text, &arena, &diags);
    list_findings(&line, &diags);
    const struct rp_type *found = schema ? rp_schema_type(schema, type) : NULL;
    if (found)
        describe(&line, found, 0);
    bool same = strcmp(line.text, want) == 0;
    if (!same)
        print_error("%s:\n got  %s\n want %s\n", what, line.text, want);
    rp_arena_free(&arena);
    return !same;
}

/* Compiles a text that is faulty and compares the findings. @return 0, or 1 when they are others */
__attribute__((unused)) static int expect_findings(const char *what, const char *text, const char *want)
{
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    struct line line = { .len = 0 };
    const struct rp_schema *schema = compile(text, &arena, &diags);
    list_findings(&line, &diags);
    bool same = strcmp(line.text, want) == 0 && !schema;
    if (!same)
        print_error("%s:%s\ngot\n%s\nwant\n%s\n", what, schema ? " compiled all the same" : "", line.text, want);
    rp_arena_free(&arena);
    return !same;
}

#endif
