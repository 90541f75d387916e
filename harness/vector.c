#include "harness/vector.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "codecs/per/per.h"
#include "codecs/value/diff.h"
#include "codecs/value/json.h"
#include "codecs/value/path.h"
#include "harness/input.h"
#include "harness/json_span.h"

enum member { NAME, SET, TYPE, HEX, VALUE, PER, GRADE, RECEIVER, MEMBERS };

static const char *const member_names[MEMBERS] = { "name", "set", "type", "hex", "value", "per", "grade", "receiver" };

/* One vector on its way. */
struct vector {
    struct rp_vectors *all;
    struct rp_mismatch *mismatch;
    struct rp_span members[MEMBERS];
    const struct rp_type *type;
    enum rp_variant variant;
    const uint8_t *octets;
    size_t len;
    bool decoded;
    struct rp_tree tree;
    struct rp_diags diags;
};

void rp_vectors_free(struct rp_vectors *vectors)
{
    rp_arena_free(&vectors->arena);
}

static bool fail(struct vector *vector, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool fail(struct vector *vector, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(vector->mismatch->text, sizeof vector->mismatch->text, format, args);
    va_end(args);
    return false;
}

/* Fails with the worst finding, the first of its grade. */
static bool fail_finding(struct vector *vector, const char *what, const struct rp_diags *diags)
{
    char line[RP_VECTOR_SAY - 80] = "no finding says why";
    for (const struct rp_diag *diag = diags->first; diag; diag = diag->next)
        if (diag->grade == diags->worst) {
            rp_diag_format(diag, line, sizeof line);
            break;
        }
    return fail(vector, "%s: %s", what, line);
}

static uint32_t hash(const char *text)
{
    uint32_t h = 2166136261u;
    for (; *text; text++)
        h = (h ^ (uint8_t)*text) * 16777619u;
    return h;
}

/* Looking a type up by name walks its set: asked once for each type of a file, not for each line. */
static bool find_type(struct vector *vector)
{
    char set[RP_VECTOR_NAME / 2], type[RP_VECTOR_NAME / 2], spec[RP_VECTOR_NAME];
    if (!rp_span_string(vector->members[SET], set, sizeof set) || !rp_span_string(vector->members[TYPE], type, sizeof type))
        return fail(vector, "the line has no members set and type (strings)");
    snprintf(spec, sizeof spec, "%s:%s", set, type);
    struct rp_vector_type *cached = &vector->all->types[hash(spec) % RP_VECTOR_TYPES];
    if (!cached->type || strcmp(cached->spec, spec) != 0) {
        struct rp_diags diags = { .arena = &vector->all->arena };
        const struct rp_type *found = rp_registry_type(vector->all->registry, spec, &diags);
        if (!found)
            return fail_finding(vector, "type", &diags);
        memcpy(cached->spec, spec, sizeof spec);
        cached->type = found;
    }
    vector->type = cached->type;
    return true;
}

static bool find_octets(struct vector *vector)
{
    struct rp_span hex = vector->members[HEX];
    if (!hex.text || hex.text[0] != '"')
        return fail(vector, "the line has no member hex (a string)");
    uint8_t *octets = rp_arena_alloc(&vector->all->arena, hex.len / 2 + 1);
    size_t at;
    if (!octets)
        return fail(vector, "out of memory");
    if (!rp_hex_read(hex.text + 1, hex.len - 2, octets, &vector->len, &at))
        return fail(vector, "hex: wrong or missing digit at character %zu", at);
    vector->octets = octets;
    return true;
}

/* The deepest node that the bit belongs to. */
static uint32_t node_at(const struct rp_tree *tree, uint64_t bit)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < tree->n_nodes; i++) {
        const struct rp_node *node = &tree->nodes[i];
        if (node->bit <= bit && bit < (uint64_t)node->bit + node->bits)
            found = i;
    }
    return found;
}

static void context(const uint8_t *octets, size_t len, size_t at, char *out, size_t size)
{
    size_t from = at > 3 ? at - 3 : 0, n = 0;
    out[0] = '\0';
    for (size_t i = from; i < at + 4 && n + 6 < size; i++) {
        if (i >= len)
            n += (size_t)snprintf(out + n, size - n, "%s", i == at ? "[end]" : "");
        else
            n += (size_t)snprintf(out + n, size - n, i == at ? "[%02x]" : "%02x", octets[i]);
    }
}

static bool same_octets(struct vector *vector, const char *what, const uint8_t *got, size_t len)
{
    size_t at = 0;
    while (at < len && at < vector->len && got[at] == vector->octets[at])
        at++;
    if (at == len && at == vector->len)
        return true;
    uint32_t bit = 0;
    uint8_t wrong = at < len && at < vector->len ? (uint8_t)(got[at] ^ vector->octets[at]) : 0xFF;
    while (!(wrong & 0x80u >> bit))
        bit++;
    char path[RP_PATH_MAX] = "", expected[40], seen[40];
    rp_path_of(&vector->tree, node_at(&vector->tree, at * 8 + bit), path, sizeof path);
    context(vector->octets, vector->len, at, expected, sizeof expected);
    context(got, len, at, seen, sizeof seen);
    return fail(vector, "%s differs at octet %zu, bit %zu, %s; expected ..%s.. (%zu octets), seen ..%s.. (%zu octets)", what, at,
                at * 8 + bit, path, expected, vector->len, seen, len);
}

