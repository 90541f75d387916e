#include "codecs/value/path.h"

#include <stdio.h>
#include <string.h>

enum { CHAIN_MAX = 256 };

/** What is between the root and the place: nodes, then perhaps a slot that has no node yet. */
struct steps {
    const struct rp_tree *tree;
    const uint32_t *chain;
    size_t n_nodes, n;
    const struct rp_slot *pending;
};

/** One part of a path: "." and a name, or "[index]"; all may be empty. */
struct part {
    const char *mark, *name;
    char scratch[RP_CHILD_NAME];
};

static const struct rp_slot *slot_at(const struct steps *steps, size_t k)
{
    return k < steps->n_nodes ? steps->tree->nodes[steps->chain[k]].slot : steps->pending;
}

static const struct rp_type *type_at(const struct steps *steps, size_t k)
{
    return slot_at(steps, k)->type;
}

/** Walks the children of step k - 1 before step k. Their `next` is known, they are complete. */
static uint32_t index_at(const struct steps *steps, size_t k, uint32_t *cursor)
{
    const struct rp_tree *tree = steps->tree;
    uint32_t parent = steps->chain[k - 1], count = 0;
    uint32_t end = k < steps->n_nodes ? steps->chain[k] : tree->n_nodes;
    for (uint32_t i = rp_first(parent); i < end; i = tree->nodes[i].next) {
        if (cursor)
            rp_child_slot(type_at(steps, k - 1), tree->nodes[i].slot, cursor);
        count++;
        if (tree->nodes[i].next <= i || tree->nodes[i].next > end)
            break;
    }
    return count;
}

/** The name of an IE that is not there: the pending slot is that of an object of the container's set. */
static const char *absent_ie(const struct steps *steps, const struct rp_type *field)
{
    const struct rp_slot *open = &field->slots[field->n_slots - 1];
    for (uint32_t i = 0; i < open->set->n_objects; i++)
        if (&open->set->objects[i].fields[open->set_field].slot == steps->pending)
            return rp_ie_name(field, open->set->objects[i].key);
    return NULL;
}

/** The name of step k, when it is an element of an IE container whose id is known. */
static const char *ie_at(const struct steps *steps, size_t k, char scratch[RP_CHILD_NAME])
{
    if (k == 0 || k >= steps->n || !rp_is_ie_list(type_at(steps, k - 1)) || rp_is_single_list(type_at(steps, k - 1)))
        return NULL;
    if (k >= steps->n_nodes)
        return absent_ie(steps, type_at(steps, k - 1)->element->type);
    const struct rp_tree *tree = steps->tree;
    uint32_t field = steps->chain[k], at = rp_first(field);
    int64_t id;
    if (!rp_ie_id(tree, field, &id))
        return NULL;
    bool reading = k + 1 < steps->n_nodes && steps->chain[k + 1] == at && at + 1 == tree->n_nodes;
    if (reading && tree->nodes[at].bits == 0)
        return NULL; /* the finding is about the id itself */
    const char *name = rp_ie_name(type_at(steps, k), id);
    if (name)
        return name;
    snprintf(scratch, RP_CHILD_NAME, "IE %lld", (long long)id);
    return scratch;
}

static bool is_component(const struct rp_type *parent, const struct rp_slot *slot)
{
    return slot->index < parent->n_slots && &parent->slots[slot->index] == slot && slot->type->kind != RP_OPEN;
}

static bool stands_for_field(const struct steps *steps, size_t k, char scratch[RP_CHILD_NAME])
{
    if (k < 2 || !rp_is_ie_list(type_at(steps, k - 2)) || is_component(type_at(steps, k - 1), slot_at(steps, k)))
        return false;
    return rp_is_single_list(type_at(steps, k - 2)) || ie_at(steps, k - 1, scratch);
}

static const char *component_name(const struct steps *steps, size_t k, char scratch[RP_CHILD_NAME])
{
    const struct rp_slot *slot = slot_at(steps, k);
    const struct rp_type *parent = type_at(steps, k - 1);
    if (slot->name && slot->index < parent->n_slots && &parent->slots[slot->index] == slot)
        return slot->name;
    uint32_t cursor = 0;
    index_at(steps, k, &cursor);
    if (k < steps->n_nodes)
        return rp_child_name(parent, &steps->tree->nodes[steps->chain[k]], &cursor, scratch);
    const struct rp_slot *own = rp_child_slot(parent, slot, &cursor);
    return own && own->name ? own->name : slot->name ? slot->name : "?";
}

