#include "harness/report/console.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/report/escape.h"
#include "harness/report/paint.h"

bool rp_console_wants_colour(FILE *out)
{
    const char *no = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return isatty(fileno(out)) && !(no && no[0]) && !(term && !strcmp(term, "dumb"));
}

static void put_functions(FILE *out, const struct rp_run_link *link)
{
    for (size_t i = 0; i < link->n_functions; i++) {
        const struct rp_run_function *function = &link->functions[i];
        fprintf(out, "    RAN function %" PRId64 " revision %" PRId64 "  %s  ", function->id, function->revision,
                function->state);
        rp_write_plain(out, function->model ? function->model : "no model");
        fputs("\n        ", out);
        rp_write_plain(out, function->why);
        putc('\n', out);
    }
}

static void put_link(const struct rp_console *console, const struct rp_run_link *link)
{
    FILE *out = console->out;
    char time[RP_TIME_TEXT];
    bool known = link->node_side >= 0;
    rp_paint(console, RP_PAINT_HEAD, "link %" PRIu32, link->id);
    fprintf(out, "  %s %s  %s %s", known ? "E2 node" : "one side", link->endpoint[link->node_side == 1],
            known ? "near-RT RIC" : "other side", link->endpoint[link->node_side != 1]);
    fputs("\n    in           ", out);
    rp_write_plain(out, link->file);
    fprintf(out, ", frames %" PRIu64 " to %" PRIu64 ", from %s\n", link->first_frame, link->last_frame,
            rp_time_text(link->first_ns, time));
    fputs("    E2AP         ", out);
    rp_write_plain(out, link->e2ap);
    fputs(": ", out);
    rp_write_plain(out, link->e2ap_why);
    fprintf(out, "\n    messages     %" PRIu64 " (%" PRIu64 " refused), %" PRIu64 " subscriptions made\n", link->messages,
            link->refused, link->subscriptions);
    for (size_t i = 0; i < link->n_counts; i++)
        fprintf(out, "        %8" PRIu64 "  %s\n", link->counts[i].n, link->counts[i].name);
    put_functions(out, link);
}

void rp_console_links(const struct rp_console *console, const struct rp_run *run)
{
    enum { MOST = 50 };
    for (size_t i = 0; i < run->n_links && i < MOST; i++)
        put_link(console, &run->links[i]);
    if (run->n_links > MOST)
        fprintf(console->out, "and %zu more links, all in results.jsonl\n", run->n_links - MOST);
    if (run->n_links)
        putc('\n', console->out);
}

void rp_console_table(const struct rp_console *console, const struct rp_verdicts *verdicts)
{
    size_t width = 4;
    for (size_t i = 0; i < verdicts->n; i++)
        if (strlen(verdicts->results[i].id) > width)
            width = strlen(verdicts->results[i].id);
    for (size_t i = 0; i < verdicts->n; i++) {
        const struct rp_rule_result *rule = &verdicts->results[i];
        rp_paint_verdict(console, rule->verdict);
        fprintf(console->out, "  %-*s  ", (int)width, rule->id);
        rp_write_plain(console->out, rule->title);
        if (rule->verdict == RP_SKIP || rule->verdict == RP_INCONCLUSIVE || rule->verdict == RP_ERROR) {
            fputs(" (", console->out);
            rp_write_plain(console->out, rule->why);
            putc(')', console->out);
        } else {
            fprintf(console->out, " (%" PRIu64 ")", rule->exercised);
        }
        putc('\n', console->out);
    }
    putc('\n', console->out);
}

