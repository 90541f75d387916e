/* The decoder's entry, its findings and its bit primitives. Clauses of X.691 (02/2021). */
#include <stdarg.h>
#include <stdio.h>

#include "codecs/per/decoder.h"
#include "codecs/value/path.h"

rp_decode_fn *const rp_decoders[RP_OPS] = {
    [RP_OP_BOOLEAN] = rp_decode_boolean,
    [RP_OP_NULL] = rp_decode_null,
    [RP_OP_INTEGER_FIELD] = rp_decode_integer_field,
    [RP_OP_INTEGER_PLAIN] = rp_decode_integer_plain,
    [RP_OP_INTEGER_LARGE] = rp_decode_integer_large,
    [RP_OP_INTEGER_OCTETS] = rp_decode_integer_octets,
    [RP_OP_INTEGER_SEMI] = rp_decode_integer_semi,
    [RP_OP_INTEGER_UNCONSTRAINED] = rp_decode_integer_unconstrained,
    [RP_OP_ENUMERATED] = rp_decode_enumerated,
    [RP_OP_REAL] = rp_decode_real,
    [RP_OP_OCTETS] = rp_decode_octets,
    [RP_OP_BIT_STRING] = rp_decode_bit_string,
    [RP_OP_OCTET_STRING] = rp_decode_octet_string,
    [RP_OP_OCTET_STRING_FREE] = rp_decode_octet_string_free,
    [RP_OP_CHAR_STRING] = rp_decode_char_string,
    [RP_OP_SEQUENCE] = rp_decode_sequence,
    [RP_OP_KEYED] = rp_decode_keyed,
    [RP_OP_LIST] = rp_decode_list,
    [RP_OP_IE_LIST] = rp_decode_ie_list,
    [RP_OP_CHOICE] = rp_decode_choice,
    [RP_OP_CHOICE_OCTETS] = rp_decode_choice_octets,
    [RP_OP_CHOICE_PLAIN] = rp_decode_choice_plain,
    [RP_OP_OPEN] = rp_decode_open_alone,
};

static struct rp_diag *add_finding(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, enum rp_grade grade,
                                   enum rp_err err, const char *clause, const char *format, va_list args)
{
    char text[RP_DIAG_MAX];
    vsnprintf(text, sizeof text, format, args);
    struct rp_diag *diag = rp_diag_add(d->diags, grade, err, "%s", text);
    diag->bit = (uint32_t)pos;
    diag->clause = clause;
    struct rp_tree tree = { .nodes = d->nodes, .n_nodes = d->n, .octets = d->pdu, .len_octets = d->pdu_octets };
    bool open_already = d->depth && d->nodes[d->chain[d->depth - 1]].slot == slot;
    rp_path_write_slot(&tree, d->chain, d->depth, open_already ? NULL : slot, diag->path, sizeof diag->path);
    return diag;
}

struct rp_diag *rp_decode_note(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, enum rp_grade grade, enum rp_err err,
                               const char *clause, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct rp_diag *diag = add_finding(d, slot, pos, grade, err, clause, format, args);
    va_end(args);
    return diag;
}

size_t rp_decode_fail(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, enum rp_err err, const char *clause,
                      const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_finding(d, slot, pos, RP_TRANSFER, err, clause, format, args);
    va_end(args);
    return RP_STOP;
}

size_t rp_decode_end(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, size_t bits)
{
    size_t left = d->end - pos;
    struct rp_diag *diag = rp_decode_note(d, slot, pos, RP_TRANSFER, RP_EEND, NULL, "the octets end too early");
    const char *unit = bits % 8 || left % 8 ? "bits" : "octets";
    size_t scale = bits % 8 || left % 8 ? 1 : 8;
    snprintf(diag->expected, sizeof diag->expected, "%zu more %s", bits / scale, unit);
    snprintf(diag->seen, sizeof diag->seen, "%zu", left / scale);
    return RP_STOP;
}

bool rp_decode_more_nodes(struct rp_decoder *d, uint32_t n)
{
    uint32_t cap = 2 * d->cap > d->cap + n ? 2 * d->cap : d->cap + n;
    struct rp_node *nodes = cap < d->cap ? NULL : rp_arena_grow(d->arena, d->nodes, d->cap * sizeof *nodes, cap * sizeof *nodes);
    if (!nodes) {
        if (!d->out_of_memory)
            rp_diag_add(d->diags, RP_TRANSFER, RP_ENOMEM,
                        "the value needs more memory than the limit of %zu octets for a message",
                        d->arena->limit ? d->arena->limit : (size_t)RP_ARENA_DEFAULT_LIMIT);
        d->out_of_memory = true;
        return false;
    }
    d->nodes = nodes;
    d->cap = cap;
    return true;
}

uint64_t rp_load_tail(const struct rp_decoder *d, size_t octet)
{
    uint64_t word = 0;
    if (octet < d->len_octets)
        memcpy(&word, d->octets + octet, d->len_octets - octet < 8 ? d->len_octets - octet : 8);
    return __builtin_bswap64(word);
}

