#include "codecs/value/chars.h"

#include <string.h>

#include "codecs/value/mini_schema_test.h"

#include "tools/test_support.h"

static void code_points(void **state)
{
    (void)state;
    static const struct {
        const char *what, *text;
        size_t len;
        uint32_t code;
    } rows[] = {
        { "one octet", "a", 1, 'a' },
        { "NUL", "\0", 1, 0 },
        { "two octets, the least", "\xc2\x80", 2, 0x80 },
        { "two octets, the most", "\xdf\xbf", 2, 0x7ff },
        { "three octets, the least", "\xe0\xa0\x80", 3, 0x800 },
        { "below the surrogates", "\xed\x9f\xbf", 3, 0xd7ff },
        { "three octets, the most", "\xef\xbf\xbf", 3, 0xffff },
        { "four octets, the least", "\xf0\x90\x80\x80", 4, 0x10000 },
        { "four octets, the most", "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
        { "a continuation alone", "\x80", 1, UINT32_MAX },
        { "two octets, cut", "\xc3", 1, UINT32_MAX },
        { "four octets, cut", "\xf0\x90\x80", 3, UINT32_MAX },
        { "no continuation", "\xc3(", 2, UINT32_MAX },
        { "overlong in two", "\xc1\xbf", 2, UINT32_MAX },
        { "overlong in three", "\xe0\x9f\xbf", 3, UINT32_MAX },
        { "overlong in four", "\xf0\x8f\xbf\xbf", 4, UINT32_MAX },
        { "a surrogate", "\xed\xa0\x80", 3, UINT32_MAX },
        { "above 10FFFF", "\xf4\x90\x80\x80", 4, UINT32_MAX },
        { "five octets", "\xf8\x88\x80\x80\x80", 5, UINT32_MAX },
        { "FF", "\xff", 1, UINT32_MAX },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint8_t *text = rp_guarded(rows[i].text, rows[i].len);
        const char *at = (const char *)text;
        uint32_t code = rp_utf8_next(&at, at + rows[i].len);
        if (code != rows[i].code)
            fail_msg("%s: %x", rows[i].what, code);
        assert_ptr_equal(at, (const char *)text + (code == UINT32_MAX ? 0 : rows[i].len));
        rp_guarded_free(text, rows[i].len);
    }
}

static void escapes(void **state)
{
    (void)state;
    static const struct {
        const char *text, *escaped;
    } rows[] = {
        { "plain text", "plain text" },
        { "a\"b\\c/", "a\\\"b\\\\c/" },
        { "\t\x1f\x7f", "\\u0009\\u001F\\u007F" },
        { "\xc2\x85\xc2\xa0", "\\u0085\xc2\xa0" },
        { "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" },
        { "\xff\xc3", "\xc3\xbf\xc3\x83" }, /* octets that are no UTF-8 read as ISO 8859-1 */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char out[100];
        struct rp_text text = { .chars = out, .cap = sizeof out };
        rp_chars_escape(&text, rows[i].text, strlen(rows[i].text));
        assert_string_equal(out, rows[i].escaped);
    }
}

static void values_of_each_width(void **state)
{
    (void)state;
    static const struct {
        const struct rp_type *type;
        const char *octets;
        uint32_t len;
        const char *text; /* NULL: no text of the type */
    } rows[] = {
        { &mini_printable, "a\xe9", 2, "a\xc3\xa9" },
        { &mini_bmp, "\0a\x20\xac", 2, "a\xe2\x82\xac" },
        { &mini_bmp, "\xd8\x3d\xde\x00", 2, NULL },
        { &mini_universal, "\0\1\xf6\0", 1, "\xf0\x9f\x98\x80" },
        { &mini_universal, "\xff\xff\xff\xff", 1, NULL },
        { &mini_utf8, "\xe2\x82\xac", 3, "\xe2\x82\xac" },
        { &mini_utf8, "\xe2\x82", 2, NULL },
        { &mini_teletex, "\xe2", 1, "\xc3\xa2" },
        { &mini_time, "01Z", 3, "01Z" },
        { &mini_bmp, "", 0, "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char out[40] = "";
        struct rp_text text = { .chars = out, .cap = sizeof out };
        struct rp_node node = { .slot = &rows[i].type->self,
                                .value.octets = (const uint8_t *)rows[i].octets,
                                .len = rows[i].len };
        assert_int_equal(rp_chars_are_text(&node), rows[i].text != NULL);
        if (!rows[i].text)
            continue;
        rp_chars_put(&text, &node);
        assert_string_equal(out, rows[i].text);
        uint8_t back[40];
        const char *at;
        size_t width = rows[i].type->kind == RP_CHAR_STRING ? rows[i].type->char_octets : 1;
        assert_int_equal(rp_chars_from(rows[i].type, out, text.len, back, &at), rows[i].len * width);
        assert_memory_equal(back, rows[i].octets, rows[i].len * width);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_points),
        cmocka_unit_test(escapes),
        cmocka_unit_test(values_of_each_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
