#include "harness/e2/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SETS = 32, OID_SIZE = 64 };

struct rp_e2_inside {
    struct rp_arena *arena;
    struct rp_arena trial;
    struct rp_e2_models *models;
    struct rp_e2_model set[MAX_SETS];
    size_t n;
};

struct rp_e2_inside *rp_e2_inside_new(struct rp_registry *registry, const char *const *sets, size_t n_sets,
                                      struct rp_arena *arena, struct rp_diags *diags)
{
    struct rp_e2_inside *inside = calloc(1, sizeof *inside);
    if (!inside || !(inside->models = rp_e2_models_new(registry, NULL, 0))) {
        rp_diag_add(diags, RP_TRANSFER, RP_ENOMEM, "no memory");
        free(inside);
        return NULL;
    }
    inside->arena = arena;
    for (size_t i = 0; i < n_sets && inside->n < MAX_SETS; i++) {
        struct rp_e2_model *model = &inside->set[inside->n++];
        if (!rp_e2_model_compile(registry, sets[i], model, diags)) {
            rp_e2_inside_free(inside);
            return NULL;
        }
    }
    return inside;
}

void rp_e2_inside_free(struct rp_e2_inside *inside)
{
    if (!inside)
        return;
    rp_e2_models_free(inside->models);
    rp_arena_free(&inside->trial);
    free(inside);
}

/** Reads octets as a type into the owner's arena. @return NULL when they are not of that type */
static const struct rp_tree *read_as(struct rp_e2_inside *inside, const struct rp_type *type, const struct rp_node *octets)
{
    struct rp_tree *tree = rp_arena_calloc(inside->arena, 1, sizeof *tree);
    struct rp_diags diags = { 0 };
    if (!tree || rp_e2_read(type, octets->value.octets, octets->len, inside->arena, tree, &diags) > RP_PROTOCOL)
        return NULL;
    return tree;
}

/** The OID beside a RANfunctionDefinition: two components behind it (E2AP 9.3.4, RANfunction-Item). */
static const char *oid_beside(const struct rp_tree *tree, uint32_t node, char oid[OID_SIZE])
{
    uint32_t revision = tree->nodes[node].next;
    uint32_t at = revision < tree->n_nodes ? tree->nodes[revision].next : tree->n_nodes;
    oid[0] = '\0';
    if (at < tree->n_nodes && tree->nodes[at].slot->name && !strcmp(tree->nodes[at].slot->name, "ranFunctionOID") &&
        tree->nodes[at].len < OID_SIZE)
        snprintf(oid, OID_SIZE, "%.*s", (int)tree->nodes[at].len, (const char *)tree->nodes[at].value.octets);
    return oid;
}

static const struct rp_tree *by_oid(struct rp_e2_inside *inside, const struct rp_tree *tree, uint32_t node)
{
    char oid[OID_SIZE], told[OID_SIZE] = "";
    struct rp_e2_choice choice;
    const struct rp_node *octets = &tree->nodes[node];
    rp_e2_choose(inside->models, oid_beside(tree, node, oid), octets->value.octets, octets->len, &inside->trial, &choice, told);
    const struct rp_e2_model *model = rp_e2_taken(&choice);
    return model && model->types[RP_E2_DEFINITION] ? read_as(inside, model->types[RP_E2_DEFINITION], octets) : NULL;
}

const struct rp_tree *rp_e2_inside(void *context, const struct rp_tree *tree, uint32_t node)
{
    struct rp_e2_inside *inside = context;
    const struct rp_node *octets = &tree->nodes[node];
    enum rp_e2_kind kind = rp_e2_kind_of(octets->slot->type);
    if (kind == RP_E2_KINDS)
        return NULL;
    if (!inside->n)
        return kind == RP_E2_DEFINITION ? by_oid(inside, tree, node) : NULL;
    enum rp_grade best = RP_CONSTRAINT;
    const struct rp_type *type = NULL;
    for (size_t i = 0; i < inside->n; i++) {
        struct rp_tree trial;
        struct rp_diags diags = { 0 };
        const struct rp_type *candidate = inside->set[i].types[kind];
        enum rp_grade grade =
            candidate ? rp_e2_read(candidate, octets->value.octets, octets->len, &inside->trial, &trial, &diags) : RP_TRANSFER;
        rp_arena_reset(&inside->trial);
        if (grade < best) {
            best = grade;
            type = candidate;
        }
    }
    return type ? read_as(inside, type, octets) : NULL;
}
