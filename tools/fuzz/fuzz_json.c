/* The JSON reader and what shows values: the input is the JSON of an E2AP message. What is read must be written, read again as
 * the same value, and every node's path must lead to a node of the same path. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/asn1/registry.h"
#include "codecs/value/diff.h"
#include "codecs/value/path.h"
#include "codecs/value/print.h"
#include "tools/fuzz/fuzz.h"

static const struct rp_type *pdu_type(void)
{
    static struct rp_registry *registry; /* owns the type */
    static const struct rp_type *type;
    if (!registry) {
        struct rp_arena arena = { 0 };
        struct rp_diags diags = { .arena = &arena };
        registry = rp_registry_new();
        type = registry ? rp_registry_type(registry, "e2ap-03.01:E2AP-PDU", &diags) : NULL;
        rp_arena_free(&arena);
    }
    if (!type)
        abort();
    return type;
}

static void die(const char *why)
{
    fprintf(stderr, "%s\n", why);
    abort();
}

static void again(const struct rp_tree *tree, struct rp_arena *arena)
{
    struct rp_text text = { .arena = arena };
    struct rp_diags diags = { .arena = arena };
    size_t total;
    rp_json_write(&text, tree, 0, NULL);
    if (text.failed)
        return; /* the arena's limit */
    struct rp_tree second = rp_json_read(pdu_type(), text.chars, text.len, arena, &diags);
    if (!second.n_nodes) {
        if (diags.last->err == RP_ENOMEM)
            return;
        die("what was written can't be read");
    }
    if (rp_diff(tree, &second, 1, &total, arena) || total)
        die("the value changed on its way through JSON");
}

static void paths(const struct rp_tree *tree)
{
    for (uint32_t i = 0; i < tree->n_nodes && i < 200; i++) {
        char path[RP_PATH_MAX], found[RP_PATH_MAX];
        size_t len = rp_path_of(tree, i, path, sizeof path);
        if (len == 0)
            die("a node without a path");
        uint32_t node = rp_path_find(tree, 0, path);
        if (node != UINT32_MAX && rp_path_of(tree, node, found, sizeof found) == 0)
            die("a path to a node without a path");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len)
{
    static struct rp_arena arena = { .limit = 8 << 20 };
    struct rp_diags diags = { .arena = &arena };
    struct rp_tree tree = rp_json_read(pdu_type(), (const char *)octets, len, &arena, &diags);
    if (!tree.n_nodes && diags.worst != RP_TRANSFER)
        die("refused without a finding");
    if (tree.n_nodes) {
        struct rp_text text = { .arena = &arena };
        again(&tree, &arena);
        paths(&tree);
        rp_print_tree(&text, &tree, &diags, NULL, NULL);
    }
    rp_arena_reset(&arena);
    return 0;
}
