/** A small schema in hand-written tables, for the tests of this folder: a PDU with one message, IEs, a list of single-IE
 *  containers, a choice, and one component of every kind. */
#ifndef RP_MINI_SCHEMA_TEST_H
#define RP_MINI_SCHEMA_TEST_H

#include "codecs/type.h"

#define SELF(t) .self = { .type = &(t), .at = -1 }
#define SLOT(i, n, t)                                                                                                            \
    {                                                                                                                            \
        .type = &(t), .name = (n), .index = (i), .at = -1                                                                        \
    }
#define OPTIONAL_SLOT(i, n, t)                                                                                                   \
    {                                                                                                                            \
        .type = &(t), .name = (n), .index = (i), .at = -1, .presence = RP_OPTIONAL                                               \
    }
#define COUNT(a) (sizeof(a) / sizeof *(a))
#define PLAIN_TYPE(t, k, n, w)                                                                                                   \
    static const struct rp_type t = { .kind = (k), .name = (n), .keyword = (w), .exact = true, SELF(t) }

PLAIN_TYPE(mini_boolean, RP_BOOLEAN, NULL, "BOOLEAN");
PLAIN_TYPE(mini_null, RP_NULL, NULL, "NULL");
PLAIN_TYPE(mini_integer, RP_INTEGER, NULL, "INTEGER");
PLAIN_TYPE(mini_real, RP_REAL, NULL, "REAL");
PLAIN_TYPE(mini_oid, RP_OBJECT_IDENTIFIER, NULL, "OBJECT IDENTIFIER");
PLAIN_TYPE(mini_relative, RP_RELATIVE_OID, NULL, "RELATIVE-OID");
PLAIN_TYPE(mini_bits, RP_BIT_STRING, NULL, "BIT STRING");
PLAIN_TYPE(mini_octets, RP_OCTET_STRING, "Definition", "OCTET STRING");
PLAIN_TYPE(mini_utf8, RP_OCTET_TEXT, NULL, "UTF8String");
PLAIN_TYPE(mini_teletex, RP_OCTET_TEXT, NULL, "TeletexString");
PLAIN_TYPE(mini_time, RP_TIME, NULL, "UTCTime");
PLAIN_TYPE(mini_open, RP_OPEN, NULL, "open type");
static const struct rp_type mini_bits20 = {
    .kind = RP_BIT_STRING, .keyword = "BIT STRING", .has_lo = true, .has_hi = true, .lo = 20, .hi = 20, SELF(mini_bits20)
};
static const struct rp_type mini_printable = {
    .kind = RP_CHAR_STRING, .keyword = "PrintableString", .char_octets = 1, SELF(mini_printable)
};
static const struct rp_type mini_bmp = { .kind = RP_CHAR_STRING, .keyword = "BMPString", .char_octets = 2, SELF(mini_bmp) };
static const struct rp_type mini_universal = {
    .kind = RP_CHAR_STRING, .keyword = "UniversalString", .char_octets = 4, SELF(mini_universal)
};
static const struct rp_type mini_byte = {
    .kind = RP_INTEGER, .keyword = "INTEGER", .has_lo = true, .has_hi = true, .hi = 255, SELF(mini_byte)
};
static const struct rp_type mini_id = {
    .kind = RP_INTEGER, .name = "ProtocolIE-ID", .keyword = "INTEGER", .has_lo = true, .has_hi = true, .hi = 65535, SELF(mini_id)
};

static const struct rp_item mini_criticality_items[] = { { "reject", 0 }, { "ignore", 1 }, { "notify", 2 } };
static const struct rp_type mini_criticality = { .kind = RP_ENUMERATED,
                                                 .name = "Criticality",
                                                 .keyword = "ENUMERATED",
                                                 .items = mini_criticality_items,
                                                 .n_items = 3,
                                                 .n_root_items = 3,
                                                 SELF(mini_criticality) };
