#include "harness/script/value.h"

#include <string.h>

/* Lua keeps strings up to 40 octets once each, which makes them fast as table keys: a longer key becomes a hash. */
enum { MOST = 39 };

/** A key in the making: the octets themselves while they fit, and two independent hashes of them. */
struct key {
    uint8_t octets[MOST];
    size_t n; /* MOST + 1: they do not fit */
    uint64_t a, b;
};

static void mix(struct key *key, uint64_t word)
{
    key->a = (key->a ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    key->a ^= key->a >> 32;
    key->b = (key->b + word) * UINT64_C(0xc2b2ae3d27d4eb4f);
    key->b ^= key->b >> 29;
}

/* A number in as few octets as it needs, behind their number. */
static void put_number(struct key *key, uint64_t number)
{
    mix(key, number);
    if (key->n > MOST - 9) {
        key->n = MOST + 1;
        return;
    }
    size_t start = key->n++;
    for (; number; number >>= 8)
        key->octets[key->n++] = (uint8_t)number;
    key->octets[start] = (uint8_t)(key->n - start - 1);
}

static void put_octets(struct key *key, const uint8_t *octets, size_t len)
{
    put_number(key, len);
    bool fits = len <= MOST && key->n <= MOST - len;
    if (fits && len)
        memcpy(key->octets + key->n, octets, len);
    key->n = fits ? key->n + len : MOST + 1;
    for (; len >= 8; octets += 8, len -= 8) {
        uint64_t word;
        memcpy(&word, octets, 8);
        mix(key, word);
    }
    uint64_t rest = 0;
    if (len)
        memcpy(&rest, octets, len);
    mix(key, rest);
}

static void put_leaf(struct key *key, const struct rp_node *node)
{
    const struct rp_type *type = rp_node_type(node);
    switch (type->kind) {
    case RP_BOOLEAN:
    case RP_ENUMERATED: put_number(key, (uint64_t)node->value.integer); break;
    case RP_INTEGER:
        if (node->len)
            put_octets(key, node->value.octets, node->len);
        else
            put_number(key, (uint64_t)node->value.integer);
        break;
    case RP_REAL: put_octets(key, (const uint8_t *)&node->value.real, sizeof node->value.real); break;
    case RP_BIT_STRING:
        put_number(key, node->len);
        put_octets(key, node->value.octets, ((size_t)node->len + 7) / 8);
        break;
    case RP_OBJECT_IDENTIFIER:
    case RP_RELATIVE_OID:
    case RP_OCTET_STRING:
    case RP_OCTET_TEXT:
    case RP_TIME: put_octets(key, node->value.octets, node->len); break;
    case RP_CHAR_STRING: put_octets(key, node->value.octets, (size_t)node->len * type->char_octets); break;
    case RP_UNKNOWN:
        if (node->value.unknown)
            put_octets(key, node->value.unknown->octets, node->value.unknown->len);
        break;
    default: break;
    }
}

void rp_script_push_key(lua_State *L, const struct rp_tree *tree, uint32_t node)
{
    const struct rp_node *nodes = tree->nodes;
    struct key key = { .n = 0 };
    uint32_t end = nodes[node].next;
    for (uint32_t i = node; i < end; i++) {
        if (i != node) /* which component it is; what the whole is a value of does not count */
            put_number(&key, nodes[i].slot->index);
        put_leaf(&key, &nodes[i]);
        if (rp_node_type(&nodes[i])->kind >= RP_SEQUENCE) /* where a composite ends is part of it */
            put_number(&key, nodes[i].next - i);
    }
    if (key.n > MOST) {
        key.octets[0] = 0xff; /* no key that fits starts so: 8 is the highest number of octets */
        memcpy(key.octets + 1, &key.a, 8);
        memcpy(key.octets + 9, &key.b, 8);
        key.n = 17;
    }
    lua_pushlstring(L, (const char *)key.octets, key.n);
}
