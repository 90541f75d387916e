/* From DATA chunks to messages: order, fragments, what is repeated, what is missing. */
#include <stdlib.h>

#include "harness/capture/collect_test.h"
#include "harness/capture/link.h"
#include "harness/capture/octets.h"

enum { HANDSHAKE = 4 };

static struct collect collect;
static uint8_t long_text[100000];

static struct rp_scene *play(const struct rp_scene_options *wanted)
{
    struct rp_scene_options options = { .link_type = RP_LINKTYPE_RAW, .fragment = wanted->fragment };
    options.interleaved = wanted->interleaved;
    options.step_ns = wanted->step_ns;
    options.end[0] = (struct rp_scene_end){ .address = { "10.0.7.1" }, .port = 40001, .tsn = wanted->end[0].tsn };
    options.end[1] = (struct rp_scene_end){ .address = { "10.0.7.2" }, .port = 36421, .tsn = 900 };
    if (!options.end[0].tsn)
        options.end[0].tsn = 10;
    struct rp_scene *scene = rp_scene_new(&options);
    assert_non_null(scene);
    rp_scene_handshake(scene);
    return scene;
}

static struct rp_scene *plain(void)
{
    return play(&(struct rp_scene_options){ 0 });
}

static size_t say(struct rp_scene *scene, uint16_t stream, const char *text)
{
    struct rp_scene_message message = { .stream = stream, .ppid = 70, .octets = text, .len = strlen(text) };
    return rp_scene_message(scene, &message);
}

static size_t say_long(struct rp_scene *scene, uint16_t stream, size_t len, int unordered)
{
    struct rp_scene_message message = { .stream = stream, .ppid = 70, .octets = long_text, .len = len, .unordered = unordered };
    return rp_scene_message(scene, &message);
}

#define A0 "association 0 (10.0.7.1:40001 - 10.0.7.2:36421): "

static void check(struct rp_scene *scene, const char *want)
{
    collect.without = 1u << RP_CAPTURE_UP;
    collect_scene(&collect, scene, NULL);
    assert_string_equal(collect.text, want);
    rp_scene_free(scene);
}

static void test_bundled_chunks(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    const char *texts[] = { "a", "bc", "def" };
    for (int i = 0; i < 3; i++)
        rp_scene_bundle(scene, &(struct rp_scene_message){ .stream = 1, .ppid = 70, .octets = texts[i], .len = (size_t)i + 1 });
    rp_scene_send(scene, 0, "three in one");
    check(scene, "5: a0 0 stream 1 ssn 0 ppid 70 tsn 10 a # three in one\n"
                 "5: a0 0 stream 1 ssn 1 ppid 70 tsn 11 bc # three in one\n"
                 "5: a0 0 stream 1 ssn 2 ppid 70 tsn 12 def # three in one\n");
    assert_int_equal(collect.counts.packets, 5);
    assert_int_equal(collect.counts.data_chunks, 3);
}

static void test_fragments(void **state)
{
    (void)state;
    struct rp_scene *scene = play(&(struct rp_scene_options){ .fragment = 100 });
    say_long(scene, 1, 250, 0);
    say(scene, 1, "next");
    check(scene, "7 from 5: a0 0 stream 1 ssn 0 ppid 70 tsn 10 250 octets in 3 chunks\n"
                 "8: a0 0 stream 1 ssn 1 ppid 70 tsn 13 next\n");
}

/* frames 5 to 8: each order of arrival gives the same messages */
static void test_fragments_in_any_order(void **state)
{
    (void)state;
    for (int order = 0; order < 256; order++) {
        struct rp_scene *scene = play(&(struct rp_scene_options){ .fragment = 100 });
        say_long(scene, 1, 250, 0);
        say(scene, 1, "next");
        for (int i = 0; i < 4; i++)
            rp_scene_exchange(scene, HANDSHAKE + (size_t)i, HANDSHAKE + (size_t)(order >> 2 * i & 3));
        collect.without = 1u << RP_CAPTURE_UP;
        collect_scene(&collect, scene, NULL);
        const char *first = strstr(collect.text, "tsn 10 250 octets in 3 chunks\n"),
                   *second = strstr(collect.text, "tsn 13 next");
        assert_true(first && second && first < second);
        assert_int_equal(collect.counts.messages, 2);
        assert_int_equal(collect.counts.lost_tsns, 0);
        rp_scene_free(scene);
    }
}