static const struct rp_item mini_service_items[] = { { "not-supported", 0 }, { "excessive", 1 }, { "late", 2 } };
static const struct rp_type mini_service = { .kind = RP_ENUMERATED,
                                             .keyword = "ENUMERATED",
                                             .extensible = true,
                                             .items = mini_service_items,
                                             .n_items = 3,
                                             .n_root_items = 2,
                                             SELF(mini_service) };
static const struct rp_slot mini_cause_slots[] = { SLOT(0, "ricService", mini_service), SLOT(1, "misc", mini_integer) };
static const struct rp_type mini_cause = { .kind = RP_CHOICE,
                                           .name = "Cause",
                                           .keyword = "CHOICE",
                                           .extensible = true,
                                           .slots = mini_cause_slots,
                                           .n_slots = 2,
                                           .n_root = 2,
                                           SELF(mini_cause) };

/* Function-Item: functionID, definition, revision OPTIONAL, instance DEFAULT 7, ..., oid OPTIONAL, [[ extra, more OPTIONAL ]] */
static const struct rp_default mini_seven = { .plain = true, .integer = 7, .text = "7" };
static const struct rp_slot mini_group_slots[] = { SLOT(0, "extra", mini_boolean), OPTIONAL_SLOT(1, "more", mini_null) };
static const struct rp_type mini_group = {
    .kind = RP_SEQUENCE, .keyword = "SEQUENCE", .slots = mini_group_slots, .n_slots = 2, .n_root = 2, SELF(mini_group)
};
static const struct rp_slot mini_item_slots[] = {
    SLOT(0, "functionID", mini_byte),
    SLOT(1, "definition", mini_octets),
    OPTIONAL_SLOT(2, "revision", mini_integer),
    { .type = &mini_integer, .name = "instance", .index = 3, .at = -1, .presence = RP_DEFAULT, .dflt = &mini_seven },
    OPTIONAL_SLOT(4, "oid", mini_oid),
    { .type = &mini_group, .index = 5, .at = -1, .presence = RP_OPTIONAL, .group = true },
};
static const struct rp_type mini_item = { .kind = RP_SEQUENCE,
                                          .name = "Function-Item",
                                          .keyword = "SEQUENCE",
                                          .extensible = true,
                                          .slots = mini_item_slots,
                                          .n_slots = 6,
                                          .n_root = 4,
                                          .n_optional = 2,
                                          SELF(mini_item) };

static const struct rp_slot mini_request_slots[] = { SLOT(0, "requestorID", mini_integer), SLOT(1, "instanceID", mini_integer) };
static const struct rp_type mini_request = { .kind = RP_SEQUENCE,
                                             .name = "RequestID",
                                             .keyword = "SEQUENCE",
                                             .slots = mini_request_slots,
                                             .n_slots = 2,
                                             .n_root = 2,
                                             SELF(mini_request) };

static const struct rp_slot mini_list_element = { .type = &mini_integer, .at = -1 };
static const struct rp_type mini_list = {
    .kind = RP_SEQUENCE_OF, .keyword = "SEQUENCE OF", .element = &mini_list_element, SELF(mini_list)
};

static const struct rp_slot mini_all_slots[] = {
    OPTIONAL_SLOT(0, "boolean", mini_boolean),
    OPTIONAL_SLOT(1, "null", mini_null),
    OPTIONAL_SLOT(2, "integer", mini_integer),
    OPTIONAL_SLOT(3, "enumerated", mini_service),
    OPTIONAL_SLOT(4, "real", mini_real),
    OPTIONAL_SLOT(5, "oid", mini_oid),
    OPTIONAL_SLOT(6, "relative", mini_relative),
    OPTIONAL_SLOT(7, "bits", mini_bits),
    OPTIONAL_SLOT(8, "bits20", mini_bits20),
    OPTIONAL_SLOT(9, "octets", mini_octets),
    OPTIONAL_SLOT(10, "printable", mini_printable),
    OPTIONAL_SLOT(11, "bmp", mini_bmp),
    OPTIONAL_SLOT(12, "universal", mini_universal),
    OPTIONAL_SLOT(13, "utf8", mini_utf8),
    OPTIONAL_SLOT(14, "teletex", mini_teletex),
    OPTIONAL_SLOT(15, "time", mini_time),
    OPTIONAL_SLOT(16, "list", mini_list),
    OPTIONAL_SLOT(17, "choice", mini_cause),
};
static const struct rp_type mini_all = { .kind = RP_SEQUENCE,
                                         .name = "All",
                                         .keyword = "SEQUENCE",
                                         .slots = mini_all_slots,
                                         .n_slots = COUNT(mini_all_slots),
                                         .n_root = COUNT(mini_all_slots),
                                         .n_optional = COUNT(mini_all_slots),
                                         SELF(mini_all) };

