#include "harness/capture/crc32c.h"

#include "tools/test_support.h"

/* the check value of CRC-32C, and the examples of RFC 3720 B.4, the same CRC in iSCSI */
static void test_known_values(void **state)
{
    uint8_t zeros[32] = { 0 }, ones[32], up[32], down[32];
    (void)state;
    for (uint8_t i = 0; i < 32; i++) {
        ones[i] = 0xff;
        up[i] = i;
        down[i] = (uint8_t)(31 - i);
    }
    const struct {
        const void *octets;
        size_t len;
        uint32_t want;
    } rows[] = { { "", 0, 0 },           { "123456789", 9, 0xe3069283 }, { zeros, 32, 0x8a9136aa }, { ones, 32, 0x62a8ab43 },
                 { up, 32, 0x46dd794e }, { down, 32, 0x113fdb5c } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(rp_crc32c(0, rows[i].octets, rows[i].len), rows[i].want);
        assert_int_equal(rp_crc32c_portable(0, rows[i].octets, rows[i].len), rows[i].want);
    }
}

static void test_instruction_and_table_agree(void **state)
{
    uint8_t octets[300];
    (void)state;
    for (size_t i = 0; i < sizeof octets; i++)
        octets[i] = (uint8_t)(i * 73 + 5);
    for (size_t start = 0; start < 9; start++)
        for (size_t len = 0; len + start <= sizeof octets; len++) {
            uint32_t want = rp_crc32c_portable(0, octets + start, len);
            assert_int_equal(rp_crc32c(0, octets + start, len), want);
            assert_int_equal(rp_crc32c(rp_crc32c(0, octets + start, len / 3), octets + start + len / 3, len - len / 3), want);
        }
}

/* COOKIE ACK between two SCTP stacks */
static void test_checksum_leaves_its_own_field_out(void **state)
{
    uint8_t packet[16] = { 0x9c, 0x41, 0x8e, 0x45, 0xaa, 0xaa, 0, 1, 0xde, 0xad, 0xbe, 0xef, 0x0b, 0, 0, 4 };
    (void)state;
    uint32_t crc = rp_sctp_checksum(packet, sizeof packet);
    packet[8] ^= 0xff;
    assert_int_equal(rp_sctp_checksum(packet, sizeof packet), crc);
    packet[15] ^= 1;
    assert_int_not_equal(rp_sctp_checksum(packet, sizeof packet), crc);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_known_values), cmocka_unit_test(test_instruction_and_table_agree),
                                        cmocka_unit_test(test_checksum_leaves_its_own_field_out) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
