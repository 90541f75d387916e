#include <stdio.h>
#include <string.h>

#include "codecs/value/chars.h"
#include "codecs/value/ie.h"
#include "codecs/value/number.h"
#include "codecs/value/print.h"

enum { DEPTH_MAX = 256, BINARY_BITS = 24, INNER_HEX = 64 };

static void put_value(struct rp_text *out, const struct rp_tree *tree, uint32_t node, unsigned depth);

/** Octets in hex; when they need more than `room` characters, as many as go in and how many there are. */
static void put_hex(struct rp_text *out, const uint8_t *octets, size_t len, size_t room)
{
    char tail[40];
    size_t tail_len = (size_t)snprintf(tail, sizeof tail, "... (%zu octets)", len);
    bool whole = len <= room / 2;
    size_t most = room > tail_len ? (room - tail_len) / 2 : 0;
    rp_text_hex(out, octets, whole || len < most ? len : most);
    if (!whole)
        rp_text_put(out, tail, tail_len);
    else if (len == 0)
        rp_text_puts(out, "(0 octets)");
}

static void put_bits(struct rp_text *out, const struct rp_node *node, size_t room)
{
    if (node->len > BINARY_BITS) {
        char tail[24];
        size_t tail_len = (size_t)snprintf(tail, sizeof tail, " (%u bits)", node->len);
        put_hex(out, node->value.octets, ((size_t)node->len + 7) / 8, room > tail_len ? room - tail_len : 0);
        rp_text_put(out, tail, tail_len);
        return;
    }
    rp_text_put(out, "'", 1);
    for (uint32_t i = 0; i < node->len; i++)
        rp_text_put(out, node->value.octets[i / 8] >> (7 - i % 8) & 1 ? "1" : "0", 1);
    rp_text_put(out, "'B", 2);
}

static void put_integer(struct rp_text *out, const struct rp_node *node, size_t room)
{
    char digits[RP_BIG_DIGITS];
    if (node->len == 0)
        rp_text_printf(out, "%lld", (long long)node->value.integer);
    else if (rp_integer_text(node->value.octets, node->len, digits))
        rp_text_puts(out, digits);
    else
        put_hex(out, node->value.octets, node->len, room);
}

static void put_enumerated(struct rp_text *out, const struct rp_node *node)
{
    const struct rp_type *type = rp_node_type(node);
    int64_t item = node->value.integer;
    if (item >= 0 && item < type->n_items)
        rp_text_puts(out, type->items[item].name);
    else
        rp_text_printf(out, "<extension %lld>", (long long)(item - type->n_root_items));
}

static void put_oid(struct rp_text *out, const struct rp_node *node, size_t room)
{
    char text[1024];
    if (rp_ber_oid_text(node->value.octets, node->len, rp_node_type(node)->kind == RP_RELATIVE_OID, text, sizeof text)) {
        rp_text_puts(out, text);
        return;
    }
    rp_text_puts(out, "malformed ");
    put_hex(out, node->value.octets, node->len, room);
}

static void put_chars(struct rp_text *out, const struct rp_node *node, size_t room)
{
    const struct rp_type *type = rp_node_type(node);
    if (!rp_chars_are_text(node)) {
        put_hex(out, node->value.octets, (size_t)node->len * (type->kind == RP_CHAR_STRING ? type->char_octets : 1), room);
        return;
    }
    rp_text_put(out, "\"", 1);
    rp_chars_put(out, node);
    rp_text_put(out, "\"", 1);
}

static void put_leaf(struct rp_text *out, const struct rp_node *node, size_t room)
{
    char real[RP_REAL_CHARS];
    switch (rp_node_type(node)->kind) {
    case RP_BOOLEAN: rp_text_puts(out, node->value.integer ? "true" : "false"); break;
    case RP_NULL: rp_text_puts(out, "NULL"); break;
    case RP_INTEGER: put_integer(out, node, room); break;
    case RP_ENUMERATED: put_enumerated(out, node); break;
    case RP_REAL: rp_text_put(out, real, rp_real_text(node->value.real, real)); break;
    case RP_OBJECT_IDENTIFIER:
    case RP_RELATIVE_OID: put_oid(out, node, room); break;
    case RP_BIT_STRING: put_bits(out, node, room); break;
    case RP_OCTET_STRING: put_hex(out, node->value.octets, node->len, room); break;
    case RP_CHAR_STRING:
    case RP_OCTET_TEXT:
    case RP_TIME: put_chars(out, node, room); break;
    case RP_UNKNOWN:
        if (node->value.unknown)
            put_hex(out, node->value.unknown->octets, node->value.unknown->len, room);
        break;
    default: break;
    }
}

