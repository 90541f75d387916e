#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/e2/ies.h"
#include "harness/e2/private.h"

enum { MAX_OFFERED = 512, MAX_GUESSES = 64, SETUP = 1, SERVICE_UPDATE = 7, INITIATING = 0, SUCCESSFUL = 1 };

uint32_t rp_e2_function_find(struct rp_e2_link_private *link, int64_t id)
{
    const struct rp_e2_link *public = &link->public;
    /* most messages name the function of the message before */
    if (link->last_function < public->n_functions && public->functions[link->last_function].id == id)
        return link->last_function;
    for (uint32_t i = 0; i < public->n_functions; i++)
        if (public->functions[i].id == id)
            return link->last_function = i;
    return public->n_functions;
}

struct rp_e2_function *rp_e2_function_guess(struct rp_e2_link_private *link, int64_t id)
{
    for (uint32_t i = 0; i < link->n_guesses; i++)
        if (link->guesses[i].public.id == id)
            return &link->guesses[i];
    if (link->n_guesses == MAX_GUESSES)
        return NULL;
    if (!link->guesses && !(link->guesses = calloc(MAX_GUESSES, sizeof *link->guesses)))
        return NULL;
    struct rp_e2_function *guess = &link->guesses[link->n_guesses++];
    guess->public.id = id;
    rp_e2_choose(link->session->models, "", NULL, 0, &link->session->trial, &guess->choice, NULL);
    return guess;
}

static void copy_text(const struct rp_node *node, char *out, size_t size)
{
    if (rp_node_type(node)->kind == RP_CHAR_STRING)
        snprintf(out, size, "%.*s", (int)(node->len < size ? node->len : size), (const char *)node->value.octets);
}

/** Reads a RANfunction-Item and chooses its model. */
static void read_item(struct rp_e2_session *session, const struct rp_e2_message *message, uint32_t item)
{
    const struct rp_tree *tree = message->tree;
    struct rp_e2_function *function = &session->offered[session->n_offered];
    uint32_t definition = rp_tree_child(tree, item, "ranFunctionDefinition");
    uint32_t oid = rp_tree_child(tree, item, "ranFunctionOID");
    if (!definition || rp_node_type(&tree->nodes[definition])->kind != RP_OCTET_STRING ||
        !rp_e2_integer(tree, item, "ranFunctionID", &function->public.id))
        return;
    session->n_offered++;
    rp_e2_integer(tree, item, "ranFunctionRevision", &function->public.revision);
    if (oid)
        copy_text(&tree->nodes[oid], function->public.oid, sizeof function->public.oid);
    function->public.state = RP_FUNCTION_OFFERED;
    function->public.frame = message->sctp->frame;
    function->node = definition;
    const struct rp_node *octets = &tree->nodes[definition];
    char told[sizeof function->public.oid] = "";
    rp_e2_choose(session->models, function->public.oid, octets->value.octets, octets->len, &session->trial, &function->choice,
                 told);
    if (!function->public.oid[0])
        memcpy(function->public.oid, told, sizeof told);
    const struct rp_e2_model *model = rp_e2_taken(&function->choice);
    function->public.model = model ? model->schema : NULL;
    function->public.model_why = function->choice.why;
}

void rp_e2_functions_offered(struct rp_e2_session *session, const struct rp_e2_message *message)
{
    session->n_offered = 0;
    session->offered = NULL;
    if (message->outcome != INITIATING || (message->procedure != SETUP && message->procedure != SERVICE_UPDATE))
        return;
    session->offered = rp_arena_calloc(&session->arena, MAX_OFFERED, sizeof *session->offered);
    static const int64_t lists[] = { RP_E2_IE_FUNCTIONS_ADDED, RP_E2_IE_FUNCTIONS_MODIFIED };
    for (size_t k = 0; session->offered && k < 2; k++) {
        struct rp_e2_items items = { .tree = message->tree, .list = rp_e2_ie(message->tree, message->root, lists[k]) };
        while (session->n_offered < MAX_OFFERED && rp_e2_items_next(&items))
            read_item(session, message, items.value);
    }
}

