#include "harness/capture/link.h"

#include <string.h>

#include "tools/test_support.h"

#define MACS "020000000001 020000000002 "

static const struct {
    const char *what;
    uint32_t link_type;
    const char *octets;
    enum rp_link_result want;
    uint16_t ethertype;
    uint32_t vlans;
    size_t left;
} rows[] = {
    { "Ethernet, IPv4", 1, MACS "0800 45", RP_LINK_IP, 0x0800, 0, 1 },
    { "Ethernet, IPv6", 1, MACS "86dd 60", RP_LINK_IP, 0x86dd, 0, 1 },
    { "Ethernet, ARP", 1, MACS "0806 00", RP_LINK_OTHER, 0x0806, 0, 1 },
    { "Ethernet, 802.3 length", 1, MACS "0026 42", RP_LINK_OTHER, 0x0026, 0, 1 },
    { "Ethernet, nothing in it", 1, MACS "0800", RP_LINK_IP, 0x0800, 0, 0 },
    { "Ethernet, cut", 1, "020000000001 020000000002 08", RP_LINK_SHORT, 0, 0, 0 },
    { "VLAN", 1, MACS "8100 0064 0800 45", RP_LINK_IP, 0x0800, 1, 1 },
    { "QinQ", 1, MACS "88a8 0064 8100 0065 86dd 60", RP_LINK_IP, 0x86dd, 2, 1 },
    { "QinQ with the old type, three tags", 1, MACS "9100 0064 9100 0065 8100 0066 0800 45", RP_LINK_IP, 0x0800, 3, 1 },
    { "VLAN, cut", 1, MACS "8100 0064 08", RP_LINK_SHORT, 0, 0, 0 },
    { "cooked v1", 113, "0000 0001 0006 020000000001 0000 0800 45", RP_LINK_IP, 0x0800, 0, 1 },
    { "cooked v1, VLAN", 113, "0000 0001 0006 020000000001 0000 8100 0064 0800 45", RP_LINK_IP, 0x0800, 1, 1 },
    { "cooked v1, cut", 113, "0000 0001 0006 020000000001 0000 08", RP_LINK_SHORT, 0, 0, 0 },
    { "cooked v2", 276, "86dd 0000 00000001 0001 00 06 0200000000010000 60", RP_LINK_IP, 0x86dd, 0, 1 },
    { "cooked v2, cut", 276, "86dd 0000 00000001 0001 00 06 02000000000100", RP_LINK_SHORT, 0, 0, 0 },
    { "raw IPv4", 101, "45", RP_LINK_IP, 0x0800, 0, 1 },
    { "raw IPv6", 101, "60", RP_LINK_IP, 0x86dd, 0, 1 },
    { "raw, neither", 101, "20", RP_LINK_OTHER, 0, 0, 1 },
    { "raw, empty", 101, "", RP_LINK_SHORT, 0, 0, 0 },
    { "raw as DLT 12", 12, "45", RP_LINK_IP, 0x0800, 0, 1 },
    { "raw as DLT 14", 14, "45", RP_LINK_IP, 0x0800, 0, 1 },
    { "LINKTYPE_IPV4", 228, "45", RP_LINK_IP, 0x0800, 0, 1 },
    { "LINKTYPE_IPV6", 229, "60", RP_LINK_IP, 0x86dd, 0, 1 },
    { "BSD loopback, little endian", 0, "02000000 45", RP_LINK_IP, 0x0800, 0, 1 },
    { "BSD loopback, big endian", 0, "0000001e 60", RP_LINK_IP, 0x86dd, 0, 1 },
    { "BSD loopback, cut", 0, "020000", RP_LINK_SHORT, 0, 0, 0 },
    { "OpenBSD loopback", 108, "00000002 45", RP_LINK_IP, 0x0800, 0, 1 },
    { "PPP", 9, "0021 45", RP_LINK_IP, 0x0800, 0, 1 },
    { "PPP in HDLC", 9, "ff03 0057 60", RP_LINK_IP, 0x86dd, 0, 1 },
    { "PPP, LCP", 9, "c021 01", RP_LINK_OTHER, 0, 0, 1 },
    { "PPP, cut", 9, "ff03 00", RP_LINK_SHORT, 0, 0, 0 },
    { "unknown", 147, "45", RP_LINK_UNKNOWN, 0, 0, 1 },
};

static void test_headers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t octets[64];
        struct rp_link_payload payload;
        size_t len = rp_unhex(rows[i].octets, octets, sizeof octets);
        uint8_t *guarded = rp_guarded(octets, len);
        enum rp_link_result result = rp_link_strip(rows[i].link_type, guarded, len, &payload);
        if (result != rows[i].want)
            print_message("row: %s\n", rows[i].what);
        assert_int_equal(result, rows[i].want);
        if (result == RP_LINK_IP || result == RP_LINK_OTHER) {
            assert_int_equal(payload.ethertype, rows[i].ethertype);
            assert_int_equal(payload.vlans, rows[i].vlans);
            assert_int_equal(payload.len, rows[i].left);
            assert_ptr_equal(payload.octets, guarded + len - rows[i].left);
        }
        for (size_t cut = 0; cut < len; cut++) { /* never more than is there */
            rp_link_strip(rows[i].link_type, guarded + len - cut, cut, &payload);
            assert_true(payload.len <= cut);
        }
        rp_guarded_free(guarded, len);
    }
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(rp_link_name(276), "Linux cooked v2");
    assert_null(rp_link_name(147));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_headers), cmocka_unit_test(test_names) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
