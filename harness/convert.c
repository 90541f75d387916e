#include "harness/convert.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "codecs/per/per.h"
#include "codecs/value/json.h"
#include "codecs/value/print.h"
#include "harness/e2/inside.h"
#include "harness/findings.h"
#include "harness/inside_octets.h"
#include "harness/modules.h"

/* One conversion on its way. */
struct job {
    const char *command, *as, *in, *to;
    bool uper, unchecked, line;
    const struct rp_type *type;
    struct rp_input input;
    struct rp_arena arena;
    struct rp_diags diags;
    struct rp_tree tree;
    struct rp_words modules, sm;
    struct rp_e2_inside *inside;     /* octets shown as service-model values; NULL without --sm */
    struct rp_inside_octets *octets; /* and the way back */
};

static enum rp_variant variant(const struct job *job)
{
    return job->uper ? RP_UNALIGNED : RP_ALIGNED;
}

static int read_hex(struct job *job)
{
    size_t at;
    if (rp_hex_read(job->input.octets, job->input.len, (uint8_t *)job->input.octets, &job->input.len, &at))
        return -1;
    fprintf(stderr, "ranproof %s: the input is no hex text: wrong or missing digit at offset %zu\n", job->command, at);
    return RP_EXIT_FAIL;
}

/* The value as a tree; n_nodes 0 or grade RP_TRANSFER when it could not be read. */
static int read_value(struct job *job, enum rp_form form)
{
    if (form == RP_FORM_JSON) {
        struct rp_json_read_options options = { rp_inside_octets, job->octets };
        job->tree = rp_json_read_with(job->type, job->input.octets, job->input.len, &options, &job->arena, &job->diags);
        return job->tree.n_nodes ? -1 : RP_EXIT_FAIL;
    }
    int status = form == RP_FORM_HEX ? read_hex(job) : -1;
    if (status >= 0)
        return status;
    bool whole = rp_per_decode(job->type, variant(job), (const uint8_t *)job->input.octets, job->input.len, &job->arena,
                               &job->tree, &job->diags);
    return whole ? -1 : RP_EXIT_FAIL;
}

static int write_octets(struct job *job)
{
    const uint8_t *octets;
    size_t len;
    enum rp_encode_mode mode = job->unchecked ? RP_UNCHECKED : RP_CHECKED;
    if (!rp_per_encode(&job->tree, variant(job), mode, &job->arena, &octets, &len, &job->diags))
        return RP_EXIT_FAIL;
    if (!strcmp(job->to, "bin"))
        return fwrite(octets, 1, len, stdout) == len ? -1 : RP_EXIT_ERROR;
    for (size_t i = 0; i < len; i++)
        printf("%02x", octets[i]);
    putchar('\n');
    return -1;
}

static int write_text(struct job *job)
{
    struct rp_text text = { .arena = &job->arena };
    rp_inside_fn *inside = job->inside ? rp_e2_inside : NULL;
    struct rp_json_options options = { .pretty = !job->line, .inside = inside, .inside_context = job->inside };
    if (!strcmp(job->to, "tree"))
        rp_print_tree(&text, &job->tree, &job->diags, inside, job->inside);
    else
        rp_json_write(&text, &job->tree, 0, &options);
    if (text.failed)
        return rp_command_error(job->command, "out of memory");
    fwrite(text.chars, 1, text.len, stdout);
    if (text.len && text.chars[text.len - 1] != '\n')
        putchar('\n');
    return -1;
}

static enum rp_form form_of(const struct job *job, enum rp_form prefer)
{
    if (!job->in)
        return rp_input_form(&job->input, prefer);
    return !strcmp(job->in, "json") ? RP_FORM_JSON : !strcmp(job->in, "hex") ? RP_FORM_HEX : RP_FORM_BIN;
}

