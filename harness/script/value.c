#include "harness/script/value.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "codecs/value/ie.h"
#include "codecs/value/print.h"

enum { NONE = UINT32_MAX };

static void push_integer(lua_State *L, const struct rp_node *node)
{
    if (!node->len) {
        lua_pushinteger(L, (lua_Integer)node->value.integer);
        return;
    }
    const uint8_t *octets = node->value.octets;
    double number = octets[0] & 0x80 ? -1.0 : 0.0; /* two's complement: the sign extended to the left */
    for (uint32_t i = 0; i < node->len; i++)
        number = number * 256.0 + octets[i];
    lua_pushnumber(L, number);
}

static void push_enumerated(lua_State *L, const struct rp_node *node)
{
    const struct rp_type *type = rp_node_type(node);
    int64_t item = node->value.integer;
    if (item >= 0 && item < type->n_items)
        lua_pushstring(L, type->items[item].name);
    else
        lua_pushfstring(L, "<extension %I>", (LUAI_UACINT)(item - type->n_root_items));
}

/* BMPString and UniversalString as UTF-8. */
static void push_wide(lua_State *L, const struct rp_node *node, unsigned width)
{
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    for (uint32_t i = 0; i < node->len; i++) {
        unsigned long code = 0;
        for (unsigned k = 0; k < width; k++)
            code = code << 8 | node->value.octets[i * width + k];
        lua_pushfstring(L, "%U", code & 0x7fffffff);
        luaL_addvalue(&text);
    }
    luaL_pushresult(&text);
}

static void push_printed(lua_State *L, const struct rp_tree *tree, uint32_t node)
{
    char text[512];
    rp_print_value(tree, node, text, sizeof text);
    lua_pushstring(L, text);
}

static void push_octets(lua_State *L, const uint8_t *octets, size_t len)
{
    lua_pushlstring(L, len ? (const char *)octets : "", len);
}

static void push_components(lua_State *L, const struct rp_tree *tree, uint32_t node)
{
    const struct rp_node *nodes = tree->nodes;
    const struct rp_type *type = rp_node_type(&nodes[node]);
    uint32_t cursor = 0;
    char scratch[RP_CHILD_NAME];
    lua_createtable(L, 0, type->kind == RP_CHOICE ? 1 : type->n_slots);
    for (uint32_t i = rp_first(node); i < nodes[node].next; i = nodes[i].next) {
        lua_pushstring(L, rp_child_name(type, &nodes[i], &cursor, scratch));
        rp_script_push_value(L, tree, i);
        lua_rawset(L, -3);
    }
}

/* Elements by position, or the values of IE fields by the IE's name. */
static void push_elements(lua_State *L, const struct rp_tree *tree, uint32_t node)
{
    const struct rp_node *nodes = tree->nodes;
    const struct rp_type *type = rp_node_type(&nodes[node]);
    bool ies = rp_is_ie_list(type), single = ies && rp_is_single_list(type);
    lua_Integer n = 0;
    lua_newtable(L);
    for (uint32_t i = rp_first(node); i < nodes[node].next; i = nodes[i].next) {
        uint32_t value = ies ? rp_ie_value(tree, i) : i;
        int64_t id = -1;
        if (value == NONE || (ies && !rp_ie_id(tree, i, &id)))
            continue;
        if (ies && !single) {
            const char *name = rp_ie_name(type->element->type, id);
            name ? lua_pushstring(L, name) : lua_pushfstring(L, "IE %I", (LUAI_UACINT)id);
            rp_script_push_value(L, tree, value);
            lua_rawset(L, -3);
        } else {
            rp_script_push_value(L, tree, value);
            lua_rawseti(L, -2, ++n);
        }
    }
}

void rp_script_push_value(lua_State *L, const struct rp_tree *tree, uint32_t index)
{
    const struct rp_node *node = &tree->nodes[index];
    const struct rp_type *type = rp_node_type(node);
    luaL_checkstack(L, 6, NULL);
    switch (type->kind) {
    case RP_BOOLEAN: lua_pushboolean(L, node->value.integer != 0); break;
    case RP_INTEGER: push_integer(L, node); break;
    case RP_ENUMERATED: push_enumerated(L, node); break;
    case RP_REAL: lua_pushnumber(L, node->value.real); break;
    case RP_OBJECT_IDENTIFIER:
    case RP_RELATIVE_OID: push_printed(L, tree, index); break;
    case RP_BIT_STRING: push_octets(L, node->value.octets, ((size_t)node->len + 7) / 8); break;
    case RP_OCTET_STRING:
    case RP_OCTET_TEXT:
    case RP_TIME: push_octets(L, node->value.octets, node->len); break;
    case RP_CHAR_STRING:
        if (type->char_octets > 1)
            push_wide(L, node, type->char_octets);
        else
            push_octets(L, node->value.octets, node->len);
        break;
    case RP_SEQUENCE:
    case RP_SET:
    case RP_CHOICE: push_components(L, tree, index); break;
    case RP_SEQUENCE_OF:
    case RP_SET_OF: push_elements(L, tree, index); break;
    case RP_UNKNOWN:
        if (node->value.unknown)
            push_octets(L, node->value.unknown->octets, node->value.unknown->len);
        else
            lua_pushliteral(L, "");
        break;
    default: lua_pushboolean(L, 1); break; /* NULL */
    }
}