void rp_padding_set(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    struct rp_diag *diag = rp_decode_note(d, slot, pos, RP_CANONICAL, RP_EFORM, "X.691 (02/2021) 11.1",
                                          "padding bits before an octet boundary are not zero");
    unsigned n = 8 - (pos & 7), bits = d->octets[pos >> 3] & ((1u << n) - 1);
    snprintf(diag->expected, sizeof diag->expected, "%u zero bit%s", n, n == 1 ? "" : "s");
    snprintf(diag->seen, sizeof diag->seen, "0x%02x", bits);
}

size_t rp_field_careful(struct rp_decoder *d, const struct rp_slot *slot, size_t pos, unsigned n, uint64_t *value)
{
    *value = 0;
    if (!n)
        return pos;
    if (!rp_has(d, pos, n))
        return rp_decode_end(d, slot, pos, n);
    if (n <= 57)
        *value = rp_bits(d, pos, n);
    else
        *value = rp_bits(d, pos, n - 32) << 32 | rp_bits(d, pos + n - 32, 32);
    return pos + n;
}

/** What is behind the value: padding to an octet, then nothing. */
static void check_tail(struct rp_decoder *d, const struct rp_slot *slot, size_t pos)
{
    size_t end = d->len_octets * 8, whole = (pos + 7) & ~(size_t)7;
    if (!pos)
        whole = 8; /* 11.1.3: an empty encoding is one zero octet */
    if (whole > end) {
        rp_decode_end(d, slot, pos, 8);
        return;
    }
    if (whole > pos && rp_bits(d, pos, (unsigned)(whole - pos)))
        rp_decode_note(d, slot, pos, RP_CANONICAL, RP_EFORM, "X.691 (02/2021) 11.1",
                       "padding bits at the end of the encoding are not zero");
    if (whole < end)
        rp_decode_note(d, slot, whole, RP_CANONICAL, RP_ETRAILING, "X.691 (02/2021) 11.1", "%zu octet%s after the value",
                       (end - whole) / 8, end - whole == 8 ? "" : "s");
}

static void decode_all(struct rp_decoder *d, const struct rp_slot *slot)
{
    d->octets = d->pdu;
    d->len_octets = d->pdu_octets;
    d->end = d->pdu_octets * 8;
    d->n = d->depth = 0;
    size_t pos = rp_decode(d, slot, 0);
    if (pos != RP_STOP)
        check_tail(d, slot, pos);
    for (uint32_t i = 0; i < d->depth; i++) /* composites that a refusal left open end with the last node */
        d->nodes[d->chain[i]].next = d->n;
}

/** Strings of a constrained size, empty: X.691 (02/2021) 11.9.3.3 NOTE 2 aligns nothing behind the length; pycrate, asn1ct, asn1c
 * and others align. When the one reading finds fault and the other does not, the other is taken and remarked. */
static void try_aligning(struct rp_decoder *d, const struct rp_slot *slot, struct rp_diags_mark before)
{
    d->align_empty = true;
    rp_diags_rollback(d->diags, before);
    decode_all(d, slot);
    if (d->diags->worst <= RP_NOTE) {
        d->depth = 0;
        rp_decode_note(d, slot, 0, RP_CANONICAL, RP_EFORM, RP_PER_CLAUSE_EMPTY,
                       "sound only when aligned behind an empty string, where X.691 aligns nothing");
        return;
    }
    d->align_empty = false;
    rp_diags_rollback(d->diags, before);
    decode_all(d, slot);
}

bool rp_per_decode(const struct rp_type *type, enum rp_variant variant, const uint8_t *octets, size_t len_octets,
                   struct rp_arena *arena, struct rp_tree *tree, struct rp_diags *diags)
{
    struct rp_decoder d; /* not cleared whole: the chain need not be */
    d.variant = variant;
    d.arena = arena;
    d.diags = diags;
    d.pdu = octets;
    d.pdu_octets = len_octets;
    d.nodes = NULL;
    d.n = d.cap = d.depth = 0;
    d.align_empty = d.met_empty = d.out_of_memory = false;
    *tree = (struct rp_tree){ .octets = octets, .len_octets = len_octets, .aligned = variant == RP_ALIGNED };
    if (len_octets > RP_PER_MAX_OCTETS) {
        rp_diag_add(diags, RP_TRANSFER, RP_ESIZE, "%zu octets are more than a message may have here (%d)", len_octets,
                    RP_PER_MAX_OCTETS);
        return false;
    }
    uint32_t guess = len_octets < 4096 ? (uint32_t)len_octets / 2 + 32 : 2048;
    if (!rp_decode_more_nodes(&d, guess))
        return false;
    struct rp_diags_mark before = rp_diags_mark(diags);
    decode_all(&d, &type->self);
    if (d.met_empty && diags->worst > RP_NOTE && before.worst <= RP_NOTE && !d.out_of_memory)
        try_aligning(&d, &type->self, before);
    tree->nodes = d.nodes;
    tree->n_nodes = d.n;
    return diags->worst < RP_TRANSFER;
}
