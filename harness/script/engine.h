/** What the parts of the rule engine share. Private to harness/script. */
#ifndef RP_SCRIPT_ENGINE_H
#define RP_SCRIPT_ENGINE_H

#include "harness/script/lua_state.h"
#include "harness/script/names.h"
#include "harness/script/rules.h"

/** Events that are not messages. The messages follow them in rp_rules.listeners: RP_ON_EVENTS + index in names.messages. */
enum rp_on {
    RP_ON_ANY, /* "*": every decoded message; as a list, of messages that names.messages does not have */
    RP_ON_REFUSED,
    RP_ON_FINDING,
    RP_ON_PAYLOAD,
    RP_ON_PAYLOAD_FINDING,
    RP_ON_LINK,
    RP_ON_UP,
    RP_ON_SHUTDOWN,
    RP_ON_ABORT,
    RP_ON_RESTART,
    RP_ON_LOST,
    RP_ON_END,
    RP_ON_EVENTS
};
extern const char *const rp_on_names[RP_ON_EVENTS]; /* "*", "@refused" ... */
extern const char *const rp_err_names[RP_EIO + 1];  /* "OK", "EEND" ... of enum rp_err */

/** One loaded rule. */
struct rp_rule {
    struct rp_rule_result result;
    const struct rp_rule_source *source;
    uint32_t index; /* in rp_rules.rules */
    uint32_t *on;   /* n_on indexes into rp_rules.listeners */
    size_t n_on;
    uint32_t grades, errs;      /* masks that narrow @finding and @payload-finding; 0 = all */
    int edition_lo, edition_hi; /* numbers as of rp_edition_number; all: 0 and INT_MAX */
    const char *editions;       /* "02.00 and later", or NULL */
    uint8_t judged;             /* mask of 1 << enum rp_role */
    bool should;
    bool steady;            /* judges like indications alike, see steady.h */
    uint32_t spoken;        /* how often it said something while steady */
    bool needs_all;         /* its findings rest on what was not seen */
    int open_ref, self_ref; /* its function; the `r` handed to it */

    uint64_t called;           /* events that it was called for */
    const char *other_e2ap;    /* set name of a link with its events that its editions excluded, or NULL */
    const char *not_concerned; /* its own first reason for returning false, or NULL */
    bool inconclusive, failed, warned;
    struct rp_finding *last;   /* of result.findings */
    struct rp_finding *recent; /* the one that the newest evidence was folded into */
    uint32_t distinct;
    const char *what[8]; /* options `what` of its r:pending so far */
};

/** What the engine knows of a link. */
struct rp_link_state {
    const struct rp_e2_link *link;
    uint32_t id;
    int states;               /* by rule: reference of the table of r:state, or LUA_NOREF */
    struct rp_steady *steady; /* RP_STEADY of them, or NULL */
    uint64_t epoch;           /* messages and events other than RICindication so far */
    int table;                /* reference of m.link, or LUA_NOREF */
    uint64_t functions_print; /* what m.link.functions was made from */
    const struct rp_schema *table_e2ap;
    int8_t table_side; /* node_side of the link that m.link was made from */
    bool midway;       /* the capture begins after the association */
    bool lost;
    bool unread;       /* a message could not be read */
    int64_t unread_ns; /* the newest one */
    bool gone;
    int64_t lost_ns;  /* the newest loss */
    int64_t ended_ns; /* SHUTDOWN, ABORT ...; INT64_MAX: not yet */
    char endpoint[2][RP_SCTP_NAME_MAX];
};

/** A value that rules can look into: of m, an item or a payload in Lua. */
struct rp_view {
    const struct rp_tree *tree; /* NULL: nothing */
    uint32_t node;
    const struct rp_type *type;          /* of that node */
    uint64_t serial;                     /* event that it belongs to */
    const struct rp_e2_payload *payload; /* of a payload and its items, else NULL */
    bool item;
};

/** The event being handled. */
struct rp_now {
    const struct rp_e2_message *message;  /* or NULL */
    const struct rp_capture_event *event; /* or NULL */
    const struct rp_diag *diag;           /* of @refused, @finding, @payload-finding */
    const struct rp_e2_payload *payload;  /* of @payload, @payload-finding */
    size_t payload_place;                 /* its number in the message */
    const char *name;                     /* "@finding" ...; NULL: the message itself */
    struct rp_link_state *link;
    enum rp_role from;
    int64_t time_ns;
    uint64_t frame;
    uint64_t serial;
};

/** Places on the Lua stack between calls. */
enum rp_place {
    RP_AT_HANDLER = 1, /* message handler of calls */
    RP_AT_M,
    RP_AT_MESSAGE, /* functions of dispatch.lua */
    RP_AT_RUN,
    RP_AT_WHERE,
    RP_AT_FORGET,
    RP_AT_TURN,
    RP_AT_STATE_OF,
    RP_AT_ROLES, /* the names of enum rp_role */
    RP_AT_LAST = RP_AT_ROLES + 2
};

