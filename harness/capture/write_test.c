/* What write.c, packet.c and scene.c make is judged by another reader, tshark, where it is installed. */
#include "harness/capture/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "harness/capture/collect_test.h"
#include "harness/capture/link.h"

static struct collect collect;
static uint8_t payload[5000];

#define V6                                                                                                                       \
    {                                                                                                                            \
        { .address = { "2001:db8::1" } },                                                                                        \
        {                                                                                                                        \
            .address = { "2001:db8::2" }                                                                                         \
        }                                                                                                                        \
    }

/* each in a place of its own in one file, so that the ports are the row's */
static const struct {
    const char *what;
    struct rp_scene_options options;
} rows[] = {
    { "Ethernet", { .link_type = RP_LINKTYPE_ETHERNET } },
    { "VLAN", { .link_type = RP_LINKTYPE_ETHERNET, .vlan = { 100 } } },
    { "QinQ", { .link_type = RP_LINKTYPE_ETHERNET, .vlan = { 100, 200 } } },
    { "Linux cooked v1", { .link_type = RP_LINKTYPE_LINUX_SLL } },
    { "Linux cooked v2", { .link_type = RP_LINKTYPE_LINUX_SLL2 } },
    { "raw IP", { .link_type = RP_LINKTYPE_RAW } },
    { "raw IPv4", { .link_type = RP_LINKTYPE_IPV4 } },
    { "BSD loopback", { .link_type = RP_LINKTYPE_NULL } },
    { "OpenBSD loopback", { .link_type = RP_LINKTYPE_LOOP } },
    { "PPP", { .link_type = RP_LINKTYPE_PPP } },
    { "IP fragments", { .link_type = RP_LINKTYPE_ETHERNET, .ip_mtu = 576 } },
    { "UDP", { .link_type = RP_LINKTYPE_ETHERNET, .udp_port = 9899 } },
    { "IPv6", { .link_type = RP_LINKTYPE_ETHERNET, .end = V6 } },
    { "IPv6 fragments", { .link_type = RP_LINKTYPE_RAW, .ip_mtu = 600, .end = V6 } },
    { "IPv6 in UDP", { .link_type = RP_LINKTYPE_LINUX_SLL2, .udp_port = 9899, .end = V6 } },
    { "I-DATA", { .link_type = RP_LINKTYPE_ETHERNET, .interleaved = 1 } },
    { "multihoming",
      { .link_type = RP_LINKTYPE_ETHERNET,
        .end = { { .address = { "10.0.0.1", "10.1.0.1" } }, { .address = { "10.0.0.2", "10.1.0.2" } } } } },
};

enum { ROWS = sizeof rows / sizeof *rows };

static const struct rp_capwrite_options files[] = {
    { 0 }, { .big_endian = 1 }, { .format = RP_WRITE_PCAP_NS }, { .format = RP_WRITE_PCAP_US, .big_endian = 1 }
};

/* pcap has one link type for all: it gets the first row only */
static size_t rows_of(const struct rp_capwrite_options *file)
{
    return file->format == RP_WRITE_PCAPNG ? ROWS : 1;
}

static struct rp_scene *scene_of(size_t row)
{
    struct rp_scene_options options = rows[row].options;
    for (int i = 0; i < 2; i++) {
        if (!options.end[i].address[0])
            options.end[i].address[0] = i ? "10.0.0.2" : "10.0.0.1";
        options.end[i].port = i ? 36421 : (uint16_t)(40001 + row);
    }
    options.start_ns = INT64_C(1700000000123456000);
    struct rp_scene *scene = rp_scene_new(&options);
    assert_non_null(scene);
    rp_scene_handshake(scene);
    struct rp_scene_message message = { .stream = 1, .ppid = 70, .octets = payload, .len = 3000, .comment = "three thousand" };
    rp_scene_message(scene, &message);
    rp_scene_sack(scene, 1);
    scene->way = 1;
    message = (struct rp_scene_message){ .from = 1, .ppid = 0, .octets = "short", .len = 5, .unordered = 1 };
    rp_scene_bundle(scene, &message);
    rp_scene_bundle(scene, &message);
    rp_scene_send(scene, 1, NULL);
    rp_scene_shutdown(scene, 0);
    return scene;
}

static void write_all(struct rp_capwriter *writer, const struct rp_capwrite_options *file)
{
    for (size_t i = 0; i < rows_of(file); i++) {
        struct rp_scene *scene = scene_of(i);
        int interface = rp_capwrite_interface(writer, rows[i].options.link_type, rows[i].what);
        assert_true(interface >= 0);
        assert_int_equal(rp_scene_write(scene, writer, interface), 0);
        rp_scene_free(scene);
    }
}

