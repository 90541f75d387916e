/* IE containers and procedures: SEQUENCEs whose open type is selected by a key through an object set (X.682, table constraints).
 * Presence, order, repetition and criticality of IEs are judged here, where the object set is at hand anyway. */
#include <stdio.h>

#include "codecs/per/decoder.h"
#include "codecs/value/path.h"

/** Where the next IE of a container is expected in its object set. */
struct cursor {
    const struct rp_object_set *set;
    uint32_t next; /* index of the first object not passed yet */
    bool disorder; /* something is missing, repeated or out of order: to be looked at */
};

static const char *const criticalities[] = { "reject", "ignore", "notify" };

/** The node of the component that selects the open type's type; `parent` is the SEQUENCE. */
static const struct rp_node *key_node(const struct rp_decoder *d, const struct rp_slot *open, uint32_t parent)
{
    return &d->nodes[parent + 1] + open->at;
}

/** The object of a key; usually the next one or one of those behind it. */
static const struct rp_object *find_object(struct cursor *cursor, const struct rp_object_set *set, int64_t key)
{
    if (cursor && set->keyed) {
        for (uint32_t i = cursor->next; i < set->n_objects; i++) {
            const struct rp_object *object = &set->objects[i];
            if (object->key == key) {
                cursor->next = i + 1;
                return object;
            }
            cursor->disorder |= object->mandatory;
        }
        cursor->disorder = true;
        cursor->next = set->n_objects;
    }
    return rp_object_set_find(set, key);
}

/** A component whose value the object gives (criticality) has another one.
 *  @param chosen  what the object gives for the open type: names the message when this is a procedure's */
static void check_field(struct rp_decoder *d, const struct rp_slot *slot, const struct rp_node *node,
                        const struct rp_object_field *field, const struct rp_slot *chosen)
{
    const struct rp_type *type = slot->type;
    struct rp_diag *diag =
        rp_decode_note(d, slot, node->bit, RP_PROTOCOL, RP_ETABLE, NULL, "%s is not the one assigned", slot->name);
    if (d->depth <= 2 && chosen->name)
        snprintf(diag->path, sizeof diag->path, "%s.%s", chosen->name, slot->name);
    bool named =
        type->kind == RP_ENUMERATED && (uint64_t)field->value < type->n_items && (uint64_t)node->value.integer < type->n_items;
    if (named) {
        snprintf(diag->expected, sizeof diag->expected, "%s", type->items[field->value].name);
        snprintf(diag->seen, sizeof diag->seen, "%s", type->items[node->value.integer].name);
    } else {
        snprintf(diag->expected, sizeof diag->expected, "%lld", (long long)field->value);
        snprintf(diag->seen, sizeof diag->seen, "%lld", (long long)node->value.integer);
    }
}

/** An id that the object set does not have: a fault only when the sender marked it reject. */
static void unknown_key(struct rp_decoder *d, const struct rp_slot *slot, uint32_t parent)
{
    const struct rp_type *type = slot->type;
    const struct rp_slot *open = &type->slots[type->n_slots - 1];
    const struct rp_node *key = key_node(d, open, parent);
    int64_t criticality = -1;
    for (uint32_t i = parent + 1; i < d->n; i++)
        if (strcmp(d->nodes[i].slot->name, "criticality") == 0)
            criticality = d->nodes[i].value.integer;
    bool reject = criticality == 0;
    struct rp_diag *diag =
        rp_decode_note(d, open, key->bit, reject ? RP_PROTOCOL : RP_NOTE, RP_EUNKNOWN, NULL, "%s %lld is unknown in %s%s%s",
                       key->slot->name, (long long)key->value.integer, open->set->name, criticality >= 0 ? ", criticality " : "",
                       criticality >= 0 && criticality < 3 ? criticalities[criticality] : "");
    snprintf(diag->seen, sizeof diag->seen, "%s %lld", key->slot->name, (long long)key->value.integer);
}

/** The fields before the open type, one by one, when the flat way was not possible. */
static size_t careful_fields(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_type *type = slot->type;
    if (!rp_push(d, slot, pos))
        return RP_STOP;
    for (int i = 0; i < type->n_slots - 1 && pos != RP_STOP; i++)
        pos = rp_decode(d, &type->slots[i], pos);
    return pos;
}

