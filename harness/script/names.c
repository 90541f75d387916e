#include "harness/script/names.h"

#include <string.h>

#include "codecs/value/ie.h"

int rp_names_find(const struct rp_names *names, const char *name)
{
    for (size_t i = 0; i < names->n_messages; i++)
        if (!strcmp(names->messages[i].name, name))
            return (int)i;
    return -1;
}

int rp_edition_number(const char *name)
{
    size_t len = strlen(name);
    if (len < 5 || (len > 5 && name[len - 6] != '-'))
        return -1;
    const char *at = name + len - 5;
    static const char form[] = "00.00";
    for (int i = 0; i < 5; i++)
        if (form[i] == '.' ? at[i] != '.' : at[i] < '0' || at[i] > '9')
            return -1;
    return (at[0] - '0') * 1000 + (at[1] - '0') * 100 + (at[3] - '0') * 10 + (at[4] - '0');
}

static struct rp_message_name *message_named(struct rp_names *names, const char *name)
{
    int found = rp_names_find(names, name);
    if (found >= 0)
        return &names->messages[found];
    if (names->n_messages == names->cap) {
        size_t cap = names->cap ? 2 * names->cap : 64;
        struct rp_message_name *grown =
            rp_arena_grow(names->arena, names->messages, names->cap * sizeof *grown, cap * sizeof *grown);
        if (!grown)
            return NULL;
        names->messages = grown;
        names->cap = cap;
    }
    names->messages[names->n_messages] = (struct rp_message_name){ .name = name };
    return &names->messages[names->n_messages++];
}

static bool add_message(struct rp_names *names, const struct rp_slot *slot)
{
    struct rp_message_name *message = message_named(names, slot->name ? slot->name : slot->type->name);
    struct rp_message_type *type = message ? rp_arena_alloc(names->arena, sizeof *type) : NULL;
    if (!type)
        return false;
    *type = (struct rp_message_type){ .next = message->types, .type = slot->type };
    message->types = type;
    return true;
}

/* The messages that a wrapper of E2AP-PDU (initiatingMessage ...) can hold. */
static bool add_wrapper(struct rp_names *names, const struct rp_type *wrapper)
{
    if (!rp_is_message_wrapper(wrapper))
        return true;
    const struct rp_slot *value = &wrapper->slots[wrapper->n_slots - 1];
    for (uint32_t i = 0; i < value->set->n_objects; i++) {
        const struct rp_object_field *field = &value->set->objects[i].fields[value->set_field];
        if (field->set && field->slot.type && !add_message(names, &field->slot))
            return false;
    }
    return true;
}

static bool add_edition(struct rp_names *names, const struct rp_schema *schema)
{
    const struct rp_type *pdu = rp_schema_type(schema, "E2AP-PDU");
    if (!pdu)
        return true;
    names->editions[names->n_editions++] = schema->name;
    for (uint16_t i = 0; i < pdu->n_slots; i++)
        if (!add_wrapper(names, pdu->slots[i].type))
            return false;
    return true;
}

bool rp_names_load(struct rp_names *names)
{
    size_t n;
    struct rp_diags diags = { .arena = names->arena };
    const char *const *sets = rp_registry_names(names->registry, &n);
    names->editions = rp_arena_calloc(names->arena, n, sizeof *names->editions);
    if (!names->editions)
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct rp_schema *schema = strncmp(sets[i], "e2ap", 4) ? NULL : rp_registry_set(names->registry, sets[i], &diags);
        if (schema && !add_edition(names, schema))
            return false;
    }
    return true;
}
