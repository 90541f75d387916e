#include "harness/capture/sctp.h"

#include <stdlib.h>

#include "harness/capture/collect_test.h"
#include "harness/capture/link.h"
#include "harness/capture/octets.h"

static struct collect collect;

static struct rp_scene *scene_of(const struct rp_scene_options *wanted)
{
    struct rp_scene_options options = *wanted;
    if (!options.end[0].address[0])
        options.end[0].address[0] = "10.0.7.1";
    if (!options.end[1].address[0])
        options.end[1].address[0] = "10.0.7.2";
    options.end[0].port = 40001;
    options.end[1].port = 36421;
    options.end[0].tsn = 10;
    options.end[1].tsn = 900;
    if (!options.end[0].tag)
        options.end[0].tag = 0xaaaa0001;
    if (!options.end[1].tag)
        options.end[1].tag = 0xbbbb0002;
    options.start_ns = INT64_C(1700000000) * 1000000000;
    struct rp_scene *scene = rp_scene_new(&options);
    assert_non_null(scene);
    return scene;
}

static struct rp_scene *plain(void)
{
    return scene_of(&(struct rp_scene_options){ .link_type = RP_LINKTYPE_ETHERNET });
}

static size_t say(struct rp_scene *scene, int from, uint16_t stream, const char *text)
{
    struct rp_scene_message message = { .from = from, .stream = stream, .ppid = 70, .octets = text, .len = strlen(text) };
    return rp_scene_message(scene, &message);
}

static void check(struct rp_scene *scene, const char *want)
{
    collect_scene(&collect, scene, NULL);
    assert_string_equal(collect.text, want);
    rp_scene_free(scene);
}

#define UP "up: frame 4: association 0 (10.0.7.1:40001 - 10.0.7.2:36421): is up, begun by 10.0.7.1:40001\n"
#define A0 "association 0 (10.0.7.1:40001 - 10.0.7.2:36421): "

static void test_conversation(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    rp_scene_handshake(scene);
    say(scene, 0, 0, "hello");
    say(scene, 1, 0, "welcome");
    rp_scene_sack(scene, 0);
    rp_scene_shutdown(scene, 0);
    check(scene, UP "5: a0 0 stream 0 ssn 0 ppid 70 tsn 10 hello\n"
                    "6: a0 1 stream 0 ssn 0 ppid 70 tsn 900 welcome\n"
                    "shutdown: frame 8: " A0 "SHUTDOWN from 10.0.7.1:40001\n"
                    "closed: frame 10: " A0 "is closed: SHUTDOWN COMPLETE from 10.0.7.1:40001\n");
    assert_int_equal(collect.counts.packets, 10);
    assert_int_equal(collect.counts.data_chunks, 2);
    assert_int_equal(collect.counts.last_ns - collect.counts.first_ns, 9000000);
}

static void test_abort_tells_its_reason(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    rp_scene_handshake(scene);
    rp_scene_abort(scene, 1, "E2 setup timed out");
    check(scene, UP "abort: frame 5: " A0 "ABORT from 10.0.7.2:36421: user-initiated abort (12) \"E2 setup timed out\"\n");
}

static void test_without_handshake(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    rp_scene_handshake(scene);
    say(scene, 1, 3, "one");
    say(scene, 0, 3, "two");
    for (int i = 0; i < 4; i++)
        rp_scene_lose(scene, 0);
    check(scene, "midway: frame 1: association 0 (10.0.7.2:36421 - 10.0.7.1:40001): its beginning is not in the capture\n"
                 "1: a0 0 stream 3 ssn 0 ppid 70 tsn 900 one\n"
                 "2: a0 1 stream 3 ssn 0 ppid 70 tsn 10 two\n");
}

