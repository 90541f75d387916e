/* The subcommands as a user runs them: words in, status, stdout and stderr out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/command.h"
#include "tools/test_support.h"

enum { WORDS = 10 };

#define TRIGGER   "e2sm-kpm-03.00:E2SM-KPM-EventTriggerDefinition"
#define PERIOD(n) "{\"eventDefinition-formats\":{\"eventDefinition-Format1\":{\"reportingPeriod\":" #n "}}}"
#define SUBSCRIBE                                                                                                                \
    "{\"initiatingMessage\":{\"procedureCode\":8,\"criticality\":\"reject\",\"value\":{\"protocolIEs\":["                        \
    "{\"id\":29,\"criticality\":\"reject\",\"value\":{\"ricRequestorID\":1,\"ricInstanceID\":0}},"                               \
    "{\"id\":5,\"criticality\":\"reject\",\"value\":2},"                                                                         \
    "{\"id\":30,\"criticality\":\"reject\",\"value\":{\"ricEventTriggerDefinition\":" PERIOD(                                    \
        1000) ","                                                                                                                \
              "\"ricAction-ToBeSetup-List\":[{\"id\":19,\"criticality\":\"ignore\",\"value\":{\"ricActionID\":0,"                \
              "\"ricActionType\":\"report\"}}]}}]}}}"

static const struct {
    int (*run)(int argc, char **argv);
    const char *words[WORDS];
    int status;
    const char *out, *err; /* a part of it; "" nothing; NULL whatever */
} rows[] = {
    { rp_cmd_decode, { "decode", "--as", TRIGGER, "--line", "0004" }, 0, PERIOD(5) "\n", "" },
    { rp_cmd_decode,
      { "decode", "--as", TRIGGER, "--to", "tree", "0004" },
      0,
      "reportingPeriod: INTEGER (1..4294967295) = 5\n",
      "" },
    { rp_cmd_decode, { "decode", "--as", TRIGGER, "--to", "hex", "0x00 0x04" }, 0, "0004\n", "" },
    { rp_cmd_decode, { "decode", "--as", TRIGGER, "--line", PERIOD(7) }, 0, PERIOD(7) "\n", "" },
    { rp_cmd_decode, { "decode", "--as", TRIGGER, "000400" }, 0, "5", "canonical: bit 16 " },
    { rp_cmd_decode, { "decode", "--as", TRIGGER, "00" }, 1, "", "transfer-syntax: bit 8 E2SM-KPM-EventTriggerDefinition." },
    { rp_cmd_decode,
      { "decode", "--as", TRIGGER, "--to", "tree", "00" },
      1,
      "eventDefinition-Format1",
      "the octets end too early" },
    { rp_cmd_decode, { "decode", "--as", TRIGGER, "zz" }, 2, "", "zz: no such file, and no hex or JSON text either\n" },
    { rp_cmd_decode, { "decode", "--as", TRIGGER, "00", "04" }, 64, "", "what is '04' for?" },
    { rp_cmd_decode, { "decode", "00" }, 64, "", "--as SET:TYPE is missing" },
    { rp_cmd_decode,
      { "decode", "--as", "e2ap-03.1:E2AP-PDU", "00" },
      64,
      "",
      "unknown set 'e2ap-03.1'; did you mean 'e2ap-03.01'?" },
    { rp_cmd_decode, { "decode", "--as", TRIGGER, "--in", "json", "00" }, 1, "", "not JSON" },
    { rp_cmd_decode, { "decode", "--as", TRIGGER, "--in", "hex", "0" }, 1, "", "wrong or missing digit at offset 0" },
    { rp_cmd_encode, { "encode", "--as", TRIGGER, PERIOD(5) }, 0, "0004\n", "" },
    { rp_cmd_encode, { "encode", "--as", TRIGGER, "--uper", PERIOD(5) }, 0, "0000000080\n", "" },
    { rp_cmd_encode, { "encode", "--as", TRIGGER, PERIOD(0) }, 1, "", "reportingPeriod: 0 is below the lower bound" },
    { rp_cmd_encode, { "encode", "--as", TRIGGER, "{\"eventDefinition-formats\": {" }, 1, "", "not JSON" },
    { rp_cmd_encode, { "encode", "--as", TRIGGER, "--module", "no-such.asn1", PERIOD(5) }, 2, "", "no-such.asn1: No such file" },
    { rp_cmd_encode, { "encode", "--as", "e2ap-03.01:E2AP-PDU", "--sm", "e2sm-kpm-03.00", SUBSCRIBE }, 0, "0803e7", "" },
    { rp_cmd_encode, { "encode", "--as", "e2ap-03.01:E2AP-PDU", SUBSCRIBE }, 1, "", "needs --sm SET; expected hex octets" },
    { rp_cmd_list, { "list", "sets", "kpm-03" }, 0, "e2sm-kpm-03.00         2 modules,", "" },
    { rp_cmd_list, { "list", "types", "*:E2AP-PDU" }, 0, "e2ap-07.00:E2AP-PDU ", "" },
    { rp_cmd_list, { "list", "modules", "e2ap-ies" }, 0, "1.3.6.1.4.1.53148.1.1.1.2 ", "" },
    { rp_cmd_list, { "list", "rules", "ppid" }, 0, NULL, "" },
    { rp_cmd_list, { "list", "type" }, 64, "", "not 'type'; did you mean types?" },
    { rp_cmd_show, { "show", "e2ap-03.01:RICsubscriptionRequest" }, 0, "id-RICsubscriptionDetails", "" },
    { rp_cmd_show, { "show", "e2sm-kpm-03.00:MeasurementTypeName" }, 0, "PrintableString (SIZE (1..150, ...))", "" },
    { rp_cmd_show, { "show", "RICrequestID" }, 64, "", "  ranproof show e2ap-07.00:RICrequestID\n" },
    { rp_cmd_show, { "show", "E2-LINK-R01" }, 0, "judges", "" },
    { rp_cmd_vectors, { "vectors" }, 64, "", "which files?" },
    { rp_cmd_vectors, { "vectors", "fixtures/vectors/e2sm-kpm-03.00.jsonl" }, 0, " passed, 0 failed\n", "" },
    { rp_cmd_vectors, { "vectors", "CONTRIBUTING.md" }, 1, "CONTRIBUTING.md:1: not a JSON object: wrong at character 0\n", "" },
};

