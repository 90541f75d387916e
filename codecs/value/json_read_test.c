#include <math.h>
#include <stdio.h>
#include <string.h>

#include "codecs/value/json.h"
#include "codecs/value/mini_schema_test.h"
#include "codecs/value/path.h"

#include "tools/test_support.h"

struct run {
    struct rp_arena arena;
    struct rp_diags diags;
    struct rp_tree tree;
};

static void read(struct run *run, const struct rp_type *type, const char *json)
{
    *run = (struct run){ 0 };
    run->diags.arena = &run->arena;
    uint8_t *text = rp_guarded(json, strlen(json));
    run->tree = rp_json_read(type, (const char *)text, strlen(json), &run->arena, &run->diags);
    rp_guarded_free(text, strlen(json));
}

static void end(struct run *run)
{
    rp_arena_free(&run->arena);
}

/** Reads, writes and reads again; both texts must be `want`. */
static void round_trip(const struct rp_type *type, const char *json, const char *want)
{
    struct run run;
    for (int time = 0; time < 2; time++) {
        read(&run, type, time ? want : json);
        if (run.diags.first)
            print_message("%s: %s\n", json, run.diags.first->text);
        assert_int_equal(run.diags.count, 0);
        struct rp_text text = { .arena = &run.arena };
        rp_json_write(&text, &run.tree, 0, NULL);
        assert_false(text.failed);
        assert_string_equal(text.chars, want);
        end(&run);
    }
}

