#include "codecs/asn1/constraint.h"

#include "codecs/asn1/values.h"

enum { MOST_CHARS = 65536 };

struct rp_ranges rp_charset(enum rp_keyword keyword)
{
    static const struct rp_span numeric[] = { { ' ', ' ' }, { '0', '9' } };
    static const struct rp_span printable[] = { { ' ', ' ' }, { '\'', ')' }, { '+', ':' }, { '=', '=' },
                                                { '?', '?' }, { 'A', 'Z' },  { 'a', 'z' } };
    static const struct rp_span visible[] = { { 32, 126 } }, ia5[] = { { 0, 127 } }, bmp[] = { { 0, 0xFFFF } },
                                universal[] = { { 0, 0xFFFFFFFF } };
    switch (keyword) {
    case K_NumericString: return (struct rp_ranges){ .spans = numeric, .n = 2 };
    case K_PrintableString: return (struct rp_ranges){ .spans = printable, .n = 7 };
    case K_VisibleString:
    case K_ISO646String: return (struct rp_ranges){ .spans = visible, .n = 1 };
    case K_IA5String: return (struct rp_ranges){ .spans = ia5, .n = 1 };
    case K_BMPString: return (struct rp_ranges){ .spans = bmp, .n = 1 };
    case K_UniversalString: return (struct rp_ranges){ .spans = universal, .n = 1 };
    default: return rp_ranges_all();
    }
}

static struct rp_ranges from_alphabet(struct rp_asn1 *c, const struct rp_alphabet *alphabet)
{
    struct rp_span *spans = rp_asn1_make(c, alphabet->n * sizeof *spans);
    if (!spans)
        return (struct rp_ranges){ .failed = true };
    size_t n = 0;
    for (uint32_t i = 0; i < alphabet->n; i++) {
        if (n && spans[n - 1].hi + 1 == alphabet->chars[i])
            spans[n - 1].hi++;
        else
            spans[n++] = (struct rp_span){ alphabet->chars[i], alphabet->chars[i] };
    }
    return (struct rp_ranges){ .spans = spans, .n = n };
}

static rp_wide upper_bound(const struct rp_type *type)
{
    return type->hi_u64 ? (rp_wide)(uint64_t)type->hi : type->hi;
}

/* The root of values or sizes: the ranges, when they reach as far as the bounds or when all is asked for; else the bounds. */
static struct rp_ranges from_bounds(struct rp_asn1 *c, const struct rp_type *type, enum rp_view view, rp_wide least)
{
    rp_wide lo = type->has_lo ? type->lo : least, hi = type->has_hi ? upper_bound(type) : RP_NO_HI;
    size_t n = type->n_ranges;
    bool whole = n && !type->hi_u64 && type->ranges[0].lo == lo && type->ranges[n - 1].hi == hi;
    if (!n || type->hi_u64 || (view == RP_VIEW_PER && !whole))
        return lo == RP_NO_LO && hi == RP_NO_HI ? rp_ranges_all() : rp_ranges_one(c, lo, hi);
    struct rp_span *spans = rp_asn1_make(c, n * sizeof *spans);
    if (!spans)
        return (struct rp_ranges){ .failed = true };
    for (size_t i = 0; i < n; i++) {
        spans[i].lo = i == 0 && type->ranges[i].lo == INT64_MIN && !type->has_lo ? RP_NO_LO : type->ranges[i].lo;
        spans[i].hi = i + 1 == n && type->ranges[i].hi == INT64_MAX && !type->has_hi ? RP_NO_HI : type->ranges[i].hi;
    }
    return (struct rp_ranges){ .spans = spans, .n = n };
}

struct rp_allowed rp_allowed_of_type(struct rp_asn1 *c, const struct rp_ctype *type, enum rp_view view)
{
    struct rp_ranges all = rp_ranges_all();
    struct rp_allowed allowed = { .values = all, .sizes = all, .chars = all, .visible = true };
    allowed.extensible = type->t.extensible;
    if (type->t.kind == RP_INTEGER)
        allowed.values = from_bounds(c, &type->t, view, RP_NO_LO);
    else
        allowed.sizes = from_bounds(c, &type->t, view, 0);
    if (type->t.kind == RP_CHAR_STRING) {
        const struct rp_alphabet *alphabet = view == RP_VIEW_EXACT && type->t.checked ? type->t.checked : type->t.alphabet;
        allowed.chars = alphabet ? from_alphabet(c, alphabet) : rp_charset(type->keyword);
    }
    return allowed;
}

