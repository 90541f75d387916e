/* Length determinants, sizes, and the octets behind them: X.691 (02/2021) 11.9, 11.6. */
#include <stdio.h>

#include "codecs/per/decoder.h"

#define CLAUSE_GENERAL "X.691 (02/2021) 11.9.3.8"

enum { FRAGMENT = 16384 };

static void note_form(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, const char *clause, const char *what,
                      uint64_t n)
{
    rp_decode_note(d, slot, pos, RP_CANONICAL, RP_EFORM, clause, "%s %llu", what, (unsigned long long)n);
}

/** First octet 11xxxxxx: so many times 16K items, 1 to 4. */
static size_t fragment(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, unsigned octet, size_t *n, bool *more)
{
    unsigned multiplier = octet & 0x3f;
    if (!multiplier || multiplier > 4) {
        struct rp_diag *diag =
            rp_decode_note(d, slot, pos, RP_TRANSFER, RP_ESYNTAX, CLAUSE_GENERAL, "fragment of %u times 16K items", multiplier);
        snprintf(diag->expected, sizeof diag->expected, "a multiplier of 1 to 4");
        snprintf(diag->seen, sizeof diag->seen, "%u (octet 0x%02x)", multiplier, octet);
        return RP_STOP;
    }
    *n = (size_t)multiplier * FRAGMENT;
    *more = true;
    return pos + 8;
}

size_t rp_length(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, size_t *n, bool *more)
{
    *more = false;
    if (d->variant == RP_ALIGNED)
        pos = rp_align(d, slot, pos);
    if (!rp_has(d, pos, 8))
        return rp_decode_end(d, slot, pos, 8);
    unsigned octet = (unsigned)rp_bits(d, pos, 8);
    if (octet < 0x80) {
        *n = octet;
        return pos + 8;
    }
    if (octet >= 0xc0)
        return fragment(d, slot, pos, octet, n, more);
    if (!rp_has(d, pos, 16))
        return rp_decode_end(d, slot, pos, 16);
    *n = rp_bits(d, pos, 16) & 0x3fff;
    if (*n < 0x80)
        note_form(d, slot, pos, "X.691 (02/2021) 11.9.3.6", "two octets for a length that has to be in one:", *n);
    return pos + 16;
}

size_t rp_small_number(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, uint64_t *n)
{
    uint64_t large;
    size_t start = pos;
    if ((pos = rp_field(d, slot, pos, 1, &large)) == RP_STOP)
        return RP_STOP;
    if (!large)
        return rp_field(d, slot, pos, 6, n);
    size_t octets;
    bool more;
    if ((pos = rp_length(d, slot, pos, &octets, &more)) == RP_STOP)
        return RP_STOP;
    if (!octets || octets > 4 || more)
        return rp_decode_fail(d, slot, pos, RP_ESYNTAX, "X.691 (02/2021) 11.6.2",
                              "a number of %zu octets where few were expected", octets);
    pos = rp_field(d, slot, pos, (unsigned)octets * 8, n);
    if (pos == RP_STOP)
        return RP_STOP;
    if (*n < 64)
        note_form(d, slot, start, "X.691 (02/2021) 11.6.1", "large form for the normally small number", *n);
    else if (*n >> (8 * octets - 8) == 0)
        note_form(d, slot, start, "X.691 (02/2021) 11.3.6", "leading zero octet in the number", *n);
    return pos;
}

size_t rp_size(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, bool extended, size_t *n, bool *general)
{
    const struct rp_type *type = slot->type;
    const struct rp_per *per = &type->per[d->variant];
    *general = false;
    if (extended || !(per->flags & (RP_PER_SIZE_FIXED | RP_PER_SIZE_FIELD))) {
        *general = true;
        return pos;
    }
    if (per->flags & RP_PER_SIZE_FIXED) {
        *n = (size_t)type->hi;
        return pos;
    }
    if (per->flags & RP_PER_FIELD_ALIGNED)
        pos = rp_align(d, slot, pos);
    uint64_t field;
    pos = rp_field(d, slot, pos, per->width, &field);
    *n = (size_t)((uint64_t)type->lo + field);
    return pos;
}

