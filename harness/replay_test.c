/* The captures that the project ships: made again from their scenarios they are the same octets, and replayed they fail the rules
 * that their scenarios name, no other. Then captures of real equipment, where they are at hand. */
#include "harness/replay.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/scenario.h"
#include "tools/test_support.h"

#define FIXTURES RP_SOURCE_DIR "/fixtures/captures"
/* criticality of list items; Unix microseconds for NTP; PPID 0; revision 0 accepted; KPM of no edition; OIDs of FlexRIC's own
 * models; "E2SM-RC"; underscores */
#define OAI_FAILS "E2-CODEC-R07 E2-KPM-R04 E2-LINK-R01 E2-SETUP-R07 E2-SM-R01 E2-SM-R06 E2-SM-R09 E2-SM-R10 "
#define SHARED    RP_SOURCE_DIR "/../shared/captures/e2"

static struct rp_registry *registry;
static char folder[64];

static int set_up(void **state)
{
    (void)state;
    registry = rp_registry_new();
    snprintf(folder, sizeof folder, "/tmp/ranproof-replay-XXXXXX");
    return registry && mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    rp_registry_free(registry);
    return rmdir(folder);
}

static void in_folder(const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", folder, name);
}

/** Replays captures quietly. @return results.jsonl as an array of objects */
static json_t *replay(const char *const *files, size_t n, const struct rp_e2_options *e2, int *status)
{
    char path[128];
    struct rp_replay_options options = { .files = files, .n_files = n, .out_dir = folder, .options = "", .quiet = true };
    if (e2)
        options.e2 = *e2;
    fflush(stdout);
    int out = dup(STDOUT_FILENO);
    assert_non_null(freopen("/dev/null", "w", stdout));
    *status = rp_replay(registry, &options);
    fflush(stdout);
    dup2(out, STDOUT_FILENO);
    close(out);
    in_folder("junit.xml", path);
    unlink(path);
    in_folder("results.jsonl", path);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    json_t *lines = json_array(), *line;
    while ((line = json_loadf(file, JSON_DISABLE_EOF_CHECK, NULL)))
        json_array_append_new(lines, line);
    fclose(file);
    unlink(path);
    return lines;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/** The ids of the rules with a verdict, in order, as one text. */
static void rules_with(const json_t *lines, const char *verdict, char *out, size_t size)
{
    size_t i, at = 0;
    const json_t *line;
    out[0] = '\0';
    json_array_foreach(lines, i, line)
    {
        if (!strcmp(text_of(line, "type"), "rule") && !strcmp(text_of(line, "verdict"), verdict) && at < size)
            at += (size_t)snprintf(out + at, size - at, "%s ", text_of(line, "id"));
    }
}

static const json_t *last_of(const json_t *lines, const char *type)
{
    for (size_t i = json_array_size(lines); i-- > 0;)
        if (!strcmp(text_of(json_array_get(lines, i), "type"), type))
            return json_array_get(lines, i);
    fail_msg("no line of type %s", type);
    return NULL;
}

static void expect_rules(const char *what, const json_t *lines, const char *verdict, const json_t *wanted)
{
    char got[4096], want[4096] = "";
    size_t i, at = 0;
    const json_t *id;
    rules_with(lines, verdict, got, sizeof got);
    json_array_foreach(wanted, i, id) at += (size_t)snprintf(want + at, sizeof want - at, "%s ", json_string_value(id));
    if (strcmp(got, want) != 0)
        fail_msg("%s: rules with verdict %s are %s; the scenario says %s", what, verdict, got, want);
}

static void same_file(const char *a, const char *b)
{
    size_t len_a, len_b;
    char *text_a = rp_slurp(a, &len_a), *text_b = rp_slurp(b, &len_b);
    if (!text_a || !text_b || len_a != len_b || memcmp(text_a, text_b, len_a) != 0)
        fail_msg("%s is not what its scenario gives; make it again with: ranproof make-captures", b);
    free(text_a);
    free(text_b);
}

static void check_scenario(const char *name)
{
    char scenario_path[512], capture[512], made[128];
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    snprintf(scenario_path, sizeof scenario_path, FIXTURES "/scenarios/%s.json", name);
    snprintf(capture, sizeof capture, FIXTURES "/%s.pcapng", name);
    in_folder("made.pcapng", made);
    json_t *scenario = rp_scenario_load(scenario_path, &diags);
    if (!scenario || !rp_scenario_write(scenario, registry, made, &diags))
        fail_msg("%s: %s", name, diags.first ? diags.first->text : "?");
    same_file(made, capture);
    unlink(made);
    const char *files[] = { capture };
    int status;
    json_t *lines = replay(files, 1, NULL, &status);
    expect_rules(name, lines, "fail", json_object_get(scenario, "fails"));
    expect_rules(name, lines, "warning", json_object_get(scenario, "warns"));
    expect_rules(name, lines, "error", NULL);
    assert_int_equal(status == 1, json_array_size(json_object_get(scenario, "fails")) > 0);
    json_decref(lines);
    json_decref(scenario);
    rp_arena_free(&arena);
}

static void shipped_captures(void **state)
{
    (void)state;
    struct dirent **entries;
    int n = scandir(FIXTURES "/scenarios", &entries, NULL, alphasort), scenarios = 0;
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        char *dot = strstr(entries[i]->d_name, ".json");
        if (dot && dot != entries[i]->d_name) {
            *dot = '\0';
            check_scenario(entries[i]->d_name);
            scenarios++;
        }
        free(entries[i]);
    }
    free(entries);
    assert_true(scenarios > 10);
}

