#include "harness/capture/capture.h"

#include <stdlib.h>
#include <unistd.h>

#include "harness/capture/collect_test.h"
#include "harness/capture/file.h"
#include "harness/capture/link.h"

static struct collect collect;

static const char text[] = "a message that is long enough for some fragments of its own";

/* one of nearly everything, small enough to be cut at every octet */
static struct rp_scene *varied(uint32_t link_type)
{
    struct rp_scene_options options = { .link_type = link_type, .fragment = 24, .start_ns = INT64_C(1700000000000000001) };
    options.vlan[0] = 7;
    options.end[0] = (struct rp_scene_end){ .address = { "10.0.7.1", "10.0.8.1" }, .port = 40001 };
    options.end[1] = (struct rp_scene_end){ .address = { "10.0.7.2" }, .port = 36421 };
    struct rp_scene *scene = rp_scene_new(&options);
    rp_scene_handshake(scene);
    struct rp_scene_message message = { .stream = 1, .ppid = 70, .octets = text, .len = 60, .comment = "sent by the test" };
    rp_scene_message(scene, &message);
    message.from = 1;
    message.unordered = 1;
    scene->options.ip_mtu = 64;
    rp_scene_message(scene, &message);
    scene->options.ip_mtu = 0;
    message.unordered = 0;
    rp_scene_bundle(scene, &message);
    rp_scene_send(scene, 1, NULL);
    rp_scene_sack(scene, 0);
    rp_scene_lose(scene, 5);
    rp_scene_shutdown(scene, 1);
    return scene;
}

static uint8_t *written(const struct rp_capwrite_options *options, uint32_t link_type, size_t *len)
{
    struct rp_scene *scene = varied(link_type);
    struct rp_capwriter *writer = rp_capwrite_open(NULL, options);
    assert_int_equal(rp_scene_write(scene, writer, rp_capwrite_interface(writer, link_type, "test0")), 0);
    const uint8_t *octets = rp_capwrite_octets(writer, len);
    uint8_t *copy = malloc(*len);
    memcpy(copy, octets, *len);
    assert_int_equal(rp_capwrite_close(writer), 0);
    rp_scene_free(scene);
    return copy;
}

/* the lines of messages, without those of events, which at a cut come at another time */
static void keep_messages(char *out, size_t size)
{
    size_t at = 0;
    out[0] = '\0';
    for (char *line = collect.text, *end; (end = strchr(line, '\n')); line = end + 1)
        if (*line >= '0' && *line <= '9')
            at += (size_t)snprintf(out + at, size - at, "%.*s\n", (int)(end - line), line);
}

static void test_cut_at_every_octet(void **state)
{
    static const struct rp_capwrite_options kinds[] = { { 0 },
                                                        { .big_endian = 1 },
                                                        { .format = RP_WRITE_PCAP_NS },
                                                        { .format = RP_WRITE_PCAP_US, .big_endian = 1 },
                                                        { .snap_len = 70 } };
    static char whole[4096], part[4096];
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t len;
        uint8_t *octets = written(&kinds[i], RP_LINKTYPE_ETHERNET, &len);
        collect.without = ~0u;
        assert_int_equal(collect_octets(&collect, NULL, octets, len), 0);
        keep_messages(whole, sizeof whole);
        uint64_t frames = collect.counts.frames, last = 0;
        for (size_t n = 0; n < len; n++) {
            int result = collect_octets(&collect, NULL, octets, n);
            keep_messages(part, sizeof part);
            /* at the end of a file a lost chunk lets later messages pass, so a part may be ahead by some lines */
            assert_true(strncmp(whole, part, strlen(part)) == 0 || collect.counts.lost_tsns);
            assert_true(collect.counts.frames >= last && collect.counts.frames < frames + (n == len));
            assert_true(result == 0 || (collect.diags.worst == RP_TRANSFER && collect.counts.damaged_files == 1));
            last = collect.counts.frames;
        }
        free(octets);
    }
    collect.without = 0;
}

/* every octet changed in three ways: nothing may crash, and each run ends */
static void test_every_octet_changed(void **state)
{
    static const uint8_t change[] = { 0x01, 0x80, 0xff };
    size_t len;
    (void)state;
    uint8_t *octets = written(NULL, RP_LINKTYPE_LINUX_SLL2, &len);
    collect.without = ~0u;
    for (size_t i = 0; i < 3 * len; i++) {
        octets[i / 3] ^= change[i % 3];
        collect_octets(&collect, NULL, octets, len);
        assert_int_equal(collect.gone, collect.counts.associations);
        octets[i / 3] ^= change[i % 3];
    }
    collect.without = 0;
    free(octets);
}

