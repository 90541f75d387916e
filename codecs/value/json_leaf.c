#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/suggest.h"
#include "codecs/value/chars.h"
#include "codecs/value/json_reader.h"
#include "codecs/value/number.h"
#include "codecs/value/path.h"

static void no_memory(struct rp_json_reader *r)
{
    rp_json_refuse(r, NULL, RP_ENOMEM, "no memory for the value");
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool rp_json_hex(struct rp_json_reader *r, const char *text, size_t len, const uint8_t **octets)
{
    if (len % 2 || len / 2 > UINT32_MAX / 8)
        return false;
    uint8_t *out = rp_arena_alloc(r->arena, len / 2);
    if (!out) {
        r->build.failed = true;
        return true; /* said once, at the end */
    }
    for (size_t i = 0; i < len / 2; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    *octets = out;
    return true;
}

bool rp_json_index(const char *text, const char *what, uint32_t *index)
{
    size_t len = strlen(what), digits;
    if (text[0] != '<' || strncmp(text + 1, what, len) != 0 || text[1 + len] != ' ')
        return false;
    text += len + 2;
    digits = strspn(text, "0123456789");
    *index = (uint32_t)strtoul(text, NULL, 10);
    return digits > 0 && digits < 10 && strcmp(text + digits, ">") == 0;
}

/** Some tools write 0 and 1. */
static void read_boolean(struct rp_json_reader *r, struct rp_node *node, const json_t *json)
{
    json_int_t number = json_is_integer(json) ? json_integer_value(json) : -1;
    node->value.integer = json_is_true(json) || number == 1;
    if (!json_is_boolean(json) && number != 0 && number != 1)
        rp_json_refuse_kind(r, rp_node_type(node), "true or false", json);
}

static void read_null(struct rp_json_reader *r, struct rp_node *node, const json_t *json)
{
    if (!json_is_null(json))
        rp_json_refuse_kind(r, rp_node_type(node), "null", json);
}

static void set_integer(struct rp_json_reader *r, struct rp_node *node, const uint8_t *octets, size_t len)
{
    int64_t small;
    len = rp_integer_trim(&octets, len, &small);
    if (len <= 8) {
        node->value.integer = small;
        return;
    }
    uint8_t *copy = rp_arena_alloc(r->arena, len);
    if (!copy) {
        no_memory(r);
        return;
    }
    memcpy(copy, octets, len);
    node->value.octets = copy;
    node->len = (uint32_t)len;
}

/** An INTEGER as text: what a JSON number can't hold. */
static bool integer_from_text(struct rp_json_reader *r, struct rp_node *node, const char *text, size_t len)
{
    uint8_t octets[RP_BIG_OCTETS];
    size_t n = rp_integer_parse(text, len, octets);
    if (n) {
        set_integer(r, node, octets, n);
        return true;
    }
    const uint8_t *hex = NULL;
    if (len < 4 || strncmp(text, "0x", 2) != 0 || !rp_json_hex(r, text + 2, len - 2, &hex))
        return false;
    if (hex)
        set_integer(r, node, hex, (len - 2) / 2);
    return true;
}

static void read_integer(struct rp_json_reader *r, struct rp_node *node, const json_t *json)
{
    if (json_is_integer(json))
        node->value.integer = json_integer_value(json);
    else if (!json_is_string(json) || !integer_from_text(r, node, json_string_value(json), json_string_length(json)))
        rp_json_refuse_kind(r, rp_node_type(node), "an integer", json);
}

static void list_items(const struct rp_type *type, char *out, size_t size)
{
    struct rp_text text = { .chars = out, .cap = size };
    for (uint32_t i = 0; i < type->n_items && !text.failed; i++)
        rp_text_printf(&text, "%s%s", i ? ", " : "", type->items[i].name);
    if (text.failed)
        memcpy(out + size - 4, "...", 4);
}

static void unknown_item(struct rp_json_reader *r, const struct rp_type *type, const char *name)
{
    struct rp_suggest suggest = { .name = name };
    for (uint32_t i = 0; i < type->n_items; i++)
        rp_suggest_offer(&suggest, type->items[i].name);
    struct rp_diag *diag = suggest.best ? rp_json_refuse(r, NULL, RP_ENAME, "%s has no item \"%.60s\"; did you mean %s?",
                                                         type->name ? type->name : "ENUMERATED", name, suggest.best)
                                        : rp_json_refuse(r, NULL, RP_ENAME, "%s has no item \"%.60s\"",
                                                         type->name ? type->name : "ENUMERATED", name);
    list_items(type, diag->expected, sizeof diag->expected);
    snprintf(diag->seen, sizeof diag->seen, "\"%.100s\"", name);
}

static void read_enumerated(struct rp_json_reader *r, struct rp_node *node, const json_t *json)
{
    const struct rp_type *type = rp_node_type(node);
    const char *name = json_string_value(json);
    uint32_t extension;
    if (!name) {
        struct rp_diag *diag = rp_json_refuse_kind(r, type, "", json);
        list_items(type, diag->expected, sizeof diag->expected);
        return;
    }
    node->value.integer = rp_type_item(type, name);
    if (node->value.integer >= 0)
        return;
    if (rp_json_index(name, "extension", &extension))
        node->value.integer = (int64_t)type->n_root_items + extension;
    else
        unknown_item(r, type, name);
}

static void read_real(struct rp_json_reader *r, struct rp_node *node, const json_t *json)
{
    static const struct {
        const char *text;
        double real;
    } special[] = { { "-0", -0.0 }, { "INF", INFINITY }, { "-INF", -INFINITY }, { "NaN", NAN } };
    if (json_is_number(json)) {
        node->value.real = json_number_value(json);
        return;
    }
    for (size_t i = 0; json_is_string(json) && i < sizeof special / sizeof *special; i++)
        if (strcmp(json_string_value(json), special[i].text) == 0) {
            node->value.real = special[i].real;
            return;
        }
    rp_json_refuse_kind(r, rp_node_type(node), "a number, \"-0\", \"INF\", \"-INF\" or \"NaN\"", json);
}

/** "<octets 2B80>" */
static bool octets_in_brackets(struct rp_json_reader *r, struct rp_node *node, const char *text, size_t len)
{
    if (len < 9 || strncmp(text, "<octets ", 8) != 0 || text[len - 1] != '>')
        return false;
    node->len = (uint32_t)((len - 9) / 2);
    return rp_json_hex(r, text + 8, len - 9, &node->value.octets);
}

static void read_oid(struct rp_json_reader *r, struct rp_node *node, const json_t *json)
{
    const char *text = json_string_value(json);
    size_t len = json_string_length(json);
    if (text && octets_in_brackets(r, node, text, len))
        return;
    uint8_t *octets = text ? rp_arena_alloc(r->arena, len) : NULL;
    if (text && !octets) {
        no_memory(r);
        return;
    }
    size_t n = text ? rp_ber_oid_parse(text, len, rp_node_type(node)->kind == RP_RELATIVE_OID, octets, len) : 0;
    node->value.octets = octets;
    node->len = (uint32_t)n;
    if (n == 0)
        rp_json_refuse_kind(r, rp_node_type(node), "numbers joined by dots, as \"1.3.6.1\"", json);
}

static void read_bits_text(struct rp_json_reader *r, struct rp_node *node, const json_t *hex, json_int_t bits)
{
    size_t digits = json_string_length(hex);
    uint32_t unused = (uint32_t)(-(uint64_t)bits & 7);
    if (!rp_json_hex(r, json_string_value(hex), digits, &node->value.octets)) {
        rp_json_refuse_kind(r, rp_node_type(node), "whole octets in hex", hex);
        return;
    }
    node->len = (uint32_t)bits;
    struct rp_diag *diag = NULL;
    if (bits < 0 || (uint64_t)digits / 2 != ((uint64_t)bits + 7) / 8)
        diag = rp_json_refuse(r, NULL, RP_ESIZE, "%zu octets can't be %lld bits", digits / 2, (long long)bits);
    else if (unused && node->value.octets && node->value.octets[digits / 2 - 1] & ((1u << unused) - 1))
        diag = rp_json_refuse(r, NULL, RP_EFORM, "the last %u bits are behind the length and not zero", unused);
    if (diag)
        snprintf(diag->seen, sizeof diag->seen, "\"%.80s\"", json_string_value(hex));
}

static void read_bits(struct rp_json_reader *r, struct rp_node *node, const json_t *json)
{
    const struct rp_type *type = rp_node_type(node);
    const json_t *hex = json_object_get(json, "value"), *length = json_object_get(json, "length");
    bool fixed = type->has_lo && type->has_hi && type->lo == type->hi;
    if (json_is_string(json)) {
        json_int_t all = (json_int_t)json_string_length(json) * 4;
        read_bits_text(r, node, json, fixed && all >= type->lo && all - type->lo < 8 ? (json_int_t)type->lo : all);
    } else if (json_is_string(hex) && json_is_integer(length) && json_object_size(json) == 2) {
        read_bits_text(r, node, hex, json_integer_value(length));
    } else {
        rp_json_refuse_kind(r, type, "{\"value\": hex, \"length\": bits}", json);
    }
}

static int put_json(const char *chars, size_t len, void *text)
{
    rp_text_put(text, chars, len);
    return 0;
}

static void octets_from_hook(struct rp_json_reader *r, struct rp_node *node, const json_t *json)
{
    char path[RP_PATH_MAX];
    struct rp_tree before = { .nodes = r->build.nodes, .n_nodes = r->build.n };
    rp_path_write(&before, r->chain, r->depth, path, sizeof path);
    struct rp_text text = { .arena = r->arena };
    if (json_dump_callback(json, put_json, &text, JSON_COMPACT | JSON_ENCODE_ANY) != 0 || text.failed) {
        no_memory(r);
        return;
    }
    struct rp_json_inner inner = { node->slot, path, &before, text.chars, text.len, r->arena };
    size_t len = 0;
    if (!r->options->octets(r->options->octets_context, &inner, &node->value.octets, &len, r->diags))
        r->refused = true;
    node->len = (uint32_t)len;
}

static void read_octets(struct rp_json_reader *r, struct rp_node *node, const json_t *json)
{
    const char *text = json_string_value(json);
    if (text && rp_json_hex(r, text, json_string_length(json), &node->value.octets))
        node->len = (uint32_t)(json_string_length(json) / 2);
    else if (!text && r->options->octets)
        octets_from_hook(r, node, json);
    else
        rp_json_refuse_kind(r, rp_node_type(node), "whole octets in hex", json);
}

static bool chars_as_octets(struct rp_json_reader *r, struct rp_node *node, const json_t *json)
{
    const json_t *hex = json_object_get(json, "octets");
    const struct rp_type *type = rp_node_type(node);
    size_t width = type->kind == RP_CHAR_STRING && type->char_octets ? type->char_octets : 1;
    if (!json_is_string(hex) || json_object_size(json) != 1)
        return false;
    size_t len = json_string_length(hex);
    node->len = (uint32_t)(len / 2 / width);
    return len / 2 % width == 0 && rp_json_hex(r, json_string_value(hex), len, &node->value.octets);
}

static void read_chars(struct rp_json_reader *r, struct rp_node *node, const json_t *json)
{
    const struct rp_type *type = rp_node_type(node);
    size_t width = type->kind == RP_CHAR_STRING && type->char_octets ? type->char_octets : 1;
    const char *text = json_string_value(json), *at;
    size_t len = json_string_length(json);
    if (!text && chars_as_octets(r, node, json))
        return;
    if (!text || len > UINT32_MAX / 4) {
        rp_json_refuse_kind(r, type, "text", json);
        return;
    }
    uint8_t *octets = rp_arena_alloc(r->arena, width * len);
    size_t n = octets ? rp_chars_from(type, text, len, octets, &at) : 0;
    node->value.octets = octets;
    node->len = (uint32_t)(n / width);
    if (!octets) {
        no_memory(r);
    } else if (n == SIZE_MAX) {
        const char *next = at;
        uint32_t code = rp_utf8_next(&next, text + len);
        rp_json_refuse(r, NULL, RP_EALPHABET, "a %s can't hold the character U+%04X", type->keyword ? type->keyword : "string",
                       code);
    }
}

rp_json_leaf_fn *const rp_json_leaves[RP_KINDS] = {
    [RP_BOOLEAN] = read_boolean,       [RP_NULL] = read_null,        [RP_INTEGER] = read_integer,
    [RP_ENUMERATED] = read_enumerated, [RP_REAL] = read_real,        [RP_OBJECT_IDENTIFIER] = read_oid,
    [RP_RELATIVE_OID] = read_oid,      [RP_BIT_STRING] = read_bits,  [RP_OCTET_STRING] = read_octets,
    [RP_CHAR_STRING] = read_chars,     [RP_OCTET_TEXT] = read_chars, [RP_TIME] = read_chars,
};