/** An element of an IE container reads as a component named by its IE. */
static uint32_t put_name(struct rp_text *out, const struct rp_tree *tree, uint32_t parent, uint32_t child, uint32_t *cursor)
{
    const struct rp_type *type = rp_node_type(&tree->nodes[parent]);
    char scratch[RP_CHILD_NAME];
    int64_t id = 0;
    if (type->kind != RP_SEQUENCE_OF && type->kind != RP_SET_OF) {
        rp_text_printf(out, "%s=", rp_child_name(type, &tree->nodes[child], cursor, scratch));
        return child;
    }
    uint32_t value = rp_is_ie_list(type) ? rp_ie_value(tree, child) : UINT32_MAX;
    if (value == UINT32_MAX || rp_is_single_list(type))
        return value == UINT32_MAX ? child : value;
    const char *name = rp_ie_id(tree, child, &id) ? rp_ie_name(type->element->type, id) : NULL;
    if (name)
        rp_text_printf(out, "%s=", name);
    else
        rp_text_printf(out, "IE %lld=", (long long)id);
    return value;
}

static bool is_container(const struct rp_type *type)
{
    return rp_is_ie_list(type) && !rp_is_single_list(type);
}

/** The children, with commas before all but the very first. The IEs of a container read as components of the SEQUENCE around it.
 *  @return whether more children have to be set off by a comma */
static bool put_children(struct rp_text *out, const struct rp_tree *tree, uint32_t node, bool comma, unsigned depth)
{
    const struct rp_type *type = rp_node_type(&tree->nodes[node]);
    uint32_t cursor = 0, end = tree->nodes[node].next;
    for (uint32_t i = rp_first(node); i < end && !out->failed; i = tree->nodes[i].next) {
        if (type->kind == RP_SEQUENCE && is_container(rp_node_type(&tree->nodes[i]))) {
            comma = put_children(out, tree, i, comma, depth);
            continue;
        }
        rp_text_puts(out, comma ? ", " : "");
        put_value(out, tree, put_name(out, tree, node, i, &cursor), depth + 1);
        comma = true;
    }
    return comma;
}

static void put_composite(struct rp_text *out, const struct rp_tree *tree, uint32_t node, unsigned depth)
{
    const struct rp_type *type = rp_node_type(&tree->nodes[node]);
    bool list = (type->kind == RP_SEQUENCE_OF || type->kind == RP_SET_OF) && !is_container(type);
    rp_text_puts(out, list ? "[" : "{");
    put_children(out, tree, node, false, depth);
    rp_text_puts(out, list ? "]" : "}");
}

static void put_value(struct rp_text *out, const struct rp_tree *tree, uint32_t node, unsigned depth)
{
    switch (rp_node_type(&tree->nodes[node])->kind) {
    case RP_SEQUENCE:
    case RP_SET:
    case RP_SEQUENCE_OF:
    case RP_SET_OF:
    case RP_CHOICE:
        if (depth < DEPTH_MAX)
            put_composite(out, tree, node, depth);
        break;
    default: put_leaf(out, &tree->nodes[node], depth ? INNER_HEX : out->cap - out->len - 1);
    }
}

size_t rp_print_value(const struct rp_tree *tree, uint32_t node, char *out, size_t size)
{
    if (size == 0)
        return 0;
    struct rp_text text = { .chars = out, .cap = size };
    out[0] = '\0';
    put_value(&text, tree, node, 0);
    if (text.failed && text.len > 3)
        memcpy(out + text.len - 3, "...", 3);
    return text.len;
}
