#include "codecs/asn1/oid.h"

#include <stdio.h>
#include <string.h>

#include "codecs/asn1/parser.h"

/* Names of arcs that need no number (X.660 annex A): parent 3 = the root. */
static const struct {
    const char *name;
    uint8_t parent, arc;
} known[] = {
    { "itu-t", 3, 0 },
    { "ccitt", 3, 0 },
    { "iso", 3, 1 },
    { "joint-iso-itu-t", 3, 2 },
    { "joint-iso-ccitt", 3, 2 },
    { "recommendation", 0, 0 },
    { "question", 0, 1 },
    { "administration", 0, 2 },
    { "network-operator", 0, 3 },
    { "identified-organization", 0, 4 },
    { "standard", 1, 0 },
    { "registration-authority", 1, 1 },
    { "member-body", 1, 2 },
    { "identified-organization", 1, 3 },
};

static bool known_arc(const struct rp_oid *oid, const char *name, uint64_t *arc)
{
    if (oid->n > 1)
        return false;
    uint64_t parent = oid->n ? oid->arcs[0] : 3;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i].parent == parent && strcmp(known[i].name, name) == 0) {
            *arc = known[i].arc;
            return true;
        }
    }
    return false;
}

static bool append(struct rp_asn1 *c, const struct rp_token *at, struct rp_oid *oid, uint64_t arc)
{
    if (oid->n == RP_OID_MAX_ARCS) {
        rp_asn1_error(c, at, "more than %d arcs", RP_OID_MAX_ARCS);
        return false;
    }
    oid->arcs[oid->n++] = arc;
    return true;
}

static bool append_number(struct rp_asn1 *c, const struct rp_token *token, struct rp_oid *oid)
{
    uint64_t arc = 0;
    for (uint32_t i = 0; i < token->len; i++) {
        uint64_t digit = (uint64_t)(token->at[i] - '0');
        if (arc > (UINT64_MAX - digit) / 10) {
            rp_asn1_error(c, token, "arc %.*s is above 2^64-1", token->len > 40 ? 40 : (int)token->len, token->at);
            return false;
        }
        arc = arc * 10 + digit;
    }
    return append(c, token, oid, arc);
}

static bool unknown_arc(struct rp_asn1 *c, const struct rp_token *at)
{
    struct rp_diag *diag = rp_asn1_error(c, at, "arc '%.*s' has no number", at->len > 60 ? 60 : (int)at->len, at->at);
    snprintf(diag->expected, sizeof diag->expected, "a number, name(number) or a known name");
    return false;
}

/* One component: 6, name, name(6), name(ref), ref. */
static bool parse_arc(struct rp_parser *p, bool relative, struct rp_oid *oid, rp_oid_ref_fn *ref, void *context)
{
    const struct rp_token *token = rp_next(p);
    uint64_t arc = 0;
    if (token->kind == RP_TOK_NUMBER)
        return append_number(p->c, token, oid);
    if (token->kind != RP_TOK_LOWER)
        return unknown_arc(p->c, token);
    if (rp_accept(p, '(')) {
        const struct rp_token *number = rp_next(p);
        if (number->kind != RP_TOK_NUMBER && (number->kind != RP_TOK_LOWER || !ref))
            return unknown_arc(p->c, number);
        bool fine = number->kind == RP_TOK_NUMBER ? append_number(p->c, number, oid) : ref(context, number, oid);
        return fine && rp_expect(p, ')', "')'");
    }
    if (!relative && known_arc(oid, token->name->text, &arc))
        return append(p->c, token, oid, arc);
    return ref ? ref(context, token, oid) : unknown_arc(p->c, token);
}

bool rp_oid_parse(struct rp_asn1 *c, struct rp_ast_braces braces, bool relative, struct rp_oid *oid, rp_oid_ref_fn *ref,
                  void *context)
{
    struct rp_parser parser = rp_parser_over(c, braces.first, braces.end);
    oid->n = 0;
    while (!rp_is(&parser, RP_TOK_END))
        if (!parse_arc(&parser, relative, oid, ref, context))
            return false;
    return !parser.failed;
}

/* Module identifiers tell namesakes apart and no more, so that a reference in one is no error. */
static bool ignore_ref(void *context, const struct rp_token *at, struct rp_oid *oid)
{
    (void)context;
    (void)at;
    (void)oid;
    return false;
}

const char *rp_oid_text(struct rp_asn1 *c, struct rp_ast_braces braces)
{
    struct rp_oid oid;
    char text[RP_OID_MAX_ARCS * 21 + 1];
    size_t used = 0;
    text[0] = '\0';
    if (!rp_oid_parse(c, braces, false, &oid, ignore_ref, NULL))
        return "";
    for (size_t i = 0; i < oid.n; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%llu", i ? "." : "", (unsigned long long)oid.arcs[i]);
    const char *kept = rp_arena_strndup(c->arena, text, used);
    c->no_memory |= !kept;
    return kept ? kept : "";
}

static size_t put_arc(uint64_t arc, uint8_t *out)
{
    size_t n = 1;
    for (uint64_t rest = arc >> 7; rest; rest >>= 7)
        n++;
    for (size_t i = 0; i < n; i++)
        out[i] = (uint8_t)((arc >> 7 * (n - 1 - i) & 0x7F) | (i + 1 < n ? 0x80 : 0));
    return n;
}

size_t rp_oid_octets(const struct rp_oid *oid, bool relative, uint8_t *out)
{
    size_t len = 0, first = 0;
    if (!relative) {
        if (oid->n < 2 || oid->arcs[0] > 2 || (oid->arcs[0] < 2 && oid->arcs[1] > 39) || oid->arcs[1] > UINT64_MAX - 80)
            return 0;
        len = put_arc(oid->arcs[0] * 40 + oid->arcs[1], out);
        first = 2;
    }
    for (size_t i = first; i < oid->n; i++)
        len += put_arc(oid->arcs[i], out + len);
    return len;
}

bool rp_oid_from_octets(const uint8_t *octets, size_t len, bool relative, struct rp_oid *oid)
{
    uint64_t arc = 0;
    oid->n = 0;
    for (size_t i = 0; i < len; i++) {
        arc = arc << 7 | (octets[i] & 0x7F);
        if (octets[i] & 0x80)
            continue;
        if (oid->n + 2 > RP_OID_MAX_ARCS)
            return false;
        if (oid->n == 0 && !relative) {
            uint64_t top = arc < 80 ? arc / 40 : 2;
            oid->arcs[oid->n++] = top;
            arc -= top * 40;
        }
        oid->arcs[oid->n++] = arc;
        arc = 0;
    }
    return true;
}
