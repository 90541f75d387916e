#include <stdio.h>
#include <string.h>

#include "harness/e2/ies.h"
#include "harness/e2/private.h"

enum { MAX_CONTESTS = 256 };

/** Names the messages of an edition by outcome and procedure code, from the object set that the PDU's open types are chosen by.
 */
static void name_messages(struct rp_e2_edition *edition)
{
    for (uint16_t outcome = 0; outcome < 3 && outcome < edition->pdu->n_slots; outcome++) {
        const struct rp_type *wrapper = edition->pdu->slots[outcome].type;
        if (wrapper->kind != RP_SEQUENCE || wrapper->n_slots < 3 || !wrapper->slots[2].set)
            continue;
        const struct rp_slot *value = &wrapper->slots[2];
        for (uint32_t i = 0; i < value->set->n_objects; i++) {
            const struct rp_object *object = &value->set->objects[i];
            const struct rp_slot *slot = &object->fields[value->set_field].slot;
            if (object->key >= 0 && object->key < RP_E2_PROCEDURES && slot->type)
                edition->message[outcome][object->key] = slot->name;
        }
    }
}

static bool add_edition(struct rp_e2_session *session, const char *set)
{
    struct rp_e2_edition *edition = &session->editions[session->n_editions];
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    edition->set = set;
    edition->schema = rp_registry_set(session->registry, set, &diags);
    edition->pdu = edition->schema ? rp_schema_type(edition->schema, "E2AP-PDU") : NULL;
    rp_arena_free(&arena);
    if (!edition->pdu || edition->pdu->kind != RP_CHOICE)
        return false;
    name_messages(edition);
    session->n_editions++;
    return true;
}

bool rp_e2_editions_init(struct rp_e2_session *session, const struct rp_e2_options *options)
{
    if (options && options->e2ap) {
        session->edition_forced = true;
        return add_edition(session, options->e2ap);
    }
    size_t n = 0;
    const char *const *names = rp_registry_names(session->registry, &n);
    for (size_t i = n; i-- > 0 && session->n_editions < RP_E2_MAX_EDITIONS;)
        if (!strncmp(names[i], "e2ap-", 5))
            add_edition(session, names[i]);
    return session->n_editions > 0;
}

static struct rp_e2_fit decode(struct rp_e2_session *session, uint32_t edition, const struct rp_sctp_message *sctp,
                               struct rp_arena *arena, struct rp_tree *tree, struct rp_diags *diags)
{
    rp_arena_reset(arena);
    rp_diags_clear(diags);
    diags->arena = arena;
    bool read = rp_per_decode(session->editions[edition].pdu, RP_ALIGNED, sctp->octets, sctp->len, arena, tree, diags);
    struct rp_e2_fit fit = { read ? diags->worst : RP_TRANSFER, diags->count };
    return fit;
}

struct rp_e2_fit rp_e2_decode(struct rp_e2_session *session, uint32_t edition, const struct rp_sctp_message *sctp)
{
    return decode(session, edition, sctp, &session->arena, &session->tree, &session->diags);
}

static bool fits_better(struct rp_e2_fit a, struct rp_e2_fit b)
{
    return a.worst < b.worst || (a.worst == b.worst && a.count < b.count);
}

uint32_t rp_e2_best_edition(struct rp_e2_session *session, const struct rp_sctp_message *sctp, struct rp_e2_fit *fit)
{
    uint32_t best = 0;
    for (uint32_t e = 0; e < session->n_editions; e++) {
        struct rp_tree tree;
        struct rp_e2_fit now = decode(session, e, sctp, &session->trial, &tree, &session->trial_diags);
        if (!e || fits_better(now, *fit)) {
            best = e;
            *fit = now;
        }
    }
    return best;
}

/** "02.03" of "e2ap-02.03". */
static const char *edition_name(const struct rp_e2_session *session, uint32_t e)
{
    return session->editions[e].set + (strncmp(session->editions[e].set, "e2ap-", 5) ? 0 : 5);
}

static void explain(const struct rp_e2_session *session, struct rp_e2_link_private *link)
{
    if (session->edition_forced) {
        snprintf(link->why, sizeof link->why, "forced");
        return;
    }
    uint32_t fits = 0;
    size_t at = 0;
    char list[RP_E2_WHY / 2] = "";
    for (uint32_t e = session->n_editions; e-- > 0;)
        if (!link->bad[e]) {
            int n = snprintf(list + at, sizeof list - at, "%s%s", fits++ ? ", " : "", edition_name(session, e));
            at = n > 0 && at + (size_t)n < sizeof list ? at + (size_t)n : at;
        }
    if (!fits)
        snprintf(link->why, sizeof link->why, "no edition reads all of it without a finding; this one is nearest");
    else if (fits == 1)
        snprintf(link->why, sizeof link->why, "it alone reads all of it without a finding");
    else
        snprintf(link->why, sizeof link->why, "the newest of %s, which read all of it without a finding", list);
}

static void take(struct rp_e2_session *session, struct rp_e2_link_private *link, uint32_t edition)
{
    link->edition = edition;
    link->public.e2ap = session->editions[edition].schema;
}

/** Notes how each edition fares with a message. */
static void tally(struct rp_e2_session *session, struct rp_e2_link_private *link, const struct rp_sctp_message *sctp,
                  bool sound[RP_E2_MAX_EDITIONS])
{
    for (uint32_t e = 0; e < session->n_editions; e++) {
        struct rp_tree tree;
        struct rp_e2_fit fit = decode(session, e, sctp, &session->trial, &tree, &session->trial_diags);
        sound[e] = fit.worst <= RP_NOTE;
        link->bad[e] += !sound[e];
    }
    explain(session, link);
}

void rp_e2_take_edition(struct rp_e2_session *session, struct rp_e2_link_private *link, const struct rp_sctp_message *sctp,
                        bool new_kind)
{
    bool sound[RP_E2_MAX_EDITIONS];
    if (!link->public.e2ap) {
        struct rp_e2_fit fit = { 0 };
        take(session, link, rp_e2_best_edition(session, sctp, &fit));
        tally(session, link, sctp, sound);
        rp_e2_decode(session, link->edition, sctp);
        return;
    }
    struct rp_e2_fit fit = rp_e2_decode(session, link->edition, sctp);
    if (session->n_editions < 2 || (fit.worst <= RP_NOTE && !new_kind) || link->contests >= MAX_CONTESTS)
        return;
    link->contests += !new_kind;
    tally(session, link, sctp, sound);
    if (fit.worst <= RP_NOTE || !new_kind)
        return;
    uint32_t best = link->edition;
    for (uint32_t e = 0; e < session->n_editions; e++)
        if (sound[e] && link->bad[e] < link->bad[best])
            best = e;
    if (best == link->edition)
        return;
    take(session, link, best);
    explain(session, link);
    rp_e2_decode(session, best, sctp);
}

const char *rp_e2_message_name(struct rp_e2_session *session, int outcome, int64_t procedure)
{
    if (outcome < 0 || outcome > 2 || procedure < 0 || procedure >= RP_E2_PROCEDURES)
        return NULL;
    for (uint32_t e = 0; e < session->n_editions; e++)
        if (session->editions[e].message[outcome][procedure])
            return session->editions[e].message[outcome][procedure];
    return NULL;
}
