/* Want of memory at any point is an error of the rules, or no engine: never a crash. */
#include "tools/test_support.h"

#include <string.h>

#include "harness/script/engine.h"
#include "harness/script/scripted.h"

static struct rp_registry *registry;

static const char rule_text[] =
    "return rule { id = 'E2-TEST-R01', title = 'A claim is made', spec = { 'S 1' }, level = 'must', judges = 'both',\n"
    "  on = { '*', '@link', '@end', '@payload' },\n"
    "  open = function(r, m)\n"
    "    local s = r:state(m)\n"
    "    s[#s + 1] = { m.name, m:key('TransactionID'), m:get('GlobalE2node-ID'), ('x'):rep(100 * #s) }\n"
    "    r:pending(#s, m, { within = 1, value = s })\n"
    "    if m.name then r:finding(m, 'finding ' .. #s, { seen = m.octets }) end\n"
    "    for i, item in m:each('RANfunctionsAdded') do r:remark(item, 'item', { seen = item.path }) end\n"
    "  end }";

#define REQUEST                                                                                                                  \
    "{\"message\":{\"initiatingMessage\":{\"procedureCode\":1,\"criticality\":\"reject\",\"value\":{\"protocolIEs\":["           \
    "{\"id\":49,\"criticality\":\"reject\",\"value\":1},"                                                                        \
    "{\"id\":10,\"criticality\":\"reject\",\"value\":[{\"id\":8,\"criticality\":\"ignore\",\"value\":{\"ranFunctionID\":2,"      \
    "\"ranFunctionDefinition\":\"00\",\"ranFunctionRevision\":1,\"ranFunctionOID\":\"1.3.6.1.4.1.53148.1.2.2.2\"}}]}]}}}}\n"

static const char lines[] = "{\"event\":\"up\"}\n" REQUEST REQUEST REQUEST "{\"event\":\"abort\"}\n{\"event\":\"gone\"}\n";

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

static struct rp_rules *load(void)
{
    const struct rp_rule_source source = { "rules/x.lua", rule_text, sizeof rule_text - 1 };
    return rp_rules_new(&source, 1, registry, 0);
}

static enum rp_verdict play(struct rp_rules *rules)
{
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    assert_true(rp_scripted_play(lines, sizeof lines - 1, registry, rules, &diags));
    rp_arena_free(&arena);
    return rp_rules_verdicts(rules)->results[0].verdict;
}

static void enough(void **state)
{
    (void)state;
    struct rp_rules *rules = load();
    assert_non_null(rules);
    assert_int_equal(play(rules), RP_FAIL);
    rp_rules_free(rules);
}

/* Lua is refused what it asks for beyond k more octets: the rule is an error, or all went well. */
static void lua_runs_out(void **state)
{
    (void)state;
    size_t errors = 0;
    for (size_t k = 0; k < 40000; k += 97) {
        struct rp_rules *rules = load();
        assert_non_null(rules);
        lua_gc(rules->lua, LUA_GCCOLLECT);
        rules->box.limit = rules->box.used + k;
        enum rp_verdict verdict = play(rules);
        errors += verdict == RP_ERROR;
        if (verdict == RP_ERROR)
            assert_non_null(strstr(rp_rules_verdicts(rules)->results[0].why, "memory"));
        else
            assert_int_equal(verdict, RP_FAIL);
        rp_rules_free(rules);
    }
    print_message("%zu errors\n", errors);
    assert_true(errors > 10);
}

/* The n-th system allocation of an arena fails while the rules are loaded. */
static void loading_runs_out(void **state)
{
    (void)state;
    bool loaded = false;
    for (long n = 0; n < 1000 && !loaded; n++) {
        rp_arena_fail_after(n);
        struct rp_rules *rules = load();
        rp_arena_fail_after(-1);
        loaded = rules && rp_rules_verdicts(rules)->results[0].verdict == RP_SKIP;
        rp_rules_free(rules);
    }
    assert_true(loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(enough), cmocka_unit_test(lua_runs_out),
                                        cmocka_unit_test(loading_runs_out) };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
