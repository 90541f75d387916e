#include <stdio.h>
#include <string.h>

#include "codecs/suggest.h"
#include "harness/command.h"
#include "harness/findings.h"
#include "harness/modules.h"
#include "harness/script/rules.h"
#include "harness/type_text.h"

static int show_type(struct rp_registry *registry, const char *spec)
{
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    struct rp_text text = { .arena = &arena };
    char set[200];
    snprintf(set, sizeof set, "%.*s", (int)strcspn(spec, ":"), spec);
    const struct rp_type *type = rp_registry_type(registry, spec, &diags);
    int status = RP_EXIT_USAGE;
    if (type) {
        rp_type_text(&text, rp_registry_set(registry, set, &diags), type);
        fwrite(text.chars, 1, text.len, stdout);
        status = text.failed ? rp_command_error("show", "out of memory") : RP_EXIT_PASS;
    }
    rp_findings_print(&diags);
    rp_arena_free(&arena);
    return status;
}

static void print_rule(const struct rp_rule_result *rule)
{
    printf("%s  %s\n", rule->id, rule->title);
    printf("  %-12s", "requirement");
    for (size_t i = 0; i < rule->n_spec; i++)
        printf("%s%s", i ? "; " : "", rule->spec[i]);
    printf("\n  %-12s%s\n  %-12s%s\n  %-12s%s\n", "level", rule->level, "judges", rule->judges, "file", rule->file);
    if (rule->advice[0])
        printf("  %-12s%s\n", "advice", rule->advice);
    if (rule->why[0] && rule->verdict == RP_ERROR)
        printf("  %-12s%s\n", "error", rule->why);
}

/* Prints the sets that have a type of this name: it was written without its set. @return their number */
static size_t offer_sets(struct rp_registry *registry, const char *name)
{
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    size_t n, found = 0;
    const char *const *names = rp_registry_names(registry, &n);
    for (size_t i = 0; i < n; i++) {
        const struct rp_schema *set = rp_registry_set(registry, names[i], &diags);
        if (!set || !rp_schema_type(set, name))
            continue;
        if (!found++)
            fprintf(stderr, "ranproof show: %s is a type of these sets:\n", name);
        fprintf(stderr, "  ranproof show %s:%s\n", names[i], name);
    }
    rp_arena_free(&arena);
    return found;
}

static int show_rule(struct rp_registry *registry, const char *id)
{
    struct rp_rules *rules = rp_rules_new(NULL, 0, registry, 0);
    if (!rules)
        return rp_command_error("show", "out of memory");
    const struct rp_verdicts *verdicts = rp_rules_verdicts(rules);
    struct rp_suggest near = { .name = id };
    int status = RP_EXIT_USAGE;
    for (size_t i = 0; i < verdicts->n && status != RP_EXIT_PASS; i++) {
        rp_suggest_offer(&near, verdicts->results[i].id);
        if (!strcmp(verdicts->results[i].id, id)) {
            print_rule(&verdicts->results[i]);
            status = RP_EXIT_PASS;
        }
    }
    if (status != RP_EXIT_PASS && !offer_sets(registry, id)) {
        if (near.best)
            rp_usage_error("show", "there is no rule '%s'; did you mean %s?", id, near.best);
        else
            rp_usage_error("show", "there is no rule '%s', and a type is written SET:TYPE", id);
    }
    rp_rules_free(rules);
    return status;
}

int rp_cmd_show(int argc, char **argv)
{
    struct rp_words modules = { 0 }, rest = { 0 };
    const struct rp_option options[] = {
        { "module", 'm', "FILE", "add or replace ASN.1 modules (repeatable)", .words = &modules },
        { 0 },
    };
    const struct rp_usage usage = {
        .name = "show",
        .synopsis = "[--module FILE]... ID|SET:TYPE",
        .about = "Shows one rule (what it demands of whom, by which clause), or one type as the tables have it: components,\n"
                 "constraints, where it is defined, and the objects that its open types may be.",
        .examples = "  ranproof show E2-PPID-R01\n"
                    "  ranproof show e2ap-03.01:RICsubscriptionRequest\n"
                    "  ranproof show e2sm-kpm-03.00:MeasurementType\n",
        .options = options,
    };
    int status = rp_options_read(&usage, argc, argv, &rest);
    if (status < 0 && rest.n != 1)
        status = rp_usage_error(usage.name, rest.n ? "one at a time" : "show what: a rule's id, or SET:TYPE?");
    struct rp_registry *registry = NULL;
    if (status < 0 && !(registry = rp_registry_with(usage.name, &modules)))
        status = RP_EXIT_ERROR;
    if (status < 0)
        status = strchr(rest.word[0], ':') ? show_type(registry, rest.word[0]) : show_rule(registry, rest.word[0]);
    rp_registry_free(registry);
    rp_words_free(&modules);
    rp_words_free(&rest);
    return status;
}
