#include <stdlib.h>

#include "codecs/asn1/constraint.h"
#include "codecs/asn1/values.h"

/* What a bare value or range in the constraint stands for. */
enum subject { OF_VALUE, OF_SIZE, OF_CHARS, OF_NOTHING };

struct reader {
    struct rp_asn1 *c;
    const struct rp_env *env;
    struct rp_ctype *type;
    struct rp_allowed parent; /* what MIN and MAX are the ends of */
    enum rp_view view;
    enum subject subject;
};

static struct rp_allowed read_set(struct reader *r, const struct rp_ast_set *set);

static struct rp_allowed everything(void)
{
    struct rp_ranges all = rp_ranges_all();
    return (struct rp_allowed){ .values = all, .sizes = all, .chars = all };
}

static struct rp_allowed bad(void)
{
    struct rp_allowed allowed = everything();
    allowed.bad = true;
    return allowed;
}

static bool is_string(const struct rp_ctype *type)
{
    return type->t.kind == RP_CHAR_STRING || type->t.kind == RP_OCTET_TEXT || type->t.kind == RP_TIME;
}

static bool has_size(const struct rp_ctype *type)
{
    uint8_t kind = type->t.kind;
    return is_string(type) || kind == RP_BIT_STRING || kind == RP_OCTET_STRING || kind == RP_SEQUENCE_OF || kind == RP_SET_OF;
}

static const struct rp_ranges *subject_of(const struct rp_allowed *allowed, enum subject subject)
{
    return subject == OF_CHARS ? &allowed->chars : subject == OF_SIZE ? &allowed->sizes : &allowed->values;
}

static struct rp_allowed only(enum subject subject, struct rp_ranges ranges)
{
    struct rp_allowed allowed = everything();
    allowed.visible = true;
    if (subject == OF_CHARS)
        allowed.chars = ranges;
    else if (subject == OF_SIZE)
        allowed.sizes = ranges;
    else
        allowed.values = ranges;
    allowed.bad = ranges.failed;
    return allowed;
}