static void test_unordered_does_not_wait(void **state)
{
    (void)state;
    struct rp_scene *scene = play(&(struct rp_scene_options){ .fragment = 100 });
    say(scene, 1, "late");
    say(scene, 1, "waits");
    say_long(scene, 1, 150, 1);
    say(scene, 2, "other stream");
    rp_scene_repeat(scene, HANDSHAKE);
    rp_scene_lose(scene, HANDSHAKE);
    check(scene, "7 from 6: a0 0 unordered 1 ssn 0 ppid 70 tsn 12 150 octets in 2 chunks\n"
                 "8: a0 0 stream 2 ssn 0 ppid 70 tsn 14 other stream\n"
                 "9: a0 0 stream 1 ssn 0 ppid 70 tsn 10 late\n"
                 "5 at 9: a0 0 stream 1 ssn 1 ppid 70 tsn 11 waits\n");
    assert_int_equal(collect.counts.lost_tsns, 0);
}

static void test_retransmissions_are_dropped(void **state)
{
    (void)state;
    struct rp_scene *scene = play(&(struct rp_scene_options){ .fragment = 100 });
    say(scene, 1, "once");
    rp_scene_repeat(scene, HANDSHAKE);
    say_long(scene, 1, 150, 0);
    rp_scene_repeat(scene, HANDSHAKE + 2);
    rp_scene_exchange(scene, HANDSHAKE + 3, HANDSHAKE + 4); /* a fragment twice before the other */
    check(scene, "5: a0 0 stream 1 ssn 0 ppid 70 tsn 10 once\n"
                 "9 from 7: a0 0 stream 1 ssn 1 ppid 70 tsn 11 150 octets in 2 chunks\n");
    assert_int_equal(collect.counts.retransmissions, 2);
}

static void test_lost_to_the_capture(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    say(scene, 1, "one");
    size_t lost = say(scene, 1, "two");
    say(scene, 1, "three");
    say(scene, 2, "elsewhere");
    rp_scene_sack(scene, 1);
    rp_scene_wait(scene, 30000000);
    rp_scene_sack(scene, 1);
    say(scene, 1, "four");
    rp_scene_lose(scene, lost);
    check(scene, "5: a0 0 stream 1 ssn 0 ppid 70 tsn 10 one\n"
                 "7: a0 0 stream 2 ssn 0 ppid 70 tsn 13 elsewhere\n"
                 "lost-tsn: frame 9: " A0 "1 DATA chunk from 10.0.7.1:40001 missing in the capture: TSN 11..11\n"
                 "lost-message: frame 9: " A0 "1 message from 10.0.7.1:40001 on stream 1 lost (SSN 1..1)\n"
                 "6 at 9: a0 0 stream 1 ssn 2 ppid 70 tsn 12 three\n"
                 "10: a0 0 stream 1 ssn 3 ppid 70 tsn 14 four\n");
    assert_int_equal(collect.counts.lost_tsns, 1);
    assert_int_equal(collect.counts.lost_messages, 1);
}

static void test_first_message_lost(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    size_t lost = say(scene, 1, "one");
    rp_scene_sack(scene, 1);
    rp_scene_wait(scene, 30000000);
    rp_scene_sack(scene, 1);
    say(scene, 1, "two");
    rp_scene_lose(scene, lost);
    check(scene, "lost-tsn: frame 6: " A0 "1 DATA chunk from 10.0.7.1:40001 missing in the capture: TSN 10..10\n"
                 "lost-message: frame 7: " A0 "1 message from 10.0.7.1:40001 on stream 1 lost (SSN 0..0)\n"
                 "7: a0 0 stream 1 ssn 1 ppid 70 tsn 11 two\n");
}

static void test_lost_at_the_end(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    size_t lost = say(scene, 1, "one");
    say(scene, 1, "two");
    rp_scene_lose(scene, lost);
    check(scene, "lost-tsn: " A0 "1 DATA chunk from 10.0.7.1:40001 missing in the capture: TSN 10..10\n"
                 "lost-message: " A0 "1 message from 10.0.7.1:40001 on stream 1 lost (SSN 0..0)\n"
                 "5: a0 0 stream 1 ssn 1 ppid 70 tsn 11 two\n");
}

