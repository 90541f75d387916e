#include <stdlib.h>

#include "codecs/asn1/types.h"

/* Universal tags (X.680 (02/2021) clause 8) of builtin types by kind, of strings by keyword. */
static const uint8_t by_kind[RP_KINDS] = {
    [RP_BOOLEAN] = 1,    [RP_NULL] = 5,          [RP_INTEGER] = 2,           [RP_ENUMERATED] = 10,  [RP_REAL] = 9,
    [RP_BIT_STRING] = 3, [RP_OCTET_STRING] = 4,  [RP_SEQUENCE] = 16,         [RP_SEQUENCE_OF] = 16, [RP_SET] = 17,
    [RP_SET_OF] = 17,    [RP_RELATIVE_OID] = 13, [RP_OBJECT_IDENTIFIER] = 6,
};
static const uint8_t by_keyword[RP_KEYWORDS] = {
    [K_NumericString] = 18,   [K_PrintableString] = 19, [K_TeletexString] = 20, [K_T61String] = 20,
    [K_VideotexString] = 21,  [K_IA5String] = 22,       [K_UTCTime] = 23,       [K_GeneralizedTime] = 24,
    [K_GraphicString] = 25,   [K_VisibleString] = 26,   [K_ISO646String] = 26,  [K_GeneralString] = 27,
    [K_UniversalString] = 28, [K_BMPString] = 30,       [K_UTF8String] = 12,    [K_ObjectDescriptor] = 7,
};

static int compare(const struct rp_tag *a, const struct rp_tag *b)
{
    if (a->tag_class != b->tag_class)
        return a->tag_class < b->tag_class ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static struct rp_tag tag_of(struct rp_asn1 *c, struct rp_ctype *type);

static struct rp_tag tag_of_slot(struct rp_asn1 *c, const struct rp_ctype *type, size_t i)
{
    return type->order && type->order->tags[i].known ? type->order->tags[i] : tag_of(c, rp_ctype_of(type->t.slots[i].type));
}

/* An untagged CHOICE counts as having the smallest tag of its root (X.691 (02/2021) clauses 21 and 23). */
static struct rp_tag tag_of_choice(struct rp_asn1 *c, struct rp_ctype *type)
{
    struct rp_tag least = { 0 };
    if (!type->order) /* automatic tags: [0] is the first */
        return (struct rp_tag){ .known = true, .tag_class = 2 };
    if (type->order->busy || c->depth >= RP_ASN1_MAX_DEPTH) {
        rp_asn1_error(c, type->token, "CHOICE '%s' has itself as an untagged alternative", type->t.name ? type->t.name : "");
        return least;
    }
    if (type->order->sorted && type->t.n_root)
        return tag_of_slot(c, type, 0);
    type->order->busy = true;
    c->depth++;
    for (size_t i = 0; i < type->t.n_root; i++) {
        struct rp_tag tag = tag_of_slot(c, type, i);
        if (tag.known && (!least.known || compare(&tag, &least) < 0))
            least = tag;
    }
    c->depth--;
    type->order->busy = false;
    return least;
}

static struct rp_tag tag_of(struct rp_asn1 *c, struct rp_ctype *type)
{
    if (type->tag.known)
        return type->tag;
    if (type->t.kind == RP_CHOICE)
        return tag_of_choice(c, type);
    uint8_t number = by_kind[type->t.kind] ? by_kind[type->t.kind] : by_keyword[type->keyword];
    return (struct rp_tag){ .known = number != 0, .number = number };
}

struct row {
    struct rp_tag tag;
    struct rp_slot slot;
};

static int by_tag(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int order = compare(&x->tag, &y->tag);
    return order ? order : (x->slot.index > y->slot.index) - (x->slot.index < y->slot.index);
}

static bool report_same(struct rp_asn1 *c, const struct rp_ctype *type, const struct row *rows)
{
    for (size_t i = 1; i < type->t.n_root; i++) {
        if (!rows[i].tag.known || compare(&rows[i - 1].tag, &rows[i].tag) != 0)
            continue;
        rp_asn1_error(c, type->token, "'%s' and '%s' of this %s have the same tag", rows[i - 1].slot.name, rows[i].slot.name,
                      type->t.keyword);
        return true;
    }
    return false;
}

/* Slots move: what pointed at one by index follows. Defaults point at slots, so this comes after them. */
static void move_slots(struct rp_ctype *type, const struct row *rows)
{
    struct rp_slot *slots = (struct rp_slot *)type->t.slots;
    size_t n = type->t.n_root;
    for (size_t i = 0; i < n; i++) {
        type->order->tags[i] = rows[i].tag;
        slots[i] = rows[i].slot;
        for (size_t k = 0; k < n && slots[i].at >= 0; k++) {
            if (rows[k].slot.index == slots[i].at) {
                slots[i].at = (int16_t)k;
                break;
            }
        }
    }
    for (size_t i = 0; i < n; i++)
        slots[i].index = (uint16_t)i;
}

bool rp_tags_order(struct rp_asn1 *c, struct rp_ctype *type)
{
    if (!type->order || type->order->sorted || type->bad)
        return true;
    struct row *rows = rp_asn1_make(c, (type->t.n_root + 1u) * sizeof *rows);
    if (!rows)
        return false;
    bool sorted = true;
    for (size_t i = 0; i < type->t.n_root; i++) {
        rows[i] = (struct row){ .tag = tag_of_slot(c, type, i), .slot = type->t.slots[i] };
        sorted = sorted && (i == 0 || by_tag(&rows[i - 1], &rows[i]) < 0);
    }
    if (!sorted)
        qsort(rows, type->t.n_root, sizeof *rows, by_tag);
    if (report_same(c, type, rows))
        return false;
    move_slots(type, rows);
    type->order->sorted = true;
    return true;
}