static size_t decode_keyed(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, struct cursor *cursor)
{
    const struct rp_type *type = slot->type;
    const struct rp_flat *flat = type->per[d->variant].flat;
    const struct rp_slot *open = &type->slots[type->n_slots - 1];
    uint32_t node = d->n;
    if (d->depth == RP_PER_MAX_DEPTH)
        return rp_decode_fail(d, slot, pos, RP_EDEPTH, NULL, "nested deeper than %d levels", RP_PER_MAX_DEPTH);
    size_t start = pos;
    bool is_flat = flat && flat->n_slots == type->n_slots - 1u && (pos = rp_decode_flat(d, slot, flat, start)) != RP_STOP;
    d->chain[d->depth++] = node;
    if (!is_flat && (d->out_of_memory || (pos = careful_fields(d, slot, start)) == RP_STOP))
        return RP_STOP;
    const struct rp_object *object = find_object(cursor, open->set, key_node(d, open, node)->value.integer);
    if (!object)
        unknown_key(d, slot, node);
    for (int i = 0; object && i < type->n_slots - 1; i++) {
        const struct rp_slot *field = &type->slots[i];
        if (i != open->at && field->set && object->fields[field->set_field].set &&
            object->fields[field->set_field].value != d->nodes[node + 1 + (uint32_t)i].value.integer)
            check_field(d, field, &d->nodes[node + 1 + (uint32_t)i], &object->fields[field->set_field],
                        &object->fields[open->set_field].slot);
    }
    const struct rp_object_field *chosen = object ? &object->fields[open->set_field] : NULL;
    pos = rp_decode_open(d, open, chosen && chosen->slot.type ? &chosen->slot : NULL, 0, pos);
    return pos == RP_STOP ? RP_STOP : rp_leave(d, node, pos);
}

/** The object of the next IE when it is the one expected, or one behind it with nothing mandatory between; NULL: look closer. */
static inline const struct rp_object *expected_object(const struct cursor *cursor, int64_t key)
{
    for (uint32_t i = cursor->next; i < cursor->set->n_objects; i++) {
        const struct rp_object *object = &cursor->set->objects[i];
        if (object->key == key)
            return object;
        if (object->mandatory)
            break;
    }
    return NULL;
}

static inline void put_row(struct rp_node *node, const struct rp_flat_row *row, rp_quad start, int64_t value)
{
    rp_quad place = row->place + start;
    node->slot = row->slot;
    node->value.integer = value;
    memcpy(&node->bit, &place, sizeof place);
}

/** The usual IE from one word: on an octet, expected next, criticality as assigned, a length of one or two octets.
 *  @return RP_STOP with nothing done when anything is unusual (d->out_of_memory tells a real stop) */
static inline size_t quick_ie(struct rp_decoder *d, const struct rp_slot *slot, const struct rp_flat *flat, size_t pos,
                              struct cursor *cursor)
{
    const struct rp_slot *fields = slot->type->slots;
    const struct rp_flat_row *row = flat->rows;
    if (!flat->head || (pos & 7) || !rp_easy(d, pos) || d->cap - d->n < 3 || d->depth == RP_PER_MAX_DEPTH || !cursor->set->keyed)
        return RP_STOP;
    uint64_t word = rp_load_easy(d, pos >> 3), rest = word << (8 * flat->head), n = rest >> 56;
    int64_t key = (int64_t)(word >> row[1].shift & row[1].mask) + row[1].lo;
    int64_t assigned = (int64_t)(word >> row[2].shift & row[2].mask) + row[2].lo;
    const struct rp_object *object = expected_object(cursor, key);
    size_t contents = pos + 8 * flat->head + 8;
    if (n >= 0x80) {
        contents += 8;
        n = rest >> 62 == 2 ? rest >> 48 & 0x3fff : 0;
        n = n < 0x80 ? 0 : n;
    }
    if (!object || (word & flat->head_mask) || !n || contents > d->end || n * 8 > d->end - contents)
        return RP_STOP;
    const struct rp_object_field *wanted = &object->fields[fields[1].set_field], *chosen = &object->fields[fields[2].set_field];
    if ((wanted->set && wanted->value != assigned) || !chosen->slot.type || (uint64_t)(assigned - row[2].lo) > row[2].max)
        return RP_STOP;
    uint32_t base = d->n;
    const rp_quad start = { (uint32_t)pos, 0, base, 0 };
    struct rp_node *node = &d->nodes[base];
    put_row(&node[0], &row[0], start, 0);
    put_row(&node[1], &row[1], start, key);
    put_row(&node[2], &row[2], start, assigned);
    node[0].slot = slot;
    d->n = base + 3;
    d->chain[d->depth++] = base;
    cursor->next = (uint32_t)(object - cursor->set->objects) + 1;
    size_t end = rp_decode_open_value(d, &chosen->slot, 0, contents, contents + n * 8);
    return end == RP_STOP ? RP_STOP : rp_leave(d, base, end);
}

size_t rp_decode_keyed(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    return decode_keyed(d, slot, pos, NULL);
}

