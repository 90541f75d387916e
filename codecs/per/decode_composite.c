/* SEQUENCE, SET, SEQUENCE OF, SET OF, CHOICE: X.691 (02/2021) 19 to 23. */
#include <stdio.h>

#include "codecs/per/decoder.h"

/** The slot that an open type's value has: what the object set gives for the selecting component, or NULL. */
static const struct rp_slot *select_type(const struct rp_decoder *d, const struct rp_slot *slot, uint32_t parent)
{
    if (!slot->set || slot->at < 0)
        return NULL;
    for (uint32_t i = rp_first(parent); i < d->n; i = d->nodes[i].next) {
        const struct rp_node *key = &d->nodes[i];
        if (key->slot->index != slot->at || (key->slot->type->kind != RP_INTEGER && key->slot->type->kind != RP_ENUMERATED))
            continue;
        const struct rp_object *object = rp_object_set_find(slot->set, key->value.integer);
        const struct rp_object_field *field = object ? &object->fields[slot->set_field] : NULL;
        return field && field->slot.type ? &field->slot : NULL;
    }
    return NULL;
}

static size_t component(struct rp_decoder *d, const struct rp_slot *slot, uint32_t parent, size_t pos)
{
    if (slot->type->kind == RP_OPEN)
        return rp_decode_open(d, slot, select_type(d, slot, parent), 0, pos);
    uint32_t node = d->n;
    size_t start = pos;
    pos = rp_decode(d, slot, pos);
    if (slot->presence == RP_DEFAULT && pos != RP_STOP && rp_equals_default(&d->nodes[node], slot->dflt))
        rp_decode_note(d, slot, start, RP_CANONICAL, RP_EFORM, "X.691 (02/2021) 19.5", "the DEFAULT value %s is sent",
                       slot->dflt->text ? slot->dflt->text : "");
    return pos;
}

/** Optional bits, then the root components; more than 57 bits are read one at a time. */
static size_t root_components(struct rp_decoder *d, const struct rp_type *type, uint32_t parent, const struct rp_slot *holder,
                              size_t pos)
{
    size_t bit_at = pos;
    bool many = type->n_optional > 57;
    uint64_t map = 0;
    if (type->n_optional && !rp_has(d, pos, type->n_optional))
        return rp_decode_end(d, holder, pos, type->n_optional);
    if (type->n_optional && !many)
        map = rp_bits(d, pos, type->n_optional) << (64 - type->n_optional);
    pos += type->n_optional;
    uint32_t tail = type->per[d->variant].tail;
    for (uint32_t i = 0; i < type->n_root && pos != RP_STOP; i++) {
        const struct rp_slot *slot = &type->slots[i];
        if (!map && !many && i >= tail)
            break;
        if (slot->presence != RP_MANDATORY) {
            bool present = many ? rp_bits(d, bit_at++, 1) : map >> 63;
            map <<= 1;
            if (!present)
                continue;
        }
        pos = component(d, slot, parent, pos);
    }
    return pos;
}

/** A group [[ ]] is one open type that holds a SEQUENCE; its members become children of the parent. */
static size_t addition_group(struct rp_decoder *d, const struct rp_slot *slot, uint32_t parent, size_t pos)
{
    size_t n, contents;
    const uint8_t *octets;
    size_t end_of_group = rp_contents(d, slot, pos, true, 8, &n, &octets, &contents);
    if (end_of_group == RP_STOP)
        return RP_STOP;
    struct rp_decoder outer = *d;
    bool in_place = end_of_group - contents == n * 8;
    if (!in_place) {
        d->octets = octets;
        d->len_octets = n;
    }
    size_t start = in_place ? contents : 0;
    d->end = start + n * 8;
    size_t at = root_components(d, slot->type, parent, slot, start);
    if (at != RP_STOP && d->end - at >= 8)
        rp_decode_note(d, slot, at, RP_CANONICAL, RP_ETRAILING, "X.691 (02/2021) 11.2", "%zu octets after the additions group",
                       (d->end - at) / 8);
    else if (at != RP_STOP && at < d->end && rp_bits(d, at, (unsigned)(d->end - at)))
        rp_decode_note(d, slot, at, RP_CANONICAL, RP_EFORM, "X.691 (02/2021) 11.1",
                       "padding bits at the end of an additions group are not zero");
    d->octets = outer.octets;
    d->len_octets = outer.len_octets;
    d->end = outer.end;
    return at == RP_STOP ? RP_STOP : end_of_group;
}

