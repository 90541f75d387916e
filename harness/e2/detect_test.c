#include "harness/e2/private.h"
#include "tools/test_support.h"

static void first_octets(void **state)
{
    (void)state;
    static const struct {
        const char *what, *hex;
        bool like;
    } rows[] = {
        { "initiating, reject", "00010003000000", true },
        { "successful", "20010003000000", true },
        { "unsuccessful", "40010003000000", true },
        { "criticality ignore", "00054003000000", true },
        { "criticality notify", "00058003000000", true },
        { "length in two octets", "0001008003000000", true },
        { "length of fragments, cut", "000100c1000000", false },
        { "too short", "000100", false },
        { "an extension alternative", "80010003000000", false },
        { "no fourth type of message", "60010003000000", false },
        { "padding bits set", "01010003000000", false },
        { "procedure code 0", "00000003000000", false },
        { "procedure code that no edition has", "001a0003000000", false },
        { "criticality bits set", "00010103000000", false },
        { "no fourth criticality", "000100c3000000", false },
        { "length beyond the end", "00010004000000", false },
        { "octets behind are no matter here", "0001000300000011", true },
        { "text", "474554202f20485454502f312e31", false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t octets[32];
        size_t len = rp_unhex(rows[i].hex, octets, sizeof octets);
        uint8_t *guarded = rp_guarded(octets, len);
        if (rp_e2_looks_like(guarded, len) != rows[i].like)
            fail_msg("%s", rows[i].what);
        rp_guarded_free(guarded, len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(first_octets) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
