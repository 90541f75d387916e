/* The ASN.1 compiler: the input is a text of modules. What is refused has a finding that says where; the tables of what is
 * accepted hold together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/asn1/schema.h"
#include "tools/fuzz/fuzz.h"

static void die(const char *why)
{
    fprintf(stderr, "%s\n", why);
    abort();
}

static void check_set(const struct rp_object_set *set)
{
    for (uint32_t i = 0; i < set->n_objects; i++) {
        if (i && set->objects[set->by_key[i - 1]].key > set->objects[set->by_key[i]].key)
            die("object keys out of order");
        if (set->keyed && !rp_object_set_find(set, set->objects[i].key))
            die("an object that is not found");
        for (uint16_t k = 0; k < set->n_fields; k++) {
            const struct rp_slot *slot = &set->objects[i].fields[k].slot;
            if (slot->type && (slot->set != set || !slot->name || slot->set_field != k))
                die("an object's slot that does not belong to its set");
        }
    }
}

static void check_slot(const struct rp_slot *slot, uint16_t n_slots)
{
    if (!slot->type || !slot->type->keyword || slot->type->self.type != slot->type)
        die("a slot without a sound type");
    if (slot->at >= n_slots || (slot->presence == RP_DEFAULT && (!slot->dflt || !slot->dflt->text)))
        die("a slot that points nowhere");
    if (slot->set && slot->set_field >= slot->set->n_fields)
        die("a field that its class does not have");
    if (slot->set)
        check_set(slot->set);
}

static void check_type(const struct rp_type *type)
{
    if (!type->name || !type->module || !type->file || type->kind >= RP_KINDS || type->n_root > type->n_slots)
        die("a type without its names");
    for (uint16_t i = 0; i < type->n_slots; i++) {
        check_slot(&type->slots[i], type->n_slots);
        if (type->slots[i].index != i || (!type->slots[i].name && !type->slots[i].group))
            die("a slot out of place");
    }
    if (type->element)
        check_slot(type->element, 0);
    if (type->has_lo && type->has_hi && !type->hi_u64 && type->lo > type->hi)
        die("bounds that leave nothing");
    for (uint32_t i = 1; i < type->n_ranges; i++)
        if (type->ranges[i - 1].hi >= type->ranges[i].lo)
            die("ranges out of order");
    if (type->n_root_items > type->n_items)
        die("more root items than items");
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len)
{
    static struct rp_arena arena = { .limit = 16 << 20 };
    static struct rp_arena findings = { .limit = 1 << 20 };
    struct rp_diags diags = { .arena = &findings };
    struct rp_source source = { "fuzz.asn1", (const char *)octets, len };
    const struct rp_schema *schema = rp_schema_compile("fuzz", &source, 1, &arena, &diags);
    if (!schema && diags.worst != RP_TRANSFER)
        die("refused without a finding");
    for (const struct rp_diag *diag = diags.first; diag; diag = diag->next)
        if (diag->err != RP_ENOMEM && (!diag->file || !diag->line || !diag->column || !diag->text[0]))
            die("a finding that does not say where");
    for (uint32_t i = 0; schema && i < schema->n_types; i++) {
        check_type(schema->types[i]);
        if (!rp_schema_type(schema, schema->types[i]->name))
            die("a type that is not found");
    }
    rp_arena_reset(&arena);
    rp_arena_reset(&findings);
    return 0;
}
