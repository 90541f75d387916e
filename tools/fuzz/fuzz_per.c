/* The decoder and the encoder: the first two octets choose a type of the shipped sets and the variant, the rest is a message.
 * What can be read must be written, and read again as the same value. */
#include <stdio.h>
#include <stdlib.h>

#include "codecs/asn1/registry.h"
#include "codecs/per/per.h"
#include "codecs/value/diff.h"
#include "tools/fuzz/fuzz.h"

/* fixed: a corpus must mean the same tomorrow; add at the end */
static const char *const specs[] = {
    "e2ap-01.01:E2AP-PDU",
    "e2ap-02.00:E2AP-PDU",
    "e2ap-02.03:E2AP-PDU",
    "e2ap-03.01:E2AP-PDU",
    "e2ap-07.00:E2AP-PDU",
    "e2sm-kpm-03.00:E2SM-KPM-RANfunction-Description",
    "e2sm-kpm-03.00:E2SM-KPM-ActionDefinition",
    "e2sm-kpm-03.00:E2SM-KPM-IndicationMessage",
    "e2sm-kpm-04.00:E2SM-KPM-IndicationHeader",
    "e2sm-rc-01.03:E2SM-RC-EventTrigger",
    "e2sm-rc-03.00:E2SM-RC-RANFunctionDefinition",
    "e2sm-rc-05.00:E2SM-RC-ControlMessage",
    "e2sm-rc-05.00:E2SM-RC-IndicationMessage",
    "e2sm-ni-01.00:E2SM-NI-IndicationMessage",
    "e2sm-kpm-01.00:E2SM-KPM-IndicationMessage",
    "e2sm-kpm-04.00:E2SM-KPM-EventTriggerDefinition",
};

enum { N_SPECS = sizeof specs / sizeof specs[0] };

static const struct rp_type *type_of(unsigned number)
{
    static struct rp_registry *registry;
    static const struct rp_type *types[N_SPECS];
    if (!registry && !(registry = rp_registry_new()))
        abort();
    if (!types[number]) {
        struct rp_arena arena = { 0 };
        struct rp_diags diags = { .arena = &arena };
        types[number] = rp_registry_type(registry, specs[number], &diags);
        rp_arena_free(&arena);
        if (!types[number])
            abort();
    }
    return types[number];
}

static void die(const char *why, const char *spec)
{
    fprintf(stderr, "%s: %s\n", spec, why);
    abort();
}

static void again(const char *spec, const struct rp_tree *tree, enum rp_variant variant, struct rp_arena *arena)
{
    struct rp_diags diags = { .arena = arena };
    struct rp_tree second;
    const uint8_t *octets;
    size_t len, total;
    /* a value outside its constraints may have no bits, and the arena has its limit: only those may stop the encoder */
    if (!rp_per_encode(tree, variant, RP_UNCHECKED, arena, &octets, &len, &diags))
        return;
    rp_diags_clear(&diags);
    if (!rp_per_decode(tree->nodes[0].slot->type, variant, octets, len, arena, &second, &diags)) {
        if (diags.last && (diags.last->err == RP_ENOMEM || len > RP_PER_MAX_OCTETS))
            return;
        die("what was encoded can't be read", spec);
    }
    if (rp_diff(tree, &second, 1, &total, arena))
        die("the value changed on its way through the encoder", spec);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len)
{
    static struct rp_arena arena = { .limit = 8 << 20 };
    if (len < 2)
        return 0;
    unsigned number = octets[0] % N_SPECS;
    enum rp_variant variant = octets[1] & 1 ? RP_UNALIGNED : RP_ALIGNED;
    struct rp_diags diags = { .arena = &arena };
    struct rp_tree tree;
    if (rp_per_decode(type_of(number), variant, octets + 2, len - 2, &arena, &tree, &diags))
        again(specs[number], &tree, variant, &arena);
    rp_arena_reset(&arena);
    return 0;
}
