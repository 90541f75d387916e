/** What the files of a session share. Nothing outside harness/e2 includes this. */
#ifndef RP_E2_PRIVATE_H
#define RP_E2_PRIVATE_H

#include "codecs/diag.h"
#include "codecs/per/per.h"
#include "harness/e2/models.h"
#include "harness/e2/session.h"

enum {
    RP_E2_MAX_EDITIONS = 12,
    RP_E2_MAX_LINKS = 1 << 14,
    RP_E2_MAX_FUNCTIONS = 1 << 16,     /* of all links together */
    RP_E2_MAX_SUBSCRIPTIONS = 1 << 18, /* likewise */
    RP_E2_BUCKETS = 1 << 10,           /* of the tables of associations and subscriptions, powers of two */
    RP_E2_WHY = 160
};

/** One E2AP edition. Compiled when first needed. */
struct rp_e2_edition {
    const char *set; /* "e2ap-03.01" */
    const struct rp_schema *schema;
    const struct rp_type *pdu;                /* NULL: does not compile */
    const char *message[3][RP_E2_PROCEDURES]; /* by outcome and procedure code */
};

/** How well octets fit an edition; better ones compare lower. */
struct rp_e2_fit {
    enum rp_grade worst;
    uint32_t count;
};

/** A RAN function that a message in hand offers, or that was never offered. */
struct rp_e2_function {
    struct rp_ran_function public; /* what handlers see */
    struct rp_e2_choice choice;
    uint32_t node; /* its RANfunctionDefinition in the message in hand */
};

/** A subscription as kept: chained in its link's table, and in the order in which all were made. */
struct rp_e2_subscription {
    struct rp_subscription public; /* first */
    struct rp_e2_subscription *next_in_bucket;
    struct rp_subscription_action *staged; /* of a request or modification not yet answered */
    uint32_t n_staged;
    int64_t staged_ns;
    uint64_t staged_frame;
    int64_t staged_function;
};

/** What a RICserviceUpdate asked for, until it is answered. */
struct rp_e2_change {
    enum { RP_E2_ADD, RP_E2_MODIFY, RP_E2_DELETE } what;
    struct rp_e2_function function;
};

/** A link as kept. */
struct rp_e2_link_private {
    struct rp_e2_link public; /* first */
    struct rp_e2_session *session;
    uint32_t ppid;    /* of the message that made it a link */
    uint32_t edition; /* index in the session's editions */
    uint32_t bad[RP_E2_MAX_EDITIONS];
    uint32_t contests;
    char why[RP_E2_WHY];
    struct rp_e2_choice *choices; /* beside public.functions */
    uint32_t cap_functions, last_function;
    struct rp_e2_change *changes;
    uint32_t n_changes;
    struct rp_e2_subscription **table;
    struct rp_e2_function *guesses; /* functions never offered in the capture */
    uint32_t n_guesses;
};

/** An association: its link, or how often it was tried in vain. */
struct rp_e2_association {
    struct rp_e2_association *next;
    uint32_t id, tries;
    struct rp_e2_link_private *link;
};

/** A payload's storage, kept from message to message. */
struct rp_e2_slot {
    struct rp_tree tree;
    struct rp_diags diags;
};

struct rp_e2_session {
    struct rp_registry *registry;
    struct rp_e2_handler handler;
    struct rp_e2_models *models;
    bool edition_forced;
    struct rp_e2_edition editions[RP_E2_MAX_EDITIONS]; /* newest first */
    uint32_t n_editions;
    struct rp_arena arena, trial, inside; /* of the message, of other editions' attempts, of payloads */
    struct rp_diags diags, trial_diags;
    struct rp_tree tree;
    struct rp_e2_association *buckets[RP_E2_BUCKETS], *last;
    struct rp_e2_link_private **links;
    size_t n_links, cap_links;
    uint64_t n_functions, n_subscriptions;
    uint32_t serial;
    struct rp_e2_counts counts;
    uint32_t number;
    struct rp_e2_function *offered; /* by the message in hand, in its arena */
    uint32_t n_offered;
    struct rp_e2_payload *payloads;
    struct rp_e2_slot **slots; /* each stays where it is: trees and findings are pointed at */
    size_t n_payloads, cap_payloads;
    bool payloads_ready;
    const struct rp_e2_message *message; /* in hand */
};

/* detect.c */

/** Whether octets have the first octets of an E2AP PDU: type of message, a known procedure code, criticality, a length that fits.
 */
bool rp_e2_looks_like(const uint8_t *octets, size_t len);

/** Whether an SCTP message makes its association a link; decodes it in the way. @param edition  the one that fits best */
bool rp_e2_detect(struct rp_e2_session *session, struct rp_e2_association *association, const struct rp_sctp_message *sctp);

/** Whether a message on a link is of the link, by its PPID and content: decoded or refused, but not other traffic. */
bool rp_e2_belongs(struct rp_e2_session *session, struct rp_e2_link_private *link, const struct rp_sctp_message *sctp);

/* editions.c */

/** Lists the editions. @return false without memory or when the forced one is not there */
bool rp_e2_editions_init(struct rp_e2_session *session, const struct rp_e2_options *options);

/** Decodes into session->tree. @return the fit; `worst` is RP_TRANSFER when the bits could not be read to the end */
struct rp_e2_fit rp_e2_decode(struct rp_e2_session *session, uint32_t edition, const struct rp_sctp_message *sctp);

/** Decodes in each edition. @return index of the one that fits best, newest first */
uint32_t rp_e2_best_edition(struct rp_e2_session *session, const struct rp_sctp_message *sctp, struct rp_e2_fit *fit);

/** Settles which edition a message is judged in, and leaves session->tree and diags decoded in it. */
void rp_e2_take_edition(struct rp_e2_session *session, struct rp_e2_link_private *link, const struct rp_sctp_message *sctp,
                        bool new_kind);

/* functions.c */

/** Finds what a setup or service update offers, with models chosen by OID and definition. Before handlers run. */
void rp_e2_functions_offered(struct rp_e2_session *session, const struct rp_e2_message *message);

/** Index of a function in the link's list, or link->public.n_functions. */
uint32_t rp_e2_function_find(struct rp_e2_link_private *link, int64_t id);

/** A function that no setup in the capture offered: its octets can be read when a model is forced. NULL without room */
struct rp_e2_function *rp_e2_function_guess(struct rp_e2_link_private *link, int64_t id);

/** Takes over what a message means for the functions. After handlers ran. */
void rp_e2_functions_update(struct rp_e2_session *session, const struct rp_e2_message *message);

void rp_e2_functions_clear(struct rp_e2_link_private *link);

/* subscriptions.c */

struct rp_e2_subscription *rp_e2_subscription_find(const struct rp_e2_link_private *link, int64_t requestor, int64_t instance);

/** Takes over what a message means for the subscriptions. After handlers ran. */
void rp_e2_subscriptions_update(const struct rp_e2_message *message);

/** All that live end: reset, removal, a new setup, the end of the association. */
void rp_e2_subscriptions_end(struct rp_e2_link_private *link, int64_t time_ns, uint64_t frame);

void rp_e2_subscriptions_free(struct rp_e2_link_private *link);

#endif
