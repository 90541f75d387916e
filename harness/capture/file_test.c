/* pcap and pcapng files, octet by octet (file.c, pcapng.c, input.c). */
#include "harness/capture/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/capture/write.h"
#include "tools/test_support.h"

#define PCAP_LE     "d4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000000 "
#define NS_LE       "4d3cb2a1 0200 0400 00000000 00000000 ffff0000 65000000 "
#define PCAP_BE     "a1b2c3d4 0002 0004 00000000 00000000 0000ffff 00000071 "
#define MODIFIED_LE "34cdb2a1 0200 0400 00000000 00000000 ffff0000 01000000 "
#define SHB_LE      "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000 "
#define SHB_BE      "0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c "
#define IDB_LE      "01000000 14000000 0100 0000 00000000 14000000 "
#define IDB_BE      "00000001 00000014 0071 0000 00000000 00000014 "
#define IDB_SNAP3   "01000000 14000000 0100 0000 03000000 14000000 "
#define IDB_NS      "01000000 20000000 6500 0000 00000000 0900 0100 09000000 0000 0000 20000000 "
#define IDB_OFFSET  "01000000 2c000000 6500 0000 00000000 0900 0100 00000000 0e00 0800 1027000000000000 0000 0000 2c000000 "
#define IDB_BINARY  "01000000 20000000 6500 0000 00000000 0900 0100 8a000000 0000 0000 20000000 "
#define IDB_PICO    "01000000 20000000 6500 0000 00000000 0900 0100 0c000000 0000 0000 20000000 "
#define EPB_LE      "06000000 24000000 00000000 00000000 40420f00 02000000 05000000 61620000 24000000 "
#define EPB_IF1     "06000000 24000000 01000000 00000000 40420f00 02000000 05000000 61620000 24000000 "
#define EPB_BE      "00000006 00000024 00000000 00000000 000f4240 00000002 00000005 61620000 00000024 "
#define EPB_COMMENTS                                                                                                             \
    "06000000 40000000 00000000 00000000 40420f00 02000000 02000000 61620000 "                                                   \
    "0100 0300 6f6e6500 0200 0400 00000001 0100 0300 74776f00 00000000 40000000 "

