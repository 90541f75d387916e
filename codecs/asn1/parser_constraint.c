#include "codecs/asn1/parser.h"

static struct rp_ast_set *parse_union(struct rp_parser *p);

static struct rp_ast_set *new_set(struct rp_parser *p, enum rp_set_kind kind)
{
    struct rp_ast_set *set = rp_parse_make(p, sizeof *set);
    if (!set)
        return NULL;
    set->kind = (uint8_t)kind;
    set->token = rp_peek(p);
    return set;
}

static struct rp_ast_set *pair(struct rp_parser *p, enum rp_set_kind kind, struct rp_ast_set *a, struct rp_ast_set *b)
{
    struct rp_ast_set *set = a && b ? new_set(p, kind) : NULL;
    if (!set)
        return NULL;
    set->token = a->token;
    set->a = a;
    set->b = b;
    return set;
}

/* The bound of a range; MIN and MAX are NULL. */
static struct rp_ast_value *parse_bound(struct rp_parser *p, enum rp_keyword unbounded)
{
    if (rp_accept_word(p, unbounded))
        return NULL;
    if (rp_is_word(p, unbounded == K_MIN ? K_MAX : K_MIN) && !rp_accept_word(p, K_MIN))
        rp_accept_word(p, K_MAX); /* MAX..MAX and MIN..MIN are read, too: the bound of the parent type */
    else
        return rp_parse_value(p);
    return NULL;
}

static bool starts_range(const struct rp_parser *p)
{
    return rp_is(p, RP_TOK_RANGE) || (rp_is(p, '<') && rp_peek_at(p, 1)->kind == RP_TOK_RANGE);
}

static struct rp_ast_set *parse_value_or_range(struct rp_parser *p)
{
    struct rp_ast_set *set = new_set(p, RP_SET_VALUE);
    if (!set)
        return NULL;
    bool bound = rp_is_word(p, K_MIN) || rp_is_word(p, K_MAX);
    set->lo = parse_bound(p, K_MIN);
    if (!starts_range(p)) {
        if (bound)
            set->kind = RP_SET_RANGE;
        return bound ? rp_syntax_error(p, "'..'") : set;
    }
    set->kind = RP_SET_RANGE;
    set->lo_open = rp_accept(p, '<');
    rp_next(p);
    set->hi_open = rp_accept(p, '<');
    set->hi = parse_bound(p, K_MAX);
    return set;
}

/* WITH COMPONENT(S): checked for balance only, PER does not see it (X.691 (02/2021) 10.3). */
static void skip_inner(struct rp_parser *p)
{
    if (rp_accept_word(p, K_COMPONENT))
        rp_parse_constraint(p);
    else if (rp_accept_word(p, K_COMPONENTS))
        rp_parse_braces(p);
    else
        rp_syntax_error(p, "COMPONENT or COMPONENTS");
}

static struct rp_ast_set *parse_worded(struct rp_parser *p)
{
    struct rp_ast_set *set = new_set(p, RP_SET_OTHER);
    if (!set)
        return NULL;
    if (rp_is_word(p, K_SIZE) || rp_is_word(p, K_FROM)) {
        set->kind = rp_is_word(p, K_SIZE) ? RP_SET_SIZE : RP_SET_FROM;
        rp_next(p);
        set->inner = rp_parse_constraint(p);
    } else if (rp_accept_word(p, K_PATTERN)) {
        rp_parse_value(p);
    } else if (rp_accept_word(p, K_WITH)) {
        skip_inner(p);
    } else {
        rp_accept_word(p, K_INCLUDES);
        set->kind = RP_SET_TYPE;
        set->type = rp_parse_type(p);
    }
    return p->failed ? NULL : set;
}

static bool starts_value(const struct rp_parser *p)
{
    const struct rp_token *token = rp_peek(p);
    switch (token->kind) {
    case RP_TOK_UPPER: return rp_peek_at(p, 1)->kind == '.' && rp_peek_at(p, 2)->kind == RP_TOK_LOWER;
    case RP_TOK_LOWER: /* `a < T` is a selection type, `a <.. b` a range */
        return rp_peek_at(p, 1)->kind != '<' || rp_peek_at(p, 2)->kind == RP_TOK_RANGE;
    case RP_TOK_KEYWORD:
        return token->keyword == K_TRUE || token->keyword == K_FALSE || token->keyword == K_NULL || token->keyword == K_MIN ||
               token->keyword == K_MAX || token->keyword == K_PLUS_INFINITY || token->keyword == K_MINUS_INFINITY ||
               token->keyword == K_NOT_A_NUMBER;
    default: return true;
    }
}

static struct rp_ast_set *parse_element(struct rp_parser *p)
{
    if (rp_accept(p, '(')) {
        struct rp_ast_set *set = parse_union(p);
        rp_expect(p, ')', "')'");
        return set;
    }
    return starts_value(p) ? parse_value_or_range(p) : parse_worded(p);
}

/* Operands of one operator, to become a tree whose depth grows with the logarithm of their number. */
struct operands {
    struct rp_ast_set *first, **tail;
    size_t n;
};

static void add_operand(struct operands *operands, struct rp_ast_set *set)
{
    if (!operands->first)
        operands->tail = &operands->first;
    *operands->tail = set;
    operands->tail = &set->next;
    operands->n++;
}

static struct rp_ast_set *make_tree(struct rp_parser *p, enum rp_set_kind kind, struct rp_ast_set **next, size_t n)
{
    if (n > 1) {
        struct rp_ast_set *a = make_tree(p, kind, next, n / 2);
        return pair(p, kind, a, make_tree(p, kind, next, n - n / 2));
    }
    struct rp_ast_set *set = *next;
    if (set)
        *next = set->next;
    return set;
}

