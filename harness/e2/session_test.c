#include "harness/e2/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs/per/per.h"
#include "codecs/value/json.h"
#include "tools/test_support.h"

/** What the handlers saw last. */
struct seen {
    int links, messages;
    const char *name;
    enum rp_role from;
    enum rp_grade worst;
    int subscription; /* state, -1 none */
    int function;     /* state, -1 none */
    struct rp_e2_session *session;
    size_t payloads;
    char type[96], model[64], other[64];
    enum rp_grade payload_worst; /* of the last payload */
};

static struct rp_registry *registry;
static struct rp_arena arena;
static struct rp_sctp_association association;
static uint64_t frame;

static int set_up(void **state)
{
    (void)state;
    registry = rp_registry_new();
    return registry ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    rp_registry_free(registry);
    rp_arena_free(&arena);
    return 0;
}

static void on_link(void *context, const struct rp_e2_link *link)
{
    struct seen *seen = context;
    assert_non_null(link->e2ap);
    seen->links++;
}

static void on_message(void *context, const struct rp_e2_message *message)
{
    struct seen *seen = context;
    seen->messages++;
    seen->name = message->name;
    seen->from = message->from;
    seen->worst = message->diags->worst;
    seen->subscription = message->subscription ? (int)message->subscription->state : -1;
    seen->function = message->function ? (int)message->function->state : -1;
    const struct rp_e2_payload *payloads;
    seen->payloads = rp_e2_payloads(seen->session, message, &payloads);
    seen->type[0] = seen->other[0] = seen->model[0] = '\0';
    if (!seen->payloads)
        return;
    const struct rp_e2_payload *last = &payloads[seen->payloads - 1];
    snprintf(seen->type, sizeof seen->type, "%s", last->type ? last->type->name : "");
    snprintf(seen->other, sizeof seen->other, "%s", last->other_edition ? last->other_edition : "");
    if (last->function && last->function->model)
        snprintf(seen->model, sizeof seen->model, "%s", last->function->model->name);
    seen->payload_worst = last->diags->worst;
}

static struct rp_e2_session *begin(struct seen *seen, const struct rp_e2_options *options)
{
    memset(seen, 0, sizeof *seen);
    association = (struct rp_sctp_association){ .endpoint = { { .name = { "192.0.2.10:36421" }, .names = 1, .port = 36421 },
                                                              { .name = { "192.0.2.20:50000" }, .names = 1, .port = 50000 } } };
    association.id++;
    struct rp_e2_handler handler = { seen, on_link, on_message, NULL };
    seen->session = rp_e2_session_new(registry, options, &handler);
    assert_non_null(seen->session);
    return seen->session;
}

static void send_octets(struct seen *seen, int from, uint32_t ppid, const uint8_t *octets, size_t len)
{
    uint8_t *guarded = rp_guarded(octets, len);
    struct rp_sctp_message message = { .association = &association, .from = from, .ppid = ppid, .octets = guarded, .len = len };
    message.frame = message.first_frame = ++frame;
    message.time_ns = (int64_t)frame * 1000000;
    rp_e2_session_message(seen->session, &message);
    rp_guarded_free(guarded, len);
}

static void send_hex(struct seen *seen, int from, uint32_t ppid, const char *hex)
{
    uint8_t octets[4096];
    size_t len = rp_unhex(hex, octets, sizeof octets);
    send_octets(seen, from, ppid, octets, len);
}

/** Hex of a value given in JSON. */
static char *hex_of(const char *spec, const char *json)
{
    struct rp_diags diags = { .arena = &arena };
    const struct rp_type *type = rp_registry_type(registry, spec, &diags);
    assert_non_null(type);
    struct rp_tree tree = rp_json_read(type, json, strlen(json), &arena, &diags);
    const uint8_t *octets = NULL;
    size_t len = 0;
    if (!tree.n_nodes || !rp_per_encode(&tree, RP_ALIGNED, RP_UNCHECKED, &arena, &octets, &len, &diags))
        fail_msg("%s: %s: %s", spec, diags.first->path, diags.first->text);
    char *hex = rp_arena_alloc(&arena, 2 * len + 1);
    for (size_t i = 0; i < len; i++)
        snprintf(hex + 2 * i, 3, "%02X", octets[i]);
    return hex;
}