void rp_e2_functions_clear(struct rp_e2_link_private *link)
{
    link->session->n_functions -= link->public.n_functions;
    free(link->public.functions);
    free(link->choices);
    free(link->changes);
    link->public.functions = NULL;
    link->choices = NULL;
    link->changes = NULL;
    link->public.n_functions = link->cap_functions = link->n_changes = 0;
}

static bool grow(struct rp_e2_link_private *link)
{
    if (link->public.n_functions < link->cap_functions)
        return true;
    uint32_t cap = link->cap_functions ? 2 * link->cap_functions : 8;
    struct rp_ran_function *functions = realloc(link->public.functions, cap * sizeof *functions);
    if (functions)
        link->public.functions = functions;
    struct rp_e2_choice *choices = realloc(link->choices, cap * sizeof *choices);
    if (choices)
        link->choices = choices;
    if (!functions || !choices)
        return false;
    link->cap_functions = cap;
    for (uint32_t i = 0; i < link->public.n_functions; i++)
        link->public.functions[i].model_why = link->choices[i].why;
    return true;
}

/** Puts a function into the list, in place of one with its id. */
static void put(struct rp_e2_link_private *link, const struct rp_e2_function *function, enum rp_function_state state)
{
    uint32_t i = rp_e2_function_find(link, function->public.id);
    if (i == link->public.n_functions) {
        if (link->session->n_functions >= RP_E2_MAX_FUNCTIONS || !grow(link)) {
            link->session->counts.dropped++;
            return;
        }
        link->public.n_functions++;
        link->session->n_functions++;
    }
    link->public.functions[i] = function->public;
    link->choices[i] = function->choice;
    link->public.functions[i].model_why = link->choices[i].why;
    link->public.functions[i].state = state;
}

static void setup_requested(struct rp_e2_session *session, struct rp_e2_link_private *link)
{
    rp_e2_functions_clear(link);
    link->public.setup_seen = true;
    for (uint32_t i = 0; i < session->n_offered; i++)
        put(link, &session->offered[i], RP_FUNCTION_OFFERED);
}

/** Sets the state of each function that a list of the answer names. */
static void mark(struct rp_e2_link_private *link, const struct rp_e2_message *message, int64_t ie, enum rp_function_state state)
{
    struct rp_e2_items items = { .tree = message->tree, .list = rp_e2_ie(message->tree, message->root, ie) };
    int64_t id;
    while (rp_e2_items_next(&items))
        if (rp_e2_integer(message->tree, items.value, "ranFunctionID", &id)) {
            uint32_t i = rp_e2_function_find(link, id);
            if (i < link->public.n_functions)
                link->public.functions[i].state = state;
        }
}

static void setup_refused(struct rp_e2_link_private *link)
{
    for (uint32_t i = 0; i < link->public.n_functions; i++)
        link->public.functions[i].state = RP_FUNCTION_REJECTED;
}

/** Keeps what a service update asks for; added functions stand in the list as offered at once. */
static void update_requested(struct rp_e2_session *session, struct rp_e2_link_private *link, const struct rp_e2_message *message)
{
    free(link->changes);
    link->n_changes = 0;
    link->changes = calloc(2 * MAX_OFFERED, sizeof *link->changes);
    if (!link->changes)
        return;
    uint32_t modified = rp_e2_ie(message->tree, message->root, RP_E2_IE_FUNCTIONS_MODIFIED);
    for (uint32_t i = 0; i < session->n_offered; i++) {
        struct rp_e2_change *change = &link->changes[link->n_changes++];
        const struct rp_e2_function *function = &session->offered[i];
        bool inside =
            modified != RP_E2_NOWHERE && function->node > modified && function->node < message->tree->nodes[modified].next;
        change->what = inside ? RP_E2_MODIFY : RP_E2_ADD;
        change->function = *function;
        if (!inside)
            put(link, function, RP_FUNCTION_OFFERED);
    }
    struct rp_e2_items items = { .tree = message->tree,
                                 .list = rp_e2_ie(message->tree, message->root, RP_E2_IE_FUNCTIONS_DELETED) };
    while (link->n_changes < 2 * MAX_OFFERED && rp_e2_items_next(&items)) {
        struct rp_e2_change *change = &link->changes[link->n_changes];
        change->what = RP_E2_DELETE;
        link->n_changes += rp_e2_integer(message->tree, items.value, "ranFunctionID", &change->function.public.id);
    }
}

