/** The names that rules may use: E2AP messages and their IEs, of all editions that a registry has. */
#ifndef RP_NAMES_H
#define RP_NAMES_H

#include <stdbool.h>

#include "codecs/asn1/registry.h"

/** A message type of one edition. */
struct rp_message_type {
    const struct rp_message_type *next; /* of another edition */
    const struct rp_type *type;
};

struct rp_message_name {
    const char *name; /* "RICindication" */
    const struct rp_message_type *types;
};

/** The messages of the sets whose name starts with "e2ap". */
struct rp_names {
    struct rp_arena *arena; /* owner of what follows */
    struct rp_registry *registry;
    struct rp_message_name *messages;
    size_t n_messages, cap;
    const char **editions; /* "e2ap-01.01" ... */
    size_t n_editions;
};

/** Fills `names`, whose arena and registry are set. A set that does not compile is left out. @return false without memory */
bool rp_names_load(struct rp_names *names);

/** @return index in `messages`, or -1. */
int rp_names_find(const struct rp_names *names, const char *name);

/** "e2ap-03.01" -> 301, "02.00" -> 200; -1 when it does not end so. */
int rp_edition_number(const char *name);

#endif