/* one line a frame: number, ns, link type, captured of original, octets, comment */
static const struct {
    const char *what, *octets, *want, *damage, *expected, *seen;
} rows[] = {
    { "pcap, us", PCAP_LE "01000000 02000000 02000000 05000000 6162", "1 1000002000 1 2/5 ab\n", NULL, NULL, NULL },
    { "pcap, big endian", PCAP_BE "00000001 00000002 00000002 00000002 6162", "1 1000002000 113 2/2 ab\n", NULL, NULL, NULL },
    { "pcap, ns", NS_LE "01000000 02000000 02000000 02000000 6162", "1 1000000002 101 2/2 ab\n", NULL, NULL, NULL },
    { "pcap, modified", MODIFIED_LE "01000000 02000000 02000000 02000000 00000000 00000000 6162", "1 1000002000 1 2/2 ab\n", NULL,
      NULL, NULL },
    { "pcap, no frames", PCAP_LE, "", NULL, NULL, NULL },
    { "pcap, an empty frame", PCAP_LE "01000000 02000000 00000000 00000000", "1 1000002000 1 0/0 \n", NULL, NULL, NULL },
    { "pcap, original below captured", PCAP_LE "01000000 02000000 02000000 01000000 6162", "1 1000002000 1 2/2 ab\n", NULL, NULL,
      NULL },
    { "pcap, frame cut", PCAP_LE "01000000 02000000 02000000 02000000 61", "",
      "octet 24: a packet record is cut short; the 0 frames before it were read. Copy the capture again once its writer has "
      "closed "
      "it",
      "18 octets", "17" },
    { "pcap, record head cut", PCAP_LE "01000000 02000000 01000000 01000000 61 01000000", "1 1000002000 1 1/1 a\n",
      "octet 41: a packet record's head is cut short; the 1 frames before it were read. Copy the capture again once its writer "
      "has "
      "closed it",
      "16 octets", "4" },
    { "pcap, absurd length", PCAP_LE "01000000 02000000 ffffff7f 02000000 6162", "",
      "octet 24: the length of frame 1 can't be right: the file is damaged here; the frames before it were read",
      "at most 16777216 octets", "2147483647" },
    { "pcap, head cut", "d4c3b2a1 0200 0400", NULL,
      "octet 0: the file's head is cut short; the 0 frames before it were read. Copy the capture again once its writer has "
      "closed it",
      "24 octets", "8" },
    { "pcap of version 1", "d4c3b2a1 0100 0400 00000000 00000000 ffff0000 01000000", NULL,
      "octet 4: not a version of pcap that can be read", "version 2", "1.4" },
    { "empty file", "", NULL, "octet 0: the file is empty: nothing was captured, or it was not copied", "", "" },
    { "gzip", "1f8b0800 00000000", NULL, "octet 0: this is a gzip file: unpack it with gunzip first",
      "the magic number of pcap (a1b2c3d4, a1b23c4d) or pcapng (0a0d0d0a)", "1f8b0800" },
    { "zstd", "28b52ffd 00000000", NULL, "octet 0: this is a zstd file: unpack it with unzstd first",
      "the magic number of pcap (a1b2c3d4, a1b23c4d) or pcapng (0a0d0d0a)", "28b52ffd" },
    { "snoop", "736e6f6f 70000000", NULL, "octet 0: this is a snoop file: convert it with editcap -F pcapng first",
      "the magic number of pcap (a1b2c3d4, a1b23c4d) or pcapng (0a0d0d0a)", "736e6f6f" },
    { "text", "68656c6c 6f0a", NULL, "octet 0: this is neither pcap nor pcapng: convert it with editcap -F pcapng first",
      "the magic number of pcap (a1b2c3d4, a1b23c4d) or pcapng (0a0d0d0a)", "68656c6c" },
    { "pcapng", SHB_LE IDB_LE EPB_LE, "1 1000000000 1 2/5 ab\n", NULL, NULL, NULL },
    { "pcapng, big endian", SHB_BE IDB_BE EPB_BE, "1 1000000000 113 2/5 ab\n", NULL, NULL, NULL },
    { "two sections in both orders, interfaces begin anew", SHB_LE IDB_LE EPB_LE SHB_BE IDB_BE EPB_BE,
      "1 1000000000 1 2/5 ab\n2 1000000000 113 2/5 ab\n", NULL, NULL, NULL },
    { "two interfaces with times of their own", SHB_LE IDB_LE IDB_NS EPB_LE EPB_IF1,
      "1 1000000000 1 2/5 ab\n2 1000000 101 2/5 ab\n", NULL, NULL, NULL },
    { "whole seconds with an offset", SHB_LE IDB_OFFSET EPB_LE, "1 1010000000000000 101 2/5 ab\n", NULL, NULL, NULL },
    { "units of 1/1024 s", SHB_LE IDB_BINARY EPB_LE, "1 976562500000 101 2/5 ab\n", NULL, NULL, NULL },
    { "picoseconds", SHB_LE IDB_PICO EPB_LE, "1 1000 101 2/5 ab\n", NULL, NULL, NULL },
    { "comments", SHB_LE IDB_LE EPB_COMMENTS, "1 1000000000 1 2/2 ab # one|two\n", NULL, NULL, NULL },
    { "simple packet block", SHB_LE IDB_LE "03000000 14000000 02000000 61620000 14000000", "1 0 1 2/2 ab\n", NULL, NULL, NULL },
    { "simple packet block, cut by the snap length", SHB_LE IDB_SNAP3 "03000000 14000000 05000000 61626300 14000000",
      "1 0 1 3/5 abc\n", NULL, NULL, NULL },
    { "obsolete packet block", SHB_LE IDB_LE "02000000 24000000 0000 0000 00000000 40420f00 02000000 05000000 61620000 24000000",
      "1 1000000000 1 2/5 ab\n", NULL, NULL, NULL },
    { "unknown block passed over", SHB_LE IDB_LE "efbe0000 10000000 00000000 10000000" EPB_LE, "1 1000000000 1 2/5 ab\n", NULL,
      NULL, NULL },
    { "options that make no sense are left out",
      SHB_LE IDB_LE "06000000 2c000000 00000000 00000000 40420f00 02000000 05000000 61620000 0100 ff00 61616161 2c000000",
      "1 1000000000 1 2/5 ab\n", NULL, NULL, NULL },
    { "no byte-order magic", "0a0d0d0a 1c000000 00000000 0100 0000 ffffffffffffffff 1c000000", "",
      "octet 0: a section without byte-order magic: the file is damaged here; the 0 frames before it were read",
      "1a2b3c4d in either order", "0" },
    { "pcapng of version 2", "0a0d0d0a 1c000000 4d3c2b1a 0200 0000 ffffffffffffffff 1c000000", "",
      "octet 0: an unknown version of pcapng: the file is damaged here; the 0 frames before it were read", "major version 1",
      "2" },
    { "block length not of 4", SHB_LE "01000000 15000000 0100 0000 00000000 15000000", "",
      "octet 28: a block of impossible length: the file is damaged here; the 0 frames before it were read",
      "12 octets or more, a multiple of 4", "21" },
    { "block length 0", SHB_LE "01000000 00000000 0100 0000", "",
      "octet 28: a block of impossible length: the file is damaged here; the 0 frames before it were read",
      "12 octets or more, a multiple of 4", "0" },
    { "packet block of 2 GB", SHB_LE IDB_LE "06000000 00000080 00000000", "",
      "octet 48: a block of impossible length: the file is damaged here; the 0 frames before it were read",
      "at most 17825792 octets", "2147483648" },
    { "unknown block of 2 GB", SHB_LE IDB_LE "efbe0000 00000080 00000000", "",
      "octet 48: a block is cut short; the 0 frames before it were read. Copy the capture again once its writer has closed it",
      "2147483648 octets", "12" },
    { "lengths that differ", SHB_LE IDB_LE "03000000 14000000 02000000 61620000 18000000", "",
      "octet 48: a block's two length fields differ: the file is damaged here; the 0 frames before it were read",
      "the same length at both ends", "24" },
    { "no interface", SHB_LE EPB_LE, "",
      "octet 28: a packet of an interface that is not described: the file is damaged here; the 0 frames before it were read",
      "an interface description first", "0" },
    { "an interface too many", SHB_LE IDB_LE EPB_LE EPB_IF1, "1 1000000000 1 2/5 ab\n",
      "octet 84: a packet of an interface that is not described: the file is damaged here; the 1 frames before it were read",
      "an interface of this section", "1" },
    { "packet longer than its block",
      SHB_LE IDB_LE "06000000 24000000 00000000 00000000 40420f00 05000000 05000000 61620000 24000000", "",
      "octet 48: a packet longer than its block: the file is damaged here; the 0 frames before it were read",
      "a captured length within the block", "5" },
    { "a packet behind one longer than its block",
      SHB_LE IDB_LE "06000000 24000000 00000000 00000000 40420f00 05000000 05000000 61620000 24000000" EPB_LE,
      "1 1000000000 1 2/5 ab\n",
      "octet 48: a packet longer than its block: the file is damaged here; the 0 frames before it were read",
      "a captured length within the block", "5" },
    { "a packet behind a block whose lengths differ", SHB_LE IDB_LE "03000000 14000000 02000000 61620000 18000000" EPB_LE,
      "1 1000000000 1 2/5 ab\n",
      "octet 48: a block's two length fields differ: the file is damaged here; the 0 frames before it were read",
      "the same length at both ends", "24" },
    { "a section behind nonsense", SHB_LE IDB_LE "ffffff" SHB_BE IDB_BE EPB_BE, "1 1000000000 113 2/5 ab\n",
      "octet 48: a block of impossible length: the file is damaged here; the 0 frames before it were read",
      "12 octets or more, a multiple of 4", "658701" },
    { "pcap, an absurd length, then two frames",
      PCAP_LE "01000000 02000000 01000000 01000000 61 01000000 02000000 00000009 00000009 62"
              "02000000 00000000 01000000 01000000 63 02000000 00000000 01000000 01000000 64",
      "1 1000002000 1 1/1 a\n2 2000000000 1 1/1 c\n3 2000000000 1 1/1 d\n",
      "octet 41: the length of frame 2 can't be right: the file is damaged here; the frames before it were read",
      "at most 16777216 octets", "150994944" },
    { "packet block too short", SHB_LE IDB_LE "06000000 10000000 00000000 10000000", "",
      "octet 48: packet block too short: the file is damaged here; the 0 frames before it were read", "20 octets or more", "4" },
    { "simple block without interface", SHB_LE "03000000 14000000 02000000 61620000 14000000", "",
      "octet 28: a simple packet block out of place: the file is damaged here; the 0 frames before it were read",
      "a length, and an interface description before it", "8" },
};

