#include "tools/test_support.h"

#include "harness/verdict/verdict.h"

enum { MOST = 4 };

static const struct {
    const char *what;
    enum rp_verdict verdicts[MOST];
    size_t n;
    int status, strict_status;
} rows[] = {
    { "nothing", { RP_SKIP }, 0, 0, 0 },
    { "all kept or not met", { RP_PASS, RP_SKIP }, 2, 0, 0 },
    { "a warning counts when strict", { RP_PASS, RP_WARN }, 2, 0, 1 },
    { "inconclusive", { RP_INCONCLUSIVE, RP_PASS }, 2, 2, 2 },
    { "an error of a rule", { RP_PASS, RP_ERROR }, 2, 2, 2 },
    { "a fail outweighs an error", { RP_ERROR, RP_FAIL, RP_INCONCLUSIVE }, 3, 1, 1 },
    { "a strict warning outweighs an error", { RP_ERROR, RP_WARN }, 2, 2, 1 },
};

static void exit_status(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct rp_rule_result results[MOST] = { 0 };
        for (size_t k = 0; k < rows[i].n; k++)
            results[k].verdict = rows[i].verdicts[k];
        struct rp_verdicts verdicts = { results, rows[i].n };
        print_message("%s\n", rows[i].what);
        assert_int_equal(rp_verdicts_exit_status(&verdicts, 0), rows[i].status);
        assert_int_equal(rp_verdicts_exit_status(&verdicts, 1), rows[i].strict_status);
    }
}

static void names(void **state)
{
    (void)state;
    assert_string_equal(rp_verdict_name(RP_SKIP), "skip");
    assert_string_equal(rp_verdict_name(RP_WARN), "warning");
    assert_string_equal(rp_verdict_name(RP_ERROR), "error");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(exit_status), cmocka_unit_test(names) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
