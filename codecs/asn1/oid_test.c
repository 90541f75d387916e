#include "codecs/asn1/oid.h"

#include <string.h>

#include "tools/test_support.h"

static const struct {
    const char *what;
    struct rp_oid oid;
    bool relative;
    const char *hex; /* NULL: no encoding */
} rows[] = {
    { "two arcs", { { 1, 3 }, 2 }, false, "2B" },
    { "the second arc of 2 has no end", { { 2, 999, 3 }, 3 }, false, "883703" },
    { "long arcs", { { 1, 2, 840, 113549 }, 4 }, false, "2A864886F70D" },
    { "the greatest arc", { { 0, 0, UINT64_MAX }, 3 }, false, "0081FFFFFFFFFFFFFFFF7F" },
    { "a second arc above 39", { { 1, 40 }, 2 }, false, NULL },
    { "a first arc above 2", { { 3, 1 }, 2 }, false, NULL },
    { "one arc", { { 1 }, 1 }, false, NULL },
    { "relative", { { 8571, 3, 2 }, 3 }, true, "C27B0302" },
};

static void arcs_and_octets_are_each_others_reverse(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t got[200], want[50];
        struct rp_oid back;
        size_t len = rp_oid_octets(&rows[i].oid, rows[i].relative, got);
        size_t want_len = rows[i].hex ? rp_unhex(rows[i].hex, want, sizeof want) : 0;
        if (len != want_len || memcmp(got, want, len) != 0)
            fail_msg("%s", rows[i].what);
        if (!len)
            continue;
        assert_true(rp_oid_from_octets(got, len, rows[i].relative, &back));
        assert_int_equal(back.n, rows[i].oid.n);
        assert_memory_equal(back.arcs, rows[i].oid.arcs, back.n * sizeof back.arcs[0]);
    }
}

static void too_many_arcs_are_refused(void **state)
{
    (void)state;
    uint8_t octets[200] = { 0 };
    struct rp_oid oid;
    assert_true(rp_oid_from_octets(octets, RP_OID_MAX_ARCS - 2, false, &oid));
    assert_false(rp_oid_from_octets(octets, sizeof octets, false, &oid));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arcs_and_octets_are_each_others_reverse),
        cmocka_unit_test(too_many_arcs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
