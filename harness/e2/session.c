#include "harness/e2/session.h"

#include <stdlib.h>
#include <string.h>

#include "harness/e2/ies.h"
#include "harness/e2/private.h"

enum { MESSAGE_NODE = 4, MESSAGE_LIMIT = 32 << 20 };

struct rp_e2_session *rp_e2_session_new(struct rp_registry *registry, const struct rp_e2_options *options,
                                        const struct rp_e2_handler *handler)
{
    struct rp_e2_session *session = calloc(1, sizeof *session);
    if (!session)
        return NULL;
    session->registry = registry;
    session->handler = *handler;
    session->arena.limit = session->trial.limit = session->inside.limit = MESSAGE_LIMIT;
    session->models = rp_e2_models_new(registry, options ? options->sm : NULL, options ? options->n_sm : 0);
    if (!session->models || !rp_e2_editions_init(session, options)) {
        rp_e2_session_free(session);
        return NULL;
    }
    return session;
}

static void free_link(struct rp_e2_link_private *link)
{
    rp_e2_subscriptions_free(link);
    rp_e2_functions_clear(link);
    free(link->guesses);
    free(link);
}

void rp_e2_session_free(struct rp_e2_session *session)
{
    if (!session)
        return;
    for (size_t i = 0; i < session->n_links; i++)
        free_link(session->links[i]);
    free(session->links);
    for (uint32_t b = 0; b < RP_E2_BUCKETS; b++)
        while (session->buckets[b]) {
            struct rp_e2_association *gone = session->buckets[b];
            session->buckets[b] = gone->next;
            free(gone);
        }
    for (size_t i = 0; i < session->cap_payloads; i++)
        free(session->slots[i]);
    free(session->slots);
    free(session->payloads);
    rp_e2_models_free(session->models);
    rp_arena_free(&session->arena);
    rp_arena_free(&session->trial);
    rp_arena_free(&session->inside);
    free(session);
}

/** What is known of an association. @return NULL when it is new and `make` is false, or without memory */
static struct rp_e2_association *find_association(struct rp_e2_session *session, uint32_t id, bool make)
{
    if (session->last && session->last->id == id)
        return session->last;
    struct rp_e2_association **bucket = &session->buckets[id & (RP_E2_BUCKETS - 1)];
    struct rp_e2_association *at = *bucket;
    while (at && at->id != id)
        at = at->next;
    if (!at && make && (at = calloc(1, sizeof *at))) {
        at->id = id;
        at->next = *bucket;
        *bucket = at;
    }
    return session->last = at;
}

static void forget_association(struct rp_e2_session *session, uint32_t id)
{
    struct rp_e2_association **at = &session->buckets[id & (RP_E2_BUCKETS - 1)];
    while (*at && (*at)->id != id)
        at = &(*at)->next;
    if (!*at)
        return;
    struct rp_e2_association *gone = *at;
    *at = gone->next;
    session->last = NULL;
    free(gone);
}

static struct rp_e2_link_private *new_link(struct rp_e2_session *session, const struct rp_sctp_message *sctp)
{
    if (session->n_links == session->cap_links) {
        size_t cap = session->cap_links ? 2 * session->cap_links : 16;
        struct rp_e2_link_private **links =
            cap > RP_E2_MAX_LINKS ? NULL : realloc(session->links, cap * sizeof(struct rp_e2_link_private *));
        if (links) {
            session->links = links;
            session->cap_links = cap;
        }
    }
    struct rp_e2_link_private *link = session->n_links < session->cap_links ? calloc(1, sizeof *link) : NULL;
    if (!link) {
        session->counts.dropped++;
        return NULL;
    }
    link->session = session;
    link->ppid = sctp->ppid;
    struct rp_e2_link *public = &link->public;
    public->id = (uint32_t)session->n_links;
    public->association = sctp->association;
    public->node_side = -1;
    public->e2ap_why = link->why;
    public->file = sctp->association->file;
    public->first_frame = public->last_frame = sctp->first_frame;
    public->first_ns = public->last_ns = sctp->time_ns;
    for (int side = 0; side < 2; side++)
        memcpy(public->endpoint[side], sctp->association->endpoint[side].name[0], RP_SCTP_NAME_MAX);
    session->counts.links++;
    return session->links[session->n_links++] = link;
}

