#include <stdlib.h>

#include "codecs/asn1/values.h"

/* The numbers taken by the root, for automatic numbering: a sorted list. */
struct numbers {
    int64_t *taken;
    size_t n;
};

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static bool is_taken(const struct numbers *numbers, int64_t number)
{
    return numbers->n && bsearch(&number, numbers->taken, numbers->n, sizeof number, by_value);
}

static int by_number(const void *a, const void *b)
{
    const struct rp_item *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static bool item_number(struct rp_asn1 *c, const struct rp_ctype *type, const struct rp_ast_item *item, int64_t *out)
{
    rp_wide number;
    if (!rp_value_integer(c, type->env, item->number, &number))
        return false;
    if (number < INT64_MIN || number > INT64_MAX || (type->t.kind == RP_BIT_STRING && (number < 0 || number > 1 << 20))) {
        rp_asn1_error(c, item->token, "the number of '%s' is out of range", item->token->name->text);
        return false;
    }
    *out = (int64_t)number;
    return true;
}

/* Names are unique in a list. */
static bool check_names(struct rp_asn1 *c, const struct rp_ctype *type)
{
    c->stamp++;
    for (const struct rp_ast_item *item = type->ast->items; item; item = item->next) {
        struct rp_name *name = item->token->name;
        if (name->stamp == c->stamp) {
            const struct rp_ast_item *first = type->ast->items;
            while (first->token->name != name)
                first = first->next;
            char place[RP_PLACE_MAX];
            rp_asn1_place(c, first->token, place, sizeof place);
            rp_asn1_error(c, item->token, "'%s' is twice in this %s; first at %s", name->text, type->t.keyword, place);
            return false;
        }
        name->stamp = c->stamp;
    }
    return true;
}

static bool read_written(struct rp_asn1 *c, struct rp_ctype *type, struct rp_item *items, struct numbers *numbers)
{
    size_t i = 0;
    for (const struct rp_ast_item *item = type->ast->items; item; item = item->next, i++) {
        items[i].name = item->token->name->text;
        if (!item->number)
            continue;
        if (!item_number(c, type, item, &items[i].number))
            return false;
        if (!item->addition)
            numbers->taken[numbers->n++] = items[i].number;
    }
    qsort(numbers->taken, numbers->n, sizeof *numbers->taken, by_value);
    return true;
}

/* X.680 (02/2021) clause 20: root items get the lowest free numbers; additions go on above the additions before them, past
 * the numbers of the root. */
static bool number_items(struct rp_asn1 *c, struct rp_ctype *type, struct rp_item *items, struct numbers *numbers)
{
    int64_t next = 0;
    size_t i = 0, root_written = numbers->n;
    for (const struct rp_ast_item *item = type->ast->items; item && !item->addition; item = item->next, i++) {
        if (item->number)
            continue;
        while (is_taken(numbers, next))
            next++;
        items[i].number = next++;
    }
    type->t.n_root_items = (uint32_t)i;
    /* for the additions all numbers of the root count */
    for (size_t k = 0; k < i; k++)
        numbers->taken[k] = items[k].number;
    numbers->n = i;
    qsort(numbers->taken, i, sizeof *numbers->taken, by_value);
    for (size_t k = 1; k < i && root_written; k++) {
        if (numbers->taken[k] == numbers->taken[k - 1]) {
            rp_asn1_error(c, type->ast->token, "two items of this ENUMERATED have the number %lld", (long long)numbers->taken[k]);
            return false;
        }
    }
    return true;
}

static bool number_additions(struct rp_asn1 *c, struct rp_ctype *type, struct rp_item *items, const struct numbers *numbers)
{
    const struct rp_ast_item *item = type->ast->items;
    size_t i = 0;
    int64_t next = 0;
    for (; item && !item->addition; item = item->next)
        i++;
    for (bool first = true; item; item = item->next, i++, first = false) {
        if (!item->number) {
            while (is_taken(numbers, next))
                next++;
            items[i].number = next;
        } else if ((!first && items[i].number < next) || is_taken(numbers, items[i].number)) {
            rp_asn1_error(c, item->token, "the number of '%s' must be free and above those of the additions before it",
                          items[i].name);
            return false;
        }
        next = items[i].number < INT64_MAX ? items[i].number + 1 : INT64_MAX;
    }
    return true;
}

static bool fill_enumerated(struct rp_asn1 *c, struct rp_ctype *type, struct rp_item *items, struct numbers *numbers)
{
    if (!number_items(c, type, items, numbers) || !number_additions(c, type, items, numbers))
        return false;
    if (!type->t.n_root_items) {
        rp_asn1_error(c, type->ast->token, "an ENUMERATED needs an item before '...'");
        return false;
    }
    qsort(items, type->t.n_root_items, sizeof *items, by_number); /* X.691 (02/2021) 14.1 */
    type->t.extensible = type->ast->extensible || type->env->module->extensibility_implied;
    return true;
}

bool rp_items_fill(struct rp_asn1 *c, struct rp_ctype *type)
{
    size_t n = 0;
    for (const struct rp_ast_item *item = type->ast->items; item; item = item->next)
        n++;
    if (!n && type->t.kind != RP_ENUMERATED)
        return true;
    struct rp_item *items = rp_asn1_keep(c, n, sizeof *items);
    struct numbers numbers = { .taken = rp_asn1_make(c, n * sizeof(int64_t)) };
    if (!items || !numbers.taken || !check_names(c, type))
        return false;
    type->t.items = items;
    type->t.n_items = type->t.n_root_items = (uint32_t)n;
    if (!read_written(c, type, items, &numbers))
        return false;
    return type->t.kind != RP_ENUMERATED || fill_enumerated(c, type, items, &numbers);
}
