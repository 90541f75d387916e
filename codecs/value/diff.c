#include "codecs/value/diff.h"

#include <math.h>
#include <string.h>

#include "codecs/value/number.h"
#include "codecs/value/path.h"
#include "codecs/value/print.h"

enum { DEPTH_MAX = 256, CONTAINER_MOST = 1000, NONE = UINT32_MAX };

struct differ {
    const struct rp_tree *a, *b; /* expected, got */
    struct rp_arena *arena;
    struct rp_difference *first, **last;
    size_t most, total;
    unsigned depth;
};

static void compare(struct differ *d, uint32_t a, uint32_t b);

/** "absent", or a value cut at RP_DIFF_VALUE. */
static const char *text_of(struct differ *d, const struct rp_tree *tree, uint32_t node)
{
    char text[RP_DIFF_VALUE];
    if (node == NONE)
        return "absent";
    uint32_t value = rp_is_ie_field(rp_node_type(&tree->nodes[node])) ? rp_ie_value(tree, node) : NONE;
    if (value != NONE)
        node = value; /* the path names the IE */
    size_t len = rp_print_value(tree, node, text, sizeof text);
    const char *copy = rp_arena_strndup(d->arena, text, len);
    return copy ? copy : "";
}

static struct rp_difference *add(struct differ *d, uint32_t a, uint32_t b)
{
    if (d->total++ >= d->most)
        return NULL;
    struct rp_difference *difference = rp_arena_calloc(d->arena, 1, sizeof *difference);
    if (!difference)
        return NULL;
    *d->last = difference;
    d->last = &difference->next;
    rp_path_of(a == NONE ? d->b : d->a, a == NONE ? b : a, difference->path, sizeof difference->path);
    difference->expected = text_of(d, d->a, a);
    difference->got = text_of(d, d->b, b);
    return difference;
}

static bool same_octets(const uint8_t *a, size_t len_a, const uint8_t *b, size_t len_b)
{
    return len_a == len_b && (len_a == 0 || memcmp(a, b, len_a) == 0);
}

static bool same_real(double a, double b)
{
    return (isnan(a) && isnan(b)) || (a == b && !signbit(a) == !signbit(b));
}

static bool same_unknown(const struct rp_unknown *a, const struct rp_unknown *b)
{
    return a && b ? a->index == b->index && same_octets(a->octets, a->len, b->octets, b->len) : a == b;
}

/** Two's complement beyond 64 bits; a decoder may have kept octets that only repeat the sign. */
static bool same_integer(const struct rp_node *a, const struct rp_node *b)
{
    int64_t small_a = a->value.integer, small_b = b->value.integer;
    const uint8_t *octets_a = a->value.octets, *octets_b = b->value.octets;
    size_t len_a = a->len ? rp_integer_trim(&octets_a, a->len, &small_a) : 1;
    size_t len_b = b->len ? rp_integer_trim(&octets_b, b->len, &small_b) : 1;
    if (len_a <= 8 && len_b <= 8)
        return small_a == small_b;
    return len_a > 8 && len_b > 8 && same_octets(octets_a, len_a, octets_b, len_b);
}

static bool same_leaf(const struct rp_node *a, const struct rp_node *b)
{
    const struct rp_type *type = rp_node_type(a);
    switch (type->kind) {
    case RP_NULL: return true;
    case RP_REAL: return same_real(a->value.real, b->value.real);
    case RP_BOOLEAN: return !a->value.integer == !b->value.integer;
    case RP_ENUMERATED: return a->value.integer == b->value.integer;
    case RP_INTEGER: return same_integer(a, b);
    case RP_BIT_STRING:
        return a->len == b->len &&
               same_octets(a->value.octets, ((size_t)a->len + 7) / 8, b->value.octets, ((size_t)b->len + 7) / 8);
    case RP_CHAR_STRING:
        return same_octets(a->value.octets, (size_t)a->len * type->char_octets, b->value.octets,
                           (size_t)b->len * type->char_octets);
    case RP_UNKNOWN: return same_unknown(a->value.unknown, b->value.unknown);
    default: return same_octets(a->value.octets, a->len, b->value.octets, b->len);
    }
}

/** A node for a slot's DEFAULT. @return false when there is none that can be compared */
static bool default_node(const struct rp_slot *slot, struct rp_node *node)
{
    const struct rp_default *dflt = slot->presence == RP_DEFAULT ? slot->dflt : NULL;
    if (!dflt || !dflt->plain)
        return false;
    *node = (struct rp_node){ .slot = slot, .len = dflt->len };
    if (slot->type->kind == RP_REAL)
        node->value.real = dflt->real;
    else if (slot->type->kind == RP_BOOLEAN || slot->type->kind == RP_ENUMERATED ||
             (slot->type->kind == RP_INTEGER && dflt->len == 0))
        node->value.integer = dflt->integer;
    else
        node->value.octets = dflt->octets;
    return true;
}

/** A component that one side lacks. */
static void one_sided(struct differ *d, uint32_t a, uint32_t b)
{
    struct rp_node absent;
    const struct rp_node *present = a == NONE ? &d->b->nodes[b] : &d->a->nodes[a];
    if (default_node(present->slot, &absent) && same_leaf(present, &absent))
        return;
    add(d, a, b);
}

/** Children in the order of their slots: merges the two sequences. */
static uint32_t rank(const struct rp_type *type, const struct rp_node *child, uint32_t *cursor)
{
    const struct rp_slot *slot = rp_child_slot(type, child->slot, cursor);
    if (!slot)
        return (1u << 30) + (child->slot == &rp_unknown_slot && child->value.unknown ? child->value.unknown->index & 0xfffff : 0);
    if (slot->index < type->n_slots && &type->slots[slot->index] == slot)
        return (uint32_t)slot->index << 12;
    return (*cursor << 12) + 1 + slot->index; /* a member of the [[ ]] group at *cursor */
}