static const char *ie_name(const struct rp_object *object)
{
    const char *name = object->key_name ? object->key_name : "?";
    return strncmp(name, "id-", 3) == 0 ? name + 3 : name;
}

static void missing_ie(struct rp_decoder *d, const struct rp_slot *open, size_t pos, const struct rp_object *object)
{
    struct rp_diag *diag = rp_decode_note(d, &object->fields[open->set_field].slot, pos, RP_PROTOCOL, RP_EMISSING, NULL,
                                          "mandatory IE %s (id %lld) is missing", ie_name(object), (long long)object->key);
    snprintf(diag->expected, sizeof diag->expected, "present, criticality %s",
             object->has_criticality && object->criticality < 3 ? criticalities[object->criticality] : "?");
    snprintf(diag->seen, sizeof diag->seen, "absent");
}

/** Repeated, or behind an IE that it should stand before. @return index of the IE furthest on in the object set so far */
static int64_t check_place(struct rp_decoder *d, const struct rp_slot *open, size_t bit, const struct rp_object *object,
                           bool repeated, int64_t furthest)
{
    const struct rp_object_set *set = open->set;
    const struct rp_slot *slot = &object->fields[open->set_field].slot;
    if (repeated)
        rp_decode_note(d, slot, bit, RP_PROTOCOL, RP_EREPEAT, NULL, "IE %s (id %lld) stands more than once", ie_name(object),
                       (long long)object->key);
    else if (object - set->objects >= furthest)
        return object - set->objects;
    else
        rp_decode_note(d, slot, bit, RP_PROTOCOL, RP_EORDER, NULL, "IE %s (id %lld) stands behind %s (id %lld)", ie_name(object),
                       (long long)object->key, ie_name(&set->objects[furthest]), (long long)set->objects[furthest].key);
    return furthest;
}

/** Says what is missing, repeated or out of order in a container that the quick walk found odd. */
static size_t check_container(struct rp_decoder *d, const struct rp_slot *slot, uint32_t list, size_t pos)
{
    const struct rp_type *element = slot->type->element->type;
    const struct rp_slot *open = &element->slots[element->n_slots - 1];
    const struct rp_object_set *set = open->set;
    int64_t furthest = 0;
    bool *seen = rp_arena_calloc(d->arena, set->n_objects, sizeof *seen);
    if (!seen) {
        d->out_of_memory = true;
        return rp_decode_fail(d, slot, pos, RP_ENOMEM, NULL, "no memory to check the IEs");
    }
    for (uint32_t i = rp_first(list); i < d->n; i = d->nodes[i].next) {
        const struct rp_object *object = rp_object_set_find(set, key_node(d, open, i)->value.integer);
        if (!object)
            continue;
        bool *there = &seen[object - set->objects];
        furthest = check_place(d, open, d->nodes[i].bit, object, *there, furthest);
        *there = true;
    }
    for (uint32_t o = 0; o < set->n_objects; o++)
        if (set->objects[o].mandatory && !seen[o])
            missing_ie(d, open, pos, &set->objects[o]);
    return pos;
}

size_t rp_decode_ie_list(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    const struct rp_type *type = slot->type;
    const struct rp_type *element = type->element->type;
    const struct rp_per *per = &type->per[d->variant];
    struct cursor cursor = { .set = element->slots[element->n_slots - 1].set };
    if (rp_is_single_list(type) || (per->flags & RP_PER_EXTENSION_BIT) || !(per->flags & (RP_PER_SIZE_FIXED | RP_PER_SIZE_FIELD)))
        return rp_decode_list(d, slot, pos);
    size_t start = pos, n = 0;
    bool general;
    uint32_t node = rp_enter(d, slot, start);
    if (node == UINT32_MAX || (pos = rp_size(d, slot, pos, false, &n, &general)) == RP_STOP)
        return RP_STOP;
    const struct rp_flat *flat = element->per[d->variant].flat;
    for (size_t i = 0; i < n; i++) {
        size_t quick = flat ? quick_ie(d, type->element, flat, pos, &cursor) : RP_STOP;
        if (__builtin_expect(quick == RP_STOP && !d->out_of_memory, 0))
            quick = decode_keyed(d, type->element, pos, &cursor);
        if ((pos = quick) == RP_STOP)
            return RP_STOP;
    }
    d->nodes[node].len = (uint32_t)n;
    for (uint32_t i = cursor.next; i < cursor.set->n_objects; i++)
        cursor.disorder |= cursor.set->objects[i].mandatory;
    if (cursor.disorder && check_container(d, slot, node, pos) == RP_STOP)
        return RP_STOP;
    if ((int64_t)n < type->lo || (int64_t)n > type->hi)
        rp_check_size(d, slot, start, (int64_t)n, false);
    return rp_leave(d, node, pos);
}
