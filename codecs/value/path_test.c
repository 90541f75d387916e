#include "codecs/value/path.h"

#include <stdio.h>
#include <string.h>

#include "codecs/value/json.h"
#include "codecs/value/mini_schema_test.h"

#include "tools/test_support.h"

static struct rp_tree read(const struct rp_type *type, const char *json, struct rp_arena *arena)
{
    struct rp_diags diags = { .arena = arena };
    struct rp_tree tree = rp_json_read(type, json, strlen(json), arena, &diags);
    assert_int_equal(diags.count, 0);
    assert_true(tree.n_nodes > 0);
    return tree;
}

static const char *const setup_paths[] = {
    "Mini-PDU",
    "Mini-PDU.initiatingMessage",
    "Mini-PDU.initiatingMessage.procedureCode",
    "Mini-PDU.initiatingMessage.criticality",
    "SetupRequest",
    "SetupRequest.protocolIEs",
    "SetupRequest.RequestID",
    "SetupRequest.RequestID.id",
    "SetupRequest.RequestID.criticality",
    "SetupRequest.RequestID",
    "SetupRequest.RequestID.requestorID",
    "SetupRequest.RequestID.instanceID",
    "SetupRequest.FunctionsAdded",
    "SetupRequest.FunctionsAdded.id",
    "SetupRequest.FunctionsAdded.criticality",
    "SetupRequest.FunctionsAdded",
    "SetupRequest.FunctionsAdded[0]",
    "SetupRequest.FunctionsAdded[0].id",
    "SetupRequest.FunctionsAdded[0].criticality",
    "SetupRequest.FunctionsAdded[0]",
    "SetupRequest.FunctionsAdded[0].functionID",
    "SetupRequest.FunctionsAdded[0].definition",
    "SetupRequest.FunctionsAdded[1]",
    "SetupRequest.FunctionsAdded[1].id",
    "SetupRequest.FunctionsAdded[1].criticality",
    "SetupRequest.FunctionsAdded[1]",
    "SetupRequest.FunctionsAdded[1].functionID",
    "SetupRequest.FunctionsAdded[1].definition",
    "SetupRequest.FunctionsAdded[1].oid",
    "SetupRequest.Cause",
    "SetupRequest.Cause.id",
    "SetupRequest.Cause.criticality",
    "SetupRequest.Cause",
    "SetupRequest.Cause.ricService",
    "SetupRequest.IE 65000",
    "SetupRequest.IE 65000.id",
    "SetupRequest.IE 65000.criticality",
    "SetupRequest.IE 65000",
};

static void each_node_has_a_path_that_finds_it(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_tree tree = read(&mini_pdu, MINI_SETUP, &arena);
    assert_int_equal(tree.n_nodes, COUNT(setup_paths));
    for (uint32_t i = 0; i < tree.n_nodes; i++) {
        char path[192];
        size_t len = rp_path_of(&tree, i, path, sizeof path);
        assert_string_equal(path, setup_paths[i]);
        assert_int_equal(len, strlen(path));
        uint32_t last = i; /* of an IE the value is found, its field has the same path */
        for (uint32_t k = 0; k < tree.n_nodes; k++)
            if (strcmp(setup_paths[k], path) == 0)
                last = k;
        assert_int_equal(rp_path_find(&tree, 0, path), i == 1 ? 1 : last);
    }
    rp_arena_free(&arena);
}