static size_t addition(struct rp_decoder *d, const struct rp_slot *holder, uint32_t i, uint32_t parent, size_t pos)
{
    const struct rp_type *type = holder->type;
    if (i >= (uint32_t)(type->n_slots - type->n_root)) {
        rp_decode_note(d, holder, pos, RP_NOTE, RP_EUNKNOWN, "X.691 (02/2021) 19.9",
                       "extension addition %u, which this edition does not have", i);
        return rp_decode_open(d, holder, NULL, i, pos);
    }
    const struct rp_slot *slot = &type->slots[type->n_root + i];
    if (slot->group)
        return addition_group(d, slot, parent, pos);
    return rp_decode_open(d, slot, slot->type->kind == RP_OPEN ? select_type(d, slot, parent) : slot, i, pos);
}

/** Number of bits in the map of additions: a normally small length (11.9.3.4). */
static size_t map_length(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, uint64_t *n)
{
    uint64_t large;
    size_t start = pos, octets;
    bool more;
    if ((pos = rp_field(d, slot, pos, 1, &large)) == RP_STOP)
        return RP_STOP;
    if (!large) {
        pos = rp_field(d, slot, pos, 6, n);
        *n += 1;
        return pos;
    }
    if ((pos = rp_length(d, slot, pos, &octets, &more)) == RP_STOP)
        return RP_STOP;
    *n = octets;
    if (more || !octets)
        return rp_decode_fail(d, slot, start, RP_ESYNTAX, "X.691 (02/2021) 11.9.3.4", "a map of %zu extension additions", octets);
    if (octets <= 64)
        rp_decode_note(d, slot, start, RP_CANONICAL, RP_EFORM, "X.691 (02/2021) 11.9.3.4",
                       "large form for the normally small length %zu", octets);
    return pos;
}

static size_t additions(struct rp_decoder *d, const struct rp_slot *slot, uint32_t parent, size_t pos)
{
    uint64_t n;
    size_t start = pos;
    if ((pos = map_length(d, slot, pos, &n)) == RP_STOP)
        return RP_STOP;
    if (!rp_has(d, pos, n))
        return rp_decode_end(d, slot, pos, n);
    size_t map = pos;
    bool any = false;
    pos += n;
    d->nodes[parent].len = (uint32_t)n;
    for (uint32_t i = 0; i < n && pos != RP_STOP; i++) {
        if (!rp_bits(d, map + i, 1))
            continue;
        any = true;
        pos = addition(d, slot, i, parent, pos);
    }
    if (!any)
        rp_decode_note(d, slot, start, RP_CANONICAL, RP_EFORM, "X.691 (02/2021) 19.1",
                       "extension bit set and no addition present");
    return pos;
}

size_t rp_decode_sequence(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_type *type = slot->type;
    const struct rp_flat *flat = type->per[d->variant].flat;
    size_t start = pos;
    if (flat && (pos = rp_decode_flat(d, slot, flat, start)) != RP_STOP && flat->n_slots == type->n_root)
        return pos;
    if (d->out_of_memory)
        return RP_STOP;
    uint32_t node = d->n, i = 0;
    uint64_t extended = 0;
    if (flat && pos != RP_STOP) { /* the beginning was flat, and not extended */
        node = d->n - flat->n_rows;
        if (d->depth == RP_PER_MAX_DEPTH)
            return rp_decode_fail(d, slot, start, RP_EDEPTH, NULL, "nested deeper than %d levels", RP_PER_MAX_DEPTH);
        d->chain[d->depth++] = node;
        for (i = flat->n_slots; i < type->n_root && pos != RP_STOP; i++)
            pos = component(d, &type->slots[i], node, pos);
        return pos == RP_STOP ? RP_STOP : rp_leave(d, node, pos);
    }
    if (rp_enter(d, slot, start) == UINT32_MAX)
        return RP_STOP;
    pos = start;
    if (type->per[d->variant].flags & RP_PER_EXTENSION_BIT)
        pos = rp_field(d, slot, pos, 1, &extended);
    if (pos != RP_STOP)
        pos = root_components(d, type, node, slot, pos);
    if (pos != RP_STOP && extended)
        pos = additions(d, slot, node, pos);
    return pos == RP_STOP ? RP_STOP : rp_leave(d, node, pos);
}

/** As many elements of RP_OP_CHOICE_OCTETS as are of the usual form, in a row (see rp_decode_choice_octets).
 *  @param n  elements to be read; gets those left over
 *  @return the position behind them */
