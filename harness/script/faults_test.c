/* The shipped rules against testcases/rules/e2/faults and clean: each fault fails the rules that its first line names, against
 * the side that it names, and no other; no clean sequence fails any; and each rule has a fault.
 *
 * First line: {"fails": {rule id: "e2node", "ric" or "both"}, "after": "setup", "remarks": rule id that only remarks}; then lines
 * as of harness/script/scripted.h. `after` puts the messages of clean/NAME.jsonl in front. */
#include "tools/test_support.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/script/scripted.h"

#define FOLDER RP_SOURCE_DIR "/testcases/rules/e2"

static struct rp_registry *registry;
static json_t *covered; /* ids of rules that a fault failed */

static int set_up(void **state)
{
    (void)state;
    registry = rp_registry_new();
    covered = json_object();
    return registry && covered ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    rp_registry_free(registry);
    json_decref(covered);
    return 0;
}

/* The lines behind the first. */
static const char *body_of(const char *text)
{
    const char *newline = strchr(text, '\n');
    assert_non_null(newline);
    return newline + 1;
}

static char *with_messages_of(const char *name, const char *body)
{
    char path[512], *all;
    size_t len;
    snprintf(path, sizeof path, FOLDER "/clean/%s.jsonl", name);
    char *text = rp_slurp(path, &len);
    assert_non_null(text);
    assert_true(asprintf(&all, "%s%s", body_of(text), body) > 0);
    free(text);
    return all;
}

/* "e2node", "ric", "both" or NULL: who the findings of a rule are against. */
static const char *blamed(const struct rp_rule_result *result)
{
    bool node = false, ric = false;
    for (const struct rp_finding *finding = result->findings; finding; finding = finding->next) {
        if (finding->verdict != RP_FAIL && finding->verdict != RP_WARN)
            continue;
        node |= !strcmp(finding->side, "e2node");
        ric |= !strcmp(finding->side, "ric");
    }
    return node && ric ? "both" : node ? "e2node" : ric ? "ric" : NULL;
}

/* @return how many differences there are */
static int compare(const char *file, const struct rp_verdicts *verdicts, json_t *fails, bool clean)
{
    int wrong = 0;
    for (size_t i = 0; i < verdicts->n; i++) {
        const struct rp_rule_result *result = &verdicts->results[i];
        const char *wanted = json_string_value(json_object_get(fails, result->id)), *seen = blamed(result);
        bool bad = result->verdict == RP_ERROR || (clean && result->verdict == RP_INCONCLUSIVE);
        if (seen)
            json_object_set_new(covered, result->id, json_true());
        if (!bad && (wanted ? seen && !strcmp(wanted, seen) : !seen))
            continue;
        print_error("%s: %s: expected %s, got %s (%s: %s)\n", file, result->id, wanted ? wanted : "no finding",
                    seen ? seen : "none", rp_verdict_name(result->verdict), result->why);
        wrong++;
    }
    return wrong;
}

static int play(const char *folder, const char *file, bool clean)
{
    char path[512];
    size_t len;
    snprintf(path, sizeof path, FOLDER "/%s/%s", folder, file);
    char *text = rp_slurp(path, &len);
    assert_non_null(text);
    json_t *head = json_loadb(text, (size_t)(body_of(text) - text), 0, NULL);
    assert_non_null(head);
    const char *after = json_string_value(json_object_get(head, "after"));
    const char *remarks = json_string_value(json_object_get(head, "remarks"));
    char *lines = after ? with_messages_of(after, body_of(text)) : strdup(body_of(text));
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    struct rp_rules *rules = rp_rules_new(NULL, 0, registry, 0);
    assert_non_null(rules);
    if (!rp_scripted_play(lines, strlen(lines), registry, rules, &diags))
        fail_msg("%s: line %u: %s", file, diags.first->line, diags.first->text);
    int wrong = compare(file, rp_rules_verdicts(rules), json_object_get(head, "fails"), clean);
    if (remarks)
        json_object_set_new(covered, remarks, json_true());
    rp_rules_free(rules);
    rp_arena_free(&arena);
    json_decref(head);
    free(lines);
    free(text);
    return wrong;
}

static int play_folder(const char *folder, bool clean)
{
    int wrong = 0, played = 0;
    struct dirent **entries;
    char path[512];
    snprintf(path, sizeof path, FOLDER "/%s", folder);
    int n = scandir(path, &entries, NULL, alphasort);
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        if (entries[i]->d_name[0] != '.') {
            wrong += play(folder, entries[i]->d_name, clean);
            played++;
        }
        free(entries[i]);
    }
    free(entries);
    assert_true(played > 0);
    return wrong;
}

static void clean_sequences(void **state)
{
    (void)state;
    assert_int_equal(play_folder("clean", true), 0);
}

static void faults(void **state)
{
    (void)state;
    assert_int_equal(play_folder("faults", false), 0);
}

static void each_rule_has_a_fault(void **state)
{
    (void)state;
    struct rp_rules *rules = rp_rules_new(NULL, 0, registry, 0);
    assert_non_null(rules);
    const struct rp_verdicts *verdicts = rp_rules_verdicts(rules);
    int without = 0;
    for (size_t i = 0; i < verdicts->n; i++) {
        if (json_object_get(covered, verdicts->results[i].id))
            continue;
        print_error("%s (%s) has no fault\n", verdicts->results[i].id, verdicts->results[i].file);
        without++;
    }
    rp_rules_free(rules);
    assert_int_equal(without, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clean_sequences),
        cmocka_unit_test(faults),
        cmocka_unit_test(each_rule_has_a_fault),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
