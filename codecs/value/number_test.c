#include "codecs/value/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/test_support.h"

static void integers_both_ways(void **state)
{
    (void)state;
    static const struct {
        const char *hex, *text;
    } rows[] = {
        { "00", "0" },
        { "7F", "127" },
        { "0080", "128" },
        { "80", "-128" },
        { "FF", "-1" },
        { "FF7F", "-129" },
        { "7FFFFFFFFFFFFFFF", "9223372036854775807" },
        { "00FFFFFFFFFFFFFFFF", "18446744073709551615" },
        { "FF0000000000000000", "-18446744073709551616" },
        { "0100000000000000000000000000000000", "340282366920938463463374607431768211456" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t octets[64], back[RP_BIG_OCTETS];
        char text[RP_BIG_DIGITS];
        size_t len = rp_unhex(rows[i].hex, octets, sizeof octets);
        assert_int_equal(rp_integer_text(octets, len, text), strlen(rows[i].text));
        assert_string_equal(text, rows[i].text);
        assert_int_equal(rp_integer_parse(text, strlen(text), back), len);
        assert_memory_equal(back, octets, len);
    }
}

static void integers_of_the_largest_size(void **state)
{
    (void)state;
    uint8_t octets[RP_BIG_OCTETS + 1], back[RP_BIG_OCTETS];
    char text[RP_BIG_DIGITS];
    memset(octets, 0xff, sizeof octets);
    octets[0] = 0x7f;
    size_t n = rp_integer_text(octets, RP_BIG_OCTETS, text);
    assert_int_equal(n, 154);
    assert_int_equal(rp_integer_text(octets, RP_BIG_OCTETS + 1, text), 0);
    assert_int_equal(rp_integer_parse(text, n, back), RP_BIG_OCTETS);
    assert_memory_equal(back, octets, RP_BIG_OCTETS);
    octets[0] = 0x80;
    n = rp_integer_text(octets, RP_BIG_OCTETS, text);
    assert_int_equal(text[0], '-');
    assert_int_equal(rp_integer_parse(text, n, back), RP_BIG_OCTETS);
    assert_memory_equal(back, octets, RP_BIG_OCTETS);
    assert_int_equal(rp_integer_parse(text + 1, n - 1, back), RP_BIG_OCTETS);
    memset(octets, 0, sizeof octets);
    octets[0] = 0x80;
    n = rp_integer_text(octets, RP_BIG_OCTETS, text);
    assert_int_equal(rp_integer_parse(text, n, back), RP_BIG_OCTETS);
    assert_int_equal(rp_integer_parse(text + 1, n - 1, back), 0); /* 2^511 has no room for its sign */
}

static void octets_that_only_repeat_the_sign(void **state)
{
    (void)state;
    static const struct {
        const char *hex;
        size_t left;
        int64_t value;
    } rows[] = {
        { "00", 1, 0 },
        { "0000", 1, 0 },
        { "0080", 2, 128 },
        { "FFFFFF80", 1, -128 },
        { "FF7F", 2, -129 },
        { "000000000000000000007FFFFFFFFFFFFFFF", 8, INT64_MAX },
        { "FFFFFFFF8000000000000000", 8, INT64_MIN },
        { "00008000000000000000", 9, 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t octets[32];
        const uint8_t *at = octets;
        int64_t value;
        size_t len = rp_unhex(rows[i].hex, octets, sizeof octets);
        assert_int_equal(rp_integer_trim(&at, len, &value), rows[i].left);
        assert_ptr_equal(at, octets + len - rows[i].left);
        assert_true(value == rows[i].value);
    }
}

static void texts_that_are_no_integer(void **state)
{
    (void)state;
    static const char *const rows[] = { "", "-", "1a", "+1", " 1", "1.0", "--1" };
    uint8_t octets[RP_BIG_OCTETS];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(rp_integer_parse(rows[i], strlen(rows[i]), octets), 0);
    char nines[200];
    memset(nines, '9', sizeof nines);
    assert_int_equal(rp_integer_parse(nines, 156, octets), 0);
    assert_int_equal(rp_integer_parse(nines, sizeof nines, octets), 0);
}

static void oids_both_ways(void **state)
{
    (void)state;
    static const struct {
        const char *hex, *text;
        bool relative;
    } rows[] = {
        { "2B06010401839F1C01020202", "1.3.6.1.4.1.53148.1.2.2.2", false },
        { "00", "0.0", false },
        { "27", "0.39", false },
        { "28", "1.0", false },
        { "4F", "1.39", false },
        { "50", "2.0", false },
        { "8837", "2.999", false },
        { "08837F", "8.511", true },
        { "2AA0C4A8D48AFBB3D89ED6F5D7B6EBAEDDBA5D", NULL, false },
        { "6983E2D7DCCBF4D9E2B7FCF79D8CB7A6F9DAF0A5", NULL, false },
        { "2B81FFFFFFFFFFFFFFFF7F", "1.3.18446744073709551615", false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t octets[64], back[64];
        char text[300];
        size_t len = rp_unhex(rows[i].hex, octets, sizeof octets);
        size_t n = rp_ber_oid_text(octets, len, rows[i].relative, text, sizeof text);
        if (!rows[i].text) {
            octets[len - 1] &= 0x7f;
            n = rp_ber_oid_text(octets, len, rows[i].relative, text, sizeof text);
        } else {
            assert_string_equal(text, rows[i].text);
        }
        assert_int_equal(n, strlen(text));
        assert_int_equal(rp_ber_oid_parse(text, n, rows[i].relative, back, sizeof back), len);
        assert_memory_equal(back, octets, len);
    }
}

static void malformed_oids(void **state)
{
    (void)state;
    static const struct {
        const char *what, *hex;
    } rows[] = {
        { "no octets", "" },
        { "the last subidentifier is cut", "2B86" },
        { "a leading zero", "2B8001" },
        { "a leading zero in the first", "8001" },
        { "a first subidentifier over 63 bits", "FFFFFFFFFFFFFFFFFF7F" },
    };
    char text[300];
    uint8_t octets[64];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(rp_ber_oid_text(octets, rp_unhex(rows[i].hex, octets, sizeof octets), false, text, sizeof text), 0);
    size_t len = rp_unhex("2B06", octets, sizeof octets);
    assert_int_equal(rp_ber_oid_text(octets, len, false, text, 5), 0);
    assert_int_equal(rp_ber_oid_text(octets, len, false, text, 6), 5);
}

static void texts_that_are_no_oid(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "", "1", "1.", "3.1", "0.40", "1.2.", "1..2", ".1.2", "1.2.x", "-1.2", "1.2 ", "1.2.3.", "2.99999999999999999999"
    };
    uint8_t octets[64];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(rp_ber_oid_parse(rows[i], strlen(rows[i]), false, octets, sizeof octets), 0);
    assert_int_equal(rp_ber_oid_parse("1.3.6", 5, false, octets, 1), 0);
    assert_int_equal(rp_ber_oid_parse("1.3.6", 5, false, octets, 2), 2);
}

static void reals(void **state)
{
    (void)state;
    static const struct {
        double real;
        const char *text;
    } rows[] = {
        { 0.0, "0" },
        { -0.0, "-0" },
        { INFINITY, "INF" },
        { -INFINITY, "-INF" },
        { NAN, "NaN" },
        { 1.0, "1" },
        { 0.1, "0.1" },
        { 255, "255" },
        { 1.0 / 3, "0.3333333333333333" },
        { 1e22, "1e+22" },
        { 5e-324, "4.94065645841247e-324" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[RP_REAL_CHARS];
        size_t n = rp_real_text(rows[i].real, text);
        assert_string_equal(text, rows[i].text);
        assert_int_equal(n, strlen(text));
        double back = strtod(text, NULL);
        assert_true(memcmp(&back, &rows[i].real, sizeof back) == 0 || isnan(back));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_both_ways),
        cmocka_unit_test(integers_of_the_largest_size),
        cmocka_unit_test(octets_that_only_repeat_the_sign),
        cmocka_unit_test(texts_that_are_no_integer),
        cmocka_unit_test(oids_both_ways),
        cmocka_unit_test(malformed_oids),
        cmocka_unit_test(texts_that_are_no_oid),
        cmocka_unit_test(reals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