/** Sends a message: `kind` 0 initiating ...; `ies` is the JSON of its IEs. Node is side 0. */
static void send(struct seen *seen, const char *set, int from, int kind, int code, const char *criticality, const char *ies)
{
    static const char *const kinds[] = { "initiatingMessage", "successfulOutcome", "unsuccessfulOutcome" };
    char spec[64];
    snprintf(spec, sizeof spec, "%s:E2AP-PDU", set);
    const char *json =
        rp_arena_printf(&arena, "{\"%s\":{\"procedureCode\":%d,\"criticality\":\"%s\",\"value\":{\"protocolIEs\":[%s]}}}",
                        kinds[kind], code, criticality, ies);
    send_hex(seen, from, 70, hex_of(spec, json));
}

#define IE(id, value) "{\"id\":" #id ",\"criticality\":\"reject\",\"value\":" value "}"
#define NODE_ID                                                                                                                  \
    "{\"gNB\":{\"global-gNB-ID\":{\"plmn-id\":\"99F907\",\"gnb-id\":{\"gnb-ID\":{\"value\":\"00A1B2\",\"length\":24}}}}}"
#define RIC_ID "{\"pLMN-Identity\":\"99F907\",\"ric-ID\":{\"value\":\"0ABCD0\",\"length\":20}}"
#define COMPONENT                                                                                                                \
    "{\"e2nodeComponentInterfaceType\":\"ng\",\"e2nodeComponentID\":{\"e2nodeComponentInterfaceTypeNG\":{\"amf-name\":\"a\"}},"
#define REQUEST_ID IE(29, "{\"ricRequestorID\":1,\"ricInstanceID\":2}")

static const char *definition(const char *set, const char *oid)
{
    const char *json =
        rp_arena_printf(&arena,
                        "{\"ranFunction-Name\":{\"ranFunction-ShortName\":\"ORAN-E2SM-KPM\",\"ranFunction-E2SM-OID\":\"%s\","
                        "\"ranFunction-Description\":\"KPM Monitor\"}}",
                        oid);
    return hex_of(rp_arena_printf(&arena, "%s:E2SM-KPM-RANfunction-Description", set), json);
}

static void set_up_node(struct seen *seen, const char *set, const char *oid, const char *octets)
{
    send(seen, set, 0, 0, 1, "reject",
         rp_arena_printf(&arena,
                         IE(49, "1") "," IE(
                             3, NODE_ID) ",{\"id\":10,\"criticality\":\"reject\",\"value\":[{\"id\":8,\"criticality\":\"ignore\","
                                         "\"value\":{\"ranFunctionID\":2,\"ranFunctionDefinition\":\"%s\","
                                         "\"ranFunctionRevision\":1,\"ranFunctionOID\":\"%s\"}}]}"
                                         "," IE(50, "[{\"id\":51,\"criticality\":\"reject\",\"value\":" COMPONENT
                                                    "\"e2nodeComponentConfiguration\":{\"e2nodeComponentRequestPart\":\"00\","
                                                    "\"e2nodeComponentResponsePart\":\"00\"}}}]"),
                         octets, oid));
}

static void accept_node(struct seen *seen, const char *set, const char *lists)
{
    send(seen, set, 1, 1, 1, "reject",
         rp_arena_printf(
             &arena,
             IE(49, "1") "," IE(4, RIC_ID) "%s," IE(52, "[{\"id\":53,\"criticality\":\"reject\",\"value\":" COMPONENT
                                                        "\"e2nodeComponentConfigurationAck\":{\"updateOutcome\":\"success\"}}}]"),
             lists));
}

static const struct rp_e2_link *only_link(const struct seen *seen)
{
    size_t n;
    const struct rp_e2_link *const *links = rp_e2_session_links(seen->session, &n);
    assert_int_equal(n, 1);
    return links[0];
}