static void test_damage_is_an_event_and_a_diagnostic(void **state)
{
    size_t len;
    char line[600];
    (void)state;
    uint8_t *octets = written(&(struct rp_capwrite_options){ .format = RP_WRITE_PCAP_NS }, RP_LINKTYPE_RAW, &len);
    collect.without = ~(1u << RP_CAPTURE_DAMAGED);
    assert_int_equal(collect_octets(&collect, NULL, octets, len - 5), -1);
    free(octets);
    collect.without = 0;
    assert_int_equal(collect.diags.count, 1);
    rp_diag_format(collect.diags.first, line, sizeof line);
    snprintf(collect.text, sizeof collect.text, "%s", strstr(collect.text, "damaged: ") + 9);
    collect.text[strcspn(collect.text, "\n")] = '\0';
    assert_string_equal(line + strlen("test.pcapng: error: "), collect.text);
    assert_string_equal(collect.text,
                        "octet 1108: a packet record is cut short; the 15 frames before it were read. Copy the capture "
                        "again once its writer has closed it; expected 52 octets, seen 47");
}

static uint64_t offset_of_frame(const uint8_t *octets, size_t len, unsigned number)
{
    struct rp_capture_source source = { .name = "test", .octets = octets, .len = len };
    struct rp_diags diags = { .arena = NULL };
    struct rp_capfile *file = rp_capfile_open(&source, &diags);
    struct rp_frame frame = { .offset = 0 };
    while (number--)
        assert_int_equal(rp_capfile_next(file, &frame, &diags), 1);
    rp_capfile_close(file);
    return frame.offset;
}

/* a length in the middle is wrong: what lies behind is read all the same, and both are said */
static void test_reading_goes_on_behind_damage(void **state)
{
    static const struct rp_capwrite_options kinds[] = { { 0 }, { .big_endian = 1 }, { .format = RP_WRITE_PCAP_NS } };
    static const uint32_t lengths[] = { 0x7fffff00, 0x00ffff00, 60000, 33, 5, 0 };
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
            size_t len;
            char want[40];
            uint8_t *octets = written(&kinds[i], RP_LINKTYPE_RAW, &len);
            size_t at = (size_t)offset_of_frame(octets, len, 6), field = at + (kinds[i].format ? 8 : 4);
            for (int n = 0; n < 4; n++)
                octets[field + (size_t)n] = (uint8_t)(lengths[k] >> 8 * (kinds[i].big_endian ? 3 - n : n));
            collect.without = ~(1u << RP_CAPTURE_DAMAGED | 1u << RP_CAPTURE_CLOSED);
            assert_int_equal(collect_octets(&collect, NULL, octets, len), -1);
            snprintf(want, sizeof want, "damaged: octet %zu: ", at);
            if (!kinds[i].format || lengths[k] >= 60000) /* a pcap frame that is too short shows in those behind it */
                assert_non_null(strstr(collect.text, want));
            assert_non_null(strstr(collect.text, ": reading goes on behind the damage, with frame "));
            assert_non_null(strstr(collect.text, "\nclosed: "));
            assert_true(collect.counts.frames >= 14 && collect.counts.frames <= 17);
            assert_int_equal(collect.counts.damaged_files, 1);
            free(octets);
        }
    collect.without = 0;
}

static void test_nothing_to_read_is_said(void **state)
{
    static const uint8_t arp[64] = { [12] = 8, [13] = 6 };
    size_t len;
    (void)state;
    struct rp_capwriter *writer = rp_capwrite_open(NULL, NULL);
    int ethernet = rp_capwrite_interface(writer, RP_LINKTYPE_ETHERNET, NULL), other = rp_capwrite_interface(writer, 147, NULL);
    rp_capwrite_frame(writer, ethernet, 5, arp, sizeof arp, NULL);
    rp_capwrite_frame(writer, other, 6, arp, sizeof arp, NULL);
    rp_capwrite_frame(writer, other, 7, arp, sizeof arp, NULL);
    const uint8_t *octets = rp_capwrite_octets(writer, &len);
    assert_int_equal(collect_octets(&collect, NULL, octets, len), 0);
    rp_capwrite_close(writer);
    assert_int_equal(collect.diags.worst, RP_NOTE);
    assert_string_equal(collect.diags.first->text, "no SCTP in 3 frames: 2 of an unknown link type, 1 not IP");
    assert_string_equal(collect.diags.first->seen, "link type 147");
}

