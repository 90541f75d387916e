#include "harness/type_text.h"

#include <string.h>

enum { SETS_MAX = 64, NEST_MAX = 12 };

struct writer {
    struct rp_text *out;
    const struct rp_schema *schema;
    const struct rp_object_set *sets[SETS_MAX]; /* met on the way, to be listed below */
    size_t n_sets;
};

static void write_type(struct writer *writer, const struct rp_slot *slot, unsigned nest, bool by_name);

static void indent(struct writer *writer, unsigned nest)
{
    rp_text_printf(writer->out, "\n%*s", (int)nest * 4, "");
}

static void meet(struct writer *writer, const struct rp_object_set *set)
{
    for (size_t i = 0; i < writer->n_sets; i++)
        if (writer->sets[i] == set)
            return;
    if (writer->n_sets < SETS_MAX)
        writer->sets[writer->n_sets++] = set;
}

static void write_range(struct writer *writer, int64_t lo, int64_t hi)
{
    if (lo == hi)
        rp_text_printf(writer->out, "%lld", (long long)lo);
    else
        rp_text_printf(writer->out, "%lld..%lld", (long long)lo, (long long)hi);
}

/* Bounds of a value or a size, as in "1..4 | 7, ..."; nothing when there are none. */
static bool write_bounds(struct writer *writer, const struct rp_type *type, const char *before, const char *after)
{
    bool bounded = type->has_lo || type->has_hi;
    if (!bounded && !type->n_ranges)
        return false;
    rp_text_puts(writer->out, before);
    for (uint32_t i = 0; i < type->n_ranges; i++) {
        rp_text_puts(writer->out, i ? " | " : "");
        write_range(writer, type->ranges[i].lo, type->ranges[i].hi);
    }
    if (!type->n_ranges && type->has_hi && type->hi_u64)
        rp_text_printf(writer->out, "%lld..%llu", (long long)type->lo, (unsigned long long)type->hi);
    else if (!type->n_ranges && type->has_lo && type->has_hi)
        write_range(writer, type->lo, type->hi);
    else if (!type->n_ranges && type->has_lo)
        rp_text_printf(writer->out, "%lld..MAX", (long long)type->lo);
    else if (!type->n_ranges)
        rp_text_printf(writer->out, "MIN..%lld", (long long)type->hi);
    rp_text_puts(writer->out, type->extensible ? ", ..." : "");
    rp_text_puts(writer->out, after);
    return true;
}

static void write_alphabet(struct writer *writer, const struct rp_type *type)
{
    const struct rp_alphabet *alphabet = type->alphabet ? type->alphabet : type->checked;
    if (!alphabet)
        return;
    rp_text_puts(writer->out, " (FROM (\"");
    for (uint32_t i = 0; i < alphabet->n; i++)
        if (alphabet->chars[i] >= ' ' && alphabet->chars[i] < 0x7F)
            rp_text_printf(writer->out, "%c", (int)alphabet->chars[i]);
        else
            rp_text_printf(writer->out, "\\u%04X", alphabet->chars[i]);
    rp_text_puts(writer->out, "\"))");
}

static void write_items(struct writer *writer, const struct rp_type *type, unsigned nest, bool numbers)
{
    bool lines = type->n_items > 4;
    rp_text_puts(writer->out, " {");
    for (uint32_t i = 0; i <= type->n_items; i++) {
        if (type->kind == RP_ENUMERATED && type->extensible && i == type->n_root_items) {
            rp_text_puts(writer->out, i ? ", ..." : " ...");
        }
        if (i == type->n_items)
            break;
        rp_text_puts(writer->out, i ? "," : "");
        if (lines)
            indent(writer, nest + 1);
        else
            rp_text_puts(writer->out, " ");
        rp_text_puts(writer->out, type->items[i].name);
        if (numbers || type->items[i].number != (int64_t)i)
            rp_text_printf(writer->out, "(%lld)", (long long)type->items[i].number);
    }
    if (lines)
        indent(writer, nest);
    rp_text_puts(writer->out, lines ? "}" : " }");
}

static void write_presence(struct writer *writer, const struct rp_slot *slot)
{
    if (slot->presence == RP_OPTIONAL)
        rp_text_puts(writer->out, " OPTIONAL");
    if (slot->presence == RP_DEFAULT)
        rp_text_printf(writer->out, " DEFAULT %s", slot->dflt && slot->dflt->text ? slot->dflt->text : "?");
}

static void write_component(struct writer *writer, const struct rp_type *parent, const struct rp_slot *slot, unsigned nest)
{
    indent(writer, nest + 1);
    if (slot->group) {
        rp_text_puts(writer->out, "[[");
        for (uint16_t i = 0; i < slot->type->n_slots; i++) {
            rp_text_puts(writer->out, i ? "," : "");
            write_component(writer, slot->type, &slot->type->slots[i], nest + 1);
        }
        indent(writer, nest + 1);
        rp_text_puts(writer->out, "]]");
        return;
    }
    rp_text_printf(writer->out, "%s ", slot->name ? slot->name : "");
    write_type(writer, slot, nest + 1, true);
    if (slot->set) {
        meet(writer, slot->set);
        rp_text_printf(writer->out, " ({%s}", slot->set->name);
        if (slot->at >= 0 && slot->at < parent->n_slots)
            rp_text_printf(writer->out, "{@%s}", parent->slots[slot->at].name);
        rp_text_puts(writer->out, ")");
    }
    write_presence(writer, slot);
}

