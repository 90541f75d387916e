#include "codecs/asn1/parser.h"

/* Where in a component list the parser is. */
struct list {
    struct rp_parser *p;
    struct rp_ast_type *type;
    struct rp_ast_component **tail;
    uint8_t part;    /* enum rp_part */
    uint16_t groups; /* [[ ]] seen so far */
    uint16_t group;  /* the one that is open, 0 = none */
};

static bool brackets(const struct rp_parser *p, int which)
{
    return rp_is(p, which) && rp_peek_at(p, 1)->kind == which && rp_peek_at(p, 1)->at == rp_peek(p)->at + 1;
}

static void parse_presence(struct rp_parser *p, struct rp_ast_component *component)
{
    if (rp_accept_word(p, K_OPTIONAL)) {
        component->presence = RP_OPTIONAL;
    } else if (rp_accept_word(p, K_DEFAULT)) {
        component->presence = RP_DEFAULT;
        component->dflt = rp_parse_value(p);
    }
}

static void parse_component(struct list *list)
{
    struct rp_parser *p = list->p;
    struct rp_ast_component *component = rp_parse_make(p, sizeof *component);
    if (!component)
        return;
    component->part = list->part;
    component->group = list->group;
    component->token = rp_peek(p);
    if (rp_accept_word(p, K_COMPONENTS)) {
        component->components_of = true;
        rp_expect_word(p, K_OF);
    } else if (!rp_accept(p, RP_TOK_LOWER)) {
        rp_syntax_error(p, list->type->kind == RP_CHOICE ? "an alternative" : "a component");
        return;
    }
    component->type = rp_parse_type(p);
    if (!component->components_of && list->type->kind != RP_CHOICE)
        parse_presence(p, component);
    *list->tail = component;
    list->tail = &component->next;
}

/* The first `...` opens the additions, the second closes them. */
static void parse_marker(struct list *list)
{
    struct rp_parser *p = list->p;
    if (list->part == RP_PART_ROOT2) {
        rp_syntax_error(p, "no third '...'");
        return;
    }
    rp_next(p);
    rp_parse_exception(p);
    bool first = list->part == RP_PART_ROOT;
    list->type->extensible = true;
    if (!p->c->markers_last || list->type->kind != RP_CHOICE)
        list->part = first ? RP_PART_ADDITION : RP_PART_ROOT2;
}

static void parse_group(struct list *list)
{
    struct rp_parser *p = list->p;
    if (list->part != RP_PART_ADDITION && !list->type->extensible) {
        rp_syntax_error(p, "'...' before '[['");
        return;
    }
    rp_next(p);
    rp_next(p);
    list->group = ++list->groups;
    if (rp_is(p, RP_TOK_NUMBER) && rp_peek_at(p, 1)->kind == ':') { /* version number */
        rp_next(p);
        rp_next(p);
    }
    do {
        parse_component(list);
    } while (rp_accept(p, ','));
    if (!brackets(p, ']')) {
        rp_syntax_error(p, "',' or ']]'");
        return;
    }
    rp_next(p);
    rp_next(p);
    list->group = 0;
}

bool rp_parse_components(struct rp_parser *p, struct rp_ast_type *type)
{
    struct list list = { .p = p, .type = type, .tail = &type->components };
    if (!rp_expect(p, '{', "'{'"))
        return false;
    if (rp_accept(p, '}'))
        return true;
    do {
        if (rp_is(p, RP_TOK_ELLIPSIS))
            parse_marker(&list);
        else if (brackets(p, '['))
            parse_group(&list);
        else
            parse_component(&list);
    } while (rp_accept(p, ','));
    return rp_expect(p, '}', "',' or '}'") != NULL;
}

static struct rp_ast_item *parse_item(struct rp_parser *p, bool numbered)
{
    struct rp_ast_item *item = rp_parse_make(p, sizeof *item);
    if (!item)
        return NULL;
    item->token = rp_expect(p, RP_TOK_LOWER, "an identifier");
    if (numbered && !rp_is(p, '('))
        rp_syntax_error(p, "a number in parentheses");
    if (!rp_accept(p, '('))
        return item;
    item->number = rp_parse_value(p);
    rp_expect(p, ')', "')'");
    return item;
}

bool rp_parse_items(struct rp_parser *p, struct rp_ast_type *type)
{
    struct rp_ast_item **tail = &type->items;
    bool enumerated = type->kind == RP_ENUMERATED;
    if (!rp_expect(p, '{', "'{'"))
        return false;
    if (!enumerated && rp_accept(p, '}'))
        return true;
    do {
        if (enumerated && !type->extensible && rp_accept(p, RP_TOK_ELLIPSIS)) {
            type->extensible = true;
            rp_parse_exception(p);
            continue;
        }
        struct rp_ast_item *item = parse_item(p, !enumerated);
        if (!item || p->failed)
            return false;
        item->addition = type->extensible;
        *tail = item;
        tail = &item->next;
    } while (rp_accept(p, ','));
    return rp_expect(p, '}', "',' or '}'") != NULL;
}
