/* SEQUENCE, SET, lists, CHOICE and open types: X.691 (02/2021) 11.2, 19 to 23. */
#include <stdio.h>

#include "codecs/per/encoder.h"

enum { FRAGMENT = 16384 };

static const struct rp_node *node_at(const struct rp_encoder *e, uint32_t node)
{
    return &e->tree->nodes[node];
}

static bool has_slot(const struct rp_type *type, const struct rp_slot *slot)
{
    return slot >= type->slots && slot < type->slots + type->n_slots;
}

/** Whether the child at `child` (before `end`) is the value of a component. An open type's value has the slot of an object. */
static bool stands_for(const struct rp_encoder *e, uint32_t child, uint32_t end, const struct rp_type *type,
                       const struct rp_slot *slot)
{
    if (child >= end)
        return false;
    const struct rp_slot *own = node_at(e, child)->slot;
    return own == slot || (slot->type->kind == RP_OPEN && !has_slot(type, own));
}

static bool encode_component(struct rp_encoder *e, uint32_t child, const struct rp_slot *slot)
{
    const struct rp_node *value = node_at(e, child);
    if (slot->type->kind == RP_OPEN || value->slot == &rp_unknown_slot)
        return rp_encode_open(e, child);
    return rp_encode(e, child);
}

static bool is_sent(const struct rp_encoder *e, uint32_t child, uint32_t end, const struct rp_type *type,
                    const struct rp_slot *slot)
{
    return stands_for(e, child, end, type, slot) &&
           !(slot->presence == RP_DEFAULT && rp_equals_default(node_at(e, child), slot->dflt)); /* 19.5 */
}

/** Preamble and root components. *child moves behind the last one used. */
static bool encode_root(struct rp_encoder *e, uint32_t node, const struct rp_type *type, uint32_t *child, uint32_t end)
{
    uint32_t at = *child;
    for (uint32_t i = 0; type->n_optional && i < type->n_root; i++) {
        const struct rp_slot *slot = &type->slots[i];
        bool there = stands_for(e, at, end, type, slot);
        if (slot->presence != RP_MANDATORY && !rp_put(e, is_sent(e, at, end, type, slot), 1))
            return false;
        at = there ? node_at(e, at)->next : at;
    }
    at = *child;
    for (uint32_t i = 0; i < type->n_root; i++) {
        const struct rp_slot *slot = &type->slots[i];
        if (!stands_for(e, at, end, type, slot)) {
            if (slot->presence == RP_MANDATORY)
                return rp_encode_fail(e, node, RP_PROTOCOL, RP_EMISSING, "mandatory component %s is missing",
                                      slot->name ? slot->name : "?");
            continue;
        }
        if (is_sent(e, at, end, type, slot) && !encode_component(e, at, slot))
            return false;
        at = node_at(e, at)->next;
    }
    *child = at;
    return true;
}

/** Index of the addition that a child belongs to, counted from the first addition; UINT32_MAX for none. */
static uint32_t addition_of(const struct rp_encoder *e, uint32_t child, const struct rp_type *type)
{
    const struct rp_node *value = node_at(e, child);
    if (value->slot == &rp_unknown_slot)
        return value->value.unknown->index;
    for (uint32_t i = type->n_root; i < type->n_slots; i++) {
        const struct rp_slot *slot = &type->slots[i];
        if (slot == value->slot || (slot->group && has_slot(slot->type, value->slot)))
            return i - type->n_root;
    }
    return UINT32_MAX;
}

/** Body of an additions group: the members from `node` on. */
static bool group_body(struct rp_encoder *e, uint32_t node, const struct rp_slot *slot)
{
    uint32_t child = node, end = node;
    while (end < e->tree->n_nodes && has_slot(slot->type, node_at(e, end)->slot))
        end = node_at(e, end)->next;
    return encode_root(e, node, slot->type, &child, end);
}

static bool put_map(struct rp_encoder *e, const struct rp_type *type, uint32_t child, uint32_t end, uint32_t received)
{
    uint32_t n = received ? received : (uint32_t)(type->n_slots - type->n_root), highest = 0;
    for (uint32_t c = child; c < end; c = node_at(e, c)->next) {
        uint32_t i = addition_of(e, c, type);
        highest = i != UINT32_MAX && i + 1 > highest ? i + 1 : highest;
    }
    if (n < highest)
        n = highest > (uint32_t)(type->n_slots - type->n_root) ? highest : (uint32_t)(type->n_slots - type->n_root);
    bool put = n <= 64 ? rp_put(e, n - 1, 7) : rp_put(e, 1, 1) && rp_put_length(e, n);
    for (uint32_t i = 0; put && i < n; i++) {
        bool there = child < end && addition_of(e, child, type) == i;
        put = rp_put(e, there, 1);
        while (child < end && addition_of(e, child, type) == i)
            child = node_at(e, child)->next;
    }
    return put;
}

