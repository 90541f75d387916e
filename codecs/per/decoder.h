/** The decoder's state and the primitives that all kinds share. Private to codecs/per.
 *
 *  Positions are bit offsets into `octets` and travel in registers: a decoder gets the position where its value starts and
 *  returns the position behind it, or RP_STOP when the bits can't be read. Findings that do not stop are remarks. */
#ifndef RP_PER_DECODER_H
#define RP_PER_DECODER_H

#include <string.h>

#include "codecs/per/private.h"

#define RP_STOP SIZE_MAX

struct rp_decoder {
    const uint8_t *octets; /* the buffer being read: the PDU, or an open type put together from fragments */
    size_t len_octets;
    size_t end; /* bit behind the innermost open type, or the PDU */
    struct rp_node *nodes;
    uint32_t n, cap;
    uint32_t depth;
    enum rp_variant variant;
    bool align_empty; /* second try: align after a zero length, as many stacks do */
    bool met_empty;   /* a zero length was met where the two readings differ */
    bool out_of_memory;
    struct rp_arena *arena;
    struct rp_diags *diags;
    const uint8_t *pdu;
    size_t pdu_octets;
    uint32_t chain[RP_PER_MAX_DEPTH]; /* nodes of the composites being decoded, outermost first */
};

/** Decodes one value: one for each enum rp_per_op. */
typedef size_t rp_decode_fn(struct rp_decoder *d, const struct rp_slot *slot, size_t pos);
extern rp_decode_fn *const rp_decoders[RP_OPS];

static inline rp_decode_fn *rp_decoder_of(const struct rp_decoder *d, const struct rp_slot *slot)
{
    return rp_decoders[slot->type->per[d->variant].op];
}

static inline size_t rp_decode(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    return rp_decoder_of(d, slot)(d, slot, pos);
}

/** @name Findings. The path is the open composites' plus the slot's. */
struct rp_diag *rp_decode_note(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, enum rp_grade grade, enum rp_err err,
                               const char *clause, const char *format, ...) __attribute__((format(printf, 7, 8), cold));
/** Reports a refusal. @return RP_STOP */
size_t rp_decode_fail(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, enum rp_err err, const char *clause,
                      const char *format, ...) __attribute__((format(printf, 6, 7), cold));
/** The octets end before `bits` more could be read. @return RP_STOP */
size_t rp_decode_end(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, size_t bits) __attribute__((cold));

bool rp_decode_more_nodes(struct rp_decoder *d, uint32_t n);

/** Room for n nodes. */
static inline bool rp_room(struct rp_decoder *d, uint32_t n)
{
    return d->cap - d->n >= n || rp_decode_more_nodes(d, n);
}

/** Appends a leaf. @return NULL when out of memory */
static inline struct rp_node *rp_push(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    uint32_t n = d->n;
    if (__builtin_expect(n == d->cap, 0) && !rp_decode_more_nodes(d, 1))
        return NULL;
    struct rp_node *node = &d->nodes[n];
    d->n = n + 1;
    node->slot = slot;
    node->value.integer = 0;
    node->bit = (uint32_t)pos;
    node->next = n + 1;
    node->len = 0;
    return node;
}

/** Whether a quick way may load 8 octets from here and append a node without asking further. Where it may not, the careful way
 * for the same type is called last, so that the quick one needs no stack. */
static inline bool rp_easy(const struct rp_decoder *d, size_t pos)
{
    return __builtin_expect((pos >> 3) + 8 <= d->len_octets && d->n != d->cap, 1);
}

/** The 64 bits from an octet on; rp_easy has said that they are there. */
static inline uint64_t rp_load_easy(const struct rp_decoder *d, size_t octet)
{
    uint64_t word;
    memcpy(&word, d->octets + octet, 8);
    return __builtin_bswap64(word);
}

