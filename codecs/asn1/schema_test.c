#include "codecs/asn1/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/test_support.h"

static const char *const seeds[] = { "protocol", "rrc", "explicit", "constraints", "odd" };
enum { SEEDS = sizeof seeds / sizeof seeds[0] };

static char *read_seed(const char *name, size_t *len)
{
    char path[500];
    snprintf(path, sizeof path, "%s/fixtures/fuzz/asn1/%s.asn1", RP_SOURCE_DIR, name);
    char *text = rp_slurp(path, len);
    assert_non_null(text);
    return text;
}

static const struct rp_schema *compile_text(const char *text, size_t len, struct rp_arena *arena, struct rp_diags *diags)
{
    struct rp_source source = { "t.asn1", text, len };
    return rp_schema_compile("t", &source, 1, arena, diags);
}

static void modules_of_every_style_compile(void **state)
{
    (void)state;
    for (size_t i = 0; i < SEEDS; i++) {
        struct rp_arena arena = { 0 };
        struct rp_diags diags = { .arena = &arena };
        size_t len;
        char *text = read_seed(seeds[i], &len), line[600] = "";
        const struct rp_schema *schema = compile_text(text, len, &arena, &diags);
        if (diags.first)
            rp_diag_format(diags.first, line, sizeof line);
        if (!schema || diags.count)
            fail_msg("%s: %s", seeds[i], line);
        rp_arena_free(&arena);
        free(text);
    }
}

static void a_set_lists_its_modules_and_types(void **state)
{
    (void)state;
    static const char first[] = "A {iso org(3) 5} DEFINITIONS ::= BEGIN\nIMPORTS Y, y FROM B;\nX ::= SEQUENCE {y Y}\n"
                                "Z {T} ::= T\nS INTEGER ::= {1 | y}\nEND\nB DEFINITIONS ::= BEGIN\nX ::= NULL\nEND";
    static const char second[] = "\nB {iso org(3) 6} DEFINITIONS ::= BEGIN\nEXPORTS Y, y;\nY ::= BOOLEAN\ny INTEGER ::= 4\nEND";
    struct rp_source sources[] = { { "one.asn1", first, sizeof first - 1 }, { "two.asn1", second, sizeof second - 1 } };
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    const char *text = strstr(first, "B DEFINITIONS"); /* a module of the same name and another identifier is another */
    assert_non_null(text);
    sources[0].len = (size_t)(text - first);
    const struct rp_schema *schema = rp_schema_compile("pair", sources, 2, &arena, &diags);
    assert_non_null(schema);
    assert_string_equal(schema->name, "pair");
    assert_int_equal(schema->n_modules, 2);
    assert_string_equal(schema->modules[0].name, "A");
    assert_string_equal(schema->modules[0].oid, "1.3.5");
    assert_string_equal(schema->modules[1].file, "two.asn1");
    assert_int_equal(schema->modules[1].line, 2);
    assert_int_equal(schema->n_types, 3);
    assert_string_equal(schema->types[0]->name, "X");
    assert_string_equal(schema->types[1]->name, "S");
    assert_string_equal(schema->types[2]->name, "Y");
    assert_string_equal(schema->types[2]->module, "B");
    assert_string_equal(schema->types[2]->file, "two.asn1");
    assert_int_equal(schema->types[2]->line, 4);
    assert_ptr_equal(rp_schema_type(schema, "B.Y"), schema->types[2]);
    assert_ptr_equal(rp_schema_type(schema, "Y"), schema->types[2]);
    assert_ptr_equal(schema->types[0]->slots[0].type, schema->types[2]);
    assert_null(rp_schema_type(schema, "A.Y"));
    assert_null(rp_schema_type(schema, "Z"));
    rp_arena_free(&arena);
}

