#include "harness/report/results.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

#include "harness/report/escape.h"

struct rp_results {
    FILE *file;
    int error; /* errno of the first failure */
    bool comma;
};

static void key(struct rp_results *results, const char *name)
{
    if (results->comma)
        putc(',', results->file);
    results->comma = true;
    rp_write_json_string(results->file, name);
    putc(':', results->file);
}

static void put_text(struct rp_results *results, const char *name, const char *text)
{
    if (!text)
        return;
    key(results, name);
    rp_write_json_string(results->file, text);
}

static void put_number(struct rp_results *results, const char *name, uint64_t number)
{
    key(results, name);
    fprintf(results->file, "%" PRIu64, number);
}

static void put_signed(struct rp_results *results, const char *name, int64_t number)
{
    key(results, name);
    fprintf(results->file, "%" PRId64, number);
}

static void put_seconds(struct rp_results *results, const char *name, double seconds)
{
    key(results, name);
    fprintf(results->file, "%.6f", seconds);
}

static void put_bool(struct rp_results *results, const char *name, bool value)
{
    key(results, name);
    fputs(value ? "true" : "false", results->file);
}

static void put_time(struct rp_results *results, const char *name, int64_t ns)
{
    char text[RP_TIME_TEXT];
    if (ns)
        put_text(results, name, rp_time_text(ns, text));
}

static void put_texts(struct rp_results *results, const char *name, const char *const *texts, size_t n)
{
    key(results, name);
    for (size_t i = 0; i < n; i++) {
        putc(i ? ',' : '[', results->file);
        rp_write_json_string(results->file, texts[i]);
    }
    fputs(n ? "]" : "[]", results->file);
}

static void open_object(struct rp_results *results)
{
    putc('{', results->file);
    results->comma = false;
}

static void close_object(struct rp_results *results)
{
    putc('}', results->file);
    results->comma = true;
}

/** Opens `name: [`; its objects follow, each after `next_object`. */
static void open_list(struct rp_results *results, const char *name)
{
    key(results, name);
    putc('[', results->file);
    results->comma = false;
}

static void next_object(struct rp_results *results)
{
    if (results->comma)
        putc(',', results->file);
    open_object(results);
}

static void close_list(struct rp_results *results)
{
    putc(']', results->file);
    results->comma = true;
}

static void begin_line(struct rp_results *results, const char *type)
{
    open_object(results);
    put_text(results, "type", type);
}

static void end_line(struct rp_results *results)
{
    close_object(results);
    putc('\n', results->file);
    errno = 0;
    if ((fflush(results->file) || ferror(results->file)) && !results->error)
        results->error = errno ? errno : EIO;
}

struct rp_results *rp_results_open(const char *path, const struct rp_run *run)
{
    struct rp_results *results = calloc(1, sizeof *results);
    if (!results)
        return NULL;
    results->file = fopen(path, "w");
    if (!results->file) {
        int error = errno;
        free(results);
        errno = error;
        return NULL;
    }
    begin_line(results, "run");
    put_text(results, "tool", "ranproof");
    put_text(results, "version", run->version);
    put_text(results, "command", "replay");
    put_texts(results, "files", run->files, run->n_files);
    put_text(results, "options", run->options);
    put_text(results, "bench", run->bench);
    put_seconds(results, "slack", run->slack);
    put_bool(results, "strict", run->strict);
    put_time(results, "started", run->started_ns);
    end_line(results);
    return results;
}

static void put_functions(struct rp_results *results, const struct rp_run_link *link)
{
    open_list(results, "functions");
    for (size_t i = 0; i < link->n_functions; i++) {
        const struct rp_run_function *function = &link->functions[i];
        next_object(results);
        put_signed(results, "ranFunctionID", function->id);
        put_signed(results, "ranFunctionRevision", function->revision);
        put_text(results, "ranFunctionOID", function->oid);
        put_text(results, "state", function->state);
        put_text(results, "model", function->model);
        put_text(results, "why", function->why);
        close_object(results);
    }
    close_list(results);
}

static void put_link(struct rp_results *results, const char *type, const struct rp_run_link *link)
{
    begin_line(results, type);
    put_number(results, "link", link->id);
    put_text(results, link->node_side < 0 ? "endpoint" : "e2node", link->endpoint[link->node_side == 1]);
    put_text(results, link->node_side < 0 ? "peer" : "ric", link->endpoint[link->node_side != 1]);
    put_text(results, "file", link->file);
    put_text(results, "e2ap", link->e2ap);
    put_text(results, "why", link->e2ap_why);
    put_number(results, "frame", link->first_frame);
    put_time(results, "time", link->first_ns);
}

void rp_results_link(struct rp_results *results, const struct rp_run_link *link)
{
    put_link(results, "link", link);
    end_line(results);
}

static void put_link_total(struct rp_results *results, const struct rp_run_link *link)
{
    put_link(results, "link-total", link);
    put_number(results, "last_frame", link->last_frame);
    put_number(results, "messages", link->messages);
    put_number(results, "refused", link->refused);
    put_number(results, "subscriptions", link->subscriptions);
    put_functions(results, link);
    key(results, "counts");
    open_object(results);
    for (size_t i = 0; i < link->n_counts; i++)
        put_number(results, link->counts[i].name, link->counts[i].n);
    close_object(results);
    end_line(results);
}