static void finds_e2ap_by_content(void **state)
{
    (void)state;
    static const struct {
        const char *what, *hex;
        uint32_t ppid;
        int links, messages;
    } rows[] = {
        { "reset request, right PPID", NULL, 70, 1, 1 },
        { "the same without PPID", NULL, 0, 1, 1 },
        { "the same with the PPID of NGAP", NULL, 60, 1, 1 },
        { "NG setup request (TS 38.413), no PPID",
          "00150024000003001b00080099f90700000010006600100000000010009"
          "9f90700001000000815400140",
          0, 0, 0 },
        { "HTTP", "474554202f20485454502f312e31", 0, 0, 0 },
        { "octets that are nothing, PPID 70", "deadbeef", 70, 1, 1 },
        { "octets that are nothing, no PPID", "deadbeef", 0, 0, 0 },
    };
    const char *reset =
        hex_of("e2ap-03.01:E2AP-PDU",
               "{\"initiatingMessage\":{\"procedureCode\":3,\"criticality\":\"reject\",\"value\":{\"protocolIEs\":[" IE(
                   49, "1") ",{\"id\":1,\"criticality\":\"ignore\",\"value\":{\"misc\":\"unspecified\"}}]}}}");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen seen;
        struct rp_e2_session *session = begin(&seen, NULL);
        association.endpoint[0].port = 38412;
        send_hex(&seen, 0, rows[i].ppid, rows[i].hex ? rows[i].hex : reset);
        struct rp_e2_counts counts;
        rp_e2_session_counts(session, &counts);
        if (seen.links != rows[i].links || seen.messages != rows[i].messages)
            fail_msg("%s: %d links, %d messages", rows[i].what, seen.links, seen.messages);
        assert_int_equal(counts.other_messages, rows[i].messages ? 0 : 1);
        assert_int_equal(counts.pdus + counts.refused, (uint64_t)rows[i].messages);
        rp_e2_session_free(session);
    }
}

static void what_cannot_be_read_is_refused(void **state)
{
    (void)state;
    struct seen seen;
    begin(&seen, NULL);
    set_up_node(&seen, "e2ap-03.01", "1.3.6.1.4.1.53148.1.2.2.2", definition("e2sm-kpm-03.00", "1.3.6.1.4.1.53148.1.2.2.2"));
    assert_int_equal(seen.messages, 1);
    assert_int_equal(seen.from, RP_ROLE_E2NODE);
    send_hex(&seen, 1, 70, "200100080000020031000200"); /* a setup response that ends in the middle */
    assert_int_equal(seen.messages, 2);
    assert_string_equal(seen.name, "E2setupResponse");
    assert_int_equal(seen.from, RP_ROLE_RIC);
    assert_int_equal(seen.worst, RP_TRANSFER);
    send_hex(&seen, 1, 60, "00150004deadbeef"); /* of another application */
    assert_int_equal(seen.messages, 2);
    struct rp_e2_counts counts;
    rp_e2_session_counts(seen.session, &counts);
    assert_int_equal(counts.pdus, 1);
    assert_int_equal(counts.refused, 1);
    assert_int_equal(counts.other_messages, 1);
    rp_e2_session_free(seen.session);
}

static void an_01_01_node_is_judged_by_01_01(void **state)
{
    (void)state;
    struct seen seen;
    begin(&seen, NULL);
    send(&seen, "e2ap-01.01", 0, 0, 1, "reject", IE(3, NODE_ID));
    assert_string_equal(only_link(&seen)->e2ap->name, "e2ap-01.01");
    assert_int_equal(seen.worst, RP_SOUND);
    assert_string_equal(only_link(&seen)->e2ap_why, "it alone reads all of it without a finding");
    rp_e2_session_free(seen.session);
}

static void a_missing_ie_does_not_make_it_01_01(void **state)
{
    (void)state;
    struct seen seen;
    begin(&seen, NULL);
    set_up_node(&seen, "e2ap-03.01", "1.3.6.1.4.1.53148.1.2.2.2", definition("e2sm-kpm-03.00", "1.3.6.1.4.1.53148.1.2.2.2"));
    assert_string_equal(only_link(&seen)->e2ap->name, "e2ap-07.00");
    /* without TransactionID 01.01 alone reads it, but the setup was none of 01.01 */
    send(&seen, "e2ap-01.01", 1, 0, 3, "reject", "{\"id\":1,\"criticality\":\"ignore\",\"value\":{\"misc\":\"unspecified\"}}");
    assert_string_equal(only_link(&seen)->e2ap->name, "e2ap-07.00");
    assert_int_equal(seen.worst, RP_PROTOCOL);
    rp_e2_session_free(seen.session);
}

