/** An E2 interface as seen on the wire, live or captured: which SCTP associations carry E2AP, who is who, which editions are
 *  spoken, which RAN functions and subscriptions exist. Turns SCTP messages into decoded E2AP messages for the rules. */
#ifndef RP_E2_SESSION_H
#define RP_E2_SESSION_H

#include <stdbool.h>

#include "codecs/asn1/registry.h"
#include "codecs/tree.h"
#include "harness/capture/capture.h"

enum rp_role { RP_ROLE_UNKNOWN, RP_ROLE_E2NODE, RP_ROLE_RIC };

/** What the bench file or the command line forces. Zero = find out. */
struct rp_e2_options {
    const char *e2ap;      /* set name, "e2ap-03.01" */
    const char *const *sm; /* set names, "e2sm-kpm-03.00", one a service model */
    size_t n_sm;
};

/** What a RAN function is, from E2setupRequest and RICserviceUpdate. */
enum rp_function_state { RP_FUNCTION_OFFERED, RP_FUNCTION_ACCEPTED, RP_FUNCTION_REJECTED, RP_FUNCTION_DELETED };

struct rp_ran_function {
    int64_t id, revision;
    char oid[64]; /* as sent, cut; "" in E2AP 01.01 unless the definition tells */
    enum rp_function_state state;
    uint64_t frame;                /* where it was offered last */
    const struct rp_schema *model; /* service model edition taken for its octets, or NULL (unknown OID, not ASN.1) */
    const char *model_why;         /* "OID 1.3.6.1.4.1.53148.1.2.2.2, newest of 02.03, 03.00, 04.00 that fits" */
};

enum { RP_ACTION_TYPE_UNKNOWN = 255 };

enum rp_subscription_state { RP_SUB_REQUESTED, RP_SUB_LIVE, RP_SUB_FAILED, RP_SUB_DELETING, RP_SUB_DELETED };

struct rp_subscription_action {
    int64_t id;
    uint8_t type;    /* item of RICactionType: 0 report, 1 insert, 2 policy; RP_ACTION_TYPE_UNKNOWN: request not in the capture */
    int8_t admitted; /* 1 admitted, 0 not admitted, -1 not answered yet */
};

struct rp_subscription {
    uint32_t serial; /* unique in the session, from 1 */
    int64_t requestor, instance, function;
    enum rp_subscription_state state;
    int64_t requested_ns, answered_ns, deleted_ns;
    uint64_t requested_frame, answered_frame, deleted_frame;
    uint32_t n_actions;
    struct rp_subscription_action *actions;
};

enum { RP_E2_PROCEDURES = 32 }; /* procedure codes counted apart; higher ones share the last place */

/** One association that carries E2AP. */
struct rp_e2_link {
    uint32_t id;                                   /* from 0 */
    const struct rp_sctp_association *association; /* NULL once it is gone */
    int8_t node_side;                              /* endpoint index of the E2 node; -1 not known yet */
    const struct rp_schema *e2ap;                  /* edition taken */
    const char *e2ap_why;                          /* "forced", "fits 02.00 to 03.01; the newest is taken" ... */
    uint64_t first_frame, messages;
    struct rp_ran_function *functions;
    uint32_t n_functions;
    char endpoint[2][RP_SCTP_NAME_MAX]; /* first address of each end; outlives the association */
    const char *file;                   /* capture that it is in */
    uint64_t last_frame, refused;
    int64_t first_ns, last_ns;
    uint64_t counts[3][RP_E2_PROCEDURES]; /* messages by outcome and procedure code */
    uint64_t subscriptions;               /* made so far */
    bool setup_seen;                      /* an E2 setup was read: the list of functions is the node's own */
};

/** One E2AP message, or octets that looked like one and could not be read. Valid during the call. */
struct rp_e2_message {
    uint32_t number; /* from 1, in the session */
    struct rp_e2_link *link;
    const struct rp_sctp_message *sctp; /* frame, time, stream, ppid, octets */
    enum rp_role from;
    const char *name;                           /* "RICindication"; NULL when the message type could not be found out */
    uint8_t outcome;                            /* 0 initiating, 1 successful, 2 unsuccessful */
    int64_t procedure;                          /* code, -1 unknown */
    const struct rp_tree *tree;                 /* n_nodes 0 when nothing could be read */
    uint32_t root;                              /* node of the message (container of protocolIEs) in the tree */
    const struct rp_diags *diags;               /* the decoder's findings */
    const struct rp_subscription *subscription; /* that its RICrequestID names, state as before this message; or NULL */
    const struct rp_ran_function *function;     /* that its RANfunctionID names, or NULL */
};

/** A service-model payload of a message: an OCTET STRING that was decoded in place. */
struct rp_e2_payload {
    uint32_t node; /* the OCTET STRING in the message's tree */
    const struct rp_ran_function *function;
    const struct rp_type *type;   /* "E2SM-KPM-IndicationMessage" of the edition taken; NULL when no model is known */
    const struct rp_tree *tree;   /* what was read */
    const struct rp_diags *diags; /* findings, bits counted from the start of the OCTET STRING */
    const char *other_edition;    /* when this edition does not read it: set name of one that does without a finding, or NULL */
    const char *markers_last; /* when none does: set name of one that does with its extension markers moved to the end of their
                                 CHOICEs, as some stacks' ASN.1 has them; or NULL */
};

struct rp_e2_session;

struct rp_e2_handler {
    void *context;
    void (*link)(void *, const struct rp_e2_link *); /* a new link was found */
    void (*message)(void *, const struct rp_e2_message *);
    void (*event)(void *, const struct rp_e2_link *, const struct rp_capture_event *); /* SCTP events of a link */
};

struct rp_e2_session *rp_e2_session_new(struct rp_registry *registry, const struct rp_e2_options *options,
                                        const struct rp_e2_handler *handler);
void rp_e2_session_free(struct rp_e2_session *session);

/** Feeds one SCTP message. Those that are not E2AP are passed over and counted (NGAP, F1AP ... share captures with E2). */
void rp_e2_session_message(struct rp_e2_session *session, const struct rp_sctp_message *message);
void rp_e2_session_event(struct rp_e2_session *session, const struct rp_capture_event *event);

/** The payloads of the message being handled: decoded when first asked for, kept until the next message.
 *  @return their number */
size_t rp_e2_payloads(struct rp_e2_session *session, const struct rp_e2_message *message, const struct rp_e2_payload **payloads);

/** The links found so far, in order; owned by the session. */
const struct rp_e2_link *const *rp_e2_session_links(const struct rp_e2_session *session, size_t *n);

/** Name of a message by the newest edition that has it: outcome 0 to 2, procedure code. NULL when none has it. */
const char *rp_e2_message_name(struct rp_e2_session *session, int outcome, int64_t procedure);

struct rp_e2_counts {
    uint64_t pdus, refused, other_messages; /* E2AP PDUs decoded; refused; SCTP messages that are something else */
    uint32_t links;
    uint64_t payloads,
        payloads_refused; /* service-model octets decoded; of these, those that no bits could be read from to the end */
    uint64_t dropped;     /* links, functions and subscriptions not kept, for want of room */
};
void rp_e2_session_counts(const struct rp_e2_session *session, struct rp_e2_counts *counts);

#endif