/** Whether the octets are of the form that aligns behind empty strings; ours then differ, and rightly so. */
static bool aligns_behind_empty(const struct vector *vector)
{
    for (const struct rp_diag *diag = vector->diags.first; diag; diag = diag->next)
        if (diag->clause && !strcmp(diag->clause, RP_PER_CLAUSE_EMPTY))
            return true;
    return false;
}

static bool check_again(struct vector *vector, const char *what, const struct rp_tree *tree, enum rp_encode_mode mode)
{
    struct rp_diags diags = { .arena = &vector->all->arena };
    const uint8_t *octets;
    size_t len;
    if (!rp_per_encode(tree, vector->variant, mode, &vector->all->arena, &octets, &len, &diags))
        return fail_finding(vector, what, &diags);
    return aligns_behind_empty(vector) || same_octets(vector, what, octets, len);
}

static bool check_value(struct vector *vector)
{
    struct rp_arena *arena = &vector->all->arena;
    struct rp_diags diags = { .arena = arena };
    struct rp_span json = vector->members[VALUE];
    struct rp_tree wanted = rp_json_read(vector->type, json.text, json.len, arena, &diags);
    if (!wanted.n_nodes)
        return fail_finding(vector, "reading the value", &diags);
    size_t total = 0;
    struct rp_difference *first = rp_diff(&wanted, &vector->tree, 1, &total, arena);
    if (first) {
        char at[40] = "";
        uint32_t node = rp_path_find(&vector->tree, 0, first->path);
        if (node != UINT32_MAX)
            snprintf(at, sizeof at, " at bit %u", vector->tree.nodes[node].bit);
        return fail(vector, "decoded value differs in %s%s; expected %.150s, seen %.150s (%zu difference%s)", first->path, at,
                    first->expected, first->got, total, total == 1 ? "" : "s");
    }
    return check_again(vector, "encoding of the value", &wanted, RP_CHECKED);
}

static bool has(const struct vector *vector, enum rp_err err, bool or_any_other)
{
    for (const struct rp_diag *diag = vector->diags.first; diag; diag = diag->next)
        if ((diag->err == err) != or_any_other)
            return true;
    return false;
}

static bool fail_grade(struct vector *vector, const char *grade)
{
    if (!vector->diags.count)
        return fail(vector, "grade: expected %s, seen no finding", grade);
    char what[120];
    snprintf(what, sizeof what, "grade: expected %s, seen %s", grade, rp_grade_name(vector->diags.worst));
    return fail_finding(vector, what, &vector->diags);
}

static bool check_grade(struct vector *vector)
{
    enum rp_grade worst = vector->diags.worst;
    char grade[60];
    if (!rp_span_string(vector->members[GRADE], grade, sizeof grade))
        return fail(vector, "the member grade is no short string");
    bool as_wanted;
    if (!strcmp(grade, "transfer-syntax"))
        as_wanted = worst == RP_TRANSFER;
    else if (!strcmp(grade, "constraint"))
        as_wanted = worst == RP_CONSTRAINT;
    else if (!strcmp(grade, "non-canonical-but-decodable"))
        as_wanted = worst == RP_CANONICAL && has(vector, RP_ETRAILING, true);
    else if (!strcmp(grade, "trailing octets"))
        as_wanted = has(vector, RP_ETRAILING, false);
    else if (!strcmp(grade, "unknown-extension (well-formed)"))
        as_wanted = worst == RP_NOTE && has(vector, RP_EUNKNOWN, false);
    else
        return fail(vector, "unknown grade '%s'", grade);
    if (!as_wanted)
        return fail_grade(vector, grade);
    return worst != RP_NOTE || check_again(vector, "encoding again", &vector->tree, RP_CHECKED);
}

static bool check(struct vector *vector)
{
    if (!find_type(vector) || !find_octets(vector))
        return false;
    struct rp_span per = vector->members[PER];
    bool uper = per.text && per.len == 6 && !memcmp(per.text, "\"uper\"", 6);
    vector->variant = uper ? RP_UNALIGNED : RP_ALIGNED;
    vector->diags.arena = &vector->all->arena;
    vector->decoded = rp_per_decode(vector->type, vector->variant, vector->octets, vector->len, &vector->all->arena,
                                    &vector->tree, &vector->diags);
    if (vector->members[GRADE].text)
        return check_grade(vector);
    if (!vector->decoded)
        return fail_finding(vector, "decoding", &vector->diags);
    if (vector->members[VALUE].text && !check_value(vector))
        return false;
    enum rp_encode_mode mode = vector->members[RECEIVER].text ? RP_UNCHECKED : RP_CHECKED;
    return check_again(vector, "encoding again", &vector->tree, mode);
}

bool rp_vector_check(struct rp_vectors *vectors, const char *line, size_t len, struct rp_mismatch *mismatch)
{
    struct vector vector = { .all = vectors, .mismatch = mismatch };
    size_t at;
    mismatch->name[0] = mismatch->text[0] = '\0';
    bool good = rp_json_members(line, len, member_names, vector.members, MEMBERS, &at);
    if (!good)
        fail(&vector, "not a JSON object: wrong at character %zu", at);
    else
        rp_span_string(vector.members[NAME], mismatch->name, sizeof mismatch->name);
    good = good && check(&vector);
    rp_arena_reset(&vectors->arena);
    return good;
}
