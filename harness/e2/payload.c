/* The service-model octets inside of a message, decoded in place. */
#include <stdlib.h>
#include <string.h>

#include "harness/e2/ies.h"
#include "harness/e2/markers.h"
#include "harness/e2/private.h"

enum { MAX_PAYLOADS = 1024 };

/** Whose octets they are: what handlers see of the function, and the choice of its model. */
struct owner {
    struct rp_ran_function *function;
    struct rp_e2_choice *choice;
};

static struct owner find_owner(struct rp_e2_session *session, const struct rp_e2_message *message, uint32_t node,
                               enum rp_e2_kind kind)
{
    struct rp_e2_link_private *link = (struct rp_e2_link_private *)message->link;
    if (kind == RP_E2_DEFINITION) {
        for (uint32_t i = 0; i < session->n_offered; i++)
            if (session->offered[i].node == node)
                return (struct owner){ &session->offered[i].public, &session->offered[i].choice };
        return (struct owner){ 0 };
    }
    uint32_t id = rp_e2_ie(message->tree, message->root, RP_E2_IE_RAN_FUNCTION_ID);
    if (id == RP_E2_NOWHERE || rp_node_type(&message->tree->nodes[id])->kind != RP_INTEGER)
        return (struct owner){ 0 };
    int64_t wanted = message->tree->nodes[id].value.integer;
    uint32_t at = rp_e2_function_find(link, wanted);
    if (at < link->public.n_functions)
        return (struct owner){ &link->public.functions[at], &link->choices[at] };
    struct rp_e2_function *guess = link->public.setup_seen ? NULL : rp_e2_function_guess(link, wanted);
    return guess ? (struct owner){ &guess->public, &guess->choice } : (struct owner){ 0 };
}

static bool reserve(struct rp_e2_session *session)
{
    if (session->n_payloads < session->cap_payloads)
        return true;
    size_t cap = session->cap_payloads ? 4 * session->cap_payloads : 4;
    if (cap > MAX_PAYLOADS)
        return false;
    struct rp_e2_payload *payloads = realloc(session->payloads, cap * sizeof *payloads);
    if (payloads)
        session->payloads = payloads;
    struct rp_e2_slot **slots = realloc(session->slots, cap * sizeof *slots);
    if (slots)
        session->slots = slots;
    if (!payloads || !slots)
        return false;
    for (; session->cap_payloads < cap; session->cap_payloads++)
        if (!(session->slots[session->cap_payloads] = calloc(1, sizeof **slots)))
            return session->n_payloads < session->cap_payloads;
    return true;
}

/** Decodes a payload in the edition taken. @return the worst finding */
static enum rp_grade read_payload(struct rp_e2_session *session, struct rp_e2_payload *payload, struct rp_e2_slot *slot,
                                  const struct rp_type *type, const struct rp_node *octets)
{
    payload->type = type;
    return rp_e2_read(type, octets->value.octets, octets->len, &session->inside, &slot->tree, &slot->diags);
}

/** @return true when another edition of the model was taken */
static bool add_payload(struct rp_e2_session *session, const struct rp_e2_message *message, uint32_t node, enum rp_e2_kind kind)
{
    struct rp_e2_slot *slot = session->slots[session->n_payloads];
    struct rp_e2_payload *payload = &session->payloads[session->n_payloads++];
    struct owner owner = find_owner(session, message, node, kind);
    memset(payload, 0, sizeof *payload);
    memset(&slot->tree, 0, sizeof slot->tree);
    rp_diags_clear(&slot->diags);
    payload->node = node;
    payload->function = owner.function;
    payload->tree = &slot->tree;
    payload->diags = &slot->diags;
    const struct rp_e2_model *model = owner.choice ? rp_e2_taken(owner.choice) : NULL;
    if (!model || !model->types[kind])
        return false;
    const struct rp_node *octets = &message->tree->nodes[node];
    enum rp_grade worst = read_payload(session, payload, slot, model->types[kind], octets);
    bool moved =
        rp_e2_contest(owner.choice, kind, worst, octets->value.octets, octets->len, &session->trial, &payload->other_edition);
    if (moved) {
        model = rp_e2_taken(owner.choice);
        owner.function->model = model->schema;
    } else if (worst == RP_TRANSFER && !payload->other_edition) {
        payload->markers_last =
            rp_e2_markers_last(session->registry, owner.choice, kind, octets->value.octets, octets->len, &session->trial);
    }
    return moved;
}

static bool collect(struct rp_e2_session *session, const struct rp_e2_message *message)
{
    const struct rp_tree *tree = message->tree;
    bool moved = false;
    session->n_payloads = 0;
    rp_arena_reset(&session->inside);
    for (uint32_t i = message->root; i < tree->n_nodes; i++) {
        const struct rp_type *type = rp_node_type(&tree->nodes[i]);
        enum rp_e2_kind kind = type->kind == RP_OCTET_STRING ? rp_e2_kind_of(type) : RP_E2_KINDS;
        if (kind != RP_E2_KINDS && reserve(session))
            moved |= add_payload(session, message, i, kind);
    }
    return moved;
}

size_t rp_e2_payloads(struct rp_e2_session *session, const struct rp_e2_message *message, const struct rp_e2_payload **payloads)
{
    if (message != session->message) {
        *payloads = NULL;
        return 0;
    }
    if (!session->payloads_ready) {
        session->payloads_ready = true;
        /* a payload that settles the edition settles it for those read before it as well */
        if (message->root && collect(session, message))
            collect(session, message);
        for (size_t i = 0; i < session->n_payloads; i++) {
            session->counts.payloads += session->payloads[i].type != NULL;
            session->counts.payloads_refused += session->payloads[i].diags->worst == RP_TRANSFER;
        }
    }
    *payloads = session->payloads;
    return session->n_payloads;
}