static void every_kind_goes_round(void **state)
{
    (void)state;
    static const struct {
        const char *json, *want; /* NULL: the same text */
    } rows[] = {
        { "{}", NULL },
        { "{\"boolean\":true}", NULL },
        { "{\"boolean\":false,\"null\":null}", NULL },
        { "{ \"null\" : null, \"boolean\" : true }", "{\"boolean\":true,\"null\":null}" },
        { "{\"boolean\":0}", "{\"boolean\":false}" },
        { "{\"boolean\":1}", "{\"boolean\":true}" },
        { "{\"integer\":-5}", NULL },
        { "{\"integer\":9223372036854775807}", NULL },
        { "{\"integer\":9223372036854775808}", NULL },
        { "{\"integer\":-9223372036854775809}", NULL },
        { "{\"integer\":\"18446744073709551615\"}", "{\"integer\":18446744073709551615}" },
        { "{\"integer\":\"0x00000000000000000012\"}", "{\"integer\":18}" },
        { "{\"integer\":\"0xFFFFFFFFFFFFFFFFFFFE\"}", "{\"integer\":-2}" },
        { "{\"integer\":\"17\"}", "{\"integer\":17}" },
        { "{\"list\":[1,99999999999999999999, -2],\"integer\":3}", "{\"integer\":3,\"list\":[1,99999999999999999999,-2]}" },
        { "{\"utf8\":\"12345678901234567890 \\\" 1\",\"integer\":12345678901234567890}",
          "{\"integer\":12345678901234567890,\"utf8\":\"12345678901234567890 \\\" 1\"}" },
        { "{\"enumerated\":\"late\"}", NULL },
        { "{\"enumerated\":\"<extension 4>\"}", NULL },
        { "{\"real\":0.1}", NULL },
        { "{\"real\":3}", NULL },
        { "{\"real\":\"-0\"}", NULL },
        { "{\"real\":\"-INF\"}", NULL },
        { "{\"real\":\"NaN\"}", NULL },
        { "{\"real\":1e300}", "{\"real\":1e+300}" },
        { "{\"oid\":\"1.3.6.1.4.1.53148.1.2.2.2\",\"relative\":\"8571.3.2\"}", NULL },
        { "{\"oid\":\"<octets 2B80>\"}", NULL },
        { "{\"oid\":\"<octets >\"}", NULL },
        { "{\"bits\":{\"value\":\"A8\",\"length\":5}}", NULL },
        { "{\"bits\":{\"value\":\"\",\"length\":0}}", NULL },
        { "{\"bits\":\"7f000001\"}", "{\"bits\":{\"value\":\"7F000001\",\"length\":32}}" },
        { "{\"bits20\":{\"length\":20,\"value\":\"aacce0\"}}", "{\"bits20\":\"AACCE0\"}" },
        { "{\"bits20\":\"aacce0\"}", "{\"bits20\":\"AACCE0\"}" },
        { "{\"bits20\":{\"value\":\"AA\",\"length\":8}}", NULL },
        { "{\"octets\":\"00f110\"}", "{\"octets\":\"00F110\"}" },
        { "{\"octets\":\"\"}", NULL },
        { "{\"printable\":\"a \\\"b\\\\\"}", NULL },
        { "{\"printable\":\"\\u0000\\u001F\\u007f\"}", "{\"printable\":\"\\u0000\\u001F\\u007F\"}" },
        { "{\"printable\":\"\xc3\xa9\\n\"}", "{\"printable\":\"\xc3\xa9\\u000A\"}" },
        { "{\"bmp\":\"\\u20ac\"}", "{\"bmp\":\"\xe2\x82\xac\"}" },
        { "{\"bmp\":{\"octets\":\"D800\"}}", NULL },
        { "{\"universal\":\"\\ud83d\\ude00!\"}", "{\"universal\":\"\xf0\x9f\x98\x80!\"}" },
        { "{\"universal\":{\"octets\":\"00110000\"}}", NULL },
        { "{\"utf8\":\"\xf0\x9f\x98\x80\\t\"}", "{\"utf8\":\"\xf0\x9f\x98\x80\\u0009\"}" },
        { "{\"utf8\":{\"octets\":\"C0AF\"}}", NULL },
        { "{\"teletex\":\"\xc3\xbf\",\"time\":\"200101000000Z\"}", NULL },
        { "{\"list\":[]}", NULL },
        { "{\"choice\":{\"misc\":4}}", NULL },
        { "{\"choice\":{\"<alternative 2>\":\"0102\"}}", NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        round_trip(&mini_all, rows[i].json, rows[i].want ? rows[i].want : rows[i].json);
}

static void pdu_goes_round(void **state)
{
    (void)state;
    round_trip(&mini_pdu, MINI_SETUP, MINI_SETUP);
    /* the id that selects the type may stand behind the value */
    round_trip(&mini_field, "{\"value\":{\"misc\":1},\"criticality\":\"reject\",\"id\":1}",
               "{\"id\":1,\"criticality\":\"reject\",\"value\":{\"misc\":1}}");
}

static void members_of_groups_stand_in_the_parent(void **state)
{
    (void)state;
    const char *json = "{\"functionID\":1,\"definition\":\"\",\"revision\":3,\"oid\":\"1.2\",\"extra\":true,\"more\":null,"
                       "\"<addition 2>\":\"00\",\"<addition 7>\":\"01FF\"}";
    round_trip(&mini_item, json, json);
    struct run run;
    read(&run, &mini_item, json);
    assert_int_equal(run.tree.n_nodes, 9);
    assert_string_equal(run.tree.nodes[5].slot->name, "extra");
    assert_int_equal(run.tree.nodes[8].value.unknown->index, 7);
    assert_int_equal(run.tree.nodes[8].value.unknown->len, 2);
    assert_int_equal(run.tree.nodes[0].next, 9);
    end(&run);
}

static void values_of_nodes(void **state)
{
    (void)state;
    struct run run;
    read(&run, &mini_all,
         "{\"integer\":18446744073709551616,\"bits\":{\"value\":\"F8\",\"length\":5},\"bmp\":\"ab\","
         "\"list\":[1,2,3],\"real\":\"INF\"}");
    const struct rp_node *n = run.tree.nodes;
    assert_int_equal(n[1].len, 9);
    assert_memory_equal(n[1].value.octets, "\x01\0\0\0\0\0\0\0\0", 9);
    assert_true(isinf(n[2].value.real));
    assert_int_equal(n[3].len, 5);
    assert_int_equal(n[4].len, 2);
    assert_memory_equal(n[4].value.octets, "\0a\0b", 4);
    assert_int_equal(n[5].len, 3);
    assert_int_equal(n[5].next, 9);
    end(&run);
}

static const struct refusal {
    const struct rp_type *type;
    const char *json;
    enum rp_err err;
    const char *path, *text, *expected, *seen;
} refusals[] = {
    { &mini_all, "{\"boolean\":2}", RP_ETYPE, "All.boolean", "not a value of BOOLEAN", "true or false", "2" },
    { &mini_all, "{\"null\":false}", RP_ETYPE, "All.null", "not a value of NULL", "null", "false" },
    { &mini_all, "{\"integer\":1.5}", RP_ETYPE, "All.integer", "not a value of INTEGER", "an integer", "1.5" },
    { &mini_all, "{\"integer\":\"0x\"}", RP_ETYPE, "All.integer", "not a value of INTEGER", "an integer", "\"0x\"" },
    { &mini_all, "{\"enumerated\":\"exessive\"}", RP_ENAME, "All.enumerated",
      "ENUMERATED has no item \"exessive\"; did you mean excessive?", "not-supported, excessive, late", "\"exessive\"" },
    { &mini_all, "{\"enumerated\":2}", RP_ETYPE, "All.enumerated", "not a value of ENUMERATED", "not-supported, excessive, late",
      "2" },
    { &mini_all, "{\"real\":\"inf\"}", RP_ETYPE, "All.real", "not a value of REAL",
      "a number, \"-0\", \"INF\", \"-INF\" or \"NaN\"", "\"inf\"" },
    { &mini_all, "{\"oid\":\"1\"}", RP_ETYPE, "All.oid", "not a value of OBJECT IDENTIFIER",
      "numbers joined by dots, as \"1.3.6.1\"", "\"1\"" },
    { &mini_all, "{\"oid\":\"\"}", RP_ETYPE, "All.oid", "not a value of OBJECT IDENTIFIER",
      "numbers joined by dots, as \"1.3.6.1\"", "\"\"" },
    { &mini_all, "{\"bits\":{\"value\":\"A8\"}}", RP_ETYPE, "All.bits", "not a value of BIT STRING",
      "{\"value\": hex, \"length\": bits}", "an object of 1 members" },
    { &mini_all, "{\"bits\":{\"value\":\"A8\",\"length\":9}}", RP_ESIZE, "All.bits", "1 octets can't be 9 bits", "", "\"A8\"" },
    { &mini_all, "{\"bits\":{\"value\":\"\",\"length\":-1}}", RP_ESIZE, "All.bits", "0 octets can't be -1 bits", "", "\"\"" },
    { &mini_all, "{\"bits\":{\"value\":\"A9\",\"length\":5}}", RP_EFORM, "All.bits",
      "the last 3 bits are behind the length and not zero", "", "\"A9\"" },
    { &mini_all, "{\"bits\":{\"value\":\"A\",\"length\":4}}", RP_ETYPE, "All.bits", "not a value of BIT STRING",
      "whole octets in hex", "\"A\"" },
    { &mini_all, "{\"octets\":\"0g\"}", RP_ETYPE, "All.octets", "not a value of Definition, OCTET STRING", "whole octets in hex",
      "\"0g\"" },
    { &mini_all, "{\"octets\":{}}", RP_ETYPE, "All.octets", "not a value of Definition, OCTET STRING", "whole octets in hex",
      "an object of 0 members" },
    { &mini_all, "{\"printable\":\"\xe2\x82\xac\"}", RP_EALPHABET, "All.printable",
      "a PrintableString can't hold the character U+20AC", "", "" },
    { &mini_all, "{\"bmp\":\"\\ud83d\\ude00\"}", RP_EALPHABET, "All.bmp", "a BMPString can't hold the character U+1F600", "",
      "" },
    { &mini_all, "{\"utf8\":[]}", RP_ETYPE, "All.utf8", "not a value of UTF8String", "text", "an array of 0 elements" },
    { &mini_all, "{\"list\":[1,2,\"x\"]}", RP_ETYPE, "All.list[2]", "not a value of INTEGER", "an integer", "\"x\"" },
    { &mini_all, "{\"list\":{}}", RP_ETYPE, "All.list", "not a value of SEQUENCE OF", "an array", "an object of 0 members" },
    { &mini_all, "{\"choice\":{\"ricservice\":\"late\"}}", RP_ENAME, "All.choice",
      "Cause has no alternative \"ricservice\"; did you mean ricService?", "ricService, misc", "\"ricservice\"" },
    { &mini_all, "{\"choice\":{\"misc\":1,\"ricService\":\"late\"}}", RP_ETYPE, "All.choice", "not a value of Cause, CHOICE",
      "an object with one alternative", "an object of 2 members" },
    { &mini_all, "{\"choice\":{\"<alternative -2>\":\"\"}}", RP_ENAME, "All.choice",
      "Cause has no alternative \"<alternative -2>\"", "ricService, misc", "\"<alternative -2>\"" },
    { &mini_all, "{\"enumerated\":\"<extension 1>x\"}", RP_ENAME, "All.enumerated", "ENUMERATED has no item \"<extension 1>x\"",
      "not-supported, excessive, late", "\"<extension 1>x\"" },
    { &mini_item, "{\"functionID\":1,\"definition\":\"\",\"<addition 2>\":5}", RP_ETYPE, "Function-Item.<addition 0>",
      "no type is known here", "its octets in hex", "5" },
    { &mini_all, "[]", RP_ETYPE, "All", "not a value of All, SEQUENCE", "an object", "an array of 0 elements" },
    { &mini_item, "{\"functionID\":1,\"definition\":\"\",\"Revision\":1}", RP_ENAME, "Function-Item",
      "Function-Item has no component \"Revision\"; did you mean revision?",
      "functionID, definition, revision, instance, oid, extra, more", "\"Revision\"" },
    { &mini_item, "{\"functionID\":1}", RP_EMISSING, "Function-Item.definition", "mandatory component \"definition\" is missing",
      "", "" },
    { &mini_item, "{\"functionID\":1,\"definition\":\"\",\"more\":null}", RP_EMISSING, "Function-Item.extra",
      "mandatory component \"extra\" is missing", "", "" },
    { &mini_item, "{\"functionID\":1,\"definition\":\"\",\"<addition 4>\":\"\",\"<addition 3>\":\"\"}", RP_EORDER,
      "Function-Item", "\"<addition 3>\" stands behind an addition of a higher number", "", "" },
    { &mini_request, "{\"requestorID\":1,\"instanceID\":1,\"<addition 0>\":\"\"}", RP_ENAME, "RequestID",
      "RequestID has no component \"<addition 0>\"", "requestorID, instanceID", "\"<addition 0>\"" },
    { &mini_pdu,
      "{\"initiatingMessage\":{\"procedureCode\":1,\"criticality\":\"reject\",\"value\":{\"protocolIEs\":["
      "{\"id\":10,\"criticality\":\"reject\",\"value\":[{\"id\":8,\"criticality\":\"ignore\",\"value\":"
      "{\"functionID\":\"two\",\"definition\":\"\"}}]}]}}}",
      RP_ETYPE, "SetupRequest.FunctionsAdded[0].functionID", "not a value of INTEGER", "an integer", "\"two\"" },
    { &mini_pdu,
      "{\"initiatingMessage\":{\"procedureCode\":1,\"criticality\":\"reject\",\"value\":{\"protocolIEs\":["
      "{\"id\":11,\"criticality\":\"reject\",\"value\":{}}]}}}",
      RP_EUNKNOWN, "SetupRequest.IE 11", "id 11 selects no type in SetupRequest-IEs", "its octets in hex",
      "an object of 0 members" },
    { &mini_pdu, "{\"initiatingMessage\":{\"procedureCode\":9,\"criticality\":\"reject\",\"value\":[]}}", RP_EUNKNOWN,
      "Mini-PDU.initiatingMessage.value", "procedureCode 9 selects no type in PROCEDURES", "its octets in hex",
      "an array of 0 elements" },
};

static void refusals_say_where_and_why(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        const struct refusal *row = &refusals[i];
        struct run run;
        read(&run, row->type, row->json);
        if (!run.diags.first)
            fail_msg("%s was read", row->json);
        assert_int_equal(run.tree.n_nodes, 0);
        assert_string_equal(run.diags.first->text, row->text);
        assert_string_equal(run.diags.first->path, row->path);
        assert_string_equal(run.diags.first->expected, row->expected);
        assert_string_equal(run.diags.first->seen, row->seen);
        assert_int_equal(run.diags.first->err, row->err);
        assert_int_equal(run.diags.first->bit, RP_NO_BIT);
        assert_int_equal(run.diags.count, 1);
        end(&run);
    }
}

static void several_mistakes_are_all_told(void **state)
{
    (void)state;
    struct run run;
    read(&run, &mini_all, "{\"boolean\":\"no\",\"integer\":2,\"real\":\"x\",\"reel\":1}");
    assert_int_equal(run.diags.count, 3);
    assert_string_equal(run.diags.last->text, "All has no component \"reel\"; did you mean real?");
    end(&run);
}

static void text_that_is_no_json(void **state)
{
    (void)state;
    static const struct {
        const char *json, *text;
        uint32_t line, column;
    } rows[] = {
        { "{\"boolean\":true,\n \"boolean\":true}", "duplicate object key", 2, 11 },
        { "{\"boolean\":true} x", "end of file expected", 1, 18 },
        { "{\"boolean\":", "unexpected token", 1, 11 },
        { "", "unexpected token", 1, 0 },
        { "{\"utf8\":\"\xff\"}", "unable to decode byte 0xff", 1, 9 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct run run;
        read(&run, &mini_all, rows[i].json);
        assert_int_equal(run.tree.n_nodes, 0);
        assert_int_equal(run.diags.count, 1);
        if (!strstr(run.diags.first->text, rows[i].text) && rows[i].json[0])
            fail_msg("%s: %s", rows[i].json, run.diags.first->text);
        assert_int_equal(run.diags.first->err, RP_ESYNTAX);
        assert_int_equal(run.diags.first->line, rows[i].line);
        assert_non_null(strstr(run.diags.first->text, "not JSON: "));
        end(&run);
    }
}

/* Deep ::= CHOICE { down Deep, end NULL } */
extern const struct rp_type deep_choice;
static const struct rp_slot deep_slots[] = { SLOT(0, "down", deep_choice), SLOT(1, "end", mini_null) };
const struct rp_type deep_choice = {
    .kind = RP_CHOICE, .name = "Deep", .keyword = "CHOICE", .slots = deep_slots, .n_slots = 2, .n_root = 2, SELF(deep_choice)
};

static void depth_is_limited(void **state)
{
    (void)state;
    for (int depth = 126; depth <= 128; depth++) {
        char json[4096];
        struct rp_text text = { .chars = json, .cap = sizeof json };
        for (int i = 0; i < depth; i++)
            rp_text_puts(&text, "{\"down\":");
        rp_text_puts(&text, "{\"end\":null}");
        for (int i = 0; i < depth; i++)
            rp_text_puts(&text, "}");
        struct run run;
        read(&run, &deep_choice, json);
        bool fits = depth + 2 <= RP_JSON_MAX_DEPTH; /* the choices and the NULL */
        assert_int_equal(run.diags.count, fits ? 0 : 1);
        if (!fits)
            assert_string_equal(run.diags.first->text, "nested deeper than 128");
        assert_int_equal(run.tree.n_nodes, fits ? (uint32_t)depth + 2 : 0);
        end(&run);
    }
}

static bool make_octets(void *context, const struct rp_json_inner *inner, const uint8_t **octets, size_t *len,
                        struct rp_diags *diags)
{
    *(const char **)context =
        rp_arena_printf(inner->arena, "%s %s %.*s", inner->slot->name, inner->path, (int)inner->len, inner->text);
    if (strcmp(inner->text, "[1]") != 0) {
        rp_diag_add(diags, RP_TRANSFER, RP_ETYPE, "only [1] will do");
        return false;
    }
    *octets = (const uint8_t *)"\x01\x02";
    *len = 2;
    return true;
}

static void a_hook_makes_octets_of_other_json(void **state)
{
    (void)state;
    static const char *const rows[] = { "{\"functionID\":1,\"definition\":[1]}",
                                        "{\"functionID\":1,\"definition\":{\"a\": [1]}}" };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *called = NULL;
        struct rp_json_read_options options = { make_octets, &called };
        struct run run = { .diags.arena = &run.arena };
        run.tree = rp_json_read_with(&mini_item, rows[i], strlen(rows[i]), &options, &run.arena, &run.diags);
        assert_string_equal(called,
                            i ? "definition Function-Item.definition {\"a\":[1]}" : "definition Function-Item.definition [1]");
        assert_int_equal(run.tree.n_nodes, i ? 0 : 3);
        assert_int_equal(run.diags.count, i);
        if (i == 0)
            assert_memory_equal(run.tree.nodes[2].value.octets, "\x01\x02", 2);
        end(&run);
    }
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    static const char everything[] = "{\"integer\":18446744073709551616,\"oid\":\"1.2\",\"bits\":\"FF\",\"bmp\":\"ab\","
                                     "\"utf8\":\"x\",\"choice\":{\"<alternative 2>\":\"0102\"},\"list\":[1,2,3]}";
    for (int round = 0; round < 2; round++)
        for (long n = 0;; n++) {
            struct run run = { .arena.limit = 1 << 20, .diags.arena = &run.arena };
            rp_arena_fail_after(n);
            const char *json = round ? everything : MINI_SETUP;
            run.tree = rp_json_read(round ? &mini_all : &mini_pdu, json, strlen(json), &run.arena, &run.diags);
            rp_arena_fail_after(-1);
            assert_true(run.tree.n_nodes || run.diags.worst == RP_TRANSFER);
            bool done = run.tree.n_nodes > 0;
            end(&run);
            if (done)
                break;
        }
    /* and with an arena of every size up to what is needed */
    for (size_t limit = 16;; limit += 16) {
        struct run run = { .arena.limit = limit, .diags.arena = &run.arena };
        run.tree = rp_json_read(&mini_all, everything, sizeof everything - 1, &run.arena, &run.diags);
        assert_true(run.tree.n_nodes || run.diags.worst == RP_TRANSFER);
        bool done = run.tree.n_nodes > 0;
        end(&run);
        if (done)
            break;
    }
}

static void every_cut_is_refused(void **state)
{
    (void)state;
    for (size_t len = 0; len < sizeof MINI_SETUP - 1; len++) {
        struct run run = { .diags.arena = &run.arena };
        uint8_t *text = rp_guarded(MINI_SETUP, len);
        run.tree = rp_json_read(&mini_pdu, (const char *)text, len, &run.arena, &run.diags);
        assert_int_equal(run.tree.n_nodes, 0);
        assert_int_equal(run.diags.first->err, RP_ESYNTAX);
        rp_guarded_free(text, len);
        end(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_goes_round),
        cmocka_unit_test(pdu_goes_round),
        cmocka_unit_test(members_of_groups_stand_in_the_parent),
        cmocka_unit_test(values_of_nodes),
        cmocka_unit_test(refusals_say_where_and_why),
        cmocka_unit_test(several_mistakes_are_all_told),
        cmocka_unit_test(text_that_is_no_json),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(a_hook_makes_octets_of_other_json),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(every_cut_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
