#include "codecs/asn1/registry.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tools/test_support.h"

struct fixture {
    struct rp_registry *registry;
    struct rp_arena arena;
    struct rp_diags diags;
};

static void open_fixture(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    f->diags.arena = &f->arena;
    f->registry = rp_registry_new();
    assert_non_null(f->registry);
}

static void close_fixture(struct fixture *f)
{
    rp_registry_free(f->registry);
    rp_arena_free(&f->arena);
}

static bool add(struct fixture *f, const char *file, const char *text)
{
    return rp_registry_add(f->registry, file, text, strlen(text), &f->diags);
}

/* The first finding as one line; the list is emptied. */
static const char *finding(struct fixture *f)
{
    static char line[600];
    line[0] = '\0';
    if (f->diags.first)
        rp_diag_format(f->diags.first, line, sizeof line);
    rp_diags_clear(&f->diags);
    return line;
}

static void all_shipped_sets_compile(void **state)
{
    (void)state;
    struct fixture f;
    struct timespec start, end;
    size_t n;
    open_fixture(&f);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    const char *const *names = rp_registry_names(f.registry, &n);
    assert_true(n >= 19);
    for (size_t i = 0; i < n; i++) {
        if (i)
            assert_true(strcmp(names[i - 1], names[i]) < 0);
        if (!rp_registry_set(f.registry, names[i], &f.diags))
            fail_msg("%s: %s", names[i], finding(&f));
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    assert_int_equal(f.diags.count, 0);
    double ms = (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6;
    print_message("%zu sets compiled in %.1f ms of processor time\n", n, ms);
    close_fixture(&f);
}

static void a_set_is_compiled_once(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    const struct rp_schema *first = rp_registry_set(f.registry, "e2ap-03.01", &f.diags);
    assert_non_null(first);
    assert_ptr_equal(rp_registry_set(f.registry, "e2ap-03.01", &f.diags), first);
    const struct rp_type *type = rp_registry_type(f.registry, "e2ap-03.01:E2AP-PDU", &f.diags);
    assert_non_null(type);
    assert_string_equal(type->name, "E2AP-PDU");
    assert_ptr_equal(rp_registry_type(f.registry, "e2ap-03.01:E2AP-PDU-Descriptions.E2AP-PDU", &f.diags), type);
    close_fixture(&f);
}

static const struct {
    const char *what, *spec, *want;
} unknown[] = {
    { "a set", "e2ap-03.02:E2AP-PDU", "unknown set 'e2ap-03.02'; did you mean 'e2ap-03.01'?" },
    { "a set without a like", "ngap:NGAP-PDU", "unknown set 'ngap'" },
    { "a type", "e2ap-03.01:E2AP-PUD", "unknown type 'E2AP-PUD' in e2ap-03.01; did you mean 'E2AP-PDU'?" },
    { "a type without a like", "e2ap-03.01:Nothing-Of-The-Kind", "unknown type 'Nothing-Of-The-Kind' in e2ap-03.01" },
    { "no colon", "E2AP-PDU", "'E2AP-PDU' is not SET:TYPE" },
};

static void unknown_names_have_a_hint(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        assert_null(rp_registry_type(f.registry, unknown[i].spec, &f.diags));
        assert_int_equal(f.diags.count, 1);
        if (strcmp(f.diags.first->text, unknown[i].want) != 0)
            fail_msg("%s: %s", unknown[i].what, f.diags.first->text);
        rp_diags_clear(&f.diags);
    }
    close_fixture(&f);
}

static void an_added_file_is_a_set(void **state)
{
    (void)state;
    struct fixture f;
    size_t n, before;
    open_fixture(&f);
    rp_registry_names(f.registry, &before);
    assert_true(add(&f, "some/dir/acme-1.2.asn1", "Acme DEFINITIONS AUTOMATIC TAGS ::= BEGIN A ::= INTEGER (0..7) END"));
    const char *const *names = rp_registry_names(f.registry, &n);
    assert_int_equal(n, before + 1);
    assert_string_equal(names[0], "acme-1.2");
    const struct rp_schema *set = rp_registry_set(f.registry, "acme-1.2", &f.diags);
    assert_non_null(set);
    assert_string_equal(set->name, "acme-1.2");
    assert_ptr_equal(rp_registry_set(f.registry, "Acme", &f.diags), set);
    assert_non_null(rp_registry_type(f.registry, "acme-1.2:A", &f.diags));
    assert_true(add(&f, "acme-1.2", "Acme DEFINITIONS AUTOMATIC TAGS ::= BEGIN B ::= NULL END")); /* the same again */
    rp_registry_names(f.registry, &n);
    assert_int_equal(n, before + 2);
    close_fixture(&f);
}

static void an_added_file_may_import_from_others(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    assert_true(add(&f, "service.asn1",
                    "Acme-SM DEFINITIONS AUTOMATIC TAGS ::= BEGIN IMPORTS UEID, CGI FROM E2SM-COMMON-IEs Base FROM "
                    "Acme-Base;\nX ::= SEQUENCE {u UEID, c CGI OPTIONAL, b Base} END"));
    assert_null(rp_registry_set(f.registry, "service", &f.diags));
    assert_string_equal(finding(&f), "service.asn1:1:95: error: module 'Acme-Base' is not there");
    assert_true(add(&f, "base.asn1", "Acme-Base DEFINITIONS AUTOMATIC TAGS ::= BEGIN Base ::= NULL END"));
    const struct rp_type *type = rp_registry_type(f.registry, "service:X", &f.diags);
    if (!type)
        fail_msg("%s", finding(&f));
    assert_string_equal(type->slots[0].type->module, "E2SM-COMMON-IEs");
    assert_string_equal(type->slots[0].type->file, "e2sm-common-05.00.asn1"); /* the newest edition */
    close_fixture(&f);
}

static void an_added_file_replaces_the_set_of_its_name(void **state)
{
    (void)state;
    struct fixture f;
    size_t n, before;
    open_fixture(&f);
    rp_registry_names(f.registry, &before);
    assert_non_null(rp_registry_set(f.registry, "e2ap-01.01", &f.diags));
    assert_true(add(&f, "e2ap-01.01.asn1", "Mine DEFINITIONS ::= BEGIN E2AP-PDU ::= NULL END"));
    rp_registry_names(f.registry, &n);
    assert_int_equal(n, before);
    const struct rp_type *type = rp_registry_type(f.registry, "e2ap-01.01:E2AP-PDU", &f.diags);
    assert_non_null(type);
    assert_int_equal(type->kind, RP_NULL);
    close_fixture(&f);
}

static void an_added_module_takes_the_place_of_its_namesake(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    const struct rp_schema *kpm = rp_registry_set(f.registry, "e2sm-kpm-03.00", &f.diags);
    assert_non_null(kpm);
    const struct rp_module *module = &kpm->modules[0];
    for (uint32_t i = 0; i < kpm->n_modules; i++)
        if (strcmp(kpm->modules[i].name, "E2SM-KPM-IEs") == 0)
            module = &kpm->modules[i];
    char oid[200], text[600];
    size_t used = 0;
    for (const char *at = module->oid; *at && used + 2 < sizeof oid; at++)
        oid[used++] = *at == '.' ? ' ' : *at;
    oid[used] = '\0';
    snprintf(text, sizeof text, "E2SM-KPM-IEs {%s} DEFINITIONS AUTOMATIC TAGS ::= BEGIN Only ::= NULL END", oid);
    assert_true(add(&f, "patched.asn1", text));
    assert_non_null(rp_registry_type(f.registry, "e2sm-kpm-03.00:Only", &f.diags));
    assert_null(rp_registry_type(f.registry, "e2sm-kpm-03.00:TimeStamp", &f.diags));
    rp_diags_clear(&f.diags);
    assert_non_null(rp_registry_type(f.registry, "e2sm-kpm-02.00:TimeStamp", &f.diags)); /* another identifier */
    close_fixture(&f);
}

static void an_added_edition_leaves_the_others_alone(void **state)
{
    (void)state;
    static const struct {
        const char *file, *text;
    } rows[] = {
        { "e2ap-03.99.asn1", "%s DEFINITIONS ::= BEGIN Only ::= NULL END" },
        { "mine.asn1",
          "%s DEFINITIONS ::= BEGIN IMPORTS X FROM Other; Only ::= X END Other DEFINITIONS ::= BEGIN X ::= NULL END" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct fixture f;
        open_fixture(&f);
        char text[600];
        snprintf(text, sizeof text, rows[i].text, "E2AP-IEs { 1 3 6 1 4 1 53148 1 2 1 2 }");
        assert_true(add(&f, rows[i].file, text));
        const struct rp_schema *shipped = rp_registry_set(f.registry, "e2ap-03.01", &f.diags);
        assert_non_null(shipped);
        assert_non_null(rp_schema_type(shipped, "Cause"));
        assert_null(rp_schema_type(shipped, "Only"));
        close_fixture(&f);
    }
}

static void faulty_files_are_refused(void **state)
{
    (void)state;
    struct fixture f;
    size_t n, before;
    open_fixture(&f);
    rp_registry_names(f.registry, &before);
    assert_false(add(&f, "bad.asn1", "Bad DEFINITIONS ::= BEGIN X ::= SEQUENCE {a NULL b NULL} END"));
    assert_string_equal(finding(&f), "bad.asn1:1:50: error: syntax error near 'b'; expected ',' or '}'");
    assert_false(add(&f, "bad.asn1", "nothing of the kind"));
    assert_string_equal(finding(&f), "bad.asn1:1:1: error: syntax error near 'nothing'; expected a module name");
    assert_false(add(&f, "bad.asn1", ""));
    assert_string_equal(finding(&f), "bad.asn1:1:1: error: syntax error near the end of the text; expected a module");
    rp_registry_names(f.registry, &n);
    assert_int_equal(n, before);
    assert_true(add(&f, "unsound.asn1", "Bad DEFINITIONS ::= BEGIN X ::= Y END")); /* its grammar is right */
    assert_null(rp_registry_set(f.registry, "unsound", &f.diags));
    assert_string_equal(finding(&f), "unsound.asn1:1:33: error: unknown type 'Y'; module Bad neither defines nor imports it");
    close_fixture(&f);
}

static void refused_allocations_are_findings(void **state)
{
    (void)state;
    for (long n = 0; n < 60; n++) {
        struct rp_diags diags = { .arena = NULL };
        rp_arena_fail_after(n);
        struct rp_registry *registry = rp_registry_new();
        bool added = registry && rp_registry_add(registry, "x.asn1", "X DEFINITIONS ::= BEGIN Y ::= NULL END", 38, &diags);
        bool compiled = added && rp_registry_type(registry, "x:Y", &diags);
        bool shipped = registry && rp_registry_set(registry, "e2sm-kpm-02.00", &diags);
        rp_arena_fail_after(-1);
        assert_true(!registry || (added && compiled && shipped) || diags.worst == RP_TRANSFER);
        rp_registry_free(registry);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_shipped_sets_compile),
        cmocka_unit_test(a_set_is_compiled_once),
        cmocka_unit_test(unknown_names_have_a_hint),
        cmocka_unit_test(an_added_file_is_a_set),
        cmocka_unit_test(an_added_file_may_import_from_others),
        cmocka_unit_test(an_added_file_replaces_the_set_of_its_name),
        cmocka_unit_test(an_added_module_takes_the_place_of_its_namesake),
        cmocka_unit_test(an_added_edition_leaves_the_others_alone),
        cmocka_unit_test(faulty_files_are_refused),
        cmocka_unit_test(refused_allocations_are_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
