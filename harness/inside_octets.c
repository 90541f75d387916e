#include "harness/inside_octets.h"

#include <stdio.h>
#include <string.h>

#include "codecs/per/per.h"

bool rp_inside_octets_add(struct rp_inside_octets *inside, struct rp_registry *registry, const char *set, struct rp_diags *diags)
{
    if (inside->n == RP_INSIDE_SETS) {
        rp_diag_add(diags, RP_TRANSFER, RP_ESIZE, "more than %d service model sets", RP_INSIDE_SETS);
        return false;
    }
    if (!rp_e2_model_compile(registry, set, &inside->model[inside->n], diags))
        return false;
    inside->n++;
    return true;
}

static bool encode_as(const struct rp_type *type, const struct rp_json_inner *inner, const uint8_t **octets, size_t *len,
                      struct rp_diags *diags)
{
    struct rp_tree tree = rp_json_read(type, inner->text, inner->len, inner->arena, diags);
    return tree.n_nodes && rp_per_encode(&tree, RP_ALIGNED, RP_CHECKED, inner->arena, octets, len, diags);
}

/* Findings of the value inside name its place in the whole; too long a path is cut in front. */
static void set_paths(struct rp_diag *diag, const char *outer)
{
    for (; diag; diag = diag->next) {
        char whole[2 * RP_PATH_MAX + 2];
        int n = snprintf(whole, sizeof whole, "%s%s%s", outer, diag->path[0] ? "." : "", diag->path);
        size_t len = n > 0 ? (size_t)n : 0;
        size_t cut = len < sizeof diag->path ? 0 : len - sizeof diag->path + 1;
        memcpy(diag->path, whole + cut, len - cut + 1);
        if (cut)
            memcpy(diag->path, "...", 3);
    }
}

static bool refuse(const struct rp_json_inner *inner, const char *why, struct rp_diags *diags)
{
    struct rp_diag *diag = rp_diag_add(diags, RP_TRANSFER, RP_ETYPE, "%s", why);
    snprintf(diag->path, sizeof diag->path, "%s", inner->path);
    snprintf(diag->expected, sizeof diag->expected, "hex octets");
    snprintf(diag->seen, sizeof diag->seen, "%.*s", inner->len > 40 ? 40 : (int)inner->len, inner->text);
    return false;
}

bool rp_inside_octets(void *context, const struct rp_json_inner *inner, const uint8_t **octets, size_t *len_octets,
                      struct rp_diags *diags)
{
    const struct rp_inside_octets *inside = context;
    enum rp_e2_kind kind = rp_e2_kind_of(inner->slot->type);
    const struct rp_type *first = NULL;
    if (kind == RP_E2_KINDS)
        return refuse(inner, "nothing is known to be inside of these octets", diags);
    for (size_t i = 0; i < inside->n; i++) {
        const struct rp_type *type = inside->model[i].types[kind];
        struct rp_diags trial = { .arena = inner->arena };
        if (type && encode_as(type, inner, octets, len_octets, &trial))
            return true;
        first = first ? first : type;
    }
    if (!first)
        return refuse(inner, "a service-model value in place of its octets needs --sm SET", diags);
    struct rp_diag *before = diags->last;
    encode_as(first, inner, octets, len_octets, diags);
    set_paths(before ? before->next : diags->first, inner->path);
    return false;
}
