/* Every shipped rule loads; a wrong rule file says where and why, with the name that was meant. */
#include "tools/test_support.h"

#include <string.h>

#include "harness/script/rules.h"

static struct rp_registry *registry;

static int set_up(void **state)
{
    (void)state;
    registry = rp_registry_new();
    return registry ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    rp_registry_free(registry);
    return 0;
}

static void shipped_rules_load(void **state)
{
    (void)state;
    struct rp_rules *rules = rp_rules_new(NULL, 0, registry, 0.2);
    assert_non_null(rules);
    const struct rp_verdicts *verdicts = rp_rules_verdicts(rules);
    size_t wrong = 0;
    for (size_t i = 0; i < verdicts->n; i++) {
        const struct rp_rule_result *result = &verdicts->results[i];
        if (result->verdict == RP_ERROR)
            print_message("%s\n", result->why);
        wrong += result->verdict == RP_ERROR;
        if (result->verdict != RP_ERROR)
            assert_string_equal(result->why, "not exercised: no E2AP in the capture");
    }
    print_message("%zu rules\n", verdicts->n);
    assert_int_equal(wrong, 0);
    assert_true(verdicts->n >= 40);
    rp_rules_free(rules);
}

#define HEAD  "return rule {\n  id = 'E2-TEST-R01', title = 'A claim is made',\n  spec = { 'E2AP v03.01 8.2' },\n"
#define BODY  "  on = 'RICindication',\n  open = function(r, m) end,\n}\n"
#define LEVEL "  level = 'must', judges = 'both',\n"

static const struct {
    const char *what, *text, *why;
} rows[] = {
    { "no Lua", "return rule {\n  id =\n}", "rules/x.lua:3: unexpected symbol near '}'" },
    { "no rule", "local a = 1", "rules/x.lua:1: it does not return a rule: return rule { id = ... }" },
    { "unknown key", HEAD LEVEL "  judge = 'ric',\n" BODY, "rules/x.lua:5: unknown key judge; did you mean judges?" },
    { "key missing", HEAD "  level = 'must',\n" BODY, "rules/x.lua:1: judges is missing" },
    { "form of the id", "return rule {\n  id = 'E2-1' }", "rules/x.lua:2: id: 'E2-1' does not have the form E2-AREA-Rnn" },
    { "title is a sentence", "return rule { id = 'E2-A-R01',\n\n  title = 'ppid' }",
      "rules/x.lua:3: title: a claim about the side judged expected, a sentence without a full stop" },
    { "level", HEAD "  level = 'shuold', judges = 'ric',\n" BODY,
      "rules/x.lua:4: level: unknown level 'shuold'; did you mean should?" },
    { "side", HEAD "  level = 'must', judges = 'node',\n" BODY,
      "rules/x.lua:4: judges: unknown side 'node'; e2node, ric or both expected" },
    { "message", HEAD LEVEL "  on = { 'RICindicaton' }, open = function() end }",
      "rules/x.lua:5: on: unknown message 'RICindicaton'; did you mean RICindication?" },
    { "event", HEAD LEVEL "  on = { '@findings' }, open = function() end }",
      "rules/x.lua:5: on: unknown event '@findings'; did you mean @finding?" },
    { "message twice", HEAD LEVEL "  on = { '@up', '@up' }, open = function() end }",
      "rules/x.lua:5: on: '@up' stands there twice" },
    { "nothing to listen to", HEAD LEVEL "  on = {}, open = function() end }", "rules/x.lua:5: on: it is empty" },
    { "open is no function", HEAD LEVEL "  on = '*',\n  open = 5 }", "rules/x.lua:6: open: a function expected, got number" },
    { "edition", HEAD LEVEL "  editions = { from = '02.01' },\n" BODY,
      "rules/x.lua:5: editions: unknown edition of E2AP '02.01'; did you mean 01.01?" },
    { "editions the wrong way round", HEAD LEVEL "  editions = { from = '03.01', to = '02.00' },\n" BODY,
      "rules/x.lua:5: editions: `from` is behind `to`" },
    { "grade", HEAD LEVEL "  on = '@finding', grade = 'canonic', open = function() end }",
      "rules/x.lua:5: grade: unknown grade 'canonic'; did you mean canonical?" },
    { "err", HEAD LEVEL "  on = '@finding', err = { 'EMISSNG' }, open = function() end }",
      "rules/x.lua:5: err: unknown err 'EMISSNG'; did you mean EMISSING?" },
    { "grade without findings", HEAD LEVEL "  grade = 'canonical',\n" BODY,
      "rules/x.lua:5: grade narrows @finding and @payload-finding, and `on` has neither" },
    { "unknown global", "local x = tabel.concat({})\n" HEAD LEVEL BODY,
      "rules/x.lua:1: unknown global tabel; did you mean table?" },
    { "global assigned", "\ncount = 1\n" HEAD LEVEL BODY, "rules/x.lua:2: assignment to the global count; write local count" },
    { "library not open", "local f = io.open('x')\n" HEAD LEVEL BODY, "rules/x.lua:1: unknown global io" },
    { "what lib lacks", "local f = lib.no_such_helper\n" HEAD LEVEL BODY, "rules/x.lua:1: lib has no no_such_helper" },
    { "lib assigned", "lib.x = 1\n" HEAD LEVEL BODY, "rules/x.lua:1: lib can't be assigned to" },
    { "endless", "while true do end\n" HEAD LEVEL BODY,
      "rules/x.lua:1: it does not end: more than a million rounds of a loop in one call" },
    { "too large", "local t = {}\nfor i = 1, 40 do t[i] = ('x'):rep(1 << i) end\n" HEAD LEVEL BODY, "not enough memory" },
};