/** Whether a list of the answer names a function. */
static bool names(const struct rp_e2_message *message, int64_t ie, int64_t wanted)
{
    struct rp_e2_items items = { .tree = message->tree, .list = rp_e2_ie(message->tree, message->root, ie) };
    int64_t id;
    while (rp_e2_items_next(&items))
        if (rp_e2_integer(message->tree, items.value, "ranFunctionID", &id) && id == wanted)
            return true;
    return false;
}

/** RICserviceUpdateAcknowledge (E2AP 8.3.4.2): what was accepted holds from now on. */
static void update_accepted(struct rp_e2_link_private *link, const struct rp_e2_message *message)
{
    for (uint32_t i = 0; i < link->n_changes; i++) {
        struct rp_e2_change *change = &link->changes[i];
        int64_t id = change->function.public.id;
        if (!names(message, RP_E2_IE_FUNCTIONS_ACCEPTED, id))
            continue;
        uint32_t at = rp_e2_function_find(link, id);
        if (change->what == RP_E2_MODIFY)
            put(link, &change->function, RP_FUNCTION_ACCEPTED);
        else if (at < link->public.n_functions)
            link->public.functions[at].state = change->what == RP_E2_ADD ? RP_FUNCTION_ACCEPTED : RP_FUNCTION_DELETED;
    }
    for (uint32_t i = 0; i < link->n_changes; i++)
        if (link->changes[i].what == RP_E2_ADD &&
            names(message, RP_E2_IE_FUNCTIONS_REJECTED, link->changes[i].function.public.id)) {
            uint32_t at = rp_e2_function_find(link, link->changes[i].function.public.id);
            if (at < link->public.n_functions)
                link->public.functions[at].state = RP_FUNCTION_REJECTED;
        }
    link->n_changes = 0;
}

/** RICserviceUpdateFailure (E2AP 8.3.4.3): both sides go on with what they had. */
static void update_refused(struct rp_e2_link_private *link)
{
    for (uint32_t i = 0; i < link->n_changes; i++) {
        uint32_t at = rp_e2_function_find(link, link->changes[i].function.public.id);
        if (link->changes[i].what == RP_E2_ADD && at < link->public.n_functions)
            link->public.functions[at].state = RP_FUNCTION_REJECTED;
    }
    link->n_changes = 0;
}

void rp_e2_functions_update(struct rp_e2_session *session, const struct rp_e2_message *message)
{
    struct rp_e2_link_private *link = (struct rp_e2_link_private *)message->link;
    if (message->procedure == SETUP) {
        if (message->outcome == INITIATING) {
            setup_requested(session, link);
        } else if (message->outcome == SUCCESSFUL) {
            mark(link, message, RP_E2_IE_FUNCTIONS_ACCEPTED, RP_FUNCTION_ACCEPTED);
            mark(link, message, RP_E2_IE_FUNCTIONS_REJECTED, RP_FUNCTION_REJECTED);
        } else {
            setup_refused(link);
        }
    } else if (message->procedure == SERVICE_UPDATE) {
        if (message->outcome == INITIATING)
            update_requested(session, link, message);
        else if (message->outcome == SUCCESSFUL)
            update_accepted(link, message);
        else
            update_refused(link);
    }
}