static void test_cut_frames_are_said_once(void **state)
{
    size_t len;
    (void)state;
    uint8_t *octets = written(&(struct rp_capwrite_options){ .snap_len = 60 }, RP_LINKTYPE_ETHERNET, &len);
    collect.without = ~(1u << RP_CAPTURE_CUT);
    collect_octets(&collect, NULL, octets, len);
    free(octets);
    collect.without = 0;
    assert_string_equal(collect.text, "cut: frame 1: only 60 of 86 octets were captured; it and others like it are left out "
                                      "(capture with -s 0)\n");
    assert_true(collect.counts.skipped[RP_SKIP_CUT] > 5);
}

static void test_no_such_file(void **state)
{
    struct rp_capture_handler handler = { .context = &collect, .message = collect_message, .event = collect_event };
    struct rp_capture_source sources[] = { { .name = "no/such/file.pcap" }, { .name = "/" } };
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    char line[300];
    (void)state;
    collect.at = 0;
    assert_int_equal(rp_capture_run(sources, 2, NULL, &handler, NULL, &diags), -1);
    rp_diag_format(diags.first, line, sizeof line);
    assert_string_equal(line, "no/such/file.pcap: error: can't be opened: No such file or directory");
    assert_string_equal(diags.last->text, "can't be opened: Is a directory");
    rp_arena_free(&arena);
}

static int stop_at_once(void *context, const struct rp_capture_counts *counts, uint64_t file_octets)
{
    *(uint64_t *)context = file_octets;
    return counts->frames >= 65536;
}

static void test_progress_stops_the_run(void **state)
{
    static const uint8_t octet[1];
    uint64_t seen = 0;
    size_t len;
    (void)state;
    struct rp_capwriter *writer = rp_capwrite_open(NULL, NULL);
    int interface = rp_capwrite_interface(writer, RP_LINKTYPE_RAW, NULL);
    for (int i = 0; i < 70000; i++)
        rp_capwrite_frame(writer, interface, i, octet, 1, NULL);
    struct rp_capture_source source = { .name = "many", .octets = rp_capwrite_octets(writer, &len) };
    source.len = len;
    struct rp_capture_handler handler = { .context = &seen, .progress = stop_at_once };
    struct rp_capture_counts counts;
    struct rp_diags diags = { 0 };
    assert_int_equal(rp_capture_run(&source, 1, NULL, &handler, &counts, &diags), 0);
    assert_int_equal(counts.frames, 65536);
    assert_int_equal(seen, len);
    rp_capwrite_close(writer);
}

/* real traffic, where it is present */
static void test_real_captures(void **state)
{
    static const struct {
        const char *path;
        uint64_t frames, messages, ppid_0, associations;
    } rows[] = {
        { "../shared/captures/e2/oai-flexric-kpm-rc.pcapng", 253, 137, 135, 2 }, /* two messages are NGAP */
        { "../shared/captures/e2/flexric-2022-e2ap-v1.pcapng", 6, 6, 6, 1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t len;
        char *octets = rp_slurp(rows[i].path, &len);
        if (!octets) {
            print_message("skipped: %s is not here\n", rows[i].path);
            skip();
        }
        assert_int_equal(collect_octets(&collect, NULL, (const uint8_t *)octets, len), 0);
        free(octets);
        assert_int_equal(collect.counts.frames, rows[i].frames);
        assert_int_equal(collect.counts.messages, rows[i].messages);
        assert_int_equal(collect.counts.associations, rows[i].associations);
        assert_int_equal(collect.counts.lost_tsns, 0);
        uint64_t zero = 0;
        for (const char *at = collect.text; (at = strstr(at, " ppid 0 ")); at++)
            zero++;
        assert_int_equal(zero, rows[i].ppid_0);
    }
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
        cmocka_unit_test(test_cut_at_every_octet),
        cmocka_unit_test(test_every_octet_changed),
        cmocka_unit_test(test_damage_is_an_event_and_a_diagnostic),
        cmocka_unit_test(test_reading_goes_on_behind_damage),
        cmocka_unit_test(test_nothing_to_read_is_said),
        cmocka_unit_test(test_cut_frames_are_said_once),
        cmocka_unit_test(test_no_such_file),
        cmocka_unit_test(test_progress_stops_the_run),
        cmocka_unit_test(test_real_captures),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
