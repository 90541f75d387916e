#include "codecs/tree.h"

#include <string.h>

#include "codecs/value/mini_schema_test.h"

#include "tools/test_support.h"

/** SEQUENCE { oid, bits, bmp, list { 1, 2 }, choice unknown } */
static struct rp_tree build_all(struct rp_builder *build)
{
    static const struct rp_unknown unknown = { .index = 3, .len = 2, .octets = (const uint8_t *)"\x05\x06" };
    uint32_t root = rp_build_node(build, &mini_all.self), leaf, list, choice;
    leaf = rp_build_node(build, &mini_all_slots[5]);
    if (!build->failed) {
        build->nodes[leaf].value.octets = (const uint8_t *)"\x2b\x06";
        build->nodes[leaf].len = 2;
    }
    leaf = rp_build_node(build, &mini_all_slots[7]);
    if (!build->failed) {
        build->nodes[leaf].value.octets = (const uint8_t *)"\xff\x80";
        build->nodes[leaf].len = 9;
    }
    leaf = rp_build_node(build, &mini_all_slots[11]);
    if (!build->failed) {
        build->nodes[leaf].value.octets = (const uint8_t *)"\0a\0b";
        build->nodes[leaf].len = 2;
    }
    list = rp_build_node(build, &mini_all_slots[16]);
    for (int i = 1; i <= 2; i++) {
        leaf = rp_build_node(build, &mini_list_element);
        if (!build->failed)
            build->nodes[leaf].value.integer = i;
    }
    rp_build_end(build, list);
    choice = rp_build_node(build, &mini_all_slots[17]);
    leaf = rp_build_node(build, &rp_unknown_slot);
    if (!build->failed)
        build->nodes[leaf].value.unknown = &unknown;
    rp_build_end(build, choice);
    rp_build_end(build, root);
    return rp_build_tree(build);
}

static void children_and_siblings(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_builder build = { .arena = &arena };
    struct rp_tree tree = build_all(&build);
    static const uint32_t next[] = { 9, 2, 3, 4, 7, 6, 7, 9, 9 };
    assert_int_equal(tree.n_nodes, 9);
    for (uint32_t i = 0; i < tree.n_nodes; i++)
        assert_int_equal(tree.nodes[i].next, next[i]);
    assert_int_equal(rp_tree_child(&tree, 0, "bmp"), 3);
    assert_int_equal(rp_tree_child(&tree, 0, "choice"), 7);
    assert_int_equal(rp_tree_child(&tree, 0, "integer"), 0);
    assert_int_equal(rp_tree_child(&tree, 4, "list"), 0);
    assert_int_equal(rp_tree_child(&tree, 1, "bmp"), 0);
    rp_arena_free(&arena);
}

static void a_node_is_small(void **state)
{
    (void)state;
    assert_int_equal(sizeof(struct rp_node), 32);
}

static void same_tree(const struct rp_tree *a, const struct rp_tree *b)
{
    assert_int_equal(a->n_nodes, b->n_nodes);
    for (uint32_t i = 0; i < a->n_nodes; i++) {
        assert_ptr_equal(a->nodes[i].slot, b->nodes[i].slot);
        assert_int_equal(a->nodes[i].next, b->nodes[i].next);
        assert_int_equal(a->nodes[i].len, b->nodes[i].len);
        assert_int_equal(a->nodes[i].bit, b->nodes[i].bit);
    }
}

static void a_clone_stands_alone(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 }, other = { 0 };
    struct rp_builder build = { .arena = &arena };
    struct rp_tree tree = build_all(&build);
    tree.octets = (const uint8_t *)"input";
    tree.len_octets = 5;
    struct rp_tree clone = rp_tree_clone(&tree, &other);
    same_tree(&tree, &clone);
    assert_ptr_not_equal(clone.octets, tree.octets);
    assert_memory_equal(clone.octets, "input", 5);
    assert_true(clone.aligned);
    static const size_t octets[] = { 0, 2, 2, 4 };
    for (uint32_t i = 1; i < 4; i++) {
        assert_ptr_not_equal(clone.nodes[i].value.octets, tree.nodes[i].value.octets);
        assert_memory_equal(clone.nodes[i].value.octets, tree.nodes[i].value.octets, octets[i]);
    }
    rp_arena_free(&arena);
    assert_int_equal(clone.nodes[6].value.integer, 2);
    assert_int_equal(clone.nodes[8].value.unknown->index, 3);
    assert_memory_equal(clone.nodes[8].value.unknown->octets, "\x05\x06", 2);
    rp_arena_free(&other);
}

static void a_copied_subtree_keeps_its_shape(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_builder build = { .arena = &arena }, copy = { .arena = &arena };
    struct rp_tree tree = build_all(&build);
    uint32_t root = rp_build_node(&copy, &mini_all.self);
    assert_int_equal(rp_build_copy(&copy, &tree, 7), 1);
    assert_int_equal(rp_build_copy(&copy, &tree, 4), 3);
    rp_build_end(&copy, root);
    struct rp_tree got = rp_build_tree(&copy);
    static const uint32_t next[] = { 6, 3, 3, 6, 5, 6 };
    assert_int_equal(got.n_nodes, 6);
    for (uint32_t i = 0; i < got.n_nodes; i++)
        assert_int_equal(got.nodes[i].next, next[i]);
    assert_int_equal(got.nodes[5].value.integer, 2);
    rp_arena_free(&arena);
}

static void a_builder_grows(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_builder build = { .arena = &arena };
    uint32_t root = rp_build_node(&build, &mini_list.self);
    for (uint32_t i = 1; i <= 10000; i++)
        assert_int_equal(rp_build_node(&build, &mini_list_element), i);
    rp_build_end(&build, root);
    struct rp_tree tree = rp_build_tree(&build);
    assert_int_equal(tree.nodes[0].next, 10001);
    assert_int_equal(tree.nodes[9999].next, 10000);
    rp_arena_free(&arena);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct rp_arena arena = { .limit = 1500 }; /* not even the first 64 nodes */
    struct rp_builder build = { .arena = &arena };
    struct rp_tree tree = build_all(&build);
    assert_true(build.failed);
    assert_int_equal(tree.n_nodes, 0);
    assert_null(tree.nodes);
    rp_arena_free(&arena);

    struct rp_arena whole = { 0 };
    build = (struct rp_builder){ .arena = &whole };
    tree = build_all(&build);
    bool cloned = false;
    for (size_t limit = 16; !cloned; limit += 16) {
        struct rp_arena small = { .limit = limit };
        struct rp_tree clone = rp_tree_clone(&tree, &small);
        cloned = clone.n_nodes == tree.n_nodes;
        assert_true(cloned || clone.n_nodes == 0);
        rp_arena_free(&small);
    }
    rp_arena_free(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_and_siblings), cmocka_unit_test(a_node_is_small),
        cmocka_unit_test(a_clone_stands_alone),  cmocka_unit_test(a_copied_subtree_keeps_its_shape),
        cmocka_unit_test(a_builder_grows),       cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