static void the_edition_changes_when_a_message_tells(void **state)
{
    (void)state;
    struct seen seen;
    begin(&seen, NULL);
    set_up_node(&seen, "e2ap-02.00", "1.3.6.1.4.1.53148.1.2.2.2", definition("e2sm-kpm-02.03", "1.3.6.1.4.1.53148.1.2.2.2"));
    assert_string_equal(only_link(&seen)->e2ap->name, "e2ap-07.00");
    /* the list's length has another form in 02.00 */
    send(&seen, "e2ap-02.00", 0, 0, 12, "ignore",
         "{\"id\":60,\"criticality\":\"ignore\",\"value\":[{\"id\":61,\"criticality\":\"ignore\",\"value\":{\"ricRequestID\":"
         "{\"ricRequestorID\":1,\"ricInstanceID\":2},\"ranFunctionID\":2,\"cause\":{\"misc\":\"unspecified\"}}}]}");
    assert_string_equal(only_link(&seen)->e2ap->name, "e2ap-02.00");
    assert_int_equal(seen.worst, RP_SOUND);
    rp_e2_session_free(seen.session);
}

static void a_forced_edition_stays(void **state)
{
    (void)state;
    struct seen seen;
    struct rp_e2_options options = { .e2ap = "e2ap-03.01" };
    begin(&seen, &options);
    send(&seen, "e2ap-01.01", 0, 0, 1, "reject", IE(3, NODE_ID));
    assert_string_equal(only_link(&seen)->e2ap->name, "e2ap-03.01");
    assert_string_equal(only_link(&seen)->e2ap_why, "forced");
    assert_int_equal(seen.worst, RP_PROTOCOL);
    rp_e2_session_free(seen.session);
}

static void models_by_oid(void **state)
{
    (void)state;
    static const struct {
        const char *oid, *model;
    } rows[] = {
        { "1.3.6.1.4.1.53148.1.2.2.2", "e2sm-kpm-04.00" }, /* version2 */
        { "1.3.6.1.4.1.53148.1.3.2.2", "e2sm-kpm-04.00" }, /* as the modules of 03.00 and 04.00 print it */
        { "1.3.6.1.4.1.53148.1.1.2.2", "e2sm-kpm-04.00" }, /* version1 with a later definition */
        { "OID123", "e2sm-kpm-04.00" },                    /* by the short name */
        { "1.3.6.1.4.1.53148.1.1.2.3", "e2sm-rc-05.00" },  /* what the node says counts, not what the octets are */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen seen;
        begin(&seen, NULL);
        set_up_node(&seen, "e2ap-03.01", rows[i].oid, definition("e2sm-kpm-03.00", rows[i].oid));
        assert_int_equal(seen.payloads, 1);
        if (strcmp(seen.model, rows[i].model) != 0)
            fail_msg("%s: %s", rows[i].oid, seen.model);
        rp_e2_session_free(seen.session);
    }
}

static void indicate(struct seen *seen, const char *header, const char *message)
{
    send(seen, "e2ap-03.01", 0, 0, 5, "ignore",
         rp_arena_printf(&arena,
                         REQUEST_ID "," IE(5, "2") "," IE(15, "1") "," IE(
                             28, "\"report\"") ",{\"id\":25,\"criticality\":\"reject\",\"value\":\"%s\"},"
                                               "{\"id\":26,\"criticality\":\"reject\",\"value\":\"%s\"}",
                         header, message));
}

