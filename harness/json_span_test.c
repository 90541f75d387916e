#include "harness/json_span.h"

#include <string.h>

#include "tools/test_support.h"

static void judges_json(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool valid;
        size_t at; /* of the first wrong character */
    } rows[] = {
        { " {\"a\": [1, -2.5e+3, true, false, null, \"x\\u00e9\\n\"]} ", true, 0 },
        { "0", true, 0 },
        { "-0.5E2", true, 0 },
        { "[]", true, 0 },
        { "01", false, 1 },
        { "1.", false, 2 },
        { "-", false, 1 },
        { "[1,,2]", false, 3 },
        { "[1 2]", false, 3 },
        { "{\"a\" 1}", false, 5 },
        { "{1: 2}", false, 1 },
        { "\"no end", false, 7 },
        { "\"\\q\"", false, 2 },
        { "\"\\u12g4\"", false, 5 },
        { "\"a\nb\"", false, 2 },
        { "truth", false, 0 },
        { "{} {}", false, 3 },
        { "", false, 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t at = 0, len = strlen(rows[i].text);
        uint8_t *text = rp_guarded(rows[i].text, len);
        bool valid = rp_json_valid((const char *)text, len, &at);
        if (valid != rows[i].valid || (!valid && at != rows[i].at))
            fail_msg("%s: %d at %zu", rows[i].text, valid, at);
        rp_guarded_free(text, len);
    }
}

static void refuses_endless_nesting(void **state)
{
    (void)state;
    char text[4096];
    memset(text, '[', sizeof text);
    assert_false(rp_json_valid(text, sizeof text, NULL));
    memset(text + 512, ']', 512);
    assert_true(rp_json_valid(text, 1024, NULL));
}

static void finds_members(void **state)
{
    (void)state;
    static const char *const names[] = { "hex", "value", "none" };
    const char *text = "{\"hex\": \"0 1\", \"skip\": {\"hex\": 5}, \"value\": {\"a\": [1]} }";
    struct rp_span values[3];
    size_t at;
    assert_true(rp_json_members(text, strlen(text), names, values, 3, &at));
    assert_memory_equal(values[0].text, "\"0 1\"", values[0].len);
    assert_int_equal(values[0].len, 5);
    assert_memory_equal(values[1].text, "{\"a\": [1]}", values[1].len);
    assert_null(values[2].text);
    assert_true(rp_json_members("{}", 2, names, values, 3, &at));
    assert_null(values[0].text);
    assert_false(rp_json_members("{\"a\": 1", 7, names, values, 3, &at));
    assert_int_equal(at, 7);
    assert_false(rp_json_members("[1]", 3, names, values, 3, &at));
    assert_int_equal(at, 0);
}

static void unescapes_strings(void **state)
{
    (void)state;
    char out[8];
    const char *text = "\"a\\n\\u0041\\\\\"";
    assert_true(rp_span_string((struct rp_span){ text, strlen(text) }, out, sizeof out));
    assert_string_equal(out, "a\nA\\");
    assert_false(rp_span_string((struct rp_span){ "\"12345678\"", 10 }, out, sizeof out));
    assert_false(rp_span_string((struct rp_span){ "5", 1 }, out, sizeof out));
    assert_false(rp_span_string((struct rp_span){ NULL, 0 }, out, sizeof out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_json),
        cmocka_unit_test(refuses_endless_nesting),
        cmocka_unit_test(finds_members),
        cmocka_unit_test(unescapes_strings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
