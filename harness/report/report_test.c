#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/report/console.h"
#include "harness/report/junit.h"
#include "harness/report/results.h"
#include "tools/test_support.h"

static const uint64_t frames[] = { 11, 13 };
static const struct rp_finding findings[] = { {
    .verdict = RP_FAIL,
    .side = "e2node",
    .endpoint = "192.0.2.10:36421",
    .peer = "192.0.2.20:36421",
    .message = "RICindication",
    .path = "RICindication.RICindicationMessage",
    .clause = "E2SM-KPM v03.00 8.2.1.4",
    .expected = "a \"KPM\" message",
    .seen = "<octets> & more",
    .text = "the payload can't be read",
    .frame = 11,
    .number = 5,
    .time_ns = 1701268591719642000,
    .times = 2,
    .frames = frames,
    .n_frames = 2,
} };
static const char *const spec[] = { "E2AP v03.01 9.4", "E2AP-R001" };

static const struct rp_rule_result results[] = {
    { .id = "E2-A-R01",
      .title = "passes",
      .level = "must",
      .judges = "both",
      .file = "a.lua",
      .advice = "",
      .spec = spec,
      .n_spec = 2,
      .verdict = RP_PASS,
      .why = "",
      .exercised = 7 },
    { .id = "E2-A-R02",
      .title = "fails",
      .level = "must",
      .judges = "e2node",
      .file = "b.lua",
      .advice = "Look at the encoder.",
      .spec = spec,
      .n_spec = 1,
      .verdict = RP_FAIL,
      .why = "",
      .exercised = 3,
      .findings = findings,
      .n_findings = 2 },
    { .id = "E2-A-R03",
      .title = "skipped",
      .level = "should",
      .judges = "ric",
      .file = "c.lua",
      .advice = "",
      .spec = spec,
      .n_spec = 1,
      .verdict = RP_SKIP,
      .why = "no RICcontrolRequest in the capture" },
    { .id = "E2-A-R04",
      .title = "not concluded",
      .level = "must",
      .judges = "ric",
      .file = "d.lua",
      .advice = "",
      .spec = spec,
      .n_spec = 1,
      .verdict = RP_INCONCLUSIVE,
      .why = "the capture ends first" },
};
static const struct rp_verdicts verdicts = { results, sizeof results / sizeof results[0] };

static const char *const files[] = { "trace <1>.pcapng" };
static const struct rp_run_function functions[] = {
    { 2, 1, "1.3.6.1.4.1.53148.1.2.2.2", "accepted", "e2sm-kpm-03.00",
      "OID 1.3.6.1.4.1.53148.1.2.2.2; 03.00 alone reads all of it" },
};
static const struct rp_run_count counts[] = { { "E2setupRequest", 1 }, { "RICindication", 12 } };
static const struct rp_run_link links[] = { { .endpoint = { "192.0.2.10:36421", "192.0.2.20:36421" },
                                              .node_side = 0,
                                              .file = "trace <1>.pcapng",
                                              .e2ap = "e2ap-03.01",
                                              .e2ap_why = "forced",
                                              .first_frame = 5,
                                              .last_frame = 90,
                                              .messages = 13,
                                              .functions = functions,
                                              .n_functions = 1,
                                              .counts = counts,
                                              .n_counts = 2 } };
static const struct rp_run run = { .version = "9.9",
                                   .files = files,
                                   .n_files = 1,
                                   .options = "--strict",
                                   .slack = 0.25,
                                   .started_ns = 1701268591719642000,
                                   .capture = { .files = 1, .frames = 100, .packets = 90, .first_ns = 1701268590719642000 },
                                   .e2 = { .pdus = 12, .refused = 1, .links = 1 },
                                   .links = links,
                                   .n_links = 1,
                                   .exit_status = 1 };

static void make_path(char path[64])
{
    strncpy(path, "/tmp/ranproof-report-XXXXXX", 63);
    path[63] = '\0';
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
}

/** The lines of results.jsonl of one type. */
static json_t *lines_of(const char *text, const char *type)
{
    json_t *all = json_array();
    for (const char *line = text; *line;) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        json_t *object = json_loadb(line, (size_t)(end - line), 0, NULL);
        assert_non_null(object);
        if (!strcmp(json_string_value(json_object_get(object, "type")), type))
            json_array_append(all, object);
        json_decref(object);
        line = end + 1;
    }
    return all;
}