static bool encode_additions(struct rp_encoder *e, const struct rp_type *type, uint32_t child, uint32_t end, uint32_t received)
{
    if (!put_map(e, type, child, end, received))
        return false;
    while (child < end) {
        uint32_t i = addition_of(e, child, type);
        const struct rp_slot *slot = i < (uint32_t)(type->n_slots - type->n_root) ? &type->slots[type->n_root + i] : NULL;
        if (i == UINT32_MAX)
            return rp_encode_fail(e, child, RP_TRANSFER, RP_EORDER, "this component does not stand where its type has it");
        bool group = slot && slot->group && node_at(e, child)->slot != &rp_unknown_slot;
        if (group ? !rp_encode_wrapped(e, child, 0, group_body, slot) : !rp_encode_open(e, child))
            return false;
        do
            child = node_at(e, child)->next;
        while (group && child < end && addition_of(e, child, type) == i);
    }
    return true;
}

bool rp_encode_sequence(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    uint32_t child = rp_first(node), end = node_at(e, node)->next;
    size_t extension_bit = e->pos;
    if (++e->depth > RP_PER_MAX_DEPTH)
        return rp_encode_fail(e, node, RP_TRANSFER, RP_EDEPTH, "nested deeper than %d levels", RP_PER_MAX_DEPTH);
    if ((type->per[e->variant].flags & RP_PER_EXTENSION_BIT) && !rp_put(e, 0, 1))
        return false;
    if (!encode_root(e, node, type, &child, end))
        return false;
    e->depth--;
    if (child == end)
        return true;
    if (!type->extensible)
        return rp_encode_fail(e, child, RP_TRANSFER, RP_EORDER, "this component does not stand where its type has it");
    e->out[extension_bit >> 3] |= (uint8_t)(0x80 >> (extension_bit & 7));
    return encode_additions(e, type, child, end, node_at(e, node)->len);
}

bool rp_encode_list(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    uint32_t child = rp_first(node);
    size_t n = node_at(e, node)->len, done = 0;
    bool general;
    if (++e->depth > RP_PER_MAX_DEPTH)
        return rp_encode_fail(e, node, RP_TRANSFER, RP_EDEPTH, "nested deeper than %d levels", RP_PER_MAX_DEPTH);
    if (!rp_put_size(e, node, type, n, &general))
        return false;
    do {
        size_t part = n - done;
        if (general && part >= FRAGMENT) {
            part = part / FRAGMENT > 4 ? 4 : part / FRAGMENT;
            rp_put_align(e);
            if (!rp_put(e, 0xc0 | part, 8))
                return false;
            part *= FRAGMENT;
        } else if (general && !rp_put_length(e, part))
            return false;
        for (size_t i = 0; i < part; i++, child = node_at(e, child)->next)
            if (!rp_encode(e, child))
                return false;
        done += part;
        if (part >= FRAGMENT && general && done == n && !rp_put_length(e, 0))
            return false;
    } while (done < n);
    e->depth--;
    return true;
}

bool rp_encode_choice(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    const struct rp_per *per = &type->per[e->variant];
    uint32_t child = rp_first(node);
    if (child >= node_at(e, node)->next)
        return rp_encode_fail(e, node, RP_PROTOCOL, RP_EMISSING, "CHOICE without an alternative");
    if (++e->depth > RP_PER_MAX_DEPTH)
        return rp_encode_fail(e, node, RP_TRANSFER, RP_EDEPTH, "nested deeper than %d levels", RP_PER_MAX_DEPTH);
    const struct rp_slot *slot = node_at(e, child)->slot;
    bool unknown = slot == &rp_unknown_slot;
    uint32_t index = unknown ? 0 : slot->index;
    bool root = !unknown && has_slot(type, slot) && index < type->n_root;
    if ((per->flags & RP_PER_EXTENSION_BIT) && !rp_put(e, !root, 1))
        return false;
    bool put;
    if (root) {
        if (per->flags & RP_PER_FIELD_ALIGNED)
            rp_put_align(e);
        put = rp_put(e, index, per->width) && encode_component(e, child, slot);
    } else {
        uint32_t extension = unknown ? node_at(e, child)->value.unknown->index : index - type->n_root;
        put = type->extensible ? rp_put_small_number(e, extension) && rp_encode_open(e, child)
                               : rp_encode_fail(e, node, RP_TRANSFER, RP_EUNKNOWN, "CHOICE has no such alternative");
    }
    e->depth--;
    return put;
}