/* @return what came, a line a frame; NULL when the file could not be opened */
static const char *read_all(const struct rp_capture_source *source, struct rp_diags *diags)
{
    static char out[1000];
    struct rp_frame frame;
    size_t at = 0;
    struct rp_capfile *file = rp_capfile_open(source, diags);
    if (!file)
        return NULL;
    out[0] = '\0';
    for (int got; (got = rp_capfile_next(file, &frame, diags)) != 0;) {
        if (got < 0)
            continue;
        char comment[100] = "";
        snprintf(comment, sizeof comment, frame.comment ? " # %s" : "%s", frame.comment ? frame.comment : "");
        if (strchr(comment, '\n'))
            *strchr(comment, '\n') = '|';
        at += (size_t)snprintf(out + at, sizeof out - at, "%llu %lld %u %zu/%zu %.*s%s\n", (unsigned long long)frame.number,
                               (long long)frame.time_ns, frame.link_type, frame.len, frame.original_len, (int)frame.len,
                               (const char *)frame.octets, comment);
    }
    assert_int_equal(rp_capfile_next(file, &frame, diags), 0); /* the end stays the end */
    rp_capfile_close(file);
    return out;
}

static void check_row(size_t i, const struct rp_capture_source *source)
{
    struct rp_diags diags = { .arena = NULL };
    const char *got = read_all(source, &diags);
    if (!got || !rows[i].want) {
        if ((got != NULL) != (rows[i].want != NULL))
            print_message("row: %s\n", rows[i].what);
        assert_true(!got && !rows[i].want);
    } else {
        assert_string_equal(got, rows[i].want);
    }
    assert_int_equal(diags.count, rows[i].damage != NULL);
    if (rows[i].damage) {
        assert_string_equal(diags.first->text, rows[i].damage);
        assert_string_equal(diags.first->expected, rows[i].expected);
        assert_string_equal(diags.first->seen, rows[i].seen);
    }
}

