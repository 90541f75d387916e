#include "codecs/value/print.h"

#include <stdio.h>
#include <string.h>

#include "codecs/value/mini_schema_test.h"

#include "tools/test_support.h"

static struct rp_tree read(const struct rp_type *type, const char *json, struct rp_arena *arena)
{
    struct rp_diags diags = { .arena = arena };
    struct rp_tree tree = rp_json_read(type, json, strlen(json), arena, &diags);
    assert_int_equal(diags.count, 0);
    return tree;
}

static void values_on_one_line(void **state)
{
    (void)state;
    static const struct {
        const char *json, *text;
    } rows[] = {
        { "{\"boolean\":true,\"null\":null}", "{boolean=true, null=NULL}" },
        { "{\"integer\":-7,\"enumerated\":\"late\"}", "{integer=-7, enumerated=late}" },
        { "{\"integer\":18446744073709551616}", "{integer=18446744073709551616}" },
        { "{\"enumerated\":\"<extension 4>\",\"real\":\"-INF\"}", "{enumerated=<extension 4>, real=-INF}" },
        { "{\"oid\":\"1.3.6.1\",\"relative\":\"4.5\"}", "{oid=1.3.6.1, relative=4.5}" },
        { "{\"oid\":\"<octets 2B80>\"}", "{oid=malformed 2B80}" },
        { "{\"bits\":{\"value\":\"A0\",\"length\":3}}", "{bits='101'B}" },
        { "{\"bits\":\"7F000001\"}", "{bits=7F000001 (32 bits)}" },
        { "{\"octets\":\"00F110\"}", "{octets=00F110}" },
        { "{\"octets\":\"\"}", "{octets=(0 octets)}" },
        { "{\"printable\":\"a \\\"b\\u0007\",\"bmp\":\"\\u20ac\"}", "{printable=\"a \\\"b\\u0007\", bmp=\"\xe2\x82\xac\"}" },
        { "{\"utf8\":{\"octets\":\"FF\"},\"time\":\"2001Z\"}", "{utf8=FF, time=\"2001Z\"}" },
        { "{\"list\":[1,2],\"choice\":{\"misc\":4}}", "{list=[1, 2], choice={misc=4}}" },
        { "{\"list\":[],\"choice\":{\"<alternative 2>\":\"01\"}}", "{list=[], choice={<alternative 2>=01}}" },
        { "{}", "{}" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rp_arena arena = { 0 };
        char text[200];
        struct rp_tree tree = read(&mini_all, rows[i].json, &arena);
        size_t len = rp_print_value(&tree, 0, text, sizeof text);
        assert_string_equal(text, rows[i].text);
        assert_int_equal(len, strlen(text));
        rp_arena_free(&arena);
    }
}

static void ies_read_as_components(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    char text[300];
    struct rp_tree tree = read(&mini_pdu, MINI_SETUP, &arena);
    rp_print_value(&tree, 4, text, sizeof text);
    assert_string_equal(text,
                        "{RequestID={requestorID=123, instanceID=21}, FunctionsAdded=[{functionID=2, definition=00FF}, "
                        "{functionID=3, definition=(0 octets), oid=1.3.6.1}], Cause={ricService=excessive}, IE 65000=ABCD}");
    rp_arena_free(&arena);
}

static void long_values_are_cut(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    char json[4200], text[100];
    int n = snprintf(json, sizeof json, "{\"octets\":\"%02000d\",\"utf8\":\"%0500d\"}", 0, 1);
    assert_true(n < (int)sizeof json);
    struct rp_tree tree = read(&mini_all, json, &arena);
    assert_int_equal(rp_print_value(&tree, 1, text, sizeof text), 99);
    assert_string_equal(text + 78, "0000... (1000 octets)");
    assert_int_equal(rp_print_value(&tree, 2, text, sizeof text), 99);
    assert_string_equal(text + 95, "0...");
    assert_int_equal(rp_print_value(&tree, 0, text, sizeof text), 99);
    assert_non_null(strstr(text, "{octets=0000000000000000000000000000000000000000000000... (1000 octets), utf8=\""));
    for (size_t size = 1; size < sizeof text; size++)
        assert_true(rp_print_value(&tree, 0, text, size) < size);
    rp_arena_free(&arena);
}

static struct rp_diag *finding(struct rp_diags *diags, const char *path, const char *text)
{
    struct rp_diag *diag = rp_diag_add(diags, RP_PROTOCOL, RP_ETABLE, "%s", text);
    snprintf(diag->path, sizeof diag->path, "%s", path);
    return diag;
}

static void a_tree_with_findings(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    struct rp_tree tree = read(&mini_pdu, MINI_SETUP, &arena);
    struct rp_diag *first = finding(&diags, "SetupRequest.FunctionsAdded[1].functionID", "300 is above the upper bound 255");
    snprintf(first->expected, sizeof first->expected, "0..255");
    snprintf(first->seen, sizeof first->seen, "300");
    first->clause = "X.691 (02/2021) 11.5";
    finding(&diags, "SetupRequest.TransactionID", "mandatory IE missing");
    finding(&diags, "SetupRequest.Cause.criticality", "the criticality is wrong");
    struct rp_text text = { .arena = &arena };
    rp_print_tree(&text, &tree, &diags, NULL, NULL);
    assert_string_equal(text.chars,
                        "     bit    bits\n"
                        "       0       0  Mini-PDU\n"
                        "       0       0    initiatingMessage: InitiatingMessage\n"
                        "       0       0      procedureCode: INTEGER (0..255) = 1\n"
                        "       0       0      criticality: Criticality = reject\n"
                        "       0       0      value: SetupRequest\n"
                        "                        ! protocol: mandatory IE missing\n"
                        "       0       0        protocolIEs: ProtocolIE-Container, 4 elements\n"
                        "       0       0          RequestID (id 29, reject): RequestID\n"
                        "       0       0            requestorID: INTEGER = 123\n"
                        "       0       0            instanceID: INTEGER = 21\n"
                        "       0       0          FunctionsAdded (id 10, reject): Functions-List, 2 elements\n"
                        "       0       0            [0] (id 8, ignore): Function-Item\n"
                        "       0       0              functionID: INTEGER (0..255) = 2\n"
                        "       0       0              definition: Definition = 00FF\n"
                        "       0       0            [1] (id 8, ignore): Function-Item\n"
                        "       0       0              functionID: INTEGER (0..255) = 3\n"
                        "                                ! protocol: 300 is above the upper bound 255; expected 0..255, seen 300 "
                        "[X.691 (02/2021) 11.5]\n"
                        "       0       0              definition: Definition = (0 octets)\n"
                        "       0       0              oid: OBJECT IDENTIFIER = 1.3.6.1\n"
                        "       0       0          Cause (id 1, ignore): Cause\n"
                        "                            ! protocol: the criticality is wrong\n"
                        "       0       0            ricService: ENUMERATED = excessive\n"
                        "       0       0          unknown IE (id 65000, notify): unknown extension = ABCD\n");
    rp_arena_free(&arena);
}

static const struct rp_tree *show_inside(void *context, const struct rp_tree *tree, uint32_t node)
{
    return tree->nodes[node].len == 2 ? context : NULL;
}

static void what_is_inside_stands_below(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_tree inner = read(&mini_cause, "{\"misc\":5}", &arena);
    struct rp_tree tree = read(&mini_item, "{\"functionID\":1,\"definition\":\"0102\",\"revision\":4}", &arena);
    struct rp_text text = { .arena = &arena };
    rp_print_tree(&text, &tree, NULL, show_inside, &inner);
    assert_string_equal(text.chars, "     bit    bits\n"
                                    "       0       0  Function-Item\n"
                                    "       0       0    functionID: INTEGER (0..255) = 1\n"
                                    "       0       0    definition: Definition = 0102\n"
                                    "  inside       2      Cause\n"
                                    "       0       0        misc: INTEGER = 5\n"
                                    "       0       0    revision: INTEGER = 4\n");
    struct rp_json_options options = { .pretty = true, .inside = show_inside, .inside_context = &inner };
    text = (struct rp_text){ .arena = &arena };
    rp_json_write(&text, &tree, 0, &options);
    assert_string_equal(text.chars, "{\n  \"functionID\": 1,\n  \"definition\": {\n    \"misc\": 5\n  },\n  \"revision\": 4\n}");
    rp_arena_free(&arena);
}

static void lines_keep_to_the_columns(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    char json[4200];
    snprintf(json, sizeof json, "{\"bits\":\"%0800d\",\"octets\":\"%02000d\",\"printable\":\"%0500d\"}", 0, 0, 1);
    struct rp_tree tree = read(&mini_all, json, &arena);
    struct rp_text text = { .arena = &arena };
    rp_print_tree(&text, &tree, NULL, NULL, NULL);
    for (const char *line = text.chars; *line; line += strcspn(line, "\n") + 1)
        assert_in_range(strcspn(line, "\n"), 10, 130);
    assert_non_null(strstr(text.chars, "... (1000 octets)\n"));
    assert_non_null(strstr(text.chars, "... (400 octets) (3200 bits)\n"));
    rp_arena_free(&arena);
}

static void findings_without_a_path_go_by_their_bit(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    struct rp_tree tree = read(&mini_request, "{\"requestorID\":1,\"instanceID\":2}", &arena);
    struct rp_node nodes[3];
    memcpy(nodes, tree.nodes, sizeof nodes);
    for (uint32_t i = 0; i < 3; i++)
        nodes[i].bit = 10 * i;
    tree.nodes = nodes;
    finding(&diags, "", "here")->bit = 15;
    finding(&diags, "...x.y", "there")->bit = 20;
    finding(&diags, "", "in the text")->line = 3;
    struct rp_text text = { .arena = &arena };
    rp_print_tree(&text, &tree, &diags, NULL, NULL);
    assert_string_equal(text.chars, "     bit    bits\n"
                                    "       0       0  RequestID\n"
                                    "      10       0    requestorID: INTEGER = 1\n"
                                    "                      ! protocol: here\n"
                                    "      20       0    instanceID: INTEGER = 2\n"
                                    "                      ! protocol: there\n"
                                    "! protocol: in the text\n");
    rp_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_on_one_line),
        cmocka_unit_test(ies_read_as_components),
        cmocka_unit_test(long_values_are_cut),
        cmocka_unit_test(a_tree_with_findings),
        cmocka_unit_test(what_is_inside_stands_below),
        cmocka_unit_test(lines_keep_to_the_columns),
        cmocka_unit_test(findings_without_a_path_go_by_their_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
