/* The seeds of the capture fuzzer in fixtures/fuzz/capture are scenes of this file. The test compares them octet by octet, which
 * also holds the writer to what it wrote before; with RP_WRITE_SEEDS set it writes them. */
#include <stdlib.h>

#include "harness/capture/collect_test.h"
#include "harness/capture/link.h"
#include "harness/capture/octets.h"

static const char text[] = "Twelve octets, and twelve more of them, and some.";

static void say(struct rp_scene *scene, int from, uint16_t stream, size_t len, int unordered)
{
    rp_scene_message(scene, &(struct rp_scene_message){ .from = from,
                                                        .stream = stream,
                                                        .ppid = 70,
                                                        .unordered = unordered,
                                                        .octets = text,
                                                        .len = len,
                                                        .comment = from ? NULL : "a comment" });
}

static void talk(struct rp_scene *scene)
{
    rp_scene_handshake(scene);
    say(scene, 0, 1, 40, 0);
    say(scene, 1, 0, 12, 1);
    rp_scene_sack(scene, 0);
}

static void lose_some(struct rp_scene *scene)
{
    talk(scene);
    say(scene, 0, 1, 24, 0);
    rp_scene_sack(scene, 1);
    rp_scene_wait(scene, 30000000);
    say(scene, 0, 1, 12, 0);
    rp_scene_lose(scene, 5);
    rp_scene_repeat(scene, 6);
    rp_scene_exchange(scene, 6, 8);
}

static void end_badly(struct rp_scene *scene)
{
    talk(scene);
    rp_scene_abort(scene, 1, "reason");
    rp_scene_restart(scene);
    talk(scene);
    rp_scene_restart(scene);
    talk(scene);
    rp_scene_shutdown(scene, 0);
}

static void other_chunks(struct rp_scene *scene)
{
    static const uint8_t forward[] = { 0, 0, 0, 60, 0, 1, 0, 1 }, cause[] = { 0, 1, 0, 8, 0, 99, 0, 0 };
    talk(scene);
    rp_scene_chunk(scene, 0, 192, 0, forward, sizeof forward);
    rp_scene_chunk(scene, 0, 9, 0, cause, sizeof cause);
    rp_scene_chunk(scene, 0, 4, 0, cause, sizeof cause);
    rp_scene_chunk(scene, 0, 130, 0, cause, sizeof cause);
    rp_scene_chunk(scene, 0, 193, 0, "\0\0\0\1\xc0\1\0\x10\0\0\0\0\0\5\0\x8\n\0\0\7", 20);
    rp_scene_send(scene, 0, NULL);
    say(scene, 0, 1, 40, 0);
}

static void damage_some(struct rp_scene *scene)
{
    talk(scene);
    scene->frames[4].octets[scene->frames[4].len - 1] ^= 1; /* a wrong CRC */
    rp_scene_chunk(scene, 1, 3, 0, text, 12);
    rp_put_be16(scene->end[1].packet + 14, 3); /* a wrong length */
    rp_scene_send(scene, 1, NULL);
}

#define V6                                                                                                                       \
    {                                                                                                                            \
        { .address = { "2001:db8::1" } },                                                                                        \
        {                                                                                                                        \
            .address = { "2001:db8::2" }                                                                                         \
        }                                                                                                                        \
    }

