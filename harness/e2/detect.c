#include "harness/e2/ies.h"
#include "harness/e2/private.h"

enum { MAX_TRIES = 64, LAST_PROCEDURE = 25 /* E2AP 08.00 has codes up to here */ };

/** Payload protocol identifiers of 3GPP and O-RAN (IANA): 70 to 72 are E2's, 0 says nothing. */
static bool says_e2(uint32_t ppid)
{
    return ppid >= 70 && ppid <= 72;
}

/** Ports that E2 nodes and RICs are known to use by default. */
static bool is_e2_port(const struct rp_sctp_association *association)
{
    for (int side = 0; side < 2; side++)
        if (association->endpoint[side].port == 36421 || association->endpoint[side].port == 37464)
            return true;
    return false;
}

bool rp_e2_looks_like(const uint8_t *octets, size_t len)
{
    if (len < 4 || (octets[0] & 0x1f) || octets[0] > 0x40 || !octets[1] || octets[1] > LAST_PROCEDURE || (octets[2] & 0x3f) ||
        octets[2] > 0x80)
        return false;
    /* general length determinant (X.691 (02/2021) 11.9.3.5 to 11.9.3.8) */
    if (octets[3] < 0x80)
        return (size_t)octets[3] + 4 <= len;
    if (octets[3] < 0xc0)
        return len >= 5 && ((size_t)(octets[3] & 0x3f) << 8 | octets[4]) + 5 <= len;
    return octets[3] <= 0xc4 && (size_t)(octets[3] & 7) * 16384 + 4 <= len;
}

/** Whether what was read looks made for this edition: IEs that the message has, and if there are others, all that it must have.
 *  NGAP, F1AP and their kin share the first octets and procedure codes, not the IE ids. */
static bool is_plausible(const struct rp_tree *tree, const struct rp_diags *diags)
{
    uint32_t root = tree->n_nodes > 4 ? 4 : 0, known, unknown, missing = 0;
    rp_e2_count_ies(tree, root, &known, &unknown);
    for (const struct rp_diag *diag = diags->first; diag; diag = diag->next)
        missing += diag->err == RP_EMISSING;
    return known && (!unknown || (!missing && known > unknown));
}

bool rp_e2_detect(struct rp_e2_session *session, struct rp_e2_association *association, const struct rp_sctp_message *sctp)
{
    bool ours = says_e2(sctp->ppid);
    if (!ours && (association->tries >= MAX_TRIES || !rp_e2_looks_like(sctp->octets, sctp->len)))
        return false;
    association->tries++;
    struct rp_e2_fit fit = { 0 };
    uint32_t best = rp_e2_best_edition(session, sctp, &fit);
    if (ours)
        return sctp->ppid == 70 || fit.worst < RP_TRANSFER;
    if (fit.worst == RP_TRANSFER)
        return sctp->ppid == 0 && is_e2_port(sctp->association);
    rp_e2_decode(session, best, sctp);
    /* a PPID that belongs to another application wants better evidence */
    return is_plausible(&session->tree, &session->diags) && (sctp->ppid == 0 || fit.worst <= RP_NOTE);
}

bool rp_e2_belongs(struct rp_e2_session *session, struct rp_e2_link_private *link, const struct rp_sctp_message *sctp)
{
    if (sctp->ppid == link->ppid || sctp->ppid == 0 || says_e2(sctp->ppid))
        return true;
    if (!rp_e2_looks_like(sctp->octets, sctp->len))
        return false;
    return rp_e2_decode(session, link->edition, sctp).worst <= RP_NOTE && is_plausible(&session->tree, &session->diags);
}
