#include "codecs/value/chars.h"
#include "codecs/value/ie.h"
#include "codecs/value/json.h"
#include "codecs/value/number.h"

struct writer {
    struct rp_text *out;
    const struct rp_tree *tree;
    const struct rp_json_options *options;
    unsigned depth;
};

typedef void write_fn(struct writer *w, uint32_t node);
static void write_value(struct writer *w, uint32_t node);

static const struct rp_node *node_of(const struct writer *w, uint32_t node)
{
    return &w->tree->nodes[node];
}

static void write_boolean(struct writer *w, uint32_t node)
{
    rp_text_puts(w->out, node_of(w, node)->value.integer ? "true" : "false");
}

static void write_null(struct writer *w, uint32_t node)
{
    (void)node;
    rp_text_puts(w->out, "null");
}

static void write_hex(struct writer *w, const uint8_t *octets, size_t len)
{
    rp_text_put(w->out, "\"", 1);
    rp_text_hex(w->out, octets, len);
    rp_text_put(w->out, "\"", 1);
}

static void write_integer(struct writer *w, uint32_t node)
{
    const struct rp_node *n = node_of(w, node);
    char digits[RP_BIG_DIGITS];
    if (n->len == 0) {
        rp_text_printf(w->out, "%lld", (long long)n->value.integer);
    } else if (rp_integer_text(n->value.octets, n->len, digits)) {
        rp_text_puts(w->out, digits);
    } else {
        rp_text_puts(w->out, "\"0x");
        rp_text_hex(w->out, n->value.octets, n->len);
        rp_text_put(w->out, "\"", 1);
    }
}

static void write_enumerated(struct writer *w, uint32_t node)
{
    const struct rp_node *n = node_of(w, node);
    const struct rp_type *type = rp_node_type(n);
    int64_t item = n->value.integer;
    if (item >= 0 && item < type->n_items)
        rp_text_printf(w->out, "\"%s\"", type->items[item].name);
    else
        rp_text_printf(w->out, "\"<extension %lld>\"", (long long)(item - type->n_root_items));
}

static void write_real(struct writer *w, uint32_t node)
{
    char text[RP_REAL_CHARS];
    size_t len = rp_real_text(node_of(w, node)->value.real, text);
    char last = text[len - 1];
    bool special = last == 'F' || last == 'N' || (len == 2 && text[0] == '-' && last == '0');
    rp_text_printf(w->out, special ? "\"%s\"" : "%s", text);
}

static void write_oid(struct writer *w, uint32_t node)
{
    const struct rp_node *n = node_of(w, node);
    char text[1024];
    rp_text_put(w->out, "\"", 1);
    if (rp_ber_oid_text(n->value.octets, n->len, rp_node_type(n)->kind == RP_RELATIVE_OID, text, sizeof text)) {
        rp_text_puts(w->out, text);
    } else {
        rp_text_puts(w->out, "<octets ");
        rp_text_hex(w->out, n->value.octets, n->len);
        rp_text_put(w->out, ">", 1);
    }
    rp_text_put(w->out, "\"", 1);
}

static void line(struct writer *w)
{
    if (!w->options || !w->options->pretty)
        return;
    rp_text_put(w->out, "\n", 1);
    rp_text_blanks(w->out, 2 * (size_t)w->depth);
}

/** Before each member or element: the comma, the new line, the member's name. */
static void begin(struct writer *w, bool first, const char *name)
{
    if (!first)
        rp_text_put(w->out, ",", 1);
    line(w);
    if (!name)
        return;
    bool pretty = w->options && w->options->pretty;
    rp_text_printf(w->out, pretty ? "\"%s\": " : "\"%s\":", name);
}

static bool enter(struct writer *w, const char *bracket)
{
    if (w->depth == 2 * RP_JSON_MAX_DEPTH) {
        w->out->failed = true;
        return false;
    }
    w->depth++;
    rp_text_put(w->out, bracket, 1);
    return true;
}

static void leave(struct writer *w, bool empty, const char *bracket)
{
    w->depth--;
    if (!empty)
        line(w);
    rp_text_put(w->out, bracket, 1);
}

