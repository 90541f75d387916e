#include "harness/replay.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "harness/command.h"
#include "harness/replay_links.h"
#include "harness/report/console.h"
#include "harness/report/escape.h"
#include "harness/report/junit.h"
#include "harness/report/results.h"

enum { MAX_NOTES = 64 };

struct replay {
    const struct rp_replay_options *options;
    struct rp_e2_session *session;
    struct rp_rules *rules;
    struct rp_results *results;
    struct rp_arena arena; /* of the summary */
    struct rp_run run;
    struct rp_run_note notes[MAX_NOTES];
    const char *note_file[MAX_NOTES];
    bool progress;
};

static void on_link(void *context, const struct rp_e2_link *link)
{
    struct replay *replay = context;
    rp_rules_link(replay->rules, link);
    if (!replay->results)
        return;
    struct rp_arena scratch = { 0 };
    struct rp_run_link line;
    if (rp_replay_link(replay->session, link, &scratch, &line))
        rp_results_link(replay->results, &line);
    rp_arena_free(&scratch);
}

/** A line a message: time, frame, direction, name, ids. */
static void print_message(struct replay *replay, const struct rp_e2_message *message)
{
    static const char *const arrows[] = { [RP_ROLE_UNKNOWN] = "??", [RP_ROLE_E2NODE] = "->", [RP_ROLE_RIC] = "<-" };
    const struct rp_sctp_message *sctp = message->sctp;
    if (!replay->run.capture.first_ns)
        replay->run.capture.first_ns = sctp->time_ns;
    printf("%+12.6f  frame %-6" PRIu64 " link %-3u %s %s", (double)(sctp->time_ns - replay->run.capture.first_ns) / 1e9,
           sctp->frame, message->link->id, arrows[message->from], message->name ? message->name : "not readable");
    if (message->function)
        printf("  RAN function %" PRId64, message->function->id);
    if (message->subscription)
        printf("  RIC request %" PRId64 "/%" PRId64, message->subscription->requestor, message->subscription->instance);
    if (message->diags->count)
        printf("  (%u finding%s, %s)", message->diags->count, message->diags->count == 1 ? "" : "s",
               rp_grade_name(message->diags->worst));
    putchar('\n');
}

static void on_message(void *context, const struct rp_e2_message *message)
{
    struct replay *replay = context;
    const struct rp_e2_payload *payloads;
    if (replay->options->verbose)
        print_message(replay, message);
    rp_rules_message(replay->rules, message);
    rp_e2_payloads(replay->session, message, &payloads);
}

/** Keeps one sentence of each kind and file, and counts the others. */
static void note(struct replay *replay, const char *kind, const char *file, const char *sentence, uint64_t frame, bool error)
{
    for (size_t i = 0; i < replay->run.n_notes; i++)
        if (!strcmp(replay->notes[i].kind, kind) && !strcmp(replay->note_file[i], file)) {
            replay->notes[i].times++;
            return;
        }
    if (replay->run.n_notes == MAX_NOTES)
        return;
    size_t at = replay->run.n_notes++;
    const char *kept = rp_arena_strndup(&replay->arena, sentence, strlen(sentence));
    replay->note_file[at] = file;
    replay->notes[at] =
        (struct rp_run_note){ .kind = kind, .sentence = kept ? kept : kind, .frame = frame, .times = 1, .error = error };
    replay->run.notes = replay->notes;
}

static void on_event(void *context, const struct rp_e2_link *link, const struct rp_capture_event *event)
{
    struct replay *replay = context;
    rp_rules_event(replay->rules, link, event);
}

static void on_capture_event(void *context, const struct rp_capture_event *event)
{
    struct replay *replay = context;
    rp_e2_session_event(replay->session, event);
    switch (event->kind) {
    case RP_CAPTURE_UP:
    case RP_CAPTURE_MIDWAY:
    case RP_CAPTURE_SHUTDOWN:
    case RP_CAPTURE_CLOSED:
    case RP_CAPTURE_GONE: break;
    default:
        note(replay, rp_capture_kind_name(event->kind), event->file ? event->file : "", event->sentence ? event->sentence : "",
             event->frame, event->kind == RP_CAPTURE_DAMAGED);
    }
}

static void on_capture_message(void *context, const struct rp_sctp_message *message)
{
    struct replay *replay = context;
    rp_e2_session_message(replay->session, message);
}

static int on_progress(void *context, const struct rp_capture_counts *counts, uint64_t file_octets)
{
    struct replay *replay = context;
    struct rp_e2_counts e2;
    (void)file_octets;
    rp_e2_session_counts(replay->session, &e2);
    if (replay->progress)
        rp_console_progress(stderr, counts, e2.pdus + e2.refused);
    return 0;
}

static const char *trouble(struct replay *replay, const char *text)
{
    if (!replay->run.trouble)
        replay->run.trouble = text ? text : "out of memory";
    return text;
}

/** Feeds the captures through; keeps why one could not be read on. */
static void read_captures(struct replay *replay)
{
    const struct rp_replay_options *options = replay->options;
    struct rp_capture_source *sources = rp_arena_calloc(&replay->arena, options->n_files, sizeof *sources);
    if (!sources) {
        trouble(replay, NULL);
        return;
    }
    for (size_t i = 0; i < options->n_files; i++)
        sources[i].name = options->files[i];
    struct rp_capture_handler handler = { replay, on_capture_message, on_capture_event, on_progress };
    struct rp_capture_options defaults = { 0 };
    struct rp_diags diags = { .arena = &replay->arena };
    int failed = rp_capture_run(sources, options->n_files, &defaults, &handler, &replay->run.capture, &diags);
    if (replay->progress)
        rp_console_progress(stderr, NULL, 0);
    char line[1024];
    for (const struct rp_diag *diag = diags.first; diag; diag = diag->next) {
        rp_diag_format(diag, line, sizeof line);
        fprintf(stderr, "ranproof replay: %s\n", line);
        if (failed && diag->grade > RP_NOTE)
            trouble(replay, rp_arena_strndup(&replay->arena, line, strlen(line)));
    }
    if (failed)
        trouble(replay, "a capture could not be read to its end");
}