/* our own reader finds in each the same messages */
static void test_reads_back(void **state)
{
    (void)state;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct rp_capwriter *writer = rp_capwrite_open(NULL, &files[f]);
        size_t len, n = rows_of(&files[f]);
        write_all(writer, &files[f]);
        const uint8_t *octets = rp_capwrite_octets(writer, &len);
        assert_int_equal(collect_octets(&collect, NULL, octets, len), 0);
        rp_capwrite_close(writer);
        assert_int_equal(collect.counts.messages, 3 * n);
        assert_int_equal(collect.counts.message_octets, 3010 * n);
        assert_int_equal(collect.counts.bad_crcs, 0);
        assert_int_equal(collect.counts.associations, n);
        assert_int_equal(collect.counts.first_ns, INT64_C(1700000000123456000));
        assert_int_equal(collect.counts.skipped[RP_SKIP_MALFORMED] + collect.counts.skipped[RP_SKIP_NOT_SCTP], 0);
        assert_int_equal(strstr(collect.text, " # three thousand\n") != NULL, n > 1);
    }
}

static int has_tshark(void)
{
    return system("tshark --version >/dev/null 2>&1") == 0;
}

/* tshark's fields of each frame, a line each: time, CRC32c, checksums of IP and UDP (1 is good, 0 bad), severity of complaints */
static void run_tshark(const char *path, char *out, size_t size)
{
    char command[600];
    snprintf(command, sizeof command,
             "tshark -n -r %s -o sctp.checksum:CRC-32C -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE -T fields "
             "-E separator=/s -E occurrence=f -e frame.time_epoch -e sctp.checksum.status -e ip.checksum.status "
             "-e udp.checksum.status -e _ws.malformed -E quote=s 2>/dev/null",
             path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t n = fread(out, 1, size - 1, pipe);
    out[n] = '\0';
    assert_int_equal(pclose(pipe), 0);
}

static void check_with_tshark(const char *path, size_t n)
{
    static char out[1 << 16];
    unsigned good = 0;
    run_tshark(path, out, sizeof out);
    assert_int_equal(strncmp(out, "'1700000000.123456000' ", 23), 0);
    for (char *line = out, *end; *line; line = end + 1) {
        char *field = strchr(line, ' ');
        end = strchr(line, '\n');
        assert_true(field && end && field < end);
        *end = '\0';
        good += strncmp(field, " '1'", 4) == 0;
        assert_null(strstr(field, "'0'"));
        assert_null(strstr(field, "alformed"));
    }
    /* INIT to COOKIE ACK, three fragments, SACK, two chunks in one packet, SHUTDOWN to SHUTDOWN COMPLETE */
    assert_int_equal(good, 12 * n);
}

static void test_tshark_agrees(void **state)
{
    char path[] = "/tmp/ranproof-write-XXXXXX";
    (void)state;
    if (!has_tshark()) {
        print_message("skipped: tshark is not installed\n");
        skip();
    }
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct rp_capwriter *writer = rp_capwrite_open(path, &files[f]);
        assert_non_null(writer);
        write_all(writer, &files[f]);
        assert_int_equal(rp_capwrite_close(writer), 0);
        check_with_tshark(path, rows_of(&files[f]));
    }
    unlink(path);
}

static void test_file_that_cannot_be_written(void **state)
{
    (void)state;
    assert_null(rp_capwrite_open("/no/such/folder/file.pcapng", NULL));
    struct rp_capwriter *writer = access("/dev/full", W_OK) == 0 ? rp_capwrite_open("/dev/full", NULL) : NULL;
    if (!writer)
        skip();
    int interface = rp_capwrite_interface(writer, RP_LINKTYPE_RAW, NULL);
    for (int i = 0; i < 100; i++)
        rp_capwrite_frame(writer, interface, i, payload, sizeof payload, NULL);
    assert_int_equal(rp_capwrite_close(writer), -1);
}

static void test_bad_scenes(void **state)
{
    struct rp_scene_options options = { .end = { { .address = { "10.0.0.1" } }, { .address = { "nowhere" } } } };
    (void)state;
    assert_null(rp_scene_new(&options));
    options.end[1].address[0] = "10.0.0.2";
    options.link_type = 147; /* not one that can be made */
    struct rp_scene *scene = rp_scene_new(&options);
    rp_scene_handshake(scene);
    assert_int_equal(scene->count, 0);
    struct rp_capwriter *writer = rp_capwrite_open(NULL, NULL);
    assert_int_equal(rp_scene_write(scene, writer, 0), -1);
    rp_capwrite_close(writer);
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
    for (size_t i = 0; i < sizeof payload; i++)
        payload[i] = (uint8_t)(i * 31);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_back),
        cmocka_unit_test(test_tshark_agrees),
        cmocka_unit_test(test_file_that_cannot_be_written),
        cmocka_unit_test(test_bad_scenes),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