struct caught {
    int number, saved;
    FILE *file;
    char text[1 << 16];
};

static void catch_it(struct caught *caught, int number, FILE *stream)
{
    fflush(stream);
    caught->number = number;
    caught->saved = dup(number);
    caught->file = tmpfile();
    assert_non_null(caught->file);
    dup2(fileno(caught->file), number);
}

static void let_go(struct caught *caught, FILE *stream)
{
    fflush(stream);
    dup2(caught->saved, caught->number);
    close(caught->saved);
    rewind(caught->file);
    caught->text[fread(caught->text, 1, sizeof caught->text - 1, caught->file)] = '\0';
    fclose(caught->file);
}

static bool fits(const char *text, const char *wanted)
{
    return !wanted || (wanted[0] ? strstr(text, wanted) != NULL : !text[0]);
}

static void runs_commands(void **state)
{
    (void)state;
    static struct caught out, err;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *words[WORDS + 1] = { 0 };
        int n = 0;
        for (; n < WORDS && rows[i].words[n]; n++)
            words[n] = strdup(rows[i].words[n]);
        catch_it(&out, 1, stdout);
        catch_it(&err, 2, stderr);
        int status = rows[i].run(n, words);
        let_go(&err, stderr);
        let_go(&out, stdout);
        if (status != rows[i].status || !fits(out.text, rows[i].out) || !fits(err.text, rows[i].err))
            fail_msg("row %zu, %s %s: status %d\nout: %.2000s\nerr: %.2000s", i, words[0], n > 1 ? words[1] : "", status,
                     out.text, err.text);
        while (n)
            free(words[--n]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(runs_commands) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