/** Appends a number; rp_easy has said that there is room. */
static inline size_t rp_push_easy(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, size_t end, int64_t value)
{
    uint32_t n = d->n;
    struct rp_node *node = &d->nodes[n];
    d->n = n + 1;
    node->slot = slot;
    node->value.integer = value;
    node->bit = (uint32_t)pos;
    node->bits = (uint32_t)(end - pos);
    node->next = n + 1;
    node->len = 0;
    return end;
}

uint64_t rp_load_tail(const struct rp_decoder *d, size_t octet);

/** The 64 bits from an octet on, zeros behind the buffer's end. */
static inline uint64_t rp_load(const struct rp_decoder *d, size_t octet)
{
    uint64_t word;
    if (__builtin_expect(octet + 8 > d->len_octets, 0))
        return rp_load_tail(d, octet);
    memcpy(&word, d->octets + octet, 8);
    return __builtin_bswap64(word);
}

/** n bits from pos, 1 <= n <= 57; the caller has checked pos + n against the end. */
static inline uint64_t rp_bits(const struct rp_decoder *d, size_t pos, unsigned n)
{
    return rp_load(d, pos >> 3) << (pos & 7) >> (64 - n);
}

static inline bool rp_has(const struct rp_decoder *d, size_t pos, size_t bits)
{
    return bits <= d->end - pos;
}

void rp_padding_set(struct rp_decoder *d, const struct rp_slot *slot, size_t pos) __attribute__((cold));

/** The next octet boundary; padding bits other than zero are remarked. */
static inline size_t rp_align(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    if (!(pos & 7))
        return pos;
    if ((uint8_t)(d->octets[pos >> 3] << (pos & 7)))
        rp_padding_set(d, slot, pos);
    return (pos | 7) + 1;
}

size_t rp_field_careful(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, unsigned n, uint64_t *value);

/** n bits from pos, n <= 64. @return the position behind, or RP_STOP */
static inline size_t rp_field(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, unsigned n, uint64_t *value)
{
    if (__builtin_expect(n - 1 > 56 || !rp_has(d, pos, n), 0))
        return rp_field_careful(d, slot, pos, n, value);
    *value = rp_bits(d, pos, n);
    return pos + n;
}

/** A general length determinant (11.9.3.5 to 11.9.3.8). *more is set when a fragment of 16K items or a multiple was announced,
 *  behind which another length comes. */
size_t rp_length(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, size_t *n, bool *more);

/** A normally small non-negative whole number (11.6). */
size_t rp_small_number(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, uint64_t *n);

/** The count of a string or list after its extension bit: fixed, a field, or general. *general is set in the last case, and n is
 * then not read: the caller reads fragments with rp_length. */
size_t rp_size(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, bool extended, size_t *n, bool *general);

/** Gathers octets: `unit` bits an item, `n` items at pos or (general) length determinants and fragments.
 *  @param octets  points into the buffer where that is possible, else into the arena
 *  @param start   where the contents start, behind the first length and padding */
size_t rp_contents(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, bool general, unsigned unit, size_t *n,
                   const uint8_t **octets, size_t *start);

/** Octets of `bits` bits from any position: in place when on an octet boundary and whole, else copied with unused bits zero. */
const uint8_t *rp_octets_at(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, size_t bits);

/** Size of a value against its type's constraint; remarks RP_ESIZE. */
void rp_check_size(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, int64_t n, bool extended);

/** Decodes the value of an open type at pos (its length determinant comes first) as `slot`; octets of unknown type when slot is
 * NULL.
 *  @param holder, index  for findings and for unknown octets: the slot that holds the open type, the number of the addition */
size_t rp_decode_open(struct rp_decoder *d, const struct rp_slot *holder, const struct rp_slot *slot, uint32_t index, size_t pos);

/** Decodes the value of an open type whose contents are the whole octets from `contents` to `end`. @return end, or RP_STOP */
size_t rp_decode_open_value(struct rp_decoder *d, const struct rp_slot *slot, uint32_t index, size_t contents, size_t end);