static bool refuse(struct rp_asn1 *c, const struct rp_ast_constraint *constraint, const char *why)
{
    rp_asn1_error(c, constraint->token, "%s", why);
    return false;
}

static bool store_bounds(struct rp_asn1 *c, struct rp_type *type, struct rp_ranges ranges,
                         const struct rp_ast_constraint *constraint)
{
    rp_wide lo = ranges.spans[0].lo, hi = ranges.spans[ranges.n - 1].hi;
    type->has_lo = lo > RP_NO_LO;
    type->has_hi = hi < RP_NO_HI;
    if ((type->has_lo && (lo < INT64_MIN || lo > INT64_MAX)) || (type->has_hi && (hi < INT64_MIN || hi > UINT64_MAX)))
        return refuse(c, constraint, "bounds beyond 64 bits are not supported");
    type->lo = type->has_lo ? (int64_t)lo : 0;
    type->hi_u64 = type->has_hi && hi > INT64_MAX;
    type->hi = type->hi_u64 ? (int64_t)(uint64_t)hi : type->has_hi ? (int64_t)hi : 0;
    return true;
}

static int64_t clamp(rp_wide value)
{
    return value < INT64_MIN ? INT64_MIN : value > INT64_MAX ? INT64_MAX : (int64_t)value;
}

/* What the bounds alone don't say. */
static bool store_ranges(struct rp_asn1 *c, struct rp_type *type, struct rp_ranges exact, struct rp_ranges seen)
{
    type->ranges = NULL;
    type->n_ranges = 0;
    rp_wide lo = seen.n ? seen.spans[0].lo : 0, hi = seen.n ? seen.spans[seen.n - 1].hi : 0;
    if (exact.n == 1 && exact.spans[0].lo == lo && exact.spans[0].hi == hi)
        return true;
    struct rp_range *ranges = rp_asn1_keep(c, exact.n, sizeof *ranges);
    if (!ranges)
        return false;
    for (size_t i = 0; i < exact.n; i++)
        ranges[i] = (struct rp_range){ clamp(exact.spans[i].lo), clamp(exact.spans[i].hi) };
    type->ranges = ranges;
    type->n_ranges = (uint32_t)exact.n;
    return true;
}

static const struct rp_alphabet *make_alphabet(struct rp_asn1 *c, struct rp_ranges chars,
                                               const struct rp_ast_constraint *constraint)
{
    rp_wide n = 0;
    for (size_t i = 0; i < chars.n; i++)
        n += chars.spans[i].hi - chars.spans[i].lo + 1;
    if (n > MOST_CHARS) {
        refuse(c, constraint, "a permitted alphabet of more than 65536 characters is not supported");
        return NULL;
    }
    struct rp_alphabet *alphabet = rp_asn1_keep(c, 1, sizeof *alphabet);
    uint32_t *points = alphabet ? rp_asn1_keep(c, (size_t)n, sizeof *points) : NULL;
    if (!points)
        return NULL;
    alphabet->chars = points;
    for (size_t i = 0; i < chars.n; i++)
        for (rp_wide point = chars.spans[i].lo; point <= chars.spans[i].hi; point++)
            points[alphabet->n++] = (uint32_t)point;
    return alphabet;
}

static bool store_chars(struct rp_asn1 *c, struct rp_ctype *type, struct rp_ranges seen, struct rp_ranges exact,
                        const struct rp_ast_constraint *constraint)
{
    struct rp_ranges all = rp_charset(type->keyword);
    if (seen.failed || exact.failed || !seen.n || !exact.n)
        return seen.failed || exact.failed ? false : refuse(c, constraint, "no character is left by this constraint");
    type->t.alphabet = type->t.checked = NULL;
    if (!rp_ranges_equal(seen, all) && !(type->t.alphabet = make_alphabet(c, seen, constraint)))
        return false;
    return rp_ranges_equal(seen, exact) || (type->t.checked = make_alphabet(c, exact, constraint)) != NULL;
}

