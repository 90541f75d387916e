#include "harness/e2/models.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "codecs/per/per.h"

enum { MAX_MODELS = 64, MAX_CONTESTS = 256, OID_SIZE = 64 };

/** The E2AP type of each kind, and how the service models name what is inside. */
static const struct {
    const char *octets, *suffix[2];
} kinds[RP_E2_KINDS] = {
    [RP_E2_DEFINITION] = { "RANfunctionDefinition", { "RANfunction-Description", "RANFunctionDefinition" } },
    [RP_E2_EVENT_TRIGGER] = { "RICeventTriggerDefinition", { "EventTriggerDefinition", "EventTrigger" } },
    [RP_E2_ACTION_DEFINITION] = { "RICactionDefinition", { "ActionDefinition", NULL } },
    [RP_E2_INDICATION_HEADER] = { "RICindicationHeader", { "IndicationHeader", NULL } },
    [RP_E2_INDICATION_MESSAGE] = { "RICindicationMessage", { "IndicationMessage", NULL } },
    [RP_E2_CALL_PROCESS_ID] = { "RICcallProcessID", { "CallProcessID", NULL } },
    [RP_E2_CONTROL_HEADER] = { "RICcontrolHeader", { "ControlHeader", NULL } },
    [RP_E2_CONTROL_MESSAGE] = { "RICcontrolMessage", { "ControlMessage", NULL } },
    [RP_E2_CONTROL_OUTCOME] = { "RICcontrolOutcome", { "ControlOutcome", NULL } },
    [RP_E2_QUERY_HEADER] = { "RICqueryHeader", { "QueryHeader", NULL } },
    [RP_E2_QUERY_DEFINITION] = { "RICqueryDefinition", { "QueryDefinition", NULL } },
    [RP_E2_QUERY_OUTCOME] = { "RICqueryOutcome", { "QueryOutcome", NULL } },
};

/** OIDs of E2SM table 5-2 and those seen for them; short names of the models' own tables. A later arc of KPM than the
 *  table's stands in the modules of 03.00 and 04.00, the version1 arc in the E2 test specification. */
static const struct {
    const char *oid, *prefix, *short_name, *description;
} known[] = {
    { "1.3.6.1.4.1.53148.1.1.2.1", "e2sm-ni-", "ORAN-E2SM-NI", "Network Interface" },
    { "1.3.6.1.4.1.53148.1.2.2.2", "e2sm-kpm-", "ORAN-E2SM-KPM", "KPM Monitor" },
    { "1.3.6.1.4.1.53148.1.3.2.2", "e2sm-kpm-", "ORAN-E2SM-KPM", "KPM Monitor" },
    { "1.3.6.1.4.1.53148.1.1.2.2", "e2sm-kpm-", "ORAN-E2SM-KPM", "KPM Monitor" },
    { "1.3.6.1.4.1.53148.1.1.2.3", "e2sm-rc-", "ORAN-E2SM-RC", "RAN Control" },
};
enum { N_KNOWN = sizeof known / sizeof known[0] };

struct rp_e2_models {
    struct rp_registry *registry;
    struct rp_e2_model model[MAX_MODELS]; /* newest first */
    bool compiled[MAX_MODELS], own[MAX_MODELS], forced[MAX_MODELS];
    size_t n;
};

enum rp_e2_kind rp_e2_kind_of(const struct rp_type *type)
{
    if (type->kind != RP_OCTET_STRING || !type->name || type->name[0] != 'R')
        return RP_E2_KINDS;
    for (int k = 0; k < RP_E2_KINDS; k++)
        if (!strcmp(type->name, kinds[k].octets))
            return (enum rp_e2_kind)k;
    return RP_E2_KINDS;
}

static bool is_shipped(const char *set)
{
    for (size_t i = 0; i < N_KNOWN; i++)
        if (!strncmp(set, known[i].prefix, strlen(known[i].prefix)))
            return true;
    return false;
}

static bool is_listed(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(name, list[i]))
            return true;
    return false;
}

struct rp_e2_models *rp_e2_models_new(struct rp_registry *registry, const char *const *forced, size_t n_forced)
{
    struct rp_e2_models *models = calloc(1, sizeof *models);
    if (!models)
        return NULL;
    models->registry = registry;
    size_t n = 0;
    const char *const *names = rp_registry_names(registry, &n);
    /* a user's own sets go before the shipped ones, which are sorted by edition */
    for (int shipped = 0; shipped < 2; shipped++)
        for (size_t i = n; i-- > 0 && models->n < MAX_MODELS;) {
            if (!strncmp(names[i], "e2ap-", 5) || !strncmp(names[i], "e2sm-common-", 12) || is_shipped(names[i]) != !!shipped)
                continue;
            models->forced[models->n] = is_listed(names[i], forced, n_forced);
            models->own[models->n] = !shipped;
            models->model[models->n++].set = names[i];
        }
    return models;
}