void rp_check_size(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, int64_t n, bool extended)
{
    const struct rp_type *type = slot->type;
    bool inside = rp_in_root(type, n);
    struct rp_diag *diag;
    if (inside && extended) {
        diag = rp_decode_note(d, slot, pos, RP_CANONICAL, RP_EFORM, "X.691 (02/2021) 11.9",
                              "extension form for a size inside the root: %lld", (long long)n);
        snprintf(diag->expected, sizeof diag->expected, "extension bit 0");
        snprintf(diag->seen, sizeof diag->seen, "1");
    }
    if (inside || extended)
        return;
    diag = rp_decode_note(d, slot, pos, RP_CONSTRAINT, RP_ESIZE, NULL, "size %lld is %s", (long long)n, rp_outside_text(type, n));
    rp_bounds_text(type, diag->expected, sizeof diag->expected);
    snprintf(diag->seen, sizeof diag->seen, "%lld", (long long)n);
}

const uint8_t *rp_octets_at(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, size_t bits)
{
    if (!((pos | bits) & 7))
        return d->octets + (pos >> 3);
    size_t len = (bits + 7) / 8;
    uint8_t *copy = rp_arena_alloc(d->arena, len);
    if (!copy) {
        d->out_of_memory = true;
        rp_decode_fail(d, slot, pos, RP_ENOMEM, NULL, "no memory for %zu octets", len);
        return NULL;
    }
    for (size_t i = 0; i < len; i++) {
        unsigned n = bits - 8 * i < 8 ? (unsigned)(bits - 8 * i) : 8;
        copy[i] = (uint8_t)(rp_bits(d, pos + 8 * i, n) << (8 - n));
    }
    return copy;
}

/** Reads the lengths of all fragments ahead to learn the sum; nothing is allocated by what a length promises but is not there. */
static size_t measure(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, unsigned unit, size_t *n)
{
    bool more = true;
    size_t last = SIZE_MAX;
    *n = 0;
    while (more) {
        size_t items = 0, at = pos;
        pos = rp_length(d, slot, pos, &items, &more);
        if (pos == RP_STOP)
            return RP_STOP;
        if (!rp_has(d, pos, items * unit))
            return rp_decode_end(d, slot, pos, items * unit);
        if (last != SIZE_MAX && last < 4 * FRAGMENT && items >= FRAGMENT)
            rp_decode_note(d, slot, at, RP_CANONICAL, RP_EFORM, CLAUSE_GENERAL,
                           "fragment of %zuK items behind one of %zuK; each but the last has to be the largest possible",
                           items / 1024, last / 1024);
        last = items;
        *n += items;
        pos += items * unit;
    }
    return pos;
}

/** Copies fragments measured before into one buffer. */
static bool gather(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, unsigned unit, uint8_t *out)
{
    bool more = true;
    size_t bits_done = 0;
    struct rp_diags_mark mark = rp_diags_mark(d->diags); /* what is to be said was said when measuring */
    while (more) {
        size_t items = 0;
        pos = rp_length(d, slot, pos, &items, &more);
        size_t bits = items * unit, len = (bits + 7) / 8; /* fragments of 16K items are whole octets */
        const uint8_t *from = bits ? rp_octets_at(d, slot, pos, bits) : out;
        if (!from)
            return false;
        if (len)
            memcpy(out + bits_done / 8, from, len);
        bits_done += bits;
        pos += bits;
    }
    rp_diags_rollback(d->diags, mark);
    return true;
}

size_t rp_contents(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, bool general, unsigned unit, size_t *n,
                   const uint8_t **octets, size_t *start)
{
    if (!general) {
        *start = pos;
        if (!rp_has(d, pos, *n * unit))
            return rp_decode_end(d, slot, pos, *n * unit);
        *octets = *n ? rp_octets_at(d, slot, pos, *n * unit) : d->octets;
        return *octets ? pos + *n * unit : RP_STOP;
    }
    bool more;
    size_t behind = rp_length(d, slot, pos, n, &more);
    if (behind == RP_STOP)
        return RP_STOP;
    if (!more)
        return rp_contents(d, slot, behind, false, unit, n, octets, start);
    *start = behind;
    size_t end = measure(d, slot, pos, unit, n);
    if (end == RP_STOP)
        return RP_STOP;
    uint8_t *joined = rp_arena_alloc(d->arena, (*n * unit + 7) / 8);
    if (!joined) {
        d->out_of_memory = true;
        return rp_decode_fail(d, slot, pos, RP_ENOMEM, NULL, "no memory for %zu octets", *n * unit / 8);
    }
    *octets = joined;
    return gather(d, slot, pos, unit, joined) ? end : RP_STOP;
}