/** The rules that listen to one name on links of one edition, ready to be run. */
struct rp_plan {
    struct rp_plan *next;
    const struct rp_schema *e2ap;
    size_t list; /* in rp_rules.listeners */
    int ref;     /* its table for dispatch.lua */
    uint32_t n;
    struct rp_rule **rule;
    uint64_t *called;      /* by rule, besides `runs` */
    uint64_t *unconcerned; /* by rule, besides what its table counts */
    uint64_t runs;         /* of all its rules */
    int no_ref;            /* the list `no` of its table */
    struct rp_plan *busy;  /* of RICindication: its rules that are not steady; NULL: all are */
};

/** An indication that the steady rules of a plan had nothing to say about. */
struct rp_steady {
    uint64_t print;       /* of all that they judge by */
    struct rp_plan *plan; /* NULL: none */
    uint64_t unconcerned; /* mask of its rules that it did not concern */
    uint64_t repeats;     /* indications like it since */
};

enum { RP_ASKED = 64 };

/** A question about m whose answer is kept: see asked.h. */
struct rp_asked {
    const struct rp_path *path;
    uint8_t kind, table;
    bool absent; /* of a field: it is nil */
};

enum { RP_PAYLOADS = 16 };

/** The Lua object of the n-th payload of a message, to be used again while it is of the same kind. */
struct rp_payload_object {
    int table;            /* reference; 0: none yet */
    struct rp_view *view; /* in it */
    const struct rp_type *type;
    const struct rp_ran_function *function;
    uint64_t functions; /* rp_rules.functions when it was made */
    const char *other_edition, *markers_last;
    bool readable;
};

enum { RP_NAME_CACHE = 64 };

/** The plan of a message name, by the address of the name. */
struct rp_name_cached {
    const char *name;
    const struct rp_schema *e2ap;
    struct rp_plan *plan;
};

struct rp_listeners {
    struct rp_rule **rule;
    size_t n;
};

enum { RP_STEADY = 64, RP_STEADY_RULES = 64 }; /* indications kept for a link; rules in a plan that has such */

struct rp_pendings;
struct rp_doubt;
struct rp_paths;
struct rp_path;

enum { RP_SHOWN = 1024 }; /* subscriptions whose tables are kept */

/** The Lua table of a subscription, to be used again while nothing in it changes. */
struct rp_shown {
    uint32_t serial; /* 0: none yet */
    int table;
    uint64_t print;
};

struct rp_rules {
    lua_State *lua;
    struct rp_lua_box box;
    struct rp_arena arena; /* rules, names, findings */
    struct rp_registry *registry;
    struct rp_e2_session *session;
    int64_t slack_ns;
    struct rp_names names;
    struct rp_rule *rules; /* by id */
    size_t n_rules;
    struct rp_listeners *listeners; /* RP_ON_EVENTS + names.n_messages lists */
    struct rp_link_state **links;
    size_t n_links, cap_links;
    struct rp_pendings *pendings;
    struct rp_doubt *doubts, **newest_doubt; /* findings kept back, oldest first; where the next one goes */
    struct rp_paths *paths;
    struct rp_shown shown_subscriptions[RP_SHOWN];
    struct rp_name_cached name_cache[RP_NAME_CACHE];
    struct rp_payload_object payload_objects[RP_PAYLOADS];
    uint64_t functions; /* counts changes of any link's RAN functions */
    struct rp_now now;
    bool plain;                                          /* m shows a message, and nothing of an event, a finding or a payload */
    struct rp_view message_view;                         /* what m shows */
    const void *message_table;                           /* m */
    int message_ref, forget_ref, turn_ref, state_of_ref; /* for functions in C, which don't see the places of enum rp_place */
    struct rp_asked asked[RP_ASKED];
    uint32_t n_asked;
    struct rp_plan *plans;
    size_t wanted;             /* list whose plan is to be made */
    uint64_t steady_said;      /* findings, pending answers and the like of steady rules */
    bool plans_stale;          /* a rule is steady no longer */
    uint64_t shown;            /* serial of the message or event that m shows */
    int64_t origin_ns;         /* m.time counts from here; INT64_MIN: nothing seen yet */
    uint64_t messages, events; /* handled */
    uint64_t payloads;         /* of a known type, looked at */
    bool finished, broken;     /* broken: no memory left for Lua */
    struct rp_rule_result *results;
    struct rp_verdicts verdicts;
    void (*watch)(void *context, const struct rp_rule_result *rule, const struct rp_finding *finding); /* or NULL */
    void *watch_context;
};

#endif