static void test_acknowledgement_captured_first(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    size_t data = say(scene, 1, "one");
    size_t sack = rp_scene_sack(scene, 1);
    say(scene, 1, "two");
    rp_scene_exchange(scene, data, sack);
    check(scene, "6: a0 0 stream 1 ssn 0 ppid 70 tsn 10 one\n"
                 "7: a0 0 stream 1 ssn 1 ppid 70 tsn 11 two\n");
    assert_int_equal(collect.counts.lost_tsns, 0);
}

/* two captures merged whose clocks differ: all acknowledgements come long before what they acknowledge */
static void test_false_acknowledgement_is_taken_back(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    scene->end[1].seen += 3;
    rp_scene_sack(scene, 1);
    rp_scene_wait(scene, 50000000);
    rp_scene_sack(scene, 1);
    say(scene, 1, "one");
    say(scene, 1, "two");
    check(scene, "lost-tsn: frame 6: " A0 "3 DATA chunks from 10.0.7.1:40001 missing in the capture: TSN 10..12\n"
                 "7: a0 0 stream 1 ssn 0 ppid 70 tsn 10 one\n"
                 "8: a0 0 stream 1 ssn 1 ppid 70 tsn 11 two\n");
    assert_int_equal(collect.counts.lost_tsns, 0);
}

static void test_each_fragment_lost(void **state)
{
    static const char *const why[] = { "a part of it has TSN 12): its beginning is missing",
                                       "a part of it has TSN 11): the chunks behind this part are missing",
                                       "a part of it has TSN 11): the chunks behind this part are missing" };
    (void)state;
    for (size_t lost = 0; lost < 3; lost++) {
        char want[600];
        struct rp_scene *scene = play(&(struct rp_scene_options){ .fragment = 100 });
        say(scene, 1, "before");
        size_t first = say_long(scene, 1, 250, 0);
        say(scene, 1, "behind");
        rp_scene_lose(scene, first + lost);
        snprintf(want, sizeof want,
                 "5: a0 0 stream 1 ssn 0 ppid 70 tsn 10 before\n"
                 "lost-tsn: " A0 "1 DATA chunk from 10.0.7.1:40001 missing in the capture: TSN %zu..%zu\n"
                 "lost-message: " A0 "a message from 10.0.7.1:40001 on stream 1 is lost (SSN 1, %s\n"
                 "8: a0 0 stream 1 ssn 2 ppid 70 tsn 14 behind\n",
                 11 + lost, 11 + lost, why[lost]);
        check(scene, want);
    }
}

static void test_tsn_and_ssn_wrap(void **state)
{
    (void)state;
    struct rp_scene *scene = play(&(struct rp_scene_options){ .end[0].tsn = 0xfffffffe, .fragment = 100 });
    scene->end[0].mid[1] = 0;
    say(scene, 1, "one");
    say_long(scene, 1, 350, 0);
    rp_scene_exchange(scene, HANDSHAKE + 1, HANDSHAKE + 3);
    say(scene, 1, "two");
    check(scene, "5: a0 0 stream 1 ssn 0 ppid 70 tsn 4294967294 one\n"
                 "9 from 6: a0 0 stream 1 ssn 1 ppid 70 tsn 4294967295 350 octets in 4 chunks\n"
                 "10: a0 0 stream 1 ssn 2 ppid 70 tsn 3 two\n");
    scene = plain();
    char want[100];
    for (unsigned i = 0; i < 65538; i++)
        say(scene, 1, "x");
    snprintf(want, sizeof want, "%u: a0 0 stream 1 ssn 1 ppid 70 tsn %u x\n", 65538 + 4, 65538 + 9);
    collect.without = ~0u;
    collect_scene(&collect, scene, NULL);
    assert_int_equal(collect.counts.messages, 65538);
    assert_int_equal(collect.counts.lost_messages, 0);
    assert_int_equal(collect.counts.retransmissions, 0);
    rp_scene_free(scene);
}