void rp_e2_models_free(struct rp_e2_models *models)
{
    free(models);
}

static bool ends_with(const char *name, const char *suffix)
{
    size_t n = strlen(name), m = strlen(suffix);
    return n >= m && !strcmp(name + n - m, suffix) && (n == m || name[n - m - 1] == '-');
}

/** The type whose name ends so: "E2SM-..." before others, then the shortest ("E2SM-RC-EventTrigger" before
 *  "RANFunctionDefinition-EventTrigger"). */
static const struct rp_type *top_type(const struct rp_schema *schema, const char *const suffix[2])
{
    const struct rp_type *best = NULL;
    for (uint32_t i = 0; i < schema->n_types; i++) {
        const struct rp_type *type = schema->types[i];
        if (!type->name || (!ends_with(type->name, suffix[0]) && !(suffix[1] && ends_with(type->name, suffix[1]))))
            continue;
        bool model = !strncmp(type->name, "E2SM-", 5), best_model = best && !strncmp(best->name, "E2SM-", 5);
        if (!best || model > best_model || (model == best_model && strlen(type->name) < strlen(best->name)))
            best = type;
    }
    return best;
}

bool rp_e2_model_compile(struct rp_registry *registry, const char *set, struct rp_e2_model *model, struct rp_diags *diags)
{
    model->set = set;
    model->schema = rp_registry_set(registry, set, diags);
    for (int k = 0; model->schema && k < RP_E2_KINDS; k++)
        model->types[k] = top_type(model->schema, kinds[k].suffix);
    return model->schema != NULL;
}

/** Compiles a model when first needed. @return NULL when it does not compile (which the registry told when it was loaded) */
static const struct rp_e2_model *compiled(struct rp_e2_models *models, size_t i)
{
    struct rp_e2_model *model = &models->model[i];
    if (!models->compiled[i]) {
        models->compiled[i] = true;
        struct rp_arena arena = { 0 };
        struct rp_diags diags = { .arena = &arena };
        rp_e2_model_compile(models->registry, model->set, model, &diags);
        rp_arena_free(&arena);
    }
    return model->schema ? model : NULL;
}

static bool has_oid(const struct rp_schema *schema, const char *oid)
{
    for (uint32_t i = 0; i < schema->n_modules; i++)
        if (schema->modules[i].oid && !strcmp(schema->modules[i].oid, oid))
            return true;
    return false;
}

/** Whether a model is of the family that an OID names. KPM 01.00 has nothing in common with the later ones, nor their OID. */
static bool oid_fits(struct rp_e2_models *models, size_t i, const char *oid)
{
    if (models->own[i]) {
        const struct rp_e2_model *model = compiled(models, i);
        return model && has_oid(model->schema, oid);
    }
    for (size_t k = 0; k < N_KNOWN; k++)
        if (!strcmp(known[k].oid, oid) && !strncmp(models->model[i].set, known[k].prefix, strlen(known[k].prefix)))
            return strcmp(models->model[i].set, "e2sm-kpm-01.00") || !strcmp(oid, "1.3.6.1.4.1.53148.1.1.2.2");
    return false;
}

static void add(struct rp_e2_models *models, size_t i, struct rp_e2_choice *choice)
{
    const struct rp_e2_model *model = compiled(models, i);
    if (model && choice->n < RP_E2_MAX_CANDIDATES)
        choice->candidate[choice->n++] = model;
}

enum rp_grade rp_e2_read(const struct rp_type *type, const uint8_t *octets, size_t len, struct rp_arena *arena,
                         struct rp_tree *tree, struct rp_diags *diags)
{
    diags->arena = arena;
    rp_diags_clear(diags);
    if (!rp_per_decode(type, RP_ALIGNED, octets, len, arena, tree, diags) && diags->worst < RP_TRANSFER)
        return RP_TRANSFER;
    return diags->worst;
}

static bool same_name(const struct rp_node *node, const char *name)
{
    return rp_node_type(node)->kind == RP_CHAR_STRING && node->len == strlen(name) &&
           !strncasecmp((const char *)node->value.octets, name, node->len);
}