static void test_from_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t octets[512];
        size_t len = rp_unhex(rows[i].octets, octets, sizeof octets);
        uint8_t *guarded = rp_guarded(octets, len);
        check_row(i, &(struct rp_capture_source){ .name = "row", .octets = guarded, .len = len });
        rp_guarded_free(guarded, len);
    }
}

/* a pipe has no size, and can only be read forward */
static void test_from_a_pipe(void **state)
{
    (void)state;
    int kept = dup(STDIN_FILENO);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t octets[512];
        int ends[2];
        size_t len = rp_unhex(rows[i].octets, octets, sizeof octets);
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], octets, len), (long)len);
        close(ends[1]);
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        check_row(i, &(struct rp_capture_source){ .name = "-" });
    }
    if (kept >= 0) {
        dup2(kept, STDIN_FILENO);
        close(kept);
    }
}

/* more than the reader's buffer, with frames larger than it */
static void test_large_file(void **state)
{
    static uint8_t octets[1 << 20];
    char path[] = "/tmp/ranproof-file-XXXXXX";
    struct rp_diags diags = { .arena = NULL };
    struct rp_frame frame;
    (void)state;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    for (size_t i = 0; i < sizeof octets; i++)
        octets[i] = (uint8_t)(i * 31 + i / 1000);
    struct rp_capwriter *writer = rp_capwrite_open(path, NULL);
    int interface = rp_capwrite_interface(writer, 1, NULL);
    for (size_t i = 0; i < 60; i++)
        rp_capwrite_frame(writer, interface, (int64_t)i, octets + i, i % 3 ? i * 1000 : sizeof octets - i, NULL);
    assert_int_equal(rp_capwrite_close(writer), 0);
    struct rp_capfile *file = rp_capfile_open(&(struct rp_capture_source){ .name = path }, &diags);
    assert_non_null(file);
    for (size_t i = 0; i < 60; i++) {
        assert_int_equal(rp_capfile_next(file, &frame, &diags), 1);
        assert_int_equal(frame.len, i % 3 ? i * 1000 : sizeof octets - i);
        assert_memory_equal(frame.octets, octets + i, frame.len);
    }
    assert_int_equal(rp_capfile_next(file, &frame, &diags), 0);
    assert_int_equal(rp_capfile_offset(file), rp_capfile_size(file));
    rp_capfile_close(file);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_from_memory), cmocka_unit_test(test_from_a_pipe),
                                        cmocka_unit_test(test_large_file) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