/* I-DATA of two messages, their fragments taking turns (RFC 8260 2.2.2) */
static void test_interleaved(void **state)
{
    (void)state;
    struct rp_scene *scene = play(&(struct rp_scene_options){ .fragment = 100, .interleaved = 1 });
    size_t a = say_long(scene, 1, 300, 0);
    for (int i = 1; i < 3; i++) /* room for the other message between */
        scene->frames[a + (size_t)i].time_ns += i * 10;
    struct rp_scene *other = play(&(struct rp_scene_options){ .fragment = 100, .interleaved = 1 });
    say_long(other, 2, 150, 0);
    rp_scene_free(other);
    say_long(scene, 2, 150, 0);
    say(scene, 1, "last");
    /* TSN order 10 11 12 (stream 1), 13 14 (stream 2), 15: sent 10 13 11 14 12 15 */
    rp_scene_exchange(scene, a + 1, a + 3);
    rp_scene_exchange(scene, a + 2, a + 3);
    rp_scene_exchange(scene, a + 3, a + 4);
    check(scene, "8 from 6: a0 0 stream 2 mid 0 ppid 70 tsn 13 150 octets in 2 chunks\n"
                 "9 from 5: a0 0 stream 1 mid 0 ppid 70 tsn 10 300 octets in 3 chunks\n"
                 "10: a0 0 stream 1 mid 1 ppid 70 tsn 15 last\n");
}

/* TSNs themselves alternate between two messages */
static void put_i_data(struct rp_scene *scene, uint16_t stream, uint32_t mid, uint32_t fsn, uint8_t flags, const char *text)
{
    uint8_t value[64] = { 0 };
    rp_put_be32(value, scene->end[0].tsn++);
    rp_put_be16(value + 4, stream);
    rp_put_be32(value + 8, mid);
    rp_put_be32(value + 12, flags & 2 ? 70 : fsn);
    memcpy(value + 16, text, strlen(text));
    rp_scene_chunk(scene, 0, 64, flags, value, 16 + strlen(text));
    rp_scene_send(scene, 0, NULL);
}

static struct rp_scene *alternating(void)
{
    struct rp_scene *scene = plain();
    put_i_data(scene, 1, 0, 0, 2, "a0");
    put_i_data(scene, 2, 0, 0, 2, "b0");
    put_i_data(scene, 1, 0, 1, 0, "a1");
    put_i_data(scene, 2, 0, 1, 0, "b1");
    put_i_data(scene, 1, 0, 2, 1, "a2");
    put_i_data(scene, 2, 0, 2, 1, "b2");
    put_i_data(scene, 1, 1, 0, 3, "c");
    return scene;
}

static void test_interleaved_tsns(void **state)
{
    (void)state;
    check(alternating(), "9 from 5: a0 0 stream 1 mid 0 ppid 70 tsn 10 a0a1a2\n"
                         "10 from 6: a0 0 stream 2 mid 0 ppid 70 tsn 11 b0b1b2\n"
                         "11: a0 0 stream 1 mid 1 ppid 70 tsn 16 c\n");
    for (size_t lost = 0; lost < 7; lost++) { /* one message is lost, the other two come */
        struct rp_scene *scene = alternating();
        rp_scene_lose(scene, HANDSHAKE + lost);
        collect_scene(&collect, scene, NULL);
        assert_int_equal(collect.counts.messages, 2);
        assert_int_equal(collect.counts.lost_tsns, lost == 6 ? 0 : 1);
        rp_scene_free(scene);
    }
}

static void test_forward_tsn(void **state)
{
    static const uint8_t forward[] = { 0, 0, 0, 11, 0, 1, 0, 1 };
    (void)state;
    struct rp_scene *scene = plain();
    say(scene, 1, "one");
    size_t lost = say(scene, 1, "two");
    say(scene, 1, "three");
    rp_scene_chunk(scene, 0, 192, 0, forward, sizeof forward);
    rp_scene_send(scene, 0, NULL);
    rp_scene_lose(scene, lost);
    check(scene, "5: a0 0 stream 1 ssn 0 ppid 70 tsn 10 one\n"
                 "6 at 7: a0 0 stream 1 ssn 2 ppid 70 tsn 12 three\n"
                 "abandoned: frame 7: " A0 "10.0.7.1:40001 gave up 1 DATA chunk, TSN 11..11 (FORWARD TSN)\n");
    assert_int_equal(collect.counts.lost_tsns, 0);
}

static void test_wild_tsn_is_left_out(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    say(scene, 1, "one");
    scene->end[0].tsn += 1000000;
    say(scene, 1, "wild");
    scene->end[0].tsn -= 1000001;
    scene->end[0].mid[1]--;
    say(scene, 1, "two");
    check(scene,
          "5: a0 0 stream 1 ssn 0 ppid 70 tsn 10 one\n"
          "malformed: frame 6: " A0 "DATA from 10.0.7.1:40001 with TSN 1000011, far beyond 10, the last in order: left out\n"
          "7: a0 0 stream 1 ssn 1 ppid 70 tsn 11 two\n");
}