/** A capture with no E2AP in it, and one that is damaged, are not a pass. */
static void nothing_to_judge(void **state)
{
    (void)state;
    const char *files[] = { RP_SOURCE_DIR "/LICENSE" };
    int status;
    json_t *lines = replay(files, 1, NULL, &status);
    assert_int_equal(status, 2);
    assert_true(text_of(last_of(lines, "summary"), "trouble")[0] != '\0');
    json_decref(lines);
}

static void a_cut_capture_is_judged_and_told(void **state)
{
    (void)state;
    char path[128];
    size_t len;
    char *whole = rp_slurp(FIXTURES "/clean.pcapng", &len);
    assert_non_null(whole);
    in_folder("cut.pcapng", path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fwrite(whole, 1, len - len / 3 - 3, file);
    fclose(file);
    const char *files[] = { path };
    int status;
    json_t *lines = replay(files, 1, NULL, &status);
    assert_int_equal(status, 2);
    assert_non_null(strstr(text_of(last_of(lines, "summary"), "trouble"), "cut.pcapng"));
    assert_true(json_integer_value(json_object_get(json_object_get(last_of(lines, "summary"), "e2ap"), "pdus")) > 10);
    json_decref(lines);
    unlink(path);
    free(whole);
}

static const json_t *rule_of(const json_t *lines, const char *id)
{
    size_t i;
    const json_t *line;
    json_array_foreach(lines, i, line)
    {
        if (!strcmp(text_of(line, "type"), "rule") && !strcmp(text_of(line, "id"), id))
            return line;
    }
    fail_msg("no rule %s", id);
    return NULL;
}

static int64_t e2ap_count(const json_t *lines, const char *key)
{
    return json_integer_value(json_object_get(json_object_get(last_of(lines, "summary"), "e2ap"), key));
}

static void oai_and_flexric(void **state)
{
    (void)state;
    const char *files[] = { SHARED "/oai-flexric-kpm-rc.pcapng" };
    if (access(files[0], R_OK)) {
        print_message("skipped: there is no ../shared/captures\n");
        skip();
    }
    int status;
    json_t *lines = replay(files, 1, NULL, &status);
    assert_int_equal(status, 1);
    assert_int_equal(e2ap_count(lines, "pdus"), 135);
    assert_int_equal(e2ap_count(lines, "refused"), 0);
    assert_int_equal(e2ap_count(lines, "associations"), 1);
    char failed[4096];
    rules_with(lines, "fail", failed, sizeof failed);
    assert_string_equal(failed, OAI_FAILS);
    static const struct {
        const char *message, *path;
        int64_t frame, times;
    } rows[] = {
        { "RICsubscriptionRequest",
          "RICsubscriptionRequest.RICsubscriptionDetails.ricAction-ToBeSetup-List[0].ricActionDefinition", 59, 1 },
        { "RICindication", "RICindication.RICindicationMessage", 76, 11 },
    };
    for (size_t i = 0; i < 2; i++) {
        const json_t *finding = json_array_get(json_object_get(rule_of(lines, "E2-SM-R01"), "findings"), i);
        assert_string_equal(text_of(finding, "message"), rows[i].message);
        assert_string_equal(text_of(finding, "path"), rows[i].path);
        assert_int_equal(json_integer_value(json_object_get(finding, "frame")), rows[i].frame);
        assert_int_equal(json_integer_value(json_object_get(finding, "times")), rows[i].times);
        assert_int_equal(json_array_size(json_object_get(finding, "frames")), (size_t)rows[i].times);
    }
    json_decref(lines);
}

/** E2AP 01.x: no TransactionID is missed in it. */
static void flexric_of_2022(void **state)
{
    (void)state;
    const char *files[] = { SHARED "/flexric-2022-e2ap-v1.pcapng" };
    if (access(files[0], R_OK)) {
        print_message("skipped: there is no ../shared/captures\n");
        skip();
    }
    int status;
    json_t *lines = replay(files, 1, NULL, &status);
    assert_int_equal(status, 1);
    assert_int_equal(e2ap_count(lines, "pdus"), 6);
    assert_string_equal(text_of(last_of(lines, "link-total"), "e2ap"), "e2ap-01.01");
    assert_string_equal(text_of(rule_of(lines, "E2-CODEC-R04"), "verdict"), "pass");
    assert_string_equal(text_of(rule_of(lines, "E2-LINK-R01"), "verdict"), "fail");
    json_decref(lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_captures),
        cmocka_unit_test(nothing_to_judge),
        cmocka_unit_test(a_cut_capture_is_judged_and_told),
        cmocka_unit_test(oai_and_flexric),
        cmocka_unit_test(flexric_of_2022),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
