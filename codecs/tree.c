#include "codecs/tree.h"

#include <string.h>

static const struct rp_type unknown_type = {
    .kind = RP_UNKNOWN, .exact = true, .keyword = "unknown extension", .self = { .type = &unknown_type, .at = -1 }
};
const struct rp_slot rp_unknown_slot = { .type = &unknown_type, .at = -1 };

uint32_t rp_tree_child(const struct rp_tree *tree, uint32_t node, const char *name)
{
    uint32_t end = tree->nodes[node].next;
    for (uint32_t i = rp_first(node); i < end; i = tree->nodes[i].next) {
        const char *own = tree->nodes[i].slot->name;
        if (own && strcmp(own, name) == 0)
            return i;
    }
    return 0;
}

uint32_t rp_build_node(struct rp_builder *build, const struct rp_slot *slot)
{
    if (build->n == build->cap && !build->failed) {
        uint32_t cap = build->cap ? 2 * build->cap : 64;
        struct rp_node *nodes = rp_arena_grow(build->arena, build->nodes, build->cap * sizeof *nodes, cap * sizeof *nodes);
        build->failed = !nodes || cap < build->cap;
        if (!build->failed) {
            build->nodes = nodes;
            build->cap = cap;
        }
    }
    if (build->failed)
        return 0;
    build->nodes[build->n] = (struct rp_node){ .slot = slot, .next = build->n + 1 };
    return build->n++;
}

struct rp_tree rp_build_tree(const struct rp_builder *build)
{
    if (build->failed)
        return (struct rp_tree){ 0 };
    return (struct rp_tree){ .nodes = build->nodes, .n_nodes = build->n, .aligned = true };
}

uint32_t rp_build_copy(struct rp_builder *build, const struct rp_tree *from, uint32_t node)
{
    uint32_t root = build->n;
    for (uint32_t i = node; i < from->nodes[node].next; i++) {
        uint32_t at = rp_build_node(build, from->nodes[i].slot);
        if (build->failed)
            return 0;
        build->nodes[at] = from->nodes[i];
        build->nodes[at].next = from->nodes[i].next - node + root;
    }
    return root;
}

static size_t octets_of(const struct rp_node *node)
{
    const struct rp_type *type = rp_node_type(node);
    switch (type->kind) {
    case RP_INTEGER:
    case RP_OBJECT_IDENTIFIER:
    case RP_RELATIVE_OID:
    case RP_OCTET_STRING:
    case RP_OCTET_TEXT:
    case RP_TIME: return node->len;
    case RP_BIT_STRING: return ((size_t)node->len + 7) / 8;
    case RP_CHAR_STRING: return (size_t)node->len * type->char_octets;
    default: return 0;
    }
}

static bool clone_value(struct rp_node *node, struct rp_arena *arena)
{
    size_t len = octets_of(node);
    if (len) {
        uint8_t *copy = rp_arena_alloc(arena, len);
        if (!copy)
            return false;
        memcpy(copy, node->value.octets, len);
        node->value.octets = copy;
    }
    if (rp_node_type(node)->kind != RP_UNKNOWN)
        return true;
    const struct rp_unknown *from = node->value.unknown;
    struct rp_unknown *copy = rp_arena_alloc(arena, sizeof *copy + from->len);
    if (!copy)
        return false;
    uint8_t *octets = (uint8_t *)(copy + 1);
    if (from->len)
        memcpy(octets, from->octets, from->len);
    *copy = (struct rp_unknown){ .index = from->index, .len = from->len, .octets = octets };
    node->value.unknown = copy;
    return true;
}

struct rp_tree rp_tree_clone(const struct rp_tree *tree, struct rp_arena *arena)
{
    struct rp_node *nodes = rp_arena_alloc(arena, tree->n_nodes * sizeof *nodes);
    if (!nodes)
        return (struct rp_tree){ 0 };
    struct rp_tree clone = { .nodes = nodes, .n_nodes = tree->n_nodes, .aligned = tree->aligned };
    if (tree->octets) {
        uint8_t *octets = rp_arena_alloc(arena, tree->len_octets);
        if (!octets)
            return (struct rp_tree){ 0 };
        if (tree->len_octets)
            memcpy(octets, tree->octets, tree->len_octets);
        clone.octets = octets;
        clone.len_octets = tree->len_octets;
    }
    for (uint32_t i = 0; i < tree->n_nodes; i++) {
        nodes[i] = tree->nodes[i];
        if (!clone_value(&nodes[i], arena))
            return (struct rp_tree){ 0 };
    }
    return clone;
}