size_t rp_decode_boolean(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_null(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_integer_field(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_integer_plain(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_integer_octets(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_integer_large(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_integer_semi(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_integer_unconstrained(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_enumerated(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_real(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_octets(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_bit_string(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_octet_string_free(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_octet_string(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_char_string(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_sequence(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_keyed(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_list(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_ie_list(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_choice_octets(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_choice_plain(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_choice(struct rp_decoder *, const struct rp_slot *, size_t);
size_t rp_decode_open_alone(struct rp_decoder *, const struct rp_slot *, size_t);

_Static_assert(sizeof(struct rp_node) == 32 && offsetof(struct rp_node, bit) == 16, "rp_quad covers bit, bits, next and len");

/** The fixed beginning of a SEQUENCE in one go, when pos is on an octet and nothing in it is unusual.
 *  @return the position behind it with the nodes appended; RP_STOP when the careful way has to be taken (nothing appended) */
static inline size_t rp_decode_flat(struct rp_decoder *d, const struct rp_slot *slot, const struct rp_flat *flat, size_t pos)
{
    if ((pos & 7) || flat->bits > d->end - pos || !rp_room(d, flat->n_rows))
        return RP_STOP;
    uint64_t word = rp_load(d, pos >> 3), beyond = 0;
    uint32_t base = d->n;
    struct rp_node *node = &d->nodes[base];
    const struct rp_flat_row *row = flat->rows, *end = row + flat->n_rows;
    const rp_quad start = { (uint32_t)pos, 0, base, 0 };
    for (; row < end; row++, node++) {
        uint64_t value = word >> row->shift & row->mask;
        beyond |= row->max - value; /* the top bit tells */
        node->slot = row->slot;
        node->value.integer = (int64_t)value + row->lo;
        rp_quad place = row->place + start;
        memcpy(&node->bit, &place, sizeof place);
        if (row->octets)
            node->value.octets = d->octets + (node->bit >> 3);
    }
    if ((word & flat->zero_mask) || beyond >> 63)
        return RP_STOP;
    d->nodes[base].slot = slot;
    d->n = base + flat->n_rows;
    return pos + flat->bits;
}

/** A constrained INTEGER in octets (11.5.7.4) taken from the 64 bits from its start, of which at least 52 are of the message.
 *  @return the position behind it, or RP_STOP when it is not of the usual form (padding zero, fewest octets, at most 5, in
 * bounds) */
static inline size_t rp_read_octets_number(const struct rp_decoder *d, const struct rp_type *type, size_t pos, uint64_t head,
                                           int64_t *number)
{
    unsigned width = type->per[d->variant].width, n = (unsigned)(head >> (64 - width)) + 1;
    unsigned padding = (unsigned)-(pos + width) & 7;
    uint64_t contents = head << width, octets = contents << padding, value = octets >> (64 - n * 8);
    size_t end = pos + width + padding + n * 8;
    if (__builtin_expect(n > 5 || end > d->end || (contents >> 1) >> (63 - padding), 0))
        return RP_STOP;
    if (__builtin_expect(value > (uint64_t)type->hi - (uint64_t)type->lo || (n > 1 && !(octets >> 56)), 0))
        return RP_STOP;
    *number = (int64_t)((uint64_t)type->lo + value);
    return end;
}

/** Enters a composite: its node is appended and on the chain. @return its index, or UINT32_MAX after a finding */
static inline uint32_t rp_enter(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    if (d->depth == RP_PER_MAX_DEPTH) {
        rp_decode_fail(d, slot, pos, RP_EDEPTH, NULL, "nested deeper than %d levels", RP_PER_MAX_DEPTH);
        return UINT32_MAX;
    }
    if (!rp_push(d, slot, pos))
        return UINT32_MAX;
    d->chain[d->depth++] = d->n - 1;
    return d->n - 1;
}

/** Leaves it: its subtree and bits end here. */
static inline size_t rp_leave(struct rp_decoder *d, uint32_t node, size_t pos)
{
    d->depth--;
    d->nodes[node].next = d->n;
    d->nodes[node].bits = (uint32_t)(pos - d->nodes[node].bit);
    return pos;
}

#endif