/** A user's own service model is found by the OID of its module; one with the OID of a shipped model goes before that. */
static void models_of_a_user(void **state)
{
    (void)state;
    static const char module[] = "ACME-Beam { iso(1) 3 6 1 4 1 99999 7 } DEFINITIONS AUTOMATIC TAGS ::= BEGIN\n"
                                 "ACME-Beam-RANfunction-Description ::= SEQUENCE { beams INTEGER (1..64) }\n"
                                 "ACME-Beam-IndicationHeader ::= SEQUENCE { at INTEGER (0..255) }\n"
                                 "ACME-Beam-IndicationMessage ::= SEQUENCE OF INTEGER (0..255)\nEND\n";
    struct rp_diags diags = { .arena = &arena };
    struct rp_registry *shipped = registry;
    registry = rp_registry_new();
    if (!rp_registry_add(registry, "/x/acme-beam.asn1", module, strlen(module), &diags))
        fail_msg("%s", diags.first->text);
    struct seen seen;
    begin(&seen, NULL);
    set_up_node(&seen, "e2ap-03.01", "1.3.6.1.4.1.99999.7", "1C");
    assert_string_equal(seen.model, "acme-beam");
    assert_string_equal(seen.type, "ACME-Beam-RANfunction-Description");
    assert_int_equal(seen.payload_worst, RP_SOUND);
    indicate(&seen, "07", "020102");
    assert_string_equal(seen.type, "ACME-Beam-IndicationMessage");
    assert_int_equal(seen.payload_worst, RP_SOUND);
    rp_e2_session_free(seen.session);
    rp_registry_free(registry);
    registry = shipped;
}

static void vendor_octets_have_no_model(void **state)
{
    (void)state;
    struct seen seen;
    begin(&seen, NULL);
    set_up_node(&seen, "e2ap-03.01", "0.0.0.0.0.0.0.0.1.142.0", "4D41435F5354415453");
    assert_int_equal(seen.payloads, 1);
    assert_string_equal(seen.type, "");
    assert_null(only_link(&seen)->functions[0].model);
    assert_string_equal(only_link(&seen)->functions[0].model_why, "OID \"0.0.0.0.0.0.0.0.1.142.0\" is of no known service model");
    rp_e2_session_free(seen.session);
}

static void the_model_changes_when_a_payload_tells(void **state)
{
    (void)state;
    struct seen seen;
    begin(&seen, NULL);
    set_up_node(&seen, "e2ap-03.01", "1.3.6.1.4.1.53148.1.2.2.2", definition("e2sm-kpm-02.03", "1.3.6.1.4.1.53148.1.2.2.2"));
    assert_string_equal(seen.model, "e2sm-kpm-04.00");
    const char *message = hex_of(
        "e2sm-kpm-02.03:E2SM-KPM-IndicationMessage",
        "{\"indicationMessage-formats\":{\"indicationMessage-Format1\":{\"measData\":[{\"measRecord\":[{\"integer\":7}]}]}}}");
    indicate(&seen, "0000000001", message); /* a time of four octets: 02.x */
    assert_string_equal(seen.model, "e2sm-kpm-02.03");
    assert_int_equal(seen.payloads, 2);
    assert_int_equal(seen.payload_worst, RP_SOUND);
    indicate(&seen, "000000000100000000", message); /* and now one of eight */
    assert_string_equal(seen.model, "e2sm-kpm-02.03");
    rp_e2_session_free(seen.session);
}

static void a_payload_of_no_edition_is_told(void **state)
{
    (void)state;
    struct seen seen;
    begin(&seen, NULL);
    set_up_node(&seen, "e2ap-03.01", "1.3.6.1.4.1.53148.1.2.2.2", definition("e2sm-kpm-03.00", "1.3.6.1.4.1.53148.1.2.2.2"));
    indicate(&seen, "000000000100000000", "FFFFFFFF");
    assert_string_equal(seen.type, "E2SM-KPM-IndicationMessage");
    assert_int_equal(seen.payload_worst, RP_TRANSFER);
    assert_string_equal(seen.other, "");
    struct rp_e2_counts counts;
    rp_e2_session_counts(seen.session, &counts);
    assert_int_equal(counts.payloads, 3);
    assert_int_equal(counts.payloads_refused, 1);
    rp_e2_session_free(seen.session);
}