/* Classes: fields are 0 &id, 1 &Value. */
#define OBJECT_FIELDS(n, t, text)                                                                                                \
    static const struct rp_object_field n[] = { { .set = true },                                                                 \
                                                { .set = true, .slot = { .type = &(t), .name = (text), .at = -1 } } }

OBJECT_FIELDS(mini_item_object, mini_item, "Function-Item");
static const struct rp_object mini_item_objects[] = { { .key = 8, .key_name = "id-Function-Item", .fields = mini_item_object } };
static const uint16_t mini_by_key[] = { 0, 1, 2, 3 };
static const struct rp_object_set mini_item_set = { .name = "Function-ItemIEs",
                                                    .extensible = true,
                                                    .keyed = true,
                                                    .n_fields = 2,
                                                    .n_objects = 1,
                                                    .objects = mini_item_objects,
                                                    .by_key = mini_by_key };
static const struct rp_slot mini_single_slots[] = {
    SLOT(0, "id", mini_id),
    SLOT(1, "criticality", mini_criticality),
    { .type = &mini_open, .name = "value", .index = 2, .at = 0, .set = &mini_item_set, .set_field = 1 },
};
static const struct rp_type mini_single = { .kind = RP_SEQUENCE,
                                            .name = "ProtocolIE-SingleContainer",
                                            .keyword = "SEQUENCE",
                                            .slots = mini_single_slots,
                                            .n_slots = 3,
                                            .n_root = 3,
                                            SELF(mini_single) };
static const struct rp_slot mini_functions_element = { .type = &mini_single, .at = -1 };
static const struct rp_type mini_functions = { .kind = RP_SEQUENCE_OF,
                                               .name = "Functions-List",
                                               .keyword = "SEQUENCE OF",
                                               .has_lo = true,
                                               .has_hi = true,
                                               .lo = 1,
                                               .hi = 256,
                                               .element = &mini_functions_element,
                                               SELF(mini_functions) };

OBJECT_FIELDS(mini_cause_object, mini_cause, "Cause");
OBJECT_FIELDS(mini_functions_object, mini_functions, "Functions-List");
OBJECT_FIELDS(mini_request_object, mini_request, "RequestID");
OBJECT_FIELDS(mini_all_object, mini_all, "All");
static const struct rp_object mini_ies_objects[] = {
    { .key = 1, .key_name = "id-Cause", .fields = mini_cause_object },
    { .key = 10, .key_name = "id-FunctionsAdded", .fields = mini_functions_object },
    { .key = 29, .key_name = "id-RequestID", .fields = mini_request_object },
    { .key = 50, .key_name = "id-All", .fields = mini_all_object },
};
static const struct rp_object_set mini_ies_set = { .name = "SetupRequest-IEs",
                                                   .extensible = true,
                                                   .keyed = true,
                                                   .n_fields = 2,
                                                   .n_objects = 4,
                                                   .objects = mini_ies_objects,
                                                   .by_key = mini_by_key };