static size_t run_of_numbers(struct rp_decoder *d, const struct rp_slot *element, size_t pos, size_t *n)
{
    const struct rp_flat *flat = element->type->per[RP_ALIGNED].flat;
    const struct rp_flat_row row = flat->rows[0];
    size_t at = pos >> 3, last = d->len_octets, end = d->end >> 3, left = *n;
    uint32_t count = d->n;
    struct rp_node *node = &d->nodes[count];
    for (; left && !(pos & 7) && at + 9 <= last && d->cap - count >= 2; left--, node += 2) {
        uint64_t first = d->octets[at], octets = rp_load_easy(d, at + 1);
        unsigned bits = (unsigned)(first >> row.shift & row.mask) * 8 + 8;
        uint64_t value = octets >> (64 - bits);
        size_t behind = at + 1 + bits / 8;
        if ((first & flat->zero_mask) || value > row.max || (bits > 8 && !(octets >> 56)) || behind > end)
            break;
        count += 2;
        const rp_quad outer = { (uint32_t)at * 8, 8 + bits, count, 0 };
        const rp_quad inner = { (uint32_t)at * 8 + flat->bits, 8 + bits - flat->bits, count, 0 };
        node[0].slot = element;
        node[0].value.integer = 0;
        memcpy(&node[0].bit, &outer, sizeof outer);
        node[1].slot = row.slot;
        node[1].value.integer = (int64_t)value + row.lo;
        memcpy(&node[1].bit, &inner, sizeof inner);
        at = behind;
    }
    if (left == *n)
        return pos;
    d->n = count;
    *n = left;
    return at * 8;
}

/** n elements, one after the other. */
static size_t elements(struct rp_decoder *d, const struct rp_slot *element, size_t pos, size_t n)
{
    rp_decode_fn *decode = rp_decoder_of(d, element);
    bool numbers = element->type->per[d->variant].op == RP_OP_CHOICE_OCTETS;
    while (n) {
        if (numbers)
            pos = run_of_numbers(d, element, pos, &n);
        if (!n)
            break;
        if ((pos = decode(d, element, pos)) == RP_STOP)
            return RP_STOP;
        n--;
    }
    return pos;
}

/** Elements that take no bits at all: a count can promise more of them than any message has octets. */
static bool too_many(const struct rp_decoder *d, size_t pos, size_t n)
{
    return n > 65536 && n > d->end - pos;
}

size_t rp_decode_list(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_type *type = slot->type;
    size_t start = pos, n = 0, total = 0, last = SIZE_MAX;
    bool general, more = false;
    uint64_t extended = 0;
    uint32_t node = rp_enter(d, slot, start);
    if (node == UINT32_MAX)
        return RP_STOP;
    if (type->per[d->variant].flags & RP_PER_EXTENSION_BIT)
        pos = rp_field(d, slot, pos, 1, &extended);
    if (pos == RP_STOP || (pos = rp_size(d, slot, pos, extended, &n, &general)) == RP_STOP)
        return RP_STOP;
    do {
        if (general && (pos = rp_length(d, slot, pos, &n, &more)) == RP_STOP)
            return RP_STOP;
        if (too_many(d, pos, n))
            return rp_decode_end(d, slot, pos, n);
        if (last != SIZE_MAX && last < 65536 && n >= 16384)
            rp_decode_note(d, slot, pos, RP_CANONICAL, RP_EFORM, "X.691 (02/2021) 11.9.3.8",
                           "fragment of %zuK items behind one of %zuK", n / 1024, last / 1024);
        if ((pos = elements(d, type->element, pos, n)) == RP_STOP)
            return RP_STOP;
        last = n;
        total += n;
    } while (more);
    d->nodes[node].len = (uint32_t)total;
    if (extended || !type->exact || (int64_t)total < type->lo || (type->has_hi && (int64_t)total > type->hi))
        rp_check_size(d, slot, start, (int64_t)total, extended);
    return rp_leave(d, node, pos);
}

static size_t choice_addition(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_type *type = slot->type;
    size_t start = pos;
    uint64_t index;
    if ((pos = rp_small_number(d, slot, pos, &index)) == RP_STOP)
        return RP_STOP;
    if (index >= (uint64_t)(type->n_slots - type->n_root)) {
        rp_decode_note(d, slot, start, RP_NOTE, RP_EUNKNOWN, "X.691 (02/2021) 23.8",
                       "extension alternative %llu, which this edition does not have", (unsigned long long)index);
        return rp_decode_open(d, slot, NULL, (uint32_t)index, pos);
    }
    const struct rp_slot *alternative = &type->slots[type->n_root + index];
    return rp_decode_open(d, alternative, alternative, (uint32_t)index, pos);
}

