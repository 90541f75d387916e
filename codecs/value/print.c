#include "codecs/value/print.h"

#include <stdio.h>
#include <string.h>

#include "codecs/value/path.h"

enum { DEPTH_MAX = 256, COLUMNS = 130, VALUE_LEAST = 40, GUTTER = 18, MARKS_MAX = 100, NONE = UINT32_MAX };

/** A finding and the node that it is shown under. */
struct mark {
    const struct rp_diag *diag;
    uint32_t node;
};

struct printer {
    struct rp_text *out;
    const struct rp_tree *tree;
    rp_inside_fn *inside;
    void *inside_context;
    const struct mark *marks;
    size_t n_marks;
    unsigned depth;
};

static void print_children(struct printer *p, uint32_t node);

static const struct rp_node *node_of(const struct printer *p, uint32_t node)
{
    return &p->tree->nodes[node];
}

static bool is_composite(const struct rp_type *type)
{
    return type->kind == RP_SEQUENCE || type->kind == RP_SET || type->kind == RP_SEQUENCE_OF || type->kind == RP_SET_OF ||
           type->kind == RP_CHOICE;
}

static void print_finding(struct rp_text *out, const struct rp_diag *diag, size_t blanks)
{
    rp_text_blanks(out, blanks);
    rp_text_printf(out, "! %s: %s", rp_grade_name(diag->grade), diag->text);
    if (diag->expected[0])
        rp_text_printf(out, "; expected %s", diag->expected);
    if (diag->seen[0])
        rp_text_printf(out, ", seen %s", diag->seen);
    rp_text_printf(out, diag->clause ? " [%s]\n" : "\n", diag->clause);
}

/** "INTEGER (0..255)" of a type without a name. */
static void print_type(struct rp_text *out, const struct rp_type *type)
{
    rp_text_puts(out, type->name ? type->name : type->keyword ? type->keyword : rp_kind_name(type->kind));
    if (type->name || type->kind != RP_INTEGER || !type->has_lo || !type->has_hi)
        return;
    rp_text_printf(out, " (%lld..%lld%s)", (long long)type->lo, (long long)type->hi, type->extensible ? ", ..." : "");
}

/** A line's value is cut where the line would pass the last column, but not shorter than VALUE_LEAST. */
static void print_leaf_value(struct printer *p, uint32_t node, size_t line_start)
{
    char value[COLUMNS];
    size_t used = p->out->len - line_start, room = used + VALUE_LEAST < COLUMNS ? COLUMNS - used : VALUE_LEAST;
    rp_print_value(p->tree, node, value, room < sizeof value ? room : sizeof value);
    rp_text_puts(p->out, value);
}

static uint32_t count_children(const struct printer *p, uint32_t node)
{
    uint32_t count = 0;
    for (uint32_t i = rp_first(node); i < node_of(p, node)->next; i = node_of(p, i)->next)
        count++;
    return count;
}

static void print_inside(struct printer *p, uint32_t node)
{
    uint8_t kind = rp_node_type(node_of(p, node))->kind;
    if (!p->inside || (kind != RP_OCTET_STRING && kind != RP_BIT_STRING))
        return;
    const struct rp_tree *inside = p->inside(p->inside_context, p->tree, node);
    if (!inside || !inside->n_nodes || p->depth + 1 >= DEPTH_MAX)
        return;
    struct printer inner = *p;
    inner.tree = inside;
    inner.n_marks = 0;
    inner.depth++;
    const struct rp_type *type = rp_node_type(&inside->nodes[0]);
    rp_text_printf(p->out, "%8s %7u  ", "inside", node_of(p, node)->len);
    rp_text_blanks(p->out, 2 * (size_t)inner.depth);
    print_type(p->out, type);
    if (!is_composite(type)) {
        rp_text_puts(p->out, " = ");
        print_leaf_value(&inner, 0, p->out->len);
    }
    rp_text_put(p->out, "\n", 1);
    print_children(&inner, 0);
}

/** The findings of the nodes from `from` to `node`, one a line. */
static void print_findings(struct printer *p, uint32_t from, uint32_t node)
{
    for (size_t i = 0; i < p->n_marks; i++)
        if (p->marks[i].node >= from && p->marks[i].node <= node)
            print_finding(p->out, p->marks[i].diag, GUTTER + 2 * (size_t)p->depth + 2);
}

/** One node: its line, its findings, what is below. `name` is all that stands before the colon; the findings of the nodes since
 *  `from` belong to the line, too. */
static void print_node(struct printer *p, uint32_t from, uint32_t node, const char *name)
{
    const struct rp_node *n = node_of(p, node);
    const struct rp_type *type = rp_node_type(n);
    size_t line_start = p->out->len;
    rp_text_printf(p->out, "%8u %7u  ", n->bit, n->bits);
    rp_text_blanks(p->out, 2 * (size_t)p->depth);
    rp_text_printf(p->out, "%s%s", name, *name ? ": " : "");
    print_type(p->out, type);
    if (type->kind == RP_SEQUENCE_OF || type->kind == RP_SET_OF) {
        uint32_t count = count_children(p, node);
        rp_text_printf(p->out, ", %u element%s", count, count == 1 ? "" : "s");
    } else if (!is_composite(type)) {
        rp_text_puts(p->out, " = ");
        print_leaf_value(p, node, line_start);
    }
    rp_text_put(p->out, "\n", 1);
    print_findings(p, from, node);
    if (is_composite(type))
        print_children(p, node);
    else
        print_inside(p, node);
}