static const struct {
    const char *name;
    void (*play)(struct rp_scene *scene);
    struct rp_scene_options options;
    struct rp_capwrite_options file;
} seeds[] = {
    { "ethernet.pcapng", talk, { .link_type = RP_LINKTYPE_ETHERNET }, { 0 } },
    { "big-endian.pcapng", talk, { .link_type = RP_LINKTYPE_RAW }, { .big_endian = 1 } },
    { "us.pcap", talk, { .link_type = RP_LINKTYPE_NULL }, { .format = RP_WRITE_PCAP_US } },
    { "ns-big-endian.pcap", talk, { .link_type = RP_LINKTYPE_LOOP }, { .format = RP_WRITE_PCAP_NS, .big_endian = 1 } },
    { "snap.pcapng", talk, { .link_type = RP_LINKTYPE_ETHERNET }, { .snap_len = 70 } },
    { "vlan.pcapng", talk, { .link_type = RP_LINKTYPE_ETHERNET, .vlan = { 7, 9 } }, { 0 } },
    { "cooked-1.pcapng", talk, { .link_type = RP_LINKTYPE_LINUX_SLL }, { 0 } },
    { "cooked-2.pcapng", talk, { .link_type = RP_LINKTYPE_LINUX_SLL2 }, { 0 } },
    { "ppp.pcapng", talk, { .link_type = RP_LINKTYPE_PPP }, { 0 } },
    { "ip-fragments.pcapng", talk, { .link_type = RP_LINKTYPE_RAW, .ip_mtu = 56, .fragment = 60 }, { 0 } },
    { "ipv6-fragments.pcapng", talk, { .link_type = RP_LINKTYPE_RAW, .ip_mtu = 72, .fragment = 60, .end = V6 }, { 0 } },
    { "udp.pcapng", talk, { .link_type = RP_LINKTYPE_RAW, .udp_port = 9899, .end = V6 }, { 0 } },
    { "lost.pcapng", lose_some, { .link_type = RP_LINKTYPE_RAW }, { 0 } },
    { "i-data.pcapng", lose_some, { .link_type = RP_LINKTYPE_RAW, .interleaved = 1 }, { 0 } },
    { "ends.pcapng", end_badly, { .link_type = RP_LINKTYPE_RAW }, { 0 } },
    { "chunks.pcapng", other_chunks, { .link_type = RP_LINKTYPE_RAW }, { 0 } },
    { "damaged.pcapng", damage_some, { .link_type = RP_LINKTYPE_RAW }, { 0 } },
    { "multihoming.pcapng",
      talk,
      { .link_type = RP_LINKTYPE_RAW,
        .end = { { .address = { "10.0.0.1", "10.1.0.1" } }, { .address = { "10.0.0.2", "2001:db8::2" } } } },
      { 0 } },
};

static void put_blocks(struct rp_capwriter *writer, const struct rp_scene *scene)
{
    uint8_t body[256] = { 0 };
    size_t len = scene->frames[4].len < 200 ? scene->frames[4].len : 200;
    body[0] = (uint8_t)len; /* simple: the original length */
    memcpy(body + 4, scene->frames[4].octets, len);
    rp_capwrite_block(writer, 3, body, 4 + len);
    memset(body, 0, sizeof body);
    body[12] = body[16] = (uint8_t)len; /* obsolete: interface, drops, time, captured and original length */
    memcpy(body + 20, scene->frames[4].octets, len);
    rp_capwrite_block(writer, 2, body, 20 + len);
    rp_capwrite_block(writer, 0xbad, body, 8);
}

static struct rp_capwriter *make(size_t i)
{
    struct rp_scene_options options = seeds[i].options;
    for (int k = 0; k < 2; k++) {
        if (!options.end[k].address[0])
            options.end[k].address[0] = k ? "10.0.0.2" : "10.0.0.1";
        options.end[k].port = k ? 36421 : 40001;
        options.end[k].tsn = k ? 900 : 50;
    }
    options.start_ns = INT64_C(1700000000000000000);
    if (!options.fragment)
        options.fragment = 16;
    struct rp_scene *scene = rp_scene_new(&options);
    assert_non_null(scene);
    seeds[i].play(scene);
    struct rp_capwriter *writer = rp_capwrite_open(NULL, &seeds[i].file);
    assert_int_equal(rp_scene_write(scene, writer, rp_capwrite_interface(writer, options.link_type, NULL)), 0);
    if (i == 0)
        put_blocks(writer, scene);
    rp_scene_free(scene);
    return writer;
}

static void store(const char *path, const uint8_t *octets, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(octets, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void test_seeds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        char path[200];
        size_t len, have_len;
        struct rp_capwriter *writer = make(i);
        const uint8_t *octets = rp_capwrite_octets(writer, &len);
        snprintf(path, sizeof path, RP_SOURCE_DIR "/fixtures/fuzz/capture/%s", seeds[i].name);
        if (getenv("RP_WRITE_SEEDS"))
            store(path, octets, len);
        char *have = rp_slurp(path, &have_len);
        assert_non_null(have);
        assert_int_equal(have_len, len);
        assert_memory_equal(have, octets, len);
        free(have);
        rp_capwrite_close(writer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_seeds) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
