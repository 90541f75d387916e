#include "codecs/asn1/ranges.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/test_support.h"

/* "1..3 5 9..MAX" */
static struct rp_ranges parse(struct rp_asn1 *c, const char *text)
{
    struct rp_ranges all = { .spans = NULL };
    while (*text) {
        char *end;
        rp_wide lo = strncmp(text, "MIN", 3) == 0 ? RP_NO_LO : strtol(text, &end, 10), hi = lo;
        text = lo == RP_NO_LO ? text + 3 : end;
        if (*text == '.') {
            text += 2;
            hi = strncmp(text, "MAX", 3) == 0 ? RP_NO_HI : strtol(text, &end, 10);
            text = hi == RP_NO_HI ? text + 3 : end;
        }
        all = rp_ranges_union(c, all, rp_ranges_one(c, lo, hi));
        text += *text == ' ';
    }
    return all;
}

static const struct {
    const char *a, *b, *both, *common, *without;
} rows[] = {
    { "1..3", "5..7", "1..3 5..7", "", "1..3" },
    { "1..3", "4..7", "1..7", "", "1..3" },
    { "1..5", "3..7", "1..7", "3..5", "1..2" },
    { "1..9", "4..5", "1..9", "4..5", "1..3 6..9" },
    { "1..3 7..9", "2..8", "1..9", "2..3 7..8", "1 9" },
    { "MIN..5", "3..MAX", "MIN..MAX", "3..5", "MIN..2" },
    { "MIN..MAX", "0", "MIN..MAX", "0", "MIN..-1 1..MAX" },
    { "", "1..2", "1..2", "", "" },
    { "1 3 5 7", "2 4 6", "1..7", "", "1 3 5 7" },
    { "1 3 5 7", "1..7", "1..7", "1 3 5 7", "" },
};

static void sets_of_ranges_combine(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct rp_arena arena = { 0 };
        struct rp_asn1 c = { .arena = &arena, .scratch = &arena };
        struct rp_ranges a = parse(&c, rows[i].a), b = parse(&c, rows[i].b);
        bool fine = rp_ranges_equal(rp_ranges_union(&c, a, b), parse(&c, rows[i].both)) &&
                    rp_ranges_equal(rp_ranges_union(&c, b, a), parse(&c, rows[i].both)) &&
                    rp_ranges_equal(rp_ranges_intersection(&c, a, b), parse(&c, rows[i].common)) &&
                    rp_ranges_equal(rp_ranges_intersection(&c, b, a), parse(&c, rows[i].common)) &&
                    rp_ranges_equal(rp_ranges_except(&c, a, b), parse(&c, rows[i].without));
        if (!fine)
            fail_msg("%s and %s", rows[i].a, rows[i].b);
        rp_arena_free(&arena);
    }
}

static void a_refused_allocation_goes_through(void **state)
{
    (void)state;
    struct rp_arena arena = { .limit = 1 };
    struct rp_asn1 c = { .arena = &arena, .scratch = &arena };
    struct rp_ranges one = rp_ranges_one(&c, 1, 2);
    assert_true(one.failed);
    assert_true(c.no_memory);
    assert_true(rp_ranges_union(&c, rp_ranges_all(), one).failed);
    assert_true(rp_ranges_intersection(&c, rp_ranges_all(), one).failed);
    assert_true(rp_ranges_except(&c, one, rp_ranges_all()).failed);
    assert_false(rp_ranges_equal(one, one));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_of_ranges_combine),
        cmocka_unit_test(a_refused_allocation_goes_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
