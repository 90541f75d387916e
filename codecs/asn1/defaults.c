#include "codecs/asn1/values.h"

/* DEFAULT as written, blanks and comments between tokens made one blank. */
static const char *written(struct rp_asn1 *c, const struct rp_ast_value *value)
{
    size_t len = 1;
    for (const struct rp_token *at = value->token; at < value->end; at++)
        len += at->len + 1u;
    char *text = rp_asn1_keep(c, len, 1), *out = text;
    for (const struct rp_token *at = value->token; text && at < value->end; at++) {
        if (at > value->token && at->at != at[-1].at + at[-1].len)
            *out++ = ' ';
        for (uint32_t i = 0; i < at->len; i++)
            *out++ = at->at[i];
    }
    return text;
}

static int64_t saturate(rp_wide value)
{
    return value > INT64_MAX ? INT64_MAX : value < INT64_MIN ? INT64_MIN : (int64_t)value;
}

bool rp_default_fill(struct rp_asn1 *c, const struct rp_pending_default *pending)
{
    struct rp_ctype *type = rp_ctype_of(pending->slot->type);
    struct rp_cvalue value;
    if (!rp_type_complete(c, type))
        return false;
    if (!rp_value_of(c, pending->env, type, pending->value, &value))
        return false;
    struct rp_default *dflt = rp_asn1_keep(c, 1, sizeof *dflt);
    if (!dflt)
        return false;
    dflt->plain = value.kind != RP_VALUE_OTHER && (value.kind != RP_VALUE_INTEGER || saturate(value.integer) == value.integer);
    dflt->integer = value.kind == RP_VALUE_INTEGER ? saturate(value.integer) : 0;
    dflt->real = value.real;
    dflt->octets = value.octets;
    dflt->len = value.len;
    dflt->text = written(c, pending->value);
    pending->slot->dflt = dflt;
    return dflt->text != NULL;
}
