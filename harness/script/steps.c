#include "harness/script/steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/value/path.h"

enum { NONE = UINT32_MAX };

/** A compilation under way: `field` is the IE field type that the last step went into. */
struct walk {
    const char *path, *at;
    const struct rp_type *type, *field;
    struct rp_steps *steps;
};

static bool is_list(const struct rp_type *type)
{
    return type->kind == RP_SEQUENCE_OF || type->kind == RP_SET_OF;
}

static bool has_components(const struct rp_type *type)
{
    return type->kind == RP_SEQUENCE || type->kind == RP_SET || type->kind == RP_CHOICE;
}

static bool same(const char *own, const char *name, size_t len)
{
    return own && strncmp(own, name, len) == 0 && own[len] == '\0';
}

static const struct rp_slot *component(const struct rp_type *type, const char *name, size_t len)
{
    for (uint16_t i = 0; has_components(type) && i < type->n_slots; i++) {
        const struct rp_slot *slot = &type->slots[i];
        const struct rp_slot *inner = slot->group ? component(slot->type, name, len) : NULL;
        if (inner)
            return inner;
        if (!slot->group && same(slot->name, name, len))
            return slot;
    }
    return NULL;
}

static const struct rp_slot *value_slot(const struct rp_type *field)
{
    return &field->slots[field->n_slots - 1];
}

static bool ie_id(const struct rp_type *field, const char *name, size_t len, int64_t *id)
{
    const struct rp_object_set *set = value_slot(field)->set;
    for (uint32_t i = 0; i < set->n_objects; i++) {
        *id = set->objects[i].key;
        if (same(rp_ie_name(field, *id), name, len))
            return true;
    }
    if (len < 4 || strncmp(name, "IE ", 3) != 0)
        return false;
    char *end;
    *id = strtoll(name + 3, &end, 10);
    return end == name + len;
}

static const struct rp_type *ie_type(const struct rp_type *field, int64_t id)
{
    const struct rp_object *object = rp_ie_object(field, id);
    const struct rp_object_field *value = object ? &object->fields[value_slot(field)->set_field] : NULL;
    return value && value->set ? value->slot.type : NULL;
}

static bool put(struct walk *walk, struct rp_step step, const struct rp_type *field, const struct rp_type *type)
{
    if (walk->steps->n == RP_STEPS_MAX)
        return false;
    walk->steps->step[walk->steps->n++] = step;
    walk->field = field;
    walk->type = type;
    return true;
}

static bool step_ie(struct walk *walk, const struct rp_slot *slot, const struct rp_type *list, size_t len)
{
    int64_t id;
    if (!rp_is_ie_list(list) || !ie_id(list->element->type, walk->at, len, &id))
        return false;
    const struct rp_type *field = list->element->type;
    return put(walk, (struct rp_step){ RP_STEP_IE, slot, id }, field, ie_type(field, id));
}

/** The value's own component comes first, then an IE in it, then the components of the IE field itself. */
static bool step_name(struct walk *walk, size_t len)
{
    const struct rp_type *type = walk->type;
    const struct rp_slot *slot = component(type, walk->at, len);
    if (slot && slot->type->kind == RP_OPEN) { /* its value stands in another slot */
        walk->steps->by_name = walk->at;
        return true;
    }
    if (slot)
        return put(walk, (struct rp_step){ RP_STEP_CHILD, slot, 0 }, NULL, slot->type);
    if (step_ie(walk, NULL, type, len))
        return true;
    for (uint16_t i = 0; has_components(type) && i < type->n_slots; i++)
        if (step_ie(walk, &type->slots[i], type->slots[i].type, len))
            return true;
    slot = walk->field ? component(walk->field, walk->at, len) : NULL;
    return slot && slot->type->kind != RP_OPEN && put(walk, (struct rp_step){ RP_STEP_FIELD, slot, 0 }, NULL, slot->type);
}

static bool step_index(struct walk *walk, int64_t index)
{
    const struct rp_type *type = walk->type;
    if (!is_list(type))
        return false;
    const struct rp_type *element = type->element->type;
    if (!rp_is_single_list(type))
        return put(walk, (struct rp_step){ RP_STEP_INDEX, NULL, index }, NULL, element);
    return put(walk, (struct rp_step){ RP_STEP_SINGLE, NULL, index }, element,
               ie_type(element, value_slot(element)->set->objects[0].key));
}