static void looking_up(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        uint32_t node;
    } rows[] = {
        { "RequestID.instanceID", 11 },
        { "FunctionsAdded[1].functionID", 26 },
        { "FunctionsAdded[1]", 25 },
        { "FunctionsAdded[1].criticality", 24 },
        { "protocolIEs[2].value.ricService", 33 },
        { "protocolIEs[2].criticality", 31 },
        { "protocolIEs[3]", 34 },
        { "protocolIEs.Cause", 32 },
        { "Cause", 32 },
        { "", 4 },
        { "SetupRequest", 4 },
        { "Mini-PDU", 0 },
        { "FunctionsAdded[2]", UINT32_MAX },
        { "FunctionsAdded[]", UINT32_MAX },
        { "FunctionsAdded[x]", UINT32_MAX },
        { "FunctionsAdded[1", UINT32_MAX },
        { "FunctionsAdded[+1]", UINT32_MAX },
        { "FunctionsAdded[ 1]", UINT32_MAX },
        { "FunctionsAdded.functionID", UINT32_MAX },
        { "RequestID[0]", UINT32_MAX },
        { "RequestID.instance", UINT32_MAX },
        { "RequestID.instanceIDs", UINT32_MAX },
        { "RequestIDs", UINT32_MAX },
        { "Request", UINT32_MAX },
        { "IE 64999", UINT32_MAX },
        { "IE ", UINT32_MAX },
        { "IE 65000x", UINT32_MAX },
        { "SetupResponse.Cause", UINT32_MAX },
        { "..", UINT32_MAX },
        { "All", UINT32_MAX },
    };
    struct rp_arena arena = { 0 };
    struct rp_tree tree = read(&mini_pdu, MINI_SETUP, &arena);
    assert_int_equal(rp_tree_message(&tree), 4);
    for (size_t i = 0; i < COUNT(rows); i++)
        if (rp_path_find(&tree, 0, rows[i].path) != rows[i].node)
            fail_msg("%s: found %u, not %u", rows[i].path, rp_path_find(&tree, 0, rows[i].path), rows[i].node);
    assert_int_equal(rp_path_find(&tree, 25, "functionID"), 26);
    assert_int_equal(rp_path_find(&tree, 15, "[0].functionID"), 20);
    assert_int_equal(rp_path_find(&tree, 99, "functionID"), UINT32_MAX);
    rp_arena_free(&arena);
}

static void unknown_places(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    char path[192];
    struct rp_tree tree = read(&mini_item, "{\"functionID\":1,\"definition\":\"\",\"<addition 3>\":\"00\"}", &arena);
    rp_path_of(&tree, 3, path, sizeof path);
    assert_string_equal(path, "Function-Item.<addition 3>");
    assert_int_equal(rp_path_find(&tree, 0, path), 3);
    tree = read(&mini_cause, "{\"<alternative 1>\":\"00\"}", &arena);
    rp_path_of(&tree, 1, path, sizeof path);
    assert_string_equal(path, "Cause.<alternative 1>");
    tree = read(&mini_pdu, "{\"initiatingMessage\":{\"procedureCode\":77,\"criticality\":\"reject\",\"value\":\"00\"}}", &arena);
    assert_int_equal(rp_tree_message(&tree), 0);
    rp_path_of(&tree, 4, path, sizeof path);
    assert_string_equal(path, "Mini-PDU.initiatingMessage.value");
    assert_int_equal(rp_path_find(&tree, 0, path), 4);
    rp_arena_free(&arena);
}

/** Cuts the tree behind each node and takes away what a decoder sets late: the chain alone must do. */
static void unfinished_trees_have_the_same_paths(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_tree tree = read(&mini_pdu, MINI_SETUP, &arena);
    for (uint32_t i = 0; i < tree.n_nodes; i++) {
        uint32_t chain[16];
        size_t n = rp_path_chain(&tree, i, chain, 16);
        struct rp_node *nodes = rp_arena_alloc(&arena, (i + 1) * sizeof *nodes);
        memcpy(nodes, tree.nodes, (i + 1) * sizeof *nodes);
        for (size_t k = 0; k < n; k++)
            nodes[chain[k]].next = k % 2 ? 0 : chain[k] + 1;
        struct rp_tree cut = { .nodes = nodes, .n_nodes = i + 1 };
        char path[192];
        rp_path_write(&cut, chain, n, path, sizeof path);
        const char *want = setup_paths[i];
        if (i == 6 || i == 7) /* while the id is being read nobody knows which IE it is */
            want = i == 6 ? "SetupRequest.protocolIEs[0]" : "SetupRequest.protocolIEs[0].id";
        else if (i == 12 || i == 13)
            want = i == 12 ? "SetupRequest.protocolIEs[1]" : "SetupRequest.protocolIEs[1].id";
        else if (i == 29 || i == 30)
            want = i == 29 ? "SetupRequest.protocolIEs[2]" : "SetupRequest.protocolIEs[2].id";
        else if (i == 34 || i == 35)
            want = i == 34 ? "SetupRequest.protocolIEs[3]" : "SetupRequest.protocolIEs[3].id";
        assert_string_equal(path, want);
    }
    rp_arena_free(&arena);
}

