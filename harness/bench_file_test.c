#include "harness/bench_file.h"

#include <string.h>

#include "tools/test_support.h"

static bool read_text(const char *text, struct rp_arena *arena, struct rp_bench_file *bench, struct rp_diags *diags)
{
    struct rp_registry *registry = rp_registry_new();
    assert_non_null(registry);
    *diags = (struct rp_diags){ .arena = arena };
    bool good = rp_bench_file_read("acme.lua", text, strlen(text), registry, arena, bench, diags);
    rp_registry_free(registry);
    return good;
}

static void a_declaration(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_bench_file bench;
    struct rp_diags diags;
    assert_true(
        read_text("return { dut = { role = 'e2node', vendor = 'Acme', model = 'gNB-DU 5', software = '24.11', e2ap = 'v03' },\n"
                  "  features = { ['e2sm-kpm'] = '03.00', ['e2sm-rc'] = 'v01', reset = true, ['e2-removal'] = false },\n"
                  "  links = { e2 = { listen = '10.0.7.1:36421', stack = 'auto' } }, slack = 0.2 }",
                  &arena, &bench, &diags));
    assert_string_equal(bench.e2ap, "e2ap-03.01");
    assert_int_equal(bench.n_sm, 2);
    bool kpm_first = !strcmp(bench.sm[0], "e2sm-kpm-03.00");
    assert_string_equal(bench.sm[kpm_first ? 0 : 1], "e2sm-kpm-03.00");
    assert_string_equal(bench.sm[kpm_first ? 1 : 0], "e2sm-rc-01.03");
    assert_true(bench.has_slack && bench.slack > 0.19 && bench.slack < 0.21);
    rp_arena_free(&arena);
}

static void what_is_wrong_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "return { dut = { e2ap = 'v99' } }", "there is no edition 'v99' of e2ap" },
        { "return { dut = { e2ap = 'e2ap-03.02' } }", "did you mean e2ap-0" },
        { "return { slak = 1 }", "the bench has no key 'slak'; did you mean slack?" },
        { "return { dut = { vendr = 'x' } }", "dut has no key 'vendr'; did you mean vendor?" },
        { "return { features = { ['e2sm-kpn'] = true } }", "features has no key 'e2sm-kpn'; did you mean e2sm-kpm?" },
        { "return { features = { ['e2sm-kpm'] = 3 } }", "e2sm-kpm is a number; a string or boolean is wanted" },
        { "return { slack = -1 }", "slack is seconds from 0 to 3600" },
        { "return { slack = '1' }", "slack is a string; a number is wanted" },
        { "return { dut = 5 }", "dut is a number; a table is wanted" },
        { "return { 5 }", "the bench has a key that is not a name" },
        { "return 5", "a bench file returns a table" },
        { "return {", "acme.lua:1:" },
        { "os.exit(1)", "os" },
        { "while true do end", "does not come to an end" },
        { "local t = {} for i = 1, 1e9 do t[i] = i end", "" }, /* memory or instructions, whichever is first */
        { "\x1bLua", "binary chunk" },                         /* no precompiled code */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct rp_arena arena = { 0 };
        struct rp_bench_file bench;
        struct rp_diags diags;
        if (read_text(rows[i].text, &arena, &bench, &diags))
            fail_msg("%s was taken", rows[i].text);
        assert_non_null(diags.first);
        assert_string_equal(diags.first->file, "acme.lua");
        if (!strstr(diags.first->text, rows[i].want))
            fail_msg("%s: %s", rows[i].text, diags.first->text);
        rp_arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_declaration), cmocka_unit_test(what_is_wrong_is_told) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
