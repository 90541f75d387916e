/** Service models: which edition of which model the octets of a RAN function are read in. */
#ifndef RP_E2_MODELS_H
#define RP_E2_MODELS_H

#include "codecs/asn1/registry.h"
#include "codecs/tree.h"

/** What an OCTET STRING of E2AP may hold. */
enum rp_e2_kind {
    RP_E2_DEFINITION,
    RP_E2_EVENT_TRIGGER,
    RP_E2_ACTION_DEFINITION,
    RP_E2_INDICATION_HEADER,
    RP_E2_INDICATION_MESSAGE,
    RP_E2_CALL_PROCESS_ID,
    RP_E2_CONTROL_HEADER,
    RP_E2_CONTROL_MESSAGE,
    RP_E2_CONTROL_OUTCOME,
    RP_E2_QUERY_HEADER,
    RP_E2_QUERY_DEFINITION,
    RP_E2_QUERY_OUTCOME,
    RP_E2_KINDS
};

/** @return what a node of this type holds, RP_E2_KINDS: no service-model octets */
enum rp_e2_kind rp_e2_kind_of(const struct rp_type *type);

/** One edition of one service model. */
struct rp_e2_model {
    const char *set; /* "e2sm-kpm-03.00" */
    const struct rp_schema *schema;
    const struct rp_type *types[RP_E2_KINDS]; /* NULL: the model has no such type */
};

/** Compiles a set and finds its top types by the ends of their names. @return false with findings */
bool rp_e2_model_compile(struct rp_registry *registry, const char *set, struct rp_e2_model *model, struct rp_diags *diags);

enum { RP_E2_MAX_CANDIDATES = 12, RP_E2_MODEL_WHY = 256, RP_E2_FAMILY = 96 };

/** Which editions a function's octets may be of, and how each has fared. */
struct rp_e2_choice {
    const struct rp_e2_model *candidate[RP_E2_MAX_CANDIDATES]; /* newest first */
    uint16_t bad[RP_E2_MAX_CANDIDATES];                        /* payloads that it could not read without a finding */
    uint16_t seen[RP_E2_KINDS];
    uint16_t contests;
    uint16_t marker_misses; /* see markers.h */
    uint8_t n, taken;
    bool forced;
    char family[RP_E2_FAMILY]; /* why these candidates: "OID 1.3.6.1.4.1.53148.1.2.2.2" */
    char why[RP_E2_MODEL_WHY];
};

struct rp_e2_models;

/** @param forced  set names, one a service model. @return NULL without memory */
struct rp_e2_models *rp_e2_models_new(struct rp_registry *registry, const char *const *forced, size_t n_forced);
void rp_e2_models_free(struct rp_e2_models *models);

/** Lists the candidates for a RAN function and takes the one that reads its definition best, the newest of equals.
 *  @param oid         as sent, or ""
 *  @param definition  octets of RANfunctionDefinition; NULL: the function was never offered, only forced models count
 *  @param told_oid    gets the OID inside of the definition, when `oid` is ""; 64 characters; may be NULL */
void rp_e2_choose(struct rp_e2_models *models, const char *oid, const uint8_t *definition, size_t len, struct rp_arena *trial,
                  struct rp_e2_choice *choice, char *told_oid);

/** The model taken, or NULL. */
static inline const struct rp_e2_model *rp_e2_taken(const struct rp_e2_choice *choice)
{
    return choice->n ? choice->candidate[choice->taken] : NULL;
}

/** How well octets fit a type: the worst finding; `count` of them. */
enum rp_grade rp_e2_read(const struct rp_type *type, const uint8_t *octets, size_t len, struct rp_arena *arena,
                         struct rp_tree *tree, struct rp_diags *diags);

/** Called when the edition taken found fault with a payload, or a kind of payload comes for the first time: tries the other
 * candidates and moves to one that has read everything at least as well so far and this payload better.
 *  @param worst  the finding of the edition taken
 *  @param other  gets an edition that reads it without a finding when the one taken still does not, or NULL
 *  @return true when another edition is taken now */
bool rp_e2_contest(struct rp_e2_choice *choice, enum rp_e2_kind kind, enum rp_grade worst, const uint8_t *octets, size_t len,
                   struct rp_arena *trial, const char **other);

#endif