static const struct {
    const char *what, *text, *want;
} imports[] = {
    { "an unknown module", "A DEFINITIONS ::= BEGIN IMPORTS X FROM Bee; Y ::= X END Bea DEFINITIONS ::= BEGIN X ::= NULL END",
      "t.asn1:1:40: error: module 'Bee' is not there; did you mean 'Bea'?" },
    { "a name that is not there, used",
      "A DEFINITIONS ::= BEGIN IMPORTS Foo FROM B; Y ::= Foo Z ::= Foo END\nB DEFINITIONS ::= BEGIN Fooo ::= NULL END",
      "t.asn1:1:51: error: module B has no 'Foo' to import; did you mean 'Fooo'?" },
    { "a name that is not exported",
      "A DEFINITIONS ::= BEGIN IMPORTS X FROM B; Y ::= X END\nB DEFINITIONS ::= BEGIN EXPORTS Y; X ::= NULL Y ::= NULL END",
      "t.asn1:1:33: error: module B does not export 'X'" },
    { "an export of nothing", "B DEFINITIONS ::= BEGIN EXPORTS Foo; Fooo ::= NULL END",
      "t.asn1:1:33: error: unknown export 'Foo'; did you mean 'Fooo'?" },
    { "imports in a circle",
      "A DEFINITIONS ::= BEGIN IMPORTS X FROM B; Y ::= X END B DEFINITIONS ::= BEGIN IMPORTS X FROM A; END",
      "t.asn1:1:49: error: the imports of 'X' go round in a circle" },
    { "a module twice", "A DEFINITIONS ::= BEGIN END\nA DEFINITIONS ::= BEGIN END",
      "t.asn1:2:1: error: module 'A' is defined twice; first at t.asn1:1:1" },
    { "no module", "-- nothing", "t.asn1:1:11: error: syntax error near the end of the text; expected a module" },
    { "no END", "A DEFINITIONS ::= BEGIN X ::= NULL",
      "t.asn1:1:35: error: syntax error near the end of the text; expected END of the module" },
    { "END left out between two", "A DEFINITIONS ::= BEGIN X ::= NULL\nB {iso org(3)} DEFINITIONS ::= BEGIN Y ::= NULL END",
      "t.asn1:2:1: error: syntax error near 'B'; expected END of the module before" },
    { "a faulty header", "A DEFINITION ::= BEGIN X ::= Foo END",
      "t.asn1:1:3: error: syntax error near 'DEFINITION'; expected DEFINITIONS\n"
      "t.asn1:1:30: error: unknown type 'Foo'; module A neither defines nor imports it" },
    { "an unknown module in a reference", "A DEFINITIONS ::= BEGIN X ::= Bee.Y END",
      "t.asn1:1:35: error: module 'Bee' is not there" },
};

static void imports_that_lead_nowhere_are_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof imports / sizeof imports[0]; i++) {
        struct rp_arena arena = { 0 };
        struct rp_diags diags = { .arena = &arena };
        char got[1000] = "";
        size_t used = 0;
        assert_null(compile_text(imports[i].text, strlen(imports[i].text), &arena, &diags));
        for (const struct rp_diag *diag = diags.first; diag && used < 600; diag = diag->next) {
            used += used ? (size_t)snprintf(got + used, sizeof got - used, "\n") : 0;
            used += rp_diag_format(diag, got + used, sizeof got - used);
        }
        if (strcmp(got, imports[i].want) != 0)
            fail_msg("%s:\ngot\n%s\nwant\n%s", imports[i].what, got, imports[i].want);
        rp_arena_free(&arena);
    }
}

static const char *const fine[] = {
    "A DEFINITIONS ::= BEGIN IMPORTS X{}, Y, z FROM B {iso org(3) 1} W FROM C; P ::= X {NULL} Q ::= W END\n"
    "B {iso org(3) 1} DEFINITIONS ::= BEGIN X {T} ::= T Y ::= NULL z INTEGER ::= 1 END\n"
    "C DEFINITIONS ::= BEGIN EXPORTS W; IMPORTS W FROM D; END D DEFINITIONS ::= BEGIN EXPORTS ALL; W ::= NULL END",
    "A DEFINITIONS ::= BEGIN IMPORTS Absent FROM B; X ::= NULL END B DEFINITIONS ::= BEGIN IMPORTS; END",
    "A DEFINITIONS ::= BEGIN IMPORTS X FROM B WITH SUCCESSORS Y FROM B b-oid; X ::= INTEGER Z ::= X END\n"
    "B DEFINITIONS ::= BEGIN X ::= NULL Y ::= NULL END",
    "A {iso org(3)} \"/ISO/Org\" DEFINITIONS IMPLICIT TAGS EXTENSIBILITY IMPLIED ::= BEGIN EXPORTS ; END",
    "A DEFINITIONS ::= BEGIN IMPORTS X FROM B {1 3 2}; Y ::= SEQUENCE {COMPONENTS OF X} END\n"
    "B {1 3 1} DEFINITIONS ::= BEGIN X ::= NULL END B {1 3 2} DEFINITIONS ::= BEGIN X ::= SEQUENCE {} END",
};

static void imports_of_every_form_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
        struct rp_arena arena = { 0 };
        struct rp_diags diags = { .arena = &arena };
        char line[600] = "";
        const struct rp_schema *schema = compile_text(fine[i], strlen(fine[i]), &arena, &diags);
        if (diags.first)
            rp_diag_format(diags.first, line, sizeof line);
        if (!schema)
            fail_msg("text %zu: %s", i, line);
        rp_arena_free(&arena);
    }
}

