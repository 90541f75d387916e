#include <inttypes.h>
#include <string.h>

#include "harness/report/console.h"
#include "harness/report/escape.h"
#include "harness/report/paint.h"

enum { MOST_FINDINGS = 20, MOST_FRAMES = 16 };

static void put_line(FILE *out, const char *label, const char *text)
{
    if (!text[0])
        return;
    fputs(label, out);
    rp_write_plain(out, text);
    putc('\n', out);
}

static void put_requirement(FILE *out, const struct rp_rule_result *rule)
{
    fputs("  requirement  ", out);
    for (size_t i = 0; i < rule->n_spec; i++) {
        fputs(i ? ", " : "", out);
        rp_write_plain(out, rule->spec[i]);
    }
    fprintf(out, "  (%s, judges: %s)\n", rule->level, rule->judges);
}

static const char *side_name(const char *side)
{
    if (!strcmp(side, "e2node"))
        return "E2 node";
    return !strcmp(side, "ric") ? "near-RT RIC" : side;
}

static void put_side(FILE *out, const struct rp_finding *finding)
{
    if (!finding->side[0] && !finding->endpoint[0])
        return;
    fputs("  side         ", out);
    rp_write_plain(out, side_name(finding->side));
    putc(' ', out);
    rp_write_plain(out, finding->endpoint);
    if (finding->peer[0]) {
        fputs(" -> ", out);
        rp_write_plain(out, finding->peer);
    }
    putc('\n', out);
}

static void put_frames(FILE *out, const struct rp_finding *finding)
{
    if (finding->times < 2)
        return;
    fprintf(out, "; %" PRIu64 " times in all", finding->times);
    uint64_t last = finding->frame;
    uint32_t shown = 0;
    for (uint32_t i = 0; i < finding->n_frames && shown <= MOST_FRAMES; i++) {
        if (finding->frames[i] == last)
            continue;
        last = finding->frames[i];
        if (shown++ < MOST_FRAMES)
            fprintf(out, "%s%" PRIu64, shown > 1 ? ", " : ", also frames ", last);
    }
    if (shown > MOST_FRAMES || (shown && finding->times > finding->n_frames))
        fputs(", ...", out);
}

static void put_where(FILE *out, const struct rp_run *run, const struct rp_finding *finding)
{
    char time[RP_TIME_TEXT];
    if (!finding->frame)
        return;
    fprintf(out, "  where        frame %" PRIu64, finding->frame);
    if (finding->message[0]) {
        putc(' ', out);
        rp_write_plain(out, finding->message);
    }
    if (finding->number)
        fprintf(out, " (#%" PRIu32 ")", finding->number);
    if (finding->time_ns)
        fprintf(out, ", +%.6f s, %s", (double)(finding->time_ns - run->capture.first_ns) / 1e9,
                rp_time_text(finding->time_ns, time));
    put_frames(out, finding);
    putc('\n', out);
}

static void put_finding(FILE *out, const struct rp_run *run, const struct rp_finding *finding)
{
    put_line(out, finding->verdict == RP_PASS ? "  remark       " : "  reason       ", finding->text);
    put_line(out, "                 ", finding->path);
    put_line(out, "                     expected ", finding->expected);
    put_line(out, "                     got      ", finding->seen);
    put_line(out, "                     clause   ", finding->clause);
    put_side(out, finding);
    put_where(out, run, finding);
}

static void put_rule(const struct rp_console *console, const struct rp_run *run, const struct rp_rule_result *rule)
{
    FILE *out = console->out;
    size_t n = 0, more = 0;
    rp_paint_verdict(console, rule->verdict);
    putc(' ', out);
    rp_paint(console, RP_PAINT_HEAD, "%s", rule->id);
    put_line(out, "  ", rule->title);
    put_requirement(out, rule);
    for (const struct rp_finding *finding = rule->findings; finding; finding = finding->next) {
        if (n++ < MOST_FINDINGS)
            put_finding(out, run, finding);
        else
            more++;
    }
    if (more)
        fprintf(out, "  and          %zu more findings of other kinds, all in results.jsonl (--out DIR)\n", more);
    if (rule->verdict == RP_ERROR) {
        put_line(out, "  reason       ", rule->why);
        put_line(out, "               the rule itself is wrong; nothing is said about the traffic: ", rule->file);
    } else if (rule->verdict == RP_INCONCLUSIVE) {
        put_line(out, "  not judged   ", rule->why);
    }
    put_line(out, "  next         ", rule->advice);
    putc('\n', out);
}

void rp_console_findings(const struct rp_console *console, const struct rp_run *run, const struct rp_verdicts *verdicts)
{
    static const enum rp_verdict order[] = { RP_WARN, RP_INCONCLUSIVE, RP_ERROR, RP_FAIL };
    /* what matters most stands last, nearest to the prompt */
    for (size_t k = 0; k < sizeof order / sizeof order[0]; k++)
        for (size_t i = 0; i < verdicts->n; i++)
            if (verdicts->results[i].verdict == order[k])
                put_rule(console, run, &verdicts->results[i]);
}