static void write_components(struct writer *writer, const struct rp_type *type, unsigned nest)
{
    rp_text_printf(writer->out, "%s {", type->kind == RP_CHOICE ? "CHOICE" : type->kind == RP_SET ? "SET" : "SEQUENCE");
    for (uint16_t i = 0; i < type->n_slots; i++) {
        if (type->extensible && i == type->n_root) {
            indent(writer, nest + 1);
            rp_text_puts(writer->out, "...,");
        }
        write_component(writer, type, &type->slots[i], nest);
        bool more = i + 1 < type->n_slots || (type->extensible && type->n_slots == type->n_root);
        rp_text_puts(writer->out, more ? "," : "");
    }
    if (type->extensible && type->n_slots == type->n_root) {
        indent(writer, nest + 1);
        rp_text_puts(writer->out, "...");
    }
    indent(writer, nest);
    rp_text_puts(writer->out, "}");
}

static void write_list(struct writer *writer, const struct rp_type *type, unsigned nest)
{
    rp_text_puts(writer->out, type->kind == RP_SET_OF ? "SET" : "SEQUENCE");
    write_bounds(writer, type, " (SIZE (", "))");
    rp_text_puts(writer->out, " OF ");
    write_type(writer, type->element, nest, true);
}

static void write_open(struct writer *writer, const struct rp_slot *slot)
{
    if (slot->set && slot->set_field < slot->set->n_fields)
        rp_text_printf(writer->out, "%s.&%s", slot->set->class_name, slot->set->fields[slot->set_field].name);
    else
        rp_text_puts(writer->out, "an open type");
}

static void write_simple(struct writer *writer, const struct rp_type *type, unsigned nest)
{
    rp_text_puts(writer->out, type->keyword ? type->keyword : rp_kind_name((enum rp_kind)type->kind));
    if (type->n_items)
        write_items(writer, type, nest, type->kind != RP_ENUMERATED);
    if (type->kind == RP_INTEGER)
        write_bounds(writer, type, " (", ")");
    else if (type->kind != RP_ENUMERATED)
        write_bounds(writer, type, " (SIZE (", "))");
    write_alphabet(writer, type);
    if (type->contents) {
        rp_text_puts(writer->out, " (CONTAINING ");
        write_type(writer, &type->contents->self, nest, true);
        rp_text_puts(writer->out, ")");
    }
}

static void write_type(struct writer *writer, const struct rp_slot *slot, unsigned nest, bool by_name)
{
    const struct rp_type *type = slot->type;
    bool known = type->name && rp_schema_type(writer->schema, type->name) == type;
    if (by_name && type->name && (known || nest > NEST_MAX)) {
        rp_text_puts(writer->out, type->name);
        return;
    }
    switch (type->kind) {
    case RP_SEQUENCE:
    case RP_SET:
    case RP_CHOICE: write_components(writer, type, nest); break;
    case RP_SEQUENCE_OF:
    case RP_SET_OF: write_list(writer, type, nest); break;
    case RP_OPEN: write_open(writer, slot); break;
    default: write_simple(writer, type, nest); break;
    }
}

static void write_object(struct writer *writer, const struct rp_object_set *set, const struct rp_object *object)
{
    static const char *const criticalities[] = { "reject", "ignore", "notify" };
    rp_text_printf(writer->out, "--   %5lld  %-40s", (long long)object->key, object->key_name ? object->key_name : "");
    if (object->has_criticality && object->criticality < 3)
        rp_text_printf(writer->out, "  %-6s", criticalities[object->criticality]);
    unsigned type_fields = 0;
    for (uint16_t i = 0; i < set->n_fields; i++)
        type_fields += set->fields[i].is_type;
    for (uint16_t i = 0; i < set->n_fields; i++)
        if (set->fields[i].is_type && object->fields[i].set && object->fields[i].slot.type)
            rp_text_printf(writer->out, "  %s%s%-32s", type_fields > 1 ? set->fields[i].name : "", type_fields > 1 ? " " : "",
                           object->fields[i].slot.name);
    rp_text_puts(writer->out, object->mandatory ? " mandatory\n" : "\n");
}

static void write_set(struct writer *writer, const struct rp_object_set *set)
{
    rp_text_printf(writer->out, "\n-- %s, a set of %s%s:\n", set->name, set->class_name, set->extensible ? ", extensible" : "");
    for (uint32_t i = 0; i < set->n_objects; i++)
        write_object(writer, set, &set->objects[i]);
}

void rp_type_text(struct rp_text *out, const struct rp_schema *schema, const struct rp_type *type)
{
    struct writer writer = { .out = out, .schema = schema };
    rp_text_printf(out, "-- %s:%u, module %s\n%s ::= ", type->file ? type->file : "?", type->line,
                   type->module ? type->module : "?", type->name ? type->name : "?");
    write_type(&writer, &type->self, 0, false);
    rp_text_puts(out, "\n");
    for (size_t i = 0; i < writer.n_sets; i++)
        write_set(&writer, writer.sets[i]);
}