static const struct rp_slot mini_field_slots[] = {
    SLOT(0, "id", mini_id),
    SLOT(1, "criticality", mini_criticality),
    { .type = &mini_open, .name = "value", .index = 2, .at = 0, .set = &mini_ies_set, .set_field = 1 },
};
static const struct rp_type mini_field = { .kind = RP_SEQUENCE,
                                           .name = "ProtocolIE-Field",
                                           .keyword = "SEQUENCE",
                                           .slots = mini_field_slots,
                                           .n_slots = 3,
                                           .n_root = 3,
                                           SELF(mini_field) };
static const struct rp_slot mini_container_element = { .type = &mini_field, .at = -1 };
static const struct rp_type mini_container = { .kind = RP_SEQUENCE_OF,
                                               .name = "ProtocolIE-Container",
                                               .keyword = "SEQUENCE OF",
                                               .has_lo = true,
                                               .has_hi = true,
                                               .hi = 65535,
                                               .element = &mini_container_element,
                                               SELF(mini_container) };
static const struct rp_slot mini_setup_slots[] = { SLOT(0, "protocolIEs", mini_container) };
static const struct rp_type mini_setup = { .kind = RP_SEQUENCE,
                                           .name = "SetupRequest",
                                           .keyword = "SEQUENCE",
                                           .extensible = true,
                                           .slots = mini_setup_slots,
                                           .n_slots = 1,
                                           .n_root = 1,
                                           SELF(mini_setup) };

OBJECT_FIELDS(mini_setup_object, mini_setup, "SetupRequest");
static const struct rp_object mini_procedures[] = { { .key = 1, .key_name = "id-Setup", .fields = mini_setup_object } };
static const struct rp_object_set mini_procedure_set = { .name = "PROCEDURES",
                                                         .extensible = true,
                                                         .keyed = true,
                                                         .n_fields = 2,
                                                         .n_objects = 1,
                                                         .objects = mini_procedures,
                                                         .by_key = mini_by_key };
static const struct rp_slot mini_message_slots[] = {
    SLOT(0, "procedureCode", mini_byte),
    SLOT(1, "criticality", mini_criticality),
    { .type = &mini_open, .name = "value", .index = 2, .at = 0, .set = &mini_procedure_set, .set_field = 1 },
};
static const struct rp_type mini_message = { .kind = RP_SEQUENCE,
                                             .name = "InitiatingMessage",
                                             .keyword = "SEQUENCE",
                                             .slots = mini_message_slots,
                                             .n_slots = 3,
                                             .n_root = 3,
                                             SELF(mini_message) };
static const struct rp_slot mini_pdu_slots[] = { SLOT(0, "initiatingMessage", mini_message) };
static const struct rp_type mini_pdu = { .kind = RP_CHOICE,
                                         .name = "Mini-PDU",
                                         .keyword = "CHOICE",
                                         .extensible = true,
                                         .slots = mini_pdu_slots,
                                         .n_slots = 1,
                                         .n_root = 1,
                                         SELF(mini_pdu) };

/** A message with every sort of IE; the white space is for the reader. */
#define MINI_SETUP                                                                                                               \
    "{\"initiatingMessage\":{\"procedureCode\":1,\"criticality\":\"reject\",\"value\":{\"protocolIEs\":["                        \
    "{\"id\":29,\"criticality\":\"reject\",\"value\":{\"requestorID\":123,\"instanceID\":21}},"                                  \
    "{\"id\":10,\"criticality\":\"reject\",\"value\":["                                                                          \
    "{\"id\":8,\"criticality\":\"ignore\",\"value\":{\"functionID\":2,\"definition\":\"00FF\"}},"                                \
    "{\"id\":8,\"criticality\":\"ignore\",\"value\":{\"functionID\":3,\"definition\":\"\",\"oid\":\"1.3.6.1\"}}]},"              \
    "{\"id\":1,\"criticality\":\"ignore\",\"value\":{\"ricService\":\"excessive\"}},"                                            \
    "{\"id\":65000,\"criticality\":\"notify\",\"value\":\"ABCD\"}]}}}"

#endif
