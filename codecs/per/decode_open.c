/* Open types: X.691 (02/2021) 11.2. What can't be read inside one is kept as octets, and what follows it is still read. */
#include "codecs/per/decoder.h"

#define CLAUSE "X.691 (02/2021) 11.2"

static size_t push_unknown(struct rp_decoder *d, size_t start, size_t contents, size_t end, uint32_t index, const uint8_t *octets,
                           size_t n)
{
    struct rp_unknown *unknown = rp_arena_alloc(d->arena, sizeof *unknown);
    struct rp_node *node = unknown ? rp_push(d, &rp_unknown_slot, contents) : NULL;
    if (!node) {
        d->out_of_memory = true;
        return rp_decode_fail(d, NULL, start, RP_ENOMEM, NULL, "no memory for an open type");
    }
    *unknown = (struct rp_unknown){ .index = index, .len = (uint32_t)n, .octets = octets };
    node->value.unknown = unknown;
    node->bits = (uint32_t)(end - contents);
    return end;
}

/** What stands between the end of the value and the end of the open type. */
static void check_rest(struct rp_decoder *d, const struct rp_slot *slot, size_t start, size_t pos)
{
    size_t whole = pos == start ? pos + 8 : pos + (-(pos - start) & 7);
    if (whole > pos && whole <= d->end && rp_bits(d, pos, (unsigned)(whole - pos)))
        rp_decode_note(d, slot, pos, RP_CANONICAL, RP_EFORM, "X.691 (02/2021) 11.1",
                       "padding bits at the end of an open type are not zero");
    if (whole < d->end)
        rp_decode_note(d, slot, whole, RP_CANONICAL, RP_ETRAILING, CLAUSE, "%zu octet%s after the value inside the open type",
                       (d->end - whole) / 8, d->end - whole == 8 ? "" : "s");
}

/** Decodes the contents between pos and d->end. A refusal inside takes back the nodes and leaves RP_STOP to the caller. */
static size_t inside(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    uint32_t n = d->n, depth = d->depth;
    size_t at = rp_decode(d, slot, pos);
    if (at != RP_STOP) {
        check_rest(d, slot, pos, at);
        return at;
    }
    d->depth = depth;
    d->n = n;
    return RP_STOP;
}

/** The bit of the buffer around that stands at a bit of an open type put together from fragments. */
static uint32_t translate(const struct rp_decoder *d, size_t first_length, uint32_t bit)
{
    struct rp_diags none = { 0 };
    struct rp_decoder reader = {
        .octets = d->octets, .len_octets = d->len_octets, .end = d->end, .variant = d->variant, .diags = &none
    };
    size_t pos = first_length, done = 0, n;
    bool more = true;
    while (more) {
        pos = rp_length(&reader, &rp_unknown_slot, pos, &n, &more);
        if (pos == RP_STOP || bit < done + n * 8 || !more)
            break;
        done += n * 8;
        pos += n * 8;
    }
    return pos == RP_STOP ? bit : (uint32_t)(pos + (bit - done));
}

/** An open type in fragments: read in a buffer of its own, its places then told in bits of the buffer around. */
static size_t fragmented(struct rp_decoder *d, const struct rp_slot *slot, size_t first_length, const uint8_t *octets, size_t n)
{
    struct rp_decoder outer = *d;
    struct rp_diag *last = d->diags->last;
    uint32_t first_node = d->n;
    d->octets = octets;
    d->len_octets = n;
    d->end = n * 8;
    size_t result = inside(d, slot, 0);
    d->octets = outer.octets;
    d->len_octets = outer.len_octets;
    d->end = outer.end;
    for (uint32_t i = first_node; i < d->n; i++)
        d->nodes[i].bit = translate(d, first_length, d->nodes[i].bit);
    for (struct rp_diag *diag = last ? last->next : d->diags->first; diag; diag = diag->next)
        diag->bit = translate(d, first_length, diag->bit);
    return result;
}

static size_t careful_open(struct rp_decoder *d, const struct rp_slot *holder, const struct rp_slot *slot, uint32_t index,
                           size_t pos)
{
    size_t start = pos, n, contents;
    const uint8_t *octets;
    if ((pos = rp_contents(d, holder, pos, true, 8, &n, &octets, &contents)) == RP_STOP)
        return RP_STOP;
    if (!n)
        return rp_decode_fail(d, slot ? slot : holder, contents, RP_ESYNTAX, CLAUSE, "an open type of no octets");
    if (!slot)
        return push_unknown(d, start, contents, pos, index, octets, n);
    size_t result;
    if (pos - contents == n * 8 && octets == d->octets + (contents >> 3)) {
        size_t end = d->end;
        d->end = pos;
        result = inside(d, slot, contents);
        d->end = end;
    } else
        result = fragmented(d, slot, start, octets, n);
    if (result != RP_STOP)
        return pos;
    if (d->out_of_memory)
        return RP_STOP;
    return push_unknown(d, start, contents, pos, index, octets, n);
}

size_t rp_decode_open_value(struct rp_decoder *d, const struct rp_slot *slot, uint32_t index, size_t contents, size_t end)
{
    uint32_t first = d->n, depth = d->depth;
    size_t outer = d->end;
    d->end = end;
    size_t at = rp_decode(d, slot, contents);
    if (__builtin_expect(at == end, 1)) {
        d->end = outer;
        return end;
    }
    if (at != RP_STOP)
        check_rest(d, slot, contents, at);
    d->end = outer;
    if (at != RP_STOP)
        return end;
    d->n = first;
    d->depth = depth;
    size_t octet = contents >> 3;
    return d->out_of_memory ? RP_STOP : push_unknown(d, contents, contents, end, index, d->octets + octet, (end >> 3) - octet);
}

/** The usual case: ALIGNED, padding zero, a length of one or two octets, the value filling the open type. */
size_t rp_decode_open(struct rp_decoder *d, const struct rp_slot *holder, const struct rp_slot *slot, uint32_t index, size_t pos)
{
    size_t start = (pos + 7) & ~(size_t)7, outer = d->end;
    if (!slot || d->variant != RP_ALIGNED || start + 8 > outer)
        return careful_open(d, holder, slot, index, pos);
    uint64_t word = rp_load(d, start >> 3);
    size_t n = word >> 56, contents = start + 8;
    if (n >= 0x80) {
        n = word >> 62 == 2 ? word >> 48 & 0x3fff : 0;
        contents += 8;
        n = n < 0x80 ? 0 : n;
    }
    bool padding = (pos & 7) && (uint8_t)(d->octets[pos >> 3] << (pos & 7));
    if (!n || padding || contents > outer || n * 8 > outer - contents)
        return careful_open(d, holder, slot, index, pos);
    return rp_decode_open_value(d, slot, index, contents, contents + n * 8);
}

/** An open type without a table constraint, or one that stands alone: its octets are all that is known. */
size_t rp_decode_open_alone(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    return rp_decode_open(d, slot, NULL, 0, pos);
}
