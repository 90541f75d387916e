#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "codecs/suggest.h"
#include "harness/command.h"
#include "harness/findings.h"
#include "harness/modules.h"
#include "harness/script/rules.h"

/* What a listing works with. */
struct listing {
    struct rp_registry *registry;
    const char *filter;
    struct rp_arena arena;
    struct rp_diags diags;
};

/* A shell pattern when it looks like one, else a part of the name. */
static bool fits(const struct listing *listing, const char *name)
{
    const char *filter = listing->filter;
    if (!filter)
        return true;
    return strpbrk(filter, "*?[") ? !fnmatch(filter, name, FNM_CASEFOLD) : strcasestr(name, filter) != NULL;
}

static void print_set(struct listing *listing, const struct rp_schema *set)
{
    if (fits(listing, set->name))
        printf("%-20s %3u module%s %4u types\n", set->name, set->n_modules, set->n_modules == 1 ? ", " : "s,", set->n_types);
}

static void print_modules(struct listing *listing, const struct rp_schema *set)
{
    for (uint32_t i = 0; i < set->n_modules; i++) {
        const struct rp_module *module = &set->modules[i];
        if (fits(listing, module->name) || fits(listing, set->name))
            printf("%-20s %-24s %-28s %s:%u\n", set->name, module->name, module->oid, module->file, module->line);
    }
}

static void print_types(struct listing *listing, const struct rp_schema *set)
{
    char name[200];
    for (uint32_t i = 0; i < set->n_types; i++) {
        const struct rp_type *type = set->types[i];
        snprintf(name, sizeof name, "%s:%s", set->name, type->name);
        if (fits(listing, name))
            printf("%-70s %-18s %s:%u\n", name, type->keyword ? type->keyword : rp_kind_name((enum rp_kind)type->kind),
                   type->file, type->line);
    }
}

static int print_rules(struct listing *listing)
{
    struct rp_rules *rules = rp_rules_new(NULL, 0, listing->registry, 0);
    if (!rules)
        return rp_command_error("list", "out of memory");
    const struct rp_verdicts *verdicts = rp_rules_verdicts(rules);
    for (size_t i = 0; i < verdicts->n; i++) {
        const struct rp_rule_result *rule = &verdicts->results[i];
        if (fits(listing, rule->id) || fits(listing, rule->title))
            printf("%-16s %-6s %-7s %s\n", rule->id, rule->level, rule->judges, rule->title);
    }
    rp_rules_free(rules);
    return RP_EXIT_PASS;
}

static int print_sets(struct listing *listing, void (*print)(struct listing *, const struct rp_schema *))
{
    size_t n;
    const char *const *names = rp_registry_names(listing->registry, &n);
    for (size_t i = 0; i < n; i++) {
        const struct rp_schema *set = rp_registry_set(listing->registry, names[i], &listing->diags);
        if (set)
            print(listing, set);
    }
    fflush(stdout);
    rp_findings_print(&listing->diags);
    return listing->diags.worst == RP_TRANSFER ? RP_EXIT_ERROR : RP_EXIT_PASS;
}

static int refuse(const char *what)
{
    static const char *const all[] = { "sets", "modules", "types", "rules" };
    struct rp_suggest near = { .name = what };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        rp_suggest_offer(&near, all[i]);
    return rp_usage_error("list", "there are sets, modules, types and rules to list, not '%s'%s%s%s", what,
                          near.best ? "; did you mean " : "", near.best ? near.best : "", near.best ? "?" : "");
}

static int list(const char *what, const char *filter, const struct rp_words *modules)
{
    struct listing listing = { .filter = filter };
    listing.diags.arena = &listing.arena;
    void (*const print)(struct listing *, const struct rp_schema *) = !strcmp(what, "sets")      ? print_set
                                                                      : !strcmp(what, "modules") ? print_modules
                                                                      : !strcmp(what, "types")   ? print_types
                                                                                                 : NULL;
    if (!print && strcmp(what, "rules") != 0)
        return refuse(what);
    listing.registry = rp_registry_with("list", modules);
    if (!listing.registry)
        return RP_EXIT_ERROR;
    int status = print ? print_sets(&listing, print) : print_rules(&listing);
    rp_registry_free(listing.registry);
    rp_arena_free(&listing.arena);
    return status;
}

int rp_cmd_list(int argc, char **argv)
{
    struct rp_words modules = { 0 }, rest = { 0 };
    const struct rp_option options[] = {
        { "module", 'm', "FILE", "add or replace ASN.1 modules (repeatable)", .words = &modules },
        { 0 },
    };
    const struct rp_usage usage = {
        .name = "list",
        .synopsis = "[--module FILE]... sets|modules|types|rules [FILTER]",
        .about =
            "Lists what there is, a line each. FILTER is a part of the name, or a shell pattern; letter case does not count.\n"
            "Modules given with --module are compiled on the way, so this checks them, too.",
        .examples = "  ranproof list sets\n"
                    "  ranproof list types e2sm-kpm-03.00\n"
                    "  ranproof list types '*:*-IndicationMessage'\n"
                    "  ranproof list rules subscription\n"
                    "  ranproof list modules --module acme.asn1 acme\n",
        .options = options,
    };
    int status = rp_options_read(&usage, argc, argv, &rest);
    if (status < 0 && (!rest.n || rest.n > 2))
        status = rp_usage_error(usage.name, rest.n ? "one filter at a time" : "list what: sets, modules, types or rules?");
    if (status < 0)
        status = list(rest.word[0], rest.n > 1 ? rest.word[1] : NULL, &modules);
    rp_words_free(&modules);
    rp_words_free(&rest);
    return status;
}