/* One subtype constraint on top of what the type allows so far. */
static bool apply(struct rp_asn1 *c, struct rp_ctype *type, const struct rp_ast_constraint *constraint, const struct rp_env *env)
{
    struct rp_allowed before = rp_allowed_of_type(c, type, RP_VIEW_PER), real = rp_allowed_of_type(c, type, RP_VIEW_EXACT);
    struct rp_allowed seen = rp_constraint_read(c, env, type, constraint, RP_VIEW_PER);
    if (seen.bad)
        return false;
    struct rp_allowed exact = rp_constraint_read(c, env, type, constraint, RP_VIEW_EXACT);
    bool number = type->t.kind == RP_INTEGER;
    struct rp_ranges bounds =
        number ? rp_ranges_intersection(c, before.values, seen.values) : rp_ranges_intersection(c, before.sizes, seen.sizes);
    struct rp_ranges all =
        number ? rp_ranges_intersection(c, real.values, exact.values) : rp_ranges_intersection(c, real.sizes, exact.sizes);
    if (exact.bad || bounds.failed || all.failed)
        return false;
    if (!bounds.n || !all.n)
        return refuse(c, constraint, number ? "no value is left by this constraint" : "no size is left by this constraint");
    if (type->t.kind == RP_OCTET_TEXT || type->t.kind == RP_TIME)
        return true;
    if (!store_bounds(c, &type->t, bounds, constraint) || !store_ranges(c, &type->t, all, bounds))
        return false;
    /* the alphabet of a constraint that is extensible as a whole is extensible, too */
    bool open = seen.extensible;
    if (type->t.kind == RP_CHAR_STRING &&
        !store_chars(c, type, open ? before.chars : rp_ranges_intersection(c, before.chars, seen.chars),
                     open ? before.chars : rp_ranges_intersection(c, real.chars, exact.chars), constraint))
        return false;
    bool alphabet_alone = !number && rp_ranges_is_all(seen.sizes) && seen.extensible;
    if (seen.visible && !alphabet_alone)
        type->t.extensible = seen.extensible;
    type->t.exact = !type->t.ranges && !type->t.checked;
    return true;
}

static bool constrains_values(const struct rp_ctype *type)
{
    switch (type->t.kind) {
    case RP_INTEGER:
    case RP_BIT_STRING:
    case RP_OCTET_STRING:
    case RP_CHAR_STRING:
    case RP_OCTET_TEXT:
    case RP_TIME:
    case RP_SEQUENCE_OF:
    case RP_SET_OF: return true;
    default: return false; /* PER sees no constraint on the others */
    }
}

static bool apply_contents(struct rp_asn1 *c, struct rp_ctype *type, const struct rp_ast_constraint *constraint,
                           const struct rp_env *env)
{
    if (type->t.kind != RP_OCTET_STRING && type->t.kind != RP_BIT_STRING) {
        rp_asn1_error(c, constraint->token, "CONTAINING and ENCODED BY do not fit %s", rp_type_word(type));
        return false;
    }
    struct rp_ctype *inside = constraint->type ? rp_type_of(c, env, constraint->type) : NULL;
    if (inside)
        type->t.contents = &inside->t;
    return inside || !constraint->type;
}

bool rp_constrain(struct rp_asn1 *c, struct rp_ctype *type, const struct rp_ast_constraint *constraints, const struct rp_env *env)
{
    for (const struct rp_ast_constraint *constraint = constraints; constraint; constraint = constraint->next) {
        if (constraint->kind == RP_CON_CONTENTS && !apply_contents(c, type, constraint, env))
            return false;
        if (constraint->kind == RP_CON_SUBTYPE && constrains_values(type) && !apply(c, type, constraint, env))
            return false;
    }
    return true;
}
