/* The values of the project's vectors, and of the shared ones where they are at hand: read, written, read again, compared,
 * encoded. */
#include <glob.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/asn1/registry.h"
#include "codecs/per/per.h"
#include "codecs/value/diff.h"
#include "codecs/value/json.h"
#include "codecs/value/path.h"

#include "tools/test_support.h"

struct vector {
    const char *name;
    const struct rp_type *type;
    char *value; /* JSON text, or NULL */
    const uint8_t *octets;
    size_t len;
    struct rp_arena *arena;
};

typedef bool vector_fn(const struct vector *vector);

static void complain(const struct vector *vector, const char *what, const struct rp_diags *diags)
{
    char line[600] = "";
    if (diags && diags->first)
        rp_diag_format(diags->first, line, sizeof line);
    print_error("%s: %s: %s\n", vector->name, what, line);
}

static bool same(const struct vector *vector, const char *what, const struct rp_tree *a, const struct rp_tree *b)
{
    size_t total;
    struct rp_difference *first = rp_diff(a, b, 1, &total, vector->arena);
    if (first)
        print_error("%s: %s: %s: %s | %s\n", vector->name, what, first->path, first->expected, first->got);
    return total == 0;
}

static bool read_value(const struct vector *vector, const char *text, struct rp_tree *tree)
{
    struct rp_diags diags = { .arena = vector->arena };
    *tree = rp_json_read(vector->type, text, strlen(text), vector->arena, &diags);
    if (diags.count)
        complain(vector, "the value can't be read", &diags);
    return diags.count == 0;
}

/** Value to tree to text to tree: the same, written plain and pretty. */
static bool goes_round(const struct vector *vector)
{
    struct rp_tree first, second;
    if (!vector->value)
        return true;
    if (!read_value(vector, vector->value, &first))
        return false;
    for (int pretty = 0; pretty < 2; pretty++) {
        struct rp_text text = { .arena = vector->arena };
        struct rp_json_options options = { .pretty = pretty };
        rp_json_write(&text, &first, 0, &options);
        if (text.failed || !read_value(vector, text.chars, &second) || !same(vector, "written and read", &first, &second))
            return false;
    }
    return true;
}

/** The value encodes to the octets, and the octets decode to the value. */
static bool fits_the_octets(const struct vector *vector)
{
    struct rp_diags diags = { .arena = vector->arena };
    struct rp_tree value, decoded;
    const uint8_t *octets;
    size_t len;
    if (!vector->value)
        return true;
    if (!read_value(vector, vector->value, &value))
        return false;
    bool sound = rp_per_encode(&value, RP_ALIGNED, RP_CHECKED, vector->arena, &octets, &len, &diags);
    if (!sound || len != vector->len || memcmp(octets, vector->octets, len) != 0) {
        complain(vector, "the value does not encode to the octets", &diags);
        return false;
    }
    if (!rp_per_decode(vector->type, RP_ALIGNED, vector->octets, vector->len, vector->arena, &decoded, &diags) || diags.count) {
        complain(vector, "the octets don't decode", &diags);
        return false;
    }
    return same(vector, "decoded", &value, &decoded);
}

/** What is decoded is written to JSON and read again; of random values, which have no JSON of their own, too. */
static bool decoded_goes_round(const struct vector *vector)
{
    struct rp_diags diags = { .arena = vector->arena };
    struct rp_tree decoded, again;
    if (!rp_per_decode(vector->type, RP_ALIGNED, vector->octets, vector->len, vector->arena, &decoded, &diags)) {
        complain(vector, "the octets don't decode", &diags);
        return false;
    }
    struct rp_text text = { .arena = vector->arena };
    rp_json_write(&text, &decoded, 0, NULL);
    return !text.failed && read_value(vector, text.chars, &again) && same(vector, "written and read", &decoded, &again);
}

/** Every node's path leads back to it, or of an IE field to its value. */
static bool paths_lead_back(const struct vector *vector)
{
    struct rp_diags diags = { .arena = vector->arena };
    struct rp_tree tree;
    if (!rp_per_decode(vector->type, RP_ALIGNED, vector->octets, vector->len, vector->arena, &tree, &diags))
        return true;
    for (uint32_t i = 0; i < tree.n_nodes && i < 2000; i++) {
        char path[1000];
        rp_path_of(&tree, i, path, sizeof path);
        uint32_t found = rp_path_find(&tree, 0, path);
        if (found != i && (found == UINT32_MAX || !rp_is_ie_field(tree.nodes[i].slot->type) || rp_ie_value(&tree, i) != found)) {
            print_error("%s: node %u has the path %s, which leads to %u\n", vector->name, i, path, found);
            return false;
        }
    }
    return true;
}

