/** Quick reading of the few IEs that a session itself needs. */
#ifndef RP_E2_IES_H
#define RP_E2_IES_H

#include "codecs/tree.h"

/** IE ids, the same in every edition (E2AP 9.3.7). */
enum rp_e2_ie {
    RP_E2_IE_RAN_FUNCTION_ID = 5,
    RP_E2_IE_FUNCTIONS_ACCEPTED = 9,
    RP_E2_IE_FUNCTIONS_ADDED = 10,
    RP_E2_IE_FUNCTIONS_DELETED = 11,
    RP_E2_IE_FUNCTIONS_MODIFIED = 12,
    RP_E2_IE_FUNCTIONS_REJECTED = 13,
    RP_E2_IE_ACTIONS_ADMITTED = 17,
    RP_E2_IE_ACTIONS_NOT_ADMITTED = 18,
    RP_E2_IE_REQUEST_ID = 29,
    RP_E2_IE_SUBSCRIPTION_DETAILS = 30,
    RP_E2_IE_ACTIONS_TO_BE_ADDED = 69,
    RP_E2_IE_ACTIONS_REMOVED = 71,
    RP_E2_IE_ACTIONS_ADDED = 79,
    RP_E2_IE_ACTIONS_CONFIRMED_FOR_REMOVAL = 91
};

enum { RP_E2_NOWHERE = UINT32_MAX };

/** The value of the first IE with this id in the message at `root`. @return its node, RP_E2_NOWHERE when absent or unknown */
uint32_t rp_e2_ie(const struct rp_tree *tree, uint32_t root, int64_t id);

/** A list of single-IE containers, or of IEs: zero-initialise, set `tree` and `list`. */
struct rp_e2_items {
    const struct rp_tree *tree;
    uint32_t list, at;
    uint32_t value; /* the present item's value */
    int64_t id;     /* and its IE id */
};

/** Steps to the next item whose value could be read. @return false at the end, and for a list that is RP_E2_NOWHERE */
bool rp_e2_items_next(struct rp_e2_items *items);

/** An INTEGER or ENUMERATED component of a SEQUENCE. @return false when absent, or of another kind */
bool rp_e2_integer(const struct rp_tree *tree, uint32_t node, const char *component, int64_t *value);

/** The value of the IE RICrequestID at `node`, its two leading components. */
bool rp_e2_request_id(const struct rp_tree *tree, uint32_t node, int64_t *requestor, int64_t *instance);

/** IEs of the message at `root`: how many this edition knows, and how many it does not. */
void rp_e2_count_ies(const struct rp_tree *tree, uint32_t root, uint32_t *known, uint32_t *unknown);

#endif