static void part_at(const struct steps *steps, size_t k, struct part *part)
{
    const struct rp_type *parent = type_at(steps, k - 1), *type = type_at(steps, k);
    part->mark = part->name = "";
    if (parent->kind == RP_SEQUENCE_OF || parent->kind == RP_SET_OF) {
        part->name = ie_at(steps, k, part->scratch);
        part->mark = part->name ? "." : "";
        if (part->name)
            return;
        snprintf(part->scratch, sizeof part->scratch, "[%u]", index_at(steps, k, NULL));
        part->name = part->scratch;
        return;
    }
    if (stands_for_field(steps, k, part->scratch))
        return;
    if (rp_is_ie_list(type) && parent->kind != RP_CHOICE && k + 1 < steps->n && ie_at(steps, k + 1, part->scratch))
        return;
    part->mark = ".";
    part->name = component_name(steps, k, part->scratch);
}

/** Where the path starts: at the message that the root PDU carries, else at the root. */
static size_t start_of(const struct steps *steps)
{
    if (steps->n < 3 || steps->n_nodes < 2 || type_at(steps, 0)->kind != RP_CHOICE || !rp_is_message_wrapper(type_at(steps, 1)))
        return 0;
    const struct rp_slot *slot = slot_at(steps, 2);
    const struct rp_type *wrapper = type_at(steps, 1);
    bool own = slot->index < wrapper->n_slots && &wrapper->slots[slot->index] == slot;
    return !own && slot->name ? 2 : 0;
}

static const char *type_name(const struct rp_type *type)
{
    return type->name ? type->name : type->keyword ? type->keyword : "?";
}

/** Puts text in front of out[*at]. @return false when it had to be cut */
static bool put_before(char *out, size_t *at, const char *text)
{
    size_t len = strlen(text), fits = len < *at ? len : *at;
    memcpy(out + *at - fits, text + len - fits, fits);
    *at -= fits;
    return fits == len;
}

static size_t write_steps(const struct steps *steps, char *out, size_t size)
{
    size_t at = size - 1, start = start_of(steps);
    bool whole = true;
    struct part part;
    for (size_t k = steps->n - 1; k > start && whole; k--) {
        part_at(steps, k, &part);
        whole = put_before(out, &at, part.name) && put_before(out, &at, part.mark);
    }
    if (whole)
        whole =
            put_before(out, &at, slot_at(steps, start)->name ? slot_at(steps, start)->name : type_name(type_at(steps, start)));
    size_t len = size - 1 - at;
    if (!whole)
        memcpy(out + at, "...", len < 3 ? len : 3);
    memmove(out, out + at, len);
    out[len] = '\0';
    return len;
}

size_t rp_path_write_slot(const struct rp_tree *tree, const uint32_t *chain, size_t n_chain, const struct rp_slot *pending,
                          char *out, size_t size)
{
    if (size == 0)
        return 0;
    out[0] = '\0';
    struct steps steps = { .tree = tree, .chain = chain, .pending = pending };
    while (steps.n_nodes < n_chain && chain[steps.n_nodes] < tree->n_nodes)
        steps.n_nodes++;
    steps.n = steps.n_nodes + (pending && steps.n_nodes == n_chain);
    return steps.n ? write_steps(&steps, out, size) : 0;
}

size_t rp_path_write(const struct rp_tree *tree, const uint32_t *chain, size_t n_chain, char *out, size_t size)
{
    return rp_path_write_slot(tree, chain, n_chain, NULL, out, size);
}

size_t rp_path_chain(const struct rp_tree *tree, uint32_t node, uint32_t *chain, size_t most)
{
    size_t n = 0;
    if (node >= tree->n_nodes || !most)
        return 0;
    uint32_t i = 0;
    for (;;) {
        if (n == most)
            return 0;
        chain[n++] = i;
        if (i == node)
            return n;
        for (i = rp_first(i); tree->nodes[i].next <= node; i = tree->nodes[i].next) {
            if (tree->nodes[i].next <= i)
                return 0; /* a tree that was left unfinished */
        }
    }
}

size_t rp_path_of(const struct rp_tree *tree, uint32_t node, char *out, size_t size)
{
    uint32_t chain[CHAIN_MAX];
    size_t n = rp_path_chain(tree, node, chain, CHAIN_MAX);
    if (n == 0 && size)
        out[0] = '\0';
    return n ? rp_path_write(tree, chain, n, out, size) : 0;
}