/** Which side sends the initiating message of each procedure (E2AP 8): '>' E2 node, '<' RIC, '=' either. */
static const char initiator[RP_E2_PROCEDURES] = {
    [1] = '>',  [2] = '=',  [3] = '=',  [4] = '<',  [5] = '>',  [6] = '<',  [7] = '>',  [8] = '<',
    [9] = '<',  [10] = '>', [11] = '<', [12] = '>', [13] = '=', [14] = '<', [15] = '>', [16] = '<',
    [17] = '<', [18] = '<', [19] = '>', [20] = '<', [21] = '>', [22] = '<', [23] = '>',
};

/** The first message that only one side may send tells who is who. */
static void find_roles(struct rp_e2_link *link, const struct rp_e2_message *message)
{
    if (link->node_side >= 0 || message->procedure <= 0 || message->procedure >= RP_E2_PROCEDURES)
        return;
    int from = message->sctp->from;
    char who = initiator[message->procedure];
    if (who == '>' || who == '<')
        link->node_side = (int8_t)((who == '>') == (message->outcome == 0) ? from : !from);
}

static enum rp_role role_of(const struct rp_e2_link *link, int side)
{
    if (link->node_side < 0)
        return RP_ROLE_UNKNOWN;
    return side == link->node_side ? RP_ROLE_E2NODE : RP_ROLE_RIC;
}

/** Type of message and procedure code stand in the first two octets, also of what can't be read to the end. */
static void identify(struct rp_e2_session *session, const struct rp_sctp_message *sctp, struct rp_e2_message *message)
{
    message->procedure = -1;
    if (sctp->len < 3 || (sctp->octets[0] & 0x80) || sctp->octets[0] >= 0x60)
        return;
    message->outcome = sctp->octets[0] >> 5;
    message->procedure = sctp->octets[1];
    if (message->procedure < RP_E2_PROCEDURES) {
        const struct rp_e2_link_private *link = (const struct rp_e2_link_private *)message->link;
        message->name = session->editions[link->edition].message[message->outcome][message->procedure];
    }
}

static void name_ids(struct rp_e2_message *message)
{
    struct rp_e2_link_private *link = (struct rp_e2_link_private *)message->link;
    int64_t requestor, instance;
    if (!message->root)
        return;
    uint32_t request = rp_e2_ie(message->tree, message->root, RP_E2_IE_REQUEST_ID);
    if (rp_e2_request_id(message->tree, request, &requestor, &instance)) {
        struct rp_e2_subscription *found = rp_e2_subscription_find(link, requestor, instance);
        message->subscription = found ? &found->public : NULL;
    }
    uint32_t function = rp_e2_ie(message->tree, message->root, RP_E2_IE_RAN_FUNCTION_ID);
    if (function != RP_E2_NOWHERE && rp_node_type(&message->tree->nodes[function])->kind == RP_INTEGER) {
        uint32_t at = rp_e2_function_find(link, message->tree->nodes[function].value.integer);
        message->function = at < link->public.n_functions ? &link->public.functions[at] : NULL;
    }
}

static void count(struct rp_e2_session *session, struct rp_e2_link *link, const struct rp_e2_message *message, bool read)
{
    link->messages++;
    link->last_frame = message->sctp->frame;
    link->last_ns = message->sctp->time_ns;
    link->refused += !read;
    if (read)
        session->counts.pdus++;
    else
        session->counts.refused++;
}

