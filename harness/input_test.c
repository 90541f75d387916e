#include "harness/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/test_support.h"

static void reads_hex(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
        size_t at; /* of the first wrong character */
        const char *octets;
        size_t n;
    } rows[] = {
        { "0001ff", true, 0, "\x00\x01\xff", 3 },
        { "DE ad\nBE:ef\r\n", true, 0, "\xde\xad\xbe\xef", 4 },
        { "0x12, 0x34", true, 0, "\x12\x34", 2 },
        { "0x12 0x3f", true, 0, "\x12\x3f", 2 },
        { "0x1234", true, 0, "\x12\x34", 2 },
        { "", true, 0, "", 0 },
        { "123", false, 2, "", 0 },
        { "1 2", false, 0, "", 0 },
        { "12g4", false, 2, "", 0 },
        { "124g", false, 3, "", 0 },
        { "0x", false, 2, "", 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t out[16];
        size_t n = 0, at = 0, len = strlen(rows[i].text);
        uint8_t *text = rp_guarded(rows[i].text, len);
        bool good = rp_hex_read((const char *)text, len, out, &n, &at);
        if (good != rows[i].good || (!good && at != rows[i].at))
            fail_msg("'%s': %d at %zu", rows[i].text, good, at);
        if (good) {
            assert_int_equal(n, rows[i].n);
            assert_memory_equal(out, rows[i].octets, n);
        }
        rp_guarded_free(text, len);
    }
}

static void reads_hex_in_place(void **state)
{
    (void)state;
    char text[] = "0x01 02\n0a";
    size_t n, at;
    assert_true(rp_hex_read(text, strlen(text), (uint8_t *)text, &n, &at));
    assert_int_equal(n, 3);
    assert_memory_equal(text, "\x01\x02\x0a", 3);
}

static void tells_forms_apart(void **state)
{
    (void)state;
    static const struct {
        const char *octets;
        size_t len;
        enum rp_form prefer, form;
    } rows[] = {
        { "{\"a\": 1}\n", 9, RP_FORM_HEX, RP_FORM_JSON },
        { "20 03\n00", 8, RP_FORM_HEX, RP_FORM_HEX },
        { "12", 2, RP_FORM_HEX, RP_FORM_HEX },
        { "12", 2, RP_FORM_JSON, RP_FORM_JSON },
        { "0012", 4, RP_FORM_JSON, RP_FORM_HEX },
        { "\x20\x03\x00", 3, RP_FORM_HEX, RP_FORM_BIN },
        { "true", 4, RP_FORM_HEX, RP_FORM_JSON },
        { "", 0, RP_FORM_JSON, RP_FORM_HEX },
        { "{ is no json", 12, RP_FORM_HEX, RP_FORM_JSON },
        { "{\x01\x02", 3, RP_FORM_JSON, RP_FORM_BIN },
        { "0x20", 4, RP_FORM_JSON, RP_FORM_HEX },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char copy[32];
        memcpy(copy, rows[i].octets, rows[i].len);
        struct rp_input input = { copy, rows[i].len };
        assert_int_equal(rp_input_form(&input, rows[i].prefer), rows[i].form);
    }
}

static void reads_operands(void **state)
{
    (void)state;
    char path[] = "/tmp/rp-input-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "octets\0more", 11), 11);
    close(fd);
    struct rp_input input;
    assert_int_equal(rp_input_operand(path, &input), 0);
    assert_int_equal(input.len, 11);
    assert_memory_equal(input.octets, "octets\0more", 12);
    rp_input_free(&input);
    unlink(path);
    assert_int_equal(rp_input_operand(path, &input), ENOENT);
    assert_null(input.octets);
    assert_int_equal(rp_input_operand("00 0102", &input), 0);
    assert_string_equal(input.octets, "00 0102");
    rp_input_free(&input);
    assert_int_equal(rp_input_operand("{\"a\": 1}", &input), 0);
    rp_input_free(&input);
    assert_int_equal(rp_input_operand(" {\"cut\": ", &input), 0);
    rp_input_free(&input);
    assert_int_equal(rp_input_operand("", &input), 0);
    assert_int_equal(input.len, 0);
    rp_input_free(&input);
    assert_int_equal(rp_input_read("/", &input), EISDIR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_hex),
        cmocka_unit_test(reads_hex_in_place),
        cmocka_unit_test(tells_forms_apart),
        cmocka_unit_test(reads_operands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