static void test_parts_of_the_handshake(void **state)
{
    static const struct {
        const char *what;
        unsigned lost; /* bits: frames of the handshake */
        const char *want;
    } rows[] = {
        { "no INIT", 1, "up: frame 3: " A0 "is up, begun by 10.0.7.1:40001\n" },
        { "no INIT ACK", 2, "up: frame 3: " A0 "is up, begun by 10.0.7.1:40001\n" },
        { "no COOKIE ECHO", 4, "up: frame 3: " A0 "is up, begun by 10.0.7.1:40001\n" },
        { "no COOKIE ACK", 8, "up: frame 4: " A0 "is up, begun by 10.0.7.1:40001\n" },
        { "INIT only", 14, "up: frame 2: " A0 "is up, begun by 10.0.7.1:40001\n" },
        { "COOKIE ACK only", 7, "up: frame 1: " A0 "is up, begun by 10.0.7.1:40001\n" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char want[400];
        unsigned kept = 0;
        struct rp_scene *scene = plain();
        rp_scene_handshake(scene);
        say(scene, 0, 0, "hello");
        for (unsigned f = 4; f-- > 0;) {
            if (rows[i].lost >> f & 1)
                rp_scene_lose(scene, f);
            else
                kept++;
        }
        snprintf(want, sizeof want, "%s%u: a0 0 stream 0 ssn 0 ppid 70 tsn 10 hello\n", rows[i].want, kept + 1);
        check(scene, want);
    }
}

static void test_new_association_on_the_same_ports(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    rp_scene_handshake(scene);
    say(scene, 0, 0, "old");
    rp_scene_restart(scene);
    rp_scene_handshake(scene);
    say(scene, 0, 0, "new");
    check(scene, UP "5: a0 0 stream 0 ssn 0 ppid 70 tsn 10 old\n"
                    "restart: frame 8: " A0 "ends: association 1 begins on the same addresses and ports\n"
                    "up: frame 9: association 1 (10.0.7.1:40001 - 10.0.7.2:36421): is up, begun by 10.0.7.1:40001\n"
                    "10: a1 0 stream 0 ssn 0 ppid 70 tsn 1000011 new\n");
    scene = plain();
    rp_scene_handshake(scene);
    rp_scene_shutdown(scene, 1);
    rp_scene_restart(scene);
    rp_scene_handshake(scene);
    collect.without = 1 << RP_CAPTURE_SHUTDOWN;
    check(scene, UP "closed: frame 7: " A0 "is closed: SHUTDOWN COMPLETE from 10.0.7.2:36421\n"
                    "up: frame 11: association 1 (10.0.7.1:40001 - 10.0.7.2:36421): is up, begun by 10.0.7.1:40001\n");
    collect.without = 0;
}

static void test_init_that_nobody_answers_changes_nothing(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    rp_scene_handshake(scene);
    struct rp_scene *other = scene_of(&(struct rp_scene_options){ .link_type = RP_LINKTYPE_ETHERNET, .end[0].tag = 77 });
    rp_scene_handshake(other);
    rp_scene_repeat(scene, 0); /* INIT again */
    memcpy(scene->frames[4].octets, other->frames[0].octets, other->frames[0].len);
    say(scene, 0, 0, "still here");
    rp_scene_free(other);
    check(scene, UP "6: a0 0 stream 0 ssn 0 ppid 70 tsn 10 still here\n");
}

static void test_multihoming(void **state)
{
    (void)state;
    struct rp_scene_options options = { .link_type = RP_LINKTYPE_ETHERNET };
    options.end[0].address[0] = "10.0.7.1";
    options.end[0].address[1] = "10.0.8.1";
    options.end[1].address[0] = "10.0.7.2";
    options.end[1].address[1] = "10.0.8.2";
    struct rp_scene *scene = scene_of(&options);
    rp_scene_handshake(scene);
    say(scene, 0, 0, "first way");
    scene->way = 1;
    say(scene, 0, 0, "second way");
    say(scene, 1, 0, "answer");
    const char *want = UP "5: a0 0 stream 0 ssn 0 ppid 70 tsn 10 first way\n"
                          "6: a0 0 stream 0 ssn 1 ppid 70 tsn 11 second way\n"
                          "7: a0 1 stream 0 ssn 0 ppid 70 tsn 900 answer\n";
    collect_scene(&collect, scene, NULL);
    assert_string_equal(collect.text, want);
    for (int i = 0; i < 4; i++) /* and without the handshake: the tag tells */
        rp_scene_lose(scene, 0);
    collect_scene(&collect, scene, NULL);
    assert_int_equal(collect.counts.associations, 1);
    assert_int_equal(collect.counts.messages, 3);
    rp_scene_free(scene);
}

static void test_wrong_crc(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    rp_scene_handshake(scene);
    size_t bad = say(scene, 0, 0, "garbled");
    scene->frames[bad].octets[14 + 20 + 12 + 16] ^= 1;
    rp_scene_repeat(scene, bad);
    scene->frames[bad + 1].octets[14 + 20 + 12 + 16] ^= 1; /* sent again, sound */
    check(scene,
          UP "bad-crc: frame 5: " A0 "a packet from 10.0.7.1:40001 has a wrong CRC32c; it and others like it are left out, "
             "as its receiver does\n"
             "6: a0 0 stream 0 ssn 0 ppid 70 tsn 10 garbled\n");
    assert_int_equal(collect.counts.bad_crcs, 1);
    assert_int_equal(collect.counts.skipped[RP_SKIP_BAD_CRC], 1);
}

#define OFFLOAD(how)                                                                                                             \
    "the CRC32c of packets from 10.0.7.1:40001 is " how                                                                          \
    ": most likely filled in by the network card behind the capture; they are "                                                  \
    "used\n"

static void test_offloaded_crc(void **state)
{
    static const struct {
        uint8_t field;
        int first; /* the first packet is offloaded too, so all are */
        const char *want;
    } offloads[] = {
        { 0x00, 1, "offload: frame 1: " A0 OFFLOAD("zero") UP },
        { 0x55, 1, "offload: frame 1: " A0 OFFLOAD("wrong") UP },
        { 0x00, 0, UP "offload: frame 5: " A0 OFFLOAD("zero") }, /* as large sends are cut into packets by the card */
    };
    (void)state;
    for (size_t k = 0; k < sizeof offloads / sizeof *offloads; k++) {
        char want[600];
        struct rp_scene *scene = plain();
        rp_scene_handshake(scene);
        say(scene, 0, 0, "one");
        say(scene, 1, 0, "two");
        for (size_t i = offloads[k].first ? 0 : 4; i < scene->count; i += 2) /* those of endpoint 0 */
            memset(scene->frames[i].octets + 14 + 20 + 8, offloads[k].field, 4);
        snprintf(want, sizeof want, "%s5: a0 0 stream 0 ssn 0 ppid 70 tsn 10 one\n6: a0 1 stream 0 ssn 0 ppid 70 tsn 900 two\n",
                 offloads[k].want);
        check(scene, want);
        assert_int_equal(collect.counts.bad_crcs, offloads[k].first ? 3 : 1);
    }
}

static void test_wrong_tag(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    rp_scene_handshake(scene);
    scene->end[1].tag++;
    rp_scene_sack(scene, 0);
    rp_scene_sack(scene, 0);
    scene->end[1].tag--;
    say(scene, 0, 0, "right again");
    check(scene,
          UP "bad-tag: frame 5: " A0 "SACK from 10.0.7.1:40001 has verification tag bbbb0003 where bbbb0002 is right; it and "
             "others like it are left out (RFC 9260 8.5)\n"
             "7: a0 0 stream 0 ssn 0 ppid 70 tsn 10 right again\n");
    assert_int_equal(collect.counts.skipped[RP_SKIP_NO_ASSOCIATION], 2);
}

static void test_malformed_chunks(void **state)
{
    static const struct {
        const char *what;
        uint8_t type;
        const char *value;
        size_t len;
        int length_field; /* what the chunk says of itself; 0 = the truth */
        const char *want;
    } rows[] = {
        { "length below 4", 0, "abcdefgh", 8, 3,
          "DATA chunk (type 0) at octet 12 of the packet has length 3 where 4 to 12 are possible; the rest of the packet is left "
          "out" },
        { "length beyond the packet", 3, "abcdefgh", 8, 13,
          "SACK chunk (type 3) at octet 12 of the packet has length 13 where 4 to 12 are possible; the rest of the packet is "
          "left "
          "out" },
        { "DATA without data", 0, "\0\0\0\12\0\0\0\0\0\0\0\0", 12, 0,
          "DATA chunk (type 0) from 10.0.7.1:40001: no user data in it (RFC 9260 3.3.1)" },
        { "DATA too short", 0, "\0\0\0\12", 4, 0, "DATA chunk (type 0) from 10.0.7.1:40001: too short for its header" },
        { "I-DATA too short", 64, "\0\0\0\12\0\0\0\0\0\0\0\0", 12, 0,
          "I-DATA chunk (type 64) from 10.0.7.1:40001: too short for its header" },
        { "SACK with gaps that are not there", 3, "\0\0\0\12\0\0\0\0\0\1\0\0", 12, 0,
          "SACK chunk (type 3) from 10.0.7.1:40001: too short for its gap blocks and duplicate TSNs (RFC 9260 3.3.4)" },
        { "SHUTDOWN without TSN", 7, "", 0, 0,
          "SHUTDOWN chunk (type 7) from 10.0.7.1:40001: no cumulative TSN in it (RFC 9260 3.3.8)" },
        { "FORWARD TSN of 6 octets", 192, "\0\0\0\12\0\0", 6, 0,
          "FORWARD TSN chunk (type 192) from 10.0.7.1:40001: its length fits no list of streams" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char want[600];
        struct rp_scene *scene = plain();
        rp_scene_handshake(scene);
        rp_scene_chunk(scene, 0, rows[i].type, 3, rows[i].value, rows[i].len);
        if (rows[i].length_field)
            rp_put_be16(scene->end[0].packet + 14, (uint32_t)rows[i].length_field);
        rp_scene_send(scene, 0, NULL);
        say(scene, 0, 0, "goes on");
        snprintf(want, sizeof want, UP "malformed: frame 5: " A0 "%s\n6: a0 0 stream 0 ssn 0 ppid 70 tsn 10 goes on\n",
                 rows[i].want);
        check(scene, want);
    }
}

static void test_error_chunk(void **state)
{
    static const uint8_t cause[] = { 0, 1, 0, 8, 0, 99, 0, 0 };
    (void)state;
    struct rp_scene *scene = plain();
    rp_scene_handshake(scene);
    rp_scene_chunk(scene, 1, 9, 0, cause, sizeof cause);
    rp_scene_send(scene, 1, NULL);
    check(scene, UP "peer-error: frame 5: " A0 "ERROR from 10.0.7.2:36421: invalid stream identifier (1)\n");
}

static void test_limit_on_associations(void **state)
{
    (void)state;
    struct rp_capwriter *writer = rp_capwrite_open(NULL, NULL);
    int interface = rp_capwrite_interface(writer, RP_LINKTYPE_RAW, NULL);
    for (uint16_t port = 1; port <= 300; port++) {
        struct rp_scene_options options = { .link_type = RP_LINKTYPE_RAW, .start_ns = port };
        options.end[0] = (struct rp_scene_end){ .address = { "10.0.0.1" }, .port = port };
        options.end[1] = (struct rp_scene_end){ .address = { "10.0.0.2" }, .port = 36421 };
        struct rp_scene *scene = rp_scene_new(&options);
        rp_scene_handshake(scene);
        rp_scene_write(scene, writer, interface);
        rp_scene_free(scene);
    }
    size_t len;
    const uint8_t *octets = rp_capwrite_octets(writer, &len);
    struct rp_capture_options options = { .max_associations = 10 };
    assert_int_equal(collect_octets(&collect, &options, octets, len), 0);
    assert_int_equal(collect.counts.associations, 300);
    assert_int_equal(collect.gone, 300);
    assert_non_null(strstr(collect.text,
                           "limit: frame 41: association 0 (10.0.0.1:1 - 10.0.0.2:36421): is given up: more than 10 "
                           "associations at one time\n"));
    rp_capwrite_close(writer);
}

static int tear_down(void **state)
{
    (void)state;
    rp_arena_free(&collect.arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conversation),
        cmocka_unit_test(test_abort_tells_its_reason),
        cmocka_unit_test(test_without_handshake),
        cmocka_unit_test(test_parts_of_the_handshake),
        cmocka_unit_test(test_new_association_on_the_same_ports),
        cmocka_unit_test(test_init_that_nobody_answers_changes_nothing),
        cmocka_unit_test(test_multihoming),
        cmocka_unit_test(test_wrong_crc),
        cmocka_unit_test(test_offloaded_crc),
        cmocka_unit_test(test_wrong_tag),
        cmocka_unit_test(test_malformed_chunks),
        cmocka_unit_test(test_error_chunk),
        cmocka_unit_test(test_limit_on_associations),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