static size_t beyond_root(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, uint64_t index)
{
    struct rp_diag *diag =
        rp_decode_note(d, slot, pos, RP_TRANSFER, RP_ESYNTAX, "X.691 (02/2021) 23.6", "choice index beyond the last alternative");
    snprintf(diag->expected, sizeof diag->expected, "0..%d", slot->type->n_root - 1);
    snprintf(diag->seen, sizeof diag->seen, "%llu", (unsigned long long)index);
    return RP_STOP;
}

size_t rp_decode_choice(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_type *type = slot->type;
    const struct rp_per *per = &type->per[d->variant];
    size_t start = pos;
    uint64_t extended = 0, index;
    uint32_t node = rp_enter(d, slot, start);
    if (node == UINT32_MAX)
        return RP_STOP;
    if (per->flags & RP_PER_EXTENSION_BIT)
        pos = rp_field(d, slot, pos, 1, &extended);
    if (pos == RP_STOP)
        return RP_STOP;
    if (extended)
        pos = choice_addition(d, slot, pos);
    else {
        if (per->flags & RP_PER_FIELD_ALIGNED)
            pos = rp_align(d, slot, pos);
        if ((pos = rp_field(d, slot, pos, per->width, &index)) == RP_STOP)
            return RP_STOP;
        if (index >= type->n_root)
            return beyond_root(d, slot, start, index);
        pos = component(d, &type->slots[index], node, pos);
    }
    return pos == RP_STOP ? RP_STOP : rp_leave(d, node, pos);
}

static inline size_t alternative(struct rp_decoder *d, const struct rp_slot *slot, const struct rp_slot *chosen, size_t pos,
                                 unsigned head)
{
    uint32_t node = d->n;
    d->chain[d->depth++] = node;
    rp_push_easy(d, slot, pos, pos, 0);
    size_t end = rp_decode(d, chosen, pos + head);
    return end == RP_STOP ? RP_STOP : rp_leave(d, node, end);
}

/** The usual case at one look: a root alternative. The first one has a branch of its own so that, when it is the usual one, what
 *  follows need not wait for the index. */
size_t rp_decode_choice_plain(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_type *type = slot->type;
    const struct rp_per *per = &type->per[d->variant];
    unsigned head = per->width + (per->flags & RP_PER_EXTENSION_BIT);
    if (!rp_easy(d, pos) || d->depth == RP_PER_MAX_DEPTH || head > d->end - pos)
        return rp_decode_choice(d, slot, pos);
    uint64_t word = rp_load_easy(d, pos >> 3) << (pos & 7),
             index = (word >> 1) >> (63 - head); /* an extension bit makes it too large */
    if (__builtin_expect(index >= type->n_root, 0))
        return rp_decode_choice(d, slot, pos);
    if (index)
        return alternative(d, slot, &type->slots[index], pos, head);
    return alternative(d, slot, type->slots, pos, head);
}

/** A CHOICE on an octet whose first alternative is a number in octets (KPM's measurement values): the first octet holds extension
 * bit, index, octet count and padding, and both nodes are made at once. */
size_t rp_decode_choice_octets(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_flat *flat = slot->type->per[RP_ALIGNED].flat;
    const struct rp_flat_row *row = flat->rows;
    size_t at = pos >> 3;
    if (__builtin_expect((pos & 7) || at + 9 > d->len_octets || d->cap - d->n < 2, 0))
        return rp_decode_choice_plain(d, slot, pos);
    uint64_t first = d->octets[at], octets = rp_load_easy(d, at + 1);
    unsigned bits = (unsigned)(first >> row->shift & row->mask) * 8 + 8;
    uint64_t value = octets >> (64 - bits);
    size_t end = pos + 8 + bits;
    bool odd = (first & flat->zero_mask) || value > row->max || (bits > 8 && !(octets >> 56));
    if (__builtin_expect(odd || end > d->end, 0))
        return rp_decode_choice_plain(d, slot, pos);
    uint32_t node = d->n;
    rp_push_easy(d, slot, pos, end, 0);
    d->nodes[node].next = node + 2;
    return rp_push_easy(d, row->slot, pos + flat->bits, end, (int64_t)value + row->lo);
}