static void put_capture(FILE *out, const struct rp_run *run)
{
    const struct rp_capture_counts *capture = &run->capture;
    fprintf(out,
            "  capture      %zu file%s, %" PRIu64 " frames, %" PRIu64 " SCTP packets, %" PRIu64 " associations (%u with E2AP)",
            run->n_files, run->n_files == 1 ? "" : "s", capture->frames, capture->packets, capture->associations, run->e2.links);
    if (run->n_files == 1 && capture->last_ns > capture->first_ns) /* several files need not follow one another */
        fprintf(out, ", %.3f s of traffic", (double)(capture->last_ns - capture->first_ns) / 1e9);
    fprintf(out, "\n  E2AP         %" PRIu64 " PDUs decoded, %" PRIu64 " refused; %" PRIu64 " other SCTP messages passed over\n",
            run->e2.pdus, run->e2.refused, run->e2.other_messages);
    fprintf(out, "  payloads     %" PRIu64 " of service models, %" PRIu64 " of them refused\n", run->e2.payloads,
            run->e2.payloads_refused);
    if (run->e2.dropped)
        fprintf(out, "  limits       %" PRIu64 " links, functions or subscriptions not kept for want of room\n", run->e2.dropped);
}

static void put_notes(const struct rp_console *console, const struct rp_run *run)
{
    enum { MOST = 12 };
    for (size_t i = 0; i < run->n_notes && i < MOST; i++) {
        fputs(i ? "               " : "  noticed      ", console->out);
        rp_write_plain(console->out, run->notes[i].sentence);
        if (run->notes[i].times > 1)
            fprintf(console->out, " (and %" PRIu64 " more like it)", run->notes[i].times - 1);
        putc('\n', console->out);
    }
    if (run->n_notes > MOST)
        fprintf(console->out, "               and %zu more kinds of note, all in results.jsonl\n", run->n_notes - MOST);
}

static void put_verdicts(const struct rp_console *console, const struct rp_verdicts *verdicts)
{
    static const enum rp_verdict order[] = { RP_PASS, RP_FAIL, RP_WARN, RP_INCONCLUSIVE, RP_ERROR, RP_SKIP };
    struct rp_verdict_counts counts = rp_count_verdicts(verdicts);
    fprintf(console->out, "  rules        %zu:", verdicts->n);
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if (counts.of[order[i]] || order[i] == RP_PASS || order[i] == RP_FAIL)
            fprintf(console->out, "%s %zu %s", i ? "," : "", counts.of[order[i]], rp_verdict_name(order[i]));
    putc('\n', console->out);
}

static const char *verdict_word(const struct rp_run *run, const struct rp_verdicts *verdicts)
{
    if (run->exit_status < 2)
        return run->exit_status ? "FAIL" : "pass";
    return run->trouble || rp_count_verdicts(verdicts).of[RP_ERROR] ? "ERROR" : "INCONCLUSIVE";
}

void rp_console_summary(const struct rp_console *console, const struct rp_run *run, const struct rp_verdicts *verdicts)
{
    FILE *out = console->out;
    rp_paint(console, RP_PAINT_HEAD, "summary");
    putc('\n', out);
    put_capture(out, run);
    put_notes(console, run);
    put_verdicts(console, verdicts);
    fprintf(out, "  slack        %g s added to every deadline\n", run->slack);
    if (run->results_path)
        fprintf(out, "  report       %s%s%s\n", run->results_path, run->junit_path ? ", " : "",
                run->junit_path ? run->junit_path : "");
    if (run->trouble) {
        rp_paint(console, RP_PAINT_BAD, "  trouble      ");
        rp_write_plain(out, run->trouble);
        putc('\n', out);
    }
    fputs("  verdict      ", out);
    rp_paint(console, run->exit_status ? RP_PAINT_BAD : RP_PAINT_GOOD, "%s", verdict_word(run, verdicts));
    fprintf(out, " (exit status %d)\n", run->exit_status);
}

void rp_console_progress(FILE *out, const struct rp_capture_counts *counts, uint64_t pdus)
{
    if (counts)
        fprintf(out, "\r%" PRIu64 " frames, %.1f MB, %" PRIu64 " E2AP messages\x1b[K", counts->frames,
                (double)counts->octets / 1e6, pdus);
    else
        fputs("\r\x1b[K", out);
    fflush(out);
}