/** Whether a definition read as a model says itself that it is of that model, by its short name. */
static bool names_itself(const struct rp_e2_model *model, const struct rp_tree *tree, char *told_oid)
{
    const char *short_name = "";
    for (size_t k = 0; k < N_KNOWN; k++)
        if (!strncmp(model->set, known[k].prefix, strlen(known[k].prefix)))
            short_name = known[k].short_name;
    bool named = false;
    for (uint32_t i = 0; i < tree->n_nodes && i < 8; i++) {
        const struct rp_node *node = &tree->nodes[i];
        if (!node->slot->name)
            continue;
        if (!strcmp(node->slot->name, "ranFunction-ShortName"))
            named = same_name(node, short_name);
        if (named && told_oid && !told_oid[0] && !strcmp(node->slot->name, "ranFunction-E2SM-OID") && node->len < OID_SIZE)
            snprintf(told_oid, OID_SIZE, "%.*s", (int)node->len, (const char *)node->value.octets);
    }
    return named;
}

/** Candidates for an OID that no model has, or none: models that read the definition and whose short name it has. */
static void add_by_name(struct rp_e2_models *models, const uint8_t *definition, size_t len, struct rp_arena *trial,
                        struct rp_e2_choice *choice, char *told_oid)
{
    for (size_t i = 0; i < models->n; i++) {
        const struct rp_e2_model *model = compiled(models, i);
        if (!model || !model->types[RP_E2_DEFINITION])
            continue;
        struct rp_tree tree;
        struct rp_diags diags = { 0 };
        if (rp_e2_read(model->types[RP_E2_DEFINITION], definition, len, trial, &tree, &diags) < RP_TRANSFER &&
            names_itself(model, &tree, told_oid))
            add(models, i, choice);
        rp_arena_reset(trial);
    }
}

static bool holds(const uint8_t *octets, size_t len, const char *text, size_t text_len)
{
    return memmem(octets, len, text, text_len) != NULL;
}

/** Candidates for a definition that no model reads: those whose short name, or the first letters of short name and description,
 *  stand in its octets. So a faulty definition is told apart from one that is none of ours. */
static void add_by_text(struct rp_e2_models *models, const uint8_t *definition, size_t len, struct rp_e2_choice *choice)
{
    enum { FIRST = 8 };
    for (size_t k = 0; k < N_KNOWN && !choice->n; k++) {
        if (!holds(definition, len, known[k].short_name, strlen(known[k].short_name)) &&
            !(holds(definition, len, known[k].short_name, FIRST) && holds(definition, len, known[k].description, FIRST)))
            continue;
        for (size_t i = 0; i < models->n; i++)
            if (!strncmp(models->model[i].set, known[k].prefix, strlen(known[k].prefix)))
                add(models, i, choice);
    }
}

/** Leaves only the forced ones of the candidates, when there is one among them. */
static void keep_forced(struct rp_e2_models *models, struct rp_e2_choice *choice)
{
    uint8_t n = 0;
    for (uint8_t c = 0; c < choice->n; c++)
        for (size_t i = 0; i < models->n; i++)
            if (models->forced[i] && choice->candidate[c] == &models->model[i]) {
                choice->candidate[n++] = choice->candidate[c];
                choice->forced = true;
            }
    if (n)
        choice->n = n;
}

/** "02.03" of "e2sm-kpm-02.03"; a name of another form as it is. */
static const char *edition_of(const char *set)
{
    const char *dash = strrchr(set, '-');
    return dash && dash[1] >= '0' && dash[1] <= '9' ? dash + 1 : set;
}

static void explain(struct rp_e2_choice *choice)
{
    if (!choice->n)
        return;
    size_t at = 0;
    unsigned fits = 0;
    char list[RP_E2_FAMILY] = "";
    for (uint8_t c = choice->n; c-- > 0;)
        if (!choice->bad[c]) {
            int n = snprintf(list + at, sizeof list - at, "%s%s", fits++ ? ", " : "", edition_of(choice->candidate[c]->set));
            at = n > 0 && at + (size_t)n < sizeof list ? at + (size_t)n : at;
        }
    const char *set = choice->candidate[choice->taken]->set;
    if (choice->forced)
        snprintf(choice->why, sizeof choice->why, "%s; %.64s is forced", choice->family, set);
    else if (!fits)
        snprintf(choice->why, sizeof choice->why, "%s; no edition reads all of it, %.64s is nearest", choice->family,
                 edition_of(set));
    else if (fits == 1)
        snprintf(choice->why, sizeof choice->why, "%s; %s alone reads all of it", choice->family, list);
    else
        snprintf(choice->why, sizeof choice->why, "%s; newest of %s, which read all of it", choice->family, list);
}

