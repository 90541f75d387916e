/* What is said of IEs that are missing, repeated, out of order, unknown or of another criticality: E2AP 03.01 9.1.2.4, a
 * ResetRequest. */
#include <string.h>

#include "codecs/asn1/registry.h"
#include "codecs/per/per.h"
#include "tools/test_support.h"

static const struct {
    const char *what, *hex;
    enum rp_grade grade;
    const char *line; /* rp_diag_format of the first finding; NULL: none */
} rows[] = {
    { "sound", "0003000e 000002 003100020005 0001400146", RP_SOUND, NULL },
    { "the first IE is missing", "00030008 000001 0001400146", RP_PROTOCOL,
      "protocol: bit 96 ResetRequest.TransactionID: mandatory IE TransactionID (id 49) is missing; "
      "expected present, criticality reject, seen absent" },
    { "the last IE is missing", "00030009 000001 003100020005", RP_PROTOCOL,
      "protocol: bit 104 ResetRequest.Cause: mandatory IE Cause (id 1) is missing; expected present, criticality ignore, seen "
      "absent" },
    { "no IE at all", "00030003 000000", RP_PROTOCOL,
      "protocol: bit 56 ResetRequest.TransactionID: mandatory IE TransactionID (id 49) is missing; "
      "expected present, criticality reject, seen absent" },
    { "out of order", "0003000e 000002 0001400146 003100020005", RP_PROTOCOL,
      "protocol: bit 96 ResetRequest.TransactionID: IE TransactionID (id 49) stands behind Cause (id 1)" },
    { "twice", "00030014 000003 003100020005 003100020005 0001400146", RP_PROTOCOL,
      "protocol: bit 104 ResetRequest.TransactionID: IE TransactionID (id 49) stands more than once" },
    { "criticality ignore for reject", "0003000e 000002 003140020005 0001400146", RP_PROTOCOL,
      "protocol: bit 72 ResetRequest.TransactionID.criticality: criticality is not the one assigned; expected reject, seen "
      "ignore" },
    { "criticality reject for ignore", "0003000e 000002 003100020005 0001000146", RP_PROTOCOL,
      "protocol: bit 120 ResetRequest.Cause.criticality: criticality is not the one assigned; expected ignore, seen reject" },
    { "criticality of the procedure", "0003400e 000002 003100020005 0001400146", RP_PROTOCOL,
      "protocol: bit 16 ResetRequest.criticality: criticality is not the one assigned; expected reject, seen ignore" },
    { "unknown, reject", "00030013 000003 003100020005 0001400146 fde8000100", RP_PROTOCOL,
      "protocol: bit 144 ResetRequest.IE 65000: id 65000 is unknown in ResetRequestIEs, criticality reject, seen id 65000" },
    { "unknown, ignore", "00030013 000003 003100020005 0001400146 fde8400100", RP_NOTE,
      "note: bit 144 ResetRequest.IE 65000: id 65000 is unknown in ResetRequestIEs, criticality ignore, seen id 65000" },
    { "unknown, notify", "00030013 000003 003100020005 0001400146 fde8800100", RP_NOTE,
      "note: bit 144 ResetRequest.IE 65000: id 65000 is unknown in ResetRequestIEs, criticality notify, seen id 65000" },
    { "an IE that ends too early", "0003000d 000002 0031000100 0001400146", RP_TRANSFER,
      "transfer-syntax: bit 96 ResetRequest.TransactionID: the octets end too early; expected 1 more octets, seen 0" },
    { "unknown procedure", "00b50003 000000", RP_PROTOCOL,
      "protocol: bit 3 E2AP-PDU.initiatingMessage.value: procedureCode 181 is unknown in E2AP-ELEMENTARY-PROCEDURES, criticality "
      "reject, seen procedureCode 181" },
};

static void findings_name_the_ie(void **state)
{
    (void)state;
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    struct rp_registry *registry = rp_registry_new();
    const struct rp_type *type = rp_registry_type(registry, "e2ap-03.01:E2AP-PDU", &diags);
    int wrong = 0;
    assert_non_null(type);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t octets[64];
        struct rp_tree tree;
        char line[700] = "";
        size_t len = rp_unhex(rows[i].hex, octets, sizeof octets);
        uint8_t *guarded = rp_guarded(octets, len);
        rp_diags_clear(&diags);
        rp_per_decode(type, RP_ALIGNED, guarded, len, &arena, &tree, &diags);
        if (diags.first)
            rp_diag_format(diags.first, line, sizeof line);
        if (diags.worst != rows[i].grade || strcmp(line, rows[i].line ? rows[i].line : "") != 0) {
            print_error("%s: %s: %s\n", rows[i].what, rp_grade_name(diags.worst), line);
            wrong++;
        }
        rp_guarded_free(guarded, len);
    }
    assert_int_equal(wrong, 0);
    rp_registry_free(registry);
    rp_arena_free(&arena);
}

/** An open type in fragments is decoded from a buffer of its own; its nodes still tell their bits in the message. */
static void places_in_fragments_are_those_of_the_message(void **state)
{
    (void)state;
    enum { HEAD = 4, FRAGMENT = 16384, REST = 21 };
    static const char head[] =
        "000540c1 000007 001d0005000001 0001 0005000200 02 000f000101 001c000100 001900020100 001a00bfe6bfe4";
    static const char tail[] = "001400040301 0203";
    static uint8_t octets[HEAD + FRAGMENT + 1 + REST];
    struct rp_arena arena = { 0 };
    struct rp_diags diags = { .arena = &arena };
    struct rp_registry *registry = rp_registry_new();
    const struct rp_type *type = rp_registry_type(registry, "e2ap-03.01:E2AP-PDU", &diags);
    struct rp_tree tree;
    assert_non_null(type);
    memset(octets, 0xab, sizeof octets);
    rp_unhex(head, octets, sizeof octets);
    octets[HEAD + FRAGMENT] = REST;
    rp_unhex(tail, octets + sizeof octets - 8, 8);
    uint8_t *guarded = rp_guarded(octets, sizeof octets);
    if (!rp_per_decode(type, RP_ALIGNED, guarded, sizeof octets, &arena, &tree, &diags) || diags.count)
        fail_msg("%s at bit %u", diags.first->text, diags.first->bit);
    const struct rp_node *last = &tree.nodes[tree.n_nodes - 1];
    assert_string_equal(last->slot->name, "RICcallProcessID");
    assert_int_equal(last->bit, (sizeof octets - 4) * 8);
    rp_guarded_free(guarded, sizeof octets);
    rp_registry_free(registry);
    rp_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_name_the_ie),
        cmocka_unit_test(places_in_fragments_are_those_of_the_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
