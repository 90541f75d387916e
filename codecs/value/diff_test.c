#include "codecs/value/diff.h"

#include <stdio.h>
#include <string.h>

#include "codecs/value/json.h"
#include "codecs/value/mini_schema_test.h"

#include "tools/test_support.h"

static struct rp_tree read(const struct rp_type *type, const char *json, struct rp_arena *arena)
{
    struct rp_diags diags = { .arena = arena };
    struct rp_tree tree = rp_json_read(type, json, strlen(json), arena, &diags);
    if (diags.first)
        fail_msg("%s: %s", json, diags.first->text);
    return tree;
}

/** "path: expected | got" a difference, joined by "; ". */
static void check(const struct rp_type *type, const char *expected, const char *got, const char *want)
{
    struct rp_arena arena = { 0 };
    char text[1000] = "";
    struct rp_text out = { .chars = text, .cap = sizeof text };
    struct rp_tree a = read(type, expected, &arena), b = read(type, got, &arena);
    size_t total;
    struct rp_difference *first = rp_diff(&a, &b, 10, &total, &arena);
    for (struct rp_difference *d = first; d; d = d->next) {
        rp_text_printf(&out, "%s%s: %s | %s", d == first ? "" : "; ", d->path, d->expected, d->got);
        total--;
    }
    assert_string_equal(text, want);
    assert_int_equal(total, 0);
    rp_arena_free(&arena);
}

static void equal_values(void **state)
{
    (void)state;
    static const char all[] =
        "{\"boolean\":true,\"null\":null,\"integer\":18446744073709551616,\"enumerated\":\"late\",\"real\":"
        "\"NaN\",\"oid\":\"1.2\",\"bits\":{\"value\":\"A0\",\"length\":3},\"octets\":\"0102\",\"bmp\":\"ab\","
        "\"utf8\":\"x\",\"list\":[1,2],\"choice\":{\"<alternative 2>\":\"01\"}}";
    check(&mini_all, all, all, "");
    check(&mini_all, "{}", "{}", "");
    check(&mini_pdu, MINI_SETUP, MINI_SETUP, "");
}