/** Tries the definition in every candidate and takes the one that reads it best. */
static void choose_by_definition(struct rp_e2_choice *choice, const uint8_t *definition, size_t len, struct rp_arena *trial)
{
    enum rp_grade best = RP_TRANSFER;
    uint32_t fewest = UINT32_MAX;
    choice->seen[RP_E2_DEFINITION]++;
    for (uint8_t c = 0; c < choice->n; c++) {
        const struct rp_type *type = choice->candidate[c]->types[RP_E2_DEFINITION];
        struct rp_tree tree;
        struct rp_diags diags = { 0 };
        enum rp_grade worst = type ? rp_e2_read(type, definition, len, trial, &tree, &diags) : RP_TRANSFER;
        rp_arena_reset(trial);
        choice->bad[c] = worst > RP_NOTE;
        if (worst < best || (worst == best && diags.count < fewest)) {
            best = worst;
            fewest = diags.count;
            choice->taken = c;
        }
    }
}

void rp_e2_choose(struct rp_e2_models *models, const char *oid, const uint8_t *definition, size_t len, struct rp_arena *trial,
                  struct rp_e2_choice *choice, char *told_oid)
{
    memset(choice, 0, sizeof *choice);
    snprintf(choice->family, sizeof choice->family, "OID %s", oid);
    for (size_t i = 0; oid[0] && i < models->n; i++)
        if (oid_fits(models, i, oid))
            add(models, i, choice);
    if (!choice->n && definition) {
        add_by_name(models, definition, len, trial, choice, told_oid);
        if (!choice->n)
            add_by_text(models, definition, len, choice);
        snprintf(choice->family, sizeof choice->family, "short name in the definition%s%s%s", oid[0] ? " (the OID \"" : "", oid,
                 oid[0] ? "\" is of no known model)" : "");
    }
    if (!choice->n && !definition) {
        for (size_t i = 0; i < models->n; i++)
            if (models->forced[i])
                add(models, i, choice);
        snprintf(choice->family, sizeof choice->family, "RAN function not offered in the capture");
    }
    keep_forced(models, choice);
    if (definition)
        choose_by_definition(choice, definition, len, trial);
    explain(choice);
    if (!choice->n)
        snprintf(choice->why, sizeof choice->why,
                 oid[0] ? "OID \"%s\" is of no known service model" : "no OID, and no known model", oid);
}

/** Tries a payload in the candidates besides the one taken. @return one that has no finding, newest first; or choice->n */
static uint8_t try_others(struct rp_e2_choice *choice, enum rp_e2_kind kind, const uint8_t *octets, size_t len,
                          struct rp_arena *trial)
{
    uint8_t better = choice->n;
    for (uint8_t c = 0; c < choice->n; c++) {
        if (c == choice->taken)
            continue;
        const struct rp_type *type = choice->candidate[c]->types[kind];
        struct rp_tree tree;
        struct rp_diags diags = { 0 };
        enum rp_grade worst = type ? rp_e2_read(type, octets, len, trial, &tree, &diags) : RP_TRANSFER;
        rp_arena_reset(trial);
        if (worst > RP_NOTE)
            choice->bad[c] = (uint16_t)(choice->bad[c] + (choice->bad[c] < UINT16_MAX));
        else if (better == choice->n || choice->bad[c] < choice->bad[better])
            better = c;
    }
    return better;
}

bool rp_e2_contest(struct rp_e2_choice *choice, enum rp_e2_kind kind, enum rp_grade worst, const uint8_t *octets, size_t len,
                   struct rp_arena *trial, const char **other)
{
    *other = NULL;
    bool fresh = choice->seen[kind] < 4;
    choice->seen[kind] = (uint16_t)(choice->seen[kind] + (choice->seen[kind] < UINT16_MAX));
    if (choice->n < 2 || choice->contests >= MAX_CONTESTS || (worst <= RP_NOTE && !fresh))
        return false;
    choice->contests = (uint16_t)(choice->contests + (worst > RP_NOTE));
    uint8_t better = try_others(choice, kind, octets, len, trial);
    bool moved = false;
    if (worst > RP_NOTE) {
        uint16_t *bad = &choice->bad[choice->taken];
        *bad = (uint16_t)(*bad + (*bad < UINT16_MAX));
        if (better < choice->n && fresh && choice->bad[better] < *bad) {
            choice->taken = better;
            moved = true;
        } else if (better < choice->n) {
            *other = choice->candidate[better]->set;
        }
    }
    explain(choice);
    return moved;
}
