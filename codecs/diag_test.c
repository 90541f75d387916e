#include "codecs/diag.h"

#include <stdio.h>
#include <string.h>

#include "tools/test_support.h"

static uint32_t listed(const struct rp_diags *diags)
{
    uint32_t n = 0;
    const struct rp_diag *last = NULL;
    for (const struct rp_diag *diag = diags->first; diag; diag = diag->next, n++)
        last = diag;
    assert_ptr_equal(last, diags->last);
    return n;
}

static void the_worst_counts(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    assert_int_equal(diags.worst, RP_SOUND);
    rp_diag_add(&diags, RP_NOTE, RP_EUNKNOWN, "IE %d", 65000);
    rp_diag_add(&diags, RP_CONSTRAINT, RP_ERANGE, "over");
    rp_diag_add(&diags, RP_CANONICAL, RP_EFORM, "long form");
    assert_int_equal(diags.worst, RP_CONSTRAINT);
    assert_int_equal(diags.count, 3);
    assert_int_equal(listed(&diags), 3);
    assert_string_equal(diags.first->text, "IE 65000");
    assert_int_equal(diags.first->err, RP_EUNKNOWN);
    assert_string_equal(diags.first->path, "");
    rp_diags_clear(&diags);
    assert_int_equal(diags.count, 0);
    assert_int_equal(diags.worst, RP_SOUND);
    assert_null(diags.first);
    rp_arena_free(&arena);
}

static void only_so_many_are_kept(void **state)
{
    (void)state;
    static const struct {
        uint32_t keep, kept;
    } rows[] = { { 0, 100 }, { 1, 1 }, { 7, 7 } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rp_arena arena = { 0 };
        struct rp_diags diags = { .arena = &arena, .keep = rows[i].keep };
        for (int n = 0; n < 150; n++)
            snprintf(rp_diag_add(&diags, RP_NOTE, RP_EUNKNOWN, "%d", n)->path, RP_PATH_MAX, "p%d", n);
        rp_diag_add(&diags, RP_TRANSFER, RP_EEND, "last");
        assert_int_equal(listed(&diags), rows[i].kept);
        assert_int_equal(diags.count, 151);
        assert_int_equal(diags.worst, RP_TRANSFER);
        assert_false(diags.lost);
        assert_string_equal(diags.first->path, "p0");
        rp_arena_free(&arena);
    }
}

static void without_memory_the_first_stays(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    rp_arena_fail_after(0);
    rp_diag_add(&diags, RP_TRANSFER, RP_ENOMEM, "first");
    rp_diag_add(&diags, RP_NOTE, RP_EUNKNOWN, "second");
    rp_arena_fail_after(-1);
    rp_diag_add(&diags, RP_NOTE, RP_EUNKNOWN, "third");
    rp_arena_fail_after(0);
    while (diags.count < 90) /* the chunk holds some more, then nothing */
        rp_diag_add(&diags, RP_NOTE, RP_EUNKNOWN, "%u", diags.count);
    rp_arena_fail_after(-1);
    assert_true(diags.lost);
    assert_string_equal(diags.first->text, "first");
    assert_string_equal(diags.first->next->text, "third");
    assert_in_range(listed(&diags), 3, 89);
    assert_int_equal(diags.worst, RP_TRANSFER);
    rp_arena_free(&arena);

    struct rp_diags bare = { 0 };
    rp_diag_add(&bare, RP_NOTE, RP_EUNKNOWN, "one");
    rp_diag_add(&bare, RP_TRANSFER, RP_EEND, "two");
    assert_int_equal(bare.count, 2);
    assert_string_equal(bare.first->text, "one");
    assert_int_equal(listed(&bare), 1);
}

static void a_list_goes_back_to_a_mark(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    struct rp_diags_mark start = rp_diags_mark(&diags);
    rp_diag_add(&diags, RP_NOTE, RP_EUNKNOWN, "kept");
    struct rp_diags_mark mark = rp_diags_mark(&diags);
    rp_diag_add(&diags, RP_TRANSFER, RP_EEND, "forgotten");
    rp_diags_rollback(&diags, mark);
    assert_int_equal(listed(&diags), 1);
    assert_int_equal(diags.worst, RP_NOTE);
    rp_diag_add(&diags, RP_CANONICAL, RP_EFORM, "after");
    assert_string_equal(diags.first->next->text, "after");
    rp_diags_rollback(&diags, start);
    assert_null(diags.first);
    assert_int_equal(diags.count, 0);
    rp_arena_free(&arena);
}

static void one_line(void **state)
{
    (void)state;
    static const struct {
        struct rp_diag diag;
        const char *line;
    } rows[] = {
        { { .grade = RP_CONSTRAINT,
            .bit = 96,
            .path = "E2setupRequest.RANfunctionsAdded[2].ranFunctionID",
            .text = "5000 is above the upper bound 4095",
            .expected = "0..4095",
            .seen = "5000",
            .clause = "X.691 (02/2021) 11.5" },
          "constraint: bit 96 E2setupRequest.RANfunctionsAdded[2].ranFunctionID: 5000 is above the upper bound 4095; expected "
          "0..4095, seen 5000 [X.691 (02/2021) 11.5]" },
        { { .grade = RP_TRANSFER, .text = "the octets end" }, "transfer-syntax: bit 0: the octets end" },
        { { .grade = RP_TRANSFER, .bit = RP_NO_BIT, .path = "Cause.misc", .text = "not a value of INTEGER" },
          "error: Cause.misc: not a value of INTEGER" },
        { { .grade = RP_TRANSFER, .bit = RP_NO_BIT, .text = "no memory" }, "error: no memory" },
        { { .grade = RP_TRANSFER, .line = 3, .column = 7, .text = "not JSON" }, "3:7: transfer-syntax: not JSON" },
        { { .grade = RP_TRANSFER, .file = "a.asn1", .line = 3, .column = 7, .text = "a type is missing" },
          "a.asn1:3:7: error: a type is missing" },
        { { .grade = RP_TRANSFER, .file = "a.pcap", .text = "cut" }, "a.pcap: error: cut" },
        { { .grade = RP_NOTE, .bit = 8, .text = "unknown IE", .seen = "65000" }, "note: bit 8: unknown IE, seen 65000" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char line[400];
        size_t len = rp_diag_format(&rows[i].diag, line, sizeof line);
        assert_string_equal(line, rows[i].line);
        assert_int_equal(len, strlen(line));
        for (size_t size = 0; size < len + 2; size++) {
            char cut[400];
            size_t n = rp_diag_format(&rows[i].diag, cut, size);
            assert_int_equal(n, size == 0 ? 0 : size <= len ? size - 1 : len);
            assert_memory_equal(cut, line, n);
        }
    }
}

static void names_of_grades(void **state)
{
    (void)state;
    static const char *const names[] = { "sound", "note", "canonical", "protocol", "constraint", "transfer-syntax" };
    for (int grade = RP_SOUND; grade <= RP_TRANSFER; grade++)
        assert_string_equal(rp_grade_name((enum rp_grade)grade), names[grade]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worst_counts),
        cmocka_unit_test(only_so_many_are_kept),
        cmocka_unit_test(without_memory_the_first_stays),
        cmocka_unit_test(a_list_goes_back_to_a_mark),
        cmocka_unit_test(one_line),
        cmocka_unit_test(names_of_grades),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
