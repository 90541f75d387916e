#include "harness/e2/ies.h"

bool rp_e2_items_next(struct rp_e2_items *items)
{
    const struct rp_tree *tree = items->tree;
    if (items->list >= tree->n_nodes)
        return false;
    uint32_t end = tree->nodes[items->list].next;
    if (end > tree->n_nodes)
        end = tree->n_nodes;
    uint32_t at = items->at ? tree->nodes[items->at].next : rp_first(items->list);
    /* an item is SEQUENCE { id, criticality, value }; in a tree that ends early the last one may lack its value */
    for (; at < end; at = tree->nodes[at].next) {
        const struct rp_node *item = &tree->nodes[at];
        if (item->next < at + 4 || at + 3 >= end || rp_node_type(item + 1)->kind != RP_INTEGER)
            continue;
        items->at = at;
        items->id = item[1].value.integer;
        items->value = at + 3;
        return true;
    }
    return false;
}

uint32_t rp_e2_ie(const struct rp_tree *tree, uint32_t root, int64_t id)
{
    if (!root || root + 1 >= tree->n_nodes)
        return RP_E2_NOWHERE;
    struct rp_e2_items items = { .tree = tree, .list = root + 1 };
    while (rp_e2_items_next(&items))
        if (items.id == id)
            return tree->nodes[items.value].slot == &rp_unknown_slot ? RP_E2_NOWHERE : items.value;
    return RP_E2_NOWHERE;
}

bool rp_e2_integer(const struct rp_tree *tree, uint32_t node, const char *component, int64_t *value)
{
    if (node >= tree->n_nodes)
        return false;
    uint32_t child = rp_tree_child(tree, node, component);
    if (!child)
        return false;
    enum rp_kind kind = (enum rp_kind)rp_node_type(&tree->nodes[child])->kind;
    if (kind != RP_INTEGER && kind != RP_ENUMERATED)
        return false;
    *value = tree->nodes[child].value.integer;
    return true;
}

bool rp_e2_request_id(const struct rp_tree *tree, uint32_t node, int64_t *requestor, int64_t *instance)
{
    if (node >= tree->n_nodes || node + 2 >= tree->n_nodes || tree->nodes[node].next < node + 3)
        return false;
    const struct rp_node *at = &tree->nodes[node];
    if (rp_node_type(at + 1)->kind != RP_INTEGER || rp_node_type(at + 2)->kind != RP_INTEGER)
        return false;
    *requestor = at[1].value.integer;
    *instance = at[2].value.integer;
    return true;
}

void rp_e2_count_ies(const struct rp_tree *tree, uint32_t root, uint32_t *known, uint32_t *unknown)
{
    *known = *unknown = 0;
    if (!root || root + 1 >= tree->n_nodes)
        return;
    struct rp_e2_items items = { .tree = tree, .list = root + 1 };
    while (rp_e2_items_next(&items))
        ++*(tree->nodes[items.value].slot == &rp_unknown_slot ? unknown : known);
}