static void test_sender_skips_a_number(void **state)
{
    (void)state;
    struct rp_scene *scene = plain();
    say(scene, 1, "one");
    scene->end[0].mid[1] += 2;
    say(scene, 1, "two");
    check(scene,
          "5: a0 0 stream 1 ssn 0 ppid 70 tsn 10 one\n"
          "malformed: frame 6: " A0 "10.0.7.1:40001 numbers a message on stream 1 with SSN 3 where 1 is next, though no TSN is "
          "missing (RFC 9260 6.5)\n"
          "6: a0 0 stream 1 ssn 3 ppid 70 tsn 11 two\n");
}

static void test_never_stalls(void **state)
{
    (void)state;
    struct rp_scene *scene = play(&(struct rp_scene_options){ .step_ns = 1 });
    size_t lost = say(scene, 1, "one");
    for (int i = 0; i < 6000; i++) /* nobody acknowledges */
        say(scene, 1, "x");
    rp_scene_lose(scene, lost);
    collect.without = ~0u;
    collect_scene(&collect, scene, NULL);
    assert_int_equal(collect.counts.messages, 6000);
    assert_int_equal(collect.counts.lost_tsns, 1);
    rp_scene_free(scene);
    scene = plain();
    lost = say(scene, 1, "one");
    say(scene, 1, "two");
    rp_scene_wait(scene, INT64_C(121) * 1000000000);
    say(scene, 1, "three");
    rp_scene_lose(scene, lost);
    check(scene, "lost-tsn: frame 6: " A0 "1 DATA chunk from 10.0.7.1:40001 missing in the capture: TSN 10..10\n"
                 "lost-message: frame 6: " A0 "1 message from 10.0.7.1:40001 on stream 1 lost (SSN 0..0)\n"
                 "5 at 6: a0 0 stream 1 ssn 1 ppid 70 tsn 11 two\n"
                 "6: a0 0 stream 1 ssn 2 ppid 70 tsn 12 three\n");
}

static void test_limit_on_memory(void **state)
{
    (void)state;
    struct rp_capture_options options = { .max_octets = 20000 };
    struct rp_scene *scene = play(&(struct rp_scene_options){ .fragment = 1000 });
    say_long(scene, 1, 50000, 0);
    say(scene, 1, "behind");
    collect.without = 1u << RP_CAPTURE_UP;
    collect_scene(&collect, scene, &options);
    assert_non_null(strstr(collect.text, "limit: frame 14: " A0 "9 chunks of 9000 octets from 10.0.7.1:40001 wait for missing "
                                         "ones, more than may be held: given up\n"));
    assert_non_null(strstr(collect.text, "tsn 60 behind\n"));
    rp_scene_free(scene);
}

static int tear_down(void **state)
{
    (void)state;
    rp_arena_free(&collect.arena);
    return 0;
}

int main(void)
{
    for (size_t i = 0; i < sizeof long_text; i++)
        long_text[i] = (uint8_t)(i * 7 + i / 256);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bundled_chunks),
        cmocka_unit_test(test_fragments),
        cmocka_unit_test(test_fragments_in_any_order),
        cmocka_unit_test(test_unordered_does_not_wait),
        cmocka_unit_test(test_retransmissions_are_dropped),
        cmocka_unit_test(test_lost_to_the_capture),
        cmocka_unit_test(test_first_message_lost),
        cmocka_unit_test(test_lost_at_the_end),
        cmocka_unit_test(test_acknowledgement_captured_first),
        cmocka_unit_test(test_false_acknowledgement_is_taken_back),
        cmocka_unit_test(test_each_fragment_lost),
        cmocka_unit_test(test_tsn_and_ssn_wrap),
        cmocka_unit_test(test_interleaved),
        cmocka_unit_test(test_interleaved_tsns),
        cmocka_unit_test(test_forward_tsn),
        cmocka_unit_test(test_wild_tsn_is_left_out),
        cmocka_unit_test(test_sender_skips_a_number),
        cmocka_unit_test(test_never_stalls),
        cmocka_unit_test(test_limit_on_memory),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
