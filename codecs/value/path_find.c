#include "codecs/value/path.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { NONE = UINT32_MAX };

/** Where a look-up has got to. `field` is the IE field whose value `node` is, or NONE. */
struct place {
    uint32_t node, field;
};

static bool same(const char *own, const char *name, size_t len)
{
    return own && own[0] == name[0] && strncmp(own, name, len) == 0 && own[len] == '\0'; /* most differ in the first letter */
}

static bool is_list(const struct rp_type *type)
{
    return type->kind == RP_SEQUENCE_OF || type->kind == RP_SET_OF;
}

static bool has_components(const struct rp_type *type)
{
    return type->kind == RP_SEQUENCE || type->kind == RP_SET || type->kind == RP_CHOICE;
}

uint32_t rp_tree_message(const struct rp_tree *tree)
{
    if (tree->n_nodes < 3 || rp_node_type(&tree->nodes[0])->kind != RP_CHOICE)
        return 0;
    if (!rp_is_message_wrapper(rp_node_type(&tree->nodes[1])))
        return 0;
    uint32_t value = rp_ie_value(tree, 1);
    return value == NONE || tree->nodes[value].slot == &rp_unknown_slot ? 0 : value;
}

static uint32_t component(const struct rp_tree *tree, uint32_t node, const char *name, size_t len)
{
    const struct rp_type *type = rp_node_type(&tree->nodes[node]);
    uint32_t cursor = 0, end = tree->nodes[node].next;
    char scratch[RP_CHILD_NAME];
    if (!has_components(type))
        return NONE;
    for (uint32_t i = rp_first(node); i < end; i = tree->nodes[i].next) {
        const struct rp_slot *slot = tree->nodes[i].slot;
        bool own = slot->index < type->n_slots && &type->slots[slot->index] == slot; /* the rule; others take longer */
        if (own)
            cursor = slot->index + 1u;
        if (same(own ? slot->name : rp_child_name(type, &tree->nodes[i], &cursor, scratch), name, len))
            return i;
    }
    return NONE;
}

static bool id_of(const struct rp_type *field, const char *name, size_t len, int64_t *id)
{
    const struct rp_object_set *set = field->slots[field->n_slots - 1].set;
    for (uint32_t i = 0; i < set->n_objects; i++) {
        const char *own = set->objects[i].key_name;
        if (own && strncmp(own, "id-", 3) == 0)
            own += 3;
        *id = set->objects[i].key;
        if (same(own, name, len))
            return true;
    }
    if (len < 4 || strncmp(name, "IE ", 3) != 0)
        return false;
    char *end;
    *id = strtoll(name + 3, &end, 10);
    return end == name + len;
}

static uint32_t ie_in_list(const struct rp_tree *tree, uint32_t list, const char *name, size_t len)
{
    int64_t id;
    const struct rp_type *type = rp_node_type(&tree->nodes[list]);
    if (!rp_is_ie_list(type) || !id_of(type->element->type, name, len, &id))
        return NONE;
    return rp_ie_find(tree, list, id);
}

/** The IE field so named in a list, or in a container that is a component of a SEQUENCE. */
static uint32_t ie_field(const struct rp_tree *tree, uint32_t node, const char *name, size_t len)
{
    const struct rp_type *type = rp_node_type(&tree->nodes[node]);
    if (is_list(type))
        return ie_in_list(tree, node, name, len);
    if (!has_components(type))
        return NONE;
    uint32_t end = tree->nodes[node].next;
    for (uint32_t i = rp_first(node); i < end; i = tree->nodes[i].next) {
        uint32_t field = ie_in_list(tree, i, name, len);
        if (field != NONE)
            return field;
    }
    return NONE;
}

static struct place into_field(const struct rp_tree *tree, uint32_t field)
{
    uint32_t value = field == NONE ? NONE : rp_ie_value(tree, field);
    return (struct place){ value, field };
}

/** The value's own component comes first, then an IE in it, then the components of the IE field itself (id, criticality). */
static struct place step_name(const struct rp_tree *tree, struct place at, const char *name, size_t len)
{
    uint32_t own = component(tree, at.node, name, len);
    if (own != NONE)
        return (struct place){ own, NONE };
    uint32_t field = ie_field(tree, at.node, name, len);
    if (field != NONE)
        return into_field(tree, field);
    return (struct place){ at.field == NONE ? NONE : component(tree, at.field, name, len), NONE };
}

static struct place step_index(const struct rp_tree *tree, struct place at, unsigned long index)
{
    const struct rp_type *type = rp_node_type(&tree->nodes[at.node]);
    if (!is_list(type))
        return (struct place){ NONE, NONE };
    uint32_t end = tree->nodes[at.node].next, i = rp_first(at.node);
    while (i < end && index--)
        i = tree->nodes[i].next;
    if (i >= end)
        return (struct place){ NONE, NONE };
    return rp_is_single_list(type) ? into_field(tree, i) : (struct place){ i, NONE };
}

/** Takes "Name" or "Name." off the path when it names where the look-up starts. */
static const char *skip_start(const struct rp_tree *tree, uint32_t *from, const char *path, size_t len)
{
    const struct rp_slot *slot = tree->nodes[*from].slot;
    const struct rp_slot *root = tree->nodes[0].slot;
    bool here = same(slot->name ? slot->name : slot->type->name, path, len);
    if (!here && !same(root->type->name, path, len))
        return path;
    if (!here)
        *from = 0; /* a path from the PDU's root: E2AP-PDU.initiatingMessage.procedureCode */
    return path + len + (path[len] == '.');
}

uint32_t rp_path_find(const struct rp_tree *tree, uint32_t from, const char *path)
{
    if (from >= tree->n_nodes)
        return NONE;
    if (from == 0) {
        from = rp_tree_message(tree);
        path = skip_start(tree, &from, path, strcspn(path, ".["));
    }
    struct place at = { from, NONE };
    while (*path && at.node != NONE) {
        if (*path == '[') {
            char *end;
            unsigned long index = strtoul(path + 1, &end, 10);
            if (!isdigit((unsigned char)path[1]) || *end != ']')
                return NONE;
            at = step_index(tree, at, index);
            path = end + 1;
        } else {
            size_t len = strcspn(path, ".[");
            at = step_name(tree, at, path, len);
            path += len;
        }
        path += *path == '.' && path[1];
    }
    return at.node;
}
