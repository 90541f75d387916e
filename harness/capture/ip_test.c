/* IP headers and, with fragments.c, the reassembly of fragments. */
#include "harness/capture/ip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/capture/octets.h"
#include "tools/test_support.h"

#define V4(total, flags, protocol) "4500 " total " 0007 " flags " 40 " protocol " 0000 0a000001 0a000002 "
#define V6(payload, next)          "60000000 " payload " " next " 40 " A6 "01 " A6 "02 "
#define A6                         "20010db80000000000000000000000"

static const struct {
    const char *what, *octets;
    enum rp_ip_result want;
    uint8_t protocol;
    const char *payload, *problem;
} rows[] = {
    { "IPv4", V4("0018", "4000", "84") "61626364", RP_IP_WHOLE, 132, "abcd", NULL },
    { "IPv4 with padding behind", V4("0016", "0000", "84") "61626364", RP_IP_WHOLE, 132, "ab", NULL },
    { "IPv4 with options", "4600 001a 0007 0000 40 84 0000 0a000001 0a000002 01010100 6162", RP_IP_WHOLE, 132, "ab", NULL },
    { "IPv4, length left to the network card", V4("0000", "0000", "84") "61626364", RP_IP_WHOLE, 132, "abcd", NULL },
    { "IPv4, cut in the payload", V4("0019", "0000", "84") "61626364", RP_IP_CUT, 132, NULL, NULL },
    { "IPv4, cut in the header", "4500 0018 0007", RP_IP_CUT, 255, NULL, NULL },
    { "IPv4, header of 16 octets", "4400 0018 0007 0000 40 84 0000 0a000001 0a000002 61626364", RP_IP_MALFORMED, 132, NULL,
      "the IPv4 header length is below 20 octets" },
    { "IPv4, total below header", V4("0013", "0000", "84"), RP_IP_MALFORMED, 132, NULL,
      "the IPv4 total length is below the header length" },
    { "IPv4, options beyond the total", "4f00 0018 0007 0000 40 84 0000 0a000001 0a000002 61626364", RP_IP_MALFORMED, 132, NULL,
      "the IPv4 total length is below the header length" },
    { "neither 4 nor 6", "5500 0018", RP_IP_MALFORMED, 255, NULL, "an IP header of neither version 4 nor 6" },
    { "nothing", "", RP_IP_CUT, 255, NULL, NULL },
    { "IPv6", V6("0004", "84") "61626364", RP_IP_WHOLE, 132, "abcd", NULL },
    { "IPv6 with padding behind", V6("0002", "84") "61626364", RP_IP_WHOLE, 132, "ab", NULL },
    { "IPv6, cut", V6("0005", "84") "61626364", RP_IP_CUT, 132, NULL, NULL },
    { "IPv6, cut in the header", "60000000 0004 84 40", RP_IP_CUT, 255, NULL, NULL },
    { "IPv6, hop-by-hop and destination options", V6("0014", "00") "3c00 010400000000 8400 010400000000 61626364", RP_IP_WHOLE,
      132, "abcd", NULL },
    { "IPv6, routing header of 24 octets", V6("001a", "2b") "8402 0000 00000000 20010db8000000000000000000000003 6162",
      RP_IP_WHOLE, 132, "ab", NULL },
    { "IPv6, authentication header", V6("0012", "33") "8402 0000 00000001 00000002 00000003 6162", RP_IP_WHOLE, 132, "ab", NULL },
    { "IPv6, extension beyond the datagram", V6("0008", "3c") "8401 010400000000", RP_IP_MALFORMED, 60, NULL,
      "an IPv6 extension header does not fit into the datagram" },
    { "IPv6, extension cut", V6("0004", "3c") "84000104", RP_IP_MALFORMED, 60, NULL,
      "an IPv6 extension header does not fit into the datagram" },
    { "IPv6, fragment header of a whole datagram", V6("000a", "2c") "8400 0000 00000009 6162", RP_IP_WHOLE, 132, "ab", NULL },
    { "a fragment alone", V4("001c", "2000", "84") "6162636465666768", RP_IP_FRAGMENT, 132, NULL, NULL },
    { "a fragment without octets", V4("0014", "2000", "84"), RP_IP_MALFORMED, 132, NULL, "an IP fragment without octets" },
    { "a fragment of 4 octets that is not the last", V4("0018", "2000", "84") "61626364", RP_IP_MALFORMED, 132, NULL,
      "an IP fragment before the last whose length is no multiple of 8" },
    { "a last fragment that ends at 65532", V4("0018", "1fff", "84") "61626364", RP_IP_FRAGMENT, 132, NULL, NULL },
    { "a fragment beyond 65535", V4("001c", "1fff", "84") "6162636465666768", RP_IP_MALFORMED, 132, NULL,
      "an IP fragment beyond 65535 octets" },
};

