#include "harness/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tools/test_support.h"

/* What options were read into. */
struct got {
    const char *as, *to;
    bool line;
    struct rp_words modules, rest;
    int status;
    char err[2000];
};

/* Runs the reader with stderr caught. */
static void read_words(struct got *got, char **argv, bool with_rest)
{
    static const char *const tos[] = { "json", "tree", "hex", NULL };
    *got = (struct got){ 0 };
    const struct rp_option options[] = {
        { "as", 'a', "SET:TYPE", "the type", .text = &got->as },
        { "to", 0, "FORM", "the form", .text = &got->to, .choices = tos },
        { "line", 'l', NULL, "one line", .flag = &got->line },
        { "module", 'm', "FILE", "a module", .words = &got->modules },
        { 0 },
    };
    const struct rp_usage usage = { .name = "test", .synopsis = "", .about = "", .examples = "", .options = options };
    int argc = 0, saved = dup(2), catcher[2];
    while (argv[argc])
        argc++;
    assert_int_equal(pipe(catcher), 0);
    dup2(catcher[1], 2);
    got->status = rp_options_read(&usage, argc, argv, with_rest ? &got->rest : NULL);
    dup2(saved, 2);
    close(saved);
    close(catcher[1]);
    ssize_t n = read(catcher[0], got->err, sizeof got->err - 1);
    got->err[n > 0 ? n : 0] = '\0';
    close(catcher[0]);
}

static void got_free(struct got *got)
{
    rp_words_free(&got->modules);
    rp_words_free(&got->rest);
}

static void reads_options_and_operands(void **state)
{
    (void)state;
    struct got got;
    char *words[] = { "test", "one",       "--as", "a:B", "-m",     "x.asn1", "--module=y.asn1",
                      "-l",   "--to=tree", "-mz",  "--",  "--line", "-",      NULL };
    read_words(&got, words, true);
    assert_int_equal(got.status, -1);
    assert_string_equal(got.as, "a:B");
    assert_string_equal(got.to, "tree");
    assert_true(got.line);
    assert_int_equal(got.modules.n, 3);
    assert_string_equal(got.modules.word[0], "x.asn1");
    assert_string_equal(got.modules.word[1], "y.asn1");
    assert_string_equal(got.modules.word[2], "z");
    assert_int_equal(got.rest.n, 3);
    assert_string_equal(got.rest.word[1], "--line");
    assert_string_equal(got.rest.word[2], "-");
    assert_string_equal(got.err, "");
    got_free(&got);
}

static void refuses_with_a_hint(void **state)
{
    (void)state;
    static const struct {
        char *words[4];
        const char *err;
    } rows[] = {
        { { "test", "--modul", "x" }, "ranproof test: unknown option --modul; did you mean --module?\n" },
        { { "test", "--xyzzyx" }, "ranproof test: unknown option --xyzzyx\n" },
        { { "test", "-q" }, "ranproof test: unknown option -q\n" },
        { { "test", "--as" }, "ranproof test: --as wants SET:TYPE\n" },
        { { "test", "--line=yes" }, "ranproof test: --line takes no argument\n" },
        { { "test", "--to", "tre" }, "ranproof test: --to takes json, tree, hex, not 'tre'; did you mean tree?\n" },
        { { "test", "stray" }, "ranproof test: what is 'stray' for?\n" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct got got;
        char *words[5] = { 0 };
        memcpy(words, rows[i].words, sizeof rows[i].words);
        read_words(&got, words, false);
        char wanted[400];
        snprintf(wanted, sizeof wanted, "%ssee: ranproof test --help\n", rows[i].err);
        assert_int_equal(got.status, RP_EXIT_USAGE);
        assert_string_equal(got.err, wanted);
        got_free(&got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_options_and_operands),
        cmocka_unit_test(refuses_with_a_hint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
