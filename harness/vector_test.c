#include "harness/vector.h"

#include <stdio.h>
#include <string.h>

#include "tools/test_support.h"

#define TRIGGER   "\"name\": \"t\", \"set\": \"e2sm-kpm-03.00\", \"type\": \"E2SM-KPM-EventTriggerDefinition\", "
#define PERIOD(n) "\"value\": {\"eventDefinition-formats\": {\"eventDefinition-Format1\": {\"reportingPeriod\": " #n "}}}"

/* Each line, and a part of what is said when it fails; NULL: it passes. Octets 00 03: X.691 11.5.7.4, range over 64K. */
static const struct {
    const char *what, *line, *say;
} rows[] = {
    { "hex alone", "{" TRIGGER "\"hex\": \"0004\"}", NULL },
    { "hex and value", "{" TRIGGER "\"hex\": \"00 04\", " PERIOD(5) "}", NULL },
    { "another value", "{" TRIGGER "\"hex\": \"0004\", " PERIOD(6) "}", "reportingPeriod at bit 3; expected 6, seen 5" },
    { "cut", "{" TRIGGER "\"hex\": \"00\"}", "decoding: transfer-syntax: " },
    { "cut, as graded", "{" TRIGGER "\"hex\": \"00\", \"grade\": \"transfer-syntax\"}", NULL },
    { "sound, but graded", "{" TRIGGER "\"hex\": \"0004\", \"grade\": \"constraint\"}",
      "grade: expected constraint, seen no finding" },
    { "trailing, as graded", "{" TRIGGER "\"hex\": \"000400\", \"grade\": \"trailing octets\"}", NULL },
    { "trailing is not another form", "{" TRIGGER "\"hex\": \"000400\", \"grade\": \"non-canonical-but-decodable\"}",
      "expected non-canonical-but-decodable, seen" },
    { "trailing, not graded", "{" TRIGGER "\"hex\": \"000400\"}", "encoding again differs at octet 2, bit 16, " },
    { "aligned behind an empty string",
      "{\"set\": \"e2sm-kpm-03.00\", \"type\": \"E2SM-KPM-IndicationHeader\", \"hex\": \"12 0102030405060708 000261\", "
      "\"value\": {\"indicationHeader-formats\": {\"indicationHeader-Format1\": {\"colletStartTime\": \"0102030405060708\", "
      "\"fileFormatversion\": \"\", \"vendorName\": \"a\"}}}}",
      NULL },
    { "no such grade", "{" TRIGGER "\"hex\": \"0004\", \"grade\": \"bad\"}", "unknown grade 'bad'" },
    { "no such type", "{\"set\": \"e2sm-kpm-03.00\", \"type\": \"E2SM-KPM-EventTrigerDefinition\", \"hex\": \"00\"}",
      "E2SM-KPM-EventTriggerDefinition" },
    { "no such set", "{\"set\": \"e2sm-kpm-03.1\", \"type\": \"X\", \"hex\": \"00\"}",
      "unknown set 'e2sm-kpm-03.1'; did you mean" },
    { "no hex", "{" TRIGGER PERIOD(5) "}", "no member hex" },
    { "odd hex", "{" TRIGGER "\"hex\": \"000\"}", "hex: wrong or missing digit at character 2" },
    { "no type", "{\"hex\": \"00\"}", "no members set and type" },
    { "wrong name in the value", "{" TRIGGER "\"hex\": \"0004\", \"value\": {\"eventDefinition-format\": 1}}",
      "eventDefinition-formats" },
    { "no JSON", "{" TRIGGER "\"hex\": \"0004\"", "not a JSON object: wrong at character" },
};

static void checks_lines(void **state)
{
    struct rp_vectors *vectors = *state;
    struct rp_mismatch mismatch;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bool good = rp_vector_check(vectors, rows[i].line, strlen(rows[i].line), &mismatch);
        if (good != !rows[i].say || (rows[i].say && !strstr(mismatch.text, rows[i].say)))
            fail_msg("%s: %s", rows[i].what, good ? "passed" : mismatch.text);
    }
}

static void names_the_vector(void **state)
{
    struct rp_mismatch mismatch;
    const char *line = "{\"name\": \"the \\\"one\\\"\"}";
    assert_false(rp_vector_check(*state, line, strlen(line), &mismatch));
    assert_string_equal(mismatch.name, "the \"one\"");
}

static int set_up(void **state)
{
    static struct rp_vectors vectors;
    vectors.registry = rp_registry_new();
    *state = &vectors;
    return !vectors.registry;
}

static int tear_down(void **state)
{
    struct rp_vectors *vectors = *state;
    rp_vectors_free(vectors);
    rp_registry_free(vectors->registry);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checks_lines),
        cmocka_unit_test(names_the_vector),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