/** Index in the counts by procedure code. */
static uint32_t place(const struct rp_sctp_message *sctp)
{
    return sctp->len > 1 && sctp->octets[1] < RP_E2_PROCEDURES ? sctp->octets[1] : RP_E2_PROCEDURES - 1;
}

static void deliver(struct rp_e2_session *session, struct rp_e2_link_private *link, const struct rp_sctp_message *sctp)
{
    uint32_t outcome = sctp->len && sctp->octets[0] < 0x60 ? sctp->octets[0] >> 5 : 0;
    uint64_t *kind = &link->public.counts[outcome][place(sctp)];
    rp_e2_take_edition(session, link, sctp, *kind < 4);
    ++*kind;
    bool read = session->diags.worst < RP_TRANSFER;
    struct rp_e2_message message = {
        .number = ++session->number, .link = &link->public, .sctp = sctp, .tree = &session->tree, .diags = &session->diags
    };
    identify(session, sctp, &message);
    message.root =
        session->tree.n_nodes > MESSAGE_NODE && session->tree.nodes[MESSAGE_NODE].slot != &rp_unknown_slot ? MESSAGE_NODE : 0;
    find_roles(&link->public, &message);
    message.from = role_of(&link->public, sctp->from);
    count(session, &link->public, &message, read);
    name_ids(&message);
    session->message = &message;
    session->payloads_ready = false;
    session->n_payloads = 0;
    rp_e2_functions_offered(session, &message);
    if (session->handler.message)
        session->handler.message(session->handler.context, &message);
    session->message = NULL;
    if (message.root) {
        rp_e2_functions_update(session, &message);
        rp_e2_subscriptions_update(&message);
    }
}

/** Tells handlers of a new link, with its edition and, if the first message shows them, its roles. */
static void announce(struct rp_e2_session *session, struct rp_e2_link_private *link, const struct rp_sctp_message *sctp)
{
    struct rp_e2_message first = { .link = &link->public, .sctp = sctp };
    rp_e2_take_edition(session, link, sctp, true);
    identify(session, sctp, &first);
    find_roles(&link->public, &first);
    if (session->handler.link)
        session->handler.link(session->handler.context, &link->public);
}

void rp_e2_session_message(struct rp_e2_session *session, const struct rp_sctp_message *sctp)
{
    struct rp_e2_association *association = find_association(session, sctp->association->id, true);
    if (!association) {
        session->counts.dropped++;
        return;
    }
    if (!association->link) {
        if (rp_e2_detect(session, association, sctp))
            association->link = new_link(session, sctp);
        if (!association->link) {
            session->counts.other_messages++;
            return;
        }
        announce(session, association->link, sctp);
    } else if (!rp_e2_belongs(session, association->link, sctp)) {
        session->counts.other_messages++;
        return;
    }
    deliver(session, association->link, sctp);
}

void rp_e2_session_event(struct rp_e2_session *session, const struct rp_capture_event *event)
{
    if (!event->association)
        return;
    struct rp_e2_association *association = find_association(session, event->association->id, false);
    struct rp_e2_link_private *link = association ? association->link : NULL;
    if (link && session->handler.event)
        session->handler.event(session->handler.context, &link->public, event);
    bool over = event->kind == RP_CAPTURE_CLOSED || event->kind == RP_CAPTURE_ABORT || event->kind == RP_CAPTURE_RESTART;
    if (link && over)
        rp_e2_subscriptions_end(link, event->time_ns, event->frame);
    if (event->kind != RP_CAPTURE_GONE)
        return;
    if (link) {
        rp_e2_subscriptions_free(link);
        link->public.association = NULL;
    }
    forget_association(session, event->association->id);
}

const struct rp_e2_link *const *rp_e2_session_links(const struct rp_e2_session *session, size_t *n)
{
    *n = session->n_links;
    /* the public part stands first in each */
    return (const struct rp_e2_link *const *)(void *)session->links;
}

void rp_e2_session_counts(const struct rp_e2_session *session, struct rp_e2_counts *counts)
{
    *counts = session->counts;
}