/** The usual case: a root alternative, its index not aligned. */
bool rp_encode_choice_plain(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    const struct rp_per *per = &type->per[e->variant];
    const struct rp_node *value = node_at(e, node), *child = value + 1;
    const struct rp_slot *slot = child->slot;
    if (__builtin_expect(value->next == node + 1 || slot->index >= type->n_root || slot != &type->slots[slot->index] ||
                             slot->type->kind == RP_OPEN || e->depth == RP_PER_MAX_DEPTH,
                         0))
        return rp_encode_choice(e, node, type);
    e->depth++; /* a refusal ends the encoding, so only success counts down */
    if (!rp_put(e, slot->index, per->width + (per->flags & RP_PER_EXTENSION_BIT)) || !rp_encode(e, node + 1))
        return false;
    e->depth--;
    return true;
}

/** A CHOICE on an octet whose first alternative is a number in octets: index, octet count, padding and number in one go. */
bool rp_encode_choice_octets(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    const struct rp_flat_row *row = type->per[RP_ALIGNED].flat->rows;
    const struct rp_node *child = node_at(e, node) + 1;
    if (node_at(e, node)->next == node + 1 || child->slot != row->slot || child->len || (e->pos & 7))
        return rp_encode_choice_plain(e, node, type);
    uint64_t offset = (uint64_t)child->value.integer - (uint64_t)row->lo;
    if (offset > row->max)
        return rp_encode_choice_plain(e, node, type);
    unsigned bits = (unsigned)(71 - __builtin_clzll(offset | 1)) & ~7u;
    return rp_put(e, (uint64_t)(bits / 8 - 1) << row->shift << bits | offset, 8 + bits);
}

bool rp_encode_unknown(struct rp_encoder *e, uint32_t node, const struct rp_type *type)
{
    (void)type;
    return rp_encode_open(e, node);
}

static bool value_body(struct rp_encoder *e, uint32_t node, const struct rp_slot *slot)
{
    (void)slot;
    return rp_encode(e, node);
}

bool rp_encode_open(struct rp_encoder *e, uint32_t node)
{
    const struct rp_node *value = node_at(e, node);
    if (value->slot == &rp_unknown_slot)
        return rp_put_general(e, value->value.unknown->octets, value->value.unknown->len, 8);
    return rp_encode_wrapped(e, node, value->bits, value_body, NULL);
}

/** The contents stand from `start` on, behind room for a length of `room` octets: makes the length what it has to be. */
static bool close_length(struct rp_encoder *e, size_t start, size_t room)
{
    size_t n = (e->pos >> 3) - start;
    if (n >= FRAGMENT) {
        uint8_t *copy = rp_arena_alloc(e->arena, n);
        if (!copy) {
            rp_diag_add(e->diags, RP_TRANSFER, RP_ENOMEM, "no memory for an open type of %zu octets", n);
            return false;
        }
        memcpy(copy, e->out + start, n);
        e->pos = (start - room) * 8;
        return rp_put_general(e, copy, n, 8);
    }
    size_t need = n < 128 ? 1 : 2;
    if (need != room) {
        if (!rp_space(e, 2))
            return false;
        memmove(e->out + start - room + need, e->out + start, n);
        start = start - room + need;
        e->pos = (start + n) * 8;
    }
    if (need == 1)
        e->out[start - 1] = (uint8_t)n;
    else {
        e->out[start - 2] = (uint8_t)(0x80 | n >> 8);
        e->out[start - 1] = (uint8_t)n;
    }
    return true;
}

/** UNALIGNED: the contents may start inside an octet, so they are encoded apart. */
static bool wrapped_apart(struct rp_encoder *e, uint32_t node,
                          bool (*body)(struct rp_encoder *, uint32_t, const struct rp_slot *), const struct rp_slot *slot)
{
    struct rp_encoder inner = *e;
    inner.out = NULL;
    inner.cap = inner.pos = 0;
    if (!rp_encode_grow(&inner, 64) || !body(&inner, node, slot))
        return false;
    size_t octets = inner.pos ? (inner.pos + 7) / 8 : 1;
    if (!inner.pos)
        inner.out[0] = 0;
    return rp_put_general(e, inner.out, octets, 8);
}

bool rp_encode_wrapped(struct rp_encoder *e, uint32_t node, uint32_t hint,
                       bool (*body)(struct rp_encoder *, uint32_t node, const struct rp_slot *slot), const struct rp_slot *slot)
{
    if (e->variant == RP_UNALIGNED)
        return wrapped_apart(e, node, body, slot);
    rp_put_align(e);
    size_t room = hint >= 128 * 8 - 7 ? 2 : 1;
    if (!rp_space(e, room))
        return false;
    e->pos += room * 8;
    size_t start = e->pos >> 3;
    e->out[start] = 0;
    if (!body(e, node, slot))
        return false;
    e->pos = e->pos == start * 8 ? e->pos + 8 : (e->pos + 7) & ~(size_t)7;
    return close_length(e, start, room);
}