static void make_links(struct replay *replay)
{
    size_t n = 0;
    const struct rp_e2_link *const *links = rp_e2_session_links(replay->session, &n);
    struct rp_run_link *lines = rp_arena_calloc(&replay->arena, n ? n : 1, sizeof *lines);
    for (size_t i = 0; lines && i < n; i++)
        if (rp_replay_link(replay->session, links[i], &replay->arena, &lines[replay->run.n_links]))
            replay->run.n_links++;
    replay->run.links = lines;
    rp_e2_session_counts(replay->session, &replay->run.e2);
    if (!n)
        trouble(replay, "no E2AP message in it: nothing was judged (E2AP is looked for by content on every SCTP port)");
}

static void write_files(struct replay *replay, const struct rp_verdicts *verdicts)
{
    const struct rp_run *run = &replay->run;
    rp_results_rules(replay->results, verdicts);
    rp_results_end(replay->results, run, verdicts);
    int error = rp_results_close(replay->results);
    const char *path = run->results_path;
    replay->results = NULL;
    if (!error && run->junit_path) {
        path = run->junit_path;
        error = rp_junit_write(path, run, verdicts);
    }
    if (!error)
        return;
    trouble(replay, rp_arena_printf(&replay->arena, "%s could not be written: %s", path, strerror(error)));
    fprintf(stderr, "ranproof replay: %s\n", replay->run.trouble);
}

static int exit_status(const struct replay *replay, const struct rp_verdicts *verdicts)
{
    int status = rp_verdicts_exit_status(verdicts, replay->options->strict);
    return !status && replay->run.trouble ? RP_EXIT_ERROR : status;
}

static void conclude(struct replay *replay)
{
    const struct rp_verdicts *verdicts = rp_rules_verdicts(replay->rules);
    struct rp_console console = { .out = stdout,
                                  .colour = !replay->options->no_colour && rp_console_wants_colour(stdout),
                                  .quiet = replay->options->quiet };
    struct rp_run *run = &replay->run;
    if (!verdicts->n)
        trouble(replay, "no rule was loaded");
    run->exit_status = exit_status(replay, verdicts);
    if (replay->results)
        write_files(replay, verdicts);
    run->exit_status = exit_status(replay, verdicts);
    if (!console.quiet)
        rp_console_links(&console, run);
    rp_console_findings(&console, run, verdicts);
    if (!console.quiet && run->n_links) /* with nothing to judge it would be one skip behind the other */
        rp_console_table(&console, verdicts);
    rp_console_summary(&console, run, verdicts);
}

static bool make_folder(const char *path)
{
    return !mkdir(path, 0777) || errno == EEXIST;
}

/** Opens results.jsonl before anything is read, so that a folder that can't be written is known at once. */
static void open_results(struct replay *replay)
{
    const char *dir = replay->options->out_dir;
    if (!dir)
        return;
    const char *results = rp_arena_printf(&replay->arena, "%s/results.jsonl", dir);
    const char *junit = rp_arena_printf(&replay->arena, "%s/junit.xml", dir);
    if (results && junit && make_folder(dir))
        replay->results = rp_results_open(results, &replay->run);
    if (!replay->results) {
        trouble(replay, rp_arena_printf(&replay->arena, "%s could not be written: %s", results ? results : dir, strerror(errno)));
        fprintf(stderr, "ranproof replay: %s\n", replay->run.trouble);
        return;
    }
    replay->run.results_path = results;
    replay->run.junit_path = junit;
}

static void on_finding(void *context, const struct rp_rule_result *rule, const struct rp_finding *finding)
{
    struct replay *replay = context;
    if (replay->results)
        rp_results_finding(replay->results, rule, finding);
}

static bool set_up(struct replay *replay, struct rp_registry *registry)
{
    const struct rp_replay_options *options = replay->options;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    replay->run = (struct rp_run){ .version = RP_VERSION,
                                   .files = options->files,
                                   .n_files = options->n_files,
                                   .options = options->options,
                                   .bench = options->bench,
                                   .slack = options->slack,
                                   .strict = options->strict,
                                   .started_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec };
    replay->progress = isatty(STDERR_FILENO) && !options->verbose;
    struct rp_e2_handler handler = { replay, on_link, on_message, on_event };
    replay->session = rp_e2_session_new(registry, &options->e2, &handler);
    replay->rules = rp_rules_new(options->rules, options->n_rules, registry, options->slack);
    if (!replay->session || !replay->rules)
        return false;
    rp_rules_attach(replay->rules, replay->session);
    rp_rules_watch(replay->rules, on_finding, replay);
    return true;
}

int rp_replay(struct rp_registry *registry, const struct rp_replay_options *options)
{
    struct replay replay = { .options = options };
    int status = RP_EXIT_ERROR;
    if (set_up(&replay, registry)) {
        open_results(&replay);
        read_captures(&replay);
        rp_rules_finish(replay.rules, replay.run.capture.last_ns);
        make_links(&replay);
        conclude(&replay);
        status = replay.run.exit_status;
    } else {
        rp_command_error("replay", "out of memory, or no E2AP edition compiles");
    }
    rp_results_close(replay.results);
    rp_rules_free(replay.rules);
    rp_e2_session_free(replay.session);
    rp_arena_free(&replay.arena);
    return status;
}
