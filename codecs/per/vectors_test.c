/* Properties over whole messages: the project's own vectors, and those beside the project when they are there.
 * Every cut is refused, every failing allocation is a finding, and a message is remarked as not canonical exactly when it is
 * encoded again to other octets: checked on each vector and on each vector with any one bit flipped. */
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/asn1/registry.h"
#include "codecs/per/per.h"
#include "tools/test_support.h"

#if defined(__SANITIZE_ADDRESS__)
#define SLOW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLOW 1
#endif
#endif
#ifdef SLOW
enum { STEP = 11 }; /* the sanitizers cost a factor of ten: fewer of the bits and cuts, over as many messages */
#else
enum { STEP = 1 };
#endif

enum { MAX_OCTETS = 1 << 18, MAX_FLIPPED = 700 };

struct vector {
    char name[120];
    const struct rp_type *type;
    enum rp_variant variant;
    uint8_t *octets; /* ends at a page that can't be read */
    size_t len;
};

typedef void check_fn(const struct vector *vector, struct rp_arena *arena);

static struct rp_registry *registry;
static unsigned long flips, readable_flips;

static bool decode(const struct vector *vector, const uint8_t *octets, size_t len, struct rp_arena *arena, struct rp_tree *tree,
                   struct rp_diags *diags)
{
    *diags = (struct rp_diags){ .arena = arena };
    return rp_per_decode(vector->type, vector->variant, octets, len, arena, tree, diags);
}

static void is_encoded_again(const struct vector *vector, struct rp_arena *arena)
{
    struct rp_tree tree;
    struct rp_diags diags;
    const uint8_t *out;
    size_t len;
    char text[700] = "";
    if (!decode(vector, vector->octets, vector->len, arena, &tree, &diags) || diags.worst > RP_NOTE) {
        rp_diag_format(diags.first, text, sizeof text);
        fail_msg("%s: %s", vector->name, text);
    }
    assert_true(rp_per_encode(&tree, vector->variant, RP_CHECKED, arena, &out, &len, &diags));
    if (len != vector->len || memcmp(out, vector->octets, len) != 0)
        fail_msg("%s: encoded to other octets", vector->name);
}

static void every_cut_is_refused(const struct vector *vector, struct rp_arena *arena)
{
    uint8_t *room = rp_guarded(vector->octets, vector->len);
    for (size_t cut = 0, step; cut < vector->len; cut += step) {
        bool middle = cut > 2000 && vector->len - cut > 2000;
        step = middle ? 61 : STEP;
        uint8_t *at = room + vector->len - cut; /* ends at the unreadable page */
        memcpy(at, vector->octets, cut);
        struct rp_tree tree;
        struct rp_diags diags;
        if (decode(vector, at, cut, arena, &tree, &diags))
            fail_msg("%s: cut at octet %zu of %zu, and taken", vector->name, cut, vector->len);
        rp_arena_reset(arena);
    }
    rp_guarded_free(room, vector->len);
}

static void failing_allocations_are_findings(const struct vector *vector, struct rp_arena *arena)
{
    (void)arena;
    for (long n = 0; n < 12; n++) {
        struct rp_arena own = { 0 };
        struct rp_tree tree;
        struct rp_diags diags;
        const uint8_t *out;
        size_t len;
        rp_arena_fail_after(n);
        bool read = decode(vector, vector->octets, vector->len, &own, &tree, &diags);
        if (read)
            read = rp_per_encode(&tree, vector->variant, RP_CHECKED, &own, &out, &len, &diags);
        rp_arena_fail_after(-1);
        if (!read && diags.worst != RP_TRANSFER)
            fail_msg("%s: allocation %ld fails and nothing says so", vector->name, n);
        rp_arena_free(&own);
    }
}

/** What the decoder says of an encoding must agree with what the encoder makes of it. */
static void remarks_agree(const struct vector *vector, size_t bit, struct rp_arena *arena)
{
    struct rp_tree tree;
    struct rp_diags diags;
    const uint8_t *out;
    size_t len;
    flips++;
    if (!decode(vector, vector->octets, vector->len, arena, &tree, &diags) || diags.worst >= RP_CONSTRAINT)
        return;
    readable_flips++;
    bool canonical = true;
    bool rounded = diags.count > 100; /* not all findings are at hand */
    for (struct rp_diag *diag = diags.first; diag; diag = diag->next) {
        canonical &= diag->grade != RP_CANONICAL;
        rounded |= diag->grade == RP_NOTE && diag->err == RP_ERANGE;
    }
    if (rounded)
        return;
    if (!rp_per_encode(&tree, vector->variant, RP_UNCHECKED, arena, &out, &len, &diags))
        fail_msg("%s, bit %zu flipped: read but not encoded: %s", vector->name, bit, diags.last->text);
    bool same = len == vector->len && memcmp(out, vector->octets, len) == 0;
    if (same != canonical)
        fail_msg("%s, bit %zu flipped: %s, and encoded to %s octets", vector->name, bit,
                 canonical ? "no remark" : "remarked as not canonical", same ? "the same" : "other");
}

