#include <stdlib.h>
#include <string.h>

#include "harness/e2/ies.h"
#include "harness/e2/private.h"

enum { MAX_ACTIONS = 64 };

static uint32_t bucket(int64_t requestor, int64_t instance)
{
    uint64_t key = (uint64_t)requestor << 16 ^ (uint64_t)instance;
    return (uint32_t)(key * 0x9e3779b97f4a7c15u >> 32) & (RP_E2_BUCKETS - 1);
}

struct rp_e2_subscription *rp_e2_subscription_find(const struct rp_e2_link_private *link, int64_t requestor, int64_t instance)
{
    if (!link->table)
        return NULL;
    struct rp_e2_subscription *at = link->table[bucket(requestor, instance)];
    while (at && (at->public.requestor != requestor || at->public.instance != instance))
        at = at->next_in_bucket;
    return at;
}

static void drop(struct rp_e2_subscription *subscription)
{
    free(subscription->public.actions);
    free(subscription->staged);
    free(subscription);
}

void rp_e2_subscriptions_free(struct rp_e2_link_private *link)
{
    for (uint32_t b = 0; link->table && b < RP_E2_BUCKETS; b++)
        while (link->table[b]) {
            struct rp_e2_subscription *gone = link->table[b];
            link->table[b] = gone->next_in_bucket;
            link->session->n_subscriptions--;
            drop(gone);
        }
    free(link->table);
    link->table = NULL;
}

/** Finds a subscription or makes one; a full table keeps what it has. */
static struct rp_e2_subscription *make(struct rp_e2_link_private *link, int64_t requestor, int64_t instance)
{
    struct rp_e2_subscription *made = rp_e2_subscription_find(link, requestor, instance);
    if (made)
        return made;
    struct rp_e2_session *session = link->session;
    if (!link->table)
        link->table = calloc(RP_E2_BUCKETS, sizeof *link->table);
    if (link->table && session->n_subscriptions < RP_E2_MAX_SUBSCRIPTIONS)
        made = calloc(1, sizeof *made);
    if (!made) {
        session->counts.dropped++;
        return NULL;
    }
    session->n_subscriptions++;
    made->public.requestor = requestor;
    made->public.instance = instance;
    made->public.state = RP_SUB_FAILED; /* until a request or an answer says more */
    made->next_in_bucket = link->table[bucket(requestor, instance)];
    return link->table[bucket(requestor, instance)] = made;
}

static void renew(struct rp_e2_link_private *link, struct rp_subscription *public)
{
    public->serial = ++link->session->serial;
    public->answered_ns = public->deleted_ns = 0;
    public->answered_frame = public->deleted_frame = 0;
    link->public.subscriptions++;
}

/** Adds an action to a list, or sets the one that it has. */
static void put_action(struct rp_subscription_action **list, uint32_t *n, struct rp_subscription_action action)
{
    for (uint32_t i = 0; i < *n; i++)
        if ((*list)[i].id == action.id) {
            if (action.type != RP_ACTION_TYPE_UNKNOWN)
                (*list)[i].type = action.type;
            (*list)[i].admitted = action.admitted;
            return;
        }
    struct rp_subscription_action *longer = *n < MAX_ACTIONS ? realloc(*list, (*n + 1) * sizeof **list) : NULL;
    if (!longer)
        return;
    *list = longer;
    longer[(*n)++] = action;
}

/** Stages the actions that a request or modification lists, with their types. */
static void stage_actions(struct rp_e2_subscription *subscription, const struct rp_tree *tree, uint32_t list)
{
    struct rp_e2_items items = { .tree = tree, .list = list };
    while (rp_e2_items_next(&items)) {
        int64_t id, type;
        if (!rp_e2_integer(tree, items.value, "ricActionID", &id))
            continue;
        if (!rp_e2_integer(tree, items.value, "ricActionType", &type) || type < 0 || type >= RP_ACTION_TYPE_UNKNOWN)
            type = RP_ACTION_TYPE_UNKNOWN;
        put_action(&subscription->staged, &subscription->n_staged, (struct rp_subscription_action){ id, (uint8_t)type, -1 });
    }
}

static void unstage(struct rp_e2_subscription *subscription)
{
    free(subscription->staged);
    subscription->staged = NULL;
    subscription->n_staged = 0;
}

