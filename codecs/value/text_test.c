#include "codecs/value/text.h"

#include <string.h>

#include "tools/test_support.h"

static void grows_and_ends_with_nul(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_text text = { .arena = &arena };
    for (int i = 0; i < 1000; i++)
        rp_text_printf(&text, "%d,", i % 10);
    assert_false(text.failed);
    assert_int_equal(text.len, 2000);
    assert_int_equal(strlen(text.chars), 2000);
    assert_memory_equal(text.chars + 1996, "8,9,", 4);
    rp_arena_free(&arena);
}

static void long_formats_are_whole(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_text text = { .arena = &arena };
    rp_text_printf(&text, "<%0*d>", 700, 5);
    assert_int_equal(text.len, 702);
    assert_string_equal(text.chars + 699, "05>");
    rp_arena_free(&arena);
}

static void a_fixed_buffer_is_cut(void **state)
{
    (void)state;
    char buffer[8];
    struct rp_text text = { .chars = buffer, .cap = sizeof buffer };
    rp_text_puts(&text, "12345");
    assert_false(text.failed);
    rp_text_puts(&text, "6789");
    assert_true(text.failed);
    assert_string_equal(buffer, "1234567");
    struct rp_text wide = { .chars = buffer, .cap = sizeof buffer };
    rp_text_printf(&wide, "%0300d", 1);
    assert_true(wide.failed);
    assert_string_equal(buffer, "0000000");
}

static void hex_and_blanks(void **state)
{
    (void)state;
    uint8_t octets[200];
    memset(octets, 0xa5, sizeof octets);
    struct rp_arena arena = { 0 };
    struct rp_text text = { .arena = &arena };
    rp_text_hex(&text, octets, sizeof octets);
    assert_int_equal(text.len, 400);
    assert_string_equal(text.chars + 396, "A5A5");
    rp_text_blanks(&text, 70);
    assert_int_equal(text.len, 470);
    assert_int_equal(strspn(text.chars + 400, " "), 70);
    rp_arena_free(&arena);
}

static void a_refusing_arena_is_sticky(void **state)
{
    (void)state;
    struct rp_arena arena = { .limit = 1024 };
    struct rp_text text = { .arena = &arena };
    for (int i = 0; i < 1000; i++)
        rp_text_puts(&text, "0123456789");
    assert_true(text.failed);
    assert_int_equal(strlen(text.chars), text.len);
    rp_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_and_ends_with_nul),    cmocka_unit_test(long_formats_are_whole),
        cmocka_unit_test(a_fixed_buffer_is_cut),      cmocka_unit_test(hex_and_blanks),
        cmocka_unit_test(a_refusing_arena_is_sticky),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