static void offer_ies(const struct rp_type *list, struct rp_suggest *suggest)
{
    const struct rp_type *field = list->element->type;
    const struct rp_object_set *set = value_slot(field)->set;
    for (uint32_t i = 0; i < set->n_objects; i++) {
        const char *name = rp_ie_name(field, set->objects[i].key);
        if (name)
            rp_suggest_offer(suggest, name);
    }
}

void rp_steps_offer(const struct rp_type *type, struct rp_suggest *suggest)
{
    if (rp_is_ie_list(type))
        offer_ies(type, suggest);
    for (uint16_t i = 0; has_components(type) && i < type->n_slots; i++) {
        const struct rp_slot *slot = &type->slots[i];
        if (rp_is_ie_list(slot->type))
            offer_ies(slot->type, suggest);
        else if (slot->group)
            rp_steps_offer(slot->type, suggest);
        else if (slot->name)
            rp_suggest_offer(suggest, slot->name);
    }
}

static bool missed(const struct walk *walk, size_t len, struct rp_miss *miss)
{
    size_t offset = (size_t)(walk->at - walk->path);
    if (!miss->any || offset > miss->offset) {
        *miss = (struct rp_miss){ .any = true, .offset = offset, .grammar = len == 0, .listless = *walk->at == '[' && len > 0 };
        snprintf(miss->name, sizeof miss->name, "%.*s", (int)(len < sizeof miss->name ? len : sizeof miss->name - 1), walk->at);
    }
    miss->near.name = miss->name;
    if (offset == miss->offset && walk->type && len && *walk->at != '[')
        rp_steps_offer(walk->type, &miss->near);
    return false;
}

/** Length of the part at `at`: "[3]" or a name; 0 when it is neither. */
static size_t part(const char *at, int64_t *index)
{
    if (*at != '[')
        return strcspn(at, ".[");
    char *end;
    *index = strtoll(at + 1, &end, 10);
    return end == at + 1 || *end != ']' || *index < 0 ? 0 : (size_t)(end + 1 - at);
}

bool rp_steps_compile(const struct rp_type *type, const char *path, struct rp_steps *steps, struct rp_miss *miss)
{
    struct walk walk = { .path = path, .at = path, .type = type, .steps = steps };
    *steps = (struct rp_steps){ 0 };
    while (*walk.at) {
        if (!walk.type) { /* the schema says no more: by name, when there is a value */
            steps->by_name = walk.at;
            return true;
        }
        int64_t index = 0;
        size_t len = part(walk.at, &index);
        if (!len || !(*walk.at == '[' ? step_index(&walk, index) : step_name(&walk, len)))
            return missed(&walk, len, miss);
        if (steps->by_name)
            return true;
        walk.at += len;
        walk.at += *walk.at == '.' && walk.at[1];
    }
    steps->type = walk.type;
    return true;
}

static uint32_t child_in(const struct rp_tree *tree, uint32_t node, const struct rp_slot *slot)
{
    const struct rp_node *nodes = tree->nodes;
    uint32_t end = nodes[node].next;
    for (uint32_t i = rp_first(node); i < end; i = nodes[i].next)
        if (nodes[i].slot == slot)
            return i;
    return NONE;
}

static uint32_t element(const struct rp_tree *tree, uint32_t node, int64_t index)
{
    uint32_t end = tree->nodes[node].next, i = rp_first(node);
    while (i < end && index--)
        i = tree->nodes[i].next;
    return i < end ? i : NONE;
}

static uint32_t into(const struct rp_tree *tree, uint32_t field)
{
    return field == NONE ? NONE : rp_ie_value(tree, field);
}

uint32_t rp_steps_find(const struct rp_steps *steps, const struct rp_tree *tree, uint32_t node)
{
    uint32_t field = NONE;
    if (node >= tree->n_nodes)
        return NONE;
    for (uint32_t i = 0; i < steps->n && node != NONE; i++) {
        const struct rp_step *step = &steps->step[i];
        switch (step->op) {
        case RP_STEP_CHILD: node = child_in(tree, node, step->slot); break;
        case RP_STEP_IE:
            node = step->slot ? child_in(tree, node, step->slot) : node;
            field = node == NONE ? NONE : rp_ie_find(tree, node, step->number);
            node = into(tree, field);
            break;
        case RP_STEP_FIELD: node = child_in(tree, field, step->slot); break;
        case RP_STEP_INDEX: node = element(tree, node, step->number); break;
        case RP_STEP_SINGLE:
            field = element(tree, node, step->number);
            node = into(tree, field);
            break;
        }
    }
    return node != NONE && steps->by_name ? rp_path_find(tree, node, steps->by_name) : node;
}