static void leaves(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b, *want;
    } rows[] = {
        { "{\"boolean\":true}", "{\"boolean\":false}", "All.boolean: true | false" },
        { "{\"integer\":1}", "{\"integer\":2}", "All.integer: 1 | 2" },
        { "{\"integer\":1}", "{\"integer\":18446744073709551616}", "All.integer: 1 | 18446744073709551616" },
        { "{\"integer\":18446744073709551617}", "{\"integer\":18446744073709551616}",
          "All.integer: 18446744073709551617 | 18446744073709551616" },
        { "{\"real\":0}", "{\"real\":\"-0\"}", "All.real: 0 | -0" },
        { "{\"real\":0.1}", "{\"real\":\"NaN\"}", "All.real: 0.1 | NaN" },
        { "{\"enumerated\":\"late\"}", "{\"enumerated\":\"<extension 9>\"}", "All.enumerated: late | <extension 9>" },
        { "{\"oid\":\"1.2\"}", "{\"oid\":\"1.2.0\"}", "All.oid: 1.2 | 1.2.0" },
        { "{\"bits\":{\"value\":\"A0\",\"length\":3}}", "{\"bits\":{\"value\":\"A0\",\"length\":4}}",
          "All.bits: '101'B | '1010'B" },
        { "{\"octets\":\"01\"}", "{\"octets\":\"\"}", "All.octets: 01 | (0 octets)" },
        { "{\"bmp\":\"ab\"}", "{\"bmp\":\"ac\"}", "All.bmp: \"ab\" | \"ac\"" },
        { "{\"choice\":{\"<alternative 1>\":\"00\"}}", "{\"choice\":{\"<alternative 2>\":\"00\"}}",
          "All.choice.<alternative 1>: 00 | 00" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        check(&mini_all, rows[i].a, rows[i].b, rows[i].want);
}

static void components_that_one_side_lacks(void **state)
{
    (void)state;
    check(&mini_all, "{\"integer\":1}", "{\"boolean\":true,\"choice\":{\"misc\":1}}",
          "All.boolean: absent | true; All.integer: 1 | absent; All.choice: absent | {misc=1}");
    check(&mini_item, "{\"functionID\":1,\"definition\":\"\",\"extra\":true}",
          "{\"functionID\":1,\"definition\":\"\",\"oid\":\"1.2\",\"extra\":true,\"more\":null,\"<addition 2>\":\"\"}",
          "Function-Item.oid: absent | 1.2; Function-Item.more: absent | NULL; Function-Item.<addition 2>: absent | (0 octets)");
    check(&mini_item, "{\"functionID\":1,\"definition\":\"\",\"<addition 2>\":\"\"}",
          "{\"functionID\":1,\"definition\":\"\",\"<addition 3>\":\"\"}",
          "Function-Item.<addition 2>: (0 octets) | absent; Function-Item.<addition 3>: absent | (0 octets)");
}

static void an_absent_default_equals_it(void **state)
{
    (void)state;
    const char *absent = "{\"functionID\":1,\"definition\":\"\"}";
    check(&mini_item, absent, "{\"functionID\":1,\"definition\":\"\",\"instance\":7}", "");
    check(&mini_item, "{\"functionID\":1,\"definition\":\"\",\"instance\":7}", absent, "");
    check(&mini_item, absent, "{\"functionID\":1,\"definition\":\"\",\"instance\":8}", "Function-Item.instance: absent | 8");
}

static void lists_and_choices(void **state)
{
    (void)state;
    check(&mini_all, "{\"list\":[1,2,3]}", "{\"list\":[1,5]}", "All.list[1]: 2 | 5; All.list[2]: 3 | absent");
    check(&mini_all, "{\"list\":[]}", "{\"list\":[1,5]}", "All.list[0]: absent | 1; All.list[1]: absent | 5");
    check(&mini_all, "{\"choice\":{\"ricService\":\"late\"}}", "{\"choice\":{\"ricService\":\"excessive\"}}",
          "All.choice.ricService: late | excessive");
    check(&mini_all, "{\"choice\":{\"ricService\":\"not-supported\"}}", "{\"choice\":{\"misc\":3}}",
          "All.choice: {ricService=not-supported} | {misc=3}");
}

#define FIELDS(fields) "{\"protocolIEs\":[" fields "]}"
#define CAUSE(n)       "{\"id\":1,\"criticality\":\"ignore\",\"value\":{\"misc\":" #n "}}"
#define REQUEST(n)     "{\"id\":29,\"criticality\":\"reject\",\"value\":{\"requestorID\":" #n ",\"instanceID\":2}}"

static void ies_by_id(void **state)
{
    (void)state;
    check(&mini_setup, FIELDS(CAUSE(1) "," REQUEST(2)), FIELDS(REQUEST(2) "," CAUSE(1)), "");
    check(&mini_setup, FIELDS(CAUSE(1) "," REQUEST(2)), FIELDS(REQUEST(3) "," CAUSE(1)),
          "SetupRequest.RequestID.requestorID: 2 | 3");
    check(&mini_setup, FIELDS(CAUSE(1)), FIELDS(REQUEST(3)),
          "SetupRequest.Cause: {misc=1} | absent; SetupRequest.RequestID: absent | {requestorID=3, instanceID=2}");
    check(&mini_setup, FIELDS(CAUSE(1) "," CAUSE(2)), FIELDS(CAUSE(1) "," CAUSE(3) "," CAUSE(4)),
          "SetupRequest.Cause.misc: 2 | 3; SetupRequest.Cause: absent | {misc=4}");
    check(&mini_field, REQUEST(1), CAUSE(1),
          "ProtocolIE-Field.id: 29 | 1; ProtocolIE-Field.criticality: reject | ignore; "
          "ProtocolIE-Field.value: {requestorID=1, instanceID=2} | {misc=1}");
}

static void only_the_first_are_kept(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_tree a = read(&mini_all, "{\"list\":[1,2,3,4,5,6]}", &arena), b = read(&mini_all, "{\"list\":[]}", &arena);
    size_t total;
    struct rp_difference *first = rp_diff(&a, &b, 2, &total, &arena);
    assert_int_equal(total, 6);
    assert_string_equal(first->next->path, "All.list[1]");
    assert_null(first->next->next);
    assert_null(rp_diff(&a, &a, 2, &total, &arena));
    assert_int_equal(total, 0);
    struct rp_tree none = { 0 };
    assert_null(rp_diff(&a, &none, 2, &total, &arena));
    assert_int_equal(total, 1);
    rp_arena_free(&arena);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct rp_arena values = { 0 };
    struct rp_tree a = read(&mini_all, "{\"list\":[1,2,3],\"utf8\":\"x\"}", &values),
                   b = read(&mini_all, "{\"list\":[]}", &values);
    for (long n = 0; n < 3; n++) {
        struct rp_arena arena = { 0 };
        size_t total;
        rp_arena_fail_after(n);
        struct rp_difference *first = rp_diff(&a, &b, 9, &total, &arena);
        rp_arena_fail_after(-1);
        assert_int_equal(total, 4);
        assert_true(n == 0 ? first == NULL : first != NULL);
        rp_arena_free(&arena);
    }
    rp_arena_free(&values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_values),
        cmocka_unit_test(leaves),
        cmocka_unit_test(components_that_one_side_lacks),
        cmocka_unit_test(an_absent_default_equals_it),
        cmocka_unit_test(lists_and_choices),
        cmocka_unit_test(ies_by_id),
        cmocka_unit_test(only_the_first_are_kept),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
