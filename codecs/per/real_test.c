#include <math.h>
#include <string.h>

#include "codecs/per/real.h"
#include "tools/test_support.h"

static const struct {
    const char *what, *hex;
    double value;
    const char *wrong; /* NULL: canonical */
    int readable;
} rows[] = {
    { "plus zero", "", 0.0, NULL, 1 },
    { "one", "800001", 1.0, NULL, 1 },
    { "minus one half", "c0ff01", -0.5, NULL, 1 },
    { "255", "8000ff", 255.0, NULL, 1 },
    { "256 is 1 times 2^8", "800801", 256.0, NULL, 1 },
    { "two exponent octets", "81ff0001", 0x1p-256, NULL, 1 },
    { "plus infinity", "40", INFINITY, NULL, 1 },
    { "minus infinity", "41", -INFINITY, NULL, 1 },
    { "leading zero octet in the mantissa", "800000ff", 255.0, "REAL mantissa with a leading zero octet", 1 },
    { "even mantissa", "800002", 2.0, "REAL with an even mantissa", 1 },
    { "base 8", "900101", 8.0, "REAL in a base other than 2", 1 },
    { "base 16", "a00101", 16.0, "REAL in a base other than 2", 1 },
    { "scaling factor", "840001", 2.0, "REAL with a scaling factor", 1 },
    { "needless exponent octet", "81000001", 1.0, "REAL exponent with a needless octet", 1 },
    { "exponent length in the long form", "83010001", 1.0, "REAL exponent length in the long form", 1 },
    { "mantissa of zero", "800000", 0.0, "REAL zero with a mantissa", 1 },
    { "decimal, NR3", "03312e3545 2b30", 1.5, NULL, 1 },
    { "decimal, comma", "02312c35", 1.5, NULL, 1 },
    { "no mantissa", "8000", 0, "REAL too short", 0 },
    { "nothing behind the first octet", "80", 0, "REAL too short", 0 },
    { "reserved base", "b00001", 0, "REAL in the reserved base", 0 },
    { "special value 44", "44", 0, "special REAL value that X.690 does not have", 0 },
    { "decimal that is no number", "01784141", 0, "decimal REAL that is no ISO 6093 number", 0 },
    { "exponent count of zero", "830001", 0, "REAL too short", 0 },
};

static void contents_octets_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t octets[16];
        double value;
        const char *wrong;
        size_t n = rp_unhex(rows[i].hex, octets, sizeof octets);
        uint8_t *guarded = rp_guarded(octets, n);
        if (rp_real_read(guarded, n, &value, &wrong) != rows[i].readable)
            fail_msg("%s", rows[i].what);
        if (rows[i].readable && memcmp(&value, &rows[i].value, sizeof value) != 0)
            fail_msg("%s: read as %g", rows[i].what, value);
        if ((wrong == NULL) != (rows[i].wrong == NULL) || (wrong && strcmp(wrong, rows[i].wrong) != 0))
            fail_msg("%s: %s", rows[i].what, wrong ? wrong : "nothing wrong");
        rp_guarded_free(guarded, n);
    }
}

static void doubles_come_back_canonical(void **state)
{
    (void)state;
    static const double values[] = { 0.0,     -0.0,     1.0,      -1.0,     3.14159,   1e300,    -1e-300,  0x1p-1074,
                                     0x1p127, 0x1p-128, 0x1p-129, 0x1p1023, 1.0 / 3.0, INFINITY, -INFINITY };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        uint8_t octets[RP_REAL_MAX_OCTETS];
        double back;
        const char *wrong;
        size_t n = rp_real_write(values[i], octets);
        assert_true(rp_real_read(octets, n, &back, &wrong));
        assert_null(wrong);
        assert_memory_equal(&back, &values[i], sizeof back);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contents_octets_are_read),
        cmocka_unit_test(doubles_come_back_canonical),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
