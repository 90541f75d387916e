#include "codecs/value/ie.h"

#include <stdio.h>
#include <string.h>

/* Upper bound of every container's size: maxProtocolIEs, maxProtocolExtensions, maxPrivateIEs of the 3GPP protocols and E2AP. */
enum { CONTAINER_MAX = 65535 };

static bool is_selected_open(const struct rp_type *type)
{
    if (type->kind != RP_SEQUENCE || type->n_slots < 2)
        return false;
    const struct rp_slot *last = &type->slots[type->n_slots - 1];
    return last->type->kind == RP_OPEN && last->at == 0 && last->set && type->slots[0].type->kind == RP_INTEGER &&
           type->slots[0].name;
}

bool rp_is_ie_field(const struct rp_type *type)
{
    return is_selected_open(type) && strcmp(type->slots[0].name, "id") == 0;
}

bool rp_is_message_wrapper(const struct rp_type *type)
{
    return is_selected_open(type) && strcmp(type->slots[0].name, "id") != 0;
}

bool rp_is_ie_list(const struct rp_type *type)
{
    return (type->kind == RP_SEQUENCE_OF || type->kind == RP_SET_OF) && rp_is_ie_field(type->element->type);
}

bool rp_is_single_list(const struct rp_type *type)
{
    if (!rp_is_ie_list(type) || (type->has_hi && type->hi == CONTAINER_MAX))
        return false;
    const struct rp_type *field = type->element->type;
    return field->slots[field->n_slots - 1].set->n_objects == 1;
}

const struct rp_object *rp_ie_object(const struct rp_type *field, int64_t id)
{
    return rp_object_set_find(field->slots[field->n_slots - 1].set, id);
}

const char *rp_ie_name(const struct rp_type *field, int64_t id)
{
    const struct rp_object *object = rp_ie_object(field, id);
    if (!object || !object->key_name)
        return NULL;
    return strncmp(object->key_name, "id-", 3) == 0 ? object->key_name + 3 : object->key_name;
}

bool rp_ie_id(const struct rp_tree *tree, uint32_t field, int64_t *id)
{
    uint32_t at = rp_first(field);
    if (at >= tree->n_nodes || tree->nodes[at].slot != &rp_node_type(&tree->nodes[field])->slots[0])
        return false;
    *id = tree->nodes[at].value.integer;
    return tree->nodes[at].len == 0;
}

uint32_t rp_ie_value(const struct rp_tree *tree, uint32_t field)
{
    const struct rp_type *type = rp_node_type(&tree->nodes[field]);
    uint32_t end = tree->nodes[field].next, last = UINT32_MAX;
    for (uint32_t i = rp_first(field); i < end; i = tree->nodes[i].next) {
        const struct rp_slot *slot = tree->nodes[i].slot;
        last = slot->index < type->n_slots && &type->slots[slot->index] == slot ? UINT32_MAX : i;
    }
    return last;
}

uint32_t rp_ie_find(const struct rp_tree *tree, uint32_t list, int64_t id)
{
    uint32_t end = tree->nodes[list].next;
    int64_t own;
    for (uint32_t i = rp_first(list); i < end; i = tree->nodes[i].next)
        if (rp_ie_id(tree, i, &own) && own == id)
            return i;
    return UINT32_MAX;
}

/** The component whose slot `child` is, with its place in the type; members of [[ ]] groups included. */
static const struct rp_slot *own_slot(const struct rp_type *parent, const struct rp_slot *child, uint32_t *place)
{
    if (child->index < parent->n_slots && &parent->slots[child->index] == child) {
        *place = child->index;
        return child;
    }
    for (uint32_t i = parent->n_root; i < parent->n_slots; i++) {
        const struct rp_type *group = parent->slots[i].group ? parent->slots[i].type : NULL;
        for (uint32_t k = 0; group && k < group->n_slots; k++)
            if (&group->slots[k] == child) {
                *place = i;
                return child;
            }
    }
    return NULL;
}

const struct rp_slot *rp_child_slot(const struct rp_type *parent, const struct rp_slot *child, uint32_t *cursor)
{
    uint32_t place;
    const struct rp_slot *own = own_slot(parent, child, &place);
    if (own) {
        *cursor = parent->slots[place].group ? place : place + 1;
        return own;
    }
    bool unknown = child == &rp_unknown_slot;
    if (unknown && parent->kind == RP_CHOICE)
        return NULL;
    for (uint32_t i = *cursor; i < parent->n_slots; i++) {
        if (parent->slots[i].type->kind == RP_OPEN) {
            *cursor = i + 1;
            return &parent->slots[i];
        }
        if (unknown && (i >= parent->n_root || parent->slots[i].presence == RP_MANDATORY))
            return NULL; /* behind the last open type: an addition */
    }
    return NULL;
}

const char *rp_child_name(const struct rp_type *parent, const struct rp_node *child, uint32_t *cursor,
                          char scratch[RP_CHILD_NAME])
{
    const struct rp_slot *slot = rp_child_slot(parent, child->slot, cursor);
    if (slot && slot->name)
        return slot->name;
    if (child->slot != &rp_unknown_slot)
        return child->slot->name ? child->slot->name : "?";
    snprintf(scratch, RP_CHILD_NAME, "<%s %u>", parent->kind == RP_CHOICE ? "alternative" : "addition",
             child->value.unknown ? child->value.unknown->index : 0);
    return scratch;
}