/** Writes what a hook decoded from the octets of a node. @return false when there is nothing to show */
static bool write_inside(struct writer *w, uint32_t node)
{
    if (!w->options || !w->options->inside)
        return false;
    const struct rp_tree *inside = w->options->inside(w->options->inside_context, w->tree, node);
    if (!inside || !inside->n_nodes)
        return false;
    struct writer inner = { .out = w->out, .tree = inside, .options = w->options, .depth = w->depth };
    write_value(&inner, 0);
    return true;
}

static void write_octets(struct writer *w, uint32_t node)
{
    if (!write_inside(w, node))
        write_hex(w, node_of(w, node)->value.octets, node_of(w, node)->len);
}

static void write_bits(struct writer *w, uint32_t node)
{
    const struct rp_node *n = node_of(w, node);
    const struct rp_type *type = rp_node_type(n);
    if (write_inside(w, node))
        return;
    size_t octets = ((size_t)n->len + 7) / 8;
    bool fixed = type->has_lo && type->has_hi && type->lo == type->hi && !type->extensible;
    if (fixed && n->len == type->lo) {
        write_hex(w, n->value.octets, octets);
    } else if (enter(w, "{")) {
        begin(w, true, "value");
        write_hex(w, n->value.octets, octets);
        begin(w, false, "length");
        rp_text_printf(w->out, "%u", n->len);
        leave(w, false, "}");
    }
}

static void write_chars(struct writer *w, uint32_t node)
{
    const struct rp_node *n = node_of(w, node);
    if (rp_chars_are_text(n)) {
        rp_text_put(w->out, "\"", 1);
        rp_chars_put(w->out, n);
        rp_text_put(w->out, "\"", 1);
    } else if (enter(w, "{")) {
        const struct rp_type *type = rp_node_type(n);
        begin(w, true, "octets");
        write_hex(w, n->value.octets, (size_t)n->len * (type->kind == RP_CHAR_STRING ? type->char_octets : 1));
        leave(w, false, "}");
    }
}

static void write_members(struct writer *w, uint32_t node)
{
    const struct rp_type *type = rp_node_type(node_of(w, node));
    char scratch[RP_CHILD_NAME];
    uint32_t cursor = 0, end = node_of(w, node)->next, first = rp_first(node);
    if (!enter(w, "{"))
        return;
    for (uint32_t i = first; i < end && !w->out->failed; i = node_of(w, i)->next) {
        begin(w, i == first, rp_child_name(type, node_of(w, i), &cursor, scratch));
        write_value(w, i);
    }
    leave(w, first >= end, "}");
}

static void write_list(struct writer *w, uint32_t node)
{
    uint32_t end = node_of(w, node)->next, first = rp_first(node);
    if (!enter(w, "["))
        return;
    for (uint32_t i = first; i < end && !w->out->failed; i = node_of(w, i)->next) {
        begin(w, i == first, NULL);
        write_value(w, i);
    }
    leave(w, first >= end, "]");
}

static void write_unknown(struct writer *w, uint32_t node)
{
    const struct rp_unknown *unknown = node_of(w, node)->value.unknown;
    write_hex(w, unknown ? unknown->octets : NULL, unknown ? unknown->len : 0);
}

static write_fn *const writers[RP_KINDS] = {
    [RP_BOOLEAN] = write_boolean,       [RP_NULL] = write_null,        [RP_INTEGER] = write_integer,
    [RP_ENUMERATED] = write_enumerated, [RP_REAL] = write_real,        [RP_OBJECT_IDENTIFIER] = write_oid,
    [RP_RELATIVE_OID] = write_oid,      [RP_BIT_STRING] = write_bits,  [RP_OCTET_STRING] = write_octets,
    [RP_CHAR_STRING] = write_chars,     [RP_OCTET_TEXT] = write_chars, [RP_TIME] = write_chars,
    [RP_SEQUENCE] = write_members,      [RP_SET] = write_members,      [RP_SEQUENCE_OF] = write_list,
    [RP_SET_OF] = write_list,           [RP_CHOICE] = write_members,   [RP_OPEN] = write_unknown,
    [RP_UNKNOWN] = write_unknown,
};

static void write_value(struct writer *w, uint32_t node)
{
    writers[rp_node_type(node_of(w, node))->kind](w, node);
}

void rp_json_write(struct rp_text *out, const struct rp_tree *tree, uint32_t node, const struct rp_json_options *options)
{
    struct writer w = { .out = out, .tree = tree, .options = options };
    if (node < tree->n_nodes)
        write_value(&w, node);
}
