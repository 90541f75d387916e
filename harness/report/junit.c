#include "harness/report/junit.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "harness/report/escape.h"

enum { MAX_FINDINGS = 50 };

static void attribute(FILE *out, const char *name, const char *value)
{
    fprintf(out, " %s=\"", name);
    rp_write_xml(out, value);
    putc('"', out);
}

static void line(FILE *out, const char *label, const char *text)
{
    if (!text[0])
        return;
    fprintf(out, "%s", label);
    rp_write_xml(out, text);
    putc('\n', out);
}

static void put_finding(FILE *out, const struct rp_finding *finding)
{
    char time[RP_TIME_TEXT];
    line(out, "", finding->text);
    line(out, "  path     ", finding->path);
    line(out, "  expected ", finding->expected);
    line(out, "  got      ", finding->seen);
    line(out, "  clause   ", finding->clause);
    line(out, "  from     ", finding->endpoint);
    line(out, "  to       ", finding->peer);
    line(out, "  message  ", finding->message);
    if (finding->time_ns)
        line(out, "  time     ", rp_time_text(finding->time_ns, time));
    if (finding->frame)
        fprintf(out, "  frame    %" PRIu64, finding->frame);
    if (finding->times > 1)
        fprintf(out, " (%" PRIu64 " times in all)", finding->times);
    putc('\n', out);
}

static void put_findings(FILE *out, const struct rp_rule_result *rule)
{
    size_t n = 0;
    for (const struct rp_finding *finding = rule->findings; finding && n < MAX_FINDINGS; finding = finding->next, n++)
        put_finding(out, finding);
    line(out, "", rule->why);
}

/** The first sentence that decided the verdict. */
static const char *headline(const struct rp_rule_result *rule)
{
    for (const struct rp_finding *finding = rule->findings; finding; finding = finding->next)
        if (finding->verdict == rule->verdict)
            return finding->text;
    return rule->why;
}

static void put_element(FILE *out, const char *name, const char *type, const struct rp_rule_result *rule)
{
    fprintf(out, "      <%s", name);
    attribute(out, "message", headline(rule));
    attribute(out, "type", type);
    fputs(">", out);
    put_findings(out, rule);
    fprintf(out, "</%s>\n", name);
}

static bool fails(const struct rp_rule_result *rule, bool strict)
{
    return rule->verdict == RP_FAIL || (strict && rule->verdict == RP_WARN);
}

static void put_case(FILE *out, const struct rp_rule_result *rule, bool strict)
{
    fputs("    <testcase", out);
    attribute(out, "classname", "ranproof.e2");
    fputs(" name=\"", out);
    rp_write_xml(out, rule->id);
    fputs(": ", out);
    rp_write_xml(out, rule->title);
    fputs("\" time=\"0\">\n", out);
    if (fails(rule, strict))
        put_element(out, "failure", rule->level, rule);
    else if (rule->verdict == RP_INCONCLUSIVE || rule->verdict == RP_ERROR)
        put_element(out, "error", rp_verdict_name(rule->verdict), rule);
    else if (rule->verdict == RP_SKIP) {
        fputs("      <skipped", out);
        attribute(out, "message", rule->why);
        fputs("/>\n", out);
    } else if (rule->findings) {
        fputs("      <system-out>", out);
        put_findings(out, rule);
        fputs("</system-out>\n", out);
    }
    fputs("    </testcase>\n", out);
}

static void put_totals(FILE *out, const struct rp_run *run, const struct rp_verdicts *verdicts)
{
    struct rp_verdict_counts counts = rp_count_verdicts(verdicts);
    size_t failures = counts.of[RP_FAIL] + (run->strict ? counts.of[RP_WARN] : 0);
    fprintf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"%.3f\"", verdicts->n, failures,
            counts.of[RP_INCONCLUSIVE] + counts.of[RP_ERROR], counts.of[RP_SKIP], run->capture.seconds);
}

static void put_properties(FILE *out, const struct rp_run *run)
{
    fprintf(out, "    <properties>\n      <property name=\"ranproof.version\" value=\"%s\"/>\n", run->version);
    for (size_t i = 0; i < run->n_files; i++) {
        fputs("      <property name=\"capture\"", out);
        attribute(out, "value", run->files[i]);
        fputs("/>\n", out);
    }
    fprintf(out, "      <property name=\"slack\" value=\"%g\"/>\n", run->slack);
    fprintf(out, "      <property name=\"e2ap.pdus\" value=\"%" PRIu64 "\"/>\n", run->e2.pdus);
    fprintf(out, "      <property name=\"e2ap.refused\" value=\"%" PRIu64 "\"/>\n    </properties>\n", run->e2.refused);
}

int rp_junit_write(const char *path, const struct rp_run *run, const struct rp_verdicts *verdicts)
{
    FILE *out = fopen(path, "w");
    if (!out)
        return errno;
    char time[RP_TIME_TEXT];
    rp_time_text(run->started_ns, time);
    time[strlen("2023-11-29T14:36:31")] = '\0'; /* the schema's dateTime without fraction and zone */
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ranproof\"", out);
    put_totals(out, run, verdicts);
    fputs(">\n  <testsuite name=\"ranproof replay\"", out);
    put_totals(out, run, verdicts);
    attribute(out, "timestamp", time);
    fputs(">\n", out);
    put_properties(out, run);
    for (size_t i = 0; i < verdicts->n; i++)
        put_case(out, &verdicts->results[i], run->strict);
    if (run->trouble) {
        fputs("    <system-err>", out);
        rp_write_xml(out, run->trouble);
        fputs("</system-err>\n", out);
    }
    fputs("  </testsuite>\n</testsuites>\n", out);
    errno = 0;
    bool failed = fflush(out) || ferror(out);
    int error = failed ? (errno ? errno : EIO) : 0;
    if (fclose(out) && !error)
        error = errno ? errno : EIO;
    return error;
}