/** What was staged takes the place of what was there. */
static void take_staged(struct rp_e2_subscription *subscription)
{
    struct rp_subscription *public = &subscription->public;
    free(public->actions);
    public->actions = subscription->staged;
    public->n_actions = subscription->n_staged;
    subscription->staged = NULL;
    subscription->n_staged = 0;
    public->requested_ns = subscription->staged_ns;
    public->requested_frame = subscription->staged_frame;
    public->function = subscription->staged_function;
}

/** A request for an id that is live does not end the subscription: if the node refuses it, the old one goes on. */
static void requested(struct rp_e2_link_private *link, const struct rp_e2_message *message,
                      struct rp_e2_subscription *subscription)
{
    unstage(subscription);
    uint32_t details = rp_e2_ie(message->tree, message->root, RP_E2_IE_SUBSCRIPTION_DETAILS);
    uint32_t list = details == RP_E2_NOWHERE ? 0 : rp_tree_child(message->tree, details, "ricAction-ToBeSetup-List");
    stage_actions(subscription, message->tree, list ? list : RP_E2_NOWHERE);
    subscription->staged_ns = message->sctp->time_ns;
    subscription->staged_frame = message->sctp->frame;
    uint32_t function = rp_e2_ie(message->tree, message->root, RP_E2_IE_RAN_FUNCTION_ID);
    subscription->staged_function = function == RP_E2_NOWHERE ? -1 : message->tree->nodes[function].value.integer;
    enum rp_subscription_state state = subscription->public.state;
    if (state == RP_SUB_LIVE || state == RP_SUB_DELETING)
        return;
    take_staged(subscription);
    renew(link, &subscription->public);
    subscription->public.state = RP_SUB_REQUESTED;
}

/** Sets `admitted` of the actions that a list names. */
static void admit(struct rp_subscription *public, const struct rp_e2_message *message, int64_t ie, int8_t admitted)
{
    struct rp_e2_items items = { .tree = message->tree, .list = rp_e2_ie(message->tree, message->root, ie) };
    int64_t id;
    while (rp_e2_items_next(&items))
        if (rp_e2_integer(message->tree, items.value, "ricActionID", &id))
            put_action(&public->actions, &public->n_actions,
                       (struct rp_subscription_action){ id, RP_ACTION_TYPE_UNKNOWN, admitted });
}

static void answered(struct rp_e2_link_private *link, const struct rp_e2_message *message,
                     struct rp_e2_subscription *subscription)
{
    struct rp_subscription *public = &subscription->public;
    if (subscription->staged) {
        take_staged(subscription);
        renew(link, public);
    } else if (public->state != RP_SUB_REQUESTED) {
        /* the request is not in the capture */
        renew(link, public);
        uint32_t function = rp_e2_ie(message->tree, message->root, RP_E2_IE_RAN_FUNCTION_ID);
        public->function = function == RP_E2_NOWHERE ? -1 : message->tree->nodes[function].value.integer;
    }
    public->state = RP_SUB_LIVE;
    public->answered_ns = message->sctp->time_ns;
    public->answered_frame = message->sctp->frame;
    admit(public, message, RP_E2_IE_ACTIONS_ADMITTED, 1);
    admit(public, message, RP_E2_IE_ACTIONS_NOT_ADMITTED, 0);
}

static void refused(const struct rp_e2_message *message, struct rp_e2_subscription *subscription)
{
    struct rp_subscription *public = &subscription->public;
    unstage(subscription);
    if (public->state != RP_SUB_REQUESTED)
        return;
    public->state = RP_SUB_FAILED;
    public->answered_ns = message->sctp->time_ns;
    public->answered_frame = message->sctp->frame;
}

static void ended(struct rp_subscription *public, int64_t time_ns, uint64_t frame)
{
    public->state = RP_SUB_DELETED;
    public->deleted_ns = time_ns;
    public->deleted_frame = frame;
}

void rp_e2_subscriptions_end(struct rp_e2_link_private *link, int64_t time_ns, uint64_t frame)
{
    for (uint32_t b = 0; link->table && b < RP_E2_BUCKETS; b++)
        for (struct rp_e2_subscription *at = link->table[b]; at; at = at->next_in_bucket) {
            unstage(at);
            if (at->public.state != RP_SUB_DELETED && at->public.state != RP_SUB_FAILED)
                ended(&at->public, time_ns, frame);
        }
}