static void put_finding(struct rp_results *results, const struct rp_finding *finding)
{
    put_text(results, "verdict", finding->verdict == RP_PASS ? "remark" : rp_verdict_name(finding->verdict));
    put_text(results, "side", finding->side);
    put_text(results, "endpoint", finding->endpoint);
    put_text(results, "peer", finding->peer);
    put_text(results, "message", finding->message);
    put_number(results, "number", finding->number);
    put_number(results, "frame", finding->frame);
    put_time(results, "time", finding->time_ns);
    put_text(results, "path", finding->path);
    put_text(results, "clause", finding->clause);
    put_text(results, "expected", finding->expected);
    put_text(results, "seen", finding->seen);
    put_text(results, "text", finding->text);
}

void rp_results_finding(struct rp_results *results, const struct rp_rule_result *rule, const struct rp_finding *finding)
{
    begin_line(results, "finding");
    put_text(results, "id", rule->id);
    put_text(results, "level", rule->level);
    put_finding(results, finding);
    end_line(results);
}

static void put_findings(struct rp_results *results, const struct rp_rule_result *rule)
{
    open_list(results, "findings");
    for (const struct rp_finding *finding = rule->findings; finding; finding = finding->next) {
        next_object(results);
        put_finding(results, finding);
        put_number(results, "times", finding->times);
        key(results, "frames");
        for (uint32_t i = 0; i < finding->n_frames; i++)
            fprintf(results->file, "%c%" PRIu64, i ? ',' : '[', finding->frames[i]);
        fputs(finding->n_frames ? "]" : "[]", results->file);
        close_object(results);
    }
    close_list(results);
}

void rp_results_rules(struct rp_results *results, const struct rp_verdicts *verdicts)
{
    for (size_t i = 0; i < verdicts->n; i++) {
        const struct rp_rule_result *rule = &verdicts->results[i];
        begin_line(results, "rule");
        put_text(results, "id", rule->id);
        put_text(results, "verdict", rp_verdict_name(rule->verdict));
        put_text(results, "title", rule->title);
        put_text(results, "level", rule->level);
        put_text(results, "judges", rule->judges);
        put_texts(results, "spec", rule->spec, rule->n_spec);
        put_text(results, "why", rule->why);
        put_text(results, "file", rule->file);
        put_number(results, "exercised", rule->exercised);
        put_number(results, "n_findings", rule->n_findings);
        put_findings(results, rule);
        end_line(results);
    }
}

static void put_capture(struct rp_results *results, const struct rp_capture_counts *capture)
{
    key(results, "capture");
    open_object(results);
    put_number(results, "files", capture->files);
    put_number(results, "frames", capture->frames);
    put_number(results, "sctp_packets", capture->packets);
    put_number(results, "data_chunks", capture->data_chunks);
    put_number(results, "messages", capture->messages);
    put_number(results, "associations", capture->associations);
    put_number(results, "retransmissions", capture->retransmissions);
    put_number(results, "lost_tsns", capture->lost_tsns);
    put_number(results, "bad_crcs", capture->bad_crcs);
    put_number(results, "damaged_files", capture->damaged_files);
    put_time(results, "first", capture->first_ns);
    put_time(results, "last", capture->last_ns);
    close_object(results);
}

void rp_results_end(struct rp_results *results, const struct rp_run *run, const struct rp_verdicts *verdicts)
{
    for (size_t i = 0; i < run->n_links; i++)
        put_link_total(results, &run->links[i]);
    for (size_t i = 0; i < run->n_notes; i++) {
        begin_line(results, "note");
        put_text(results, "kind", run->notes[i].kind);
        put_number(results, "frame", run->notes[i].frame);
        put_number(results, "times", run->notes[i].times);
        put_text(results, "text", run->notes[i].sentence);
        end_line(results);
    }
    struct rp_verdict_counts counts = rp_count_verdicts(verdicts);
    begin_line(results, "summary");
    put_capture(results, &run->capture);
    key(results, "e2ap");
    open_object(results);
    put_number(results, "associations", run->e2.links);
    put_number(results, "pdus", run->e2.pdus);
    put_number(results, "refused", run->e2.refused);
    put_number(results, "other_messages", run->e2.other_messages);
    put_number(results, "payloads", run->e2.payloads);
    put_number(results, "payloads_refused", run->e2.payloads_refused);
    close_object(results);
    key(results, "rules");
    open_object(results);
    for (int v = RP_SKIP; v <= RP_ERROR; v++)
        put_number(results, rp_verdict_name((enum rp_verdict)v), counts.of[v]);
    close_object(results);
    put_text(results, "trouble", run->trouble);
    put_seconds(results, "seconds", run->capture.seconds);
    put_signed(results, "exit_status", run->exit_status);
    end_line(results);
}

int rp_results_close(struct rp_results *results)
{
    if (!results)
        return 0;
    int error = results->error;
    errno = 0;
    if (fclose(results->file) && !error)
        error = errno ? errno : EIO;
    free(results);
    return error;
}

struct rp_verdict_counts rp_count_verdicts(const struct rp_verdicts *verdicts)
{
    struct rp_verdict_counts counts = { 0 };
    for (size_t i = 0; i < verdicts->n; i++)
        counts.of[verdicts->results[i].verdict]++;
    return counts;
}