static void functions_come_and_go(void **state)
{
    (void)state;
    static const char *const oid = "1.3.6.1.4.1.53148.1.2.2.2";
    struct seen seen;
    begin(&seen, NULL);
    const char *kpm = definition("e2sm-kpm-03.00", oid);
    set_up_node(&seen, "e2ap-03.01", oid, kpm);
    assert_int_equal(only_link(&seen)->functions[0].state, RP_FUNCTION_OFFERED);
    accept_node(&seen, "e2ap-03.01",
                ",{\"id\":9,\"criticality\":\"reject\",\"value\":[{\"id\":6,\"criticality\":\"ignore\",\"value\":"
                "{\"ranFunctionID\":2,\"ranFunctionRevision\":1}}]}");
    assert_int_equal(only_link(&seen)->functions[0].state, RP_FUNCTION_ACCEPTED);
    const char *update =
        rp_arena_printf(&arena,
                        IE(49, "2") ",{\"id\":10,\"criticality\":\"reject\",\"value\":[{\"id\":8,\"criticality\":\"ignore\","
                                    "\"value\":{\"ranFunctionID\":3,"
                                    "\"ranFunctionDefinition\":\"%s\",\"ranFunctionRevision\":1,\"ranFunctionOID\":\"%s\"}}]},{"
                                    "\"id\":12,\"criticality\":\"reject\",\"value\":"
                                    "[{\"id\":8,\"criticality\":\"ignore\",\"value\":{\"ranFunctionID\":2,"
                                    "\"ranFunctionDefinition\":\"%s\",\"ranFunctionRevision\":9,"
                                    "\"ranFunctionOID\":\"%s\"}}]}",
                        kpm, oid, kpm, oid);
    send(&seen, "e2ap-03.01", 0, 0, 7, "reject", update);
    assert_int_equal(only_link(&seen)->n_functions, 2);
    assert_int_equal(only_link(&seen)->functions[0].revision, 1); /* not answered yet */
    send(&seen, "e2ap-03.01", 1, 2, 7, "reject", IE(49, "2") "," IE(1, "{\"misc\":\"unspecified\"}"));
    assert_int_equal(only_link(&seen)->functions[0].revision, 1); /* refused: both go on with what they had */
    assert_int_equal(only_link(&seen)->functions[1].state, RP_FUNCTION_REJECTED);
    send(&seen, "e2ap-03.01", 0, 0, 7, "reject", update);
    send(&seen, "e2ap-03.01", 1, 1, 7, "reject",
         IE(49, "2") "," IE(9,
                            "[{\"id\":6,\"criticality\":\"ignore\",\"value\":{\"ranFunctionID\":2,\"ranFunctionRevision\":9}},"
                            "{\"id\":6,\"criticality\":\"ignore\",\"value\":{\"ranFunctionID\":3,\"ranFunctionRevision\":1}}]"));
    assert_int_equal(only_link(&seen)->functions[0].revision, 9);
    assert_int_equal(only_link(&seen)->functions[1].state, RP_FUNCTION_ACCEPTED);
    send(&seen, "e2ap-03.01", 0, 0, 7, "reject",
         IE(49, "3") "," IE(11,
                            "[{\"id\":6,\"criticality\":\"ignore\",\"value\":{\"ranFunctionID\":3,\"ranFunctionRevision\":1}}]"));
    send(&seen, "e2ap-03.01", 1, 1, 7, "reject",
         IE(49, "3") "," IE(9,
                            "[{\"id\":6,\"criticality\":\"ignore\",\"value\":{\"ranFunctionID\":3,\"ranFunctionRevision\":1}}]"));
    assert_int_equal(only_link(&seen)->functions[1].state, RP_FUNCTION_DELETED);
    rp_e2_session_free(seen.session);
}

#define SUBSCRIBE                                                                                                                \
    REQUEST_ID "," IE(5, "2") "," IE(                                                                                            \
        30, "{\"ricEventTriggerDefinition\":\"00\",\"ricAction-ToBeSetup-List\":[{\"id\":19,\"criticality\":"                    \
            "\"ignore\",\"value\":{\"ricActionID\":1,\"ricActionType\":\"report\"}}]}")
#define ADMITTED REQUEST_ID "," IE(5, "2") "," IE(17, "[{\"id\":14,\"criticality\":\"ignore\",\"value\":{\"ricActionID\":1}}]")
#define REFUSED  REQUEST_ID "," IE(5, "2") "," IE(1, "{\"misc\":\"unspecified\"}")
#define IDS      REQUEST_ID "," IE(5, "2")

