#include "harness/report/escape.h"

#include <stdlib.h>
#include <string.h>

#include "tools/test_support.h"

static char *written(void (*write)(FILE *, const char *), const char *text)
{
    char *out = NULL;
    size_t len = 0;
    FILE *file = open_memstream(&out, &len);
    write(file, text);
    fclose(file);
    return out;
}

static void json_strings(void **state)
{
    (void)state;
    static const struct {
        const char *what, *text, *want;
    } rows[] = {
        { "plain", "abc", "\"abc\"" },
        { "quotes and backslash", "a\"b\\c", "\"a\\\"b\\\\c\"" },
        { "line end and control", "a\nb\x01\x7f", "\"a\\nb\\u0001\\u007f\"" },
        { "UTF-8 of two, three and four octets", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x99\x82",
          "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x99\x82\"" },
        { "an octet that begins nothing",
          "a\xff"
          "b",
          "\"a\xef\xbf\xbd"
          "b\"" },
        { "cut sequence", "\xe2\x82", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
        { "overlong form", "\xc0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
        { "surrogate", "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
        { "none", NULL, "\"\"" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *got = written(rp_write_json_string, rows[i].text);
        if (strcmp(got, rows[i].want) != 0)
            fail_msg("%s: got %s", rows[i].what, got);
        free(got);
    }
}

static void xml_text(void **state)
{
    (void)state;
    static const struct {
        const char *what, *text, *want;
    } rows[] = {
        { "markup", "<a href=\"x\">&'", "&lt;a href=&quot;x&quot;&gt;&amp;'" },
        { "line end and tab stay", "a\n\tb", "a\n\tb" },
        { "control", "a\x1b[31m", "a\xef\xbf\xbd[31m" },
        { "not a character", "\xef\xbf\xbf", "\xef\xbf\xbd" },
        { "not UTF-8", "\x80", "\xef\xbf\xbd" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *got = written(rp_write_xml, rows[i].text);
        if (strcmp(got, rows[i].want) != 0)
            fail_msg("%s: got %s", rows[i].what, got);
        free(got);
    }
}

static void terminal_text(void **state)
{
    (void)state;
    char *got = written(rp_write_plain, "a\x1b]0;title\x07\xc2\x9b"
                                        "31m\r\xff");
    assert_string_equal(got, "a?]0;title??31m??");
    free(got);
}

static void times(void **state)
{
    (void)state;
    char out[RP_TIME_TEXT];
    assert_string_equal(rp_time_text(0, out), "1970-01-01T00:00:00.000000Z");
    assert_string_equal(rp_time_text(1701268591719642000, out), "2023-11-29T14:36:31.719642Z");
    assert_string_equal(rp_time_text(1701268591719642001, out), "2023-11-29T14:36:31.719642001Z");
    assert_string_equal(rp_time_text(-1, out), "1969-12-31T23:59:59.999999999Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_strings),
        cmocka_unit_test(xml_text),
        cmocka_unit_test(terminal_text),
        cmocka_unit_test(times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