static struct rp_ast_set *parse_intersection(struct rp_parser *p)
{
    struct operands operands = { 0 };
    do {
        struct rp_ast_set *set = parse_element(p);
        if (rp_accept_word(p, K_EXCEPT))
            set = pair(p, RP_SET_EXCEPT, set, parse_element(p));
        if (!set)
            return NULL;
        add_operand(&operands, set);
    } while (rp_accept(p, '^') || rp_accept_word(p, K_INTERSECTION));
    return make_tree(p, RP_SET_INTERSECTION, &operands.first, operands.n);
}

static struct rp_ast_set *parse_all_except(struct rp_parser *p)
{
    struct rp_ast_set *set = new_set(p, RP_SET_ALL_EXCEPT);
    rp_next(p);
    if (!set || !rp_expect_word(p, K_EXCEPT))
        return NULL;
    set->b = parse_element(p);
    return set->b ? set : NULL;
}

static struct rp_ast_set *parse_union(struct rp_parser *p)
{
    struct rp_ast_set *all = NULL;
    if (!rp_parse_down(p))
        return NULL;
    if (rp_is_word(p, K_ALL)) {
        all = parse_all_except(p);
    } else {
        struct operands operands = { 0 };
        do {
            struct rp_ast_set *set = parse_intersection(p);
            if (!set)
                return NULL;
            add_operand(&operands, set);
        } while (rp_accept(p, '|') || rp_accept_word(p, K_UNION));
        all = make_tree(p, RP_SET_UNION, &operands.first, operands.n);
    }
    rp_parse_up(p);
    return p->failed ? NULL : all;
}

struct rp_ast_constraint *rp_parse_element_sets(struct rp_parser *p)
{
    struct rp_ast_constraint *constraint = rp_parse_make(p, sizeof *constraint);
    if (!constraint)
        return NULL;
    constraint->token = rp_peek(p);
    constraint->kind = RP_CON_SUBTYPE;
    constraint->set = parse_union(p);
    if (rp_accept(p, ',')) {
        constraint->extensible = rp_expect(p, RP_TOK_ELLIPSIS, "'...'") != NULL;
        if (rp_accept(p, ','))
            parse_union(p); /* additions: PER sends them as if there were no constraint */
    }
    return p->failed ? NULL : constraint;
}

/* {@a}, {@.a}, {@a.b}, {@a, @b}: the first decides, since E2-like protocols select by one component. */
static void parse_at(struct rp_parser *p, struct rp_ast_constraint *constraint)
{
    rp_next(p);
    do {
        uint8_t levels = 0;
        rp_expect(p, '@', "'@'");
        for (; (rp_is(p, '.') || rp_is(p, RP_TOK_RANGE) || rp_is(p, RP_TOK_ELLIPSIS)) && levels < 200; rp_next(p))
            levels = (uint8_t)(levels + rp_peek(p)->len);
        const struct rp_token *name = rp_expect(p, RP_TOK_LOWER, "a component");
        bool nested = false;
        while (rp_accept(p, '.'))
            nested = rp_expect(p, RP_TOK_LOWER, "a component") != NULL;
        if (!constraint->at) {
            constraint->at = name;
            constraint->at_levels = levels;
            constraint->at_nested = nested;
        }
    } while (rp_accept(p, ','));
    rp_expect(p, '}', "',' or '}'");
}

static void parse_table(struct rp_parser *p, struct rp_ast_constraint *constraint)
{
    constraint->kind = RP_CON_TABLE;
    rp_next(p);
    rp_parse_ref(p, &constraint->table);
    rp_expect(p, '}', "'}'");
    if (rp_is(p, '{'))
        parse_at(p, constraint);
}

static void parse_contents(struct rp_parser *p, struct rp_ast_constraint *constraint)
{
    constraint->kind = RP_CON_CONTENTS;
    if (rp_accept_word(p, K_CONTAINING))
        constraint->type = rp_parse_type(p);
    if (rp_accept_word(p, K_ENCODED)) {
        rp_expect_word(p, K_BY);
        rp_parse_value(p);
    }
}

static bool starts_table(const struct rp_parser *p)
{
    return rp_is(p, '{') && rp_peek_at(p, 1)->kind == RP_TOK_UPPER;
}

struct rp_ast_constraint *rp_parse_constraint(struct rp_parser *p)
{
    struct rp_ast_constraint *constraint;
    if (!rp_expect(p, '(', "'('") || !rp_parse_down(p))
        return NULL;
    if (starts_table(p) || rp_is_word(p, K_CONTAINING) || rp_is_word(p, K_ENCODED) || rp_is_word(p, K_CONSTRAINED)) {
        constraint = rp_parse_make(p, sizeof *constraint);
        if (!constraint)
            return NULL;
        constraint->token = rp_peek(p);
        if (starts_table(p)) {
            parse_table(p, constraint);
        } else if (rp_accept_word(p, K_CONSTRAINED)) {
            constraint->kind = RP_CON_USER;
            rp_expect_word(p, K_BY);
            rp_parse_braces(p);
        } else {
            parse_contents(p, constraint);
        }
    } else {
        constraint = rp_parse_element_sets(p);
    }
    rp_parse_exception(p);
    rp_expect(p, ')', "')'");
    rp_parse_up(p);
    return p->failed ? NULL : constraint;
}