static void subscriptions_live_and_end(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        int from, kind, code;
        const char *ies;
        int before; /* state that the handler sees */
    } steps[] = {
        { "a first request", 1, 0, 8, SUBSCRIBE, -1 },
        { "its refusal", 0, 2, 8, REFUSED, RP_SUB_REQUESTED },
        { "a second request", 1, 0, 8, SUBSCRIBE, RP_SUB_FAILED },
        { "its acceptance", 0, 1, 8, ADMITTED, RP_SUB_REQUESTED },
        { "a request for what is live", 1, 0, 8, SUBSCRIBE, RP_SUB_LIVE },
        { "its refusal", 0, 2, 8, REFUSED, RP_SUB_LIVE },
        { "a delete request", 1, 0, 9, IDS, RP_SUB_LIVE },
        { "its failure", 0, 2, 9, REFUSED, RP_SUB_DELETING },
        { "a second delete request", 1, 0, 9, IDS, RP_SUB_LIVE },
        { "its response", 0, 1, 9, IDS, RP_SUB_DELETING },
        { "a third request", 1, 0, 8, SUBSCRIBE, RP_SUB_DELETED },
        { "its acceptance", 0, 1, 8, ADMITTED, RP_SUB_REQUESTED },
        { "a reset", 1, 0, 3, IE(49, "1") "," IE(1, "{\"misc\":\"unspecified\"}"), -1 },
        { "its response", 0, 1, 3, IE(49, "1"), -1 },
        { "a delete request behind it", 1, 0, 9, IDS, RP_SUB_DELETED },
    };
    struct seen seen;
    begin(&seen, NULL);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        send(&seen, "e2ap-03.01", steps[i].from, steps[i].kind, steps[i].code, "reject", steps[i].ies);
        if (seen.subscription != steps[i].before)
            fail_msg("%s (step %zu): state %d", steps[i].what, i, seen.subscription);
    }
    assert_int_equal(only_link(&seen)->subscriptions, 3);
    struct rp_capture_event gone = { .kind = RP_CAPTURE_GONE, .association = &association };
    rp_e2_session_event(seen.session, &gone);
    assert_null(only_link(&seen)->association);
    assert_string_equal(only_link(&seen)->endpoint[1], "192.0.2.20:50000");
    rp_e2_session_free(seen.session);
}

/** Each message of a session cut at each octet: refused or read, never more. */
static void cut_messages(void **state)
{
    (void)state;
    struct seen seen;
    begin(&seen, NULL);
    set_up_node(&seen, "e2ap-03.01", "1.3.6.1.4.1.53148.1.2.2.2", definition("e2sm-kpm-03.00", "1.3.6.1.4.1.53148.1.2.2.2"));
    char spec[] = "e2ap-03.01:E2AP-PDU";
    const char *json =
        "{\"initiatingMessage\":{\"procedureCode\":8,\"criticality\":\"reject\",\"value\":{\"protocolIEs\":[" SUBSCRIBE "]}}}";
    const char *hex = hex_of(spec, json);
    uint8_t octets[256];
    size_t len = rp_unhex(hex, octets, sizeof octets);
    for (size_t cut = 0; cut < len; cut++)
        send_octets(&seen, 1, 70, octets, cut);
    struct rp_e2_counts counts;
    rp_e2_session_counts(seen.session, &counts);
    assert_int_equal(counts.refused, len);
    rp_e2_session_free(seen.session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_e2ap_by_content),
        cmocka_unit_test(what_cannot_be_read_is_refused),
        cmocka_unit_test(an_01_01_node_is_judged_by_01_01),
        cmocka_unit_test(a_missing_ie_does_not_make_it_01_01),
        cmocka_unit_test(the_edition_changes_when_a_message_tells),
        cmocka_unit_test(a_forced_edition_stays),
        cmocka_unit_test(models_by_oid),
        cmocka_unit_test(models_of_a_user),
        cmocka_unit_test(vendor_octets_have_no_model),
        cmocka_unit_test(the_model_changes_when_a_payload_tells),
        cmocka_unit_test(a_payload_of_no_edition_is_told),
        cmocka_unit_test(functions_come_and_go),
        cmocka_unit_test(subscriptions_live_and_end),
        cmocka_unit_test(cut_messages),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