static void test_headers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t octets[128];
        struct rp_datagram datagram;
        struct rp_fragments *fragments = rp_fragments_new(1 << 20);
        size_t len = rp_unhex(rows[i].octets, octets, sizeof octets);
        uint8_t *guarded = rp_guarded(octets, len);
        enum rp_ip_result result = rp_ip_read(fragments, guarded, len, 0, &datagram);
        if (result != rows[i].want)
            print_message("row: %s\n", rows[i].what);
        assert_int_equal(result, rows[i].want);
        assert_int_equal(datagram.protocol, rows[i].protocol);
        if (rows[i].payload) {
            assert_int_equal(datagram.len, strlen(rows[i].payload));
            assert_memory_equal(datagram.octets, rows[i].payload, datagram.len);
        }
        if (rows[i].problem)
            assert_string_equal(datagram.problem, rows[i].problem);
        rp_guarded_free(guarded, len);
        for (size_t cut = 0; cut < len; cut++) {
            guarded = rp_guarded(octets, cut);
            rp_ip_read(fragments, guarded, cut, 0, &datagram);
            rp_guarded_free(guarded, cut);
        }
        rp_fragments_free(fragments);
    }
}

/* A fragment to be sent: units of 8 octets, all filled with one letter. */
struct piece {
    unsigned first, units;
    int more;
    char fill;
    uint16_t id;
    int64_t seconds;
};

static enum rp_ip_result put_piece(struct rp_fragments *fragments, const struct piece *piece, int v6,
                                   struct rp_datagram *datagram)
{
    uint8_t octets[48 + 2000] = { 0 };
    size_t head = v6 ? 48 : 20, len = piece->units * 8u;
    if (v6) {
        octets[0] = 0x60;
        rp_put_be16(octets + 4, (uint32_t)(8 + len));
        octets[6] = 44;
        octets[40] = 132;
        rp_put_be16(octets + 42, piece->first << 3 | (piece->more ? 1u : 0));
        rp_put_be32(octets + 44, piece->id);
    } else {
        octets[0] = 0x45;
        rp_put_be16(octets + 2, (uint32_t)(20 + len));
        rp_put_be16(octets + 4, piece->id);
        rp_put_be16(octets + 6, piece->first | (piece->more ? 0x2000u : 0));
        octets[9] = 132;
    }
    memset(octets + head, piece->fill, len);
    return rp_ip_read(fragments, octets, head + len, piece->seconds * 1000000000, datagram);
}

static const struct {
    const char *what;
    struct piece pieces[6];
    unsigned count;
    enum rp_ip_result want; /* of the last piece */
    const char *fills;      /* one letter a unit */
    const char *problem;
} plays[] = {
    { "in order", { { 0, 2, 1, 'a', 1, 0 }, { 2, 1, 0, 'b', 1, 0 } }, 2, RP_IP_WHOLE, "aab", NULL },
    { "last first", { { 2, 1, 0, 'b', 1, 0 }, { 0, 2, 1, 'a', 1, 0 } }, 2, RP_IP_WHOLE, "aab", NULL },
    { "one twice", { { 0, 1, 1, 'a', 1, 0 }, { 0, 1, 1, 'a', 1, 0 }, { 1, 1, 0, 'b', 1, 0 } }, 3, RP_IP_WHOLE, "ab", NULL },
    { "overlap with the same octets", { { 0, 2, 1, 'a', 1, 0 }, { 1, 2, 0, 'a', 1, 0 } }, 2, RP_IP_WHOLE, "aaa", NULL },
    { "overlap that differs",
      { { 0, 2, 1, 'a', 1, 0 }, { 1, 2, 0, 'b', 1, 0 } },
      2,
      RP_IP_DROPPED,
      NULL,
      "IP fragments overlap and differ: the datagram was dropped (RFC 5722)" },
    { "two last ones",
      { { 1, 1, 0, 'a', 1, 0 }, { 2, 1, 0, 'b', 1, 0 } },
      2,
      RP_IP_DROPPED,
      NULL,
      "two last IP fragments disagree on the datagram's length: it was dropped" },
    { "behind the last",
      { { 1, 1, 0, 'a', 1, 0 }, { 2, 1, 1, 'b', 1, 0 } },
      2,
      RP_IP_DROPPED,
      NULL,
      "an IP fragment lies behind the last one: the datagram was dropped" },
    { "another datagram between",
      { { 0, 1, 1, 'a', 1, 0 }, { 0, 1, 1, 'x', 2, 0 }, { 1, 1, 0, 'b', 1, 0 } },
      3,
      RP_IP_WHOLE,
      "ab",
      NULL },
    { "a hole", { { 0, 1, 1, 'a', 1, 0 }, { 2, 1, 0, 'b', 1, 0 } }, 2, RP_IP_FRAGMENT, NULL, NULL },
    { "59 s later", { { 0, 1, 1, 'a', 1, 0 }, { 1, 1, 0, 'b', 1, 59 } }, 2, RP_IP_WHOLE, "ab", NULL },
    { "61 s later", { { 0, 1, 1, 'a', 1, 0 }, { 1, 1, 0, 'b', 1, 61 } }, 2, RP_IP_FRAGMENT, NULL, NULL },
};