/** With the n-th system allocation failing, reading and writing refuse and say so. */
static bool allocations_may_fail(const struct vector *vector)
{
    bool done = !vector->value;
    for (long n = 0; !done; n++) {
        struct rp_arena arena = { 0 };
        struct rp_diags diags = { .arena = &arena };
        struct rp_text text = { .arena = &arena };
        rp_arena_fail_after(n);
        struct rp_tree tree = rp_json_read(vector->type, vector->value, strlen(vector->value), &arena, &diags);
        if (tree.n_nodes)
            rp_json_write(&text, &tree, 0, NULL);
        rp_arena_fail_after(-1);
        done = tree.n_nodes && !text.failed;
        bool said = tree.n_nodes || (diags.first && diags.worst == RP_TRANSFER);
        rp_arena_free(&arena);
        if (!said || n > 100)
            return false;
    }
    return true;
}

/** @return 1 when the line failed, 0 when it passed */
static unsigned run_line(struct rp_registry *registry, const char *line, size_t len, vector_fn *fn)
{
    static uint8_t octets[1 << 20];
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    char spec[200];
    json_t *json = json_loadb(line, len, 0, NULL);
    assert_non_null(json);
    snprintf(spec, sizeof spec, "%s:%s", json_string_value(json_object_get(json, "set")),
             json_string_value(json_object_get(json, "type")));
    json_t *value = json_object_get(json, "value");
    struct vector vector = { .name = json_string_value(json_object_get(json, "name")), .octets = octets, .arena = &arena };
    vector.type = rp_registry_type(registry, spec, &diags);
    vector.len = rp_unhex(json_string_value(json_object_get(json, "hex")), octets, sizeof octets);
    vector.value = value ? json_dumps(value, JSON_ENCODE_ANY) : NULL;
    if (!vector.type)
        complain(&vector, spec, &diags);
    bool passed = vector.type && fn(&vector);
    free(vector.value);
    json_decref(json);
    rp_arena_free(&arena);
    return !passed;
}

static unsigned run_file(struct rp_registry *registry, const char *path, vector_fn *fn, unsigned *n)
{
    size_t len;
    unsigned failed = 0;
    char *text = rp_slurp(path, &len);
    assert_non_null(text);
    for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1, ++*n)
        failed += run_line(registry, line, (size_t)(end - line), fn);
    free(text);
    return failed;
}

static void run_all(vector_fn *fn)
{
    glob_t files;
    unsigned n = 0, failed = 0;
    assert_int_equal(glob(RP_SOURCE_DIR "/fixtures/vectors/e2*.jsonl", 0, NULL, &files), 0);
    if (glob(RP_SOURCE_DIR "/../shared/vectors/dev-*.jsonl", GLOB_APPEND, NULL, &files) != 0)
        print_message("no shared vectors here, only the project's own\n");
    struct rp_registry *registry = rp_registry_new();
    for (size_t i = 0; i < files.gl_pathc; i++)
        failed += run_file(registry, files.gl_pathv[i], fn, &n);
    print_message("%u vectors, %u failed\n", n, failed);
    rp_registry_free(registry);
    globfree(&files);
    assert_int_equal(failed, 0);
    assert_true(n > 0);
}

static void values_go_round(void **state)
{
    (void)state;
    run_all(goes_round);
}

static void values_fit_their_octets(void **state)
{
    (void)state;
    run_all(fits_the_octets);
}

static void decoded_values_go_round(void **state)
{
    (void)state;
    run_all(decoded_goes_round);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    run_all(allocations_may_fail);
}

static void paths_of_decoded_values(void **state)
{
    (void)state;
    run_all(paths_lead_back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_go_round),           cmocka_unit_test(values_fit_their_octets),
        cmocka_unit_test(decoded_values_go_round),   cmocka_unit_test(paths_of_decoded_values),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