/* What is no sound text has a finding, whatever it is. */
static void compile_anything(const char *text, size_t len)
{
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    char *guarded = (char *)rp_guarded(text, len);
    const struct rp_schema *schema = compile_text(guarded, len, &arena, &diags);
    assert_true(schema || diags.worst == RP_TRANSFER);
    assert_true(diags.count <= 100);
    rp_arena_free(&arena);
    rp_guarded_free((uint8_t *)guarded, len);
}

static void texts_cut_anywhere_are_refused_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < SEEDS; i++) {
        size_t len;
        char *text = read_seed(seeds[i], &len);
        for (size_t cut = 0; cut<len; cut += len> 3000 ? 7 : 1)
            compile_anything(text, cut);
        free(text);
    }
}

static void texts_with_a_wrong_octet_do_no_harm(void **state)
{
    (void)state;
    static const char octets[] = { '\0', '{', '}', '"', '\'', '(', '-', 'a', 'A', '&', '\xFF' };
    for (size_t i = 0; i < SEEDS; i++) {
        size_t len;
        char *text = read_seed(seeds[i], &len);
        for (size_t at = 0; at<len; at += len> 3000 ? 11 : 3) {
            char was = text[at];
            text[at] = octets[at % sizeof octets];
            compile_anything(text, len);
            text[at] = was;
        }
        free(text);
    }
}

static void deep_nesting_is_an_error(void **state)
{
    (void)state;
    static const char *const openings[] = {
        "SEQUENCE {a ", "SEQUENCE OF ", "INTEGER ((", "[1] ", "X {", "{", "a < ", "CHOICE {a "
    };
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        char text[60000];
        size_t len = (size_t)snprintf(text, sizeof text, "A DEFINITIONS ::= BEGIN X ::= ");
        while (len + 20 < sizeof text)
            len += (size_t)snprintf(text + len, sizeof text - len, "%s", openings[i]);
        compile_anything(text, len);
    }
}

static void long_chains_are_an_error(void **state)
{
    (void)state;
    char text[60000];
    size_t len = (size_t)snprintf(text, sizeof text, "A DEFINITIONS ::= BEGIN ");
    for (unsigned i = 0; len + 60 < sizeof text; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "A%u ::= A%u a%u INTEGER ::= a%u ", i, i + 1, i, i + 1);
    compile_anything(text, len);
}

static void findings_are_capped(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    char text[60000];
    size_t len = (size_t)snprintf(text, sizeof text, "A DEFINITIONS ::= BEGIN\n");
    for (unsigned i = 0; len + 60 < sizeof text; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "X%u ::= SEQUENCE {a NULL b NULL}\n", i);
    assert_null(compile_text(text, len, &arena, &diags));
    assert_int_equal(diags.count, 50);
    rp_arena_free(&arena);
}

static void every_refused_allocation_is_an_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < SEEDS; i++) {
        size_t len;
        char *text = read_seed(seeds[i], &len);
        const struct rp_schema *schema = NULL;
        for (long n = 0; !schema && n < 1000; n++) {
            struct rp_arena arena = { 0 };
            struct rp_diags diags = { .arena = NULL };
            rp_arena_fail_after(n);
            schema = compile_text(text, len, &arena, &diags);
            rp_arena_fail_after(-1);
            assert_true(schema || diags.worst == RP_TRANSFER);
            rp_arena_free(&arena);
        }
        assert_non_null(schema);
        free(text);
    }
}

static void a_small_arena_is_an_error(void **state)
{
    (void)state;
    size_t len;
    char *text = read_seed("protocol", &len);
    const struct rp_schema *schema = NULL;
    for (size_t limit = 1000; !schema && limit < 4 << 20; limit += 1777) {
        struct rp_arena arena = { .limit = limit };
        struct rp_diags diags = { .arena = NULL };
        schema = compile_text(text, len, &arena, &diags);
        assert_true(schema || diags.worst == RP_TRANSFER);
        rp_arena_free(&arena);
    }
    assert_non_null(schema);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modules_of_every_style_compile),
        cmocka_unit_test(a_set_lists_its_modules_and_types),
        cmocka_unit_test(imports_that_lead_nowhere_are_named),
        cmocka_unit_test(imports_of_every_form_are_read),
        cmocka_unit_test(texts_cut_anywhere_are_refused_in_order),
        cmocka_unit_test(texts_with_a_wrong_octet_do_no_harm),
        cmocka_unit_test(deep_nesting_is_an_error),
        cmocka_unit_test(long_chains_are_an_error),
        cmocka_unit_test(findings_are_capped),
        cmocka_unit_test(every_refused_allocation_is_an_error),
        cmocka_unit_test(a_small_arena_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
