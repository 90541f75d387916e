#include <string.h>

#include "codecs/per/per.h"
#include "codecs/value/json.h"
#include "harness/e2/markers.h"
#include "tools/test_support.h"

static const char message[] = "{\"indicationMessage-formats\":{\"indicationMessage-Format1\":{\"measData\":[{\"measRecord\":"
                              "[{\"integer\":7}]}],\"granulPeriod\":1000}}}";

static struct rp_arena arena, trial;
static struct rp_registry *registry;

static const uint8_t *encode(const struct rp_schema *schema, size_t *len)
{
    struct rp_diags diags = { .arena = &arena };
    const uint8_t *octets = NULL;
    const struct rp_type *type = rp_schema_type(schema, "E2SM-KPM-IndicationMessage");
    struct rp_tree tree = rp_json_read(type, message, sizeof message - 1, &arena, &diags);
    assert_int_not_equal(tree.n_nodes, 0);
    assert_true(rp_per_encode(&tree, RP_ALIGNED, RP_CHECKED, &arena, &octets, len, &diags));
    return octets;
}

/** With its marker moved the CHOICE has three alternatives in the root, and so an index of two bits. */
static void moved_markers_are_told_from_damage(void **state)
{
    (void)state;
    struct rp_diags diags = { .arena = &arena };
    struct rp_e2_choice choice;
    struct rp_e2_models *models = rp_e2_models_new(registry, NULL, 0);
    char oid[64];
    size_t len, strict_len;
    const uint8_t *strict = encode(rp_registry_set(registry, "e2sm-kpm-03.00", &diags), &strict_len);
    const uint8_t *moved = encode(rp_registry_set_markers_last(registry, "e2sm-kpm-03.00"), &len);
    assert_int_equal(strict[0], 0x04);
    assert_int_equal(moved[0], 0x02);
    rp_e2_choose(models, "1.3.6.1.4.1.53148.1.2.2.2", NULL, 0, &trial, &choice, oid);
    assert_non_null(rp_e2_markers_last(registry, &choice, RP_E2_INDICATION_MESSAGE, moved, len, &trial));
    assert_null(rp_e2_markers_last(registry, &choice, RP_E2_INDICATION_MESSAGE, (const uint8_t *)"\xff\xff\xff", 3, &trial));
    rp_e2_models_free(models);
}

static void imported_modules_stay_as_they_are(void **state)
{
    (void)state;
    const struct rp_schema *moved = rp_registry_set_markers_last(registry, "e2sm-kpm-03.00");
    const struct rp_type *formats = rp_schema_type(moved, "E2SM-KPM-IndicationMessage")->slots[0].type;
    const struct rp_type *ue = rp_schema_type(moved, "UEID");
    assert_int_equal(formats->n_root, 3);
    assert_int_equal(formats->n_slots, 3);
    assert_true(formats->extensible);
    assert_int_equal(ue->n_root, ue->n_slots);
    assert_null(rp_registry_set_markers_last(registry, "e2sm-kpm-99.00"));
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
    rp_arena_free(&arena);
    rp_arena_free(&trial);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moved_markers_are_told_from_damage),
        cmocka_unit_test(imported_modules_stay_as_they_are),
    };
    return cmocka_run_group_tests(tests, open_registry, close_registry);
}