/** RICsubscriptionModificationResponse (E2AP 8.2.5.2) and ...Confirm (8.2.6.2): the actions that came and went. */
static void modified(const struct rp_e2_message *message, struct rp_e2_subscription *subscription)
{
    struct rp_subscription *public = &subscription->public;
    struct rp_e2_items items = { .tree = message->tree, .list = rp_e2_ie(message->tree, message->root, RP_E2_IE_ACTIONS_ADDED) };
    int64_t id;
    while (rp_e2_items_next(&items)) {
        if (!rp_e2_integer(message->tree, items.value, "ricActionID", &id))
            continue;
        uint8_t type = RP_ACTION_TYPE_UNKNOWN;
        for (uint32_t i = 0; i < subscription->n_staged; i++)
            if (subscription->staged[i].id == id)
                type = subscription->staged[i].type;
        put_action(&public->actions, &public->n_actions, (struct rp_subscription_action){ id, type, 1 });
    }
    admit(public, message, RP_E2_IE_ACTIONS_REMOVED, 0);
    admit(public, message, RP_E2_IE_ACTIONS_CONFIRMED_FOR_REMOVAL, 0);
    unstage(subscription);
}

static void deleting(const struct rp_e2_message *message, struct rp_subscription *public)
{
    if (message->outcome == 0 && public->state != RP_SUB_DELETED)
    public->state = RP_SUB_DELETING;
    else if (message->outcome == 1) ended(public, message->sctp->time_ns, message->sctp->frame);
    else if (message->outcome == 2 && public->state == RP_SUB_DELETING) public->state = RP_SUB_LIVE;
}

enum {
    SETUP = 1,
    RESET = 3,
    SUBSCRIPTION = 8,
    SUBSCRIPTION_DELETE = 9,
    REMOVAL = 13,
    MODIFICATION = 14,
    MODIFICATION_REQUIRED = 15
};

static void update_one(struct rp_e2_link_private *link, const struct rp_e2_message *message,
                       struct rp_e2_subscription *subscription)
{
    switch (message->procedure) {
    case SUBSCRIPTION:
        if (message->outcome == 0)
            requested(link, message, subscription);
        else if (message->outcome == 1)
            answered(link, message, subscription);
        else
            refused(message, subscription);
        break;
    case SUBSCRIPTION_DELETE: deleting(message, &subscription->public); break;
    case MODIFICATION:
        if (message->outcome == 1)
            modified(message, subscription);
        unstage(subscription);
        if (message->outcome == 0)
            stage_actions(subscription, message->tree, rp_e2_ie(message->tree, message->root, RP_E2_IE_ACTIONS_TO_BE_ADDED));
        break;
    case MODIFICATION_REQUIRED:
        if (message->outcome == 1)
            modified(message, subscription);
        break;
    default: break;
    }
}

void rp_e2_subscriptions_update(const struct rp_e2_message *message)
{
    struct rp_e2_link_private *link = (struct rp_e2_link_private *)message->link;
    /* E2AP 8.3.2.2, 8.3.7.2, 8.3.1.1: nothing asked for before goes on after these */
    if (message->outcome == 1 && (message->procedure == RESET || message->procedure == REMOVAL || message->procedure == SETUP)) {
        rp_e2_subscriptions_end(link, message->sctp->time_ns, message->sctp->frame);
        return;
    }
    bool starts = message->procedure == SUBSCRIPTION && message->outcome < 2;
    bool touches = message->procedure == SUBSCRIPTION || message->procedure == SUBSCRIPTION_DELETE ||
                   message->procedure == MODIFICATION || message->procedure == MODIFICATION_REQUIRED;
    int64_t requestor, instance;
    uint32_t id = touches ? rp_e2_ie(message->tree, message->root, RP_E2_IE_REQUEST_ID) : RP_E2_NOWHERE;
    if (!rp_e2_request_id(message->tree, id, &requestor, &instance))
        return;
    struct rp_e2_subscription *subscription =
        starts ? make(link, requestor, instance) : rp_e2_subscription_find(link, requestor, instance);
    if (subscription)
        update_one(link, message, subscription);
}