static int convert_value(struct job *job, enum rp_form prefer)
{
    bool tree = !strcmp(job->to, "tree");
    int status = read_value(job, form_of(job, prefer));
    if (status < 0)
        status = !strcmp(job->to, "json") || tree ? write_text(job) : write_octets(job);
    else if (tree && job->tree.n_nodes)
        write_text(job); /* as far as it could be read */
    fflush(stdout);
    rp_findings_print(&job->diags);
    if (status >= 0)
        return status;
    return rp_findings_bad(&job->diags) ? RP_EXIT_FAIL : RP_EXIT_PASS;
}

/* Looks the type and the service models up. */
static bool prepare(struct job *job, struct rp_registry *registry)
{
    job->type = rp_registry_type(registry, job->as, &job->diags);
    job->octets = rp_arena_calloc(&job->arena, 1, sizeof *job->octets);
    if (!job->type || !job->octets)
        return false;
    for (size_t i = 0; i < job->sm.n; i++)
        if (!rp_inside_octets_add(job->octets, registry, job->sm.word[i], &job->diags))
            return false;
    if (job->sm.n)
        job->inside = rp_e2_inside_new(registry, job->sm.word, job->sm.n, &job->arena, &job->diags);
    return job->inside || !job->sm.n;
}

static int run(struct job *job, const char *operand, enum rp_form prefer)
{
    job->arena.limit = (size_t)1 << 30;
    job->diags.arena = &job->arena;
    struct rp_registry *registry = rp_registry_with(job->command, &job->modules);
    if (!registry)
        return RP_EXIT_ERROR;
    int status = RP_EXIT_USAGE;
    if (!prepare(job, registry)) {
        rp_findings_print(&job->diags);
    } else {
        int error = rp_input_operand(operand, &job->input);
        const char *why = error == ENOENT ? "no such file, and no hex or JSON text either" : strerror(error);
        status = error ? rp_command_error(job->command, "%s: %s", operand, why) : convert_value(job, prefer);
    }
    rp_e2_inside_free(job->inside);
    rp_input_free(&job->input);
    rp_registry_free(registry);
    rp_arena_free(&job->arena);
    return status;
}

int rp_convert_command(const struct rp_convert *convert, int argc, char **argv)
{
    static const char *const ins[] = { "hex", "bin", "json", NULL };
    static const char *const tos[] = { "json", "tree", "hex", "bin", NULL };
    struct job job = { .command = convert->usage.name, .to = convert->to };
    struct rp_words rest = { 0 };
    const struct rp_option options[] = {
        { "as", 'a', "SET:TYPE", "the type, as in e2ap-03.01:E2AP-PDU (`ranproof list types`)", .text = &job.as },
        { "in", 'i', "FORM", "the input is hex, bin or json (found out when not given)", .text = &job.in, .choices = ins },
        { "to", 't', "FORM", "write json, tree (with bit offsets), hex or bin", .text = &job.to, .choices = tos },
        { "uper", 'u', NULL, "UNALIGNED PER, not ALIGNED", .flag = &job.uper },
        { "unchecked", 0, NULL, "encode values outside their constraints as far as bits exist for them", .flag = &job.unchecked },
        { "line", 'l', NULL, "JSON on one line", .flag = &job.line },
        { "module", 'm', "FILE", "add or replace ASN.1 modules (repeatable)", .words = &job.modules },
        { "sm", 's', "SET", "show service-model octets as values of this set (repeatable)", .words = &job.sm },
        { 0 },
    };
    struct rp_usage usage = convert->usage;
    usage.options = options;
    int status = rp_options_read(&usage, argc, argv, &rest);
    if (status < 0 && !job.as)
        status = rp_usage_error(usage.name, "of which type? --as SET:TYPE is missing");
    if (status < 0 && rest.n > 1)
        status = rp_usage_error(usage.name, "one value at a time: what is '%s' for?", rest.word[1]);
    if (status < 0)
        status = run(&job, rest.n ? rest.word[0] : "-", convert->prefer);
    rp_words_free(&job.modules);
    rp_words_free(&job.sm);
    rp_words_free(&rest);
    return status;
}