static void results_are_json_lines(void **state)
{
    (void)state;
    char path[64];
    make_path(path);
    struct rp_results *writer = rp_results_open(path, &run);
    assert_non_null(writer);
    rp_results_link(writer, &links[0]);
    rp_results_finding(writer, &results[1], &findings[0]);
    size_t len;
    char *early = rp_slurp(path, &len);
    json_t *found = lines_of(early, "finding"); /* on the disk before the run is over */
    assert_int_equal(json_array_size(found), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(found, 0), "seen")), "<octets> & more");
    json_decref(found);
    free(early);
    rp_results_rules(writer, &verdicts);
    rp_results_end(writer, &run, &verdicts);
    assert_int_equal(rp_results_close(writer), 0);
    char *text = rp_slurp(path, &len);
    static const struct {
        const char *type;
        size_t n;
    } rows[] = { { "run", 1 }, { "link", 1 }, { "finding", 1 }, { "rule", 4 }, { "link-total", 1 }, { "summary", 1 } };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *lines = lines_of(text, rows[i].type);
        if (json_array_size(lines) != rows[i].n)
            fail_msg("%zu lines of type %s", json_array_size(lines), rows[i].type);
        json_decref(lines);
    }
    json_t *rules = lines_of(text, "rule");
    json_t *kept = json_object_get(json_array_get(json_object_get(json_array_get(rules, 1), "findings"), 0), "frames");
    assert_int_equal(json_integer_value(json_array_get(kept, 1)), 13);
    json_decref(rules);
    free(text);
    unlink(path);
}

static void a_full_disk_is_told(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK))
        skip();
    struct rp_results *writer = rp_results_open("/dev/full", &run);
    assert_non_null(writer);
    rp_results_rules(writer, &verdicts);
    assert_int_equal(rp_results_close(writer), 28 /* ENOSPC */);
    assert_int_equal(rp_junit_write("/dev/full", &run, &verdicts), 28);
    assert_int_equal(rp_junit_write("/nowhere/junit.xml", &run, &verdicts), 2 /* ENOENT */);
}

static void junit_has_every_rule(void **state)
{
    (void)state;
    char path[64];
    make_path(path);
    assert_int_equal(rp_junit_write(path, &run, &verdicts), 0);
    size_t len;
    char *text = rp_slurp(path, &len);
    static const char *const wanted[] = {
        "tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\"",
        "timestamp=\"2023-11-29T14:36:31\"",
        "value=\"trace &lt;1&gt;.pcapng\"",
        "<testcase classname=\"ranproof.e2\" name=\"E2-A-R01: passes\" time=\"0\">",
        "<failure message=\"the payload can't be read\" type=\"must\">",
        "got      &lt;octets&gt; &amp; more",
        "<skipped message=\"no RICcontrolRequest in the capture\"/>",
        "<error message=\"the capture ends first\" type=\"inconclusive\">",
        "</testsuites>\n",
    };
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (!strstr(text, wanted[i]))
            fail_msg("no %s in\n%s", wanted[i], text);
    free(text);
    unlink(path);
}

static void console_explains(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len = 0;
    struct rp_console console = { .out = open_memstream(&text, &len) };
    rp_console_links(&console, &run);
    rp_console_findings(&console, &run, &verdicts);
    rp_console_table(&console, &verdicts);
    rp_console_summary(&console, &run, &verdicts);
    fclose(console.out);
    static const char *const wanted[] = {
        "E2 node 192.0.2.10:36421  near-RT RIC 192.0.2.20:36421",
        "e2ap-03.01: forced",
        "FAIL         E2-A-R02  fails\n",
        "  requirement  E2AP v03.01 9.4  (must, judges: e2node)\n",
        "  reason       the payload can't be read\n",
        "RICindication.RICindicationMessage\n",
        "expected a \"KPM\" message\n",
        "  side         E2 node 192.0.2.10:36421 -> 192.0.2.20:36421\n",
        "  where        frame 11 RICindication (#5), +1.000000 s, 2023-11-29T14:36:31.719642Z; 2 times in all, also frames 13\n",
        "  next         Look at the encoder.\n",
        "skip          E2-A-R03  skipped (no RICcontrolRequest in the capture)\n",
        "12 PDUs decoded, 1 refused",
        "  rules        4: 1 pass, 1 fail, 1 inconclusive, 1 skip\n",
        "FAIL (exit status 1)\n",
    };
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (!strstr(text, wanted[i]))
            fail_msg("no %s in\n%s", wanted[i], text);
    assert_null(strchr(text, '\x1b')); /* no colour unless asked for */
    free(text);
}

static void colour_when_asked_for(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len = 0;
    struct rp_console console = { .out = open_memstream(&text, &len), .colour = true };
    rp_console_table(&console, &verdicts);
    fclose(console.out);
    assert_non_null(strstr(text, "\x1b[1;31mFAIL"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_json_lines), cmocka_unit_test(a_full_disk_is_told),   cmocka_unit_test(junit_has_every_rule),
        cmocka_unit_test(console_explains),       cmocka_unit_test(colour_when_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