/** "RICrequestID (id 29, reject)" or "[0] (id 19, ignore)". */
static void field_name(struct printer *p, uint32_t list, uint32_t field, uint32_t index, char *out, size_t size)
{
    const struct rp_type *type = rp_node_type(node_of(p, list));
    int64_t id = 0;
    const char *name = rp_ie_id(p->tree, field, &id) ? rp_ie_name(type->element->type, id) : NULL;
    struct rp_text text = { .chars = out, .cap = size };
    if (rp_is_single_list(type))
        rp_text_printf(&text, "[%u]", index);
    else
        rp_text_puts(&text, name ? name : "unknown IE");
    uint32_t criticality = rp_tree_child(p->tree, field, "criticality");
    rp_text_printf(&text, " (id %lld", (long long)id);
    if (criticality) {
        char value[24];
        rp_print_value(p->tree, criticality, value, sizeof value);
        rp_text_printf(&text, ", %s", value);
    }
    rp_text_puts(&text, ")");
}

/** An IE is one line: findings about its id and criticality stand under it with those about its value. */
static void print_field(struct printer *p, uint32_t list, uint32_t field, uint32_t index)
{
    char name[160];
    uint32_t value = rp_ie_value(p->tree, field);
    if (value == NONE) { /* a tree that ends in the middle */
        snprintf(name, sizeof name, "[%u]", index);
        print_node(p, field, field, name);
        return;
    }
    field_name(p, list, field, index, name, sizeof name);
    print_node(p, field, value, name);
}

static void print_children(struct printer *p, uint32_t node)
{
    const struct rp_type *type = rp_node_type(node_of(p, node));
    bool list = type->kind == RP_SEQUENCE_OF || type->kind == RP_SET_OF, fields = rp_is_ie_list(type);
    char scratch[RP_CHILD_NAME];
    uint32_t cursor = 0, index = 0, end = node_of(p, node)->next;
    if (p->depth + 1 >= DEPTH_MAX)
        return;
    p->depth++;
    for (uint32_t i = rp_first(node); i < end && !p->out->failed; i = node_of(p, i)->next, index++) {
        if (fields) {
            print_field(p, node, i, index);
        } else if (list) {
            snprintf(scratch, sizeof scratch, "[%u]", index);
            print_node(p, i, i, scratch);
        } else {
            print_node(p, i, i, rp_child_name(type, node_of(p, i), &cursor, scratch));
        }
    }
    p->depth--;
}

/** The deepest node that begins at or before a bit. */
static uint32_t node_at_bit(const struct rp_tree *tree, uint32_t bit)
{
    uint32_t node = 0;
    for (uint32_t next = 0; next != NONE;) {
        node = next;
        next = NONE;
        for (uint32_t i = rp_first(node); i < tree->nodes[node].next && tree->nodes[i].bit <= bit; i = tree->nodes[i].next)
            next = i;
    }
    return node;
}

/** The node that a finding's path names, or the nearest place above it that exists. */
static uint32_t node_of_finding(const struct rp_tree *tree, const struct rp_diag *diag)
{
    char path[RP_PATH_MAX];
    snprintf(path, sizeof path, "%s", diag->path);
    if (strncmp(path, "...", 3) == 0 && diag->bit != RP_NO_BIT)
        return node_at_bit(tree, diag->bit);
    while (path[0]) {
        uint32_t node = rp_path_find(tree, 0, path);
        if (node != NONE)
            return node;
        size_t len = strlen(path);
        while (len && path[len - 1] != '.' && path[len - 1] != '[')
            len--;
        path[len ? len - 1 : 0] = '\0';
    }
    return diag->line || diag->bit == RP_NO_BIT ? NONE : node_at_bit(tree, diag->bit);
}

void rp_print_tree(struct rp_text *out, const struct rp_tree *tree, const struct rp_diags *diags, rp_inside_fn *inside,
                   void *inside_context)
{
    struct mark marks[MARKS_MAX];
    struct printer p = { .out = out, .tree = tree, .inside = inside, .inside_context = inside_context, .marks = marks };
    const struct rp_diag *diag = diags ? diags->first : NULL;
    for (; diag && tree->n_nodes && p.n_marks < MARKS_MAX; diag = diag->next)
        marks[p.n_marks++] = (struct mark){ diag, node_of_finding(tree, diag) };
    rp_text_puts(out, "     bit    bits\n");
    if (tree->n_nodes)
        print_node(&p, 0, 0, "");
    for (size_t i = 0; i < p.n_marks; i++)
        if (marks[i].node == NONE)
            print_finding(out, marks[i].diag, 0);
    for (; diag; diag = diag->next)
        print_finding(out, diag, 0);
}
