#include "harness/e2/markers.h"

enum { MAX_MISSES = 32 };

/** Read to the end, and nothing left over: values out of their ranges do not tell against it. */
static bool fits(enum rp_grade worst, const struct rp_diags *diags)
{
    for (const struct rp_diag *diag = diags->first; diag; diag = diag->next)
        if (diag->err == RP_ETRAILING)
            return false;
    return worst < RP_TRANSFER;
}

const char *rp_e2_markers_last(struct rp_registry *registry, struct rp_e2_choice *choice, enum rp_e2_kind kind,
                               const uint8_t *octets, size_t len, struct rp_arena *trial)
{
    if (choice->marker_misses >= MAX_MISSES)
        return NULL;
    for (uint8_t c = 0; c < choice->n; c++) {
        const struct rp_e2_model *model = choice->candidate[c];
        const struct rp_schema *schema = model->types[kind] ? rp_registry_set_markers_last(registry, model->set) : NULL;
        const struct rp_type *type = schema ? rp_schema_type(schema, model->types[kind]->name) : NULL;
        if (!type)
            continue;
        struct rp_tree tree;
        struct rp_diags diags = { 0 };
        enum rp_grade worst = rp_e2_read(type, octets, len, trial, &tree, &diags);
        bool fit = fits(worst, &diags);
        rp_arena_reset(trial);
        if (fit)
            return model->set;
    }
    choice->marker_misses++;
    return NULL;
}