static void components_that_have_no_node_yet(void **state)
{
    (void)state;
    static const struct {
        uint32_t parent, n_nodes;
        const struct rp_slot *slot;
        const char *path;
    } rows[] = {
        { 0, 1, &mini_pdu_slots[0], "Mini-PDU.initiatingMessage" },
        { 1, 2, &mini_message_slots[0], "Mini-PDU.initiatingMessage.procedureCode" },
        { 1, 4, &mini_message_slots[2], "Mini-PDU.initiatingMessage.value" },
        { 1, 4, &mini_setup_object[1].slot, "SetupRequest" },
        { 4, 5, &mini_setup_slots[0], "SetupRequest.protocolIEs" },
        { 5, 6, &mini_container_element, "SetupRequest.protocolIEs[0]" },
        { 5, 12, &mini_container_element, "SetupRequest.protocolIEs[1]" },
        { 5, 38, &mini_all_object[1].slot, "SetupRequest.All" },
        { 5, 38, &mini_cause_object[1].slot, "SetupRequest.Cause" },
        { 6, 7, &mini_field_slots[0], "SetupRequest.protocolIEs[0].id" },
        { 6, 8, &mini_field_slots[1], "SetupRequest.RequestID.criticality" },
        { 6, 9, &mini_field_slots[2], "SetupRequest.RequestID" },
        { 6, 9, &mini_request_object[1].slot, "SetupRequest.RequestID" },
        { 9, 11, &mini_request_slots[1], "SetupRequest.RequestID.instanceID" },
        { 15, 22, &mini_functions_element, "SetupRequest.FunctionsAdded[1]" },
        { 16, 17, &mini_single_slots[0], "SetupRequest.FunctionsAdded[0].id" },
        { 16, 19, &mini_single_slots[2], "SetupRequest.FunctionsAdded[0]" },
        { 25, 28, &mini_group_slots[0], "SetupRequest.FunctionsAdded[1].extra" },
        { 34, 37, &rp_unknown_slot, "SetupRequest.IE 65000" },
    };
    struct rp_arena arena = { 0 };
    struct rp_tree tree = read(&mini_pdu, MINI_SETUP, &arena);
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint32_t chain[16];
        char path[192];
        size_t n = rp_path_chain(&tree, rows[i].parent, chain, 16);
        struct rp_tree cut = { .nodes = tree.nodes, .n_nodes = rows[i].n_nodes };
        rp_path_write_slot(&cut, chain, n, rows[i].slot, path, sizeof path);
        assert_string_equal(path, rows[i].path);
    }
    rp_arena_free(&arena);
}

static void long_paths_are_cut_in_front(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_tree tree = read(&mini_pdu, MINI_SETUP, &arena);
    const char *whole = setup_paths[26];
    for (size_t size = 0; size < 60; size++) {
        char path[64] = "untouched";
        size_t len = rp_path_of(&tree, 26, path, size);
        if (size == 0) {
            assert_string_equal(path, "untouched");
            continue;
        }
        assert_int_equal(len, strlen(path));
        assert_int_equal(len, size <= strlen(whole) ? size - 1 : strlen(whole));
        size_t dots = len < strlen(whole) ? (len < 3 ? len : 3) : 0;
        assert_memory_equal(path, "...", dots);
        assert_string_equal(path + dots, whole + strlen(whole) - (len - dots));
    }
    rp_arena_free(&arena);
}

static void which_lists_carry_ies(void **state)
{
    (void)state;
    assert_true(rp_is_ie_field(&mini_field) && rp_is_ie_field(&mini_single) && !rp_is_ie_field(&mini_message));
    assert_true(rp_is_message_wrapper(&mini_message) && !rp_is_message_wrapper(&mini_field));
    assert_true(rp_is_ie_list(&mini_container) && !rp_is_single_list(&mini_container));
    assert_true(rp_is_ie_list(&mini_functions) && rp_is_single_list(&mini_functions));
    assert_false(rp_is_ie_list(&mini_list) || rp_is_single_list(&mini_list) || rp_is_ie_list(&mini_setup));
    assert_string_equal(rp_ie_name(&mini_field, 29), "RequestID");
    assert_null(rp_ie_name(&mini_field, 30));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_node_has_a_path_that_finds_it),
        cmocka_unit_test(looking_up),
        cmocka_unit_test(unknown_places),
        cmocka_unit_test(unfinished_trees_have_the_same_paths),
        cmocka_unit_test(components_that_have_no_node_yet),
        cmocka_unit_test(long_paths_are_cut_in_front),
        cmocka_unit_test(which_lists_carry_ies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