static void wrong_rules_say_why(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        print_message("%s\n", rows[i].what);
        struct rp_rule_source source = { "rules/x.lua", rows[i].text, strlen(rows[i].text) };
        struct rp_rules *rules = rp_rules_new(&source, 1, registry, 0);
        assert_non_null(rules);
        const struct rp_verdicts *verdicts = rp_rules_verdicts(rules);
        assert_int_equal(verdicts->n, 1);
        assert_string_equal(verdicts->results[0].why, rows[i].why);
        assert_int_equal(verdicts->results[0].verdict, RP_ERROR);
        rp_rules_free(rules);
    }
}

static void ids_are_unique(void **state)
{
    (void)state;
    static const char text[] = HEAD LEVEL BODY;
    const struct rp_rule_source sources[] = { { "rules/a.lua", text, sizeof text - 1 },
                                              { "rules/b.lua", text, sizeof text - 1 } };
    struct rp_rules *rules = rp_rules_new(sources, 2, registry, 0);
    assert_non_null(rules);
    const struct rp_verdicts *verdicts = rp_rules_verdicts(rules);
    assert_int_equal(verdicts->n, 2);
    assert_int_equal(verdicts->results[0].verdict, RP_SKIP);
    assert_int_equal(verdicts->results[1].verdict, RP_ERROR);
    assert_string_equal(verdicts->results[1].why, "rules/b.lua:1: the id E2-TEST-R01 is taken by rules/a.lua");
    rp_rules_free(rules);
}

static void metadata_reaches_the_result(void **state)
{
    (void)state;
    static const char text[] =
        "return rule { id = 'E2-TEST-R02', title = 'A claim is made', advice = 'Look there.',\n"
        "  spec = { 'E2AP v03.01 8.2', 'E2AP-R001' }, level = 'should', judges = 'ric', on = '*', open = function() end }";
    const struct rp_rule_source source = { "rules/a.lua", text, sizeof text - 1 };
    struct rp_rules *rules = rp_rules_new(&source, 1, registry, 0);
    assert_non_null(rules);
    const struct rp_rule_result *result = &rp_rules_verdicts(rules)->results[0];
    assert_string_equal(result->why, "not exercised: no E2AP in the capture");
    assert_string_equal(result->id, "E2-TEST-R02");
    assert_string_equal(result->title, "A claim is made");
    assert_string_equal(result->advice, "Look there.");
    assert_string_equal(result->level, "should");
    assert_string_equal(result->judges, "ric");
    assert_string_equal(result->file, "rules/a.lua");
    assert_int_equal(result->n_spec, 2);
    assert_string_equal(result->spec[1], "E2AP-R001");
    rp_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_rules_load),
        cmocka_unit_test(wrong_rules_say_why),
        cmocka_unit_test(ids_are_unique),
        cmocka_unit_test(metadata_reaches_the_result),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