static int by_point(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The characters of a string value. */
static struct rp_allowed read_chars(struct reader *r, const struct rp_cvalue *value)
{
    size_t width = r->type->t.char_octets ? r->type->t.char_octets : 1, n = 0;
    uint32_t *points = rp_asn1_make(r->c, value->len * sizeof *points);
    struct rp_span *spans = rp_asn1_make(r->c, value->len * sizeof *spans);
    if (!points || !spans)
        return bad();
    for (size_t i = 0; i < value->len * width; i++)
        points[i / width] = points[i / width] << 8 | value->octets[i];
    qsort(points, value->len, sizeof *points, by_point);
    for (uint32_t i = 0; i < value->len; i++) {
        if (n && points[i] <= spans[n - 1].hi + 1)
            spans[n - 1].hi = points[i];
        else
            spans[n++] = (struct rp_span){ points[i], points[i] };
    }
    return only(OF_CHARS, (struct rp_ranges){ .spans = spans, .n = n });
}

static bool read_bound(struct reader *r, const struct rp_ast_value *ast, rp_wide *out)
{
    struct rp_cvalue value;
    if (r->subject == OF_SIZE)
        return rp_value_integer(r->c, r->env, ast, out);
    if (!rp_value_of(r->c, r->env, r->type, ast, &value))
        return false;
    if (r->subject == OF_CHARS) {
        struct rp_allowed point = value.len == 1 ? read_chars(r, &value) : bad();
        if (point.bad) {
            rp_asn1_error(r->c, ast->token, "the end of a range in FROM is one character");
            return false;
        }
        value.integer = point.chars.spans[0].lo;
    }
    *out = value.integer;
    return true;
}

static struct rp_allowed read_value(struct reader *r, const struct rp_ast_set *set)
{
    struct rp_cvalue value;
    rp_wide number;
    if (r->subject == OF_NOTHING) /* a single value of a string or structure: PER does not see it */
        return everything();
    if (r->subject == OF_CHARS) {
        bool fine = rp_value_of(r->c, r->env, r->type, set->lo, &value);
        return fine ? read_chars(r, &value) : bad();
    }
    if (!read_bound(r, set->lo, &number))
        return bad();
    return only(r->subject, rp_ranges_one(r->c, number, number));
}

static struct rp_allowed read_range(struct reader *r, const struct rp_ast_set *set)
{
    const struct rp_ranges *parent = subject_of(&r->parent, r->subject);
    if (r->subject == OF_NOTHING)
        return everything();
    rp_wide lo = parent->n ? parent->spans[0].lo : RP_NO_LO, hi = parent->n ? parent->spans[parent->n - 1].hi : RP_NO_HI;
    if ((set->lo && !read_bound(r, set->lo, &lo)) || (set->hi && !read_bound(r, set->hi, &hi)))
        return bad();
    lo += set->lo_open && lo > RP_NO_LO;
    hi -= set->hi_open && hi < RP_NO_HI;
    if (lo > hi) {
        rp_asn1_error(r->c, set->token, "the lower end of this range is above its upper end");
        return bad();
    }
    return only(r->subject, rp_ranges_one(r->c, lo, hi));
}

static struct rp_allowed wrong_place(struct reader *r, const struct rp_ast_set *set, const char *what)
{
    rp_asn1_error(r->c, set->token, "%s does not fit %s", what, rp_type_word(r->type));
    return bad();
}

static struct rp_allowed read_size(struct reader *r, const struct rp_ast_set *set)
{
    if (!has_size(r->type) || r->subject == OF_SIZE || r->subject == OF_CHARS)
        return wrong_place(r, set, "SIZE");
    struct reader inner = *r;
    inner.subject = OF_SIZE;
    struct rp_allowed allowed = read_set(&inner, set->inner->set);
    allowed.extensible |= set->inner->extensible;
    allowed.visible = r->type->t.kind != RP_OCTET_TEXT && r->type->t.kind != RP_TIME;
    if (allowed.sizes.n && allowed.sizes.spans[0].lo < 0 && allowed.sizes.spans[0].lo > RP_NO_LO) {
        rp_asn1_error(r->c, set->token, "a size is not below 0");
        return bad();
    }
    return allowed;
}

/* An extensible permitted alphabet is not seen by PER (X.691 (02/2021) 10.3). */
static struct rp_allowed read_from(struct reader *r, const struct rp_ast_set *set)
{
    if (!is_string(r->type) || r->subject == OF_SIZE || r->subject == OF_CHARS)
        return wrong_place(r, set, "FROM");
    if (r->type->t.kind != RP_CHAR_STRING)
        return everything();
    struct reader inner = *r;
    inner.subject = OF_CHARS;
    struct rp_allowed allowed = read_set(&inner, set->inner->set);
    if ((set->inner->extensible || allowed.extensible) && !allowed.bad) {
        if (r->view == RP_VIEW_PER)
            return everything();
        allowed.visible = allowed.extensible = false;
    }
    return allowed;
}

/* A contained subtype gives its root values, not its extensibility (X.680 (02/2021) 51.3). */
static struct rp_allowed read_type(struct reader *r, const struct rp_ast_set *set)
{
    struct rp_ctype *type = rp_type_of(r->c, r->env, set->type);
    if (!type || !rp_type_complete(r->c, type))
        return bad();
    if (r->subject == OF_NOTHING && is_string(type) && is_string(r->type) && type->t.kind != r->type->t.kind)
        return everything(); /* GeneralString (IA5String): known-multiplier and other strings don't meet in PER */
    if (r->subject == OF_SIZE ? type->t.kind != RP_INTEGER : type->t.kind != r->type->t.kind)
        return wrong_place(r, set, rp_type_word(type));
    struct rp_allowed allowed = rp_allowed_of_type(r->c, type, r->view);
    allowed.extensible = false;
    if (r->subject == OF_SIZE)
        return only(OF_SIZE, allowed.values);
    if (r->subject == OF_CHARS)
        return only(OF_CHARS, allowed.chars);
    return allowed;
}

/* PER takes an EXCEPT and what is behind it as not there (X.691 (02/2021) 10.3). What is left can be told apart from
 * everything only when the exception restricts one thing alone. */
static struct rp_allowed read_except(struct reader *r, const struct rp_ast_set *set)
{
    struct rp_allowed a = set->a ? read_set(r, set->a) : r->parent;
    struct rp_allowed b = read_set(r, set->b);
    if (!set->a)
        a.visible = a.extensible = false;
    a.bad |= b.bad;
    if (r->view == RP_VIEW_PER || a.bad)
        return a;
    bool values = !rp_ranges_is_all(b.values), sizes = !rp_ranges_is_all(b.sizes), chars = !rp_ranges_is_all(b.chars);
    if (values + sizes + chars != 1)
        return a;
    if (values)
        a.values = rp_ranges_except(r->c, a.values, b.values);
    else if (sizes)
        a.sizes = rp_ranges_except(r->c, a.sizes, b.sizes);
    else if (r->subject == OF_CHARS) /* strings without these characters; of whole strings nothing can be said */
        a.chars = rp_ranges_except(r->c, a.chars, b.chars);
    return a;
}

/* A union with something that PER does not see is not seen; an intersection is what is seen of it (X.691 (02/2021) 10.3). */
static struct rp_allowed combine(struct reader *r, const struct rp_ast_set *set)
{
    struct rp_allowed a = read_set(r, set->a), b = read_set(r, set->b), out;
    bool both = set->kind == RP_SET_UNION;
    struct rp_ranges (*join)(struct rp_asn1 *, struct rp_ranges, struct rp_ranges) =
        both ? rp_ranges_union : rp_ranges_intersection;
    out.values = join(r->c, a.values, b.values);
    out.sizes = join(r->c, a.sizes, b.sizes);
    out.chars = join(r->c, a.chars, b.chars);
    out.visible = both ? a.visible && b.visible : a.visible || b.visible;
    out.extensible = a.extensible || b.extensible;
    out.bad = a.bad || b.bad || out.values.failed || out.sizes.failed || out.chars.failed;
    return out;
}

static struct rp_allowed read_set(struct reader *r, const struct rp_ast_set *set)
{
    switch (set->kind) {
    case RP_SET_UNION:
    case RP_SET_INTERSECTION: return combine(r, set);
    case RP_SET_EXCEPT:
    case RP_SET_ALL_EXCEPT: return read_except(r, set);
    case RP_SET_VALUE: return read_value(r, set);
    case RP_SET_RANGE: return read_range(r, set);
    case RP_SET_SIZE: return read_size(r, set);
    case RP_SET_FROM: return read_from(r, set);
    case RP_SET_TYPE: return read_type(r, set);
    default: return everything();
    }
}

struct rp_allowed rp_constraint_read(struct rp_asn1 *c, const struct rp_env *env, struct rp_ctype *type,
                                     const struct rp_ast_constraint *constraint, enum rp_view view)
{
    struct reader reader = { .c = c, .env = env, .type = type, .view = view };
    reader.parent = rp_allowed_of_type(c, type, view);
    reader.subject = type->t.kind == RP_INTEGER ? OF_VALUE : OF_NOTHING;
    struct rp_allowed allowed = read_set(&reader, constraint->set);
    allowed.extensible |= constraint->extensible;
    return allowed;
}
