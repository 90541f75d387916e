#include "harness/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "tools/test_support.h"

#define DOCUMENT                                                                                                                 \
    "{\"messages\":[{\"label\":\"a\",\"at\":1,\"pdu\":{\"protocolIEs\":[{\"id\":49,\"value\":1},{\"id\":3,\"value\":2}]}},"      \
    "{\"label\":\"b\",\"at\":2}],\"a/b\":{\"~x\":5}}"

/** The document after the edits, as text; "" when they were refused, with the reason in `why`. */
static char *patched(const char *edits, char why[RP_DIAG_MAX])
{
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    json_t *document = json_loads(DOCUMENT, 0, NULL), *list = json_loads(edits, 0, NULL);
    assert_non_null(document);
    assert_non_null(list);
    bool good = rp_scenario_patch(document, list, "x.json", &diags);
    why[0] = '\0';
    if (!good)
        memcpy(why, diags.first->text, RP_DIAG_MAX);
    char *text = good ? json_dumps(document, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    json_decref(document);
    json_decref(list);
    rp_arena_free(&arena);
    return text;
}

static void edits(void **state)
{
    (void)state;
    static const struct {
        const char *what, *edits, *has, *lacks;
    } rows[] = {
        { "replace by label and id", "[{\"op\":\"replace\",\"path\":\"/messages/a/pdu/protocolIEs/id=49/value\",\"value\":7}]",
          "{\"id\":49,\"value\":7}", "{\"id\":49,\"value\":1}" },
        { "remove", "[{\"op\":\"remove\",\"path\":\"/messages/a/pdu/protocolIEs/id=49\"}]", "[{\"id\":3,\"value\":2}]", "49" },
        { "add at the end", "[{\"op\":\"add\",\"path\":\"/messages/a/pdu/protocolIEs/-\",\"value\":9}]", "\"value\":2},9]",
          NULL },
        { "add before", "[{\"op\":\"add\",\"path\":\"/messages/a/pdu/protocolIEs/0\",\"value\":9}]", "[9,{", NULL },
        { "move in front", "[{\"op\":\"move\",\"from\":\"/messages/b\",\"path\":\"/messages/0\"}]",
          "[{\"at\":2,\"label\":\"b\"},{\"at\":1", NULL },
        { "copy", "[{\"op\":\"copy\",\"from\":\"/messages/b\",\"path\":\"/messages/-\"}]",
          "{\"at\":2,\"label\":\"b\"},{\"at\":2,\"label\":\"b\"}", NULL },
        { "a member", "[{\"op\":\"add\",\"path\":\"/messages/b/ppid\",\"value\":0}]", "\"label\":\"b\",\"ppid\":0", NULL },
        { "escapes", "[{\"op\":\"replace\",\"path\":\"/a~1b/~0x\",\"value\":6}]", "\"~x\":6", NULL },
        { "test", "[{\"op\":\"test\",\"path\":\"/messages/b/at\",\"value\":2}]", "\"at\":2", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char why[RP_DIAG_MAX];
        char *text = patched(rows[i].edits, why);
        if (!text || !strstr(text, rows[i].has) || (rows[i].lacks && strstr(text, rows[i].lacks)))
            fail_msg("%s: %s%s", rows[i].what, text ? text : "", why);
        free(text);
    }
}

static void wrong_edits(void **state)
{
    (void)state;
    static const struct {
        const char *edits, *want;
    } rows[] = {
        { "[{\"op\":\"remove\",\"path\":\"/messages/c\"}]", "remove /messages/c: no such place" },
        { "[{\"op\":\"replace\",\"path\":\"/messages/b/ppid\",\"value\":1}]", "replace /messages/b/ppid" },
        { "[{\"op\":\"move\",\"from\":\"/none\",\"path\":\"/x\"}]", "move /x" },
        { "[{\"op\":\"test\",\"path\":\"/messages/b/at\",\"value\":3}]", "test /messages/b/at" },
        { "[{\"op\":\"frob\",\"path\":\"/messages\"}]", "frob /messages" },
        { "[{\"op\":\"add\",\"path\":\"messages\",\"value\":1}]", "add messages" },
        { "[{\"path\":\"/messages\"}]", "an edit has op and path" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char why[RP_DIAG_MAX];
        char *text = patched(rows[i].edits, why);
        if (text || !strstr(why, rows[i].want))
            fail_msg("%s: %s", rows[i].edits, why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(edits), cmocka_unit_test(wrong_edits) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
