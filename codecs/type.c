#include "codecs/type.h"

#include <string.h>

const struct rp_object *rp_object_set_find(const struct rp_object_set *set, int64_t key)
{
    size_t lo = 0, hi = set->keyed ? set->n_objects : 0;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (set->objects[set->by_key[mid]].key < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == set->n_objects || !set->keyed || set->objects[set->by_key[lo]].key != key)
        return NULL;
    return &set->objects[set->by_key[lo]];
}

int64_t rp_type_item(const struct rp_type *type, const char *name)
{
    for (uint32_t i = 0; i < type->n_items; i++)
        if (strcmp(type->items[i].name, name) == 0)
            return i;
    return -1;
}

const struct rp_slot *rp_type_slot(const struct rp_type *type, const char *name)
{
    for (uint32_t i = 0; i < type->n_slots; i++) {
        const struct rp_slot *slot = &type->slots[i];
        const struct rp_slot *found = slot->group ? rp_type_slot(slot->type, name) : NULL;
        if (found)
            return found;
        if (slot->name && strcmp(slot->name, name) == 0)
            return slot;
    }
    return NULL;
}

const char *rp_kind_name(enum rp_kind kind)
{
    static const char *const names[RP_KINDS] = {
        [RP_BOOLEAN] = "BOOLEAN",
        [RP_NULL] = "NULL",
        [RP_INTEGER] = "INTEGER",
        [RP_ENUMERATED] = "ENUMERATED",
        [RP_REAL] = "REAL",
        [RP_OBJECT_IDENTIFIER] = "OBJECT IDENTIFIER",
        [RP_RELATIVE_OID] = "RELATIVE-OID",
        [RP_BIT_STRING] = "BIT STRING",
        [RP_OCTET_STRING] = "OCTET STRING",
        [RP_CHAR_STRING] = "character string",
        [RP_OCTET_TEXT] = "character string",
        [RP_TIME] = "time",
        [RP_SEQUENCE] = "SEQUENCE",
        [RP_SET] = "SET",
        [RP_SEQUENCE_OF] = "SEQUENCE OF",
        [RP_SET_OF] = "SET OF",
        [RP_CHOICE] = "CHOICE",
        [RP_OPEN] = "open type",
        [RP_UNKNOWN] = "unknown extension",
    };
    return names[kind];
}