static void compare_members(struct differ *d, uint32_t a, uint32_t b)
{
    const struct rp_type *type = rp_node_type(&d->a->nodes[a]);
    uint32_t end_a = d->a->nodes[a].next, end_b = d->b->nodes[b].next, cursor_a = 0, cursor_b = 0;
    uint32_t i = rp_first(a), k = rp_first(b);
    while (i < end_a || k < end_b) {
        uint32_t next_a = cursor_a, next_b = cursor_b;
        uint32_t rank_a = i < end_a ? rank(type, &d->a->nodes[i], &next_a) : NONE;
        uint32_t rank_b = k < end_b ? rank(type, &d->b->nodes[k], &next_b) : NONE;
        if (rank_a == rank_b)
            compare(d, i, k);
        else if (rank_a < rank_b)
            one_sided(d, i, NONE);
        else
            one_sided(d, NONE, k);
        if (rank_a <= rank_b) {
            i = d->a->nodes[i].next;
            cursor_a = next_a;
        }
        if (rank_b <= rank_a) {
            k = d->b->nodes[k].next;
            cursor_b = next_b;
        }
    }
}

static void compare_list(struct differ *d, uint32_t a, uint32_t b)
{
    uint32_t end_a = d->a->nodes[a].next, end_b = d->b->nodes[b].next;
    uint32_t i = rp_first(a), k = rp_first(b);
    for (; i < end_a && k < end_b; i = d->a->nodes[i].next, k = d->b->nodes[k].next)
        compare(d, i, k);
    for (; i < end_a; i = d->a->nodes[i].next)
        add(d, i, NONE);
    for (; k < end_b; k = d->b->nodes[k].next)
        add(d, NONE, k);
}

/** How many fields before `field` have its id. */
static uint32_t occurrence(const struct rp_tree *tree, uint32_t list, uint32_t field)
{
    int64_t id = 0, own;
    uint32_t count = 0;
    rp_ie_id(tree, field, &id);
    for (uint32_t i = rp_first(list); i < field; i = tree->nodes[i].next)
        count += rp_ie_id(tree, i, &own) && own == id;
    return count;
}

/** The field of the other tree's list with the same id, the same time it occurs. */
static uint32_t counterpart(const struct rp_tree *tree, uint32_t list, uint32_t field, const struct rp_tree *other, uint32_t in)
{
    int64_t id = 0, own;
    uint32_t skip = occurrence(tree, list, field);
    rp_ie_id(tree, field, &id);
    for (uint32_t i = rp_first(in); i < other->nodes[in].next; i = other->nodes[i].next)
        if (rp_ie_id(other, i, &own) && own == id && skip-- == 0)
            return i;
    return NONE;
}

static void compare_container(struct differ *d, uint32_t a, uint32_t b)
{
    for (uint32_t i = rp_first(a); i < d->a->nodes[a].next; i = d->a->nodes[i].next) {
        uint32_t k = counterpart(d->a, a, i, d->b, b);
        if (k == NONE)
            add(d, i, NONE);
        else
            compare(d, i, k);
    }
    for (uint32_t k = rp_first(b); k < d->b->nodes[b].next; k = d->b->nodes[k].next)
        if (counterpart(d->b, b, k, d->a, a) == NONE)
            add(d, NONE, k);
}

static bool is_container(const struct differ *d, uint32_t a, uint32_t b)
{
    const struct rp_type *type = rp_node_type(&d->a->nodes[a]);
    return rp_is_ie_list(type) && !rp_is_single_list(type) && d->a->nodes[a].len <= CONTAINER_MOST &&
           d->b->nodes[b].len <= CONTAINER_MOST; /* a hostile list is compared in its order: the search is quadratic */
}

static void compare_choice(struct differ *d, uint32_t a, uint32_t b)
{
    uint32_t i = rp_first(a), k = rp_first(b);
    bool empty_a = i >= d->a->nodes[a].next, empty_b = k >= d->b->nodes[b].next;
    if (empty_a || empty_b || d->a->nodes[i].slot != d->b->nodes[k].slot) {
        if (!empty_a || !empty_b)
            add(d, a, b);
        return;
    }
    compare(d, i, k);
}

static void compare(struct differ *d, uint32_t a, uint32_t b)
{
    const struct rp_type *type = rp_node_type(&d->a->nodes[a]);
    if (type != rp_node_type(&d->b->nodes[b])) { /* an open type that another type was chosen for */
        add(d, a, b);
        return;
    }
    if (d->depth == DEPTH_MAX)
        return;
    d->depth++;
    switch (type->kind) {
    case RP_SEQUENCE:
    case RP_SET: compare_members(d, a, b); break;
    case RP_SEQUENCE_OF:
    case RP_SET_OF:
        if (is_container(d, a, b))
            compare_container(d, a, b);
        else
            compare_list(d, a, b);
        break;
    case RP_CHOICE: compare_choice(d, a, b); break;
    default:
        if (!same_leaf(&d->a->nodes[a], &d->b->nodes[b]))
            add(d, a, b);
    }
    d->depth--;
}

struct rp_difference *rp_diff(const struct rp_tree *expected, const struct rp_tree *got, size_t most, size_t *total,
                              struct rp_arena *arena)
{
    struct differ d = { .a = expected, .b = got, .arena = arena, .most = most };
    d.last = &d.first;
    if (expected->n_nodes && got->n_nodes)
        compare(&d, 0, 0);
    else
        d.total = expected->n_nodes != got->n_nodes;
    *total = d.total;
    return d.first;
}