static void flipped_bits_are_judged_alike(const struct vector *vector, struct rp_arena *arena)
{
    if (vector->len > MAX_FLIPPED)
        return;
    for (size_t bit = 0; bit < vector->len * 8; bit += STEP) {
        vector->octets[bit / 8] ^= (uint8_t)(0x80 >> bit % 8);
        remarks_agree(vector, bit, arena);
        vector->octets[bit / 8] ^= (uint8_t)(0x80 >> bit % 8);
        rp_arena_reset(arena);
    }
}

static void check_line(const char *line, check_fn *check)
{
    static uint8_t octets[MAX_OCTETS];
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    json_t *row = json_loads(line, 0, NULL);
    assert_non_null(row);
    const char *set = json_string_value(json_object_get(row, "set")), *per = json_string_value(json_object_get(row, "per"));
    struct vector vector = { .variant = per && strcmp(per, "uper") == 0 ? RP_UNALIGNED : RP_ALIGNED };
    char spec[160];
    snprintf(spec, sizeof spec, "%s:%s", set, json_string_value(json_object_get(row, "type")));
    snprintf(vector.name, sizeof vector.name, "%.40s %.70s", set, json_string_value(json_object_get(row, "name")));
    vector.type = rp_registry_type(registry, spec, &diags);
    assert_non_null(vector.type);
    vector.len = rp_unhex(json_string_value(json_object_get(row, "hex")), octets, sizeof octets);
    vector.octets = rp_guarded(octets, vector.len);
    json_decref(row);
    check(&vector, &arena);
    rp_guarded_free(vector.octets, vector.len);
    rp_arena_free(&arena);
}

/** @return lines checked */
static unsigned check_file(const char *path, check_fn *check)
{
    unsigned n = 0;
    size_t len;
    char *text = rp_slurp(path, &len);
    assert_non_null(text);
    for (char *line = text, *end; *line; line = end + 1, n++) {
        end = strchr(line, '\n');
        if (!end)
            break;
        *end = '\0';
        check_line(line, check);
    }
    free(text);
    return n;
}

static void check_folder(const char *folder, const char *prefix, check_fn *check)
{
    unsigned n = 0;
    DIR *dir = opendir(folder);
    if (!dir) {
        print_message("%s is not here: passed over\n", folder);
        return;
    }
    for (struct dirent *entry; (entry = readdir(dir));) {
        char path[600];
        size_t len = strlen(entry->d_name);
        if (len < 6 || strcmp(entry->d_name + len - 6, ".jsonl") != 0 || strncmp(entry->d_name, prefix, strlen(prefix)) != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        n += check_file(path, check);
    }
    closedir(dir);
    print_message("%s: %u vectors\n", folder, n);
}

static void check_all(check_fn *check)
{
    check_folder(RP_SOURCE_DIR "/fixtures/vectors", "", check);
    check_folder(RP_SOURCE_DIR "/../shared/vectors", "dev-", check);
}

static void vectors_are_encoded_again(void **state)
{
    (void)state;
    check_all(is_encoded_again);
}

static void cut_vectors_are_refused(void **state)
{
    (void)state;
    check_all(every_cut_is_refused);
}

static void vectors_survive_failing_allocations(void **state)
{
    (void)state;
    check_all(failing_allocations_are_findings);
}

static void remarks_are_those_of_the_encoder(void **state)
{
    (void)state;
    check_all(flipped_bits_are_judged_alike);
    print_message("%lu flipped bits, %lu of them readable\n", flips, readable_flips);
}

static int open_registry(void **state)
{
    (void)state;
    registry = rp_registry_new();
    return registry ? 0 : -1;
}

static int close_registry(void **state)
{
    (void)state;
    rp_registry_free(registry);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_are_encoded_again),
        cmocka_unit_test(cut_vectors_are_refused),
        cmocka_unit_test(vectors_survive_failing_allocations),
        cmocka_unit_test(remarks_are_those_of_the_encoder),
    };
    return cmocka_run_group_tests(tests, open_registry, close_registry);
}