static void test_fragments(void **state)
{
    (void)state;
    for (int v6 = 0; v6 < 2; v6++)
        for (size_t i = 0; i < sizeof plays / sizeof *plays; i++) {
            struct rp_fragments *fragments = rp_fragments_new(1 << 20);
            struct rp_datagram datagram;
            enum rp_ip_result result = RP_IP_WHOLE;
            for (unsigned k = 0; k < plays[i].count; k++)
                result = put_piece(fragments, &plays[i].pieces[k], v6, &datagram);
            if (result != plays[i].want)
                print_message("play: %s\n", plays[i].what);
            assert_int_equal(result, plays[i].want);
            if (plays[i].problem)
                assert_string_equal(datagram.problem, plays[i].problem);
            if (plays[i].fills) {
                assert_int_equal(datagram.len, 8 * strlen(plays[i].fills));
                assert_int_equal(datagram.protocol, 132);
                for (size_t at = 0; at < datagram.len; at++)
                    assert_int_equal(datagram.octets[at], plays[i].fills[at / 8]);
            }
            rp_fragments_free(fragments);
        }
}

/* first fragments without end: memory stays bounded, and the newest datagrams can still be completed */
static void test_fragment_flood(void **state)
{
    struct rp_fragments *fragments = rp_fragments_new(1 << 20);
    struct rp_datagram datagram;
    (void)state;
    for (uint32_t i = 0; i < 10000; i++) {
        struct piece piece = { .units = 100, .more = 1, .fill = 'a', .id = (uint16_t)i };
        assert_int_equal(put_piece(fragments, &piece, 0, &datagram), RP_IP_FRAGMENT);
    }
    struct piece last = { .first = 100, .units = 1, .fill = 'b', .id = 9999 };
    assert_int_equal(put_piece(fragments, &last, 0, &datagram), RP_IP_WHOLE);
    last.id = 5; /* long forgotten */
    assert_int_equal(put_piece(fragments, &last, 0, &datagram), RP_IP_FRAGMENT);
    rp_fragments_free(fragments);
    fragments = rp_fragments_new(100);
    assert_int_equal(put_piece(fragments, &last, 0, &datagram), RP_IP_DROPPED);
    assert_string_equal(datagram.problem, "no memory for more IP fragments: the datagram was dropped");
    rp_fragments_free(fragments);
}

static void test_udp(void **state)
{
    static const struct {
        const char *octets;
        uint16_t port;
        int want;
        size_t len;
    } udp[] = {
        { "26ab 1234 000a 0000 6162", 0, 1, 2 },      { "1234 26ab 000a 0000 6162", 0, 1, 2 },
        { "1234 5678 000a 0000 6162", 0x5678, 1, 2 }, { "1234 5678 000a 0000 6162", 0, 0, 10 },
        { "26ab 1234 000b 0000 6162", 0, 0, 10 },     { "26ab 1234 0007 0000 6162", 0, 0, 10 },
        { "26ab 1234 0009 0000 6162", 0, 1, 1 },      { "26ab 1234 00", 0, 0, 5 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof udp / sizeof *udp; i++) {
        uint8_t octets[32];
        struct rp_datagram datagram = { .protocol = RP_PROTOCOL_UDP, .octets = octets };
        datagram.len = rp_unhex(udp[i].octets, octets, sizeof octets);
        assert_int_equal(rp_udp_strip(&datagram, udp[i].port), udp[i].want);
        assert_int_equal(datagram.len, udp[i].len);
        assert_int_equal(datagram.protocol, udp[i].want ? RP_PROTOCOL_SCTP : RP_PROTOCOL_UDP);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_headers), cmocka_unit_test(test_fragments),
                                        cmocka_unit_test(test_fragment_flood), cmocka_unit_test(test_udp) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
